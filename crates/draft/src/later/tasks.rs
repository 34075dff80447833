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
    /// The files it writes.
    pub files: Vec<String>,
    /// The file of its tests.
    pub test: Option<String>,
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
        let mut step = 0;
        for (at, unit) in units.iter().enumerate() {
            if at > 0 && units[at - 1].layer != unit.layer {
                step += 1;
            }
            list.push(Task {
                wave: step,
                ..of_unit(unit, ground)
            });
        }
    }
    property_tests(&mut list, spec, ground);
    spread(&mut list);
    list.push(checkpoint(
        ground,
        list.iter().map(last_wave).max().map_or(0, |wave| wave + 1),
    ));
    write(&super::title(spec), &list)
}

fn last_wave(task: &Task) -> usize {
    task.children
        .iter()
        .map(|child| child.wave)
        .max()
        .unwrap_or(task.wave)
}

fn of_unit(unit: &Unit, ground: &Ground) -> Task {
    let mut details = Vec::new();
    let title = match &unit.place {
        Some(place) if !place.new => place.symbol.as_ref().map_or_else(
            || format!("Extend `{}`: {}", place.path, lower_first(&unit.title)),
            |symbol| {
                format!(
                    "Extend `{symbol}` in `{}`: {}",
                    place.path,
                    lower_first(&unit.title)
                )
            },
        ),
        Some(place) => format!("{} in `{}` *new*", unit.title, place.path),
        None => unit.title.clone(),
    };
    if let Some(place) = unit.place.as_ref().filter(|place| place.new) {
        let ties = super::home::ties(&place.path, ground);
        if !ties.is_empty() {
            details.push(crate::plan::title::capital(&ties));
        }
    }
    // The title says it already, and the ids stand below.
    let said = |step: &&String| {
        step.rsplit_once(" (")
            .is_some_and(|(text, _)| text.eq_ignore_ascii_case(&unit.title))
    };
    details.extend(
        unit.steps
            .iter()
            .filter(|step| !said(step))
            .take(8)
            .cloned(),
    );
    let mut shows: Vec<String> = unit.tests.iter().take(4).cloned().collect();
    if shows.is_empty() {
        shows.push(format!("one case for each of {}", unit.ids.join(", ")));
    }
    let what = shows.join("; ").replace(
        "one case for each of ",
        if unit.ids.len() == 1 {
            "a case for "
        } else {
            "one case for each of "
        },
    );
    match &unit.test {
        Some((path, new)) => details.push(format!(
            "Tests: `{path}`{}{}",
            if *new { " *new*" } else { "" },
            if what.is_empty() {
                String::new()
            } else {
                format!(": {what}")
            }
        )),
        None if unit.layer == rutter_catalogue::Layer::Ui
            && unit.tests.is_empty()
            && unit.place.is_some() =>
        {
            details.push(format!(
                "Tried by hand on the page: {}",
                unit.ids.join(", ")
            ));
        }
        None if !what.is_empty() => details.push(format!("Tests: {what}")),
        None => {}
    }
    let command = ground
        .test_command()
        .filter(|_| unit.place.is_none())
        .map_or_else(String::new, |command| format!(", and `{command}` passes"));
    let done = if unit.done.is_empty() {
        match unit.ids.as_slice() {
            [one] => format!("a test for {one} passes that failed before"),
            _ => format!(
                "a test for each of {} passes that failed before",
                unit.ids.join(", ")
            ),
        }
    } else {
        unit.done.clone()
    };
    details.push(format!("Done when: {done}{command}"));
    let files = unit
        .place
        .iter()
        .map(|place| place.path.clone())
        .chain(unit.test.iter().map(|(path, _)| path.clone()))
        .collect();
    Task {
        title,
        details,
        ids: unit.ids.clone(),
        files,
        test: unit.test.as_ref().map(|(path, _)| path.clone()),
        ..Task::default()
    }
}

/// Gives each leaf its wave: after the layer below, after what it tests, and never beside a task that writes its files.
fn spread(list: &mut [Task]) {
    let mut taken: Vec<(usize, String)> = Vec::new();
    let mut place = |from: usize, files: &[String]| {
        let mut wave = from;
        while taken
            .iter()
            .any(|(at, file)| *at == wave && files.contains(file))
        {
            wave += 1;
        }
        taken.extend(files.iter().map(|file| (wave, file.clone())));
        wave
    };
    let mut floor = 0;
    let mut step = list.first().map_or(0, |task| task.wave);
    let mut last = 0;
    for task in list.iter_mut() {
        if task.wave != step {
            step = task.wave;
            floor = last + 1;
        }
        let main = task.children.first_mut();
        let wave = match main {
            Some(child) => {
                child.wave = place(floor, &child.files);
                child.wave
            }
            None => {
                task.wave = place(floor, &task.files);
                task.wave
            }
        };
        last = last.max(wave);
    }
    for task in list.iter_mut() {
        let from = task.children.first().map_or(0, |child| child.wave + 1);
        for child in task.children.iter_mut().skip(1) {
            child.wave = place(from, &child.files);
        }
    }
}

/// A small change is one task, however many places it touches.
fn merged(units: &[Unit]) -> Task {
    let mut details: Vec<String> = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    for unit in units {
        let place = unit
            .place
            .as_ref()
            .map_or_else(String::new, |place| format!("`{}`: ", place.path));
        details.push(format!("{place}{}", lower_first(&unit.title)));
        ids.extend(unit.ids.iter().cloned());
    }
    ids.sort_by_key(|id| super::design::numbers(id));
    ids.dedup();
    let tests: Vec<String> = units
        .iter()
        .filter_map(|unit| unit.test.as_ref())
        .map(|(path, new)| {
            if *new {
                format!("`{path}` *new*")
            } else {
                format!("`{path}`")
            }
        })
        .collect();
    if !tests.is_empty() {
        let mut unique = tests;
        unique.dedup();
        details.push(format!("Tests: {}", unique.join(", ")));
    }
    details.push(format!(
        "Done when: a test for each of {} passes",
        ids.join(", ")
    ));
    Task {
        title: units[0].title.clone(),
        details,
        ids,
        ..Task::default()
    }
}

/// Each property of the design gets a test, below the task that makes it hold.
fn property_tests(list: &mut [Task], spec: &Spec, ground: &Ground) {
    let Some(design) = &spec.design else { return };
    for property in &design.properties {
        let ids = spec.resolve_all(&property.validates).criteria;
        let Some(at) = list
            .iter()
            .rposition(|task| ids.iter().any(|id| task.ids.contains(id)))
        else {
            continue;
        };
        let task = &mut list[at];
        if task.children.is_empty() {
            let first = Task {
                title: std::mem::take(&mut task.title),
                details: std::mem::take(&mut task.details),
                ids: task.ids.clone(),
                wave: task.wave,
                files: task.files.clone(),
                ..Task::default()
            };
            task.title = heading(&first.title);
            task.children.push(first);
        }
        let mut details = vec![
            format!("**Property {}: {}**", property.number, property.title),
            format!("**Validates: Requirements {}**", ids.join(", ")),
        ];
        details.extend(match &task.test {
            Some(path) => Some(format!("Tests: `{path}`")),
            None => ground
                .test_command()
                .map(|command| format!("Run by `{command}`")),
        });
        task.children.push(Task {
            files: task.test.iter().cloned().collect(),
            title: format!("Write property test for {}", lower_first(&property.title)),
            details,
            optional: true,
            ..Task::default()
        });
    }
}

/// A task's title without its file, for the heading above it.
fn heading(title: &str) -> String {
    let text = match title
        .strip_prefix("Extend ")
        .and_then(|rest| rest.split_once("`: "))
    {
        Some((_, what)) => crate::plan::title::capital(what),
        None => title.split(" in `").next().unwrap_or(title).to_owned(),
    };
    format!("{text}, with its property tests")
}

pub(super) fn checkpoint(ground: &Ground, wave: usize) -> Task {
    let run = ground.test_command().map_or_else(
        || "Run all tests".to_owned(),
        |command| format!("Run `{command}`"),
    );
    let mut details = vec![format!(
        "{run}; ask when something fails that is not part of this work"
    )];
    if let Some(lint) = &ground.project.lint_command {
        details.push(format!("Run `{lint}`"));
    }
    Task {
        title: "Checkpoint - Ensure all tests pass".to_owned(),
        details,
        wave,
        ..Task::default()
    }
}

/// Writes a list of tasks down, with its dependency graph.
pub(super) fn write(title: &str, list: &[Task]) -> String {
    let mut out = format!("# Implementation Plan: {title}\n\n## Tasks\n");
    let mut leaves: Vec<(usize, String)> = Vec::new();
    for (at, task) in list.iter().enumerate() {
        let number = at + 1;
        out.push_str(&format!(
            "\n- [ ]{} {number}. {}\n",
            if task.optional { "*" } else { "" },
            task.title
        ));
        if task.children.is_empty() {
            leaves.push((task.wave, number.to_string()));
            bullets(task, "  ", &mut out);
        }
        for (below, child) in task.children.iter().enumerate() {
            let id = format!("{number}.{}", below + 1);
            out.push_str(&format!(
                "  - [ ]{} {id} {}\n",
                if child.optional { "*" } else { "" },
                child.title
            ));
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
            let tasks: Vec<String> = leaves
                .iter()
                .filter(|(of, _)| of == wave)
                .map(|(_, id)| format!("\"{id}\""))
                .collect();
            format!("{{\"id\":{id},\"tasks\":[{}]}}", tasks.join(","))
        })
        .collect();
    format!("{{\"waves\":[{}]}}", waves.join(","))
}
