//! Recording a yes.

use std::collections::BTreeMap;

use serde_json::Map;

use super::compare::Comparison;
use super::order;
use crate::approvals::{Approval, Approvals, ApprovedItem, Problem, Who};
use crate::hash::{self, Item};
use crate::{Document, Spec, Stage, decisions};

/// Why a yes can't be recorded. Each message says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApproveError {
    /// There is nothing to approve.
    #[error("There is no {} to approve: write it first.", .0.file_name())]
    MissingDocument(Document),
    /// Somebody must decide first.
    #[error("These decisions are still open: {}. Answer them, or approve with the first choice of each.", .0.join(", "))]
    OpenDecisions(Vec<String>),
    /// No item has this id.
    #[error("Nothing here has the id {}: name an item of the document.", .0.join(", "))]
    UnknownItem(Vec<String>),
    /// The file can't be read, and writing it would lose what is in it.
    #[error("{0}")]
    Unreadable(#[from] Problem),
}

/// The approvals with a yes to `stage` as it stands: to all of it, or to the items `ids` only. A removed item's id
/// approves that it is gone. `at` is RFC 3339.
pub fn approve(
    spec: &Spec,
    approvals: &Approvals,
    stage: Stage,
    ids: Option<&[String]>,
    who: Who,
    at: &str,
) -> Result<Approvals, ApproveError> {
    if let Some(problem) = approvals.problem() {
        return Err(ApproveError::Unreadable(problem.clone()));
    }
    let document = spec.document_of(stage);
    let sha256 = hash::document(spec, document).ok_or(ApproveError::MissingDocument(document))?;
    let items = hash::items(spec, document);
    let existing = approvals.get(stage).filter(|a| a.is_for(document));
    let before: &[ApprovedItem] = existing.map_or(&[], |a| &a.items);
    let comparison = Comparison::new(&items, before);
    let chosen = ids
        .map(|ids| choose(&items, before, &comparison, ids))
        .transpose()?;
    let open = open_in(spec, document, chosen.as_ref().map(|c| (&items[..], c)));
    if !open.is_empty() {
        return Err(ApproveError::OpenDecisions(open));
    }
    let kept = merge(&items, before, &comparison, chosen.as_ref());
    let complete = {
        let now = Comparison::new(&items, &kept);
        now.stale(&items, &kept).is_empty()
    };
    Ok(approvals.clone().with(Approval {
        stage,
        document: document.file_name().to_owned(),
        sha256: match existing {
            Some(existing) if !complete => existing.sha256.clone(),
            _ => sha256,
        },
        partial: !complete && existing.is_none_or(|a| a.partial),
        items: kept,
        upstream: upstream(spec, stage),
        who,
        at: at.to_owned(),
        signature: None,
        extra: Map::new(),
    }))
}

/// The ids of the decisions that keep a stage from being approved.
pub fn open_decisions(spec: &Spec, stage: Stage) -> Vec<String> {
    open_in(spec, spec.document_of(stage), None)
}

/// The hashes of the documents of the stages before `stage`.
fn upstream(spec: &Spec, stage: Stage) -> BTreeMap<String, String> {
    order(spec)
        .into_iter()
        .take_while(|&s| s != stage)
        .filter_map(|s| {
            let sha256 = hash::document(spec, spec.document_of(s))?;
            Some((s.as_str().to_owned(), sha256))
        })
        .collect()
}

/// What a list of ids chooses.
struct Chosen {
    /// For each item, whether it is chosen.
    items: Vec<bool>,
    /// Places of removed items.
    removed: Vec<usize>,
}

fn choose(
    items: &[Item],
    before: &[ApprovedItem],
    comparison: &Comparison,
    ids: &[String],
) -> Result<Chosen, ApproveError> {
    let mut chosen = Chosen {
        items: vec![false; items.len()],
        removed: Vec::new(),
    };
    let mut unknown = Vec::new();
    for id in ids {
        let gone = comparison.removed.iter().find(|&&m| before[m].id == *id);
        let here = items.iter().position(|i| i.id == *id).or_else(|| {
            // `3.1` is enough where only one item ends so.
            let mut ends = (0..items.len()).filter(|&n| {
                items[n]
                    .id
                    .split_once(':')
                    .is_some_and(|(_, name)| name == id)
            });
            ends.next().filter(|_| ends.next().is_none())
        });
        if here.is_none() && gone.is_none() {
            unknown.push(id.clone());
        }
        if let Some(here) = here {
            chosen.items[here] = true;
        }
        chosen.removed.extend(gone);
    }
    if unknown.is_empty() {
        Ok(chosen)
    } else {
        Err(ApproveError::UnknownItem(unknown))
    }
}

/// The approved items after the yes. What is approved already gets the id it has now; what is stale and not chosen
/// stays as it was.
fn merge(
    items: &[Item],
    before: &[ApprovedItem],
    comparison: &Comparison,
    chosen: Option<&Chosen>,
) -> Vec<ApprovedItem> {
    let mut kept = Vec::with_capacity(items.len());
    for (n, item) in items.iter().enumerate() {
        let old = comparison.matched[n].map(|(m, holds)| (&before[m], holds));
        let yes = chosen.is_none_or(|c| c.items[n]) || old.is_some_and(|(_, holds)| holds);
        if yes {
            kept.push(ApprovedItem {
                id: item.id.clone(),
                sha256: item.sha256.clone(),
                cites: item.cites.iter().map(|c| c.sha256.clone()).collect(),
                extra: old.map_or_else(Map::new, |(old, _)| old.extra.clone()),
            });
        } else if let Some((old, _)) = old {
            let id = item.id.clone();
            kept.push(ApprovedItem { id, ..old.clone() });
        }
    }
    let gone = comparison.removed.iter();
    kept.extend(
        gone.filter(|m| chosen.is_some_and(|c| !c.removed.contains(m)))
            .map(|&m| before[m].clone()),
    );
    kept
}

/// The ids of the open decisions that stand in a document: their lines, or their values. With chosen items, only those
/// that touch one of them.
fn open_in(spec: &Spec, document: Document, chosen: Option<(&[Item], &Chosen)>) -> Vec<String> {
    let Some(source) = spec.source(document) else {
        return Vec::new();
    };
    let text = source.text();
    let mut open = Vec::new();
    for (home, decision) in spec.decisions() {
        let places = decisions::places(text, &decision.id);
        let touches = match chosen {
            None => home == document || !places.is_empty(),
            Some((items, chosen)) => items.iter().zip(&chosen.items).any(|(item, &is)| {
                is && (places
                    .iter()
                    .any(|(p, _)| item.range.start <= p.start && p.end <= item.range.end)
                    || decision.ids.contains(&item.id))
            }),
        };
        if touches {
            open.push(decision.id);
        }
    }
    open
}
