//! `requirements.md`.

use crate::plan::title::shortened;
use crate::plan::{Plan, Story};
use crate::prompt::article;

/// The most characters of the request that the introduction quotes.
const QUOTE: usize = 240;

/// Writes a plan down.
pub fn write(plan: &Plan) -> String {
    let mut out = String::from("# Requirements Document\n\n## Introduction\n\n");
    out.push_str(&introduction(plan));
    out.push_str("\n\n## Glossary\n\n");
    for (term, is) in &plan.glossary {
        out.push_str(&format!("- **{term}**: {is}\n"));
    }
    let texts: Vec<(String, String)> = plan
        .requirements
        .iter()
        .enumerate()
        .flat_map(|(r, requirement)| {
            requirement
                .lines
                .iter()
                .enumerate()
                .map(move |(c, line)| (format!("{}.{}", r + 1, c + 1), line.text.clone()))
        })
        .collect();
    let numbered = plan.decisions.number(&texts);
    out.push_str("\n## Requirements\n");
    for (at, requirement) in plan.requirements.iter().enumerate() {
        out.push_str(&format!(
            "\n### Requirement {}: {}\n\n{}\n\n#### Acceptance Criteria\n\n",
            at + 1,
            requirement.title,
            story(&requirement.story)
        ));
        for (number, line) in requirement.lines.iter().enumerate() {
            out.push_str(&format!("{}. {}\n", number + 1, numbered.link(&line.text)));
        }
    }
    let decisions = numbered.lines();
    if !decisions.is_empty() {
        out.push_str("\n## Open Decisions\n\n");
        out.push_str(&decisions.join("\n"));
        out.push('\n');
    }
    if !plan.concerns.is_empty() {
        out.push_str("\n## Further Concerns\n\n");
        for (at, text) in &plan.concerns {
            out.push_str(&format!("- _Requirement {}:_ {text}\n", at + 1));
        }
    }
    out
}

fn introduction(plan: &Plan) -> String {
    let mut text = format!(
        "This spec covers the following request: \"{}\".",
        quote(&plan.request)
    );
    if !plan.kinds.is_empty() {
        text.push_str(&format!(
            " What goes beyond its words is what features of this kind usually need: {}.",
            plan.kinds.join(", ")
        ));
    }
    if !plan.out.is_empty() {
        text.push_str(&format!("\n\nOut of scope: {}.", plan.out.join("; ")));
    }
    text
}

/// The request on one line, cut at a word.
pub fn quote(request: &str) -> String {
    let plain = request.replace('"', "'");
    if plain.chars().count() <= QUOTE {
        return plain;
    }
    let cut: String = plain.chars().take(QUOTE).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    let cut = cut[..end].trim_end_matches([',', '.', ';', ':']);
    let cut = if cut.matches('`').count() % 2 == 1 {
        cut.replace('`', "")
    } else {
        cut.to_owned()
    };
    format!("{cut} …")
}

fn story(story: &Story) -> String {
    let who = if story.who.is_empty() {
        "user"
    } else {
        &story.who
    };
    let mut text = format!(
        "**User Story:** As {} {who}, I want {}",
        article(who),
        shortened_story(&story.want)
    );
    if !story.so.is_empty() {
        text.push_str(&format!(", so that {}", story.so));
    }
    text
}

fn shortened_story(want: &str) -> String {
    if want.split(' ').count() > 24 {
        shortened(want, 22)
    } else {
        want.replace('\u{1}', "")
    }
}
