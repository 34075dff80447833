//! Wishes that say so: "I want to …", "it should be possible to …", "make sure that …".

use super::lexicon;
use super::say::{Said, do_by, first_word, let_who, lower_first, say, with_modal};
use super::shape::is_clause;
use super::wording::starts;

pub(super) fn after<'a>(text: &'a str, cues: &[&str]) -> Option<&'a str> {
    cues.iter()
        .find(|cue| starts(text, cue))
        .map(|cue| text[cue.len()..].trim_start())
}

/// "I want to …", "we need a …".
pub(super) fn wish(text: &str) -> Option<Said> {
    let rest = after(
        text,
        &[
            "i want ",
            "we want ",
            "i need ",
            "we need ",
            "i'd like ",
            "we'd like ",
            "i would like ",
            "we would like ",
            "i wish ",
            "it would be nice ",
            "it would be great ",
            "would be nice ",
            "i'm looking for ",
            "looking for ",
            "we are looking for ",
            "need ",
            "want ",
        ],
    )?;
    if let Some(verb) = after(rest, &["to be able to ", "to have ", "to "]) {
        if starts(rest, "to have ") {
            return Some(say(verb, None));
        }
        return Some(
            if starts(rest, "to be able to ") || text.starts_with("I ") || text.starts_with("i ") {
                let_who("users", verb)
            } else {
                say(verb, None)
            },
        );
    }
    // "if drivers could sign in", "that dates are sorted"
    if let Some(inner) = after(rest, &["if ", "that ", "for "]).filter(|inner| is_clause(inner)) {
        return Some(say(inner, None));
    }
    // "the app to remember me", "customers who pay late to see a hint"
    if let Some((who, verb)) = rest.split_once(" to ").filter(|(who, verb)| {
        who.split(' ').count() <= 4
            && (lexicon::may_be_verb(&first_word(verb))
                || lexicon::may_be_order(&first_word(verb))
                    && ["the", "our", "my", "all", "each", "every"]
                        .contains(&first_word(who).as_str()))
            || [" who ", " that ", " which "]
                .iter()
                .any(|cue| who.contains(cue))
    }) {
        if let Some((shall, not)) = verb
            .strip_prefix("be ")
            .and_then(|predicate| super::tell::active(who, predicate))
        {
            return Some(Said {
                not,
                ..Said::will(shall)
            });
        }
        let core = super::subject::subject_core(who);
        let thing = !super::subject::is_a_person(&core)
            && !super::subject::is_the_system(&core)
            && !matches!(
                core.as_str(),
                "i" | "we" | "me" | "us" | "them" | "you" | "it"
            )
            && ["the", "our", "my", "all", "each", "every", "a"]
                .contains(&first_word(who).as_str())
            && ![" who ", " that ", " which "]
                .iter()
                .any(|cue| who.contains(cue));
        return Some(if thing {
            super::say::to_be(who, verb)
        } else {
            do_by(who, verb, false)
        });
    }
    Some(say(rest, None))
}

/// "It should be possible to …", "make sure that …", "let users …".
pub(super) fn possibility(text: &str) -> Option<Said> {
    if let Some(rest) = after(
        text,
        &[
            "it should be possible to ",
            "it must be possible to ",
            "make it possible to ",
            "it should be easy to ",
            "add the ability to ",
            "add a way to ",
            "add an option to ",
            "provide a way to ",
            "give users a way to ",
            "add the option to ",
            "a way to ",
            "the ability to ",
            "ability to ",
            "an option to ",
            "option to ",
            "possibility to ",
        ],
    ) {
        return Some(let_who("users", rest));
    }
    if let Some(rest) = after(
        text,
        &[
            "it must be impossible to ",
            "it should be impossible to ",
            "it has to be impossible to ",
            "make it impossible to ",
        ],
    ) {
        return Some(Said {
            not: true,
            ..let_who("anybody", rest)
        });
    }
    if let Some(rest) = after(
        text,
        &[
            "add a way of ",
            "provide a way of ",
            "a way of ",
            "some way of ",
        ],
    ) && let Some(verb) = super::tell::ungerund(&first_word(rest))
    {
        let object = rest.split_once(' ').map_or("", |(_, object)| object);
        return Some(let_who("users", format!("{verb} {object}").trim()));
    }
    if let Some(rest) = after(
        text,
        &[
            "it should be possible for ",
            "make it possible for ",
            "allow ",
            "let ",
            "enable ",
            "permit ",
            "give ",
        ],
    ) {
        let split = rest.split_once(" to ").filter(|(who, verb)| {
            who.split(' ').count() <= 5 && lexicon::may_be_verb(&first_word(verb))
        });
        if let Some((who, verb)) = split {
            let verb = after(verb, &["be able to "]).unwrap_or(verb);
            return Some(do_by(who, verb, false));
        }
        if starts(text, "let ")
            && let Some(at) = (1..=4).find(|n| {
                rest.split(' ')
                    .nth(*n)
                    .is_some_and(|word| lexicon::may_be_verb(&word.to_lowercase()))
            })
        {
            let words: Vec<&str> = rest.split(' ').collect();
            return Some(do_by(&words[..at].join(" "), &words[at..].join(" "), false));
        }
    }
    if let Some(rest) = after(
        text,
        &[
            "make sure that ",
            "make sure ",
            "ensure that ",
            "ensure ",
            "be sure that ",
            "guarantee that ",
            "verify that ",
        ],
    ) {
        return Some(if is_clause(rest) {
            with_modal(rest)
                .unwrap_or_else(|| Said::will(format!("ensure that {}", lower_first(rest))))
        } else {
            Said::will(format!("ensure {}", lower_first(rest)))
        });
    }
    if let Some(rest) = after(
        text,
        &[
            "there should be ",
            "there must be ",
            "there needs to be ",
            "there shall be ",
            "there has to be ",
            "there will be ",
        ],
    ) {
        return Some(Said::will(format!(
            "provide {}",
            super::verbs::with_article(&lower_first(rest))
        )));
    }
    None
}
