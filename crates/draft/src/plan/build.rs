//! From a read prompt to a plan: which criteria, how many.

use super::classes::{Chosen, assign, beyond_what_is_there, choose, filled, with_own_wish};
use super::finish::{glossary, notes, plan_title, questions};
use super::layout::{home, lay_near, lay_out, overflow, own_words};
use super::platform::Platform;
use super::{Line, Plan, Requirement, Story, criteria, depth, many, offer, small, title, vague};
use crate::ground::Ground;
use crate::prompt::{Prompt, Want, names, say};

/// The most criteria of a feature and of a small change.
pub(super) const MOST: usize = 20;
pub(super) const MOST_SMALL: usize = 5;

/// The most concerns that the catalogue adds to those of the prompt.
const MOST_CONCERNS: usize = 5;

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
    let (chosen, touched): (Vec<Chosen<'_>>, Vec<Chosen<'_>>) = filled(
        with_own_wish(choose(&matches, prompt, plan.small), prompt),
        prompt,
        &app,
    )
    .into_iter()
    .partition(|one| plan.small || depth::is_whole(one.class, prompt));
    if let Some(quality) = quality {
        of_quality(quality, prompt, ground, &app, &mut plan);
    } else {
        of_wishes(prompt, ground, &chosen, &touched, &app, &mut plan);
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
    for entry in &prompt.entries {
        plan.concerns.push((0, format!("THE {app} SHALL {entry}")));
    }
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

fn of_wishes(
    prompt: &Prompt,
    ground: &Ground,
    chosen: &[Chosen<'_>],
    touched: &[Chosen<'_>],
    app: &str,
    plan: &mut Plan,
) {
    let platform = Platform::of(ground, prompt);
    let candidates = offer::candidates(prompt, chosen, platform, &mut plan.decisions);
    let limit = if plan.small { MOST_SMALL } else { MOST };
    let wants: Vec<&Want> = prompt
        .wants
        .iter()
        .filter(|want| !offer::absorbed(want, &candidates, chosen, &plan.decisions))
        .collect();
    let near = offer::near(&wants, prompt, touched, platform, &mut plan.decisions);
    if chosen.is_empty() {
        own_words(prompt, ground, &wants, near, app, plan);
        return;
    }
    let kept = wants.len().min(if plan.small { limit } else { 16 });
    let assigned = assign(&wants, chosen, prompt);
    // Where most wishes speak of something else, the classes add less.
    let strays = assigned.iter().filter(|class| class.is_none()).count();
    let share = offer::share(prompt, chosen, strays * 2 > wants.len());
    let names = offer::length(prompt) <= crate::prompt::NAMES;
    let room = if plan.small && names {
        limit.saturating_sub(kept)
    } else {
        share.min(limit.saturating_sub(kept))
    };
    let (taken, over) = offer::divide(candidates, prompt, room);
    lay_out(prompt, chosen, &wants[..kept], &assigned, &taken, plan);
    for (want, class) in wants.iter().zip(&assigned).skip(kept) {
        let shall = vague::settle(&want.shall, &mut plan.decisions);
        let (at, system) = home(*class, chosen, plan);
        let text = plan.decisions.plain(&criteria::ears(want, &shall, &system));
        plan.concerns.push((at, text));
    }
    lay_near(near, plan);
    let english = prompt.language == rutter_catalogue::language::Language::English;
    let most = match (plan.small, names, english) {
        (true, true, _) => 2,
        (false, true, _) => MOST_CONCERNS,
        // Beside a description only what guards is worth a line, and only where every word of it was read.
        (_, false, true) => 3,
        (_, false, false) => 0,
    };
    let bare = names && (plan.small || offer::is_bare(prompt));
    let weighty = |one: &offer::Candidate<'_>| {
        bare || one.criterion.guards() || names && one.criterion.p <= 2
    };
    for candidate in over.into_iter().filter(weighty).take(most) {
        let one = &chosen[candidate.of];
        let heading = one
            .class
            .group_of(candidate.criterion)
            .and_then(|group| one.slots.plain(&group.title))
            .map(|heading| title::capital(&heading));
        let at = plan
            .requirements
            .iter()
            .position(|requirement| Some(&requirement.title) == heading.as_ref())
            .or_else(|| {
                plan.requirements.iter().position(|requirement| {
                    requirement
                        .lines
                        .iter()
                        .any(|line| line.text.contains(&one.slots.system))
                })
            })
            .unwrap_or(0);
        let text = plan.decisions.plain(&candidate.text);
        plan.concerns.push((at, text));
    }
}
