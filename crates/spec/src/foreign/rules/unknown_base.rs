//! A change modifies, removes or renames a requirement that the spec does not have.
//!
//! OpenSpec finds the requirement by its name, to the letter; a change whose names don't fit can't be archived.
//!
//! ```markdown
//! ## MODIFIED Requirements
//!
//! ### Requirement: Sign-In      <- openspec/specs/auth/spec.md calls it "Sign In"
//! ```

use rutter_text::rule::{Level, Sink, docs};

use super::{Context, Rule};
use crate::foreign::{Delta, ForeignDocument, ItemKind};

pub(super) const RULE: Rule = Rule {
    code: "foreign/unknown-base",
    default: Level::Warning,
    docs: docs!("unknown_base.rs"),
    check,
};

fn check(cx: &Context<'_>, document: &ForeignDocument, sink: &mut Sink<'_>) {
    let capability = document
        .name
        .strip_prefix("specs/")
        .and_then(|rest| rest.strip_suffix("/spec.md"));
    let Some(capability) = capability else {
        return;
    };
    let base = (cx.base)(capability);
    let renamed: Vec<&str> = document
        .items
        .iter()
        .filter(|i| i.kind == ItemKind::Requirement(Some(Delta::RenamedTo)))
        .map(|i| i.id.as_str())
        .collect();
    for item in &document.items {
        let ItemKind::Requirement(Some(Delta::Modified | Delta::Removed | Delta::RenamedFrom)) =
            item.kind
        else {
            continue;
        };
        let is_there = base.is_some_and(|base| {
            base.items()
                .any(|(_, one)| one.kind == ItemKind::Requirement(None) && one.id == item.id)
        });
        if !is_there && !renamed.contains(&item.id.as_str()) {
            sink.report(
                item.selection.clone(),
                format!("openspec/specs/{capability}/spec.md has no requirement of this name."),
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
    fn names_must_fit_to_the_letter() {
        let change = "## MODIFIED Requirements\n\n### Requirement: Sign In\nSHALL.\n\n### Requirement: Sign in\nSHALL.\n\n## REMOVED Requirements\n- `### Requirement: Gone`\n";
        assert_eq!(
            everywhere(
                RULE.code,
                Flavour::OpenSpec,
                &[("specs/auth/spec.md", change)]
            ),
            [
                "specs/auth/spec.md|Sign in|openspec/specs/auth/spec.md has no requirement of this name.",
                "specs/auth/spec.md|Gone|openspec/specs/auth/spec.md has no requirement of this name."
            ]
        );
    }
}
