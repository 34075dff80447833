//! The code that a text means, found by evidence: a message it quotes, a setting whose value it states, a command, a route,
//! a page or a type it names. Words that merely look alike are no evidence.

mod act;
mod command;
mod page;
mod quoted;
mod route;
mod setting;
pub mod thing;
mod value;

pub use quoted::quoted;

use rutter_catalogue::Layer;
use rutter_code::search::{Hit, words as code_words};

use super::place::{self, Place};
use crate::ground::Ground;

/// Why a place is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It holds the text that changes.
    Text,
    /// It states the value that changes.
    Setting,
    /// It declares a type that gets more.
    Type,
    /// It takes or gives the values of that type.
    Shape,
    /// It declares commands or their options.
    Declare,
    /// It does a command's work.
    Work,
    /// It does what a noun of the text names: `cancel` for "a cancellation".
    Act,
    /// It calls commands.
    Dispatch,
    /// It declares or answers a route.
    Route,
    /// People see it.
    Page,
}

/// A place that a text means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aim {
    /// Where.
    pub place: Place,
    /// Why.
    pub role: Role,
    /// What is done there, in a few words; empty when the text itself says it best.
    pub act: String,
    /// What one should know of it.
    pub notes: Vec<String>,
    /// Sources that depend on it; their tests show its effect.
    pub readers: Vec<String>,
}

impl Aim {
    fn new(place: Place, role: Role, act: impl Into<String>) -> Self {
        Self {
            place,
            role,
            act: act.into(),
            notes: Vec::new(),
            readers: Vec::new(),
        }
    }

    /// Whether a piece of work of this layer belongs here.
    pub fn serves(&self, layer: Layer) -> bool {
        match self.role {
            Role::Text | Role::Setting => false,
            Role::Type | Role::Shape => layer == Layer::Data,
            Role::Declare | Role::Dispatch | Role::Route => layer == Layer::Interface,
            Role::Work | Role::Act => layer == Layer::Service,
            Role::Page => layer == Layer::Ui,
        }
    }
}

/// The places that a text means, in the order of work; one aim a file.
pub fn aims(text: &str, ground: &Ground) -> Vec<Aim> {
    let words = Words::of(text);
    let sure = [
        quoted::aims(text, &words, ground),
        setting::aims(text, &words, ground),
        command::aims(text, ground),
    ];
    let mut out = sure
        .into_iter()
        .find(|found| !found.is_empty())
        .unwrap_or_else(|| {
            let mut found = thing::aims(text, ground);
            found.extend(route::aims(text, ground));
            if found.is_empty() {
                found.extend(act::aims(text, ground));
            }
            let pages = page::aims(text, &words, &found, ground);
            found.extend(pages);
            found
        });
    let mut seen: Vec<String> = Vec::new();
    out.retain(|aim| {
        !seen.contains(&aim.place.path) && {
            seen.push(aim.place.path.clone());
            true
        }
    });
    out
}

/// The telling words of a text as stems, with what code writes for some of them.
pub(super) struct Words {
    stems: Vec<String>,
}

/// Phrases of people and the word that names of settings have for them.
const SHORT_FOR: [(&str, &str); 12] = [
    ("at most", "max"),
    ("up to", "max"),
    ("no more than", "max"),
    ("maximum", "max"),
    ("at least", "min"),
    ("minimum", "min"),
    ("characters", "length"),
    ("letters", "length"),
    ("sender", "from"),
    ("come from", "from"),
    ("sent from", "from"),
    ("seconds", "ttl"),
];

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let lower = text.to_lowercase();
        let mut stems: Vec<String> = place::stems(&[text.to_owned()]).into_iter().collect();
        for (phrase, word) in SHORT_FOR {
            if lower.contains(phrase) {
                stems.push(code_words::stem(word));
            }
        }
        Self { stems }
    }

    /// How many words of a name are among these.
    pub(super) fn shared(&self, name: &str) -> usize {
        let mut own: Vec<String> = Vec::new();
        code_words::stems(name, &mut |stem| own.push(stem));
        own.sort();
        own.dedup();
        own.iter()
            .filter(|stem| self.stems.iter().any(|said| alike(said, stem)))
            .count()
    }
}

/// Whether two stems are one word: the same, or a long one begins with the other ("remind", "reminder"; "minuten", "minut").
fn alike(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    a == b || short.len() >= 5 && long.len() - short.len() <= 3 && long.starts_with(short)
}

/// The function, method or type around a place in a file, judged by indentation.
fn around(path: &str, at: usize, ground: &Ground) -> Option<Hit> {
    use rutter_code::SymbolKind::{Class, Enum, Function, Interface, Method, Struct, Trait, Type};
    let (_, text) = ground.texts.iter().find(|(known, _)| *known == path)?;
    let indent = |offset: usize| {
        let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
        text[start..].len() - text[start..].trim_start_matches([' ', '\t']).len()
    };
    let own = indent(at);
    ground
        .index
        .symbols_of(path)
        .into_iter()
        .filter(|hit| {
            matches!(
                hit.kind,
                Some(Class | Enum | Function | Interface | Method | Struct | Trait | Type)
            )
        })
        .filter(|hit| hit.offset <= at && text.is_char_boundary(hit.offset))
        .filter(|hit| indent(hit.offset) < own || hit.line == line_of(text, at))
        .max_by_key(|hit| hit.offset)
}

/// The line of an offset, from 0.
fn line_of(text: &str, at: usize) -> u32 {
    u32::try_from(text[..at].bytes().filter(|b| *b == b'\n').count()).unwrap_or(u32::MAX)
}
