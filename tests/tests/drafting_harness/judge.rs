//! Holds one draft against its prompt.

use std::collections::BTreeSet;

use regex::Regex;

use crate::document::{self, Requirements};
use crate::names::{Known, State};
use crate::prompts::{Entry, Prompt};
use crate::readability;

/// What the product made of a prompt.
#[derive(Debug, Default)]
pub struct Draft {
    /// The first document (requirements.md or bugfix.md) before anything was decided.
    pub first: String,
    /// The same when the tasks were written.
    pub decided: String,
    pub design: String,
    pub tasks: String,
    /// The spec's folder below `.kiro/specs`.
    pub folder: String,
    /// What the product's own check says.
    pub findings: Vec<String>,
    /// Files outside the spec's folder that were made, changed or removed.
    pub strays: Vec<String>,
}

/// One line of the table.
#[derive(Debug, Default)]
pub struct Row {
    pub criteria: usize,
    pub questions: usize,
    pub entries: usize,
    pub tasks: usize,
    pub expected: (usize, usize),
    pub covered: (usize, usize),
    pub existing: (usize, usize),
    /// The criteria, made comparable.
    pub normalised: BTreeSet<String>,
}

/// The row of the table, and each way in which the draft falls short.
pub fn judge(prompt: &Prompt, tests: &Entry, draft: &Draft, known: &Known) -> (Row, Vec<String>) {
    let mut failures = Vec::new();
    let first = document::requirements(&draft.first);
    let decided = document::requirements(&draft.decided);
    let tasks = document::tasks(&draft.tasks);
    let mut row = Row {
        criteria: first.criteria.len(),
        questions: first.questions.len(),
        entries: first.entries.len(),
        tasks: tasks.len(),
        normalised: first
            .criteria
            .iter()
            .map(|(_, text)| normalise(text))
            .collect(),
        ..Row::default()
    };

    expectations(prompt, &first, &mut row, &mut failures);
    bounds(prompt, &first, tasks.len(), &mut failures);
    exclusions(prompt, draft, &first, &tasks, &mut failures);
    for (id, text) in &first.criteria {
        failures.extend(
            readability::fault(text).map(|fault| format!("{id} reads badly ({fault}): {text}")),
        );
    }

    let cited: BTreeSet<&String> = tasks.iter().flat_map(|t| &t.cites).collect();
    let bare: Vec<&str> = decided
        .criteria
        .iter()
        .map(|(id, _)| id)
        .filter(|id| !cited.contains(id))
        .map(String::as_str)
        .collect();
    row.covered = (decided.criteria.len() - bare.len(), decided.criteria.len());
    if !bare.is_empty() {
        failures.push(format!("no task covers {}", bare.join(", ")));
    }
    let ids: BTreeSet<&String> = decided.criteria.iter().map(|(id, _)| id).collect();
    failures.extend(
        cited
            .difference(&ids)
            .map(|id| format!("a task cites {id}, which does not exist")),
    );

    for task in &tasks {
        if task.done {
            failures.push(format!(
                "task {} is marked before anyone began",
                task.number
            ));
        }
        // A property test says its property instead, a re-run the task whose tests it runs.
        if !task.text.contains('`')
            && !task.text.contains("**Property")
            && !task.text.contains("from task")
        {
            failures.push(format!(
                "task {} names no file, symbol or command",
                task.number
            ));
        }
    }
    if !tests.matches(&draft.tasks) && !tests.matches(&draft.design) {
        failures.push(format!(
            "neither design nor tasks say how tests are run ({})",
            tests.shown()
        ));
    }
    match document::waves(&draft.tasks) {
        Ok(waves) => failures.extend(wave_faults(&waves, &tasks)),
        Err(message) => failures.push(message),
    }

    name_faults(prompt, draft, known, &mut row, &mut failures);
    failures.extend(draft.findings.iter().map(|f| format!("own check: {f}")));
    failures.extend(
        draft
            .strays
            .iter()
            .map(|f| format!("touched {f}, outside the spec")),
    );
    if !Regex::new("^[a-z0-9][a-z0-9-]{0,63}$")
        .unwrap()
        .is_match(&draft.folder)
    {
        failures.push(format!("the spec's folder is named {:?}", draft.folder));
    }
    (row, failures)
}

fn expectations(prompt: &Prompt, first: &Requirements, row: &mut Row, failures: &mut Vec<String>) {
    let criteria = first.criteria.iter().map(|(_, text)| text);
    let said: Vec<&String> = criteria
        .chain(&first.questions)
        .chain(&first.entries)
        .collect();
    let missing: Vec<String> = prompt
        .expect
        .iter()
        .filter(|e| !said.iter().any(|text| e.matches(text)))
        .map(Entry::shown)
        .collect();
    row.expected = (prompt.expect.len() - missing.len(), prompt.expect.len());
    failures.extend(missing.iter().map(|e| format!("nothing says: {e}")));
}

fn bounds(prompt: &Prompt, first: &Requirements, tasks: usize, failures: &mut Vec<String>) {
    let most = prompt.criteria_bound();
    if first.criteria.is_empty() {
        failures.push("no criterion at all".to_owned());
    }
    if first.criteria.len() > most {
        failures.push(format!("{} criteria, at most {most}", first.criteria.len()));
    }
    if prompt.small && first.requirements != 1 {
        failures.push(format!(
            "{} requirements for a small change",
            first.requirements
        ));
    }
    if tasks == 0 || prompt.small && tasks > 4 {
        failures.push(format!("{tasks} tasks"));
    }
}

fn exclusions(
    prompt: &Prompt,
    draft: &Draft,
    first: &Requirements,
    tasks: &[document::Task],
    failures: &mut Vec<String>,
) {
    let negated = Regex::new(r"(?i)\b(no|not|never|without|nothing)\b").unwrap();
    for entry in &prompt.exclude {
        for (id, text) in first
            .criteria
            .iter()
            .filter(|(_, text)| entry.matches(text))
        {
            if !text.to_uppercase().contains("SHALL NOT") {
                failures.push(format!(
                    "{id} builds what was excluded ({}): {text}",
                    entry.shown()
                ));
            }
        }
        for task in tasks {
            for line in task
                .text
                .lines()
                .filter(|line| entry.matches(line) && !negated.is_match(line))
            {
                failures.push(format!(
                    "task {} builds what was excluded ({}): {line}",
                    task.number,
                    entry.shown()
                ));
            }
        }
    }
    for entry in &prompt.inject {
        for (name, text) in [
            ("the first document", &draft.first),
            ("design", &draft.design),
            ("tasks", &draft.tasks),
        ] {
            if let Some(line) = document::without_quotes(text)
                .lines()
                .find(|line| entry.matches(line))
            {
                failures.push(format!(
                    "{name} carries what was injected ({}): {}",
                    entry.shown(),
                    line.escape_debug()
                ));
            }
        }
    }
}

fn wave_faults(waves: &[Vec<String>], tasks: &[document::Task]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    for number in waves.iter().flatten() {
        if !seen.insert(number.as_str()) {
            faults.push(format!("task {number} is in two waves"));
        }
    }
    faults.extend(
        tasks
            .iter()
            .filter(|t| !seen.contains(t.number.as_str()))
            .map(|t| format!("task {} is in no wave", t.number)),
    );
    faults
}

fn name_faults(
    prompt: &Prompt,
    draft: &Draft,
    known: &Known,
    row: &mut Row,
    failures: &mut Vec<String>,
) {
    let named = known.named(&[&draft.decided, &draft.design, &draft.tasks], &prompt.text);
    let existing = named
        .values()
        .filter(|state| **state == State::Exists)
        .count();
    row.existing = (existing, named.len());
    for (name, _) in named.iter().filter(|(_, state)| **state == State::Unknown) {
        failures.push(format!("`{name}` does not exist and is not marked *new*"));
    }
    let new: Vec<&str> = named
        .iter()
        .filter(|(_, state)| **state == State::New)
        .map(|(name, _)| name.as_str())
        .collect();
    // A new test file beside the one it changes is no vice of a small change; over all prompts the bar is strict.
    if existing * 10 < named.len() * 8 && new.len() > 2 {
        failures.push(format!(
            "only {existing} of {} names exist; new: {}",
            named.len(),
            new.join(", ")
        ));
    }
    let plans = format!("{}\n{}", draft.design, draft.tasks);
    for entry in &prompt.names {
        if !entry.matches(&plans) {
            failures.push(format!(
                "neither design nor tasks name existing code: {}",
                entry.shown()
            ));
        }
    }
}

/// Case, space, punctuation, the name of the system and names in backticks don't make a criterion another one.
fn normalise(text: &str) -> String {
    let subject = Regex::new(r"(?i)\bTHE\s+[\w ]{1,40}?\s+SHALL\b").unwrap();
    let tick = Regex::new(r"`[^`]*`").unwrap();
    let other = Regex::new(r"[^\p{L}\p{N}]+").unwrap();
    let text = tick.replace_all(text, " ");
    let text = subject.replace_all(&text, "the system shall");
    other
        .replace_all(&text.to_lowercase(), " ")
        .trim()
        .to_owned()
}

/// The share of criteria, in percent of the shorter draft, that two drafts have in common.
pub fn overlap(a: &Row, b: &Row) -> usize {
    let least = a.normalised.len().min(b.normalised.len()).max(1);
    a.normalised.intersection(&b.normalised).count() * 100 / least
}

#[test]
fn the_name_of_the_system_makes_no_difference() {
    let a = normalise("WHEN a code fails, THE Sign_In_Page SHALL lock the `User`.");
    assert_eq!(
        a,
        normalise("when a code fails THE Clinic SHALL lock the `Patient`")
    );
    assert_ne!(
        a,
        normalise("WHEN a code fails, THE Clinic SHALL tell the patient")
    );
}
