//! `rutter.approve`: records the human's yes to a document as it stands.

use rutter_spec::approvals::{self, Approvals};
use rutter_spec::stages::{self, ApproveError, State};
use rutter_spec::{Document, Spec, Stage, decisions, hash};
use rutter_text::edit;
use rutter_workspace::SpecFolder;
use serde::Deserialize;

use crate::context::{Context, with_texts};
use crate::error::{Code, CommandError};
use crate::in_step;
use crate::outcome::{Offer, Outcome};

/// The argument.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Args {
    /// The spec.
    pub spec: String,
    /// `requirements`, `design`, `tasks`; `all` for each document there is, in order.
    pub stage: String,
    /// The items to approve; all of them where there are none.
    pub ids: Option<Vec<String>>,
    /// Takes the first choice of each open decision.
    #[serde(default)]
    pub accept_defaults: bool,
}

/// Approves.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let folder = cx.folder(&args.spec)?;
    cx.refuse_unreadable_spec(&folder)?;
    let wanted = stages_of(&folder, &args.stage)?;
    let documents: Vec<Document> = wanted
        .iter()
        .map(|&s| folder.spec().document_of(s))
        .collect();
    cx.refuse_unsaved(&folder, &documents)?;
    let mut outcome = Outcome {
        title: format!("Approve {} of {}", args.stage, folder.name),
        root: folder.root.clone(),
        ..Outcome::default()
    };
    let mut spec = folder.spec().as_ref().clone();
    if args.accept_defaults {
        spec = accept_defaults(&folder, &spec, &wanted, &mut outcome);
    }
    let who = (cx.who)(&folder.root);
    let mut approved = folder.approvals().clone();
    for &stage in &wanted {
        let person = approvals::Who::new(who.name.clone(), who.email.clone());
        approved = stages::approve(
            &spec,
            &approved,
            stage,
            args.ids.as_deref(),
            person,
            &cx.clock.now(),
        )
        .map_err(|error| refused(&spec, stage, error))?;
        if let Some(source) = spec.source(spec.document_of(stage)) {
            let text = hash::canonical(spec.document_of(stage), source.text());
            cx.store.put_text(&text)?;
        }
    }
    let before = folder
        .source(approvals::FILE_NAME)
        .map(|s| s.text().to_owned());
    outcome.change(folder.approvals_path(), before, Some(approved.render()));
    // A yes to the last of them says that it follows the requirements as they are.
    if args.ids.is_none() && wanted.last().is_some_and(|s| last_cited(&spec) == Some(*s)) {
        in_step::note(&folder, &mut outcome);
    }
    outcome.documents = documents.iter().map(|&d| folder.path_of(d)).collect();
    let names: Vec<&str> = documents.iter().map(|d| d.file_name()).collect();
    outcome.offer = offer(&folder.name, &spec, &approved);
    let next = outcome.offer.as_ref().map_or_else(String::new, |o| {
        format!(" Next: {}.", o.title.to_lowercase())
    });
    outcome.message = Some(format!(
        "Approved {} as {}.{next}",
        names.join(", "),
        who.name
    ));
    Ok(outcome)
}

/// The last stage whose document is there and cites requirements.
fn last_cited(spec: &Spec) -> Option<Stage> {
    [Stage::Tasks, Stage::Design]
        .into_iter()
        .find(|&stage| spec.source(spec.document_of(stage)).is_some())
}

fn stages_of(folder: &SpecFolder, name: &str) -> Result<Vec<Stage>, CommandError> {
    if name == "all" {
        let spec = folder.spec();
        return Ok(stages::order(spec)
            .into_iter()
            .filter(|&s| spec.source(spec.document_of(s)).is_some())
            .collect());
    }
    Stage::parse(name).map(|stage| vec![stage]).ok_or_else(|| {
        CommandError::new(
            Code::WrongArgument,
            format!("There is no stage `{name}`."),
            "Use requirements, design or tasks.",
        )
    })
}

/// Answers every decision that keeps the wanted stages open with its first choice, in every document.
fn accept_defaults(
    folder: &SpecFolder,
    spec: &Spec,
    wanted: &[Stage],
    outcome: &mut Outcome,
) -> Spec {
    let mut texts: Vec<(Document, String)> = spec
        .documents()
        .map(|(d, s)| (d, s.text().to_owned()))
        .collect();
    let ids: Vec<String> = wanted
        .iter()
        .flat_map(|&s| stages::open_decisions(spec, s))
        .collect();
    for (_, decision) in spec
        .decisions()
        .into_iter()
        .filter(|(_, d)| ids.contains(&d.id))
    {
        let Some(first) = decision.choices.first() else {
            continue;
        };
        for (_, text) in &mut texts {
            *text = edit::apply(text, &decisions::answer(text, &decision.id, first));
        }
    }
    for (document, text) in &texts {
        let before = spec.source(*document).map(|s| s.text().to_owned());
        outcome.change(folder.path_of(*document), before, Some(text.clone()));
    }
    with_texts(spec, &texts)
}

fn refused(spec: &Spec, stage: Stage, error: ApproveError) -> CommandError {
    let message = error.to_string();
    match error {
        ApproveError::MissingDocument(_) => CommandError::new(
            Code::MissingDocument,
            message,
            "Draft it with the next stage, or write it.",
        ),
        ApproveError::OpenDecisions(ids) => {
            let questions: Vec<String> = spec
                .decisions()
                .into_iter()
                .filter(|(_, d)| ids.contains(&d.id))
                .map(|(_, d)| format!("{} {}", d.id, d.question))
                .collect();
            CommandError::new(
                Code::OpenDecisions,
                format!(
                    "{} has open decisions: {}",
                    spec.document_of(stage).file_name(),
                    questions.join(" ")
                ),
                "Answer them, or take each one's first choice with `acceptDefaults` (on the command line `--accept-defaults`).",
            )
            .among(ids)
        }
        ApproveError::UnknownItem(ids) => CommandError::new(
            Code::UnknownItem,
            message,
            "Name criteria by their number, such as 1.2.",
        )
        .among(ids),
        ApproveError::Unreadable(_) => CommandError::new(
            Code::BrokenFile,
            message,
            "Repair approvals.json (in a merge: take either side), or remove it to begin with drafts again.",
        ),
    }
}

/// What to do after an approval.
fn offer(name: &str, spec: &Spec, approved: &Approvals) -> Option<Offer> {
    let stage = stages::next(spec, approved)?;
    let status = stages::stage_status(spec, approved, stage);
    let argument = serde_json::json!({"spec": name});
    match status.state {
        State::Missing => Some(Offer {
            title: format!("Draft {}", status.document.file_name()),
            command: "rutter.nextStage".to_owned(),
            argument,
        }),
        _ => None,
    }
}
