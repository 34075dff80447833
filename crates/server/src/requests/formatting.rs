//! `textDocument/formatting`: numbers of lists as they count, tables aligned; only where somebody asks, only in specs.

use lsp_types::request::{Formatting, RegisterCapability, Request};
use lsp_types::{
    DocumentFilter, DocumentFormattingParams, Registration, RegistrationParams,
    TextDocumentRegistrationOptions, TextEdit,
};
use rutter_spec::features;
use rutter_workspace::Snapshot;

use super::target;
use crate::convert;
use crate::session::Session;

/// The edits; an empty list where the document is in order.
pub fn handle(snapshot: &Snapshot, params: &DocumentFormattingParams) -> Option<Vec<TextEdit>> {
    let here = target(snapshot, &params.text_document.uri)?;
    let edits = features::format(here.folder.spec(), here.document);
    let edit = |e| convert::text_edit(&here.source, e, snapshot.encoding);
    Some(edits.iter().map(edit).collect())
}

/// Offers formatting for the documents of specs only: a client with several formatters for Markdown asks its user which one
/// to take, and ours has nothing to say elsewhere.
pub fn register(session: &Session) {
    if !session.client().registers_formatting {
        return;
    }
    let filter = DocumentFilter {
        language: None,
        scheme: Some("file".to_owned()),
        pattern: Some("**/.kiro/specs/**/*.md".to_owned()),
    };
    let options = TextDocumentRegistrationOptions {
        document_selector: Some(vec![filter]),
    };
    let registration = Registration {
        id: "rutter-formatting".to_owned(),
        method: Formatting::METHOD.to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    let answer = session
        .handles()
        .calls
        .ask::<RegisterCapability>(RegistrationParams {
            registrations: vec![registration],
        });
    session.handles().runtime.spawn(async move {
        if let Err(error) = answer.await {
            tracing::warn!(%error, "the client takes no formatter");
        }
    });
}
