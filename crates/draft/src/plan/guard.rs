//! What a prompt of no known class leaves open: what must stay, who may, what happens on failure.

use super::{Line, Plan};
use crate::ground::Ground;
use crate::prompt::{Prompt, names};

/// Adds the few lines that such a prompt needs. Never more than two.
pub(crate) fn small_guard(prompt: &Prompt, ground: &Ground, app: &str, plan: &mut Plan) {
    let Some(first) = plan.requirements.first() else { return };
    let strings = |list: &[&str]| list.iter().map(|c| (*c).to_owned()).collect::<Vec<_>>();
    let mut extra = Vec::new();
    if plan.small {
        let file = named_file(prompt, ground);
        extra.push(match file {
            Some(file) => format!("THE {app} SHALL leave everything else in `{file}` as it is"),
            None => format!("THE {app} SHALL behave as before in everything else"),
        });
    } else if prompt.language == rutter_catalogue::language::Language::English && prompt.wants.len() <= 6 {
        let thing = prompt.things.thing.clone();
        let has_person = prompt.things.actor.is_some() || first.lines.iter().any(|line| line.text.contains("SHALL let ") || line.text.contains("SHALL NOT let "));
        if let Some(thing) = thing.as_ref().filter(|_| !has_person && ground.has_face()) {
            let who = plan.decisions.mark("guard/who", &format!("Who may use the {thing}?"), &strings(&["every visitor", "every signed-in user", "administrators only"]));
            extra.push(format!("THE {app} SHALL offer the {thing} to {who}"));
        }
        let fails = prompt.wants.iter().any(|want| want.trigger.as_ref().is_some_and(|(kind, _)| *kind == crate::prompt::clause::Trigger::If));
        if !fails && prompt.wants.len() <= 4 {
            let what = thing.map_or_else(|| "this".to_owned(), |thing| format!("the {thing}"));
            let answer = plan.decisions.mark("guard/fails", &format!("What happens when {what} fails?"), &strings(&["say what went wrong and change nothing", "try again 3 times, then say what went wrong", "go on without it and log the failure"]));
            extra.push(format!("IF {what} fails, THEN THE {app} SHALL do this: {answer}"));
        }
    }
    let room = 2;
    plan.requirements[0].lines.extend(extra.into_iter().take(room).map(|text| Line { text }));
}

/// The file of the project that the prompt names, by path, by name or by a symbol in it.
fn named_file(prompt: &Prompt, ground: &Ground) -> Option<String> {
    let named = names::identifiers(&prompt.kept.join(" "));
    for name in &named {
        let bare = name.trim_start_matches("./");
        if let Some(path) = ground.files.iter().find(|path| *path == bare || path.ends_with(&format!("/{bare}"))) {
            return Some(path.clone());
        }
    }
    ground.find(&named).into_iter().find(|hit| hit.exact).map(|hit| hit.path)
}
