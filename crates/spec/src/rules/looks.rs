//! What a rule looks at, and what rules found before.
//!
//! A rule is handed the documents that it says it reads and nothing else, so what it found stays true while they stay the
//! same: in a tasks.md that is typed in, no sentence of requirements.md is compared with the others again.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::BitOr;
use std::sync::Arc;

use rutter_text::Finding;

use super::{Context, Level, Sink};
use crate::{Design, Parsed, Requirements, Spec, Tasks};

/// How a rule looks, and at what.
#[derive(Clone, Copy)]
pub struct Check {
    pub(super) reads: Reads,
    pub(super) run: fn(&Context<'_>, &mut Sink<'_>),
}

impl Check {
    pub(super) const fn new(reads: Reads, run: fn(&Context<'_>, &mut Sink<'_>)) -> Self {
        Self { reads, run }
    }
}

/// The documents that a rule reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reads(u8);

impl Reads {
    /// The document that says what is wanted.
    pub const WANTED: Self = Self(1);
    /// `design.md`.
    pub const DESIGN: Self = Self(2);
    /// `tasks.md`.
    pub const TASKS: Self = Self(4);
    /// Every document.
    pub const DOCUMENTS: Self = Self(7);
    /// Every document and what stands beside them, such as approvals; looked at each time.
    pub const BESIDE: Self = Self(15);

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for Reads {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        self.and(other)
    }
}

/// A spec with fewer documents, made when a rule first asks for it.
pub(super) struct Narrowed<'a> {
    spec: &'a Spec,
    made: [OnceCell<Spec>; 8],
}

impl<'a> Narrowed<'a> {
    pub fn new(spec: &'a Spec) -> Self {
        Self {
            spec,
            made: Default::default(),
        }
    }

    /// The spec with the documents that are read.
    pub fn to(&self, reads: Reads) -> &Spec {
        if reads.has(Reads::DOCUMENTS) {
            return self.spec;
        }
        self.made[usize::from(reads.0 & Reads::DOCUMENTS.0)].get_or_init(|| {
            let Spec {
                name,
                requirements,
                bugfix,
                design,
                tasks,
                config,
            } = self.spec.clone();
            let (wanted, designed, planned) = (
                reads.has(Reads::WANTED),
                reads.has(Reads::DESIGN),
                reads.has(Reads::TASKS),
            );
            Spec {
                name,
                requirements: requirements.filter(|_| wanted),
                bugfix: bugfix.filter(|_| wanted),
                design: design.filter(|_| designed),
                tasks: tasks.filter(|_| planned),
                config,
            }
        })
    }
}

/// What the rules found in one spec when they last looked, with what they looked at.
#[derive(Clone, Default)]
pub struct Memory {
    requirements: Option<Arc<Parsed<Requirements>>>,
    bugfix: Option<Arc<Parsed<Requirements>>>,
    design: Option<Arc<Parsed<Design>>>,
    tasks: Option<Arc<Parsed<Tasks>>>,
    config: Option<String>,
    found: HashMap<&'static str, Found>,
}

#[derive(Clone)]
struct Found {
    level: Level,
    findings: Arc<Vec<(&'static str, Finding)>>,
}

impl Memory {
    /// What is no longer as it was.
    pub(super) fn changed(&self, context: &Context<'_>) -> Reads {
        let spec = context.spec;
        if self.config.as_deref() != context.config {
            return Reads::BESIDE;
        }
        let mut changed = Reads(0);
        if !same(&self.requirements, &spec.requirements) || !same(&self.bugfix, &spec.bugfix) {
            changed = changed | Reads::WANTED;
        }
        if !same(&self.design, &spec.design) {
            changed = changed | Reads::DESIGN;
        }
        if !same(&self.tasks, &spec.tasks) {
            changed = changed | Reads::TASKS;
        }
        changed
    }

    /// Remembers what is looked at now.
    pub(super) fn keep(&mut self, context: &Context<'_>) {
        let spec = context.spec;
        self.requirements.clone_from(&spec.requirements);
        self.bugfix.clone_from(&spec.bugfix);
        self.design.clone_from(&spec.design);
        self.tasks.clone_from(&spec.tasks);
        self.config = context.config.map(str::to_owned);
    }

    /// What a rule finds: what it found before, where nothing changed of what it reads, else what `look` gives.
    pub(super) fn found(
        &mut self,
        code: &'static str,
        level: Level,
        is_other: bool,
        look: impl FnOnce() -> Vec<(&'static str, Finding)>,
    ) -> Arc<Vec<(&'static str, Finding)>> {
        if let Some(known) = self.found.get(code)
            && !is_other
            && known.level == level
        {
            return Arc::clone(&known.findings);
        }
        let findings = Arc::new(look());
        let found = Found {
            level,
            findings: Arc::clone(&findings),
        };
        self.found.insert(code, found);
        findings
    }
}

impl Reads {
    /// Whether a rule that reads this has to look again.
    pub(super) fn is_other(self, changed: Self) -> bool {
        self.meets(changed) || self.has(Self::BESIDE)
    }
}

fn same<T>(one: &Option<Arc<T>>, other: &Option<Arc<T>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other),
        (None, None) => true,
        _ => false,
    }
}
