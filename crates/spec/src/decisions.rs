//! Open decisions and further concerns: lines of a fixed shape that the drafter writes and one action answers.
//!
//! A decision is ``- **D1** Question? `first choice` | `second choice` (1.3, 1.4)``; where its value stands in a
//! document it is the link `[first choice?](#d1)`. A concern is `- _Requirement 1:_ WHEN …, THE … SHALL …`.

use std::ops::Range;

use rutter_text::markdown::{self, Outline};
use rutter_text::refs::{self, Target};
use rutter_text::{Edit, Ident};

use crate::labels;

/// A value that nobody stated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// `D1`
    pub id: String,
    /// The question.
    pub question: String,
    /// Two to four answers, the recommended one first.
    pub choices: Vec<String>,
    /// The ids it touches, as written.
    pub ids: Vec<String>,
    /// The whole line.
    pub range: Range<usize>,
    /// Where its id stands.
    pub id_range: Range<usize>,
}

/// A criterion that the drafter left out, as one line that can be taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// The requirement it would join.
    pub requirement: Option<Ident>,
    /// The criterion.
    pub text: String,
    /// The whole line.
    pub range: Range<usize>,
}

/// Reads the decisions under the heading `Open Decisions`, wherever it stands.
pub fn decisions(text: &str, outline: &Outline) -> Vec<Decision> {
    section_items(text, outline, labels::is_decisions)
        .filter_map(|(line, content)| decision(text, outline.lines[line].range.clone(), content))
        .collect()
}

/// Reads the concerns under the heading `Further Concerns`.
pub fn concerns(text: &str, outline: &Outline) -> Vec<Concern> {
    section_items(text, outline, labels::is_concerns)
        .map(|(line, content)| {
            let body = &text[content.clone()];
            let (requirement, body) = match body.strip_prefix('_').and_then(|b| b.split_once(":_"))
            {
                Some((label, rest)) => {
                    let start = content.start + 1;
                    let id = refs::parse(text, start..start + label.len())
                        .into_iter()
                        .find_map(|r| match r.target {
                            Target::Id(id) => Some(id),
                            _ => None,
                        });
                    (id, rest)
                }
                None => (None, body),
            };
            Concern {
                requirement,
                text: body.trim().to_owned(),
                range: outline.lines[line].range.clone(),
            }
        })
        .filter(|c| !c.text.is_empty())
        .collect()
}

/// The lines, number and content, of the list items in the sections whose heading `is` names.
fn section_items<'a>(
    text: &'a str,
    outline: &'a Outline,
    is: fn(&str) -> bool,
) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
    (0..outline.lines.len())
        .filter(move |&i| outline.heading(i).is_some_and(|(_, r)| is(&text[r])))
        .flat_map(move |i| outline.text_lines(i + 1..outline.section_end(i)))
        .filter_map(move |i| Some((i, markdown::item(text, &outline.lines[i])?.content)))
}

fn decision(text: &str, line: Range<usize>, content: Range<usize>) -> Option<Decision> {
    let body = &text[content.clone()];
    let rest = body.strip_prefix("**")?;
    let (id, rest) = rest.split_once("**")?;
    let id_start = content.start + 2;
    let id_range = id_start..id_start + id.len();
    let id = id.trim_end_matches(':').to_owned();
    let first_tick = rest.find('`')?;
    let question = rest[..first_tick]
        .trim()
        .trim_end_matches(['—', '-'])
        .trim()
        .to_owned();
    let mut choices = Vec::new();
    let mut at = first_tick;
    while let Some(open) = rest[at..].find('`').map(|i| at + i) {
        let close = rest[open + 1..].find('`').map(|i| open + 1 + i)?;
        choices.push(rest[open + 1..close].to_owned());
        at = close + 1;
        if !rest[at..].trim_start().starts_with('|') {
            break;
        }
    }
    let tail = rest[at..]
        .trim()
        .trim_start_matches('(')
        .trim_end_matches([')', '.']);
    let tail_start =
        content.start + (body.len() - rest.len()) + at + rest[at..].find(tail).unwrap_or(0);
    let ids = refs::parse(text, tail_start..tail_start + tail.len())
        .into_iter()
        .map(|r| text[r.range].to_owned())
        .collect();
    Some(Decision {
        id,
        question,
        choices,
        ids,
        range: line,
        id_range,
    })
}

/// The places in a document where the value of decision `id` stands open: bytes of the whole link and of its text.
pub fn places(text: &str, id: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let target = format!("](#{})", id.to_ascii_lowercase());
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(i) = text[from..].find(&target).map(|i| from + i) {
        let line_start = text[..i].rfind('\n').map_or(0, |n| n + 1);
        if let Some(open) = text[line_start..i].rfind('[').map(|o| line_start + o) {
            found.push((open..i + target.len(), open + 1..i));
        }
        from = i + target.len();
    }
    found
}

/// The edits that answer a decision in one document: every place becomes plain text, its own line goes, and with the
/// last line the heading.
pub fn answer(text: &str, id: &str, choice: &str) -> Vec<Edit> {
    let mut edits: Vec<Edit> = places(text, id)
        .into_iter()
        .map(|(link, _)| Edit::replace(link, choice))
        .collect();
    let outline = Outline::new(text);
    let all = decisions(text, &outline);
    if let Some(decision) = all.iter().find(|d| d.id.eq_ignore_ascii_case(id)) {
        let first = outline.line_at(decision.range.start);
        let range = if all.len() == 1 {
            section_of(&outline, first)
        } else {
            first..first + 1
        };
        let bytes = outline.bytes(range, text);
        edits.retain(|e| e.range.start < bytes.start || e.range.end > bytes.end);
        edits.push(Edit::delete(bytes));
    }
    edits
}

/// The lines of the section around `line`: its heading to the line before the next one. At the end of the file the
/// blank lines in front go too.
pub(crate) fn section_of(outline: &Outline, line: usize) -> Range<usize> {
    let mut start = (0..=line)
        .rev()
        .find(|&i| outline.heading(i).is_some())
        .unwrap_or(line);
    let end = outline.section_end(start);
    if end == outline.lines.len() {
        while start > 0 && outline.lines[start - 1].kind == markdown::LineKind::Blank {
            start -= 1;
        }
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use rutter_text::edit;

    const DOC: &str = "# R\n\n1. IF [5 attempts?](#d1) fail within [15 minutes?](#d2), THEN THE System SHALL lock it\n\n## Open Decisions\n\n- **D1** How many failed sign-ins lock an account? `5 attempts` | `3 attempts` (1.3, 1.4)\n- **D2** In which time? `15 minutes` | `1 hour` (1.3)\n";

    #[test]
    fn decisions_are_read_and_answered() {
        let outline = Outline::new(DOC);
        let found = decisions(DOC, &outline);
        assert_eq!(
            found[0].question,
            "How many failed sign-ins lock an account?"
        );
        assert_eq!(found[0].choices, ["5 attempts", "3 attempts"]);
        assert_eq!(found[0].ids, ["1.3", "1.4"]);
        let once = edit::apply(DOC, &answer(DOC, "D1", "3 attempts"));
        assert!(
            once.contains("IF 3 attempts fail within [15 minutes?](#d2)")
                && !once.contains("D1")
                && once.contains("**D2**")
        );
        let twice = edit::apply(&once, &answer(&once, "d2", "1 hour"));
        assert_eq!(
            twice,
            "# R\n\n1. IF 3 attempts fail within 1 hour, THEN THE System SHALL lock it\n"
        );
    }

    #[test]
    fn concerns_name_their_requirement() {
        let text = "## Further Concerns\n\n- _Requirement 2:_ WHEN a, THE B SHALL c\n";
        let found = concerns(text, &Outline::new(text));
        assert_eq!(
            found[0]
                .requirement
                .as_ref()
                .map(ToString::to_string)
                .as_deref(),
            Some("2")
        );
        assert_eq!(found[0].text, "WHEN a, THE B SHALL c");
    }
}
