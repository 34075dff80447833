//! An English sentence read for its wishes.

use super::exclude::Reading;
use super::{
    Prompt, Want, clause, complaint, exclude, lexicon, person, ready, respell, say, split, told,
};
use rutter_catalogue::language::Language;

/// A wish for a polite order: "Can you add a page?"
const POLITE: [&str; 12] = [
    "could we get ",
    "can we please ",
    "could we please ",
    "can you ",
    "could you ",
    "would you ",
    "can we add ",
    "can we get ",
    "can we have ",
    "could we add ",
    "could we have ",
    "please ",
];

/// Reads a sentence into the prompt.
pub(super) fn read(sentence: &split::Sentence, who: &mut Option<String>, out: &mut Prompt) {
    let sentence = &split::Sentence {
        text: super::openers::without_greeting(&sentence.text).to_owned(),
        ..sentence.clone()
    };
    let lower = sentence.text.to_lowercase();
    if sentence.question && !POLITE.iter().any(|cue| lower.starts_with(cue)) {
        // "Could that be easier?" is no question of yes or no.
        let vague = [
            "more ", "easier", "better", "nicer", "faster", "simpler", "quicker", "less ",
        ]
        .iter()
        .any(|cue| lower.contains(cue))
            && ["could ", "can ", "would "]
                .iter()
                .any(|cue| lower.contains(cue));
        out.questions.push(if vague {
            complaint::question(&super::restate::subject(&sentence.text))
        } else {
            format!("{}?", sentence.text)
        });
        return;
    }
    if let Some(found) = respell::of(&sentence.text) {
        out.wants.push(Want {
            text: sentence.text.clone(),
            trigger: None,
            shall: found.shall(),
            not: false,
            fragment: false,
            goes_on: false,
            heading: sentence.heading.clone(),
        });
        return;
    }
    // Who greets says something behind it; who tells of today may end with a wish.
    let told_today = told::opens(&lower);
    if told_today && !told::wishes(&lower) {
        out.background.push(sentence.text.clone());
        return;
    }
    if let Some(found) = complaint::of(&sentence.text).filter(|_| out.language == Language::English)
    {
        let asked = match found {
            complaint::Complaint::About(what) => complaint::question(&what),
            complaint::Complaint::Same if !out.questions.is_empty() || !out.wants.is_empty() => {
                return;
            }
            complaint::Complaint::Same => complaint::question("it"),
        };
        out.questions.push(asked);
        return;
    }
    let mut text = sentence.text.clone();
    for cue in [
        "can we add ",
        "can we get ",
        "can we have ",
        "could we add ",
        "could we have ",
        "could we get ",
        "can we please have ",
        "could we please have ",
        "can we please add ",
    ] {
        if lower.starts_with(cue) {
            text = format!("add {}", &text[cue.len()..]);
        }
    }
    if let Some((person, rest)) = story(&text) {
        *who = Some(person);
        out.as_story = true;
        text = rest;
    }
    text = ready::sentence(&without_reason(
        &ready::without_joints(&text),
        &mut out.reason,
    ));
    let mut before: Option<String> = None;
    let mut pending = clause::clauses(&text);
    pending.retain(|clause| clause.main.chars().any(char::is_alphanumeric));
    let mut last_was_ban = false;
    let mut tells = false;
    let told_before = out.told_when.take();
    let limit =
        super::remedy::time_limit(&lower).map(|limit| limit.replace("faster than", "below"));
    if let Some((what, limit)) = out.slow.clone().zip(limit) {
        out.wants.push(Want {
            text: sentence.text.clone(),
            trigger: None,
            shall: format!("keep the time that {what} takes {limit}"),
            not: false,
            fragment: false,
            goes_on: false,
            heading: sentence.heading.clone(),
        });
        return;
    }
    let refers = [
        "show an error",
        "show a message",
        "show a warning",
        "it should",
        "it must",
        "it has to",
        "it needs to",
        "instead",
    ]
    .iter()
    .any(|cue| lower.starts_with(cue))
        || lower.ends_with(" instead");
    let labelled = is_defect(&lower);
    for clause::Clause {
        trigger,
        main,
        goes_on,
    } in pending
    {
        let bare = say::without_fillers(&main);
        let lower_main = bare.to_lowercase();
        tells = !out.as_story
            && (told::of(&bare).is_some()
                || !told::wishes(&lower_main)
                    && !clause::starts_with_verb(&bare, false)
                    && (told_today || labelled)
                || tells && goes_on && !told::wishes(&lower_main) && bare.split(' ').count() <= 6);
        if tells {
            out.told_when = trigger
                .clone()
                .or_else(|| fails(&bare))
                .or(out.told_when.take());
            if let Some(what) = super::remedy::slow(&bare) {
                out.slow = Some(what);
            }
            if out.background.last() != Some(&sentence.text) {
                out.background.push(sentence.text.clone());
            }
            continue;
        }
        // "It crashes when the file is empty. It should say so" speaks of the same case.
        let trigger = trigger.or_else(|| told_before.clone().filter(|_| refers));
        if goes_on && trigger.is_none() && completes(&bare, last_was_ban, out) {
            continue;
        }
        let (text, not, keep) = match exclude::read(&bare, Language::English) {
            Reading::Out(found) => {
                last_was_ban = true;
                out.exclusions.extend(found);
                continue;
            }
            Reading::Ban(rest) => (rest, true, false),
            Reading::Keep(rest) => (rest, false, true),
            Reading::Wish(rest, found) => {
                out.exclusions.extend(found);
                (rest, false, false)
            }
        };
        last_was_ban = last_was_ban && goes_on;
        let mut said = if keep {
            say::Said {
                shall: format!("leave {} as it is", say::lower_first(&text)),
                not: false,
                who: None,
                fragment: false,
            }
        } else if not {
            say::Said {
                shall: say::lower_first(&text),
                not: true,
                who: None,
                fragment: false,
            }
        } else {
            say::say(&text, before.as_deref().filter(|_| goes_on))
        };
        if said.shall.starts_with("let ") && !said.not {
            before = said.shall[4..]
                .split(' ')
                .next()
                .map(str::to_owned)
                .filter(|first| lexicon::is_person(first) && lexicon::is_plural(first));
        } else if !said.fragment {
            before = None;
        }
        // "They" are the people that were spoken of before.
        if let Some(rest) = said.shall.strip_prefix("let them ")
            && let Some(people) = &out.people
        {
            said.shall = format!("let {people} {rest}");
        }
        if let Some(people) = said
            .shall
            .strip_prefix("let ")
            .and_then(|rest| rest.split(' ').next())
            .filter(|first| lexicon::is_person(first) && lexicon::is_plural(first))
        {
            out.people = Some(people.to_owned());
        }
        // Behind a condition stands an order: "if it fails, alert ops".
        if said.fragment && trigger.is_some() && is_short_order(&text) {
            said = say::Said {
                shall: say::lower_first(&text),
                fragment: false,
                ..said
            };
        }
        if who.is_none() {
            who.clone_from(&said.who);
        }
        if let Some(person) = who.as_ref().filter(|person| *person != "user")
            && let Some(rest) = said.shall.strip_prefix("let users ")
        {
            said.shall = format!("let {} {rest}", lexicon::plural(person));
        }
        out.wants.push(Want {
            text: main,
            trigger: trigger.map(|(kind, condition)| (kind, person::third(&condition))),
            shall: person::third(&said.shall),
            not: not || said.not,
            fragment: said.fragment,
            goes_on,
            heading: sentence.heading.clone(),
        });
    }
}

/// "Notes above 25 MB fail silently on upload" as the condition under which they do.
fn fails(clause: &str) -> Option<(clause::Trigger, String)> {
    let front = clause.split(", ").next().unwrap_or(clause);
    [" fail ", " fails "]
        .iter()
        .any(|cue| front.contains(cue))
        .then(|| {
            let said = person::third(&say::lower_first(&front.replace(" silently", "")));
            (clause::Trigger::If, said)
        })
}

/// "Alert ops": a word that may be a verb, and what it is done to.
fn is_short_order(text: &str) -> bool {
    let words: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
    words.len() >= 2
        && lexicon::may_be_verb(&words[0])
        && !lexicon::is_feature_noun(words[1].trim_matches(','))
        && super::tell::main_verb(&words.iter().map(String::as_str).collect::<Vec<_>>()).is_none()
}

/// "Bug: reminders are sent twice" tells; "Bug: fix the header" orders.
fn is_defect(lower: &str) -> bool {
    [
        "bug: ",
        "[bug] ",
        "fix: ",
        "bugfix: ",
        "issue: ",
        "problem: ",
        "defect: ",
        "bug - ",
    ]
    .iter()
    .any(|label| lower.starts_with(label))
}

/// Puts "not during lunch" and "for every depot" behind the wish that they complete; whether it was one of these.
fn completes(clause: &str, last_was_ban: bool, out: &mut Prompt) -> bool {
    let Some(last) = out.wants.last_mut().filter(|_| !last_was_ban) else {
        return false;
    };
    if last.fragment || last.shall.starts_with("meet this part") {
        return false;
    }
    let lower = clause.to_lowercase();
    let bare = ["not ", "never ", "but not ", "but never "]
        .iter()
        .find_map(|cue| lower.strip_prefix(cue));
    let times = [
        "during ",
        "before ",
        "after ",
        "on ",
        "for ",
        "to ",
        "if ",
        "when ",
        "from ",
        "on weekend",
        "on sunday",
        "on saturday",
        "on holiday",
        "on public",
        "at night",
        "at weekend",
        "between ",
        "outside ",
        "while ",
        "until ",
        "in the ",
    ];
    let prepositions = [
        "for ",
        "during ",
        "before ",
        "until ",
        "between ",
        "except ",
        "except for ",
        "not even ",
        "not only ",
        "at most once ",
        "at most twice ",
        "not just ",
        "sorted by ",
        "ordered by ",
        "grouped by ",
        "only in ",
        "only during ",
        "only after ",
        "only within ",
        "only at ",
        "only by ",
        "unless ",
        "including ",
        "only for ",
        "only if ",
        "only when ",
        "only on ",
        "only to ",
        "without ",
        "even if ",
        "even when ",
        "either ",
        "whichever ",
        "whether ",
    ];
    let reversed = matches!(
        lower.as_str(),
        "never the other way round"
            | "not the other way round"
            | "not vice versa"
            | "never vice versa"
            | "never the other way around"
            | "not the other way around"
    );
    let ahead = lower.starts_with("up to ")
        && [" ahead", " in advance"]
            .iter()
            .any(|cue| lower.ends_with(cue));
    if reversed || ahead {
        last.shall = format!("{}, {clause}", last.shall);
    } else if bare.is_some_and(|rest| times.iter().any(|cue| rest.starts_with(cue))) {
        let rest = clause.trim_start_matches("but ");
        last.shall = format!("{}, but {}", last.shall, person::third(rest));
    } else if prepositions.iter().any(|cue| lower.starts_with(cue))
        && (!clause::is_clause(clause)
            || ["unless ", "only if ", "only when "]
                .iter()
                .any(|cue| lower.starts_with(cue)))
    {
        last.shall = format!("{}, {}", last.shall, person::third(clause));
    } else {
        return false;
    }
    last.text = format!("{}, {clause}", last.text);
    true
}

/// "As an admin, I want to see x so that y": who, and the wish.
fn story(text: &str) -> Option<(String, String)> {
    let lower = text.to_lowercase();
    let rest = ["as an ", "as a ", "as the "]
        .iter()
        .find(|cue| lower.starts_with(*cue))
        .map(|cue| &text[cue.len()..])?;
    let comma = rest.find(", ").map(|at| (at, 2));
    let speaks = rest.find(" I ").map(|at| (at, 1));
    let (at, width) = [comma, speaks].into_iter().flatten().min()?;
    let (person, wish) = (&rest[..at], &rest[at + width..]);
    (person.split(' ').count() <= 4).then(|| (say::actor(person), wish.to_owned()))
}

/// Cuts the reason off: it goes into the story, not into a criterion.
fn without_reason(text: &str, reason: &mut Option<String>) -> String {
    for cue in [
        ", so that ",
        " so that ",
        ", so they ",
        " so they ",
        ", so I ",
        " so I ",
        ", so we ",
        " so we ",
        " because ",
        ", since ",
        " since it's ",
        " since it ",
        " since they ",
        " since we ",
    ] {
        let Some(at) = clause::outside(text, cue).into_iter().next() else {
            continue;
        };
        if at < 8 {
            continue;
        }
        let why = &text[at + cue.len()..];
        // A reason ends where the next wish begins.
        let (why, rest) = why.split_at(why.find("; ").unwrap_or(why.len()));
        if reason.is_none() && !cue.contains("because") && !cue.contains("since") {
            let who = cue.trim_start_matches(',').trim();
            let why = if let Some(who) = who
                .strip_prefix("so ")
                .filter(|who| matches!(*who, "they" | "I" | "we"))
            {
                format!("{who} {why}")
            } else {
                why.to_owned()
            };
            *reason = Some(why);
        }
        return format!("{}{rest}", &text[..at]);
    }
    text.to_owned()
}
