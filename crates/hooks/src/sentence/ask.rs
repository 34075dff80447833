//! What is asked where a sentence leaves something open, with what was understood of it.

use std::ops::Range;

use super::when::When;
use super::{Question, act, capital, files, from_sentence};
use crate::hook::Action;
use crate::trigger::Trigger;

/// Words that take something out of what is said.
const BUT: [&str; 9] = [
    "except",
    "unless",
    "but not",
    "but only",
    "excluding",
    "other than",
    "apart from",
    "only if",
    "ignoring",
];

/// When a sentence does not say.
pub(super) fn when(sentence: &str, bare: &str, quoted: &[String]) -> Question {
    let nowhere = When {
        trigger: Trigger::Manual,
        at: bare.len(),
        end: bare.len(),
        schedule: None,
        tool: None,
    };
    let understood = act::act(bare, quoted, &nowhere).map(|action| does(&action));
    Question {
        text: so_far("When shall this be done?", understood),
        choices: [
            "when a file is saved",
            "before a commit",
            "when a build fails",
            "every Monday at 9:00",
            "only by hand",
        ]
        .map(|when| (capital(when), format!("{sentence} {when}")))
        .to_vec(),
    }
}

/// What a sentence does not say; `when` are its words that say when.
pub(super) fn what(when: &str, trigger: Trigger, matcher: Option<&str>) -> Question {
    Question {
        text: so_far("What shall be done?", Some(fires(trigger, matcher))),
        choices: [
            ("Run the tests", "run the tests"),
            ("Format the file", "format the file"),
            ("Ask an agent to review the change", "review the change"),
        ]
        .map(|(label, what)| (label.to_owned(), format!("{what} {}", when.trim())))
        .to_vec(),
    }
}

/// Which of several events in one clause.
pub(super) fn which(
    bare: &str,
    quoted: &[String],
    triggers: &[Trigger],
    clause: Range<usize>,
    words: &str,
) -> Question {
    let whole = bare.len() == words.len();
    let rest = match (bare.get(..clause.start), bare.get(clause.end..)) {
        (Some(before), Some(behind)) if whole => format!("{before} {behind}"),
        _ => bare.to_owned(),
    };
    let mut quoted = quoted.iter();
    let rest: String = rest
        .trim_matches([' ', ','])
        .chars()
        .map(|c| match c {
            '`' => quoted.next().map_or("`".to_owned(), |q| format!("`{q}`")),
            c => c.to_string(),
        })
        .collect();
    let globs = files::globs(bare, &[], bare.get(clause).unwrap_or("")).join(" or ");
    let choice = |trigger: &Trigger| {
        let when = phrase(*trigger);
        let when = match trigger.is_file() && !globs.is_empty() {
            true => when.replace("a file", &globs),
            false => when.to_owned(),
        };
        (capital(&when), format!("{rest} {when}"))
    };
    let named: Vec<&str> = triggers.iter().map(|t| t.as_str()).collect();
    Question {
        text: format!(
            "One hook waits for one event, and this names several: {}. Which shall it be?",
            named.join(", ")
        ),
        choices: triggers.iter().map(choice).collect(),
    }
}

/// Where the words stand that leave something out.
pub(super) fn left_out(words: &str) -> Option<usize> {
    BUT.iter()
        .flat_map(|but| words.match_indices(but))
        .filter(|(at, but)| {
            let around = |c: char| c.is_alphanumeric();
            !words[..*at].ends_with(around) && !words[at + but.len()..].starts_with(around)
        })
        .map(|(at, _)| at)
        .min()
}

/// A sentence leaves something out, which no rule here can do.
pub(super) fn without(sentence: &str, at: usize, bare: &str) -> Question {
    // Between backticks nothing was looked at, so the words are found from where they stand in the bare sentence.
    let but: String = bare
        .get(at..)
        .unwrap_or_default()
        .split(',')
        .next()
        .unwrap_or_default()
        .into();
    let rest = sentence
        .replacen(&but, "", 1)
        .trim_matches([' ', ','])
        .to_owned();
    let but = but.trim();
    const CAN_NOT: &str = "A sentence can't leave anything out.";
    match from_sentence(&rest) {
        Ok(draft) => Question {
            text: format!(
                "{CAN_NOT} Understood without “{but}”: {}, and {}. Shall it be made so?",
                fires(draft.trigger, draft.matcher.as_deref()),
                does(&draft.action)
            ),
            choices: vec![("Make it without that".to_owned(), rest)],
        },
        Err(inner) => Question {
            text: format!("{CAN_NOT} {}", inner.text),
            choices: inner.choices,
        },
    }
}

fn so_far(question: &str, understood: Option<String>) -> String {
    match understood {
        Some(understood) => format!("{question} Understood so far: {understood}."),
        None => question.to_owned(),
    }
}

fn does(action: &Action) -> String {
    match action {
        Action::Command { command } => format!("runs `{command}`"),
        Action::Agent { prompt } => format!("asks an agent “{prompt}”"),
        Action::Builtin { name, .. } => format!("does the built-in `{name}`"),
    }
}

fn fires(trigger: Trigger, matcher: Option<&str>) -> String {
    let explained = trigger.explain().trim_end_matches('.');
    let mut text = format!("f{}", &explained[1..]);
    match (matcher, trigger) {
        (None, _) => {}
        (Some(fields), Trigger::Schedule) => text = format!("fires at `{fields}`"),
        (Some(matcher), trigger) => {
            let of = match trigger.subject() {
                crate::Subject::Path => "files",
                crate::Subject::Tool => "tools",
                _ => "commands",
            };
            text.push_str(&format!(", for {of} that match `{matcher}`"));
        }
    }
    text
}

/// How a sentence says an event.
fn phrase(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::PostFileSave => "when a file is saved",
        Trigger::PostFileCreate => "when a file is created",
        Trigger::PostFileDelete => "when a file is deleted",
        Trigger::PostFileRename => "when a file is renamed",
        Trigger::PreCommit => "before a commit",
        Trigger::CommitMsg => "on every commit message",
        Trigger::PrePush => "before a push",
        Trigger::ApiChange => "when the public api changes",
        Trigger::BuildFailed => "when a build fails",
        Trigger::BuildPassed => "when a build passes",
        Trigger::PreToolUse => "before the agent uses a tool",
        Trigger::PostToolUse => "after the agent used a tool",
        Trigger::PreTaskExec => "before a task",
        Trigger::PostTaskExec => "after a task",
        Trigger::UserPromptSubmit => "when a prompt is submitted",
        Trigger::SessionStart => "at the session start",
        Trigger::SessionEnd => "at the session end",
        Trigger::Stop => "when the agent stops",
        Trigger::Schedule => "every Monday at 9:00",
        Trigger::Manual => "only by hand",
    }
}
