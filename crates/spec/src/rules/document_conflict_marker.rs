//! A merge conflict was left in the document.
//!
//! Both versions count at once, so ids are doubled and an approval of this text would mean nothing.
//!
//! ```markdown
//! <<<<<<< HEAD
//! 1. WHEN three attempts fail, THE Limiter SHALL lock the account
//! =======
//! 1. WHEN five attempts fail, THE Limiter SHALL lock the account
//! >>>>>>> theirs
//! ```

use std::ops::Range;

use rutter_text::Edit;
use rutter_text::markdown::{LineKind, Outline};

use super::{Check, Context, Level, Reads, Rule, Sink};
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "document/conflict-marker",
    default: Level::Error,
    docs: docs!("document_conflict_marker.rs"),
    check: Some(Check::new(Reads::DOCUMENTS, check)),
};

/// The lines of one conflict.
struct Conflict {
    ours: usize,
    base: Option<usize>,
    middle: usize,
    theirs: usize,
}

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (document, text, outline) in context.outlines() {
        if !text.contains("<<<<<<<") {
            continue;
        }
        for conflict in conflicts(text, outline) {
            let bytes = |lines: Range<usize>| outline.bytes(lines, text);
            let own_end = conflict.base.unwrap_or(conflict.middle);
            let close = Edit::delete(bytes(conflict.theirs..conflict.theirs + 1));
            let finding = sink
                .finding(
                    outline.lines[conflict.ours].range.clone(),
                    "A merge conflict was left here. Keep one version, or both.",
                )
                .fix(
                    "Keep the first version",
                    vec![
                        Edit::delete(bytes(conflict.ours..conflict.ours + 1)),
                        Edit::delete(bytes(own_end..conflict.theirs + 1)),
                    ],
                )
                .fix(
                    "Keep the second version",
                    vec![
                        Edit::delete(bytes(conflict.ours..conflict.middle + 1)),
                        close.clone(),
                    ],
                )
                .fix(
                    "Keep both",
                    vec![
                        Edit::delete(bytes(conflict.ours..conflict.ours + 1)),
                        Edit::delete(bytes(own_end..conflict.middle + 1)),
                        close,
                    ],
                );
            sink.add(document.file_name(), finding);
        }
    }
}

/// Conflicts with all their marks. Inside a code block they are an example, unless the block's marks belong to one that
/// began outside.
fn conflicts(text: &str, outline: &Outline) -> Vec<Conflict> {
    let mut found = Vec::new();
    let is = |i: usize, mark: &str| {
        let line = text[outline.lines[i].range.clone()].trim_end();
        line.strip_prefix(mark)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let find = |from: usize, mark: &str| (from..outline.lines.len()).find(|&i| is(i, mark));
    let mut at = 0;
    while let Some(ours) = find(at, "<<<<<<<") {
        at = ours + 1;
        if matches!(outline.lines[ours].kind, LineKind::Fence(n) if !is_data(outline, n)) {
            continue;
        }
        let Some(middle) = find(ours, "=======") else {
            break;
        };
        let Some(theirs) = find(middle, ">>>>>>>") else {
            break;
        };
        let base = find(ours, "|||||||").filter(|&b| b < middle);
        found.push(Conflict {
            ours,
            base,
            middle,
            theirs,
        });
        at = theirs + 1;
    }
    found
}

/// A JSON block is data that we read, such as the waves.
fn is_data(outline: &Outline, fence: usize) -> bool {
    outline
        .fences
        .get(fence)
        .is_some_and(|f| f.info.trim().starts_with("json"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    #[test]
    fn a_conflict_is_resolved_three_ways() {
        let text = "# T\n\n<<<<<<< HEAD\n- [ ] 1. A\n||||||| base\n- [ ] 1. O\n=======\n- [ ] 1. B\n>>>>>>> branch\n- [ ] 2. C\n";
        let found = everywhere(RULE.code, &[("tasks.md", text)]);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with("tasks.md|<<<<<<< HEAD|"), "{found:?}");
        let spec = super::super::testing::spec(&[("tasks.md", text)]);
        let all = super::super::check(
            &super::super::Context::new(&spec),
            &super::super::Levels::default(),
        );
        let after: Vec<String> = all["tasks.md"]
            .iter()
            .find(|f| f.code == RULE.code)
            .unwrap()
            .fixes
            .iter()
            .map(|f| rutter_text::edit::apply(text, &f.edits))
            .collect();
        assert_eq!(
            after,
            [
                "# T\n\n- [ ] 1. A\n- [ ] 2. C\n",
                "# T\n\n- [ ] 1. B\n- [ ] 2. C\n",
                "# T\n\n- [ ] 1. A\n- [ ] 1. B\n- [ ] 2. C\n"
            ]
        );
    }

    #[test]
    fn an_example_in_code_and_an_underlined_title_are_no_conflict() {
        let text = "# D\n\n```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n```\n\nTitle\n=======\n";
        assert_eq!(everywhere(RULE.code, &[("design.md", text)]), [""; 0]);
    }

    #[test]
    fn waves_in_conflict_are_found() {
        let text = "## Task Dependency Graph\n\n```json\n{\"waves\":[\n<<<<<<< HEAD\n{\"tasks\":[\"1\"]}\n=======\n{\"tasks\":[\"2\"]}\n>>>>>>> x\n]}\n```\n";
        assert_eq!(everywhere(RULE.code, &[("tasks.md", text)]).len(), 1);
    }
}
