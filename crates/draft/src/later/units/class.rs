//! Pieces of work that the catalogue knows.

use rutter_catalogue::Class;

use super::Unit;
use super::point::{names_in, quotes_in, telling_words};
use crate::ground::Ground;
use crate::later::aim::{Aim, thing};
use crate::later::place::{self, Wanted};
use crate::later::points::{Point, Points};
use crate::plan::criteria::mentions;
use crate::plan::fill::Slots;
use crate::plan::title::capital;

/// Classes that bring records out of the project or into it.
const EXCHANGES: [&str; 3] = ["export", "import", "import-export"];

/// The pieces that a class's tasks make of its criteria.
pub fn of_class(
    at: usize,
    (class, slots): (&Class, &Slots),
    points: &Points<'_>,
    meant: &[Aim],
    ground: &Ground,
    placed: &mut [bool],
    out: &mut Vec<Unit>,
) {
    let listed: Vec<&String> = class.tasks.iter().flat_map(|task| &task.of).collect();
    for task in &class.tasks {
        let mine: Vec<usize> = (0..points.all.len())
            .filter(|i| {
                let Some((of, criterion)) = points.all[*i].known else {
                    return false;
                };
                let named = task.of.contains(&criterion.concern);
                let by_layer = task.of.is_empty()
                    && criterion.layer == task.layer
                    && !listed.contains(&&criterion.concern);
                of == at && (named || by_layer)
            })
            .collect();
        let Some(title) = slots.plain(&task.title).filter(|_| !mine.is_empty()) else {
            continue;
        };
        let members: Vec<&Point<'_>> = mine.iter().map(|i| &points.all[*i]).collect();
        let names = if class.small {
            names_in(&members)
        } else {
            Vec::new()
        };
        let wanted = Wanted {
            words: if class.small {
                members
                    .iter()
                    .flat_map(|point| telling_words(point))
                    .collect()
            } else {
                words_of(class, slots)
            },
            names,
            quotes: if class.small {
                quotes_in(&members)
            } else {
                Vec::new()
            },
            base: base_of(class, slots),
        };
        let allowed = |text: &String| !points.out.iter().any(|what| mentions(text, what));
        let mut steps: Vec<String> = Vec::new();
        if class.small {
            steps.extend(meant.first().into_iter().flat_map(|aim| aim.notes.clone()));
        }
        if EXCHANGES.contains(&class.id.as_str())
            && !out.iter().any(|unit| unit.system == slots.system)
        {
            steps.extend(thing::columns(&slots.object, ground));
        }
        steps.extend(
            task.steps
                .iter()
                .filter_map(|step| slots.plain(step))
                .filter(allowed),
        );
        out.push(Unit {
            layer: task.layer,
            title: capital(&title),
            system: slots.system.clone(),
            steps,
            done: slots.plain(&task.done).unwrap_or_default(),
            ids: members.iter().map(|point| point.id.clone()).collect(),
            place: if class.id == "dependency" {
                place::manifest(ground)
            } else if class.small {
                meant
                    .first()
                    .map(|aim| aim.place.clone())
                    .or_else(|| place::find_existing(&wanted, task.layer, ground))
            } else {
                meant
                    .iter()
                    .find(|aim| aim.serves(task.layer))
                    .or_else(|| meant.first().filter(|_| wanted.base.is_empty()))
                    .map(|aim| aim.place.clone())
                    .or_else(|| place::find(&wanted, task.layer, ground))
            },
            test: None,
            readers: meant
                .iter()
                .filter(|_| class.small)
                .flat_map(|aim| aim.readers.clone())
                .collect(),
            tests: members
                .iter()
                .filter_map(|point| point.known)
                .filter_map(|(_, criterion)| slots.plain(&criterion.test))
                .filter(|text| !text.is_empty())
                .collect(),
        });
        mine.iter().for_each(|i| placed[*i] = true);
    }
}

/// What the class works on, then what it is.
pub(super) fn words_of(class: &Class, slots: &Slots) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    if !class.object.is_empty() {
        // Of "a patient's appointments" the appointments are meant.
        words.push(
            slots
                .object
                .rsplit("'s ")
                .next()
                .unwrap_or_default()
                .to_owned(),
        );
    }
    words.push(class.id.replace('-', " "));
    words
        .iter()
        .flat_map(|text| text.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

pub(super) fn base_of(class: &Class, slots: &Slots) -> Vec<String> {
    match class.id.as_str() {
        "crud" => vec![slots.object.clone()],
        // These work on what is there; they have no file of their own.
        "search" | "list" | "caching" | "permissions" | "performance" | "rate-limits" | "theme"
        | "accessibility" | "i18n" | "form" | "configuration" | "api-endpoint" => Vec::new(),
        id => vec![id.replace('-', " ")],
    }
}
