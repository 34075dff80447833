//! What a prompt of no known class leaves open: what must stay in a small change, and the one or two questions that its
//! verbs raise. Nothing is added where no question fits.

use super::{Line, Plan};
use crate::ground::Ground;
use crate::prompt::{Prompt, Want, lexicon, names};

/// The most lines that are added.
const MOST: usize = 2;

/// A question that a verb raises.
struct Raised {
    verbs: &'static [&'static str],
    /// `{o}` is what the verb acts on, `{?}` the decision.
    line: &'static str,
    ask: &'static str,
    choices: &'static [&'static str],
}

const RAISED: [Raised; 12] = [
    Raised {
        verbs: &["validate", "check", "verify"],
        line: "IF {o} does not pass, THEN THE {app} SHALL {?}",
        ask: "What happens when {o} does not pass?",
        choices: &[
            "refuse it, store nothing and name what is wrong",
            "store it and mark it as unchecked",
        ],
    },
    Raised {
        verbs: &[
            "send", "notify", "email", "remind", "inform", "tell", "alert", "message",
        ],
        line: "IF a message cannot be delivered, THEN THE {app} SHALL {?}",
        ask: "What happens when a message cannot be delivered?",
        choices: &[
            "try again 3 times within 1 hour, then log it",
            "log it and go on",
            "show it to an administrator",
        ],
    },
    Raised {
        verbs: &["delete", "remove", "clear", "purge"],
        line: "WHEN {o} is to be deleted, THE {app} SHALL {?}",
        ask: "What guards against a deletion by mistake?",
        choices: &[
            "ask for confirmation first",
            "keep it restorable for 30 days",
            "delete it at once",
        ],
    },
    Raised {
        verbs: &[
            "sync",
            "synchronize",
            "fetch",
            "call",
            "connect",
            "integrate",
            "pull",
        ],
        line: "IF the other side does not answer within {?}, THEN THE {app} SHALL stop waiting, keep what it has and log the failure",
        ask: "How long is the other side waited for?",
        choices: &["10 seconds", "30 seconds", "2 minutes"],
    },
    Raised {
        verbs: &["import", "upload", "parse", "read", "load"],
        line: "IF a part of {o} cannot be read, THEN THE {app} SHALL {?}",
        ask: "What happens to input that can't be read?",
        choices: &[
            "refuse the whole and name each faulty place",
            "take the rest and list what was left out",
        ],
    },
    Raised {
        verbs: &["calculate", "compute", "convert", "round", "sum", "divide"],
        line: "THE {app} SHALL round the result {?}",
        ask: "How is the result rounded?",
        choices: &[
            "half away from zero to the smallest unit",
            "half to even to the smallest unit",
            "not at all",
        ],
    },
    Raised {
        verbs: &["share", "invite", "publish"],
        line: "THE {app} SHALL make what is shared visible to {?}",
        ask: "Who sees what is shared?",
        choices: &[
            "the people it was shared with",
            "everyone with the link",
            "every signed-in user",
        ],
    },
    Raised {
        verbs: &[
            "show",
            "display",
            "see",
            "view",
            "list",
            "render",
            "highlight",
        ],
        line: "WHILE there is nothing to show, THE {app} SHALL {?}",
        ask: "What is shown while there is nothing to show?",
        choices: &["say so in its place", "leave the place out"],
    },
    Raised {
        verbs: &["switch", "toggle", "customize"],
        line: "THE {app} SHALL remember the choice {?}",
        ask: "Where is the choice remembered?",
        choices: &[
            "with the account",
            "on the device",
            "until the page is closed",
        ],
    },
    Raised {
        verbs: &["generate", "create", "render", "export", "build"],
        line: "IF {o} cannot be made, THEN THE {app} SHALL {?}",
        ask: "What happens when {o} cannot be made?",
        choices: &[
            "say why and leave nothing half done behind",
            "try once more, then say why",
        ],
    },
    Raised {
        verbs: &["rate", "vote", "like", "review", "answer"],
        line: "WHEN the same person does so a second time, THE {app} SHALL {?}",
        ask: "What happens when the same person does it a second time?",
        choices: &[
            "replace the first",
            "refuse the second and say why",
            "keep both",
        ],
    },
    Raised {
        verbs: &[
            "approve",
            "assign",
            "book",
            "cancel",
            "reschedule",
            "claim",
            "submit",
            "join",
        ],
        line: "IF two people act on {o} at the same time, THEN THE {app} SHALL {?}",
        ask: "What happens when two people act on {o} at the same time?",
        choices: &[
            "take the first and tell the second what changed",
            "take the last",
        ],
    },
];

/// Adds the few lines that such a prompt needs.
pub(crate) fn small_guard(prompt: &Prompt, ground: &Ground, app: &str, plan: &mut Plan) {
    if plan.requirements.is_empty() {
        return;
    }
    if plan.small {
        let line = match named_file(prompt, ground)
            .or_else(|| crate::later::told_file(&prompt.kept.join(" "), ground))
        {
            Some(file) => format!("THE {app} SHALL leave everything else in `{file}` as it is"),
            None => format!("THE {app} SHALL behave as before in everything else"),
        };
        plan.requirements[0].lines.push(Line { text: line });
        return;
    }
    if prompt.language != rutter_catalogue::language::Language::English || prompt.wants.len() > 8 {
        return;
    }
    let mut asked: Vec<usize> = Vec::new();
    for want in prompt.wants.iter().filter(|want| {
        !want.not
            && want
                .trigger
                .as_ref()
                .is_none_or(|(kind, _)| *kind == crate::prompt::clause::Trigger::When)
    }) {
        let Some((verb, object)) = act(want) else {
            continue;
        };
        // Only the person's own verb raises a question, not one that the reading put in its place.
        if !rutter_catalogue::words::stems(&want.text)
            .contains(&rutter_catalogue::words::stem(&verb))
        {
            continue;
        }
        let Some(at) = RAISED
            .iter()
            .position(|raised| raised.verbs.contains(&verb.as_str()))
        else {
            continue;
        };
        if asked.len() == MOST || asked.contains(&at) || answered(prompt, &RAISED[at]) {
            continue;
        }
        let raised = &RAISED[at];
        let lists = lexicon::is_plural(&object) || object.contains(" list");
        let doing = object
            .split(' ')
            .next()
            .is_some_and(|first| crate::prompt::tell::ungerund(first).is_some());
        if doing
            || raised.verbs.contains(&"show") && !lists
            || object == "it" && raised.line.contains("{o}")
        {
            continue;
        }
        asked.push(at);
        let fill = |text: &str| text.replace("{o}", &object).replace("{app}", app);
        let choices: Vec<String> = raised.choices.iter().map(|choice| fill(choice)).collect();
        let mark = plan
            .decisions
            .mark(&format!("guard/{at}"), &fill(raised.ask), &choices);
        let text = fill(raised.line).replace("{?}", &mark);
        let last = plan.requirements.len() - 1;
        let home = plan
            .requirements
            .iter()
            .position(|r| r.lines.iter().any(|line| line.text.ends_with(&want.shall)))
            .unwrap_or(last);
        plan.requirements[home].lines.push(Line { text });
    }
    if asked.is_empty() && ground.has_face() {
        who(prompt, app, plan);
    }
}

/// A thing without a verb raises the question whom it is for, or where the choice is kept.
fn who(prompt: &Prompt, app: &str, plan: &mut Plan) {
    let Some(thing) = prompt
        .things
        .thing
        .as_ref()
        .filter(|_| prompt.wants.len() <= 3)
    else {
        return;
    };
    if prompt
        .wants
        .iter()
        .any(|want| want.shall.starts_with("let ") || want.shall.starts_with("require "))
    {
        return;
    }
    let last = thing.rsplit(' ').next().unwrap_or(thing).to_lowercase();
    if ["mode", "theme", "language", "layout", "view", "font"].contains(&last.as_str()) {
        let mark = plan.decisions.mark(
            "guard/kept",
            &format!("Where is the choice of the {thing} remembered?"),
            &[
                "with the account",
                "on the device",
                "until the page is closed",
            ]
            .map(str::to_owned),
        );
        plan.requirements[0].lines.push(Line {
            text: format!(
                "WHEN a person chooses the {thing}, THE {app} SHALL remember that choice {mark}"
            ),
        });
    } else if prompt.things.actor.is_none()
        && [
            "page",
            "button",
            "dashboard",
            "feature",
            "panel",
            "menu",
            "report",
            "banner",
            "widget",
            "chat",
            "form",
            "section",
            "wizard",
            "calendar",
            "map",
        ]
        .contains(&last.as_str())
    {
        let mark = plan.decisions.mark(
            "guard/who",
            &format!("Who sees the {thing}?"),
            &[
                "everyone who uses the software",
                "every signed-in user",
                "administrators only",
            ]
            .map(str::to_owned),
        );
        plan.requirements[0].lines.push(Line {
            text: format!("THE {app} SHALL show the {thing} to {mark}"),
        });
    }
}

/// The verb of a wish and what it acts on, with an article.
fn act(want: &Want) -> Option<(String, String)> {
    // "a command that shows the budget" shows the budget.
    let inner = want
        .shall
        .strip_prefix("provide ")
        .and_then(|rest| {
            rest.split_once(" that ")
                .or_else(|| rest.split_once(" to "))
        })
        .map(|(_, clause)| clause)
        .filter(|clause| {
            let first = clause.split(' ').next().unwrap_or_default();
            lexicon::may_be_verb(&lexicon::base(first))
        });
    let told = inner.map(|clause| {
        clause.split_once(' ').map_or_else(
            || lexicon::base(clause),
            |(first, rest)| format!("{} {rest}", lexicon::base(first)),
        )
    });
    let shall = told.as_deref().unwrap_or(&want.shall);
    let words: Vec<&str> = shall.split(' ').collect();
    let start = if words.first() == Some(&"let") {
        words
            .iter()
            .take(6)
            .skip(1)
            .position(|word| lexicon::may_be_verb(word) && !lexicon::is_plural(word))
            .map(|at| at + 1)?
    } else {
        0
    };
    let verb = words.get(start)?.trim_end_matches(',').to_lowercase();
    // "book, reschedule and cancel appointments" acts on appointments.
    let rest = words[start + 1..]
        .iter()
        .skip_while(|word| {
            matches!(**word, "and" | "or") || lexicon::may_be_verb(word.trim_end_matches(','))
        })
        .copied()
        .collect::<Vec<_>>()
        .join(" ");
    let object = crate::prompt::verbs::cut_at(
        &rest,
        &[
            " for ",
            " to ",
            " by ",
            " with ",
            " before ",
            " after ",
            " when ",
            " as ",
            " in ",
            " on ",
            " from ",
            ", ",
            " and ",
            " that ",
            " who ",
            " every ",
            " at ",
            " into ",
            " (",
            " via ",
            " instead ",
            " without ",
            " within ",
        ],
    );
    let object = object.trim();
    let short = !object.is_empty()
        && object.split(' ').count() <= 5
        && object.chars().any(char::is_alphabetic);
    let first = object.split(' ').next().unwrap_or_default().to_lowercase();
    let idle = [
        "who", "what", "how", "whether", "it", "them", "that", "by", "up", "out",
    ]
    .contains(&first.as_str());
    Some((
        verb,
        if short && !idle {
            object.to_owned()
        } else {
            "it".to_owned()
        },
    ))
}

/// Whether the prompt itself says what the question asks.
fn answered(prompt: &Prompt, raised: &Raised) -> bool {
    let text = prompt.kept.join(" ").to_lowercase();
    let cues: &[&str] = match raised.verbs[0] {
        "validate" => &["invalid", "reject", "refuse", "error"],
        "send" => &["cannot be delivered", "retry", "fails", "bounce"],
        "delete" => &["confirm", "undo", "restore", "trash", "soft"],
        "sync" => &["timeout", "offline", "fails"],
        "import" => &["invalid", "error", "skip", "reject"],
        "calculate" => &["round"],
        "store" => &["days", "months", "years", "forever", "until"],
        "share" => &["link", "only", "everyone", "team"],
        "show" => &["empty", "nothing", "no results"],
        "switch" => &["remember", "persist", "stored", "saved"],
        "generate" => &["fail", "cannot"],
        "rate" => &["only once", "twice", "again", "second"],
        _ => &["same time", "conflict", "first come", "concurrent"],
    };
    cues.iter().any(|cue| text.contains(cue))
}

/// The file of the project that the prompt names, by path, by name or by a symbol in it.
fn named_file(prompt: &Prompt, ground: &Ground) -> Option<String> {
    let named = names::identifiers(&prompt.kept.join(" "));
    for name in &named {
        let bare = name.trim_start_matches("./");
        if let Some(path) = ground
            .files
            .iter()
            .find(|path| *path == bare || path.ends_with(&format!("/{bare}")))
        {
            return Some(path.clone());
        }
    }
    ground
        .find(&named)
        .into_iter()
        .find(|hit| hit.exact)
        .map(|hit| hit.path)
}
