//! What a link in source means, and which source names a criterion: as Markdown.

use std::ops::Range;
use std::path::Path;

use rutter_code::links::Link;
use rutter_spec::{Mark, Spec};
use rutter_workspace::likely::Shown;
use rutter_workspace::trace::{Meant, Use, criteria};
use rutter_workspace::{Snapshot, SourceFile, SpecFolder};

use super::likely::of_criteria;
use super::{could_mean, meaning, tasks_by_criterion};

/// How many lines of a list are written out.
const MANY: usize = 12;

/// Makes a link to a place in source.
pub type Linked<'a> = &'a dyn Fn(&Use<'_>) -> String;

/// What to say about an offset of a source file, and about which bytes; nothing but on a link.
pub fn of_link(
    snapshot: &Snapshot,
    root: &Path,
    file: &SourceFile,
    offset: usize,
    linked: Linked<'_>,
) -> Option<(Range<usize>, String)> {
    let link = file.link_at(offset)?;
    let id = link.id_at(offset);
    let range = id.map_or_else(|| link.range.clone(), |id| id.range.clone());
    let said = match meaning(snapshot, root, link) {
        Meant::One(folder) => {
            let ids = id.map_or_else(|| link.ids.clone(), |id| vec![id.id.clone()]);
            of_ids(snapshot, folder, &ids, linked)?
        }
        Meant::Several(fits) => format!(
            "{} names no spec, and {}. Choose with the lens or the action here.",
            words(file, link),
            could_mean(&fits)
        ),
        Meant::Unknown => return None,
    };
    Some((range, said))
}

fn words(file: &SourceFile, link: &Link) -> String {
    let text = file.source.text().get(link.range.clone());
    format!("`{}`", text.unwrap_or_default())
}

fn of_ids(
    snapshot: &Snapshot,
    folder: &SpecFolder,
    ids: &[String],
    linked: Linked<'_>,
) -> Option<String> {
    let spec = folder.spec();
    let mut labels: Vec<String> = Vec::new();
    let mut parts: Vec<String> = Vec::new();
    for id in ids {
        let found = criteria(spec, id);
        if found.is_empty() {
            parts.push(format!("{} has no {id}.", folder.name));
        }
        for label in found {
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
    }
    let wanted = spec.wanted().map(|(_, wanted)| wanted);
    let all = wanted.iter().flat_map(|wanted| wanted.criteria());
    let own: Vec<_> = all.filter(|(_, c)| labels.contains(&c.label)).collect();
    if let [(requirement, criterion)] = own.as_slice() {
        parts.push(format!(
            "**{} {}** {}\n\n{}",
            folder.name, criterion.label, requirement.title, criterion.text
        ));
    } else if !own.is_empty() {
        let lines = own
            .iter()
            .map(|(_, c)| format!("- **{}** {}", c.label, c.text));
        parts.push(format!("**{}**\n\n{}", folder.name, list(lines.collect())));
    }
    if parts.is_empty() {
        return None;
    }
    parts.extend(tasks(spec, &labels));
    parts.extend(naming(snapshot, folder, &labels, linked));
    Some(parts.join("\n\n"))
}

fn tasks(spec: &Spec, labels: &[String]) -> Option<String> {
    let by_criterion = tasks_by_criterion(spec);
    let mut lines: Vec<String> = Vec::new();
    for task in labels.iter().filter_map(|l| by_criterion.get(l)).flatten() {
        let state = match task.mark {
            Mark::Pending => String::new(),
            mark => format!(" ({})", mark.as_str()),
        };
        let line = format!("- task {}: {}{state}", task.key(), task.title);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    (!lines.is_empty()).then(|| format!("Tasks:\n{}", list(lines)))
}

/// Makes a link to a place that a commit speaks of.
pub type LinkedLikely<'a> = &'a dyn Fn(&Shown<'_>) -> String;

/// What commits say of code that names none of some criteria of a spec; nothing where none does.
pub fn likely(
    snapshot: &Snapshot,
    folder: &SpecFolder,
    labels: &[String],
    linked: LinkedLikely<'_>,
) -> Option<String> {
    let mut lines: Vec<String> = Vec::new();
    for shown in of_criteria(snapshot, folder, labels) {
        let claim = shown.claim;
        let subject: String = claim
            .subject
            .chars()
            .filter(|c| !"[]`*<".contains(*c))
            .collect();
        let line = format!(
            "- {} (task {}, commit {} “{subject}”)",
            linked(&shown),
            claim.task,
            claim.commit
        );
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    (!lines.is_empty()).then(|| format!("Likely, by commits that did its tasks:\n{}", list(lines)))
}

/// The code and the tests that name any of some criteria of a spec; nothing where none does.
pub fn naming(
    snapshot: &Snapshot,
    folder: &SpecFolder,
    labels: &[String],
    linked: Linked<'_>,
) -> Option<String> {
    let uses = snapshot.uses_of_criteria(folder, labels);
    let part = |title: &str, is_test: bool| {
        let mut lines: Vec<String> = Vec::new();
        for one in uses.iter().filter(|one| one.link.is_test == is_test) {
            let line = format!("- {}", linked(one));
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        (!lines.is_empty()).then(|| format!("{title}:\n{}", list(lines)))
    };
    let parts: Vec<String> = [part("Code", false), part("Tests", true)]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}

fn list(mut lines: Vec<String>) -> String {
    let more = lines.len().saturating_sub(MANY);
    if more > 0 {
        lines.truncate(MANY);
        lines.push(format!("- … and {more} more"));
    }
    lines.join("\n")
}
