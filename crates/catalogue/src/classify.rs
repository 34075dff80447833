//! Which classes a text speaks of. Precision comes first: a text of no known class gets none.

use std::ops::Range;

use crate::class::Class;
use crate::language::{Language, is_unsure};
use crate::phrase::{Index, Kind, Token, find_part, tokens};
use crate::setting::{Setting, settings};

const STRONG: i32 = 3;
const AGAINST: i32 = 4;
const THRESHOLD: i32 = 3;

/// A class that a text speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct Match<'a> {
    /// The class.
    pub class: &'a Class,
    /// How strongly; only good for comparing.
    pub score: i32,
    /// The words that showed it.
    pub why: Vec<&'a str>,
}

/// Phrases of all classes, ready for matching.
pub(crate) fn index(classes: &[Class]) -> Index {
    let mut index = Index::default();
    for (at, class) in classes.iter().enumerate() {
        for (list, kind) in [
            (&class.strong, Kind::Strong),
            (&class.weak, Kind::Weak),
            (&class.not, Kind::Against),
        ] {
            for phrase in list {
                index.add(at, kind, phrase);
            }
        }
    }
    index
}

struct Evidence<'a> {
    class: usize,
    kind: Kind,
    phrase: &'a str,
    /// Bytes in the lower-case text.
    range: Range<usize>,
    words: usize,
    setting: Setting,
}

pub(crate) fn classify<'a>(
    classes: &'a [Class],
    index: &'a Index,
    text: &str,
    language: Language,
) -> Vec<Match<'a>> {
    let lower = text.to_lowercase();
    let tokens = tokens(&lower);
    let mut evidence = of_phrases(index, &tokens);
    evidence.extend(of_parts(classes, language, &lower));
    if language == Language::English && is_unsure(text) {
        // Too short to tell its language: long words are still no chance.
        for foreign in [Language::German, Language::Spanish, Language::French] {
            evidence.extend(
                of_parts(classes, foreign, &lower)
                    .into_iter()
                    .filter(|one| one.kind != Kind::Weak && one.range.len() >= 6),
            );
        }
    }
    let kept: Vec<&Evidence<'_>> = evidence
        .iter()
        .filter(|one| !is_part_of_longer(one, &evidence))
        .collect();
    let mut found: Vec<(usize, Match<'a>)> = classes
        .iter()
        .enumerate()
        .filter_map(|(at, class)| {
            let mine: Vec<&Evidence<'a>> =
                kept.iter().filter(|one| one.class == at).copied().collect();
            let first = mine
                .iter()
                .filter(|one| one.kind != Kind::Against)
                .map(|one| one.range.start)
                .min()?;
            let (score, why) = weigh(&mine);
            (score >= THRESHOLD).then_some((first, Match { class, score, why }))
        })
        .collect();
    // Among equals, what is named first is the main thing.
    found.sort_by_key(|(first, found)| (-found.score, *first));
    found.into_iter().map(|(_, found)| found).collect()
}

fn of_phrases<'a>(index: &'a Index, tokens: &[Token]) -> Vec<Evidence<'a>> {
    let settings = settings(tokens);
    let mut out = Vec::new();
    for (entry, range) in index.find(tokens) {
        let setting = settings[range.start];
        if setting == Setting::Out {
            continue;
        }
        let bytes = tokens[range.start].range.start..tokens[range.end - 1].range.end;
        out.push(Evidence {
            class: entry.class,
            kind: entry.kind,
            phrase: &entry.phrase,
            range: bytes,
            words: entry.len(),
            setting,
        });
    }
    out
}

/// Word parts of the text's language. One that begins with `~` only hints.
fn of_parts<'a>(classes: &'a [Class], language: Language, lower: &str) -> Vec<Evidence<'a>> {
    let mut out = Vec::new();
    if language == Language::English {
        return out;
    }
    for (class, parts) in classes
        .iter()
        .enumerate()
        .filter_map(|(at, class)| Some((at, class.words.get(language.code())?)))
    {
        for part in parts {
            let (bare, kind) = match (part.strip_prefix('~'), part.strip_prefix('!')) {
                (Some(bare), _) => (bare, Kind::Weak),
                (_, Some(bare)) => (bare, Kind::Against),
                _ => (part.as_str(), Kind::Strong),
            };
            let words = bare.split(' ').count();
            out.extend(find_part(lower, bare).into_iter().map(|range| Evidence {
                class,
                kind,
                phrase: part,
                range,
                words,
                setting: Setting::Asked,
            }));
        }
    }
    out
}

/// "Reset" within "password reset" is no evidence of its own, whichever class the longer phrase belongs to.
fn is_part_of_longer(one: &Evidence<'_>, all: &[Evidence<'_>]) -> bool {
    all.iter().any(|other| {
        let longer = other.range.start <= one.range.start
            && one.range.end <= other.range.end
            && other.range.len() > one.range.len();
        let counts = match other.kind {
            Kind::Strong => {
                one.kind != Kind::Against
                    && (other.setting == Setting::Asked || one.setting != Setting::Asked)
            }
            Kind::Against => other.class == one.class && one.kind != Kind::Against,
            Kind::Weak => other.class == one.class && one.kind == Kind::Weak,
        };
        longer && counts
    })
}

/// The score and the phrases that made it. What stands around the wish adds to a class but never makes one.
fn weigh<'a>(mine: &[&Evidence<'a>]) -> (i32, Vec<&'a str>) {
    let (mut asked, mut around) = (0, 0);
    let mut why: Vec<&'a str> = Vec::new();
    let mut against: Vec<&str> = Vec::new();
    let mut places: Vec<(Kind, &Range<usize>)> = Vec::new();
    for one in mine {
        // "dashboard" and "dashboards" are one phrase at one place.
        if why.contains(&one.phrase)
            || against.contains(&one.phrase)
            || places.contains(&(one.kind, &one.range))
        {
            continue;
        }
        places.push((one.kind, &one.range));
        match (one.kind, one.setting) {
            (Kind::Against, _) => {
                asked -= AGAINST;
                against.push(one.phrase);
                continue;
            }
            // A longer phrase is better evidence than a single word.
            (Kind::Strong, Setting::Asked) => {
                asked += STRONG + i32::try_from(one.words.min(3)).unwrap_or(3) - 1
            }
            (Kind::Strong, _) => around += 1,
            (Kind::Weak, Setting::Asked) => asked += 1,
            (Kind::Weak, _) => {}
        }
        why.push(one.phrase);
    }
    (
        if asked >= THRESHOLD {
            asked + around
        } else {
            asked
        },
        why,
    )
}
