//! Whether a restatement says what the sentence says: no word lost, none added, in the same order, with the same denials.

use rutter_catalogue::words::{stem, words};

use super::Before;
use super::kind::{NORMATIVE, has_words, is_speaker};
use crate::prompt::split::Sentence;
use crate::prompt::{Prompt, Want, sure, told};

pub(super) fn is_faithful(sentence: &Sentence, before: &Before, prompt: &Prompt) -> bool {
    let became = &prompt.wants[before.wants..];
    let lower = sentence.text.to_lowercase();
    let source = content(&sentence.text);
    let mut said: Vec<String> = Vec::new();
    for want in became {
        if want.shall.starts_with(sure::OWN_WORDS) {
            // A quoted part of a sentence has lost its rest.
            return became.len() == 1 && words(&want.shall).len() >= words(&sentence.text).len();
        }
        if !is_own(want, &lower, &source) || !is_built(want, sentence, prompt, before) {
            return false;
        }
        said.extend(content(&want.shall));
        if let Some((_, condition)) = &want.trigger {
            if !is_bounded(&lower, &condition.to_lowercase()) {
                return false;
            }
            said.extend(content(condition));
        }
    }
    if !became.iter().all(sure::is_sure) || !is_well_cut(&lower, became) {
        return false;
    }
    let left_out = &prompt.exclusions[before.exclusions..];
    for exclusion in left_out {
        said.extend(content(&exclusion.what));
    }
    if !before.had_reason
        && let Some(reason) = &prompt.reason
    {
        said.extend(content(reason));
    }
    let told = prompt.background.len() > before.background;
    // "To be hidden" became "hide".
    let verbs: Vec<String> = became
        .iter()
        .filter_map(|want| words(&want.shall).into_iter().next())
        .filter(|verb| verb.is_ascii() && verb.len() > 2)
        .collect();
    let lost = source
        .iter()
        .filter(|word| {
            !said.contains(word) && !verbs.iter().any(|verb| word.starts_with(&verb[..3]))
        })
        .count();
    (told || lost * 100 <= source.len() * 17) && keeps_its_no(&lower, became, left_out.is_empty())
}

/// Whether a sentence of several wishes was cut where they part, and one that leans on what is around it stayed whole.
fn is_well_cut(lower: &str, became: &[Want]) -> bool {
    let leans = |want: &Want| {
        words(&want.shall).iter().any(|word| {
            matches!(
                word.as_str(),
                "it" | "them" | "they" | "one" | "ones" | "this" | "these" | "those" | "same"
            )
        })
    };
    let half_passive = became.iter().any(|want| {
        let list = words(&want.shall);
        list.windows(2).any(|pair| {
            pair[0] == "and"
                && pair[1].len() > 4
                && pair[1].ends_with("ed")
                && !want.shall.starts_with("ensure")
        })
    });
    let speaks = lower.split_whitespace().any(is_speaker);
    if half_passive {
        return false;
    }
    match became {
        [one] => {
            let points_back = words(&one.shall).iter().any(|word| {
                matches!(
                    word.as_str(),
                    "it" | "them" | "they" | "this" | "these" | "those"
                )
            });
            !(speaks && (lower.contains(": ") || points_back))
        }
        _ => {
            !lower.contains([':', ';', '('])
                && !lower.contains(" - ")
                && became.iter().skip(1).all(|want| {
                    let amount = ["allow at most ", "require at least ", "accept only "]
                        .iter()
                        .any(|cue| want.shall.starts_with(cue));
                    (!want.fragment || amount) && !leans(want)
                })
                && !speaks
        }
    }
}

/// Whether a want says nothing that the sentence does not, in about its order.
fn is_own(want: &Want, lower: &str, source: &[String]) -> bool {
    let said = content(&want.shall);
    let mut list = words(&want.shall).into_iter();
    let first = list.next().map(|word| stem(&word)).unwrap_or_default();
    let first_is_new = !source.contains(&first)
        && !words(lower).iter().any(|word| stem(word) == first)
        && !OUR_VERBS.contains(&first.as_str());
    let is_new = |word: &&String| !source.contains(word) && **word != first;
    if first_is_new || said.iter().any(|word| is_new(&word)) {
        return false;
    }
    let places: Vec<usize> = said
        .iter()
        .filter(|word| **word != first)
        .filter_map(|word| source.iter().position(|known| known == word))
        .collect();
    let turns = places.windows(2).filter(|pair| pair[1] < pair[0]).count();
    let subject = want
        .shall
        .strip_prefix("ensure that ")
        .or(want.shall.strip_prefix("let "));
    // "Would like" is no liking.
    if want.shall.contains(" like a ") && want.shall.starts_with("let ") {
        return false;
    }
    let dangling = subject.is_some_and(|rest| {
        [
            "it ", "they ", "them ", "this ", "that ", "there ", "he ", "she ", "you ", "half ",
            "most of ",
        ]
        .iter()
        .any(|pronoun| rest.to_lowercase().starts_with(pronoun))
    });
    turns <= 1 && !dangling
}

/// Verbs that we say where the sentence had another.
const OUR_VERBS: [&str; 31] = [
    "us",
    "rais",
    "upgrad",
    "let",
    "provid",
    "ensur",
    "show",
    "send",
    "keep",
    "leav",
    "accept",
    "offer",
    "refus",
    "reject",
    "hid",
    "writ",
    "giv",
    "tell",
    "put",
    "set",
    "tak",
    "pay",
    "mak",
    "stor",
    "allow",
    "no",
    "do",
    "finish",
    "includ",
    "always",
    "automatically",
];

/// Whether "provide …" and "ensure that …" follow from words that ask for a thing or set a rule.
fn is_built(want: &Want, sentence: &Sentence, prompt: &Prompt, before: &Before) -> bool {
    let lower = sentence.text.to_lowercase();
    if let Some(thing) = want.shall.strip_prefix("provide ") {
        let all = ["everything", "all ", "anything", "none", "some "]
            .iter()
            .any(|cue| thing.to_lowercase().starts_with(cue));
        let asked = [
            "add",
            "provide",
            "implement",
            "create",
            "build",
            "introduce",
            "support",
            "need",
            "want",
            "like",
            "there should",
            "there must",
            "there has",
            "there needs",
            "have a",
            "get a",
            "offer",
            "with ",
            "new ",
            "make",
            "set up",
            "include",
            "let's have",
            "missing",
            "add:",
        ]
        .iter()
        .any(|cue| format!(" {lower}").contains(&format!(" {cue}")));
        let title = prompt.kept.len() <= 1 && before.wants == 0;
        return !all && (asked || title || sentence.heading.is_some() && !thing.contains(", "));
    }
    if want.shall.starts_with("ensure that ") {
        return told::wishes(&lower) || NORMATIVE.iter().any(|cue| has_words(&lower, cue));
    }
    true
}

/// Whether a condition ends where the sentence shows that it does: at a comma, at "then", or at the end.
pub(in crate::prompt) fn is_bounded(sentence: &str, condition: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (sentence, condition) = (plain(sentence), plain(condition));
    let list: Vec<&str> = condition.split(' ').collect();
    let ends: Vec<String> = [3, 2, 1]
        .iter()
        .filter(|count| list.len() >= **count)
        .map(|count| list[list.len() - count..].join(" "))
        .collect();
    ends.iter()
        .find_map(|end| {
            let at = sentence.find(end.as_str())? + end.len();
            let rest = sentence[at..].trim_end_matches(['.', '!']);
            Some(
                rest.is_empty()
                    || rest.starts_with([',', ';', ':', ')'])
                    || rest.starts_with(" then ")
                    || rest.starts_with(" and ") && rest.contains(','),
            )
        })
        .unwrap_or(false)
}

/// Whether as much is denied as the sentence denies.
fn keeps_its_no(lower: &str, became: &[Want], nothing_left_out: bool) -> bool {
    let count = |text: &str| {
        words(
            &text
                .to_lowercase()
                .replace("n't", " not")
                .replace("cannot", "can not"),
        )
        .iter()
        .filter(|word| {
            matches!(
                word.as_str(),
                "not"
                    | "no"
                    | "never"
                    | "nobody"
                    | "none"
                    | "nothing"
                    | "without"
                    | "neither"
                    | "nowhere"
            )
        })
        .count()
    };
    let asked = count(lower);
    let said: usize = became
        .iter()
        .map(|want| {
            let condition = want.trigger.as_ref().map_or(0, |(_, text)| count(text));
            usize::from(want.not) + count(&want.shall) + condition
        })
        .sum();
    !nothing_left_out || said >= asked && (asked > 0 || said == 0)
}

/// Words that carry no content of their own; also those that a wish is made with.
const EMPTY: &str = "a an the of to in on at by for from with and or but so if when while until unless as than then that \
    which who whom whose what it its this these those there they them their he she his her him we us our ours i me my mine you your yours \
    is are was were be been being am do does did done has have had having can could may might must shall should will would want wants wanted wish \
    need needs needed like likes able let lets make makes made get gets got add adds added adding give gives provide support allow allows allowed possible \
    please also just only really very too even still already now here again maybe perhaps actually basically simply kind sort bit \
    not no never none nobody nothing without cannot don doesn isn aren won shouldn mustn t s d ll re ve m \
    user users system team someone somebody anyone everyone people person one ones thing things way \
    asap pls about into out up down over all any each every some both such other another same own more most how where why instead ensure show keep \
    would'd want're one once per via case time request part place";

/// The stems of the words that carry a sentence's content, in order.
fn content(text: &str) -> Vec<String> {
    words(text)
        .into_iter()
        .filter(|word| !EMPTY.split_whitespace().any(|empty| empty == word))
        .map(|word| stem(&word))
        .collect()
}
