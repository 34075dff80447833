//! `textDocument/selectionRange`: word, sentence, criterion, requirement, section, document.

use lsp_types::{Position, Range, SelectionRange, SelectionRangeParams};
use rutter_spec::features;
use rutter_workspace::Snapshot;

use super::target;
use crate::convert;

/// One chain a position; nothing outside of specs.
pub fn handle(snapshot: &Snapshot, params: &SelectionRangeParams) -> Option<Vec<SelectionRange>> {
    let here = target(snapshot, &params.text_document.uri)?;
    let chain = |position: &Position| {
        let offset = here.offset(snapshot, *position);
        let ranges = features::selections(here.folder.spec(), here.document, offset);
        let outer = ranges.into_iter().rev().fold(None, |parent, range| {
            Some(SelectionRange {
                range: convert::range(&here.source, &range, snapshot.encoding),
                parent: parent.map(Box::new),
            })
        });
        // The protocol wants an answer for each position, an empty document's too.
        outer.unwrap_or_else(|| SelectionRange {
            range: Range::new(*position, *position),
            parent: None,
        })
    };
    Some(params.positions.iter().map(chain).collect())
}
