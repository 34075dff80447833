//! The setting or constant whose value a text wants changed.

use rutter_code::Language;
use rutter_code::project::{is_manifest, is_test_path};
use rutter_code::search::words as code_words;

use super::{Aim, Role, Words, around, thing, value};
use crate::ground::Ground;
use crate::later::place::{self, Place};
use crate::prompt::names;

/// A line that gives a name a value.
struct Line<'t> {
    path: &'t str,
    /// The keys above it, in a file that nests them.
    above: String,
    key: &'t str,
    value: &'t str,
    at: usize,
}

/// Where the value stands that changes, then where it stands a second time.
pub fn aims(text: &str, words: &Words, ground: &Ground) -> Vec<Aim> {
    if !changes_a_value(text) {
        return Vec::new();
    }
    let plain = without_quotes(text);
    let said: Vec<u64> = value::numbers(&plain);
    let mail = plain.split_whitespace().any(is_mail);
    let lines = lines(ground);
    let mut best: Option<(usize, &Line<'_>)> = None;
    for line in &lines {
        let score = score(line, words, &said, mail);
        if score > 0 && best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, line));
        }
    }
    let Some((_, line)) = best else {
        return Vec::new();
    };
    let mut first = Aim::new(place_of(line, ground), Role::Setting, String::new());
    first
        .notes
        .push(format!("`{}` is now {}", line.key, now(line)));
    first.readers = readers(line, ground);
    if !first.readers.is_empty() {
        first
            .notes
            .push(format!("Read by {}", thing::listed(&first.readers)));
    }
    let mut out = vec![first];
    out.extend(again(line, &lines, words, ground));
    out
}

/// Whether a text gives a value, rather than asking for something that has one.
fn changes_a_value(text: &str) -> bool {
    let lower = format!(" {} ", text.to_lowercase());
    [
        " from ",
        " instead of ",
        " not ",
        " rather than ",
        " statt ",
        " raise ",
        " lower ",
        " increase ",
        " reduce ",
        " change ",
        " set ",
        " bump ",
        " allow ",
        " limit ",
        " maximum ",
        " minimum ",
        " at most ",
        " at least ",
        " up to ",
        " no more than ",
        " default ",
        " timeout ",
        " now ",
        " today ",
        " erhöhe",
        " senke",
        " en lugar de ",
        " au lieu de ",
        " should last ",
        " must last ",
        " longer ",
        " shorter ",
        " sender ",
    ]
    .iter()
    .any(|cue| lower.contains(cue))
}

fn without_quotes(text: &str) -> String {
    let mut plain = text.to_owned();
    for quote in names::quotes(text) {
        plain = plain.replace(quote, "");
    }
    plain
}

fn is_mail(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
}

/// How surely a line is meant; 0 when it is not.
fn score(line: &Line<'_>, words: &Words, said: &[u64], mail: bool) -> usize {
    let own = words.shared(&format!("{} {}", line.above, line.key));
    let around = words.shared(&format!(
        "{} {}",
        file_stem(line.path),
        identifiers(line.value)
    ));
    let values = value::values(line.value);
    let exact = said
        .iter()
        .any(|said| *said > 2 && values.iter().any(|value| value::is(*said, *value)));
    if exact && (own > 0 || around > 1) {
        return 10 + 3 * own + around;
    }
    let numeric = !said.is_empty() && !values.is_empty() && is_plain(line.value);
    let address = mail && line.value.contains('@');
    if address && own > 0 || numeric && own > 1 && words.shared(line.key) > 1 {
        return 3 * own + around;
    }
    0
}

/// Whether a value is little more than a number.
fn is_plain(value: &str) -> bool {
    value.len() < 80 && !value.contains(['{', '[']) && !value.contains("=>")
}

fn identifiers(value: &str) -> String {
    value
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .filter(|word| word.starts_with(char::is_alphabetic))
        .collect::<Vec<_>>()
        .join(" ")
}

fn file_stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.split('.').next().unwrap_or(file)
}

/// The value as it stands, on one short line.
fn now(line: &Line<'_>) -> String {
    let value = line.value.trim().trim_end_matches([',', ';']).trim();
    let value = value
        .rsplit_once("default(")
        .map_or(value, |(_, rest)| rest.trim_end_matches(')'));
    let value = value.rsplit_once(" = ").map_or(value, |(_, rest)| rest);
    let short: String = value.chars().take(40).collect();
    let short = short.replace('`', "");
    if short.bytes().all(|b| b.is_ascii_digit() || b == b'_') {
        short
    } else {
        format!("\"{}\"", short.trim_matches('"'))
    }
}

fn place_of(line: &Line<'_>, ground: &Ground) -> Place {
    let held = around(line.path, line.at, ground).filter(|hit| {
        hit.symbol.as_deref() != Some(line.key)
            && matches!(
                hit.kind,
                Some(rutter_code::SymbolKind::Class | rutter_code::SymbolKind::Struct)
            )
    });
    let symbol = match held.and_then(|hit| place::of_hit(&hit).symbol) {
        Some(owner) => format!("{owner}.{}", line.key),
        None => line.key.to_owned(),
    };
    Place {
        path: line.path.to_owned(),
        symbol: Some(symbol),
        new: false,
    }
}

/// Who reads the value, by its name in the ways that code writes it.
fn readers(line: &Line<'_>, ground: &Ground) -> Vec<String> {
    let parts: Vec<String> = code_words::split(line.key).map(str::to_lowercase).collect();
    let camel: String = parts
        .iter()
        .enumerate()
        .map(|(at, part)| {
            if at == 0 {
                part.clone()
            } else {
                crate::plan::title::capital(part)
            }
        })
        .collect();
    let forms = [line.key.to_owned(), camel, parts.join("_")];
    let mut found: Vec<String> = Vec::new();
    for form in forms.iter().filter(|form| form.len() > 5) {
        for (path, _) in ground.texts.holding(form) {
            if path != line.path
                && Language::of_path(path).is_some()
                && !is_test_path(path)
                && !found.iter().any(|known| known == path)
            {
                found.push(path.to_owned());
            }
        }
    }
    found.truncate(3);
    found
}

/// The same value, written out once more for the same thing.
fn again(line: &Line<'_>, lines: &[Line<'_>], words: &Words, ground: &Ground) -> Option<Aim> {
    let values = value::values(line.value);
    let other = lines.iter().find(|other| {
        other.path != line.path
            && Language::of_path(other.path).is_some()
            && words.shared(other.key) > 0
            && value::values(other.value)
                .iter()
                .any(|value| *value > 9 && values.contains(value))
    })?;
    let mut aim = Aim::new(
        place_of(other, ground),
        Role::Setting,
        format!("Bring `{}` in line with `{}`", other.key, line.key),
    );
    aim.notes.push(format!(
        "It states the same value on its own: {}",
        now(other)
    ));
    Some(aim)
}

/// The lines of sources and settings that give a name a value with a digit or an address in it.
fn lines(ground: &Ground) -> Vec<Line<'_>> {
    let mut out = Vec::new();
    for (path, text) in ground.texts.iter() {
        let nested = path.ends_with(".yml") || path.ends_with(".yaml");
        let settings = nested
            || [
                ".toml",
                ".properties",
                ".json",
                ".ini",
                ".env",
                ".env.example",
            ]
            .iter()
            .any(|end| path.ends_with(end));
        if is_test_path(path)
            || path.starts_with('.') && !path.starts_with(".env")
            || is_manifest(path)
            || !settings && Language::of_path(path).is_none()
        {
            continue;
        }
        let mut above: Vec<(usize, &str)> = Vec::new();
        let mut at = 0;
        for raw in text.split_inclusive('\n') {
            let start = at;
            at += raw.len();
            let Some((key, value)) = assignment(raw) else {
                continue;
            };
            let indent = raw.len() - raw.trim_start().len();
            above.retain(|(known, _)| *known < indent);
            if value.bytes().any(|b| b.is_ascii_digit()) || value.contains('@') {
                out.push(Line {
                    path,
                    above: if nested {
                        above
                            .iter()
                            .map(|(_, key)| *key)
                            .collect::<Vec<_>>()
                            .join(" ")
                    } else {
                        String::new()
                    },
                    key,
                    value,
                    at: start + indent,
                });
            }
            if nested {
                above.push((indent, key));
            }
        }
    }
    out
}

/// The name and the value of `pub const MAX: u32 = 5;`, `max-open: 5`, `"max": 5`.
fn assignment(raw: &str) -> Option<(&str, &str)> {
    let line = raw.trim();
    if line.len() > 160 || line.starts_with(['#', '*', '/', '@', '<', '(', '-', '.']) {
        return None;
    }
    let cut = line.find([':', '='])?;
    let (front, rest) = line.split_at(cut);
    let rest = rest.trim_start_matches([':', '=']);
    if line[cut..].starts_with("==")
        || line[cut..].starts_with("=>")
        || line[cut..].starts_with("::")
    {
        return None;
    }
    let key = front.trim().trim_end_matches('?').trim_matches(['"', '\'']);
    let key = key.rsplit([' ', '\t']).next().unwrap_or(key);
    let named = key.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && key
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
        && !front.contains(['(', ')', '{', '"', '\'']) | line.starts_with(['"', '\'']);
    named.then_some((key, rest))
}
