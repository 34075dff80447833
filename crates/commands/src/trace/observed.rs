//! What the notes of criteria say that they were observed in, as far as there is code.

use std::collections::BTreeMap;

use rutter_code::{Language, Unit, units};
use rutter_host::Files;
use rutter_spec::trace::{Links, Place};
use rutter_text::Source;
use rutter_workspace::trace::observed;
use rutter_workspace::{Snapshot, SpecFolder};

/// Adds the places to what names each criterion by a link.
pub fn add(
    links: &mut BTreeMap<String, Links>,
    snapshot: &Snapshot,
    files: &dyn Files,
    folder: &SpecFolder,
) {
    let mut read: BTreeMap<String, Option<(Source, Vec<Unit>)>> = BTreeMap::new();
    for at in observed(folder) {
        let file = read
            .entry(at.name.clone())
            .or_insert_with(|| code(snapshot, files, folder, &at.name));
        let Some((source, units)) = file else {
            continue;
        };
        let lines = source.lines();
        let Some(range) = lines.line_range(source.text(), at.line - 1) else {
            continue;
        };
        let line = &source.text()[range.clone()];
        let offset = range.start + (line.len() - line.trim_start().len());
        let around = units
            .iter()
            .filter(|unit| unit.range.start <= offset && offset < unit.range.end);
        let unit = around.min_by_key(|unit| unit.range.len());
        let place = Place {
            path: at.name,
            line: at.line,
            name: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        };
        let links = links.entry(at.label).or_default();
        let list = if at.is_test || unit.is_some_and(|unit| unit.is_test) {
            &mut links.tests
        } else {
            &mut links.code
        };
        if !list.contains(&place) {
            list.push(place);
        }
    }
}

/// A file as the editor has it, else as it is on disk, with its units; nothing where it can't be read.
fn code(
    snapshot: &Snapshot,
    files: &dyn Files,
    folder: &SpecFolder,
    name: &str,
) -> Option<(Source, Vec<Unit>)> {
    let path = folder.root.join(name);
    let source = match snapshot.open.get(&path) {
        Some(open) => open.source.clone(),
        None => Source::new(files.read_text(&path).ok()?),
    };
    let units = units(Language::of_path(name)?, source.text());
    Some((source, units))
}
