//! Every error a command can answer, with its code and what to do about it.

use rutter_draft::DraftError;
use rutter_host::FileError;
use rutter_store::{StoreError, UndoError};
use rutter_workspace::FindError;

/// The codes of [`CommandError`], as they stand in `data.code` of an LSP error and in JSON output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// An argument is missing or has the wrong shape.
    WrongArgument,
    /// There is no such spec.
    UnknownSpec,
    /// A name fits several things.
    Ambiguous,
    /// There is nothing to draft from.
    EmptyPrompt,
    /// A name that can't be a spec's.
    BadName,
    /// The thing is there already.
    Exists,
    /// Decisions are still open.
    OpenDecisions,
    /// There is no such decision.
    UnknownDecision,
    /// The decision has no such choice.
    UnknownChoice,
    /// A document has changes that are not on disk.
    Unsaved,
    /// The stage before has no valid approval.
    NotApproved,
    /// A document that is needed is not there.
    MissingDocument,
    /// There is no such item to approve.
    UnknownItem,
    /// There is no such task.
    UnknownTask,
    /// There is no such change, or nothing that could be undone.
    UnknownChange,
    /// There is no such hook.
    UnknownHook,
    /// There is no such tool server.
    UnknownServer,
    /// The tool server has no such tool.
    UnknownTool,
    /// It is switched off in its settings.
    Disabled,
    /// A tool server could not be reached, or gave no answer.
    ToolServer,
    /// The user has not trusted this content.
    Untrusted,
    /// It concerns others too, and nobody said yes.
    Unconfirmed,
    /// What was said leaves something open.
    Question,
    /// It belongs to another tool and is never changed.
    ReadOnly,
    /// A file changed between reading and writing.
    Conflict,
    /// Another process holds the workspace.
    Busy,
    /// A file is no text.
    NotText,
    /// The system refused.
    Denied,
    /// The disk is full.
    DiskFull,
    /// A file is not there.
    NotFound,
    /// Another failure of the system.
    Io,
    /// The user or the client stopped it.
    Cancelled,
    /// There is no such job.
    UnknownJob,
    /// A model failed.
    Model,
    /// A settings or approvals file can't be read.
    BrokenFile,
}

impl Code {
    /// The code as written in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WrongArgument => "wrong-argument",
            Self::UnknownSpec => "unknown-spec",
            Self::Ambiguous => "ambiguous",
            Self::EmptyPrompt => "empty-prompt",
            Self::BadName => "bad-name",
            Self::Exists => "exists",
            Self::OpenDecisions => "open-decisions",
            Self::UnknownDecision => "unknown-decision",
            Self::UnknownChoice => "unknown-choice",
            Self::Unsaved => "unsaved",
            Self::NotApproved => "not-approved",
            Self::MissingDocument => "missing-document",
            Self::UnknownItem => "unknown-item",
            Self::UnknownTask => "unknown-task",
            Self::UnknownChange => "unknown-change",
            Self::UnknownHook => "unknown-hook",
            Self::UnknownServer => "unknown-server",
            Self::UnknownTool => "unknown-tool",
            Self::Disabled => "disabled",
            Self::ToolServer => "tool-server",
            Self::Untrusted => "untrusted",
            Self::Unconfirmed => "unconfirmed",
            Self::Question => "question",
            Self::ReadOnly => "read-only",
            Self::Conflict => "conflict",
            Self::Busy => "busy",
            Self::NotText => "not-text",
            Self::Denied => "denied",
            Self::DiskFull => "disk-full",
            Self::NotFound => "not-found",
            Self::Io => "io",
            Self::Cancelled => "cancelled",
            Self::UnknownJob => "unknown-job",
            Self::Model => "model",
            Self::BrokenFile => "broken-file",
        }
    }

    /// The exit code of the command line: 1 refused, 2 wrong use, 3 could not be done.
    pub fn exit(self) -> u8 {
        match self {
            Self::OpenDecisions
            | Self::NotApproved
            | Self::Unsaved
            | Self::Untrusted
            | Self::Disabled
            | Self::ReadOnly
            | Self::Unconfirmed => 1,
            Self::WrongArgument
            | Self::UnknownSpec
            | Self::Ambiguous
            | Self::EmptyPrompt
            | Self::BadName
            | Self::Exists
            | Self::UnknownDecision
            | Self::UnknownChoice
            | Self::MissingDocument
            | Self::UnknownItem
            | Self::UnknownTask
            | Self::UnknownChange
            | Self::UnknownHook
            | Self::Question
            | Self::UnknownServer
            | Self::UnknownTool
            | Self::UnknownJob => 2,
            _ => 3,
        }
    }
}

/// Why a command was not done. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct CommandError {
    /// What happened, one sentence.
    pub message: String,
    /// The code.
    pub code: Code,
    /// What to do, one sentence; may be empty.
    pub hint: String,
    /// What it could be instead: candidates, open decisions, choices.
    pub candidates: Vec<String>,
}

impl CommandError {
    /// An error with a hint.
    pub fn new(code: Code, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            message: one_line(message.into()),
            code,
            hint: one_line(hint.into()),
            candidates: Vec::new(),
        }
    }

    /// A document is not the same in the editor and on disk.
    pub fn unsaved(document: &str) -> Self {
        Self::new(
            Code::Unsaved,
            format!("{document} has changes that are not saved, or changed on disk meanwhile."),
            "Save it, or load it again, and call the command again.",
        )
    }

    /// Adds what it could be instead.
    #[must_use]
    pub fn among(mut self, candidates: Vec<String>) -> Self {
        self.candidates = candidates;
        self
    }

    /// The `data` of an LSP error.
    pub fn data(&self) -> serde_json::Value {
        let mut data = serde_json::json!({"code": self.code.as_str(), "hint": self.hint});
        if !self.candidates.is_empty() {
            data["candidates"] = self.candidates.clone().into();
        }
        data
    }
}

/// Names that users and file systems give may hold line breaks and worse; a sentence holds none.
fn one_line(text: String) -> String {
    if !text.chars().any(char::is_control) {
        return text;
    }
    let shown = |c: char| match c {
        c if c.is_control() => c.escape_default().to_string(),
        c => c.to_string(),
    };
    text.chars().map(shown).collect()
}

impl From<FileError> for CommandError {
    fn from(error: FileError) -> Self {
        let code = match error {
            FileError::NotFound(_) => Code::NotFound,
            FileError::Denied { .. } => Code::Denied,
            FileError::NotText { .. } => Code::NotText,
            FileError::Full(_) => Code::DiskFull,
            FileError::Name(_) => Code::BadName,
            FileError::Io { .. } => Code::Io,
        };
        Self::new(code, error.to_string(), "")
    }
}

impl From<FindError> for CommandError {
    fn from(error: FindError) -> Self {
        let message = error.to_string();
        match error {
            FindError::Unknown { specs, .. } => Self::new(
                Code::UnknownSpec,
                message,
                "Name a spec by its path below `.kiro/specs/`.",
            )
            .among(specs),
            FindError::Ambiguous { candidates, .. } => Self::new(
                Code::Ambiguous,
                message,
                "Name it by its path below `.kiro/specs/`.",
            )
            .among(candidates),
        }
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let message = error.to_string();
        match error {
            StoreError::File(file) => file.into(),
            StoreError::Busy { .. } => Self::new(Code::Busy, message, ""),
            StoreError::Damaged(_) => Self::new(Code::BrokenFile, message, ""),
        }
    }
}

impl From<UndoError> for CommandError {
    fn from(error: UndoError) -> Self {
        match error {
            UndoError::File(file) => file.into(),
            changed @ UndoError::Changed(_) => Self::new(Code::Conflict, changed.to_string(), ""),
        }
    }
}

impl From<DraftError> for CommandError {
    fn from(error: DraftError) -> Self {
        let code = match error {
            DraftError::EmptyPrompt | DraftError::NothingToBuild => Code::EmptyPrompt,
            _ => Code::MissingDocument,
        };
        Self::new(code, error.to_string(), "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_line_breaks_leaves_the_message_one_line() {
        let error = CommandError::new(Code::UnknownSpec, "There is no `a\nb\u{1b}[31m`.", "");
        assert_eq!(error.message, "There is no `a\\nb\\u{1b}[31m`.");
    }
}
