//! What design and tasks cite, so that a later sync knows which version of the requirements they count by.

use std::collections::BTreeMap;

use rutter_text::edit;
use serde::{Deserialize, Serialize};

use crate::edits::numbering;
use crate::edits::references;
use crate::edits::renumbering::Renumbering;
use crate::{Document, Spec, hash};

/// The reference lines of design and tasks by what they stand under. Noted while both are in step with the requirements, it
/// shows later whether references have moved since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct InStep {
    lines: BTreeMap<String, Vec<String>>,
    /// SHA-256 of both documents as approvals hash them.
    texts: String,
}

impl InStep {
    /// What a spec cites now.
    pub fn of(spec: &Spec) -> Self {
        let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut texts = String::new();
        for document in [Document::Design, Document::Tasks] {
            let Some(source) = spec.source(document) else {
                continue;
            };
            texts += &hash::canonical(document, source.text());
            for cited in numbering::cited(source.text()) {
                // Numbers change when something is put in front; the words stay.
                let title = cited.context.lines().next().unwrap_or_default();
                let words: Vec<&str> = title
                    .split(|c: char| !c.is_alphabetic())
                    .filter(|word| !word.is_empty())
                    .collect();
                let key = format!("{}: {}", document.file_name(), words.join(" "));
                lines
                    .entry(key)
                    .or_default()
                    .push(cited.line.trim().to_owned());
            }
        }
        let texts = hash::sha256(&texts);
        Self { lines, texts }
    }

    /// How far `now` is from this: how many places cite something else there or are gone, then whether anything else differs.
    /// Of several notes the nearest is what the documents are like.
    pub fn distance(&self, now: &Self) -> (usize, bool) {
        let same = |(place, lines): &(&String, &Vec<String>)| now.lines.get(*place) == Some(*lines);
        let strays = self.lines.iter().filter(|entry| !same(entry)).count();
        (strays, self.texts != now.texts)
    }

    /// Whether the references of `now` have moved with `renumbering` since this was noted; nothing where they don't tell.
    pub(super) fn moved(&self, now: &Self, renumbering: &Renumbering) -> Option<bool> {
        let (mut stayed, mut moved) = (0, 0);
        for (place, lines) in &self.lines {
            let before = lines.join("\n");
            let after = edit::apply(&before, &references::rewrite(&before, renumbering));
            if before == after {
                continue;
            }
            let current = now.lines.get(place).map(|lines| lines.join("\n"));
            let current = current.unwrap_or_default();
            if current == before {
                stayed += 1;
            } else if current.trim() == after.trim() {
                moved += 1;
            }
        }
        match stayed.cmp(&moved) {
            std::cmp::Ordering::Greater => Some(false),
            std::cmp::Ordering::Less => Some(true),
            std::cmp::Ordering::Equal => None,
        }
    }
}
