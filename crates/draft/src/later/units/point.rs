//! Pieces of work for criteria in the user's own words.

use rutter_catalogue::{Class, Layer};

use super::Unit;
use super::class::{base_of, words_of};
use crate::ground::Ground;
use crate::later::aim::{self, Aim, Role};
use crate::later::place::{self, Place, Wanted};
use crate::later::points::{Point, Points};
use crate::later::{layer, sentence, told};
use crate::plan::fill::Slots;
use crate::plan::title::capital;
use crate::prompt::names;

/// A criterion that no class's task covers joins the piece it fits, or makes one for each place that it means.
pub fn of_point(
    point: &Point<'_>,
    points: &Points<'_>,
    (meant, small): (&[Aim], bool),
    ground: &Ground,
    out: &mut Vec<Unit>,
) {
    let class = points
        .classes
        .iter()
        .find(|(_, slots)| slots.system == point.sentence.system)
        .map(|(class, slots)| (*class, slots));
    let text = sentence::unlinked(&format!(
        "{} {}",
        point.sentence.shall, point.sentence.condition
    ));
    if let Some(place) = told::dependency(&point.text, ground).filter(|_| class.is_none()) {
        return add(point, place, None, out);
    }
    let mut aims = aim::aims(&text, ground);
    // What the request means as a whole stands with its first criterion.
    let first = points
        .all
        .iter()
        .find(|other| other.known.is_none())
        .is_some_and(|other| other.id == point.id);
    if aims.is_empty() && (small && class.is_some() || first) {
        aims = meant.to_vec();
    }
    if small && class.is_some_and(|(class, _)| class.small) && !out.is_empty() {
        aims.clear();
    }
    if !aims.is_empty() {
        let several = aims.len() > 1;
        for (at, aim) in aims.iter().enumerate() {
            let title = if aim.act.is_empty() || !several && at == 0 {
                title_of(point)
            } else {
                aim.act.clone()
            };
            of_aim(point, aim, title, out);
        }
        return;
    }
    let own_names = own_names(point);
    let named = place::named(&own_names, ground);
    if let Some((class, slots)) = class {
        return joined_or(point, (class, slots), named, ground, out);
    }
    // What follows in the same requirement is about the same thing.
    let requirement = |id: &str| id.split('.').next().unwrap_or(id).to_owned();
    let sibling = out.iter().position(|unit| {
        unit.system == point.sentence.system
            && unit
                .ids
                .iter()
                .any(|id| requirement(id) == requirement(&point.id))
    });
    // Beside a place that is known, a new one needs more than one word.
    let least = if sibling.is_some() { 2 } else { 1 };
    let sure = named
        .or_else(|| aim::quoted(&quotes_in(&[point]), ground))
        .or_else(|| place::sure(&telling_words(point), least, ground));
    match (sure, sibling) {
        (Some(place), _) => add(point, place, None, out),
        (None, Some(at)) => join(point, &mut out[at]),
        (None, None) => match place::akin(&telling_words(point), point.layer, ground) {
            Some(place) => add(point, place, None, out),
            None => out.push(unit(point, None, title_of(point))),
        },
    }
}

/// A criterion about a class's part joins its piece of the same layer, unless it names code of its own.
fn joined_or(
    point: &Point<'_>,
    (class, slots): (&Class, &Slots),
    named: Option<Place>,
    ground: &Ground,
    out: &mut Vec<Unit>,
) {
    if named.is_none() || class.small {
        let same = out.iter().position(|unit| {
            unit.system == slots.system && (unit.layer == point.layer || class.small)
        });
        let any = same.or_else(|| out.iter().position(|unit| unit.system == slots.system));
        if let Some(at) = any {
            return join(point, &mut out[at]);
        }
    }
    let wanted = Wanted {
        words: words_of(class, slots),
        names: own_names(point),
        quotes: quotes_in(&[point]),
        base: base_of(class, slots),
    };
    match named.or_else(|| place::find(&wanted, point.layer, ground)) {
        Some(place) => add(point, place, None, out),
        None => out.push(unit(point, None, title_of(point))),
    }
}

fn join(point: &Point<'_>, unit: &mut Unit) {
    unit.ids.push(point.id.clone());
    unit.steps
        .push(format!("{} ({})", point.sentence.step(), point.id));
}

/// Adds a criterion at a place, to the piece that is there already or as a new one.
fn add(point: &Point<'_>, place: Place, title: Option<String>, out: &mut Vec<Unit>) {
    match out.iter().position(|unit| at(unit, &place)) {
        Some(at) => join(point, &mut out[at]),
        None => {
            let title = title.unwrap_or_else(|| title_of(point));
            out.push(unit(point, Some(place), title));
        }
    }
}

fn at(unit: &Unit, place: &Place) -> bool {
    unit.place
        .as_ref()
        .is_some_and(|known| known.path == place.path)
}

/// A criterion's work at a place that it means.
fn of_aim(point: &Point<'_>, aim: &Aim, title: String, out: &mut Vec<Unit>) {
    let own = title == title_of(point);
    if let Some(unit) = out.iter_mut().find(|unit| at(unit, &aim.place)) {
        if own {
            join(point, unit);
        } else {
            unit.ids.push(point.id.clone());
            unit.steps.push(format!("{title} ({})", point.id));
        }
        for note in &aim.notes {
            if !unit.steps.contains(note) {
                unit.steps.push(note.clone());
            }
        }
        return;
    }
    let mut steps = Vec::new();
    if own {
        steps.push(format!("{} ({})", point.sentence.step(), point.id));
    }
    steps.extend(aim.notes.iter().cloned());
    out.push(Unit {
        layer: layer_of(aim),
        steps,
        done: done(aim, point),
        readers: aim.readers.clone(),
        ..unit(point, Some(aim.place.clone()), title)
    });
}

fn layer_of(aim: &Aim) -> Layer {
    match aim.role {
        Role::Type | Role::Setting => Layer::Data,
        Role::Work | Role::Act => Layer::Service,
        Role::Declare | Role::Dispatch | Role::Shape | Role::Route => Layer::Interface,
        Role::Page => Layer::Ui,
        Role::Text => layer::layer_of(&aim.place.path),
    }
}

/// When the work at a place is done; empty where a test for the criterion says it.
fn done(aim: &Aim, point: &Point<'_>) -> String {
    let symbol = || {
        aim.place.symbol.as_deref().map_or_else(
            || format!("`{}`", aim.place.path),
            |symbol| format!("`{symbol}`"),
        )
    };
    match aim.role {
        Role::Text => "a search of the sources for the old text finds nothing".to_owned(),
        Role::Setting => format!(
            "a test for {} passes with the new value and fails with the old one",
            point.id
        ),
        Role::Type => format!(
            "a test makes {} with what {} adds, and without it, and reads both back",
            symbol(),
            point.id
        ),
        Role::Shape => "a test sends the new value and gets it back unchanged".to_owned(),
        Role::Declare => "the help lists it, and a wrong value of it is refused".to_owned(),
        Role::Dispatch => "a call from the shell reaches the work and prints its result".to_owned(),
        Role::Route => {
            "a request to the route is answered as asked, and one for an unknown id with 404"
                .to_owned()
        }
        Role::Page => "the page shows it with a value and stays whole without one".to_owned(),
        Role::Work | Role::Act => String::new(),
    }
}

fn unit(point: &Point<'_>, place: Option<Place>, title: String) -> Unit {
    Unit {
        layer: place
            .as_ref()
            .map_or(point.layer, |place| layer::layer_of(&place.path)),
        steps: vec![format!("{} ({})", point.sentence.step(), point.id)],
        title,
        system: point.sentence.system.clone(),
        done: String::new(),
        ids: vec![point.id.clone()],
        place,
        test: None,
        tests: Vec::new(),
        readers: Vec::new(),
    }
}

fn own_names(point: &Point<'_>) -> Vec<String> {
    names::identifiers(&sentence::unlinked(&point.text))
        .into_iter()
        .filter(|name| *name != point.sentence.system)
        .collect()
}

/// The code and the files that criteria name.
pub(super) fn names_in(points: &[&Point<'_>]) -> Vec<String> {
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
pub(super) fn quotes_in(points: &[&Point<'_>]) -> Vec<String> {
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

fn title_of(point: &Point<'_>) -> String {
    let shall = sentence::unlinked(&point.sentence.shall);
    let act = if point.sentence.not {
        format!("Make sure that nothing can {shall}")
    } else {
        shall
    };
    sentence::short(&capital(&act), 12)
}

/// The words of a criterion that name things.
pub(super) fn telling_words(point: &Point<'_>) -> Vec<String> {
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
