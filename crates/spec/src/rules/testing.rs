//! A spec out of texts, and findings as lines, for the tests of rules.

use rutter_text::Source;

use super::{Context, Levels, check};
use crate::config::Config;
use crate::{Document, Reading, Spec};

/// A spec of these documents; `.config.kiro` too.
pub(super) fn spec(files: &[(&str, &str)]) -> Spec {
    let mut spec = Spec::default();
    for (name, text) in files {
        match Document::of_file_name(name) {
            Some(document) => spec.set(document, Some(Reading::new(document, Source::new(*text)))),
            None => spec.config = Some(Config::parse(text)),
        }
    }
    spec
}

/// What one rule finds: `file|text at the place|message|fixes`, each fix as `title → the changed line`.
pub(super) fn found(code: &str, files: &[(&str, &str)]) -> Vec<String> {
    let spec = spec(files);
    let text_of = |name: &str| {
        files
            .iter()
            .find(|(n, _)| *n == name)
            .map_or("", |(_, t)| t)
    };
    let mut context = Context::new(&spec);
    if let Some((_, text)) = files.iter().find(|(n, _)| *n == super::CONFIG) {
        context = context.config(text);
    }
    let mut lines = Vec::new();
    for (file, findings) in check(&context, &Levels::default()) {
        let text = text_of(file);
        for finding in findings.iter().filter(|f| f.code == code) {
            lines.push(format!("{file}|{}", finding.line(text)));
        }
    }
    lines
}

/// Asserts that `files` with CRLF and with an emoji in front find the same as `files`; gives what they find.
pub(super) fn everywhere(code: &str, files: &[(&str, &str)]) -> Vec<String> {
    let plain = found(code, files);
    let crlf: Vec<(&str, String)> = files
        .iter()
        .map(|(n, t)| (*n, t.replace('\n', "\r\n")))
        .collect();
    let crlf: Vec<(&str, &str)> = crlf.iter().map(|(n, t)| (*n, t.as_str())).collect();
    let same: Vec<String> = found(code, &crlf)
        .iter()
        .map(|l| l.replace("\r\n", "\n"))
        .collect();
    assert_eq!(same, plain, "CRLF");
    let emoji: Vec<(&str, String)> = files
        .iter()
        .map(|(n, t)| {
            (
                *n,
                if n.ends_with(".md") {
                    format!("🚀 é\n\n{t}")
                } else {
                    (*t).to_owned()
                },
            )
        })
        .collect();
    let emoji: Vec<(&str, &str)> = emoji.iter().map(|(n, t)| (*n, t.as_str())).collect();
    assert_eq!(found(code, &emoji), plain, "emoji in front");
    plain
}

/// What one rule finds in the requirements of these criteria, all of one requirement; see [`everywhere`].
pub(super) fn criteria(code: &str, criteria: &[&str]) -> Vec<String> {
    everywhere(code, &[("requirements.md", &requirements(criteria))])
}

/// `requirements.md` of one requirement with these criteria.
pub(super) fn requirements(criteria: &[&str]) -> String {
    let mut text = String::from(
        "# R\n\n## Introduction\n\nx\n\n## Requirements\n\n### Requirement 1: A\n\n#### Acceptance Criteria\n\n",
    );
    for (i, criterion) in criteria.iter().enumerate() {
        text.push_str(&format!("{}. {criterion}\n", i + 1));
    }
    text
}
