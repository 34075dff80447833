//! Renames over the projects that `RUTTER_CORPUS` names, or those of `fixtures/corpus-mini`: there and back gives the same
//! bytes, and every refusal has a reason.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests; they read the corpus from disk"
)]

mod common;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use common::put;
use rutter_spec::features::{self, RenameError, Thing, references::occurrences};
use rutter_spec::{Config, Document, Spec};
use rutter_text::edit;

fn specs(folder: &Path, found: &mut Vec<(PathBuf, Spec)>) {
    let mut spec = Spec::default();
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            specs(&path, found);
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        if name == ".config.kiro" {
            spec.config = Some(Config::parse(&text));
        } else if let Some(document) = Document::of_file_name(&name) {
            put(&mut spec, document, &text);
        }
    }
    if spec.documents().next().is_some() {
        found.push((folder.to_owned(), spec));
    }
}

fn corpus() -> Vec<(PathBuf, Spec)> {
    let root = std::env::var_os("RUTTER_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/corpus-mini"),
        PathBuf::from,
    );
    let mut found = Vec::new();
    specs(&root, &mut found);
    assert!(!found.is_empty(), "no spec below {}", root.display());
    found
}

/// The spec after a rename at the definition of a thing.
fn renamed(spec: &Spec, thing: &Thing, name: &str) -> Result<Spec, RenameError> {
    let place = thing.definition(spec).unwrap();
    let rename = features::rename(spec, place.document, place.name.start, name)?;
    let mut after = spec.clone();
    for (document, edits) in &rename.edits {
        let text = spec.source(*document).unwrap().text();
        for pair in edits.windows(2) {
            assert!(pair[0].range.end <= pair[1].range.start, "{pair:?}");
        }
        put(&mut after, *document, &edit::apply(text, edits));
    }
    Ok(after)
}

/// Some things of a spec, with a name that is free and the name they have: at most a few of each kind.
fn things(spec: &Spec) -> Vec<(&'static str, Thing, String, String)> {
    let mut found = Vec::new();
    // One in the middle of each kind: the corpus is large.
    let some = |count: usize| (count / 2..count).take(1);
    if let Some((_, wanted)) = spec.wanted() {
        for r in some(wanted.requirements.len()) {
            let requirement = &wanted.requirements[r];
            let same = wanted
                .requirements
                .iter()
                .filter(|r| r.id.matches(&requirement.id));
            // What names one of two names the first.
            if requirement.id_range.is_empty() || same.count() > 1 {
                continue;
            }
            let mut free = requirement.id.clone();
            *free.numbers.last_mut().unwrap() = 777;
            let names = (free.to_string(), requirement.label.clone());
            found.push(("requirement", Thing::Requirement(r), names.0, names.1));
            let criteria = &requirement.criteria;
            let doubled = criteria.iter().any(|c| {
                wanted
                    .criteria()
                    .filter(|(_, o)| o.label == c.label)
                    .count()
                    > 1
            });
            if let Some(c) = criteria.len().checked_sub(1).filter(|_| !doubled) {
                let (first, last) = (criteria[0].label.clone(), criteria[c].label.clone());
                found.push(("criterion", Thing::Criterion(r, c), first, last));
            }
        }
        for t in some(wanted.terms.len()) {
            let name = wanted.terms[t].name.clone();
            // Of the same make: as many words, joined the same way.
            let free: String = name
                .split_inclusive([' ', '_', '-'])
                .map(|w| {
                    let joint = w.chars().next_back().filter(|c| " _-".contains(*c));
                    format!(
                        "Qx{}{}",
                        w.chars().count(),
                        joint.map_or(String::new(), String::from)
                    )
                })
                .collect::<String>()
                + "w";
            found.push(("term", Thing::Term(t), free, name));
        }
    }
    if let Some(design) = &spec.design {
        for p in some(design.properties.len()) {
            let number = design.properties[p].number;
            if design
                .properties
                .iter()
                .filter(|p| p.number == number)
                .count()
                > 1
            {
                continue;
            }
            let number = number.to_string();
            found.push(("property", Thing::Property(p), "777".to_owned(), number));
        }
    }
    if let Some(tasks) = &spec.tasks {
        for t in some(tasks.tasks.len()) {
            let Some(id) = &tasks.tasks[t].id else {
                continue;
            };
            let same = tasks
                .tasks
                .iter()
                .filter_map(|t| t.id.as_ref())
                .filter(|o| o.matches(id));
            if same.count() > 1 {
                continue;
            }
            let mut free = id.clone();
            *free.numbers.last_mut().unwrap() = 777;
            found.push(("task", Thing::Task(t), free.to_string(), id.to_string()));
        }
    }
    found
}

#[test]
fn there_and_back_gives_the_same_bytes() {
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    let mut refused: Vec<(&str, String)> = Vec::new();
    let corpus = corpus();
    // Of a large corpus each spec shows one kind.
    let every = if corpus.len() > 50 { 5 } else { 1 };
    for (at, (path, spec)) in corpus.iter().enumerate() {
        for (of, (kind, thing, free, old)) in things(spec).into_iter().enumerate() {
            if !(at + of).is_multiple_of(every) {
                continue;
            }
            let shown = format!("{}: {kind} {old} to {free}", path.display());
            // A range around the id may become a list, and stays one on the way back.
            let ranged = occurrences(spec, &thing, &Document::ALL).iter().any(|o| {
                let text = &spec.source(o.document).unwrap().text()[o.range.clone()];
                text.contains(['-', '–', '~', '至', '～']) || text.contains("to ")
            });
            let after = match renamed(spec, &thing, &free) {
                Ok(after) => after,
                Err(error) => {
                    refused.push((kind, format!("{shown}: {error}")));
                    continue;
                }
            };
            let there = if kind == "criterion" {
                let Thing::Criterion(r, c) = thing else {
                    unreachable!()
                };
                // It stands first now.
                if c == 0 {
                    thing
                } else {
                    Thing::Criterion(r, 0)
                }
            } else {
                thing
            };
            let back = match renamed(&after, &there, &old) {
                Ok(back) => back,
                Err(error) => panic!("{shown}, and back: {error}"),
            };
            *done.entry(kind).or_default() += 1;
            if ranged && kind != "term" {
                continue;
            }
            for (document, source) in spec.documents() {
                let (old, new) = (source.text(), back.source(document).unwrap().text());
                let line = old.lines().zip(new.lines()).find(|(a, b)| a != b);
                assert!(old == new, "{shown}: {document:?} {line:?}");
            }
        }
    }
    let all = done.values().sum::<usize>() + refused.len();
    assert!(
        refused.len() * 20 <= all,
        "{} of {all} are refused: {refused:#?}",
        refused.len()
    );
    for kind in ["requirement", "criterion", "property", "task", "term"] {
        assert!(done.contains_key(kind), "no {kind}: {done:?}");
    }
}

#[test]
fn formatting_changes_no_id_and_is_done_once() {
    for (path, spec) in corpus() {
        let ids = |spec: &Spec| -> Vec<String> {
            let wanted = spec.wanted().map(|(_, w)| w);
            let criteria = wanted.iter().flat_map(|w| w.criteria());
            criteria
                .map(|(_, c)| format!("{} {}", c.label, c.text))
                .collect()
        };
        let mut after = spec.clone();
        for (document, source) in spec.documents() {
            let edits = features::format(&spec, document);
            put(&mut after, document, &edit::apply(source.text(), &edits));
        }
        assert_eq!(ids(&spec), ids(&after), "{}", path.display());
        for (document, _) in after.documents() {
            let again = features::format(&after, document);
            assert_eq!(again, [], "{} {document:?}", path.display());
        }
    }
}
