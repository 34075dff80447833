//! A requirement of an OpenSpec spec has no scenario.
//!
//! OpenSpec demands at least one `#### Scenario:` below each requirement, and nobody can test one without.
//!
//! ```markdown
//! ### Requirement: Session ends
//! The system SHALL end a session after 30 minutes.      <- no scenario follows
//! ```

use rutter_text::rule::{Level, Sink, docs};

use super::{Context, Rule};
use crate::foreign::{Delta, Flavour, ForeignDocument, ItemKind};

pub(super) const RULE: Rule = Rule {
    code: "foreign/no-scenario",
    default: Level::Warning,
    docs: docs!("no_scenario.rs"),
    check,
};

fn check(cx: &Context<'_>, document: &ForeignDocument, sink: &mut Sink<'_>) {
    if cx.spec.flavour != Flavour::OpenSpec {
        return;
    }
    for (at, item) in document.items.iter().enumerate() {
        let whole = match item.kind {
            ItemKind::Requirement(delta) => delta.is_none_or(Delta::is_whole),
            _ => false,
        };
        let has = |i: &crate::foreign::Item| i.parent == Some(at) && i.kind == ItemKind::Scenario;
        if whole && !document.items.iter().any(has) {
            sink.report(
                item.selection.clone(),
                "This requirement has no scenario: OpenSpec wants `#### Scenario:` below it.",
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;
    use crate::foreign::Flavour;

    #[test]
    fn whole_requirements_need_one() {
        let spec = "## ADDED Requirements\n\n### Requirement: A\nSHALL a.\n\n#### Scenario: S\n- **WHEN** x\n- **THEN** y\n\n### Requirement: B\nSHALL b.\n\n## REMOVED Requirements\n\n### Requirement: C\n**Reason**: old\n";
        assert_eq!(
            everywhere(
                RULE.code,
                Flavour::OpenSpec,
                &[("specs/auth/spec.md", spec)]
            ),
            [
                "specs/auth/spec.md|B|This requirement has no scenario: OpenSpec wants `#### Scenario:` below it."
            ]
        );
    }
}
