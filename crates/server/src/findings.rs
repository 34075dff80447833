//! Findings as LSP diagnostics.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use lsp_types::{
    CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location,
    NumberOrString,
};
use rutter_commands::check_agents::Lasting;
use rutter_commands::mcp::View;
use rutter_commands::mcp::check::Around;
use rutter_commands::trace::unknown;
use rutter_commands::{check_agents, check_own};
use rutter_text::{Finding, Severity, Source};
use rutter_workspace::{AgentFiles, OwnFiles, Snapshot, SpecFolder};

use crate::convert;
use crate::session::Session;

/// The findings of some documents.
pub type Group = Arc<BTreeMap<PathBuf, Vec<Diagnostic>>>;

/// What was found in every file of a spec folder, as diagnostics; files without findings are listed empty.
pub fn of_folder(
    session: &Session,
    folder: &SpecFolder,
    found: &BTreeMap<String, Vec<Finding>>,
) -> BTreeMap<PathBuf, Vec<Diagnostic>> {
    found
        .iter()
        .map(|(name, findings)| {
            let path = folder.path.join(name);
            let source = folder
                .source(name)
                .cloned()
                .unwrap_or_else(|| Source::new(""));
            let list = findings
                .iter()
                .map(|f| diagnostic(session, folder, &source, f))
                .collect();
            (path, list)
        })
        .collect()
}

/// The findings of what a root keeps for us below `.rutter`; files without findings are listed empty.
pub fn of_own(
    session: &Session,
    snapshot: &Snapshot,
    root: &Path,
    own: &OwnFiles,
) -> BTreeMap<PathBuf, Vec<Diagnostic>> {
    let found = check_own::findings(own, &snapshot.settings_of(root));
    let empty = Source::new("");
    own.files()
        .map(|file| {
            let source = file.text.as_ref().unwrap_or(&empty);
            let findings = found.get(&file.path).into_iter().flatten();
            let list = findings.map(|f| alone(session, source, f)).collect();
            (file.path.clone(), list)
        })
        .collect()
}

/// The findings of hook files, steering and the like; files without findings are listed empty.
pub fn of_agents(
    session: &Session,
    snapshot: &Snapshot,
    base: &Path,
    agents: &AgentFiles,
    project: Option<&[String]>,
    lasting: &mut Lasting,
) -> BTreeMap<PathBuf, Vec<Diagnostic>> {
    let disk = session.environment().files.as_ref();
    let settings = snapshot.settings_of(base);
    let servers = session.with_context_of(snapshot, |cx| Around::of(cx, base, View::Open));
    let found =
        check_agents::findings_again(agents, base, disk, project, &settings, &servers, lasting);
    let empty = Source::new("");
    agents
        .iter()
        .map(|file| {
            let source = file.text.as_ref().unwrap_or(&empty);
            let findings = found.get(&file.path).into_iter().flatten();
            let list = findings
                .map(|f| of_agent(session, agents, source, f))
                .collect();
            (file.path.clone(), list)
        })
        .collect()
}

/// The findings of everything, in groups that share no document; cut short where `stop` says so.
pub fn of_everything(
    session: &Session,
    snapshot: &Snapshot,
    stop: &dyn Fn() -> bool,
) -> Vec<Group> {
    let settings = settings_mark(snapshot);
    let mut groups = Vec::new();
    let mut hints = Vec::new();
    for folder in snapshot.folders.values() {
        if stop() {
            return groups;
        }
        let (found, links) = session.findings_and_links(snapshot, folder, settings);
        groups.push(found);
        hints.extend(links);
    }
    groups.push(session.foreign_findings(snapshot, settings));
    groups.extend(session.own_findings(snapshot, settings));
    groups.extend(session.agent_findings(snapshot, settings));
    groups.push(Arc::new(of_sources(session, snapshot, &hints)));
    groups
}

/// The findings of source files: what their links name that there is not, where they are open, and `hints` on drift. A file
/// without any is not listed.
fn of_sources(
    session: &Session,
    snapshot: &Snapshot,
    hints: &[Group],
) -> BTreeMap<PathBuf, Vec<Diagnostic>> {
    let mut found: BTreeMap<PathBuf, Vec<Diagnostic>> = BTreeMap::new();
    for path in snapshot.open.keys() {
        let list = of_links(session, snapshot, path);
        if !list.is_empty() {
            found.insert(path.clone(), list);
        }
    }
    for (path, list) in hints.iter().flat_map(|group| group.iter()) {
        let all = found.entry(path.clone()).or_default();
        all.extend(list.iter().cloned());
    }
    found
}

/// The findings of one source file, with the hints of all specs around it.
pub fn of_source(
    session: &Session,
    snapshot: &Snapshot,
    path: &Path,
    settings: u64,
) -> Vec<Diagnostic> {
    let mut list = of_links(session, snapshot, path);
    if let Some((root, _)) = snapshot.source_file(path) {
        for folder in snapshot.folders_in(root) {
            let (_, hints) = session.findings_and_links(snapshot, folder, settings);
            let own = hints.as_ref().and_then(|hints| hints.get(path));
            list.extend(own.into_iter().flatten().cloned());
        }
    }
    list
}

/// What the links of a source file name that there is not, as it was last looked through; what is typed is looked through
/// at once.
fn of_links(session: &Session, snapshot: &Snapshot, path: &Path) -> Vec<Diagnostic> {
    let Some((root, file)) = snapshot.known_source(path) else {
        return Vec::new();
    };
    let settings = snapshot.settings_of(root);
    let found = unknown::findings(snapshot, root, file, &settings);
    let list = found.iter().map(|f| alone(session, &file.source, f));
    list.collect()
}

/// One finding in a hook file, steering or the like.
pub fn of_agent(
    session: &Session,
    agents: &AgentFiles,
    source: &Source,
    finding: &Finding,
) -> Diagnostic {
    let place = |name: &str| {
        let file = agents.named(name)?;
        Some((file.path.clone(), file.text.as_ref().ok()?))
    };
    Diagnostic {
        related_information: related(session, finding, &place),
        ..alone(session, source, finding)
    }
}

/// Changes when anything that all findings depend on changes.
pub fn settings_mark(snapshot: &Snapshot) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (root, settings) in snapshot.settings.iter() {
        root.hash(&mut hasher);
        settings.rules.hash(&mut hasher);
        settings.approved_variables.hash(&mut hasher);
    }
    hasher.finish()
}

/// One finding.
pub fn diagnostic(
    session: &Session,
    folder: &SpecFolder,
    source: &Source,
    finding: &Finding,
) -> Diagnostic {
    let place = |name: &str| Some((folder.path.join(name), folder.source(name)?));
    Diagnostic {
        related_information: related(session, finding, &place),
        ..alone(session, source, finding)
    }
}

/// The places that belong to a finding, for a client that takes them; `place` finds a document by its name.
fn related<'a>(
    session: &Session,
    finding: &Finding,
    place: &dyn Fn(&str) -> Option<(PathBuf, &'a Source)>,
) -> Option<Vec<DiagnosticRelatedInformation>> {
    let client = session.client();
    if !client.related_information {
        return None;
    }
    let related: Vec<_> = finding
        .related
        .iter()
        .filter_map(|r| {
            let (path, source) = place(&r.document)?;
            Some(DiagnosticRelatedInformation {
                location: Location::new(
                    convert::uri(&path)?,
                    convert::range(source, &r.range, client.encoding),
                ),
                message: r.message.clone(),
            })
        })
        .collect();
    (!related.is_empty()).then_some(related)
}

/// One finding, without places that it is related to.
pub fn alone(session: &Session, source: &Source, finding: &Finding) -> Diagnostic {
    Diagnostic {
        range: convert::range(source, &finding.range, session.client().encoding),
        severity: Some(severity(finding.severity)),
        code: Some(NumberOrString::String(finding.code.to_owned())),
        code_description: session
            .rule_page(finding.code)
            .map(|href| CodeDescription { href }),
        source: Some("rutter".to_owned()),
        message: finding.message.clone(),
        ..Diagnostic::default()
    }
}

fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}
