//! A steering file, read.

use std::ops::Range;
use std::sync::Arc;

use rutter_text::front_matter;

use crate::front::Front;
use crate::kind::{Kind, Place, place};
use crate::pattern::Pattern;
use crate::reference::{self, Reference};
use crate::{statement, tokens};

/// When a steering file is included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Inclusion {
    /// In every conversation; also without front matter.
    #[default]
    Always,
    /// When a file that matches is worked on.
    FileMatch(Vec<Pattern>),
    /// When a person names it.
    Manual,
    /// When its description fits.
    Auto,
    /// When a file that is included refers to it.
    Referenced,
}

impl Inclusion {
    /// The word for it, as Kiro writes it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Inclusion::Always => "always",
            Inclusion::FileMatch(_) => "fileMatch",
            Inclusion::Manual => "manual",
            Inclusion::Auto => "auto",
            Inclusion::Referenced => "reference",
        }
    }
}

/// A steering file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steering {
    /// The path as handed in: relative to the root with `/`, or `~/…`.
    pub path: String,
    /// What it is and for whom it speaks.
    pub place: Place,
    /// The whole text.
    pub text: String,
    /// Its front matter.
    pub front: Option<Front>,
    /// When it is included.
    pub inclusion: Inclusion,
    /// What it refers to.
    pub references: Vec<Reference>,
    /// Where the text behind the front matter begins.
    pub body: usize,
    /// The estimated number of tokens of what an agent is given.
    pub tokens: usize,
    /// Its sentences that are rules of their own, in a form that can be compared, with their places.
    pub rules: Arc<[(String, Range<usize>)]>,
}

impl Steering {
    /// Reads a file. Front matter that is no YAML is read as far as it goes: the file still speaks. A path that names no
    /// steering file is taken for one of the project.
    pub fn parse(path: &str, text: &str) -> Self {
        let place = place(path).unwrap_or(Place {
            kind: Kind::Kiro,
            base: String::new(),
            global: path.starts_with("~/"),
            power: None,
            elsewhere: None,
        });
        Self::at(path, place, text)
    }

    /// Reads a file that others refer to.
    pub fn referenced(path: &str, text: &str) -> Self {
        let place = Place {
            kind: Kind::Referenced,
            base: String::new(),
            global: path.starts_with("~/"),
            power: None,
            elsewhere: None,
        };
        Self::at(path, place, text)
    }

    /// Reads the file at a place.
    pub fn at(path: &str, place: Place, text: &str) -> Self {
        let front = Front::read(text);
        let body = front_matter::find(text).map_or(0, |f| f.body);
        Self {
            path: path.to_owned(),
            inclusion: inclusion(path, &place, front.as_ref()),
            references: reference::find(text),
            tokens: tokens::estimate(&text[body..]),
            rules: statement::lines(text)
                .into_iter()
                .filter_map(|range| Some((statement::normal(&text[range.clone()])?, range)))
                .collect(),
            text: text.to_owned(),
            place,
            front,
            body,
        }
    }

    /// The names that the file of a reference may have, best first. Only the user's own files reach into the home folder.
    pub fn candidates(&self, reference: &Reference) -> Vec<String> {
        let place = &self.place;
        let Some(elsewhere) = &place.elsewhere else {
            let mut found = reference.candidates(&place.base, &self.path);
            found.retain(|name| place.global || !name.starts_with("~/"));
            return found;
        };
        let own = self.path.strip_prefix(&elsewhere.root).unwrap_or_default();
        let found = reference.candidates(&place.base, own.trim_start_matches('/'));
        let there = |name| format!("{}/{name}", elsewhere.root);
        found.into_iter().map(there).collect()
    }

    /// The text behind the front matter.
    pub fn body(&self) -> &str {
        &self.text[self.body..]
    }

    /// What a person calls it in a chat: its name in the front matter, else that of the file.
    pub fn name(&self) -> &str {
        let front = self.front.as_ref().and_then(|f| f.value("name"));
        front.unwrap_or_else(|| {
            let file = self.path.rsplit('/').next().unwrap_or(&self.path);
            file.split_once('.')
                .map_or(file, |(stem, _)| if stem.is_empty() { file } else { stem })
        })
    }

    /// Its sentences: list items and paragraphs, without headings and code.
    pub fn statements(&self) -> Vec<String> {
        statement::lines(&self.text)
            .into_iter()
            .filter(|r| r.start >= self.body)
            .map(|r| self.text[r].to_owned())
            .collect()
    }

    /// The path of a file as its patterns see it: below the folder it speaks for; nothing where it speaks for another.
    pub fn below<'a>(&self, file: &'a str) -> Option<&'a str> {
        if self.place.base.is_empty() {
            return Some(file);
        }
        file.strip_prefix(self.place.base.as_str())?
            .strip_prefix('/')
    }
}

/// The key that holds the patterns of a kind of file.
pub fn pattern_key(kind: Kind) -> &'static str {
    match kind {
        Kind::Cursor | Kind::Windsurf => "globs",
        Kind::Copilot => "applyTo",
        _ => "fileMatchPattern",
    }
}

fn inclusion(path: &str, place: &Place, front: Option<&Front>) -> Inclusion {
    let patterns = || -> Vec<Pattern> {
        let values = front.map_or(&[][..], |f| f.values(pattern_key(place.kind)));
        values.iter().flat_map(|v| Pattern::read(v)).collect()
    };
    let value = |key: &str| front.and_then(|f| f.value(key));
    let matching = |otherwise: Inclusion| {
        let patterns = patterns();
        if patterns.is_empty() {
            otherwise
        } else {
            Inclusion::FileMatch(patterns)
        }
    };
    match place.kind {
        Kind::Kiro => match value("inclusion") {
            Some("fileMatch") => matching(Inclusion::Always),
            Some("manual") => Inclusion::Manual,
            Some("auto") => Inclusion::Auto,
            _ => Inclusion::Always,
        },
        Kind::Agents | Kind::Claude | Kind::Gemini => Inclusion::Always,
        Kind::Cursor if path.ends_with(".cursorrules") => Inclusion::Always,
        Kind::Cursor => match (value("alwaysApply"), value("description")) {
            (Some("true"), _) => Inclusion::Always,
            (_, Some(_)) => matching(Inclusion::Auto),
            (_, None) => matching(Inclusion::Manual),
        },
        Kind::Copilot if path.ends_with("copilot-instructions.md") => Inclusion::Always,
        Kind::Copilot => matching(Inclusion::Manual),
        Kind::Windsurf => match value("trigger") {
            Some("glob") => matching(Inclusion::Always),
            Some("manual") => Inclusion::Manual,
            Some("model_decision") => Inclusion::Auto,
            _ => Inclusion::Always,
        },
        Kind::Skill | Kind::Power => Inclusion::Auto,
        Kind::Referenced => Inclusion::Referenced,
    }
}
