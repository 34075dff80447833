//! What has to be asked before a place in source can be linked: one question at a time.

use std::ops::Range;
use std::sync::Arc;

use rutter_code::comments::comment_at;
use rutter_code::links::{Link, edit as link_edit};
use rutter_code::observe::is_observed;
use rutter_workspace::trace::{Meant, criteria, meant};
use rutter_workspace::{Snapshot, SpecFolder};
use serde_json::{Value, json};

use super::likely;
use super::link::Place;
use super::rank::ranked;
use super::shortened;
use crate::context::Context;
use crate::error::CommandError;

/// So many criteria are offered at once.
const PAGE: usize = 6;

/// So many tests are offered.
const MOST_TESTS: usize = 3;

/// A question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The question.
    pub text: String,
    /// What can be answered.
    pub choices: Vec<Choice>,
}

/// An answer: what is called then, with `uri` and `range` as they were given.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What the button says.
    pub label: String,
    /// The command.
    pub command: &'static str,
    /// What is put into the argument.
    pub argument: Value,
}

/// What `rutter.choose`, `rutter.confirmLink` and `rutter.link` must ask first; `None` where everything is said.
pub fn next(
    cx: &Context<'_>,
    command: &str,
    argument: &Value,
    range: &Range<usize>,
) -> Result<Option<Question>, CommandError> {
    let uri = argument.get("uri").and_then(Value::as_str);
    let place = Place::at(cx, uri.unwrap_or_default())?;
    if command == "rutter.choose" {
        return Ok(Some(what(cx, &place, range)));
    }
    if command == likely::CONFIRM {
        let spec = argument.get("spec").and_then(Value::as_str);
        return likely::ask(cx, &place, range.start, spec).map(Some);
    }
    let ids: Vec<&str> = match argument.get("ids").and_then(Value::as_array) {
        Some(ids) => ids.iter().filter_map(Value::as_str).collect(),
        None => Vec::new(),
    };
    let has_spec = argument.get("spec").is_some_and(Value::is_string);
    let adds = argument.get("add").is_some();
    if ids.is_empty() {
        return Ok(match place.unclear(range) {
            Some(_) if has_spec && !adds => None,
            Some((link, fits)) if !adds => Some(which_spec(&place, link, &fits)),
            _ => Some(which_criterion(&place, range, argument)),
        });
    }
    let fits = place.folders.iter().filter(|folder| {
        let spec = folder.spec();
        ids.iter().all(|id| !criteria(spec, id).is_empty())
    });
    let fits: Vec<&Arc<SpecFolder>> = fits.copied().collect();
    let open = !has_spec && fits.len() > 1;
    Ok(open.then(|| Question {
        text: format!("Which spec's {}?", ids.join(", ")),
        choices: fits
            .iter()
            .map(|folder| Choice {
                label: folder.name.clone(),
                command: "rutter.link",
                argument: json!({"spec": folder.path}),
            })
            .collect(),
    }))
}

/// What to do here.
fn what(cx: &Context<'_>, place: &Place<'_>, range: &Range<usize>) -> Question {
    let text = place.source.text();
    let link = place
        .links
        .iter()
        .find(|link| link.range.start <= range.end && range.start <= link.range.end);
    let mut choices = likely::offered(cx, place, range.start);
    let mut add = "Link it to a requirement";
    if let Some(link) = link {
        match meant(&place.folders, link) {
            Meant::Several(fits) => return which_spec(place, link, &fits),
            Meant::One(folder) => {
                choices.extend(go(folder, link));
                choices.extend(tests(cx, folder, link));
                add = "Link it to another requirement";
            }
            Meant::Unknown => {}
        }
    }
    let is_code = link_edit::unit_at(place.language, text, range.start).is_some();
    if is_code && !place.folders.is_empty() {
        choices.push(Choice {
            label: add.to_owned(),
            command: "rutter.link",
            argument: json!({"add": true}),
        });
    }
    let is_comment = comment_at(place.language, text, range.start).is_some();
    if is_comment || !range.is_empty() {
        choices.push(Choice {
            label: "Make a spec of it".to_owned(),
            command: "rutter.newSpec",
            argument: json!({}),
        });
    }
    if is_code && !range.is_empty() && is_observed(place.language) {
        choices.push(Choice {
            label: "Write down what it does today".to_owned(),
            command: "rutter.specFromCode",
            argument: json!({}),
        });
    }
    Question {
        text: "What shall be done with this?".to_owned(),
        choices,
    }
}

fn go(folder: &Arc<SpecFolder>, link: &Link) -> Vec<Choice> {
    let known = link
        .ids
        .iter()
        .filter(|id| !criteria(folder.spec(), id).is_empty());
    let choices = known.take(PAGE).map(|id| Choice {
        label: format!("Go to {} {id}", folder.name),
        command: "rutter.show",
        argument: json!({"what": "criterion", "uri": folder.path, "id": id}),
    });
    choices.collect()
}

/// The tests of what code is there for.
fn tests(cx: &Context<'_>, folder: &Arc<SpecFolder>, link: &Link) -> Vec<Choice> {
    if link.is_test {
        return Vec::new();
    }
    let ids = link.ids.iter().flat_map(|id| criteria(folder.spec(), id));
    let labels: Vec<String> = ids.collect();
    open_tests(cx.snapshot, folder, &labels)
        .into_iter()
        .map(|(label, argument)| Choice {
            label,
            command: "rutter.show",
            argument,
        })
        .collect()
}

/// What opens the tests that name some criteria: what to call it, and the argument of `rutter.show`.
pub fn open_tests(
    snapshot: &Snapshot,
    folder: &SpecFolder,
    labels: &[String],
) -> Vec<(String, Value)> {
    let mut found: Vec<(String, Value)> = Vec::new();
    for used in snapshot.uses_of_criteria(folder, labels) {
        let unit = used.link.unit.as_ref().filter(|_| used.link.is_test);
        let ids = used
            .link
            .ids
            .iter()
            .flat_map(|id| criteria(folder.spec(), id));
        let id = ids.into_iter().find(|id| labels.contains(id));
        let (Some(unit), Some(id)) = (unit, id) else {
            continue;
        };
        let label = format!("Open the test {}", shortened(&unit.name, 60));
        if found.len() < MOST_TESTS && !found.iter().any(|(known, _)| *known == label) {
            let name = unit.full_name();
            let argument = json!({"what": "test", "uri": folder.path, "id": id, "name": name});
            found.push((label, argument));
        }
    }
    found
}

fn which_spec(place: &Place<'_>, link: &Link, fits: &[&Arc<SpecFolder>]) -> Question {
    let mut choices = Vec::new();
    for whole in [false, true] {
        for folder in fits {
            let count = place.unclear_for(folder);
            if whole && count < 2 {
                continue;
            }
            let label = if whole {
                format!("{}, for all {count} in this file", folder.name)
            } else {
                folder.name.clone()
            };
            choices.push(Choice {
                label,
                command: "rutter.link",
                argument: json!({"spec": folder.path, "whole": whole}),
            });
        }
    }
    Question {
        text: format!("Which spec's {} is meant here?", link.ids.join(", ")),
        choices,
    }
}

fn which_criterion(place: &Place<'_>, range: &Range<usize>, argument: &Value) -> Question {
    let text = place.source.text();
    let unit = link_edit::unit_at(place.language, text, range.start);
    let comment = comment_at(place.language, text, range.start);
    let said = [comment, Some(range.clone())].into_iter().flatten();
    let mut about: String = said.filter_map(|range| text.get(range)).collect();
    let mut name = "this".to_owned();
    let mut linked: Vec<&Link> = Vec::new();
    if let Some(unit) = &unit {
        about.push_str(&format!(" {}", unit.full_name()));
        name.clone_from(&unit.name);
        let own = place.links.iter();
        linked.extend(own.filter(|l| l.unit.as_ref().is_some_and(|u| u.range == unit.range)));
    }
    let is_linked = |folder: &SpecFolder, label: &String| {
        linked.iter().any(|link| {
            link.ids.contains(label)
                && matches!(meant(&place.folders, link), Meant::One(one) if one.path == folder.path)
        })
    };
    let page = argument.get("page").and_then(Value::as_u64);
    let page = page
        .and_then(|page| usize::try_from(page).ok())
        .unwrap_or(0);
    let mut all = ranked(&place.folders, &about);
    all.retain(|one| !is_linked(one.folder, &one.label));
    let several = place.folders.len() > 1;
    let mut choices: Vec<Choice> = all
        .iter()
        .skip(page * PAGE)
        .take(PAGE)
        .map(|one| {
            let spec = if several {
                format!("{} ", one.folder.name)
            } else {
                String::new()
            };
            Choice {
                label: shortened(&format!("{spec}{} {}", one.label, one.text), 72),
                command: "rutter.link",
                argument: json!({"spec": one.folder.path, "ids": [one.label]}),
            }
        })
        .collect();
    if all.len() > (page + 1) * PAGE {
        choices.push(Choice {
            label: "More…".to_owned(),
            command: "rutter.link",
            argument: json!({"add": true, "page": page + 1}),
        });
    }
    Question {
        text: format!("Which requirement is {name} there for?"),
        choices,
    }
}
