//! `textDocument/completion`: what could stand at a place of a hook file, steering and the like.

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionResponse,
    CompletionTextEdit, Documentation, MarkupContent, MarkupKind, TextEdit,
};
use rutter_workspace::Snapshot;

use crate::documents::{self, Item};
use crate::session::Session;

/// What could stand there; nothing in specs and source files.
pub fn handle(
    session: &Session,
    snapshot: &Snapshot,
    params: &CompletionParams,
) -> Option<CompletionResponse> {
    let place = &params.text_document_position;
    let markdown = session.client().markdown_completion;
    documents::at(session, snapshot, &place.text_document.uri, |here, kind| {
        let found = kind.complete(here, here.offset(place.position));
        let items = found.items.into_iter().enumerate();
        CompletionResponse::List(CompletionList {
            is_incomplete: found.incomplete,
            items: items
                .map(|(at, item)| {
                    let range = here.range(&item.range);
                    entry(at, item, range, markdown)
                })
                .collect(),
        })
    })
}

fn entry(at: usize, item: Item, range: lsp_types::Range, markdown: bool) -> CompletionItem {
    let kind = if item.is_template {
        CompletionItemKind::SNIPPET
    } else {
        CompletionItemKind::VALUE
    };
    // What is compared with what stands there: with its quotes, where they are replaced too.
    let filter = if item.is_template {
        &item.label
    } else {
        &item.insert
    };
    let documentation = if markdown {
        Documentation::MarkupContent(MarkupContent {
            kind: MarkupKind::Markdown,
            value: item.docs.clone(),
        })
    } else {
        Documentation::String(item.docs.clone())
    };
    CompletionItem {
        filter_text: Some(filter.trim().to_owned()),
        kind: Some(kind),
        documentation: (!item.docs.is_empty()).then_some(documentation),
        // The order is ours: what is needed most comes first.
        sort_text: Some(format!("{at:04}")),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, item.insert))),
        label: item.label,
        ..CompletionItem::default()
    }
}
