//! Source files with links into specs, in LSP's terms.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{CodeLens, Command, Location, Uri};
use rutter_commands::steps::Step;
use rutter_commands::trace::{lens, likely};
use rutter_text::Source;
use rutter_workspace::likely::Shown;
use rutter_workspace::trace::{Use, observed};
use rutter_workspace::{Snapshot, SourceFile, SpecFolder};
use serde_json::{Value, json};

use crate::convert;

/// A source file that a request is about; one without links is none.
pub struct Linked<'a> {
    /// The workspace.
    pub snapshot: &'a Snapshot,
    /// The workspace folder whose specs it means.
    pub root: &'a PathBuf,
    /// The file.
    pub file: Arc<SourceFile>,
}

/// The source file of a URI.
pub fn at<'a>(snapshot: &'a Snapshot, uri: &Uri) -> Option<Linked<'a>> {
    let path = convert::path(uri)?;
    let (root, file) = snapshot.source_file(&path)?;
    Some(Linked {
        snapshot,
        root,
        file,
    })
}

impl Linked<'_> {
    /// The offset of a position of the client.
    pub fn offset(&self, position: lsp_types::Position) -> usize {
        let position = convert::position(position);
        self.file.source.offset(position, self.snapshot.encoding)
    }

    /// The client's range of some bytes.
    pub fn range(&self, bytes: &Range<usize>) -> lsp_types::Range {
        convert::range(&self.file.source, bytes, self.snapshot.encoding)
    }

    /// The lenses of the file, as commands that a code action can be too.
    pub fn steps(&self, uri: &Uri) -> Vec<(Range<usize>, Command)> {
        let foreign = rutter_commands::foreign::lenses(self.snapshot, self.root, &self.file);
        let steps = lens::lenses(self.snapshot, self.root, &self.file).into_iter();
        let steps = steps.chain(foreign);
        let commands = steps.map(|step| {
            let range = step.range.clone();
            (range, self.command(uri, step))
        });
        commands.collect()
    }

    fn command(&self, uri: &Uri, step: Step) -> Command {
        let range = self.range(&step.range);
        command(uri, &self.file.path, range, step)
    }

    fn lenses(&self, uri: &Uri) -> Vec<CodeLens> {
        let lens = |(bytes, command): (Range<usize>, Command)| CodeLens {
            range: self.range(&first_line(&self.file.source, &bytes)),
            command: Some(command),
            data: None,
        };
        self.steps(uri).into_iter().map(lens).collect()
    }
}

/// A step in a source file as a command.
fn command(uri: &Uri, file: &Path, range: lsp_types::Range, mut step: Step) -> Command {
    let named = step.argument["uri"].as_str().map(Path::new);
    let named = named.filter(|path| *path != file).and_then(convert::uri);
    step.argument["uri"] = json!(named.as_ref().unwrap_or(uri).as_str());
    if matches!(step.command, "rutter.link" | likely::CONFIRM) {
        step.argument["range"] = json!(range);
    }
    Command {
        title: step.title,
        command: step.command.to_owned(),
        arguments: Some(vec![step.argument]),
    }
}

/// The lenses of a source file: of its links, and of what commits say of its functions; nothing where there are none.
pub fn lenses(snapshot: &Snapshot, uri: &Uri) -> Option<Vec<CodeLens>> {
    let mut lenses = at(snapshot, uri).map_or_else(Vec::new, |here| here.lenses(uri));
    lenses.extend(of_commits(snapshot, uri).unwrap_or_default());
    (!lenses.is_empty()).then_some(lenses)
}

fn of_commits(snapshot: &Snapshot, uri: &Uri) -> Option<Vec<CodeLens>> {
    let path = convert::path(uri)?;
    let source = &snapshot.open.get(&path)?.source;
    let steps = likely::lenses(snapshot, snapshot.root_of(&path)?, &path, source);
    let range = |bytes: &Range<usize>| convert::range(source, bytes, snapshot.encoding);
    let lenses = steps.into_iter().map(|mut step| {
        let bytes = step.range.clone();
        step.argument["spec"] = step.argument["spec"]
            .as_str()
            .and_then(|path| convert::uri(Path::new(path)))
            .map_or(Value::Null, |uri| json!(uri.as_str()));
        CodeLens {
            range: range(&first_line(source, &bytes)),
            command: Some(command(uri, &path, range(&bytes), step)),
            data: None,
        }
    });
    Some(lenses.collect())
}

/// A place that a commit speaks of as a link in Markdown.
pub fn markdown_of_commit(root: &Path, one: &Shown<'_>) -> String {
    let (claim, line) = (one.claim, one.line + 1);
    let place = format!("{}:{line}", claim.path);
    let name = claim.name.as_deref().unwrap_or(&claim.path);
    let name: String = name.chars().filter(|c| !"[]`\n\r".contains(*c)).collect();
    match convert::uri(&root.join(&claim.path)) {
        Some(uri) => format!("[{name}]({}#L{line}) {place}", uri.as_str()),
        None => format!("{name} {place}"),
    }
}

/// The places that commits speak of for any of some criteria.
fn locations_of_commits(
    snapshot: &Snapshot,
    folder: &SpecFolder,
    labels: &[String],
) -> Vec<Location> {
    let shown = likely::of_criteria(snapshot, folder, labels).into_iter();
    let found = shown.filter_map(|one| {
        let line = u32::try_from(one.line).ok()?;
        let start = lsp_types::Position::new(line, 0);
        let uri = convert::uri(&folder.root.join(&one.claim.path))?;
        Some(Location::new(uri, lsp_types::Range::new(start, start)))
    });
    found.collect()
}

fn first_line(source: &Source, bytes: &Range<usize>) -> Range<usize> {
    let line = source.line_of(bytes.start);
    let lines = source.lines();
    let line = lines.line_range(source.text(), line);
    line.unwrap_or_else(|| bytes.clone())
}

/// A place in source as a link in Markdown: `[lock](file:///w/src/a.rs#L7) src/a.rs:7`.
pub fn markdown(one: &Use<'_>) -> String {
    let line = one.file.source.line_of(one.link.range.start) + 1;
    let place = format!("{}:{line}", one.file.name);
    let unit = one.link.unit.as_ref();
    let name = unit.map_or_else(|| place.clone(), |unit| unit.full_name());
    let name: String = name.chars().filter(|c| !"[]`\n\r".contains(*c)).collect();
    match convert::uri(&one.file.path) {
        Some(uri) if name == place => format!("[{place}]({}#L{line})", uri.as_str()),
        Some(uri) => format!("[{name}]({}#L{line}) {place}", uri.as_str()),
        None => format!("{name} {place}"),
    }
}

/// The places that any of some criteria say they were observed in.
fn locations_observed(folder: &SpecFolder, labels: &[String]) -> impl Iterator<Item = Location> {
    let found = observed(folder).into_iter();
    found.filter_map(|at| {
        let line = u32::try_from(at.line).ok()?.checked_sub(1)?;
        let start = lsp_types::Position::new(line, 0);
        let uri = convert::uri(&folder.root.join(&at.name))?;
        let location = Location::new(uri, lsp_types::Range::new(start, start));
        labels.contains(&at.label).then_some(location)
    })
}

/// The places in source that name any of some criteria, those that the criteria name, and those that commits speak of.
pub fn locations(snapshot: &Snapshot, folder: &SpecFolder, labels: &[String]) -> Vec<Location> {
    let uses = snapshot.uses_of_criteria(folder, labels).into_iter();
    let found = uses.filter_map(|one| {
        let range = convert::range(&one.file.source, &one.link.range, snapshot.encoding);
        Some(Location::new(convert::uri(&one.file.path)?, range))
    });
    let mut found: Vec<Location> = found.collect();
    found.extend(locations_observed(folder, labels));
    found.extend(locations_of_commits(snapshot, folder, labels));
    found
}
