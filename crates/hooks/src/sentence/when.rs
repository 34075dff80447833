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
        "each time",
        "before",
        "after",
        "once",
        "if",
        "as soon as",
        "by hand",
    ],
    &["on", "upon", "at", "only", "to every", "to each"],
];

/// The event of a sentence in small letters; `None` where it names none.
pub(super) fn when(words: &str) -> Option<When> {
    if let Some(found) = schedule(words) {
        return Some(found);
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
        let event = words.find("tool").or_else(|| words.find("agent"))?;
        let (at, end) = part(words, event, 4);
        return Some(When {
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
    let (_, first) = found.iter().min_by_key(|(place, _)| *place)?;
    // Two events in one clause: it is not for us to choose.
    let same = |(place, other): &(usize, When)| {
        *place < first.at || *place >= first.end || other.trigger == first.trigger
    };
    found.iter().all(same).then(|| first.clone())
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
    let verb = [" run ", " ask ", " execute ", " please "]
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

/// A time: "every Monday at 9:30", "each day at 6pm", "hourly", "weekly".
fn schedule(words: &str) -> Option<When> {
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
    let (at, mut end, field, hourly) = found?;
    let (mut hour, mut minute) = if words[at..end].contains("night") {
        (2, 0)
    } else {
        (9, 0)
    };
    if let Some(i) = words[end..].find(" at ")
        && let Some((h, m, length)) = clock(&words[end + i + 4..])
    {
        (hour, minute) = (h, m);
        end += i + 4 + length;
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

/// Hour, minute and length of "9", "9:30", "6pm", "18:00".
fn clock(text: &str) -> Option<(u32, u32, usize)> {
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
