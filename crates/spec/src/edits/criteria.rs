//! Inserting and deleting criteria and taking concerns in, in the style of the list they stand in.

mod list;

use rutter_text::Ident;
use rutter_text::edit::{self, Edit};
use rutter_text::markdown::LineKind;

use super::renumbering::{Change, Renumbering};
use super::{lines, references};
use crate::{Concern, Criterion, Requirement, Requirements, decisions, labels};
use list::{Numbering, behind, numbering, renumber, shifted};

/// Where in a requirement's list a criterion goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Behind the last one.
    End,
    /// At this place, from 0; behind the last one where there are fewer.
    At(usize),
}

/// Why a criterion can't be inserted or deleted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CriterionError {
    /// No requirement has this id.
    #[error("There is no requirement {0}: name one that the document has.")]
    UnknownRequirement(String),
    /// No criterion has this id.
    #[error("There is no criterion {0}: name one that the document has.")]
    UnknownCriterion(String),
    /// The sentence is empty.
    #[error("A criterion needs a sentence: write what the system shall do.")]
    Empty,
    /// A concern names no requirement and there are several.
    #[error("The concern names no requirement: write `_Requirement N:_` in front of it.")]
    NoRequirement,
    /// The concern does not stand in the document.
    #[error("The concern is no longer there: read the document again.")]
    Gone,
}

/// Inserts a criterion into a requirement; the numbers behind it in the same list move on.
///
/// # Errors
/// [`CriterionError`] where the requirement is unknown or the sentence empty.
pub fn insert(
    text: &str,
    requirements: &Requirements,
    requirement: &Ident,
    place: Place,
    sentence: &str,
) -> Result<Change, CriterionError> {
    let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
    if sentence.is_empty() {
        return Err(CriterionError::Empty);
    }
    let target = requirements
        .requirement(requirement)
        .ok_or_else(|| CriterionError::UnknownRequirement(requirement.to_string()))?;
    let at = match place {
        Place::End => target.criteria.len(),
        Place::At(n) => n.min(target.criteria.len()),
    };
    let edits = if target.criteria.is_empty() {
        vec![first(text, requirements, target, &sentence)]
    } else {
        into_list(text, requirements, target, at, &sentence)
    };
    let before = place_of(requirements, target, at);
    Ok(finish(text, requirements, edits, |i| {
        Some(if i < before { i } else { i + 1 })
    }))
}

/// Deletes a criterion with its notes; the numbers behind it in the same list move up, ids with letters stay.
///
/// # Errors
/// [`CriterionError::UnknownCriterion`].
pub fn delete(
    text: &str,
    requirements: &Requirements,
    criterion: &Ident,
) -> Result<Change, CriterionError> {
    let unknown = || CriterionError::UnknownCriterion(criterion.to_string());
    let found = requirements.criterion(criterion).ok_or_else(unknown)?;
    let (target, at) = requirements
        .requirements
        .iter()
        .find_map(|r| {
            let at = r.criteria.iter().position(|c| c.range == found.range)?;
            Some((r, at))
        })
        .ok_or_else(unknown)?;
    let outline = &requirements.outline;
    let run = outline.line_at(found.range.start)..outline.line_at(found.range.end) + 1;
    let mut edits = vec![Edit::delete(lines::bytes_of_run(text, outline, run))];
    edits.extend(renumber(text, &target.criteria, at, -1));
    let before = place_of(requirements, target, at);
    Ok(finish(text, requirements, edits, |i| {
        (i != before).then(|| if i < before { i } else { i - 1 })
    }))
}

/// Moves a concern's line into the criteria of its requirement; with the last concern its heading goes.
///
/// # Errors
/// [`CriterionError`] where the concern stands nowhere or its requirement is unknown.
pub fn take_in(
    text: &str,
    requirements: &Requirements,
    concern: &Concern,
) -> Result<Change, CriterionError> {
    if !requirements.concerns.contains(concern) {
        return Err(CriterionError::Gone);
    }
    let id = match (&concern.requirement, requirements.requirements.as_slice()) {
        (Some(id), _) => id.clone(),
        (None, [only]) => only.id.clone(),
        (None, _) => return Err(CriterionError::NoRequirement),
    };
    let mut change = insert(text, requirements, &id, Place::End, &concern.text)?;
    let outline = &requirements.outline;
    let line = outline.line_at(concern.range.start);
    let section = decisions::section_of(outline, line);
    let alone = outline.text_lines(section.clone()).all(|i| i == line);
    let run = if alone { section } else { line..line + 1 };
    let bytes = lines::bytes_of_run(text, outline, run);
    change.edits.push(Edit::delete(bytes));
    Ok(change)
}

/// The place, in document order, of the criterion at `at` in a requirement.
fn place_of(requirements: &Requirements, target: &Requirement, at: usize) -> usize {
    let before: usize = requirements
        .requirements
        .iter()
        .take_while(|r| r.range != target.range)
        .map(|r| r.criteria.len())
        .sum();
    before + at
}

/// Reads the edited text again to learn the new ids.
fn finish(
    text: &str,
    requirements: &Requirements,
    edits: Vec<Edit>,
    pair: impl Fn(usize) -> Option<usize>,
) -> Change {
    let mut edits = edits;
    let new = requirements.read_again(&edit::apply(text, &edits));
    let renumbering = Renumbering::new(requirements, &new, pair, Some);
    // The document's own decisions name criteria too.
    for follow in references::rewrite(text, &renumbering) {
        let free =
            |e: &Edit| e.range.end <= follow.range.start || follow.range.end <= e.range.start;
        if edits.iter().all(free) {
            edits.push(follow);
        }
    }
    Change { edits, renumbering }
}

/// The first criterion of a requirement: under its acceptance heading, else as a list with one.
fn first(text: &str, requirements: &Requirements, target: &Requirement, sentence: &str) -> Edit {
    let outline = &requirements.outline;
    let end = outline.line_at(target.range.end.saturating_sub(1)) + 1;
    let announced = (target.line + 1..end).find(|&i| {
        outline
            .heading(i)
            .is_some_and(|(_, r)| labels::is_acceptance(&text[r]))
            || outline.lines[i].kind == LineKind::Text
                && labels::is_acceptance(&text[outline.lines[i].range.clone()])
    });
    let (after, block) = match announced {
        Some(line) => (line, format!("\n\n1. {sentence}")),
        None => {
            let last = (target.line..end.min(outline.next_heading(target.line)))
                .rev()
                .find(|&i| outline.lines[i].kind != LineKind::Blank)
                .unwrap_or(target.line);
            let level = outline.heading(target.line).map_or(3, |(level, _)| level);
            let marks = "#".repeat(usize::from(level.min(5)) + 1);
            (
                last,
                format!("\n\n{marks} Acceptance Criteria\n\n1. {sentence}"),
            )
        }
    };
    let at = outline.lines[after].range.end;
    Edit::insert(at, edit::with_endings_of(text, &block))
}

/// A further criterion, written like its neighbour.
fn into_list(
    text: &str,
    requirements: &Requirements,
    target: &Requirement,
    at: usize,
    sentence: &str,
) -> Vec<Edit> {
    let outline = &requirements.outline;
    let criteria = &target.criteria;
    let model = &criteria[at.saturating_sub(1)];
    let line = |c: &Criterion| outline.line_at(c.range.start);
    let start = outline.lines[line(model)].range.start;
    let (lead, tail) = (
        &text[start..model.marker.start],
        &text[model.marker.end..model.body.start],
    );
    let written = &text[model.marker.clone()];
    let number = match (at, numbering(text, criteria)) {
        (_, Numbering::Prefixed) => behind(criteria.iter().map(|c| &text[c.marker.clone()])),
        (0, _) | (_, Numbering::None) => written.to_owned(),
        (_, Numbering::Counted) => shifted(written, 1),
    };
    // A model that stands in a paragraph of its own wants its neighbour to do the same.
    let apart = written.is_empty()
        || criteria
            .windows(2)
            .any(|pair| outline.lines[line(&pair[1]).saturating_sub(1)].kind == LineKind::Blank);
    let item = format!("{lead}{number}{tail}{sentence}");
    let gap = if apart { "\n\n" } else { "\n" };
    let insertion = if at == 0 {
        Edit::insert(start, edit::with_endings_of(text, &format!("{item}{gap}")))
    } else {
        let end = outline.lines[outline.line_at(model.range.end)].range.end;
        Edit::insert(end, edit::with_endings_of(text, &format!("{gap}{item}")))
    };
    let mut edits = vec![insertion];
    edits.extend(renumber(text, criteria, at, 1));
    edits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, act: impl Fn(&Requirements) -> Result<Change, CriterionError>) -> String {
        let requirements = Requirements::parse(text);
        let change = act(&requirements).unwrap_or_else(|e| panic!("{text}: {e}"));
        edit::apply(text, &change.edits)
    }

    fn id(text: &str) -> Ident {
        Ident::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn insertions_keep_the_style_of_the_list() {
        let head = "### Requirement 1: R\n\n#### Acceptance Criteria\n\n";
        for (list, at, expected) in [
            ("1. A b\n2. C d\n", 1, "1. A b\n2. New one\n3. C d\n"),
            ("1. A b\n2. C d", 9, "1. A b\n2. C d\n3. New one"),
            ("1) A b\n2) C d\n", 0, "1) New one\n2) A b\n3) C d\n"),
            ("1. A b\n1. C d\n", 1, "1. A b\n1. New one\n1. C d\n"),
            ("  - A b\n  - C d\n", 1, "  - A b\n  - New one\n  - C d\n"),
            (
                "1. A b\n   wrapped\n   - note\n2. C d\n",
                1,
                "1. A b\n   wrapped\n   - note\n2. New one\n3. C d\n",
            ),
            ("1. A b\n\n2. C d\n", 1, "1. A b\n\n2. New one\n\n3. C d\n"),
            (
                "1. A b\n2. C d\n4. E f\n",
                1,
                "1. A b\n2. New one\n3. C d\n4. E f\n",
            ),
            (
                "1. A b\n2. C d\n4. E f\n",
                2,
                "1. A b\n2. C d\n3. New one\n4. E f\n",
            ),
            (
                "- AC-1: A b\n- AC-2: C d\n",
                1,
                "- AC-1: A b\n- AC-3: New one\n- AC-2: C d\n",
            ),
            (
                "1.1 WHEN a\n\n1.2 WHEN b\n",
                1,
                "1.1 WHEN a\n\n1.2 New one\n\n1.3 WHEN b\n",
            ),
            ("", 0, "1. New one\n"),
        ] {
            for ending in ["\n", "\r\n"] {
                let text = format!("{head}{list}").replace('\n', ending);
                let got = run(&text, |r| {
                    insert(&text, r, &id("1"), Place::At(at), "New  one")
                });
                let mut expected = format!("{head}{expected}").replace('\n', ending);
                if list.is_empty() {
                    expected.insert_str(expected.len(), ending);
                }
                assert_eq!(got, expected, "{list}");
            }
        }
        let bare = "### Requirement 1: R\n\nStory.\n\n### Requirement 2: S\n";
        assert_eq!(
            run(bare, |r| insert(bare, r, &id("1"), Place::End, "New")),
            "### Requirement 1: R\n\nStory.\n\n#### Acceptance Criteria\n\n1. New\n\n### Requirement 2: S\n"
        );
    }

    #[test]
    fn deletions_close_the_gap() {
        let head = "### Requirement 1: R\n\n#### Acceptance Criteria\n\n";
        for (list, gone, expected) in [
            ("1. A b\n2. C d\n3. E f\n", "1.1", "1. C d\n2. E f\n"),
            ("1. A b\n2. C d\n   - note\n3. E f", "1.2", "1. A b\n2. E f"),
            ("1. A b\n2. C d", "1.2", "1. A b"),
            ("- AC-1: A b\n- AC-2: C d\n", "1.1", "- AC-2: C d\n"),
        ] {
            let text = format!("{head}{list}");
            let got = run(&text, |r| delete(&text, r, &id(gone)));
            assert_eq!(got, format!("{head}{expected}"), "{list}");
        }
    }

    #[test]
    fn a_concern_is_taken_in_and_the_heading_goes_with_the_last() {
        let text = "### Requirement 1: R\n\n#### Acceptance Criteria\n\n1. A b\n\n### Requirement 2: S\n\n#### Acceptance Criteria\n\n1. C d\n\n## Further Concerns\n\n- _Requirement 1:_ THE X SHALL y\n- _Requirement 2:_ THE Z SHALL w\n";
        let take_first = |r: &Requirements, text: &str| take_in(text, r, &r.concerns[0]);
        let once = run(text, |r| take_first(r, text));
        assert!(once.contains("1. A b\n2. THE X SHALL y\n\n### Requirement 2"));
        let twice = run(&once, |r| take_first(r, &once));
        assert!(twice.ends_with("1. C d\n2. THE Z SHALL w\n"), "{twice}");
    }

    #[test]
    fn the_map_says_what_moved() {
        let text = "### Requirement 1: R\n\n#### Acceptance Criteria\n\n1. A b\n2. C d\n\n## Open Decisions\n\n- **D1** How? `a` | `b` (1.2)\n";
        let requirements = Requirements::parse(text);
        let change = insert(text, &requirements, &id("1"), Place::At(0), "New");
        let change = change.unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(
            edit::apply(
                "_Requirements: 1.1-1.2_",
                &references::rewrite("_Requirements: 1.1-1.2_", &change.renumbering)
            ),
            "_Requirements: 1.2-1.3_"
        );
        assert!(edit::apply(text, &change.edits).contains("`b` (1.3)"));
        let change = delete(text, &requirements, &id("1.1"));
        let change = change.unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(
            edit::apply(
                "_Requirements: 1.1, 1.2_",
                &references::rewrite("_Requirements: 1.1, 1.2_", &change.renumbering)
            ),
            "_Requirements: 1.1_"
        );
    }

    #[test]
    fn what_is_not_there_is_said() {
        let requirements = Requirements::parse("### Requirement 1: R\n\n1. THE A SHALL b\n");
        let insert = |id: &str, s: &str| {
            super::insert("", &requirements, &self::id(id), Place::End, s).map(|_| ())
        };
        assert_eq!(
            insert("9", "x"),
            Err(CriterionError::UnknownRequirement("9".into()))
        );
        assert_eq!(insert("1", " "), Err(CriterionError::Empty));
        assert_eq!(
            delete("", &requirements, &id("1.9")).map(|_| ()),
            Err(CriterionError::UnknownCriterion("1.9".into()))
        );
    }
}
