//! This is not what was approved.
//!
//! It was changed, added or removed since somebody said yes, or what it cites was. The stage behind it does not go on until
//! somebody approves it again. An item that only moved stays approved, and a spec that was never approved has no such
//! finding.
//!
//! ```markdown
//! 3. WHEN 3 attempts fail, THE Limiter SHALL lock the account      <- 5 attempts were approved
//! ```

use std::ops::Range;

use rutter_text::Finding;

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::stages::{self, Change, Why};
use crate::{Document, Stage};
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "approval/stale",
    default: Level::Warning,
    docs: docs!("approval_stale.rs"),
    check: Some(Check::new(Reads::BESIDE, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(approvals) = context.approvals else {
        return;
    };
    let texts = |hash: &str| context.approved_text.and_then(|texts| texts(hash));
    for (stage, changes) in stages::stale_changes(context.spec, approvals, &texts) {
        let document = context.spec.document_of(stage);
        for change in changes {
            let place = change.place.clone();
            let range = place.unwrap_or_else(|| first_line(context, document));
            let finding = sink.finding(range, message(&change, stage));
            sink.add(document.file_name(), related(finding, &change));
        }
    }
}

/// The first line, where something that is gone is shown.
fn first_line(context: &Context<'_>, document: Document) -> Range<usize> {
    let text = context.text(document.file_name()).unwrap_or_default();
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let end = text[start..]
        .find(['\r', '\n'])
        .map_or(text.len(), |i| start + i);
    start..end
}

fn message(change: &Change, stage: Stage) -> String {
    let name = shown(&change.id);
    let old = change.old.as_deref().map(one_line);
    let new = change.new.as_deref().map(one_line);
    match &change.why {
        Why::Changed => match (old, new) {
            (Some(old), Some(new)) if old != new => {
                format!("{name} was changed since it was approved.\nwas: {old}\nnow: {new}")
            }
            _ => format!("{name} was changed since it was approved."),
        },
        Why::Added => {
            let verb = if stage == Stage::Design {
                "was"
            } else {
                "were"
            };
            format!("{name} was added since the {stage} {verb} approved.")
        }
        Why::Removed => match old {
            Some(old) => format!("{name} was approved and is gone.\nwas: {old}"),
            None => format!("{name} was approved and is gone."),
        },
        Why::Cites(ids) => {
            let ids: Vec<String> = ids.iter().map(|id| shown(id)).collect();
            let verb = if ids.len() == 1 { "was" } else { "were" };
            format!(
                "{name} cites what {verb} changed since it was approved: {}.",
                ids.join(", ")
            )
        }
    }
}

fn related(finding: Finding, change: &Change) -> Finding {
    change.cited_by.iter().fold(finding, |finding, citing| {
        finding.related(
            citing.document.file_name(),
            citing.place.clone(),
            format!("{} cites it", shown(&citing.id)),
        )
    })
}

/// An item's id as people say it.
fn shown(id: &str) -> String {
    match id.split_once(':') {
        Some(("term", name)) => format!("The term {name}"),
        Some(("section", title)) => format!("The section \"{title}\""),
        Some(("property", number)) => format!("Property {number}"),
        Some(("task", number)) => format!("Task {number}"),
        _ if id == "document" => "The document".to_owned(),
        _ => id.to_owned(),
    }
}

/// At most two hundred characters on one line.
fn one_line(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match joined.char_indices().nth(200) {
        Some((end, _)) => format!("{}…", &joined[..end]),
        None => joined,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::testing::spec;
    use super::super::{Context, Levels, check};
    use super::RULE;
    use crate::Stage;
    use crate::approvals::{Approvals, Who};
    use crate::stages::approve;

    const REQUIREMENTS: &str = "# R\r\n\r\n### Requirement 1: A 🚀\r\n\r\n#### Acceptance Criteria\r\n\r\n1. WHEN 5 fail, THE A SHALL lock\r\n2. THE A SHALL log\r\n";
    const TASKS: &str =
        "- [ ] 1. Lock\n  - _Requirements: 1.1_\n- [ ] 2. Log\n  - _Requirements: 1.2_\n";

    /// What is found when `now` stands in place of the approved requirements.
    fn found(now: &str, keep: bool) -> Vec<String> {
        let before = spec(&[("requirements.md", REQUIREMENTS), ("tasks.md", TASKS)]);
        let mut approvals = Approvals::default();
        for stage in [Stage::Requirements, Stage::Tasks] {
            let who = Who::new("Ada", "ada@example.org");
            approvals = approve(
                &before,
                &approvals,
                stage,
                None,
                who,
                "2026-01-01T00:00:00Z",
            )
            .unwrap();
        }
        let texts = |hash: &str| -> Option<Arc<str>> {
            let requirements = approvals.get(Stage::Requirements)?;
            (keep && requirements.sha256 == hash).then(|| REQUIREMENTS.into())
        };
        let after = spec(&[("requirements.md", now), ("tasks.md", TASKS)]);
        let context = Context::new(&after)
            .approvals(&approvals)
            .approved_text(&texts);
        check(&context, &Levels::default())
            .iter()
            .flat_map(|(file, findings)| findings.iter().map(move |f| (file, f)))
            .filter(|(_, f)| f.code == RULE.code)
            .map(|(file, f)| {
                let related: Vec<_> = f.related.iter().map(|r| r.message.as_str()).collect();
                format!("{file}|{}|{}", f.message, related.join(";"))
            })
            .collect()
    }

    #[test]
    fn a_changed_criterion_and_what_cites_it() {
        let now = REQUIREMENTS.replace("WHEN 5", "WHEN 3");
        assert_eq!(
            found(&now, true),
            [
                "requirements.md|1.1 was changed since it was approved.\nwas: 1. WHEN 5 fail, THE A SHALL lock\nnow: 1. WHEN 3 fail, THE A SHALL lock|Task 1 cites it",
                "tasks.md|Task 1 cites what was changed since it was approved: 1.1.|"
            ]
        );
        assert_eq!(
            found(&now, false)[0],
            "requirements.md|1.1 was changed since it was approved.|Task 1 cites it"
        );
    }

    #[test]
    fn added_and_removed_items() {
        let added = format!("{REQUIREMENTS}3. THE A SHALL warn\r\n");
        assert_eq!(
            found(&added, true),
            ["requirements.md|1.3 was added since the requirements were approved.|"]
        );
        let removed = REQUIREMENTS.replace("2. THE A SHALL log\r\n", "");
        assert_eq!(
            found(&removed, true)[0],
            "requirements.md|1.2 was approved and is gone.\nwas: 2. THE A SHALL log|Task 2 cites it"
        );
    }

    #[test]
    fn what_is_as_approved_is_silent() {
        assert_eq!(found(REQUIREMENTS, true), [""; 0]);
        assert_eq!(found(&REQUIREMENTS.replace("\r\n", "\n"), true), [""; 0]);
        assert_eq!(found(&format!("Intro\n\n{REQUIREMENTS}"), true), [""; 0]);
    }
}
