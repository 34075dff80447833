//! Real projects set the tone: an unusual but legal file gets no warning. Those that
//! `RUTTER_CORPUS` names, or the made-up ones of `fixtures/corpus-mini`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use rutter_steering::rules::{Context, check};
use rutter_steering::{Steering, effective, place};
use rutter_text::Severity;
use rutter_text::rule::Levels;

fn steering(root: &Path, folder: &Path, out: &mut Vec<Steering>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path
            .strip_prefix(root)
            .unwrap()
            .to_string_lossy()
            .replace('\\', "/");
        if path.is_dir() {
            steering(root, &path, out);
        } else if place(&name).is_some()
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            out.push(Steering::parse(&name, &text));
        }
    }
}

#[test]
fn real_steering_gets_few_warnings() {
    let root = std::env::var_os("RUTTER_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/corpus-mini"),
        PathBuf::from,
    );
    let (mut files, mut warnings) = (0, 0);
    for project in std::fs::read_dir(root).unwrap().flatten() {
        let mut all = Vec::new();
        steering(&project.path(), &project.path(), &mut all);
        all.sort_by(|a, b| a.path.cmp(&b.path));
        // The corpus holds no sources, so what a reference or a pattern means there is not judged.
        let context = Context {
            files: &all,
            project: None,
            exists: None,
            said: None,
        };
        for file in &all {
            files += 1;
            for finding in check(file, &context, &Levels::default()) {
                warnings += usize::from(finding.severity <= Severity::Warning);
                println!(
                    "{:?} {} {}/{}: {}",
                    finding.severity,
                    finding.code,
                    project.file_name().to_string_lossy(),
                    file.path,
                    finding.message
                );
            }
        }
        effective(&all, "src/index.ts");
    }
    println!("{files} files, {warnings} warnings");
    assert!(files > 0 && warnings * 20 <= files, "{warnings} in {files}");
}
