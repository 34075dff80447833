//! `textDocument/documentSymbol`: the outline of a document.

use lsp_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation,
    SymbolKind, Uri,
};
use rutter_spec::features;
use rutter_text::{Encoding, Source};
use rutter_workspace::Snapshot;

use super::target;
use crate::documents::Symbol;
use crate::session::Session;
use crate::{convert, documents, foreign};

/// The outline, as a tree or, for older clients, flat.
pub fn handle(
    session: &Session,
    snapshot: &Snapshot,
    params: &DocumentSymbolParams,
) -> Option<DocumentSymbolResponse> {
    let uri = &params.text_document.uri;
    let (symbols, source) = match target(snapshot, uri) {
        Some(here) => {
            let symbols = features::symbols(here.folder.spec(), here.document);
            (symbols.into_iter().map(of_spec).collect(), here.source)
        }
        None if let Some(here) = foreign::place(snapshot, uri) => {
            (here.symbols(), here.source.clone())
        }
        None => documents::at(session, snapshot, uri, |here, kind| {
            (kind.symbols(here), here.source.clone())
        })?,
    };
    if session.client().symbol_tree {
        return Some(DocumentSymbolResponse::Nested(
            symbols
                .iter()
                .map(|s| nested(s, &source, snapshot.encoding))
                .collect(),
        ));
    }
    let mut flat = Vec::new();
    for symbol in &symbols {
        flatten(symbol, None, uri, &source, snapshot.encoding, &mut flat);
    }
    Some(DocumentSymbolResponse::Flat(flat))
}

fn of_spec(symbol: features::Symbol) -> Symbol {
    Symbol {
        name: symbol.name,
        detail: symbol.detail,
        kind: kind(symbol.kind),
        range: symbol.range,
        selection: symbol.selection,
        children: symbol.children.into_iter().map(of_spec).collect(),
    }
}

/// The kind in LSP's words.
pub(super) fn kind(kind: features::SymbolKind) -> SymbolKind {
    match kind {
        features::SymbolKind::Section => SymbolKind::STRING,
        features::SymbolKind::Requirement => SymbolKind::MODULE,
        features::SymbolKind::Criterion => SymbolKind::PROPERTY,
        features::SymbolKind::Property => SymbolKind::CONSTANT,
        features::SymbolKind::Task(_) => SymbolKind::EVENT,
    }
}

#[allow(deprecated, reason = "the type has a field that nobody sets any more")]
fn nested(symbol: &Symbol, source: &Source, encoding: Encoding) -> DocumentSymbol {
    DocumentSymbol {
        name: symbol.name.clone(),
        detail: symbol.detail.clone(),
        kind: symbol.kind,
        tags: None,
        deprecated: None,
        range: convert::range(source, &symbol.range, encoding),
        selection_range: convert::range(source, &symbol.selection, encoding),
        children: (!symbol.children.is_empty()).then(|| {
            symbol
                .children
                .iter()
                .map(|c| nested(c, source, encoding))
                .collect()
        }),
    }
}

#[allow(deprecated, reason = "the type has a field that nobody sets any more")]
fn flatten(
    symbol: &Symbol,
    container: Option<&str>,
    uri: &Uri,
    source: &Source,
    encoding: Encoding,
    flat: &mut Vec<SymbolInformation>,
) {
    flat.push(SymbolInformation {
        name: symbol.name.clone(),
        kind: symbol.kind,
        tags: None,
        deprecated: None,
        location: Location::new(uri.clone(), convert::range(source, &symbol.range, encoding)),
        container_name: container.map(str::to_owned),
    });
    for child in &symbol.children {
        flatten(child, Some(&symbol.name), uri, source, encoding, flat);
    }
}
