//! What a rule found in a document.

use std::ops::Range;

use crate::edit::Edit;

/// How much a finding matters, as in LSP.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something is broken.
    Error,
    /// Something is most likely wrong.
    Warning,
    /// Something worth knowing.
    #[serde(alias = "information")]
    Info,
    /// A suggestion.
    Hint,
}

impl Severity {
    /// The word used in JSON and settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "info",
            Severity::Hint => "hint",
        }
    }
}

/// A place in the same or another document of the spec that belongs to a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// File name inside the spec folder, such as `tasks.md`.
    pub document: String,
    /// Bytes in that document.
    pub range: Range<usize>,
    /// What it is.
    pub message: String,
}

/// A safe repair: edits of the document the finding is in, and of others where they must follow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a menu entry.
    pub title: String,
    /// The edits.
    pub edits: Vec<Edit>,
    /// Edits of other documents, by their file names in the same folder.
    pub beside: Vec<(String, Vec<Edit>)>,
}

/// One finding of one rule at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// `<area>/<rule>` in kebab case.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Where, in bytes.
    pub range: Range<usize>,
    /// One or two plain sentences.
    pub message: String,
    /// Safe repairs, best first.
    pub fixes: Vec<Fix>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
}

impl Finding {
    /// A finding without repair.
    pub fn new(
        code: &'static str,
        severity: Severity,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity,
            range,
            message: message.into(),
            fixes: Vec::new(),
            related: Vec::new(),
        }
    }

    /// Puts findings of one document in its order; those at one place by their codes.
    pub fn sort(findings: &mut [Self]) {
        findings.sort_by_key(|f| (f.range.start, f.range.end, f.code));
    }

    /// The finding as a line, `text at the place|message|title of a fix → the lines it makes`, as tests compare it.
    /// `text` is the document's.
    pub fn line(&self, text: &str) -> String {
        let mut line = format!("{}|{}", &text[self.range.clone()], self.message);
        for fix in &self.fixes {
            let new = crate::edit::apply(text, &fix.edits);
            let made: Vec<&str> = new
                .lines()
                .filter(|l| !text.lines().any(|o| o == *l))
                .map(str::trim)
                .collect();
            line.push_str(&format!("|{} → {}", fix.title, made.join("⏎")));
        }
        line
    }

    /// Adds a repair.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fixes.push(Fix {
            title: title.into(),
            edits,
            beside: Vec::new(),
        });
        self
    }

    /// Adds a related place.
    #[must_use]
    pub fn related(
        mut self,
        document: impl Into<String>,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        self.related.push(Related {
            document: document.into(),
            range,
            message: message.into(),
        });
        self
    }
}
