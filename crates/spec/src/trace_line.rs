//! The lines that hold references: `_Requirements: 1.1, 2.3_`, `**Validates: Requirements 1.1**`, `Requirements: 1.1`.

use std::ops::Range;

use rutter_text::refs::{self, Target};

use crate::labels::{self, ReferenceLabel};

/// Reads a line's label and where its list stands. `None` where the line is no labelled line that could hold references.
pub fn read(text: &str, line: Range<usize>) -> Option<(ReferenceLabel, Range<usize>)> {
    let content = &text[line.clone()];
    let lead = content.len()
        - content
            .trim_start_matches([' ', '\t', '-', '*', '_', '+', '>', '`'])
            .len();
    let body = &content[lead..];
    let wrapped = content[..lead].ends_with(['_', '*', '`']);
    let Some(colon) = body.char_indices().find(|(_, c)| matches!(c, ':' | '：')) else {
        return worded(text, line.start + lead..line.end);
    };
    let label = body[..colon.0].trim_matches(['*', '_', ' ']);
    if label.is_empty() || label.chars().count() > 40 {
        return None;
    }
    let start = line.start + lead + colon.0 + colon.1.len_utf8();
    let list = &text[start..line.end];
    let skip = list.len() - list.trim_start_matches([' ', '*', '_']).len();
    let trimmed = list[skip..]
        .trim_end()
        .trim_end_matches(['_', '*', '`', '.'])
        .len();
    let list = start + skip..start + skip + trimmed;
    match labels::reference_label(label) {
        ReferenceLabel::Unknown if wrapped && only_ids(text, list.clone()) => {
            Some((ReferenceLabel::Requirements, list))
        }
        ReferenceLabel::Unknown => None,
        kind => Some((kind, list)),
    }
}

/// A marked list at the end of a sentence: `… in that order. **Validates: Requirements 1.2**`.
pub fn trailing(text: &str, line: Range<usize>) -> Option<(ReferenceLabel, Range<usize>)> {
    let content = text[line.clone()].trim_end();
    let bare = content.trim_end_matches('.');
    let mark = [" **", " _", " *"]
        .into_iter()
        .find(|m| bare.ends_with(m.trim_start()))?;
    let start = bare.rfind(mark)? + 1;
    let (label, list) = read(text, line.start + start..line.start + content.len())?;
    let known = matches!(
        label,
        ReferenceLabel::Requirements | ReferenceLabel::Validates
    );
    (known && !refs::parse(text, list.clone()).is_empty()).then_some((label, list))
}

/// `Requirements 1.1, 2.3`: a label without a colon, and ids and nothing else behind it.
fn worded(text: &str, body: Range<usize>) -> Option<(ReferenceLabel, Range<usize>)> {
    let content = text[body.clone()].trim_end_matches(['_', '*', '`', '.', ' ', '\r']);
    let (word, rest) = content.split_once(' ')?;
    if !rest.contains(char::is_numeric) {
        return None;
    }
    let kind = labels::reference_label(word);
    if !matches!(
        kind,
        ReferenceLabel::Requirements | ReferenceLabel::Validates
    ) {
        return None;
    }
    let list = rest.trim_start();
    let list = body.start + content.len() - list.len()..body.start + content.len();
    let ids = match text[list.clone()].split_once(' ') {
        Some((again, ids)) if labels::reference_label(again) == ReferenceLabel::Requirements => {
            list.end - ids.len()..list.end
        }
        _ => list.clone(),
    };
    only_ids(text, ids).then_some((kind, list))
}

/// A label in a language the lists don't know still announces references when ids and nothing else stand behind it.
fn only_ids(text: &str, list: Range<usize>) -> bool {
    let references = refs::parse(text, list.clone());
    let mut at = list.start;
    for reference in &references {
        let ids = match &reference.target {
            Target::Id(id) | Target::Range(id, _) => id.numbers.len() > 1 || !id.prefix.is_empty(),
            _ => false,
        };
        if !ids || !is_joint(&text[at..reference.range.start]) {
            return false;
        }
        at = reference.range.end;
    }
    !references.is_empty() && is_joint(&text[at..list.end])
}

fn is_joint(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || matches!(c, ',' | ';' | '、' | '，' | '；' | '|' | '.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_at_the_end_of_a_sentence() {
        for (line, list) in [
            (
                "keeps the order of questions. **Validates: Requirements 1.2, 2.1**",
                "Requirements 1.2, 2.1",
            ),
            (
                "- Log each event in `a_b`. _Requirements: 2.1, 2.2_",
                "2.1, 2.2",
            ),
        ] {
            let found = trailing(line, 0..line.len()).map(|(_, r)| &line[r]);
            assert_eq!(found, Some(list), "{line}");
        }
        for line in [
            "keeps the **order**",
            "a _b_ and **Note: see above**",
            "**",
            "",
        ] {
            assert_eq!(trailing(line, 0..line.len()), None, "{line}");
        }
    }

    #[test]
    fn labels_and_lists() {
        for (line, kind, list) in [
            (
                "    - _Requirements: 1.1, 2.3_",
                ReferenceLabel::Requirements,
                "1.1, 2.3",
            ),
            (
                "- **Validates: Requirements 9.1, 9.2**",
                ReferenceLabel::Validates,
                "Requirements 9.1, 9.2",
            ),
            (
                "- **Validates: Requirements 8.1, 8.5_",
                ReferenceLabel::Validates,
                "Requirements 8.1, 8.5",
            ),
            (
                "  - **Requirements:** 7.1, 7.2",
                ReferenceLabel::Requirements,
                "7.1, 7.2",
            ),
            ("- Requirements: 1.1", ReferenceLabel::Requirements, "1.1"),
            ("- _要件: 8.1_", ReferenceLabel::Requirements, "8.1"),
            (
                "- _Krav: 8.1, 8.2_",
                ReferenceLabel::Requirements,
                "8.1, 8.2",
            ),
            ("- _Design: Overview_", ReferenceLabel::Other, "Overview"),
            (
                "*Requirements 1.6, 10.3, 11.3.*",
                ReferenceLabel::Requirements,
                "1.6, 10.3, 11.3",
            ),
            (
                "**Validates Requirements 2.1**",
                ReferenceLabel::Validates,
                "Requirements 2.1",
            ),
        ] {
            let read = read(line, 0..line.len());
            assert_eq!(
                read.map(|(k, r)| (k, &line[r])),
                Some((kind, list)),
                "{line}"
            );
        }
        for line in [
            "- Add the counter: 1.1 per second",
            "no colon",
            "Requirements 1.1 and 1.2 say so",
            "- Requirements of 1.1",
            "- _Version: 2_",
            "- **预估工时**：0.5 小时",
            "- **边界**：单 PR（与 T9.3 可合并）",
            "- `run_time` if missing: `0.0`",
            "- **Order:** 7.1 → 7.2",
        ] {
            assert_eq!(read(line, 0..line.len()), None, "{line}");
        }
    }
}
