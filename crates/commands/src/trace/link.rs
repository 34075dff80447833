//! `rutter.link`: writes into source which criteria a piece of code is there for, or which spec a link means.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rutter_code::comments::comments;
use rutter_code::links::{Link, edit as link_edit, links};
use rutter_code::{Language, Unit};
use rutter_text::{Edit, Source, edit};
use rutter_workspace::trace::{Meant, criteria, meant};
use rutter_workspace::{Snapshot, SpecFolder};
use serde::Deserialize;

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::outcome::Outcome;

/// The argument.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// The source file.
    pub uri: String,
    /// The spec; the only one that has the ids where there is none.
    pub spec: Option<String>,
    /// The criteria or requirements; without them a link that could mean several specs is told which.
    pub ids: Option<Vec<String>>,
    /// Tell it all links of the file that could mean the spec.
    #[serde(default)]
    pub whole: bool,
    /// The place, in bytes: inside the code, its comment or the link.
    #[serde(skip)]
    pub range: Option<Range<usize>>,
}

/// A source file that a command is about.
pub(super) struct Place<'a> {
    pub path: PathBuf,
    pub root: &'a Path,
    pub language: Language,
    pub source: Source,
    pub links: Vec<Link>,
    pub folders: Vec<&'a Arc<SpecFolder>>,
}

impl<'a> Place<'a> {
    pub(super) fn at(cx: &Context<'a>, uri: &str) -> Result<Self, CommandError> {
        let path = PathBuf::from(uri);
        let snapshot: &'a Snapshot = cx.snapshot;
        let (Some(language), Some(root)) = (Language::of_path(uri), snapshot.root_of(&path)) else {
            return Err(CommandError::new(
                Code::WrongArgument,
                format!("{uri} is no source file of this workspace in a language with links."),
                "Name a source file of the workspace.",
            ));
        };
        let source = match snapshot.open.get(&path) {
            Some(open) => open.source.clone(),
            None => Source::new(cx.files.read_text(&path)?),
        };
        Ok(Self {
            language,
            root,
            links: links(language, source.text()),
            source,
            folders: snapshot.folders_in(root),
            path,
        })
    }

    /// The link at a place that could mean several specs, and those.
    pub(super) fn unclear(
        &self,
        range: &Range<usize>,
    ) -> Option<(&Link, Vec<&'a Arc<SpecFolder>>)> {
        let mut touched = self
            .links
            .iter()
            .filter(|link| link.range.start <= range.end && range.start <= link.range.end);
        touched.find_map(|link| match meant(&self.folders, link) {
            Meant::Several(fits) => Some((link, fits)),
            _ => None,
        })
    }

    /// The function or type at a place, or the one that a comment there belongs to.
    pub(super) fn unit_at(&self, offset: usize) -> Option<Unit> {
        link_edit::unit_at(self.language, self.source.text(), offset)
    }

    fn could_mean(&self, link: &Link, folder: &SpecFolder) -> bool {
        match meant(&self.folders, link) {
            Meant::Several(fits) => fits.iter().any(|fit| fit.path == folder.path),
            _ => false,
        }
    }

    /// How many links of the file could mean a spec and others too.
    pub(super) fn unclear_for(&self, folder: &SpecFolder) -> usize {
        let links = self.links.iter();
        links.filter(|link| self.could_mean(link, folder)).count()
    }

    fn outcome(&self, title: String, edits: &[Edit]) -> Outcome {
        let text = self.source.text();
        let mut outcome = Outcome {
            title,
            root: self.root.to_owned(),
            ..Outcome::default()
        };
        outcome.change(
            self.path.clone(),
            Some(text.to_owned()),
            Some(edit::apply(text, edits)),
        );
        outcome
    }
}

/// Links.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let place = Place::at(cx, &args.uri)?;
    let range = args.range.clone().ok_or_else(|| {
        CommandError::new(
            Code::WrongArgument,
            "Nothing says where the link belongs.",
            "Pass `range`.",
        )
    })?;
    match args.ids.as_deref() {
        Some(ids) if !ids.is_empty() => add(cx, args, &place, &range, ids),
        _ => settle(cx, args, &place, &range),
    }
}

/// The spec that the argument names, among the specs that fit.
fn spec_among<'a>(
    cx: &Context<'_>,
    args: &Args,
    fits: &[&'a Arc<SpecFolder>],
) -> Result<&'a Arc<SpecFolder>, CommandError> {
    match (&args.spec, fits) {
        (Some(name), _) => {
            let named = cx.folder(name)?;
            let mut fits = fits.iter();
            fits.find(|fit| fit.path == named.path)
                .copied()
                .ok_or_else(|| {
                    CommandError::new(
                        Code::UnknownItem,
                        format!("{} has nothing of these ids.", named.name),
                        "Name a spec of the same workspace folder that has them.",
                    )
                })
        }
        (None, [one]) => Ok(one),
        (None, []) => Err(CommandError::new(
            Code::UnknownItem,
            "No spec of this workspace folder has these ids.",
            "Name criteria that are there.",
        )),
        (None, many) => {
            let names: Vec<String> = many.iter().map(|f| f.name.clone()).collect();
            Err(CommandError::new(
                Code::Ambiguous,
                format!("This could mean {}.", names.join(" or ")),
                "Pass `spec`.",
            )
            .among(names))
        }
    }
}

fn settle(
    cx: &Context<'_>,
    args: &Args,
    place: &Place<'_>,
    range: &Range<usize>,
) -> Result<Outcome, CommandError> {
    let Some((link, fits)) = place.unclear(range) else {
        return Err(CommandError::new(
            Code::WrongArgument,
            "Nothing says what to link to.",
            "Pass `ids`, such as [\"1.2\"].",
        ));
    };
    let folder = spec_among(cx, args, &fits)?;
    let name = writable(folder)?;
    let all = place.links.iter();
    let chosen = all.filter(|one| *one == link || args.whole && place.could_mean(one, folder));
    let edits: Vec<Edit> = chosen
        .filter_map(|one| link_edit::named(one, name))
        .collect();
    Ok(place.outcome(format!("Link to {name}"), &edits))
}

fn add(
    cx: &Context<'_>,
    args: &Args,
    place: &Place<'_>,
    range: &Range<usize>,
    ids: &[String],
) -> Result<Outcome, CommandError> {
    let has_all =
        |folder: &&&Arc<SpecFolder>| ids.iter().all(|id| !criteria(folder.spec(), id).is_empty());
    let fits: Vec<&Arc<SpecFolder>> = place.folders.iter().filter(has_all).copied().collect();
    let folder = spec_among(cx, args, &fits)?;
    let text = place.source.text();
    let unit = link_edit::unit_at(place.language, text, range.start).ok_or_else(|| {
        CommandError::new(
            Code::WrongArgument,
            "There is no function or type here that a link could belong to.",
            "Put the cursor on one, or on the comment above it.",
        )
    })?;
    let title = format!("Link {} to {} {}", unit.name, folder.name, ids.join(", "));
    let in_comment = |link: &Link| {
        let all = comments(place.language, text);
        all.iter()
            .any(|c| c.start <= link.range.start && link.range.end <= c.end)
    };
    let means_it = |link: &&Link| {
        link.unit.as_ref().is_some_and(|u| u.range == unit.range)
            && matches!(meant(&place.folders, link), Meant::One(one) if one.path == folder.path)
            && in_comment(link)
    };
    let own: Vec<&Link> = place.links.iter().filter(means_it).collect();
    let is_new = |id: &&String| !own.iter().any(|link| link.ids.contains(id));
    let new: Vec<String> = ids.iter().filter(is_new).cloned().collect();
    if new.is_empty() {
        return Ok(Outcome::nothing(format!(
            "{} names {} {} already.",
            unit.name,
            folder.name,
            ids.join(", ")
        )));
    }
    let edit = match own.last() {
        // A link that names no spec must go on meaning this one.
        Some(link) if link.spec.is_some() || fits.len() == 1 => {
            link_edit::extended(text, link, &new)
        }
        _ => None,
    };
    let edit = match edit {
        Some(edit) => edit,
        None => {
            let line = if place.folders.len() > 1 {
                format!("spec:{}#{}", writable(folder)?, new.join(","))
            } else {
                format!("Requirements: {}", new.join(", "))
            };
            link_edit::added(place.language, text, &unit, &line)
        }
    };
    let after = edit::apply(text, std::slice::from_ref(&edit));
    let belongs = links(place.language, &after).iter().any(|link| {
        new.iter().all(|id| link.ids.contains(id))
            && link.unit.as_ref().is_some_and(|u| u.name == unit.name)
    });
    if !belongs {
        return Err(CommandError::new(
            Code::Conflict,
            format!("A comment above {} would not belong to it.", unit.name),
            "Give it a line of its own, or write the link by hand.",
        ));
    }
    Ok(place.outcome(title, &[edit]))
}

/// The name of a spec as a link can hold it.
fn writable(folder: &SpecFolder) -> Result<&str, CommandError> {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if folder.name.chars().all(plain) {
        return Ok(&folder.name);
    }
    Err(CommandError::new(
        Code::BadName,
        format!("A link can't name `{}`.", folder.name),
        "Give the spec's folder a name of letters, digits, `-`, `_` and `.`.",
    ))
}
