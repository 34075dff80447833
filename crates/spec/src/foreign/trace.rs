//! The matrix of a foreign spec, in the shape of ours.

use crate::Mark;
use crate::ears;
use crate::trace::{CriterionRow, Links, RequirementRow, TaskRow, Trace};

use super::{Delta, ForeignDocument, ForeignSpec, Item, ItemKind, key};

/// Makes the matrix; `links` gives what names an item in source, by its id.
pub fn matrix(spec: &ForeignSpec, links: &dyn Fn(&str) -> Links) -> Trace {
    let tasks: Vec<TaskRow> = spec
        .items()
        .filter_map(|(document, item)| task(spec, document, item))
        .collect();
    let row = |item: &Item| -> CriterionRow {
        let named = links(&item.id);
        CriterionRow {
            id: item.id.clone(),
            text: item.text.clone(),
            pattern: ears::read(&item.text).pattern,
            tasks: tasks
                .iter()
                .filter(|t| t.requirements.contains(&item.id))
                .map(|t| t.number.clone())
                .collect(),
            properties: Vec::new(),
            code: named.code,
            tests: named.tests,
            likely: named.likely,
        }
    };
    let mut requirements: Vec<RequirementRow> = Vec::new();
    for document in &spec.documents {
        for (at, item) in document.items.iter().enumerate() {
            let below = || {
                let scenarios = document.items.iter();
                scenarios.filter(move |s| s.kind == ItemKind::Scenario && s.parent == Some(at))
            };
            match item.kind {
                ItemKind::Story | ItemKind::Requirement(_)
                    if !is_named_only(item) && has_scenarios(document, at) =>
                {
                    requirements.push(RequirementRow {
                        id: item.id.clone(),
                        title: item.title.clone(),
                        criteria: below().map(row).collect(),
                    });
                }
                ItemKind::Story => requirements.push(RequirementRow {
                    id: item.id.clone(),
                    title: item.title.clone(),
                    criteria: vec![row(item)],
                }),
                ItemKind::Requirement(_) | ItemKind::Outcome if !is_named_only(item) => {
                    let title = item
                        .parent
                        .map(|p| document.items[p].title.clone())
                        .unwrap_or_default();
                    match requirements
                        .last_mut()
                        .filter(|r| r.id.is_empty() && r.title == title)
                    {
                        Some(group) => group.criteria.push(row(item)),
                        None => requirements.push(RequirementRow {
                            id: String::new(),
                            title,
                            criteria: vec![row(item)],
                        }),
                    }
                }
                _ => {}
            }
        }
    }
    Trace {
        spec: spec.name.clone(),
        requirements,
        tasks,
    }
}

fn is_named_only(item: &Item) -> bool {
    matches!(item.kind, ItemKind::Requirement(Some(delta)) if !Delta::is_whole(delta))
}

fn has_scenarios(document: &ForeignDocument, at: usize) -> bool {
    let mut items = document.items.iter();
    items.any(|s| s.kind == ItemKind::Scenario && s.parent == Some(at))
}

fn task(spec: &ForeignSpec, document: &ForeignDocument, item: &Item) -> Option<TaskRow> {
    let ItemKind::Task(done) = item.kind else {
        return None;
    };
    let mut requirements = Vec::new();
    for id in cited(spec, document, item) {
        if !requirements.contains(&id) {
            requirements.push(id);
        }
    }
    Some(TaskRow {
        number: item.id.clone(),
        title: item.title.clone(),
        state: if done { Mark::Done } else { Mark::Pending },
        optional: false,
        requirements,
        properties: Vec::new(),
        wave: None,
    })
}

/// What a task names: a story stands for its scenarios; a requirement of a change is named by its words.
fn cited(spec: &ForeignSpec, document: &ForeignDocument, task: &Item) -> Vec<String> {
    let inside =
        |m: &&super::Mention| task.range.start <= m.range.start && m.range.end <= task.range.end;
    let mut found: Vec<String> = Vec::new();
    for mention in document.mentions.iter().filter(inside) {
        if let Some((_, item)) = spec.item(&mention.id) {
            found.extend(stands_for(spec, item));
        }
    }
    let words = key(&task.text);
    for (_, item) in spec.items() {
        let is_name = matches!(item.kind, ItemKind::Requirement(Some(_))) && item.id.contains(' ');
        if is_name && words.contains(&key(&item.id)) {
            found.extend(stands_for(spec, item));
        }
    }
    found
}

/// An item's scenarios, else itself; nothing for a task.
fn stands_for(spec: &ForeignSpec, item: &Item) -> Vec<String> {
    if matches!(item.kind, ItemKind::Task(_) | ItemKind::Section) {
        return Vec::new();
    }
    let prefix = match item.kind {
        ItemKind::Story => format!("{}.", item.id),
        _ => format!("{}/", item.id),
    };
    let below: Vec<String> = spec
        .items()
        .filter(|(_, s)| s.kind == ItemKind::Scenario && s.id.starts_with(&prefix))
        .map(|(_, s)| s.id.clone())
        .collect();
    if below.is_empty() {
        vec![item.id.clone()]
    } else {
        below
    }
}

#[cfg(test)]
mod tests {
    use super::super::rules;
    use super::*;
    use crate::foreign::Flavour;

    fn shown(spec: &ForeignSpec) -> Vec<String> {
        let matrix = matrix(spec, &|_| Links::default());
        let mut lines = Vec::new();
        for row in &matrix.requirements {
            for c in &row.criteria {
                lines.push(format!(
                    "{}|{}|{}|{}",
                    row.title,
                    c.id,
                    c.text,
                    c.tasks.join(" ")
                ));
            }
        }
        let tasks = matrix.tasks.iter();
        lines.extend(tasks.map(|t| format!("{} {} {:?}", t.number, t.title, t.state)));
        lines
    }

    #[test]
    fn stories_requirements_and_outcomes_of_spec_kit() {
        let spec = rules::spec_of(
            Flavour::SpecKit,
            &[
                (
                    "spec.md",
                    "## User Scenarios & Testing *(mandatory)*\n\n### User Story 1 - Share an album (Priority: P1)\n\nAs words.\n\n**Acceptance Scenarios**:\n\n1. **Given** an album, **When** it is shared, **Then** a link\n   is shown\n2. **Given** none, **When** shared, **Then** nothing\n\n### User Story 2 - No scenarios (Priority: P2)\n\nJust words.\n\n## Requirements\n\n### Functional Requirements\n\n- **FR-001**: System MUST share:\n  - links\n- **FR-002**: System MUST revoke\n\n### Measurable Outcomes\n\n- **SC-001**: Shared in 3 s\n",
                ),
                (
                    "tasks.md",
                    "## Phase 3: User Story 1\n\n- [x] T001 [P] [US1] Model in src/a.py\n- [ ] T002 [US2] Screen (FR-002)\n- [ ] TXXX sample\n",
                ),
            ],
        );
        assert_eq!(
            shown(&spec),
            [
                "Share an album|US1.1|Given an album, When it is shared, Then a link is shown|T001",
                "Share an album|US1.2|Given none, When shared, Then nothing|T001",
                "No scenarios|US2|Just words.|T002",
                "Functional Requirements|FR-001|System MUST share: - links|",
                "Functional Requirements|FR-002|System MUST revoke|T002",
                "Measurable Outcomes|SC-001|Shared in 3 s|",
                "T001 Model in src/a.py Done",
                "T002 Screen (FR-002) Pending",
            ]
        );
    }

    #[test]
    fn a_change_of_openspec() {
        let spec = rules::spec_of(
            Flavour::OpenSpec,
            &[
                (
                    "tasks.md",
                    "## 1. Codes\n- [x] 1.1 Cover Sign In With Code\n- [ ] Loose\n",
                ),
                (
                    "specs/auth/spec.md",
                    "## ADDED Requirements\n\n### Requirement: Sign In With Code\nThe system SHALL ask for a code.\n\n#### Scenario: Right code\n- **WHEN** it is right\n- **THEN** they are in\n\n## REMOVED Requirements\n\n### Requirement: Old\n**Reason**: x\n",
                ),
            ],
        );
        assert_eq!(
            shown(&spec),
            [
                "Sign In With Code|Sign In With Code/Right code|WHEN it is right, THEN they are in|1.1",
                "1.1 Cover Sign In With Code Done",
                "#3 Loose Pending",
            ]
        );
    }
}
