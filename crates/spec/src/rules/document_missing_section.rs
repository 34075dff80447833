//! A part is missing that a reader of such a document looks for.
//!
//! Requirements begin with an introduction, and each has acceptance criteria; a design of some size says how it is tested
//! and, where a criterion speaks of failure, what happens then; a bug's analysis says what is expected and what must not
//! change. Requirements and bugs are read by their structure, in any language; a design is judged where its headings are in
//! a language whose words are known.
//!
//! ```markdown
//! # Design Document
//!
//! ## Overview
//! ## Architecture
//! ## Data Models      <- nothing says what happens when something fails
//! ```

use std::ops::Range;

use rutter_text::markdown::{LineKind, Outline};
use rutter_text::rule::docs;
use rutter_text::{Edit, edit};

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::labels::{self, DesignSection};
use crate::{Design, Document, Pattern, Requirements, SpecType};

pub(super) const RULE: Rule = Rule {
    code: "document/missing-section",
    default: Level::Hint,
    docs: docs!("document_missing_section.rs"),
    check: Some(Check::new(Reads::WANTED.and(Reads::DESIGN), check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let spec = context.spec;
    if let Some((document, wanted)) = spec.wanted() {
        let text = wanted.source.text();
        if wanted.is_bugfix {
            bug(document, text, wanted, sink);
        } else {
            requirements(document, text, wanted, sink);
        }
    }
    if let Some(parsed) = &spec.design
        && spec.spec_type() == SpecType::Feature
    {
        let fails = spec.wanted().is_none_or(|(_, wanted)| {
            let mut criteria = wanted.criteria();
            criteria.any(|(_, c)| c.ears.pattern == Pattern::UnwantedBehaviour)
        });
        design(parsed.source.text(), parsed, fails, sink);
    }
}

fn requirements(document: Document, text: &str, wanted: &Requirements, sink: &mut Sink<'_>) {
    let file = document.file_name();
    // A flat list of criteria is a document of another kind.
    let structured = wanted.requirements.iter().any(|r| !r.id.numbers.is_empty());
    if structured && !introduced(text, wanted) {
        let at = title(&wanted.outline);
        let finding = sink.finding(
            at.clone(),
            "These requirements have no introduction: say what they are for.",
        );
        let block = "\n\n## Introduction\n\nTo be written.";
        let edits = vec![Edit::insert(at.end, edit::with_endings_of(text, block))];
        let heading = wanted.title.as_ref() == Some(&at);
        sink.add(
            file,
            if heading {
                finding.fix("Add an introduction", edits)
            } else {
                finding
            },
        );
    }
    // Where none has a list, they are written in another way.
    if wanted.criteria().next().is_none() {
        return;
    }
    for requirement in wanted.requirements.iter().filter(|r| r.criteria.is_empty()) {
        if has_list(text, wanted, &requirement.range) {
            continue;
        }
        sink.add(
            file,
            sink.finding(
                requirement.heading.clone(),
                format!(
                    "Requirement {} has no acceptance criteria.",
                    requirement.label
                ),
            ),
        );
    }
}

/// Whether any text stands in front of the first requirement, whatever heading it has.
fn introduced(text: &str, wanted: &Requirements) -> bool {
    let first = wanted
        .requirements
        .first()
        .map_or(text.len(), |r| r.range.start);
    let glossary = wanted.terms.iter().map(|t| t.range.clone());
    let terms: Vec<Range<usize>> = glossary.collect();
    wanted
        .outline
        .lines
        .iter()
        .take_while(|l| l.range.start < first)
        .any(|l| {
            l.kind == LineKind::Text
                && !terms
                    .iter()
                    .any(|t| t.start <= l.range.start && l.range.end <= t.end)
        })
}

/// Whether a requirement without criteria has a table or a list in its place.
fn has_list(text: &str, wanted: &Requirements, range: &Range<usize>) -> bool {
    let struck = text[range.clone()]
        .lines()
        .next()
        .is_some_and(|l| l.contains("~~"));
    let outline = &wanted.outline;
    struck
        || (outline.line_at(range.start)..outline.line_at(range.end.saturating_sub(1)) + 1).any(
            |i| {
                let line = &text[outline.lines[i].range.clone()];
                line.trim_start().starts_with('|')
                    || rutter_text::markdown::item(text, &outline.lines[i]).is_some()
                    || matches!(outline.lines[i].kind, LineKind::Fence(_))
            },
        )
}

fn bug(document: Document, text: &str, wanted: &Requirements, sink: &mut Sink<'_>) {
    let has = |chapter: u32| {
        wanted.criteria().any(|(_, c)| {
            c.explicit && c.id.prefix.is_empty() && c.id.numbers.first() == Some(&chapter)
        })
    };
    let Some(last) = wanted.requirements.last().filter(|_| has(1)) else {
        return;
    };
    let told = parts_with_text(text, wanted);
    for (chapter, name, says) in [
        (2, "2.1", "what is expected instead"),
        (3, "3.1", "what must not change"),
    ] {
        if !has(chapter) && told < chapter {
            sink.add(
                document.file_name(),
                sink.finding(
                    last.heading.clone(),
                    format!("The analysis does not say {says}: it has no point {name}."),
                ),
            );
        }
    }
}

/// How many parts the analysis has that say something, from the one with the first point on. They may say it without points.
fn parts_with_text(text: &str, wanted: &Requirements) -> u32 {
    let outline = &wanted.outline;
    let Some(first) = wanted.requirements.first() else {
        return 0;
    };
    let start = outline.line_at(first.range.start);
    let Some((level, _)) = outline.heading(start) else {
        return 0;
    };
    let parts = (start..outline.lines.len())
        .take_while(|&i| outline.heading(i).is_none_or(|(l, _)| l >= level))
        .filter(|&i| outline.heading(i).is_some_and(|(l, _)| l == level));
    let says = |part: &usize| {
        outline
            .text_lines(part + 1..outline.section_end(*part))
            .any(|i| !text[outline.lines[i].range.clone()].trim().is_empty())
    };
    u32::try_from(parts.filter(says).count()).unwrap_or(u32::MAX)
}

/// `fails`: whether a criterion says what happens when something goes wrong, so that the design has to.
fn design(text: &str, design: &Design, fails: bool, sink: &mut Sink<'_>) {
    // A design of one or two sections is a note.
    if design.sections.len() < 4 {
        return;
    }
    let headings: Vec<(usize, DesignSection)> = (0..design.outline.lines.len())
        .filter_map(|i| {
            Some((
                i,
                labels::design_section(&text[design.outline.heading(i)?.1])?,
            ))
        })
        .collect();
    // No word was known: nothing can be said in this language.
    if headings.is_empty() {
        return;
    }
    let has = |section| headings.iter().any(|(_, s)| *s == section);
    let mut finding = None;
    for (section, says, heading) in [
        (
            DesignSection::ErrorHandling,
            "what happens when something fails",
            "Error Handling",
        ),
        (
            DesignSection::Testing,
            "how it is tested",
            "Testing Strategy",
        ),
    ] {
        if has(section) || section == DesignSection::ErrorHandling && !fails {
            continue;
        }
        let at = title(&design.outline);
        let found: rutter_text::Finding = finding.take().map_or_else(
            || sink.finding(at, format!("No section of this design says {says}.")),
            |mut f: rutter_text::Finding| {
                f.message = format!("{} or {says}.", f.message.trim_end_matches('.'));
                f
            },
        );
        let gap = if text.ends_with('\n') { "\n" } else { "\n\n" };
        let block = format!("{gap}## {heading}\n\nTo be written.\n");
        let edits = vec![Edit::insert(
            text.len(),
            edit::with_endings_of(text, &block),
        )];
        finding = Some(found.fix(format!("Add a section {heading}"), edits));
    }
    if let Some(finding) = finding {
        sink.add(Document::Design.file_name(), finding);
    }
}

/// The first heading, else the first line.
fn title(outline: &Outline) -> Range<usize> {
    (0..outline.lines.len())
        .find_map(|i| outline.heading(i))
        .map(|(_, r)| r)
        .or_else(|| outline.lines.first().map(|l| l.range.clone()))
        .unwrap_or(0..0)
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    fn found(file: &str, text: &str) -> Vec<String> {
        super::super::testing::found(RULE.code, &[(file, text)])
    }

    #[test]
    fn requirements_need_an_introduction_and_criteria() {
        assert_eq!(
            found(
                "requirements.md",
                "# R\n\n## Requirements\n\n### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE A SHALL b\n\n### Requirement 2: B\n\nSome day.\n"
            ),
            [
                "requirements.md|R|These requirements have no introduction: say what they are for.|Add an introduction → ## Introduction⏎To be written.",
                "requirements.md|Requirement 2: B|Requirement 2 has no acceptance criteria."
            ]
        );
    }

    #[test]
    fn a_design_says_how_it_fails_and_is_tested() {
        let text = "# D\n\n## Overview\n\nx\n\n## Architecture\n\nx\n\n## Components\n\nx\n\n## Data Models\n\nx\n";
        assert_eq!(
            everywhere(RULE.code, &[("design.md", text)]),
            [
                "design.md|D|No section of this design says what happens when something fails or how it is tested.|Add a section Error Handling → ## Error Handling⏎To be written.|Add a section Testing Strategy → ## Testing Strategy⏎To be written."
            ]
        );
        let german = "# D\n\n## Überblick\n\nx\n\n## Aufbau\n\nx\n\n## Daten\n\nx\n\n## Fehlerbehandlung\n\nx\n";
        assert_eq!(found("design.md", german).len(), 1);
    }

    #[test]
    fn a_bug_needs_its_three_parts() {
        let text = "# B\n\n## Bug Analysis\n\n### Current Behavior (Defect)\n\n1.1 WHEN a THEN the system b\n\n### Expected Behavior (Correct)\n\n2.1 WHEN a THEN the system SHALL c\n";
        assert_eq!(
            everywhere(RULE.code, &[("bugfix.md", text)]),
            [
                "bugfix.md|Expected Behavior (Correct)|The analysis does not say what must not change: it has no point 3.1."
            ]
        );
    }

    #[test]
    fn whole_and_foreign_documents_are_left_alone() {
        for (file, text) in [
            (
                "requirements.md",
                "# R\n\nAbout it.\n\n### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE A SHALL b\n\n### ~~Requirement 2: B~~\n\nGone.\n",
            ),
            (
                "requirements.md",
                "# 要件\n\n## はじめに\n\nこれ。\n\n### 要件 1: A\n\n#### 受け入れ基準\n\n1. THE A SHALL b\n",
            ),
            (
                "bugfix.md",
                "# B\n\n## Bug Analysis\n\n### Current Behavior (Defect)\n\n1.1 WHEN a THEN the system b\n\n### Expected Behavior (Correct)\n\n- Keys: from the vault\n\n### Unchanged Behavior\n\nAll must go on:\n\n1. Users sign in\n",
            ),
            ("requirements.md", ""),
            ("design.md", "# D\n\n## Overview\n\nx\n"),
            (
                "design.md",
                "# D\n\n## Огляд\n\n## Архітектура\n\n## Дані\n\n## Компоненти\n",
            ),
            (
                "design.md",
                "# D\n\n## 概要\n\n## 構成\n\n## エラーハンドリング\n\n## テスト戦略\n",
            ),
        ] {
            assert_eq!(found(file, text), [""; 0], "{text}");
        }
    }
}
