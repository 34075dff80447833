//! What can be done next in a document of a spec: the source of code lenses and, word for word, of code actions.

use std::collections::HashMap;
use std::ops::Range;

use rutter_spec::stages::{self, StageStatus, State, Why};
use rutter_spec::{Document, Mark, Spec, Stage};
use rutter_workspace::SpecFolder;
use serde_json::{Value, json};

use crate::move_references;

/// How far a step reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It belongs to the whole document: its lens stands at the title, its action is offered everywhere in it.
    Document,
    /// It belongs to one line, as lens and as action.
    Line,
    /// It belongs to one line, as action only.
    ActionOnly,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// How far it reaches.
    pub reach: Reach,
    /// What the lens and the action say.
    pub title: String,
    /// The command.
    pub command: &'static str,
    /// Its argument, without `spec`.
    pub argument: Value,
}

/// The steps of a document. `baseline` is the text its references were last in step with, where it is open.
pub fn steps(folder: &SpecFolder, document: Document, baseline: Option<&str>) -> Vec<Step> {
    let spec = folder.spec();
    if !is_of_stage(spec, document) {
        return Vec::new();
    }
    let mut steps = of_document(folder, document, baseline);
    if document.stage() == Stage::Requirements {
        steps.extend(concerns(spec));
    }
    steps.extend(decisions(spec, document));
    if document == Document::Design {
        steps.extend(properties(spec));
    }
    if document == Document::Tasks {
        steps.extend(marks(spec));
    }
    steps
}

/// Those of them that a document has as a whole.
pub fn of_document(folder: &SpecFolder, document: Document, baseline: Option<&str>) -> Vec<Step> {
    let spec = folder.spec();
    if !is_of_stage(spec, document) {
        return Vec::new();
    }
    let title = title(spec, document);
    let status = stages::stage_status(spec, folder.approvals(), document.stage());
    let mut steps = approvals(folder, &title, &status);
    steps.extend(progress(folder, &title, document, &status));
    if document.stage() == Stage::Requirements {
        steps.extend(references(spec, &title, baseline));
    }
    steps
}

fn is_of_stage(spec: &Spec, document: Document) -> bool {
    spec.source(document).is_some() && spec.document_of(document.stage()) == document
}

fn step(
    range: &Range<usize>,
    reach: Reach,
    title: impl Into<String>,
    command: &'static str,
    argument: Value,
) -> Step {
    Step {
        range: range.clone(),
        reach,
        title: title.into(),
        command,
        argument,
    }
}

/// The bytes of the first heading, or the start.
fn title(spec: &Spec, document: Document) -> Range<usize> {
    let outline = match document {
        Document::Requirements => spec.requirements.as_ref().map(|p| &p.outline),
        Document::Bugfix => spec.bugfix.as_ref().map(|p| &p.outline),
        Document::Design => spec.design.as_ref().map(|p| &p.outline),
        Document::Tasks => spec.tasks.as_ref().map(|p| &p.outline),
    };
    outline
        .and_then(|o| (0..o.lines.len()).find_map(|i| o.heading(i)))
        .map_or(0..0, |(_, range)| range.start..range.end)
}

/// The name of a stage as people say it here.
fn named(document: Document) -> &'static str {
    match document {
        Document::Requirements => "requirements",
        Document::Bugfix => "bug analysis",
        Document::Design => "design",
        Document::Tasks => "tasks",
    }
}

fn approvals(folder: &SpecFolder, title: &Range<usize>, status: &StageStatus) -> Vec<Step> {
    let spec = folder.spec();
    let stage = status.stage.as_str();
    let name = named(status.document);
    let open = stages::open_decisions(spec, status.stage).len();
    let mut found = Vec::new();
    match status.state {
        State::Draft if open > 0 => found.push(step(
            title,
            Reach::Document,
            format!(
                "Approve {name}, taking the first choice of {}",
                counted(open, "open decision")
            ),
            "rutter.approve",
            json!({"stage": stage, "acceptDefaults": true}),
        )),
        State::Draft => found.push(step(
            title,
            Reach::Document,
            format!("Approve {name}"),
            "rutter.approve",
            json!({"stage": stage}),
        )),
        State::Stale => {
            found.push(step(
                title,
                Reach::Document,
                format!(
                    "Approve {} to the {name}",
                    counted(status.stale.len(), "change")
                ),
                "rutter.approve",
                json!({"stage": stage, "acceptDefaults": open > 0}),
            ));
            for item in &status.stale {
                let Some(range) = &item.range else { continue };
                let what = match item.why {
                    Why::Added => "Approve the new",
                    Why::Cites(_) => "Approve again",
                    Why::Changed | Why::Removed => "Approve the changed",
                };
                found.push(step(
                    range,
                    Reach::Line,
                    format!("{what} {}", said(&item.id)),
                    "rutter.approve",
                    json!({"stage": stage, "ids": [item.id]}),
                ));
            }
        }
        State::Approved | State::Missing => {}
    }
    let documents = spec.documents().count();
    if folder.approvals().is_empty()
        && folder.source(rutter_spec::approvals::FILE_NAME).is_none()
        && documents > 1
    {
        found.push(step(
            title,
            Reach::Document,
            format!("Adopt as it stands ({})", counted(documents, "document")),
            "rutter.approve",
            json!({"stage": "all", "acceptDefaults": open > 0}),
        ));
    }
    found
}

/// An item's id for people: `criterion 1.2`, `term Limiter`, `task 3.1`.
fn said(id: &str) -> String {
    match id.split_once(':') {
        Some((kind, name)) => format!("{kind} {name}"),
        None => format!("criterion {id}"),
    }
}

fn counted(n: usize, noun: &str) -> String {
    if n == 1 {
        format!("1 {noun}")
    } else {
        format!("{n} {noun}s")
    }
}

fn progress(
    folder: &SpecFolder,
    title: &Range<usize>,
    document: Document,
    status: &StageStatus,
) -> Vec<Step> {
    let spec = folder.spec();
    let mut found = Vec::new();
    if let Some(next) = stages::next_document(spec) {
        let order = stages::order(spec);
        let before_next = order
            .iter()
            .position(|&s| s == next)
            .and_then(|i| i.checked_sub(1))
            .map(|i| order[i]);
        if before_next == Some(status.stage)
            && stages::may_continue(spec, folder.approvals(), next).is_ok()
        {
            let name = spec.document_of(next).file_name();
            found.push(step(
                title,
                Reach::Document,
                format!("Draft {name}"),
                "rutter.nextStage",
                json!({}),
            ));
        }
    }
    let later = spec.design.is_some() || spec.tasks.is_some();
    if document.stage() == Stage::Requirements && later && behind(folder) {
        found.push(step(
            title,
            Reach::Document,
            "Sync design and tasks",
            "rutter.sync",
            json!({}),
        ));
    }
    if document == Document::Tasks
        && let Some(tasks) = &spec.tasks
        && !tasks.tasks.is_empty()
    {
        let done = tasks.tasks.iter().filter(|t| t.mark == Mark::Done).count();
        found.push(step(
            title,
            Reach::Document,
            format!("{done} of {} done", counted(tasks.tasks.len(), "task")),
            "rutter.show",
            json!({"what": "status"}),
        ));
    }
    found
}

/// Whether design or tasks were approved against other requirements than these.
fn behind(folder: &SpecFolder) -> bool {
    let spec = folder.spec();
    let Some(now) = rutter_spec::hash::document(spec, spec.document_of(Stage::Requirements)) else {
        return false;
    };
    [Stage::Design, Stage::Tasks]
        .into_iter()
        .filter_map(|s| folder.approvals().get(s))
        .filter_map(|a| a.upstream.get(Stage::Requirements.as_str()))
        .any(|sha| *sha != now)
}

fn references(spec: &Spec, title: &Range<usize>, baseline: Option<&str>) -> Vec<Step> {
    let offer = baseline.and_then(|b| move_references::offer(spec, b));
    offer
        .map(|offer| {
            let count: usize = offer.edits.iter().map(|(_, e)| e.len()).sum();
            let summary = move_references::summary(&offer.moves);
            let text = format!(
                "Move {}: {}",
                counted(count, "reference"),
                summary.trim_end_matches('.')
            );
            step(
                title,
                Reach::Document,
                text,
                "rutter.moveReferences",
                json!({}),
            )
        })
        .into_iter()
        .collect()
}

fn concerns(spec: &Spec) -> Vec<Step> {
    let Some((_, wanted)) = spec.wanted() else {
        return Vec::new();
    };
    wanted
        .concerns
        .iter()
        .map(|c| {
            let target = c
                .requirement
                .as_ref()
                .map_or(String::new(), |id| format!(" into requirement {id}"));
            step(
                &c.range,
                Reach::Line,
                format!("Take this{target}"),
                "rutter.takeIn",
                json!({"concern": c.text}),
            )
        })
        .collect()
}

/// The answers to a decision: at its line in every document, and at each place where its value stands.
fn decisions(spec: &Spec, document: Document) -> Vec<Step> {
    let Some(source) = spec.source(document) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (home, decision) in spec.decisions() {
        let answers = |range: &Range<usize>, reach| {
            let answer = |(i, choice): (usize, &String)| {
                let text = format!(
                    "{}: {choice}{}",
                    decision.id,
                    if i == 0 { " (recommended)" } else { "" }
                );
                step(
                    range,
                    reach,
                    text,
                    "rutter.decide",
                    json!({"decision": decision.id, "choice": choice}),
                )
            };
            decision
                .choices
                .iter()
                .enumerate()
                .map(answer)
                .collect::<Vec<_>>()
        };
        if home == document {
            found.extend(answers(&decision.range, Reach::Line));
        }
        for (link, _) in rutter_spec::decisions::places(source.text(), &decision.id) {
            if home != document
                || !(decision.range.start <= link.start && link.end <= decision.range.end)
            {
                found.extend(answers(&link, Reach::ActionOnly));
            }
        }
    }
    found
}

/// A test for each property.
fn properties(spec: &Spec) -> Vec<Step> {
    let properties = spec.design.iter().flat_map(|design| &design.properties);
    let steps = properties.map(|property| {
        step(
            &property.range,
            Reach::ActionOnly,
            format!("Write a test of property {}", property.number),
            "rutter.propertyTest",
            json!({"property": property.number}),
        )
    });
    steps.collect()
}

fn marks(spec: &Spec) -> Vec<Step> {
    let Some(tasks) = &spec.tasks else {
        return Vec::new();
    };
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for number in tasks.tasks.iter().filter_map(|t| t.number.as_deref()) {
        *seen.entry(number).or_default() += 1;
    }
    let mut found = Vec::new();
    for task in &tasks.tasks {
        let line = tasks.outline.lines[task.line].range.clone();
        let is_alone = |number: &&String| seen.get(number.as_str()) == Some(&1);
        let key = match task.number.as_ref().filter(is_alone) {
            Some(number) => number.clone(),
            None => format!("#{}", task.line + 1),
        };
        for (mark, verb) in [
            (Mark::Done, "done"),
            (Mark::Running, "in progress"),
            (Mark::Pending, "to do"),
        ] {
            if task.mark != mark {
                let text = format!("Mark task {key} as {verb}");
                found.push(step(
                    &line,
                    Reach::ActionOnly,
                    text,
                    "rutter.setTask",
                    json!({"task": key, "state": mark.as_str()}),
                ));
            }
        }
    }
    found
}
