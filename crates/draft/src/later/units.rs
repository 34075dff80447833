//! The pieces of work of a spec: what design calls components and tasks.md calls tasks.

use rutter_catalogue::{Class, Layer};
use rutter_spec::Spec;

use super::place::{self, Place, Wanted};
use super::points::{Point, Points};
use super::sentence;
use super::{home, proof, told};
use crate::ground::Ground;
use crate::plan::criteria::mentions;
use crate::plan::fill::Slots;
use crate::plan::title::capital;
use crate::prompt::names;

/// A piece of work.
#[derive(Debug, Clone)]
pub struct Unit {
    /// Where it is built.
    pub layer: Layer,
    /// What is done, as an order: "Write orders as CSV".
    pub title: String,
    /// The glossary term it belongs to.
    pub system: String,
    /// Steps worth writing down.
    pub steps: Vec<String>,
    /// When it is done.
    pub done: String,
    /// The criteria it covers.
    pub ids: Vec<String>,
    /// Its file.
    pub place: Option<Place>,
    /// Its test file and whether that is new.
    pub test: Option<(String, bool)>,
    /// What its tests show.
    pub tests: Vec<String>,
}

/// Finds the pieces, in the order of work.
pub fn units(points: &Points<'_>, spec: &Spec, ground: &Ground) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let mut placed = vec![false; points.all.len()];
    for (at, (class, slots)) in points.classes.iter().enumerate() {
        of_class(at, class, slots, points, ground, &mut placed, &mut out);
    }
    for (at, point) in points.all.iter().enumerate() {
        if !placed[at] {
            of_point(point, points, spec, ground, &mut out);
        }
    }
    home::settle(&mut out, ground);
    for unit in &mut out {
        let mut seen: Vec<String> = Vec::new();
        unit.tests.retain(|text| {
            !seen.contains(text) && {
                seen.push(text.clone());
                true
            }
        });
        unit.test = unit.place.as_ref().and_then(|place| {
            proof::test_of(place, &format!("{} {}", unit.title, unit.system), ground)
        });
    }
    out.sort_by_key(|unit| unit.layer);
    follow_design(&mut out, spec, ground);
    out
}

fn of_class(
    at: usize,
    class: &Class,
    slots: &Slots,
    points: &Points<'_>,
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
        out.push(Unit {
            layer: task.layer,
            title: capital(&title),
            system: slots.system.clone(),
            steps: task
                .steps
                .iter()
                .filter_map(|step| slots.plain(step))
                .filter(allowed)
                .collect(),
            done: slots.plain(&task.done).unwrap_or_default(),
            ids: members.iter().map(|point| point.id.clone()).collect(),
            place: if class.id == "dependency" {
                place::manifest(ground)
            } else if class.small {
                place::find_existing(&wanted, task.layer, ground)
            } else {
                place::find(&wanted, task.layer, ground)
            },
            test: None,
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

/// The code and the files that criteria name.
fn names_in(points: &[&Point<'_>]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for name in points
        .iter()
        .flat_map(|point| names::identifiers(&sentence::unlinked(&point.text)))
    {
        if !out.contains(&name) && !points.iter().any(|point| point.sentence.system == name) {
            out.push(name);
        }
    }
    out
}

/// The texts that criteria quote.
fn quotes_in(points: &[&Point<'_>]) -> Vec<String> {
    points
        .iter()
        .flat_map(|point| {
            names::quotes(&point.text)
                .into_iter()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// What the class works on, then what it is.
fn words_of(class: &Class, slots: &Slots) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    if !class.object.is_empty() {
        words.push(slots.object.clone());
    }
    words.push(class.id.replace('-', " "));
    words
        .iter()
        .flat_map(|text| text.split(' ').map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

fn base_of(class: &Class, slots: &Slots) -> Vec<String> {
    match class.id.as_str() {
        "crud" => vec![slots.object.clone()],
        // These work on what is there; they have no file of their own.
        "search" | "list" | "caching" | "permissions" | "performance" | "rate-limits" | "theme"
        | "accessibility" | "i18n" | "form" | "configuration" | "api-endpoint" => Vec::new(),
        id => vec![id.replace('-', " ")],
    }
}

/// A criterion that no class's task covers joins the piece it fits, or makes one.
fn of_point(
    point: &Point<'_>,
    points: &Points<'_>,
    spec: &Spec,
    ground: &Ground,
    out: &mut Vec<Unit>,
) {
    let class = points
        .classes
        .iter()
        .find(|(_, slots)| slots.system == point.sentence.system);
    let own_names = names::identifiers(&sentence::unlinked(&point.text))
        .into_iter()
        .filter(|name| *name != point.sentence.system)
        .collect::<Vec<_>>();
    let step = format!("{} ({})", point.sentence.step(), point.id);
    let quotes = quotes_in(&[point]);
    let small = super::is_small(spec, points);
    let place = match class {
        None if told::dependency(&point.text, ground).is_some() => {
            told::dependency(&point.text, ground)
        }
        _ if small => place::find_existing(
            &Wanted {
                words: telling_words(point),
                names: own_names.clone(),
                quotes,
                base: Vec::new(),
            },
            point.layer,
            ground,
        ),
        Some((class, slots)) => place::find(
            &Wanted {
                words: words_of(class, slots),
                names: own_names.clone(),
                quotes,
                base: base_of(class, slots),
            },
            point.layer,
            ground,
        ),
        None => place::find(
            &Wanted {
                words: telling_words(point),
                names: own_names.clone(),
                quotes,
                base: Vec::new(),
            },
            point.layer,
            ground,
        ),
    };
    let fits = |unit: &Unit| {
        let same_class = class.is_some_and(|(_, slots)| unit.system == slots.system);
        same_class && (own_names.is_empty() && unit.layer == point.layer || small)
            || unit.system == point.sentence.system
                && unit.place.is_some()
                && unit.place.as_ref().map(|p| &p.path) == place.as_ref().map(|p| &p.path)
            || unit.place.is_none() && place.is_none() && unit.system == point.sentence.system
    };
    let requirement = |id: &str| id.split('.').next().unwrap_or(id).to_owned();
    let sibling = place.as_ref().is_none_or(|place| place.new) && class.is_none();
    let beside = |unit: &Unit| {
        sibling
            && unit.system == point.sentence.system
            && unit
                .ids
                .iter()
                .any(|id| requirement(id) == requirement(&point.id))
    };
    let nearest = out
        .iter()
        .position(fits)
        .or_else(|| out.iter().position(beside))
        .or_else(|| {
            out.iter().position(|unit| {
                class.is_some_and(|(_, slots)| unit.system == slots.system) && own_names.is_empty()
            })
        });
    if let Some(at) = nearest {
        let unit = &mut out[at];
        unit.ids.push(point.id.clone());
        unit.steps.push(step);
        return;
    }
    let title = title_of(point, place.as_ref());
    out.push(Unit {
        layer: place
            .as_ref()
            .map_or(point.layer, |place| place::layer_of(&place.path)),
        title,
        system: point.sentence.system.clone(),
        steps: vec![step],
        done: String::new(),
        ids: vec![point.id.clone()],
        place,
        test: None,
        tests: Vec::new(),
    });
}

fn title_of(point: &Point<'_>, place: Option<&Place>) -> String {
    let shall = sentence::unlinked(&point.sentence.shall);
    let act = if point.sentence.not {
        format!("Make sure that nothing can {shall}")
    } else {
        shall
    };
    let short = sentence::short(&capital(&act), 12);
    let _ = place;
    short
}

/// The words of a criterion that name things.
fn telling_words(point: &Point<'_>) -> Vec<String> {
    let text = sentence::unlinked(&format!(
        "{} {}",
        point.sentence.shall, point.sentence.condition
    ));
    let idle = [
        "provide",
        "ensure",
        "let",
        "users",
        "user",
        "the",
        "offer",
        "support",
        "accept",
        "allow",
        "same",
        "before",
        "after",
        "else",
        "everything",
        "leave",
        "behave",
        "show",
        "page",
        "system",
        "answer",
        "follow",
        "request",
        "meet",
        "part",
        "this",
        "what",
        "went",
        "wrong",
        "fails",
        "change",
        "nothing",
    ];
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .map(str::to_lowercase)
        .filter(|word| word.len() > 2 && !idle.contains(&word.as_str()))
        .collect()
}

/// Where the user's design names another file for the same criteria, the design is right.
fn follow_design(out: &mut [Unit], spec: &Spec, ground: &Ground) {
    let Some(design) = &spec.design else { return };
    let text = design.source.text();
    let mut path: Option<String> = None;
    let mut found: Vec<(Vec<String>, String)> = Vec::new();
    for line in text.lines() {
        if line.starts_with('#') {
            path = None;
        }
        if let Some(name) = names::code_spans(line)
            .into_iter()
            .find(|span| names::is_path(span))
            && path.is_none()
        {
            path = Some(name.to_owned());
        }
        if let (Some(ids), Some(path)) = (
            line.trim()
                .trim_start_matches("- ")
                .strip_prefix("Covers: "),
            &path,
        ) {
            found.push((
                ids.trim_end_matches('.')
                    .split(", ")
                    .map(str::to_owned)
                    .collect(),
                path.clone(),
            ));
        }
    }
    for unit in out {
        let best = found
            .iter()
            .filter(|(ids, _)| unit.ids.iter().any(|id| ids.contains(id)))
            .max_by_key(|(ids, path)| {
                let shared = unit.ids.iter().filter(|id| ids.contains(id)).count();
                (
                    shared,
                    usize::from(unit.place.as_ref().is_some_and(|place| place.path == *path)),
                )
            });
        if let Some((_, path)) = best
            && unit.place.as_ref().is_none_or(|place| place.path != *path)
        {
            let place = Place {
                path: path.clone(),
                symbol: None,
                new: !ground.files.contains(path),
            };
            unit.test = proof::test_of(&place, &unit.title, ground);
            unit.place = Some(place);
        }
    }
}
