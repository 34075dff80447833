//! What the user's design says about places: it is right.

use rutter_spec::Spec;

use super::Unit;
use crate::ground::Ground;
use crate::later::place::Place;
use crate::later::proof;
use crate::prompt::names;

/// Where the user's design names another file for the same criteria, the design is right.
pub fn follow_design(out: &mut [Unit], spec: &Spec, ground: &Ground) {
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
