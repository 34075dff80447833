//! What a sentence wants done.

use serde_json::Map;

use super::when::When;
use super::{capital, files};
use crate::hook::Action;
use crate::trigger::Trigger;

/// Tools whose command for one file is known; the file is the last argument.
static TOOLS: &[(&str, &str)] = &[
    ("eslint", "npx eslint"),
    ("prettier", "npx prettier --write"),
    ("biome", "npx biome check"),
    ("stylelint", "npx stylelint"),
    ("rustfmt", "rustfmt"),
    ("gofmt", "gofmt -w"),
    ("black", "black"),
    ("ruff", "ruff check --fix"),
    ("mypy", "mypy"),
    ("pylint", "pylint"),
    ("flake8", "flake8"),
    ("shellcheck", "shellcheck"),
    ("shfmt", "shfmt -w"),
    ("markdownlint", "npx markdownlint-cli2"),
    ("rubocop", "rubocop"),
    ("clang-format", "clang-format -i"),
];

/// Tools whose command is for the whole project.
static PROJECT: &[(&str, &str)] = &[
    ("cargo fmt", "cargo fmt"),
    ("cargo check", "cargo check"),
    ("cargo test", "cargo test"),
    ("cargo clippy", "cargo clippy"),
    ("clippy", "cargo clippy"),
    ("tsc", "npx tsc --noEmit"),
    ("pytest", "pytest -q"),
    ("vitest", "npx vitest run"),
    ("jest", "npx jest"),
    ("go test", "go test ./..."),
    ("go vet", "go vet ./..."),
    ("npm test", "npm test"),
    ("npm audit", "npm audit"),
    ("cargo audit", "cargo audit"),
    ("mvn spotless:apply", "mvn -q spotless:apply"),
    ("gradlew spotlessapply", "./gradlew spotlessApply"),
    ("mvn checkstyle:check", "mvn -q checkstyle:check"),
    ("golangci-lint", "golangci-lint run"),
    ("make", "make"),
];

/// Formatters by the glob of their files.
static FORMATTERS: &[(&str, &str)] = &[
    ("*.rs", "rustfmt"),
    ("*.go", "gofmt -w"),
    ("*.py", "ruff format"),
    ("*.ts", "npx prettier --write"),
    ("*.{ts,tsx}", "npx prettier --write"),
    ("*.js", "npx prettier --write"),
];

/// What shall be done; `None` where the sentence does not say. `bare` is the sentence with a single backtick for each
/// text between backticks.
pub(super) fn act(bare: &str, quoted: &[String], when: &When) -> Option<Action> {
    let small = bare.to_lowercase();
    // The clause that says when is cut out, where small letters kept every place.
    let rest = if small.len() == bare.len()
        && bare.is_char_boundary(when.at)
        && bare.is_char_boundary(when.end)
    {
        format!("{} {}", &bare[..when.at], &bare[when.end..])
    } else {
        bare.to_owned()
    };
    let rest = rest.split_whitespace().collect::<Vec<_>>().join(" ");
    let rest = rest.trim_matches([' ', ',', ';', ':']);
    let polite = rest
        .get(..7)
        .is_some_and(|s| s.eq_ignore_ascii_case("please "));
    let rest = if polite { &rest[7..] } else { rest }.trim();
    let lower = rest.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|w| lower.contains(w));

    if rest.contains('`') {
        let before = bare.split('`').count() - 1;
        // The text in backticks that stands in this part.
        let index = if bare.find('`').is_some_and(|i| i >= when.at && i < when.end) && before > 1 {
            1
        } else {
            0
        };
        let command = quoted
            .get(index)
            .filter(|q| !q.contains('*') || q.contains(' '));
        if let Some(command) = command
            && (lower == "`"
                || ["run ", "execute ", "call ", "start ", "do "]
                    .iter()
                    .any(|v| lower.starts_with(v)))
        {
            return Some(Action::Command {
                command: command.clone(),
            });
        }
    }
    let on_file = when.trigger.is_file() && when.trigger != Trigger::PostFileDelete;
    if has(&["secret", "credential", "api key"])
        && has(&["scan", "look", "check", "find", "search"])
    {
        return Some(builtin("secret-scan"));
    }
    if has(&["spec"]) && has(&["check", "lint", "validate"]) && !has(&["special", "inspect"]) {
        return Some(builtin("spec-check"));
    }
    if has(&["link"]) && has(&["check", "broken"]) {
        return Some(builtin("link-check"));
    }
    if has(&["licence header", "license header"]) {
        return Some(builtin("licence-header"));
    }
    let word = |name: &str| {
        lower
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .any(|w| w == name || w.split('-').any(|part| part == name))
    };
    if let Some((_, command)) = PROJECT.iter().find(|(n, _)| {
        if n.contains(' ') {
            lower.contains(n)
        } else {
            word(n) && lower.starts_with("run ")
        }
    }) {
        return Some(Action::Command {
            command: (*command).to_owned(),
        });
    }
    if let Some((_, command)) = TOOLS.iter().find(|(n, _)| word(n)) {
        let target = if on_file { "\"$RUTTER_FILE\"" } else { "." };
        return Some(Action::Command {
            command: format!("{command} {target}"),
        });
    }
    if lower.starts_with("format") && on_file {
        let globs = files::globs(bare, quoted, "");
        let formatter = globs.first().and_then(|g| {
            let name = g.rsplit('/').next().unwrap_or(g);
            FORMATTERS.iter().find(|(n, _)| *n == name)
        });
        if let Some((_, formatter)) = formatter {
            return Some(Action::Command {
                command: format!("{formatter} \"$RUTTER_FILE\""),
            });
        }
    }
    prompt(rest, quoted)
}

/// The rest of the sentence as a prompt; `None` where it is too little to be one.
fn prompt(rest: &str, quoted: &[String]) -> Option<Action> {
    let rest = [
        "ask an agent to ",
        "ask the agent to ",
        "have an agent ",
        "let the agent ",
    ]
    .iter()
    .find_map(|start| {
        let head = rest.get(..start.len())?;
        head.eq_ignore_ascii_case(start)
            .then(|| &rest[start.len()..])
    })
    .unwrap_or(rest);
    let words = rest
        .split_whitespace()
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .count();
    if words < 2 {
        return None;
    }
    let mut text = String::new();
    let mut quoted = quoted.iter();
    for c in rest.chars() {
        match c {
            '`' => text.push_str(&quoted.next().map_or("`".to_owned(), |q| format!("`{q}`"))),
            c => text.push(c),
        }
    }
    Some(Action::Agent {
        prompt: capital(&text),
    })
}

fn builtin(name: &str) -> Action {
    Action::Builtin {
        name: name.to_owned(),
        options: Map::new(),
    }
}
