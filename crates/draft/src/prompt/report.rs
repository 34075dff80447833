//! The parts of a bug report: steps, what was expected, what happened, where.

use super::split::Sentence;

/// A part of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What somebody does to see it.
    Steps,
    /// What should happen.
    Expected,
    /// What happens, and where.
    Actual,
}

const LABELS: [(&str, Part); 42] = [
    ("what i did", Part::Steps),
    ("what i do", Part::Steps),
    ("what we did", Part::Steps),
    ("i did", Part::Steps),
    ("what i hoped", Part::Expected),
    ("what i hoped for", Part::Expected),
    ("what i wanted", Part::Expected),
    ("what it should do", Part::Expected),
    ("should be", Part::Expected),
    ("what i got", Part::Actual),
    ("what i get", Part::Actual),
    ("what i see", Part::Actual),
    ("got", Part::Actual),
    ("steps to reproduce", Part::Steps),
    ("how to reproduce", Part::Steps),
    ("to reproduce", Part::Steps),
    ("reproduction steps", Part::Steps),
    ("reproduction", Part::Steps),
    ("reproduce", Part::Steps),
    ("repro steps", Part::Steps),
    ("repro", Part::Steps),
    ("steps", Part::Steps),
    ("expected behaviour", Part::Expected),
    ("expected behavior", Part::Expected),
    ("expected result", Part::Expected),
    ("expected results", Part::Expected),
    ("expected outcome", Part::Expected),
    ("expected", Part::Expected),
    ("what should happen", Part::Expected),
    ("what i expected", Part::Expected),
    ("actual behaviour", Part::Actual),
    ("actual behavior", Part::Actual),
    ("actual result", Part::Actual),
    ("actual results", Part::Actual),
    ("actual outcome", Part::Actual),
    ("actual", Part::Actual),
    ("observed", Part::Actual),
    ("what happens", Part::Actual),
    ("what happened", Part::Actual),
    ("current behaviour", Part::Actual),
    ("current behavior", Part::Actual),
    ("environment", Part::Actual),
];

/// Whether a line opens with the label of a part: then it is no continuation of the line above.
pub(super) fn opens_part(line: &str) -> bool {
    line.split_once(':')
        .is_some_and(|(label, _)| of_label(label).is_some())
}

/// The part that a label opens.
fn of_label(label: &str) -> Option<Part> {
    let lower = label
        .trim()
        .trim_matches(['*', '_', ':', ' '])
        .to_lowercase();
    LABELS
        .iter()
        .find(|(known, _)| *known == lower)
        .map(|(_, part)| *part)
}

/// Says of each sentence which part of a report it belongs to, without the label it opens with.
pub(super) fn parts(sentences: Vec<Sentence>) -> Vec<(Sentence, Option<Part>)> {
    let mut out = Vec::new();
    // A label in a line reigns until the next, or until the heading or paragraph changes.
    let mut inline: Option<(Part, Option<String>, usize)> = None;
    for mut sentence in sentences {
        let of_heading = sentence.heading.as_deref().and_then(of_label);
        if let Some((label, rest)) = sentence.text.split_once(": ")
            && let Some(part) = of_label(label)
        {
            inline = Some((part, sentence.heading.clone(), sentence.paragraph));
            sentence.text = rest.trim().to_owned();
        } else if let Some(part) = of_label(&sentence.text) {
            // The label stands alone, its content follows.
            inline = Some((part, sentence.heading.clone(), sentence.paragraph + 1));
            continue;
        } else if inline.as_ref().is_some_and(|(_, heading, paragraph)| {
            *heading != sentence.heading || sentence.paragraph > *paragraph && !sentence.numbered
        }) {
            inline = None;
        }
        let part = inline.as_ref().map(|(part, ..)| *part).or(of_heading);
        if part == Some(Part::Steps) {
            let bare = without_number(&sentence.text);
            sentence.numbered = true;
            sentence.text = bare;
        }
        if sentence.text.chars().any(char::is_alphabetic) {
            out.push((sentence, part));
        }
    }
    out
}

/// "1. Book an appointment" without its number.
fn without_number(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    text[digits..]
        .strip_prefix(['.', ')'])
        .filter(|_| digits > 0)
        .map_or_else(|| text.to_owned(), |rest| rest.trim_start().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prompt::split::sentences;

    #[test]
    fn a_report_has_parts() {
        for report in [
            "Reminders are sent twice. Steps to reproduce: 1. Book an appointment. 2. Restart it. Expected: the patient gets one reminder. Actual: the patient gets two.",
            "Reminders are sent twice.\n\n### Steps to reproduce\n1. Book an appointment\n2. Restart it\n\n### Expected behavior\nThe patient gets one reminder\n\n### Actual behavior\nThe patient gets two",
            "Reminders are sent twice\n\nSteps to reproduce:\n1. Book an appointment\n2. Restart it\n\nExpected: the patient gets one reminder\n\nActual: the patient gets two",
        ] {
            let found: Vec<(String, Option<Part>)> = parts(sentences(report))
                .into_iter()
                .map(|(sentence, part)| (sentence.text.to_lowercase(), part))
                .collect();
            assert_eq!(
                found,
                [
                    ("reminders are sent twice".to_owned(), None),
                    ("book an appointment".to_owned(), Some(Part::Steps)),
                    ("restart it".to_owned(), Some(Part::Steps)),
                    (
                        "the patient gets one reminder".to_owned(),
                        Some(Part::Expected)
                    ),
                    ("the patient gets two".to_owned(), Some(Part::Actual)),
                ],
                "{report}"
            );
        }
    }
}
