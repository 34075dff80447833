//! The function that does what a noun of the text names: `cancel` for "the reason for a cancellation".

use std::collections::BTreeSet;

use rutter_catalogue::Layer;
use rutter_code::SymbolKind::{Function, Method};
use rutter_code::project::is_test_path;
use rutter_code::search::words as code_words;

use super::{Aim, Role};
use crate::ground::Ground;
use crate::later::layer::layer_of;
use crate::later::place;

/// Ends of nouns that name an act.
const NOUNS: [&str; 8] = [
    "lation", "ation", "tion", "ion", "ment", "al", "ance", "ing",
];

/// The functions that bear the verb of such a noun as their whole name; at most two.
pub fn aims(text: &str, ground: &Ground) -> Vec<Aim> {
    let verbs: BTreeSet<String> = text
        .split(|c: char| !c.is_alphabetic())
        .map(str::to_lowercase)
        .flat_map(|word| {
            NOUNS
                .iter()
                .filter_map(|end| word.strip_suffix(end).map(str::to_owned))
                .collect::<Vec<_>>()
        })
        .filter(|verb| verb.len() > 3)
        .map(|verb| code_words::stem(&verb))
        .collect();
    let mut out: Vec<Aim> = Vec::new();
    for verb in &verbs {
        for hit in ground.find(std::slice::from_ref(verb)) {
            let whole = hit
                .symbol
                .as_deref()
                .is_some_and(|name| code_words::stem(&name.to_lowercase()) == *verb);
            if whole && matches!(hit.kind, Some(Function | Method)) && !is_test_path(&hit.path) {
                out.push(Aim::new(place::of_hit(&hit), Role::Act, ""));
            }
        }
    }
    // Where the work is done, before where it is asked for.
    out.sort_by_key(|aim| layer_of(&aim.place.path) == Layer::Interface);
    out.truncate(2);
    if let Some(second) = out.get_mut(1) {
        "Pass the new value on".clone_into(&mut second.act);
    }
    out
}
