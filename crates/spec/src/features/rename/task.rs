//! Renaming the number of a task; its sub-tasks follow.

use std::ops::Range;

use rutter_text::{Edit, Ident};

use super::numbers::read;
use super::order::Move;
use super::plan::{Plan, written};
use super::{NameKind, RenameError, Renamed};
use crate::features::naming::{Means, names};
use crate::features::thing::ends;
use crate::{Document, Spec, Task};

/// Gives the task at `place` another number, or moves it among its siblings.
pub(super) fn task(spec: &Spec, place: usize, given: &str) -> Result<Plan, RenameError> {
    let read_tasks = spec.tasks.as_ref().ok_or(RenameError::Nothing)?;
    let all = &read_tasks.tasks;
    let old = all
        .get(place)
        .and_then(|t| t.id.as_ref())
        .ok_or(RenameError::Nothing)?;
    let new = read(given, old, "task")?;
    let depth = old.numbers.len();
    if new.numbers[..depth - 1] != old.numbers[..depth - 1] {
        return Err(RenameError::Elsewhere {
            given: new.to_string(),
            hint: format!(
                "task {old} belongs to task {}; cut its lines and paste them there",
                old.parent().unwrap_or_else(|| old.clone())
            ),
        });
    }
    let taken = all
        .iter()
        .position(|t| t.id.as_ref().is_some_and(|id| id.matches(&new)));
    // Every root of a branch that gets a number, with that number.
    let (roots, moved) = match taken {
        Some(at) if at == place => return Ok(Plan::default()),
        None => (vec![(place, new)], None),
        Some(at) => {
            let free = || {
                let ids = all.iter().filter_map(|t| t.id.as_ref());
                let free = crate::rules::free_number(&new, ids);
                RenameError::Taken {
                    given: new.to_string(),
                    what: "task",
                    hint: format!(", such as `{free}`"),
                }
            };
            let (siblings, moved) = siblings(all, place, at).ok_or_else(free)?;
            let ids: Vec<Ident> = siblings.iter().filter_map(|&s| all[s].id.clone()).collect();
            let roots = siblings
                .iter()
                .enumerate()
                .map(|(i, &s)| (s, ids[moved.place_of(i)].clone()))
                .collect();
            (roots, Some((siblings, moved)))
        }
    };
    let mut numbers: Vec<Option<Ident>> = all.iter().map(|t| t.id.clone()).collect();
    for (root, id) in &roots {
        renumber(all, *root, id, &mut numbers);
    }
    let changed = |i: usize| {
        numbers[i]
            .as_ref()
            .filter(|id| all[i].id.as_ref() != Some(*id))
    };
    let mut plan = Plan::default();
    for (document, source) in spec.documents() {
        let text = source.text();
        let mut edits = Vec::new();
        for name in names(spec, document, None) {
            if let Means::Tasks(places) = name.means {
                edits.extend(follow(text, &name.range, &places, all, &changed));
            }
        }
        if document == Document::Tasks {
            edits.extend((0..all.len()).filter_map(|i| {
                let range = all[i].number_range.clone();
                Some(Edit::replace(
                    range.clone(),
                    written(&text[range], changed(i)?),
                ))
            }));
            if let Some((_, moved)) = &moved {
                edits = moved.apply(text, &edits);
            }
        }
        plan.edit(document, edits);
    }
    for (i, task) in all.iter().enumerate() {
        if let (Some(old), Some(new)) = (&task.number, changed(i)) {
            plan.name(Renamed {
                kind: NameKind::Task,
                old: old.clone(),
                new: written(old, new),
            });
        }
    }
    if let Some((siblings, moved)) = &moved {
        plan.tasks = places(all.len(), siblings, moved, all);
    }
    Ok(plan)
}

/// Gives a task and what belongs to it by number the new number.
fn renumber(all: &[Task], root: usize, new: &Ident, numbers: &mut [Option<Ident>]) {
    let Some(old) = all[root].id.clone() else {
        return;
    };
    numbers[root] = Some(new.clone());
    for i in (root + 1..all.len()).filter(|&i| belongs(all, i, root)) {
        if let Some(id) = numbers[i]
            .as_mut()
            .filter(|id| id.numbers.starts_with(&old.numbers))
        {
            id.numbers
                .splice(..old.numbers.len(), new.numbers.iter().copied());
        }
    }
}

/// Whether a task is below another.
fn belongs(all: &[Task], task: usize, root: usize) -> bool {
    let mut parent = all[task].parent;
    while let Some(p) = parent {
        if p == root {
            return true;
        }
        parent = all[p].parent;
    }
    false
}

/// The siblings between two tasks, both included, each with all that belongs to it in one piece.
fn siblings(all: &[Task], from: usize, to: usize) -> Option<(Vec<usize>, Move)> {
    let (low, high) = (from.min(to), from.max(to));
    let parent = all[from].parent;
    let branch_end = |root: usize| {
        (root + 1..all.len())
            .take_while(|&i| belongs(all, i, root))
            .last()
            .unwrap_or(root)
    };
    let mut found = Vec::new();
    let mut parts = Vec::new();
    let mut at = low;
    while at <= high {
        if all[at].parent != parent || all[at].id.is_none() {
            return None;
        }
        let end = branch_end(at);
        found.push(at);
        parts.push(all[at].range.start..all[end].range.end);
        at = end + 1;
    }
    let grows = found.windows(2).all(|p| {
        let (a, b) = (all[p[0]].id.as_ref(), all[p[1]].id.as_ref());
        a.zip(b).is_some_and(|(a, b)| {
            a.prefix == b.prefix && a.numbers.len() == b.numbers.len() && a.numbers < b.numbers
        })
    });
    let place = |task: usize| found.iter().position(|&f| f == task);
    let moved = Move {
        from: place(from)?,
        to: place(to)?,
        parts,
    };
    (grows && moved.is_sound()).then_some((found, moved))
}

/// Where each task stands afterwards.
fn places(count: usize, siblings: &[usize], moved: &Move, all: &[Task]) -> Vec<usize> {
    let mut key: Vec<(usize, usize, usize)> = (0..count).map(|i| (i, 0, i)).collect();
    for (i, &root) in siblings.iter().enumerate() {
        let slot = siblings[moved.place_of(i)];
        for (member, key) in key.iter_mut().enumerate() {
            if member == root || belongs(all, member, root) {
                *key = (slot, 1, member);
            }
        }
    }
    // A branch is as long as it is, whatever stood in its place.
    let (first, last) = (siblings[0], siblings[siblings.len() - 1]);
    for (i, key) in key.iter_mut().enumerate() {
        if key.1 == 0 {
            *key = if i < first {
                (0, 0, i)
            } else if i > last {
                (usize::MAX, 0, i)
            } else {
                *key
            };
        }
    }
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&i| key[i]);
    let mut places = vec![0; count];
    for (place, i) in order.into_iter().enumerate() {
        places[i] = place;
    }
    places
}

/// The edits of one place that names tasks.
fn follow<'a>(
    text: &str,
    range: &Range<usize>,
    places: &[usize],
    all: &[Task],
    changed: &dyn Fn(usize) -> Option<&'a Ident>,
) -> Vec<Edit> {
    let rewritten = |range: Range<usize>, place: usize| {
        let mut new = changed(place)?.clone();
        let (old, used) = Ident::read(&text[range.clone()])?;
        let own = all[place].id.as_ref()?;
        // `1-3` names its end by the last number only.
        if old.numbers.len() < own.numbers.len() {
            new.numbers.drain(..own.numbers.len() - old.numbers.len());
        }
        new.prefix = old.prefix;
        let id = range.start..range.start + used;
        Some(Edit::replace(id.clone(), written(&text[id], &new)))
    };
    let whole = Ident::read(&text[range.clone()]).map_or(0, |(_, used)| used) == range.len();
    match (ends(text, range).filter(|_| !whole), places) {
        (None, [place]) => rewritten(range.clone(), *place).into_iter().collect(),
        (Some((first, last)), places) => {
            let means = |range: &Range<usize>, place: usize| {
                let (id, _) = Ident::read(&text[range.clone()])?;
                all[place]
                    .id
                    .as_ref()?
                    .numbers
                    .ends_with(&id.numbers)
                    .then_some(place)
            };
            let ends = [(first, places.first()), (last, places.last())];
            ends.into_iter()
                .filter_map(|(range, place)| {
                    let place = means(&range, *place?)?;
                    rewritten(range, place)
                })
                .collect()
        }
        _ => Vec::new(),
    }
}
