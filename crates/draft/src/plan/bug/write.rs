//! `bugfix.md` as text.

use crate::ground::Ground;
use crate::later::suspects;
use crate::plan::decide::Decisions;
use crate::prompt::Prompt;

/// The document: introduction, the three sections, the open decisions.
pub(super) fn write(
    prompt: &Prompt,
    ground: &Ground,
    current: &[String],
    wanted: &[String],
    unchanged: &[String],
    decisions: &Decisions,
    hints: &[String],
) -> String {
    let mut texts: Vec<(String, String)> = Vec::new();
    for (section, list) in [(1, current), (2, wanted), (3, unchanged)] {
        texts.extend(
            list.iter()
                .enumerate()
                .map(|(at, text)| (format!("{section}.{}", at + 1), text.clone())),
        );
    }
    let numbered = decisions.number(&texts);
    let mut request = String::new();
    for sentence in &prompt.kept {
        request.push_str(if request.is_empty() { "" } else { ". " });
        request.push_str(sentence);
    }
    let mut out = format!(
        "# Bugfix Requirements Document\n\n## Introduction\n\nThis fix covers the following request: \"{}\".",
        crate::write::requirements::quote(&request)
    );
    let places: Vec<String> = suspects(&request, ground)
        .into_iter()
        .take(2)
        .map(|place| place.shown())
        .collect();
    if !places.is_empty() {
        out.push_str(&format!(
            " By its words it concerns {}.",
            places.join(" and ")
        ));
    }
    for hint in hints {
        out.push_str(&format!(
            " The report suspects: \"{}\".",
            hint.replace('"', "'")
        ));
    }
    out.push_str("\n\n## Bug Analysis\n");
    for (section, heading) in [
        (1, "Current Behavior (Defect)"),
        (2, "Expected Behavior (Correct)"),
        (3, "Unchanged Behavior (Regression Prevention)"),
    ] {
        out.push_str(&format!("\n### {heading}\n"));
        for (id, text) in texts
            .iter()
            .filter(|(id, _)| id.starts_with(&format!("{section}.")))
        {
            out.push_str(&format!("\n{id} {}\n", numbered.link(text)));
        }
    }
    let lines = numbered.lines();
    if !lines.is_empty() {
        out.push_str(&format!("\n## Open Decisions\n\n{}\n", lines.join("\n")));
    }
    out
}
