//! Splitting a criterion that holds two requirements: the second half becomes a criterion of its own, right behind.

use rutter_text::{Edit, Ident, edit};

use super::criteria::{self, CriterionError, Place};
use super::references;
use super::renumbering::{Change, Name};
use crate::Requirements;

/// The two halves of a criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Halves {
    /// The edit that leaves the first half where the criterion stands.
    pub first: Edit,
    /// The sentence of the second.
    pub second: String,
}

/// Splits a criterion; the numbers behind it in the same list move on, and who cited it cites both halves.
///
/// # Errors
/// [`CriterionError`] where the criterion is unknown or the second half empty.
pub fn split(
    text: &str,
    requirements: &Requirements,
    criterion: &Ident,
    halves: &Halves,
) -> Result<Change, CriterionError> {
    let unknown = || CriterionError::UnknownCriterion(criterion.to_string());
    let found = requirements.criterion(criterion).ok_or_else(unknown)?;
    let (owner, at) = requirements
        .requirements
        .iter()
        .find_map(|r| Some((r, r.criteria.iter().position(|c| c.range == found.range)?)))
        .ok_or_else(unknown)?;
    let mut change = criteria::insert(
        text,
        requirements,
        &owner.id,
        Place::At(at + 1),
        &halves.second,
    )?;
    let new = requirements.read_again(&edit::apply(text, &change.edits));
    let second = new
        .requirements
        .iter()
        .find(|r| r.line == owner.line)
        .and_then(|r| r.criteria.get(at + 1))
        .ok_or_else(unknown)?;
    change.renumbering.split = Some((
        found.label.clone(),
        Name {
            id: second.id.clone(),
            label: second.label.clone(),
        },
    ));
    // The document's own decisions name criteria too, and now both halves.
    let own = references::rewrite(text, &change.renumbering);
    change.edits.retain(|e| {
        !own.iter()
            .any(|o| o.range.start < e.range.end && e.range.start < o.range.end)
    });
    change.edits.extend(own);
    change.edits.push(halves.first.clone());
    change.edits.sort_by_key(|e| (e.range.start, e.range.end));
    Ok(change)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_half_follows_and_references_cite_both() {
        let text = "### Requirement 1: R\n\n#### Acceptance Criteria\n\n1. THE A SHALL b and SHALL c\n2. THE A SHALL d\n\n## Open Decisions\n\n- **D1** How? `a` | `b` (1.1, 1.2)\n";
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let requirements = Requirements::parse(&text);
            let id = Ident::of([1, 1]);
            let body = requirements.criterion(&id).unwrap().body.clone();
            let at = body.start + text[body.clone()].find(" and ").unwrap();
            let halves = Halves {
                first: Edit::delete(at..body.end),
                second: "THE A SHALL c".into(),
            };
            let change = split(&text, &requirements, &id, &halves).unwrap();
            let new = edit::apply(&text, &change.edits).replace("\r\n", "\n");
            assert!(
                new.contains("1. THE A SHALL b\n2. THE A SHALL c\n3. THE A SHALL d\n"),
                "{new}"
            );
            assert!(new.contains("(1.1, 1.2, 1.3)"), "{new}");
            for (list, expected) in [
                ("_Requirements: 1.1, 1.2_", "_Requirements: 1.1, 1.2, 1.3_"),
                ("_Requirements: 1.2_", "_Requirements: 1.3_"),
                ("_Requirements: 1.1-1.2_", "_Requirements: 1.1-1.3_"),
                ("_Requirements: 1_", "_Requirements: 1_"),
                (
                    "**Validates: Requirements 1.1**",
                    "**Validates: Requirements 1.1, 1.2**",
                ),
            ] {
                let edits = references::rewrite(list, &change.renumbering);
                assert_eq!(edit::apply(list, &edits), expected);
            }
        }
    }
}
