//! The routes that a text names by method or path.

use rutter_code::SymbolKind;
use rutter_code::project::is_test_path;

use super::{Aim, Role};
use crate::ground::Ground;
use crate::later::place::{self, Place};

/// Where routes of the same resource are declared, and where they are answered.
pub fn aims(text: &str, ground: &Ground) -> Vec<Aim> {
    let Some(path) = path_of(text) else {
        return Vec::new();
    };
    let Some(first) = segment(&path) else {
        return Vec::new();
    };
    let routes = ground.index.find(&[first.to_owned(), path.clone()]);
    let Some(route) = routes.iter().find(|hit| {
        hit.kind == Some(SymbolKind::Route)
            && !is_test_path(&hit.path)
            && hit
                .symbol
                .as_deref()
                .and_then(|name| name.split(' ').next_back())
                .and_then(segment)
                == Some(first)
    }) else {
        return Vec::new();
    };
    let mut out = vec![Aim::new(
        Place::file(&route.path),
        Role::Route,
        format!(
            "Declare the route beside `{}`",
            route.symbol.as_deref().unwrap_or(&path)
        ),
    )];
    let stems = place::stems(&[first.to_owned()]);
    let folder = route.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    out.extend(
        ground
            .files
            .iter()
            .find(|file| {
                **file != route.path
                    && file.rsplit_once('/').map_or("", |(folder, _)| folder) == folder
                    && rutter_code::Language::of_path(file).is_some()
                    && !is_test_path(file)
                    && place::stems_of_name(file) == stems
            })
            .map(|file| Aim::new(Place::file(file), Role::Route, "Answer the request")),
    );
    out
}

/// The path that a text names: behind a method, or as a word that begins with a slash.
fn path_of(text: &str) -> Option<String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | '\'' | ',' | '(' | ')'))
        .map(|word| word.trim_end_matches(['.', ':', ';', '?', '!']))
        .find(|word| {
            word.starts_with('/')
                && word.len() > 2
                && word
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"/{}:-_<>".contains(&b))
        })
        .map(str::to_owned)
}

/// The first part of a path that names a resource.
fn segment(path: &str) -> Option<&str> {
    path.split('/').find(|part| {
        !part.is_empty()
            && !["api", "v1", "v2", "v3"].contains(part)
            && !part.starts_with(['{', ':', '<'])
    })
}
