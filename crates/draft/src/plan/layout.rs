//! Criteria laid out into requirements: a class's groups, the prompt's own headings, and what is too much.

use rutter_catalogue::Class;

use super::build::{MOST, MOST_SMALL};
use super::classes::Chosen;
use super::offer::{Candidate, Near};
use super::{Line, Plan, Requirement, Story, criteria, title, vague};
use crate::ground::Ground;
use crate::prompt::{Prompt, Want};

/// The requirement that a wish belongs to, and the term that fulfils it.
pub(super) fn home(class: Option<usize>, chosen: &[Chosen<'_>], plan: &Plan) -> (usize, String) {
    let system = class.map_or_else(
        || chosen[0].slots.app.clone(),
        |at| chosen[at].slots.system.clone(),
    );
    let requirement = plan
        .requirements
        .iter()
        .position(|r| r.lines.iter().any(|line| line.text.contains(&system)))
        .unwrap_or(0);
    (requirement, system)
}

/// One requirement a group; wishes stand in front of what the class adds.
pub(super) fn lay_out(
    prompt: &Prompt,
    chosen: &[Chosen<'_>],
    wants: &[&Want],
    assigned: &[Option<usize>],
    taken: &[Candidate<'_>],
    plan: &mut Plan,
) {
    let strays: Vec<&Want> = wants
        .iter()
        .zip(assigned)
        .filter(|(_, class)| class.is_none())
        .map(|(want, _)| *want)
        .collect();
    let strays_first = assigned.first().is_some_and(Option::is_none);
    let app = chosen[0].slots.app.clone();
    if strays_first {
        of_strays(prompt, &strays, &app, plan);
    }
    for (of, one) in chosen.iter().enumerate() {
        let mine: Vec<&&Want> = wants
            .iter()
            .zip(assigned)
            .filter(|(_, class)| **class == Some(of))
            .map(|(want, _)| want)
            .collect();
        for (at, group) in one.class.groups.iter().enumerate() {
            let mut lines: Vec<Line> = Vec::new();
            for want in mine.iter().filter(|want| group_of(want, one.class) == at) {
                let shall = vague::settle(&want.shall, &mut plan.decisions);
                lines.push(Line {
                    text: criteria::ears(want, &shall, &one.slots.system),
                });
            }
            lines.extend(
                taken
                    .iter()
                    .filter(|c| {
                        c.of == of
                            && one
                                .class
                                .group_of(c.criterion)
                                .is_some_and(|g| g.id == group.id)
                    })
                    .map(|c| Line {
                        text: c.text.clone(),
                    }),
            );
            if lines.is_empty() {
                continue;
            }
            let who = if group.actor.is_empty() {
                one.slots.actor.clone()
            } else {
                group.actor.clone()
            };
            let so = if plan.requirements.is_empty() {
                prompt.reason.clone()
            } else {
                None
            };
            let story = Story {
                who,
                want: one.slots.plain(&group.want).unwrap_or_default(),
                so: so
                    .or_else(|| one.slots.plain(&group.so))
                    .unwrap_or_default(),
            };
            let heading = one
                .slots
                .plain(&group.title)
                .unwrap_or_else(|| one.class.title.clone());
            plan.requirements.push(Requirement {
                title: title::capital(&heading),
                story,
                lines,
            });
        }
    }
    if !strays_first {
        of_strays(prompt, &strays, &app, plan);
    }
    if plan.small && plan.requirements.len() > 1 {
        let rest: Vec<Line> = plan
            .requirements
            .drain(1..)
            .flat_map(|requirement| requirement.lines)
            .collect();
        plan.requirements[0].lines.extend(rest);
    }
}

/// The group whose criteria a wish is nearest to.
pub(super) fn group_of(want: &Want, class: &Class) -> usize {
    let stems = rutter_catalogue::words::stems(&want.text);
    let near = |group: &rutter_catalogue::Group| {
        class
            .criteria
            .iter()
            .filter(|criterion| {
                class.group_of(criterion).is_some_and(|g| g.id == group.id)
                    && criterion.is_covered_by(&stems)
            })
            .count()
    };
    class
        .groups
        .iter()
        .map(near)
        .enumerate()
        .max_by_key(|(at, count)| (*count, std::cmp::Reverse(*at)))
        .map_or(0, |(at, _)| at)
}

/// A prompt of no known class: its own words, under its own headings.
pub(super) fn own_words(
    prompt: &Prompt,
    ground: &Ground,
    wants: &[&Want],
    near: Vec<Near>,
    app: &str,
    plan: &mut Plan,
) {
    let limit = if plan.small { MOST_SMALL } else { MOST };
    let room = wants.len().min(limit);
    of_strays(prompt, &wants[..room], app, plan);
    for want in wants.iter().skip(limit) {
        let shall = vague::settle(&want.shall, &mut plan.decisions);
        let text = plan.decisions.plain(&criteria::ears(want, &shall, app));
        plan.concerns
            .push((plan.requirements.len().saturating_sub(1), text));
    }
    if near.is_empty() {
        if super::offer::length(prompt) <= crate::prompt::NAMES {
            super::small_guard(prompt, ground, app, plan);
        }
    } else {
        lay_near(near, plan);
    }
}

/// Sentences that a wish needs stand in the requirement of that wish.
pub(super) fn lay_near(near: Vec<Near>, plan: &mut Plan) {
    for one in near {
        let last = plan.requirements.len().checked_sub(1);
        let home = plan
            .requirements
            .iter()
            .position(|r| r.lines.iter().any(|line| line.text.contains(&one.shall)))
            .or(last);
        if let Some(home) = home {
            plan.requirements[home].lines.push(Line { text: one.text });
        }
    }
}

/// Wishes that no class knows, under their own headings.
pub(super) fn of_strays(prompt: &Prompt, wants: &[&Want], app: &str, plan: &mut Plan) {
    let mut chunks: Vec<(Option<String>, Vec<&Want>)> = Vec::new();
    for want in wants {
        let room = if plan.small { MOST_SMALL } else { 7 };
        match chunks.last_mut() {
            Some((heading, list)) if *heading == want.heading && list.len() < room => {
                list.push(want)
            }
            _ => chunks.push((want.heading.clone(), vec![want])),
        }
    }
    for (heading, list) in chunks {
        let lines = list
            .iter()
            .map(|want| {
                let shall = vague::settle(&want.shall, &mut plan.decisions);
                Line {
                    text: criteria::ears(want, &shall, app),
                }
            })
            .collect();
        let mut heading = heading
            .filter(|h| h.split(' ').count() <= 8)
            .unwrap_or_else(|| title::of_want(list[0]));
        if plan
            .requirements
            .iter()
            .any(|requirement| requirement.title == heading)
        {
            heading = title::of_want(list[0]);
        }
        plan.requirements.push(Requirement {
            title: heading,
            story: title::story(
                list[0],
                prompt,
                if plan.small { "developer" } else { "user" },
            ),
            lines,
        });
    }
}

/// What is beyond the size becomes a one-line entry.
pub(super) fn overflow(plan: &mut Plan, limit: usize) {
    let mut left = limit;
    let mut moved = Vec::new();
    for (at, requirement) in plan.requirements.iter_mut().enumerate() {
        if requirement.lines.len() > left {
            moved.extend(requirement.lines.drain(left..).map(|line| (at, line.text)));
        }
        left -= requirement.lines.len();
    }
    for (at, text) in moved {
        let text = plan.decisions.plain(&text);
        plan.concerns.insert(0, (at, text));
    }
    let empty: Vec<bool> = plan
        .requirements
        .iter()
        .map(|requirement| requirement.lines.is_empty())
        .collect();
    if empty.iter().all(|e| *e) {
        return;
    }
    let new_place = |at: usize| {
        (0..at)
            .filter(|i| !empty[*i])
            .count()
            .min(empty.iter().filter(|e| !**e).count() - 1)
    };
    for (at, _) in &mut plan.concerns {
        *at = new_place(*at);
    }
    plan.requirements
        .retain(|requirement| !requirement.lines.is_empty());
}
