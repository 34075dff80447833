//! Edits of open documents, as the client takes them.

use std::collections::HashMap;

use lsp_types::{
    AnnotatedTextEdit, ChangeAnnotation, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, TextDocumentEdit, WorkspaceEdit,
};
use rutter_commands::{Command, FileChange};
use rutter_text::edit;
use rutter_workspace::Snapshot;

use crate::convert;
use crate::session::Session;

/// The annotation that asks the user before an edit is made.
const ANNOTATION: &str = "rutter";

/// The smallest edits of open documents, bound to the versions they were made from.
pub fn workspace_edit(
    session: &Session,
    snapshot: &Snapshot,
    command: &Command,
    title: &str,
    changes: &[FileChange],
) -> WorkspaceEdit {
    let client = session.client();
    let annotate = command.previews && client.annotates_edits;
    let mut documents = Vec::new();
    for change in changes {
        let (Some(open), Some(uri), Some(after)) = (
            snapshot.open.get(&change.path),
            convert::uri(&change.path),
            &change.after,
        ) else {
            continue;
        };
        let edits = edit::between(open.source.text(), after)
            .iter()
            .map(|e| convert::text_edit(&open.source, e, client.encoding))
            .map(|text_edit| {
                if annotate {
                    OneOf::Right(AnnotatedTextEdit {
                        text_edit,
                        annotation_id: ANNOTATION.to_owned(),
                    })
                } else {
                    OneOf::Left(text_edit)
                }
            })
            .collect();
        documents.push(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier {
                uri,
                version: Some(open.version),
            },
            edits,
        });
    }
    let annotation = ChangeAnnotation {
        label: title.to_owned(),
        needs_confirmation: Some(true),
        description: None,
    };
    WorkspaceEdit {
        changes: None,
        document_changes: Some(DocumentChanges::Edits(documents)),
        change_annotations: annotate.then(|| HashMap::from([(ANNOTATION.to_owned(), annotation)])),
    }
}
