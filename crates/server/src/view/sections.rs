//! What a panel shows and a status line counts: the client only draws it, so that every client says the same.

use rutter_commands::hooks::list::Row;
use rutter_commands::status::Status;
use rutter_commands::steps;
use rutter_spec::{Document, stages};
use rutter_workspace::SpecFolder;
use serde::Serialize;
use serde_json::{Value, json};

use crate::convert;

/// The next steps that a document has as a whole and that a user may be waiting for.
const AWAITED: [&str; 4] = [
    "rutter.approve",
    "rutter.nextStage",
    "rutter.sync",
    "rutter.moveReferences",
];

/// A line of a panel. A click runs its command, or else opens its document; what has items unfolds.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Item {
    label: String,
    /// Beside the label, more quietly.
    #[serde(skip_serializing_if = "String::is_empty")]
    detail: String,
    /// What it is, for its picture.
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    command: Option<&'static str>,
    #[serde(skip_serializing_if = "Value::is_null")]
    argument: Value,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    items: Vec<Item>,
}

/// What the panel says of one spec.
#[derive(Clone, Debug)]
pub struct OfSpec {
    waits: Vec<Item>,
    item: Item,
    stale: usize,
}

/// A spec, its stages, and what waits in it.
pub fn of_spec(folder: &SpecFolder, status: &Status) -> OfSpec {
    let spec = folder.spec();
    let documents = || spec.documents().map(|(document, _)| document);
    let uri = |document: Document| {
        convert::uri(&folder.path.join(document.file_name())).map(|uri| uri.as_str().to_owned())
    };
    let named = documents().find_map(uri).unwrap_or_default();
    let mut waits: Vec<Item> = status
        .decisions
        .iter()
        .map(|d| decision(folder, d, &named))
        .collect();
    for document in documents() {
        let steps = steps::of_document(folder, document, None).into_iter();
        for step in steps.filter(|s| AWAITED.contains(&s.command)) {
            let mut argument = step.argument;
            argument["spec"] = json!(named);
            let known = |item: &Item| item.label == step.title;
            if !waits.iter().any(known) {
                waits.push(Item {
                    label: step.title,
                    detail: folder.name.clone(),
                    kind: kind_of(step.command),
                    command: Some(step.command),
                    argument,
                    ..Item::default()
                });
            }
        }
    }
    let items: Vec<Item> = status
        .stages
        .iter()
        .zip(stages::order(spec))
        .map(|(stage, known)| {
            let document = spec.document_of(known);
            let tasks = &status.tasks;
            let mut detail = match (&stage.approved_by, stage.state) {
                (Some(who), "approved") => format!("approved by {who}"),
                (_, state) => state.to_owned(),
            };
            if stage.stage == "tasks" && tasks.total > 0 {
                detail = format!("{} of {} done, {detail}", tasks.done, tasks.total);
            }
            if !stage.items.is_empty() {
                detail = format!("{detail}: {}", stage.items.join(", "));
            }
            Item {
                label: document.file_name().to_owned(),
                detail,
                kind: stage.state,
                open: spec.source(document).and_then(|_| uri(document)),
                ..Item::default()
            }
        })
        .collect();
    OfSpec {
        waits,
        item: Item {
            label: folder.name.clone(),
            detail: standing(status),
            kind: "spec",
            items,
            ..Item::default()
        },
        stale: status.stages.iter().filter(|s| s.state == "stale").count(),
    }
}

fn decision(folder: &SpecFolder, decision: &rutter_commands::status::Decision, spec: &str) -> Item {
    let answers = decision.choices.iter().enumerate().map(|(i, choice)| Item {
        label: choice.clone(),
        detail: if i == 0 {
            "recommended".to_owned()
        } else {
            String::new()
        },
        kind: "choice",
        command: Some("rutter.decide"),
        argument: json!({"spec": spec, "decision": decision.id, "choice": i + 1}),
        ..Item::default()
    });
    Item {
        label: format!("{} {}", decision.id, decision.text),
        detail: folder.name.clone(),
        kind: "decision",
        items: answers.collect(),
        ..Item::default()
    }
}

fn kind_of(command: &str) -> &'static str {
    match command {
        "rutter.approve" => "approve",
        "rutter.nextStage" => "next",
        _ => "sync",
    }
}

/// Where a spec stands: the first stage that is not through, else its tasks.
fn standing(status: &Status) -> String {
    let open = status
        .stages
        .iter()
        .find(|s| s.state != "approved" && s.state != "missing");
    let tasks = &status.tasks;
    match open {
        Some(stage) => format!("{} {}", stage.stage, stage.state),
        None if tasks.total > 0 => {
            format!("{} of {} done", counted(tasks.done, "task"), tasks.total)
        }
        None => {
            let through = status.stages.iter().rev().find(|s| s.state == "approved");
            through.map_or(String::new(), |s| format!("{} approved", s.stage))
        }
    }
}

/// A spec of another tool: it is told of, and asks for nothing.
fn foreign(status: &Status) -> Item {
    let tasks = &status.tasks;
    let mut detail = format!("{}, read only", status.workflow);
    if tasks.total > 0 {
        detail = format!("{detail}, {} of {} done", tasks.done, tasks.total);
    }
    Item {
        label: status.spec.clone(),
        detail,
        kind: "spec",
        ..Item::default()
    }
}

/// The panel and the line: `specs` as they are listed, then those of other tools; hooks and jobs as they stand.
pub fn view<'s>(
    specs: &[&OfSpec],
    others: impl Iterator<Item = &'s Status>,
    hooks: &[Row],
    jobs: &[Value],
) -> Value {
    let ours = specs.iter().map(|s| s.item.clone());
    let all = ours.chain(others.map(foreign)).collect();
    let mut waits: Vec<Item> = specs.iter().flat_map(|s| s.waits.clone()).collect();
    let untrusted: Vec<Item> = hooks
        .iter()
        .filter(|h| h.enabled && !h.trusted)
        .map(hook)
        .collect();
    let to_trust = untrusted.len();
    waits.extend(untrusted.into_iter().map(|mut item| {
        "not trusted, so it does not run".clone_into(&mut item.detail);
        item
    }));
    let decisions = waits.iter().filter(|i| i.kind == "decision").count();
    let steps = waits.iter().filter(|i| i.command.is_some()).count();
    let stale = specs.iter().map(|s| s.stale).sum();
    let running: Vec<Item> = jobs.iter().filter_map(job).collect();
    let counts = [
        ("job", running.len(), "job", ""),
        ("decision", decisions, "decision", ""),
        ("stale", stale, "stale stage", ""),
        ("next", steps, "step", ""),
        ("untrusted", to_trust, "hook", " to trust"),
    ];
    let summary: Vec<Value> = counts
        .into_iter()
        .filter(|(_, count, ..)| *count > 0)
        .map(|(kind, count, noun, rest)| json!({"kind": kind, "text": counted(count, noun) + rest}))
        .collect();
    let sections: Vec<Value> = [
        ("jobs", "Running", running),
        ("waits", "Waits for you", waits),
        ("specs", "Specs", all),
        ("hooks", "Hooks", hooks.iter().map(hook).collect()),
    ]
    .into_iter()
    .filter(|(_, _, items)| !items.is_empty())
    .map(|(id, title, items)| json!({"id": id, "title": title, "items": items}))
    .collect();
    json!({"summary": summary, "sections": sections})
}

/// A hook. It is trusted where its text stands, which a click opens.
fn hook(row: &Row) -> Item {
    let step = |label: &str, kind, command, argument| Item {
        label: label.to_owned(),
        kind,
        command: Some(command),
        argument,
        ..Item::default()
    };
    let mut items = Vec::new();
    if row.enabled && row.trusted {
        items.push(step(
            "Run now",
            "run",
            "rutter.runHook",
            json!({"hook": row.id}),
        ));
    }
    let switch = if row.enabled {
        "Switch off"
    } else {
        "Switch on"
    };
    items.push(step(
        switch,
        "switch",
        "rutter.toggleHook",
        json!({"hook": row.id, "enabled": !row.enabled}),
    ));
    let kind = match (row.enabled, row.trusted) {
        (false, _) => "off",
        (true, true) => "hook",
        (true, false) => "untrusted",
    };
    let waiting = row
        .waiting
        .map(|files| format!(", waits for {}", counted(files, "file")));
    Item {
        label: row.name.clone(),
        detail: format!("{}{}", row.trigger, waiting.unwrap_or_default()),
        kind,
        open: convert::uri(&row.file).map(|uri| uri.as_str().to_owned()),
        items,
        ..Item::default()
    }
}

/// A job that runs or will.
fn job(job: &Value) -> Option<Item> {
    let text = |key: &str| job[key].as_str().map(str::to_owned);
    let state = text("state").filter(|state| state == "running" || state == "queued")?;
    let progress = job["progress"]
        .as_u64()
        .map(|percent| format!("{percent}%"));
    Some(Item {
        label: text("title")?,
        detail: progress.unwrap_or(state),
        kind: "job",
        items: vec![Item {
            label: "Cancel".to_owned(),
            kind: "cancel",
            command: Some("rutter.cancel"),
            argument: json!({"job": text("id")?}),
            ..Item::default()
        }],
        ..Item::default()
    })
}

fn counted(n: usize, noun: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {noun}{s}")
}
