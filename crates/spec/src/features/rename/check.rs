//! Whether everything means afterwards what it meant before.

use std::collections::{BTreeSet, HashMap, HashSet};

use rutter_text::refs::Reference;
use rutter_text::{Source, edit};

use super::plan::Plan;
use crate::rules::depends::depends;
use crate::{Document, Reading, Spec};

/// What a spec says, without names: everything by its place.
#[derive(Default)]
struct Meaning {
    criteria: usize,
    properties: Vec<BTreeSet<usize>>,
    tasks: Vec<TaskMeaning>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct TaskMeaning {
    criteria: BTreeSet<usize>,
    properties: BTreeSet<usize>,
    waits_for: BTreeSet<usize>,
    parent: Option<usize>,
    wave: Option<usize>,
    mark: Option<crate::Mark>,
}

/// Carries a plan out on a copy and compares; says what would change.
pub(super) fn same_meaning(spec: &Spec, plan: &Plan) -> Result<(), String> {
    let mut after = spec.clone();
    for (document, edits) in &plan.rename.edits {
        let Some(source) = spec.source(*document) else {
            continue;
        };
        let sorted = edits.windows(2).all(|e| e[0].range.end <= e[1].range.start);
        if !sorted {
            return Err("two references overlap".to_owned());
        }
        let text = edit::apply(source.text(), edits);
        after.set(*document, Some(Reading::new(*document, Source::new(text))));
    }
    let doubled = doubled(spec);
    let (old, new) = (Meaning::of(spec, &doubled), {
        let moved = doubled.iter().map(|&c| to(&plan.criteria, c)).collect();
        Meaning::of(&after, &moved)
    });
    let set = |set: &BTreeSet<usize>, places: &[usize]| -> BTreeSet<usize> {
        set.iter().map(|&i| to(places, i)).collect()
    };
    if old.criteria != new.criteria || old.properties.len() != new.properties.len() {
        return Err("the document would read differently".to_owned());
    }
    for (i, validates) in old.properties.iter().enumerate() {
        let place = to(&plan.properties, i);
        if new.properties.get(place) != Some(&set(validates, &plan.criteria)) {
            return Err(format!(
                "what {} validates would change",
                named(spec, Document::Design, i)
            ));
        }
    }
    if old.tasks.len() != new.tasks.len() {
        return Err("the tasks would read differently".to_owned());
    }
    for (i, task) in old.tasks.iter().enumerate() {
        let expected = TaskMeaning {
            criteria: set(&task.criteria, &plan.criteria),
            properties: set(&task.properties, &plan.properties),
            waits_for: set(&task.waits_for, &plan.tasks),
            parent: task.parent.map(|p| to(&plan.tasks, p)),
            ..task.clone()
        };
        if new.tasks.get(to(&plan.tasks, i)) != Some(&expected) {
            return Err(format!(
                "what {} says would change",
                named(spec, Document::Tasks, i)
            ));
        }
    }
    Ok(())
}

fn named(spec: &Spec, document: Document, place: usize) -> String {
    match document {
        Document::Tasks => {
            let task = spec.tasks.as_ref().and_then(|t| t.tasks.get(place));
            format!("task {}", task.map_or_else(String::new, crate::Task::key))
        }
        _ => {
            let property = spec.design.as_ref().and_then(|d| d.properties.get(place));
            format!("property {}", property.map_or(0, |p| p.number))
        }
    }
}

fn to(places: &[usize], place: usize) -> usize {
    places.get(place).copied().unwrap_or(place)
}

/// The criteria that share their id with another: what names them names the first, so nothing is said about them.
fn doubled(spec: &Spec) -> HashSet<usize> {
    let mut by_label: HashMap<&str, Vec<usize>> = HashMap::new();
    if let Some((_, wanted)) = spec.wanted() {
        for (place, (_, criterion)) in wanted.criteria().enumerate() {
            by_label.entry(&criterion.label).or_default().push(place);
        }
    }
    let several = by_label.into_values().filter(|places| places.len() > 1);
    several.flatten().collect()
}

impl Meaning {
    fn of(spec: &Spec, without: &HashSet<usize>) -> Self {
        let mut places: HashMap<&str, usize> = HashMap::new();
        let mut criteria = 0;
        if let Some((_, wanted)) = spec.wanted() {
            for (place, (_, criterion)) in wanted.criteria().enumerate() {
                places.entry(&criterion.label).or_insert(place);
                criteria += 1;
            }
        }
        let cited = |references: &mut dyn Iterator<Item = &Reference>| {
            let resolved = spec.resolve_all(references);
            let found = resolved
                .criteria
                .iter()
                .filter_map(|c| places.get(c.as_str()).copied());
            let criteria: BTreeSet<usize> = found.filter(|c| !without.contains(c)).collect();
            (criteria, resolved.properties)
        };
        let properties: Vec<u32> = spec
            .design
            .iter()
            .flat_map(|d| &d.properties)
            .map(|p| p.number)
            .collect();
        let mut meaning = Self {
            criteria,
            ..Self::default()
        };
        for property in spec.design.iter().flat_map(|d| &d.properties) {
            meaning
                .properties
                .push(cited(&mut property.validates.iter()).0);
        }
        let Some(read) = &spec.tasks else {
            return meaning;
        };
        for task in &read.tasks {
            let mut all = task.requirements.iter().chain(&task.validates);
            let (criteria, numbers) = cited(&mut all);
            let number = task.number.as_deref().zip(read.waves.as_ref());
            meaning.tasks.push(TaskMeaning {
                criteria,
                properties: numbers
                    .iter()
                    .filter_map(|n| properties.iter().position(|p| p == n))
                    .collect(),
                parent: task.parent,
                wave: number.and_then(|(number, waves)| waves.wave_of(number)),
                mark: Some(task.mark),
                waits_for: BTreeSet::new(),
            });
        }
        for wait in depends(read.source.text(), read) {
            meaning.tasks[wait.task].waits_for.insert(wait.on);
        }
        meaning
    }
}
