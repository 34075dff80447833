//! A naive second reading of the generated documents, so that the product's own parser does not judge itself.

use std::collections::BTreeSet;

use regex::Regex;

/// What the first document (requirements or bugfix) says.
#[derive(Debug, Default)]
pub struct Requirements {
    /// Number of requirements; 1 for a bugfix.
    pub requirements: usize,
    /// Id and text of each criterion or numbered point.
    pub criteria: Vec<(String, String)>,
    /// The lines of open decisions.
    pub questions: Vec<String>,
    /// The one-line entries.
    pub entries: Vec<String>,
}

/// A task that is no checkpoint and has no sub-tasks.
#[derive(Debug)]
pub struct Task {
    pub number: String,
    /// Title and details.
    pub text: String,
    /// Criterion ids it cites.
    pub cites: BTreeSet<String>,
    pub done: bool,
}

fn list_item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    if let Some(rest) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        return Some(rest);
    }
    let (number, rest) = line.split_once(['.', ')'])?;
    (!number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) && rest.starts_with(' '))
        .then(|| rest.trim())
}

/// Reads requirements.md or bugfix.md. Fenced blocks and quotes are passed over.
pub fn requirements(text: &str) -> Requirements {
    let point = Regex::new(r"^\**(\d+\.\d+)\**[.:]?\**\s+(.*)$").unwrap();
    let number = Regex::new(r"(?i)^requirement\s+(\d+)").unwrap();
    let mut out = Requirements::default();
    let (mut section, mut requirement, mut position, mut fenced) =
        (String::new(), String::new(), 0, false);
    let bugfix = text.contains("# Bugfix");
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced || line.starts_with('>') {
            continue;
        }
        if line.starts_with('#') {
            let title = line.trim_start_matches('#').trim();
            section = title.to_lowercase();
            if let Some(found) = number.captures(title) {
                requirement = found[1].to_owned();
                out.requirements += 1;
            }
            position = 0;
        } else if section == "open decisions" {
            out.questions.extend(list_item(line).map(str::to_owned));
        } else if section == "further concerns" {
            out.entries.extend(list_item(line).map(str::to_owned));
        } else if section == "acceptance criteria" {
            if let Some(item) = list_item(line) {
                position += 1;
                out.criteria
                    .push((format!("{requirement}.{position}"), item.to_owned()));
            } else if let (Some((_, last)), false) =
                (out.criteria.last_mut(), line.trim().is_empty())
            {
                last.push(' ');
                last.push_str(line.trim());
            }
        } else if bugfix && let Some(found) = point.captures(line) {
            out.criteria
                .push((found[1].to_owned(), found[2].to_owned()));
        }
    }
    if bugfix {
        out.requirements = 1;
    }
    out
}

/// Reads tasks.md: the leaf tasks, checkpoints apart.
pub fn tasks(text: &str) -> Vec<Task> {
    let checkbox = Regex::new(r"^\s*- \[(.)\]\*?\s+(\d+(?:\.\d+)*)\.?\s+(.*)$").unwrap();
    let trace = Regex::new(r"(?i)(?:_requirements:|\*\*validates:)\s*(?:requirements\s*)?([^_*]*)")
        .unwrap();
    let id = Regex::new(r"\d+\.\d+").unwrap();
    let mut all: Vec<Task> = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        if let Some(found) = checkbox.captures(line) {
            all.push(Task {
                number: found[2].to_owned(),
                text: found[3].to_owned(),
                cites: BTreeSet::new(),
                done: &found[1] != " ",
            });
        } else if line.starts_with('#') {
            continue;
        } else if let Some(task) = all.last_mut() {
            task.text.push('\n');
            task.text.push_str(line);
        }
        if let (Some(task), Some(found)) = (all.last_mut(), trace.captures(line)) {
            task.cites
                .extend(id.find_iter(&found[1]).map(|m| m.as_str().to_owned()));
        }
    }
    let numbers: Vec<String> = all.iter().map(|t| format!("{}.", t.number)).collect();
    all.retain(|t| {
        let own = format!("{}.", t.number);
        !numbers.iter().any(|n| *n != own && n.starts_with(&own))
            && !t.text.to_lowercase().starts_with("checkpoint")
    });
    all
}

/// The task numbers of each wave. Err says what is wrong with the block.
pub fn waves(text: &str) -> Result<Vec<Vec<String>>, String> {
    let (_, rest) = text
        .split_once("```json")
        .ok_or("no JSON block in tasks.md")?;
    let (json, _) = rest
        .split_once("```")
        .ok_or("the JSON block of tasks.md does not end")?;
    let value: serde_json::Value =
        serde_json::from_str(json).map_err(|e| format!("waves are not JSON: {e}"))?;
    let waves = value["waves"].as_array().ok_or("no list `waves`")?;
    waves
        .iter()
        .map(|wave| {
            let tasks = wave["tasks"].as_array().ok_or("a wave without `tasks`")?;
            tasks
                .iter()
                .map(|t| Ok(t.as_str().ok_or("a task that is no string")?.to_owned()))
                .collect()
        })
        .collect()
}

/// Everything outside the places where the prompt may be quoted: quotes and the introduction.
pub fn without_quotes(text: &str) -> String {
    let mut out = String::new();
    let mut quoted = false;
    for line in text.lines() {
        if line.starts_with('#') {
            quoted = line
                .trim_start_matches('#')
                .trim()
                .eq_ignore_ascii_case("introduction");
        }
        if !quoted && !line.starts_with('>') {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAFT: &str = "# Requirements Document\n\n## Introduction\n\n> 1. not this\n\n## Requirements\n\n### Requirement 1: A\n\n\
        **User Story:** x\n\n#### Acceptance Criteria\n\n1. WHEN a, THE X SHALL b\n2. THE X SHALL c\n   and d\n\n\
        ### Requirement 2: B\n\n#### Acceptance Criteria\n\n1. THE X SHALL e\n\n## Open Decisions\n\n\
        - **D1** How many? `5` | `3` (1.1)\n\n## Further Concerns\n\n- _Requirement 1:_ THE X SHALL f\n";

    #[test]
    fn criteria_are_numbered_by_place() {
        let read = requirements(DRAFT);
        assert_eq!(read.requirements, 2);
        let ids: Vec<&str> = read.criteria.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(ids, ["1.1", "1.2", "2.1"]);
        assert_eq!(read.criteria[1].1, "THE X SHALL c and d");
        assert_eq!((read.questions.len(), read.entries.len()), (1, 1));
    }

    #[test]
    fn points_of_a_bugfix_are_criteria() {
        let read = requirements(
            "# Bugfix Requirements Document\n\n### Current Behavior (Defect)\n\n1.1 WHEN a THEN b\n\n**2.1** c\n",
        );
        assert_eq!(
            read.criteria,
            [
                ("1.1".into(), "WHEN a THEN b".into()),
                ("2.1".into(), "c".into())
            ]
        );
    }

    #[test]
    fn leaves_carry_their_citations() {
        let text = "- [ ] 1. Build\n  - [ ] 1.1 Add `a.rs`\n    - _Requirements: 1.1, 2.3_\n  - [x]* 1.2 Test\n\
            \x20   - **Validates: Requirements 3.1**\n- [ ] 2. Checkpoint - all pass\n";
        let read = tasks(text);
        assert_eq!(
            read.iter().map(|t| t.number.as_str()).collect::<Vec<_>>(),
            ["1.1", "1.2"]
        );
        assert_eq!(read[0].cites.iter().collect::<Vec<_>>(), ["1.1", "2.3"]);
        assert!(read[1].done && read[1].cites.contains("3.1"));
    }

    #[test]
    fn waves_must_be_json() {
        assert_eq!(
            waves("```json\n{\"waves\":[{\"id\":0,\"tasks\":[\"1.1\"]}]}\n```").unwrap(),
            [["1.1"]]
        );
        assert!(waves("```json\n{\"waves\":[}\n```").is_err());
        assert!(waves("nothing").is_err());
    }
}
