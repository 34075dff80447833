//! Where the test of a source file goes, learnt from where the tests are.

use super::layout::{Affix, affix, is_test_path};
use crate::Language;
use std::collections::HashMap;

/// Where tests go and what they are called, for each language of a project.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TestFileStyle {
    styles: Vec<(Language, Style)>,
    runner: Option<String>,
}

/// The habit of one language.
#[derive(Debug, Clone, PartialEq)]
struct Style {
    affix: Affix,
    place: Place,
}

#[derive(Debug, Clone, PartialEq)]
enum Place {
    /// In the source file itself.
    Inline,
    /// Beside the source file.
    Beside,
    /// In a folder of this name beside the source file.
    Below(String),
    /// In one folder, however deep the source is.
    Flat(String),
    /// In a tree of its own: a source folder, and the folder that stands for it.
    Mirrored(Vec<(String, String)>),
    /// One file a folder, such as Django's `tests.py`.
    OneFile(String),
}

impl TestFileStyle {
    /// The habits that a list of files shows.
    pub(super) fn seen(files: &[&str], runner: Option<&str>) -> Self {
        let mut by_language: Vec<(Language, Vec<&str>, Vec<&str>)> = Vec::new();
        for path in files {
            let Some(language) = Language::of_path(path).map(family) else {
                continue;
            };
            let at = by_language
                .iter()
                .position(|(known, _, _)| *known == language)
                .unwrap_or_else(|| {
                    by_language.push((language, Vec::new(), Vec::new()));
                    by_language.len() - 1
                });
            let (_, sources, tests) = &mut by_language[at];
            if is_test_path(path) {
                tests.push(path)
            } else {
                sources.push(path)
            }
        }
        let styles = by_language
            .into_iter()
            .filter_map(|(language, sources, tests)| {
                Some((language, learnt(language, &sources, &tests)?))
            })
            .collect();
        Self {
            styles,
            runner: runner.map(str::to_owned),
        }
    }

    /// The path of the test of a source file. A language without tests so far gets what is usual
    /// for it; where tests stand in the source file itself, that is the source file's own path.
    pub fn test_path_for(&self, source_path: &str) -> String {
        let Some(language) = Language::of_path(source_path) else {
            return source_path.to_owned();
        };
        if is_test_path(source_path) {
            return source_path.to_owned();
        }
        let learnt = self
            .styles
            .iter()
            .find(|(known, _)| *known == family(language))
            .map(|(_, style)| style);
        let usual;
        let style = match learnt {
            Some(style) => style,
            None => {
                usual = self.usual(language);
                &usual
            }
        };
        let (folder, file) = split(source_path);
        let (stem, extension) = file.rsplit_once('.').unwrap_or((file, ""));
        // A package's own file is known by its folder.
        let stem = match file {
            "__init__.py" | "mod.rs" => split(folder).1,
            _ => stem,
        };
        let test = format!("{}.{extension}", style.affix.put_on(stem));
        match &style.place {
            Place::Inline => source_path.to_owned(),
            Place::Beside => join(folder, &test),
            Place::Below(name) => join(&join(folder, name), &test),
            Place::OneFile(name) => join(folder, name),
            Place::Flat(root) => join(&sibling_root(folder, root), &test),
            Place::Mirrored(rules) => join(&mirrored(folder, rules), &test),
        }
        .replace("//", "/")
    }

    /// What is usual for a language whose tests are not seen.
    fn usual(&self, language: Language) -> Style {
        let runner = self.runner.as_deref();
        let rule = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let (affix, place) = match language {
            Language::Rust => (Affix::Suffix(""), Place::Inline),
            Language::TypeScript | Language::Tsx | Language::JavaScript => match runner {
                Some("jasmine" | "ng test") => (Affix::Suffix(".spec"), Place::Beside),
                Some("mocha") => (
                    Affix::Suffix(".test"),
                    Place::Mirrored(vec![
                        rule("src", "test"),
                        rule("lib", "test"),
                        rule("", "test"),
                    ]),
                ),
                _ => (Affix::Suffix(".test"), Place::Beside),
            },
            Language::Python => (Affix::Prefix("test_"), Place::Flat("tests".to_owned())),
            Language::Go => (Affix::Suffix("_test"), Place::Beside),
            Language::Java => (
                Affix::Suffix("Test"),
                Place::Mirrored(vec![rule("src/main", "src/test"), rule("src", "test")]),
            ),
            Language::CSharp => (
                Affix::Suffix("Tests"),
                Place::Mirrored(vec![rule("src", "tests"), rule("", "tests")]),
            ),
            Language::Ruby => {
                let (mark, root) = if runner == Some("rspec") {
                    ("_spec", "spec")
                } else {
                    ("_test", "test")
                };
                (
                    Affix::Suffix(mark),
                    Place::Mirrored(vec![rule("lib", root), rule("app", root), rule("", root)]),
                )
            }
            Language::Php => (
                Affix::Suffix("Test"),
                Place::Mirrored(vec![
                    rule("src", "tests"),
                    rule("app", "tests/Unit"),
                    rule("", "tests"),
                ]),
            ),
            Language::C | Language::Cpp => {
                (Affix::Suffix("_test"), Place::Flat("tests".to_owned()))
            }
        };
        Style { affix, place }
    }
}

/// Languages whose files stand and are tested together.
fn family(language: Language) -> Language {
    match language {
        Language::Tsx | Language::JavaScript => Language::TypeScript,
        Language::C => Language::Cpp,
        other => other,
    }
}

fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

fn join(folder: &str, file: &str) -> String {
    if folder.is_empty() || folder == "." {
        file.to_owned()
    } else {
        format!("{folder}/{file}")
    }
}

/// The habit that most tests show; `None` if no test says anything.
fn learnt(language: Language, sources: &[&str], tests: &[&str]) -> Option<Style> {
    if language == Language::Rust {
        // Tests inside the source can't be seen from here; a `tests` folder can.
        let integration = tests
            .iter()
            .any(|path| path.split('/').rev().nth(1) == Some("tests"));
        let place = if integration {
            Place::Flat("tests".to_owned())
        } else {
            Place::Inline
        };
        return Some(Style {
            affix: Affix::Suffix(""),
            place,
        });
    }
    if tests.is_empty() {
        return None;
    }
    let mut by_stem: HashMap<&str, Vec<&str>> = HashMap::new();
    for path in sources {
        by_stem.entry(stem(path)).or_default().push(path);
    }
    let mut affixes: Vec<(Affix, usize)> = Vec::new();
    let mut places: Vec<(Place, usize)> = Vec::new();
    let mut rules: Vec<((String, String), usize)> = Vec::new();
    let mut nested = false;
    for test in tests {
        let Some(mark) = affix(language, stem(test)) else {
            if language == Language::Python && test.ends_with("/tests.py") {
                vote(&mut places, Place::OneFile("tests.py".to_owned()));
            }
            continue;
        };
        let of = mark.taken_off(stem(test));
        vote(&mut affixes, mark);
        let Some(source) = by_stem.get(of).and_then(|all| nearest(test, all)) else {
            continue;
        };
        let (test_folder, source_folder) = (split(test).0, split(source).0);
        let below = test_folder
            .strip_prefix(source_folder)
            .map(|rest| rest.trim_start_matches('/'));
        match below {
            Some("") => vote(&mut places, Place::Beside),
            Some(name) if !name.contains('/') && !source_folder.is_empty() => {
                vote(&mut places, Place::Below(name.to_owned()));
            }
            _ => {
                let (from, to, shared) = without_shared_end(source_folder, test_folder);
                nested |= shared;
                vote(&mut places, Place::Mirrored(Vec::new()));
                vote(&mut rules, (from, to));
            }
        }
    }
    let affix = most(affixes).or_else(|| places.first().map(|_| Affix::Prefix("test_")))?;
    let place = match most(places) {
        Some(Place::Mirrored(_)) => from_rules(rules, nested),
        Some(place) => place,
        None => Place::Flat(common_root(tests)?),
    };
    Some(Style { affix, place })
}

/// Tests that all stand in one folder, whatever they test, make it flat.
fn from_rules(rules: Vec<((String, String), usize)>, nested: bool) -> Place {
    let one_target = rules.iter().all(|((_, to), _)| *to == rules[0].0.1);
    if one_target && !nested {
        return Place::Flat(rules[0].0.1.clone());
    }
    let mut rules: Vec<(String, String)> = rules.into_iter().map(|(rule, _)| rule).collect();
    rules.sort_by_key(|(from, _)| std::cmp::Reverse(from.len()));
    Place::Mirrored(rules)
}

fn stem(path: &str) -> &str {
    let file = split(path).1;
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// Of sources with the right name, the one whose folders are most like the test's.
fn nearest<'p>(test: &str, sources: &[&'p str]) -> Option<&'p str> {
    let likeness = |source: &str| {
        let (a, b) = (split(test).0, split(source).0);
        let ahead = a
            .split('/')
            .zip(b.split('/'))
            .take_while(|(a, b)| a == b)
            .count();
        let behind = a
            .rsplit('/')
            .zip(b.rsplit('/'))
            .take_while(|(a, b)| a == b)
            .count();
        ahead + behind
    };
    sources
        .iter()
        .copied()
        .max_by_key(|source| likeness(source))
}

/// Two folders without the end they share, and whether they share one.
fn without_shared_end(source: &str, test: &str) -> (String, String, bool) {
    let (a, b): (Vec<&str>, Vec<&str>) = (source.split('/').collect(), test.split('/').collect());
    let shared = a
        .iter()
        .rev()
        .zip(b.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    (
        a[..a.len() - shared].join("/"),
        b[..b.len() - shared].join("/"),
        shared > 0,
    )
}

/// The folder that stands for a source folder.
fn mirrored(folder: &str, rules: &[(String, String)]) -> String {
    let fits = rules.iter().find_map(|(from, to)| {
        let rest = if from.is_empty() {
            Some(folder)
        } else {
            folder.strip_prefix(from.as_str())
        }?;
        (rest.is_empty() || from.is_empty() || rest.starts_with('/'))
            .then(|| join(to, rest.trim_start_matches('/')))
    });
    let made = fits
        .or_else(|| rules.first().map(|(_, to)| to.clone()))
        .unwrap_or_default();
    made.trim_end_matches('/').to_owned()
}

/// In a project of many packages, the test folder of the source's own package.
fn sibling_root(folder: &str, root: &str) -> String {
    let package = folder
        .split("/src")
        .next()
        .filter(|package| *package != folder && !package.is_empty());
    match package {
        Some(package) if !root.contains('/') && folder.contains("/src") => {
            format!("{package}/{root}")
        }
        _ => root.to_owned(),
    }
}

/// The folder that most tests stand in.
fn common_root(tests: &[&str]) -> Option<String> {
    let mut roots = Vec::new();
    tests
        .iter()
        .for_each(|path| vote(&mut roots, split(path).0.to_owned()));
    most(roots)
}

fn vote<T: PartialEq>(votes: &mut Vec<(T, usize)>, choice: T) {
    match votes.iter_mut().find(|(known, _)| *known == choice) {
        Some((_, count)) => *count += 1,
        None => votes.push((choice, 1)),
    }
}

/// The choice with most votes; the first of equals.
fn most<T>(votes: Vec<(T, usize)>) -> Option<T> {
    votes
        .into_iter()
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
        .map(|(choice, _)| choice)
}
