//! A spec in a change says nothing that changes.
//!
//! Only requirements below `## ADDED Requirements`, `## MODIFIED Requirements`, `## REMOVED Requirements` or `## RENAMED
//! Requirements` are taken over when the change is archived; everything else in the file is lost then.
//!
//! ```markdown
//! ## Requirements
//!
//! ### Requirement: Sign in with a code      <- below none of the four
//! ```

use rutter_text::rule::{Level, Sink, docs};

use super::{Context, Rule};
use crate::foreign::{Flavour, ForeignDocument, ItemKind, Role};

pub(super) const RULE: Rule = Rule {
    code: "foreign/empty-change",
    default: Level::Warning,
    docs: docs!("empty_change.rs"),
    check,
};

fn check(cx: &Context<'_>, document: &ForeignDocument, sink: &mut Sink<'_>) {
    let in_change = document.role == Role::Spec && document.name.contains('/');
    if cx.spec.flavour != Flavour::OpenSpec || !in_change {
        return;
    }
    let mut lost = false;
    for item in &document.items {
        match item.kind {
            ItemKind::Requirement(None) => {
                lost = true;
                sink.report(
                    item.selection.clone(),
                    "This requirement stands below none of ADDED, MODIFIED, REMOVED and RENAMED Requirements.",
                );
            }
            ItemKind::Requirement(Some(_)) => return,
            _ => {}
        }
    }
    if !lost {
        let line = document.outline.lines.first();
        let first = line.map_or(0..0, |line| line.range.clone());
        sink.report(first, "No requirement changes here.");
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;
    use crate::foreign::Flavour;

    #[test]
    fn what_is_lost_is_named() {
        let name = "specs/auth/spec.md";
        let lost = "## Requirements\n\n### Requirement: A\nSHALL.\n";
        assert_eq!(
            everywhere(RULE.code, Flavour::OpenSpec, &[(name, lost)]),
            [
                "specs/auth/spec.md|A|This requirement stands below none of ADDED, MODIFIED, REMOVED and RENAMED Requirements."
            ]
        );
        let whole =
            "## RENAMED Requirements\n- FROM: `### Requirement: A`\n- TO: `### Requirement: B`\n";
        assert!(
            everywhere(
                RULE.code,
                Flavour::OpenSpec,
                &[(name, whole), ("spec.md", lost)]
            )
            .is_empty()
        );
    }
}
