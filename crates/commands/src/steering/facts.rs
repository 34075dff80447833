//! What the code of a project shows, gathered for a first steering set.

use std::collections::BTreeMap;
use std::path::Path;

use rutter_code::Language;
use rutter_code::project::{self, Manifest, Project, is_test_path};
use rutter_secrets::redact;
use rutter_steering::starter::{Facts, Said};

use super::manifest::{self, said};
use super::readme;
use crate::context::Context;

/// Manifests that are read, the shallow ones first.
const MAX_MANIFESTS: usize = 30;
/// Folders that are named.
const MAX_FOLDERS: usize = 10;
/// Commands that are named.
const MAX_COMMANDS: usize = 8;
/// Fewer names than this make no habit.
const FEW: usize = 3;

/// A project as far as a steering set needs to know it.
pub struct Known {
    /// Every file, relative to the root with `/`.
    pub files: Vec<String>,
    /// Manifests and build files: path and text, shallow first.
    pub manifests: Vec<(String, String)>,
    /// What all this shows.
    pub facts: Facts,
}

/// Build files that name commands but are no manifests.
const BUILD_FILES: &[&str] = &[
    "Makefile",
    "makefile",
    "GNUmakefile",
    "justfile",
    "Justfile",
    ".justfile",
];

/// Looks at the project in `root`. What can't be read says nothing.
pub fn of(cx: &Context<'_>, root: &Path) -> Known {
    let files = super::project(cx.files, root);
    let mut named: Vec<&String> = files
        .iter()
        .filter(|path| project::is_manifest(path) || BUILD_FILES.contains(&path.as_str()))
        .collect();
    named.sort_by_key(|path| (path.matches('/').count(), path.as_str()));
    let manifests: Vec<(String, String)> = named
        .into_iter()
        .take(MAX_MANIFESTS)
        .filter_map(|path| Some((path.clone(), cx.files.read_text(&root.join(path)).ok()?)))
        .collect();
    let project = project::detect(&files, &handed(&manifests));
    let facts = Facts {
        about: about(cx, root, &files, &manifests),
        stack: stack(&project, &files, &manifests),
        commands: commands(&project, &files, &manifests),
        folders: folders(&files),
        entries: entries(&files),
        habits: habits(&project, &files),
    };
    Known {
        files,
        manifests,
        facts,
    }
}

fn handed(manifests: &[(String, String)]) -> Vec<Manifest<'_>> {
    manifests
        .iter()
        .map(|(path, text)| Manifest { path, text })
        .collect()
}

fn about(
    cx: &Context<'_>,
    root: &Path,
    files: &[String],
    manifests: &[(String, String)],
) -> Vec<Said> {
    let readme = files.iter().find(|path| {
        let lower = path.to_lowercase();
        matches!(
            lower.as_str(),
            "readme.md" | "readme" | "readme.txt" | "readme.markdown"
        )
    });
    let mut about: Vec<Said> = readme
        .and_then(|path| Some((path, cx.files.read_text(&root.join(path)).ok()?)))
        .map(|(path, text)| {
            let prose = readme::prose(text.trim_start_matches('\u{feff}'));
            let prose = prose.iter().map(|p| said(redact(p).into_owned(), path));
            prose.collect()
        })
        .unwrap_or_default();
    if about.is_empty() {
        about.extend(manifests.iter().find_map(|(path, text)| {
            Some(said(
                redact(&manifest::description(path, text)?).into_owned(),
                path,
            ))
        }));
    }
    about
}

/// The first manifest that shows something by itself.
fn shown_by<'a>(
    files: &[String],
    manifests: &'a [(String, String)],
    shows: impl Fn(&Project) -> bool,
) -> Option<&'a str> {
    manifests
        .iter()
        .find(|one| shows(&project::detect(files, &handed(std::slice::from_ref(*one)))))
        .map(|(path, _)| path.as_str())
}

fn stack(project: &Project, files: &[String], manifests: &[(String, String)]) -> Vec<Said> {
    let mut stack = Vec::new();
    let versions: Vec<(String, &str)> = manifests
        .iter()
        .filter_map(|(path, text)| Some((manifest::version(path, text)?, path.as_str())))
        .collect();
    for (language, count) in project.languages.iter().take(4) {
        let name = label(*language);
        let own = |v: &&(String, &str)| v.0.split(' ').next() == Some(name);
        stack.push(match versions.iter().find(own) {
            Some((version, path)) => Said::new(version, format!("`{path}`, {}", of_files(*count))),
            None => Said::new(name, of_files(*count)),
        });
    }
    let mut add = |what: &str, names: &[String], of: fn(&Project) -> &Vec<String>| {
        let mut by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for name in names {
            if let Some(path) = shown_by(files, manifests, |p| of(p).contains(name)) {
                by.entry(path).or_default().push(name);
            }
        }
        for (path, names) in by {
            let many = if names.len() == 1 { "" } else { "s" };
            let what = match what.strip_suffix('y') {
                Some(stem) if names.len() > 1 => format!("{stem}ies"),
                Some(_) => what.to_owned(),
                None => format!("{what}{many}"),
            };
            stack.push(said(format!("{what}: {}", names.join(", ")), path));
        }
    };
    add("Framework", &project.frameworks, |p| &p.frameworks);
    add("Library", &project.libraries, |p| &p.libraries);
    // `Tests run with cargo test` would say what the command says.
    if let Some(runner) = project
        .test_runner
        .as_ref()
        .filter(|r| !r.name.contains(' '))
    {
        let of = shown_by(files, manifests, |p| {
            p.test_runner
                .as_ref()
                .is_some_and(|r| r.name == runner.name)
        });
        if let Some(path) = of {
            stack.push(said(format!("Tests run with {}", runner.name), path));
        }
    }
    if let Some(manager) = &project.package_manager {
        let lock = LOCKS
            .iter()
            .find(|(file, of)| of == manager && files.iter().any(|f| f == file));
        if let Some((lock, _)) = lock {
            stack.push(said(format!("Packages are installed with {manager}"), lock));
        }
    }
    stack
}

/// Lock files, and what keeps them.
const LOCKS: &[(&str, &str)] = &[
    ("pnpm-lock.yaml", "pnpm"),
    ("yarn.lock", "yarn"),
    ("package-lock.json", "npm"),
    ("bun.lock", "bun"),
    ("bun.lockb", "bun"),
    ("uv.lock", "uv"),
    ("poetry.lock", "poetry"),
    ("pdm.lock", "pdm"),
    ("Pipfile.lock", "pipenv"),
];

fn commands(project: &Project, files: &[String], manifests: &[(String, String)]) -> Vec<Said> {
    let mut commands = Vec::new();
    let manager = project.package_manager.as_deref().unwrap_or("npm");
    for (path, text) in manifests {
        for (call, runs) in manifest::commands(path, text) {
            let call = match path.as_str() {
                "package.json" => format!("{manager} run {call}"),
                _ => call,
            };
            commands.push(said(format!("`{call}` runs `{runs}`"), path));
        }
    }
    let known = |word: &str| commands.iter().any(|c: &Said| c.text.contains(word));
    let mut more = Vec::new();
    if let Some(runner) = project.test_runner.as_ref().filter(|_| !known(" test")) {
        let path = shown_by(files, manifests, |p| p.test_runner.as_ref() == Some(runner));
        more.extend(path.map(|p| said(format!("Test: `{}`", runner.command), p)));
    }
    if let Some(build) = project.build_command.as_ref().filter(|_| !known(" build")) {
        let path = shown_by(files, manifests, |p| {
            p.build_command.as_ref() == Some(build)
        });
        more.extend(path.map(|p| said(format!("Build: `{build}`"), p)));
    }
    more.extend(commands);
    more.truncate(MAX_COMMANDS);
    more
}

/// Source files that are no tests.
fn sources(files: &[String]) -> impl Iterator<Item = (&str, &str, Language)> {
    files
        .iter()
        .filter(|path| !path.starts_with('.') && !is_test_path(path))
        .filter_map(|path| {
            let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
            Some((folder, file, Language::of_path(path)?))
        })
}

fn folders(files: &[String]) -> Vec<Said> {
    let mut by: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (folder, file, _) in sources(files).filter(|(folder, ..)| !folder.is_empty()) {
        // A package's own file says nothing of what is in it.
        let known = by.entry(folder).or_default();
        if !matches!(file, "__init__.py" | "mod.rs" | "index.ts" | "index.js") {
            known.push(file);
        }
    }
    by.retain(|_, files| !files.is_empty());
    let all = by.len();
    let mut rows: Vec<(&str, Vec<&str>)> = by.into_iter().collect();
    rows.sort_by_key(|(folder, files)| (std::cmp::Reverse(files.len()), *folder));
    rows.truncate(MAX_FOLDERS);
    rows.sort();
    let mut said: Vec<Said> = rows
        .into_iter()
        .map(|(folder, files)| {
            let shown: Vec<String> = files.iter().take(4).map(|f| format!("`{f}`")).collect();
            let more = match files.len().saturating_sub(4) {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            Said::new(
                format!("`{folder}/` holds {}{more}", shown.join(", ")),
                of_files(files.len()),
            )
        })
        .collect();
    if all > MAX_FOLDERS {
        said.push(Said::new(
            format!("{} smaller folders hold source too", all - MAX_FOLDERS),
            format!("{all} folders counted"),
        ));
    }
    said
}

fn entries(files: &[String]) -> Vec<String> {
    let mut entries: Vec<String> = files
        .iter()
        .filter(|path| !is_test_path(path) && !path.starts_with('.') && !path.contains("example"))
        .filter(|path| {
            let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
            match file {
                "main.rs" => folder == "src" || folder.ends_with("/src"),
                "main.go" | "main.py" | "__main__.py" | "manage.py" | "Program.cs" => true,
                "server.ts" | "server.js" | "main.ts" | "main.tsx" => folder == "src",
                _ => file.ends_with("Application.java"),
            }
        })
        .cloned()
        .collect();
    entries.sort_by_key(|path| (path.matches('/').count(), path.clone()));
    entries.truncate(4);
    entries
}

fn habits(project: &Project, files: &[String]) -> Vec<Said> {
    let mut habits = Vec::new();
    let mut placed: Vec<(String, String)> = Vec::new();
    let has: std::collections::HashSet<&str> = files.iter().map(String::as_str).collect();
    for (folder, file, _) in sources(files) {
        let source = if folder.is_empty() {
            file.to_owned()
        } else {
            format!("{folder}/{file}")
        };
        let test = project.test_file_style.test_path_for(&source);
        if test != source && has.contains(test.as_str()) {
            placed.push((source, test));
        }
    }
    let tests = files.iter().filter(|f| is_test_path(f)).count();
    if let Some((source, test)) = placed.first() {
        habits.push(Said::new(
            format!("The test of `{source}` is `{test}`, and so on"),
            format!("{} of {} follow this", placed.len(), of_tests(tests)),
        ));
    } else if let (Some(folder), true) = (project.test_dirs.first(), tests > 0) {
        habits.push(Said::new(
            format!("Tests stand in `{folder}/`"),
            of_tests(tests),
        ));
    }
    habits.extend(naming(files));
    habits
}

/// How files of several words are named, where nearly all agree. Java and C# leave no choice.
fn naming(files: &[String]) -> Vec<Said> {
    let mut by: BTreeMap<Language, Vec<(&'static str, &str)>> = BTreeMap::new();
    for (_, file, language) in sources(files) {
        let stem = file.split('.').next().unwrap_or(file).trim_matches('_');
        let fixed = matches!(language, Language::Java | Language::CSharp);
        if let (Some(style), false) = (style(stem), fixed) {
            by.entry(language).or_default().push((style, file));
        }
    }
    let mut said = Vec::new();
    for (language, named) in by.into_iter().filter(|(_, named)| named.len() >= FEW) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        named
            .iter()
            .for_each(|(style, _)| *counts.entry(style).or_default() += 1);
        let Some((style, count)) = counts.into_iter().max_by_key(|(_, count)| *count) else {
            continue;
        };
        let example = named.iter().find(|(s, _)| *s == style);
        if let (true, Some((_, example))) = (count * 10 >= named.len() * 9, example) {
            said.push(Said::new(
                format!(
                    "{} files of several words are named like `{example}`, in {style}",
                    label(language)
                ),
                format!("{count} of {}", named.len()),
            ));
        }
    }
    said
}

/// The style of a name of several words.
fn style(stem: &str) -> Option<&'static str> {
    let upper = stem.chars().skip(1).any(char::is_uppercase);
    let first = stem.chars().next()?;
    match (stem.contains('-'), stem.contains('_'), upper) {
        (true, false, false) => Some("kebab-case"),
        (false, true, false) => Some("snake_case"),
        (false, false, true) if first.is_lowercase() => Some("camelCase"),
        (false, false, true) if first.is_uppercase() => Some("PascalCase"),
        _ => None,
    }
}

fn of_files(count: usize) -> String {
    format!("{count} file{}", if count == 1 { "" } else { "s" })
}

fn of_tests(count: usize) -> String {
    format!("{count} test file{}", if count == 1 { "" } else { "s" })
}

fn label(language: Language) -> &'static str {
    match language {
        Language::Rust => "Rust",
        Language::TypeScript => "TypeScript",
        Language::Tsx => "TypeScript with JSX",
        Language::JavaScript => "JavaScript",
        Language::Python => "Python",
        Language::Go => "Go",
        Language::Java => "Java",
        Language::C => "C",
        Language::Cpp => "C++",
        Language::CSharp => "C#",
        Language::Ruby => "Ruby",
        Language::Php => "PHP",
    }
}
