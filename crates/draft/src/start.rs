//! A new spec from a prompt.

use rutter_spec::{Document, Reading, Spec, Stage, Workflow};
use rutter_text::Source;

use crate::ground::Ground;
use crate::plan::{build, title};
use crate::{plan, prompt, write};

/// What is wished for.
#[derive(Debug, Clone)]
pub struct Request {
    /// The sentence or text of the user.
    pub prompt: String,
    /// How the spec is worked on.
    pub workflow: Workflow,
    /// The folder's name, when the user gave one; it is made safe.
    pub name: Option<String>,
}

/// The first documents of a spec.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// A folder name of lower-case letters, digits and hyphens, at most 50 characters.
    pub name: String,
    /// The title.
    pub title: String,
    /// The documents in reading order.
    pub documents: Vec<(Document, String)>,
    /// Sentences for the user that no document holds.
    pub notes: Vec<String>,
}

/// Why nothing was drafted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DraftError {
    /// The prompt holds no word.
    #[error("The request is empty. Write a sentence that says what should be built or changed.")]
    EmptyPrompt,
    /// The prompt holds only orders to the tool.
    #[error(
        "The request does not say what the product should do. Write a sentence that says what should be built or changed."
    )]
    NothingToBuild,
    /// The document that the stage is drafted from is missing or says nothing.
    #[error(
        "The {stage} can't be drafted, because {missing} is missing or has no criteria. Write it first, then draft the next stage."
    )]
    NothingToDraftFrom {
        /// The stage that was to be drafted.
        stage: Stage,
        /// The file that is needed.
        missing: &'static str,
    },
}

/// Drafts the first documents of a spec.
///
/// # Errors
/// When the prompt is empty or holds nothing to build.
pub fn start(request: &Request, ground: &Ground) -> Result<Draft, DraftError> {
    let read = prompt::read(&request.prompt);
    if !prompt::clean::clean(&request.prompt)
        .chars()
        .any(char::is_alphanumeric)
    {
        return Err(DraftError::EmptyPrompt);
    }
    if read.wants.is_empty()
        && read.questions.is_empty()
        && read.exclusions.is_empty()
        && read.background.is_empty()
        && read.entries.is_empty()
    {
        return Err(DraftError::NothingToBuild);
    }
    let read = with_something_to_build(without_faults_as_wishes(read));
    if request.workflow == Workflow::Bugfix {
        return Ok(bugfix(request, &read, ground));
    }
    let plan = build::plan(&read, ground);
    let requirements =
        write::marks::mark_new(&write::requirements::write(&plan), ground, &request.prompt);
    let name = name(request, &plan);
    let documents = match request.workflow {
        Workflow::RequirementsFirst | Workflow::Bugfix => {
            vec![(Document::Requirements, requirements)]
        }
        Workflow::DesignFirst => {
            let spec = spec(&name, vec![(Document::Requirements, requirements)]);
            vec![(Document::Design, crate::later::design_first(&spec, ground))]
        }
        Workflow::Quick => {
            let mut documents = vec![(Document::Requirements, requirements)];
            for (stage, document) in [
                (Stage::Design, Document::Design),
                (Stage::Tasks, Document::Tasks),
            ] {
                let text = crate::next(stage, &spec(&name, documents.clone()), ground)?;
                documents.push((document, text));
            }
            documents
        }
    };
    Ok(Draft {
        name,
        title: plan.title.clone(),
        documents,
        notes: plan.notes,
    })
}

/// "The list is slow" is no wish for a slow list.
fn without_faults_as_wishes(mut read: prompt::Prompt) -> prompt::Prompt {
    const FAULTS: [&str; 22] = [
        " is slow",
        " are slow",
        " is too ",
        " are too ",
        " is broken",
        " are broken",
        " takes too long",
        " take too long",
        " is wrong",
        " are wrong",
        " is confusing",
        " does not work",
        " do not work",
        " is missing",
        " are missing",
        " crashes",
        " fails ",
        " is very slow",
        " is incorrect",
        " is unreliable",
        " breaks ",
        " is stuck",
    ];
    for want in &mut read.wants {
        if let Some(told) = want.shall.strip_prefix("ensure that ").filter(|told| {
            !want.not
                && FAULTS
                    .iter()
                    .any(|fault| format!("{told} ").contains(fault))
        }) {
            want.shall = format!("put an end to this: {told}");
        }
    }
    read.things.subject = read.things.subject.take().or_else(|| {
        read.wants
            .iter()
            .find_map(|want| prompt::things::changed(&want.shall))
    });
    read
}

/// A text that only describes has its faults ended; the rest stands in its own words.
fn with_something_to_build(mut read: prompt::Prompt) -> prompt::Prompt {
    if read.wants.is_empty() && read.questions.is_empty() {
        for text in std::mem::take(&mut read.background) {
            let fault = prompt::told::of(&text) == Some(prompt::told::Told::Fault);
            let text = prompt::told::without_label(&text).to_owned();
            let quoted = text.replace('"', "'");
            read.entries.retain(|entry| !entry.contains(&quoted));
            // What is wrong is told, what would be right is not: that is for the person to say.
            if fault {
                read.questions
                    .push(prompt::complaint::question(&prompt::restate::subject(
                        &text,
                    )));
                continue;
            }
            let shall = format!("{}\"{quoted}\"", prompt::sure::OWN_WORDS);
            read.wants.push(prompt::Want {
                text,
                trigger: None,
                shall,
                not: false,
                fragment: false,
                goes_on: false,
                heading: None,
            });
        }
    }
    // A text that only excludes forbids what it excludes.
    if read.wants.is_empty() && read.questions.is_empty() {
        for out in std::mem::take(&mut read.exclusions) {
            let what = prompt::person::third(&prompt::say::lower_first(&out.what));
            read.wants.push(prompt::Want {
                text: out.what,
                trigger: None,
                shall: format!("offer {what}"),
                not: true,
                fragment: false,
                goes_on: false,
                heading: None,
            });
        }
    }
    read
}

fn bugfix(request: &Request, read: &prompt::Prompt, ground: &Ground) -> Draft {
    let (title, text, notes) = crate::plan::bug::draft(read, ground);
    let name = safe_name(request.name.as_deref(), &title, "bugfix");
    Draft {
        name,
        title,
        documents: vec![(
            Document::Bugfix,
            write::marks::mark_new(&text, ground, &request.prompt),
        )],
        notes,
    }
}

fn name(request: &Request, plan: &plan::Plan) -> String {
    let fallback = plan.kinds.first().map_or("feature", String::as_str);
    safe_name(request.name.as_deref(), &plan.title, fallback)
}

fn safe_name(given: Option<&str>, title: &str, fallback: &str) -> String {
    [given.unwrap_or_default(), title, fallback]
        .into_iter()
        .map(title::slug)
        .find(|slug| slug.len() > 1)
        .unwrap_or_else(|| "spec".to_owned())
}

/// The documents so far, read as a spec.
fn spec(name: &str, documents: Vec<(Document, String)>) -> Spec {
    let mut spec = Spec {
        name: name.to_owned(),
        ..Spec::default()
    };
    for (document, text) in documents {
        spec.set(
            document,
            Some(Reading::new(document, Source::new(text.as_str()))),
        );
    }
    spec
}
