//! What changed since a yes, old beside new, with what cites it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use super::compare::Comparison;
use super::{State, Why, status_of};
use crate::approvals::{Approvals, ApprovedItem};
use crate::hash::{self, Item, Items, Kind};
use crate::{Document, Spec, Stage};

/// A changed item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its id now; of a removed one, its id when it was approved.
    pub id: String,
    /// What happened to it.
    pub why: Why,
    /// Its bytes in the document; nothing for a removed one.
    pub range: Option<Range<usize>>,
    /// The bytes in the document where it is shown; nothing for a removed one.
    pub place: Option<Range<usize>>,
    /// What was approved; nothing for an added one, or where the approved text is not known here.
    pub old: Option<String>,
    /// What it says now; nothing for a removed one.
    pub new: Option<String>,
    /// What cites it.
    pub cited_by: Vec<Citing>,
}

/// An item that cites another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citing {
    /// Its document.
    pub document: Document,
    /// Its id.
    pub id: String,
    /// The bytes where it is shown.
    pub place: Range<usize>,
}

/// What a stage's approval doesn't cover. `approved_text` is the text of the document that was approved, by the hash in
/// the approval; another text is not looked at.
pub fn changes(
    spec: &Spec,
    approvals: &Approvals,
    stage: Stage,
    approved_text: Option<&str>,
) -> Vec<Change> {
    let items = Items::new(spec);
    changes_of(&items, &cited_by(&items), approvals, stage, approved_text)
}

/// What every stale stage's approval doesn't cover. `texts` gives approved texts by their hash.
pub fn stale_changes(
    spec: &Spec,
    approvals: &Approvals,
    texts: &dyn Fn(&str) -> Option<Arc<str>>,
) -> Vec<(Stage, Vec<Change>)> {
    let items = Items::new(spec);
    let stale: Vec<Stage> = Stage::ALL
        .into_iter()
        .filter(|&stage| approvals.get(stage).is_some())
        .filter(|&stage| status_of(&items, approvals, stage).state == State::Stale)
        .collect();
    if stale.is_empty() {
        return Vec::new();
    }
    let cited_by = cited_by(&items);
    stale
        .into_iter()
        .map(|stage| {
            let text = approvals.get(stage).and_then(|a| texts(&a.sha256));
            let changes = changes_of(&items, &cited_by, approvals, stage, text.as_deref());
            (stage, changes)
        })
        .collect()
}

/// The items that cite an id.
type CitedBy<'a> = HashMap<&'a str, Vec<Citing>>;

fn changes_of(
    all: &Items<'_>,
    cited_by: &CitedBy<'_>,
    approvals: &Approvals,
    stage: Stage,
    approved_text: Option<&str>,
) -> Vec<Change> {
    let spec = all.spec();
    let document = spec.document_of(stage);
    let (Some(source), Some(approval)) = (
        spec.source(document),
        approvals.get(stage).filter(|a| a.is_for(document)),
    ) else {
        return Vec::new();
    };
    let items = all.of(document);
    let approved = &approval.items;
    let comparison = Comparison::new(items, approved);
    let stale: HashMap<String, Why> = comparison
        .stale(items, approved)
        .into_iter()
        .filter(|s| s.range.is_some())
        .map(|s| (s.id, s.why))
        .collect();
    if stale.is_empty() && comparison.removed.is_empty() {
        return Vec::new();
    }
    let olds = approved_text
        .filter(|text| is_approved(document, text, &approval.sha256))
        .map_or_else(HashMap::new, |text| old_texts(spec, document, text));
    let old_of = |m: usize| olds.get(&approved[m].id).map(|(raw, _)| raw.clone());
    let citing = |id: &str| cited_by.get(id).cloned().unwrap_or_default();
    let paired = pair(items, approved, &comparison, &olds);
    let mut changes = Vec::new();
    for (n, item) in items.iter().enumerate() {
        let Some(why) = stale.get(&item.id).cloned() else {
            continue;
        };
        let (why, old) = match why {
            Why::Cites(ids) => (
                Why::Cites(ids),
                comparison.matched[n].and_then(|(m, _)| old_of(m)),
            ),
            _ => paired
                .of_item
                .get(&n)
                .map_or((Why::Added, None), |&m| (Why::Changed, old_of(m))),
        };
        changes.push(Change {
            id: item.id.clone(),
            why,
            range: Some(item.range.clone()),
            place: Some(item.place.clone()),
            old,
            new: Some(shown(source.text(), item)),
            cited_by: citing(&item.id),
        });
    }
    changes.extend(paired.removed.iter().map(|&m| Change {
        id: approved[m].id.clone(),
        why: Why::Removed,
        range: None,
        place: None,
        old: old_of(m),
        new: None,
        cited_by: citing(&approved[m].id),
    }));
    changes
}

/// Whether a text is the approved one. What the state folder keeps is the hashed text itself.
fn is_approved(document: Document, text: &str, sha256: &str) -> bool {
    hash::sha256(text) == sha256 || hash::sha256(&hash::canonical(document, text)) == sha256
}

/// The items of the approved text by id: as written, and the own text.
fn old_texts(spec: &Spec, document: Document, text: &str) -> HashMap<String, (String, String)> {
    hash::items_of_text(spec, document, text)
        .into_iter()
        .map(|item| {
            let raw = shown(text, &item);
            (item.id, (raw, item.own))
        })
        .collect()
}

fn shown(text: &str, item: &Item) -> String {
    text[item.range.clone()].trim().to_owned()
}

/// Every id with what cites it.
fn cited_by<'a>(all: &'a Items<'_>) -> CitedBy<'a> {
    let mut found: CitedBy<'a> = HashMap::new();
    for (document, _) in all.spec().documents() {
        for item in all.of(document) {
            for cite in &item.cites {
                let citing = found.entry(&cite.id).or_default();
                let known = |c: &Citing| c.document == document && c.id == item.id;
                if !citing.last().is_some_and(known) {
                    citing.push(Citing {
                        document,
                        id: item.id.clone(),
                        place: item.place.clone(),
                    });
                }
            }
        }
    }
    found
}

struct Paired {
    /// For an item, the approved one it was.
    of_item: HashMap<usize, usize>,
    /// Approved ones that are gone.
    removed: Vec<usize>,
}

/// Pairs what changed with what it was: by likeness where the old words are known, else by id.
fn pair(
    items: &[Item],
    approved: &[ApprovedItem],
    comparison: &Comparison,
    olds: &HashMap<String, (String, String)>,
) -> Paired {
    /// Comparisons of words; beyond it ids must do.
    const MANY: usize = 2_500;
    let cites_only = |n: usize, m: usize| super::compare::same_own_text(&items[n], &approved[m]);
    let mut by_id: HashMap<usize, usize> = HashMap::new();
    let mut new: Vec<usize> = Vec::new();
    let mut old: Vec<usize> = comparison.removed.clone();
    for (n, matched) in comparison.matched.iter().enumerate() {
        match *matched {
            None => new.push(n),
            Some((m, false)) if !cites_only(n, m) => {
                by_id.insert(n, m);
                new.push(n);
                old.push(m);
            }
            Some(_) => {}
        }
    }
    let mut scored: Vec<(usize, usize, usize)> = Vec::new();
    if new.len() * old.len() <= MANY {
        for &n in &new {
            for &m in &old {
                let known = olds.get(&approved[m].id);
                let same_kind = Kind::of(&approved[m].id) == items[n].kind;
                if let (true, Some((_, own))) = (same_kind, known) {
                    let score = likeness(&items[n].own, own);
                    if score >= 50 {
                        scored.push((score, n, m));
                    }
                }
            }
        }
    }
    // The most alike first; of equals those that kept their id.
    scored.sort_by_key(|&(score, n, m)| (100 - score, by_id.get(&n) != Some(&m), n, m));
    let mut of_item = HashMap::new();
    let mut taken = HashSet::new();
    let rest = by_id.into_iter().map(|(n, m)| (0, n, m));
    let mut candidates = scored;
    candidates.extend(rest);
    for (_, n, m) in candidates {
        if !of_item.contains_key(&n) && taken.insert(m) {
            of_item.insert(n, m);
        }
    }
    old.retain(|m| !taken.contains(m));
    old.sort_unstable();
    Paired {
        of_item,
        removed: old,
    }
}

/// How many of a hundred words two texts share.
fn likeness(a: &str, b: &str) -> usize {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut total = 0;
    for word in a.split(' ') {
        *counts.entry(word).or_default() += 1;
        total += 1;
    }
    let mut shared = 0;
    for word in b.split(' ') {
        total += 1;
        if let Some(left) = counts.get_mut(word).filter(|left| **left > 0) {
            *left -= 1;
            shared += 2;
        }
    }
    shared * 100 / total
}
