//! A correctness property validates no requirement.
//!
//! Nobody can say which promise breaks when it does not hold, and the criteria that it tests look untested. Where tasks that
//! test the property cite criteria, these are offered. Where no property of the design cites anything, it is said once; where the property says in words
//! what it stands for, not at all.
//!
//! ```markdown
//! ### Property 2: Locks end
//!
//! *For any* locked account, the Limiter SHALL release it.      <- no `**Validates: Requirements …**`
//! ```

use rutter_text::rule::docs;
use rutter_text::{Edit, edit};

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::edits::property_line;
use crate::{Document, Property, Spec};
use rutter_text::refs::Target;

pub(super) const RULE: Rule = Rule {
    code: "design/validates-nothing",
    default: Level::Info,
    docs: docs!("design_validates_nothing.rs"),
    check: Some(Check::new(Reads::DOCUMENTS, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let spec = context.spec;
    let (Some(design), Some((document, wanted))) = (&spec.design, spec.wanted()) else {
        return;
    };
    if wanted.criteria().next().is_none() {
        return;
    }
    let text = design.source.text();
    let silent = |p: &&Property| p.validates.is_empty() && !is_told(p);
    if let [first, _, ..] = design.properties.as_slice()
        && design.properties.iter().all(|p| silent(&p))
    {
        let finding = sink.finding(
            first.heading.clone(),
            format!(
                "None of the {} properties here says which criterion of {} it validates.",
                design.properties.len(),
                document.file_name()
            ),
        );
        sink.add(Document::Design.file_name(), finding);
        return;
    }
    for property in design.properties.iter().filter(silent) {
        let mut finding = sink.finding(
            property.heading.clone(),
            format!(
                "Property {} validates no criterion of {}.",
                property.number,
                document.file_name()
            ),
        );
        let ids = tested(spec, property);
        if !ids.is_empty() {
            let line = format!("\n\n{}", property_line(text, design, &ids));
            finding = finding.fix(
                format!("Validate {}, as its tasks do", ids.join(", ")),
                vec![Edit::insert(
                    property.range.end,
                    edit::with_endings_of(text, &line),
                )],
            );
        }
        sink.add(Document::Design.file_name(), finding);
    }
}

/// Whether its text says in words what it stands for, such as *no criterion of its own*.
fn is_told(property: &Property) -> bool {
    let text = property.text.to_lowercase();
    [
        "requirement",
        "criteri",
        "anforderung",
        "kriteri",
        "要件",
        "需求",
        "基準",
        "标准",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// The criteria that the tasks cite which test a property and no other.
fn tested(spec: &Spec, property: &Property) -> Vec<String> {
    let mut ids = Vec::new();
    let Some(tasks) = &spec.tasks else { return ids };
    for task in &tasks.tasks {
        let mut named = task.validates.iter().filter_map(|r| match r.target {
            Target::Property(number) => Some(number),
            _ => None,
        });
        if named.next() != Some(property.number) || named.any(|n| n != property.number) {
            continue;
        }
        let cited = task.validates.iter().chain(&task.requirements);
        for reference in cited.filter(|r| matches!(r.target, Target::Id(_) | Target::Range(..))) {
            for id in spec.resolve(reference).criteria {
                if !ids.contains(&id) {
                    ids.push(id);
                }
            }
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    const REQUIREMENTS: &str =
        "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE A SHALL b\n2. THE A SHALL c\n";

    fn found(design: &str, tasks: &str) -> Vec<String> {
        everywhere(
            RULE.code,
            &[
                ("requirements.md", REQUIREMENTS),
                ("design.md", design),
                ("tasks.md", tasks),
            ],
        )
    }

    #[test]
    fn a_property_for_nothing() {
        let design = "### Property 1: P\n\nx\n\n_Validates: 1.1_\n\n### Property 2: Q\n\ny\n";
        assert_eq!(
            found(design, "- [ ] 1. T\n"),
            ["design.md|Property 2: Q|Property 2 validates no criterion of requirements.md."]
        );
        assert_eq!(
            found(
                design,
                "- [ ] 1. T\n  - **Property 2: Q**\n  - _Requirements: 1.2_\n"
            ),
            [
                "design.md|Property 2: Q|Property 2 validates no criterion of requirements.md.|Validate 1.2, as its tasks do → _Validates: 1.2_"
            ]
        );
    }

    #[test]
    fn properties_that_all_cite_nothing_are_one_finding() {
        let design = "### P1: Exact\n\nx\n\n### P2: Sorted\n\ny\n\n### P3: Kept\n\nz\n";
        assert_eq!(
            found(design, ""),
            [
                "design.md|P1: Exact|None of the 3 properties here says which criterion of requirements.md it validates."
            ]
        );
    }

    #[test]
    fn every_way_to_cite_counts() {
        for said in [
            "*Requirements 1.1, 1.2.*\n\nx",
            "*For all* x, the order\nstays. **Validates: Requirements 1.1**",
            "*Implicit requirement; guards against loss.*\n\nx",
        ] {
            let design = format!("### Property 1: P\n\n{said}\n");
            assert_eq!(found(&design, ""), [""; 0], "{said}");
        }
    }

    #[test]
    fn what_validates_or_cannot_is_left_alone() {
        assert_eq!(
            found(
                "### Property 1: P\n\nx\n\n**Validates: Requirements 1**\n",
                ""
            ),
            [""; 0]
        );
        assert_eq!(
            everywhere(RULE.code, &[("design.md", "### Property 1: P\n\nx\n")]),
            [""; 0]
        );
    }
}
