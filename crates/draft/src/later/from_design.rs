//! Requirements derived from a design.

use rutter_spec::Design;
use rutter_text::Source;

/// Derives `requirements.md`; `None` when the design says nothing that could be required.
pub fn requirements(source: &Source, design: &Design) -> Option<String> {
    let text = source.text();
    let mut groups: Vec<(String, String, Vec<String>)> = Vec::new();
    let mut heading = String::new();
    let mut story = String::new();
    let mut level_two = String::new();
    for line in text.lines() {
        let trimmed = line.trim();
        if let Some(title) = trimmed.strip_prefix("## ") {
            level_two = title.trim().to_owned();
            heading = level_two.clone();
            story.clear();
        } else if let Some(title) = trimmed.strip_prefix("### ") {
            heading = title.trim().to_owned();
            story.clear();
        } else if trimmed.starts_with("**User Story:**") {
            story = trimmed.to_owned();
        }
        let skip = [
            "Correctness Properties",
            "Further Concerns",
            "Open Decisions",
            "Glossary",
        ]
        .contains(&level_two.as_str());
        let item = trimmed
            .trim_start_matches(['-', '*', ' '])
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
            .trim_start();
        if !skip && item.contains(" SHALL ") && !item.starts_with('*') {
            match groups.last_mut().filter(|(known, _, _)| *known == heading) {
                Some((_, _, list)) => list.push(item.to_owned()),
                None => groups.push((heading.clone(), story.clone(), vec![item.to_owned()])),
            }
        }
    }
    if groups.is_empty() {
        groups.extend(from_properties(design));
    }
    if groups.is_empty() {
        return None;
    }
    let request = super::quoted_request(text);
    let mut out = String::from("# Requirements Document\n\n## Introduction\n\n");
    out.push_str(&if request.is_empty() { "These requirements are derived from the design beside them.".to_owned() } else { format!("This spec covers the following request: \"{request}\". Its requirements are derived from the design beside them.") });
    let scope = super::out_of_scope(text);
    if !scope.is_empty() {
        out.push_str(&format!("\n\nOut of scope: {}.", scope.join("; ")));
    }
    out.push('\n');
    out.push_str(&section(text, "\n## Glossary\n").unwrap_or_else(|| terms(&groups)));
    out.push_str("\n## Requirements\n");
    for (at, (title, story, list)) in groups.iter().enumerate() {
        let story = if story.is_empty() {
            format!(
                "**User Story:** As a user, I want {} to work as designed",
                crate::prompt::say::lower_first(title)
            )
        } else {
            story.clone()
        };
        out.push_str(&format!(
            "\n### Requirement {}: {title}\n\n{story}\n\n#### Acceptance Criteria\n\n",
            at + 1
        ));
        for (number, item) in list.iter().enumerate() {
            out.push_str(&format!("{}. {item}\n", number + 1));
        }
    }
    for heading in ["\n## Open Decisions\n", "\n## Further Concerns\n"] {
        if let Some(section) = section(text, heading) {
            out.push_str(&section);
        }
    }
    Some(out)
}

/// A design without behaviours may still say what always holds.
fn from_properties(design: &Design) -> Option<(String, String, Vec<String>)> {
    let list: Vec<String> = design
        .properties
        .iter()
        .filter(|property| property.text.contains("SHALL"))
        .map(|property| property.text.replace("*For any*", "FOR ANY"))
        .collect();
    (!list.is_empty()).then(|| ("What always holds".to_owned(), String::new(), list))
}

fn section(text: &str, heading: &str) -> Option<String> {
    let start = text.find(heading)?;
    let body = start + heading.len();
    let end = text[body..]
        .find("\n## ")
        .map_or(text.len(), |at| body + at);
    Some(text[start..end].to_owned())
}

/// A glossary of the terms that the behaviours use.
fn terms(groups: &[(String, String, Vec<String>)]) -> String {
    let mut names: Vec<String> = Vec::new();
    for item in groups.iter().flat_map(|(_, _, list)| list) {
        let term = super::sentence::Sentence::read(item).system;
        if !term.is_empty() && !names.contains(&term) {
            names.push(term);
        }
    }
    let mut out = String::from("\n## Glossary\n\n");
    for name in names {
        out.push_str(&format!(
            "- **{name}**: the part of the design that bears this name\n"
        ));
    }
    out
}
