//! `workspace/symbol`: requirements, criteria, properties, tasks and specs by their ids or words.

use lsp_types::{Location, OneOf, SymbolInformation, WorkspaceSymbol, WorkspaceSymbolParams};
use rutter_spec::features::{self, Query};
use rutter_spec::foreign::{ForeignDocument, ItemKind};
use rutter_workspace::{ForeignFolder, Snapshot};

use super::document_symbol::kind;
use crate::front::CancelToken;
use crate::{convert, foreign};

/// The most that are given.
const MANY: usize = 100;

/// What is found in a spec of another tool.
#[allow(deprecated, reason = "the type has a field that nobody sets any more")]
fn in_foreign(
    snapshot: &Snapshot,
    folder: &ForeignFolder,
    query: &Query,
) -> Vec<(u32, SymbolInformation)> {
    let mut found = Vec::new();
    let mut add = |score, name: &str, kind, document: &ForeignDocument, range, container| {
        let Some(uri) = convert::uri(&folder.path.join(&document.name)) else {
            return;
        };
        let range = convert::range(&document.source, &range, snapshot.encoding);
        let symbol = SymbolInformation {
            name: name.to_owned(),
            kind,
            tags: None,
            deprecated: None,
            location: Location::new(uri, range),
            container_name: container,
        };
        found.push((score, symbol));
    };
    let spec = folder.spec();
    if let (Some(score), Some(first)) = (query.score("", &folder.name), spec.documents.first()) {
        let package = lsp_types::SymbolKind::PACKAGE;
        add(score + 300, &folder.name, package, first, 0..0, None);
    }
    for (document, item) in spec
        .items()
        .filter(|(_, item)| item.kind != ItemKind::Section)
    {
        if let Some(score) = query.score(&item.id, &item.title) {
            let (name, kind) = (foreign::name(item), foreign::kind(item.kind));
            let container = Some(folder.name.clone());
            add(
                score,
                &name,
                kind,
                document,
                item.selection.clone(),
                container,
            );
        }
    }
    found
}

/// The best of what is found in all specs; each stands in the container that is its spec.
#[allow(deprecated, reason = "the type has a field that nobody sets any more")]
pub fn handle(
    snapshot: &Snapshot,
    params: &WorkspaceSymbolParams,
    token: &CancelToken,
) -> OneOf<Vec<SymbolInformation>, Vec<WorkspaceSymbol>> {
    let query = Query::new(&params.query);
    let mut found: Vec<(u32, SymbolInformation)> = Vec::new();
    for folder in snapshot.folders.values() {
        if token.is_cancelled() {
            break;
        }
        let documents = rutter_spec::Document::ALL.into_iter();
        let texts: Vec<_> = documents
            .filter_map(|d| folder.source(d.file_name()).map(|source| (d, source)))
            .collect();
        // The spec itself, at the first of its documents.
        if let (Some(score), Some((document, source))) =
            (query.score("", &folder.name), texts.first())
            && let Some(uri) = convert::uri(&folder.path_of(*document))
        {
            let range = convert::range(source, &(0..0), snapshot.encoding);
            let symbol = SymbolInformation {
                name: folder.name.clone(),
                kind: lsp_types::SymbolKind::PACKAGE,
                tags: None,
                deprecated: None,
                location: Location::new(uri, range),
                container_name: None,
            };
            found.push((score + 300, symbol));
        }
        if !texts
            .iter()
            .any(|(_, source)| query.may_be_in(source.text()))
        {
            continue;
        }
        let folder = snapshot.to_read(folder);
        let spec = folder.spec();
        let hits = features::search(spec, &query)
            .into_iter()
            .filter_map(|hit| {
                let source = spec.source(hit.document)?;
                let uri = convert::uri(&folder.path_of(hit.document))?;
                let range = convert::range(source, &hit.range, snapshot.encoding);
                let symbol = SymbolInformation {
                    name: hit.name,
                    kind: kind(hit.kind),
                    tags: None,
                    deprecated: None,
                    location: Location::new(uri, range),
                    container_name: Some(folder.name.clone()),
                };
                Some((hit.score, symbol))
            });
        found.extend(hits);
    }
    for folder in snapshot.foreign.values() {
        if token.is_cancelled() {
            break;
        }
        found.extend(in_foreign(snapshot, folder, &query));
    }
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.truncate(MANY);
    OneOf::Left(found.into_iter().map(|(_, symbol)| symbol).collect())
}
