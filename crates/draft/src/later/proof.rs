//! Where the tests of a place stand: the file that tests it already, else a new one where the project keeps them.

use rutter_code::Language;
use rutter_code::project::is_test_path;

use super::place::{self, Place};
use crate::ground::Ground;
use crate::prompt::names;

/// The test file of a place for work of which `about` tells, and whether it is new. `None` for a file whose tests have no usual place.
pub fn test_of(place: &Place, about: &str, ground: &Ground) -> Option<(String, bool)> {
    let language = Language::of_path(&place.path)?;
    let usual = ground.project.test_file_style.test_path_for(&place.path);
    let path = match steered_folder(ground) {
        Some(folder) if !usual.starts_with(&folder) && usual != place.path => {
            format!("{folder}{}", usual.rsplit('/').next().unwrap_or(&usual))
        }
        _ => usual,
    };
    if ground.files.contains(&path) {
        return Some((path, false));
    }
    let there = (!place.new)
        .then(|| existing(place, about, language, ground))
        .flatten();
    Some(there.map_or((path, true), |path| (path, false)))
}

/// The test file that tests an existing place: by name, by folder, or because it uses it.
fn existing(place: &Place, about: &str, language: Language, ground: &Ground) -> Option<String> {
    let file = place.path.rsplit('/').next().unwrap_or(&place.path);
    let stem = file.split('.').next().unwrap_or(file);
    let folder = place.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let own = place::stems_of_name(&place.path);
    let near = place::stems(&[
        folder.rsplit('/').next().unwrap_or_default().to_owned(),
        place.symbol.clone().unwrap_or_default(),
    ]);
    let uses = [
        format!("/{stem}."),
        format!("/{stem}\""),
        format!("{stem}::"),
        format!("::{stem}"),
        format!(".{stem} import"),
        format!("new {stem}("),
        format!("{stem}."),
        if stem.len() > 4 {
            stem.to_owned()
        } else {
            String::new()
        },
    ];
    let users: Vec<&str> = uses
        .iter()
        .flat_map(|literal| ground.texts.holding(literal))
        .map(|(path, _)| path)
        .collect();
    let plain = |path: &str| {
        !["conftest.", "mod.", "__init__.", "setup.", "helpers."]
            .iter()
            .any(|start| {
                path.rsplit('/')
                    .next()
                    .is_some_and(|file| file.starts_with(start))
            })
    };
    let said = place::stems(&[about.replace('_', " ")]);
    let akin = place::stems(&super::akin::akin(&said));
    ground
        .files
        .iter()
        .filter(|path| {
            is_test_path(path) && Language::of_path(path) == Some(language) && plain(path)
        })
        .filter_map(|path| {
            let names = place::stems_of_name(path);
            let beside = path.rsplit_once('/').map_or("", |(folder, _)| folder) == folder;
            let score = 6 * own.intersection(&names).count()
                + 3 * near.intersection(&names).count()
                + 4 * usize::from(beside)
                + 2 * usize::from(users.contains(&path.as_str()))
                + 2 * said.intersection(&names).count()
                + akin.intersection(&names).count();
            (score > 0).then_some((score, path))
        })
        .rev()
        .max_by_key(|(score, _)| *score)
        .map(|(_, path)| path.clone())
        .or_else(|| whole(language, ground).filter(|_| super::home::is_register(&place.path)))
}

/// The largest test file: what ties the parts together has its tests where most of them are.
fn whole(language: Language, ground: &Ground) -> Option<String> {
    let tests = ground
        .files
        .iter()
        .filter(|path| is_test_path(path) && Language::of_path(path) == Some(language));
    tests
        .rev()
        .max_by_key(|path| ground.index.symbols_in(path))
        .cloned()
}

/// The folder that the steering wants tests in: "Tests live in `tests/`".
fn steered_folder(ground: &Ground) -> Option<String> {
    ground.steering.iter().find_map(|statement| {
        let lower = statement.to_lowercase();
        let about = lower.contains("test")
            && [
                "live in",
                "live under",
                "go in",
                "go under",
                "belong in",
                "are in",
                "are kept in",
                "stand in",
                "placed in",
            ]
            .iter()
            .any(|cue| lower.contains(cue));
        let folder = names::code_spans(statement)
            .into_iter()
            .find(|span| span.ends_with('/') && !span.contains(' '))?;
        (about && lower.find("test") < lower.find(&folder.to_lowercase()))
            .then(|| folder.to_owned())
    })
}
