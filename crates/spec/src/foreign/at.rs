//! What stands at a place of a foreign spec, and every place that names it.

use std::ops::Range;

use super::{ForeignDocument, ForeignSpec, Item, ItemKind};

/// An id at a place, and what it means.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The bytes it was asked at.
    pub range: Range<usize>,
    /// The document of the item.
    pub document: &'a ForeignDocument,
    /// The item.
    pub item: &'a Item,
}

/// The item that is defined or named at an offset of a document.
pub fn at<'a>(spec: &'a ForeignSpec, document: &str, offset: usize) -> Option<Found<'a>> {
    let holds = |range: &Range<usize>| range.start <= offset && offset <= range.end;
    let here = spec.document(document)?;
    if let Some(mention) = here.mentions.iter().find(|m| holds(&m.range))
        && let Some((document, item)) = spec.item(&mention.id)
    {
        return Some(Found {
            range: mention.range.clone(),
            document,
            item,
        });
    }
    let item = here
        .items
        .iter()
        .filter(|item| item.kind != ItemKind::Section && holds(&item.selection))
        .min_by_key(|item| item.selection.len())?;
    Some(Found {
        range: item.selection.clone(),
        document: here,
        item,
    })
}

/// Every place that names an id, by document; those that define it first, marked so.
pub fn named<'a>(
    spec: &'a ForeignSpec,
    id: &str,
) -> Vec<(&'a ForeignDocument, Range<usize>, bool)> {
    let wanted = super::key(id);
    let mut found = Vec::new();
    for (document, item) in spec.items() {
        if !item.id.is_empty() && super::key(&item.id) == wanted {
            found.push((document, item.selection.clone(), true));
        }
    }
    for document in &spec.documents {
        for mention in &document.mentions {
            if super::key(&mention.id) == wanted {
                found.push((document.as_ref(), mention.range.clone(), false));
            }
        }
    }
    found
}
