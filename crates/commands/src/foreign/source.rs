//! What a source file shows of specs of other tools: lenses above what is linked, and what a link means.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use rutter_code::links::Link;
use rutter_spec::foreign::{ForeignSpec, Item, ItemKind, key};
use rutter_workspace::foreign::{meant, uses};
use rutter_workspace::{ForeignFolder, Snapshot, SourceFile};
use serde_json::json;

use super::slug;
use crate::steps::{Reach, Step};
use crate::trace::lens::{place, tests};

/// The lenses of a source file: what each link means, where only one spec fits.
pub fn lenses(snapshot: &Snapshot, root: &Path, file: &SourceFile) -> Vec<Step> {
    let folders: Vec<_> = snapshot.foreign_in(root).collect();
    let mut steps: Vec<Step> = Vec::new();
    for link in &file.foreign {
        let fits = meant(&folders, link);
        let [folder] = fits.as_slice() else {
            continue;
        };
        let names: Vec<&str> = link
            .ids
            .iter()
            .filter_map(|id| folder.spec().item(id))
            .map(|(_, item)| item.id.as_str())
            .collect();
        let mut title = format!("{} {}", folder.name, names.join(", "));
        if !link.is_test {
            title.push_str(&behind(snapshot, folder, &folders, link));
        }
        steps.push(Step {
            range: place(link),
            reach: Reach::Line,
            title,
            command: "rutter.show",
            argument: json!({"what": "criterion", "uri": folder.path, "id": link.ids[0]}),
        });
    }
    steps
}

/// ` · task T003 · 2 tests`
fn behind(
    snapshot: &Snapshot,
    folder: &Arc<ForeignFolder>,
    folders: &[&Arc<ForeignFolder>],
    link: &Link,
) -> String {
    let mut tasks: Vec<String> = Vec::new();
    for id in &link.ids {
        if let Some((_, item)) = folder.spec().item(id) {
            for (id, _, _) in naming(folder.spec(), item) {
                if !tasks.contains(&id) {
                    tasks.push(id);
                }
            }
        }
    }
    let mut out = match tasks.len() {
        0 => String::new(),
        1 => format!(" · task {}", tasks[0]),
        2 | 3 => format!(" · tasks {}", tasks.join(", ")),
        n => format!(" · {n} tasks"),
    };
    if let Some(sources) = snapshot.sources.get(&folder.root) {
        let wanted: Vec<String> = link.ids.iter().map(|id| key(id)).collect();
        let mut all = uses(sources, folders, folder);
        all.retain(|one| one.link.ids.iter().any(|id| wanted.contains(&key(id))));
        out.push_str(&tests(&all));
    }
    out
}

/// The tasks that name an item: id, title, whether done.
fn naming(spec: &ForeignSpec, item: &Item) -> Vec<(String, String, bool)> {
    let mut found = Vec::new();
    for (document, task) in spec.tasks() {
        let names = document.mentions.iter().any(|m| {
            let inside = task.range.start <= m.range.start && m.range.end <= task.range.end;
            inside && key(&m.id) == key(&item.id)
        });
        if names {
            let done = task.kind == ItemKind::Task(true);
            found.push((task.id.clone(), task.title.clone(), done));
        }
    }
    found
}

/// What to say of an item, in Markdown.
pub fn hover(folder: &ForeignFolder, item: &Item) -> String {
    let mut out = format!("**{} {}**", folder.name, shown_id(item));
    if item.title != item.id && item.title != item.text {
        out.push_str(&format!(" {}", item.title));
    }
    match item.kind {
        ItemKind::Task(true) => out.push_str(" (done)"),
        ItemKind::Requirement(Some(delta)) => out.push_str(&format!(" ({})", delta.as_str())),
        _ => {}
    }
    if !item.text.is_empty() {
        out.push_str(&format!("\n\n{}", item.text));
    }
    let spec = folder.spec();
    let mut scenarios = Vec::new();
    for (document, one) in spec.items() {
        let inside = one.parent.is_some_and(|at| document.items[at] == *item);
        if one.kind == ItemKind::Scenario && inside {
            scenarios.push(format!("- {}", one.text));
        }
    }
    let tasks = tasks_of(spec, item);
    for (title, lines) in [("Scenarios", scenarios), ("Tasks", tasks)] {
        if !lines.is_empty() {
            out.push_str(&format!("\n\n{title}:\n{}", lines.join("\n")));
        }
    }
    out
}

fn shown_id(item: &Item) -> &str {
    match item.kind {
        ItemKind::Scenario => &item.title,
        _ => &item.id,
    }
}

fn tasks_of(spec: &ForeignSpec, item: &Item) -> Vec<String> {
    let tasks = naming(spec, item).into_iter();
    tasks
        .map(|(id, title, done)| {
            format!("- task {id}: {title}{}", if done { " (done)" } else { "" })
        })
        .collect()
}

/// What a link in source means: what to say of it where only one spec fits, else which do.
pub fn of_link(
    snapshot: &Snapshot,
    root: &Path,
    file: &SourceFile,
    offset: usize,
) -> Option<(Range<usize>, String)> {
    let link = file.foreign_at(offset)?;
    let folders: Vec<_> = snapshot.foreign_in(root).collect();
    let written = link.id_at(offset);
    let range = written.map_or_else(|| link.range.clone(), |id| id.range.clone());
    let ids = written.map_or_else(|| link.ids.clone(), |id| vec![id.id.clone()]);
    let said = match meant(&folders, link).as_slice() {
        [] => return None,
        [one] => {
            let items = ids.iter().filter_map(|id| one.spec().item(id));
            let said: Vec<String> = items.map(|(_, item)| hover(one, item)).collect();
            said.join("\n\n")
        }
        several => {
            let names: Vec<&str> = several.iter().map(|f| f.name.as_str()).collect();
            format!(
                "`{}` names no spec, and it could mean {}. Write `spec:{}#{}` to say which.",
                ids.join(", "),
                names.join(" or "),
                names[0],
                slug(&ids[0])
            )
        }
    };
    Some((range, said))
}
