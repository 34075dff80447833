//! The sections that a document usually has and this one lacks.

use super::{Entry, EntryKind, Place};
use crate::rules::free_number;
use crate::{Document, labels};

const REQUIREMENTS: [&str; 3] = ["Introduction", "Glossary", "Requirements"];
const DESIGN: [&str; 7] = [
    "Overview",
    "Architecture",
    "Components and Interfaces",
    "Data Models",
    "Correctness Properties",
    "Error Handling",
    "Testing Strategy",
];
const TASKS: [&str; 4] = ["Overview", "Tasks", "Notes", "Task Dependency Graph"];

/// The missing sections, the next requirement or property, where a heading is begun. A document in another language than
/// English gets what follows from its own headings only.
pub(super) fn sections(place: &Place<'_>) -> Option<Vec<Entry>> {
    let typed = place.typed();
    let begun = typed.trim_start_matches('#');
    let marks = typed.len() - begun.len();
    if marks == 0 || marks > 4 || !begun.is_empty() && !begun.starts_with(' ') {
        return None;
    }
    let begun = begun.trim().to_lowercase();
    let outline = place.parts.outline;
    let titles: Vec<&str> = (0..outline.lines.len())
        .filter(|&i| i != place.line)
        .filter_map(|i| outline.heading(i))
        .filter(|(level, _)| *level > 1)
        .map(|(_, title)| &place.parts.text[title])
        .collect();
    let english = titles.iter().all(|t| t.is_ascii()) || titles.is_empty();
    let entry = |label: String, insert: String, detail: &str| Entry {
        label,
        detail: detail.to_owned(),
        insert,
        range: place.before.clone(),
        indent: String::new(),
        kind: EntryKind::Skeleton,
    };
    let names: &[&str] = match place.document {
        Document::Requirements => &REQUIREMENTS,
        Document::Design => &DESIGN,
        Document::Tasks => &TASKS,
        Document::Bugfix => &[],
    };
    let missing = names.iter().filter(|name| {
        english
            && !titles
                .iter()
                .any(|t| t.to_lowercase().contains(&name.to_lowercase()))
    });
    let mut found: Vec<Entry> = missing
        .map(|name| entry((*name).to_owned(), format!("## {name}"), "section"))
        .collect();
    found.extend(next(place).map(|(label, insert)| entry(label, insert, "next")));
    found.retain(|e| marks < 3 || e.detail == "next");
    found.retain(|e| e.label.to_lowercase().starts_with(&begun));
    Some(found)
}

/// The next requirement or property, written like the last one.
fn next(place: &Place<'_>) -> Option<(String, String)> {
    let text = place.parts.text;
    let marks = |line: usize| {
        let (level, _) = place.parts.outline.heading(line)?;
        Some("#".repeat(usize::from(level)))
    };
    match place.document {
        Document::Requirements => {
            let (_, wanted) = place.spec.wanted()?;
            let last = wanted
                .requirements
                .iter()
                .rev()
                .find(|r| !r.id_range.is_empty())?;
            let ids = wanted.requirements.iter().map(|r| &r.id);
            let word = &text[last.heading.start..last.id_range.start];
            let head = format!("{word}{}", free_number(&last.id, ids));
            let criteria = (last.line + 1..place.parts.outline.line_at(last.range.end))
                .find_map(|i| {
                    let (level, range) = place.parts.outline.heading(i)?;
                    let title = &text[range];
                    labels::is_acceptance(title)
                        .then(|| format!("\n\n{} {title}", "#".repeat(usize::from(level))))
                })
                .unwrap_or_default();
            let insert = format!(
                "{} {head}: ${{1:Title}}{criteria}\n\n1. ${{2:THE system SHALL}}",
                marks(last.line)?
            );
            Some((head, insert))
        }
        Document::Design => {
            let design = place.spec.design.as_ref()?;
            let last = design.properties.last()?;
            let number = design.properties.iter().map(|p| p.number).max()? + 1;
            let word = &text[last.heading.start..last.number_range.start];
            let line = place.parts.outline.line_at(last.heading.start);
            let head = format!("{word}{number}");
            let insert = format!(
                "{} {head}: ${{1:Title}}\n\n${{2:*For any* input}}\n\n**Validates: Requirements ${{3:1.1}}**",
                marks(line)?
            );
            Some((head, insert))
        }
        Document::Tasks | Document::Bugfix => None,
    }
}
