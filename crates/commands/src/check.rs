//! What our rules find in a spec folder: the one source of diagnostics and of `rutter check`.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, LazyLock};

use rutter_catalogue::Catalogue;
use rutter_host::Settings;
use rutter_spec::rules::{self, Context, Level, Levels};
use rutter_spec::{Spec, approvals};
use rutter_text::{Finding, Severity};
use rutter_workspace::SpecFolder;

/// Gives the text that was approved, by the document's hash, where this machine has it.
pub type ApprovedText<'a> = &'a dyn Fn(&str) -> Option<Arc<str>>;

/// What was worked out of a spec folder when it was last looked at.
#[derive(Clone, Default)]
pub struct Memory {
    rules: rules::Memory,
    kind: RefCell<Option<Kind>>,
}

/// The kind of feature that a spec is about, with a hash of the name and the introduction that tell it.
#[derive(Clone)]
struct Kind {
    of: u64,
    class: Option<String>,
}

/// The findings by file name inside the folder; each file there is has an entry.
pub fn folder(
    folder: &SpecFolder,
    settings: &Settings,
    approved: ApprovedText<'_>,
) -> BTreeMap<String, Vec<Finding>> {
    folder_again(folder, settings, approved, true, &mut Memory::default())
}

/// The same of a folder that was looked at before: only what changed since is looked at. `compare` is whether to say what
/// features of its kind usually need; the catalogue of features is read for that.
pub fn folder_again(
    folder: &SpecFolder,
    settings: &Settings,
    approved: ApprovedText<'_>,
    compare: bool,
    memory: &mut Memory,
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
    let kind = &memory.kind;
    let usual = || usual(spec, kind);
    if compare {
        context = context.usual(&usual);
    }
    for (name, findings) in rules::check_again(&context, &levels(settings), &mut memory.rules) {
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

/// What features of this kind usually need and the spec does not speak of. A long spec was thought through further than a
/// catalogue reaches, and is not looked at.
fn usual(spec: &Spec, known: &RefCell<Option<Kind>>) -> Vec<rules::Usual> {
    const LONG: usize = 60_000;
    static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(Catalogue::builtin);
    let Some((_, wanted)) = spec.wanted() else {
        return Vec::new();
    };
    let text = wanted.source.text();
    let Some(introduction) = wanted.introduction.clone().filter(|_| text.len() < LONG) else {
        return Vec::new();
    };
    let mut criteria: Vec<&str> = wanted.criteria().map(|(_, c)| c.text.as_str()).collect();
    // What was left out knowingly was thought of.
    criteria.extend(wanted.concerns.iter().map(|c| c.text.as_str()));
    if wanted.is_bugfix || criteria.is_empty() {
        return Vec::new();
    }
    let name = spec
        .name
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .replace(['-', '_'], " ");
    let introduction = &text[introduction];
    let mut hasher = DefaultHasher::new();
    (&name, introduction).hash(&mut hasher);
    let of = hasher.finish();
    let mut known = known.borrow_mut();
    let kind = match &mut *known {
        Some(kind) if kind.of == of => kind,
        other => other.insert(Kind {
            of,
            class: CATALOGUE
                .kind(&name, introduction)
                .map(|class| class.id.clone()),
        }),
    };
    kind.class
        .as_deref()
        .and_then(|id| CATALOGUE.left_out(CATALOGUE.class(id)?, &criteria))
        .map(|usual| rules::Usual {
            kind: usual.class.title.to_lowercase(),
            concerns: usual
                .concerns
                .into_iter()
                .map(|open| (open.situation, open.sentence))
                .collect(),
        })
        .into_iter()
        .collect()
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

#[cfg(test)]
mod tests {
    use rutter_text::Source;

    use super::*;

    const MISSING_CONCERN: &str = "requirement/missing-concern";

    const AUDIT: &str = "# Requirements Document

## Introduction

An audit log records who changed what. Auditors read the audit trail; every audit entry is kept.

## Requirements

### Requirement 1: Record

#### Acceptance Criteria

1. WHEN a user changes an invoice, THE Audit_Log SHALL store who did it, when and what in an audit entry
2. IF an act is rolled back, THEN THE Audit_Log SHALL hold no entry that says it happened
3. IF someone tries to change or delete an entry, THEN THE Audit_Log SHALL refuse it
4. WHEN an auditor asks for a period, THE Audit_Log SHALL list its entries, newest first
5. THE Audit_Log SHALL keep entries for 10 years
6. THE Audit_Log SHALL leave passwords and tokens out of entries
";

    fn messages(name: &str, text: &str) -> Vec<String> {
        let folder = SpecFolder::new(name.into(), "/w".into(), "/w/.kiro/specs/x".into());
        let folder = folder.with_file("requirements.md", Some(Source::new(text)));
        let found = super::folder(&folder, &Settings::default(), &|_| None);
        found["requirements.md"]
            .iter()
            .filter(|f| f.code == MISSING_CONCERN)
            .map(|f| f.message.clone())
            .collect()
    }

    #[test]
    fn what_such_a_feature_usually_needs_is_named() {
        assert_eq!(
            messages("audit-log", AUDIT),
            [
                "Nothing here says what happens if an entry cannot be written. Specs of this kind (logging and audit trail) usually do."
            ]
        );
        assert_eq!(messages("invoices", AUDIT), [""; 0]);
    }
}
