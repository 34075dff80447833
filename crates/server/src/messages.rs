//! The messages that LSP doesn't have; each is optional for the client.

use lsp_types::notification::Notification;
use lsp_types::request::Request;
use serde::{Deserialize, Serialize};

/// `rutter/input`, server → client: asks the user for a line of text; `null` when they leave it.
#[derive(Debug)]
pub enum Input {}

/// What is asked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct InputParams {
    /// The question.
    pub title: String,
    /// An example, shown while nothing is typed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// What stands there at first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

impl Request for Input {
    type Params = InputParams;
    type Result = Option<String>;
    const METHOD: &'static str = "rutter/input";
}

/// `rutter/state`, server → client: the whole state, at least 100 ms apart.
#[derive(Debug)]
pub enum State {}

impl Notification for State {
    type Params = serde_json::Value;
    const METHOD: &'static str = "rutter/state";
}

/// `rutter/problems`, client → server, at most one a second: what other servers report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ProblemsParams {
    /// All problems there are.
    pub items: Vec<Problem>,
}

/// A problem that another server reports.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Problem {
    /// The file.
    pub uri: lsp_types::Uri,
    /// Where.
    pub range: lsp_types::Range,
    /// How much it matters; an error where nothing is said.
    pub severity: Option<lsp_types::DiagnosticSeverity>,
    /// Who reports it.
    #[serde(default)]
    pub source: String,
    /// What it says.
    pub message: String,
}
