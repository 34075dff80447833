//! Which files and symbols some words mean. Identifiers and paths are cut into word stems; a rare
//! word says more than a common one; what is named exactly always comes first.

mod score;
mod texts;
pub mod words;

pub use texts::{Texts, holds_text};

use crate::project::is_test_path;
use crate::{Language, Symbol, SymbolKind};
use std::collections::HashMap;
use std::ops::Range;

/// The most hits that one search gives.
pub const MAX_HITS: usize = 100;

/// A file or a symbol in it that the words of a search mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The file's path, as it was added.
    pub path: String,
    /// The file's language.
    pub language: Language,
    /// The symbol's name; `None` if the file itself is meant.
    pub symbol: Option<String>,
    /// The name of what the symbol belongs to.
    pub container: Option<String>,
    /// The symbol's kind.
    pub kind: Option<SymbolKind>,
    /// The line of the symbol's name, from 0.
    pub line: u32,
    /// The offset of the symbol's name, in bytes.
    pub offset: usize,
    /// The higher the better; comparable within one search only.
    pub score: f32,
    /// The words name it exactly, by its identifier or path.
    pub exact: bool,
}

/// An index over files and their symbols. Names are kept once, in one string, so that tens of
/// thousands of files stay small.
#[derive(Debug, Default)]
pub struct Index {
    names: String,
    files: Vec<File>,
    by_path: HashMap<Box<str>, u32>,
    /// Every file and symbol; a posting is a place in here.
    entries: Vec<Entry>,
    postings: HashMap<Box<str>, Vec<Posting>>,
    dead: usize,
}

#[derive(Debug, Clone)]
struct File {
    path: Span,
    language: Language,
    alive: bool,
    entries: Range<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    start: u32,
    len: u32,
}

#[derive(Debug, Clone)]
struct Entry {
    file: u32,
    /// What its words count: less for a long name, a field or a test.
    weight: f32,
    /// `None` for the file itself.
    symbol: Option<Named>,
}

#[derive(Debug, Clone)]
struct Named {
    name: Span,
    container: Option<Span>,
    kind: SymbolKind,
    line: u32,
    offset: u32,
}

/// An entry's place and the part of it that a word comes from, in one number: there are many.
#[derive(Debug, Clone, Copy)]
struct Posting(u32);

impl Posting {
    fn new(entry: u32, part: Part) -> Self {
        Self(entry << 2 | part as u32)
    }

    fn entry(self) -> usize {
        (self.0 >> 2) as usize
    }

    fn part(self) -> Part {
        match self.0 & 3 {
            0 => Part::Name,
            1 => Part::Container,
            2 => Part::FileName,
            _ => Part::Folder,
        }
    }
}

/// The part of an entry that a word comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Name = 0,
    Container = 1,
    FileName = 2,
    Folder = 3,
}

impl Index {
    /// An index over these files.
    pub fn build<'a>(files: impl IntoIterator<Item = (&'a str, Language, &'a [Symbol])>) -> Self {
        let mut index = Self::default();
        for (path, language, symbols) in files {
            index.add(path, language, symbols);
        }
        index
    }

    /// Adds a file; takes the place of what was known of that path.
    pub fn add(&mut self, path: &str, language: Language, symbols: &[Symbol]) {
        self.remove(path);
        let file = self.files.len() as u32;
        let first = self.entries.len() as u32;
        let span = self.keep(path);
        let is_test = is_test_path(path);
        let weight = score::weight(words::path_parts(path).1, None, is_test);
        self.entries.push(Entry {
            file,
            weight,
            symbol: None,
        });
        for symbol in symbols {
            let named = Named {
                name: self.keep(&symbol.name),
                container: symbol.container.as_deref().map(|name| self.keep(name)),
                kind: symbol.kind,
                line: symbol.line,
                offset: symbol.name_range.start as u32,
            };
            let is_test = is_test || symbol.is_test;
            let weight = score::weight(&symbol.name, Some(symbol.kind), is_test);
            self.entries.push(Entry {
                file,
                weight,
                symbol: Some(named),
            });
        }
        let entries = first..self.entries.len() as u32;
        self.by_path.insert(path.into(), file);
        self.files.push(File {
            path: span,
            language,
            alive: true,
            entries: entries.clone(),
        });
        entries.for_each(|entry| self.post(entry));
    }

    /// Forgets a file; nothing happens if it is not known.
    pub fn remove(&mut self, path: &str) {
        let Some(file) = self.by_path.remove(path) else {
            return;
        };
        let file = &mut self.files[file as usize];
        file.alive = false;
        self.dead += file.entries.len();
        if self.dead > 1_000 && self.dead > self.entries.len() / 2 {
            self.compact();
        }
    }

    /// How many files are known.
    pub fn files(&self) -> usize {
        self.by_path.len()
    }

    /// How many symbols a file has; 0 for one that is not known.
    pub fn symbols_in(&self, path: &str) -> usize {
        self.by_path.get(path).map_or(0, |file| {
            self.files[*file as usize].entries.len().saturating_sub(1)
        })
    }

    /// The symbols of a file in the order of the text; none for one that is not known.
    pub fn symbols_of(&self, path: &str) -> Vec<Hit> {
        let Some(file) = self.by_path.get(path) else {
            return Vec::new();
        };
        let entries = self.files[*file as usize].entries.clone();
        entries
            .skip(1)
            .map(|at| score::hit(self, at, 0.0, false))
            .collect()
    }

    /// What the words mean, best first, at most [`MAX_HITS`]. A word may be plain, an identifier
    /// such as `AuthService.login`, or a path.
    pub fn find(&self, words: &[String]) -> Vec<Hit> {
        score::find(self, words)
    }

    /// Builds anew from what is alive.
    fn compact(&mut self) {
        let mut next = Self::default();
        for file in self.files.iter().filter(|file| file.alive) {
            let id = next.files.len() as u32;
            let first = next.entries.len() as u32;
            let path = self.text(file.path);
            let span = next.keep(path);
            for entry in file.entries.clone() {
                let entry = &self.entries[entry as usize];
                let symbol = entry.symbol.as_ref().map(|named| Named {
                    name: next.keep(self.text(named.name)),
                    container: named.container.map(|name| next.keep(self.text(name))),
                    ..named.clone()
                });
                next.entries.push(Entry {
                    file: id,
                    weight: entry.weight,
                    symbol,
                });
            }
            let entries = first..next.entries.len() as u32;
            next.by_path.insert(path.into(), id);
            next.files.push(File {
                path: span,
                entries: entries.clone(),
                ..file.clone()
            });
            entries.for_each(|entry| next.post(entry));
        }
        *self = next;
    }

    fn keep(&mut self, text: &str) -> Span {
        let start = self.names.len() as u32;
        self.names.push_str(text);
        Span {
            start,
            len: text.len() as u32,
        }
    }

    fn text(&self, span: Span) -> &str {
        &self.names[span.start as usize..(span.start + span.len) as usize]
    }

    /// Files an entry under the words of its name.
    fn post(&mut self, at: u32) {
        let entry = &self.entries[at as usize];
        let mut found: Vec<(String, Part)> = Vec::new();
        match &entry.symbol {
            Some(named) => {
                words::stems(self.text(named.name), &mut |word| {
                    found.push((word, Part::Name))
                });
                if let Some(container) = named.container {
                    words::stems(self.text(container), &mut |word| {
                        found.push((word, Part::Container))
                    });
                }
            }
            None => {
                let (folder, name) =
                    words::path_parts(self.text(self.files[entry.file as usize].path));
                words::stems(name, &mut |word| found.push((word, Part::FileName)));
                words::stems(folder, &mut |word| found.push((word, Part::Folder)));
            }
        }
        for at_word in 0..found.len() {
            let (word, part) = &found[at_word];
            // The first part a word stands in is the one that says most.
            if found[..at_word].iter().any(|(earlier, _)| earlier == word) {
                continue;
            }
            let posting = Posting::new(at, *part);
            match self.postings.get_mut(word.as_str()) {
                Some(list) => list.push(posting),
                None => {
                    self.postings.insert(word.as_str().into(), vec![posting]);
                }
            }
        }
    }
}
