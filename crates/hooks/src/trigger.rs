//! The events a hook can wait for, and what each is called in every format.

/// What a hook waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Trigger {
    SessionStart,
    SessionEnd,
    Stop,
    UserPromptSubmit,
    PreToolUse,
    PostToolUse,
    PreTaskExec,
    PostTaskExec,
    PostFileCreate,
    PostFileSave,
    PostFileDelete,
    PostFileRename,
    Manual,
    PreCommit,
    CommitMsg,
    PrePush,
    ApiChange,
    BuildFailed,
    BuildPassed,
    Schedule,
}

/// What the `matcher` of a trigger is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The paths of files.
    Path,
    /// The name of a tool.
    Tool,
    /// A build command.
    Command,
    /// The time, as five cron fields.
    Schedule,
    /// Nothing: a matcher is ignored.
    Nothing,
}

impl Trigger {
    /// Every trigger: Kiro's, then ours.
    pub const ALL: [Self; 20] = [
        Self::SessionStart,
        Self::SessionEnd,
        Self::Stop,
        Self::UserPromptSubmit,
        Self::PreToolUse,
        Self::PostToolUse,
        Self::PreTaskExec,
        Self::PostTaskExec,
        Self::PostFileCreate,
        Self::PostFileSave,
        Self::PostFileDelete,
        Self::Manual,
        Self::PostFileRename,
        Self::PreCommit,
        Self::CommitMsg,
        Self::PrePush,
        Self::ApiChange,
        Self::BuildFailed,
        Self::BuildPassed,
        Self::Schedule,
    ];

    /// Its name in v1 files and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SessionStart => "SessionStart",
            Self::SessionEnd => "SessionEnd",
            Self::Stop => "Stop",
            Self::UserPromptSubmit => "UserPromptSubmit",
            Self::PreToolUse => "PreToolUse",
            Self::PostToolUse => "PostToolUse",
            Self::PreTaskExec => "PreTaskExec",
            Self::PostTaskExec => "PostTaskExec",
            Self::PostFileCreate => "PostFileCreate",
            Self::PostFileSave => "PostFileSave",
            Self::PostFileDelete => "PostFileDelete",
            Self::PostFileRename => "PostFileRename",
            Self::Manual => "Manual",
            Self::PreCommit => "PreCommit",
            Self::CommitMsg => "CommitMsg",
            Self::PrePush => "PrePush",
            Self::ApiChange => "ApiChange",
            Self::BuildFailed => "BuildFailed",
            Self::BuildPassed => "BuildPassed",
            Self::Schedule => "Schedule",
        }
    }

    /// The trigger with this v1 name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == name)
    }

    /// Whether Kiro itself has it; the others belong in `.rutter/hooks/`.
    pub fn in_kiro(self) -> bool {
        !matches!(
            self,
            Self::PostFileRename
                | Self::PreCommit
                | Self::CommitMsg
                | Self::PrePush
                | Self::ApiChange
                | Self::BuildFailed
                | Self::BuildPassed
                | Self::Schedule
        )
    }

    /// Whether a command that ends with exit code 2 stops what is about to happen.
    pub fn can_block(self) -> bool {
        matches!(
            self,
            Self::UserPromptSubmit
                | Self::PreToolUse
                | Self::PreTaskExec
                | Self::PreCommit
                | Self::CommitMsg
                | Self::PrePush
        )
    }

    /// Whether git waits for what hooks say to it.
    pub fn is_git(self) -> bool {
        matches!(self, Self::PreCommit | Self::CommitMsg | Self::PrePush)
    }

    /// Whether it is one of the events of a file.
    pub fn is_file(self) -> bool {
        matches!(
            self,
            Self::PostFileCreate | Self::PostFileSave | Self::PostFileDelete | Self::PostFileRename
        )
    }

    /// What its matcher is compared with.
    pub fn subject(self) -> Subject {
        match self {
            Self::PreToolUse | Self::PostToolUse => Subject::Tool,
            Self::PostFileCreate
            | Self::PostFileSave
            | Self::PostFileDelete
            | Self::PostFileRename
            | Self::PreCommit
            | Self::CommitMsg
            | Self::PrePush
            | Self::ApiChange => Subject::Path,
            Self::BuildFailed | Self::BuildPassed => Subject::Command,
            Self::Schedule => Subject::Schedule,
            Self::SessionStart
            | Self::SessionEnd
            | Self::Stop
            | Self::UserPromptSubmit
            | Self::PreTaskExec
            | Self::PostTaskExec
            | Self::Manual => Subject::Nothing,
        }
    }

    /// When it fires, as one sentence.
    pub fn explain(self) -> &'static str {
        match self {
            Self::SessionStart => "Fires when a session with an agent starts.",
            Self::SessionEnd => "Fires when a session with an agent ends.",
            Self::Stop => "Fires when the agent has finished its turn.",
            Self::UserPromptSubmit => "Fires when you send a prompt, before the agent reads it.",
            Self::PreToolUse => "Fires before the agent uses a tool.",
            Self::PostToolUse => "Fires after the agent has used a tool.",
            Self::PreTaskExec => "Fires before a task of a spec is run.",
            Self::PostTaskExec => "Fires after a task of a spec was run.",
            Self::PostFileCreate => "Fires after a file was created.",
            Self::PostFileSave => "Fires after a file was saved.",
            Self::PostFileDelete => "Fires after a file was deleted.",
            Self::PostFileRename => "Fires after a file was renamed; the new path counts.",
            Self::Manual => "Fires only when you run it.",
            Self::PreCommit => "Fires before a git commit, with the staged files.",
            Self::CommitMsg => {
                "Fires when the message of a git commit is written, before the commit is made."
            }
            Self::PrePush => "Fires before a git push, with the files of the pushed commits.",
            Self::ApiChange => "Fires when a public signature was added, removed or changed.",
            Self::BuildFailed => {
                "Fires when a watched build command fails, or when errors appear in the editor's problems."
            }
            Self::BuildPassed => {
                "Fires when a watched build command succeeds, or when the editor's problems have no error left."
            }
            Self::Schedule => "Fires at the times that the matcher names.",
        }
    }

    /// The trigger of a legacy `when.type`.
    pub fn of_legacy(kind: &str) -> Option<Self> {
        LEGACY.iter().find(|(n, _)| *n == kind).map(|(_, t)| *t)
    }

    /// The trigger of a key below `hooks` in an agent's JSON.
    pub fn of_agent(key: &str) -> Option<Self> {
        AGENT.iter().find(|(n, _)| *n == key).map(|(_, t)| *t)
    }

    /// The triggers of a word in the YAML form; a build means both outcomes.
    pub fn of_yaml(word: &str) -> &'static [Self] {
        YAML.iter()
            .find(|(n, _)| *n == word)
            .map_or(&[], |(_, t)| t)
    }
}

/// Legacy `when.type` → trigger.
pub(crate) static LEGACY: &[(&str, Trigger)] = &[
    ("fileEdited", Trigger::PostFileSave),
    ("fileCreated", Trigger::PostFileCreate),
    ("fileDeleted", Trigger::PostFileDelete),
    ("userTriggered", Trigger::Manual),
    ("manual", Trigger::Manual),
    ("promptSubmit", Trigger::UserPromptSubmit),
    ("agentStop", Trigger::Stop),
    ("preToolUse", Trigger::PreToolUse),
    ("postToolUse", Trigger::PostToolUse),
    ("preTaskExecution", Trigger::PreTaskExec),
    ("postTaskExecution", Trigger::PostTaskExec),
    ("sessionStart", Trigger::SessionStart),
];

/// Key in an agent's JSON → trigger.
pub(crate) static AGENT: &[(&str, Trigger)] = &[
    ("agentSpawn", Trigger::SessionStart),
    ("userPromptSubmit", Trigger::UserPromptSubmit),
    ("preToolUse", Trigger::PreToolUse),
    ("postToolUse", Trigger::PostToolUse),
    ("stop", Trigger::Stop),
];

/// Word of the YAML form → triggers.
pub(crate) static YAML: &[(&str, &[Trigger])] = &[
    ("on_save", &[Trigger::PostFileSave]),
    ("on_commit", &[Trigger::PreCommit]),
    ("on_api_change", &[Trigger::ApiChange]),
    ("on_build", &[Trigger::BuildFailed, Trigger::BuildPassed]),
    ("build", &[Trigger::BuildFailed, Trigger::BuildPassed]),
    ("on_create", &[Trigger::PostFileCreate]),
    ("on_delete", &[Trigger::PostFileDelete]),
    ("on_rename", &[Trigger::PostFileRename]),
    ("on_push", &[Trigger::PrePush]),
    ("manual", &[Trigger::Manual]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_ours_are_not_kiros() {
        for trigger in Trigger::ALL {
            assert_eq!(Trigger::parse(trigger.as_str()), Some(trigger));
            assert!(trigger.explain().ends_with('.'));
        }
        assert_eq!(Trigger::ALL.iter().filter(|t| !t.in_kiro()).count(), 8);
        assert_eq!(Trigger::of_yaml("on_build").len(), 2);
        assert_eq!(Trigger::of_legacy("fileSaved"), None);
    }
}
