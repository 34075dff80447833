//! `textDocument/codeLens`: the next steps, above what they concern.

use lsp_types::{CodeLens, CodeLensParams};
use rutter_commands::steps::{self, Reach};
use rutter_workspace::Snapshot;

use super::{code_action, target};
use crate::convert;

/// The lenses of a document; nothing outside of specs.
pub fn handle(snapshot: &Snapshot, params: &CodeLensParams) -> Option<Vec<CodeLens>> {
    let uri = &params.text_document.uri;
    let target = target(snapshot, uri)?;
    let baseline = snapshot
        .open
        .get(&target.path)
        .map(|o| o.baseline.text().to_owned());
    let lenses = steps::steps(&target.folder, target.document, baseline.as_deref())
        .into_iter()
        .filter(|s| s.reach != Reach::ActionOnly)
        .map(|step| {
            let line = target.source.line_of(step.range.start);
            let bytes = target
                .source
                .lines()
                .line_range(target.source.text(), line)
                .unwrap_or(step.range.clone());
            CodeLens {
                range: convert::range(&target.source, &bytes, snapshot.encoding),
                command: Some(code_action::command(uri, step)),
                data: None,
            }
        })
        .collect();
    Some(lenses)
}
