//! New files, named as their neighbours are.

use rutter_catalogue::Layer;
use rutter_code::search::words as code_words;

use super::layer::files_of;
use super::place::Place;
use crate::ground::Ground;

/// Words that tell what a file is for, whatever it works on.
pub const KINDS: [&str; 18] = [
    "service",
    "controller",
    "repository",
    "store",
    "handler",
    "router",
    "routes",
    "view",
    "model",
    "form",
    "page",
    "manager",
    "schema",
    "entity",
    "component",
    "middleware",
    "client",
    "worker",
];

/// A new file beside its like, named as they are.
pub fn new_file(base: &[String], layer: Layer, ground: &Ground) -> Option<Place> {
    let siblings = files_of(layer, ground);
    let folder_of = |path: &str| {
        path.rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_owned()
    };
    let mut counts: Vec<(String, usize)> = Vec::new();
    for path in &siblings {
        let folder = folder_of(path);
        match counts.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, count)) => *count += 1,
            None => counts.push((folder, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    let folder = counts
        .iter()
        .find(|(_, count)| *count == most)
        .map(|(folder, _)| folder.clone())?;
    let sibling = siblings.iter().find(|path| folder_of(path) == folder)?;
    let file = sibling.rsplit('/').next().unwrap_or(sibling);
    let (stem, ending) = file.split_once('.').unwrap_or((file, ""));
    let parts: Vec<String> = code_words::split(stem).map(str::to_owned).collect();
    let kind = parts
        .last()
        .filter(|last| KINDS.contains(&last.to_lowercase().as_str()) && parts.len() > 1)
        .cloned();
    let mut words: Vec<String> = base
        .iter()
        .flat_map(|text| {
            code_words::split(text)
                .map(str::to_lowercase)
                .collect::<Vec<_>>()
        })
        .take(3)
        .collect();
    words.dedup();
    if words.is_empty() {
        words.push("feature".to_owned());
    }
    // A folder named after its file means one folder a feature.
    let entity = parts[..parts.len() - usize::from(kind.is_some())]
        .concat()
        .to_lowercase();
    let last = folder.rsplit('/').next().unwrap_or_default().to_lowercase();
    let folder = if !entity.is_empty() && last == entity {
        let own = words.concat();
        folder
            .rsplit_once('/')
            .map_or(own.clone(), |(front, _)| format!("{front}/{own}"))
    } else {
        folder
    };
    let name = cased(&words, kind.as_deref(), stem, ending);
    let path = if folder.is_empty() {
        format!("{name}.{ending}")
    } else {
        format!("{folder}/{name}.{ending}")
    };
    let there = ground.files.contains(&path);
    Some(Place {
        path,
        symbol: None,
        new: !there,
    })
}

/// Words in the manner of a neighbour's name.
fn cased(words: &[String], kind: Option<&str>, like: &str, ending: &str) -> String {
    let capital = crate::plan::title::capital;
    let mut all: Vec<String> = words.to_vec();
    if let Some(kind) =
        kind.filter(|kind| all.last().is_none_or(|last| *last != kind.to_lowercase()))
    {
        all.push(kind.to_lowercase());
    }
    if like.starts_with(|c: char| c.is_uppercase()) {
        return all.iter().map(|word| capital(word)).collect();
    }
    if like.contains('_') || matches!(ending, "py" | "rs" | "rb" | "go") {
        return all.join("_");
    }
    if like.contains('-') || ending == "html" {
        return all.join("-");
    }
    all.iter()
        .enumerate()
        .map(|(at, word)| if at == 0 { word.clone() } else { capital(word) })
        .collect()
}
