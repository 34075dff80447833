//! `rutter check`: the findings of every spec below some paths.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rutter_commands::mcp::View;
use rutter_commands::mcp::check::Around;
use rutter_commands::trace::check as between;
use rutter_commands::{
    Code, CommandError, Context, check, check_agents, check_own, foreign, steering,
};
use rutter_host::{Cancel, FileKind, Files};
use rutter_server::Environment;
use rutter_text::{Encoding, Finding, Position, Source};
use rutter_workspace::{AgentKind, ForeignFolder, Snapshot, SpecFolder, locate};
use serde::Serialize;
use serde_json::{Value, json};

use super::sarif;
use crate::args::{Args, CheckArgs, FailOn, Format};
use crate::output::{self, Paint};
use crate::verbs::command::with_context;
use crate::world::{self, Folders};

/// Folders that hold nothing of the user's.
const SKIPPED: [&str; 4] = [".git", "node_modules", "target", ".venv"];

/// A finding as it is printed.
#[derive(Clone, Debug, Serialize)]
struct Row {
    path: String,
    range: Value,
    severity: &'static str,
    code: &'static str,
    message: String,
    #[serde(skip)]
    line: String,
}

/// Checks.
pub fn run(args: &Args, check: &CheckArgs) -> Result<u8, CommandError> {
    let environment = world::environment(&Folders::find()?);
    let base = world::absolute(&args.dir)?;
    let paths = if check.paths.is_empty() {
        vec![base.clone()]
    } else {
        check
            .paths
            .iter()
            .map(|p| world::absolute(&base.join(p)))
            .collect::<Result<_, _>>()?
    };
    let mut roots = BTreeSet::new();
    for path in &paths {
        let kind = environment.files.kind(path)?;
        match locate(path) {
            Some(location) => {
                roots.insert(location.root);
            }
            None if let Some(root) = around_foreign(environment.files.as_ref(), path) => {
                roots.insert(root.to_owned());
            }
            None if kind == FileKind::Folder => match around_ours(path) {
                Some(root) => {
                    roots.insert(root.to_owned());
                }
                None => find_roots(environment.files.as_ref(), path, false, &mut roots),
            },
            None if let Some(root) = root_of_agent(path, &base) => {
                roots.insert(root);
            }
            None => {
                return Err(CommandError::new(
                    Code::WrongArgument,
                    format!("{} is nothing that is checked.", path.display()),
                    "Name a spec, a document of one, a hook file, a steering file, or a folder that holds some.",
                ));
            }
        }
    }
    let snapshot = world::workspace(&environment, roots.into_iter().collect())?.snapshot();
    let touched = |folder: &Path| {
        let mut paths = paths.iter();
        paths.any(|p| folder.starts_with(p) || p.starts_with(folder))
    };
    let wanted: Vec<&Arc<SpecFolder>> = snapshot
        .folders
        .values()
        .filter(|f| touched(&f.path))
        .collect();
    let foreign: Vec<&Arc<ForeignFolder>> = snapshot
        .foreign
        .values()
        .filter(|f| touched(&f.path))
        .collect();
    let mut rows = rows(&environment, &snapshot, &base, &wanted, &paths);
    for folder in &foreign {
        rows.extend(of_foreign(&snapshot, &base, folder, &paths));
    }
    let specs = foreign.iter().filter(|folder| folder.is_spec()).count();
    print(args.format, &base, &rows, wanted.len() + specs);
    let worst = rows.iter().map(|r| rank(r.severity)).min();
    Ok(u8::from(worst.is_some_and(|w| {
        w <= check.fail_on as u8 && check.fail_on != FailOn::Never
    })))
}

fn rank(severity: &str) -> u8 {
    match severity {
        "error" => FailOn::Error as u8,
        "warning" => FailOn::Warning as u8,
        "info" => FailOn::Info as u8,
        _ => FailOn::Hint as u8,
    }
}

/// The folder that holds the `.kiro` or `.rutter` that a path is or lies in.
fn around_ours(path: &Path) -> Option<&Path> {
    path.ancestors()
        .find(|folder| folder.ends_with(".kiro") || folder.ends_with(".rutter"))
        .and_then(Path::parent)
}

/// The folder that holds the folder of another tool that a path is or lies in.
fn around_foreign<'a>(files: &dyn Files, path: &'a Path) -> Option<&'a Path> {
    let parents = path.ancestors().skip(1);
    parents
        .filter(|root| ForeignFolder::are_in(files, root))
        .find(|root| rutter_workspace::foreign::may_be_below(root, path))
}

/// The folder that a hook file, a steering file or the like belongs to.
fn root_of_agent(path: &Path, base: &Path) -> Option<PathBuf> {
    let root = around_ours(path).unwrap_or(if path.starts_with(base) {
        base
    } else {
        path.parent()?
    });
    let name = path.strip_prefix(root).ok()?;
    let name = name
        .to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/");
    AgentKind::of(&name).map(|_| root.to_owned())
}

/// The folders below `folder` that have something of ours. An `AGENTS.md` below one of them speaks for a part of it.
fn find_roots(files: &dyn Files, folder: &Path, inside: bool, roots: &mut BTreeSet<PathBuf>) {
    let has = |name: &str| files.exists(&folder.join(name));
    let is_root = has(".kiro")
        || has(".rutter")
        || ForeignFolder::are_in(files, folder)
        || !inside && has("AGENTS.md");
    if is_root {
        roots.insert(folder.to_owned());
    }
    let Ok(entries) = files.list(folder) else {
        return;
    };
    for entry in entries {
        let skipped = SKIPPED.contains(&entry.name.as_str()) || entry.name == ".kiro";
        // A link may lead anywhere; what it leads to can be named.
        if entry.kind == FileKind::Folder && !entry.link && !skipped {
            find_roots(files, &entry.path, inside || is_root, roots);
        }
    }
}

/// The findings of all folders, computed side by side, in the order of the folders.
fn rows(
    environment: &Environment,
    snapshot: &Snapshot,
    base: &Path,
    folders: &[&Arc<SpecFolder>],
    paths: &[PathBuf],
) -> Vec<Row> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let i = next.fetch_add(1, Ordering::Relaxed);
            let Some(folder) = folders.get(i) else {
                return done;
            };
            done.push((i, of_folder(environment, snapshot, base, folder, paths)));
        }
    };
    let threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(folders.len().max(1));
    let mut all: Vec<(usize, Vec<Row>)> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        handles
            .into_iter()
            .flat_map(|h| h.join().unwrap_or_default())
            .collect()
    });
    all.sort_by_key(|(i, _)| *i);
    let mut rows: Vec<Row> = all.into_iter().flat_map(|(_, rows)| rows).collect();
    for root in snapshot.roots.iter() {
        rows.extend(of_own(snapshot, base, root));
        rows.extend(of_agents(environment, snapshot, base, root, paths));
        rows.extend(of_sources(environment, snapshot, base, root, paths));
    }
    rows
}

fn of_folder(
    environment: &Environment,
    snapshot: &Snapshot,
    base: &Path,
    folder: &SpecFolder,
    paths: &[PathBuf],
) -> Vec<Row> {
    let approved = |sha: &str| environment.store.text(sha).ok().flatten().map(Arc::from);
    let found = check::folder(folder, &snapshot.settings_of(&folder.root), &approved);
    let mut rows = Vec::new();
    for (name, findings) in found {
        let path = folder.path.join(&name);
        if !paths.iter().any(|p| path.starts_with(p)) {
            continue;
        }
        let empty = Source::new("");
        let source = folder.source(&name).unwrap_or(&empty);
        rows.extend(findings.iter().map(|f| row(base, &path, source, f)));
    }
    rows
}

/// What is wrong with a spec of another tool.
fn of_foreign(
    snapshot: &Snapshot,
    base: &Path,
    folder: &ForeignFolder,
    paths: &[PathBuf],
) -> Vec<Row> {
    let settings = snapshot.settings_of(&folder.root);
    let mut rows = Vec::new();
    for (name, findings) in foreign::findings(snapshot, folder, &settings) {
        let path = folder.path.join(&name);
        if let Some(source) = folder.source(&name)
            && paths.iter().any(|p| path.starts_with(p))
        {
            rows.extend(findings.iter().map(|f| row(base, &path, source, f)));
        }
    }
    rows
}

/// What is wrong with a repository's own files below `.rutter`.
fn of_own(snapshot: &Snapshot, base: &Path, root: &Path) -> Vec<Row> {
    let Some(own) = snapshot.own.get(root) else {
        return Vec::new();
    };
    let found = check_own::findings(own, &snapshot.settings_of(root));
    let empty = Source::new("");
    let mut rows = Vec::new();
    for file in own.files() {
        let source = file.text.as_ref().unwrap_or(&empty);
        let findings = found.get(&file.path).into_iter().flatten();
        rows.extend(findings.map(|f| row(base, &file.path, source, f)));
    }
    rows
}

/// What is wrong between specs and source.
fn of_sources(
    environment: &Environment,
    snapshot: &Snapshot,
    base: &Path,
    root: &Path,
    paths: &[PathBuf],
) -> Vec<Row> {
    let approved = |sha: &str| environment.store.text(sha).ok().flatten().map(Arc::from);
    let files = environment.files.as_ref();
    let found = between::findings(snapshot, files, root, &approved, &Cancel::new());
    let within = |path: &PathBuf| paths.iter().any(|p| path.starts_with(p));
    let found = found.iter().filter(|(path, _)| within(path));
    let rows = found.flat_map(|(path, (source, list))| {
        list.iter().map(|finding| row(base, path, source, finding))
    });
    rows.collect()
}

/// What is wrong with hook files, steering and the like.
fn of_agents(
    environment: &Environment,
    snapshot: &Snapshot,
    base: &Path,
    root: &Path,
    paths: &[PathBuf],
) -> Vec<Row> {
    let Some(agents) = snapshot.agents.get(root) else {
        return Vec::new();
    };
    let files = environment.files.as_ref();
    let project = check_agents::asks_for_project(agents).then(|| steering::project(files, root));
    let settings = snapshot.settings_of(root);
    let around = |cx: &Context<'_>| Around::of(cx, root, View::Saved);
    let servers = with_context(environment, snapshot, None, around);
    let names = project.as_deref();
    let found = check_agents::findings(agents, root, files, names, &settings, &servers);
    let empty = Source::new("");
    let mut rows = Vec::new();
    for file in agents.iter() {
        if !paths.iter().any(|p| file.path.starts_with(p)) {
            continue;
        }
        let source = file.text.as_ref().unwrap_or(&empty);
        let findings = found.get(&file.path).into_iter().flatten();
        rows.extend(findings.map(|f| row(base, &file.path, source, f)));
    }
    rows
}

fn row(base: &Path, path: &Path, source: &Source, finding: &Finding) -> Row {
    let at = |offset| {
        let Position { line, character } = source.position(offset, Encoding::Utf16);
        json!({"line": line, "character": character})
    };
    let below = path.strip_prefix(base).unwrap_or(path);
    Row {
        path: below
            .to_string_lossy()
            .replace(std::path::MAIN_SEPARATOR, "/"),
        range: json!({"start": at(finding.range.start), "end": at(finding.range.end)}),
        severity: finding.severity.as_str(),
        code: finding.code,
        message: finding.message.clone(),
        line: source
            .text()
            .get(finding.range.start..)
            .map_or_else(String::new, |rest| {
                let before = &source.text()[..finding.range.start];
                let start = before.rfind('\n').map_or(0, |at| at + 1);
                let end = rest.find('\n').unwrap_or(rest.len());
                source.text()[start..finding.range.start + end].to_owned()
            }),
    }
}

fn print(format: Format, base: &Path, rows: &[Row], specs: usize) {
    match format {
        Format::Human => print_lines(rows, specs),
        Format::Json => output::value(&rows),
        Format::Sarif => {
            let place = |row: &Row, end: &str| {
                let of = |key: &str| row.range[end][key].as_u64().unwrap_or(0);
                (of("line"), of("character"))
            };
            let results: Vec<sarif::Result<'_>> = rows
                .iter()
                .map(|row| sarif::Result {
                    path: &row.path,
                    range: [place(row, "start"), place(row, "end")],
                    severity: row.severity,
                    code: row.code,
                    message: &row.message,
                    line: &row.line,
                })
                .collect();
            output::value(&sarif::log(base, &rutter_commands::rules::all(), &results));
        }
    }
}

fn print_lines(rows: &[Row], specs: usize) {
    for row in rows {
        let place = |key: &str| row.range["start"][key].as_u64().unwrap_or(0) + 1;
        let severity = match row.severity {
            "error" => output::paint(Paint::Error, row.severity),
            "warning" => output::paint(Paint::Warning, row.severity),
            quiet => output::paint(Paint::Quiet, quiet),
        };
        let code = output::paint(Paint::Quiet, row.code);
        output::text(&format!(
            "{}:{}:{}: {severity}: {} [{code}]",
            row.path,
            place("line"),
            place("character"),
            row.message
        ));
    }
    let specs = if specs == 1 {
        "1 spec".to_owned()
    } else {
        format!("{specs} specs")
    };
    match rows.len() {
        0 => output::text(&format!("{specs} checked, nothing found.")),
        1 => output::text(&format!("{specs} checked, 1 finding.")),
        n => output::text(&format!("{specs} checked, {n} findings.")),
    }
}
