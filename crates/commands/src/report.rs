//! Reports in Markdown, for people.

use std::fmt::Write;
use std::path::PathBuf;

use rutter_secrets::redact;
use rutter_spec::trace::Trace;
use rutter_store::Pending;

use crate::status::Status;

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
        for stage in &spec.stages {
            let _ = write!(out, "- {}: {}", stage.stage, stage.state);
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

/// The trace matrix of a spec.
pub fn trace(trace: &Trace) -> String {
    let mut out = format!(
        "# Trace of {}\n\n| criterion | tasks | properties | code | tests |\n|---|---|---|---|---|\n",
        trace.spec
    );
    for requirement in &trace.requirements {
        for criterion in &requirement.criteria {
            let shown = |list: &[String]| {
                if list.is_empty() {
                    "–".to_owned()
                } else {
                    list.join(", ")
                }
            };
            let places = |n: usize| {
                if n == 0 {
                    "–".to_owned()
                } else {
                    n.to_string()
                }
            };
            let _ = writeln!(
                out,
                "| {} {} | {} | {} | {} | {} |",
                criterion.id,
                criterion.text.replace('|', "\\|"),
                shown(&criterion.tasks),
                shown(&criterion.properties),
                places(criterion.code.len()),
                places(criterion.tests.len()),
            );
        }
    }
    out
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
