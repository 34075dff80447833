//! A foreign spec out of texts, and findings as lines, for the tests of rules.

use std::sync::Arc;

use rutter_text::Source;
use rutter_text::rule::Levels;

use super::{Context, check};
use crate::foreign::{Flavour, ForeignDocument, ForeignSpec};

pub(in crate::foreign) fn spec(flavour: Flavour, files: &[(&str, &str)]) -> ForeignSpec {
    let read = |(name, text): &(&str, &str)| {
        Arc::new(ForeignDocument::read(flavour, name, Source::new(*text)))
    };
    ForeignSpec {
        name: "sample".to_owned(),
        flavour,
        documents: files.iter().map(read).collect(),
    }
}

fn found(code: &str, flavour: Flavour, files: &[(&str, &str)]) -> Vec<String> {
    let base = spec(
        Flavour::OpenSpec,
        &[(
            "spec.md",
            "## Requirements\n\n### Requirement: Sign In\nIt SHALL.\n",
        )],
    );
    let spec = spec(flavour, files);
    let context = Context {
        spec: &spec,
        base: &|name| (name == "auth").then_some(&base),
    };
    let mut lines = Vec::new();
    for (name, findings) in check(&context, &Levels::default()) {
        let text = spec.document(&name).unwrap().source.text();
        for finding in findings.iter().filter(|f| f.code == code) {
            lines.push(format!("{name}|{}", finding.line(text)));
        }
    }
    lines
}

/// What one rule finds; the same with CRLF and with an emoji in front.
pub(super) fn everywhere(code: &str, flavour: Flavour, files: &[(&str, &str)]) -> Vec<String> {
    let plain = found(code, flavour, files);
    for change in [
        |t: &str| t.replace('\n', "\r\n"),
        |t: &str| format!("🚀 é\n\n{t}"),
    ] {
        let texts: Vec<String> = files.iter().map(|(_, text)| change(text)).collect();
        let changed = files.iter().zip(&texts);
        let changed: Vec<(&str, &str)> = changed.map(|((n, _), t)| (*n, t.as_str())).collect();
        assert_eq!(found(code, flavour, &changed), plain);
    }
    plain
}
