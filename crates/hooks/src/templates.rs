//! Hooks that many want.

use serde_json::Map;

use crate::hook::Action;
use crate::trigger::Trigger;
use crate::write::Draft;

/// What a project is written in, as far as a command depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Rust, with cargo.
    Rust,
    /// TypeScript, with npx.
    TypeScript,
    /// JavaScript, with npx.
    JavaScript,
    /// Python.
    Python,
    /// Go.
    Go,
    /// Another: an agent is asked instead of a command run.
    Other,
}

impl Language {
    /// The regular expression of its source files.
    pub fn files(self) -> &'static str {
        match self {
            Self::Rust => r"\.rs$",
            Self::TypeScript => r"\.tsx?$",
            Self::JavaScript => r"\.[cm]?jsx?$",
            Self::Python => r"\.py$",
            Self::Go => r"\.go$",
            Self::Other => r"\.(rs|[cm]?[jt]sx?|py|go|java|kt|rb|php|cs|swift|c|cc|cpp|h|hpp)$",
        }
    }
}

/// A hook that many want.
pub struct Template {
    /// Its name in commands.
    pub id: &'static str,
    /// Its name in lists, and the name of the hook.
    pub title: &'static str,
    /// What it does, as one sentence.
    pub what: &'static str,
    trigger: Trigger,
    matcher: fn(Language) -> Option<&'static str>,
    action: fn(Language) -> Action,
}

impl Template {
    /// The hook for a project in this language.
    pub fn draft(&self, language: Language) -> Draft {
        Draft {
            name: self.title.to_owned(),
            description: Some(self.what.to_owned()),
            trigger: self.trigger,
            matcher: (self.matcher)(language).map(str::to_owned),
            action: (self.action)(language),
            timeout: None,
        }
    }
}

/// The template with this id.
pub fn template(id: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|t| t.id == id)
}

fn command(command: &str) -> Action {
    Action::Command {
        command: command.to_owned(),
    }
}

fn agent(prompt: &str) -> Action {
    Action::Agent {
        prompt: prompt.to_owned(),
    }
}

fn builtin(name: &str) -> Action {
    Action::Builtin {
        name: name.to_owned(),
        options: Map::new(),
    }
}

fn files(language: Language) -> Option<&'static str> {
    Some(language.files())
}

fn every(_: Language) -> Option<&'static str> {
    None
}

/// The first line of a commit message that follows the convention, as an extended regular expression.
const CONVENTIONAL: &str = r#"printf '%s\n' "$USER_PROMPT" | head -n 1 | grep -Eq '^(Merge |Revert |fixup! |(feat|fix|docs|style|refactor|perf|test|build|ci|chore|revert)(\([^)]+\))?!?: .+)' || { echo 'The first line must look like "fix(parser): say what changed".' >&2; exit 2; }"#;

/// Every template.
pub static TEMPLATES: &[Template] = &[
    Template {
        id: "type-check",
        title: "Type check on save",
        what: "Checks the types of the project whenever a source file is saved.",
        trigger: Trigger::PostFileSave,
        matcher: files,
        action: |language| match language {
            Language::Rust => command("cargo check --quiet"),
            Language::TypeScript => command("npx tsc --noEmit"),
            Language::Python => command("python -m mypy ."),
            Language::Go => command("go vet ./..."),
            Language::JavaScript | Language::Other => agent(
                "Run the project's type check on the saved file and mend what it finds. Say nothing if it is clean.",
            ),
        },
    },
    Template {
        id: "format",
        title: "Format on save",
        what: "Formats a source file when it is saved.",
        trigger: Trigger::PostFileSave,
        matcher: files,
        action: |language| match language {
            Language::Rust => command("rustfmt \"$RUTTER_FILE\""),
            Language::TypeScript | Language::JavaScript => {
                command("npx prettier --write \"$RUTTER_FILE\"")
            }
            Language::Python => command("ruff format \"$RUTTER_FILE\""),
            Language::Go => command("gofmt -w \"$RUTTER_FILE\""),
            Language::Other => agent("Format the saved file with the project's formatter."),
        },
    },
    Template {
        id: "test",
        title: "Test the saved file",
        what: "Runs the tests that belong to a saved file.",
        trigger: Trigger::PostFileSave,
        matcher: files,
        action: |language| match language {
            Language::TypeScript | Language::JavaScript => {
                command("npx vitest related --run \"$RUTTER_FILE\"")
            }
            Language::Go => command("go test \"./$(dirname \"$RUTTER_FILE\")\""),
            Language::Rust => command("cargo test --quiet"),
            Language::Python => command("python -m pytest -q --last-failed"),
            Language::Other => {
                agent("Run the tests that belong to the saved file and report failures.")
            }
        },
    },
    Template {
        id: "secrets",
        title: "Secret scan before commit",
        what: "Looks for secrets in the staged files and stops the commit if there are any.",
        trigger: Trigger::PreCommit,
        matcher: every,
        action: |_| builtin("secret-scan"),
    },
    Template {
        id: "spec-check",
        title: "Spec check before commit",
        what: "Checks the staged specs and stops the commit if one is broken.",
        trigger: Trigger::PreCommit,
        matcher: |_| Some(r"(^|/)\.kiro/specs/.*\.md$"),
        action: |_| builtin("spec-check"),
    },
    Template {
        id: "commit-message",
        title: "Conventional commit message",
        what: "Refuses a commit whose first line does not follow the convention `type(scope): text`.",
        trigger: Trigger::CommitMsg,
        matcher: every,
        action: |_| command(CONVENTIONAL),
    },
    Template {
        id: "api-docs",
        title: "Update docs on API change",
        what: "Asks an agent to bring the documentation up to date when a public signature changes.",
        trigger: Trigger::ApiChange,
        matcher: files,
        action: |_| {
            agent(
                "The public API changed; the changes are listed. Bring the documentation that names them up to date, and nothing else.",
            )
        },
    },
    Template {
        id: "explain-build",
        title: "Explain a failed build",
        what: "Asks an agent why a build failed.",
        trigger: Trigger::BuildFailed,
        matcher: every,
        action: |_| {
            agent(
                "The build failed. Read its output, name the cause in two sentences and propose the smallest repair.",
            )
        },
    },
    Template {
        id: "licence",
        title: "Licence header on new files",
        what: "Looks for the licence header in a new source file.",
        trigger: Trigger::PostFileCreate,
        matcher: files,
        action: |_| builtin("licence-header"),
    },
    Template {
        id: "dependencies",
        title: "Weekly dependency check",
        what: "Looks for dependencies with known faults every Monday at nine.",
        trigger: Trigger::Schedule,
        matcher: |_| Some("0 9 * * 1"),
        action: |language| match language {
            Language::Rust => command("cargo audit"),
            Language::TypeScript | Language::JavaScript => command("npm audit"),
            Language::Python => command("pip-audit"),
            Language::Go => command("govulncheck ./..."),
            Language::Other => {
                agent("Check the dependencies for known faults and for newer versions, and report.")
            }
        },
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::HookFile;

    #[test]
    fn every_template_is_a_sound_hook_where_its_reader_is() {
        for template in TEMPLATES {
            for language in [
                Language::Rust,
                Language::TypeScript,
                Language::JavaScript,
                Language::Python,
                Language::Go,
                Language::Other,
            ] {
                let draft = template.draft(language);
                let file = HookFile::parse(&draft.path(), &draft.file());
                assert_eq!(file.findings, [], "{}", template.id);
                assert_eq!(file.hooks.len(), 1, "{}", template.id);
                assert!(
                    crate::migrate(&file, &|_| false).is_none(),
                    "{}",
                    template.id
                );
            }
            assert!(std::ptr::eq(
                super::template(template.id).unwrap(),
                template
            ));
        }
    }
}
