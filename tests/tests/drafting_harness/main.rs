//! An honest measure of the offline drafter: thirty prompts that the catalogue was not written for, on projects in five
//! languages, each held against a list that a careful reader wrote beforehand (`fixtures/drafting/prompts.toml`).
//!
//! `RUTTER_DRAFT_PROMPTS=fixtures/drafting/second.toml` asks another thirty instead, `third.toml` yet another.
//!
//! It runs the `rutter` that `RUTTER_BIN` names; where that is not set, it builds one from the sources as they are.
//! `RUTTER_DRAFT_OUT=folder` writes every document there, to be read as its user would.

// A test plays the user here: it copies projects and reads what the product wrote.
#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used,
    clippy::print_stdout
)]

mod document;
mod drive;
mod judge;
mod judge_tests;
mod names;
mod prompts;
mod readability;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use judge::{Draft, Row};
use names::Known;

#[test]
fn prompts_become_specs_that_a_reader_keeps() {
    let file = prompts::load();
    let known: BTreeMap<&str, Known> = file
        .project
        .iter()
        .map(|p| {
            (
                p.id.as_str(),
                Known::read(&prompts::fixtures().join("projects").join(&p.id)),
            )
        })
        .collect();
    let mut rows: BTreeMap<&str, Row> = BTreeMap::new();
    let mut failures: Vec<String> = Vec::new();

    for prompt in &file.prompt {
        let tests = &file
            .project
            .iter()
            .find(|p| p.id == prompt.project)
            .unwrap()
            .tests;
        match drive::draft(prompt) {
            Ok(draft) => {
                keep(&prompt.id, &prompt.text, &draft);
                let (row, faults) =
                    judge::judge(prompt, tests, &draft, &known[prompt.project.as_str()]);
                rows.insert(&prompt.id, row);
                failures.extend(faults.into_iter().map(|f| format!("{}: {f}", prompt.id)));
            }
            Err(message) => failures.push(format!("{}: {message}", prompt.id)),
        }
    }

    let mut table = format!(
        "{:<26}{:>9}{:>10}{:>8}{:>6}{:>10}{:>9}{:>12}{:>9}\n",
        "prompt",
        "criteria",
        "questions",
        "entries",
        "tasks",
        "expected",
        "covered",
        "names exist",
        "overlap"
    );
    for prompt in &file.prompt {
        let Some(row) = rows.get(prompt.id.as_str()) else {
            continue;
        };
        let shared = prompt
            .same_class_as
            .as_ref()
            .and_then(|other| Some((other, rows.get(other.as_str())?)));
        let shared = shared.map(|(other, theirs)| (other, judge::overlap(row, theirs)));
        if let Some((other, percent)) = shared.filter(|(_, percent)| *percent > 50) {
            failures.push(format!(
                "{}: {percent} % of its criteria are those of {other}",
                prompt.id
            ));
        }
        writeln!(
            table,
            "{:<26}{:>9}{:>10}{:>8}{:>6}{:>10}{:>9}{:>12}{:>9}",
            prompt.id,
            row.criteria,
            row.questions,
            row.entries,
            row.tasks,
            format!("{}/{}", row.expected.0, row.expected.1),
            percent(row.covered),
            format!("{}/{}", row.existing.0, row.existing.1),
            shared
                .map(|(_, percent)| format!("{percent} %"))
                .unwrap_or_default(),
        )
        .unwrap();
    }
    let total = |of: fn(&Row) -> (usize, usize)| {
        rows.values()
            .map(of)
            .fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1))
    };
    writeln!(
        table,
        "{} of {} drafted; expected {}, covered {}, names exist {}",
        rows.len(),
        file.prompt.len(),
        percent(total(|r| r.expected)),
        percent(total(|r| r.covered)),
        percent(total(|r| r.existing)),
    )
    .unwrap();
    let (existing, named) = total(|r| r.existing);
    if existing * 10 < named * 8 {
        failures.push(format!(
            "over all prompts only {existing} of {named} names exist"
        ));
    }
    println!("{table}");
    let gaps = prompts::known_gaps(&file);
    let new: Vec<&String> = failures
        .iter()
        .filter(|f| !gaps.contains(&key(f)))
        .collect();
    let keys: Vec<&str> = failures.iter().map(|f| key(f)).collect();
    let gone: Vec<&&str> = gaps.iter().filter(|gap| !keys.contains(gap)).collect();
    assert!(
        new.is_empty() && gone.is_empty(),
        "\n{table}\nnew faults (mend them):\n  {}\nfaults that are gone (take them off known-gaps.txt):\n  {}",
        new.iter()
            .map(|f| f.as_str())
            .collect::<Vec<_>>()
            .join("\n  "),
        gone.iter().map(|g| **g).collect::<Vec<_>>().join("\n  ")
    );
}

/// A fault without the drafted text that shows it.
fn key(failure: &str) -> &str {
    failure
        .split_once("): ")
        .map_or(failure, |(head, _)| &failure[..=head.len()])
}

fn percent((part, whole): (usize, usize)) -> String {
    (part * 100)
        .checked_div(whole)
        .map_or("-".to_owned(), |share| format!("{share} %"))
}

/// Writes the documents where a person asked for them.
fn keep(id: &str, prompt: &str, draft: &Draft) {
    let Some(out) = std::env::var_os("RUTTER_DRAFT_OUT") else {
        return;
    };
    let folder = Path::new(&out).join(id);
    std::fs::create_dir_all(&folder).unwrap();
    let files = [
        ("prompt.txt", prompt),
        ("first-draft.md", &draft.first),
        ("requirements.md", &draft.decided),
        ("design.md", &draft.design),
        ("tasks.md", &draft.tasks),
    ];
    for (name, text) in files {
        std::fs::write(folder.join(name), text).unwrap();
    }
}
