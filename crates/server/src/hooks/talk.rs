//! Questions with a few answers, and documents to read.

use lsp_types::request::{ShowDocument, ShowMessageRequest};
use lsp_types::{MessageActionItem, MessageType, ShowDocumentParams, ShowMessageRequestParams};

use crate::convert;
use crate::session::Session;

/// Asks; gives the title that was chosen. Sent before this returns, so that questions keep their order.
pub(crate) fn choose(
    session: &Session,
    typ: MessageType,
    message: String,
    titles: &[&str],
) -> impl Future<Output = Option<String>> + Send + use<> {
    let actions = titles
        .iter()
        .map(|title| MessageActionItem {
            title: (*title).to_owned(),
            properties: Default::default(),
        })
        .collect();
    let answer = session
        .handles()
        .calls
        .ask::<ShowMessageRequest>(ShowMessageRequestParams {
            typ,
            message,
            actions: Some(actions),
        });
    async move { answer.await.ok().flatten().map(|a| a.title) }
}

/// Writes a document into the state folder and shows it; a client that shows none is told where it is.
pub(crate) async fn show(session: &Session, name: &str, text: &str) {
    let environment = session.environment();
    let path = environment.store.reports().join(name);
    if let Err(error) = environment.files.write(&path, text.as_bytes()) {
        let outbox = &session.handles().outbox;
        return outbox.show(MessageType::ERROR, error.to_string());
    }
    if session.client().shows_documents
        && let Some(uri) = convert::uri(&path)
    {
        let params = ShowDocumentParams {
            uri,
            external: Some(false),
            take_focus: Some(true),
            selection: None,
        };
        if session
            .handles()
            .calls
            .ask::<ShowDocument>(params)
            .await
            .is_ok()
        {
            return;
        }
    }
    let outbox = &session.handles().outbox;
    outbox.show(MessageType::INFO, format!("See {}", path.display()));
}
