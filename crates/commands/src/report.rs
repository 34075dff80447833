//! Reports in Markdown, for people.

mod table;

use std::fmt::Write;
use std::path::PathBuf;

use rutter_secrets::redact;
use rutter_spec::trace::{CriterionRow, Place, Trace};
use rutter_store::Pending;

use crate::status::Status;
use table::Row;

/// The status of specs, a section each.
pub fn status(specs: &[Status]) -> String {
    let mut out = String::from("# Status\n");
    if specs.is_empty() {
        out.push_str(
            "\nThere are no specs here yet. Make one with `rutter new \"what you want\"`.\n",
        );
    }
    for spec in specs {
        let _ = write!(out, "\n## {}\n\n", spec.spec);
        if let Some(tool) = spec.tool() {
            let _ = writeln!(out, "- a spec of {tool}, read only");
        }
        for stage in &spec.stages {
            let state = match (spec.tool(), stage.state) {
                (Some(_), "draft") => "there",
                (_, state) => state,
            };
            let _ = write!(out, "- {}: {state}", stage.stage);
            if let (Some(who), Some(at)) = (&stage.approved_by, &stage.at) {
                let joint = if stage.state == "approved" {
                    " by"
                } else {
                    ", last approved by"
                };
                let _ = write!(out, "{joint} {who} at {at}");
            }
            if !stage.items.is_empty() {
                let _ = write!(out, " ({})", stage.items.join(", "));
            }
            out.push('\n');
        }
        if spec.tasks.total > 0 {
            let _ = writeln!(
                out,
                "- {} of {} tasks done",
                spec.tasks.done, spec.tasks.total
            );
        }
        for decision in &spec.decisions {
            let choices: Vec<String> = decision
                .choices
                .iter()
                .enumerate()
                .map(|(i, c)| format!("{} `{c}`", i + 1))
                .collect();
            let _ = writeln!(
                out,
                "- **{}** {} {}",
                decision.id,
                decision.text,
                choices.join(", ")
            );
        }
    }
    out
}

/// What is said of criteria that lack something, and which do.
type Open = (&'static str, fn(&CriterionRow) -> bool);

/// The trace matrix of a spec, and below it what it leaves open; `unsettled` are links that are of no use, a sentence each.
/// With a `width` the table is for a screen of so many columns, else it is Markdown with everything in it.
pub fn trace(trace: &Trace, unsettled: &[String], width: Option<usize>) -> String {
    let mut out = format!("# Trace of {}\n\n", trace.spec);
    let criteria = || trace.requirements.iter().flat_map(|r| &r.criteria);
    let rows: Vec<Row> = criteria()
        .map(|criterion| Row {
            text: format!("{} {}", criterion.id, criterion.text),
            lists: [
                criterion.tasks.clone(),
                criterion.properties.clone(),
                with_likely(criterion, false),
                with_likely(criterion, true),
            ],
        })
        .collect();
    out.push_str(&match width {
        Some(width) => table::fitted(&rows, width),
        None => table::markdown(&rows),
    });
    let open: [Open; 3] = [
        ("No task cites", |c| c.tasks.is_empty()),
        ("No code names", |c| c.code.is_empty()),
        ("No test names", |c| c.tests.is_empty()),
    ];
    let mut left: Vec<String> = Vec::new();
    for (what, is_open) in open {
        let ids: Vec<&str> = criteria()
            .filter(|criterion| is_open(criterion))
            .map(|criterion| criterion.id.as_str())
            .collect();
        if !ids.is_empty() {
            left.push(format!("{what} {}", ids.join(", ")));
        }
    }
    left.extend(unsettled.iter().cloned());
    if !left.is_empty() {
        out.push_str("\nLeft open:\n\n");
    }
    for line in left {
        let _ = writeln!(out, "- {line}.");
    }
    out
}

/// What names a criterion, and in italics with a question mark what commits say of other code.
fn with_likely(criterion: &CriterionRow, tests: bool) -> Vec<String> {
    let named = if tests {
        &criterion.tests
    } else {
        &criterion.code
    };
    let mut all = places(named);
    for one in criterion.likely.iter().filter(|one| one.test == tests) {
        let place = format!("{} {}:{}", one.name, one.path, one.line);
        all.push(format!("*{} ?*", place.trim_start()));
    }
    all
}

fn places(places: &[Place]) -> Vec<String> {
    let shown = places
        .iter()
        .map(|place| format!("{} {}:{}", place.name, place.path, place.line));
    shown.map(|place| place.trim_start().to_owned()).collect()
}

/// What waits for a person, a section each.
pub fn requests(waiting: &[(PathBuf, Pending)]) -> String {
    let mut out = String::from("# Requests\n");
    if waiting.is_empty() {
        out.push_str("\nNothing waits for you.\n");
    }
    for (root, pending) in waiting {
        let _ = write!(
            out,
            "\n## {}\n\nWaits since {}, last because of {}.\n\n",
            pending.hook, pending.since, pending.trigger
        );
        for line in redact(&pending.prompt).lines() {
            let _ = writeln!(out, "> {line}");
        }
        if !pending.paths.is_empty() {
            out.push_str("\nFiles:\n\n");
        }
        for path in &pending.paths {
            let _ = writeln!(out, "- {}", root.join(path).display());
        }
        if !pending.context.is_empty() {
            out.push_str("\nWhat changed:\n\n");
        }
        for line in &pending.context {
            let _ = writeln!(out, "- {}", redact(line).replace('\n', "\n  "));
        }
        let _ = write!(
            out,
            "\nWhen it is done: `rutter hooks done '{}'`.\n",
            pending.hook
        );
    }
    out
}
