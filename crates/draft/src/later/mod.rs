//! The later documents, drafted from the earlier ones as the user left them.

mod aim;
mod akin;
mod align;
mod bugfix;
mod design;
mod fresh;
mod from_design;
mod home;
mod layer;
mod place;
mod points;
mod proof;
mod properties;
mod sentence;
mod tasks;
mod told;
mod units;

pub(crate) use bugfix::suspects;
use rutter_spec::{Document, Spec, Stage};

use crate::Ground;
use crate::start::DraftError;

/// Drafts the document of a stage from those before it, as the user left them.
///
/// # Errors
/// When the document it would be drafted from is missing or has no criteria.
pub fn next(stage: Stage, spec: &Spec, ground: &Ground) -> Result<String, DraftError> {
    let missing = |missing| DraftError::NothingToDraftFrom { stage, missing };
    let known = known_text(spec);
    let text = match stage {
        Stage::Requirements => {
            let design = spec.design.as_ref().ok_or_else(|| missing("design.md"))?;
            from_design::requirements(&design.source, &design.value)
                .ok_or_else(|| missing("design.md"))?
        }
        Stage::Design | Stage::Tasks => {
            let (document, wanted) = spec.wanted().ok_or_else(|| missing("requirements.md"))?;
            if wanted.criteria().next().is_none() {
                return Err(missing(document.file_name()));
            }
            match (stage, document) {
                (Stage::Design, Document::Bugfix) => bugfix::design(spec, ground),
                (Stage::Design, _) => design::design(spec, ground),
                (_, Document::Bugfix) => bugfix::tasks(spec, ground),
                _ => tasks::tasks(spec, ground),
            }
        }
    };
    Ok(crate::write::marks::mark_new(&text, ground, &known))
}

/// The design of a spec whose requirements come later; they are handed in as they will be.
pub(crate) fn design_first(spec: &Spec, ground: &Ground) -> String {
    let text = design::design_first(spec, ground);
    crate::write::marks::mark_new(&text, ground, &known_text(spec))
}

/// The file that two or more words of a small change mean.
pub(crate) fn told_file(text: &str, ground: &Ground) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|word| {
            word.len() > 2
                && ![
                    "change", "from", "the", "set", "use", "for", "instead", "hours", "minutes",
                    "days", "raise", "lower", "increase", "reduce",
                ]
                .contains(&word.as_str())
        })
        .collect();
    place::meant_by_two(&words, ground)
}

/// What the user's own documents say: a name that stands there needs no mark.
fn known_text(spec: &Spec) -> String {
    spec.wanted()
        .map(|(_, wanted)| quoted_request(wanted.source.text()))
        .unwrap_or_default()
}

/// The request that an introduction quotes.
pub(crate) fn quoted_request(text: &str) -> String {
    let Some(start) = text.find("following request: \"") else {
        return String::new();
    };
    let tail = &text[start + "following request: \"".len()..];
    tail[..tail.find("\".").or_else(|| tail.find("\"\n")).unwrap_or(0)].to_owned()
}

/// What the introduction puts out of scope.
pub(crate) fn out_of_scope(text: &str) -> Vec<String> {
    text.lines()
        .filter_map(|line| line.trim().strip_prefix("Out of scope: "))
        .flat_map(|rest| {
            rest.trim_end_matches('.')
                .split("; ")
                .map(str::to_owned)
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Whether a spec is about a small change: its classes are such, or it says that all else stays.
pub(crate) fn is_small(spec: &Spec, points: &points::Points<'_>) -> bool {
    let one = points.all.len() <= 5
        && spec
            .wanted()
            .is_some_and(|(_, wanted)| wanted.requirements.len() <= 1);
    let guarded = points
        .all
        .iter()
        .any(|point| point.text.contains("everything else"));
    one && (guarded
        || !points.classes.is_empty() && points.classes.iter().all(|(class, _)| class.small))
}

/// The title of a spec, from its folder's name.
pub(crate) fn title(spec: &Spec) -> String {
    let last = spec.name.rsplit('/').next().unwrap_or(&spec.name);
    let headings = spec
        .wanted()
        .map(|(_, wanted)| {
            wanted
                .requirements
                .iter()
                .map(|r| r.title.clone())
                .collect::<Vec<_>>()
        })
        .unwrap_or_default();
    if let Some(heading) = headings
        .into_iter()
        .find(|heading| crate::plan::title::slug(heading) == last)
    {
        return heading;
    }
    let text = last.replace(['-', '_'], " ");
    // A slug has no capitals; the request still has them.
    let request = spec
        .wanted()
        .map(|(_, wanted)| quoted_request(wanted.source.text()))
        .unwrap_or_default();
    let at = request.to_ascii_lowercase().find(&text);
    let text = at.map_or(text.clone(), |at| request[at..at + text.len()].to_owned());
    crate::plan::title::capital(if text.trim().is_empty() {
        "Feature"
    } else {
        text.trim()
    })
}
