//! `rutter.specFromCode`: requirements of what a source file does today, each with its place in the source. It says what the
//! syntax tree shows and nothing else; what the code can't say is left to the user as a decision.

mod criteria;
mod write;

use std::ops::Range;
use std::path::{Path, PathBuf};

use rutter_code::Language;
use rutter_code::observe::{self, Observed};
use rutter_code::project::{self, is_test_path};
use rutter_spec::{Config, Document, Workflow};
use rutter_text::Source;
use rutter_workspace::relative;
use serde::Deserialize;

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::new_spec::{checked_name, first_place, free_name};
use crate::outcome::{Outcome, Show};
use write::{Module, TestOf};

/// More files than this are not looked at for tests.
const MAX_FILES: usize = 20_000;

/// The argument.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Args {
    /// The source file.
    pub uri: String,
    /// The name of the spec; that of the file where there is none.
    pub name: Option<String>,
    /// The bytes that are looked at; the whole file where there are none. A place inside of one function means that one.
    #[serde(skip)]
    pub range: Option<Range<usize>>,
    /// The lines that are looked at, from 1, where no bytes are named.
    pub lines: Option<(usize, usize)>,
}

/// Writes them.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let path = PathBuf::from(&args.uri);
    let root = crate::new_spec::root(cx, Some(&path))?;
    let name = relative(&root, &path);
    let language = language(&name)?;
    let source = match cx.snapshot.open.get(&path) {
        Some(open) => open.source.clone(),
        None => Source::new(cx.files.read_text(&path)?),
    };
    let text = source.text();
    let seen = observe::observe(language, text).ok_or_else(|| nothing(&name))?;
    let range = wanted(args, &source);
    let inside = |of: &Range<usize>| range.as_ref().is_none_or(|r| touches(r, of));
    let chosen: Vec<&Observed> = seen
        .functions
        .iter()
        .filter(|f| inside(&f.symbol.range))
        .collect();
    let types: Vec<_> = seen
        .types
        .iter()
        .filter(|(symbol, _)| range.is_none() && symbol.is_public)
        .collect();
    // Of a whole file what can be used from outside counts; of a selection everything in it.
    let public: Vec<&Observed> = chosen
        .iter()
        .filter(|f| f.symbol.is_public)
        .copied()
        .collect();
    let (shown, hidden) = if range.is_some() || public.is_empty() {
        (chosen, 0)
    } else {
        let hidden = chosen.len() - public.len();
        (public, hidden)
    };
    if shown.is_empty() && types.is_empty() {
        return Err(nothing(&name));
    }
    let specs = root.join(".kiro").join("specs");
    let named = args.name.as_deref().map(checked_name).transpose()?;
    let spec = free_name(cx, &specs, named.as_deref(), &write::spec_name(&name))?;
    let folder = specs.join(&spec);
    let module = Module {
        file: &name,
        up: "../".repeat(relative(&root, &folder).matches('/').count() + 1),
        source: &source,
        says: seen.says.as_deref().filter(|_| range.is_none()),
        values: &seen.values,
        functions: shown,
        types,
        hidden,
        tests: tests(cx, &root, &path, &name, language, text),
    };
    let written = write::write(&module).ok_or_else(|| nothing(&name))?;
    Ok(outcome(&root, &folder, &spec, written))
}

/// What a selection means: itself, and where it is empty the function around it.
pub fn around(cx: &Context<'_>, uri: &str, range: Range<usize>) -> Range<usize> {
    if !range.is_empty() {
        return range;
    }
    let path = Path::new(uri);
    let read = || cx.files.read_text(path).ok().map(Source::new);
    let source = cx.snapshot.source(path).or_else(read);
    let unit = Language::of_path(uri)
        .zip(source)
        .and_then(|(language, source)| {
            rutter_code::links::edit::unit_at(language, source.text(), range.start)
        });
    unit.map_or(range, |unit| unit.range)
}

fn outcome(root: &Path, folder: &Path, spec: &str, written: write::Written) -> Outcome {
    let mut outcome = Outcome {
        title: format!("Spec {spec} from code"),
        root: root.to_owned(),
        ..Outcome::default()
    };
    let document = folder.join(Document::Requirements.file_name());
    outcome.show = Some(Show {
        selection: Some(first_place(&written.text)),
        path: document.clone(),
    });
    outcome.change(document, None, Some(written.text));
    let id = uuid::Uuid::new_v4().to_string();
    let config = Config::render(&id, Workflow::RequirementsFirst);
    outcome.change(folder.join(".config.kiro"), None, Some(config));
    outcome.message = Some(written.message);
    outcome
}

fn language(name: &str) -> Result<Language, CommandError> {
    let language = Language::of_path(name);
    language
        .filter(|l| observe::is_observed(*l))
        .ok_or_else(|| {
            let what = match language {
                Some(language) => format!("What {} code does can't be read yet.", language.name()),
                None => format!("{name} is no source file in a language that can be read."),
            };
            CommandError::new(
                Code::WrongArgument,
                what,
                "Name a file in Rust, TypeScript, JavaScript, Python, Go or Java.",
            )
        })
}

fn nothing(name: &str) -> CommandError {
    CommandError::new(
        Code::WrongArgument,
        format!("Nothing can be seen in {name} that would make a requirement."),
        "Choose a file or a part of one with functions that say or check something.",
    )
}

fn touches(range: &Range<usize>, of: &Range<usize>) -> bool {
    range.start < of.end && of.start < range.end || of.start <= range.start && range.end <= of.end
}

fn wanted(args: &Args, source: &Source) -> Option<Range<usize>> {
    if let Some(range) = &args.range {
        return Some(range.clone());
    }
    let (first, last) = args.lines?;
    let lines = source.lines();
    let start = lines.start(first.checked_sub(1)?)?;
    let end = lines.start(last).unwrap_or(source.text().len());
    Some(start..end)
}

/// The tests of the file itself and of the file that tests it.
fn tests(
    cx: &Context<'_>,
    root: &Path,
    path: &Path,
    name: &str,
    language: Language,
    text: &str,
) -> Vec<TestOf> {
    let mut found = Vec::new();
    let mut add = |name: &str, text: &str| {
        let source = Source::new(text);
        for (title, place, code) in observe::tests(language, text) {
            found.push(TestOf {
                file: name.to_owned(),
                line: source.line_of(place.start) + 1,
                title,
                code: text.get(code).unwrap_or_default().to_owned(),
            });
        }
    };
    add(name, text);
    let files = cx.files.walk(root, MAX_FILES);
    let names: Vec<String> = files.iter().map(|file| relative(root, file)).collect();
    let style = project::detect(&names, &[]).test_file_style;
    let beside = style.test_path_for(name);
    let stem = write::stem(name);
    let is_its = |one: &str| {
        one == beside
            || is_test_path(one) && {
                let test = write::stem(one).to_lowercase();
                let bare = test
                    .trim_start_matches("test_")
                    .trim_end_matches("_test")
                    .trim_end_matches(".test")
                    .trim_end_matches(".spec")
                    .trim_end_matches("test");
                bare == stem.to_lowercase()
            }
    };
    for (one, file) in names.iter().zip(&files) {
        if file != path
            && is_its(one)
            && Language::of_path(one) == Some(language)
            && let Ok(text) = cx.files.read_text(file)
        {
            add(one, &text);
        }
    }
    found
}
