//! A question is still open: `[NEEDS CLARIFICATION: …]`.
//!
//! Spec Kit leaves it where the prompt did not say; what is planned from it before it is answered is a guess.
//!
//! ```markdown
//! - **FR-006**: System MUST keep albums for [NEEDS CLARIFICATION: how long?]
//! ```

use rutter_text::rule::{Level, Sink, docs};

use super::{Context, Rule};
use crate::foreign::{ForeignDocument, Role};

pub(super) const RULE: Rule = Rule {
    code: "foreign/needs-clarification",
    default: Level::Info,
    docs: docs!("needs_clarification.rs"),
    check,
};

fn check(_: &Context<'_>, document: &ForeignDocument, sink: &mut Sink<'_>) {
    if document.role == Role::Notes {
        return;
    }
    for range in &document.open {
        sink.report(range.clone(), "This question is open.");
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;
    use crate::foreign::Flavour;

    #[test]
    fn questions_are_found_where_they_are_asked() {
        let spec = "- **FR-001**: System MUST keep it [NEEDS CLARIFICATION: how long?] here\n\nNo `[NEEDS CLARIFICATION]` is left.\n\n```\n[NEEDS CLARIFICATION]\n```\n";
        assert_eq!(
            everywhere(RULE.code, Flavour::SpecKit, &[("spec.md", spec)]),
            ["spec.md|[NEEDS CLARIFICATION: how long?]|This question is open."]
        );
    }
}
