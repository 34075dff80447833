//! The parts of a design: how they hang together, and what each file gets.

use rutter_code::Language;
use rutter_code::project::is_test_path;
use rutter_code::search::words as code_words;

use super::numbers;
use super::overview::and;
use crate::ground::Ground;
use crate::later::home;
use crate::later::place::Place;
use crate::later::units::Unit;

/// The most users of a place that are named.
const MOST_USERS: usize = 3;

/// Who uses what changes, as the sources show it; `None` when they show nothing.
pub fn architecture(units: &[Unit], ground: &Ground) -> Option<String> {
    if !ground.has_source() {
        return Some(
            "The project has no source yet, so the files below are named when the first of them is made."
                .to_owned(),
        );
    }
    let mut lines: Vec<String> = Vec::new();
    let places = units
        .iter()
        // The note on a setting names its readers.
        .filter(|unit| unit.readers.is_empty())
        .filter_map(|unit| unit.place.as_ref());
    for place in places {
        let users = users(place, ground);
        if users.is_empty()
            || lines
                .iter()
                .any(|line| line.starts_with(&format!("- {} ", place.shown())))
        {
            continue;
        }
        lines.push(format!("- {} is used by {}", place.shown(), and(&users)));
    }
    (!lines.is_empty()).then(|| {
        format!(
            "What hangs on the places that change:\n\n{}",
            lines.join("\n")
        )
    })
}

/// The sources that speak of a place: by its symbol where that is a name of its own, else by what imports its file.
fn users(place: &Place, ground: &Ground) -> Vec<String> {
    let language = Language::of_path(&place.path);
    if place.new || language.is_none() {
        return Vec::new();
    }
    let file = place.path.rsplit('/').next().unwrap_or(&place.path);
    let stem = file.split('.').next().unwrap_or(file);
    let last = place
        .symbol
        .as_deref()
        .and_then(|symbol| symbol.rsplit(['.', ':']).next())
        // `cancel` or `title` may be anybody's.
        .filter(|name| {
            name.len() > 4
                && (name.starts_with(|c: char| c.is_uppercase())
                    || code_words::split(name).nth(1).is_some())
        });
    let imports = [
        format!("/{stem}."),
        format!("/{stem}\""),
        format!("/{stem}'"),
        format!("::{stem}"),
        format!(".{stem} import"),
        format!(".{stem};"),
    ];
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
    let whole = |text: &str, name: &str| {
        text.match_indices(name).any(|(at, _)| {
            edge(text[..at].chars().next_back()) && edge(text[at + name.len()..].chars().next())
        })
    };
    let holds = |text: &str| match last {
        Some(name) => whole(text, name),
        None => place.symbol.is_none() && imports.iter().any(|form| text.contains(form.as_str())),
    };
    let found: Vec<String> = ground
        .texts
        .iter()
        .filter(|(path, text)| {
            *path != place.path
                && Language::of_path(path) == language
                && !is_test_path(path)
                && holds(text)
        })
        .map(|(path, _)| format!("`{path}`"))
        .collect();
    if found.len() > 2 * MOST_USERS {
        return vec![format!("{} files", found.len())];
    }
    let more = found.len().saturating_sub(MOST_USERS);
    let mut shown: Vec<String> = found.into_iter().take(MOST_USERS).collect();
    if more > 0 {
        shown.push(format!("{more} more"));
    }
    shown
}

/// What each file gets.
pub fn components(units: &[Unit], ground: &Ground) -> String {
    let mut out = String::from("\n## Components and Interfaces\n");
    for (name, group) in grouped(units) {
        let unit = group[0];
        let what = match &unit.place {
            Some(place) if place.new => format!(
                "A new file, `{}` *new*, {}.",
                place.path,
                home::ties(&place.path, ground)
            )
            .replace(", .", "."),
            Some(place) => place
                .symbol
                .as_ref()
                .filter(|_| group.len() == 1)
                .map_or_else(
                    || format!("Extends `{}`.", place.path),
                    |symbol| format!("Extends `{symbol}` in `{}`.", place.path),
                ),
            None if ground.has_source() => format!("A part of {}.", unit.system),
            None => "A new part.".to_owned(),
        };
        out.push_str(&format!("\n### {name}\n\n{what}\n\n"));
        let mut ids: Vec<String> = Vec::new();
        for unit in &group {
            out.push_str(&format!("- {}\n", unit.title));
            for step in unit.steps.iter().take(5) {
                if !step.starts_with(unit.title.as_str()) {
                    out.push_str(&format!("  - {step}\n"));
                }
            }
            ids.extend(unit.ids.iter().cloned());
        }
        ids.sort_by_key(|id| numbers(id));
        ids.dedup();
        out.push_str(&format!("- Covers: {}\n", ids.join(", ")));
    }
    out
}

/// Units by file, named after it.
fn grouped(units: &[Unit]) -> Vec<(String, Vec<&Unit>)> {
    let mut out: Vec<(String, Vec<&Unit>)> = Vec::new();
    for unit in units {
        let name = unit.place.as_ref().map_or_else(
            || unit.title.clone(),
            |place| {
                place
                    .path
                    .rsplit('/')
                    .next()
                    .unwrap_or(&place.path)
                    .to_owned()
            },
        );
        let same = |other: &&Unit| {
            other.place.as_ref().map(|p| &p.path) == unit.place.as_ref().map(|p| &p.path)
                && unit.place.is_some()
        };
        let at = out.iter().position(|(_, group)| group.iter().any(same));
        let taken = out.iter().any(|(known, _)| *known == name);
        match at {
            Some(at) => out[at].1.push(unit),
            None if taken => out.push((
                unit.place.as_ref().map_or(name, |place| place.path.clone()),
                vec![unit],
            )),
            None => out.push((name, vec![unit])),
        }
    }
    out
}
