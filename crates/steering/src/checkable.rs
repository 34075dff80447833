//! Sentences that ask an agent for what a tool does by itself: format, lint, check types. A hook does that each time;
//! a sentence is forgotten.

use std::ops::Range;

use crate::statement::lines;

/// A sentence that a hook can take the place of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkable {
    /// The sentence.
    pub range: Range<usize>,
    /// The command that it asks for, as written.
    pub command: String,
    /// The hook in words, as a hook can be made from it: ``run `cargo fmt` when a rust file is saved``.
    pub hook: String,
}

/// What formats, lints or checks types, with what its files are called in a sentence. The longer name stands first.
const TOOLS: &[(&str, Option<&str>)] = &[
    ("cargo fmt", Some("rust")),
    ("cargo clippy", Some("rust")),
    ("cargo check", Some("rust")),
    ("rustfmt", Some("rust")),
    ("gofmt", Some("go")),
    ("go fmt", Some("go")),
    ("go vet", Some("go")),
    ("golangci-lint", Some("go")),
    ("prettier", None),
    ("eslint", None),
    ("biome", None),
    ("stylelint", None),
    ("tsc", None),
    ("ruff", Some("python")),
    ("black", Some("python")),
    ("mypy", Some("python")),
    ("flake8", Some("python")),
    ("pylint", Some("python")),
    ("rubocop", Some("ruby")),
    ("clang-format", None),
    ("shellcheck", Some("shell")),
    ("markdownlint", Some("markdown")),
];

/// Parts of a project's own command that say what it does: `npm run lint`, `make fmt`.
const TASKS: &[&str] = &["fmt", "format", "lint", "typecheck", "type-check"];

/// What runs a project's own commands.
const RUNNERS: &[&str] = &[
    "npm",
    "pnpm",
    "yarn",
    "bun",
    "make",
    "just",
    "task",
    "cargo",
    "uv",
    "poetry",
    "npx",
    "bunx",
    "go",
    "mvn",
    "./gradlew",
    "python",
    "python3",
];

/// Words that make it a habit, with whether it belongs to a commit.
const HABITS: &[(&str, bool)] = &[
    ("before commit", true),
    ("before each commit", true),
    ("before every commit", true),
    ("before any commit", true),
    ("before you commit", true),
    ("before a commit", true),
    ("after each", false),
    ("after every", false),
    ("after any", false),
    ("after chang", false),
    ("after edit", false),
    ("after modif", false),
    ("after writing", false),
    ("after you", false),
    ("on save", false),
    ("when saving", false),
    ("every time", false),
    ("whenever", false),
    ("always run", false),
    ("always format", false),
    ("always lint", false),
];

/// Longer commands are no one-liners.
const MAX_COMMAND: usize = 60;

/// The sentences of a text that a hook can take the place of.
pub fn find(text: &str) -> Vec<Checkable> {
    let found = lines(text).into_iter().filter_map(|range| {
        let said = &text[range.clone()];
        let lower = said.to_lowercase();
        let (_, at_commit) = HABITS.iter().find(|(words, _)| lower.contains(words))?;
        // What is forbidden or what a person decides is no habit.
        let no = ["don't", "do not", "optional"]
            .iter()
            .any(|no| lower.contains(no));
        if no
            || lower
                .split(|c: char| !c.is_alphanumeric())
                .any(|w| w == "never")
        {
            return None;
        }
        let (command, files) = in_code(said).or_else(|| in_words(&lower))?;
        let when = match (at_commit, files) {
            (true, _) => "before each commit".to_owned(),
            (false, Some(files)) => format!("when a {files} file is saved"),
            (false, None) => "when a file is saved".to_owned(),
        };
        Some(Checkable {
            range,
            hook: format!("run `{command}` {when}"),
            command,
        })
    });
    found.collect()
}

/// The tool that a command runs, if it does nothing but format, lint or check.
fn files_of(command: &str) -> Option<Option<&'static str>> {
    let words: Vec<&str> = command.split_whitespace().collect();
    let tool = TOOLS.iter().find(|(name, _)| {
        let parts: Vec<&str> = name.split(' ').collect();
        words.windows(parts.len()).any(|w| w == parts)
    });
    if let Some((_, files)) = tool {
        return Some(*files);
    }
    let task = |word: &&str| {
        word.split([':', '-', '_'])
            .any(|part| TASKS.contains(&part))
            || TASKS.contains(word)
    };
    (words.len() > 1 && RUNNERS.contains(&words[0]) && words[1..].iter().any(task)).then_some(None)
}

/// A command between backticks that is one plain line.
fn in_code(said: &str) -> Option<(String, Option<&'static str>)> {
    said.split('`').skip(1).step_by(2).find_map(|code| {
        let code = code.trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || " ._/:=@-".contains(c);
        let fits = code.contains(' ') && code.len() <= MAX_COMMAND && code.chars().all(plain);
        let files = fits.then(|| files_of(code))??;
        Some((code.to_owned(), files))
    })
}

/// A command that stands in the sentence itself; only those that are whole by themselves.
fn in_words(lower: &str) -> Option<(String, Option<&'static str>)> {
    let whole = TOOLS.iter().filter(|(name, _)| name.contains(' '));
    let (name, files) = whole.into_iter().find(|(name, _)| {
        lower.match_indices(name).any(|(at, _)| {
            let word = |c: char| c.is_alphanumeric() || c == '-';
            let before = lower[..at].chars().next_back();
            let after = lower[at + name.len()..].chars().next();
            !before.is_some_and(word) && !after.is_some_and(word)
        })
    })?;
    Some(((*name).to_owned(), *files))
}

#[cfg(test)]
mod tests {
    use super::find;

    fn hooks(text: &str) -> Vec<String> {
        find(text).into_iter().map(|c| c.hook).collect()
    }

    #[test]
    fn habits_of_tools_are_found() {
        for (text, hook) in [
            (
                "- Run cargo fmt after each change.",
                "run `cargo fmt` when a rust file is saved",
            ),
            (
                "- Always run `cargo fmt --all` first.",
                "run `cargo fmt --all` when a rust file is saved",
            ),
            (
                "Run `npm run lint` before committing.",
                "run `npm run lint` before each commit",
            ),
            (
                "* After editing, `uv run ruff check` must pass.",
                "run `uv run ruff check` when a python file is saved",
            ),
            (
                "Run `make fmt` whenever you touch Go code.",
                "run `make fmt` when a file is saved",
            ),
        ] {
            assert_eq!(hooks(text), [hook], "{text}");
        }
    }

    #[test]
    fn what_no_tool_sees_to_stays_prose() {
        for text in [
            "- Run `cargo fmt`.",
            "- Run the tests after each change.",
            "- Never run `npm run lint` after each change.",
            "- Prettier formats the code.",
            "- Always run `rm -rf /; make fmt` $(x).",
            "## Always run cargo fmt",
            "```\nalways run cargo fmt\n```",
            "- Run `npm run deploy` after each merge.",
        ] {
            assert_eq!(hooks(text), [""; 0], "{text}");
        }
    }
}
