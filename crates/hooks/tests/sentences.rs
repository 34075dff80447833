//! Hooks from sentences as people write them, and what is refused.

#![allow(missing_docs, clippy::unwrap_used)]

use rutter_hooks::{Action, HookFile, Trigger, Trigger::*, from_sentence};

fn made(sentence: &str) -> (Trigger, String, String) {
    let draft = from_sentence(sentence).unwrap_or_else(|q| panic!("{sentence}: {q:?}"));
    let file = HookFile::parse(&draft.path(), &draft.file());
    assert_eq!(file.findings, [], "{sentence}");
    let action = match &draft.action {
        Action::Command { command } => format!("$ {command}"),
        Action::Agent { prompt } => format!("> {prompt}"),
        Action::Builtin { name, .. } => format!("! {name}"),
    };
    (draft.trigger, draft.matcher.unwrap_or_default(), action)
}

#[test]
fn thirty_sentences() {
    let any = "";
    let mut wrong = Vec::new();
    for (sentence, trigger, matcher, action) in [
        (
            "Whenever I save a TypeScript file, run `npx tsc --noEmit`",
            PostFileSave,
            r"(?:^|/)[^/]*\.(?:ts|tsx)$",
            "$ npx tsc --noEmit",
        ),
        (
            "After saving any Python file in src/, run `ruff check`",
            PostFileSave,
            r"^src/(?:.*/)?[^/]*\.py$",
            "$ ruff check",
        ),
        (
            "run prettier on every markdown file when it is saved",
            PostFileSave,
            r"(?:^|/)[^/]*\.(?:md|markdown)$",
            "$ npx prettier --write \"$RUTTER_FILE\"",
        ),
        (
            "When *.sql files change, ask the agent to review the migration",
            PostFileSave,
            r"(?:^|/)[^/]*\.sql$",
            "> Review the migration",
        ),
        (
            "each time a new component is created under src/components/, add a story for it",
            PostFileCreate,
            r"^src/components/.*$",
            "> Add a story for it",
        ),
        (
            "when I delete a file, remove the imports that mention it",
            PostFileDelete,
            any,
            "> Remove the imports that mention it",
        ),
        (
            "if a file gets renamed, update its imports",
            PostFileRename,
            any,
            "> Update its imports",
        ),
        (
            "Before committing, run `cargo fmt --check`",
            PreCommit,
            any,
            "$ cargo fmt --check",
        ),
        (
            "on commit, check the staged files for secrets",
            PreCommit,
            any,
            "! secret-scan",
        ),
        (
            "prior to every push run `cargo test`",
            PrePush,
            any,
            "$ cargo test",
        ),
        (
            "on every commit message, check that it names a ticket",
            CommitMsg,
            any,
            "> Check that it names a ticket",
        ),
        (
            "when the build breaks, explain why it does",
            BuildFailed,
            any,
            "> Explain why it does",
        ),
        (
            "when the build is green again, tidy the changelog",
            BuildPassed,
            any,
            "> Tidy the changelog",
        ),
        (
            "when `npm run build` fails, look for the cause",
            BuildFailed,
            "npm run build",
            "> Look for the cause",
        ),
        (
            "explain the failure when `cargo build` fails",
            BuildFailed,
            "cargo build",
            "> Explain the failure",
        ),
        (
            "every weekday at 8:30 run `npm audit`",
            Schedule,
            "30 8 * * 1-5",
            "$ npm audit",
        ),
        (
            "at 6pm every Friday write a summary of the week",
            Schedule,
            "0 18 * * 5",
            "> Write a summary of the week",
        ),
        (
            "every hour run `make sync`",
            Schedule,
            "0 * * * *",
            "$ make sync",
        ),
        (
            "every 15 minutes run `make poll`",
            Schedule,
            "*/15 * * * *",
            "$ make poll",
        ),
        (
            "run `make report` every 2 hours",
            Schedule,
            "0 */2 * * *",
            "$ make report",
        ),
        (
            "on the first of every month check which dependencies are old",
            Schedule,
            "0 9 1 * *",
            "> Check which dependencies are old",
        ),
        (
            "at noon every day run `make lunch`",
            Schedule,
            "0 12 * * *",
            "$ make lunch",
        ),
        (
            "generate the release notes manually",
            Manual,
            any,
            "> Generate the release notes",
        ),
        (
            "generate release notes on demand",
            Manual,
            any,
            "> Generate release notes",
        ),
        (
            "When a public function's signature changes, update the docs",
            ApiChange,
            any,
            "> Update the docs",
        ),
        (
            "Before the agent runs a shell command, run `./guard.sh`",
            PreToolUse,
            "shell",
            "$ ./guard.sh",
        ),
        (
            "after the agent writes a file, run `make fmt`",
            PostToolUse,
            "write",
            "$ make fmt",
        ),
        (
            "when a task is finished, run `make test`",
            PostTaskExec,
            any,
            "$ make test",
        ),
        (
            "when the session starts, run `git status`",
            SessionStart,
            any,
            "$ git status",
        ),
        (
            "lint *.css and *.scss files on save with stylelint",
            PostFileSave,
            r"(?:(?:^|/)[^/]*\.css$|(?:^|/)[^/]*\.scss$)",
            "$ npx stylelint \"$RUTTER_FILE\"",
        ),
        (
            "Please format Rust files whenever they're saved",
            PostFileSave,
            r"(?:^|/)[^/]*\.rs$",
            "$ rustfmt \"$RUTTER_FILE\"",
        ),
        (
            "when package.json is saved, run `npm install`",
            PostFileSave,
            r"(?:^|/)package\.json$",
            "$ npm install",
        ),
        (
            "once I've edited the README.md, check its links",
            PostFileSave,
            r"(?:^|/)README\.md$",
            "! link-check",
        ),
    ] {
        let expected = (trigger, matcher.to_owned(), action.to_owned());
        let seen = made(sentence);
        if seen != expected {
            wrong.push(format!("{sentence}\n  {seen:?}\n  {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_not_understood_is_refused_with_what_is() {
    for (sentence, text) in [
        (
            "make me a sandwich",
            "When shall this be done? Understood so far: asks an agent “Make me a sandwich”.",
        ),
        (
            "run `make x` when the moon is full",
            "When shall this be done? Understood so far: runs `make x`.",
        ),
        (
            "when a rs file is saved",
            "What shall be done? Understood so far: fires after a file was saved, for files that match `(?:^|/)[^/]*\\.rs$`.",
        ),
        (
            "before a commit",
            "What shall be done? Understood so far: fires before a git commit, with the staged files.",
        ),
        ("", "When shall this be done?"),
        (
            "run eslint when a ts file is saved, except in tests",
            "A sentence can't leave anything out. Understood without “except in tests”: ",
        ),
        (
            "lint on save but not generated files with stylelint",
            "A sentence can't leave anything out. What shall be done?",
        ),
        (
            "don't let me push unless the tests pass",
            "When shall this be done? Understood so far: asks an agent “Don\'t let me push unless the tests pass”.",
        ),
        (
            "when a file is saved or before a commit run `x`",
            "One hook waits for one event, and this names several",
        ),
    ] {
        let question = from_sentence(sentence).unwrap_err();
        assert!(question.text.starts_with(text), "{sentence}: {question:?}");
        assert!(!question.choices.is_empty(), "{sentence}");
    }
    // What can be chosen is a whole sentence.
    let question =
        from_sentence("run eslint when a ts file is saved, except in tests").unwrap_err();
    assert_eq!(made(&question.choices[0].1).0, PostFileSave);
    let question = from_sentence("when a file is saved or before a commit run `x`").unwrap_err();
    let each: Vec<Trigger> = question.choices.iter().map(|(_, s)| made(s).0).collect();
    assert_eq!(each, [PostFileSave, PreCommit]);
}
