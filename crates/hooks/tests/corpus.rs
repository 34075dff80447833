//! Every hook file of real projects loads, where `RUTTER_CORPUS` names them; elsewhere every one of
//! `fixtures/corpus-mini`.
//! With `--nocapture` the report of odd ones is printed, to be read by a person.

#![allow(clippy::disallowed_methods)]

use std::path::{Path, PathBuf};

use rutter_hooks::migrate::Old;
use rutter_hooks::{Event, Format, HookFile, Trigger, matching, migrate, resolve_pairs};
use rutter_text::Severity;

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, found);
        } else {
            found.push(path);
        }
    }
}

fn files() -> Vec<HookFile> {
    let root = std::env::var_os("RUTTER_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/corpus-mini"),
        PathBuf::from,
    );
    let mut paths = Vec::new();
    walk(&root, &mut paths);
    paths.sort();
    let mut files = Vec::new();
    for path in paths {
        let name = path
            .strip_prefix(&root)
            .unwrap_or(&path)
            .to_string_lossy()
            .replace('\\', "/");
        let hooks = (name.contains(".kiro/hooks/") || name.contains(".rutter/hooks/"))
            && [".json", ".kiro.hook", ".yaml", ".yml"]
                .iter()
                .any(|e| name.ends_with(e));
        let agent = name.contains(".kiro/agents/") && name.ends_with(".json");
        if (hooks || agent || name.ends_with(".kiro.hook"))
            && let Ok(text) = std::fs::read_to_string(&path)
        {
            files.push(HookFile::parse(&name, &text));
        }
    }
    resolve_pairs(&mut files);
    assert!(!files.is_empty(), "{} has no hook files", root.display());
    files
}

#[test]
fn every_file_loads_and_no_legal_one_gets_a_warning() {
    let files = files();
    let mut odd = Vec::new();
    for file in &files {
        for finding in &file.findings {
            println!(
                "{} {:?} {}: {}",
                file.path, finding.severity, finding.code, finding.message
            );
            if matches!(finding.severity, Severity::Error | Severity::Warning) {
                odd.push(format!(
                    "{}: {} {}",
                    file.path, finding.code, finding.message
                ));
            }
        }
        for hook in &file.hooks {
            println!(
                "{} {} {} {:?} {} {}",
                hook.id,
                file.format.as_str(),
                hook.trigger.as_str(),
                hook.matcher.written(),
                hook.action.kind(),
                hook.superseded_by.as_deref().unwrap_or_default()
            );
        }
        let own = file.path.contains("hooks/");
        assert!(
            !own || !file.hooks.is_empty(),
            "{}: {:?}",
            file.path,
            file.broken
        );
    }
    println!(
        "{} files, {} hooks",
        files.len(),
        files.iter().map(|f| f.hooks.len()).sum::<usize>()
    );
    assert_eq!(odd, [""; 0]);
}

#[test]
fn migration_keeps_what_fires() {
    for mut file in files() {
        for hook in &mut file.hooks {
            hook.superseded_by = None;
        }
        let Some(migration) = migrate(&file, &|_| false) else {
            continue;
        };
        let mut after: Vec<HookFile> = migration
            .new
            .iter()
            .map(|n| HookFile::parse(&n.path, &n.text))
            .collect();
        if let Old::Edit(edits) = &migration.old {
            after.push(HookFile::parse(
                &file.path,
                &rutter_text::edit::apply(file.text(), edits),
            ));
        }
        assert!(after.iter().all(|f| f.broken.is_empty()), "{}", file.path);
        assert!(
            after
                .iter()
                .all(|f| f.format == Format::V1 || f.hooks.is_empty()),
            "{}",
            file.path
        );
        let before = [file];
        for trigger in Trigger::ALL {
            for path in [
                "src/main.rs",
                "Cargo.toml",
                "docs/a.md",
                "a.ts",
                "src/cloudshellgpt/x.py",
                "app/page.tsx",
            ] {
                for tool in ["write", "fs_read", "Bash", "edit"] {
                    let event = Event::new(trigger).paths([path]).tool(tool);
                    let digests = |files: &[HookFile]| {
                        let mut all: Vec<_> = matching(files, &event)
                            .iter()
                            .map(|m| m.hook.digest.clone())
                            .collect();
                        all.sort();
                        all
                    };
                    assert_eq!(
                        digests(&before),
                        digests(&after),
                        "{} {event:?}",
                        before[0].path
                    );
                }
            }
        }
    }
}
