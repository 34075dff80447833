//! Places that a text names other than by identifier: a message it quotes, or a setting by its words.

use std::collections::BTreeSet;

use rutter_code::project::is_test_path;

use super::place::Place;
use crate::ground::Ground;

/// The manifest that names what a text wants in another version: "use Spring Boot 3.5".
pub fn dependency(text: &str, ground: &Ground) -> Option<Place> {
    let lower = text.to_lowercase();
    let bare = |word: &str| {
        word.trim_matches(|c: char| !(c.is_alphanumeric() || c == '@'))
            .to_owned()
    };
    let words: Vec<String> = lower.split_whitespace().map(bare).collect();
    let version = |word: &String| {
        word.trim_start_matches('v')
            .starts_with(|c: char| c.is_ascii_digit())
    };
    let wanted = words.iter().any(version)
        && words.iter().any(|word| {
            ["use", "upgrade", "bump", "update", "version", "downgrade"].contains(&word.as_str())
        });
    let manifest = |name: &str| {
        let forms = [
            format!("\"{name}\""),
            format!("\n{name} "),
            format!("{name}-starter"),
            format!(">{name}<"),
            format!("/{name} "),
            format!("\n{name}="),
        ];
        forms
            .iter()
            .flat_map(|form| ground.texts.holding(form))
            .map(|(path, _)| path)
            .find(|path| rutter_code::project::is_manifest(path))
    };
    let pairs = words.windows(2).map(|pair| pair.join("-"));
    let found = pairs
        .chain(words.iter().cloned())
        .filter(|name| wanted && name.len() > 2)
        .find_map(|name| manifest(&name))?;
    Some(Place {
        path: found.to_owned(),
        symbol: None,
        new: false,
    })
}

/// The setting that these stems name: its key and its file.
pub fn setting(stems: &BTreeSet<String>, ground: &Ground) -> Option<Place> {
    let list: Vec<String> = stems.iter().cloned().collect();
    let (path, key) = ground
        .texts
        .settings(&list, 2)
        .into_iter()
        .find(|(path, _)| !is_test_path(path))?;
    Some(Place {
        path: path.to_owned(),
        symbol: Some(key.to_owned()),
        new: false,
    })
}
