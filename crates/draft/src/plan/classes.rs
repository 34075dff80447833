//! Which classes a prompt is about, and which of its wishes belongs to which.

use rutter_catalogue::words::stem;
use rutter_catalogue::{Class, Match};

use super::fill::Slots;
use crate::ground::Ground;
use crate::prompt::{Prompt, Want};

/// A class with what the prompt fills it with.
pub(super) struct Chosen<'a> {
    pub(super) class: &'a Class,
    pub(super) slots: Slots,
}

/// The classes a prompt is about: the strongest, and others with evidence of their own.
pub(super) fn choose<'a>(matches: &[Match<'a>], prompt: &Prompt, is_small: bool) -> Vec<&'a Class> {
    let most = if is_small {
        1
    } else if prompt.wants.len() > 6 {
        4
    } else {
        3
    };
    let mut chosen: Vec<&Match<'a>> = Vec::new();
    for found in matches {
        if chosen.len() == most
            || is_small && !found.class.small
            || found.class.id == "bug-fix"
                && (!reports_a_bug(found, prompt)
                    || super::offer::length(prompt) > crate::prompt::NAMES)
        {
            continue;
        }
        let own = found.why.iter().any(|word| {
            found.class.strong.iter().any(|strong| strong == word)
                && !chosen.iter().any(|other| {
                    other
                        .why
                        .iter()
                        .any(|theirs| theirs.contains(word) || word.contains(theirs))
                })
        }) || found.why.iter().any(|word| !word.is_ascii());
        let named = found
            .why
            .iter()
            .any(|word| *word == found.class.thing || word.replace(' ', "-") == found.class.id);
        if !is_small && found.class.small && !chosen.is_empty() && !named {
            continue;
        }
        let strong = named
            || chosen
                .first()
                .is_none_or(|first| found.score * 2 >= first.score || found.score >= 4);
        if chosen.is_empty() || own && strong {
            chosen.push(found);
        }
    }
    chosen.into_iter().map(|found| found.class).collect()
}

/// Leaves out a class that only names of what the project has already speak for: in the software of a clinic "appointment"
/// is no wish for booking. A word that builds in front of the name ("add a cart") keeps it.
pub(super) fn beyond_what_is_there<'a>(
    matches: Vec<Match<'a>>,
    prompt: &Prompt,
    ground: &Ground,
) -> Vec<Match<'a>> {
    matches
        .into_iter()
        .filter(|found| {
            let mut strong = found
                .why
                .iter()
                .filter(|word| !word.is_ascii() || found.class.strong.iter().any(|s| s == *word))
                .peekable();
            strong.peek().is_none()
                || strong.any(|word| !ground.names_a_type(word) || is_to_be_built(word, prompt))
        })
        .collect()
}

/// Whether a wish says to build what the word names.
fn is_to_be_built(word: &str, prompt: &Prompt) -> bool {
    const BUILDS: [&str; 9] = [
        "add",
        "build",
        "create",
        "introduce",
        "implement",
        "new",
        "provide",
        "make",
        "set",
    ];
    let wanted = stem(word);
    prompt.kept.iter().any(|sentence| {
        let lower = sentence.to_lowercase();
        let words: Vec<&str> = lower
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect();
        words.iter().enumerate().any(|(at, w)| {
            stem(w) == wanted
                && words[at.saturating_sub(3)..at]
                    .iter()
                    .any(|before| BUILDS.contains(before))
        })
    })
}

/// Drops a class that no wish belongs to most, unless the prompt names the very thing it builds: "a login page with rate
/// limits" wants both, "60 requests per minute to the API" no new endpoint.
pub(super) fn with_own_wish<'a>(classes: Vec<&'a Class>, prompt: &Prompt) -> Vec<&'a Class> {
    if classes.len() < 2 {
        return classes;
    }
    let builder = prompt.things.thing.as_ref().and_then(|thing| {
        Some((
            thing,
            classes.iter().position(|class| {
                class.thing == *thing || super::fill::names_class(class, thing)
            })?,
        ))
    });
    let homes: Vec<Option<usize>> = prompt
        .wants
        .iter()
        .map(|want| {
            if let Some((_, at)) = builder.filter(|(thing, _)| {
                want.shall.starts_with("provide ") && want.shall.contains(thing.as_str())
            }) {
                return Some(at);
            }
            classes
                .iter()
                .map(|class| strength(want, class))
                .enumerate()
                .max_by_key(|(at, strength)| (*strength, std::cmp::Reverse(*at)))
                .filter(|(_, strength)| *strength > 0)
                .map(|(at, _)| at)
        })
        .collect();
    let text = rutter_catalogue::words::stems(
        &prompt
            .wants
            .iter()
            .map(|want| want.text.as_str())
            .collect::<Vec<_>>()
            .join(". "),
    );
    let named = |class: &Class| {
        rutter_catalogue::words::has_phrase(&text, &class.thing)
            || rutter_catalogue::words::has_phrase(&text, &class.id.replace('-', " "))
    };
    let kept: Vec<&Class> = classes
        .iter()
        .enumerate()
        .filter(|(at, class)| homes.contains(&Some(*at)) || named(class))
        .map(|(_, class)| *class)
        .collect();
    if kept.is_empty() { classes } else { kept }
}

/// Whether a prompt of a feature reports a bug: "fixed amount" does not.
pub(super) fn reports_a_bug(found: &Match<'_>, prompt: &Prompt) -> bool {
    let only_fix = found.why.iter().all(|word| {
        matches!(
            *word,
            "fix" | "error" | "issue" | "problem" | "fail" | "wrong"
        )
    });
    let text = prompt.kept.join(" ").to_lowercase();
    !only_fix
        || text
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == "fix")
}

/// The classes with what fills them, in the order in which the prompt comes to speak of them. What a class works on is
/// taken from the wishes that speak of that class.
pub(super) fn filled<'a>(classes: Vec<&'a Class>, prompt: &Prompt, app: &str) -> Vec<Chosen<'a>> {
    let alone = classes.len() == 1;
    let mut out: Vec<(usize, Chosen<'a>)> = Vec::new();
    for (at, class) in classes.iter().copied().enumerate() {
        let mut things = prompt.things.clone();
        let own: Vec<(usize, &Want)> = prompt
            .wants
            .iter()
            .enumerate()
            .filter(|(_, want)| strength(want, class) > 0)
            .collect();
        // Who pays is not who pays back: with several classes each has the people of its own wishes.
        if !alone {
            let told = own.iter().find_map(|(_, want)| {
                want.shall
                    .strip_prefix("let ")
                    .or_else(|| want.shall.strip_prefix("require "))
                    .map(crate::prompt::say::actor_in_front)
            });
            things.actor = told
                .flatten()
                .or_else(|| things.actor.filter(|_| prompt.as_story));
        }
        let object = own
            .iter()
            .find_map(|(_, want)| crate::prompt::things::object_of(want, class))
            .filter(|told| *told != class.thing)
            .or_else(|| {
                own.iter()
                    .find_map(|(_, want)| behind(&want.text, &class.thing))
            });
        things.object =
            object.or_else(|| things.object.filter(|_| alone && !class.object.is_empty()));
        let first = own.first().map_or(usize::MAX, |(place, want)| {
            let lower = want.text.to_lowercase();
            let at = class
                .strong
                .iter()
                .chain([&class.thing])
                .filter_map(|phrase| lower.find(phrase.as_str()))
                .min();
            place * 10_000 + at.unwrap_or(9_999).min(9_999)
        });
        out.push((
            first,
            Chosen {
                class,
                slots: Slots::of(class, &things, app, at == 0),
            },
        ));
    }
    if !alone {
        out.sort_by_key(|(first, _)| *first);
    }
    out.into_iter().map(|(_, one)| one).collect()
}

/// What stands behind the thing: "comments to appointments" are about an appointment.
fn behind(text: &str, thing: &str) -> Option<String> {
    let words: Vec<String> = rutter_catalogue::words::words(text);
    words.windows(3).find_map(|three| {
        let [name, joint, other] = three else {
            return None;
        };
        let is_behind = stem(name) == stem(thing)
            && ["to", "on", "about"].contains(&joint.as_str())
            && crate::prompt::lexicon::is_plural(other);
        is_behind.then(|| crate::prompt::lexicon::singular(other))
    })
}

/// How strongly a wish speaks of a class.
pub(super) fn strength(want: &Want, class: &Class) -> usize {
    let mut text = want.text.clone();
    if let Some((_, condition)) = &want.trigger {
        text = format!("{condition} {text}");
    }
    let stems = rutter_catalogue::words::stems(&text);
    let strong = class
        .strong
        .iter()
        .filter(|phrase| rutter_catalogue::words::has_phrase(&stems, phrase))
        .count()
        * 3;
    let concerns = class
        .criteria
        .iter()
        .filter(|criterion| criterion.is_covered_by(&stems))
        .count();
    let foreign = if text.is_ascii() {
        0
    } else {
        let lower = text.to_lowercase();
        class
            .words
            .values()
            .flatten()
            .filter(|part| lower.contains(part.trim_start_matches('~')))
            .count()
            * 3
    };
    strong + concerns + foreign
}

/// The class that each wish belongs to; `None` for a wish that speaks of none of them. What goes on from a wish, or only
/// completes it, belongs where that one does.
pub(super) fn assign(
    wants: &[&Want],
    chosen: &[Chosen<'_>],
    prompt: &Prompt,
) -> Vec<Option<usize>> {
    let mut out: Vec<Option<usize>> = Vec::new();
    // A wish for the very thing belongs to the class that builds it.
    let builder = prompt.things.thing.as_ref().and_then(|thing| {
        chosen
            .iter()
            .position(|one| one.slots.thing == *thing)
            .map(|at| (thing, at))
    });
    let enough = if chosen.len() == 1 { 1 } else { 2 };
    for want in wants {
        let best = chosen
            .iter()
            .map(|one| strength(want, one.class))
            .enumerate()
            .max_by_key(|(at, strength)| (*strength, std::cmp::Reverse(*at)))
            .filter(|(_, strength)| *strength >= enough)
            .map(|(at, _)| at);
        let best = builder
            .filter(|(thing, _)| {
                want.shall.starts_with("provide ") && want.shall.contains(thing.as_str())
            })
            .map(|(_, at)| at)
            .or(best);
        let before = out.last().copied();
        out.push(match before {
            Some(before)
                if best.is_none() && (want.fragment || want.goes_on && !is_new_thing(want)) =>
            {
                before
            }
            _ => best,
        });
    }
    let strays = out
        .iter()
        .zip(wants)
        .filter(|(class, want)| class.is_none() && !is_new_thing(want))
        .count();
    if strays <= 1 || wants.len() <= 2 {
        out.iter_mut()
            .zip(wants)
            .filter(|(_, want)| !is_new_thing(want) || wants.len() < 2)
            .for_each(|(class, _)| *class = class.or(Some(0)));
    }
    out
}

/// Whether a wish adds a thing of its own rather than say more of what was named: "and add a dark mode".
pub(super) fn is_new_thing(want: &Want) -> bool {
    let says_more = want.text.split(' ').any(|word| {
        [
            "it", "its", "them", "their", "this", "that", "these", "there", "same",
        ]
        .contains(&word.to_lowercase().trim_matches(','))
    });
    !want.fragment
        && !says_more
        && ["provide a ", "provide an ", "plot ", "draw "]
            .iter()
            .any(|cue| want.shall.starts_with(cue))
}
