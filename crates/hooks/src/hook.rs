//! One hook, whatever format it was written in.

use std::ops::Range;
use std::time::Duration;

use rutter_text::Finding;
use serde_json::{Map, Value, json};

use crate::matcher::Matcher;
use crate::trigger::Trigger;

/// How a hook file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// `{"version": "v1", "hooks": [...]}`.
    V1,
    /// `{"when": …, "then": …}`, mostly in `.kiro.hook`.
    Legacy,
    /// The key `hooks` of a CLI agent.
    Agent,
    /// `hooks:` in YAML.
    Yaml,
}

impl Format {
    /// The word in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V1 => "v1",
            Self::Legacy => "legacy",
            Self::Agent => "agent",
            Self::Yaml => "yaml",
        }
    }
}

/// What a hook does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Runs a command in a shell.
    Command {
        /// The command.
        command: String,
    },
    /// Asks an agent.
    Agent {
        /// The prompt.
        prompt: String,
    },
    /// Does what Rutter has built in.
    Builtin {
        /// One of [`BUILTINS`].
        name: String,
        /// Its options.
        options: Map<String, Value>,
    },
}

/// What is built in: name and what it does.
pub static BUILTINS: &[(&str, &str)] = &[
    (
        "secret-scan",
        "Looks for secrets in the files; finds are shown redacted.",
    ),
    ("spec-check", "Checks the specs that the files belong to."),
    ("link-check", "Looks for links to files that do not exist."),
    (
        "licence-header",
        "Looks for files without the licence header; option `header`.",
    ),
];

impl Action {
    /// The word for its kind in v1.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Command { .. } => "command",
            Self::Agent { .. } => "agent",
            Self::Builtin { .. } => "builtin",
        }
    }

    /// What it runs or asks.
    pub fn text(&self) -> &str {
        match self {
            Self::Command { command } => command,
            Self::Agent { prompt } => prompt,
            Self::Builtin { name, .. } => name,
        }
    }

    /// As in a v1 file.
    pub fn json(&self) -> Value {
        match self {
            Self::Command { command } => json!({"type": "command", "command": command}),
            Self::Agent { prompt } => json!({"type": "agent", "prompt": prompt}),
            Self::Builtin { name, options } if options.is_empty() => {
                json!({"type": "builtin", "name": name})
            }
            Self::Builtin { name, options } => {
                json!({"type": "builtin", "name": name, "options": options})
            }
        }
    }
}

/// How long a command may run where nothing is said.
pub const TIMEOUT: Duration = Duration::from_secs(60);

/// One hook.
#[derive(Clone, Debug, PartialEq)]
pub struct Hook {
    /// `file#name`; a second hook of that name has ` (2)` behind it.
    pub id: String,
    /// Its name; made from the trigger where the format has none.
    pub name: String,
    /// What it is for, as its author says.
    pub description: Option<String>,
    /// What it waits for.
    pub trigger: Trigger,
    /// What that is narrowed to.
    pub matcher: Matcher,
    /// What it does.
    pub action: Action,
    /// Whether it is switched on.
    pub enabled: bool,
    /// How long a command may run; `None` without end.
    pub timeout: Option<Duration>,
    /// How many bytes of a command's output count; `None` where the format says nothing.
    pub max_output: Option<u64>,
    /// How long the output of a successful command may be used again; zero is never.
    pub cache: Duration,
    /// Kiro's `confirm` of a `Stop` command, as JSON.
    pub confirm: Option<Value>,
    /// Whether it also fires for changes that came from outside the editor (`fromOutside`).
    pub from_outside: bool,
    /// Its format.
    pub format: Format,
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// The bytes of its name, or where it begins.
    pub name_range: Range<usize>,
    /// SHA-256, in hex, of all that decides what runs and when; formatting, name and `enabled` are no part of it.
    pub digest: String,
    /// The newer form of this hook, which counts instead.
    pub superseded_by: Option<String>,
}

/// A hook that cannot be loaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its name, or its place in the file.
    pub name: String,
    /// Its bytes in the file.
    pub range: Range<usize>,
    /// Why, as a sentence.
    pub why: String,
}

/// A file of hooks.
#[derive(Clone, Debug, PartialEq)]
pub struct HookFile {
    /// The path as handed in, relative with `/`.
    pub path: String,
    /// How it is written.
    pub format: Format,
    /// The hooks that can fire, in order.
    pub hooks: Vec<Hook>,
    /// The hooks that cannot be loaded.
    pub broken: Vec<Broken>,
    /// What is wrong or odd, in order.
    pub findings: Vec<Finding>,
    pub(crate) text: std::sync::Arc<str>,
}

impl HookFile {
    /// The text it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The hook around or at a byte.
    pub fn hook_at(&self, offset: usize) -> Option<&Hook> {
        self.hooks
            .iter()
            .find(|h| h.range.start <= offset && offset <= h.range.end)
    }
}
