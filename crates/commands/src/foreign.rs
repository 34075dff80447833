//! Specs of other tools: what is shown and checked of them. Every command that would change one is refused in
//! [`crate::Context::folder`], the one place that finds specs by their names.

mod source;

use std::collections::BTreeMap;
use std::sync::Arc;

use rutter_host::{Files, Settings};
use rutter_spec::foreign::rules::{self, Context};
use rutter_spec::foreign::{Delta, ForeignSpec, Item, ItemKind, Role, key, matrix as of};
use rutter_spec::trace::{Place, Trace};
use rutter_text::Finding;
use rutter_workspace::foreign::{by_item, meant, uses};
use rutter_workspace::{ForeignFolder, Snapshot};

pub use source::{hover, lenses, of_link};

use crate::check;
use crate::error::{Code, CommandError};
use crate::status::{Count, Stage, Status};

/// Why no command changes a spec of another tool.
pub fn refusal(folder: &ForeignFolder) -> CommandError {
    let tool = folder.flavour.as_str();
    CommandError::new(
        Code::ReadOnly,
        format!(
            "{} is a spec of {tool}, which is read here and never changed.",
            folder.name
        ),
        format!("Change it with {tool} or by hand."),
    )
}

/// The findings of each document.
pub fn findings(
    snapshot: &Snapshot,
    folder: &ForeignFolder,
    settings: &Settings,
) -> BTreeMap<String, Vec<Finding>> {
    let base = |name: &str| {
        let mut all = snapshot.foreign_in(&folder.root);
        all.find(|f| f.is_current() && f.name == name)
            .map(|f| f.spec().as_ref())
    };
    let context = Context {
        spec: folder.spec(),
        base: &base,
    };
    rules::check(&context, &check::levels(settings))
}

/// How far it is: which documents there are, and the tasks.
pub fn status(folder: &ForeignFolder) -> Status {
    let spec = folder.spec();
    let stage = |stage, role: Role| Stage {
        stage,
        state: if spec.documents.iter().any(|d| d.role == role) {
            "draft"
        } else {
            "missing"
        },
        items: Vec::new(),
        approved_by: None,
        at: None,
    };
    let mut stages = vec![stage("requirements", Role::Spec)];
    if !folder.is_current() {
        stages.extend([stage("design", Role::Plan), stage("tasks", Role::Tasks)]);
    }
    let done = |(_, item): &(_, &Item)| item.kind == ItemKind::Task(true);
    Status {
        spec: folder.name.clone(),
        workflow: folder.flavour.workflow(),
        read_only: true,
        stages,
        decisions: Vec::new(),
        tasks: Count {
            total: spec.tasks().count(),
            done: spec.tasks().filter(done).count(),
            ..Count::default()
        },
    }
}

/// The matrix, and in a sentence each the links that could mean several specs.
pub fn matrix(
    snapshot: &Snapshot,
    files: &dyn Files,
    folder: &Arc<ForeignFolder>,
) -> (Trace, Vec<String>) {
    let sources = snapshot.sources_in(files, &folder.root, &|| false);
    let folders: Vec<_> = snapshot.foreign_in(&folder.root).collect();
    let named = by_item(&uses(&sources, &folders, folder));
    let trace = of(folder.spec(), &|id| {
        let mut links = named.get(&key(id)).cloned().unwrap_or_default();
        // What names a story or a requirement names each of its scenarios.
        if let Some(around) = around(folder.spec(), id)
            && let Some(more) = named.get(&key(&around.id))
        {
            let add = |list: &mut Vec<Place>, more: &[Place]| {
                let new = more.iter().filter(|p| !list.contains(p)).cloned();
                let new: Vec<Place> = new.collect();
                list.extend(new);
            };
            add(&mut links.code, &more.code);
            add(&mut links.tests, &more.tests);
        }
        links
    });
    let mut unsettled = Vec::new();
    for file in sources.files() {
        for link in &file.foreign {
            let fits = meant(&folders, link);
            if fits.len() > 1 && fits.iter().any(|f| f.path == folder.path) {
                let names: Vec<&str> = fits.iter().map(|f| f.name.as_str()).collect();
                unsettled.push(format!(
                    "{}:{} names {}: it could mean {}; `spec:{}#{}` says which",
                    file.name,
                    file.source.line_of(link.range.start) + 1,
                    link.ids.join(", "),
                    names.join(" or "),
                    folder.name,
                    slug(&link.ids[0])
                ));
            }
        }
    }
    (trace, unsettled)
}

/// An id as a link can hold it.
fn slug(id: &str) -> String {
    if id.contains(' ') {
        key(id)
    } else {
        id.to_owned()
    }
}

/// The story or requirement around a scenario.
fn around<'a>(spec: &'a ForeignSpec, id: &str) -> Option<&'a Item> {
    let found = spec.items().find(|(_, item)| item.id == id);
    let (document, item) = found.filter(|(_, item)| item.kind == ItemKind::Scenario)?;
    item.parent.map(|at| &document.items[at])
}

/// Where in the current specs a requirement stands that a change touches.
pub fn base_of<'a>(
    snapshot: &'a Snapshot,
    folder: &ForeignFolder,
    document: &str,
    item: &Item,
) -> Option<(&'a Arc<ForeignFolder>, String, std::ops::Range<usize>)> {
    if !matches!(item.kind, ItemKind::Requirement(Some(delta)) if delta != Delta::Added) {
        return None;
    }
    let capability = document.strip_prefix("specs/")?.strip_suffix("/spec.md")?;
    let mut all = snapshot.foreign_in(&folder.root);
    let base = all.find(|f| f.is_current() && f.name == capability)?;
    let mut items = base.spec().items();
    let (document, found) = items.find(|(_, one)| one.id == item.id)?;
    Some((base, document.name.clone(), found.selection.clone()))
}
