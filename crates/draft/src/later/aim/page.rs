//! The page or template that people see what a text speaks of.

use rutter_catalogue::Layer;
use rutter_code::project::is_test_path;

use super::{Aim, Role, Words};
use crate::ground::Ground;
use crate::later::layer::layer_of;
use crate::later::place::Place;

/// Words that speak of something seen.
const SEEN: [&str; 30] = [
    "page",
    "screen",
    "form",
    "button",
    "label",
    "field",
    "dialog",
    "table",
    "list",
    "menu",
    "view",
    "show",
    "shows",
    "shown",
    "display",
    "displayed",
    "displays",
    "placeholder",
    "checkbox",
    "dropdown",
    "link",
    "heading",
    "banner",
    "icon",
    "tooltip",
    "badge",
    "column",
    "seite",
    "página",
    "写",
];

/// The page whose name or content the words mean best, when one does.
pub fn aims(text: &str, words: &Words, known: &[Aim], ground: &Ground) -> Vec<Aim> {
    let lower = text.to_lowercase();
    let seen = lower
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| SEEN.contains(&word));
    if !seen {
        return Vec::new();
    }
    // What a page shows of a type that is meant tells which page; else one word in it tells nothing.
    let least = if known.is_empty() { 2 } else { 1 };
    let mut found: Vec<(usize, &str)> = ground
        .files
        .iter()
        .filter(|path| layer_of(path) == Layer::Ui && is_page(path) && !is_test_path(path))
        .filter_map(|path| {
            let named = words.shared(stem(path));
            let held = ground
                .texts
                .iter()
                .find(|(known, _)| *known == path.as_str())
                .map_or(0, |(_, text)| words.shared(&marks(text)));
            let enough = named > 0 || held >= least;
            enough.then_some((4 * named + held, path.as_str()))
        })
        .collect();
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let clear = found.len() == 1 || found.len() > 1 && found[0].0 > found[1].0;
    found
        .first()
        .filter(|_| clear)
        .map(|(_, path)| Aim::new(Place::file(path), Role::Page, ""))
        .into_iter()
        .collect()
}

fn is_page(path: &str) -> bool {
    !path.ends_with(".css") && !path.ends_with(".scss")
}

fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.split('.').next().unwrap_or(file)
}

/// What a page names: ids, names, and the texts of headings and labels.
fn marks(text: &str) -> String {
    let mut out = String::new();
    for mark in [
        "id=\"",
        "name=\"",
        "<h1>",
        "<h2>",
        "<th>",
        "<label>",
        "<title>",
        "label=\"",
        "placeholder=\"",
    ] {
        for part in text.split(mark).skip(1) {
            let end = part.find(['"', '<']).unwrap_or(0);
            out.push_str(&part[..end]);
            out.push(' ');
        }
    }
    out
}
