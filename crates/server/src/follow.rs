//! Links in source that follow a rename in a spec.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use lsp_types::TextEdit;
use rutter_code::links::{Link, edit};
use rutter_spec::features::{NameKind, Renamed};
use rutter_text::{Edit, Ident};
use rutter_workspace::trace::{Meant, meant};
use rutter_workspace::{Snapshot, SourceFile, SpecFolder};

use crate::convert;
use crate::session::Session;

/// The edits of one file.
pub type FileEdits = (PathBuf, Vec<TextEdit>);

/// The edits of the source files whose links mean the spec for sure. Sources that nobody looked through yet are looked
/// through now.
pub fn edits(
    session: &Session,
    snapshot: &Snapshot,
    folder: &Arc<SpecFolder>,
    names: &[Renamed],
) -> Vec<FileEdits> {
    let wanted = [NameKind::Requirement, NameKind::Criterion];
    let names: HashMap<Ident, &str> = names
        .iter()
        .filter(|name| wanted.contains(&name.kind))
        .filter_map(|name| Some((Ident::parse(&name.old)?, name.new.as_str())))
        .collect();
    if names.is_empty() {
        return Vec::new();
    }
    let new = |id: &str| {
        let id = Ident::parse(id)?;
        names.get(&id).map(|new| (*new).to_owned())
    };
    let folders = snapshot.folders_in(&folder.root);
    let mut found = Vec::new();
    for file in files(session, snapshot, folder) {
        let mut own: Vec<Edit> = Vec::new();
        for link in &file.links {
            if matches!(meant(&folders, link), Meant::One(one) if one.path == folder.path) {
                own.extend(of_link(&file, link, folder, &folders, &new));
            }
        }
        let edits = own.iter();
        let edits = edits.map(|e| convert::text_edit(&file.source, e, snapshot.encoding));
        if !own.is_empty() {
            found.push((file.path.clone(), edits.collect()));
        }
    }
    found
}

fn of_link(
    file: &SourceFile,
    link: &Link,
    folder: &SpecFolder,
    folders: &[&Arc<SpecFolder>],
    new: &dyn Fn(&str) -> Option<String>,
) -> Vec<Edit> {
    let edits = edit::renamed(file.source.text(), link, new);
    let ids = link.ids.iter();
    let ids: Vec<String> = ids
        .map(|id| new(id).unwrap_or_else(|| id.clone()))
        .collect();
    // With its new ids a link that names no spec must not begin to mean another one.
    let others = folders.iter().filter(|other| other.path != folder.path);
    let unclear = link.spec.is_none()
        && others
            .into_iter()
            .any(|other| ids.iter().all(|id| other.has(id)));
    if edits.is_empty() || !unclear {
        return edits;
    }
    let renamed = Link {
        ids,
        ..link.clone()
    };
    edit::named(&renamed, &folder.name).into_iter().collect()
}

/// The source files with links as the editor has them.
fn files(session: &Session, snapshot: &Snapshot, folder: &SpecFolder) -> Vec<Arc<SourceFile>> {
    let root = &folder.root;
    let disk = session.environment().files.as_ref();
    let sources = snapshot.sources_in(disk, root, &|| false);
    let closed = sources
        .files()
        .filter(|file| !snapshot.open.contains_key(&file.path));
    let mut found: Vec<Arc<SourceFile>> = closed.cloned().collect();
    let open: BTreeSet<&PathBuf> = snapshot.open.keys().collect();
    found.extend(open.into_iter().filter_map(|path| {
        let (of, file) = snapshot.source_file(path)?;
        (of == root).then_some(file)
    }));
    found
}
