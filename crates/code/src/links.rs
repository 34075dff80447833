//! Links from source to requirements: which words make one, and which symbol it belongs to.
//!
//! Only what says that it is a link counts: `Requirements 1.2, 1.3`, `Validates: 3.1`,
//! `spec:login#1.2`. A number alone never does, not in a test's name either.

pub mod edit;
mod foreign;
mod grammar;

use crate::comments::{blocks, comments_of};
use crate::parse::parse;
use crate::symbols::symbols_of;
use crate::unit::{Digests, Unit};
use crate::{Language, Symbol};
use std::ops::Range;

pub use grammar::{Mention, Written, mentions};

/// A link from code to requirements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The spec that it or a `Feature: name, Property 1` tag beside it names; `None` if none does.
    pub spec: Option<String>,
    /// The ids, in the order written; a range such as `1.1-1.3` is spelled out.
    pub ids: Vec<String>,
    /// The ids as they are written, in bytes of the text. Of a range its two ends.
    pub written: Vec<Written>,
    /// The words that make the link, in bytes.
    pub range: Range<usize>,
    /// What it stands in or directly above.
    pub unit: Option<Unit>,
    /// That symbol is a test, or stands in one.
    pub is_test: bool,
}

impl Link {
    /// The id that is written at an offset.
    pub fn id_at(&self, offset: usize) -> Option<&Written> {
        let mut written = self.written.iter();
        written.find(|id| id.range.start <= offset && offset <= id.range.end)
    }
}

/// The links in the comments, doc strings and test titles of a text, in source order.
///
/// A text without any of the words that start a link is not parsed at all.
pub fn links(language: Language, text: &str) -> Vec<Link> {
    gather(language, text, &mentions)
}

/// The links of a text to specs of other tools, as [`links`] finds those to ours. Whether a spec has what they name, and
/// whether they mean any, only the specs can tell.
pub fn foreign(language: Language, text: &str) -> Vec<Link> {
    gather(language, text, &foreign::mentions)
}

fn gather(language: Language, text: &str, mentions: &dyn Fn(&str) -> Vec<Mention>) -> Vec<Link> {
    if mentions(text).is_empty() {
        return Vec::new();
    }
    let Some(tree) = parse(language, text) else {
        return Vec::new();
    };
    let symbols = symbols_of(language, text, &tree);
    let comments = comments_of(text, &tree);
    let digests = Digests::of(language, text, &tree, &comments, &symbols);
    let mut places = Vec::new();
    for block in blocks(text, &comments) {
        places.push((owner_of_comment(text, &symbols, &block), block));
    }
    for (at, symbol) in symbols
        .iter()
        .enumerate()
        .filter(|(_, symbol)| symbol.is_test)
    {
        places.extend(
            strings(text, head(text, symbol))
                .into_iter()
                .map(|string| (Some(at), string)),
        );
    }
    let mut out = Vec::new();
    for (owner, place) in places {
        let inside = text.get(place.clone()).unwrap_or_default();
        for mention in mentions(inside) {
            out.push(Link {
                spec: mention
                    .spec
                    .or_else(|| grammar::tagged_feature(inside).map(str::to_owned)),
                ids: mention.ids,
                written: mention
                    .written
                    .into_iter()
                    .map(|id| Written {
                        range: place.start + id.range.start..place.start + id.range.end,
                        ..id
                    })
                    .collect(),
                range: place.start + mention.range.start..place.start + mention.range.end,
                unit: owner.map(|at| digests.unit(at)),
                is_test: owner.is_some_and(|at| in_test(&symbols, at)),
            });
        }
    }
    out.sort_by_key(|link| (link.range.start, link.range.end));
    // The title of a test can stand in the head of the group around it too.
    out.dedup_by(|next, last| next.range == last.range);
    out
}

/// A comment belongs to what it stands directly above, else to what it stands in.
fn owner_of_comment(text: &str, symbols: &[Symbol], block: &Range<usize>) -> Option<usize> {
    let below = symbols.iter().position(|symbol| {
        symbol.range.start >= block.end
            && text
                .get(block.end..symbol.range.start)
                .is_some_and(|between| {
                    between.trim().is_empty() && between.matches('\n').count() <= 1
                })
    });
    let starts_line = text.get(..block.start).is_some_and(|before| {
        before
            .rsplit('\n')
            .next()
            .is_none_or(|line| line.trim().is_empty())
    });
    below.filter(|_| starts_line).or_else(|| {
        let around = symbols.iter().enumerate().filter(|(_, symbol)| {
            symbol.range.start <= block.start && block.end <= symbol.range.end
        });
        around
            .min_by_key(|(_, symbol)| symbol.range.len())
            .map(|(at, _)| at)
            .or_else(|| {
                // Behind a one-line declaration, on its line.
                symbols.iter().rposition(|symbol| {
                    symbol.range.end <= block.start
                        && text
                            .get(symbol.range.end..block.start)
                            .is_some_and(|between| !between.contains('\n'))
                })
            })
    })
}

fn in_test(symbols: &[Symbol], at: usize) -> bool {
    let range = &symbols[at].range;
    symbols.iter().any(|symbol| {
        symbol.is_test && symbol.range.start <= range.start && range.end <= symbol.range.end
    })
}

/// The declaration's head: its attributes, decorators and title, without its body.
fn head(text: &str, symbol: &Symbol) -> Range<usize> {
    let from = symbol.name_range.end;
    let rest = text.get(from..symbol.range.end).unwrap_or_default();
    let line = rest.find('\n').unwrap_or(rest.len());
    symbol.range.start..from + line
}

/// The string literals in a range of one declaration's head; quotes do not nest there.
fn strings(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let inside = text.get(range.clone()).unwrap_or_default();
    let mut out = Vec::new();
    let mut open: Option<(char, usize)> = None;
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match open {
            _ if escaped => escaped = false,
            _ if c == '\\' => escaped = true,
            Some((quote, start)) if c == quote => {
                out.push(range.start + start..range.start + at);
                open = None;
            }
            None if matches!(c, '"' | '\'' | '`') => open = Some((c, at + 1)),
            // A quote that its line does not close is an apostrophe or broken code.
            Some(('"' | '\'', _)) if c == '\n' => open = None,
            _ => {}
        }
    }
    out
}
