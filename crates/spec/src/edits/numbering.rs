//! Whether documents still count by the old version of the requirements, or follow the new one already.

use std::cmp::Ordering;

use rutter_text::Ident;
use rutter_text::markdown::Outline;
use rutter_text::refs::{self, Target};

use super::{moved, orphans, references};
use crate::Requirements;

/// Whether the references in `texts` mean `old` rather than `new`.
///
/// An id that only one version knows decides. Where none does, each line with a reference is compared with what its ids
/// mean in both versions. In a draw a note about an orphan says that a sync went through; without one it is old.
pub(super) fn is_old(texts: &[&str], old: &Requirements, new: &Requirements) -> bool {
    let (mut only_old, mut only_new) = (0, 0);
    let (mut like_old, mut like_new) = (0, 0);
    for text in texts {
        for (ids, context) in cited(text) {
            for id in ids {
                let (before, after) = (meaning(old, &id), meaning(new, &id));
                match (before, after) {
                    (Some(_), None) => only_old += 1,
                    (None, Some(_)) => only_new += 1,
                    (Some(a), Some(b)) if a != b => {
                        like_old += moved::likeness(a, context);
                        like_new += moved::likeness(b, context);
                    }
                    _ => {}
                }
            }
        }
    }
    if only_old > 0 || only_new > 0 {
        return only_old > 0;
    }
    match like_old.cmp(&like_new) {
        Ordering::Greater => true,
        Ordering::Less => false,
        Ordering::Equal => !texts.iter().any(|t| t.contains(orphans::MARK)),
    }
}

fn meaning<'a>(requirements: &'a Requirements, id: &Ident) -> Option<&'a str> {
    requirements
        .criterion(id)
        .map(|c| c.text.as_str())
        .or_else(|| requirements.requirement(id).map(|r| r.title.as_str()))
}

/// The ids of every list with the text they stand under: back to the last blank line or the last less indented one.
fn cited(text: &str) -> Vec<(Vec<Ident>, &str)> {
    let outline = Outline::new(text);
    let mut found = Vec::new();
    for line in outline.text_lines(0..outline.lines.len()) {
        let Some(list) = references::list_of(text, outline.lines[line].range.clone()) else {
            continue;
        };
        let ids: Vec<Ident> = refs::parse(text, list)
            .into_iter()
            .flat_map(|r| match r.target {
                Target::Id(id) => vec![id],
                Target::Range(from, to) => vec![from, to],
                _ => Vec::new(),
            })
            .collect();
        let from = outline.lines[line.saturating_sub(8)].range.start;
        let context = &text[from..outline.lines[line].range.start];
        let start = context.rfind("[ ]").or_else(|| context.rfind("[x]"));
        let start = start.max(context.rfind("\n#")).unwrap_or(0);
        found.push((ids, &context[start..]));
    }
    found
}
