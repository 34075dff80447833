//! What the rules look at.

use std::sync::Arc;

use rutter_text::Source;
use rutter_text::markdown::Outline;

use super::Usual;
use super::looks::{Narrowed, Reads};
use crate::approvals::Approvals;
use crate::{Document, Spec};

/// The file name of a spec's configuration.
pub const CONFIG: &str = ".config.kiro";
/// The file name of a spec's approvals.
pub const APPROVALS: &str = crate::approvals::FILE_NAME;

/// Gives the text of an approved document by the hash in its approval, where it is kept.
pub type ApprovedTexts<'a> = dyn Fn(&str) -> Option<Arc<str>> + 'a;

/// A spec and what stands beside it.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The documents.
    pub spec: &'a Spec,
    /// The text of `.config.kiro`, so that a mistake in it can be shown at its place.
    pub config: Option<&'a str>,
    /// What was approved.
    pub approvals: Option<&'a Approvals>,
    /// What the approved documents said.
    pub approved_text: Option<&'a ApprovedTexts<'a>>,
    /// What features of this kind usually need and the spec does not speak of.
    pub usual: Option<&'a dyn Fn() -> Vec<Usual>>,
}

impl<'a> Context<'a> {
    /// A spec alone.
    pub fn new(spec: &'a Spec) -> Self {
        Self {
            spec,
            config: None,
            approvals: None,
            approved_text: None,
            usual: None,
        }
    }

    /// With the text of `.config.kiro`.
    #[must_use]
    pub fn config(mut self, text: &'a str) -> Self {
        self.config = Some(text);
        self
    }

    /// With what was approved.
    #[must_use]
    pub fn approvals(mut self, approvals: &'a Approvals) -> Self {
        self.approvals = Some(approvals);
        self
    }

    /// With the approved texts, by the hash of the document in its approval, so that old can be shown beside new.
    #[must_use]
    pub fn approved_text(mut self, texts: &'a ApprovedTexts<'a>) -> Self {
        self.approved_text = Some(texts);
        self
    }

    /// With what features of this kind usually need and the spec does not speak of; it follows from the spec's name and what
    /// is wanted.
    #[must_use]
    pub fn usual(mut self, usual: &'a dyn Fn() -> Vec<Usual>) -> Self {
        self.usual = Some(usual);
        self
    }

    /// What a rule that reads no more than this is handed.
    pub(super) fn narrowed<'b>(&self, specs: &'b Narrowed<'_>, reads: Reads) -> Context<'b>
    where
        'a: 'b,
    {
        let beside = reads == Reads::BESIDE;
        Context {
            spec: specs.to(reads),
            approvals: self.approvals.filter(|_| beside),
            approved_text: self.approved_text.filter(|_| beside),
            ..*self
        }
    }

    /// Whether somebody here ever approved anything of this spec.
    pub(super) fn governed(&self) -> bool {
        self.approvals
            .is_some_and(|a| !a.is_empty() || a.problem().is_some())
    }

    /// The text of a file of the spec folder.
    pub(super) fn text(&self, file: &str) -> Option<&'a str> {
        match Document::of_file_name(file) {
            Some(document) => self.spec.source(document).map(Source::text),
            None if file == CONFIG => self.config,
            None => None,
        }
    }

    /// Every document with its text and its lines.
    pub(super) fn outlines(&self) -> impl Iterator<Item = (Document, &'a str, &'a Outline)> {
        let spec = self.spec;
        let outline = move |document| match document {
            Document::Requirements => spec.requirements.as_ref().map(|p| &p.outline),
            Document::Bugfix => spec.bugfix.as_ref().map(|p| &p.outline),
            Document::Design => spec.design.as_ref().map(|p| &p.outline),
            Document::Tasks => spec.tasks.as_ref().map(|p| &p.outline),
        };
        spec.documents().filter_map(move |(document, source)| {
            Some((document, source.text(), outline(document)?))
        })
    }
}
