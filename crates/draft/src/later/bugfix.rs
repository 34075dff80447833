//! Design and tasks of a bugfix.

use rutter_spec::Spec;

use super::place::{self, Place};
use super::sentence::{self, short};
use super::tasks::{Task, checkpoint, write};
use super::{aim, home, proof};
use crate::ground::Ground;
use crate::plan::title::capital;
use crate::prompt::names;
use crate::prompt::say::lower_first;

/// The most places that a report can point at.
const MOST: usize = 3;

/// The places in the source that a report's words mean, best first, one a file.
pub fn suspects(report: &str, ground: &Ground) -> Vec<Place> {
    let idle = [
        "wrong", "bug", "fix", "error", "when", "shows", "instead", "twice", "crash", "crashes",
        "system", "right", "value", "user", "users", "should", "expected", "happens", "report",
        "with", "after", "that", "does", "works", "fine", "broken", "issue", "app", "load",
        "loads", "page", "empty", "applied", "used", "second", "first", "shown", "show", "steps",
        "followed", "gives", "results", "today", "one", "two", "new", "add", "get", "gets", "set",
        "sent", "send", "sends", "data", "test", "tests", "file", "files", "name", "list", "lists",
    ];
    let named = names::identifiers(report);
    let quotes: Vec<String> = names::quotes(report)
        .into_iter()
        .map(str::to_owned)
        .collect();
    let mut out: Vec<Place> = place::named(&named, ground)
        .or_else(|| aim::quoted(&quotes, ground))
        .into_iter()
        .collect();
    let words: Vec<String> = report
        .split(|c: char| !c.is_alphanumeric() && c != '_')
        .map(str::to_lowercase)
        .filter(|word| word.len() > 2 && !idle.contains(&word.as_str()))
        .collect();
    for place in place::meant(&words, ground) {
        if out.len() == MOST {
            break;
        }
        if !out.iter().any(|known| known.path == place.path) {
            out.push(place);
        }
    }
    out
}

/// The points of a section of `bugfix.md`: id and text.
fn points(spec: &Spec, section: &str) -> Vec<(String, String)> {
    spec.wanted()
        .map(|(_, wanted)| {
            wanted
                .criteria()
                .filter(|(_, c)| {
                    c.label
                        .trim_start_matches(|c: char| !c.is_ascii_digit())
                        .starts_with(section)
                })
                .map(|(_, c)| (c.label.clone(), c.text.clone()))
                .collect()
        })
        .unwrap_or_default()
}

fn ids(list: &[(String, String)]) -> Vec<String> {
    list.iter().map(|(id, _)| id.clone()).collect()
}

/// The condition and the rest of "WHEN … THEN …".
fn halves(text: &str) -> (String, String) {
    let bare = text.trim_start_matches("WHEN ").trim_start_matches("IF ");
    let (condition, rest) = bare
        .split_once(" THEN ")
        .or_else(|| bare.split_once(", "))
        .unwrap_or(("the steps of the report are followed", bare));
    (
        condition.to_owned(),
        rest.trim_start_matches("the system SHALL CONTINUE TO ")
            .trim_start_matches("the system SHALL ")
            .to_owned(),
    )
}

/// What a design needs to know of a report.
struct Bug {
    current: Vec<(String, String)>,
    expected: Vec<(String, String)>,
    kept: Vec<(String, String)>,
    places: Vec<Place>,
}

fn read(spec: &Spec, ground: &Ground) -> Bug {
    let (current, expected, kept) = (points(spec, "1."), points(spec, "2."), points(spec, "3."));
    let request = spec
        .wanted()
        .map(|(_, wanted)| super::quoted_request(wanted.source.text()))
        .unwrap_or_default();
    let text: Vec<String> = current
        .iter()
        .chain(&expected)
        .map(|(_, text)| sentence::unlinked(text))
        .chain([request])
        .collect();
    let report = text.join(". ");
    let mut places = suspects(&report, ground);
    if places.is_empty() {
        let words: Vec<String> = report
            .split(|c: char| !c.is_alphanumeric())
            .map(str::to_lowercase)
            .filter(|word| word.len() > 2)
            .collect();
        places.extend(home::near(&words, rutter_catalogue::Layer::Service, ground));
    }
    Bug {
        current,
        expected,
        kept,
        places,
    }
}

/// Drafts `design.md` from `bugfix.md`.
pub fn design(spec: &Spec, ground: &Ground) -> String {
    let bug = read(spec, ground);
    let title = super::title(spec);
    let mut out = format!("# Bugfix Design: {title}\n\n## Overview\n\n");
    let (condition, defect) = bug
        .current
        .first()
        .map_or_else(|| (String::new(), String::new()), |(_, text)| halves(text));
    out.push_str(&format!("{}: {} The fix is the smallest change that makes the condition below behave as expected and leaves everything else as it is.\n", capital(&format!("when {condition}")), ended(&defect)));
    out.push_str("\n## Glossary\n\n- **Bug_Condition (C)**: the inputs for which the defect shows\n- **Property (P)**: what must hold for each of them after the fix\n- **Preservation**: what must stay as it is for all other inputs\n");
    for place in &bug.places {
        out.push_str(&format!(
            "- **{}**: {}\n",
            place.symbol.clone().unwrap_or_else(|| place.path.clone()),
            place.shown()
        ));
    }
    out.push_str("\n## Bug Details\n\n```text\nFUNCTION isBugCondition(input)\n  RETURN ");
    let conditions: Vec<String> = distinct(
        bug.current
            .iter()
            .map(|(_, text)| sentence::unlinked(&halves(text).0)),
    );
    out.push_str(&conditions.join("\n      OR "));
    out.push_str("\nEND FUNCTION\n```\n");
    for (id, text) in &bug.current {
        out.push_str(&format!("\n- {id}: {}", halves(text).1));
    }
    out.push_str("\n\n## Hypothesized Root Cause\n\nEach is a guess until the exploration test confirms it.\n\n");
    for (at, guess) in guesses(&condition, &defect, &bug.places).iter().enumerate() {
        out.push_str(&format!("{}. {guess}\n", at + 1));
    }
    out.push_str(&properties(&bug));
    out.push_str("\n## Fix Implementation\n\n");
    match bug.places.first() {
        Some(place) => out.push_str(&format!("Change {} first, and another file only when the exploration test points there.\n", place.shown())),
        None => out.push_str("The words of the report point at no file of this project. The exploration test finds the place; the fix goes there and nowhere else.\n"),
    }
    for (id, text) in &bug.expected {
        out.push_str(&format!("\n- {} ({id})", capital(&halves(text).1)));
    }
    out.push_str("\n\n## Testing Strategy\n\n");
    out.push_str(&format!("{} The exploration test is written first and fails on the code as it is. The preservation tests are written next and pass on the code as it is. Both pass after the fix.{}\n", runner(ground), test_file(&bug, ground).map(|file| format!(" They stand in {file}.")).unwrap_or_default()));
    out
}

fn runner(ground: &Ground) -> String {
    match (ground.runner(), ground.test_command()) {
        (Some(runner), Some(command)) if command != runner => format!("Tests run with {runner} (`{command}`)."),
        (Some(runner), _) => format!("Tests run with {runner}."),
        (None, _) => "The project has no test runner yet; the first task picks the usual one for its language.".to_owned(),
    }
}

fn ended(text: &str) -> String {
    format!("{}.", text.trim_end_matches('.'))
}

fn distinct(list: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in list {
        if !out.contains(&text) {
            out.push(text);
        }
    }
    out
}

fn properties(bug: &Bug) -> String {
    let expected: Vec<String> = bug
        .expected
        .iter()
        .map(|(_, text)| halves(text).1)
        .collect();
    let mut out = String::from("\n## Correctness Properties\n");
    out.push_str(&format!("\n### Property 1: Bug Condition\n\n*For any* input where isBugCondition holds, the fixed code SHALL {}\n\n**Validates: Requirements {}**\n", joined(&expected), ids(&bug.expected).join(", ")));
    if !bug.kept.is_empty() {
        out.push_str(&format!("\n### Property 2: Preservation\n\n*For any* input where isBugCondition does not hold, the fixed code SHALL give the same result as the code before the fix\n\n**Validates: Requirements {}**\n", ids(&bug.kept).join(", ")));
    }
    out
}

fn joined(list: &[String]) -> String {
    distinct(list.iter().cloned()).join("; ")
}

/// Causes that such a defect usually has, each naming a place of the project.
fn guesses(condition: &str, defect: &str, places: &[Place]) -> Vec<String> {
    let text = format!("{condition} {defect}").to_lowercase();
    let has = |cues: &[&str]| cues.iter().any(|cue| text.contains(cue));
    let mut causes: Vec<String> = Vec::new();
    if has(&[
        "twice",
        "duplicate",
        "double",
        "again",
        "second time",
        "repeated",
    ]) {
        causes.push("does not check whether the same thing was done before".to_owned());
    }
    if has(&[
        "null",
        "none",
        "undefined",
        "missing",
        "empty",
        "crash",
        "exception",
        "panic",
        "throws",
        "500",
    ]) {
        causes.push("takes for granted that a value is there".to_owned());
    }
    if has(&[
        "date", "time", "zone", "midnight", "utc", "day", "month", "dst",
    ]) {
        causes.push("mixes local time and UTC, or counts a boundary day wrongly".to_owned());
    }
    if has(&[
        "total",
        "sum",
        "price",
        "amount",
        "round",
        "cent",
        "percent",
        "balance",
        "count",
        "wrong number",
    ]) {
        causes.push(
            "adds or rounds in the wrong order, or works with a value from before the change"
                .to_owned(),
        );
    }
    if has(&[
        "umlaut",
        "unicode",
        "encoding",
        "accent",
        "emoji",
        "character",
        "non-ascii",
    ]) {
        causes.push("treats bytes as characters or compares text without a common form".to_owned());
    }
    if has(&[
        "concurrent",
        "same time",
        "parallel",
        "race",
        "simultan",
        "two users",
        "sometimes",
        "randomly",
    ]) {
        causes.push("reads and writes shared state without holding it in between".to_owned());
    }
    if has(&["old", "stale", "cache", "refresh", "reload", "still shows"]) {
        causes.push("keeps an old copy after the data has changed".to_owned());
    }
    if has(&["case", "uppercase", "lowercase", "sort", "order"]) && causes.is_empty() {
        causes.push("compares values without bringing them into one form first".to_owned());
    }
    causes.push(format!(
        "handles the case that {} like every other case",
        sentence::unlinked(condition)
    ));
    causes.truncate(3);
    let place = |at: usize| {
        places
            .get(at.min(places.len().saturating_sub(1)))
            .map_or_else(|| "The code behind this".to_owned(), Place::shown)
    };
    let mut out: Vec<String> = causes
        .into_iter()
        .map(|cause| format!("{} {cause}.", capital(&place(0))))
        .collect();
    if places.len() > 1 {
        out.push(format!(
            "{} hands over a value that {} does not expect.",
            capital(&place(1)),
            place(0)
        ));
    }
    out
}

fn test_file(bug: &Bug, ground: &Ground) -> Option<String> {
    let (path, new) = bug
        .places
        .first()
        .and_then(|place| proof::test_of(place, "", ground))?;
    Some(if new {
        format!("`{path}` *new*")
    } else {
        format!("`{path}`")
    })
}

/// Drafts `tasks.md` from `bugfix.md` and the design.
pub fn tasks(spec: &Spec, ground: &Ground) -> String {
    let bug = read(spec, ground);
    let file = test_file(&bug, ground);
    let tests = |text: &str| {
        file.as_ref().map_or_else(
            || format!("Tests: {text}"),
            |file| format!("Tests: {file}: {text}"),
        )
    };
    let again = |what: &str| {
        format!(
            "Run the same {what}, unchanged{}{}",
            file.as_ref()
                .map(|file| format!(", in {file}"))
                .unwrap_or_default(),
            ground
                .test_command()
                .map(|command| format!(", with `{command}`"))
                .unwrap_or_default()
        )
    };
    let first = bug
        .current
        .first()
        .map_or_else(String::new, |(_, text)| halves(text).0);
    let property = |number: u32| {
        spec.design
            .as_ref()
            .and_then(|design| design.property(number))
            .map(|property| format!("**Property {number}: {}**", property.title))
    };
    let mut explore = vec![
        tests(&format!(
            "the input that makes true: {}",
            sentence::unlinked(&first)
        )),
        "Assert what 2.x expects, and change no other code yet".to_owned(),
    ];
    explore.extend(property(1));
    explore.push(
        "Done when: the test fails on the code as it is, and its message shows the defect"
            .to_owned(),
    );
    let mut preserve = vec![tests(
        "inputs for which the bug condition does not hold, with the results of today",
    )];
    preserve.extend(property(2));
    preserve.push("Done when: the tests pass on the code as it is".to_owned());
    let mut explored = ids(&bug.current);
    explored.extend(ids(&bug.expected));
    let mut list = vec![Task {
        title: "Write an exploration test for the bug condition, before the fix".to_owned(),
        details: explore,
        ids: explored,
        ..Task::default()
    }];
    if !bug.kept.is_empty() {
        list.push(Task {
            title: "Write preservation tests, before the fix".to_owned(),
            details: preserve,
            ids: ids(&bug.kept),
            ..Task::default()
        });
    }
    let place = bug
        .places
        .first()
        .map_or_else(String::new, |place| format!(" in {}", place.shown_short()));
    let steps = bug
        .expected
        .iter()
        .map(|(id, text)| format!("{} ({id})", capital(&halves(text).1)));
    let mut details: Vec<String> = steps.collect();
    details.push("Done when: the exploration test passes and the change touches nothing that the fix does not need".to_owned());
    let fix = Task {
        title: format!("Implement the fix{place}"),
        details,
        ids: ids(&bug.expected),
        wave: 1,
        ..Task::default()
    };
    let verify = Task {
        title: "Verify that the exploration test from task 1 passes".to_owned(),
        details: vec![again("test"), "Done when: it passes".to_owned()],
        ids: ids(&bug.expected),
        wave: 2,
        ..Task::default()
    };
    let keep = Task {
        title: "Verify that the preservation tests from task 2 still pass".to_owned(),
        details: vec![again("tests"), "Done when: they pass".to_owned()],
        ids: ids(&bug.kept),
        wave: 2,
        ..Task::default()
    };
    let mut children = vec![fix, verify];
    if !bug.kept.is_empty() {
        children.push(keep);
    }
    list.push(Task {
        title: format!("Fix: {}", lower_first(&short(&super::title(spec), 9))),
        children,
        wave: 1,
        ..Task::default()
    });
    list.push(checkpoint(ground, 3));
    write(&super::title(spec), &list)
}
