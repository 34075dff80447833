//! What is said once the criteria stand: questions, title, glossary, notes.

use super::classes::Chosen;
use super::{Line, Plan, Requirement, Story, many, title};
use crate::ground::Ground;
use crate::prompt::{Prompt, say};

/// The most questions of a prompt that become decisions.
pub(super) const MOST_QUESTIONS: usize = 5;

/// Questions of the prompt are the user's to answer.
pub(super) fn questions(prompt: &Prompt, system: String, plan: &mut Plan) {
    if plan.requirements.is_empty() {
        let heading = prompt.questions.first().map_or_else(
            || "Request".to_owned(),
            |question| title::capital(&title::shortened(question.trim_end_matches('?'), 7)),
        );
        plan.requirements.push(Requirement {
            title: heading,
            story: Story {
                who: "user".to_owned(),
                want: "the question of the request to be settled".to_owned(),
                so: String::new(),
            },
            lines: Vec::new(),
        });
    }
    let wanted: Vec<&str> = prompt
        .wants
        .iter()
        .flat_map(|want| {
            [
                Some(want.text.as_str()),
                want.trigger
                    .as_ref()
                    .map(|(_, condition)| condition.as_str()),
            ]
        })
        .flatten()
        .collect();
    for (at, question) in prompt.questions.iter().enumerate() {
        if many::is_settled(question, &wanted) {
            continue;
        }
        let shown = question.replace('"', "'");
        if at >= MOST_QUESTIONS {
            plan.concerns.push((0, format!("THE {system} SHALL follow the answer to this question of the request: \"{shown}\"")));
            continue;
        }
        let choices = crate::prompt::answers::choices(question);
        let ask = if question.contains(['`', '|']) {
            question.replace(['`', '|'], "'")
        } else {
            question.clone()
        };
        let mark = plan
            .decisions
            .mark(&format!("question/{at}"), &title::capital(&ask), &choices);
        plan.requirements[0].lines.push(Line {
            text: format!("THE {system} SHALL follow this answer to \"{shown}\": {mark}"),
        });
    }
}

pub(super) fn plan_title(prompt: &Prompt, chosen: &[Chosen<'_>], plan: &Plan) -> String {
    let generic = |thing: &String| {
        !thing.contains(' ') && crate::prompt::lexicon::is_feature_noun(&thing.to_lowercase())
    };
    let thing = prompt.things.thing.as_ref().filter(|thing| {
        !plan.small
            && prompt.wants.len() <= 12
            && !generic(thing)
            && (chosen.len() < 2
                || prompt
                    .wants
                    .first()
                    .is_some_and(|want| want.text.contains(thing.as_str())))
    });
    if chosen.len() > 1 && thing.is_none() && !plan.small {
        let titles: Vec<String> = chosen
            .iter()
            .take(2)
            .enumerate()
            .map(|(at, one)| {
                if at == 0 {
                    one.class.title.clone()
                } else {
                    say::lower_first(&one.class.title)
                }
            })
            .collect();
        let joint = if titles.iter().any(|title| title.contains(" and ")) {
            "; "
        } else {
            " and "
        };
        return titles.join(joint);
    }
    if let Some(thing) = thing {
        return title::capital(&title::shortened(thing, 6));
    }
    // "Import bank statements" says more than the first heading of an import, "Check before writing".
    let told = prompt
        .wants
        .first()
        .filter(|want| {
            chosen.len() == 1
                && !plan.small
                && !want.not
                && !want.fragment
                && !want.shall.starts_with("meet this part")
                && !want.shall.starts_with("provide ")
        })
        .map(|want| title::of_want(want).replace(" their ", " "));
    if let Some(told) = told.filter(|told| (2..=9).contains(&told.split(' ').count())) {
        return title::shortened(&told, 8);
    }
    let first = plan
        .requirements
        .first()
        .map(|requirement| requirement.title.clone())
        .unwrap_or_default();
    if first.starts_with("Request in ") && !chosen.is_empty() {
        return chosen[0].class.title.clone();
    }
    if !first.is_empty() && (chosen.len() <= 1 || first.split(' ').count() <= 6) {
        title::shortened(&first, 10)
    } else {
        chosen.first().map_or(first, |one| one.class.title.clone())
    }
}

/// The terms that the criteria use, with their meaning.
pub(super) fn glossary(
    plan: &Plan,
    chosen: &[Chosen<'_>],
    app: &str,
    ground: &Ground,
) -> Vec<(String, String)> {
    let texts: Vec<&str> = plan
        .requirements
        .iter()
        .flat_map(|r| r.lines.iter().map(|l| l.text.as_str()))
        .chain(plan.concerns.iter().map(|(_, text)| text.as_str()))
        .collect();
    let used = |term: &str| {
        texts.iter().any(|text| {
            text.split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(|word| word == term)
        })
    };
    let mut out: Vec<(String, String)> = Vec::new();
    let add = |out: &mut Vec<(String, String)>, term: &str, is: String| {
        if used(term) && !out.iter().any(|(known, _)| known == term) {
            out.push((term.to_owned(), is));
        }
    };
    for one in chosen {
        add(
            &mut out,
            &one.slots.system,
            one.slots
                .plain(&one.class.system_is)
                .unwrap_or_else(|| one.class.system_is.clone()),
        );
    }
    let name = ground
        .project
        .name
        .as_deref()
        .filter(|name| !name.contains(['`', '\n']));
    add(
        &mut out,
        app,
        name.map_or_else(
            || "the software in this repository".to_owned(),
            |name| format!("the software in this repository, {name}"),
        ),
    );
    for one in chosen {
        for term in &one.class.terms {
            add(
                &mut out,
                &term.name,
                one.slots.plain(&term.is).unwrap_or_else(|| term.is.clone()),
            );
        }
    }
    out
}

pub(super) fn notes(prompt: &Prompt, unknown: bool, plan: &mut Plan) {
    if prompt.left_out > 0 {
        let what = if prompt.left_out == 1 {
            "A sentence".to_owned()
        } else {
            format!("{} sentences", prompt.left_out)
        };
        plan.notes.push(format!("{what} of the request gave orders to the tool rather than saying what the product should do, and {} left out.", if prompt.left_out == 1 { "was" } else { "were" }));
    }
    if unknown && !prompt.wants.is_empty() {
        plan.notes.push("The catalogue knows no feature of this kind, so the draft holds to the words of the request. Look for what they leave out.".to_owned());
    }
}
