//! What the catalogue adds to a prompt, and how much of it.

use rutter_catalogue::Criterion;

use super::classes::Chosen;
use super::decide::Decisions;
use super::fill::criterion;
use super::platform::Platform;
use super::{criteria, stated};
use crate::prompt::{NAMES, Prompt, Want, names};

/// From how many wishes on a prompt says by itself what it wants.
const RICH: usize = 6;
/// Up to how many words a prompt only names what it wants.
const BARE: usize = 9;
/// Up to how many words a prompt that names a feature says a little more of it.
const SAYS_MORE: usize = 30;
/// The most sentences that a class adds to a wish that only touches it, and the most of all such classes.
const NEAR_EACH: usize = 2;
const NEAR_ALL: usize = 3;

/// A class's criterion that fits the prompt.
pub(super) struct Candidate<'a> {
    pub(super) of: usize,
    pub(super) criterion: &'a Criterion,
    pub(super) text: String,
}

/// A criterion that fits a wish of no chosen class.
pub(super) struct Near {
    /// What follows SHALL in the wish.
    pub(super) shall: String,
    pub(super) text: String,
}

/// Whether a prompt only names what it wants: "Add a login page".
pub(super) fn is_bare(prompt: &Prompt) -> bool {
    length(prompt) <= BARE
}

/// The words of what a prompt says of the product. Scripts without spaces have about two characters a word.
pub(super) fn length(prompt: &Prompt) -> usize {
    let of = |sentence: &String| {
        let wide = sentence
            .chars()
            .filter(|c| rutter_catalogue::words::is_cjk(*c))
            .count();
        sentence.split_whitespace().count() + wide / 2
    };
    prompt.kept.iter().map(of).sum()
}

/// How many criteria the catalogue may add: the more a prompt says by itself, the fewer.
pub(super) fn share(prompt: &Prompt, chosen: &[Chosen<'_>], elsewhere: bool) -> usize {
    // What any page needs says little about this one.
    let generic = chosen
        .iter()
        .all(|one| !one.class.small && crate::prompt::lexicon::is_feature_noun(&one.class.thing));
    let classes = chosen.len();
    let most: usize = match (prompt.wants.len(), classes) {
        (_, 0) => 0,
        (RICH.., 1) => 3,
        (RICH.., _) => 4,
        (3.., 1) => 6,
        (3.., _) => 8,
        (_, 1) if is_bare(prompt) => 9,
        (_, 1) => 7,
        _ => 10,
    };
    // Whoever says more than a name knows what they want: a guess beside it is more often wrong than right.
    let most = match length(prompt) {
        ..=NAMES => most,
        ..=SAYS_MORE if prompt.language == rutter_catalogue::language::Language::English => {
            most.min(3)
        }
        _ => 0,
    };
    if elsewhere || generic {
        most.div_ceil(2)
    } else {
        most
    }
}

/// The criteria of the classes that the prompt asks for, filled, without those that it says itself, excludes or has no
/// place for.
pub(super) fn candidates<'a>(
    prompt: &Prompt,
    chosen: &[Chosen<'a>],
    platform: Platform,
    decisions: &mut Decisions,
) -> Vec<Candidate<'a>> {
    let told = stated::told(prompt);
    let said = rutter_catalogue::words::stems(&prompt.kept.join(". "));
    let english = prompt.language == rutter_catalogue::language::Language::English;
    let mut out: Vec<Candidate<'a>> = Vec::new();
    for (of, one) in chosen.iter().enumerate() {
        for found in criteria::ranked(one.class) {
            let unwanted = one
                .class
                .group_of(found)
                .is_some_and(|group| english && !group.is_wanted_by(&said));
            if unwanted
                || prompt
                    .wants
                    .iter()
                    .any(|want| speaks_for_itself(want, found, one))
            {
                continue;
            }
            let Some(text) = fitting(found, one, prompt, platform, &told, decisions) else {
                continue;
            };
            let twice = out.iter().any(|other| {
                other.criterion.concern == found.concern
                    && criteria::content(&other.text) == criteria::content(&text)
            });
            if !twice {
                out.push(Candidate {
                    of,
                    criterion: found,
                    text,
                });
            }
        }
    }
    out
}

/// The sentence of a criterion for this prompt, if it has a place there.
fn fitting(
    found: &Criterion,
    one: &Chosen<'_>,
    prompt: &Prompt,
    platform: Platform,
    told: &[stated::Told],
    decisions: &mut Decisions,
) -> Option<String> {
    // A PDF has no columns.
    const NO_TABLES: [&str; 8] = [
        "PDF",
        "PNG",
        "SVG",
        "ZIP",
        "HTML",
        "Markdown",
        "iCalendar",
        "GPX",
    ];
    const TABLES: [&str; 6] = [
        "CSV",
        "spreadsheet",
        "column",
        "separator",
        "header row",
        "tab between",
    ];
    let has = |words: &[&str]| words.iter().any(|word| found.text.contains(word));
    let no_tables = one
        .slots
        .format
        .as_deref()
        .is_some_and(|format| NO_TABLES.contains(&format));
    // "Only managers may" answers every question that asks who may.
    let only = prompt
        .wants
        .iter()
        .any(|want| format!(" {} ", want.text.to_lowercase()).contains(" only "));
    let asks_who = one.class.decisions.iter().any(|decision| {
        decision.ask.starts_with("Who ") && found.text.contains(&format!("{{?{}}}", decision.id))
    });
    if !platform.carries(found)
        || only && asks_who
        || no_tables && has(&TABLES)
        || has(&["writing request", "request body"]) && reads_only(one.class, prompt)
    {
        return None;
    }
    let banned = |text: &str| {
        prompt
            .exclusions
            .iter()
            .any(|out| criteria::mentions(text, &out.what))
    };
    let text = criterion(one.class, &found.text, &one.slots, told, decisions, &banned)?;
    let text = stated::with_limits(&text, told);
    let plain = decisions.plain(&text);
    let settled = criteria::is_excluded(found, &plain, &prompt.exclusions)
        || prompt.wants.iter().any(|want| {
            criteria::says(want, found, &plain) || criteria::speaks_against(want, found, &plain)
        });
    (!settled).then_some(text)
}

/// What a prompt needs of classes that its wishes only touch: the few sentences that speak of the very wish.
pub(super) fn near(
    wants: &[&Want],
    prompt: &Prompt,
    touched: &[Chosen<'_>],
    platform: Platform,
    decisions: &mut Decisions,
) -> Vec<Near> {
    let told = stated::told(prompt);
    let mut out: Vec<Near> = Vec::new();
    for one in touched {
        let mut left = if length(prompt) <= NAMES {
            NEAR_EACH
        } else {
            0
        };
        for found in criteria::ranked(one.class)
            .into_iter()
            .filter(|found| found.p <= 2 && (prompt.wants.len() < RICH || found.guards()))
        {
            if left == 0 || out.len() == NEAR_ALL {
                break;
            }
            let Some(want) = wants
                .iter()
                .find(|want| !want.not && speaks_of(want, found, one))
            else {
                continue;
            };
            if let Some(text) = fitting(found, one, prompt, platform, &told, decisions) {
                left -= 1;
                out.push(Near {
                    shall: want.shall.clone(),
                    text: text.replace(&one.slots.system, &one.slots.app),
                });
            }
        }
    }
    out
}

/// Whether a wish is about what a criterion is about: they share a word that the criterion looks for and another one.
fn speaks_of(want: &Want, found: &Criterion, one: &Chosen<'_>) -> bool {
    let stems = rutter_catalogue::words::stems(&want.text);
    if !found.is_covered_by(&stems) {
        return false;
    }
    // What speaks of the class's own thing needs a wish that does: a wish list is no cart.
    let thing = rutter_catalogue::words::stems(&one.class.thing);
    let told = rutter_catalogue::words::stems(&found.text);
    let of_thing = found.text.contains("thing}") || thing.iter().all(|word| told.contains(word));
    if of_thing && !thing.iter().all(|word| stems.contains(word)) {
        return false;
    }
    let mine = criteria::content(&want.text);
    let theirs = criteria::content(
        &one.slots
            .plain(&found.text)
            .unwrap_or_else(|| found.text.clone()),
    );
    let people = criteria::content(&one.slots.actor);
    mine.intersection(&theirs)
        .filter(|word| !people.contains(*word))
        .count()
        >= 2
}

/// Whether a wish speaks by itself of what a criterion is about, beyond naming the class: "skip duplicates" settles what
/// happens to rows that are there already. A number of the prompt that the criterion takes in is no reason to leave it.
fn speaks_for_itself(want: &Want, found: &Criterion, one: &Chosen<'_>) -> bool {
    if found.text.contains("{?") && !names::amounts(&want.text).is_empty() {
        return false;
    }
    let text = match &want.trigger {
        Some((_, condition)) => format!("{condition} {}", want.text),
        None => want.text.clone(),
    };
    let stems = rutter_catalogue::words::stems(&text);
    let own: Vec<String> = one
        .class
        .strong
        .iter()
        .chain([
            &one.slots.thing,
            &one.class.thing,
            &one.slots.object,
            &one.slots.actor,
        ])
        .flat_map(|phrase| rutter_catalogue::words::stems(phrase))
        .collect();
    found.covers.iter().any(|phrase| {
        rutter_catalogue::words::has_phrase(&stems, phrase)
            && !rutter_catalogue::words::stems(phrase)
                .iter()
                .all(|word| own.contains(word))
    })
}

/// What is laid out and what only becomes a concern, most wanted first. A rich prompt gets only what guards it.
pub(super) fn divide<'a>(
    mut candidates: Vec<Candidate<'a>>,
    prompt: &Prompt,
    room: usize,
) -> (Vec<Candidate<'a>>, Vec<Candidate<'a>>) {
    let rich = prompt.wants.len() >= RICH;
    // Among equals, what the prompt's own actor, thing or object stands in comes first.
    let speaks = |candidate: &Candidate<'_>| {
        let text = &candidate.criterion.text;
        let things = &prompt.things;
        things.actor.is_some() && text.contains("actor")
            || things.object.is_some() && text.contains("object")
            || things.thing.is_some() && text.contains("thing")
    };
    // What holds a number of the prompt says what was asked.
    let numbers: Vec<String> = stated::told(prompt)
        .into_iter()
        .map(|one| one.amount.number)
        .collect();
    let holds = |candidate: &Candidate<'_>| {
        candidate.text.split(' ').any(|word| {
            let word = word.trim_matches(',');
            numbers.iter().any(|number| number == word) && !candidate.criterion.text.contains(word)
        })
    };
    let urgency = |candidate: &Candidate<'_>| {
        if holds(candidate) {
            0
        } else {
            candidate.criterion.p
        }
    };
    candidates.sort_by_key(|candidate| {
        let p = urgency(candidate);
        (
            p,
            p > 1 && !candidate.criterion.guards(),
            !speaks(candidate),
        )
    });
    // Each class gets its share: the first of each, then the second of each.
    let ranks: Vec<usize> = candidates
        .iter()
        .enumerate()
        .map(|(at, one)| {
            candidates[..at]
                .iter()
                .filter(|other| other.of == one.of && urgency(other) == urgency(one))
                .count()
        })
        .collect();
    let mut ranked: Vec<(usize, Candidate<'a>)> = ranks.into_iter().zip(candidates).collect();
    ranked.sort_by_key(|(rank, candidate)| (urgency(candidate), *rank));
    let mut left = room;
    let (mut taken, mut over) = (Vec::new(), Vec::new());
    for (_, candidate) in ranked {
        let wanted = match urgency(&candidate) {
            0 => true,
            1 if rich => candidate.criterion.guards(),
            p => p <= 2 && !rich,
        };
        if left > 0 && wanted {
            left -= 1;
            taken.push(candidate);
        } else {
            over.push(candidate);
        }
    }
    (taken, over)
}

/// Whether an endpoint only hands out: "returns the opening hours".
fn reads_only(class: &rutter_catalogue::Class, prompt: &Prompt) -> bool {
    let text = prompt.kept.join(" ");
    let words: Vec<String> = rutter_catalogue::words::stems(&text);
    let has = |list: &[&str]| {
        list.iter()
            .any(|word| words.contains(&rutter_catalogue::words::stem(word)))
    };
    class.id == "api-endpoint"
        && has(&[
            "returns", "get", "read", "lists", "fetch", "exposes", "serves",
        ])
        && !has(&[
            "post", "put", "patch", "delete", "create", "update", "write", "save", "submit",
            "store", "book", "cancel", "edit", "change",
        ])
}

/// Whether a wish is already said by the class's sentences: all its words stand in one, or it only states a number
/// that one of them now holds.
pub(super) fn absorbed(
    want: &Want,
    candidates: &[Candidate<'_>],
    chosen: &[Chosen<'_>],
    decisions: &Decisions,
) -> bool {
    let amounts = names::amounts(&want.text);
    let mine = criteria::content(&want.shall);
    let by_words = want.trigger.is_none()
        && !want.not
        // Only a bare name is said by its class; what says more stays in its own words.
        && mine.len() <= 2
        && candidates.iter().filter(|c| c.criterion.p == 1).any(|c| {
            let theirs = criteria::content(&decisions.plain(&c.text));
            mine.iter().all(|word| theirs.contains(word))
        });
    // "up to 5 MB, JPEG or PNG" says more than its number.
    let units: Vec<String> = amounts
        .iter()
        .flat_map(|amount| {
            amount
                .unit
                .iter()
                .map(|unit| rutter_catalogue::words::stem(unit))
                .chain([amount.number.to_lowercase()])
        })
        .collect();
    let limits = [
        "max", "maximum", "minimum", "min", "most", "least", "allow", "keep", "up", "limit",
        "require", "finish", "within", "per",
    ];
    let kinds: Vec<String> = chosen
        .iter()
        .flat_map(|one| one.slots.kinds.iter().map(|kind| kind.to_lowercase()))
        .filter(|kind| {
            candidates
                .iter()
                .any(|c| c.text.to_lowercase().contains(kind.as_str()))
        })
        .map(|kind| rutter_catalogue::words::stem(&kind))
        .collect();
    let only_number = mine.iter().all(|word| {
        units.contains(word)
            || kinds.contains(word)
            || limits.contains(&word.as_str())
            || word.starts_with(|c: char| c.is_ascii_digit())
    });
    let by_number = want.fragment
        && only_number
        && !amounts.is_empty()
        && amounts.iter().all(|amount| {
            candidates.iter().any(|c| {
                !c.criterion.text.contains(&amount.number)
                    && c.text
                        .split(' ')
                        .any(|word| word.trim_matches(',') == amount.number)
            })
        });
    !mine.is_empty() && by_words || by_number
}
