//! The task dependency graph of tasks.md: waves in a JSON fence, or a Mermaid graph.

use std::collections::BTreeMap;
use std::ops::Range;

use rutter_text::json::{self, ObjectProp, Ranged, Value};
use rutter_text::markdown::{Fence, Outline};

/// The task ids of one wave, with their places.
pub type Wave = Vec<(String, Range<usize>)>;

/// The dependency graph as waves: tasks of one wave may run side by side, waves one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Waves {
    /// The whole fence.
    pub range: Range<usize>,
    /// The content of the fence.
    pub content: Range<usize>,
    /// The waves in order, empty ones included.
    pub waves: Vec<Wave>,
    /// What is wrong with the block.
    pub problems: Vec<Problem>,
    /// Whether it is drawn in Mermaid; its nodes may stand for more than tasks.
    pub mermaid: bool,
}

/// Something wrong in a waves block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub range: Range<usize>,
    /// What, as a sentence.
    pub message: String,
    /// Whether tasks wait for each other in a circle.
    pub cycle: bool,
}

impl Waves {
    /// The wave, from 0, that a task runs in.
    pub fn wave_of(&self, number: &str) -> Option<usize> {
        self.waves
            .iter()
            .position(|wave| wave.iter().any(|(id, _)| id == number))
    }
}

/// Finds the graph: the first fence with waves, else the first Mermaid graph under a heading about dependencies.
pub fn read(text: &str, outline: &Outline) -> Option<Waves> {
    let json = outline.fences.iter().find(|f| {
        let content = &text[f.content.clone()];
        let json = f.info.trim().is_empty() || f.info.trim().to_lowercase().starts_with("json");
        json && (content.contains("\"waves\"")
            || under_graph_heading(text, outline, f)
                && content.trim_start().starts_with(['[', '{']))
    });
    if let Some(fence) = json {
        return Some(read_json(text, fence));
    }
    let mermaid = outline
        .fences
        .iter()
        .find(|f| f.info.trim() == "mermaid" && under_graph_heading(text, outline, f));
    mermaid.map(|fence| read_mermaid(text, fence))
}

fn under_graph_heading(text: &str, outline: &Outline, fence: &Fence) -> bool {
    let line = outline.line_at(fence.range.start);
    (0..line)
        .rev()
        .find_map(|i| outline.heading(i))
        .is_some_and(|(_, r)| {
            let title = text[r].to_lowercase();
            [
                "dependency",
                "dependencies",
                "waves",
                "依赖",
                "依存",
                "abhängigkeit",
                "dependencias",
                "dépendances",
            ]
            .iter()
            .any(|w| title.contains(w))
        })
}

fn read_json(text: &str, fence: &Fence) -> Waves {
    let base = fence.content.start;
    let mut waves = Waves {
        range: fence.range.clone(),
        content: fence.content.clone(),
        ..Waves::default()
    };
    let value = match json::parse(&text[fence.content.clone()]) {
        Ok(value) => value,
        Err(broken) => {
            waves.problems.push(problem(
                base + broken.range.start..base + broken.range.end,
                format!("The waves are no valid JSON: {}.", broken.message),
            ));
            return waves;
        }
    };
    let list = match &value {
        Some(Value::Array(list)) => Some(list),
        Some(Value::Object(object)) => object
            .properties
            .iter()
            .find(|p| name(p) == "waves")
            .and_then(|p| p.value.as_array()),
        _ => None,
    };
    let Some(list) = list else {
        waves.problems.push(problem(fence.content.clone(), "The block has no list of waves: write {\"waves\": [{\"id\": 0, \"tasks\": [\"1.1\"]}]}.".to_owned()));
        return waves;
    };
    for element in &list.elements {
        let tasks = match element {
            Value::Array(tasks) => Some(tasks),
            Value::Object(wave) => wave
                .properties
                .iter()
                .find(|p| name(p) == "tasks")
                .and_then(|p| p.value.as_array()),
            _ => None,
        };
        let Some(tasks) = tasks else {
            let range = element.range();
            waves.problems.push(problem(
                base + range.start..base + range.end,
                "A wave needs a list \"tasks\".".to_owned(),
            ));
            waves.waves.push(Vec::new());
            continue;
        };
        let wave = tasks.elements.iter().filter_map(|task| {
            let range = base + task.range().start..base + task.range().end;
            match task {
                Value::StringLit(s) => {
                    Some((s.value.trim().trim_end_matches('.').to_owned(), range))
                }
                Value::NumberLit(n) => Some((n.value.to_owned(), range)),
                _ => None,
            }
        });
        waves.waves.push(wave.collect());
    }
    waves
}

fn name<'a>(property: &'a ObjectProp<'a>) -> &'a str {
    property.name.as_str()
}

fn problem(range: Range<usize>, message: String) -> Problem {
    Problem {
        range,
        message,
        cycle: false,
    }
}

/// Reads `A[1. Title] --> B` lines; the wave of a node is the longest way to it.
fn read_mermaid(text: &str, fence: &Fence) -> Waves {
    let mut waves = Waves {
        range: fence.range.clone(),
        content: fence.content.clone(),
        mermaid: true,
        ..Waves::default()
    };
    let mut nodes: BTreeMap<String, (Option<String>, Range<usize>)> = BTreeMap::new();
    let mut edges: Vec<(String, String)> = Vec::new();
    let mut at = fence.content.start;
    for line in text[fence.content.clone()].split_inclusive('\n') {
        let mut previous: Vec<String> = Vec::new();
        let arrows = line.split("-->");
        let mut offset = at;
        for part in arrows {
            let mut current = Vec::new();
            for node in part.split('&') {
                let start = offset + (node.len() - node.trim_start().len());
                if let Some((id, label)) = mermaid_node(node) {
                    let entry = nodes
                        .entry(id.clone())
                        .or_insert_with(|| (None, start..start + node.trim().len()));
                    if label.is_some() {
                        entry.0 = label;
                    }
                    current.push(id);
                }
                offset += node.len() + 1;
            }
            offset += 2;
            edges.extend(
                previous
                    .iter()
                    .flat_map(|a| current.iter().map(move |b| (a.clone(), b.clone()))),
            );
            previous = current;
        }
        at += line.len();
    }
    let mut depth: BTreeMap<&str, usize> = nodes.keys().map(|k| (k.as_str(), 0)).collect();
    let mut settled = false;
    for _ in 0..=nodes.len() {
        settled = true;
        for (a, b) in &edges {
            let next = depth[a.as_str()] + 1;
            if depth[b.as_str()] < next {
                depth.insert(b, next);
                settled = false;
            }
        }
        if settled {
            break;
        }
    }
    if !settled {
        waves.problems.push(Problem {
            range: fence.content.clone(),
            message: "The graph goes in a circle: tasks wait for each other.".to_owned(),
            cycle: true,
        });
        return waves;
    }
    waves.waves = vec![Vec::new(); depth.values().max().map_or(0, |d| d + 1)];
    for (id, (number, range)) in &nodes {
        let number = number.clone().unwrap_or_else(|| {
            id.trim_start_matches(|c: char| c.is_alphabetic())
                .replace('_', ".")
        });
        waves.waves[depth[id.as_str()]].push((number, range.clone()));
    }
    waves
}

/// A node's name, and the task number its label starts with.
fn mermaid_node(text: &str) -> Option<(String, Option<String>)> {
    let text = text.trim().trim_start_matches('|').trim();
    let end = text
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.'))
        .unwrap_or(text.len());
    let id = &text[..end];
    if id.is_empty() || !id.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let label = text[end..].trim_start_matches(['[', '(', '"', '{']);
    let number = (label.len() < text[end..].len())
        .then(|| rutter_text::Ident::read(label))
        .flatten();
    Some((id.to_owned(), number.map(|(n, _)| n.to_string())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waves(block: &str) -> Waves {
        let text = format!("## Task Dependency Graph\n\n{block}\n");
        read(&text, &Outline::new(&text)).expect("a graph")
    }

    fn ids(waves: &Waves) -> Vec<Vec<String>> {
        waves
            .waves
            .iter()
            .map(|w| w.iter().map(|(id, _)| id.clone()).collect())
            .collect()
    }

    #[test]
    fn every_form_of_waves() {
        for block in [
            "```json\n{\"waves\":[{\"id\":0,\"tasks\":[\"1.1\"]},{\"id\":1,\"tasks\":[\"1.2\",\"2\"]}]}\n```",
            "```json\n{\"waves\":[{\"wave\":1,\"tasks\":[\"1.1\"]},{\"wave\":2,\"tasks\":[\"1.2\",2],\"dependsOn\":[1]}]}\n```",
            "```\n[[\"1.1\"],[\"1.2\",\"2.\"]]\n```",
            "```mermaid\ngraph TD\n  T1_1 --> T1_2\n  T1_1[1.1 First] --> T2[2. Second]\n```",
        ] {
            assert_eq!(
                ids(&waves(block)),
                [vec!["1.1"], vec!["1.2", "2"]],
                "{block}"
            );
        }
    }

    #[test]
    fn broken_blocks_say_what_is_wrong() {
        assert_eq!(
            waves("```json\n{\"waves\":[{\"tasks\":[\"1\"}]}\n```")
                .problems
                .len(),
            1
        );
        assert_eq!(waves("```json\n{\"waves\":[3]}\n```").problems.len(), 1);
        assert!(waves("```mermaid\ngraph TD\n T1 --> T2\n T2 --> T1\n```").problems[0].cycle);
    }
}
