//! `tasks.md` of a feature.

use rutter_spec::Spec;

use super::points;
use super::units::{Unit, units};
use crate::ground::Ground;
use crate::prompt::say::lower_first;

/// A task that will be written.
#[derive(Debug, Clone, Default)]
pub struct Task {
    /// Title.
    pub title: String,
    /// Bullets below it.
    pub details: Vec<String>,
    /// The criteria it covers.
    pub ids: Vec<String>,
    /// Whether it may be left out.
    pub optional: bool,
    /// The wave it runs in, from 0.
    pub wave: usize,
    /// What its sub-tasks do; then it is only a heading.
    pub children: Vec<Task>,
}

/// Drafts the tasks of a spec from its requirements and its design.
pub fn tasks(spec: &Spec, ground: &Ground) -> String {
    let points = points::read(spec, ground);
    let units = units(&points, spec, ground);
    let small = super::is_small(spec, &points);
    let mut list: Vec<Task> = Vec::new();
    if small && units.len() > 2 {
        list.push(merged(&units));
    } else {
        let mut files: Vec<(String, usize)> = Vec::new();
        let mut wave = 0;
        for (at, unit) in units.iter().enumerate() {
            if at > 0 && units[at - 1].layer != unit.layer {
                wave = list.iter().map(|task: &Task| task.wave + 1).max().unwrap_or(0);
            }
            // Two tasks that write one file can't run side by side.
            let own = unit.place.as_ref().map_or_else(String::new, |place| place.path.clone());
            let busy = files.iter().filter(|(path, _)| *path == own && !own.is_empty()).map(|(_, wave)| wave + 1).max();
            let mine = busy.map_or(wave, |busy| busy.max(wave));
            files.push((own, mine));
            list.push(Task { wave: mine, ..of_unit(unit, ground) });
        }
    }
    property_tests(&mut list, spec);
    list.push(checkpoint(ground, list.iter().map(last_wave).max().map_or(0, |wave| wave + 1)));
    write(&super::title(spec), &list)
}

fn last_wave(task: &Task) -> usize {
    task.children.iter().map(|child| child.wave).max().unwrap_or(task.wave)
}

fn of_unit(unit: &Unit, ground: &Ground) -> Task {
    let mut details = Vec::new();
    let title = match &unit.place {
        Some(place) if !place.new => place.symbol.as_ref().map_or_else(|| format!("Extend `{}`: {}", place.path, lower_first(&unit.title)), |symbol| format!("Extend `{symbol}` in `{}`: {}", place.path, lower_first(&unit.title))),
        Some(place) => format!("{} in `{}` *new*", unit.title, place.path),
        None => unit.title.clone(),
    };
    details.extend(unit.steps.iter().take(8).cloned());
    let mut shows: Vec<String> = unit.tests.iter().take(4).cloned().collect();
    if shows.is_empty() {
        shows.push(format!("one case for each of {}", unit.ids.join(", ")));
    }
    let what = shows.join("; ").replace("one case for each of ", if unit.ids.len() == 1 { "a case for " } else { "one case for each of " });
    match &unit.test {
        Some((path, new)) => details.push(format!("Tests: `{path}`{}{}", if *new { " *new*" } else { "" }, if what.is_empty() { String::new() } else { format!(": {what}") })),
        None if !what.is_empty() => details.push(format!("Tests: {what}")),
        None => {}
    }
    let done = if unit.done.is_empty() { match unit.ids.as_slice() { [one] => format!("a test for {one} passes that failed before"), _ => format!("a test for each of {} passes that failed before", unit.ids.join(", ")) } } else { unit.done.clone() };
    details.push(format!("Done when: {done}"));
    let _ = ground;
    Task { title, details, ids: unit.ids.clone(), ..Task::default() }
}

/// A small change is one task, however many places it touches.
fn merged(units: &[Unit]) -> Task {
    let mut details: Vec<String> = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    for unit in units {
        let place = unit.place.as_ref().map_or_else(String::new, |place| format!("`{}`: ", place.path));
        details.push(format!("{place}{}", lower_first(&unit.title)));
        ids.extend(unit.ids.iter().cloned());
    }
    ids.sort_by_key(|id| super::design::numbers(id));
    ids.dedup();
    let tests: Vec<String> = units.iter().filter_map(|unit| unit.test.as_ref()).map(|(path, new)| if *new { format!("`{path}` *new*") } else { format!("`{path}`") }).collect();
    if !tests.is_empty() {
        let mut unique = tests;
        unique.dedup();
        details.push(format!("Tests: {}", unique.join(", ")));
    }
    details.push(format!("Done when: a test for each of {} passes", ids.join(", ")));
    Task { title: units[0].title.clone(), details, ids, ..Task::default() }
}

/// Each property of the design gets a test, below the task that makes it hold.
fn property_tests(list: &mut [Task], spec: &Spec) {
    let Some(design) = &spec.design else { return };
    for property in &design.properties {
        let ids = spec.resolve_all(&property.validates).criteria;
        let Some(at) = list.iter().rposition(|task| ids.iter().any(|id| task.ids.contains(id))) else { continue };
        let task = &mut list[at];
        if task.children.is_empty() {
            let first = Task { title: std::mem::take(&mut task.title), details: std::mem::take(&mut task.details), ids: task.ids.clone(), wave: task.wave, ..Task::default() };
            task.title = heading(&first.title);
            task.children.push(first);
        }
        let wave = task.wave + 1;
        task.children.push(Task {
            title: format!("Write property test for {}", lower_first(&property.title)),
            details: vec![format!("**Property {}: {}**", property.number, property.title), format!("**Validates: Requirements {}**", ids.join(", "))],
            ids: Vec::new(),
            optional: true,
            wave,
            children: Vec::new(),
        });
    }
}

/// A task's title without its file, for the heading above it.
fn heading(title: &str) -> String {
    let text = match title.strip_prefix("Extend ").and_then(|rest| rest.split_once("`: ")) {
        Some((_, what)) => crate::plan::title::capital(what),
        None => title.split(" in `").next().unwrap_or(title).to_owned(),
    };
    format!("{text}, with its property tests")
}

pub(super) fn checkpoint(ground: &Ground, wave: usize) -> Task {
    let run = ground.test_command().map_or_else(|| "Run all tests".to_owned(), |command| format!("Run `{command}`"));
    let mut details = vec![format!("{run}; ask when something fails that is not part of this work")];
    if let Some(lint) = &ground.project.lint_command {
        details.push(format!("Run `{lint}`"));
    }
    Task { title: "Checkpoint - Ensure all tests pass".to_owned(), details, wave, ..Task::default() }
}

/// Writes a list of tasks down, with its dependency graph.
pub(super) fn write(title: &str, list: &[Task]) -> String {
    let mut out = format!("# Implementation Plan: {title}\n\n## Tasks\n");
    let mut leaves: Vec<(usize, String)> = Vec::new();
    for (at, task) in list.iter().enumerate() {
        let number = at + 1;
        out.push_str(&format!("\n- [ ]{} {number}. {}\n", if task.optional { "*" } else { "" }, task.title));
        if task.children.is_empty() {
            leaves.push((task.wave, number.to_string()));
            bullets(task, "  ", &mut out);
        }
        for (below, child) in task.children.iter().enumerate() {
            let id = format!("{number}.{}", below + 1);
            out.push_str(&format!("  - [ ]{} {id} {}\n", if child.optional { "*" } else { "" }, child.title));
            bullets(child, "    ", &mut out);
            leaves.push((child.wave, id));
        }
    }
    out.push_str("\n## Task Dependency Graph\n\n```json\n");
    out.push_str(&waves(&leaves));
    out.push_str("\n```\n");
    out
}

fn bullets(task: &Task, indent: &str, out: &mut String) {
    for detail in &task.details {
        out.push_str(&format!("{indent}- {detail}\n"));
    }
    if !task.ids.is_empty() {
        let mut ids = task.ids.clone();
        ids.sort_by_key(|id| super::design::numbers(id));
        ids.dedup();
        out.push_str(&format!("{indent}- _Requirements: {}_\n", ids.join(", ")));
    }
}

fn waves(leaves: &[(usize, String)]) -> String {
    let mut numbers: Vec<usize> = leaves.iter().map(|(wave, _)| *wave).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let waves: Vec<String> = numbers
        .iter()
        .enumerate()
        .map(|(id, wave)| {
            let tasks: Vec<String> = leaves.iter().filter(|(of, _)| of == wave).map(|(_, id)| format!("\"{id}\"")).collect();
            format!("{{\"id\":{id},\"tasks\":[{}]}}", tasks.join(","))
        })
        .collect();
    format!("{{\"waves\":[{}]}}", waves.join(","))
}
