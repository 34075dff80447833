//! How well an entry fits the words of a search.

use super::{Entry, Hit, Index, MAX_HITS, Part, words};
use crate::SymbolKind;

/// What an exact mention adds: more than any sum of words.
const EXACT: f32 = 1_000.0;

/// What a word in another form, such as `auth` for `authentication`, counts.
const SAME_MEANING: f32 = 0.7;

/// How much of its file's score a symbol takes over.
const FROM_FILE: f32 = 0.3;

/// A word of the search that looks like code.
struct Mention<'w> {
    /// `AuthService` of `AuthService.login`.
    owner: Option<&'w str>,
    name: &'w str,
    /// The whole word, as a path.
    path: &'w str,
}

pub(super) fn find(index: &Index, words: &[String]) -> Vec<Hit> {
    let (stems, mentions) = read(words);
    let mut scores = vec![0.0f32; index.entries.len()];
    let mut touched: Vec<u32> = Vec::new();
    for (stem, weight) in &stems {
        let Some(list) = index.postings.get(stem.as_str()) else {
            continue;
        };
        let rarity = (1.0 + index.entries.len() as f32 / list.len() as f32).ln();
        for posting in list {
            let part = match posting.part() {
                Part::Name => 1.0,
                Part::FileName => 0.9,
                Part::Container => 0.4,
                Part::Folder => 0.5,
            };
            let score = &mut scores[posting.entry()];
            if *score == 0.0 {
                touched.push(posting.entry() as u32);
            }
            *score += rarity * weight * part;
        }
    }
    let mut hits: Vec<(f32, bool, u32)> = touched
        .into_iter()
        .filter_map(|at| {
            let entry = &index.entries[at as usize];
            let file = &index.files[entry.file as usize];
            if !file.alive {
                return None;
            }
            let of_file = match entry.symbol {
                Some(_) => FROM_FILE * scores[file.entries.start as usize],
                None => 0.0,
            };
            let exact = mentions
                .iter()
                .any(|mention| is_meant(index, entry, mention));
            let score = (scores[at as usize] + of_file) * entry.weight;
            Some((score + if exact { EXACT } else { 0.0 }, exact, at))
        })
        .collect();
    let best_first = |(a, _, a_at): &(f32, bool, u32), (b, _, b_at): &(f32, bool, u32)| {
        b.total_cmp(a).then(a_at.cmp(b_at))
    };
    if hits.len() > MAX_HITS {
        hits.select_nth_unstable_by(MAX_HITS, best_first);
        hits.truncate(MAX_HITS);
    }
    hits.sort_by(best_first);
    hits.into_iter()
        .map(|(score, exact, at)| hit(index, at, score, exact))
        .collect()
}

/// What the words of an entry count: `login` fits "login" better than `loginErrorMessage`, a type
/// says more than a field, and a prompt means the code rather than its tests.
pub(super) fn weight(name: &str, kind: Option<SymbolKind>, is_test: bool) -> f32 {
    let more_words = words::split(name).count().saturating_sub(1) as f32;
    let for_kind = match kind {
        Some(SymbolKind::Field | SymbolKind::Variable) => 0.5,
        Some(SymbolKind::Constant) => 0.7,
        Some(SymbolKind::Module | SymbolKind::Method | SymbolKind::Macro | SymbolKind::Type) => 0.9,
        _ => 1.0,
    };
    let for_test = if is_test { 0.6 } else { 1.0 };
    for_kind * for_test / (1.0 + 0.15 * more_words)
}

/// The stems to look for with their weights, and the words that look like code.
fn read(words: &[String]) -> (Vec<(String, f32)>, Vec<Mention<'_>>) {
    let mut stems: Vec<(String, f32)> = Vec::new();
    let mut add =
        |stem: String, weight: f32| match stems.iter_mut().find(|(known, _)| *known == stem) {
            Some((_, known)) => *known = known.max(weight),
            None => stems.push((stem, weight)),
        };
    let mut mentions = Vec::new();
    let mut before = String::new();
    for word in words {
        let bare = bare(word);
        let lower = bare.to_lowercase();
        if let Some(one) = words::joined(&before, &lower) {
            add(words::stem(one), 1.0);
        }
        if is_code(bare) {
            mentions.push(mention(bare));
        }
        if !words::is_stop(&lower) {
            words::stems(bare, &mut |stem| {
                words::same_as(&stem).for_each(|same| add(same, SAME_MEANING));
                add(stem, 1.0);
            });
        }
        before = lower;
    }
    (stems, mentions)
}

/// The word without quotes, brackets and the end of its sentence.
fn bare(word: &str) -> &str {
    let word = word
        .trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '/' | '.' | '$' | '#')));
    word.trim_end_matches(['.', '#', '/'])
}

/// An identifier or a path rather than a word of prose.
fn is_code(word: &str) -> bool {
    word.contains(['_', '/', '.', '#', '$', '('])
        || word.contains("::")
        || words::split(word).nth(1).is_some()
}

fn mention(word: &str) -> Mention<'_> {
    let call = word.split('(').next().unwrap_or(word);
    let cut = ["::", "#", "."]
        .iter()
        .filter_map(|mark| call.rsplit_once(mark))
        .max_by_key(|(owner, _)| owner.len());
    let (owner, name) = cut.map_or((None, call), |(owner, name)| (Some(owner), name));
    let owner = owner.map(|owner| owner.rsplit(['.', ':', '#']).next().unwrap_or(owner));
    Mention {
        owner,
        name,
        path: word,
    }
}

fn is_meant(index: &Index, entry: &Entry, mention: &Mention<'_>) -> bool {
    let Some(named) = &entry.symbol else {
        let path = index.text(index.files[entry.file as usize].path);
        return is_meant_path(path, mention.path);
    };
    let name = index.text(named.name);
    match mention.owner {
        None => name == mention.name,
        Some(owner) => {
            name == mention.name
                && named
                    .container
                    .is_some_and(|container| index.text(container) == owner)
                || name == mention.path
        }
    }
}

/// `src/auth/login.ts`, `login.ts` and `auth/login` all name `src/auth/login.ts`.
fn is_meant_path(path: &str, meant: &str) -> bool {
    if !meant.contains(['/', '.']) {
        return false;
    }
    let ends = |path: &str| {
        path.strip_suffix(meant)
            .is_some_and(|before| before.is_empty() || before.ends_with('/'))
    };
    let file = path.rsplit('/').next().unwrap_or(path);
    let without_extension = file
        .split_once('.')
        .map_or(path, |(_, rest)| &path[..path.len() - rest.len() - 1]);
    ends(path) || (meant.contains('/') && ends(without_extension))
}

pub(super) fn hit(index: &Index, at: u32, score: f32, exact: bool) -> Hit {
    let entry = &index.entries[at as usize];
    let file = &index.files[entry.file as usize];
    let named = entry.symbol.as_ref();
    Hit {
        path: index.text(file.path).to_owned(),
        language: file.language,
        symbol: named.map(|named| index.text(named.name).to_owned()),
        container: named
            .and_then(|named| named.container)
            .map(|name| index.text(name).to_owned()),
        kind: named.map(|named| named.kind),
        line: named.map_or(0, |named| named.line),
        offset: named.map_or(0, |named| named.offset as usize),
        score,
        exact,
    }
}
