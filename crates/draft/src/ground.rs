//! What a draft stands on: the project and the catalogue.

use rutter_catalogue::{Catalogue, Problem};
use rutter_code::Language;
use rutter_code::project::{Project, is_test_path};
use rutter_code::search::{Hit, Index, Texts};

/// The project as seen, what its steering says, and the feature classes.
#[derive(Debug, Default)]
pub struct Ground {
    /// Languages, frameworks, test runner, conventions.
    pub project: Project,
    /// Symbols and files by their words.
    pub index: Index,
    /// What sources, pages and settings say.
    pub texts: Texts,
    /// Every file, relative to the root, with `/`.
    pub files: Vec<String>,
    /// What the steering that is always included says, sentence by sentence. It beats what is detected.
    pub steering: Vec<String>,
    /// The feature classes.
    pub catalogue: Catalogue,
}

/// Ends of files that show something to a person.
const FACE_FILES: [&str; 12] = [
    ".html",
    ".tsx",
    ".jsx",
    ".vue",
    ".svelte",
    ".css",
    ".scss",
    ".erb",
    ".cshtml",
    ".blade.php",
    ".jinja",
    ".hbs",
];

/// The command of "Tests run with `npm test -- --coverage`".
fn steered_command(statement: &str) -> Option<String> {
    const TOOLS: &str = "npm npx yarn pnpm bun deno node nox tox pytest python python3 uv poetry hatch pdm make just task cargo go mvn ./mvnw gradle ./gradlew rake bundle bin/rails rspec php composer ./vendor/bin/phpunit dotnet mix sbt ctest bazel vitest jest";
    let lower = statement.to_lowercase();
    if !lower.contains("test") {
        return None;
    }
    crate::prompt::names::code_spans(statement)
        .into_iter()
        .find_map(|span| {
            let tool = span.split(' ').next().unwrap_or_default();
            let front = lower
                .split(&format!("`{}`", span.to_lowercase()))
                .next()
                .unwrap_or_default()
                .to_owned();
            let last: Vec<&str> = front.split_whitespace().rev().take(3).collect();
            let refused = last
                .iter()
                .any(|word| ["not", "never", "than", "of", "don't", "no"].contains(word));
            let runs = front.contains("run")
                || front.contains("use")
                || front.contains("with")
                || front.contains(':');
            let command = span.contains(' ')
                || ["pytest", "nox", "tox", "rspec", "vitest", "jest"].contains(&span);
            (command
                && runs
                && !refused
                && TOOLS.split(' ').any(|known| known == tool)
                && (span.contains("test") || span.contains(tool) && front.contains("test")))
            .then(|| span.to_owned())
        })
}

impl Ground {
    /// A ground from what the workspace saw, and what was wrong in the team's catalogue files.
    #[must_use]
    pub fn new(seen: rutter_workspace::Ground) -> (Self, Vec<Problem>) {
        let team: Vec<(&str, &str)> = seen
            .catalogue
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()))
            .collect();
        let (catalogue, problems) = Catalogue::builtin().with_team(&team);
        (
            Self {
                project: seen.project,
                index: seen.index,
                texts: seen.texts,
                files: seen.files,
                steering: seen.statements,
                catalogue,
            },
            problems,
        )
    }

    /// Whether the project has source that could be extended.
    pub(crate) fn has_source(&self) -> bool {
        self.index.files() > 0
    }

    /// Whether people see it, rather than other programs or a terminal only. An empty project may become anything.
    pub(crate) fn has_face(&self) -> bool {
        let page = self
            .files
            .iter()
            .any(|path| FACE_FILES.iter().any(|end| path.ends_with(end)));
        let framework = self.project.frameworks.iter().any(|name| {
            [
                "react", "vue", "svelte", "angular", "next", "nuxt", "flutter", "electron",
                "tauri", "django", "rails", "laravel",
            ]
            .iter()
            .any(|face| name.contains(face))
        });
        page || framework || !self.has_source()
    }

    /// The glossary term for the whole of it.
    pub(crate) fn app_term(&self) -> String {
        let name = self.project.name.as_deref().unwrap_or_default();
        let name = name.rsplit(['/', ':']).next().unwrap_or_default();
        let parts: Vec<String> = name
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()))
            .map(|part| {
                let mut chars = part.chars();
                chars.next().map_or_else(String::new, |first| {
                    first.to_ascii_uppercase().to_string() + chars.as_str()
                })
            })
            .filter(|part| {
                ![
                    "Ts", "Js", "Rs", "Py", "Go", "Java", "Rb", "Php", "Cs", "App", "Project",
                ]
                .contains(&part.as_str())
            })
            .take(3)
            .collect();
        match parts.as_slice() {
            [] => "System".to_owned(),
            [one] => format!("{one}_App"),
            _ => parts.join("_"),
        }
    }

    /// The runner that the steering names, else the one that was detected.
    pub(crate) fn runner(&self) -> Option<String> {
        const RUNNERS: [&str; 18] = [
            "vitest",
            "jest",
            "mocha",
            "ava",
            "playwright",
            "cypress",
            "pytest",
            "unittest",
            "nose",
            "junit",
            "testng",
            "spock",
            "rspec",
            "minitest",
            "phpunit",
            "pest",
            "xunit",
            "nunit",
        ];
        for statement in &self.steering {
            let lower = statement.to_lowercase();
            let words: Vec<&str> = lower
                .split(|c: char| !c.is_alphanumeric())
                .filter(|w| !w.is_empty())
                .collect();
            let named = words.iter().enumerate().find(|(at, word)| {
                RUNNERS.contains(word)
                    && !words[at.saturating_sub(3)..*at]
                        .iter()
                        .any(|w| ["not", "no", "never", "than", "of", "t"].contains(w))
            });
            if let Some((_, word)) = named {
                return Some((*word).to_owned());
            }
        }
        self.project
            .test_runner
            .as_ref()
            .map(|runner| runner.name.clone())
    }

    /// The command that runs the tests: what the steering says, else what was detected unless the steering names another
    /// runner, else what is usual for the language.
    pub(crate) fn test_command(&self) -> Option<String> {
        if let Some(command) = self
            .steering
            .iter()
            .find_map(|statement| steered_command(statement))
        {
            return Some(command);
        }
        if let Some(detected) = &self.project.test_runner {
            return (self.runner().as_deref() == Some(detected.name.as_str()))
                .then(|| detected.command.clone());
        }
        let usual = match self.project.languages.first()?.0 {
            Language::Rust => "cargo test",
            Language::Go => "go test ./...",
            Language::Python => "python -m pytest",
            Language::TypeScript | Language::Tsx | Language::JavaScript => "npm test",
            Language::Java if self.files.iter().any(|path| path == "pom.xml") => "mvn test",
            Language::Java => "gradle test",
            _ => return None,
        };
        Some(usual.to_owned())
    }

    /// Whether a word is the name of something that the source has a type or a file for, alone or with a service or
    /// controller of it.
    pub(crate) fn names_a_type(&self, word: &str) -> bool {
        use rutter_code::SymbolKind::{Class, Enum, Interface, Struct, Type};
        if word.contains(' ') {
            return false;
        }
        let wanted = rutter_code::search::words::stem(&word.to_lowercase());
        self.index.find(&[word.to_owned()]).iter().any(|hit| {
            let file = || {
                hit.path
                    .rsplit('/')
                    .next()
                    .and_then(|name| name.split('.').next())
            };
            let name = match hit.kind {
                Some(Class | Struct | Interface | Type | Enum) => hit.symbol.as_deref(),
                None => file(),
                Some(_) => None,
            };
            name.is_some_and(|name| {
                rutter_code::search::words::split(name)
                    .next()
                    .is_some_and(|first| {
                        rutter_code::search::words::stem(&first.to_lowercase()) == wanted
                    })
            })
        })
    }

    /// What some words mean in the source, tests left out.
    pub(crate) fn find(&self, words: &[String]) -> Vec<Hit> {
        self.index
            .find(words)
            .into_iter()
            .filter(|hit| !is_test_path(&hit.path))
            .collect()
    }
}
