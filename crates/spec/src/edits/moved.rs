//! How criteria and requirements moved between two versions of a document: by their text first, then by likeness.

use std::collections::BTreeMap;

use crate::{Criterion, Requirements};

/// What happened to criteria between two versions; ids as written, in document order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves {
    /// Criteria whose id changed: old id, new id.
    pub renamed: Vec<(String, String)>,
    /// New criteria, by their new ids.
    pub added: Vec<String>,
    /// Criteria that are gone, by their old ids.
    pub removed: Vec<String>,
    /// Criteria whose sentence changed, by their new ids.
    pub changed: Vec<String>,
    /// Requirements whose id changed: old id, new id.
    pub requirements: Vec<(String, String)>,
}

impl Moves {
    /// Whether nothing happened.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Compares two versions.
pub fn moved(old: &Requirements, new: &Requirements) -> Moves {
    let matching = matching(old, new);
    let (olds, news) = (Flat::new(old), Flat::new(new));
    let mut moves = Moves::default();
    for (o, n) in matching.criteria.iter().enumerate() {
        let before = olds.criteria[o].1;
        let Some(after) = n.map(|n| news.criteria[n].1) else {
            moves.removed.push(before.label.clone());
            continue;
        };
        if before.label != after.label {
            moves
                .renamed
                .push((before.label.clone(), after.label.clone()));
        }
    }
    for (n, (_, after)) in news.criteria.iter().enumerate() {
        match matching.criteria.iter().position(|m| *m == Some(n)) {
            None => moves.added.push(after.label.clone()),
            Some(o) if olds.criteria[o].1.text != after.text => {
                moves.changed.push(after.label.clone());
            }
            Some(_) => {}
        }
    }
    for (o, n) in matching.requirements.iter().enumerate() {
        if let Some(n) = n {
            let (before, after) = (&old.requirements[o].label, &new.requirements[*n].label);
            if before != after {
                moves.requirements.push((before.clone(), after.clone()));
            }
        }
    }
    moves
}

/// For each old criterion and requirement, in document order, the place of the new one.
pub(super) struct Matching {
    pub criteria: Vec<Option<usize>>,
    pub requirements: Vec<Option<usize>>,
}

/// Criteria in document order with the place of their requirement.
struct Flat<'a> {
    criteria: Vec<(usize, &'a Criterion)>,
    words: Vec<Vec<String>>,
    sorted: Vec<Vec<String>>,
}

impl<'a> Flat<'a> {
    fn new(requirements: &'a Requirements) -> Self {
        let criteria: Vec<_> = requirements
            .requirements
            .iter()
            .enumerate()
            .flat_map(|(i, r)| r.criteria.iter().map(move |c| (i, c)))
            .collect();
        let words: Vec<Vec<String>> = criteria.iter().map(|(_, c)| words(&c.text)).collect();
        let sorted = words
            .iter()
            .map(|w| {
                let mut sorted = w.clone();
                sorted.sort();
                sorted
            })
            .collect();
        Self {
            criteria,
            words,
            sorted,
        }
    }
}

pub(super) fn matching(old: &Requirements, new: &Requirements) -> Matching {
    let (olds, news) = (Flat::new(old), Flat::new(new));
    let mut state = Matching {
        criteria: vec![None; olds.criteria.len()],
        requirements: vec![None; old.requirements.len()],
    };
    same_titles(old, new, &mut state);
    same_texts(&olds, &news, &mut state);
    by_their_criteria(&olds, &news, &mut state);
    same_ids(old, new, &mut state);
    alike(&olds, &news, &mut state);
    by_their_criteria(&olds, &news, &mut state);
    state
}

/// Pairs requirements whose title stands once in each version.
fn same_titles(old: &Requirements, new: &Requirements, state: &mut Matching) {
    for (o, before) in old.requirements.iter().enumerate() {
        let is = |title: &str| !title.is_empty() && title == before.title;
        let once = old.requirements.iter().filter(|r| is(&r.title)).count() == 1;
        let mut found = (0..new.requirements.len()).filter(|&n| is(&new.requirements[n].title));
        if let (true, Some(n), None) = (once, found.next(), found.next()) {
            state.requirements[o] = Some(n);
        }
    }
}

/// Pairs criteria with the same sentence: where it stands several times, those of one id first, then those of one
/// requirement, then in order.
fn same_texts(olds: &Flat, news: &Flat, state: &mut Matching) {
    let mut places: BTreeMap<&str, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (o, (_, c)) in olds.criteria.iter().enumerate() {
        places.entry(c.text.as_str()).or_default().0.push(o);
    }
    for (n, (_, c)) in news.criteria.iter().enumerate() {
        places.entry(c.text.as_str()).or_default().1.push(n);
    }
    for (mut from, mut to) in places.into_values() {
        for round in 0..3 {
            from.retain(|&o| {
                let found = to.iter().position(|&n| match round {
                    0 => olds.criteria[o].1.label == news.criteria[n].1.label,
                    1 => state.requirements[olds.criteria[o].0] == Some(news.criteria[n].0),
                    _ => true,
                });
                if let Some(i) = found {
                    state.criteria[o] = Some(to.remove(i));
                }
                found.is_none()
            });
        }
    }
}

/// Pairs requirements that most of their criteria went between.
fn by_their_criteria(olds: &Flat, news: &Flat, state: &mut Matching) {
    let mut votes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (o, n) in state.criteria.iter().enumerate() {
        if let Some(n) = n {
            *votes
                .entry((olds.criteria[o].0, news.criteria[*n].0))
                .or_default() += 1;
        }
    }
    let mut votes: Vec<_> = votes.into_iter().collect();
    votes.sort_by_key(|((o, n), count)| (std::cmp::Reverse(*count), o.abs_diff(*n), *o, *n));
    for ((o, n), _) in votes {
        if state.requirements[o].is_none() && !state.requirements.contains(&Some(n)) {
            state.requirements[o] = Some(n);
        }
    }
}

/// Pairs what is left of requirements by their id, where their titles are alike.
fn same_ids(old: &Requirements, new: &Requirements, state: &mut Matching) {
    for (o, before) in old.requirements.iter().enumerate() {
        if state.requirements[o].is_some() {
            continue;
        }
        let found = new.requirements.iter().position(|r| r.id == before.id);
        if let Some(n) = found
            && !state.requirements.contains(&Some(n))
            && ratio(&words(&before.title), &words(&new.requirements[n].title)) >= 500
        {
            state.requirements[o] = Some(n);
        }
    }
}

/// Pairs edited sentences: the more alike and the nearer, the earlier.
fn alike(olds: &Flat, news: &Flat, state: &mut Matching) {
    let taken: Vec<bool> = (0..news.criteria.len())
        .map(|n| state.criteria.contains(&Some(n)))
        .collect();
    let mut candidates = Vec::new();
    for o in (0..olds.criteria.len()).filter(|&o| state.criteria[o].is_none()) {
        for n in (0..news.criteria.len()).filter(|&n| !taken[n]) {
            let near = state.requirements[olds.criteria[o].0] == Some(news.criteria[n].0);
            let bar = match (near, same_gap(o, n, &state.criteria, &taken)) {
                (true, true) => 400,
                (true, false) => 550,
                _ => 750,
            };
            if overlap(&olds.sorted[o], &news.sorted[n]) < bar {
                continue;
            }
            let ratio = ratio(&olds.words[o], &news.words[n]);
            if ratio >= bar {
                candidates.push((std::cmp::Reverse((ratio, near)), o.abs_diff(n), o, n));
            }
        }
    }
    candidates.sort();
    let mut taken = taken;
    for (_, _, o, n) in candidates {
        if state.criteria[o].is_none() && !taken[n] {
            state.criteria[o] = Some(n);
            taken[n] = true;
        }
    }
}

/// Whether an old and a new place lie between the same paired neighbours.
fn same_gap(o: usize, n: usize, pairs: &[Option<usize>], taken: &[bool]) -> bool {
    let before = pairs[..o].iter().rev().find_map(|p| *p);
    let after = pairs[o..].iter().find_map(|p| *p);
    let lower = taken[..n].iter().rposition(|t| *t);
    let upper = taken[n..].iter().position(|t| *t).map(|i| n + i);
    before == lower && after == upper
}

/// The words of a sentence, without those that every criterion has; a character of a script without spaces is a word.
pub(super) fn words(text: &str) -> Vec<String> {
    const COMMON: [&str; 15] = [
        "the", "a", "an", "shall", "when", "if", "then", "while", "where", "and", "to", "of", "is",
        "are", "system",
    ];
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        let word = c.is_alphanumeric();
        let alone = word && c >= '\u{2e80}';
        match words.last_mut() {
            Some(last) if open && word && !alone => last.push(c),
            _ if word => words.push(c.to_string()),
            _ => {}
        }
        open = word && !alone;
    }
    let rare: Vec<String> = words
        .iter()
        .filter(|w| !COMMON.contains(&w.as_str()))
        .cloned()
        .collect();
    if rare.is_empty() { words } else { rare }
}

/// How alike two lists of words are, in thousandths, order counted.
fn ratio(a: &[String], b: &[String]) -> u32 {
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, a, b);
    let equal: usize = ops
        .iter()
        .filter(|op| op.tag() == similar::DiffTag::Equal)
        .map(|op| op.old_range().len())
        .sum();
    thousandths(equal, a.len() + b.len())
}

/// As [`ratio`] of sorted lists, so without order: never smaller, and far cheaper.
fn overlap(a: &[String], b: &[String]) -> u32 {
    let total = a.len() + b.len();
    let (mut i, mut j, mut common) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    thousandths(common, total)
}

fn thousandths(common: usize, total: usize) -> u32 {
    if total == 0 {
        return 1000;
    }
    u32::try_from(common * 2000 / total).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc(requirements: &[&[&str]]) -> Requirements {
        let mut text = String::from("## Requirements\n");
        for (i, criteria) in requirements.iter().enumerate() {
            text += &format!(
                "\n### Requirement {}\n\n#### Acceptance Criteria\n\n",
                i + 1
            );
            for (n, c) in criteria.iter().enumerate() {
                text += &format!("{}. {c}\n", n + 1);
            }
        }
        Requirements::parse(&text)
    }

    const A: &str = "WHEN five attempts fail, THE Limiter SHALL reject the sixth";
    const B: &str = "THE Limiter SHALL write one line to the audit log";
    const C: &str = "WHILE an account is blocked, THE Limiter SHALL answer 429";
    const D: &str = "IF the store is down, THEN THE Limiter SHALL allow the attempt";

    fn shown(old: &[&[&str]], new: &[&[&str]]) -> String {
        let m = moved(&doc(old), &doc(new));
        let pairs = |v: &[(String, String)]| {
            v.iter()
                .map(|(a, b)| format!("{a}>{b}"))
                .collect::<Vec<_>>()
                .join(" ")
        };
        format!(
            "{}|+{}|-{}|~{}|{}",
            pairs(&m.renamed),
            m.added.join(" "),
            m.removed.join(" "),
            m.changed.join(" "),
            pairs(&m.requirements)
        )
    }

    #[test]
    fn moves_are_found() {
        let edited = "WHEN three attempts fail, THE Limiter SHALL reject the fourth";
        type Case<'a> = (&'a [&'a [&'a str]], &'a [&'a [&'a str]], &'a str);
        let cases: [Case; 9] = [
            (&[&[A, B]], &[&[A, B]], "|+|-|~|"),
            (&[&[A, B]], &[&[A, C, B]], "1.2>1.3|+1.2|-|~|"),
            (&[&[A, B, C]], &[&[A, C]], "1.3>1.2|+|-1.2|~|"),
            (&[&[A, B]], &[&[B, A]], "1.1>1.2 1.2>1.1|+|-|~|"),
            (&[&[A, B]], &[&[edited, B]], "|+|-|~1.1|"),
            (
                &[&[A, B]],
                &[&[D, edited, B]],
                "1.1>1.2 1.2>1.3|+1.1|-|~1.2|",
            ),
            (&[&[A, B]], &[&[D, B]], "|+1.1|-1.1|~|"),
            (
                &[&[A, B], &[C]],
                &[&[D], &[A, B], &[C]],
                "1.1>2.1 1.2>2.2 2.1>3.1|+1.1|-|~|1>2 2>3",
            ),
            (&[&[A, A], &[A]], &[&[A], &[A]], "|+|-1.2|~|"),
        ];
        for (old, new, expected) in cases {
            assert_eq!(shown(old, new), expected, "{old:?} {new:?}");
        }
    }

    #[test]
    fn scripts_without_spaces_are_compared_by_character() {
        let (a, b) = (
            "システムはログを出力すること",
            "システムは監査ログを出力すること",
        );
        assert_eq!(
            shown(&[&[a, B]], &[&[C, b, B]]),
            "1.1>1.2 1.2>1.3|+1.1|-|~1.2|"
        );
    }
}
