//! `textDocument/documentLink`: the files that specs, hook files, steering and the like name.

use std::collections::HashMap;
use std::path::{Component, Path, PathBuf};

use lsp_types::{DocumentLink, DocumentLinkParams, Uri};
use rutter_host::{FileKind, Files};
use rutter_spec::features::{FileLink, file_links};
use rutter_workspace::Snapshot;

use super::{Target, target};
use crate::session::Session;
use crate::{convert, documents};

/// The links to files that are there.
pub fn handle(
    session: &Session,
    snapshot: &Snapshot,
    params: &DocumentLinkParams,
) -> Option<Vec<DocumentLink>> {
    let uri = &params.text_document.uri;
    if let Some(here) = target(snapshot, uri) {
        return Some(in_spec(session, snapshot, &here));
    }
    documents::at(session, snapshot, uri, |here, kind| {
        let links = kind.links(here).into_iter();
        let links = links.filter_map(|link| {
            let target = convert::uri(&link.target)?;
            Some(shown(here.range(&link.range), target))
        });
        links.collect()
    })
}

fn in_spec(session: &Session, snapshot: &Snapshot, here: &Target) -> Vec<DocumentLink> {
    let files = session.environment().files.as_ref();
    let mut there: HashMap<String, Option<PathBuf>> = HashMap::new();
    let links = file_links(here.folder.spec(), here.document).into_iter();
    let links = links.filter_map(|FileLink { range, path, line }| {
        let found = there
            .entry(path)
            .or_insert_with_key(|path| file(files, here, path))
            .clone()?;
        let mut target = convert::uri(&found)?;
        if let Some(line) = line {
            target = format!("{}#L{line}", target.as_str()).parse().ok()?;
        }
        Some(shown(
            convert::range(&here.source, &range, snapshot.encoding),
            target,
        ))
    });
    links.collect()
}

/// The file inside the root that a path names, from the root or from the document.
fn file(files: &dyn Files, here: &Target, path: &str) -> Option<PathBuf> {
    let root = &here.folder.root;
    [root.as_path(), here.path.parent()?]
        .into_iter()
        .filter_map(|base| joined(base, path))
        .find(|p| {
            p.starts_with(root) && p != &here.path && matches!(files.kind(p), Ok(FileKind::File))
        })
}

/// A relative path from a folder, without `.` and `..`.
fn joined(base: &Path, path: &str) -> Option<PathBuf> {
    let mut joined = base.to_path_buf();
    for part in Path::new(path).components() {
        match part {
            Component::Normal(name) => joined.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                joined.pop().then_some(())?;
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(joined)
}

fn shown(range: lsp_types::Range, target: Uri) -> DocumentLink {
    DocumentLink {
        range,
        target: Some(target),
        tooltip: None,
        data: None,
    }
}
