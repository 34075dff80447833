//! Who a clause speaks of.

use super::lexicon;

/// Whether a subject stands in the plural, by the last word before its first preposition.
pub(super) fn is_many(subject: &str) -> bool {
    let lower = subject.to_lowercase();
    let core: Vec<&str> = lower
        .split(' ')
        .take_while(|word| {
            ![
                "of", "for", "in", "on", "with", "from", "about", "to", "per", "at", "that",
                "which", "who", "without", "older", "newer", "larger", "smaller", "longer",
                "shorter", "above", "below", "over", "under", "between", "whose", "during",
                "after", "before", "than", "by",
            ]
            .contains(word)
        })
        .collect();
    if core.first().is_some_and(|first| {
        [
            "everything",
            "anything",
            "something",
            "nothing",
            "each",
            "every",
            "a",
            "an",
            "everyone",
            "anyone",
        ]
        .contains(first)
    }) {
        return false;
    }
    core.contains(&"and")
        || core.first().is_some_and(|first| {
            ["all", "both", "these", "those", "many", "several"].contains(first)
        })
        || core.last().is_some_and(|last| lexicon::is_plural(last))
}

pub(super) fn is_the_system(who: &str) -> bool {
    lexicon::is_system(who)
}

pub(super) fn is_a_person(who: &str) -> bool {
    let last = who.rsplit(' ').next().unwrap_or(who);
    lexicon::is_person(last)
        || who.split(' ').next().is_some_and(lexicon::is_person) && who.contains(" and ")
        || who.starts_with("they")
        || who.starts_with("people")
}

/// The subject without articles: "All registered customers" to "registered customers".
pub(super) fn subject_core(subject: &str) -> String {
    let lower = subject.to_lowercase();
    let core: Vec<&str> = lower
        .split(' ')
        .skip_while(|word| {
            [
                "the", "a", "an", "all", "each", "every", "any", "our", "my", "only", "no", "some",
                "both", "other", "new",
            ]
            .contains(word)
        })
        .take_while(|word| {
            ![
                "of", "with", "in", "from", "on", "who", "that", "without", "at",
            ]
            .contains(word)
        })
        .collect();
    core.join(" ")
}

/// A person in the singular, without article.
pub fn actor(who: &str) -> String {
    let core = subject_core(who);
    let first = core
        .split(" and ")
        .next()
        .unwrap_or(&core)
        .split(" or ")
        .next()
        .unwrap_or(&core)
        .to_owned();
    match first.as_str() {
        "i" | "we" | "they" | "you" | "people" | "everyone" | "anyone" | "everybody" | "nobody"
        | "me" | "us" | "them" => "user".to_owned(),
        _ => lexicon::singular(&first),
    }
}

/// The people in front of a verb: "admins see who paid": "admin".
pub fn actor_in_front(phrase: &str) -> Option<String> {
    let words: Vec<&str> = phrase.split(' ').take(4).collect();
    let at = words.iter().position(|word| lexicon::is_person(word))?;
    (words[at] != "users")
        .then(|| actor(&words[..=at].join(" ")))
        .filter(|who| who != "user")
}
