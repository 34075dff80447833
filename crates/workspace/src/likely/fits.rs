//! Whether a piece of code that a task's commit changed was changed for the task.

use std::collections::HashSet;

use rutter_code::search::words::{is_stop, stems};
use rutter_spec::{Document, Spec, Task};
use rutter_text::Source;

use crate::baseline::names_file;
use crate::evidence;
use crate::history::Tie;
use crate::past::ChangedUnit;

/// So many words of what was added have to be the task's where nothing else speaks for it.
const ENOUGH: usize = 2;

/// What a task is about, as it stood when it was done.
pub(super) struct Aim {
    /// Its title and details, as written.
    text: String,
    /// The stems of those, and of what it cites.
    words: HashSet<String>,
    /// Whether tests are what it asks for.
    pub is_for_tests: bool,
    /// Whether the commit itself names it.
    is_named: bool,
}

/// Whether a task only says that others are to be looked at.
pub(super) fn is_checkpoint(task: &Task) -> bool {
    let title = task.title.to_lowercase();
    title.starts_with("checkpoint") || title.starts_with("final checkpoint")
}

impl Aim {
    pub(super) fn of(spec: &Spec, task: &Task, tie: Tie) -> Self {
        let text = spec.source(Document::Tasks).map_or("", Source::text);
        let text = text.get(task.range.clone()).unwrap_or_default().to_owned();
        let mut words = words_of(&text);
        for item in evidence::cited(spec, task) {
            words.extend(words_of(&item.own));
        }
        let title = task.title.to_lowercase();
        let verbs = ["write ", "add ", "create ", "implement "];
        let asked = verbs.iter().find_map(|verb| title.strip_prefix(verb));
        let asked = asked.unwrap_or(&title);
        let of_tests = |word: &str| matches!(word, "test" | "tests" | "testing");
        let about = asked.split_whitespace().take(3).any(of_tests);
        Self {
            text,
            words,
            is_for_tests: about || !task.validates.is_empty(),
            is_named: tie == Tie::Trailer,
        }
    }

    pub(super) fn names_file(&self, path: &str) -> bool {
        names_file(&self.text, path)
    }

    /// Whether the task's text names this function, or its file.
    pub(super) fn names(&self, unit: &ChangedUnit) -> bool {
        self.names_file(&unit.path) || self.names_function(unit)
    }

    fn names_function(&self, unit: &ChangedUnit) -> bool {
        let name = last(&unit.name);
        // A plain word is not yet the name of something.
        let is_name = name.contains('_') || name.chars().skip(1).any(char::is_uppercase);
        is_name && has_word(&self.text, name)
    }

    /// Those of the changed functions that were changed for the task.
    pub(super) fn hits<'u>(&self, all: &[&'u ChangedUnit]) -> Vec<&'u ChangedUnit> {
        let mut hits: Vec<&ChangedUnit> = Vec::new();
        let mut rest: Vec<&ChangedUnit> = Vec::new();
        for unit in all {
            if self.fits(unit) {
                hits.push(unit);
            } else {
                rest.push(unit);
            }
        }
        // What is new beside it, or newly calls it there, belongs to it too.
        let new_files: HashSet<&str> = all
            .iter()
            .filter(|unit| unit.is_in_new_file)
            .map(|unit| unit.path.as_str())
            .filter(|path| self.shared(&words_of(path)) > 0 || hits.iter().any(|h| h.path == *path))
            .collect();
        loop {
            let (beside, others): (Vec<_>, Vec<_>) = rest.into_iter().partition(|unit| {
                let mut near = hits.iter().filter(|hit| hit.path == unit.path);
                match &unit.before {
                    None if new_files.contains(unit.path.as_str()) => true,
                    None => near.any(|hit| has_word(&hit.after, last(&unit.name))),
                    Some(before) => near.any(|hit| {
                        let name = last(&hit.name);
                        hit.before.is_none()
                            && has_word(&unit.after, name)
                            && !has_word(before, name)
                    }),
                }
            });
            rest = others;
            if beside.is_empty() {
                return hits;
            }
            hits.extend(beside);
        }
    }

    fn fits(&self, unit: &ChangedUnit) -> bool {
        let own = self.shared(&words_of(last(&unit.name)));
        let Some(before) = &unit.before else {
            // New: the task made it, unless it is about something else altogether.
            let file = self.shared(&words_of(&unit.path));
            return self.is_named || self.names(unit) || own > 0 || {
                let body = self.shared(&words_of(&unit.after));
                body >= ENOUGH && file > 0
            };
        };
        let old = words_of(before);
        let added: HashSet<String> = words_of(&unit.after).difference(&old).cloned().collect();
        let added = self.shared(&added);
        self.names_function(unit)
            || added >= ENOUGH
            || added > 0 && (own > 0 || self.names_file(&unit.path) || self.is_named)
            || own >= ENOUGH
    }

    fn shared(&self, words: &HashSet<String>) -> usize {
        words.intersection(&self.words).count()
    }
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

fn words_of(text: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut before = String::new();
    stems(text, &mut |stem| {
        // `back off` and `backoff` are the same.
        if before.len() + stem.len() > 5 {
            found.insert(format!("{before}{stem}"));
        }
        before.clone_from(&stem);
        let is_word = stem.chars().count() > 2 || stem.chars().all(|c| c.is_ascii_digit());
        if is_word && !is_stop(&stem) && !SAYS_LITTLE.contains(&stem.as_str()) {
            found.insert(stem);
        }
    });
    found
}

/// Stems that stand in every task or in any code.
const SAYS_LITTLE: [&str; 28] = [
    "task",
    "requirement",
    "shall",
    "when",
    "then",
    "where",
    "while",
    "system",
    "user",
    "test",
    "valid",
    "return",
    "function",
    "method",
    "class",
    "file",
    "value",
    "string",
    "number",
    "name",
    "data",
    "type",
    "list",
    "item",
    "result",
    "error",
    "self",
    "this",
];

/// Whether a name stands alone in a text.
fn has_word(text: &str, name: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            !text[..at].ends_with(part) && !text[at + name.len()..].starts_with(part)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_alone() {
        assert!(has_word("calls lock_account()", "lock_account"));
        assert!(!has_word("calls block_account()", "lock_account"));
    }
}
