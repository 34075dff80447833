//! `textDocument/completion`: what could stand at a place of a spec, a hook file, steering and the like.

use std::cell::Cell;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionParams, CompletionResponse,
    CompletionTextEdit, Documentation, InsertTextFormat, MarkupContent, MarkupKind,
    TextDocumentPositionParams, TextEdit,
};
use rutter_spec::features::{self, Entry, EntryKind};
use rutter_workspace::Snapshot;

use super::target;
use crate::convert;
use crate::documents::{self, Item};
use crate::session::Session;

/// What could stand there; nothing in source files.
pub fn handle(
    session: &Session,
    snapshot: &Snapshot,
    params: &CompletionParams,
) -> Option<CompletionResponse> {
    let place = &params.text_document_position;
    if let Some(found) = in_spec(session, snapshot, place) {
        return Some(CompletionResponse::List(found));
    }
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

fn in_spec(
    session: &Session,
    snapshot: &Snapshot,
    place: &TextDocumentPositionParams,
) -> Option<CompletionList> {
    let here = target(snapshot, &place.text_document.uri)?;
    let offset = here.offset(snapshot, place.position);
    let root = snapshot.root_of(&here.path);
    let incomplete = Cell::new(false);
    let files = || {
        let known = root.and_then(|root| session.projects().of(session, root));
        incomplete.set(known.is_none() && root.is_some());
        known.map_or_else(Vec::new, |names| names.to_vec())
    };
    let entries = features::complete(here.folder.spec(), here.document, offset, &files);
    let snippets = session.client().snippets;
    let items = entries.into_iter().enumerate().map(|(at, entry)| {
        let range = convert::range(&here.source, &entry.range, snapshot.encoding);
        of_spec(at, entry, range, snippets)
    });
    Some(CompletionList {
        items: items.collect(),
        is_incomplete: incomplete.get(),
    })
}

fn of_spec(at: usize, entry: Entry, range: lsp_types::Range, snippets: bool) -> CompletionItem {
    let plain = entry.plain();
    let as_snippet = snippets && entry.is_snippet();
    CompletionItem {
        // What is compared with what stands there, a heading's marks included.
        filter_text: plain.lines().next().map(str::to_owned),
        kind: Some(match entry.kind {
            EntryKind::Id => CompletionItemKind::REFERENCE,
            EntryKind::Opener => CompletionItemKind::KEYWORD,
            EntryKind::Term => CompletionItemKind::CLASS,
            EntryKind::Skeleton => CompletionItemKind::SNIPPET,
            EntryKind::File => CompletionItemKind::FILE,
        }),
        detail: (!entry.detail.is_empty()).then_some(entry.detail),
        insert_text_format: as_snippet.then_some(InsertTextFormat::SNIPPET),
        sort_text: Some(format!("{at:04}")),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(
            range,
            if as_snippet { entry.insert } else { plain },
        ))),
        label: entry.label,
        ..CompletionItem::default()
    }
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
