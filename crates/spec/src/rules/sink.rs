//! Where a rule puts what it finds.

use std::ops::Range;

use rutter_text::{Finding, Severity};

/// Takes the findings of one rule.
pub struct Sink<'a> {
    code: &'static str,
    severity: Severity,
    found: &'a mut Vec<(&'static str, Finding)>,
}

impl<'a> Sink<'a> {
    pub(super) fn new(
        code: &'static str,
        severity: Severity,
        found: &'a mut Vec<(&'static str, Finding)>,
    ) -> Self {
        Self {
            code,
            severity,
            found,
        }
    }

    /// A finding of this rule at its level, to be completed and given to [`Sink::add`].
    pub fn finding(&self, range: Range<usize>, message: impl Into<String>) -> Finding {
        Finding::new(self.code, self.severity, range, message)
    }

    /// Keeps a finding in a file of the spec folder.
    pub fn add(&mut self, file: &'static str, finding: Finding) {
        self.found.push((file, finding));
    }
}
