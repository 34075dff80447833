//! `textDocument/diagnostic` and `workspace/diagnostic`: findings for clients that ask.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

use lsp_types::{
    Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport, DocumentDiagnosticReportResult,
    FullDocumentDiagnosticReport, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Uri,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDiagnosticReportResult,
    WorkspaceDocumentDiagnosticReport, WorkspaceFullDocumentDiagnosticReport,
    WorkspaceUnchangedDocumentDiagnosticReport,
};
use rutter_workspace::{OwnFiles, Snapshot, locate};

use crate::findings::Group;
use crate::front::CancelToken;
use crate::session::Session;
use crate::{convert, findings};

/// The findings of one document.
pub fn document(
    session: &Session,
    snapshot: &Snapshot,
    params: &DocumentDiagnosticParams,
) -> DocumentDiagnosticReportResult {
    let path = convert::path(&params.text_document.uri);
    let items = path
        .as_ref()
        .map_or_else(Vec::new, |path| of(session, snapshot, path));
    let result_id = mark(&items);
    if let Some(path) = path {
        session.answer(path, result_id.clone());
    }
    let report = if params.previous_result_id.as_deref() == Some(&result_id) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport {
                result_id: Some(result_id),
                items,
            },
        })
    };
    DocumentDiagnosticReportResult::Report(report)
}

/// The findings of every document of every spec; those the client has are not sent again.
pub fn workspace(
    session: &Session,
    snapshot: &Snapshot,
    params: &WorkspaceDiagnosticParams,
    cancel: &CancelToken,
) -> WorkspaceDiagnosticReportResult {
    let mut items = Vec::new();
    let mut add = |path: &Path, list: &[Diagnostic]| {
        let Some(uri) = convert::uri(path) else {
            return;
        };
        let result_id = mark(list);
        let version = snapshot.open.get(path).map(|o| i64::from(o.version));
        let known = params
            .previous_result_ids
            .iter()
            .any(|p| p.uri == uri && p.value == result_id);
        items.push(if known {
            WorkspaceDocumentDiagnosticReport::Unchanged(
                WorkspaceUnchangedDocumentDiagnosticReport {
                    uri,
                    version,
                    unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport {
                        result_id,
                    },
                },
            )
        } else {
            full(uri, version, result_id, list.to_vec())
        });
    };
    for group in findings::of_everything(session, snapshot, &|| cancel.is_cancelled()) {
        group.iter().for_each(|(path, list)| add(path, list));
    }
    let gone: Vec<Uri> = params
        .previous_result_ids
        .iter()
        .filter(|p| p.value != mark(&[]) && !items.iter().any(|item| *uri_of(item) == p.uri))
        .map(|p| p.uri.clone())
        .collect();
    // What went away keeps no finding; a cancelled answer is not read.
    items.extend(
        gone.into_iter()
            .map(|uri| full(uri, None, mark(&[]), Vec::new())),
    );
    WorkspaceDiagnosticReportResult::Report(WorkspaceDiagnosticReport { items })
}

fn full(
    uri: Uri,
    version: Option<i64>,
    result_id: String,
    items: Vec<Diagnostic>,
) -> WorkspaceDocumentDiagnosticReport {
    WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
        uri,
        version,
        full_document_diagnostic_report: FullDocumentDiagnosticReport {
            result_id: Some(result_id),
            items,
        },
    })
}

fn uri_of(report: &WorkspaceDocumentDiagnosticReport) -> &Uri {
    match report {
        WorkspaceDocumentDiagnosticReport::Full(report) => &report.uri,
        WorkspaceDocumentDiagnosticReport::Unchanged(report) => &report.uri,
    }
}

fn of(session: &Session, snapshot: &Snapshot, path: &Path) -> Vec<Diagnostic> {
    let settings = findings::settings_mark(snapshot);
    let within = |all: Vec<Group>| all.iter().find_map(|found| found.get(path).cloned());
    let found = match locate(path).and_then(|l| snapshot.folders.get(&l.folder)) {
        Some(folder) => session
            .findings(snapshot, folder, settings)
            .get(path)
            .cloned(),
        None if snapshot.agent_file(path).is_some() => {
            within(session.agent_findings(snapshot, settings))
        }
        None if snapshot.foreign_of(path).is_some() => session
            .foreign_findings(snapshot, settings)
            .get(path)
            .cloned(),
        None if OwnFiles::may_hold(path) => within(session.own_findings(snapshot, settings)),
        None => Some(findings::of_source(session, snapshot, path, settings)),
    };
    found.unwrap_or_default()
}

/// A mark of findings: the same for the same.
pub fn mark(items: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(items)
        .unwrap_or_default()
        .hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
