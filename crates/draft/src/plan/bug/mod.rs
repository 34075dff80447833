//! `bugfix.md` from a report. A report is told in its writer's words: each sentence stays whole, and only its place in the
//! document is ours.

mod sort;
mod write;

use self::sort::Part;
use super::decide::Decisions;
use super::{title, vague};
use crate::ground::Ground;
use crate::later::suspects;
use crate::prompt::{Prompt, answers, clause, person, restate, say};

/// The condition of a report that tells none.
const UNTOLD: &str = "the steps of the report are followed";

/// The most points of a section.
const MOST: usize = 5;

/// Title, text and notes of a bugfix.
pub fn draft(prompt: &Prompt, ground: &Ground) -> (String, String, Vec<String>) {
    let (mut defects, mut expected, mut stays, mut hints) = (vec![], vec![], vec![], vec![]);
    let steps = steps(prompt);
    for sentence in &prompt.kept {
        if steps.is_some() && prompt.steps.contains(sentence) {
            continue;
        }
        // What is asked stands below as a decision.
        if sentence.ends_with('?') {
            continue;
        }
        match sort::sort(sentence, prompt) {
            Part::Defect(text) => defects.push(text),
            Part::Expected(text) => expected.push((text, sentence.starts_with("Expected: "))),
            Part::Stays(text) => stays.push(text),
            Part::Hint(text) => hints.push(text),
            Part::Aside => {}
        }
    }
    let mut decisions = Decisions::default();
    let shared = steps.unwrap_or_else(|| UNTOLD.to_owned());
    let heading = heading(&defects, &expected, prompt);
    let mut current: Vec<String> = defects
        .iter()
        .take(MOST)
        .map(|text| defect(text, &shared))
        .collect();
    if current.is_empty() {
        let what = expected
            .first()
            .map_or_else(|| prompt.kept.join(". "), |(text, _)| text.clone());
        current.push(format!(
            "WHEN {shared} THEN the system does not do this yet: \"{}\"",
            title::shortened(&what, 30).replace('"', "'")
        ));
    }
    let of_defect = defects
        .first()
        .and_then(|text| restate::told_under(text))
        .map(|(condition, _)| condition);
    let mut wanted: Vec<String> = expected
        .iter()
        .take(MOST)
        .map(|(text, labelled)| {
            let (condition, shall) = sort::shall(text);
            // What is asked besides has a condition of its own.
            let common = if *labelled || expected.len() == 1 {
                of_defect.as_deref().unwrap_or(&shared)
            } else {
                "the fix is made"
            };
            format!(
                "WHEN {} THEN the system SHALL {}",
                condition.as_deref().unwrap_or(common),
                vague::settle(&shall, &mut decisions)
            )
        })
        .collect();
    let breaks_off = [
        "crash",
        "panic",
        "exception",
        "traceback",
        "stack trace",
        "hangs",
        "freezes",
        "segfault",
    ]
    .iter()
    .any(|cue| defects.iter().any(|text| text.to_lowercase().contains(cue)));
    if wanted.is_empty() && breaks_off {
        let mark = decisions.mark(
            "failure",
            "What should happen in place of the failure?",
            &[
                "refuse the input and say what is wrong with it".to_owned(),
                "go on and leave the bad part out".to_owned(),
            ],
        );
        wanted.push(format!(
            "WHEN {} THEN the system SHALL stay up and do this: {mark}",
            of_defect.as_deref().unwrap_or(&shared)
        ));
    }
    if wanted.is_empty() {
        let ids: Vec<String> = (1..=current.len()).map(|at| format!("1.{at}")).collect();
        wanted.push(format!(
            "WHEN the condition of 1.1 holds THEN the system SHALL no longer show what {} {}",
            ids.join(" and "),
            if ids.len() == 1 { "tells" } else { "tell" }
        ));
    }
    for (at, question) in prompt.questions.iter().take(3).enumerate() {
        let mark = decisions.mark(
            &format!("question/{at}"),
            &title::capital(&question.replace(['`', '|'], "'")),
            &answers::choices(question),
        );
        wanted.push(format!(
            "WHEN {shared} THEN the system SHALL follow this answer to \"{}\": {mark}",
            question.replace('"', "'")
        ));
    }
    let text = write::write(
        prompt,
        ground,
        &current,
        &wanted,
        &unchanged(&stays, prompt, ground),
        &decisions,
        &hints,
    );
    let mut notes = Vec::new();
    if prompt.left_out > 0 {
        notes.push("A part of the request gave orders to the tool rather than reporting a bug, and was left out.".to_owned());
    }
    (heading, text, notes)
}

fn heading(defects: &[String], expected: &[(String, bool)], prompt: &Prompt) -> String {
    let first = defects.first().or(expected.first().map(|(text, _)| text));
    let text = first.map_or_else(|| prompt.kept.join(". "), Clone::clone);
    // A heading is a clause, not a sentence with all that follows.
    let clause = text.split([';', ':', '(']).next().unwrap_or(&text);
    title::capital(&title::shortened(clause.trim(), 10))
}

/// What happens, under the condition that the sentence itself states, else under that of the report.
fn defect(text: &str, shared: &str) -> String {
    if let Some((condition, rest)) = restate::told_under(text) {
        return format!("WHEN {condition} THEN {rest}");
    }
    if restate::reads_as_clause(text) {
        return format!(
            "WHEN {shared} THEN {}",
            person::third(&say::lower_first(text))
        );
    }
    format!(
        "WHEN {shared} THEN this happens: \"{}\"",
        text.replace('"', "'")
    )
}

/// The numbered steps of a report as one condition.
fn steps(prompt: &Prompt) -> Option<String> {
    let steps: Vec<String> = prompt
        .steps
        .iter()
        .filter(|step| {
            clause::starts_with_verb(step, true)
                || [
                    "I ", "You ", "Go ", "Press ", "Type ", "Click ", "Tap ", "Log ", "Wait ",
                ]
                .iter()
                .any(|cue| step.starts_with(cue))
                || step.contains('/')
                || step.starts_with(|c: char| c.is_ascii_lowercase() || c == '`')
        })
        .map(|step| person::third(&say::lower_first(step)))
        .collect();
    (!steps.is_empty() && steps.len() == prompt.steps.len())
        .then(|| format!("these steps are taken: {}", steps.join("; ")))
}

fn unchanged(stays: &[String], prompt: &Prompt, ground: &Ground) -> Vec<String> {
    let mut out: Vec<String> = stays
        .iter()
        .take(MOST)
        .map(|text| {
            format!(
                "WHEN the fix is made THEN the system SHALL CONTINUE TO meet this: \"{}\"",
                text.replace('"', "'")
            )
        })
        .collect();
    // A function has callers; a constant or a type has no parameters to keep.
    if let Some(place) = suspects(&prompt.kept.join(". "), ground).into_iter().next()
        && let Some(symbol) = place
            .symbol
            .as_ref()
            .filter(|symbol| symbol.starts_with(|c: char| c.is_lowercase()) && !place.new)
    {
        out.push(format!("WHEN other code uses `{symbol}` THEN the system SHALL CONTINUE TO offer it under the same name with the same parameters"));
    }
    if out.is_empty() {
        out.push("WHEN the condition of 1.1 does not hold THEN the system SHALL CONTINUE TO give the results that it gives today".to_owned());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::draft;
    use crate::ground::Ground;
    use crate::prompt::read;

    fn text(report: &str) -> String {
        let ground = Ground {
            catalogue: rutter_catalogue::Catalogue::builtin(),
            ..Ground::default()
        };
        draft(&read(report), &ground).1
    }

    #[test]
    fn steps_are_the_condition() {
        let text = text("Saving twice creates two notes.\n\n1. Open a note\n2. Click save twice\n");
        assert!(
            text.contains("1.1 WHEN these steps are taken: open a note; click save twice THEN"),
            "{text}"
        );
        assert!(!text.contains("1.2 "), "{text}");
    }

    #[test]
    fn each_sentence_has_its_place_and_stays_whole() {
        let text = text(
            "The receipt is right and must stay as it is. The cancelled trip is still shown. Version 1.2, every time. Expected: no cancelled trip.",
        );
        assert!(text.contains("1.1 ") && !text.contains("1.2 "), "{text}");
        assert!(text.contains("2.1 ") && !text.contains("2.2 "), "{text}");
        assert!(
            text.contains("CONTINUE TO meet this: \"The receipt is right and must stay as it is\""),
            "{text}"
        );
    }

    #[test]
    fn a_condition_of_its_own_goes_in_front() {
        let text = text("When the when field is empty, the export crashes");
        assert!(
            text.contains("1.1 WHEN the when field is empty THEN the export crashes"),
            "{text}"
        );
    }
}
