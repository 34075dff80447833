//! Source files with links into specs, in LSP's terms.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{CodeLens, Command, Location, Uri};
use rutter_commands::steps::Step;
use rutter_commands::trace::lens;
use rutter_text::Source;
use rutter_workspace::trace::Use;
use rutter_workspace::{Snapshot, SourceFile, SpecFolder};
use serde_json::json;

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

    fn command(&self, uri: &Uri, mut step: Step) -> Command {
        let named = step.argument["uri"].as_str().map(Path::new);
        let named = named.filter(|path| *path != self.file.path);
        let named = named.and_then(convert::uri);
        step.argument["uri"] = json!(named.as_ref().unwrap_or(uri).as_str());
        if step.command == "rutter.link" {
            step.argument["range"] = json!(self.range(&step.range));
        }
        Command {
            title: step.title,
            command: step.command.to_owned(),
            arguments: Some(vec![step.argument]),
        }
    }

    /// The lenses of the file; nothing where it has none.
    pub fn lenses(&self, uri: &Uri) -> Option<Vec<CodeLens>> {
        let lens = |(bytes, command): (Range<usize>, Command)| CodeLens {
            range: self.range(&first_line(&self.file.source, &bytes)),
            command: Some(command),
            data: None,
        };
        let lenses: Vec<CodeLens> = self.steps(uri).into_iter().map(lens).collect();
        (!lenses.is_empty()).then_some(lenses)
    }
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

/// The places in source that name any of some criteria.
pub fn locations(snapshot: &Snapshot, folder: &SpecFolder, labels: &[String]) -> Vec<Location> {
    let uses = snapshot.uses_of_criteria(folder, labels).into_iter();
    let found = uses.filter_map(|one| {
        let range = convert::range(&one.file.source, &one.link.range, snapshot.encoding);
        Some(Location::new(convert::uri(&one.file.path)?, range))
    });
    found.collect()
}
