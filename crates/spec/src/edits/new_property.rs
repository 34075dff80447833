//! A property stub for a criterion that no property validates yet, written like the properties around it.

use rutter_text::markdown::{self, LineKind};
use rutter_text::{Edit, edit};

use super::sentence;
use super::style::ReferenceStyle;
use crate::{Design, Property, heading, labels};

/// The edit that adds the stub and its number; `None` where the design has no section for properties.
pub(super) fn edit(
    text: &str,
    design: &Design,
    label: &str,
    criterion: &str,
) -> Option<(Edit, u32)> {
    let number = design
        .properties
        .iter()
        .map(|p| p.number)
        .max()
        .unwrap_or(0)
        .saturating_add(1);
    let style = ReferenceStyle::of_design(text, design);
    let title = sentence::title(criterion);
    let (at, head, tight) = match design.properties.last() {
        Some(model) => {
            let (head, tight) = head(text, design, model, number, &title);
            (end(text, design, model), head, tight)
        }
        None => (
            section_end(text, design)?,
            format!("### Property {number}: {title}"),
            false,
        ),
    };
    let quantifier = design
        .properties
        .iter()
        .rev()
        .find_map(|p| quantifier(&p.text))
        .unwrap_or("*For any*");
    let body = sentence::property(criterion, quantifier);
    let gap = if tight { "\n" } else { "\n\n" };
    let validates = style.line(&[label.to_owned()]);
    let stub = format!("\n\n{head}{gap}{body}\n\n{validates}");
    Some((Edit::insert(at, edit::with_endings_of(text, &stub)), number))
}

/// The first line of the stub, and whether its text follows without a blank line.
fn head(text: &str, design: &Design, model: &Property, number: u32, title: &str) -> (String, bool) {
    let outline = &design.outline;
    let line = outline.line_at(model.heading.start);
    let start = outline.lines[line].range.start;
    // `P7` is all number to the parser: its letter stays.
    let digits = text[model.number_range.clone()]
        .find(|c: char| c.is_ascii_digit())
        .unwrap_or(0);
    let lead = &text[start..model.number_range.start + digits];
    let read = heading::numbered(text, model.heading.clone());
    let separator = read
        .filter(|n| !n.title.is_empty())
        .map_or(": ", |n| &text[model.number_range.end..n.title_range.start]);
    // `**Property 1: Name** - remark` keeps its stars around the name; `**Property 1**: Name` around the number.
    let open = lead.contains("**") && !separator.contains("**");
    let close = if open { "**" } else { "" };
    let tight = outline
        .lines
        .get(line + 1)
        .is_some_and(|l| l.kind == LineKind::Text);
    (format!("{lead}{number}{separator}{title}{close}"), tight)
}

/// Behind a property, without the rule that may close its section.
fn end(text: &str, design: &Design, model: &Property) -> usize {
    let outline = &design.outline;
    let first = outline.line_at(model.range.start);
    let last = outline.line_at(model.range.end);
    (first..=last)
        .rev()
        .find(|&i| {
            let line = &outline.lines[i];
            line.kind != LineKind::Blank && !markdown::is_rule(text, line)
        })
        .map_or(model.range.end, |i| outline.lines[i].range.end)
}

/// The end of the section for properties.
fn section_end(text: &str, design: &Design) -> Option<usize> {
    let outline = &design.outline;
    let section = design
        .sections
        .iter()
        .find(|s| labels::is_properties_section(&s.title))?;
    let first = outline.line_at(section.heading.start);
    let last = outline.section_end(first) - 1;
    (first..=last)
        .rev()
        .find(|&i| {
            let line = &outline.lines[i];
            line.kind != LineKind::Blank && !markdown::is_rule(text, line)
        })
        .map(|i| outline.lines[i].range.end)
}

/// How a property opens: `*For any*`, `*任意*`, `For all`.
fn quantifier(sentence: &str) -> Option<&str> {
    if let Some(rest) = sentence.strip_prefix('*')
        && !rest.starts_with('*')
    {
        let close = rest.find('*')?;
        return (close < 40).then(|| &sentence[..close + 2]);
    }
    ["For any", "For all", "For every", "对于任意", "对任意"]
        .into_iter()
        .find(|q| sentence.starts_with(q))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stub(text: &str) -> String {
        let design = Design::parse(text);
        let edit = edit(text, &design, "1.2", "WHEN a, THE B SHALL c");
        let edits: Vec<Edit> = edit.into_iter().map(|(e, _)| e).collect();
        rutter_text::edit::apply(text, &edits)
    }

    #[test]
    fn stubs_look_like_the_last_property() {
        for (text, added) in [
            (
                "## Correctness Properties\n\n### Property 3: P\n\n*For any* x, y.\n\n**Validates: Requirements 1.1**\n\n## Errors\n",
                "\n\n### Property 4: C\n\n*For any* case where a, THE B SHALL c\n\n**Validates: Requirements 1.2**",
            ),
            (
                "## Correctness Properties\n\n#### Property 1 — P\n*任意* x\n\n_要件: 1.1_\n\n---\n\n## Errors\n",
                "\n\n#### Property 2 — C\n*任意*: WHEN a, THE B SHALL c\n\n_要件: 1.2_",
            ),
            (
                "## Properties\n\n**Property 1: P** - remark\n\nFor any x.",
                "\n\n**Property 2: C**\n\nFor any case where a, THE B SHALL c\n\n**Validates: Requirements 1.2**",
            ),
            (
                "## Properties\n\n### P7: Q\n\nFor every x, y.\n\n**Validates: 1.1**",
                "\n\n### P8: C\n\nFor every case where a, THE B SHALL c\n\n**Validates: 1.2**",
            ),
            (
                "## Correctness Properties\n\nNone yet.\n\n## Errors\n",
                "\n\n### Property 1: C\n\n*For any* case where a, THE B SHALL c\n\n**Validates: Requirements 1.2**",
            ),
        ] {
            for (from, to) in [("\n", "\n"), ("\n", "\r\n")] {
                let (text, added) = (text.replace(from, to), added.replace(from, to));
                let new = stub(&text);
                assert!(new.contains(&added), "{new}");
                assert_eq!(new.replacen(&added, "", 1), text);
                assert!(
                    Design::parse(&new).properties.len() > Design::parse(&text).properties.len()
                );
            }
        }
        assert_eq!(stub("## Overview\n\nx\n"), "## Overview\n\nx\n");
    }
}
