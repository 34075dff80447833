//! Bringing design and tasks up to date with edited requirements.

use std::collections::{BTreeMap, BTreeSet};

use rutter_text::refs::{Reference, Target};
use rutter_text::{Edit, edit};

use super::moved::{self, Moves};
use super::numbering::{self, Counts};
use super::renumbering::Renumbering;
use super::{new_property, new_task, orphans};
use crate::{Document, Reading, Requirements, Spec};

/// More new criteria of one requirement than this share a task.
const OWN_TASKS: usize = 3;

/// What brings design and tasks up to date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncPlan {
    /// The edits of each document that changes; its line endings and everything not named stay.
    pub edits: BTreeMap<Document, Vec<Edit>>,
    /// What was done and what a person should look at, a sentence each.
    pub notes: Vec<String>,
}

impl SyncPlan {
    /// Whether there is nothing to do and nothing to say.
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.notes.is_empty()
    }
}

/// Plans the sync of a spec.
///
/// `previous` is the text that the ids in design and tasks refer to: the requirements as approved, or as they were at the
/// last sync. Moved numbers follow; a removed criterion loses its references, and a task or property without any left is
/// marked; a new criterion brings a task and, where the design has properties, a stub. Without `previous` criteria that no
/// task cites get tasks and unknown references are noted. Where the documents already follow (a sync that was taken over
/// before the requirements were approved anew), nothing moves twice.
pub fn sync(spec: &Spec, previous: Option<&Requirements>) -> SyncPlan {
    let Some((document, wanted)) = spec.wanted() else {
        return SyncPlan::default();
    };
    let current: &Requirements = wanted;
    let mut plan = Plan::new(spec);
    let had = previous.is_some_and(|p| p.criteria().next().is_some());
    if had && current.criteria().next().is_none() {
        plan.notes.push(format!(
            "No criterion can be read in {}: nothing was changed.",
            document.file_name()
        ));
        return plan.finish();
    }
    if let Some(previous) = previous {
        let moves = moved::moved(previous, current);
        let renumbering = Renumbering::between(previous, current);
        let texts = [plan.design.as_deref(), plan.tasks.as_deref()];
        if !renumbering.is_identity() {
            let texts = texts.map(Option::unwrap_or_default);
            match numbering::of(&texts, previous, current, &moves) {
                Counts::Old => plan.follow(&renumbering, &moves),
                Counts::New => {}
                Counts::SeeminglyNew => plan.notes.push(
                    "Design and tasks seem to follow the new numbers already: no reference was moved.".to_owned(),
                ),
            }
        }
        plan.add(&moves.added.iter().cloned().collect(), true);
        plan.changed(&moves);
    } else {
        plan.unknown();
        let all = current.criteria().map(|(_, c)| c.label.clone()).collect();
        if plan.cites_anything() {
            plan.add(&all, false);
        }
    }
    plan.finish()
}

/// A plan in the making: the texts as they will be.
struct Plan<'a> {
    old: &'a Spec,
    spec: Spec,
    design: Option<String>,
    tasks: Option<String>,
    notes: Vec<String>,
}

impl<'a> Plan<'a> {
    fn new(spec: &'a Spec) -> Self {
        let text = |d| spec.source(d).map(|s| s.text().to_owned());
        Self {
            old: spec,
            spec: spec.clone(),
            design: text(Document::Design),
            tasks: text(Document::Tasks),
            notes: Vec::new(),
        }
    }

    fn finish(self) -> SyncPlan {
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

    /// Makes references follow and marks what has none left.
    fn follow(&mut self, renumbering: &Renumbering, moves: &Moves) {
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
    fn add(&mut self, labels: &BTreeSet<String>, by_name: bool) {
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
            let stub = new_property::edit(text, design, &criterion.label, &criterion.text);
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
                    sentence: c.text.clone(),
                }));
            }
        }
        groups
    }

    /// Says what cites criteria whose sentence changed.
    fn changed(&mut self, moves: &Moves) {
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
    fn unknown(&mut self) {
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
    fn cites_anything(&self) -> bool {
        !self.covered(false).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rutter_text::Source;

    const DESIGN: &str = "# D\n\n## Correctness Properties\n\n### Property 1: Reject\n\n*For any* series, the sixth is rejected.\n\n**Validates: Requirements 1.1**\n\n### Property 2: Log\n\n*For any* rejection, one line is written.\n\n**Validates: Requirements 1.2**\n\n## Error Handling\n\nx\n";
    const TASKS: &str = "# Implementation Plan\n\n- [x] 1. Reject the sixth attempt\n  - done so\n  - _Requirements: 1.1_\n\n- [ ] 2. Write the audit log\n  - _Requirements: 1.2_\n\n- [ ] 3. Answer 429\n  - _Requirements: 1.3_\n\n- [ ] 4. Final checkpoint\n\n## Task Dependency Graph\n\n```json\n{\"waves\": [{\"id\": 0, \"tasks\": [\"1\", \"2\"]}, {\"id\": 1, \"tasks\": [\"3\"]}, {\"id\": 2, \"tasks\": [\"4\"]}]}\n```\n";
    const A: &str = "WHEN five attempts fail, THE Limiter SHALL reject the sixth";
    const B: &str = "THE Limiter SHALL write one line to the audit log";
    const C: &str = "WHILE an account is blocked, THE Limiter SHALL answer 429";
    const NEW: &str = "IF the store is down, THEN THE Limiter SHALL allow the attempt";

    fn requirements(criteria: &[&str]) -> String {
        let mut text = String::from(
            "## Requirements\n\n### Requirement 1: Limit\n\n#### Acceptance Criteria\n\n",
        );
        for (i, c) in criteria.iter().enumerate() {
            text += &format!("{}. {c}\n", i + 1);
        }
        text
    }

    fn spec(requirements: &str, design: &str, tasks: &str) -> Spec {
        let mut spec = Spec::default();
        for (document, text) in [
            (Document::Requirements, requirements),
            (Document::Design, design),
            (Document::Tasks, tasks),
        ] {
            spec.set(document, Some(Reading::new(document, Source::new(text))));
        }
        spec
    }

    /// Syncs, checks that a second sync does nothing, and gives design and tasks.
    fn synced(
        old: &[&str],
        new: &[&str],
        design: &str,
        tasks: &str,
    ) -> (String, String, Vec<String>) {
        let previous = Requirements::parse(&requirements(old));
        let wanted = requirements(new);
        let plan = sync(&spec(&wanted, design, tasks), Some(&previous));
        let apply = |d: Document, text: &str| {
            plan.edits
                .get(&d)
                .map_or_else(|| text.to_owned(), |e| edit::apply(text, e))
        };
        let (design, tasks) = (
            apply(Document::Design, design),
            apply(Document::Tasks, tasks),
        );
        let again = spec(&wanted, &design, &tasks);
        for previous in [&previous, &Requirements::parse(&wanted)] {
            let second = sync(&again, Some(previous));
            assert!(second.edits.is_empty(), "{tasks}\n{:?}", second.edits);
        }
        (design, tasks, plan.notes)
    }

    #[test]
    fn nothing_to_do_is_an_empty_plan() {
        let wanted = requirements(&[A, B, C]);
        let spec = spec(&wanted, DESIGN, TASKS);
        assert!(sync(&spec, Some(&Requirements::parse(&wanted))).is_empty());
        assert!(sync(&spec, None).is_empty());
        assert!(sync(&Spec::default(), None).is_empty());
    }

    #[test]
    fn a_new_criterion_brings_a_task_and_a_property() {
        let (design, tasks, notes) = synced(&[A, B, C], &[A, NEW, B, C], DESIGN, TASKS);
        assert_eq!(
            tasks,
            TASKS
                .replace("_Requirements: 1.3_", "_Requirements: 1.4_")
                .replace("_Requirements: 1.2_", "_Requirements: 1.3_")
                .replace(
                    "- [ ] 4. Final",
                    &format!("- [ ] 5. Allow the attempt\n  - Files: not known yet, name them before you start\n  - Done when: a test shows that {NEW}\n  - _Requirements: 1.2_\n\n- [ ] 4. Final")
                )
                .replace("[\"3\"]", "[\"3\", \"5\"]")
        );
        assert_eq!(
            design,
            DESIGN.replace("Requirements 1.2", "Requirements 1.3").replace(
                "\n\n## Error",
                "\n\n### Property 3: Allow the attempt\n\n*For any* case where the store is down, THE Limiter SHALL allow the attempt\n\n**Validates: Requirements 1.2**\n\n## Error"
            )
        );
        assert_eq!(notes.len(), 3, "{notes:?}");
    }

    #[test]
    fn a_removed_criterion_leaves_a_mark() {
        let (design, tasks, notes) = synced(&[A, B, C], &[A, C], DESIGN, TASKS);
        assert_eq!(
            tasks,
            TASKS
                .replace(
                    "_Requirements: 1.2_",
                    "_Orphaned: requirement 1.2 was removed_"
                )
                .replace("_Requirements: 1.3_", "_Requirements: 1.2_")
        );
        assert_eq!(
            design,
            DESIGN.replace(
                "**Validates: Requirements 1.2**",
                "_Orphaned: requirement 1.2 was removed_"
            )
        );
        assert!(
            notes.iter().any(|n| n.contains("property 2, task 2")),
            "{notes:?}"
        );
    }

    #[test]
    fn a_task_whose_property_is_orphaned_is_orphaned_too() {
        let tasks = "- [ ] 1. A\n  - _Requirements: 1.1, 1.3_\n- [ ] 2. Test\n  - **Property 2: Log**\n- [ ] 3. Both\n  - **Property 1: Reject**\n  - **Validates: Requirements 1.2**\n";
        let (_, tasks, _) = synced(&[A, B, C], &[A, C], DESIGN, tasks);
        assert_eq!(
            tasks,
            "- [ ] 1. A\n  - _Requirements: 1.1, 1.2_\n- [ ] 2. Test\n  - **Property 2: Log**\n  - _Orphaned: its property has no requirement any more_\n- [ ] 3. Both\n  - **Property 1: Reject**\n"
        );
    }

    #[test]
    fn moved_and_edited_criteria_keep_their_tasks() {
        let edited = "WHEN three attempts fail, THE Limiter SHALL reject the fourth";
        let (_, tasks, notes) = synced(&[A, B, C], &[B, edited, C], DESIGN, TASKS);
        assert_eq!(
            tasks,
            TASKS
                .replace("_Requirements: 1.1_", "_Requirements: X_")
                .replace("_Requirements: 1.2_", "_Requirements: 1.1_")
                .replace("_Requirements: X_", "_Requirements: 1.2_")
        );
        assert!(
            notes.contains(&"1.2 was changed: check property 1, task 1.".to_owned()),
            "{notes:?}"
        );
    }

    #[test]
    fn without_a_previous_text_uncovered_criteria_get_tasks() {
        let tasks = "- [ ] 1. A\r\n  - _要件: 1.1, 9.9_";
        let wanted = requirements(&[A, B]);
        let plan = sync(&spec(&wanted, DESIGN, tasks), None);
        let new = edit::apply(tasks, &plan.edits[&Document::Tasks]);
        assert!(
            new.starts_with(tasks) && new.ends_with("\r\n  - _要件: 1.2_"),
            "{new}"
        );
        assert_eq!(new.matches('\n').count(), new.matches("\r\n").count());
        assert!(plan.notes.iter().any(|n| n.contains("9.9")));
        assert_eq!(plan.edits.len(), 1);
        let again = sync(&spec(&wanted, DESIGN, &new), None);
        assert!(again.edits.is_empty());
    }

    #[test]
    fn many_new_criteria_of_one_requirement_share_a_task() {
        let more = [
            A,
            B,
            C,
            NEW,
            "THE Limiter SHALL a",
            "THE Limiter SHALL b",
            "THE Limiter SHALL c",
        ];
        let (_, tasks, _) = synced(&[A, B, C], &more, DESIGN, TASKS);
        assert!(
            tasks.contains("- [ ] 5. Limit\n")
                && tasks.contains("_Requirements: 1.4, 1.5, 1.6, 1.7_"),
            "{tasks}"
        );
    }

    #[test]
    fn unreadable_requirements_change_nothing() {
        let previous = Requirements::parse(&requirements(&[A]));
        let plan = sync(&spec("```\n", DESIGN, TASKS), Some(&previous));
        assert!(plan.edits.is_empty() && plan.notes.len() == 1);
    }
}
