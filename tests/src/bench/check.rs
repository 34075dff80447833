//! `rutter check` over many specs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use tempfile::TempDir;

use super::options::Server;
use super::peer::surroundings;
use super::sample::Sample;
use super::session::Session;
use super::table::{Bar, Cell, Row};
use crate::corpus::VARIABLE;

/// Runs; the best of them counts.
const RUNS: usize = 5;

/// Specs of a generated corpus, and the size of each `tasks.md`.
const SPECS: usize = 500;
const SPEC_BYTES: usize = 5_000;

/// Files a second, warm.
pub fn row(servers: &[Server]) -> Row {
    let home = tempfile::tempdir().expect("a temporary folder");
    let named = std::env::var_os(VARIABLE).map(PathBuf::from);
    let root = named.clone().unwrap_or_else(|| generated(&home));
    let files = documents(&root);
    let cells = servers.iter().map(|server| {
        if !Session::start(server, &[]).ours {
            return Cell::none();
        }
        let program = server.command.split_whitespace().next().unwrap_or("");
        let rates = (0..=RUNS).map(|_| files as f64 / seconds(program, &root, home.path()));
        // The first run warms the disk's cache.
        Cell::of(
            rates.skip(1).reduce(f64::max).into_iter().collect(),
            "no run",
        )
    });
    let what = if named.is_some() {
        VARIABLE
    } else {
        "generated"
    };
    let what = format!("`rutter check`, {files} files ({what}), best of {RUNS}");
    Row::new(what, Bar::Least(5_000.0), "files/s", cells.collect())
}

fn seconds(program: &str, root: &Path, home: &Path) -> f64 {
    let begun = Instant::now();
    let status = Command::new(program)
        .args(["check", "--format", "json"])
        .current_dir(root)
        .envs(surroundings(home))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("the program starts");
    assert!(
        matches!(status.code(), Some(0 | 1)),
        "check ended with {status}"
    );
    begun.elapsed().as_secs_f64()
}

fn generated(home: &TempDir) -> PathBuf {
    let root = home.path().join("corpus");
    for i in 0..SPECS {
        Sample::of_tasks(SPEC_BYTES).write(&root, &format!("spec-{i}"));
    }
    root
}

/// How many spec documents are below a folder.
fn documents(folder: &Path) -> usize {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| {
            let path = entry.path();
            if path.is_dir() {
                return documents(&path);
            }
            let name = entry.file_name();
            let below_specs = path.components().any(|c| c.as_os_str() == "specs");
            usize::from(
                below_specs
                    && rutter_spec::Document::of_file_name(&name.to_string_lossy()).is_some(),
            )
        })
        .sum()
}
