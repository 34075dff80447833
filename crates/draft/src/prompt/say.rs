//! A main clause said again as what a system shall do.

use super::fragment::fragment;
use super::shape::{is_clause, starts_with_verb};
pub use super::subject::{actor, actor_in_front};
use super::subject::{is_a_person, is_many, is_the_system, subject_core};
use super::wish::{after, possibility, wish};
use super::wording::starts;
pub use super::wording::{lower_first, without_fillers};
use super::{article, lexicon};

/// What follows SHALL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// A verb phrase in the base form.
    pub shall: String,
    /// Whether it is forbidden rather than wanted.
    pub not: bool,
    /// Who does it, in the singular, where the clause says so.
    pub who: Option<String>,
    /// Whether the clause had no verb: a thing or a limit that belongs to what was said before.
    pub fragment: bool,
}

impl Said {
    pub(super) fn will(shall: impl Into<String>) -> Self {
        Self {
            shall: shall.into(),
            not: false,
            who: None,
            fragment: false,
        }
    }
}

/// Says a clause again. `before` is who did what the clause before it said, when this one goes on from there.
pub fn say(clause: &str, before: Option<&str>) -> Said {
    let text = without_fillers(clause);
    let words: Vec<&str> = text.split(' ').collect();
    if let Some(before) =
        before.filter(|_| starts_with_verb(&text, true) && super::tell::main_verb(&words).is_none())
    {
        let mut said = Said::will(format!("let {before} {}", lower_first(&text)));
        said.who = Some(actor(before));
        return said;
    }
    let said = endpoint(&text)
        .or_else(|| wish(&text))
        .or_else(|| possibility(&text))
        .or_else(|| with_modal(&text))
        .or_else(|| order(&text))
        .or_else(|| statement(&text))
        .unwrap_or_else(|| fragment(&text));
    if super::tell::is_sound(&said.shall) {
        said
    } else {
        Said {
            fragment: said.fragment,
            ..Said::will(super::tell::quoted(clause))
        }
    }
}

/// "GET /orders returns the orders" offers an endpoint.
fn endpoint(text: &str) -> Option<Said> {
    let words: Vec<&str> = text.split(' ').collect();
    let bare = |word: &str| word.trim_matches('`').to_owned();
    let method =
        ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"].contains(&bare(words[0]).as_str());
    let verb = words.get(2)?;
    let base = lexicon::base(verb);
    (method
        && bare(words[1]).starts_with('/')
        && verb.ends_with('s')
        && lexicon::may_be_verb(&base))
    .then(|| {
        Said::will(format!(
            "provide {} {}, which {verb} {}",
            words[0],
            words[1],
            words[3..].join(" ")
        ))
    })
}

/// "Customers can …", "the page must …".
pub(super) fn with_modal(text: &str) -> Option<Said> {
    let words: Vec<&str> = text.split(' ').collect();
    let at = (1..words.len().min(16)).find(|at| {
        let word = words[*at].to_lowercase();
        let half = matches!(
            word.as_str(),
            "need" | "needs" | "want" | "wants" | "have" | "has" | "ought"
        );
        let relative = ["who", "that", "which", "where", "when", "not"]
            .contains(&words[at - 1].to_lowercase().as_str());
        lexicon::is_modal(&word) && (!half || words.get(at + 1) == Some(&"to")) && !relative
    })?;
    let modal = words[at].to_lowercase();
    let mut rest = words[at + 1..].join(" ");
    if ["need", "needs", "want", "wants", "have", "has", "ought"].contains(&modal.as_str()) {
        rest = rest.strip_prefix("to ")?.to_owned();
    }
    let mut not = modal.ends_with("n't") || modal == "cannot";
    for cue in ["not ", "never ", "no longer "] {
        if let Some(bare) = rest.strip_prefix(cue) {
            rest = bare.to_owned();
            not = true;
        }
    }
    let can = matches!(
        modal.as_str(),
        "can" | "could" | "may" | "might" | "cannot" | "can't" | "couldn't"
    ) || starts(&rest, "be able to ");
    rest = ["be able to ", "also ", "only ", "be allowed to "]
        .iter()
        .fold(rest.clone(), |rest, cue| {
            rest.strip_prefix(cue)
                .filter(|_| *cue != "only ")
                .map_or(rest.clone(), str::to_owned)
        });
    if rest.is_empty() {
        return None;
    }
    let subject = words[..at].join(" ");
    let who = subject_core(&subject);
    // "You should see" speaks of whoever uses it; "you should add" to whoever builds it.
    if matches!(who.as_str(), "you" | "i")
        && ![
            "add",
            "create",
            "build",
            "implement",
            "make",
            "use",
            "write",
            "fix",
            "remove",
            "change",
            "replace",
            "rename",
        ]
        .contains(&first_word(&rest).as_str())
        && !rest.starts_with("be ")
    {
        return Some(do_by("users", &rest, not));
    }
    // "It should only apply to items" is no act of the system.
    let thing = subject.eq_ignore_ascii_case("it")
        && super::tell::is_of_things(&first_word(rest.strip_prefix("only ").unwrap_or(&rest)));
    if thing {
        return Some(Said::will(format!("ensure that it {rest}")));
    }
    if is_the_system(&who)
        || matches!(
            subject.to_lowercase().as_str(),
            "it" | "we" | "you" | "this" | "that"
        )
    {
        let said = if starts_with_verb(&rest, true) && !not {
            order(&rest).unwrap_or_else(|| Said::will(rest.clone()))
        } else {
            Said::will(rest.clone())
        };
        return Some(Said {
            not: not || said.not,
            ..said
        });
    }
    // "Alerts should only be sent for active vehicles": it is the end that is narrowed.
    if let Some((participle, end)) = rest
        .strip_prefix("only be ")
        .and_then(|predicate| predicate.split_once(' '))
        .filter(|_| !can)
        && let Some((shall, forbidden)) =
            super::tell::active(&subject, &format!("{participle} only {end}"))
    {
        return Some(Said {
            not: not != forbidden,
            ..Said::will(shall)
        });
    }
    if let Some(predicate) = rest.strip_prefix("be ").filter(|_| !can)
        && let Some((shall, forbidden)) = super::tell::active(&subject, predicate)
    {
        return Some(Said {
            not: not != forbidden,
            ..Said::will(shall)
        });
    }
    if is_a_person(&who) {
        if can || modal == "will" || modal == "would" || not {
            return Some(do_by(&subject, &rest, not));
        }
        let mut said = Said::will(format!("require {} to {rest}", lower_first(&subject)));
        said.who = Some(actor(&subject));
        return Some(said);
    }
    Some(Said::will(format!(
        "ensure that {} {}",
        lower_first(&subject),
        finite(&subject, &rest, can, not)
    )))
}

/// The verb phrase bent to its subject: "be sorted" to "are sorted".
fn finite(subject: &str, phrase: &str, can: bool, not: bool) -> String {
    if can {
        return format!("{} {phrase}", if not { "cannot" } else { "can" });
    }
    let many = is_many(subject);
    let (verb, rest) = phrase
        .split_once(' ')
        .map_or((phrase, String::new()), |(verb, rest)| {
            (verb, format!(" {rest}"))
        });
    match (verb, not) {
        ("be", false) => format!("{}{rest}", if many { "are" } else { "is" }),
        ("be", true) => format!("{} not{rest}", if many { "are" } else { "is" }),
        (_, true) => format!("{} not {phrase}", if many { "do" } else { "does" }),
        _ if many => phrase.to_owned(),
        _ if lexicon::may_be_verb(verb) || !rest.is_empty() => {
            format!("{}{rest}", lexicon::third(verb))
        }
        _ => phrase.to_owned(),
    }
}

pub(super) fn do_by(who: &str, verb: &str, not: bool) -> Said {
    let core = subject_core(who);
    if is_the_system(&core) {
        return Said {
            not,
            ..Said::will(verb.to_owned())
        };
    }
    // "Users shouldn't have to type the year": nobody is made to.
    if not && let Some(bare) = verb.strip_prefix("have to ") {
        return do_must(who, bare);
    }
    // "No guest may see" forbids it; so does "only admins may", but only for the others.
    let none = after(who, &["no "]);
    let person =
        is_a_person(&core) || matches!(core.as_str(), "i" | "we" | "me" | "us" | "them" | "you");
    let shown = match (none, core.as_str()) {
        (Some(rest), _) => format!("any {rest}"),
        (None, "i" | "we" | "me" | "us" | "you") => "users".to_owned(),
        (None, "nobody" | "no one") => "anybody".to_owned(),
        (None, "they") => "them".to_owned(),
        _ => lower_first(who),
    };
    let shown = if person
        && !lexicon::is_plural(&shown.to_lowercase())
        && shown.split(' ').count() == 1
        && ![
            "everyone",
            "anyone",
            "everybody",
            "anybody",
            "nobody",
            "them",
            "they",
            "people",
            "staff",
        ]
        .contains(&shown.as_str())
    {
        format!("{} {shown}", article(&shown))
    } else {
        shown
    };
    let mut said = Said {
        not: not || none.is_some() || matches!(core.as_str(), "nobody" | "no one"),
        ..Said::will(format!("let {shown} {verb}"))
    };
    said.who = person.then(|| actor(who));
    said
}

fn do_must(who: &str, verb: &str) -> Said {
    Said {
        not: true,
        ..Said::will(format!("require {} to {verb}", lower_first(who)))
    }
}

/// "The confirmation" + "include the VAT": no person, so nobody lets it.
pub(super) fn to_be(subject: &str, verb: &str) -> Said {
    Said::will(format!(
        "ensure that {} {}",
        lower_first(subject),
        finite(subject, verb, false, false)
    ))
}

pub(super) fn let_who(who: &str, verb: &str) -> Said {
    Said::will(format!("let {who} {}", lower_first(verb)))
}

/// "Link expires after 7 days" opens with a noun.
fn is_noun_with_verb(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    words.len() > 2
        && lexicon::may_be_noun(&words[0].to_lowercase())
        && words[1].ends_with('s')
        && !lexicon::may_be_verb(words[1])
        && (lexicon::is_verb(&lexicon::base(words[1])) || super::tell::main_verb(&words) == Some(1))
        && ["after", "when", "if", "at", "on", "in", "to", "the", "a"].contains(&words[2])
}

/// "The list print dates": who is made to do something, and what.
fn makes_do(object: &str) -> bool {
    let mut code = false;
    let words: Vec<(bool, String)> = object
        .split(' ')
        .map(|word| {
            let opens = word.matches('`').count() % 2 == 1;
            let inside = code || word.contains('`');
            if opens {
                code = !code;
            }
            (inside, word.to_lowercase())
        })
        .collect();
    (1..words.len().min(6)).any(|at| {
        let determined =
            ["the", "a", "an", "all", "each", "every", "of"].contains(&words[at - 1].1.as_str());
        !words[at].0
            && lexicon::may_be_verb(&words[at].1)
            && !determined
            && at + 1 < words.len()
            && (words[at - 1].0 || lexicon::is_verb(&words[at].1))
    })
}

/// "Add a search box to the orders page".
fn order(text: &str) -> Option<Said> {
    if !starts_with_verb(text, false) || is_noun_with_verb(text) {
        return None;
    }
    let (verb, object) = text.split_once(' ')?;
    if verb.eq_ignore_ascii_case("make") && makes_do(object) {
        return Some(Said::will(lower_first(text)));
    }
    let (verb, object) = (verb.to_lowercase(), object.trim());
    if matches!(verb.as_str(), "always" | "automatically" | "only" | "also") {
        return Some(Said::will(lower_first(text)));
    }
    super::verbs::order(&verb, object).or_else(|| Some(Said::will(format!("{verb} {object}"))))
}

/// "Patients book appointments online", "reminders go out at noon".
fn statement(text: &str) -> Option<Said> {
    let words: Vec<&str> = text.split(' ').collect();
    for at in 1..words.len().min(5) {
        let verb = words[at].to_lowercase();
        // What someone "who edits" does comes later in the sentence.
        if words[..at]
            .iter()
            .any(|word| ["who", "that", "which", "whose"].contains(&word.to_lowercase().as_str()))
        {
            break;
        }
        let subject = words[..at].join(" ");
        let core = subject_core(&subject);
        let person = is_a_person(&core) || matches!(core.as_str(), "i" | "we" | "they");
        let bent = lexicon::base(&verb);
        let is_base = lexicon::may_be_verb(&verb)
            && (lexicon::is_plural(&core)
                || core.ends_with("staff")
                || matches!(core.as_str(), "i" | "we" | "they"));
        let is_third = verb != bent && lexicon::may_be_verb(&bent) && !lexicon::is_plural(&core);
        if person && (is_base || is_third) {
            let rest = words[at + 1..].join(" ");
            // "Editors keep overwriting it" is not to go on.
            if bent == "keep"
                && let Some(verb) = words
                    .get(at + 1)
                    .and_then(|word| super::tell::ungerund(word))
            {
                return Some(do_by(
                    &subject,
                    format!("{verb} {}", words[at + 2..].join(" ")).trim(),
                    true,
                ));
            }
            // Who gets something is sent it.
            if matches!(bent.as_str(), "get" | "receive")
                && ["a", "an", "the", "one", "two", "their", "no"]
                    .contains(&first_word(&rest).as_str())
            {
                let mut said = Said::will(format!("send {} {rest}", lower_first(&subject)));
                said.who = Some(actor(&subject));
                return Some(said);
            }
            return Some(do_by(&subject, format!("{bent} {rest}").trim(), false));
        }
        let part = ["api", "backend", "frontend", "server", "cli"].contains(&core.as_str());
        if is_the_system(&core) && is_third && !part {
            let rest = words[at + 1..].join(" ");
            return Some(Said::will(format!("{bent} {rest}").trim().to_owned()));
        }
    }
    // "Trips longer than 9 hours need a second driver".
    if let Some((subject, need)) = [" need a ", " needs a ", " need an ", " needs an "]
        .iter()
        .find_map(|cue| {
            text.split_once(cue).map(|(who, what)| {
                (
                    who,
                    format!("{}{what}", &cue[cue.find(" a").unwrap_or(0) + 1..]),
                )
            })
        })
        && !need.contains(" to ")
        && !is_a_person(&subject_core(subject))
        && !is_the_system(&subject_core(subject))
        && subject.split(' ').count() <= 6
        && !subject.contains([',', ':'])
    {
        return Some(Said::will(format!(
            "require {need} for {}",
            lower_first(subject)
        )));
    }
    let lower = text.to_lowercase();
    if let Some(rest) = after(&lower, &["there is ", "there are "]) {
        return Some(Said::will(format!(
            "provide {}",
            &text[text.len() - rest.len()..]
        )));
    }
    if let Some((shall, not)) = super::tell::declarative(text) {
        return Some(Said {
            not,
            ..Said::will(shall)
        });
    }
    (is_clause(text)
        && !lower.contains(" that ")
        && !lower.contains(" which ")
        && !lower.contains(" who "))
    .then(|| Said::will(format!("ensure that {}", lower_first(text))))
}

pub(super) fn first_word(text: &str) -> String {
    text.split(' ').next().unwrap_or_default().to_lowercase()
}
