//! `textDocument/inlayHint`: progress of tasks, coverage of criteria.

use lsp_types::{InlayHint, InlayHintLabel, InlayHintParams, InlayHintTooltip};
use rutter_spec::features::{self, inlay::Named};
use rutter_workspace::Snapshot;
use rutter_workspace::trace::observed;

use super::target;
use crate::convert;

/// The hints of a part of a document; nothing outside of specs.
pub fn handle(snapshot: &Snapshot, params: &InlayHintParams) -> Option<Vec<InlayHint>> {
    let here = target(snapshot, &params.text_document.uri)?;
    let within = convert::bytes(&here.source, params.range, snapshot.encoding);
    let observed = observed(&here.folder);
    let named = |id: &str| {
        let uses = snapshot.uses_of_criteria(&here.folder, &[id.to_owned()]);
        let linked = uses.iter().map(|one| one.link.is_test);
        let seen = observed.iter().filter(|at| at.label == id);
        let all: Vec<bool> = linked.chain(seen.map(|at| at.is_test)).collect();
        let tests = all.iter().filter(|is_test| **is_test).count();
        Named {
            code: all.len() - tests,
            tests,
        }
    };
    let hints = features::hints(here.folder.spec(), here.document, &within, &named).into_iter();
    let shown = hints.map(|hint| InlayHint {
        position: convert::range(&here.source, &(hint.offset..hint.offset), snapshot.encoding)
            .start,
        label: InlayHintLabel::String(hint.label),
        kind: None,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(hint.tooltip)),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    });
    Some(shown.collect())
}
