//! The items of `tasks.md`.

use std::collections::HashMap;

use rutter_text::Ident;

use super::cited::{Cited, Placed, by_line, in_sentences, knows};
use super::item::{Item, Items, item, whole};
use super::own::Own;
use crate::mentions::Sentences;

/// Tasks, each with the lines that belong to it.
pub(super) fn items(all: &Items<'_>) -> Vec<Item> {
    let Some(read) = &all.spec().tasks else {
        return Vec::new();
    };
    let cited = Cited::by_tasks(all);
    let (text, outline) = (read.source.text(), &read.outline);
    if read.tasks.is_empty() {
        return vec![whole(text, outline, &[])];
    }
    let knows = |id: &Ident| knows(all.spec(), id);
    let sentences = Sentences::among(text, read.tasks.clone(), &knows);
    let mut references: Vec<Vec<Placed>> = read
        .tasks
        .iter()
        .map(|t| by_line(outline, t.requirements.iter().chain(&t.validates).cloned()))
        .collect();
    let mut owner: HashMap<usize, usize> = HashMap::new();
    for (task, found) in references.iter().enumerate() {
        owner.extend(found.iter().map(|(line, _)| (*line, task)));
    }
    let mut lines: Vec<Vec<usize>> = vec![Vec::new(); read.tasks.len()];
    for (n, task) in read.tasks.iter().enumerate() {
        for line in task.line + 1..outline.lines.len() {
            if outline.lines[line].range.start >= task.range.end {
                break;
            }
            lines[owner.get(&line).copied().unwrap_or(n)].push(line);
        }
    }
    for (n, task) in read.tasks.iter().enumerate() {
        let own = std::iter::once(task.line).chain(lines[n].iter().copied());
        let named = in_sentences(&sentences, text, outline, own);
        references[n].extend(named);
        references[n].sort_by_key(|(_, r)| r.range.start);
    }
    read.tasks
        .iter()
        .zip(references.iter().zip(&lines))
        .map(|(task, (references, lines))| {
            let places = cited.places(references);
            let star = optional_star(&text[task.mark_range.end..]);
            let mut own = Own::new(text, outline)
                .words(if star { "*" } else { "" })
                .range(task.title_range.clone(), &[], &places);
            for &line in lines {
                own = own.range(outline.lines[line].range.clone(), &[], &places);
            }
            let id = match &task.number {
                Some(number) => format!("task:{number}"),
                None => format!("task:#{}", slug(&task.title)),
            };
            let start = task.range.start;
            let mut item = item(
                id,
                start..task.range.end,
                start..task.title_range.end,
                own.done(),
            );
            item.cites = cited.cites(text, references);
            item
        })
        .collect()
}

/// Whether a `*`, also an escaped one, stands right behind the closing bracket that `text` starts with.
fn optional_star(text: &str) -> bool {
    let behind = text.strip_prefix(']').unwrap_or(text);
    behind.starts_with("\\*") || behind.starts_with('*') && !behind.starts_with("**")
}

/// The words of a title in lower case with `-` between.
fn slug(title: &str) -> String {
    title
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}
