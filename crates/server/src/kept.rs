//! Findings as they were when last asked for, with what they were found in: they are worked out anew only when that changed.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use parking_lot::Mutex;
use rutter_commands::check;
use rutter_commands::check_agents::{self, Lasting};
use rutter_text::{Finding, Source};
use rutter_workspace::{AgentFiles, ForeignFolder, OwnFiles, Snapshot, SpecFolder};

use crate::findings::Group;
use crate::front::CancelToken;
use crate::session::Session;

/// The findings that are kept.
#[derive(Default)]
pub struct Kept {
    /// By spec folder.
    specs: Mutex<HashMap<PathBuf, Known>>,
    own: Mutex<HashMap<PathBuf, KnownOwn>>,
    agents: Mutex<HashMap<PathBuf, KnownAgents>>,
    foreign: Mutex<Option<KnownForeign>>,
    /// By document: the mark of the findings that a client was answered last.
    answered: Mutex<HashMap<PathBuf, String>>,
}

/// The findings of a folder, with what they were found in.
struct Known {
    folder: Arc<SpecFolder>,
    settings: u64,
    findings: Group,
    /// Kept where a document of it is open.
    looked: Option<Looked>,
}

/// What rules found in a folder, and what they need to look at it again.
#[derive(Clone)]
struct Looked {
    memory: check::Memory,
    found: Found,
}

/// Findings by file name inside a spec folder.
type Found = Arc<BTreeMap<String, Vec<Finding>>>;

/// The findings of a root's own files, with what they were found in.
struct KnownOwn {
    own: Arc<OwnFiles>,
    settings: u64,
    findings: Group,
}

/// The findings of hook files, steering and the like, with what they were found in.
struct KnownAgents {
    agents: Arc<AgentFiles>,
    project: Option<Arc<Vec<String>>>,
    settings: u64,
    around: u64,
    findings: Group,
    lasting: Lasting,
}

/// The findings of all specs of other tools, with what they were found in: a change is checked against another spec.
struct KnownForeign {
    foreign: Arc<BTreeMap<PathBuf, Arc<ForeignFolder>>>,
    settings: u64,
    findings: Group,
}

impl Session {
    /// The findings of a folder; worked out anew only when the folder or the settings changed. Clients ask for those of the
    /// whole workspace every few seconds. `settings` is the mark of the snapshot's.
    pub fn findings(&self, snapshot: &Snapshot, folder: &Arc<SpecFolder>, settings: u64) -> Group {
        self.findings_and_links(snapshot, folder, settings).0
    }

    /// The findings of a spec folder, and the hints on drift on what links to it, where there may be any.
    pub fn findings_and_links(
        &self,
        snapshot: &Snapshot,
        folder: &Arc<SpecFolder>,
        settings: u64,
    ) -> (Group, Option<Group>) {
        let found = self.findings_by_itself(snapshot, folder, settings);
        self.drift().with_hints(self, snapshot, folder, found)
    }

    /// What the rules find in a folder that has an open document, by file name.
    pub fn found(&self, snapshot: &Snapshot, folder: &Arc<SpecFolder>) -> Found {
        let settings = crate::findings::settings_mark(snapshot);
        self.findings_by_itself(snapshot, folder, settings);
        let found = {
            let all = self.kept().specs.lock();
            let known = all.get(&folder.path);
            let known = known.filter(|k| k.settings == settings && Arc::ptr_eq(&k.folder, folder));
            known.and_then(|known| known.looked.as_ref().map(|l| Arc::clone(&l.found)))
        };
        found.unwrap_or_else(|| {
            let approved = |sha: &str| self.approved_text(sha);
            let settings = snapshot.settings_of(&folder.root);
            Arc::new(check::folder(folder, &settings, &approved))
        })
    }

    fn findings_by_itself(
        &self,
        snapshot: &Snapshot,
        folder: &Arc<SpecFolder>,
        settings: u64,
    ) -> Group {
        let mut memory = check::Memory::default();
        if let Some(known) = self.kept().specs.lock().get(&folder.path) {
            if Arc::ptr_eq(&known.folder, folder) && known.settings == settings {
                return Arc::clone(&known.findings);
            }
            if let Some(looked) = &known.looked {
                memory.clone_from(&looked.memory);
            }
        }
        let read = snapshot.to_read(folder);
        let is_open = Arc::ptr_eq(&read, folder);
        // Nobody reads hints about a spec that is not open, and the catalogue takes megabytes.
        let found = Arc::new(check::folder_again(
            &read,
            &snapshot.settings_of(&folder.root),
            &|sha| self.approved_text(sha),
            is_open,
            &mut memory,
        ));
        let findings = Arc::new(crate::findings::of_folder(self, &read, &found));
        let known = Known {
            folder: Arc::clone(folder),
            settings,
            findings: Arc::clone(&findings),
            // What is not kept read would be held here.
            looked: is_open.then_some(Looked { memory, found }),
        };
        let former = {
            let mut all = self.kept().specs.lock();
            all.retain(|path, _| snapshot.folders.contains_key(path));
            all.insert(folder.path.clone(), known)
        };
        // It holds a parsed spec, often as the last one: freeing thousands of pieces is not worth waiting for.
        if let Some(former) = former {
            let free = move || drop(former);
            let background = &self.handles().background;
            background.run(CancelToken::new(), free).detach();
        }
        findings
    }

    /// The findings of specs of other tools; worked out anew only when one of them or the settings changed.
    pub fn foreign_findings(&self, snapshot: &Snapshot, settings: u64) -> Group {
        if let Some(known) = self.kept().foreign.lock().as_ref()
            && Arc::ptr_eq(&known.foreign, &snapshot.foreign)
            && known.settings == settings
        {
            return Arc::clone(&known.findings);
        }
        let show =
            |source: &Source, finding: &Finding| crate::findings::alone(self, source, finding);
        let findings = Arc::new(crate::foreign::findings(snapshot, &show));
        *self.kept().foreign.lock() = Some(KnownForeign {
            foreign: Arc::clone(&snapshot.foreign),
            settings,
            findings: Arc::clone(&findings),
        });
        findings
    }

    /// A client that asks was answered findings of this mark. What it was answered may be older than what is told next, so
    /// both are compared once more.
    pub fn answer(&self, path: PathBuf, mark: String) {
        let before = self.kept().answered.lock().insert(path, mark.clone());
        if before.is_none_or(|before| before != mark) {
            self.wake();
        }
    }

    /// The marks of the findings that were answered; those of documents that are not kept are forgotten.
    pub fn answered(&self, keeps: impl Fn(&Path) -> bool) -> Vec<(PathBuf, String)> {
        let mut answered = self.kept().answered.lock();
        answered.retain(|path, _| keeps(path));
        let all = answered.iter();
        all.map(|(path, mark)| (path.clone(), mark.clone()))
            .collect()
    }

    /// The findings of what every root keeps for us below `.rutter`; worked out anew only when a file or the settings changed.
    pub fn own_findings(&self, snapshot: &Snapshot, settings: u64) -> Vec<Group> {
        let mut all = self.kept().own.lock();
        all.retain(|root, _| snapshot.own.contains_key(root));
        let current = snapshot.own.iter().map(|(root, own)| {
            if let Some(known) = all.get(root)
                && Arc::ptr_eq(&known.own, own)
                && known.settings == settings
            {
                return Arc::clone(&known.findings);
            }
            let findings = Arc::new(crate::findings::of_own(self, snapshot, root, own));
            let known = KnownOwn {
                own: Arc::clone(own),
                settings,
                findings: Arc::clone(&findings),
            };
            all.insert(root.clone(), known);
            findings
        });
        current.collect()
    }

    /// The findings of hook files, steering and the like; worked out anew only when one of them, the files of the project
    /// or the settings changed.
    pub fn agent_findings(&self, snapshot: &Snapshot, settings: u64) -> Vec<Group> {
        // Of tool servers it matters what the user's own files say, and what was listed.
        let around = self.hooks_mark();
        let current = snapshot.agents.iter().map(|(base, agents)| {
            let is_root = snapshot.roots.contains(base);
            let project = if is_root && check_agents::asks_for_project(agents) {
                self.projects().of(self, base)
            } else {
                None
            };
            let same = |a: &Option<Arc<_>>, b: &Option<Arc<_>>| match (a, b) {
                (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                (a, b) => a.is_none() && b.is_none(),
            };
            if let Some(known) = self.kept().agents.lock().get(base)
                && Arc::ptr_eq(&known.agents, agents)
                && same(&known.project, &project)
                && known.settings == settings
                && known.around == around
            {
                return (base.clone(), Arc::clone(&known.findings));
            }
            let names = project.as_ref().map(|names| names.as_slice());
            let mut lasting = self
                .kept()
                .agents
                .lock()
                .remove(base)
                .filter(|known| same(&known.project, &project) && known.settings == settings)
                .map(|known| known.lasting)
                .unwrap_or_default();
            let findings = Arc::new(crate::findings::of_agents(
                self,
                snapshot,
                base,
                agents,
                names,
                &mut lasting,
            ));
            let known = KnownAgents {
                agents: Arc::clone(agents),
                project,
                settings,
                around,
                findings: Arc::clone(&findings),
                lasting,
            };
            self.kept().agents.lock().insert(base.clone(), known);
            (base.clone(), findings)
        });
        let current: BTreeMap<_, _> = current.collect();
        let mut all = self.kept().agents.lock();
        all.retain(|base, _| snapshot.agents.contains_key(base));
        current.into_values().collect()
    }
}
