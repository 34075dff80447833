//! The type that a text gives something more, and the types that take or give its values.

use rutter_code::SymbolKind::{Class, Interface, Struct, Type};
use rutter_code::project::is_test_path;
use rutter_code::search::{Hit, words as code_words};

use super::{Aim, Role};
use crate::ground::Ground;
use crate::later::place::{self, Place};
use crate::plan::title::capital;

/// Words after a thing that give it something.
const GIVES: [&str; 18] = [
    "have", "has", "get", "gets", "need", "needs", "carry", "carries", "hold", "holds", "store",
    "stores", "contain", "contains", "include", "includes", "bekommen", "brauchen",
];

/// Words before a thing that something is kept for.
const FOR: [&str; 9] = [
    "per", "each", "every", "to", "with", "on", "for", "of", "'s",
];

/// Verbs that keep something.
const KEEPS: [&str; 9] = [
    "add", "store", "track", "record", "save", "keep", "attach", "put", "extend",
];

/// Words that give nothing: "has arrived", "needs to wait".
const IDLE: [&str; 8] = ["to", "been", "not", "come", "gone", "no", "left", "as"];

/// Words that speak of something that works on a thing rather than of a part of it.
const SHOWS: [&str; 16] = [
    "that",
    "which",
    "when",
    "command",
    "subcommand",
    "page",
    "endpoint",
    "route",
    "report",
    "export",
    "import",
    "job",
    "button",
    "search",
    "filter",
    "list",
];

/// Parts of names of types that carry another type's values.
const CARRIES: [&str; 20] = [
    "in", "out", "patch", "request", "response", "dto", "input", "output", "create", "update",
    "schema", "form", "add", "new", "place", "read", "write", "base", "payload", "body",
];

/// The type that gets more, then the types that carry its values.
pub fn aims(text: &str, ground: &Ground) -> Vec<Aim> {
    let Some(hit) = owner(text, ground) else {
        return Vec::new();
    };
    let name = hit.symbol.clone().unwrap_or_default();
    let mut first = Aim::new(place::of_hit(&hit), Role::Type, String::new());
    let fields = fields(&hit, ground);
    if !fields.is_empty() {
        first
            .notes
            .push(format!("`{name}` has {} now", listed(&fields)));
    }
    let makers = makers(&hit, ground);
    if !makers.is_empty() {
        first.notes.push(format!("Made in {}", listed(&makers)));
    }
    let mut out = vec![first];
    out.extend(
        carriers(&name, ground)
            .into_iter()
            .filter_map(|(path, names)| {
                if path == hit.path {
                    return None;
                }
                let act = if names.len() == 1 {
                    "Carry the new value in and out".to_owned()
                } else {
                    format!("Carry the new value in {}", listed(&names))
                };
                Some(Aim::new(
                    Place {
                        path,
                        symbol: (names.len() == 1).then(|| names[0].clone()),
                        new: false,
                    },
                    Role::Shape,
                    act,
                ))
            }),
    );
    out
}

/// The type that one word or two name, alone; of several the one where data is kept.
pub fn type_named(words: &str, ground: &Ground) -> Option<Hit> {
    let wanted: Vec<String> = code_words::split(words)
        .map(|word| code_words::stem(&word.to_lowercase()))
        .collect();
    if wanted.is_empty() {
        return None;
    }
    // "productos" is `Product`: what other languages add at the end goes.
    let cut = words
        .char_indices()
        .map(|(at, _)| at)
        .rev()
        .take(3)
        .filter(|at| *at >= 5);
    let roots: Vec<String> = std::iter::once(words.to_owned())
        .chain(cut.map(|at| words[..at].to_owned()))
        .collect();
    let mut found: Vec<Hit> = ground
        .index
        .find(&roots)
        .into_iter()
        .filter(|hit| {
            matches!(hit.kind, Some(Class | Struct | Interface | Type)) && !is_test_path(&hit.path)
        })
        .filter(|hit| {
            hit.symbol.as_deref().is_some_and(|name| {
                let own: Vec<String> = code_words::split(name)
                    .map(|word| code_words::stem(&word.to_lowercase()))
                    .collect();
                own.len() == wanted.len()
                    && own.iter().zip(&wanted).all(|(a, b)| super::alike(a, b))
            })
        })
        .collect();
    found.sort_by_key(|hit| {
        (
            matches!(hit.kind, Some(Type)),
            hit.container.is_some(),
            place::stems_of_name(&hit.path).is_empty(),
        )
    });
    found.into_iter().next()
}

/// The fields of a type, in the order of the text.
pub fn fields(hit: &Hit, ground: &Ground) -> Vec<String> {
    use rutter_code::SymbolKind::{Field, Variable};
    ground
        .index
        .symbols_of(&hit.path)
        .into_iter()
        .filter(|own| own.container == hit.symbol && matches!(own.kind, Some(Field | Variable)))
        .filter_map(|own| own.symbol)
        .filter(|name| !name.starts_with('_'))
        .take(12)
        .collect()
}

/// "`a`, `b` and `c`".
pub fn listed(names: &[String]) -> String {
    let ticked: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match ticked.split_last() {
        None => String::new(),
        Some((one, [])) => one.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    }
}

/// The type that the sentence gives something.
fn owner(text: &str, ground: &Ground) -> Option<Hit> {
    for sentence in text.split(['.', ';', '\n', '!', '?']) {
        let words: Vec<String> = sentence
            .split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-')
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        let lower: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
        let keeps = lower.iter().position(|word| KEEPS.contains(&word.as_str()));
        for at in 0..words.len() {
            for len in [2, 1] {
                let Some(name) = lower.get(at..at + len) else {
                    continue;
                };
                let named = name.iter().all(|word| word.len() > 2);
                let Some(hit) = named.then(|| type_named(&name.join(" "), ground)).flatten() else {
                    continue;
                };
                let after: Vec<&str> = lower[at + len..]
                    .iter()
                    .take(4)
                    .map(String::as_str)
                    .collect();
                let gives = after.iter().take(3).position(|word| GIVES.contains(word));
                let gives = gives.is_some_and(|gives| {
                    after
                        .get(gives + 1)
                        .is_some_and(|next| !next.ends_with("ed") && !IDLE.contains(next))
                });
                let before: Vec<&str> = lower[..at]
                    .iter()
                    .rev()
                    .take(2)
                    .map(String::as_str)
                    .collect();
                let kept = keeps.is_some_and(|keeps| {
                    keeps + 1 < at
                        && at - keeps <= 8
                        && !lower[keeps..at]
                            .iter()
                            .any(|word| SHOWS.contains(&word.as_str()))
                }) && before.iter().any(|word| FOR.contains(word));
                let first = at <= 1 && gives;
                if first || kept || gives && !lower[..at].iter().any(|word| is_type(word, ground)) {
                    return Some(hit);
                }
            }
        }
    }
    None
}

fn is_type(word: &str, ground: &Ground) -> bool {
    word.len() > 2 && type_named(word, ground).is_some()
}

/// The files that make a value of a type.
fn makers(hit: &Hit, ground: &Ground) -> Vec<String> {
    let Some(name) = &hit.symbol else {
        return Vec::new();
    };
    let forms = match hit.language {
        rutter_code::Language::Rust | rutter_code::Language::Go => {
            vec![format!("{name} {{"), format!("{name}{{")]
        }
        rutter_code::Language::Python => vec![format!(" {name}(")],
        _ => vec![format!("new {name}("), format!(": {name} = {{")],
    };
    let mut out: Vec<String> = Vec::new();
    for (path, text) in ground.texts.iter() {
        let makes = text.lines().any(|line| {
            let declares = [
                "struct ",
                "impl ",
                "class ",
                "interface ",
                "type ",
                "trait ",
                "enum ",
                "->",
            ]
            .iter()
            .any(|word| line.contains(word));
            !declares
                && forms.iter().any(|form| {
                    line.match_indices(form.as_str()).any(|(at, _)| {
                        line[..at]
                            .chars()
                            .next_back()
                            .is_none_or(|c| !c.is_alphanumeric() && c != '_')
                    })
                })
        });
        if makes
            && path != hit.path
            && rutter_code::Language::of_path(path) == Some(hit.language)
            && !is_test_path(path)
        {
            out.push(path.to_owned());
        }
    }
    out.truncate(3);
    out
}

/// Files with types that carry a type's values, each with the names of these.
fn carriers(name: &str, ground: &Ground) -> Vec<(String, Vec<String>)> {
    let wanted: Vec<String> = code_words::split(name).map(str::to_lowercase).collect();
    let mut out: Vec<(String, Vec<String>)> = Vec::new();
    for hit in ground.find(&[name.to_owned()]) {
        let Some(symbol) = hit
            .symbol
            .clone()
            .filter(|_| matches!(hit.kind, Some(Class | Struct | Interface)))
        else {
            continue;
        };
        let parts: Vec<String> = code_words::split(&symbol).map(str::to_lowercase).collect();
        let rest: Vec<&String> = parts.iter().filter(|part| !wanted.contains(part)).collect();
        let all = wanted.iter().all(|part| parts.contains(part));
        if !all || rest.is_empty() || !rest.iter().all(|part| CARRIES.contains(&part.as_str())) {
            continue;
        }
        match out.iter_mut().find(|(path, _)| *path == hit.path) {
            Some((_, names)) => names.push(symbol),
            None => out.push((hit.path.clone(), vec![symbol])),
        }
    }
    out.truncate(2);
    out.iter_mut().for_each(|(_, names)| names.truncate(4));
    out
}

/// A step that names the fields which an export or import of a thing has as columns.
pub fn columns(thing: &str, ground: &Ground) -> Option<String> {
    let hit = type_named(thing, ground)?;
    let fields = fields(&hit, ground);
    (!fields.is_empty()).then(|| {
        format!(
            "{} has {} in `{}`: decide for each whether it is a column",
            capital(&format!("`{}`", hit.symbol.as_deref().unwrap_or(thing))),
            listed(&fields),
            hit.path
        )
    })
}
