//! Precision and recall of drift: a history of realistic code in eight languages, and each change that can be seeded in it.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

use rutter_code::{Language, SymbolKind, Unit, units};

use super::harmless::harmless;
use super::seeds::{Ground, Seed, meaningful};
use super::{Fixture, REQUIREMENTS, TASKS, folder, measured};
use crate::baseline::Baseline;
use crate::drift::{CodeNow, drift};
use crate::folder::SpecFolder;

fn given(path: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/drift");
    std::fs::read_to_string(folder.join(path)).unwrap()
}

/// The history: planned, then done in one commit.
struct Lockers {
    folder: std::sync::Arc<SpecFolder>,
    baselines: Vec<Baseline>,
}

impl Lockers {
    fn new(path: &str, text: &str) -> Self {
        let at = |path: &str| path.replace("/login/", "/lockers/");
        let (wanted, tasks) = (at(REQUIREMENTS), at(TASKS));
        let (wanted_text, tasks_text) = (given(&wanted), given(&tasks));
        let mut repo = Fixture::new();
        repo.commit("Plan", &[(&wanted, &wanted_text), (&tasks, &tasks_text)]);
        let done = tasks_text.replace("[ ]", "[x]");
        repo.commit("Lockers", &[(&tasks, &done), (path, text)]);
        Self {
            folder: folder(&repo.root(), "lockers"),
            baselines: measured(&repo.root(), "lockers", &[]),
        }
    }

    /// The names of what is said to have changed after a file did.
    fn told(&self, path: &str, text: &str) -> BTreeSet<String> {
        let mut code = CodeNow::default();
        code.put(path, Some(text));
        let found = drift(self.folder.spec(), &self.baselines, &code);
        let units = found.iter().flat_map(|drift| &drift.units);
        units.map(|(unit, _)| unit.name.clone()).collect()
    }
}

/// The names of the units that a change is in, and of those that it takes away with all in them.
fn touched(all: &[Unit], at: &Range<usize>) -> Vec<String> {
    let touched = all.iter().filter(|unit| {
        let around = unit.range.start <= at.start && at.start < unit.range.end;
        let within = at.start <= unit.range.start && unit.range.end <= at.end;
        // A controller says where its routes start.
        around || within || unit.kind == SymbolKind::Route
    });
    touched.map(Unit::full_name).collect()
}

fn shown(path: &str, before: &str, seed: &Seed, told: &BTreeSet<String>) -> String {
    let line = before[..seed.at.start].matches('\n').count();
    let now = seed.text.lines().nth(line).unwrap_or_default();
    format!(
        "{path}:{} {}: {} → {told:?}",
        line + 1,
        seed.what,
        now.trim()
    )
}

/// Seeds every change in one file; how many were right of those that matter, and of the rest. All must be.
fn seed(path: &str) -> (usize, usize) {
    let text = &given(path);
    let lockers = Lockers::new(path, text);
    let language = Language::of_path(path).unwrap();
    let ground = Ground::new(language, text);
    let all = units(language, text);
    assert!(lockers.told(path, text).is_empty(), "{path}");
    let (mut told_of, mut silent) = (0, 0);
    let mut wrong = Vec::new();
    for seed in meaningful(&ground) {
        let touched = touched(&all, &seed.at);
        if touched.is_empty() || !ground.is_whole(&seed.text) {
            continue;
        }
        let told = lockers.told(path, &seed.text);
        // A type may be told as well; nothing beside it may.
        if !told.is_empty() && told.iter().all(|name| touched.contains(name)) {
            told_of += 1;
        } else {
            wrong.push(shown(path, text, &seed, &told));
        }
    }
    for seed in harmless(&ground) {
        if !ground.is_whole(&seed.text) {
            continue;
        }
        let told = lockers.told(path, &seed.text);
        if told.is_empty() {
            silent += 1;
        } else {
            wrong.push(shown(path, text, &seed, &told));
        }
    }
    let right = told_of + silent;
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        right + wrong.len(),
        wrong.join("\n")
    );
    (told_of, silent)
}

/// Of each file: what matters is told of its function alone, and the rest is not told. The numbers are how many changes
/// were seeded, so that no kind of them goes missing.
macro_rules! seeded {
    ($($name:ident: $path:literal, $matter:literal, $rest:literal;)*) => {$(
        #[test]
        fn $name() {
            assert_eq!(seed($path), ($matter, $rest));
        }
    )*};
}

seeded! {
    rust: "src/locker.rs", 120, 246;
    typescript: "src/desk.ts", 133, 305;
    python: "src/notices.py", 164, 239;
    go: "src/doors.go", 98, 187;
    java: "src/FeeDesk.java", 77, 193;
    csharp: "src/LockerController.cs", 84, 173;
    ruby: "src/reminder.rb", 89, 152;
    php: "src/Tariff.php", 57, 132;
}
