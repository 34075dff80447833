//! Which event a sentence means.

use crate::trigger::Trigger;

/// The event, and where in the sentence its words begin and end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub trigger: Trigger,
    pub at: usize,
    pub end: usize,
    /// Five cron fields.
    pub schedule: Option<String>,
    /// The tools.
    pub tool: Option<&'static str>,
}

/// Words of an event, any of them; the earlier line counts first.
static EVENTS: &[(Trigger, &[&str])] = &[
    (Trigger::CommitMsg, &["commit message"]),
    (Trigger::PrePush, &["push"]),
    (Trigger::PreCommit, &["commit"]),
    (
        Trigger::ApiChange,
        &[
            "api change",
            "api is changed",
            "public api",
            "signature",
            "exported",
        ],
    ),
    (
        Trigger::BuildPassed,
        &[
            "build pass",
            "build succeed",
            "build is green",
            "build works",
        ],
    ),
    (
        Trigger::BuildFailed,
        &[
            "build fail",
            "build break",
            "build is broken",
            "failed build",
            "` fails",
            "compilation fails",
        ],
    ),
    (
        Trigger::PreTaskExec,
        &[
            "before a task",
            "before each task",
            "before every task",
            "task start",
        ],
    ),
    (
        Trigger::PostTaskExec,
        &[
            "after a task",
            "after each task",
            "after every task",
            "task is done",
            "task end",
            "task is finished",
        ],
    ),
    (
        Trigger::UserPromptSubmit,
        &[
            "prompt is sent",
            "prompt is submitted",
            "i send a prompt",
            "submit a prompt",
        ],
    ),
    (
        Trigger::SessionStart,
        &[
            "session start",
            "start of a session",
            "start of each session",
        ],
    ),
    (
        Trigger::SessionEnd,
        &["session end", "end of a session", "end of each session"],
    ),
    (
        Trigger::Stop,
        &[
            "agent stops",
            "agent finish",
            "agent is done",
            "agent has finished",
        ],
    ),
    (Trigger::PostFileRename, &["rename", "moved"]),
    (Trigger::PostFileDelete, &["delete", "removed"]),
    (
        Trigger::PostFileCreate,
        &["created", "new file", "creation", "is added", "are added"],
    ),
    (
        Trigger::PostFileSave,
        &[
            "save",
            "saving",
            "file changes",
            "files change",
            "file is changed",
            "edited",
            "modified",
        ],
    ),
    (
        Trigger::Manual,
        &[
            "by hand",
            "manual",
            "on demand",
            "when i ask",
            "when i say so",
        ],
    ),
];

/// Words that begin the part that says when; the weaker ones count where none of the others stands.
static STARTS: [&[&str]; 2] = [
    &[
        "whenever",
        "when",
        "every time",
        "any time",
        "each time",
        "before",
        "prior to",
        "after",
        "once",
        "if",
        "as soon as",
        "by hand",
        "manually",
    ],
    &["on", "upon", "at", "only", "to every", "to each"],
];

/// Why a sentence says no event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Unclear {
    /// It names none.
    None,
    /// One clause names several: which, and where the clause is.
    Several(Vec<Trigger>, usize, usize),
}

/// The event of a sentence in small letters.
pub(super) fn when(words: &str) -> Result<When, Unclear> {
    if let Some(found) = schedule(words) {
        return Ok(found);
    }
    if words.contains("tool") || words.contains("agent writes") || words.contains("agent runs") {
        let trigger = if words.contains("before") {
            Trigger::PreToolUse
        } else {
            Trigger::PostToolUse
        };
        let tool = [
            ("writ", "write"),
            ("read", "read"),
            ("shell", "shell"),
            ("command", "shell"),
            ("runs", "shell"),
            ("web", "web"),
        ]
        .iter()
        .find(|(word, _)| words.contains(word))
        .map(|(_, tool)| *tool);
        let event = words.find("tool").or_else(|| words.find("agent"));
        let (at, end) = part(words, event.unwrap_or(0), 4);
        return Ok(When {
            trigger,
            at,
            end,
            schedule: None,
            tool,
        });
    }
    let mut found: Vec<(usize, When)> = Vec::new();
    for (trigger, names) in EVENTS {
        for name in *names {
            for (place, _) in words
                .match_indices(name)
                .filter(|(i, _)| boundary(words, *i))
            {
                let (at, end) = part(words, place, name.len());
                // Without a word such as "when" before it, it belongs to what is done.
                if at < end && found.iter().all(|(p, _)| *p != place) {
                    let (schedule, tool) = (None, None);
                    let trigger = *trigger;
                    found.push((
                        place,
                        When {
                            trigger,
                            at,
                            end,
                            schedule,
                            tool,
                        },
                    ));
                }
            }
        }
    }
    found.sort_by_key(|(place, _)| *place);
    let Some((_, first)) = found.first() else {
        return Err(Unclear::None);
    };
    // Several events in one clause: it is not for us to choose.
    let mut triggers = vec![first.trigger];
    for (place, other) in &found {
        if (first.at..first.end).contains(place) && !triggers.contains(&other.trigger) {
            triggers.push(other.trigger);
        }
    }
    match triggers.len() {
        1 => Ok(first.clone()),
        _ => Err(Unclear::Several(triggers, first.at, first.end)),
    }
}

fn boundary(words: &str, at: usize) -> bool {
    !words[..at].ends_with(|c: char| c.is_alphanumeric())
}

/// The clause around the words of an event: from the word that begins it to a comma or the end. Empty where none begins it.
fn part(words: &str, event: usize, length: usize) -> (usize, usize) {
    let head = &words[..event];
    let last = |starts: &&[&str]| {
        starts
            .iter()
            .filter_map(|word| {
                head.rmatch_indices(word).map(|(i, _)| i).find(|i| {
                    boundary(words, *i) && words[i + word.len()..].starts_with([' ', ','])
                })
            })
            .max()
    };
    let own = STARTS
        .iter()
        .any(|starts| starts.iter().any(|word| words[event..].starts_with(word)));
    let start = if own {
        Some(event)
    } else {
        STARTS.iter().find_map(last)
    };
    let Some(start) = start else {
        return (event, event);
    };
    let after = words[event..]
        .find(',')
        .map_or(words.len(), |i| event + i + 1);
    // "on save of *.py run ruff": the action follows without a comma.
    let verb = [
        " run ",
        " ask ",
        " execute ",
        " please ",
        " with ",
        " using ",
    ]
    .iter()
    .filter_map(|verb| {
        words[event + length..]
            .find(verb)
            .map(|i| event + length + i + 1)
    })
    .min()
    .unwrap_or(words.len());
    (start, after.min(verb))
}

/// "every 15 minutes", "every 2 hours", "on the first of every month", "monthly".
fn interval(words: &str) -> Option<When> {
    let found = |at: usize, end: usize, fields: String| {
        Some(When {
            trigger: Trigger::Schedule,
            at,
            end,
            schedule: Some(fields),
            tool: None,
        })
    };
    for (at, every) in words.match_indices("every ") {
        let rest = &words[at + every.len()..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let Ok(number) = rest[..digits].parse::<u32>() else {
            continue;
        };
        let unit = rest[digits..].trim_start();
        let end = words.len() - unit.len();
        // Only what divides the hour or the day comes at even distances.
        if boundary(words, at) && unit.starts_with("minute") && number > 0 && 60 % number == 0 {
            let end = end + "minute".len() + usize::from(unit.starts_with("minutes"));
            return found(at, end, format!("*/{number} * * * *"));
        }
        if boundary(words, at) && unit.starts_with("hour") && number > 0 && 24 % number == 0 {
            let end = end + "hour".len() + usize::from(unit.starts_with("hours"));
            return found(at, end, format!("0 */{number} * * *"));
        }
    }
    for phrase in [
        "on the first day of every month",
        "on the first day of each month",
        "on the first of every month",
        "on the first of each month",
        "on the first of the month",
        "every month",
        "each month",
        "monthly",
    ] {
        if let Some(at) = words.find(phrase).filter(|at| boundary(words, *at)) {
            let (hour, minute, end) =
                time_after(words, at + phrase.len()).unwrap_or((9, 0, at + phrase.len()));
            return found(at, end, format!("{minute} {hour} 1 * *"));
        }
    }
    None
}

/// The time that follows a day: " at 9:30"; hour, minute and where it ends.
fn time_after(words: &str, end: usize) -> Option<(u32, u32, usize)> {
    let at = words[end..].find(" at ").map(|i| end + i + 4)?;
    let (hour, minute, length) = clock(&words[at..])?;
    Some((hour, minute, at + length))
}

/// The time that stands before a day: "at 6pm every Friday"; hour, minute and where it begins.
fn time_before(words: &str, day: usize) -> Option<(u32, u32, usize)> {
    let head = words[..day].trim_end();
    let at = head.rfind("at ").filter(|at| boundary(words, *at))?;
    let (hour, minute, length) = clock(&head[at + 3..])?;
    (at + 3 + length == head.len()).then_some((hour, minute, at))
}

/// A time: "every Monday at 9:30", "each day at 6pm", "hourly", "weekly".
fn schedule(words: &str) -> Option<When> {
    if let Some(found) = interval(words) {
        return Some(found);
    }
    const DAYS: [(&str, &str); 9] = [
        ("sunday", "0"),
        ("monday", "1"),
        ("tuesday", "2"),
        ("wednesday", "3"),
        ("thursday", "4"),
        ("friday", "5"),
        ("saturday", "6"),
        ("weekday", "1-5"),
        ("working day", "1-5"),
    ];
    let mut found: Option<(usize, usize, &str, bool)> = None;
    for every in ["every ", "each ", "on "] {
        for (at, _) in words.match_indices(every) {
            if !boundary(words, at) {
                continue;
            }
            let rest = &words[at + every.len()..];
            if let Some((day, field)) = DAYS.iter().find(|(d, _)| rest.starts_with(d)) {
                let plural = usize::from(rest[day.len()..].starts_with('s'));
                found = Some((at, at + every.len() + day.len() + plural, field, false));
            } else if every != "on " {
                for (unit, field, hourly) in [
                    ("day", "*", false),
                    ("morning", "*", false),
                    ("night", "*", false),
                    ("hour", "*", true),
                    ("week", "1", false),
                ] {
                    if rest.starts_with(unit) {
                        found = found.or(Some((at, at + every.len() + unit.len(), field, hourly)));
                    }
                }
            }
        }
    }
    for (word, field, hourly) in [
        ("hourly", "*", true),
        ("daily", "*", false),
        ("nightly", "*", false),
        ("weekly", "1", false),
    ] {
        if let Some(at) = words.find(word).filter(|at| boundary(words, *at)) {
            found = found.or(Some((at, at + word.len(), field, hourly)));
        }
    }
    let (mut at, mut end, field, hourly) = found?;
    let (mut hour, mut minute) = if words[at..end].contains("night") {
        (2, 0)
    } else {
        (9, 0)
    };
    if let Some((h, m, to)) = time_after(words, end) {
        (hour, minute, end) = (h, m, to);
    } else if let Some((h, m, from)) = time_before(words, at) {
        (hour, minute, at) = (h, m, from);
    }
    let fields = if hourly {
        "0 * * * *".to_owned()
    } else {
        format!("{minute} {hour} * * {field}")
    };
    let rest = &words[end..];
    let end = if rest.starts_with(',') { end + 1 } else { end };
    Some(When {
        trigger: Trigger::Schedule,
        at,
        end,
        schedule: Some(fields),
        tool: None,
    })
}

/// Hour, minute and length of "9", "9:30", "6pm", "18:00", "noon".
fn clock(text: &str) -> Option<(u32, u32, usize)> {
    for (word, hour) in [("noon", 12), ("midnight", 0)] {
        if text.starts_with(word) {
            return Some((hour, 0, word.len()));
        }
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut hour: u32 = text[..digits].parse().ok()?;
    let mut length = digits;
    let mut minute = 0;
    if let Some(rest) = text[length..].strip_prefix(':') {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        minute = rest[..digits].parse().ok()?;
        length += 1 + digits;
    }
    let rest = text[length..].trim_start();
    let space = text[length..].len() - rest.len();
    if rest.starts_with("pm") || rest.starts_with("am") {
        if rest.starts_with("pm") && hour < 12 {
            hour += 12;
        } else if rest.starts_with("am") && hour == 12 {
            hour = 0;
        }
        length += space + 2;
    }
    (hour < 24 && minute < 60).then_some((hour, minute, length))
}
