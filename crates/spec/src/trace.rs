//! The trace matrix: requirement ↔ property ↔ task ↔ code ↔ test.

use std::collections::{HashMap, HashSet};

use rutter_text::refs::{Reference, Target};
use serde::Serialize;

use crate::requirements::Requirement;
use crate::{Mark, Pattern, Spec};

/// A place in source code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The path below the root of the workspace, with `/`.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The name of what stands there, such as a function.
    pub name: String,
}

/// A place in source code that a commit speaks of, and no link yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LikelyPlace {
    /// The path below the root of the workspace, with `/`.
    pub path: String,
    /// The line, from 1.
    pub line: usize,
    /// The name of what stands there; empty for the whole file.
    pub name: String,
    /// Whether it is a test.
    pub test: bool,
    /// The commit.
    pub commit: String,
    /// The task that the commit did.
    pub task: String,
}

/// What links to one criterion from source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Code that names it.
    pub code: Vec<Place>,
    /// Tests that name it.
    pub tests: Vec<Place>,
    /// What commits say of code that names it not.
    pub likely: Vec<LikelyPlace>,
}

/// The matrix of one spec; its JSON is part of the command line's contract.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// The spec, by its path below `.kiro/specs/`.
    pub spec: String,
    /// What is wanted, in document order.
    pub requirements: Vec<RequirementRow>,
    /// Every checkbox of `tasks.md` outside code, in document order.
    pub tasks: Vec<TaskRow>,
}

/// A requirement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequirementRow {
    /// The id as written; empty where criteria stand under no requirement.
    pub id: String,
    /// The title.
    pub title: String,
    /// Its criteria.
    pub criteria: Vec<CriterionRow>,
}

/// A criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CriterionRow {
    /// The id.
    pub id: String,
    /// The sentence on one line.
    pub text: String,
    /// Its EARS pattern.
    pub pattern: Pattern,
    /// The tasks that cite it, by their keys.
    pub tasks: Vec<String>,
    /// The properties that validate it, by number.
    pub properties: Vec<String>,
    /// Code that names it.
    pub code: Vec<Place>,
    /// Tests that name it.
    pub tests: Vec<Place>,
    /// Code that commits say is there for it, and that names it not; counts as neither of the above.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub likely: Vec<LikelyPlace>,
}

/// A task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TaskRow {
    /// The number, or `#line` where it has none.
    pub number: String,
    /// The title.
    pub title: String,
    /// The state.
    pub state: Mark,
    /// Whether it is optional.
    pub optional: bool,
    /// The criteria that it cites itself, ranges and `All` expanded; where there is no document to know them, the ids as
    /// written.
    pub requirements: Vec<String>,
    /// The properties that it names, by number.
    pub properties: Vec<String>,
    /// The wave it runs in, from 0.
    pub wave: Option<usize>,
}

/// Makes the matrix; `links` gives what names a criterion in source, by its id.
pub fn trace(spec: &Spec, links: &dyn Fn(&str) -> Links) -> Trace {
    let mut tasks_of: HashMap<String, Vec<String>> = HashMap::new();
    let tasks: Vec<TaskRow> = spec
        .tasks
        .iter()
        .flat_map(|parsed| parsed.tasks.iter().map(move |task| (parsed, task)))
        .map(|(parsed, task)| {
            let cited = cited(spec, task.requirements.iter().chain(&task.validates));
            for id in &cited.criteria {
                tasks_of.entry(id.clone()).or_default().push(task.key());
            }
            let wave = task.number.as_deref().zip(parsed.waves.as_ref());
            TaskRow {
                number: task.key(),
                title: task.title.clone(),
                state: task.mark,
                optional: task.optional,
                requirements: cited.criteria,
                properties: cited.properties,
                wave: wave.and_then(|(number, waves)| waves.wave_of(number)),
            }
        })
        .collect();
    let mut properties_of: HashMap<String, Vec<String>> = HashMap::new();
    for property in spec.design.iter().flat_map(|d| &d.properties) {
        for id in cited(spec, property.validates.iter()).criteria {
            properties_of
                .entry(id)
                .or_default()
                .push(property.number.to_string());
        }
    }
    let row = |requirement: &Requirement| RequirementRow {
        id: requirement.label.clone(),
        title: requirement.title.clone(),
        criteria: requirement
            .criteria
            .iter()
            .map(|criterion| {
                let of = |map: &HashMap<String, Vec<String>>| {
                    map.get(&criterion.label).cloned().unwrap_or_default()
                };
                let links = links(&criterion.label);
                CriterionRow {
                    id: criterion.label.clone(),
                    text: criterion.said().to_owned(),
                    pattern: criterion.ears.pattern,
                    tasks: of(&tasks_of),
                    properties: of(&properties_of),
                    code: links.code,
                    tests: links.tests,
                    likely: links.likely,
                }
            })
            .collect(),
    };
    Trace {
        spec: spec.name.clone(),
        requirements: spec
            .wanted()
            .map_or_else(Vec::new, |(_, w)| w.requirements.iter().map(row).collect()),
        tasks,
    }
}

struct Cited {
    criteria: Vec<String>,
    properties: Vec<String>,
}

/// What references lead to, without doubles, in the order of their lists.
fn cited<'a>(spec: &Spec, references: impl Iterator<Item = &'a Reference>) -> Cited {
    let mut cited = Cited {
        criteria: Vec::new(),
        properties: Vec::new(),
    };
    let mut seen: HashSet<String> = HashSet::new();
    let known = spec
        .wanted()
        .is_some_and(|(_, w)| w.criteria().next().is_some());
    for reference in references {
        let resolved = spec.resolve(reference);
        let as_written = match &reference.target {
            Target::Id(id) if !known && resolved.criteria.is_empty() => vec![id.to_string()],
            Target::Range(from, to) if !known => vec![from.to_string(), to.to_string()],
            _ => Vec::new(),
        };
        for id in resolved.criteria.into_iter().chain(as_written) {
            if seen.insert(id.clone()) {
                cited.criteria.push(id);
            }
        }
        let number = match &reference.target {
            Target::Property(number) => Some(number.to_string()),
            _ => None,
        };
        if let Some(number) = number.filter(|n| !cited.properties.contains(n)) {
            cited.properties.push(number);
        }
    }
    cited
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Document, Reading};
    use rutter_text::Source;

    fn spec(files: &[(Document, &str)]) -> Spec {
        let mut spec = Spec {
            name: "login".into(),
            ..Spec::default()
        };
        for (document, text) in files {
            spec.set(*document, Some(Reading::new(*document, Source::new(*text))));
        }
        spec
    }

    const REQUIREMENTS: &str = "### Requirement 1: Lock\n\n#### Acceptance Criteria\n\n1. WHEN five fail, THE A SHALL lock\n2. THE A SHALL log\n\n### Requirement 2: Tell\n\n#### Acceptance Criteria\n\n1. THE A SHALL tell\n";
    const DESIGN: &str =
        "### Property 1: Never above five\n\nx\n\n**Validates: Requirements 1.1-1.2**\n";
    const TASKS: &str = "- [x] 1. Store\n  - [x] 1.1 Count\n    - _Requirements: 1.1, 1.9_\n  - [ ]* 1.2 Test\n    - **Property 1: Never above five**\n    - **Validates: Requirements 1.2**\n- [-] loose\n  - _Requirements: All_\n\n```\n- [ ] no\n```\n\n## Task Dependency Graph\n\n```json\n{\"waves\":[{\"id\":0,\"tasks\":[\"1.1\"]},{\"id\":1,\"tasks\":[\"1.2\"]}]}\n```\n";

    #[test]
    fn the_json_is_the_contracts() {
        let spec = spec(&[
            (Document::Requirements, REQUIREMENTS),
            (Document::Design, DESIGN),
            (Document::Tasks, TASKS),
        ]);
        let links = |id: &str| match id {
            "1.1" => Links {
                code: vec![Place {
                    path: "src/a.rs".into(),
                    line: 7,
                    name: "lock".into(),
                }],
                ..Links::default()
            },
            _ => Links::default(),
        };
        let json = serde_json::to_string(&trace(&spec, &links)).unwrap();
        let expected = concat!(
            r#"{"spec":"login","requirements":[{"id":"1","title":"Lock","criteria":["#,
            r#"{"id":"1.1","text":"WHEN five fail, THE A SHALL lock","pattern":"event-driven","tasks":["1.1","#,
            r##""#7"],"properties":["1"],"code":[{"path":"src/a.rs","line":7,"name":"lock"}],"tests":[]},"##,
            r##"{"id":"1.2","text":"THE A SHALL log","pattern":"ubiquitous","tasks":["1.2","#7"],"properties":["1"],"code":[],"tests":[]}]},"##,
            r#"{"id":"2","title":"Tell","criteria":["#,
            r##"{"id":"2.1","text":"THE A SHALL tell","pattern":"ubiquitous","tasks":["#7"],"properties":[],"code":[],"tests":[]}]}],"##,
            r#""tasks":[{"number":"1","title":"Store","state":"done","optional":false,"requirements":[],"properties":[],"wave":null},"#,
            r#"{"number":"1.1","title":"Count","state":"done","optional":false,"requirements":["1.1"],"properties":[],"wave":0},"#,
            r#"{"number":"1.2","title":"Test","state":"pending","optional":true,"requirements":["1.2"],"properties":["1"],"wave":1},"#,
            r##"{"number":"#7","title":"loose","state":"running","optional":false,"requirements":["1.1","1.2","2.1"],"properties":[],"wave":null}]}"##,
        );
        assert_eq!(json, expected);
    }

    #[test]
    fn tasks_alone_keep_their_references() {
        let spec = spec(&[(
            Document::Tasks,
            "- [ ] 1. A\r\n  - _Requirements: 1.1, 2.1-2.3, All_\r\n",
        )]);
        let trace = trace(&spec, &|_| Links::default());
        assert_eq!(trace.tasks[0].requirements, ["1.1", "2.1", "2.3"]);
        assert_eq!(trace.requirements, []);
    }

    #[test]
    fn a_bugfix_is_traced_too() {
        let spec = spec(&[
            (
                Document::Bugfix,
                "## Bug Analysis\n\n### Current Behavior (Defect)\n\n1.1 WHEN a THEN the system fails\n\n### Expected Behavior (Correct)\n\n2.1 WHEN a THEN the system SHALL work\n",
            ),
            (Document::Tasks, "- [ ] 1. A\n  - _Requirements: 2.1_\n"),
        ]);
        let trace = trace(&spec, &|_| Links::default());
        assert_eq!(trace.requirements[1].criteria[0].tasks, ["1"]);
    }
}
