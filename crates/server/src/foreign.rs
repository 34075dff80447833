//! Specs of other tools in LSP's terms: read, never changed.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

use lsp_types::{Location, Position, SymbolKind, Uri};
use rutter_commands::foreign;
use rutter_spec::foreign::{ForeignDocument, Item, ItemKind, at, key, named};
use rutter_text::Source;
use rutter_workspace::foreign::{meant, uses};
use rutter_workspace::trace::Use;
use rutter_workspace::{ForeignFolder, Snapshot};

use crate::convert;
use crate::documents::Symbol;

/// A document of a spec of another tool that a request is about.
pub struct Place<'a> {
    snapshot: &'a Snapshot,
    /// The spec.
    pub folder: &'a Arc<ForeignFolder>,
    /// The document's path below the spec's folder.
    pub name: String,
    /// The document's text.
    pub source: &'a Source,
}

/// A place to go to: the file, all of it that is meant, and where the cursor goes.
pub type Goal = (Uri, lsp_types::Range, lsp_types::Range);

/// The document that a URI names; nothing for every other file.
pub fn place<'a>(snapshot: &'a Snapshot, uri: &Uri) -> Option<Place<'a>> {
    let path = convert::path(uri)?;
    let (folder, name) = snapshot.foreign_of(&path)?;
    let source = folder.source(&name)?;
    Some(Place {
        snapshot,
        folder,
        name,
        source,
    })
}

impl Place<'_> {
    fn offset(&self, position: Position) -> usize {
        let position = convert::position(position);
        self.source.offset(position, self.snapshot.encoding)
    }

    fn range(&self, bytes: &Range<usize>) -> lsp_types::Range {
        convert::range(self.source, bytes, self.snapshot.encoding)
    }

    /// The outline.
    pub fn symbols(&self) -> Vec<Symbol> {
        let document = self.folder.spec().document(&self.name);
        document.map_or_else(Vec::new, |document| children(document, None))
    }

    /// What to say at a position, and about which range.
    pub fn hover(&self, position: Position) -> Option<(String, lsp_types::Range)> {
        let found = at(self.folder.spec(), &self.name, self.offset(position))?;
        let mut said = foreign::hover(self.folder, found.item);
        for (title, is_test) in [("Code", false), ("Tests", true)] {
            let lines: Vec<String> = self
                .uses(&found.item.id)
                .filter(|(_, test, _)| *test == is_test)
                .map(|(location, _, shown)| format!("- [{shown}]({})", location.uri.as_str()))
                .collect();
            if !lines.is_empty() {
                said.push_str(&format!("\n\n{title}:\n{}", lines.join("\n")));
            }
        }
        Some((said, self.range(&found.range)))
    }

    /// Where what is named at a position is defined; for what a change touches, where the current spec defines it.
    pub fn definition(&self, position: Position) -> Option<(lsp_types::Range, Vec<Goal>)> {
        let found = at(self.folder.spec(), &self.name, self.offset(position))?;
        let origin = self.range(&found.range);
        let base = foreign::base_of(self.snapshot, self.folder, &self.name, found.item);
        let goal = match base {
            Some((folder, document, selection)) => {
                goal(self.snapshot, folder, &document, &selection, &selection)
            }
            None => {
                let item = found.item;
                let document = &found.document.name;
                goal(
                    self.snapshot,
                    self.folder,
                    document,
                    &item.range,
                    &item.selection,
                )
            }
        };
        Some((origin, goal.into_iter().collect()))
    }

    /// Every place that names what stands at a position, in the spec and in source.
    pub fn references(&self, position: Position, with_definition: bool) -> Option<Vec<Location>> {
        let found = at(self.folder.spec(), &self.name, self.offset(position))?;
        let mut all = references(self.snapshot, self.folder, &found.item.id, with_definition);
        all.extend(self.uses(&found.item.id).map(|(location, _, _)| location));
        Some(all)
    }

    /// The places of this document that name what stands at a position, and whether they define it.
    pub fn highlights(&self, position: Position) -> Option<Vec<(lsp_types::Range, bool)>> {
        let found = at(self.folder.spec(), &self.name, self.offset(position))?;
        let all = named(self.folder.spec(), &found.item.id);
        let here = all.into_iter().filter(|(d, _, _)| d.name == self.name);
        Some(
            here.map(|(_, range, is_definition)| (self.range(&range), is_definition))
                .collect(),
        )
    }

    /// The links from source to an id: where, whether in a test, and how it is shown.
    fn uses(&self, id: &str) -> impl Iterator<Item = (Location, bool, String)> {
        uses_of(self.snapshot, self.folder, id).into_iter()
    }
}

fn uses_of(snapshot: &Snapshot, folder: &ForeignFolder, id: &str) -> Vec<(Location, bool, String)> {
    let Some(sources) = snapshot.sources.get(&folder.root) else {
        return Vec::new();
    };
    let folders: Vec<_> = snapshot.foreign_in(&folder.root).collect();
    let mut found = Vec::new();
    for Use { file, link } in uses(sources, &folders, folder) {
        if !link.ids.iter().any(|one| key(one) == key(id)) {
            continue;
        }
        let range = convert::range(&file.source, &link.range, snapshot.encoding);
        let line = range.start.line + 1;
        let unit = link.unit.as_ref().map(|unit| unit.full_name());
        let shown = format!("{} {}:{line}", unit.unwrap_or_default(), file.name);
        if let Some(uri) = convert::uri(&file.path) {
            found.push((
                Location::new(uri, range),
                link.is_test,
                shown.trim().to_owned(),
            ));
        }
    }
    found
}

fn references(
    snapshot: &Snapshot,
    folder: &ForeignFolder,
    id: &str,
    with_definition: bool,
) -> Vec<Location> {
    let all = named(folder.spec(), id).into_iter();
    let wanted = all.filter(|(_, _, is_definition)| with_definition || !is_definition);
    let locations = wanted.filter_map(|(document, range, _)| {
        let uri = convert::uri(&folder.path.join(&document.name))?;
        Some(Location::new(
            uri,
            convert::range(&document.source, &range, snapshot.encoding),
        ))
    });
    locations.collect()
}

fn goal(
    snapshot: &Snapshot,
    folder: &ForeignFolder,
    document: &str,
    whole: &Range<usize>,
    selection: &Range<usize>,
) -> Option<Goal> {
    let uri = convert::uri(&folder.path.join(document))?;
    let source = folder.source(document)?;
    let range = |bytes: &Range<usize>| convert::range(source, bytes, snapshot.encoding);
    Some((uri, range(whole), range(selection)))
}

/// From a link in source to what it names: in each spec that it could mean.
pub fn from_source(
    snapshot: &Snapshot,
    root: &std::path::Path,
    file: &rutter_workspace::SourceFile,
    offset: usize,
) -> Option<(Range<usize>, Vec<Goal>)> {
    let link = file.foreign_at(offset)?;
    let folders: Vec<_> = snapshot.foreign_in(root).collect();
    let written = link.id_at(offset);
    let ids = written.map_or_else(|| link.ids.clone(), |id| vec![id.id.clone()]);
    let mut goals = Vec::new();
    for folder in meant(&folders, link) {
        for id in &ids {
            if let Some((document, item)) = folder.spec().item(id) {
                goals.extend(goal(
                    snapshot,
                    folder,
                    &document.name,
                    &item.range,
                    &item.selection,
                ));
            }
        }
    }
    let origin = written.map_or_else(|| link.range.clone(), |id| id.range.clone());
    (!goals.is_empty()).then_some((origin, goals))
}

/// From a link in source to every place that names the same.
pub fn references_from_source(
    snapshot: &Snapshot,
    root: &std::path::Path,
    file: &rutter_workspace::SourceFile,
    offset: usize,
    with_definition: bool,
) -> Option<Vec<Location>> {
    let link = file.foreign_at(offset)?;
    let folders: Vec<_> = snapshot.foreign_in(root).collect();
    let fits = meant(&folders, link);
    let [folder] = fits.as_slice() else {
        return None;
    };
    let id = link.id_at(offset).map_or(&link.ids[0], |id| &id.id);
    let mut all = references(snapshot, folder, id, with_definition);
    all.extend(uses_of(snapshot, folder, id).into_iter().map(|(l, _, _)| l));
    Some(all)
}

fn children(document: &ForeignDocument, parent: Option<usize>) -> Vec<Symbol> {
    let own = document.items.iter().enumerate();
    own.filter(|(_, item)| item.parent == parent)
        .map(|(at, item)| Symbol {
            name: name(item),
            detail: detail(item),
            kind: kind(item.kind),
            range: item.range.start.min(item.selection.start)
                ..item.range.end.max(item.selection.end),
            selection: item.selection.clone(),
            children: children(document, Some(at)),
        })
        .collect()
}

/// How an item is called in an outline.
pub fn name(item: &Item) -> String {
    let name = match item.kind {
        ItemKind::Section | ItemKind::Scenario => item.title.clone(),
        ItemKind::Requirement(_) if item.id == item.title => item.id.clone(),
        ItemKind::Task(_) if item.id.starts_with('#') => item.title.clone(),
        _ => format!("{} {}", item.id, item.title),
    };
    if name.trim().is_empty() {
        "(untitled)".to_owned()
    } else {
        name
    }
}

fn detail(item: &Item) -> Option<String> {
    match item.kind {
        ItemKind::Task(true) => Some("done".to_owned()),
        ItemKind::Requirement(delta) => delta.map(|delta| delta.as_str().to_owned()),
        _ => None,
    }
}

/// The kind in LSP's words, as for specs of ours.
pub fn kind(kind: ItemKind) -> SymbolKind {
    match kind {
        ItemKind::Section => SymbolKind::STRING,
        ItemKind::Story | ItemKind::Requirement(_) => SymbolKind::MODULE,
        ItemKind::Scenario | ItemKind::Outcome => SymbolKind::PROPERTY,
        ItemKind::Task(_) => SymbolKind::EVENT,
    }
}

/// The findings of every document, by path; documents without findings are listed empty.
pub fn findings(
    snapshot: &Snapshot,
    show: &dyn Fn(&Source, &rutter_text::Finding) -> lsp_types::Diagnostic,
) -> BTreeMap<PathBuf, Vec<lsp_types::Diagnostic>> {
    let mut all = BTreeMap::new();
    for folder in snapshot.foreign.values() {
        let settings = snapshot.settings_of(&folder.root);
        for (name, found) in foreign::findings(snapshot, folder, &settings) {
            let Some(source) = folder.source(&name) else {
                continue;
            };
            let list = found.iter().map(|f| show(source, f)).collect();
            all.insert(folder.path.join(&name), list);
        }
    }
    all
}
