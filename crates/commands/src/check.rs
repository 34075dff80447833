//! What our rules find in a spec folder: the one source of diagnostics and of `rutter check`.

use std::collections::BTreeMap;
use std::sync::Arc;

use rutter_host::Settings;
use rutter_spec::approvals;
use rutter_spec::rules::{self, Context, Level, Levels};
use rutter_text::{Finding, Severity};
use rutter_workspace::SpecFolder;

/// Gives the text that was approved, by the document's hash, where this machine has it.
pub type ApprovedText<'a> = &'a dyn Fn(&str) -> Option<Arc<str>>;

/// The findings by file name inside the folder; each file there is has an entry.
pub fn folder(
    folder: &SpecFolder,
    settings: &Settings,
    approved: ApprovedText<'_>,
) -> BTreeMap<String, Vec<Finding>> {
    let spec = folder.spec();
    let mut found: BTreeMap<String, Vec<Finding>> = spec
        .documents()
        .map(|(document, _)| (document.file_name().to_owned(), Vec::new()))
        .collect();
    for name in [rules::CONFIG, approvals::FILE_NAME] {
        if folder.source(name).is_some() {
            found.insert(name.to_owned(), Vec::new());
        }
    }
    let mut context = Context::new(spec);
    if let Some(config) = folder.source(rules::CONFIG) {
        context = context.config(config.text());
    }
    if folder.source(approvals::FILE_NAME).is_some() {
        context = context
            .approvals(folder.approvals())
            .approved_text(approved);
    }
    for (name, findings) in rules::check(&context, &levels(settings)) {
        found.entry(name.to_owned()).or_default().extend(findings);
    }
    for problem in &folder.problems {
        let name = problem
            .path
            .file_name()
            .map(|n| n.to_string_lossy().into_owned())
            .unwrap_or_default();
        let finding = Finding::new(
            "document/unreadable",
            Severity::Error,
            0..0,
            problem.message.clone(),
        );
        found.entry(name).or_default().push(finding);
    }
    found
}

/// The levels that settings ask for; a word that is no level leaves the rule alone and is named by `check`.
pub fn levels(settings: &Settings) -> Levels {
    let mut levels = Levels::default();
    for (code, level) in &settings.rules {
        if let Some(level) = Level::parse(level) {
            levels.set(code, level);
        }
    }
    levels
}
