//! `rutter.propertyTest`: a correctness property becomes a test that fails until somebody has written it, in the library that
//! the project has. It carries the property's number and what it validates, so that it is traced.

mod skeleton;

use std::path::{Path, PathBuf};

use rutter_code::project::{
    self, Manifest, Project, PropertyHome, PropertyLibrary, property_homes,
};
use rutter_spec::Property;
use rutter_text::edit;
use rutter_workspace::{SpecFolder, relative};
use serde::{Deserialize, Deserializer};

use crate::context::Context;
use crate::error::{Code, CommandError};
use crate::outcome::{Outcome, Show};
use skeleton::{Script, Test};

/// More files than this are not looked at.
const MAX_FILES: usize = 20_000;

/// The argument.
#[derive(Clone, Debug, Deserialize)]
pub struct Args {
    /// The spec.
    pub spec: String,
    /// The number of the property.
    #[serde(deserialize_with = "number")]
    pub property: u32,
    /// `proptest`, `hypothesis` or `fast-check`, where the project has several.
    pub library: Option<String>,
    /// The folder of the package, where several have one.
    pub folder: Option<String>,
}

/// A number, or its digits.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(u32),
        Digits(String),
    }
    match Either::deserialize(deserializer)? {
        Either::Number(number) => Ok(number),
        Either::Digits(digits) => {
            let bare = digits.trim().trim_start_matches("Property").trim();
            bare.parse().map_err(serde::de::Error::custom)
        }
    }
}

/// Writes it.
pub fn run(cx: &Context<'_>, args: &Args) -> Result<Outcome, CommandError> {
    let folder = cx.folder(&args.spec)?;
    let property = property(&folder, args.property)?;
    let root = &folder.root;
    let files: Vec<String> = cx
        .files
        .walk(root, MAX_FILES)
        .iter()
        .map(|path| relative(root, path))
        .collect();
    let texts: Vec<(String, String)> = files
        .iter()
        .filter(|name| project::is_manifest(name))
        .filter_map(|name| Some((name.clone(), cx.files.read_text(&root.join(name)).ok()?)))
        .collect();
    let manifests: Vec<Manifest<'_>> = texts
        .iter()
        .map(|(path, text)| Manifest { path, text })
        .collect();
    let seen = project::detect(&files, &manifests);
    let home = home(&seen, &manifests, args)?;
    let own: Vec<String> = files
        .iter()
        .filter_map(|file| below(&home.folder, file))
        .map(str::to_owned)
        .collect();
    let script = Script::of(&own, &manifests, &home.folder, &seen);
    let test = Test::of(&folder, property);
    let name = test.file(home.library, &own, &script);
    let path = match home.folder.as_str() {
        "" => root.join(&name),
        inner => root.join(inner).join(&name),
    };
    write(cx, root, &path, &test, &home, &script, &seen)
}

fn property(folder: &SpecFolder, number: u32) -> Result<&Property, CommandError> {
    let Some(design) = &folder.spec().design else {
        return Err(CommandError::new(
            Code::MissingDocument,
            format!("{} has no design.md.", folder.name),
            "Draft it with the next stage.",
        ));
    };
    design.property(number).ok_or_else(|| {
        let known = design.properties.iter().map(|p| p.number.to_string());
        CommandError::new(
            Code::UnknownItem,
            format!("{} has no property {number}.", folder.name),
            "Name a property of its design by its number.",
        )
        .among(known.collect())
    })
}

/// The one place where it belongs; several are asked about.
fn home(
    seen: &Project,
    manifests: &[Manifest<'_>],
    args: &Args,
) -> Result<PropertyHome, CommandError> {
    let mut homes = property_homes(seen, manifests);
    if let Some(name) = &args.library {
        let library = PropertyLibrary::parse(name).ok_or_else(|| {
            CommandError::new(
                Code::WrongArgument,
                format!("There is no library `{name}` for property tests here."),
                "Use proptest, hypothesis or fast-check.",
            )
        })?;
        homes.retain(|home| home.library == library);
        if homes.is_empty() {
            homes.push(PropertyHome {
                library,
                folder: args.folder.clone().unwrap_or_default(),
                declared: false,
            });
        }
    }
    if let Some(folder) = &args.folder {
        homes.retain(|home| home.folder == folder.trim_matches('/'));
    }
    let mut libraries: Vec<&str> = homes.iter().map(|home| home.library.as_str()).collect();
    libraries.dedup();
    match homes.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(CommandError::new(
            Code::WrongArgument,
            "There is no package here whose language has proptest, hypothesis or fast-check.",
            "Write the test by hand, or name `library` and `folder`.",
        )),
        _ if libraries.len() > 1 => Err(CommandError::new(
            Code::Ambiguous,
            format!("This project has {}.", libraries.join(" and ")),
            "Say which with `library`.",
        )
        .among(libraries.iter().map(|name| (*name).to_owned()).collect())),
        many => {
            let folders = many.iter().map(|home| match home.folder.as_str() {
                "" => ".".to_owned(),
                folder => folder.to_owned(),
            });
            Err(CommandError::new(
                Code::Ambiguous,
                "Several packages of this project have property tests.",
                "Say which with `folder`.",
            )
            .among(folders.collect()))
        }
    }
}

fn below<'a>(folder: &str, file: &'a str) -> Option<&'a str> {
    match folder {
        "" => Some(file),
        folder => file.strip_prefix(folder)?.strip_prefix('/'),
    }
}

fn write(
    cx: &Context<'_>,
    root: &Path,
    path: &Path,
    test: &Test,
    home: &PropertyHome,
    script: &Script,
    seen: &Project,
) -> Result<Outcome, CommandError> {
    let before = match cx.snapshot.open.get(path) {
        Some(open) => Some(open.source.text().to_owned()),
        None => cx.files.read_text_if_any(path)?,
    };
    let shown = |at: usize| {
        Some(Show {
            path: path.to_owned(),
            selection: Some(at..at),
        })
    };
    let name = relative(root, path);
    let after = match &before {
        None => format!(
            "{}{}",
            test.head(home.library, script),
            test.body(home.library, script)
        ),
        Some(text) => {
            if let Some(at) = test.place_in(text) {
                return Ok(Outcome {
                    show: shown(at),
                    documents: vec![PathBuf::from(path)],
                    ..Outcome::nothing(format!("{name} tests property {} already.", test.number))
                });
            }
            if !test.is_ours(text) {
                return Err(CommandError::new(
                    Code::Exists,
                    format!("{name} is there and holds something else."),
                    "Give that file another name, or write the test into it by hand.",
                ));
            }
            let body = edit::with_endings_of(text, &test.body(home.library, script));
            let end = if text.ends_with('\n') { "" } else { "\n" };
            let gap = format!("{end}{}", Test::gap(home.library));
            let gap = edit::with_endings_of(text, &gap);
            format!("{text}{gap}{body}")
        }
    };
    let mut outcome = Outcome {
        title: format!("Test of property {} of {}", test.number, test.spec),
        root: root.to_owned(),
        show: shown(test.place_in(&after).unwrap_or(0)),
        ..Outcome::default()
    };
    let mut message = format!("The test in {name} fails until you have written it.");
    if !home.declared {
        message.push_str(&format!(
            " It needs {}: {}",
            home.library.as_str(),
            home.library.adding(seen.package_manager.as_deref())
        ));
    }
    outcome.message = Some(message);
    outcome.change(path.to_owned(), before, Some(after));
    Ok(outcome)
}
