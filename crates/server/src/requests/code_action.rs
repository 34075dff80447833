//! `textDocument/codeAction`: every step that a lens offers, repairs of findings, and in source files one entry at a comment
//! or a selection.

use lsp_types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse, Command,
    Diagnostic, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, TextDocumentEdit,
    Uri, WorkspaceEdit,
};
use rutter_commands::steps::{self, Reach, Step};
use rutter_commands::{check, prompt};
use rutter_text::{Edit, Source};
use rutter_workspace::Snapshot;
use serde_json::json;

use super::{Target, target};
use crate::capabilities::Client;
use crate::session::Session;
use crate::{convert, findings};

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
        }
    } else if wants(&CodeActionKind::REFACTOR) {
        actions.extend(new_spec(snapshot, params, &client));
    }
    (!actions.is_empty()).then_some(actions)
}

/// A step as a command with its spec named.
pub fn command(uri: &Uri, step: Step) -> Command {
    let mut argument = step.argument;
    let key = if step.command == "rutter.show" {
        "uri"
    } else {
        "spec"
    };
    argument[key] = json!(uri.as_str());
    Command {
        title: step.title,
        command: step.command.to_owned(),
        arguments: Some(vec![argument]),
    }
}

fn next_steps(
    snapshot: &Snapshot,
    target: &Target,
    selected: &std::ops::Range<usize>,
    uri: &Uri,
    client: &Client,
) -> Vec<CodeActionOrCommand> {
    let baseline = snapshot
        .open
        .get(&target.path)
        .map(|o| o.baseline.text().to_owned());
    let lines =
        |r: &std::ops::Range<usize>| target.source.line_of(r.start)..=target.source.line_of(r.end);
    let here = lines(selected);
    let mut steps: Vec<Step> = steps::steps(&target.folder, target.document, baseline.as_deref())
        .into_iter()
        .filter(|s| {
            s.reach == Reach::Document || {
                let at = lines(&s.range);
                at.start() <= here.end() && here.start() <= at.end()
            }
        })
        .collect();
    // What belongs to the line comes before what belongs to the document.
    steps.sort_by_key(|s| s.reach == Reach::Document);
    steps
        .into_iter()
        .map(|step| wrapped(command(uri, step), client))
        .collect()
}

/// A command as an action, or bare for a client that knows no actions.
fn wrapped(command: Command, client: &Client) -> CodeActionOrCommand {
    if client.action_literals {
        CodeActionOrCommand::CodeAction(CodeAction {
            title: command.title.clone(),
            kind: Some(CodeActionKind::REFACTOR),
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
    selected: &std::ops::Range<usize>,
    uri: &Uri,
    client: &Client,
) -> Vec<CodeActionOrCommand> {
    // A client without action literals can't carry an edit; it gets the steps only.
    if !client.action_literals {
        return Vec::new();
    }
    let settings = snapshot.settings_of(&target.folder.root);
    let found = check::folder(&target.folder, &settings, &|sha| session.approved_text(sha));
    let Some(found) = found.get(target.document.file_name()) else {
        return Vec::new();
    };
    let mut actions = Vec::new();
    for finding in found
        .iter()
        .filter(|f| f.range.start <= selected.end && selected.start <= f.range.end)
    {
        let diagnostic = findings::diagnostic(session, &target.folder, &target.source, finding);
        for (i, fix) in finding.fixes.iter().enumerate() {
            actions.push(repair(
                snapshot,
                target,
                uri,
                client,
                &diagnostic,
                &fix.title,
                &fix.edits,
                i == 0,
            ));
        }
    }
    actions
}

#[allow(clippy::too_many_arguments, reason = "an action is made of these")]
fn repair(
    snapshot: &Snapshot,
    target: &Target,
    uri: &Uri,
    client: &Client,
    diagnostic: &Diagnostic,
    title: &str,
    edits: &[Edit],
    preferred: bool,
) -> CodeActionOrCommand {
    CodeActionOrCommand::CodeAction(CodeAction {
        title: title.to_owned(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostic.clone()]),
        edit: Some(workspace_edit(snapshot, target, uri, client, edits)),
        is_preferred: preferred.then_some(true),
        ..CodeAction::default()
    })
}

fn workspace_edit(
    snapshot: &Snapshot,
    target: &Target,
    uri: &Uri,
    client: &Client,
    edits: &[Edit],
) -> WorkspaceEdit {
    let source: &Source = &target.source;
    let edits: Vec<_> = edits
        .iter()
        .map(|e| convert::text_edit(source, e, snapshot.encoding))
        .collect();
    if client.versioned_edits {
        let version = snapshot.open.get(&target.path).map(|o| o.version);
        WorkspaceEdit {
            document_changes: Some(DocumentChanges::Edits(vec![TextDocumentEdit {
                text_document: OptionalVersionedTextDocumentIdentifier {
                    uri: uri.clone(),
                    version,
                },
                edits: edits.into_iter().map(OneOf::Left).collect(),
            }])),
            ..WorkspaceEdit::default()
        }
    } else {
        WorkspaceEdit {
            changes: Some([(uri.clone(), edits)].into()),
            ..WorkspaceEdit::default()
        }
    }
}

/// In any other file: one entry, at a comment or a selection, never preferred.
fn new_spec(
    snapshot: &Snapshot,
    params: &CodeActionParams,
    client: &Client,
) -> Option<CodeActionOrCommand> {
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
    let command = Command {
        title: title.to_owned(),
        command: "rutter.newSpec".to_owned(),
        arguments: Some(vec![argument]),
    };
    Some(wrapped(command, client))
}
