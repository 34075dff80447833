//! `textDocument/codeLens`: the next steps, above what they concern.

use std::ops::Range;

use lsp_types::{CodeLens, CodeLensParams, Command};
use rutter_commands::steps::{self, Reach, Step};
use rutter_text::Source;
use rutter_workspace::Snapshot;

use super::{code_action, target};
use crate::session::Session;
use crate::{convert, documents, linked};

/// The lenses of a document; in source files only above what names a spec.
pub fn handle(
    session: &Session,
    snapshot: &Snapshot,
    params: &CodeLensParams,
) -> Option<Vec<CodeLens>> {
    let uri = &params.text_document.uri;
    let lens = |source: &Source, place: &Range<usize>, command: Command| {
        let line = source.line_of(place.start);
        let lines = source.lines();
        let bytes = lines.line_range(source.text(), line);
        CodeLens {
            range: convert::range(
                source,
                &bytes.unwrap_or_else(|| place.clone()),
                snapshot.encoding,
            ),
            command: Some(command),
            data: None,
        }
    };
    let shown = |step: &Step| step.reach != Reach::ActionOnly;
    if let Some(target) = target(snapshot, uri) {
        let baseline = snapshot
            .open
            .get(&target.path)
            .map(|o| o.baseline.text().to_owned());
        let steps = steps::steps(&target.folder, target.document, baseline.as_deref());
        let lenses = steps.into_iter().filter(shown).map(|step| {
            let place = step.range.clone();
            lens(&target.source, &place, code_action::of_spec(uri, step))
        });
        return Some(lenses.collect());
    }
    let beside = documents::at(session, snapshot, uri, |here, kind| {
        let steps = kind.steps(here).into_iter().filter(shown);
        let lenses = steps.map(|step| {
            let place = step.range.clone();
            lens(here.source, &place, code_action::command(step))
        });
        lenses.collect()
    });
    beside.or_else(|| linked::lenses(snapshot, uri))
}
