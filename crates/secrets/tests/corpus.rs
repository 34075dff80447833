//! Real projects hold no secrets: what is found there is a false alarm. Those that `RUTTER_CORPUS`
//! names, or the made-up ones of `fixtures/corpus-mini`.
#![allow(clippy::disallowed_methods)]

use std::path::{Path, PathBuf};

use rutter_secrets::find;

fn texts(folder: &Path, out: &mut Vec<(String, String)>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            texts(&path, out);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            out.push((path.display().to_string(), text));
        }
    }
}

#[test]
fn real_projects_raise_no_alarm() {
    let root = std::env::var_os("RUTTER_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/corpus-mini"),
        PathBuf::from,
    );
    let mut all = Vec::new();
    texts(&root, &mut all);
    assert!(!all.is_empty(), "nothing to read in {}", root.display());
    let bytes: usize = all.iter().map(|(_, t)| t.len()).sum();
    let start = std::time::Instant::now();
    let mut found = Vec::new();
    for (path, text) in &all {
        for secret in find(text) {
            let shown: String = text[secret.range.clone()].chars().take(60).collect();
            found.push(format!("{path}: {}: {shown}", secret.kind.name()));
        }
    }
    let took = start.elapsed().as_secs_f64();
    println!(
        "{} files, {:.1} MB, {:.0} MB/s, {} found\n{}",
        all.len(),
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / took,
        found.len(),
        found.join("\n")
    );
    assert!(found.len() <= all.len() / 200, "{found:#?}");
}
