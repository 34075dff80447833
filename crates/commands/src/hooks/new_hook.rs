//! `rutter.newHook`: a sentence or a template becomes a hook.

use std::path::{Path, PathBuf};

use rutter_code::project;
use rutter_hooks::{Draft, HookFile, Language, TEMPLATES, Trigger, from_sentence, template};
use serde::Deserialize;

use super::install_git;
use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::new_spec;
use crate::outcome::{Outcome, Show};

/// More files than this are not looked at to see what the project is written in.
const MAX_FILES: usize = 20_000;

/// The argument.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Args {
    /// What shall be done and when, as a sentence.
    pub text: Option<String>,
    /// The template.
    pub template: Option<String>,
    /// The name of the hook; made from the sentence where there is none.
    pub name: Option<String>,
    /// A file of the workspace folder that the hook is for.
    pub uri: Option<String>,
}

/// Makes the hook. Its exact content is trusted: who asked for it is the user.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let root = new_spec::root(cx, args.uri.as_deref().map(Path::new))?;
    let mut draft = draft(cx, &root, args)?;
    if let Some(name) = args.name.as_deref().map(str::trim) {
        if name.is_empty() || name.len() > 120 || name.contains(char::is_control) {
            return Err(CommandError::new(
                Code::BadName,
                "This can't be the name of a hook.",
                "Use one line of at most 120 bytes.",
            ));
        }
        draft.name = name.to_owned();
    }
    let relative = draft.path();
    let path = root.join(&relative);
    if cx.files.exists(&path) || cx.snapshot.open.contains_key(&path) {
        return Err(CommandError::new(
            Code::Exists,
            format!("{relative} is there already."),
            "Give the hook another name.",
        ));
    }
    let text = draft.file();
    let file = HookFile::parse(&relative, &text);
    let Some(hook) = file.hooks.first() else {
        let why = file.broken.first().map_or("", |broken| broken.why.as_str());
        return Err(CommandError::new(
            Code::WrongArgument,
            format!("This makes no hook that can be loaded: {why}"),
            "Say it in other words.",
        ));
    };
    cx.store.trust(&root).trust(
        cx.clock,
        &[rutter_automation::subject(cx.files, &root, hook)],
    )?;
    let mut outcome = Outcome {
        title: format!("New hook {}", draft.name),
        message: Some(message(cx, &root, &hook.id, draft.trigger)),
        show: Some(Show {
            path: path.clone(),
            selection: Some(hook.name_range.start..hook.name_range.start),
        }),
        root,
        ..Outcome::default()
    };
    outcome.change(path, None, Some(text));
    Ok(outcome)
}

fn draft(cx: &Context<'_>, root: &Path, args: &Args) -> Result<Draft, CommandError> {
    match (args.text.as_deref(), args.template.as_deref()) {
        (Some(text), None) => from_sentence(text).map_err(|question| {
            let example = question
                .choices
                .first()
                .map_or("", |(_, sentence)| sentence);
            CommandError::new(
                Code::Question,
                question.text,
                format!("Say it in the sentence, such as: {example}"),
            )
            .among(
                question
                    .choices
                    .iter()
                    .map(|(_, sentence)| sentence.clone())
                    .collect(),
            )
        }),
        (None, Some(id)) => template(id)
            .map(|template| template.draft(language(cx, root)))
            .ok_or_else(|| {
                CommandError::new(
                    Code::WrongArgument,
                    format!("There is no template `{id}`."),
                    "`rutter hooks templates` shows those there are.",
                )
                .among(TEMPLATES.iter().map(|t| t.id.to_owned()).collect())
            }),
        _ => Err(CommandError::new(
            Code::WrongArgument,
            "A hook is made from a sentence or from a template.",
            "Give one of `text` and `template`.",
        )),
    }
}

/// What the project is written in, by the number of its files.
fn language(cx: &Context<'_>, root: &Path) -> Language {
    let names: Vec<String> = cx
        .files
        .walk(root, MAX_FILES)
        .iter()
        .filter_map(|path: &PathBuf| path.strip_prefix(root).ok())
        .map(|path| path.to_string_lossy().replace('\\', "/"))
        .collect();
    let project = project::detect(&names, &[]);
    match project.languages.first().map(|(language, _)| language) {
        Some(rutter_code::Language::Rust) => Language::Rust,
        Some(rutter_code::Language::TypeScript | rutter_code::Language::Tsx) => {
            Language::TypeScript
        }
        Some(rutter_code::Language::JavaScript) => Language::JavaScript,
        Some(rutter_code::Language::Python) => Language::Python,
        Some(rutter_code::Language::Go) => Language::Go,
        _ => Language::Other,
    }
}

fn message(cx: &Context<'_>, root: &Path, id: &str, trigger: Trigger) -> String {
    let mut message = format!(
        "Made `{id}`. {} It is trusted as it stands, since you asked for it.",
        trigger.explain()
    );
    // Where there is no repository yet, nothing can be installed.
    if trigger.is_git()
        && let Ok(plan) = install_git::plan(cx, root, false)
        && !plan.outcome.changes.is_empty()
    {
        message.push_str(" Git does not call Rutter yet: rutter hooks install-git");
    }
    message
}
