//! `design.md`: sections and correctness properties.

use std::ops::Range;

use rutter_text::markdown::{LineKind, Outline};
use rutter_text::refs::{self, Reference};

use crate::decisions::{self, Decision};
use crate::labels::{self, ReferenceLabel};
use crate::{heading, trace_line};

/// A second-level heading with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// The heading's text.
    pub title: String,
    /// The bytes of the heading's text.
    pub heading: Range<usize>,
    /// The whole section.
    pub range: Range<usize>,
}

/// A correctness property.
#[derive(Clone, Debug)]
pub struct Property {
    /// Its number.
    pub number: u32,
    /// The bytes of the number.
    pub number_range: Range<usize>,
    /// Its title.
    pub title: String,
    /// The bytes of the heading's text, or of the line.
    pub heading: Range<usize>,
    /// From the heading to the end of its text.
    pub range: Range<usize>,
    /// The sentence, on one line.
    pub text: String,
    /// What it says it validates.
    pub validates: Vec<Reference>,
}

/// A design document.
#[derive(Clone, Debug, Default)]
pub struct Design {
    /// The lines it was read from.
    pub outline: Outline,
    /// Second-level sections in order.
    pub sections: Vec<Section>,
    /// Properties in order.
    pub properties: Vec<Property>,
    /// What is still to be decided.
    pub decisions: Vec<Decision>,
}

impl Design {
    /// Reads `design.md`.
    pub fn parse(text: &str) -> Self {
        Self::of(text, Outline::new(text))
    }

    /// Reads a document from its lines.
    pub(crate) fn of(text: &str, outline: Outline) -> Self {
        let sections = (0..outline.lines.len())
            .filter_map(|i| {
                let (level, heading) = outline.heading(i)?;
                (level == 2).then(|| Section {
                    title: text[heading.clone()].to_owned(),
                    heading,
                    range: outline.bytes(i..outline.section_end(i), text),
                })
            })
            .collect();
        let properties = (0..outline.lines.len())
            .filter_map(|i| property(text, &outline, i))
            .collect();
        let decisions = decisions::decisions(text, &outline);
        Self {
            outline,
            sections,
            properties,
            decisions,
        }
    }

    /// The property with this number.
    pub fn property(&self, number: u32) -> Option<&Property> {
        self.properties.iter().find(|p| p.number == number)
    }
}

/// A property at a line: a heading `Property N: …`, or, in bugfix designs, a plain line `Property N: …`.
fn property(text: &str, outline: &Outline, line: usize) -> Option<Property> {
    let (heading, end) = match &outline.lines[line].kind {
        LineKind::Heading { text: range, .. } => (range.clone(), plain_end(text, outline, line)),
        LineKind::Text => (plain(text, outline, line)?, plain_end(text, outline, line)),
        _ => return None,
    };
    let numbered = heading::numbered(text, heading.clone())?;
    let word = if numbered.word.is_empty() {
        numbered.id.prefix.trim_end_matches('-')
    } else {
        &numbered.word
    };
    if !labels::names_property(word) || numbered.id.numbers.len() != 1 {
        return None;
    }
    let mut validates = Vec::new();
    let mut sentences = Vec::new();
    for i in outline.text_lines(line + 1..end) {
        let content = text[outline.lines[i].range.clone()].trim();
        match trace_line::read(text, outline.lines[i].range.clone()) {
            Some((ReferenceLabel::Validates | ReferenceLabel::Requirements, list)) => {
                validates.extend(refs::parse(text, list))
            }
            _ => {
                if let Some((_, list)) = trace_line::trailing(text, outline.lines[i].range.clone())
                {
                    validates.extend(refs::parse(text, list));
                }
                sentences.push(content);
            }
        }
    }
    Some(Property {
        number: numbered.id.numbers[0],
        number_range: numbered.id_range,
        title: numbered.title.replacen("** - ", " - ", 1),
        heading,
        range: trimmed(text, outline.bytes(line..end, text)),
        text: sentences.join(" "),
        validates,
    })
}

/// The bytes of a plain line that opens with a property's number, without its marks.
fn plain(text: &str, outline: &Outline, line: usize) -> Option<Range<usize>> {
    let range = outline.lines[line].range.clone();
    let content = &text[range.clone()];
    let lead = content.len() - content.trim_start_matches(['*', '_', ' ']).len();
    let body = &content[lead..];
    let opens = ["Property ", "Correctness Property ", "プロパティ", "属性"]
        .iter()
        .any(|w| body.starts_with(w));
    // `Property 2 test: …` speaks about a property.
    let behind = body
        .trim_start_matches(|c: char| !c.is_ascii_digit())
        .trim_start_matches(|c: char| c.is_ascii_digit())
        .trim_start();
    let word = behind.starts_with(|c: char| c.is_alphanumeric());
    (opens && !word && body.contains([':', '：'])).then(|| range.start + lead..range.end)
}

/// A plain property ends at the next heading or the next plain property.
fn plain_end(text: &str, outline: &Outline, line: usize) -> usize {
    (line + 1..outline.next_heading(line))
        .find(|&i| outline.lines[i].kind == LineKind::Text && plain(text, outline, i).is_some())
        .unwrap_or_else(|| outline.next_heading(line))
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.start + text[range.clone()].trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rutter_text::refs::Target;

    #[test]
    fn properties_as_headings_and_as_lines() {
        let text = "# D\n\n## Overview\nx\n\n## Correctness Properties\n\n### Property 1: Never above five\n\n*For any* series, the Limiter SHALL accept five.\n\n**Validates: Requirements 1.1, 1.3**\n\n**Property 2: Bug Condition** - Early reset\n\nFor any x.\n\n_Validates: 2.1_\n\n## Testing\n\n**Property 1 test**: try five\n";
        let design = Design::parse(text);
        assert_eq!(design.sections.len(), 3);
        assert_eq!(
            design
                .properties
                .iter()
                .map(|p| (p.number, p.title.as_str(), p.validates.len()))
                .collect::<Vec<_>>(),
            [
                (1, "Never above five", 2),
                (2, "Bug Condition - Early reset", 1)
            ]
        );
        assert_eq!(
            design.properties[0].text,
            "*For any* series, the Limiter SHALL accept five."
        );
        let inline = Design::parse(
            "### Property 1: A\n\n*For all* lists,\nthe order stays. **Validates: Requirements 1.2, 2.1**\n",
        );
        assert_eq!(inline.properties[0].validates.len(), 2);
        assert!(
            matches!(&design.properties[1].validates[0].target, Target::Id(id) if id.to_string() == "2.1")
        );
    }
}
