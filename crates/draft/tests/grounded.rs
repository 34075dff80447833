//! What designs and tasks name is in the project, or marked as new and rare; every task names something.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    missing_docs
)]

mod common;

use std::collections::BTreeSet;

use common::{project, whole};
use rutter_spec::{Document, Workflow};

const PROMPTS: [&str; 26] = [
    "Add a login page",
    "Let people reset a forgotten password by e-mail",
    "Add a search over everything by name",
    "Export the list as CSV",
    "Import records from a CSV file and report the lines that are wrong",
    "Send a daily summary by mail at 7 in the morning",
    "Add comments to each entry; authors may edit theirs for 15 minutes",
    "Add a command that prints statistics of the last month",
    "Limit each client to 100 requests a minute",
    "Upgrade the main web framework to its next major version",
    "Rename the function that saves an entry to `store_entry`",
    "Change the default page size from 50 to 25",
    "Show a banner when the service is in maintenance",
    "Archive entries that nobody has touched for two years",
    "Log every change with who made it and when",
    "Add dark mode",
    "Users can upload a photo of up to 5 MB",
    "Warn people when a limit is exceeded",
    "Add tags and filter by tag",
    "Ein Knopf, der alle Einträge löscht, mit Rückfrage",
    "Permettre aux utilisateurs d'exporter leurs données au format JSON",
    "Make it faster",
    "Add a health endpoint that reports the version",
    "Support several currencies with daily exchange rates",
    "Add an audit role that may read everything and change nothing",
    "Cache the slowest read for 60 seconds",
];

const BUGS: [&str; 4] = [
    "The total is wrong when an amount is negative",
    "Deleting an entry twice crashes",
    "Names with umlauts are not found by search",
    "The list shows the same entry twice after a reload",
];

/// Each name in backticks outside of fences, with whether it is marked as new.
fn names(text: &str) -> Vec<(String, bool)> {
    let mut fence = false;
    let mut out = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fence = !fence;
        } else if !fence && !line.starts_with("- **D") {
            let parts: Vec<&str> = line.split('`').collect();
            for at in (1..parts.len()).step_by(2) {
                let next = parts.get(at + 1).copied().unwrap_or_default();
                out.push((parts[at].to_owned(), next.trim_start().starts_with("*new*")));
            }
        }
    }
    out
}

fn is_name(text: &str) -> bool {
    text.len() > 2
        && !text.contains(' ')
        && (text.contains(['/', '.', '_', ':']) || text.bytes().any(|b| b.is_ascii_uppercase()))
}

fn exists(name: &str, files: &[(String, String)]) -> bool {
    let last = name
        .trim_end_matches("()")
        .rsplit(['.', ':', '#'])
        .next()
        .unwrap_or(name);
    files
        .iter()
        .any(|(path, _)| path == name || path.ends_with(&format!("/{name}")))
        || !name.contains('/') && files.iter().any(|(_, text)| text.contains(last))
}

#[test]
fn most_names_exist_and_the_rest_are_marked() {
    let (mut there, mut all) = (0, 0);
    let mut unmarked = Vec::new();
    let mut idle = Vec::new();
    for name in [
        "shop-ts",
        "notes-py",
        "ledger-rs",
        "fleet-go",
        "clinic-java",
    ] {
        let (ground, files) = project(name);
        let cases = PROMPTS
            .iter()
            .map(|p| (*p, Workflow::RequirementsFirst))
            .chain(BUGS.iter().map(|p| (*p, Workflow::Bugfix)));
        for (prompt, workflow) in cases {
            let (draft, _) = whole(prompt, workflow, &ground);
            let mut named: BTreeSet<(String, bool)> = BTreeSet::new();
            for (document, text) in draft
                .documents
                .iter()
                .filter(|(document, _)| matches!(document, Document::Design | Document::Tasks))
            {
                named.extend(
                    names(text)
                        .into_iter()
                        .filter(|(name, _)| is_name(name) && !prompt.contains(name.as_str())),
                );
                if *document == Document::Tasks {
                    idle.extend(
                        tasks_without_names(text)
                            .into_iter()
                            .map(|task| format!("{name}: {prompt}: {task}")),
                    );
                }
            }
            let new: BTreeSet<&String> = named
                .iter()
                .filter(|(_, new)| *new)
                .map(|(name, _)| name)
                .collect();
            let each: BTreeSet<&String> = named.iter().map(|(name, _)| name).collect();
            let gone: Vec<&&String> = each.iter().filter(|name| !exists(name, &files)).collect();
            unmarked.extend(
                gone.iter()
                    .filter(|one| !new.contains(**one))
                    .map(|one| format!("{name}: {prompt}: {one}")),
            );
            println!(
                "{name:12} {:2}/{:2} {prompt}  {gone:?}",
                each.len() - gone.len(),
                each.len()
            );
            there += each.len() - gone.len();
            all += each.len();
        }
    }
    println!("{there} of {all} names exist: {} %", there * 100 / all);
    assert!(unmarked.is_empty(), "not marked: {unmarked:#?}");
    assert!(idle.is_empty(), "tasks that name nothing: {idle:#?}");
    assert!(there * 100 >= all * 80, "{there} of {all} names exist");
}

/// The leaves of a plan without a file, a symbol or a command.
fn tasks_without_names(text: &str) -> Vec<String> {
    let mut blocks: Vec<String> = Vec::new();
    for line in text
        .split("## Task Dependency")
        .next()
        .unwrap_or_default()
        .lines()
    {
        if line.trim_start().starts_with("- [") {
            blocks.push(String::new());
        }
        if let Some(last) = blocks.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    let leaf = |at: usize| {
        blocks
            .get(at + 1)
            .is_none_or(|next| !next.starts_with("  - ["))
    };
    blocks
        .iter()
        .enumerate()
        .filter(|(at, block)| (leaf(*at) || block.starts_with("  - [")) && !block.contains('`'))
        .map(|(_, block)| block.lines().next().unwrap_or_default().to_owned())
        .collect()
}
