//! `requirements.md` and `bugfix.md`: requirements, criteria, glossary terms.

mod criteria;
mod index;
mod observed;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use rutter_text::Ident;
use rutter_text::markdown::{self, Outline};

use crate::decisions::{self, Concern, Decision};
use crate::ears::{self, Ears};
use crate::heading::{self, Numbered};
use crate::labels;
use crate::rules::terms::Glossary;
use crate::terms::Finder;
use crate::wording::facts::Known;
use index::Index;
pub use observed::Observed;

/// A requirement: a numbered heading with criteria.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Its id; without numbers where criteria stand in a flat list under no requirement.
    pub id: Ident,
    /// The id as written (`REQ-001`).
    pub label: String,
    /// The title, may be empty.
    pub title: String,
    /// The bytes of the id in the heading; empty where there is none.
    pub id_range: Range<usize>,
    /// The bytes of the heading's text.
    pub heading: Range<usize>,
    /// The whole section.
    pub range: Range<usize>,
    /// The line of the heading.
    pub line: usize,
    /// The user story, label included.
    pub story: Option<Range<usize>>,
    /// The criteria in order.
    pub criteria: Vec<Criterion>,
}

/// An acceptance criterion.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// Its id: the requirement's id and its own number.
    pub id: Ident,
    /// The id as people write it.
    pub label: String,
    /// Whether the id stands in the text rather than following from the list.
    pub explicit: bool,
    /// From the list marker to the end of its last line.
    pub range: Range<usize>,
    /// The marker or the written id, where renumbering happens.
    pub marker: Range<usize>,
    /// The sentence in the document, wrapped lines included.
    pub body: Range<usize>,
    /// The sentence on one line.
    pub text: String,
    /// How it reads as EARS.
    pub ears: Ears,
    /// What was found out about its sentence.
    pub(crate) known: Known,
}

impl Criterion {
    /// What it says to people: [`Self::text`] without the note on where it was observed.
    pub fn said(&self) -> &str {
        observed::split(&self.text).map_or(&self.text, |(said, _)| said)
    }

    /// Where in code it was observed, as its note tells.
    pub fn observed(&self) -> Option<Observed<'_>> {
        observed::split(&self.text).map(|(_, observed)| observed)
    }

    /// What it says, without notes and comments behind it.
    pub(crate) fn sentence(&self) -> &str {
        let said = self.said();
        let end = said.find("<!--").unwrap_or(said.len());
        said[..end].trim_end()
    }

    /// The binding verbs, `SHALL` and its like, in bytes of [`Self::text`].
    pub fn binding(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.ears
            .keywords
            .iter()
            .filter(|k| {
                let word = &self.text[(*k).clone()];
                ["SHALL", "MUST", "MUSS"]
                    .iter()
                    .any(|verb| word.eq_ignore_ascii_case(verb))
            })
            .cloned()
    }

    /// Whether it says that something shall be, in any language whose words are known.
    pub fn binds(&self) -> bool {
        self.binding().next().is_some() || self.ears.modal && !self.text.is_ascii()
    }

    /// The bytes in the document of a part of [`Self::text`], wrapped lines and their indentation included.
    pub fn place(&self, document: &str, part: Range<usize>) -> Range<usize> {
        if self.text.len() == self.body.len() {
            return self.body.start + part.start..self.body.start + part.end;
        }
        let spaces = |s: &str| s.chars().filter(|c| !c.is_whitespace()).count();
        let (before, inside) = (spaces(&self.text[..part.start]), spaces(&self.text[part]));
        let mut solid = document[self.body.clone()]
            .char_indices()
            .filter(|(_, c)| !c.is_whitespace())
            .map(|(i, c)| (self.body.start + i, c.len_utf8()))
            .skip(before);
        let Some((start, first)) = solid.next() else {
            return self.body.end..self.body.end;
        };
        let end = if inside > 1 {
            solid.nth(inside - 2)
        } else {
            Some((start, first))
        };
        start..end.map_or(self.body.end, |(at, length)| at + length)
    }
}

/// A glossary term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term.
    pub name: String,
    /// Its bytes.
    pub name_range: Range<usize>,
    /// What it means.
    pub definition: String,
    /// The whole entry.
    pub range: Range<usize>,
}

/// A requirements document, or a bugfix document read the same way.
#[derive(Clone, Debug, Default)]
pub struct Requirements {
    /// The lines it was read from.
    pub outline: Outline,
    /// The text of the first heading.
    pub title: Option<Range<usize>>,
    /// The section in front of the glossary and the requirements, without its heading.
    pub introduction: Option<Range<usize>>,
    /// The glossary.
    pub terms: Vec<Term>,
    /// The requirements in order.
    pub requirements: Vec<Requirement>,
    /// What is still to be decided.
    pub decisions: Vec<Decision>,
    /// What was left out.
    pub concerns: Vec<Concern>,
    /// Whether it was read as `bugfix.md`.
    pub is_bugfix: bool,
    index: OnceLock<Index>,
    finder: OnceLock<Finder>,
    /// What rules work out of the glossary.
    pub(crate) glossary: Arc<Glossary>,
}

impl Requirements {
    /// Reads `requirements.md`.
    pub fn parse(text: &str) -> Self {
        Self::of(text, Outline::new(text))
    }

    /// Reads `requirements.md` from its lines.
    pub(crate) fn of(text: &str, outline: Outline) -> Self {
        let mut requirements = read_requirements(text, &outline);
        if requirements.is_empty() {
            requirements.extend(criteria::flat(text, &outline));
        }
        Self::assemble(text, outline, requirements, false)
    }

    /// Reads `bugfix.md`: its sections are requirements, its numbered points are criteria.
    pub fn parse_bugfix(text: &str) -> Self {
        Self::of_bugfix(text, Outline::new(text))
    }

    /// Reads `bugfix.md` from its lines.
    pub(crate) fn of_bugfix(text: &str, outline: Outline) -> Self {
        let mut requirements = criteria::points(text, &outline);
        if requirements.is_empty() {
            requirements = read_requirements(text, &outline);
        }
        Self::assemble(text, outline, requirements, true)
    }

    /// Reads another version of the same document.
    pub fn read_again(&self, text: &str) -> Self {
        if self.is_bugfix {
            Self::parse_bugfix(text)
        } else {
            Self::parse(text)
        }
    }

    /// Takes over what was found out about the sentences of an earlier version that are the same here, from both ends:
    /// what was written stands between; and about the glossary, where its entries say the same.
    pub(crate) fn take_over(&mut self, former: &Self) {
        let same = |(one, other): (&Term, &Term)| {
            one.name == other.name && one.definition == other.definition
        };
        if self.terms.len() == former.terms.len() && self.terms.iter().zip(&former.terms).all(same)
        {
            self.glossary = Arc::clone(&former.glossary);
            self.finder.clone_from(&former.finder);
        }
        let mut old = former.requirements.iter().flat_map(|r| &r.criteria);
        let mut new = self.requirements.iter_mut().flat_map(|r| &mut r.criteria);
        for (new, old) in new.by_ref().zip(old.by_ref()) {
            if new.text != old.text {
                break;
            }
            new.known.take_over(&old.known);
        }
        for (new, old) in new.rev().zip(old.rev()) {
            if new.text != old.text {
                break;
            }
            new.known.take_over(&old.known);
        }
    }

    fn assemble(
        text: &str,
        outline: Outline,
        requirements: Vec<Requirement>,
        is_bugfix: bool,
    ) -> Self {
        Self {
            title: (0..outline.lines.len())
                .find_map(|i| outline.heading(i))
                .map(|(_, r)| r),
            introduction: introduction(&outline, text),
            terms: terms(text, &outline),
            requirements,
            decisions: decisions::decisions(text, &outline),
            concerns: decisions::concerns(text, &outline),
            is_bugfix,
            index: OnceLock::new(),
            finder: OnceLock::new(),
            glossary: Arc::default(),
            outline,
        }
    }

    /// The requirements that say what shall be: all, but of a bugfix not the section on what happens today.
    pub fn wanted(&self) -> impl Iterator<Item = &Requirement> {
        let says = |r: &Requirement| {
            r.criteria.iter().filter(|c| c.binds()).count() * 2 > r.criteria.len()
        };
        self.requirements
            .iter()
            .filter(move |r| !self.is_bugfix || says(r))
    }

    /// Every criterion with its requirement.
    pub fn criteria(&self) -> impl Iterator<Item = (&Requirement, &Criterion)> + Clone {
        self.requirements
            .iter()
            .flat_map(|r| r.criteria.iter().map(move |c| (r, c)))
    }

    /// The requirement with this id: exactly, else the first with its numbers where one of both has no prefix.
    pub fn requirement(&self, id: &Ident) -> Option<&Requirement> {
        let places = self.index().requirements(&id.numbers);
        best(places.map(|r| &self.requirements[r]), |r| &r.id, id)
    }

    /// The criterion with this id: exactly, else the first with its numbers where one of both has no prefix.
    pub fn criterion(&self, id: &Ident) -> Option<&Criterion> {
        let places = self.index().criteria(&id.numbers);
        let criteria = places.map(|(r, c)| &self.requirements[r].criteria[c]);
        best(criteria, |c| &c.id, id)
    }

    /// Finds the uses of the terms in a text.
    pub fn finder(&self) -> &Finder {
        self.finder.get_or_init(|| Finder::new(&self.terms))
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(&self.requirements))
    }
}

fn best<'a, T>(
    same_numbers: impl Iterator<Item = &'a T> + Clone,
    id_of: fn(&T) -> &Ident,
    id: &Ident,
) -> Option<&'a T> {
    same_numbers
        .clone()
        .find(|t| id_of(t).matches(id))
        .or_else(|| {
            let mut loose = same_numbers;
            loose.find(|t| id_of(t).prefix.is_empty() || id.prefix.is_empty())
        })
}

/// The first second-level section, when it is neither glossary nor requirements.
fn introduction(outline: &Outline, text: &str) -> Option<Range<usize>> {
    let i = (0..outline.lines.len())
        .find(|&i| outline.heading(i).is_some_and(|(level, _)| level == 2))?;
    let (_, heading) = outline.heading(i)?;
    let name = &text[heading];
    let other = labels::is_glossary(name) || labels::is_requirements_section(name);
    (!other).then(|| outline.bytes(i + 1..outline.next_heading(i), text))
}

/// The entries of the glossary: `- **Term**: meaning`, also with the colon inside the stars.
fn terms(text: &str, outline: &Outline) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    let Some(heading) = (0..outline.lines.len()).find(|&i| {
        outline
            .heading(i)
            .is_some_and(|(_, r)| labels::is_glossary(&text[r]))
    }) else {
        return terms;
    };
    for i in outline.text_lines(heading + 1..outline.section_end(heading)) {
        let line = &outline.lines[i];
        let start = markdown::item(text, line).map_or(line.range.start, |item| item.content.start);
        let content = &text[start..line.range.end];
        let entry = content
            .strip_prefix("**")
            .and_then(|rest| rest.split_once("**"));
        match entry {
            Some((name, rest)) => {
                let bare = name.trim_end_matches([':', '：']).trim_end();
                let definition = rest
                    .trim_start_matches([':', '：', ' ', '-', '–', '—'])
                    .trim();
                terms.push(Term {
                    name: bare.to_owned(),
                    name_range: start + 2..start + 2 + bare.len(),
                    definition: definition.to_owned(),
                    range: line.range.clone(),
                });
            }
            None => {
                if let Some(last) = terms.last_mut() {
                    last.definition = format!("{} {}", last.definition, content.trim());
                    last.range.end = line.range.end;
                }
            }
        }
    }
    terms
}

/// How sure a heading is to open a requirement.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Claim {
    /// Its word says so.
    Named,
    /// Its number needs the section's content behind it.
    Numbered,
}

fn read_requirements(text: &str, outline: &Outline) -> Vec<Requirement> {
    let candidates: Vec<(usize, u8, Range<usize>, Numbered, Claim)> = (0..outline.lines.len())
        .filter_map(|i| {
            let (level, range) = outline.heading(i)?;
            let numbered = heading::numbered(text, range.clone())?;
            let word = if numbered.word.is_empty() {
                numbered.id.prefix.trim_end_matches('-')
            } else {
                &numbered.word
            };
            let claim = match labels::names_requirement(word) {
                Some(true) => Claim::Named,
                Some(false) => return None,
                None => Claim::Numbered,
            };
            (level >= 2).then_some((i, level, range, numbered, claim))
        })
        .collect();
    let mut found = Vec::new();
    for (n, (line, level, range, numbered, claim)) in candidates.iter().enumerate() {
        let end = section_end(
            text,
            outline,
            *line,
            *level,
            candidates.get(n + 1).map(|c| c.0),
        );
        let inner = candidates
            .get(n + 1)
            .is_some_and(|c| c.0 < outline.section_end(*line) && c.1 > *level);
        let story = story(text, outline, line + 1..end);
        let mut criteria =
            criteria::of_requirement(text, outline, *line, end, *claim == Claim::Named);
        let evidence =
            criteria.announced || story.is_some() || criteria.items.iter().any(|c| c.ears.modal);
        if inner && !criteria.announced && story.is_none() {
            continue;
        }
        if *claim == Claim::Numbered && (!evidence || criteria.items.is_empty() && story.is_none())
        {
            continue;
        }
        criteria::number(
            &mut criteria.items,
            &numbered.id,
            &text[numbered.id_range.clone()],
        );
        found.push((
            *claim,
            Requirement {
                id: numbered.id.clone(),
                label: text[numbered.id_range.clone()].to_owned(),
                title: numbered.title.clone(),
                id_range: numbered.id_range.clone(),
                heading: range.clone(),
                range: outline.bytes(*line..end, text),
                line: *line,
                story,
                criteria: criteria.items,
            },
        ));
    }
    // Where headings say `Requirement N`, a merely numbered section beside them is prose.
    if found
        .iter()
        .any(|(claim, r)| *claim == Claim::Named && !r.criteria.is_empty())
    {
        found.retain(|(claim, _)| *claim == Claim::Named);
    }
    found.into_iter().map(|(_, r)| r).collect()
}

/// Where a requirement ends: at the next candidate, or at a heading of its level or above that doesn't announce its
/// criteria or story.
fn section_end(
    text: &str,
    outline: &Outline,
    line: usize,
    level: u8,
    next: Option<usize>,
) -> usize {
    (line + 1..outline.lines.len())
        .find(|&i| {
            Some(i) == next
                || outline.heading(i).is_some_and(|(l, r)| {
                    l < level
                        || l == level
                            && !labels::is_acceptance(&text[r.clone()])
                            && !labels::is_story(&text[r])
                })
        })
        .unwrap_or(outline.lines.len())
}

/// The user story: a labelled line, or the paragraph under a heading that says so.
fn story(text: &str, outline: &Outline, lines: Range<usize>) -> Option<Range<usize>> {
    for i in lines.clone() {
        if let Some((_, heading)) = outline.heading(i) {
            if labels::is_story(&text[heading]) {
                let first = outline.text_lines(i + 1..lines.end).next()?;
                return Some(paragraph(text, outline, first, lines.end));
            }
            continue;
        }
        let line = &outline.lines[i];
        let content = text[line.range.clone()].trim_start_matches([' ', '-', '*', '_', '>']);
        if let Some((label, _)) = content.split_once([':', '：'])
            && labels::is_story(label)
        {
            return Some(paragraph(text, outline, i, lines.end));
        }
    }
    None
}

fn paragraph(text: &str, outline: &Outline, first: usize, end: usize) -> Range<usize> {
    let last = (first..end)
        .take_while(|&i| {
            outline.lines[i].kind == markdown::LineKind::Text
                && (i == first
                    || markdown::item(text, &outline.lines[i]).is_none()
                        && !text[outline.lines[i].range.clone()]
                            .trim_start()
                            .starts_with("**"))
        })
        .last()
        .unwrap_or(first);
    outline.lines[first].range.start..outline.lines[last].range.end
}

/// A criterion before it has its number.
fn criterion(
    body_text: String,
    range: Range<usize>,
    marker: Range<usize>,
    body: Range<usize>,
) -> Criterion {
    let ears = ears::read(&body_text);
    Criterion {
        id: Ident::of([]),
        label: String::new(),
        explicit: false,
        range,
        marker,
        body,
        text: body_text,
        ears,
        known: Known::default(),
    }
}

#[cfg(test)]
mod tests;
