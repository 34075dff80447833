//! A plan in the making.

use std::collections::{BTreeMap, BTreeSet};

use rutter_text::edit;
use rutter_text::refs::{Reference, Target};

use super::SyncPlan;
use crate::edits::moved::Moves;
use crate::edits::renumbering::Renumbering;
use crate::edits::{new_property, new_task, orphans, references};
use crate::{Document, Reading, Spec};

/// More new criteria of one requirement than this share a task.
const OWN_TASKS: usize = 3;

/// A plan in the making: the texts as they will be.
pub(super) struct Plan<'a> {
    old: &'a Spec,
    spec: Spec,
    pub design: Option<String>,
    pub tasks: Option<String>,
    pub notes: Vec<String>,
}

impl<'a> Plan<'a> {
    pub fn new(spec: &'a Spec) -> Self {
        let text = |d| spec.source(d).map(|s| s.text().to_owned());
        Self {
            old: spec,
            spec: spec.clone(),
            design: text(Document::Design),
            tasks: text(Document::Tasks),
            notes: Vec::new(),
        }
    }

    pub fn finish(self) -> SyncPlan {
        let mut edits = BTreeMap::new();
        for (document, new) in [
            (Document::Design, self.design),
            (Document::Tasks, self.tasks),
        ] {
            if let (Some(old), Some(new)) = (self.old.source(document), new) {
                let between = edit::between(old.text(), &new);
                if !between.is_empty() {
                    edits.insert(document, between);
                }
            }
        }
        SyncPlan {
            edits,
            notes: self.notes,
        }
    }

    fn set(&mut self, document: Document, text: String) {
        let source = rutter_text::Source::new(text.as_str());
        self.spec
            .set(document, Some(Reading::new(document, source)));
        match document {
            Document::Design => self.design = Some(text),
            _ => self.tasks = Some(text),
        }
    }

    /// Says that references were left alone although ids moved, where that makes a difference.
    pub fn leave(&mut self, renumbering: &Renumbering) {
        if self.due(renumbering) {
            self.notes.push(
                "Design and tasks seem to follow the new numbers already: no reference was moved."
                    .to_owned(),
            );
        }
    }

    /// Says that references move on a guess, where that makes a difference.
    pub fn guess(&mut self, renumbering: &Renumbering) {
        if self.due(renumbering) {
            self.notes.push(
                "No earlier sync is noted here, and design and tasks seem to have the old numbers: their references were moved."
                    .to_owned(),
            );
        }
    }

    fn due(&self, renumbering: &Renumbering) -> bool {
        let texts = [self.design.as_deref(), self.tasks.as_deref()];
        let due = |t: &str| !references::rewrite(t, renumbering).is_empty();
        texts.into_iter().flatten().any(due)
    }

    /// Makes references follow and marks what has none left.
    pub fn follow(&mut self, renumbering: &Renumbering, moves: &Moves) {
        let mut orphaned = Vec::new();
        let mut gone = BTreeSet::new();
        if let Some(text) = self.design.clone() {
            let followed = orphans::design(&text, renumbering);
            self.set(Document::Design, followed.text);
            for property in self.properties(&followed.orphans) {
                orphaned.push(format!("property {property}"));
                gone.insert(property);
            }
        }
        if let Some(text) = self.tasks.clone() {
            let followed = orphans::tasks(&text, renumbering, &gone);
            self.set(Document::Tasks, followed.text);
            if let Some(tasks) = &self.spec.tasks {
                orphaned.extend(
                    followed
                        .orphans
                        .iter()
                        .map(|&i| format!("task {}", tasks.tasks[i].key())),
                );
            }
        }
        if !moves.renamed.is_empty() {
            let pairs: Vec<String> = moves
                .renamed
                .iter()
                .map(|(a, b)| format!("{a} is now {b}"))
                .collect();
            self.notes.push(format!("Moved: {}.", pairs.join(", ")));
        }
        if !moves.removed.is_empty() {
            self.notes.push(format!(
                "Removed: {}; nothing cites it any more.",
                moves.removed.join(", ")
            ));
        }
        if !orphaned.is_empty() {
            self.notes.push(format!(
                "No requirement is left for {}: look at the lines marked as orphaned.",
                orphaned.join(", ")
            ));
        }
    }

    fn properties(&self, places: &[usize]) -> Vec<u32> {
        let Some(design) = &self.spec.design else {
            return Vec::new();
        };
        places
            .iter()
            .map(|&i| design.properties[i].number)
            .collect()
    }

    /// Adds property stubs and tasks for the criteria in `labels` that nothing cites; `by_name` counts only references
    /// that name the criterion itself, not its requirement or `All`.
    pub fn add(&mut self, labels: &BTreeSet<String>, by_name: bool) {
        if by_name {
            self.add_properties(labels);
        }
        let Some(tasks) = &self.spec.tasks else {
            return;
        };
        if tasks.tasks.is_empty() {
            if !labels.is_empty() {
                self.notes
                    .push("tasks.md has no task yet: draft it first.".to_owned());
            }
            return;
        }
        let covered = self.covered(by_name);
        let mut notes = Vec::new();
        for wanted in self.groups(labels, &covered) {
            let (Some(tasks), Some(text)) = (&self.spec.tasks, &self.tasks) else {
                break;
            };
            let Some((edits, name)) = new_task::edits(text, tasks, &wanted) else {
                break;
            };
            let new = edit::apply(text, &edits);
            notes.push(format!(
                "Task {name} is new, for {}.",
                wanted.labels.join(", ")
            ));
            self.set(Document::Tasks, new);
        }
        self.notes.extend(notes);
    }

    fn add_properties(&mut self, labels: &BTreeSet<String>) {
        let Some((_, wanted)) = self.old.wanted() else {
            return;
        };
        let wanted = wanted.clone();
        for (_, criterion) in wanted.criteria() {
            let (Some(design), Some(text)) = (&self.spec.design, &self.design) else {
                return;
            };
            let cited = || {
                let references = design.properties.iter().flat_map(|p| &p.validates);
                self.named(references).contains(&criterion.label)
            };
            if !labels.contains(&criterion.label) || cited() {
                continue;
            }
            let stub = new_property::edit(text, design, &criterion.label, criterion.said());
            let Some((edit, number)) = stub else { return };
            let new = edit::apply(text, &[edit]);
            self.notes.push(format!(
                "Property {number} is new, for {}: complete its sentence.",
                criterion.label
            ));
            self.set(Document::Design, new);
        }
    }

    /// The criteria that tasks cite, also through a property that they name.
    fn covered(&self, by_name: bool) -> BTreeSet<String> {
        let Some(tasks) = &self.spec.tasks else {
            return BTreeSet::new();
        };
        let references = tasks
            .tasks
            .iter()
            .flat_map(|t| t.requirements.iter().chain(&t.validates));
        if by_name {
            return self.named(references);
        }
        let resolved = self.spec.resolve_all(references);
        let validated = self
            .spec
            .design
            .iter()
            .flat_map(|d| &d.properties)
            .filter(|p| resolved.properties.contains(&p.number))
            .flat_map(|p| &p.validates);
        let mut covered: BTreeSet<String> = resolved.criteria.iter().cloned().collect();
        covered.extend(self.spec.resolve_all(validated).criteria);
        covered
    }

    /// The criteria that references name by their own id or in a range of such ids.
    fn named<'r>(&self, references: impl Iterator<Item = &'r Reference>) -> BTreeSet<String> {
        let own = |id: &rutter_text::Ident| self.spec.criterion(id).is_some();
        references
            .filter(|r| match &r.target {
                Target::Id(id) => own(id),
                Target::Range(from, to) => own(from) && own(to),
                _ => false,
            })
            .flat_map(|r| self.spec.resolve(r).criteria)
            .collect()
    }

    /// The criteria that want a task, each alone or, where a requirement has many, together.
    fn groups(
        &self,
        labels: &BTreeSet<String>,
        covered: &BTreeSet<String>,
    ) -> Vec<new_task::Wanted> {
        let Some((_, wanted)) = self.old.wanted() else {
            return Vec::new();
        };
        let mut groups = Vec::new();
        for requirement in &wanted.requirements {
            let mut seen = BTreeSet::new();
            let open: Vec<_> = requirement
                .criteria
                .iter()
                .filter(|c| labels.contains(&c.label) && !covered.contains(&c.label))
                .filter(|c| seen.insert(c.label.clone()))
                .collect();
            if open.len() > OWN_TASKS {
                let title = if requirement.title.is_empty() {
                    format!("Requirement {}", requirement.label)
                } else {
                    requirement.title.clone()
                };
                groups.push(new_task::Wanted {
                    labels: open.iter().map(|c| c.label.clone()).collect(),
                    sentence: title,
                });
            } else {
                groups.extend(open.iter().map(|c| new_task::Wanted {
                    labels: vec![c.label.clone()],
                    sentence: c.said().to_owned(),
                }));
            }
        }
        groups
    }

    /// Says what cites criteria whose sentence changed.
    pub fn changed(&mut self, moves: &Moves) {
        for label in &moves.changed {
            let cites = |references: &[Reference]| {
                let mut references = references.iter();
                references.any(|r| self.spec.resolve(r).criteria.contains(label))
            };
            let tasks = self.spec.tasks.iter().flat_map(|t| &t.tasks);
            let tasks = tasks
                .filter(|t| cites(&t.requirements) || cites(&t.validates))
                .map(|t| format!("task {}", t.key()));
            let properties = self.spec.design.iter().flat_map(|d| &d.properties);
            let properties = properties
                .filter(|p| cites(&p.validates))
                .map(|p| format!("property {}", p.number));
            let citing: Vec<String> = properties.chain(tasks).collect();
            if !citing.is_empty() {
                self.notes
                    .push(format!("{label} was changed: check {}.", citing.join(", ")));
            }
        }
    }

    /// Notes ids that no document knows.
    pub fn unknown(&mut self) {
        let mut notes = Vec::new();
        if let Some(tasks) = &self.spec.tasks {
            for task in &tasks.tasks {
                let found = self
                    .spec
                    .resolve_all(task.requirements.iter().chain(&task.validates));
                for id in found.unknown {
                    notes.push(format!("Task {} cites {id}, which is nowhere.", task.key()));
                }
            }
        }
        for property in self.spec.design.iter().flat_map(|d| &d.properties) {
            for id in self.spec.resolve_all(&property.validates).unknown {
                notes.push(format!(
                    "Property {} cites {id}, which is nowhere.",
                    property.number
                ));
            }
        }
        self.notes.extend(notes);
    }

    /// Whether any task cites a criterion: where none does, nothing can be said about what is covered.
    pub fn cites_anything(&self) -> bool {
        !self.covered(false).is_empty()
    }
}
