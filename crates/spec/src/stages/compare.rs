//! Which item of a document is which approved item.

use std::collections::HashMap;

use super::{StaleItem, Why};
use crate::approvals::ApprovedItem;
use crate::hash::{Item, Kind, combined};

/// How the items of a document stand to the approved ones.
pub(super) struct Comparison {
    /// For each item: the approved one it is, by place, and whether that approval holds.
    pub(super) matched: Vec<Option<(usize, bool)>>,
    /// Places of approved items that are gone.
    pub(super) removed: Vec<usize>,
}

impl Comparison {
    /// Pairs them: the same hash under the same id, then the same hash anywhere (moved), then the same own text with
    /// other citations, then the same id.
    pub(super) fn new(items: &[Item], approved: &[ApprovedItem]) -> Self {
        let mut pairs = Pairs {
            matched: vec![None; items.len()],
            taken: vec![false; approved.len()],
        };
        pairs.by_key(
            items,
            approved,
            true,
            |n| (items[n].id.as_str(), items[n].sha256.as_str()),
            |m| (approved[m].id.as_str(), approved[m].sha256.as_str()),
        );
        pairs.by_key(
            items,
            approved,
            true,
            |n| items[n].sha256.as_str(),
            |m| approved[m].sha256.as_str(),
        );
        pairs.by_own_text(items, approved);
        pairs.by_key(
            items,
            approved,
            false,
            |n| items[n].id.as_str(),
            |m| approved[m].id.as_str(),
        );
        Self {
            removed: (0..approved.len()).filter(|&m| !pairs.taken[m]).collect(),
            matched: pairs.matched,
        }
    }

    /// What is not approved, in the order of the items, removed ones last.
    pub(super) fn stale(&self, items: &[Item], approved: &[ApprovedItem]) -> Vec<StaleItem> {
        let present = items.iter().zip(&self.matched).filter_map(|(item, m)| {
            let why = match m {
                None => Why::Added,
                Some((_, true)) => return None,
                Some((m, false)) => why(item, &approved[*m]),
            };
            Some(StaleItem {
                id: item.id.clone(),
                why,
                range: Some(item.place.clone()),
            })
        });
        let gone = self.removed.iter().map(|&m| StaleItem {
            id: approved[m].id.clone(),
            why: Why::Removed,
            range: None,
        });
        present.chain(gone).collect()
    }
}

fn why(item: &Item, approved: &ApprovedItem) -> Why {
    if !same_own_text(item, approved) {
        return Why::Changed;
    }
    let mut ids: Vec<String> = Vec::new();
    for cite in &item.cites {
        if !approved.cites.contains(&cite.sha256) && !ids.contains(&cite.id) {
            ids.push(cite.id.clone());
        }
    }
    if ids.is_empty() {
        // It cites less than before, under the same words: all it cites is suspect.
        for cite in &item.cites {
            if !ids.contains(&cite.id) {
                ids.push(cite.id.clone());
            }
        }
    }
    Why::Cites(ids)
}

/// Whether the item's own words are the approved ones and only what it cites differs.
pub(super) fn same_own_text(item: &Item, approved: &ApprovedItem) -> bool {
    combined(&item.own, approved.cites.iter().map(String::as_str)) == approved.sha256
}

struct Pairs {
    matched: Vec<Option<(usize, bool)>>,
    taken: Vec<bool>,
}

impl Pairs {
    fn by_key<K: Eq + std::hash::Hash>(
        &mut self,
        items: &[Item],
        approved: &[ApprovedItem],
        holds: bool,
        of_item: impl Fn(usize) -> K,
        of_approved: impl Fn(usize) -> K,
    ) {
        let mut open: HashMap<(Kind, K), Vec<usize>> = HashMap::new();
        for (m, old) in approved.iter().enumerate().rev() {
            if !self.taken[m] {
                let key = (Kind::of(&old.id), of_approved(m));
                open.entry(key).or_default().push(m);
            }
        }
        for (n, item) in items.iter().enumerate() {
            if self.matched[n].is_none()
                && let Some(m) = open.get_mut(&(item.kind, of_item(n))).and_then(Vec::pop)
            {
                self.matched[n] = Some((m, holds));
                self.taken[m] = true;
            }
        }
    }

    /// What says the same and cites something that changed, under its old id or, where few items are left, under
    /// another one.
    fn by_own_text(&mut self, items: &[Item], approved: &[ApprovedItem]) {
        /// A hash each: about ten milliseconds.
        const MANY: usize = 10_000;
        let citing: Vec<usize> = (0..items.len())
            .filter(|&n| self.matched[n].is_none() && !items[n].cites.is_empty())
            .collect();
        let places: HashMap<&str, usize> = (0..approved.len())
            .filter(|&m| !self.taken[m])
            .map(|m| (approved[m].id.as_str(), m))
            .collect();
        for &n in &citing {
            if let Some(&m) = places.get(items[n].id.as_str()) {
                self.try_own_text(items, n, approved, m);
            }
        }
        let left = self.taken.iter().filter(|t| !**t).count();
        if citing.len() * left > MANY {
            return;
        }
        for n in citing {
            for m in 0..approved.len() {
                self.try_own_text(items, n, approved, m);
            }
        }
    }

    fn try_own_text(&mut self, items: &[Item], n: usize, approved: &[ApprovedItem], m: usize) {
        let open = self.matched[n].is_none() && !self.taken[m];
        if open
            && Kind::of(&approved[m].id) == items[n].kind
            && same_own_text(&items[n], &approved[m])
        {
            self.matched[n] = Some((m, false));
            self.taken[m] = true;
        }
    }
}
