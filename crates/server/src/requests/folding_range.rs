//! `textDocument/foldingRange`: sections, tasks, criteria and blocks of a spec.

use lsp_types::{FoldingRange, FoldingRangeKind, FoldingRangeParams};
use rutter_spec::features::{self, FoldKind};
use rutter_workspace::Snapshot;

use super::target;

/// Whole lines; nothing outside of specs.
pub fn handle(snapshot: &Snapshot, params: &FoldingRangeParams) -> Option<Vec<FoldingRange>> {
    let here = target(snapshot, &params.text_document.uri)?;
    let line = |i: usize| u32::try_from(i).unwrap_or(u32::MAX);
    let folds = features::folds(here.folder.spec(), here.document).into_iter();
    let ranges = folds.map(|fold| FoldingRange {
        start_line: line(fold.first),
        end_line: line(fold.last),
        kind: Some(match fold.kind {
            FoldKind::Region => FoldingRangeKind::Region,
            FoldKind::Comment => FoldingRangeKind::Comment,
        }),
        ..FoldingRange::default()
    });
    Some(ranges.collect())
}
