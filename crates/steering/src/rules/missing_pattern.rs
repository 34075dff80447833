//! A file is to be included for matching files, and there is no pattern.
//!
//! Such a file is always included, which costs tokens in every conversation.
//!
//! ```yaml
//! inclusion: fileMatch      <- a line fileMatchPattern: "src/**/*.ts" is missing
//! ```

use rutter_text::edit::line_ending;
use rutter_text::rule::{Level, docs};
use rutter_text::{Edit, Fix};

use super::{Context, Rule, Sink};
use crate::{Inclusion, Kind, Steering};

pub(super) const RULE: Rule = Rule {
    code: "steering/missing-pattern",
    default: Level::Warning,
    docs: docs!("missing_pattern.rs"),
    check,
};

fn check(file: &Steering, _: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(front) = &file.front else { return };
    if file.place.kind != Kind::Kiro
        || front.broken.is_some()
        || file.inclusion != Inclusion::Always
    {
        return;
    }
    if let (Some(entry), Some("fileMatch")) = (front.entry("inclusion"), front.value("inclusion")) {
        let finding = sink.report(
            entry.value_range.clone(),
            "There is no pattern to match, so the file is always included: add a line `fileMatchPattern: \"…\"`.",
        );
        if front.entry("fileMatchPattern").is_none() {
            let line = format!("{}fileMatchPattern: \"**/*\"", line_ending(&file.text));
            finding.fixes.push(Fix {
                title: "Add a pattern".into(),
                edits: vec![Edit::insert(entry.value_range.end, line)],
                ..Fix::default()
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::RULE;

    #[test]
    fn a_match_needs_a_pattern() {
        let of = |text: &str| found(&RULE, &[(".kiro/steering/a.md", text)], &[]).len();
        assert_eq!(of("---\ninclusion: fileMatch\n---\n"), 1);
        assert_eq!(of("---\ninclusion: fileMatch\nfileMatchPattern:\n---\n"), 1);
        assert_eq!(
            of("---\ninclusion: fileMatch\nfileMatchPattern: a\n---\n"),
            0
        );
        assert_eq!(of("---\ninclusion: always\n---\n"), 0);
    }
}
