//! What the rules need to know of one sentence, found out once and kept while the sentence stays.
//!
//! Places are in bytes of the sentence, so that a criterion that only moved brings its facts along.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::seam::{self, Seam};
use super::statement::{self, Statement};
use super::{Kind, lack, phrases, terms};
use crate::Criterion;

/// A phrase in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Hit {
    /// Why it is no good.
    pub kind: Kind,
    /// Where.
    pub range: Range<usize>,
}

/// A name of the shape of a glossary term.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Named {
    /// Where.
    pub range: Range<usize>,
    /// The name in the form that all its spellings share.
    pub key: Box<str>,
}

/// The facts of one sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Facts {
    /// Phrases that make it untestable.
    pub hits: Box<[Hit]>,
    /// Names of the shape of glossary terms.
    pub names: Box<[Named]>,
    /// Where a second requirement begins.
    pub seam: Option<Seam>,
    /// What it states, where that can be compared.
    pub statement: Option<Statement>,
    /// The binding verb that it lacks.
    pub lack: Option<lack::Lack>,
}

impl Facts {
    fn new(criterion: &Criterion) -> Self {
        Self {
            hits: phrases::hits(criterion.sentence()).into(),
            names: terms::names(criterion.sentence()).into(),
            seam: seam::seam(criterion),
            statement: statement::read(criterion),
            lack: lack::lack(criterion),
        }
    }
}

/// A place for the facts of a criterion. Criteria are the same whether theirs were asked for or not.
#[derive(Clone, Debug, Default)]
pub(crate) struct Known(OnceLock<Arc<Facts>>);

impl Known {
    /// Takes over what was found out about the same sentence.
    pub fn take_over(&mut self, former: &Self) {
        if self.0.get().is_none() {
            self.0.clone_from(&former.0);
        }
    }
}

impl Criterion {
    /// What the rules need to know of its sentence.
    pub(crate) fn facts(&self) -> &Facts {
        self.known.0.get_or_init(|| Arc::new(Facts::new(self)))
    }
}
