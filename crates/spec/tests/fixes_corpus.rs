//! Every fix of every finding in the projects that `RUTTER_CORPUS` names, or those of `fixtures/corpus-mini`, with LF and
//! with CRLF: the finding is gone, nothing worse appears, and line endings stay what they were. Silencing does the same.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "tests; they read the corpus from disk"
)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rutter_spec::rules::{self, Context, Level, Levels, silence};
use rutter_spec::{Config, Document, Reading, Spec};
use rutter_text::{Finding, Fix, Severity, Source, edit};

type Texts = BTreeMap<String, String>;

fn folders(folder: &Path, found: &mut Vec<(PathBuf, Texts)>) {
    let mut texts = Texts::new();
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().flatten().collect();
    entries.sort_by_key(std::fs::DirEntry::path);
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            folders(&path, found);
            continue;
        }
        let name = entry.file_name().to_string_lossy().into_owned();
        let known = name == ".config.kiro" || Document::of_file_name(&name).is_some();
        if let (true, Ok(text)) = (known, std::fs::read_to_string(&path)) {
            texts.insert(name, text);
        }
    }
    if !texts.is_empty() {
        found.push((folder.to_owned(), texts));
    }
}

fn corpus() -> Vec<(PathBuf, Texts)> {
    let root = std::env::var_os("RUTTER_CORPUS").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/corpus-mini"),
        PathBuf::from,
    );
    let mut found = Vec::new();
    folders(&root, &mut found);
    assert!(!found.is_empty(), "no spec below {}", root.display());
    found
}

fn spec(texts: &Texts) -> Spec {
    let mut spec = Spec::default();
    for (name, text) in texts {
        match Document::of_file_name(name) {
            Some(document) => spec.set(
                document,
                Some(Reading::new(document, Source::new(text.as_str()))),
            ),
            None => spec.config = Some(Config::parse(text)),
        }
    }
    spec
}

/// The findings by file, and the fixes of each, those that reach into other documents too.
fn found(texts: &Texts) -> Vec<(String, Finding, Vec<Fix>)> {
    let spec = spec(texts);
    let mut context = Context::new(&spec);
    if let Some(config) = texts.get(".config.kiro") {
        context = context.config(config);
    }
    let mut levels = Levels::default();
    levels.set("task/no-reference", Level::Hint);
    rules::check(&context, &levels)
        .into_iter()
        .flat_map(|(file, findings)| findings.into_iter().map(move |f| (file.to_owned(), f)))
        .map(|(file, finding)| {
            let mut fixes = finding.fixes.clone();
            fixes.extend(rules::repairs(&context, &finding));
            (file, finding, fixes)
        })
        .collect()
}

/// How often each finding is there, without its place, which moves.
fn counts(found: &[(String, Finding, Vec<Fix>)]) -> BTreeMap<(String, String, String), usize> {
    let mut counts = BTreeMap::new();
    for (file, finding, _) in found {
        let key = (
            file.clone(),
            finding.code.to_owned(),
            finding.message.clone(),
        );
        *counts.entry(key).or_default() += 1;
    }
    counts
}

fn serious(found: &[(String, Finding, Vec<Fix>)]) -> usize {
    found
        .iter()
        .filter(|(_, f, _)| matches!(f.severity, Severity::Error | Severity::Warning))
        .count()
}

fn applied(texts: &Texts, file: &str, fix: &Fix) -> Texts {
    let mut after = texts.clone();
    let own = (file.to_owned(), fix.edits.clone());
    for (name, edits) in std::iter::once(&own).chain(&fix.beside) {
        let text = after.get_mut(name).unwrap();
        *text = edit::apply(text, edits);
    }
    after
}

/// What is wrong with one fix.
fn wrong(
    texts: &Texts,
    before: &[(String, Finding, Vec<Fix>)],
    file: &str,
    finding: &Finding,
    fix: &Fix,
) -> Option<String> {
    let after = applied(texts, file, fix);
    for (name, text) in &after {
        let bare = |t: &str| t.matches('\n').count() - t.matches("\r\n").count();
        let old = &texts[name];
        if old.contains("\r\n") && bare(old) == 0 && bare(text) != 0 {
            return Some("brings LF into a CRLF text".into());
        }
    }
    let now = found(&after);
    let key = (
        file.to_owned(),
        finding.code.to_owned(),
        finding.message.clone(),
    );
    let (old, new) = (counts(before), counts(&now));
    if new.get(&key).copied().unwrap_or(0) >= old[&key] {
        return Some("leaves the finding".into());
    }
    (serious(&now) > serious(before)).then(|| {
        let added: Vec<_> = new.keys().filter(|k| !old.contains_key(*k)).collect();
        format!("brings new ones: {added:?}")
    })
}

#[test]
fn every_fix_removes_its_finding_and_brings_nothing_worse() {
    let mut faults = Vec::new();
    let mut tried = 0;
    for (folder, texts) in corpus() {
        // The long ones take most of the time and hold the same shapes.
        if texts.values().map(String::len).sum::<usize>() > 60_000 {
            continue;
        }
        let crlf: Texts = texts
            .iter()
            .map(|(n, t)| (n.clone(), t.replace("\r\n", "\n").replace('\n', "\r\n")))
            .collect();
        for texts in [texts, crlf] {
            let before = found(&texts);
            let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
            for (file, finding, fixes) in &before {
                // One of a rule in a spec is enough.
                let count = seen.entry(finding.code).or_default();
                *count += 1;
                if *count > 1 {
                    continue;
                }
                let mut all = fixes.clone();
                all.push(Fix {
                    title: "silence".into(),
                    edits: vec![silence(&texts[file], finding)],
                    beside: Vec::new(),
                });
                for fix in all {
                    tried += 1;
                    if let Some(fault) = wrong(&texts, &before, file, finding, &fix) {
                        faults.push(format!(
                            "{}/{file} at {:?}: {} ({}): \"{}\" {fault}",
                            folder.display(),
                            finding.range,
                            finding.message,
                            finding.code,
                            fix.title
                        ));
                    }
                }
            }
        }
    }
    assert!(tried > 20, "{tried}");
    assert!(
        faults.is_empty(),
        "{} of {tried}:\n{}",
        faults.len(),
        faults.join("\n")
    );
}
