//! `textDocument/codeAction`: every step that a lens offers, repairs of findings, and in source files one entry at a comment
//! or a selection.

use std::ops::Range;
use std::path::{Path, PathBuf};

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Command,
    Diagnostic, DocumentChanges, NumberOrString, OneOf, OptionalVersionedTextDocumentIdentifier,
    TextDocumentEdit, TextEdit, Uri, WorkspaceEdit,
};
use rutter_code::Language;
use rutter_commands::steps::{self, Reach, Step};
use rutter_commands::trace::labels_at;
use rutter_commands::trace::question::open_tests;
use rutter_commands::{check_agents, prompt, steering};
use rutter_spec::rules;
use rutter_text::{Edit, Finding, Fix, Source};
use rutter_workspace::foreign::meant;
use rutter_workspace::{Snapshot, drift};
use serde_json::json;

use super::{Target, target};
use crate::capabilities::Client;
use crate::documents::Here;
use crate::session::Session;
use crate::{convert, documents, findings, linked};

/// The kind of the action that makes a first set of steering files.
const NEW_STEERING: CodeActionKind = CodeActionKind::new("source.newSteering");

/// The actions at a place.
pub fn handle(
    session: &Session,
    snapshot: &Snapshot,
    params: &CodeActionParams,
) -> Option<CodeActionResponse> {
    let uri = &params.text_document.uri;
    let client = session.client();
    let wants = |kind: &CodeActionKind| match &params.context.only {
        None => true,
        Some(only) => only.iter().any(|o| {
            let (o, k) = (o.as_str(), kind.as_str());
            o.is_empty() || o == k || k.strip_prefix(o).is_some_and(|rest| rest.starts_with('.'))
        }),
    };
    let mut actions = Vec::new();
    if let Some(target) = target(snapshot, uri) {
        let selected = convert::bytes(&target.source, params.range, snapshot.encoding);
        if wants(&CodeActionKind::QUICKFIX) {
            actions.extend(repairs(session, snapshot, &target, &selected, uri, &client));
        }
        if wants(&CodeActionKind::REFACTOR) {
            actions.extend(next_steps(snapshot, &target, &selected, uri, &client));
            actions.extend(tests_of_drift(
                session, snapshot, &target, &selected, &client,
            ));
        }
    } else {
        let found = documents::at(session, snapshot, uri, |here, kind| {
            let selected = convert::bytes(here.source, params.range, snapshot.encoding);
            let mut found = Vec::new();
            if wants(&CodeActionKind::QUICKFIX) {
                found.extend(repairs_beside(here, &selected, &client));
            }
            if wants(&CodeActionKind::REFACTOR) {
                let steps = reached(here.source, kind.steps(here), &selected);
                found.extend(steps.map(|step| wrapped(command(step), &client)));
            }
            found
        });
        actions.extend(found.into_iter().flatten());
        if wants(&CodeActionKind::REFACTOR) {
            actions.extend(in_source(snapshot, params, &client));
        }
    }
    if wants(&NEW_STEERING) {
        actions.extend(new_steering(snapshot, uri, &client));
    }
    (!actions.is_empty()).then_some(actions)
}

/// A step in a spec as a command with its spec named.
pub fn of_spec(uri: &Uri, mut step: Step) -> Command {
    let key = if step.command == "rutter.show" {
        "uri"
    } else {
        "spec"
    };
    step.argument[key] = json!(uri.as_str());
    command(step)
}

/// A step as a command.
pub fn command(step: Step) -> Command {
    Command {
        title: step.title,
        command: step.command.to_owned(),
        arguments: Some(vec![step.argument]),
    }
}

fn next_steps(
    snapshot: &Snapshot,
    target: &Target,
    selected: &Range<usize>,
    uri: &Uri,
    client: &Client,
) -> Vec<CodeActionOrCommand> {
    let baseline = snapshot
        .open
        .get(&target.path)
        .map(|o| o.baseline.text().to_owned());
    let steps = steps::steps(&target.folder, target.document, baseline.as_deref());
    reached(&target.source, steps, selected)
        .map(|step| wrapped(of_spec(uri, step), client))
        .collect()
}

/// Where something changed since a task was done: the tests that say whether it still holds.
fn tests_of_drift(
    session: &Session,
    snapshot: &Snapshot,
    target: &Target,
    selected: &Range<usize>,
    client: &Client,
) -> Vec<CodeActionOrCommand> {
    let settings = findings::settings_mark(snapshot);
    let all = session.findings(snapshot, &target.folder, settings);
    let lines = convert::range(&target.source, selected, snapshot.encoding);
    let drifted = all.get(&target.path).into_iter().flatten().find(|found| {
        let is_drift = found.code == Some(NumberOrString::String(drift::RULE.to_owned()));
        is_drift
            && found.range.start.line <= lines.end.line
            && lines.start.line <= found.range.end.line
    });
    let Some(found) = drifted else {
        return Vec::new();
    };
    let bytes = convert::bytes(&target.source, found.range, snapshot.encoding);
    let labels = labels_at(target.folder.spec(), target.document, bytes.start);
    let tests = open_tests(snapshot, &target.folder, &labels).into_iter();
    let uri = convert::uri(&target.path);
    tests
        .map(|(title, mut argument)| {
            argument["uri"] = json!(uri.as_ref().map(|uri| uri.as_str()));
            let command = Command {
                title,
                command: "rutter.show".to_owned(),
                arguments: Some(vec![argument]),
            };
            wrapped(command, client)
        })
        .collect()
}

/// The steps that reach a selection. What belongs to the line comes before what belongs to the document.
fn reached(
    source: &Source,
    steps: Vec<Step>,
    selected: &Range<usize>,
) -> impl Iterator<Item = Step> {
    let lines = |r: &Range<usize>| source.line_of(r.start)..=source.line_of(r.end);
    let here = lines(selected);
    let mut steps: Vec<Step> = steps
        .into_iter()
        .filter(|s| {
            s.reach == Reach::Document || {
                let at = lines(&s.range);
                at.start() <= here.end() && here.start() <= at.end()
            }
        })
        .collect();
    steps.sort_by_key(|s| s.reach == Reach::Document);
    steps.into_iter()
}

/// A command as an action, or bare for a client that knows no actions.
fn wrapped(command: Command, client: &Client) -> CodeActionOrCommand {
    wrapped_as(CodeActionKind::REFACTOR, command, client)
}

fn wrapped_as(kind: CodeActionKind, command: Command, client: &Client) -> CodeActionOrCommand {
    if client.action_literals {
        CodeActionOrCommand::CodeAction(CodeAction {
            title: command.title.clone(),
            kind: Some(kind),
            command: Some(command),
            ..CodeAction::default()
        })
    } else {
        CodeActionOrCommand::Command(command)
    }
}

/// The repairs of the findings at the place.
fn repairs(
    session: &Session,
    snapshot: &Snapshot,
    target: &Target,
    selected: &Range<usize>,
    uri: &Uri,
    client: &Client,
) -> Vec<CodeActionOrCommand> {
    // A client without action literals can't carry an edit; it gets the steps only.
    if !client.action_literals {
        return Vec::new();
    }
    let found = session.found(snapshot, &target.folder);
    let Some(found) = found.get(target.document.file_name()) else {
        return Vec::new();
    };
    let spec = target.folder.spec();
    let mut touched: Vec<Finding> = found
        .iter()
        .filter(|f| touches(f, selected))
        .cloned()
        .collect();
    for finding in &mut touched {
        let more = rules::repairs(&rules::Context::new(spec), finding);
        finding.fixes.extend(more);
    }
    let beside = |name: &str| {
        let source = target.folder.source(name)?.clone();
        Some((target.folder.path.join(name), source))
    };
    let place = Place {
        source: &target.source,
        path: &target.path,
        uri,
        beside: &beside,
    };
    let diagnostic = |f: &Finding| findings::diagnostic(session, &target.folder, &target.source, f);
    fixes(snapshot, &place, &touched, selected, client, &diagnostic)
}

/// The repairs of the findings at the place, in a hook file, steering or the like.
fn repairs_beside(
    here: &Here<'_>,
    selected: &Range<usize>,
    client: &Client,
) -> Vec<CodeActionOrCommand> {
    if !client.action_literals {
        return Vec::new();
    }
    let (session, snapshot) = (here.session, here.snapshot);
    let disk = session.environment().files.as_ref();
    let project = session.projects().known(here.base);
    let names = project.as_ref().map(|names| names.as_slice());
    let settings = snapshot.settings_of(here.base);
    let around = here.servers();
    let found = check_agents::findings_in(
        here.file,
        here.agents,
        here.base,
        disk,
        names,
        &settings,
        &around,
    );
    let place = Place {
        source: here.source,
        path: &here.file.path,
        uri: here.uri,
        beside: &|_| None,
    };
    let diagnostic = |f: &Finding| findings::of_agent(session, here.agents, here.source, f);
    fixes(snapshot, &place, &found, selected, client, &diagnostic)
}

/// A document that repairs change.
struct Place<'a> {
    source: &'a Source,
    path: &'a Path,
    uri: &'a Uri,
    /// A document in the same folder.
    beside: &'a dyn Fn(&str) -> Option<(PathBuf, Source)>,
}

fn touches(finding: &Finding, selected: &Range<usize>) -> bool {
    finding.range.start <= selected.end && selected.start <= finding.range.end
}

fn fixes(
    snapshot: &Snapshot,
    place: &Place<'_>,
    found: &[Finding],
    selected: &Range<usize>,
    client: &Client,
    diagnostic: &dyn Fn(&Finding) -> Diagnostic,
) -> Vec<CodeActionOrCommand> {
    let touched = found.iter().filter(|f| touches(f, selected));
    let mut actions = Vec::new();
    for finding in touched {
        let diagnostic = diagnostic(finding);
        for (i, fix) in finding.fixes.iter().enumerate() {
            // A repair that could not change all it must is none.
            let Some(edit) = workspace_edit(snapshot, place, client, fix) else {
                continue;
            };
            actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: fix.title.clone(),
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: Some(vec![diagnostic.clone()]),
                edit: Some(edit),
                is_preferred: (i == 0).then_some(true),
                ..CodeAction::default()
            }));
        }
    }
    actions
}

fn workspace_edit(
    snapshot: &Snapshot,
    place: &Place<'_>,
    client: &Client,
    fix: &Fix,
) -> Option<WorkspaceEdit> {
    let converted = |source: &Source, edits: &[Edit]| -> Vec<TextEdit> {
        edits
            .iter()
            .map(|e| convert::text_edit(source, e, snapshot.encoding))
            .collect()
    };
    let own = (
        place.uri.clone(),
        place.path.to_owned(),
        converted(place.source, &fix.edits),
    );
    let mut changes = vec![own];
    for (name, edits) in &fix.beside {
        let (path, source) = (place.beside)(name)?;
        changes.push((convert::uri(&path)?, path, converted(&source, edits)));
    }
    Some(if client.versioned_edits {
        let changes = changes
            .into_iter()
            .map(|(uri, path, edits)| TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    uri,
                    version: snapshot.open.get(&path).map(|o| o.version),
                },
                edits: edits.into_iter().map(OneOf::Left).collect(),
            });
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(changes.collect())),
            ..WorkspaceEdit::default()
        }
    } else {
        WorkspaceEdit {
            changes: Some(
                changes
                    .into_iter()
                    .map(|(uri, _, edits)| (uri, edits))
                    .collect(),
            ),
            ..WorkspaceEdit::default()
        }
    })
}

/// In any other file: one entry, at a link, a comment or a selection, never preferred.
fn in_source(
    snapshot: &Snapshot,
    params: &CodeActionParams,
    client: &Client,
) -> Option<CodeActionOrCommand> {
    let uri = &params.text_document.uri;
    let Some(mut command) = new_spec(snapshot, params) else {
        let here = linked::at(snapshot, uri)?;
        let at = here.offset(params.range.start);
        if let Some(link) = here.file.foreign_at(at)
            && here.file.link_at(at).is_none()
        {
            let folders: Vec<_> = snapshot.foreign_in(here.root).collect();
            let fits = meant(&folders, link);
            let [folder] = fits.as_slice() else {
                return None;
            };
            let uri = convert::uri(&folder.path)?;
            let command = Command {
                title: format!("Go to {} {}", folder.name, link.ids[0]),
                command: "rutter.show".to_owned(),
                arguments: Some(vec![
                    json!({"what": "criterion", "uri": uri.as_str(), "id": link.ids[0]}),
                ]),
            };
            return Some(wrapped(command, client));
        }
        here.file.link_at(at)?;
        return Some(wrapped(
            choose(params, "Go to the requirement, or link another"),
            client,
        ));
    };
    let path = convert::path(uri)?;
    let has_specs = || {
        let root = snapshot.root_of(&path)?;
        (!snapshot.folders_in(root).is_empty()).then_some(())
    };
    if Language::of_path(&path.to_string_lossy()).is_some() && has_specs().is_some() {
        let here = linked::at(snapshot, uri);
        let link = here.as_ref().and_then(|here| {
            let at = here.offset(params.range.start);
            here.file.link_at(at)
        });
        let which = here.as_ref().zip(link).and_then(|(here, link)| {
            let steps = here.steps(uri).into_iter();
            let mut own = steps.filter(|(range, _)| *range == link.range);
            own.find(|(_, command)| command.command == "rutter.link")
        });
        command = match (which, link) {
            (Some((_, which)), _) => which,
            (None, Some(_)) => choose(params, "Go to the requirement, or link another"),
            (None, None) => choose(params, "Link this to a requirement, or make a spec of it"),
        };
    } else if selects_code(snapshot, &path, params) {
        command = choose(
            params,
            "Make a spec of this selection, or of what it does today",
        );
    }
    Some(wrapped(command, client))
}

/// Whether a selection holds code that can be looked into.
fn selects_code(snapshot: &Snapshot, path: &Path, params: &CodeActionParams) -> bool {
    let (Some(language), Some(open)) = (
        Language::of_path(&path.to_string_lossy()),
        snapshot.open.get(path),
    ) else {
        return false;
    };
    let selected = convert::bytes(&open.source, params.range, snapshot.encoding);
    let text = open.source.text();
    !selected.is_empty()
        && rutter_code::observe::is_observed(language)
        && snapshot.root_of(path).is_some()
        && rutter_code::links::edit::unit_at(language, text, selected.start).is_some()
}

fn choose(params: &CodeActionParams, title: &str) -> Command {
    let argument = json!({"uri": params.text_document.uri.as_str(), "range": params.range});
    Command {
        title: title.to_owned(),
        command: "rutter.choose".to_owned(),
        arguments: Some(vec![argument]),
    }
}

fn new_spec(snapshot: &Snapshot, params: &CodeActionParams) -> Option<Command> {
    let uri = &params.text_document.uri;
    let path = convert::path(uri)?;
    let open = snapshot.open.get(&path)?;
    let selected = convert::bytes(&open.source, params.range, snapshot.encoding);
    let text = open.source.text();
    let title = if !text.get(selected.clone())?.trim().is_empty() {
        "Make a spec of this selection"
    } else if prompt::is_comment(&path.to_string_lossy(), text, selected.start) {
        "Make a spec of this comment"
    } else {
        return None;
    };
    let argument = json!({"uri": uri.as_str(), "range": params.range});
    Some(Command {
        title: title.to_owned(),
        command: "rutter.newSpec".to_owned(),
        arguments: Some(vec![argument]),
    })
}

/// In a project that is ours and has no steering yet: in its specs, hooks, steering and manifests, never in source files.
fn new_steering(snapshot: &Snapshot, uri: &Uri, client: &Client) -> Option<CodeActionOrCommand> {
    let path = convert::path(uri)?;
    if !steering::has_none_yet(snapshot, &path) {
        return None;
    }
    let command = Command {
        title: "Write steering files from what the code shows".to_owned(),
        command: "rutter.newSteering".to_owned(),
        arguments: Some(vec![json!({"uri": uri.as_str()})]),
    };
    Some(wrapped_as(NEW_STEERING, command, client))
}
