//! An open decision cannot be answered.
//!
//! It has fewer than two or more than four choices, touches an id that does not exist, or a place in the text asks for a
//! decision that is not listed. The action that answers it would not know what to write, or where.
//!
//! ```markdown
//! 1. WHEN [5 attempts?](#d1) fail, THE Limiter SHALL lock the account
//!
//! ## Open Decisions
//!
//! - **D1** How many failed attempts lock an account? `5 attempts` (1.1)      <- one choice is none
//! ```

use std::ops::Range;

use rutter_text::markdown::{self, LineKind, Outline};
use rutter_text::{Edit, Ident};

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::{Decision, Document, Spec, decisions, labels};
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "decision/malformed",
    default: Level::Warning,
    docs: docs!("decision_malformed.rs"),
    check: Some(Check::new(Reads::DOCUMENTS, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let listed = context.spec.decisions();
    for (document, text, outline) in context.outlines() {
        let file = document.file_name();
        let read = context.spec.decisions_of(document);
        for decision in read {
            for finding in problems(context.spec, document, text, decision, sink) {
                sink.add(file, finding);
            }
        }
        for line in unread(text, outline, read) {
            let message = "This decision has no choices. Write two to four behind the question: `first` | `second`.";
            sink.add(file, sink.finding(line, message));
        }
        for (link, answer, id) in links(text, outline) {
            if listed.iter().any(|(_, d)| d.id.eq_ignore_ascii_case(&id)) {
                continue;
            }
            let plain = text[answer].trim_end_matches(['?', '？']).to_owned();
            let finding = sink
                .finding(
                    link.clone(),
                    format!(
                        "No document of this spec lists the decision {}.",
                        id.to_uppercase()
                    ),
                )
                .fix(
                    format!("Take \"{plain}\" as the answer"),
                    vec![Edit::replace(link, plain)],
                );
            sink.add(file, finding);
        }
    }
}

fn problems(
    spec: &Spec,
    document: Document,
    text: &str,
    decision: &Decision,
    sink: &Sink<'_>,
) -> Vec<rutter_text::Finding> {
    let mut found = Vec::new();
    let count = decision.choices.len();
    if !(2..=4).contains(&count) {
        let number = match count {
            1 => "one choice".to_owned(),
            n => format!("{n} choices"),
        };
        found.push(sink.finding(
            decision.id_range.clone(),
            format!(
                "Decision {} has {number}. Give it two to four.",
                decision.id
            ),
        ));
    }
    // Ids behind a decision in design or tasks may mean properties or tasks of that document too.
    if matches!(document, Document::Design | Document::Tasks) {
        return found;
    }
    let unknown = decision.ids.iter().filter(|id| {
        Ident::parse(id).is_some_and(|parsed| {
            spec.wanted()
                .is_some_and(|(_, w)| w.criteria().next().is_some())
                && spec.criterion(&parsed).is_none()
                && spec.requirement(&parsed).is_none()
        })
    });
    for id in unknown {
        let line = &text[decision.range.clone()];
        let place = line
            .rfind(id.as_str())
            .map_or(decision.id_range.clone(), |at| {
                decision.range.start + at..decision.range.start + at + id.len()
            });
        found.push(sink.finding(
            place,
            format!(
                "Decision {} touches {id}, which does not exist.",
                decision.id
            ),
        ));
    }
    found
}

/// Lines that open like one of our decisions and could not be read. What others write below such a heading is theirs.
fn unread(text: &str, outline: &Outline, read: &[Decision]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for i in 0..outline.lines.len() {
        if !outline
            .heading(i)
            .is_some_and(|(_, r)| labels::is_decisions(&text[r]))
        {
            continue;
        }
        for line in outline.text_lines(i + 1..outline.section_end(i)) {
            let Some(item) = markdown::item(text, &outline.lines[line]) else {
                continue;
            };
            let range = outline.lines[line].range.clone();
            let opens = text[item.content.clone()]
                .strip_prefix("**D")
                .and_then(|rest| rest.split_once("**"))
                .is_some_and(|(number, _)| {
                    let number = number.trim_end_matches(':');
                    !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit())
                });
            if opens && !read.iter().any(|d| d.range == range) {
                found.push(item.content.start..range.end);
            }
        }
    }
    found
}

/// Places such as `[5 attempts?](#d1)`: the link, the text in it, the id. The question mark tells them from other links.
fn links(text: &str, outline: &Outline) -> Vec<(Range<usize>, Range<usize>, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find("](#d").map(|i| from + i) {
        from = at + 4;
        let digits = text[from..].bytes().take_while(u8::is_ascii_digit).count();
        let end = from + digits;
        if digits == 0 || !text[end..].starts_with(')') {
            continue;
        }
        let id = format!("d{}", &text[from..end]);
        let line = &outline.lines[outline.line_at(at)];
        if matches!(line.kind, LineKind::Fence(_) | LineKind::Comment) {
            continue;
        }
        let place = decisions::places(&text[line.range.clone()], &id)
            .into_iter()
            .map(|(link, inner)| {
                (
                    link.start + line.range.start..link.end + line.range.start,
                    inner.start + line.range.start..inner.end + line.range.start,
                )
            })
            .find(|(_, inner)| inner.end == at);
        if let Some((link, inner)) = place
            && text[inner.clone()].ends_with(['?', '？'])
        {
            found.push((link, inner, id));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    fn found(criterion: &str, decisions: &str) -> Vec<String> {
        let text = format!(
            "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. {criterion}\n\n## Open Decisions\n\n{decisions}"
        );
        everywhere(RULE.code, &[("requirements.md", &text)])
    }

    const OPEN: &str = "WHEN [5 attempts?](#d1) fail, THE A SHALL lock";

    #[test]
    fn choices_and_ids_are_checked() {
        assert_eq!(
            found(OPEN, "- **D1** How many? `5 attempts` (1.1, 1.7)\n"),
            [
                "requirements.md|D1|Decision D1 has one choice. Give it two to four.",
                "requirements.md|1.7|Decision D1 touches 1.7, which does not exist."
            ]
        );
        assert_eq!(
            found(OPEN, "- **D1** How? `1` | `2` | `3` | `4` | `5` (1.1)\n").len(),
            1
        );
        assert_eq!(
            found("THE A SHALL b", "- **D1** How many? (1.1)\n")[0],
            "requirements.md|**D1** How many? (1.1)|This decision has no choices. Write two to four behind the question: `first` | `second`."
        );
    }

    #[test]
    fn a_question_without_decision_can_be_answered_on_the_spot() {
        assert_eq!(
            found(OPEN, "- **D2** Where? `a` | `b` (1.1)\n"),
            [
                "requirements.md|[5 attempts?](#d1)|No document of this spec lists the decision D1.|Take \"5 attempts\" as the answer → 1. WHEN 5 attempts fail, THE A SHALL lock"
            ]
        );
    }

    #[test]
    fn good_decisions_and_other_peoples_lines_are_left_alone() {
        assert_eq!(
            found(
                OPEN,
                "- **D1** How many? `5 attempts` | `3 attempts` (1.1)\n"
            ),
            [""; 0]
        );
        assert_eq!(
            found(
                "THE A SHALL b, see [D1](#d1)",
                "- Which colour?\n- **Data**: where?\n"
            ),
            [""; 0]
        );
    }

    #[test]
    fn a_decision_may_stand_in_another_document() {
        let requirements = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE A SHALL b\n\n## Open Decisions\n\n- **D1** How? `1` | `2` (1.1)\n";
        assert_eq!(
            everywhere(
                RULE.code,
                &[
                    ("requirements.md", requirements),
                    ("tasks.md", "- [ ] 1. Allow [1?](#d1)\n")
                ]
            ),
            [""; 0]
        );
    }
}
