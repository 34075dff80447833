//! From a read prompt to a plan: which criteria, how many.

use super::classes::{Chosen, assign, beyond_what_is_there, choose, filled, with_own_wish};
use super::fill::criterion;
use super::finish::{glossary, notes, plan_title, questions};
use super::layout::{home, lay_out, overflow, own_words};
use super::{Line, Plan, Requirement, Story, criteria, many, small, stated, title, vague};
use crate::ground::Ground;
use crate::prompt::{Prompt, Want, names, say};

/// The most criteria of a feature and of a small change.
pub(super) const MOST: usize = 20;
pub(super) const MOST_SMALL: usize = 5;

/// The most concerns that the catalogue adds to those of the prompt.
const MOST_CONCERNS: usize = 6;

/// A class's criterion that fits the prompt.
pub(super) struct Candidate<'a> {
    pub(super) of: usize,
    pub(super) criterion: &'a rutter_catalogue::Criterion,
    pub(super) text: String,
}

/// Plans the first document.
pub fn plan(prompt: &Prompt, ground: &Ground) -> Plan {
    let mut plan = Plan {
        request: request(prompt),
        out: prompt
            .exclusions
            .iter()
            .map(|out| out.what.clone())
            .collect(),
        ..Plan::default()
    };
    plan.out.dedup();
    let app = ground.app_term();
    let wished = wished_text(prompt);
    let quality = vague::quality(&wished)
        .filter(|_| prompt.wants.len() <= 1 && names::amounts(&wished).is_empty());
    let matches = if quality.is_some() {
        Vec::new()
    } else {
        let found = ground.catalogue.classify_in(&wished, prompt.language);
        beyond_what_is_there(found, prompt, ground)
    };
    plan.small = small::is_small(prompt, &matches);
    let chosen = filled(
        with_own_wish(choose(&matches, prompt, plan.small), prompt),
        prompt,
        &app,
    );
    if let Some(quality) = quality {
        of_quality(quality, prompt, ground, &app, &mut plan);
    } else {
        of_wishes(prompt, ground, &chosen, &app, &mut plan);
    }
    questions(
        prompt,
        chosen
            .first()
            .map_or(&app, |first| &first.slots.system)
            .clone(),
        &mut plan,
    );
    for line in plan
        .requirements
        .iter_mut()
        .flat_map(|requirement| &mut requirement.lines)
    {
        line.text = many::settle(&line.text, &prompt.questions, &mut plan.decisions);
    }
    let limit = if plan.small { MOST_SMALL } else { MOST };
    overflow(&mut plan, limit);
    plan.kinds = chosen
        .iter()
        .filter(|one| {
            plan.requirements.iter().any(|r| {
                r.lines
                    .iter()
                    .any(|line| line.text.contains(&one.slots.system))
            })
        })
        .map(|one| say::lower_first(&one.class.title))
        .filter(|_| !plan.small)
        .collect();
    plan.title = plan_title(prompt, &chosen, &plan);
    plan.glossary = glossary(&plan, &chosen, &app, ground);
    notes(prompt, chosen.is_empty() && quality.is_none(), &mut plan);
    plan
}

fn request(prompt: &Prompt) -> String {
    let mut text = String::new();
    for sentence in &prompt.kept {
        if !text.is_empty() {
            text.push_str(". ");
        }
        text.push_str(sentence);
    }
    text
}

fn wished_text(prompt: &Prompt) -> String {
    let mut parts: Vec<&str> = Vec::new();
    // "Don't touch the payment code" is about no payment, nor is a ban about the feature it bans.
    let stays = |want: &Want| want.shall.starts_with("leave ") && want.shall.ends_with(" as it is");
    let about = |want: &Want| !want.not && !stays(want);
    let some = prompt.wants.iter().any(about);
    for want in prompt.wants.iter().filter(|want| !some || about(want)) {
        if let Some(heading) = &want.heading
            && !parts.contains(&heading.as_str())
        {
            parts.push(heading);
        }
        parts.push(&want.text);
    }
    let conditions: Vec<&str> = prompt
        .wants
        .iter()
        .filter_map(|want| want.trigger.as_ref())
        .map(|(_, condition)| condition.as_str())
        .collect();
    parts.extend(conditions);
    // A wish has its exclusions cut out in `shall`, not in `text`.
    let text = parts.join(". ");
    prompt
        .exclusions
        .iter()
        .fold(text, |text, out| text.replace(out.what.as_str(), " "))
}

fn of_quality(
    quality: vague::Quality,
    prompt: &Prompt,
    ground: &Ground,
    app: &str,
    plan: &mut Plan,
) {
    let about = prompt.wants.first().map_or("it".to_owned(), |want| {
        let core = want
            .shall
            .strip_prefix("make ")
            .or_else(|| want.shall.strip_prefix("improve "))
            .unwrap_or("it");
        let core = core
            .split(' ')
            .take_while(|word| {
                ![
                    "faster", "better", "nicer", "fast", "more", "quicker", "secure", "stable",
                ]
                .contains(word)
            })
            .collect::<Vec<_>>()
            .join(" ");
        if core.is_empty() || core == "it" {
            "it".to_owned()
        } else {
            core
        }
    });
    let lines = small::quality_lines(quality, &about, app, ground, prompt, &mut plan.decisions);
    let heading = prompt
        .wants
        .first()
        .map_or_else(|| "Improvement".to_owned(), title::of_want);
    let want = match quality {
        vague::Quality::Speed => "short waiting times",
        vague::Quality::Use => "to reach my goal without help",
        vague::Quality::Security => "my data to be safe from others",
        vague::Quality::Reliability => "to rely on the software while I work",
        vague::Quality::Source => "the code to be clear enough to change it without fear",
        vague::Quality::Unclear => "the part that holds me up to become better",
    };
    let story = Story {
        who: prompt.things.actor.clone().unwrap_or_else(|| {
            if quality == vague::Quality::Source {
                "developer"
            } else {
                "user"
            }
            .to_owned()
        }),
        want: want.to_owned(),
        so: prompt.reason.clone().unwrap_or_default(),
    };
    plan.requirements.push(Requirement {
        title: heading,
        story,
        lines: lines.into_iter().map(|text| Line { text }).collect(),
    });
}

fn of_wishes(prompt: &Prompt, ground: &Ground, chosen: &[Chosen<'_>], app: &str, plan: &mut Plan) {
    let told = stated::told(prompt);
    let exclusions = prompt.exclusions.clone();
    let banned = |text: &str| {
        exclusions
            .iter()
            .any(|out| criteria::mentions(text, &out.what))
    };
    let mut candidates: Vec<Candidate<'_>> = Vec::new();
    for (of, one) in chosen.iter().enumerate() {
        let reads = reads_only(one.class, prompt);
        // A PDF has no columns.
        let tables = one.slots.format.as_deref().is_none_or(|format| {
            ![
                "PDF",
                "PNG",
                "SVG",
                "ZIP",
                "HTML",
                "Markdown",
                "iCalendar",
                "GPX",
            ]
            .contains(&format)
        });
        for found in criteria::ranked(one.class) {
            if found.layer == rutter_catalogue::Layer::Ui && !ground.has_face() {
                continue;
            }
            if !tables
                && [
                    "CSV",
                    "spreadsheet",
                    "column",
                    "separator",
                    "header row",
                    "tab between",
                ]
                .iter()
                .any(|word| found.text.contains(word))
            {
                continue;
            }
            if reads
                && (found.text.contains("writing request") || found.text.contains("request body"))
            {
                continue;
            }
            let Some(text) = criterion(
                one.class,
                &found.text,
                &one.slots,
                &told,
                &mut plan.decisions,
                &banned,
            ) else {
                continue;
            };
            let text = stated::with_limits(&text, &told);
            let plain = plan.decisions.plain(&text);
            if criteria::is_excluded(found, &plain, &prompt.exclusions)
                || prompt
                    .wants
                    .iter()
                    .any(|want| criteria::says(want, found, &plain))
                || candidates.iter().any(|other| {
                    other.criterion.concern == found.concern
                        && criteria::content(&other.text) == criteria::content(&text)
                })
            {
                continue;
            }
            candidates.push(Candidate {
                of,
                criterion: found,
                text,
            });
        }
    }
    let limit = if plan.small { MOST_SMALL } else { MOST };
    let wants: Vec<&Want> = prompt
        .wants
        .iter()
        .filter(|want| !absorbed(want, &candidates, chosen, &plan.decisions))
        .collect();
    let kept = wants.len().min(if chosen.is_empty() || plan.small {
        limit
    } else {
        16
    });
    let assigned = assign(&wants, chosen, prompt);
    // Where most wishes speak of something else, the classes add less.
    let strays = assigned.iter().filter(|class| class.is_none()).count();
    let share = if strays * 2 > wants.len() { 5 } else { 9 };
    let target = if plan.small {
        limit
    } else {
        limit.min(kept + share * chosen.len())
    };
    // Among equals, what the prompt's own actor, thing or object stands in comes first.
    let speaks = |candidate: &Candidate<'_>| {
        let text = &candidate.criterion.text;
        let things = &prompt.things;
        things.actor.is_some() && text.contains("actor")
            || things.object.is_some() && text.contains("object")
            || things.thing.is_some() && text.contains("thing")
    };
    candidates.sort_by_key(|candidate| (candidate.criterion.p, !speaks(candidate)));
    // Each class gets its share: the first of each, then the second of each.
    let ranks: Vec<usize> = candidates
        .iter()
        .enumerate()
        .map(|(at, one)| {
            candidates[..at]
                .iter()
                .filter(|other| other.of == one.of && other.criterion.p == one.criterion.p)
                .count()
        })
        .collect();
    let mut ranked: Vec<(usize, Candidate<'_>)> = ranks.into_iter().zip(candidates).collect();
    ranked.sort_by_key(|(rank, candidate)| (candidate.criterion.p, *rank));
    let candidates: Vec<Candidate<'_>> =
        ranked.into_iter().map(|(_, candidate)| candidate).collect();
    let mut left = target.saturating_sub(kept);
    let (mut taken, mut over): (Vec<Candidate<'_>>, Vec<Candidate<'_>>) = (Vec::new(), Vec::new());
    for candidate in candidates {
        if left > 0 && candidate.criterion.p <= 2 {
            left -= 1;
            taken.push(candidate);
        } else {
            over.push(candidate);
        }
    }
    if chosen.is_empty() {
        own_words(prompt, ground, &wants, app, plan);
        return;
    }
    lay_out(prompt, chosen, &wants[..kept], &assigned, &taken, plan);
    for (want, class) in wants.iter().zip(&assigned).skip(kept) {
        let shall = vague::settle(&want.shall, &mut plan.decisions);
        let (at, system) = home(*class, chosen, plan);
        let text = plan.decisions.plain(&criteria::ears(want, &shall, &system));
        plan.concerns.push((at, text));
    }
    over.sort_by_key(|candidate| candidate.criterion.p);
    for candidate in over
        .into_iter()
        .take(if plan.small { 2 } else { MOST_CONCERNS })
    {
        let one = &chosen[candidate.of];
        let heading = one
            .class
            .group_of(candidate.criterion)
            .and_then(|group| one.slots.plain(&group.title));
        let at = plan
            .requirements
            .iter()
            .position(|requirement| Some(&requirement.title) == heading.as_ref())
            .unwrap_or(0);
        let text = plan.decisions.plain(&candidate.text);
        plan.concerns.push((at, text));
    }
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
fn absorbed(
    want: &Want,
    candidates: &[Candidate<'_>],
    chosen: &[Chosen<'_>],
    decisions: &super::decide::Decisions,
) -> bool {
    let amounts = names::amounts(&want.text);
    let mine = criteria::content(&want.shall);
    let by_words = want.trigger.is_none()
        && !want.not
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
