//! What a feature of a kind needs: feature classes as data, how a text is matched to them, and the review of a spec
//! against them. Pure: the built-in classes are embedded, a team's files are handed in as text.

use std::sync::OnceLock;

mod builtin;
mod class;
mod classify;
pub mod language;
mod load;
mod phrase;
mod review;
mod setting;
mod slots;
mod usual;
mod validate;
pub mod words;

pub use class::{Class, Criterion, Decision, ErrorCase, Group, Layer, Need, Property, Task, Term};
pub use classify::Match;
pub use load::{Problem, ProblemKind};
pub use review::Gap;
pub use slots::{Slot, fill, slots};
pub use usual::Usual;
pub use validate::validate;

/// The feature classes that a draft or a review can draw on.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    classes: Vec<Class>,
    /// Made at the first classification: a review needs none.
    index: OnceLock<phrase::Index>,
}

impl Catalogue {
    /// The classes that come with the product.
    #[must_use]
    pub fn builtin() -> Self {
        builtin::load()
    }

    /// The same catalogue with a team's files laid over it, and what was wrong in them. A class with a known id extends
    /// that class; a broken file changes nothing.
    #[must_use]
    pub fn with_team(mut self, files: &[(&str, &str)]) -> (Self, Vec<Problem>) {
        let problems = load::lay_over(&mut self.classes, files);
        self.index = OnceLock::new();
        (self, problems)
    }

    /// Every class, in a fixed order.
    #[must_use]
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// The class of this id.
    #[must_use]
    pub fn class(&self, id: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.id == id)
    }

    /// The classes that a text speaks of, strongest first.
    #[must_use]
    pub fn classify(&self, text: &str) -> Vec<Match<'_>> {
        self.classify_in(text, language::guess(text))
    }

    /// The classes that a text in a known language speaks of: a part of a longer text may be too short to tell.
    #[must_use]
    pub fn classify_in(&self, text: &str, language: language::Language) -> Vec<Match<'_>> {
        classify::classify(
            &self.classes,
            self.index.get_or_init(|| classify::index(&self.classes)),
            text,
            language,
        )
    }

    /// What a feature of this class needs and no criterion speaks of.
    #[must_use]
    pub fn review<'a>(&'a self, class: &'a Class, criteria: &[&str]) -> Vec<Gap<'a>> {
        review::review(class, criteria)
    }
}
