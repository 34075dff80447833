//! How a design is tested.

use rutter_catalogue::Layer;

use super::overview::and;
use crate::ground::Ground;
use crate::later::home;
use crate::later::units::Unit;

/// The runner, and which file holds the tests of what.
pub fn testing(units: &[Unit], ground: &Ground) -> String {
    let mut text = match (ground.runner(), ground.test_command()) {
        (Some(runner), Some(command)) if command != runner => format!("Tests run with {runner} (`{command}`)."),
        (Some(runner), _) => format!("Tests run with {runner}."),
        (None, _) => "The project has no test runner yet; the first task picks the usual one for its language.".to_owned(),
    };
    let mut files: Vec<(String, bool, Vec<String>)> = Vec::new();
    for unit in units {
        let Some((path, new)) = &unit.test else {
            continue;
        };
        match files.iter_mut().find(|(known, _, _)| known == path) {
            Some((_, _, ids)) => ids.extend(unit.ids.iter().cloned()),
            None => files.push((path.clone(), *new, unit.ids.clone())),
        }
    }
    for (path, new, ids) in &mut files {
        ids.sort_by_key(|id| super::numbers(id));
        ids.dedup();
        let model = home::like(path, ground).filter(|_| *new);
        text.push_str(&format!(
            " `{path}`{} covers {}{}.",
            if *new { " *new*" } else { "" },
            and(ids),
            model.map_or_else(String::new, |model| format!(", written as `{model}` is"))
        ));
    }
    let mut by_hand: Vec<String> = units
        .iter()
        .filter(|unit| unit.layer == Layer::Ui && unit.test.is_none() && unit.place.is_some())
        .flat_map(|unit| unit.ids.iter().cloned())
        .collect();
    by_hand.sort_by_key(|id| super::numbers(id));
    by_hand.dedup();
    if !by_hand.is_empty() && ground.has_face() {
        text.push_str(&format!(
            " What a person sees ({}) has no test file here; it is tried by hand, with the keyboard alone.",
            by_hand.join(", ")
        ));
    }
    text
}
