//! Small projects in memory, and drafts of them.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    dead_code,
    missing_docs
)]

use std::collections::BTreeMap;
use std::path::Path;

use rutter_code::project::{self, Manifest};
use rutter_code::{Language, search, symbols};
use rutter_draft::{Draft, Ground, Request, next, start};
use rutter_spec::rules::{Context, Levels, check};
use rutter_spec::{Document, Reading, Spec, Stage, Workflow};
use rutter_text::Source;

/// A shop in TypeScript.
pub const SHOP: &[(&str, &str)] = &[
    (
        "package.json",
        r#"{"name":"corner-shop","scripts":{"test":"vitest run"},"dependencies":{"express":"5"},"devDependencies":{"vitest":"3","typescript":"5"}}"#,
    ),
    (
        "src/services/orderService.ts",
        "export class OrderService {\n  list(customer: string) { return []; }\n  place(cart: string) {}\n}\n",
    ),
    (
        "src/services/userService.ts",
        "export class UserService {\n  login(name: string, password: string) {}\n}\n",
    ),
    (
        "src/services/cartService.ts",
        "export class CartService {\n  total(cart: string) { return 0; }\n  applyCoupon(code: string) {}\n}\n",
    ),
    ("src/routes/orders.ts", "export function orderRoutes() {}\n"),
    (
        "src/models/order.ts",
        "export interface Order { id: string }\n",
    ),
    ("public/index.html", "<h1>Shop</h1>"),
    (
        "tests/orderService.test.ts",
        "import { test } from 'vitest';\ntest('lists orders', () => {});\n",
    ),
    ("README.md", "# Corner shop\n"),
];

/// A ledger for the terminal in Rust.
pub const LEDGER: &[(&str, &str)] = &[
    (
        "Cargo.toml",
        "[package]\nname = \"ledger\"\nversion = \"0.1.0\"\n[dependencies]\nclap = \"4\"\n",
    ),
    ("src/main.rs", "fn main() {}\n"),
    ("src/commands/balance.rs", "pub fn run() {}\n"),
    (
        "src/account.rs",
        "pub struct Account;\nimpl Account { pub fn balance(&self) -> i64 { 0 } }\n",
    ),
    ("src/parse.rs", "pub fn parse_line(line: &str) {}\n"),
    ("tests/balance.rs", "#[test]\nfn sums() {}\n"),
];

/// A project of these files, with what its steering says.
pub fn ground(files: &[(&str, &str)], steering: &[&str]) -> Ground {
    let names: Vec<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
    let manifests: Vec<Manifest<'_>> = files
        .iter()
        .filter(|(path, _)| project::is_manifest(path))
        .map(|(path, text)| Manifest { path, text })
        .collect();
    let mut index = search::Index::default();
    let mut texts = search::Texts::default();
    for (path, text) in files {
        if let Some(language) = Language::of_path(path) {
            index.add(path, language, &symbols(language, text));
        }
        texts.add(path, (*text).to_owned());
    }
    Ground {
        project: project::detect(&names, &manifests),
        index,
        texts,
        files: names,
        steering: steering.iter().map(|line| (*line).to_owned()).collect(),
        catalogue: rutter_catalogue::Catalogue::builtin(),
    }
}

pub fn draft(prompt: &str, workflow: Workflow, ground: &Ground) -> Draft {
    start(
        &Request {
            prompt: prompt.to_owned(),
            workflow,
            name: None,
        },
        ground,
    )
    .unwrap_or_else(|error| panic!("{prompt}: {error}"))
}

/// The spec that the documents make.
pub fn spec(draft: &Draft) -> Spec {
    let mut spec = Spec {
        name: draft.name.clone(),
        ..Spec::default()
    };
    for (document, text) in &draft.documents {
        spec.set(
            *document,
            Some(Reading::new(*document, Source::new(text.as_str()))),
        );
    }
    spec
}

/// Every document of a prompt, drafted one after the other.
pub fn whole(prompt: &str, workflow: Workflow, ground: &Ground) -> (Draft, Spec) {
    let mut draft = draft(prompt, workflow, ground);
    let mut made = spec(&draft);
    for stage in [Stage::Requirements, Stage::Design, Stage::Tasks] {
        let document = if workflow == Workflow::Bugfix && stage == Stage::Requirements {
            Document::Bugfix
        } else {
            made.document_of(stage)
        };
        if made.source(document).is_none() {
            let text =
                next(stage, &made, ground).unwrap_or_else(|error| panic!("{prompt}: {error}"));
            draft.documents.push((document, text));
            made = spec(&draft);
        }
    }
    (draft, made)
}

/// The documents one below the other.
pub fn text(draft: &Draft) -> String {
    let mut out = format!("name: {}\ntitle: {}\n", draft.name, draft.title);
    for note in &draft.notes {
        out.push_str(&format!("note: {note}\n"));
    }
    for (document, text) in &draft.documents {
        out.push_str(&format!(
            "\n======== {} ========\n\n{text}",
            document.file_name()
        ));
    }
    out
}

/// What our own check finds, as lines.
pub fn findings(spec: &Spec) -> Vec<String> {
    let found: BTreeMap<_, _> = check(&Context::new(spec), &Levels::default());
    found
        .iter()
        .flat_map(|(file, list)| {
            list.iter()
                .map(move |finding| format!("{file}: {} {}", finding.code, finding.message))
        })
        .collect()
}

/// The criteria of a spec, one a line.
pub fn criteria(spec: &Spec) -> Vec<String> {
    spec.wanted()
        .map(|(_, wanted)| {
            wanted
                .criteria()
                .map(|(_, criterion)| criterion.text.clone())
                .collect()
        })
        .unwrap_or_default()
}

fn walk(root: &Path, at: &Path, out: &mut Vec<(String, String)>) {
    let mut paths: Vec<_> = std::fs::read_dir(at)
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(root, &path, out);
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            out.push((
                path.strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/"),
                text,
            ));
        }
    }
}

/// A sample project with its files.
pub fn project(name: &str) -> (Ground, Vec<(String, String)>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/projects")
        .join(name);
    let mut files = Vec::new();
    walk(&root, &root, &mut files);
    let steering: Vec<String> = files
        .iter()
        .filter(|(path, _)| path.starts_with(".kiro/steering/"))
        .flat_map(|(path, text)| rutter_steering::Steering::parse(path, text).statements())
        .collect();
    let handed: Vec<(&str, &str)> = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let lines: Vec<&str> = steering.iter().map(String::as_str).collect();
    (ground(&handed, &lines), files)
}
