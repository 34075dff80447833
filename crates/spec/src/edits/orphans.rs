//! Making references follow and marking what has none left.

use std::collections::BTreeSet;
use std::ops::Range;

use rutter_text::markdown::{self, Outline};
use rutter_text::refs::{Reference, Target};
use rutter_text::{Edit, edit};

use super::lines;
use super::references::Rewritten;
use super::renumbering::Renumbering;
use crate::{Design, Tasks};

/// A document whose references followed.
pub(super) struct Followed {
    /// The new text.
    pub text: String,
    /// The places of the tasks or properties that have no reference left.
    pub orphans: Vec<usize>,
}

/// Rewrites tasks.md. `gone` are the numbers of properties that have lost their last requirement.
pub(super) fn tasks(text: &str, renumbering: &Renumbering, gone: &BTreeSet<u32>) -> Followed {
    let lists = |text: &str| -> Vec<(Range<usize>, Vec<Reference>)> {
        let tasks = Tasks::parse(text).tasks;
        tasks
            .into_iter()
            .map(|t| {
                (
                    t.range,
                    t.requirements.into_iter().chain(t.validates).collect(),
                )
            })
            .collect()
    };
    follow(text, renumbering, lists, gone)
}

/// Rewrites design.md.
pub(super) fn design(text: &str, renumbering: &Renumbering) -> Followed {
    let lists = |text: &str| -> Vec<(Range<usize>, Vec<Reference>)> {
        let properties = Design::parse(text).properties;
        properties
            .into_iter()
            .map(|p| (p.range, p.validates))
            .collect()
    };
    follow(text, renumbering, lists, &BTreeSet::new())
}

fn follow(
    text: &str,
    renumbering: &Renumbering,
    lists: impl Fn(&str) -> Vec<(Range<usize>, Vec<Reference>)>,
    gone: &BTreeSet<u32>,
) -> Followed {
    let outline = Outline::new(text);
    let rewritten = Rewritten::of(text, &outline, renumbering);
    let all: BTreeSet<usize> = rewritten.emptied.iter().map(|e| e.line).collect();
    let mut plain = rewritten.edits.clone();
    plain.extend(lines::delete(text, &outline, &all));
    let before = lists(text);
    let after = lists(&edit::apply(text, &plain));
    let left = |r: &&Reference| !matches!(r.target, Target::Property(n) if gone.contains(&n));
    let orphans: Vec<usize> = before
        .iter()
        .zip(&after)
        .enumerate()
        .filter(|(_, ((_, b), (_, a)))| !b.is_empty() && a.iter().filter(left).count() == 0)
        .map(|(i, _)| i)
        .collect();
    let mut edits = rewritten.edits;
    let mut deleted = all;
    for &orphan in &orphans {
        let own: BTreeSet<usize> = before[orphan]
            .1
            .iter()
            .map(|r| outline.line_at(r.range.start))
            .collect();
        let emptied: Vec<_> = rewritten
            .emptied
            .iter()
            .filter(|e| own.contains(&e.line))
            .collect();
        let mut ids: Vec<String> = Vec::new();
        for id in emptied.iter().flat_map(|e| &e.removed) {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
        match emptied.first() {
            Some(first) => {
                let line = outline.lines[first.line].range.clone();
                let lead = lead(text, &outline, first.line);
                edits.push(Edit::replace(line, format!("{lead}{}", note(&ids))));
                deleted.remove(&first.line);
            }
            // Only a property that is orphaned itself was left.
            None => {
                if let Some(&last) = own.last() {
                    let end = outline.lines[last].range.end;
                    let note = format!("\n{}{}", lead(text, &outline, last), note(&ids));
                    edits.push(Edit::insert(end, edit::with_endings_of(text, &note)));
                }
            }
        }
    }
    edits.extend(lines::delete(text, &outline, &deleted));
    Followed {
        text: edit::apply(text, &edits),
        orphans,
    }
}

/// Indentation and bullet of a line.
fn lead<'a>(text: &'a str, outline: &Outline, line: usize) -> &'a str {
    let line = &outline.lines[line];
    let end = markdown::item(text, line).map_or_else(
        || {
            let content = &text[line.range.clone()];
            line.range.start + (content.len() - content.trim_start().len())
        },
        |item| item.content.start,
    );
    &text[line.range.start..end]
}

/// What an orphan's note starts with.
pub(super) const MARK: &str = "_Orphaned: ";

fn note(ids: &[String]) -> String {
    match ids {
        [] => format!("{MARK}its property has no requirement any more_"),
        [one] => format!("{MARK}requirement {one} was removed_"),
        several => format!("{MARK}requirements {} were removed_", several.join(", ")),
    }
}
