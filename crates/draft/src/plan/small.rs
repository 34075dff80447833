//! Whether a prompt asks for a change of one or two files, and the criteria of a prompt that only names a quality.

use super::decide::Decisions;
use super::vague::Quality;
use crate::ground::Ground;
use crate::prompt::Prompt;
use rutter_catalogue::Match;

/// Openers of small changes.
const OPENERS: [&str; 24] = [
    "rename ",
    "bump ",
    "typo",
    "fix typo",
    "fix a typo",
    "fix the typo",
    "fix spelling",
    "correct the spelling",
    "change the text",
    "change the label",
    "change the wording",
    "reword ",
    "update the copyright",
    "raise the ",
    "lower the ",
    "increase the ",
    "decrease the ",
    "reduce the ",
    "set the ",
    "upgrade ",
    "update dependency",
    "pin ",
    "delete the unused",
    "remove the unused",
];

/// Whether the change is small.
pub fn is_small(prompt: &Prompt, classes: &[Match<'_>]) -> bool {
    let text = prompt.kept.join(" ");
    let lower = text.to_lowercase();
    let words = text.split_whitespace().count();
    if prompt.wants.len() > 3 || words > 45 {
        return false;
    }
    let feature = classes
        .first()
        .is_some_and(|found| !found.class.small && found.score > 4);
    // One more flag, field or link is a small thing too.
    let last = prompt
        .things
        .thing
        .as_ref()
        .map(|thing| thing.rsplit(' ').next().unwrap_or(thing).to_lowercase());
    let little = last.is_some_and(|last| {
        [
            "flag",
            "option",
            "parameter",
            "argument",
            "tooltip",
            "alias",
            "shortcut",
            "constant",
            "placeholder",
            "icon",
            "favicon",
            "footer",
            "link",
        ]
        .contains(&last.as_str())
    });
    if little && prompt.wants.len() == 1 && words <= 20 {
        return true;
    }
    let from_to = prompt.wants.iter().any(|want| {
        want.shall.starts_with("use ")
            && (want.shall.contains(" instead of ") || want.shall.contains(" in place of "))
    });
    classes.first().is_some_and(|found| found.class.small)
        || OPENERS.iter().any(|opener| lower.starts_with(opener)) && prompt.wants.len() <= 2
        || from_to && !feature && words <= 30
}

/// The criteria of a prompt that only names a quality. `about` is what it is said of.
pub fn quality_lines(
    quality: Quality,
    about: &str,
    app: &str,
    ground: &Ground,
    prompt: &Prompt,
    decisions: &mut Decisions,
) -> Vec<String> {
    let places = candidates(ground, prompt);
    let strings = |list: &[&str]| list.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
    match quality {
        Quality::Speed => {
            let mut choices = places;
            choices.extend(strings(&[
                "the page or command used most",
                "the start of the program",
                "the slowest request in the log",
            ]));
            choices.truncate(4);
            let what = decisions.mark("quality/what", "What is too slow?", &choices);
            let time = decisions.mark(
                "quality/time",
                "What time is good enough?",
                &strings(&[
                    "500 ms for 95 of 100 runs",
                    "200 ms for 95 of 100 runs",
                    "half of today's time",
                ]),
            );
            let load = decisions.mark(
                "quality/load",
                "With how much data is it measured?",
                &strings(&[
                    "the data of a usual day",
                    "10 times the data of a usual day",
                ]),
            );
            vec![
                format!("WHEN {what} is run with {load}, THE {app} SHALL finish within {time}"),
                format!("THE {app} SHALL give the same results as before {about} was made faster"),
                format!(
                    "THE {app} SHALL come with a measurement of {what} that can be repeated and compared with the time before the change"
                ),
            ]
        }
        Quality::Security => {
            let against = decisions.mark(
                "quality/against",
                "What is security checked against?",
                &strings(&[
                    "OWASP ASVS level 1",
                    "OWASP ASVS level 2",
                    "the findings of the last review",
                ]),
            );
            let part = decisions.mark(
                "quality/part",
                "Which part comes first?",
                &with(
                    places,
                    &[
                        "sign-in and sessions",
                        "input from outside",
                        "the dependencies",
                    ],
                ),
            );
            vec![
                format!("THE {app} SHALL meet {against} in {part}"),
                format!(
                    "IF input from outside breaks a rule of {part}, THEN THE {app} SHALL refuse it and log the refusal without the input's secrets"
                ),
                format!("THE {app} SHALL keep no secret in its source or its log"),
            ]
        }
        Quality::Use => {
            let part = decisions.mark(
                "quality/part",
                "Which part comes first?",
                &with(
                    places,
                    &["the page used most", "the first page a new user sees"],
                ),
            );
            let shown = decisions.mark(
                "quality/shown",
                "What shows that it became better?",
                &strings(&[
                    "a first-time user finishes without help",
                    "it takes one step less than today",
                    "fewer questions to support within 30 days",
                ]),
            );
            vec![
                format!("WHEN a person uses {part}, THE {app} SHALL meet this measure: {shown}"),
                format!("THE {app} SHALL let a person use {part} with the keyboard alone"),
                format!("THE {app} SHALL keep every function of {part} that is there today"),
            ]
        }
        Quality::Reliability => {
            let part = decisions.mark(
                "quality/part",
                "Which part fails today?",
                &with(
                    places,
                    &[
                        "the part named most in the error log",
                        "calls to other services",
                    ],
                ),
            );
            let survive = decisions.mark(
                "quality/survive",
                "What must it survive?",
                &strings(&[
                    "a restart in the middle of a request",
                    "the loss of the network for 1 minute",
                    "a service it needs being down",
                ]),
            );
            vec![
                format!(
                    "WHEN {survive} happens, THE {app} SHALL go on with {part} without losing data"
                ),
                format!(
                    "IF {part} fails, THEN THE {app} SHALL log the cause and tell the caller that nothing was changed"
                ),
            ]
        }
        Quality::Source => {
            let part = decisions.mark(
                "quality/part",
                "Which part comes first?",
                &with(
                    places,
                    &[
                        "the file that changes most often",
                        "the file with the most lines",
                    ],
                ),
            );
            vec![
                format!("THE {app} SHALL behave as before after {part} is restructured"),
                format!(
                    "THE {app} SHALL pass every existing test without a change to what it asserts"
                ),
                format!(
                    "THE {app} SHALL have a test for each public function of {part} before it is restructured"
                ),
            ]
        }
        Quality::Unclear => {
            let part = decisions.mark(
                "quality/part",
                "Which part is meant?",
                &with(
                    places,
                    &[
                        "the part that users complain about most",
                        "the part that changes most often",
                    ],
                ),
            );
            let way = decisions.mark(
                "quality/way",
                "What should be different?",
                &strings(&[
                    "it answers sooner",
                    "it takes fewer steps",
                    "it fails less often",
                ]),
            );
            vec![
                format!("WHEN {part} is used, THE {app} SHALL differ from today in this: {way}"),
                format!("THE {app} SHALL keep every function of {part} that is there today"),
            ]
        }
    }
}

fn with(mut places: Vec<String>, more: &[&str]) -> Vec<String> {
    places.truncate(2);
    places.extend(more.iter().map(|c| (*c).to_owned()));
    places.truncate(4);
    places
}

/// Places in the source that the words of the prompt mean, as choices.
fn candidates(ground: &Ground, prompt: &Prompt) -> Vec<String> {
    let words: Vec<String> = prompt
        .kept
        .join(" ")
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| {
            word.len() > 2
                && ![
                    "make",
                    "faster",
                    "fast",
                    "better",
                    "improve",
                    "slow",
                    "the",
                    "app",
                    "code",
                    "please",
                    "performance",
                    "clean",
                    "more",
                    "whole",
                    "everything",
                    "secure",
                    "nicer",
                    "our",
                ]
                .contains(&word.as_str())
        })
        .collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<String> = Vec::new();
    for hit in ground.find(&words) {
        let name = hit.path;
        if !found.contains(&name) {
            found.push(name);
        }
        if found.len() == 2 {
            break;
        }
    }
    found
}
