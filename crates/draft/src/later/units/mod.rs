//! The pieces of work of a spec: what design calls components and tasks.md calls tasks.

mod class;
mod point;
mod written;

use rutter_catalogue::Layer;
use rutter_spec::Spec;

use super::place::Place;
use super::points::Points;
use super::{aim, home, proof};
use crate::ground::Ground;

/// A longer request speaks of many things; then each criterion is looked up alone. In bytes.
const MOST_REQUEST: usize = 400;

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
    /// Sources that depend on its file.
    pub readers: Vec<String>,
}

/// Finds the pieces, in the order of work.
pub fn units(points: &Points<'_>, spec: &Spec, ground: &Ground) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let mut placed = vec![false; points.all.len()];
    let request = spec
        .wanted()
        .map(|(_, wanted)| super::quoted_request(wanted.source.text()))
        .filter(|request| request.len() <= MOST_REQUEST)
        .unwrap_or_default();
    let meant = aim::aims(&request, ground);
    for (at, (class, slots)) in points.classes.iter().enumerate() {
        class::of_class(
            at,
            (class, slots),
            points,
            &meant,
            ground,
            &mut placed,
            &mut out,
        );
    }
    let alone = super::is_small(spec, points);
    for (at, point) in points.all.iter().enumerate() {
        if !placed[at] {
            point::of_point(point, points, (&meant, alone), ground, &mut out);
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
        let about = format!("{} {}", unit.title, unit.system);
        let test = |place: &Place| proof::test_of(place, &about, ground);
        // A setting has no test of its own: those who read it have.
        unit.test = unit.place.as_ref().and_then(&test).or_else(|| {
            let found = unit
                .readers
                .iter()
                .filter_map(|path| test(&Place::file(path)));
            found.min_by_key(|(_, new)| *new)
        });
    }
    out.sort_by_key(|unit| unit.layer);
    written::follow_design(&mut out, spec, ground);
    out
}
