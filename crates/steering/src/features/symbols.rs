//! The headings of a file, as a tree.

use std::ops::Range;

use rutter_text::markdown::Outline;

use crate::Steering;

/// A heading with what stands below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Symbol {
    /// Its text.
    pub name: String,
    /// The section.
    pub range: Range<usize>,
    /// The text of the heading.
    pub name_range: Range<usize>,
    /// The headings below it.
    pub children: Vec<Symbol>,
}

/// The headings of a file.
pub fn symbols(file: &Steering) -> Vec<Symbol> {
    let outline = Outline::new(&file.text);
    below(&file.text, &outline, 0..outline.lines.len())
}

fn below(text: &str, outline: &Outline, lines: Range<usize>) -> Vec<Symbol> {
    let mut out = Vec::new();
    let mut at = lines.start;
    while at < lines.end {
        let Some((_, title)) = outline.heading(at) else {
            at += 1;
            continue;
        };
        let end = outline.section_end(at).min(lines.end);
        let name = text[title.clone()].trim();
        if !name.is_empty() {
            out.push(Symbol {
                name: name.to_owned(),
                range: outline.bytes(at..end, text),
                name_range: title,
                children: below(text, outline, at + 1..end),
            });
        }
        at = end.max(at + 1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_nest() {
        let file = Steering::parse("AGENTS.md", "# A\n## B\ntext\n### C\n## D\n# E\n");
        let found = symbols(&file);
        assert_eq!(found.len(), 2);
        assert_eq!(
            found[0]
                .children
                .iter()
                .map(|s| s.name.as_str())
                .collect::<Vec<_>>(),
            ["B", "D"]
        );
        assert_eq!(found[0].children[0].children[0].name, "C");
    }
}
