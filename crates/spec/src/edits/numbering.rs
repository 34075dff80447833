//! Whether documents still count by the old version of the requirements, or follow the new one already.

use std::collections::{BTreeMap, BTreeSet};

use rutter_text::Ident;
use rutter_text::markdown::{self, Outline};
use rutter_text::refs::{self, Target};

use super::moved::{self, Moves};
use super::orphans;
use crate::{Requirements, mentions};

/// Which version a document counts by, and how it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counts {
    /// By the old one, because it knows ids that only the old one has: its references have to follow.
    Old,
    /// By the old one as it seems.
    SeeminglyOld,
    /// By the new one, because it knows ids that only the new one has.
    New,
    /// By the new one as it seems, because its tasks and properties speak of what the ids mean there.
    SeeminglyNew,
}

/// Decides by the references in `texts`.
///
/// An id that only one version knows decides. Where none does, what stands around each reference is compared with what its
/// ids mean in both versions. A document that was never synced mostly cites the last criterion of a requirement, so after
/// a deletion silence speaks for the new version; after an insertion for the old. Without any word in common a note about
/// an orphan says that a sync went through.
pub(super) fn of(texts: &[&str], old: &Requirements, new: &Requirements, moves: &Moves) -> Counts {
    let (mut only_old, mut only_new) = (0, 0);
    let (mut like_old, mut like_new) = (0i64, 0i64);
    let words = Words::of(&[old, new]);
    for text in texts {
        for Cited { ids, context, .. } in cited(text) {
            let mut open = Vec::new();
            for id in &ids {
                match (meaning(old, id), meaning(new, id)) {
                    (Some(_), None) => only_old += 1,
                    (None, Some(_)) => only_new += 1,
                    (Some(before), Some(after)) if before != after => open.push((before, after)),
                    _ => {}
                }
            }
            if open.is_empty() {
                continue;
            }
            let context = stems(context);
            for (before, after) in open {
                let (before, after) = (stems(before), stems(after));
                like_old += words.share(&before, &after, &context);
                like_new += words.share(&after, &before, &context);
            }
        }
    }
    if only_old > 0 {
        return Counts::Old;
    }
    if only_new > 0 {
        return Counts::New;
    }
    // From -100, all speaks for the old version, to 100; the bars are measured on real projects.
    let lean = match like_old + like_new {
        0 if texts.iter().any(|t| t.contains(orphans::MARK)) => 100,
        0 => -100,
        all => (like_new - like_old) * 100 / all,
    };
    let bar = match (moves.removed.is_empty(), moves.added.is_empty()) {
        (false, _) => -20,
        (true, false) => 10,
        (true, true) => 0,
    };
    if lean <= bar {
        Counts::SeeminglyOld
    } else {
        Counts::SeeminglyNew
    }
}

fn meaning<'a>(requirements: &'a Requirements, id: &Ident) -> Option<&'a str> {
    requirements
        .criterion(id)
        .map(|c| c.text.as_str())
        .or_else(|| requirements.requirement(id).map(|r| r.title.as_str()))
}

/// Words cut to their stem, near enough: the first letters.
fn stems(text: &str) -> BTreeSet<String> {
    moved::words(text)
        .into_iter()
        .map(|w| w.chars().take(6).collect())
        .collect()
}

/// In how many criteria each word stands.
struct Words(BTreeMap<String, u32>);

impl Words {
    fn of(versions: &[&Requirements]) -> Self {
        let mut counts = BTreeMap::new();
        for (_, criterion) in versions.iter().flat_map(|r| r.criteria()) {
            for stem in stems(&criterion.text) {
                *counts.entry(stem).or_default() += 1;
            }
        }
        Self(counts)
    }

    /// How much of what `own` says and `other` does not is found in a context, in thousandths; rare words count more.
    fn share(
        &self,
        own: &BTreeSet<String>,
        other: &BTreeSet<String>,
        context: &BTreeSet<String>,
    ) -> i64 {
        let weight = |w: &String| i64::from(10_000 / self.0.get(w).copied().unwrap_or(1).max(1));
        let telling: Vec<&String> = own.difference(other).collect();
        let all: i64 = telling.iter().map(|w| weight(w)).sum();
        let found: i64 = telling
            .iter()
            .filter(|w| context.contains(**w))
            .map(|w| weight(w))
            .sum();
        if all == 0 { 0 } else { found * 1000 / all }
    }
}

/// A list of references.
pub(super) struct Cited<'a> {
    /// The ids in it; of ranges both ends.
    pub ids: Vec<Ident>,
    /// The task or section that the line stands in.
    pub context: &'a str,
    /// The line.
    pub line: &'a str,
}

/// Every list of references behind a label.
pub(super) fn cited(text: &str) -> Vec<Cited<'_>> {
    let outline = Outline::new(text);
    let mut found = Vec::new();
    for line in outline.text_lines(0..outline.lines.len()) {
        let Some(list) = mentions::labelled_list(text, outline.lines[line].range.clone()) else {
            continue;
        };
        let ids = refs::parse(text, list)
            .into_iter()
            .flat_map(|reference| match reference.target {
                Target::Id(id) => vec![id],
                Target::Range(from, to) => vec![from, to],
                _ => Vec::new(),
            })
            .collect();
        found.push(Cited {
            ids,
            context: context(text, &outline, line),
            line: &text[outline.lines[line].range.clone()],
        });
    }
    found
}

fn context<'a>(text: &'a str, outline: &Outline, line: usize) -> &'a str {
    let opens = |i: &usize| {
        outline.heading(*i).is_some()
            || markdown::item(text, &outline.lines[*i])
                .is_some_and(|item| text[item.content].starts_with('['))
    };
    let first = (0..=line).rev().find(opens).unwrap_or(line);
    let end = (line + 1..outline.lines.len())
        .find(opens)
        .unwrap_or(outline.lines.len());
    &text[outline.bytes(first..end, text)]
}
