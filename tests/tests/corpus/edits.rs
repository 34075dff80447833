//! Marks and references in real documents: only what was asked for changes.

use std::sync::LazyLock;

use regex::Regex;
use rutter_spec::edits::{self, Renumbering, references};
use rutter_spec::{Document, Mark, Requirements, Tasks};
use rutter_tests::corpus::Corpus;
use rutter_text::edit;

#[test]
fn setting_a_mark_changes_one_range() {
    for (path, text) in Corpus::open().each(Document::Tasks) {
        let tasks = Tasks::parse(text);
        for (i, task) in tasks.tasks.iter().enumerate() {
            let key = format!("#{}", task.line + 1);
            for mark in [Mark::Pending, Mark::Queued, Mark::Running, Mark::Done] {
                let edits = edits::set_mark(&tasks, &key, mark);
                let edits = edits.unwrap_or_else(|e| panic!("{path} {key}: {e}"));
                assert_eq!(edits.len(), usize::from(task.mark != mark), "{path} {key}");
                for edit in &edits {
                    assert_eq!(edit.range, task.mark_range, "{path} {key}");
                }
                // Reading every text again for every task would take minutes.
                if i % 11 == 0 && !edits.is_empty() {
                    let again = Tasks::parse(&edit::apply(text, &edits));
                    assert_eq!(again.tasks.len(), tasks.tasks.len(), "{path} {key}");
                    assert_eq!(again.tasks[i].mark, mark, "{path} {key}");
                    assert_eq!(again.tasks[i].title, task.title, "{path} {key}");
                }
            }
        }
    }
}

/// The same document with a criterion more, less or moved, and what that does to its ids.
fn variants(text: &str, read: &Requirements) -> Vec<(String, Renumbering)> {
    let mut variants = Vec::new();
    let criteria: Vec<_> = read.criteria().map(|(_, c)| c.id.clone()).collect();
    for id in [criteria.first(), criteria.get(criteria.len() / 2)] {
        let Some(id) = id else { continue };
        if let Ok(change) = edits::criteria::delete(text, read, id) {
            variants.push((edit::apply(text, &change.edits), change.renumbering));
        }
    }
    for requirement in &read.requirements {
        let new = "WHEN the moon is full, THE Owl SHALL hoot twice";
        let place = edits::Place::At(requirement.criteria.len() / 2);
        let change = edits::criteria::insert(text, read, &requirement.id, place, new);
        if let Ok(change) = change {
            let inserted = edit::apply(text, &change.edits);
            assert!(inserted.contains(new));
            variants.push((inserted, change.renumbering));
            break;
        }
    }
    variants
}

#[test]
fn inserting_and_deleting_criteria_moves_the_others_as_said() {
    for document in [Document::Requirements, Document::Bugfix] {
        for (path, text) in Corpus::open().each(document) {
            let read = match document {
                Document::Bugfix => Requirements::parse_bugfix(text),
                _ => Requirements::parse(text),
            };
            let before = read.criteria().count();
            for (new, _) in variants(text, &read) {
                let after = read.read_again(&new).criteria().count();
                assert!(
                    after == before + 1 || after + 1 == before,
                    "{path}: {before} criteria became {after}"
                );
            }
        }
    }
}

/// A title may name criteria: their numbers follow, and removed ones leave.
pub fn without_numbers(text: &str) -> String {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\s*\([A-Za-z要件\s]*[\d.,~–\s-]*\)|[\d.,~–\s-]")
            .unwrap_or_else(|e| panic!("{e}"))
    });
    NAMED.replace_all(text, "").into_owned()
}

#[test]
fn references_follow_and_nothing_else_changes() {
    for folder in &Corpus::open().folders {
        let spec = folder.spec();
        let Some((_, wanted)) = spec.wanted() else {
            continue;
        };
        for (_, renumbering) in variants(wanted.source.text(), wanted) {
            for (document, source) in spec.documents() {
                if matches!(document, Document::Requirements | Document::Bugfix) {
                    continue;
                }
                let text = source.text();
                let edits = references::rewrite(text, &renumbering);
                for edit in &edits {
                    let start = text[..edit.range.start].rfind('\n').map_or(0, |i| i + 1);
                    let line = text[start..].lines().next().unwrap_or_default();
                    let last = text[edit.range.clone()].trim_end().lines().next_back();
                    assert!(
                        [Some(line), last]
                            .into_iter()
                            .flatten()
                            .any(|l| l.contains(|c: char| c.is_ascii_digit())),
                        "{}: {line}",
                        folder.path
                    );
                    assert!(!edit.insert.contains('\n'));
                }
                let new = edit::apply(text, &edits);
                let kept = |t: &str| {
                    Tasks::parse(t)
                        .tasks
                        .iter()
                        .map(|t| without_numbers(&t.title))
                        .collect::<Vec<_>>()
                };
                assert_eq!(kept(text), kept(&new), "{}", folder.path);
            }
        }
    }
}
