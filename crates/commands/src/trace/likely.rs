//! What commits say of code, without anybody having written a link: only likely, and shown as that.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rutter_code::{Language, Unit, units};
use rutter_host::{Cancel, Files};
use rutter_spec::trace::LikelyPlace;
use rutter_text::Source;
use rutter_workspace::dismissed::{self, Dismissed, NoLink};
use rutter_workspace::history::Repository;
use rutter_workspace::likely::{Claim, Likely, Shown, claims, counts};
use rutter_workspace::past::Past;
use rutter_workspace::{Snapshot, SpecFolder};
use serde::Deserialize;
use serde_json::json;

use super::link::Place;
use super::question::{Choice, Question};
use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::outcome::Outcome;
use crate::steps::{Reach, Step};

/// The command that asks whether a likely link is one.
pub const CONFIRM: &str = "rutter.confirmLink";

/// What the commits of a workspace folder say, read now. Nothing where it was cancelled.
pub fn read(
    snapshot: &Snapshot,
    files: &dyn Files,
    root: &Path,
    cancel: &Cancel,
) -> Option<Likely> {
    let Some(mut repository) = Repository::open(root) else {
        return Some(Likely::default());
    };
    let history = repository.history(cancel)?;
    let folders: Vec<Arc<SpecFolder>> = snapshot.folders_in(root).into_iter().cloned().collect();
    let mut past = Past::new(Some(&repository));
    let mut likely = Likely::new(claims(&folders, &history, &mut past, cancel)?);
    likely.place_all(&|name| text_of(snapshot, files, &root.join(name)));
    Some(likely)
}

/// The text of a source file: the editor's where it is open.
pub fn text_of(snapshot: &Snapshot, files: &dyn Files, path: &Path) -> Option<String> {
    match snapshot.open.get(path) {
        Some(open) => Some(open.source.text().to_owned()),
        None => files.read_text_if_any(path).ok().flatten(),
    }
}

/// What is likely of each criterion of a spec, by its label.
pub(super) fn by_criterion(
    snapshot: &Snapshot,
    likely: &Likely,
    folder: &SpecFolder,
) -> BTreeMap<String, Vec<LikelyPlace>> {
    let mut found: BTreeMap<String, Vec<LikelyPlace>> = BTreeMap::new();
    for shown in likely.of_spec(snapshot, folder) {
        for id in &shown.criteria {
            found.entry(id.clone()).or_default().push(LikelyPlace {
                path: shown.claim.path.clone(),
                line: shown.line + 1,
                name: shown.claim.name.clone().unwrap_or_default(),
                test: shown.claim.is_test,
                commit: shown.claim.commit.clone(),
                task: shown.claim.task.clone(),
            });
        }
    }
    found
}

/// What is likely of any of some criteria of a spec, as far as commits were looked into.
pub fn of_criteria<'a>(
    snapshot: &'a Snapshot,
    folder: &SpecFolder,
    labels: &[String],
) -> Vec<Shown<'a>> {
    let Some(likely) = snapshot.likely.get(&folder.root) else {
        return Vec::new();
    };
    let mut shown = likely.of_spec(snapshot, folder);
    shown.retain(|one| one.criteria.iter().any(|id| labels.contains(id)));
    shown
}

/// What commits say of one function, of one spec.
struct Said<'a> {
    folder: &'a Arc<SpecFolder>,
    /// The first of them.
    claim: &'a Claim,
    criteria: Vec<String>,
}

/// By spec.
fn said_of<'a>(snapshot: &'a Snapshot, root: &Path, path: &Path, unit: &Unit) -> Vec<Said<'a>> {
    let name = rutter_workspace::relative(root, path);
    let Some(likely) = snapshot.likely.get(root) else {
        return Vec::new();
    };
    let file = snapshot.source_file(path).map(|(_, file)| file);
    let full = unit.full_name();
    let mut found: Vec<Said<'_>> = Vec::new();
    for claim in likely.in_file(&name) {
        if claim.name.as_ref() != Some(&full) {
            continue;
        }
        let mut folders = snapshot.folders.values();
        let Some(folder) = folders.find(|f| f.root == root && f.name == claim.spec) else {
            continue;
        };
        let Some(criteria) = counts(snapshot, folder, claim, file.as_deref()) else {
            continue;
        };
        match found.iter_mut().find(|one| one.folder.path == folder.path) {
            Some(one) => {
                for id in criteria {
                    if !one.criteria.contains(&id) {
                        one.criteria.push(id);
                    }
                }
            }
            None => found.push(Said {
                folder,
                claim,
                criteria,
            }),
        }
    }
    found
}

/// The lenses of a source text above the functions that commits speak of. The `uri` of an argument is a path.
pub fn lenses(snapshot: &Snapshot, root: &Path, path: &Path, source: &Source) -> Vec<Step> {
    let name = rutter_workspace::relative(root, path);
    let (Some(likely), Some(language)) = (snapshot.likely.get(root), Language::of_path(&name))
    else {
        return Vec::new();
    };
    if !likely.has(&name) {
        return Vec::new();
    }
    let mut steps = Vec::new();
    for unit in units(language, source.text()) {
        for said in said_of(snapshot, root, path, &unit) {
            steps.push(Step {
                range: unit.range.start..unit.name_range.end.max(unit.range.start),
                reach: Reach::Line,
                title: format!(
                    "{} {} ? · from {}",
                    said.folder.name,
                    super::lens::some(&said.criteria),
                    said.claim.commit
                ),
                command: CONFIRM,
                argument: json!({"uri": path, "spec": said.folder.path}),
            });
        }
    }
    steps
}

/// What has to be asked before a likely link at a place is one, or none.
pub(super) fn ask(
    cx: &Context<'_>,
    place: &Place<'_>,
    offset: usize,
    spec: Option<&str>,
) -> Result<Question, CommandError> {
    let unit = place.unit_at(offset);
    let said = unit.as_ref().and_then(|unit| {
        let mut said = said_of(cx.snapshot, place.root, &place.path, unit).into_iter();
        said.find(|said| spec.is_none_or(|spec| Path::new(spec) == said.folder.path))
    });
    let Some((said, unit)) = said.zip(unit.as_ref()) else {
        return Err(CommandError::new(
            Code::UnknownItem,
            "No commit says what this code is there for.",
            "Link it with `rutter.link`.",
        ));
    };
    let claim = said.claim;
    Ok(Question {
        text: format!(
            "{} “{}” did task {} of {} and changed {}. Is it there for {}?",
            claim.commit,
            claim.subject,
            claim.task,
            claim.spec,
            unit.name,
            said.criteria.join(", ")
        ),
        choices: choices(&said),
    })
}

/// The answers to whether the code at a place is there for what commits say.
pub(super) fn offered(cx: &Context<'_>, place: &Place<'_>, offset: usize) -> Vec<Choice> {
    let Some(unit) = place.unit_at(offset) else {
        return Vec::new();
    };
    let said = said_of(cx.snapshot, place.root, &place.path, &unit);
    said.iter().flat_map(choices).collect()
}

fn choices(said: &Said<'_>) -> Vec<Choice> {
    let (folder, claim) = (said.folder, said.claim);
    let link = |label: String, ids: &[String]| Choice {
        label,
        command: "rutter.link",
        argument: json!({"spec": folder.path, "ids": ids}),
    };
    let all = said.criteria.join(", ");
    let mut choices = vec![link(
        format!("Yes, link it to {} {all}", folder.name),
        &said.criteria,
    )];
    if said.criteria.len() > 1 {
        let single = said.criteria.iter();
        choices.extend(single.map(|id| link(format!("Only to {id}"), std::slice::from_ref(id))));
    }
    choices.push(Choice {
        label: format!("No, it is not there for {} {all}", folder.name),
        command: "rutter.dismissLink",
        argument: json!({"spec": folder.path, "name": claim.name}),
    });
    choices
}

/// The argument of `rutter.dismissLink`.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// The source file.
    pub uri: String,
    /// The spec.
    pub spec: String,
    /// The full name of the function, such as `Cart.total`.
    pub name: String,
}

/// Notes that a function is not there for what commits say of it.
pub fn dismiss(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let folder = cx.folder(&args.spec)?;
    let root = &folder.root;
    let file = rutter_workspace::relative(root, Path::new(&args.uri));
    let looked;
    let likely = match cx.snapshot.likely.get(root) {
        Some(likely) => likely.as_ref(),
        None => {
            looked = read(cx.snapshot, cx.files, root, cx.cancel).unwrap_or_default();
            &looked
        }
    };
    let claims = likely.in_file(&file);
    let claims: Vec<&Claim> = claims
        .filter(|claim| claim.name.as_ref() == Some(&args.name) && claim.spec == folder.name)
        .collect();
    if claims.is_empty() {
        return Err(CommandError::new(
            Code::UnknownItem,
            format!(
                "No commit links `{}` in {file} to {}.",
                args.name, folder.name
            ),
            "Name a function as its lens does.",
        ));
    }
    let path = dismissed::path_of(root);
    let before = cx.files.read_text_if_any(&path)?;
    let mut text = before.clone().unwrap_or_default();
    for claim in claims {
        if !Dismissed::parse(&text).has(claim) {
            text = Dismissed::with(&text, &NoLink::of(claim));
        }
    }
    let mut outcome = Outcome {
        title: format!("{} is not there for {}", args.name, folder.name),
        root: root.clone(),
        ..Outcome::default()
    };
    outcome.change(path, before, Some(text));
    Ok(outcome)
}
