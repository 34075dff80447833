//! A sentence that tells how things are to be, turned into what the system does: "empty rows are skipped" is "skip empty
//! rows".

use super::clause::is_clause;
use super::lexicon;
pub use super::participle::{ungerund, verb_of};
use super::say::lower_first;

/// Verbs of things rather than of people.
const OF_THINGS: &str = "look appear contain come cost stay remain take last belong happen vanish disappear fit say mean sit flash scroll turn carry lie refer depend differ follow sound feel become expire arrive overlap refresh respond point jump blink fade fail work break crash apply reset end begin run pass consist match exceed rise fall grow shrink need survive";

/// "A or B" + "be refused if too big" as the order "refuse A or B if too big", and whether it is forbidden.
pub fn active(subject: &str, predicate: &str) -> Option<(String, bool)> {
    let predicate = [
        "automatically ",
        "always ",
        "also ",
        "then ",
        "simply ",
        "just ",
    ]
    .iter()
    .fold(predicate, |text, cue| {
        text.strip_prefix(cue).unwrap_or(text)
    });
    let (not, predicate) = ["not ", "never ", "no longer "]
        .iter()
        .find_map(|cue| predicate.strip_prefix(cue))
        .map_or((false, predicate), |rest| (true, rest));
    let (participle, rest) = predicate.split_once(' ').unwrap_or((predicate, ""));
    // "Coloured, draggable and small" is a list of what it is.
    if participle.ends_with(',')
        || participle.contains('-')
        || rest.starts_with("and ")
        || rest.starts_with("or ")
    {
        return None;
    }
    let verb = verb_of(&participle.trim_matches(',').to_lowercase())?;
    let agent = rest.starts_with("by ")
        && ![
            "by default",
            "by date",
            "by name",
            "by the ",
            "by e-mail",
            "by email",
            "by mail",
            "by id",
        ]
        .iter()
        .any(|cue| rest.starts_with(cue));
    let lower = subject.to_lowercase();
    // "Rows that are there already must not be imported twice": the end would be read with the rows.
    let held = [" that ", " which ", " who "]
        .iter()
        .any(|cue| lower.contains(cue));
    if agent
        || not && held && !rest.is_empty()
        || rest.contains(" rather than ")
        || rest.starts_with("to ")
            && ["asked", "told", "invited", "reminded"]
                .iter()
                .all(|word| *word != participle)
        || lower.starts_with("only ")
        || matches!(lower.as_str(), "it" | "this" | "that" | "which") && rest.is_empty()
    {
        return None;
    }
    let (none, object) = match lower.as_str() {
        "nobody" | "no one" => (true, "anybody".to_owned()),
        "nothing" => (true, "anything".to_owned()),
        "you" | "i" => (false, "the user".to_owned()),
        "we" => (false, "the team".to_owned()),
        "they" => (false, "them".to_owned()),
        _ => match lower.strip_prefix("no ") {
            Some(_) => (true, format!("any {}", &subject[3..])),
            None => (false, lower_first(subject)),
        },
    };
    let comma = if participle.ends_with(',') { "," } else { "" };
    Some((
        format!("{verb} {object}{comma} {rest}").trim().to_owned(),
        not || none,
    ))
}

/// Where the main verb of a sentence stands, past the verbs of clauses that its subject holds ("rows that are old are …").
pub fn main_verb(words: &[&str]) -> Option<usize> {
    let mut held = 0usize;
    let mut past = 0usize;
    for (at, word) in words.iter().enumerate().skip(1) {
        if at == past {
            continue;
        }
        let lower = word.to_lowercase();
        let bare = lower.trim_matches(',');
        if matches!(bare, "that" | "which" | "who" | "whose") {
            held += 1;
            // The verb of the clause that is held may be one that is as often a noun: "who edits".
            let verb = words
                .get(at + 1)
                .map(|next| next.to_lowercase())
                .unwrap_or_default();
            let base = lexicon::base(&verb);
            if lexicon::may_be_verb(&base)
                || is_finite(&verb, &["it"])
                || verb_of(&verb).is_some() && verb.ends_with("ed")
            {
                held -= 1;
                past = at + 1;
            }
        } else if is_finite(bare, &words[..at])
            || is_act(bare, &words[..at], words.get(at + 1).copied())
        {
            if held == 0 {
                return Some(at);
            }
            held -= 1;
        }
    }
    None
}

/// "The receipt prints the old price": a word in "-s" between a subject with its article and an object.
fn is_act(word: &str, subject: &[&str], next: Option<&str>) -> bool {
    let base = lexicon::base(word);
    let object = next.is_some_and(|next| {
        [
            "the", "a", "an", "no", "its", "their", "all", "every", "only", "nothing", "twice",
            "wrong",
        ]
        .contains(&next.to_lowercase().as_str())
    });
    let started = subject.first().is_some_and(|first| {
        ["the", "a", "an", "our", "my", "every", "each"].contains(&first.to_lowercase().as_str())
    }) && subject.len() >= 2
        || subject.len() == 1;
    let last = subject
        .last()
        .map(|last| last.to_lowercase())
        .unwrap_or_default();
    word != base
        && word.ends_with('s')
        && lexicon::may_be_verb(&base)
        && object
        && started
        && !lexicon::is_plural(&last)
        && !["and", "or", "of"].contains(&last.as_str())
}

fn is_finite(word: &str, subject: &[&str]) -> bool {
    if [
        "is", "are", "was", "were", "has", "have", "does", "do", "gets", "get", "haven't",
        "hasn't", "isn't", "aren't", "don't", "doesn't", "didn't", "wasn't", "weren't",
    ]
    .contains(&word)
        || lexicon::is_modal(word)
    {
        return true;
    }
    let last = subject
        .last()
        .map(|last| last.to_lowercase())
        .unwrap_or_default();
    let of_things = |base: &str| OF_THINGS.split(' ').any(|verb| verb == base);
    let first = subject
        .first()
        .map(|first| first.to_lowercase())
        .unwrap_or_default();
    if lexicon::is_plural(&last)
        || last == "they"
        || last.ends_with("ed") && lexicon::is_plural(&first)
    {
        return of_things(word) || lexicon::is_verb(word);
    }
    let base = lexicon::base(word);
    if last.ends_with('`') && word.ends_with('s') && lexicon::may_be_verb(&base) {
        return true;
    }
    let bare = word.strip_suffix('s').unwrap_or(word);
    let pronoun =
        ["it", "this", "everyone", "nobody", "everything", "nothing"].contains(&last.as_str());
    word.ends_with('s')
        && word != base
        && (of_things(bare)
            || of_things(word.strip_suffix("es").unwrap_or(bare))
            || lexicon::is_verb(&base)
            || pronoun && lexicon::may_be_verb(&base))
        && ![
            "a", "an", "the", "of", "for", "to", "with", "in", "on", "and", "or", "all", "no",
            "any",
        ]
        .contains(&last.as_str())
}

/// Says a declarative sentence as what the system does, and whether it is forbidden.
pub fn declarative(text: &str) -> Option<(String, bool)> {
    let words: Vec<&str> = text.split(' ').collect();
    let at = main_verb(&words)?;
    if words[0].ends_with(':')
        || words[..at]
            .iter()
            .any(|word| ["when", "if", "where"].contains(&word.to_lowercase().as_str()))
    {
        return None;
    }
    let subject = words[..at].join(" ");
    let verb = words[at].to_lowercase();
    let rest = words[at + 1..].join(" ");
    // "`notes copy A B` copies a note" offers the command.
    if subject.starts_with('`')
        && subject.ends_with('`')
        && subject.matches('`').count() == 2
        && subject.contains(' ')
        && verb.ends_with('s')
        && !matches!(verb.as_str(), "is" | "does" | "has")
    {
        return Some((format!("provide {subject}, which {verb} {rest}"), false));
    }
    if lexicon::is_modal(&verb) && !matches!(verb.as_str(), "has" | "have") {
        return None;
    }
    let inner = words[..at]
        .iter()
        .any(|word| ["after", "before", "until", "once", "while", "because"].contains(word));
    if matches!(verb.as_str(), "is" | "are" | "gets" | "get")
        && !inner
        && let Some(active) = active(&subject, &rest)
    {
        return Some(active);
    }
    if matches!(verb.as_str(), "look" | "looks" | "read" | "reads")
        && let Some(form) = rest.strip_prefix("like ")
    {
        return Some((
            format!("write {} in the form {form}", lower_first(&subject)),
            false,
        ));
    }
    if matches!(verb.as_str(), "gets" | "get" | "receives" | "receive")
        && rest.split(' ').count() > 1
    {
        return Some((format!("send {} {rest}", lower_first(&subject)), false)).filter(|_| {
            lexicon::is_person(
                subject
                    .to_lowercase()
                    .rsplit(' ')
                    .next()
                    .unwrap_or_default(),
            ) || ["team", "group", "office"]
                .iter()
                .any(|who| subject.to_lowercase().ends_with(who))
        });
    }
    // "Link expires after 7 days" speaks of one link that was named before.
    let article = if at == 1 && super::verbs::is_counted(&subject.to_lowercase()) {
        "the "
    } else {
        ""
    };
    Some((format!("ensure that {article}{}", lower_first(text)), false))
}

/// Whether a lower-case verb is of things rather than of a system that acts.
pub(super) fn is_of_things(verb: &str) -> bool {
    OF_THINGS.split(' ').any(|known| known == verb) && !lexicon::is_verb(verb) || verb == "land"
}

/// Whether a phrase after SHALL can stand there. What can't is quoted instead.
pub fn is_sound(shall: &str) -> bool {
    let words: Vec<&str> = shall.split(' ').collect();
    let first = words[0].to_lowercase();
    let second = words
        .get(1)
        .map(|word| word.to_lowercase())
        .unwrap_or_default();
    if let Some(rest) = shall.strip_prefix("ensure that ") {
        let parts: Vec<&str> = rest.split(' ').collect();
        return main_verb(&parts).is_some() || is_clause(rest);
    }
    if first == "do" && second == "this" {
        return false;
    }
    if [
        "during", "on", "at", "in", "for", "to", "before", "after", "by", "with", "the", "a", "an",
        "this", "that", "it", "is", "are", "if", "when", "because", "so", "and", "or", "too",
        "not", "via", "from", "of",
    ]
    .contains(&first.as_str())
    {
        return false;
    }
    if first == "provide" {
        let head: Vec<&str> = words[1..]
            .iter()
            .copied()
            .take_while(|word| {
                ![
                    "that", "which", "who", "where", "when", "for", "so", "with", "to", "whose",
                    "if", "how", "what",
                ]
                .contains(word)
            })
            .collect();
        let finite = |word: &str| {
            [
                "is", "are", "was", "were", "must", "should", "can", "can't", "cannot", "will",
                "isn't", "aren't", "does", "doesn't", "don't", "look", "looks", "gets",
            ]
            .contains(&word.to_lowercase().as_str())
        };
        return !head.is_empty()
            && !head.iter().any(|word| finite(word))
            && !["you", "i", "we", "they", "you're", "it"].contains(&second.as_str());
    }
    true
}

/// The clause in quotes, for where no rewriting is safe.
pub fn quoted(clause: &str) -> String {
    format!(
        "meet this part of the request: \"{}\"",
        clause.trim().replace('"', "'")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn participles_have_their_verbs() {
        for (participle, verb) in [
            ("skipped", "skip"),
            ("refused", "refuse"),
            ("notified", "notify"),
            ("sorted", "sort"),
            ("shown", "show"),
            ("archived", "archive"),
            ("called", ""),
            ("rejected", "reject"),
            ("emailed", "email"),
            ("plotted", "plot"),
            ("printed", "print"),
            ("rounded", "round"),
            ("flagged", "flag"),
            ("billed", "bill"),
            ("stapled", ""),
            ("freed", "free"),
        ] {
            if !verb.is_empty() {
                assert_eq!(verb_of(participle).as_deref(), Some(verb));
            }
        }
        assert_eq!(verb_of("supposed"), None);
        assert_eq!(ungerund("overwriting").as_deref(), Some("overwrite"));
        assert_eq!(ungerund("setting").as_deref(), Some("set"));
        assert_eq!(ungerund("thing"), None);
    }

    #[test]
    fn sentences_become_acts() {
        for (sentence, act) in [
            (
                "rows that are in the journal already are skipped",
                "skip rows that are in the journal already",
            ),
            (
                "dates look like 31.01.2026",
                "write dates in the form 31.01.2026",
            ),
            ("nobody is charged twice", "charge anybody twice"),
            ("the team gets a digest", "send the team a digest"),
            (
                "anyone who edits an invoice after it is sent needs an approval",
                "ensure that anyone who edits an invoice after it is sent needs an approval",
            ),
            (
                "customers who haven't ordered see a voucher",
                "ensure that customers who haven't ordered see a voucher",
            ),
            (
                "the old slot is freed for others",
                "free the old slot for others",
            ),
            ("prices include VAT", "ensure that prices include VAT"),
        ] {
            assert_eq!(
                declarative(sentence).map(|(text, _)| text).as_deref(),
                Some(act)
            );
        }
        assert!(declarative("nobody is charged twice").is_some_and(|(_, not)| not));
        assert_eq!(declarative("a login page"), None);
    }

    #[test]
    fn what_cannot_follow_shall_is_known() {
        for broken in [
            "during lunch",
            "provide dates are wrong",
            "do this after noon",
            "ensure that drivers to sign in",
        ] {
            assert!(!is_sound(broken), "{broken}");
        }
        for fine in [
            "provide a page that is fast",
            "ensure that dates are shown",
            "draw the routes",
        ] {
            assert!(is_sound(fine), "{fine}");
        }
    }
}
