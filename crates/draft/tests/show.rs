//! Prints drafts for reading: `SHOW='prompt' PROJECT=path cargo test -p rutter-draft --test show -- --ignored --nocapture`.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

use std::path::Path;

use rutter_code::project::{self, Manifest};
use rutter_code::{Language, search, symbols};
use rutter_draft::{Ground, Request, start};
use rutter_spec::{Reading, Spec, Stage, Workflow};
use rutter_text::Source;

fn walk(root: &Path, at: &Path, out: &mut Vec<String>) {
    let Ok(entries) = std::fs::read_dir(at) else {
        return;
    };
    let mut paths: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(root, &path, out);
        } else {
            out.push(
                path.strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned(),
            );
        }
    }
}

fn ground(root: &Path) -> Ground {
    let mut files = Vec::new();
    walk(root, root, &mut files);
    let texts: Vec<(String, String)> = files
        .iter()
        .filter_map(|f| Some((f.clone(), std::fs::read_to_string(root.join(f)).ok()?)))
        .collect();
    let manifests: Vec<Manifest<'_>> = texts
        .iter()
        .filter(|(f, _)| project::is_manifest(f))
        .map(|(path, text)| Manifest { path, text })
        .collect();
    let mut index = search::Index::default();
    for (path, text) in &texts {
        if let Some(language) = Language::of_path(path) {
            index.add(path, language, &symbols(language, text));
        }
    }
    let mut kept = search::Texts::default();
    texts
        .iter()
        .for_each(|(path, text)| kept.add(path, text.clone()));
    let steering = texts
        .iter()
        .filter(|(path, _)| path.starts_with(".kiro/steering/"))
        .flat_map(|(path, text)| rutter_steering::Steering::parse(path, text).statements())
        .collect();
    Ground {
        project: project::detect(&files, &manifests),
        index,
        texts: kept,
        files,
        steering,
        catalogue: rutter_catalogue::Catalogue::builtin(),
    }
}

#[test]
#[ignore = "prints drafts for a person to read"]
fn show() {
    let prompts = std::env::var("SHOW").unwrap_or_else(|_| "Add a login page".to_owned());
    let ground = std::env::var("PROJECT")
        .map(|p| ground(Path::new(&p)))
        .unwrap_or_else(|_| Ground {
            catalogue: rutter_catalogue::Catalogue::builtin(),
            ..Ground::default()
        });
    let workflow = match std::env::var("WORKFLOW").as_deref() {
        Ok("bugfix") => Workflow::Bugfix,
        Ok("design-first") => Workflow::DesignFirst,
        Ok("quick") => Workflow::Quick,
        _ => Workflow::RequirementsFirst,
    };
    for prompt in prompts.split("\n===\n") {
        println!("################ {prompt}");
        match start(
            &Request {
                prompt: prompt.to_owned(),
                workflow,
                name: None,
            },
            &ground,
        ) {
            Err(error) => println!("ERROR {error}"),
            Ok(draft) => {
                println!("[{}] {} {:?}", draft.name, draft.title, draft.notes);
                let mut spec = Spec {
                    name: draft.name.clone(),
                    ..Spec::default()
                };
                for (document, text) in &draft.documents {
                    println!("{text}");
                    spec.set(
                        *document,
                        Some(Reading::new(*document, Source::new(text.as_str()))),
                    );
                }
                if std::env::var("ALL").is_ok() {
                    for stage in [Stage::Requirements, Stage::Design, Stage::Tasks] {
                        let document = spec.document_of(stage);
                        if spec.source(document).is_some() {
                            continue;
                        }
                        let text = rutter_draft::next(stage, &spec, &ground)
                            .unwrap_or_else(|e| format!("ERROR {e}"));
                        println!("---------------- {stage}\n{text}");
                        spec.set(
                            document,
                            Some(Reading::new(document, Source::new(text.as_str()))),
                        );
                    }
                }
            }
        }
    }
}
