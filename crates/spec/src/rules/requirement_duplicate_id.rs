//! Two requirements, or two criteria, have the same id.
//!
//! A task that cites the id could mean either; tools take the first, and nothing will ever be traced to the second.
//!
//! ```markdown
//! ### Requirement 3: Lock the account
//! ### Requirement 3: Tell the owner      <- should be Requirement 4
//! ```

use rutter_text::Edit;

use super::{Check, Context, Level, Reads, Rule, Sink, duplicates};
use crate::requirements::Criterion;
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "requirement/duplicate-id",
    default: Level::Warning,
    docs: docs!("requirement_duplicate_id.rs"),
    check: Some(Check::new(Reads::WANTED, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some((document, wanted)) = context.spec.wanted() else {
        return;
    };
    let file = document.file_name();
    // A section without a written id has its number from its place or its points: nobody doubled it.
    let requirements: Vec<_> = wanted
        .requirements
        .iter()
        .filter(|r| !r.id_range.is_empty())
        .collect();
    let doubled = duplicates::again(requirements.iter().map(|r| Some(&r.id)));
    for &(first, again) in &doubled {
        let (first, again) = (requirements[first], requirements[again]);
        let mut finding = sink
            .finding(
                again.id_range.clone(),
                format!(
                    "There are two requirements {}. A reference means the first.",
                    again.label
                ),
            )
            .related(file, first.heading.clone(), "The first one");
        // A written number in the criteria would no longer fit the heading's.
        if !again.criteria.iter().any(|c| c.explicit) {
            let free = duplicates::free(&again.id, requirements.iter().map(|r| &r.id));
            finding = finding.fix(
                format!("Renumber to {free}"),
                vec![Edit::replace(again.id_range.clone(), free.to_string())],
            );
        }
        sink.add(file, finding);
    }
    let text = wanted.source.text();
    let written = |c: &Criterion| text[c.marker.clone()] == c.label;
    // The criteria of a doubled requirement are doubled with it.
    let twins: Vec<_> = doubled
        .iter()
        .map(|(_, again)| requirements[*again].line)
        .collect();
    let criteria: Vec<&Criterion> = wanted
        .requirements
        .iter()
        .filter(|r| !twins.contains(&r.line))
        .flat_map(|r| r.criteria.iter().map(move |c| (r, c)))
        .filter(|(r, c)| c.explicit && (!r.id_range.is_empty() || written(c)))
        .map(|(_, c)| c)
        .collect();
    for (first, again) in duplicates::again(criteria.iter().map(|c| Some(&c.id))) {
        let (first, again) = (criteria[first], criteria[again]);
        let mut finding = sink
            .finding(
                again.marker.clone(),
                format!(
                    "There are two criteria {}. A reference means the first.",
                    again.label
                ),
            )
            .related(file, first.range.clone(), "The first one");
        if written(again) {
            let free = duplicates::free(&again.id, criteria.iter().map(|c| &c.id));
            finding = finding.fix(
                format!("Renumber to {free}"),
                vec![Edit::replace(again.marker.clone(), free.to_string())],
            );
        }
        sink.add(file, finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    #[test]
    fn a_requirement_twice_is_said_once() {
        let text = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE A SHALL b\n\n### Requirement 1: C\n\n#### Acceptance Criteria\n\n1. THE A SHALL d\n\n### Requirement 2: E\n\n#### Acceptance Criteria\n\n1. THE A SHALL f\n";
        assert_eq!(
            everywhere(RULE.code, &[("requirements.md", text)]),
            [
                "requirements.md|1|There are two requirements 1. A reference means the first.|Renumber to 3 → ### Requirement 3: C"
            ]
        );
    }

    #[test]
    fn a_written_criterion_twice() {
        let text = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1.1 WHEN a THE B SHALL c\n\n1.1 WHEN d THE B SHALL e\n";
        assert_eq!(
            everywhere(RULE.code, &[("requirements.md", text)]),
            [
                "requirements.md|1.1|There are two criteria 1.1. A reference means the first.|Renumber to 1.2 → 1.2 WHEN d THE B SHALL e"
            ]
        );
    }

    #[test]
    fn a_list_that_starts_anew_is_counted_on() {
        let text = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE A SHALL b\n1. THE A SHALL c\n";
        assert_eq!(everywhere(RULE.code, &[("requirements.md", text)]), [""; 0]);
    }
}
