//! A hook from a sentence: "run eslint whenever a ts file is saved".
//!
//! By rules, in English. Where a sentence leaves open what is meant, it asks instead of guessing.

mod act;
mod ask;
mod files;
mod when;

use crate::glob;
use crate::hook::Action;
use crate::write::Draft;
use when::{Unclear, When};

/// What a sentence leaves open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The question.
    pub text: String,
    /// What can be answered: what is shown, and the sentence it means.
    pub choices: Vec<(String, String)>,
}

/// The hook that a sentence describes, or what must be known first. What is not understood is never passed over.
pub fn from_sentence(sentence: &str) -> Result<Draft, Question> {
    let sentence = sentence.trim().trim_end_matches(['.', '!']);
    let (bare, quoted) = quotes(sentence);
    let words = bare.to_lowercase();
    let when = when::when(&words).map_err(|why| match why {
        Unclear::None => ask::when(sentence, &bare, &quoted),
        Unclear::Several(triggers, at, end) => {
            ask::which(&bare, &quoted, &triggers, at..end, &words)
        }
    })?;
    let clause = clause(&bare, &words, &when);
    let matcher = match when.trigger.subject() {
        crate::Subject::Path => {
            let globs = files::globs(&bare, &quoted, clause);
            (!globs.is_empty())
                .then(|| glob::to_regex(&globs))
                .filter(|r| !r.is_empty())
        }
        crate::Subject::Schedule => when.schedule.clone(),
        // The command whose end is waited for stands where the sentence says when.
        crate::Subject::Command if clause.contains('`') => {
            let before = bare[..when.at].matches('`').count();
            quoted.get(before).cloned()
        }
        crate::Subject::Command => None,
        crate::Subject::Tool => when.tool.map(str::to_owned),
        crate::Subject::Nothing => None,
    };
    let Some(action) = act::act(&bare, &quoted, &when) else {
        let when_words = &sentence[when_start(sentence, &words, &when)..];
        return Err(ask::what(when_words, when.trigger, matcher.as_deref()));
    };
    let draft = Draft {
        name: name(sentence),
        description: None,
        trigger: when.trigger,
        matcher,
        action,
        timeout: None,
    };
    match ask::left_out(&words) {
        // An agent reads the sentence; a command does not.
        Some(at) if !matches!(draft.action, Action::Agent { .. }) || clause_has(&when, at) => {
            Err(ask::without(sentence, at, &bare))
        }
        _ => Ok(draft),
    }
}

fn clause_has(when: &When, at: usize) -> bool {
    (when.at..when.end).contains(&at)
}

/// The words that say when. Small letters may have moved their place.
fn clause<'a>(bare: &'a str, words: &str, when: &When) -> &'a str {
    let whole = bare.len() == words.len();
    bare.get(when.at..when.end).filter(|_| whole).unwrap_or("")
}

/// Where the words that say when begin, in the sentence itself.
fn when_start(sentence: &str, words: &str, when: &when::When) -> usize {
    // Small letters and quotes taken out may have moved the place.
    let at = words.get(..when.at).map_or(0, str::len);
    let tail = words.get(at..).unwrap_or_default();
    sentence
        .to_lowercase()
        .rfind(tail)
        .filter(|i| sentence.is_char_boundary(*i))
        .unwrap_or(0)
}

/// The sentence without what stands between backticks, and that.
fn quotes(sentence: &str) -> (String, Vec<String>) {
    let mut bare = String::new();
    let mut quoted = Vec::new();
    let parts: Vec<&str> = sentence.split('`').collect();
    for (i, part) in parts.iter().enumerate() {
        // An opening backtick that nothing closes is part of the text.
        if i % 2 == 1 && i + 1 < parts.len() {
            if !part.trim().is_empty() {
                quoted.push(part.trim().to_owned());
            }
            bare.push('`');
        } else {
            bare.push_str(part);
        }
    }
    (bare, quoted)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// The sentence as a name: short, without backticks.
fn name(sentence: &str) -> String {
    let plain = sentence.replace('`', "");
    let mut short = String::new();
    for word in plain.split_whitespace() {
        if !short.is_empty() && short.chars().count() + word.chars().count() > 50 {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.extend(word.chars().take(50));
    }
    capital(&short)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{HookFile, Trigger};

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
    fn sentences_become_hooks() {
        use Trigger::*;
        for (sentence, trigger, matcher, action) in [
            (
                "run eslint whenever a ts file is saved",
                PostFileSave,
                r"(?:^|/)[^/]*\.ts$",
                "$ npx eslint \"$RUTTER_FILE\"",
            ),
            (
                "Run `cargo check` when a Rust file is saved.",
                PostFileSave,
                r"(?:^|/)[^/]*\.rs$",
                "$ cargo check",
            ),
            (
                "on save of src/**/*.py run ruff",
                PostFileSave,
                r"^src/(?:.*/)?[^/]*\.py$",
                "$ ruff check --fix \"$RUTTER_FILE\"",
            ),
            (
                "before each commit, look for secrets",
                PreCommit,
                "",
                "! secret-scan",
            ),
            (
                "check the specs before committing",
                PreCommit,
                "",
                "! spec-check",
            ),
            (
                "run the tests before I push",
                PrePush,
                "",
                "> Run the tests",
            ),
            (
                "every Monday at 9:30 run `cargo audit`",
                Schedule,
                "30 9 * * 1",
                "$ cargo audit",
            ),
            (
                "each day at 6pm summarise what changed",
                Schedule,
                "0 18 * * *",
                "> Summarise what changed",
            ),
            (
                "explain the failure when `cargo build` fails",
                BuildFailed,
                "",
                "> Explain the failure",
            ),
            (
                "update the README when the public API changes",
                ApiChange,
                "",
                "> Update the README",
            ),
            (
                "add a licence header to every new file",
                PostFileCreate,
                "",
                "! licence-header",
            ),
            (
                "when a markdown file is deleted, fix the links that point to it",
                PostFileDelete,
                r"(?:^|/)[^/]*\.(?:md|markdown)$",
                "> Fix the links that point to it",
            ),
            (
                "review my change when I ask for it",
                Manual,
                "",
                "> Review my change",
            ),
            (
                "format go files on save",
                PostFileSave,
                r"(?:^|/)[^/]*\.go$",
                "$ gofmt -w \"$RUTTER_FILE\"",
            ),
        ] {
            let (t, m, a) = made(sentence);
            assert_eq!((t, a.as_str()), (trigger, action), "{sentence}");
            if !matcher.is_empty() {
                assert_eq!(m, matcher, "{sentence}");
            }
        }
    }

    #[test]
    fn what_is_open_is_asked() {
        for sentence in [
            "run eslint",
            "",
            "when a file is saved",
            "after lunch",
            "`cargo test`",
        ] {
            let question = from_sentence(sentence).unwrap_err();
            assert!(
                question.text.contains('?') && question.choices.len() >= 3,
                "{sentence}"
            );
        }
        let question = from_sentence("run `cargo test`").unwrap_err();
        assert_eq!(
            from_sentence(&question.choices[0].1).unwrap().trigger,
            Trigger::PostFileSave
        );
        let question = from_sentence("when a rs file is saved").unwrap_err();
        let draft = from_sentence(&question.choices[1].1).unwrap();
        assert_eq!(draft.matcher.as_deref(), Some(r"(?:^|/)[^/]*\.rs$"));
    }
}
