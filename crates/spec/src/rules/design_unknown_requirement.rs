//! A correctness property validates a requirement or criterion that does not exist.
//!
//! Nobody can say what the property is for, and the criterion that was meant counts as unproven.
//!
//! ```markdown
//! ### Property 3: Never above five
//!
//! **Validates: Requirements 1.1, 7.4**      <- there is no requirement 7
//! ```

use super::{Check, Context, Level, Reads, Rule, Sink, references};
use crate::Document;
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "design/unknown-requirement",
    default: Level::Warning,
    docs: docs!("design_unknown_requirement.rs"),
    check: Some(Check::new(Reads::WANTED.and(Reads::DESIGN), check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (Some(design), Some((document, wanted))) = (&context.spec.design, context.spec.wanted())
    else {
        return;
    };
    let known = references::Known::new(context.spec, wanted);
    for property in &design.properties {
        for reference in &property.validates {
            for id in known.unknown(design.source.text(), reference) {
                let finding = sink.finding(
                    reference.range.clone(),
                    format!(
                        "Property {} validates {id}, which {} does not have.",
                        property.number,
                        document.file_name()
                    ),
                );
                let finding = references::repairs(
                    finding,
                    &known.nearest(&id),
                    design.source.text(),
                    &design.outline,
                    reference,
                    &property.validates,
                );
                sink.add(Document::Design.file_name(), finding);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    #[test]
    fn a_property_of_nothing() {
        let requirements = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE A SHALL b\n2. THE A SHALL c\n";
        let design = "### Property 1: P\n\nx\n\n**Validates: Requirements 1.3, 1.2**\n\n### Property 2: Q\n\ny\n\n**Validates: Requirements 1.1-1.2**\n";
        assert_eq!(
            everywhere(
                RULE.code,
                &[("requirements.md", requirements), ("design.md", design)]
            ),
            [
                "design.md|1.3|Property 1 validates 1.3, which requirements.md does not have.|Change to 1.1 → **Validates: Requirements 1.1, 1.2**|Remove the reference → **Validates: Requirements 1.2**"
            ]
        );
        assert_eq!(everywhere(RULE.code, &[("design.md", design)]), [""; 0]);
    }
}
