//! `rutter.newSpec`: a sentence becomes the first document of a spec.

use std::ops::Range;
use std::path::{Path, PathBuf};

use rutter_draft::{Draft, Request};
use rutter_spec::{Config, Document, Workflow, decisions};
use rutter_text::markdown::Outline;
use serde::Deserialize;

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::ground;
use crate::outcome::{Outcome, Show};
use crate::stream;

/// The argument.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Args {
    /// What is wanted.
    pub prompt: Option<String>,
    /// The name of the spec; made from the prompt where there is none.
    pub name: Option<String>,
    /// The workflow.
    pub workflow: Option<String>,
    /// A file in the workspace folder that the spec is for; its selection or comment is the prompt where none is given.
    #[serde(skip)]
    pub path: Option<PathBuf>,
    /// The selection, in bytes.
    #[serde(skip)]
    pub range: Option<Range<usize>>,
}

/// The prompt that the argument holds or points at; `None` where the user has to be asked.
pub fn prompt(cx: &Context<'_>, args: &Args) -> Option<String> {
    if let Some(prompt) = &args.prompt {
        return Some(prompt.clone());
    }
    let path = args.path.as_ref()?;
    let range = args.range.clone()?;
    let source = cx
        .snapshot
        .source(path)
        .or_else(|| cx.files.read_text(path).ok().map(rutter_text::Source::new))?;
    let found = crate::prompt::at(&path.to_string_lossy(), source.text(), range);
    (!found.is_empty()).then_some(found)
}

/// Drafts the spec.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let prompt = prompt(cx, args).unwrap_or_default();
    let workflow = match args.workflow.as_deref() {
        None => Workflow::default(),
        Some(name) => Workflow::parse(name).ok_or_else(|| {
            CommandError::new(
                Code::WrongArgument,
                format!("There is no workflow `{name}`."),
                "Use requirements-first, design-first, quick or bugfix.",
            )
        })?,
    };
    let root = root(cx, args.path.as_deref())?;
    let named = args.name.as_deref().map(checked_name).transpose()?;
    cx.progress.report("Reading the project", None);
    let (ground, left_out) = ground::of(cx, &root);
    let request = Request {
        prompt,
        workflow,
        name: named.clone(),
    };
    cx.progress.report("Drafting", None);
    let mut draft = rutter_draft::start(&request, &ground)?;
    draft.notes.extend(left_out);
    stream::through_model(cx, &mut draft.documents)?;
    let specs = root.join(".kiro").join("specs");
    let name = free_name(cx, &specs, named.as_deref(), &draft.name)?;
    Ok(outcome(&root, &specs.join(&name), &name, workflow, draft))
}

fn outcome(root: &Path, folder: &Path, name: &str, workflow: Workflow, draft: Draft) -> Outcome {
    let mut outcome = Outcome {
        title: format!("New spec {name}"),
        root: root.to_owned(),
        ..Outcome::default()
    };
    let id = uuid::Uuid::new_v4().to_string();
    for (document, text) in draft.documents {
        let path = folder.join(document.file_name());
        if outcome.show.is_none() {
            outcome.show = Some(Show {
                selection: Some(first_place(&text)),
                path: path.clone(),
            });
        }
        outcome.change(path, None, Some(text));
    }
    outcome.change(
        folder.join(".config.kiro"),
        None,
        Some(Config::render(&id, workflow)),
    );
    outcome.message = (!draft.notes.is_empty()).then(|| draft.notes.join(" "));
    outcome
}

/// Where the cursor goes: the first open decision, else the first criterion.
pub fn first_place(text: &str) -> Range<usize> {
    let outline = Outline::new(text);
    if let Some(decision) = decisions::decisions(text, &outline).first() {
        return decision.id_range.start..decision.id_range.start;
    }
    let start = rutter_spec::Requirements::parse(text)
        .criteria()
        .next()
        .map_or(0, |(_, c)| c.body.start);
    start..start
}

/// The workspace folder that a new spec or hook is for.
pub fn root(cx: &Context<'_>, path: Option<&Path>) -> Result<PathBuf, CommandError> {
    let roots = &cx.snapshot.roots;
    if let Some(root) = path.and_then(|p| cx.snapshot.root_of(p)) {
        return Ok(root.clone());
    }
    match roots.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(CommandError::new(
            Code::WrongArgument,
            "No folder is open, so there is no place for it.",
            "Open a folder, or name one with -C.",
        )),
        many => Err(CommandError::new(
            Code::Ambiguous,
            "Several folders are open and nothing says which of them it is for.",
            "Call it from a file of the folder you mean.",
        )
        .among(many.iter().map(|r| r.display().to_string()).collect())),
    }
}

/// A name that the user gave: parts of letters, digits, `-`, `_` and `.`, joined by `/`; never up or out.
pub fn checked_name(name: &str) -> Result<String, CommandError> {
    let refuse = |why: &str| {
        Err(CommandError::new(
            Code::BadName,
            format!(
                "`{}` can't be the name of a spec: {why}.",
                name.escape_debug()
            ),
            "Use letters, digits and `-`, with `/` between folders.",
        ))
    };
    let trimmed = name.trim();
    if trimmed.is_empty() {
        return refuse("it is empty");
    }
    if trimmed.len() > 120 {
        return refuse("it is longer than 120 bytes");
    }
    for part in trimmed.split('/') {
        if part.is_empty() {
            return refuse("it has an empty part");
        }
        if part.chars().all(|c| c == '.') || part.starts_with('.') {
            return refuse("a part of it starts with a dot");
        }
        if let Some(c) = part
            .chars()
            .find(|c| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ')))
        {
            return refuse(&format!("it has the character `{}`", c.escape_debug()));
        }
    }
    Ok(trimmed.to_owned())
}

/// The name to use: the user's own must be free; the drafter's gets a number where it is taken.
pub fn free_name(
    cx: &Context<'_>,
    specs: &Path,
    named: Option<&str>,
    drafted: &str,
) -> Result<String, CommandError> {
    let taken = |name: &str| {
        let folder = specs.join(name);
        Document::ALL
            .iter()
            .any(|d| cx.files.exists(&folder.join(d.file_name())))
            || cx.snapshot.folders.contains_key(&folder)
            || cx.files.exists(&folder.join(".config.kiro"))
    };
    if let Some(name) = named {
        return if taken(name) {
            Err(CommandError::new(
                Code::Exists,
                format!("There is a spec `{name}` already."),
                "Choose another name, or work on that spec.",
            ))
        } else {
            Ok(name.to_owned())
        };
    }
    if !taken(drafted) {
        return Ok(drafted.to_owned());
    }
    Ok((2..)
        .map(|n| format!("{drafted}-{n}"))
        .find(|name| !taken(name))
        .unwrap_or_else(|| drafted.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_lead_out() {
        for bad in [
            "..", "../x", "a/../b", "/etc", "", " ", ".hidden", "a//b", "a\\b", "a\0b", "a:b",
        ] {
            assert_eq!(
                checked_name(bad).map_err(|e| e.code),
                Err(Code::BadName),
                "{bad:?}"
            );
        }
        for good in ["login", "team/login", "Größe 2", "v1.2"] {
            assert_eq!(checked_name(good).as_deref(), Ok(good));
        }
    }
}
