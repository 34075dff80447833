//! What to say about a place, as Markdown.

use std::collections::HashSet;
use std::ops::Range;

use rutter_text::refs::{Reference, Target as To};

use super::at::{At, at};
use super::keyword;
use crate::decisions::Decision;
use crate::requirements::{Criterion, Requirement, Requirements};
use crate::tasks::Task;
use crate::{Document, Mark, Pattern, Property, Spec};

/// How many lines of a list are written out.
const MANY: usize = 20;

/// What to say, and about which bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The bytes.
    pub range: Range<usize>,
    /// Markdown.
    pub markdown: String,
}

/// What to say about `offset`; `None` where there is nothing more than what stands there.
pub fn hover(spec: &Spec, document: Document, offset: usize) -> Option<Hover> {
    let spot = at(spec, document, offset)?;
    let markdown = match &spot.what {
        At::Reference(reference) => of_reference(spec, reference)?,
        At::TaskReference(task) => of_task(spec, task),
        At::Task {
            task,
            on_line: true,
        } => of_citations(spec, task)?,
        At::DecisionPlace(id) => {
            let (_, decision) = spec
                .decisions()
                .into_iter()
                .find(|(_, d)| d.id.eq_ignore_ascii_case(id))?;
            of_decision(&decision)
        }
        At::Term(term) => format!("**{}**: {}", term.name, term.definition),
        At::Requirement(requirement) => of_coverage(spec, requirement)?,
        At::Criterion {
            criterion,
            on_id: true,
        } => of_criterion_id(spec, criterion),
        At::Property {
            property,
            on_heading: true,
        } => of_property_heading(spec, property),
        At::Criterion { criterion, .. } => {
            let text = spec.source(document)?.text();
            return keyword::keyword(text, criterion, offset);
        }
        At::Decision(_) | At::Concern(_) | At::Property { .. } | At::Task { .. } => return None,
    };
    Some(Hover {
        range: spot.range,
        markdown,
    })
}

/// What a reference means.
fn of_reference(spec: &Spec, reference: &Reference) -> Option<String> {
    if let To::Property(number) = reference.target {
        return Some(of_property(spec.design.as_ref()?.property(number)?));
    }
    let (_, wanted) = spec.wanted()?;
    if let To::Id(id) = &reference.target {
        if let Some((requirement, criterion)) = with_requirement(wanted, wanted.criterion(id)) {
            return Some(format!(
                "**{}** {}\n\n{}",
                criterion.label,
                requirement.title,
                criterion.said()
            ));
        }
        if let Some(requirement) = wanted.requirement(id) {
            let list = list(requirement.criteria.iter().map(line));
            return Some(format!(
                "**{}** {}\n\n{list}",
                requirement.label, requirement.title
            ));
        }
    }
    let labels: HashSet<String> = spec.resolve(reference).criteria.into_iter().collect();
    let criteria = wanted.criteria().map(|(_, c)| c);
    let found = list(criteria.filter(|c| labels.contains(&c.label)).map(line));
    (!found.is_empty()).then_some(found)
}

fn with_requirement<'a>(
    wanted: &'a Requirements,
    criterion: Option<&'a Criterion>,
) -> Option<(&'a Requirement, &'a Criterion)> {
    let criterion = criterion?;
    wanted.criteria().find(|(_, c)| std::ptr::eq(*c, criterion))
}

fn line(criterion: &Criterion) -> String {
    format!("- **{}** {}", criterion.label, criterion.said())
}

/// The lines, and how many are left out.
fn list(lines: impl Iterator<Item = String>) -> String {
    let mut lines: Vec<String> = lines.collect();
    let more = lines.len().saturating_sub(MANY);
    if more > 0 {
        lines.truncate(MANY);
        lines.push(format!("- … and {more} more"));
    }
    lines.join("\n")
}

fn of_property(property: &Property) -> String {
    let mut out = property_title(property);
    if !property.text.is_empty() {
        out.push_str(&format!("\n\n{}", property.text));
    }
    out
}

fn property_title(property: &Property) -> String {
    if property.title.is_empty() {
        format!("**Property {}**", property.number)
    } else {
        format!("**Property {}: {}**", property.number, property.title)
    }
}

fn of_property_heading(spec: &Spec, property: &Property) -> String {
    let mut lines: Vec<String> = Vec::new();
    let validated: HashSet<String> = spec
        .resolve_all(&property.validates)
        .criteria
        .into_iter()
        .collect();
    if let Some((_, wanted)) = spec.wanted() {
        let criteria = wanted.criteria().map(|(_, c)| c);
        let list = list(criteria.filter(|c| validated.contains(&c.label)).map(line));
        if !list.is_empty() {
            lines.push(format!("Validates:\n{list}"));
        }
    }
    let tasks: Vec<String> = tasks(spec)
        .filter(|t| references(t).any(|r| r.target == To::Property(property.number)))
        .map(of_task_line)
        .collect();
    lines.push(if tasks.is_empty() {
        "No task tests it.".to_owned()
    } else {
        format!("Named by:\n{}", list(tasks.into_iter()))
    });
    lines.join("\n\n")
}

/// What cites a criterion.
fn of_criterion_id(spec: &Spec, criterion: &Criterion) -> String {
    let cites = |reference: &Reference| spec.resolve(reference).criteria.contains(&criterion.label);
    let tasks: Vec<String> = tasks(spec)
        .filter(|t| references(t).any(cites))
        .map(of_task_line)
        .collect();
    let properties: Vec<String> = spec
        .design
        .iter()
        .flat_map(|d| &d.properties)
        .filter(|p| p.validates.iter().any(cites))
        .map(|p| format!("- {}", property_title(p)))
        .collect();
    let mut out = format!("**{}**", criterion.label);
    if criterion.ears.pattern != Pattern::None {
        out.push_str(&format!(" {}", criterion.ears.pattern.as_str()));
    }
    if tasks.is_empty() && properties.is_empty() {
        out.push_str("\n\nNothing cites it yet.");
    } else {
        let all = tasks.into_iter().chain(properties);
        out.push_str(&format!("\n\nCited by:\n{}", list(all)));
    }
    out
}

/// How many criteria of a requirement have a task.
fn of_coverage(spec: &Spec, requirement: &Requirement) -> Option<String> {
    if requirement.criteria.is_empty() {
        return None;
    }
    let mut cited: HashSet<String> = HashSet::new();
    for reference in tasks(spec).flat_map(references) {
        cited.extend(spec.resolve(reference).criteria);
    }
    let (with, without): (Vec<&Criterion>, Vec<&Criterion>) = requirement
        .criteria
        .iter()
        .partition(|c| cited.contains(&c.label));
    let mut out = format!(
        "{} of {} criteria are cited by a task.",
        with.len(),
        requirement.criteria.len()
    );
    if !with.is_empty() && !without.is_empty() {
        out.push_str(&format!(
            "\n\nNot yet:\n{}",
            list(without.into_iter().map(line))
        ));
    }
    Some(out)
}

fn of_task(spec: &Spec, task: &Task) -> String {
    let head = of_task_line(task);
    let head = head.trim_start_matches("- ");
    match of_citations(spec, task) {
        Some(citations) => format!("{head}\n\n{citations}"),
        None => head.to_owned(),
    }
}

/// What a task is there for.
fn of_citations(spec: &Spec, task: &Task) -> Option<String> {
    let (_, wanted) = spec.wanted()?;
    let resolved = spec.resolve_all(references(task));
    let cited: HashSet<String> = resolved.criteria.into_iter().collect();
    let criteria = wanted
        .criteria()
        .map(|(_, c)| c)
        .filter(|c| cited.contains(&c.label));
    let properties = resolved
        .properties
        .iter()
        .filter_map(|number| spec.design.as_ref()?.property(*number))
        .map(|p| format!("- {}", property_title(p)));
    let lines = list(criteria.map(line).chain(properties));
    (!lines.is_empty()).then_some(lines)
}

fn of_task_line(task: &Task) -> String {
    let state = match task.mark {
        Mark::Pending => String::new(),
        mark => format!(" ({})", mark.as_str()),
    };
    let name = task.number.as_ref().map_or_else(
        || format!("line {}", task.line + 1),
        |n| format!("task {n}"),
    );
    format!("- {name}: {}{state}", task.title)
}

fn of_decision(decision: &Decision) -> String {
    let choices: Vec<String> = decision
        .choices
        .iter()
        .enumerate()
        .map(|(i, choice)| format!("{}. {choice}", i + 1))
        .collect();
    format!(
        "**{}** {}\n\n{}",
        decision.id,
        decision.question,
        choices.join("\n")
    )
}

fn tasks(spec: &Spec) -> impl Iterator<Item = &Task> {
    spec.tasks.iter().flat_map(|t| &t.tasks)
}

fn references(task: &Task) -> impl Iterator<Item = &Reference> {
    task.requirements.iter().chain(&task.validates)
}

#[cfg(test)]
mod tests {
    use super::super::testing::with_cursor;
    use super::*;

    const REQUIREMENTS: &str = "## Glossary\n\n- **Limiter**: counts\n\n## Requirements\n\n### Requirement 1: Block 🚀\n\n#### Acceptance Criteria\n\n1. WHEN [5 tries?](#d1) fail, THE Limiter SHALL\n   lock\n2. THE Limiter SHALL log\n\n## Open Decisions\n\n- **D1** How many? `5 tries` | `3 tries` (1.1)\n";
    const DESIGN: &str =
        "### Property 1: Never above five\n\nFor any x.\n\n**Validates: Requirements 1.1**\n";
    const TASKS: &str = "- [x] 1. Count\n  - _Requirements: 1.1, 1, 1.1-1.2, 9.9_\n- [ ] 2. Test\n  - _Depends: 1_\n  - **Property 1: Never above five**\n";

    fn say(document: Document, needle: &str, shift: usize) -> String {
        let mut said = Vec::new();
        for ending in ["\n", "\r\n"] {
            let files: Vec<(Document, String)> = [
                (Document::Requirements, REQUIREMENTS),
                (Document::Design, DESIGN),
                (Document::Tasks, TASKS),
            ]
            .into_iter()
            .map(|(d, text)| {
                let mut text = text.replace('\n', ending);
                if d == document {
                    let at = text.find(needle).expect(needle) + shift;
                    text.insert_str(at, "$0");
                }
                (d, text)
            })
            .collect();
            let files: Vec<(Document, &str)> =
                files.iter().map(|(d, t)| (*d, t.as_str())).collect();
            let (spec, document, offset) = with_cursor(&files);
            said.push(hover(&spec, document, offset).map_or("-".to_owned(), |h| h.markdown));
        }
        assert_eq!(said[0], said[1], "CRLF");
        said.remove(0)
    }

    #[test]
    fn references_are_explained() {
        use Document::Tasks;
        let first = "- **1.1** WHEN [5 tries?](#d1) fail, THE Limiter SHALL lock";
        assert_eq!(
            say(Tasks, "1.1,", 1),
            "**1.1** Block 🚀\n\nWHEN [5 tries?](#d1) fail, THE Limiter SHALL lock"
        );
        assert_eq!(
            say(Tasks, " 1, 1.1-", 1),
            format!("**1** Block 🚀\n\n{first}\n- **1.2** THE Limiter SHALL log")
        );
        assert_eq!(
            say(Tasks, "1.1-1.2", 4),
            format!("{first}\n- **1.2** THE Limiter SHALL log")
        );
        assert_eq!(say(Tasks, "9.9", 1), "-");
        assert_eq!(
            say(Tasks, "Property 1", 9),
            "**Property 1: Never above five**\n\nFor any x."
        );
        assert!(say(Tasks, "Depends: 1", 9).starts_with("task 1: Count (done)\n\n- **1.1**"));
    }

    #[test]
    fn what_cites_a_criterion() {
        assert_eq!(
            say(Document::Requirements, "1. WHEN", 0),
            "**1.1** event-driven\n\nCited by:\n- task 1: Count (done)\n- **Property 1: Never above five**"
        );
        assert_eq!(
            say(Document::Requirements, "Requirement 1", 0),
            "2 of 2 criteria are cited by a task."
        );
        assert!(say(Document::Requirements, "WHEN", 1).starts_with("**WHEN**"));
        assert!(say(Document::Requirements, "SHALL log", 1).starts_with("**SHALL**"));
        assert_eq!(say(Document::Requirements, "fail,", 1), "-");
    }

    #[test]
    fn decisions_terms_properties_and_tasks() {
        assert_eq!(
            say(Document::Requirements, "5 tries?", 1),
            "**D1** How many?\n\n1. 5 tries\n2. 3 tries"
        );
        assert_eq!(
            say(Document::Requirements, "THE Limiter", 5),
            "**Limiter**: counts"
        );
        assert_eq!(
            say(Document::Design, "Property 1", 0),
            "Validates:\n- **1.1** WHEN [5 tries?](#d1) fail, THE Limiter SHALL lock\n\nNamed by:\n- task 2: Test"
        );
        assert_eq!(
            say(Document::Tasks, "Test", 0),
            "- **Property 1: Never above five**"
        );
    }
}
