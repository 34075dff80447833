//! How well an entry fits the words of a search.

use super::{Entry, Hit, Index, MAX_HITS, Named, Part, words};
use crate::SymbolKind;
use std::collections::HashMap;

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
    let mut scores: HashMap<u32, f32> = HashMap::new();
    for (stem, weight) in &stems {
        let Some(list) = index.postings.get(stem.as_str()) else {
            continue;
        };
        let rarity = (1.0 + index.entries.len() as f32 / list.len() as f32).ln();
        for posting in list {
            let part = match posting.part {
                Part::Name => 1.0,
                Part::FileName => 0.9,
                Part::Container => 0.4,
                Part::Folder => 0.5,
            };
            *scores.entry(posting.entry).or_default() += rarity * weight * part;
        }
    }
    let mut hits: Vec<(f32, bool, u32)> = scores
        .iter()
        .filter(|(at, _)| index.files[index.entries[**at as usize].file as usize].alive)
        .map(|(at, score)| {
            let entry = &index.entries[*at as usize];
            let exact = mentions
                .iter()
                .any(|mention| is_meant(index, entry, mention));
            let score = fitted(index, entry, *score, &scores) + if exact { EXACT } else { 0.0 };
            (score, exact, *at)
        })
        .collect();
    hits.sort_by(|(a, _, a_at), (b, _, b_at)| b.total_cmp(a).then(a_at.cmp(b_at)));
    hits.truncate(MAX_HITS);
    hits.into_iter()
        .map(|(score, exact, at)| hit(index, at, score, exact))
        .collect()
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
        let (_, known) = words::path_parts(path);
        let tail = path.strip_suffix(mention.path);
        let whole = tail.is_some_and(|before| before.is_empty() || before.ends_with(['/', '\\']));
        // `auth/login` names `src/auth/login.ts` too.
        let bare_tail = mention.path.contains('/')
            && path
                .strip_suffix(path.rsplit(['/', '\\']).next().unwrap_or_default())
                .is_some_and(|folder| {
                    let without = format!("{folder}{known}");
                    without
                        .strip_suffix(mention.path)
                        .is_some_and(|before| before.is_empty() || before.ends_with('/'))
                });
        return (whole && mention.path.contains(['/', '.'])) || bare_tail;
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

/// The score with what its kind, its length and its file add.
fn fitted(index: &Index, entry: &Entry, score: f32, scores: &HashMap<u32, f32>) -> f32 {
    let file = &index.files[entry.file as usize];
    let path = index.text(file.path);
    let Some(named) = &entry.symbol else {
        let (_, name) = words::path_parts(path);
        return score * for_length(name) * for_test(is_test_path(path));
    };
    let of_file = scores.get(&file.entries.start).copied().unwrap_or_default();
    let own = score * for_length(index.text(named.name)) * for_kind(named);
    (own + FROM_FILE * of_file) * for_test(named.is_test || is_test_path(path))
}

/// `login` fits "login" better than `loginFormErrorMessage` does.
fn for_length(name: &str) -> f32 {
    1.0 / (1.0 + 0.15 * words::split(name).count().saturating_sub(1) as f32)
}

fn for_kind(named: &Named) -> f32 {
    match named.kind {
        SymbolKind::Field | SymbolKind::Variable => 0.5,
        SymbolKind::Constant => 0.7,
        SymbolKind::Module | SymbolKind::Method | SymbolKind::Macro | SymbolKind::Type => 0.9,
        _ => 1.0,
    }
}

/// A prompt means the code; its tests are found through it.
fn for_test(is_test: bool) -> f32 {
    if is_test { 0.6 } else { 1.0 }
}

fn is_test_path(path: &str) -> bool {
    words::split(path).any(|word| {
        matches!(
            word,
            "test" | "tests" | "Test" | "Tests" | "spec" | "__tests__"
        )
    })
}

fn hit(index: &Index, at: u32, score: f32, exact: bool) -> Hit {
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
