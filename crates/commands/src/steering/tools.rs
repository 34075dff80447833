//! What a tool checks needs no prose: formatters, linters and type checks that are set up are offered as hooks.

use super::facts::Known;

/// How a tool shows that it is set up.
enum Sign {
    /// A file of this name begins so, in the root.
    File(&'static str),
    /// A manifest of this name holds this text.
    Holds(&'static str, &'static str),
}
use Sign::{File, Holds};

struct Tool {
    name: &'static str,
    does: &'static str,
    signs: &'static [Sign],
    /// The hook that runs it, as a sentence from which it is made.
    hook: &'static str,
}

const TOOLS: &[Tool] = &[
    Tool {
        name: "rustfmt",
        does: "formats",
        signs: &[File("rustfmt.toml"), File(".rustfmt.toml")],
        hook: "run rustfmt when a rust file is saved",
    },
    Tool {
        name: "gofmt",
        does: "formats",
        signs: &[File("go.mod")],
        hook: "run gofmt when a go file is saved",
    },
    Tool {
        name: "prettier",
        does: "formats",
        signs: &[
            File(".prettierrc"),
            File("prettier.config."),
            Holds("package.json", "\"prettier\""),
        ],
        hook: "run prettier when a typescript or javascript file is saved",
    },
    Tool {
        name: "biome",
        does: "formats and lints",
        signs: &[File("biome.json")],
        hook: "run biome when a typescript or javascript file is saved",
    },
    Tool {
        name: "ruff",
        does: "formats and lints",
        signs: &[
            File("ruff.toml"),
            File(".ruff.toml"),
            Holds("pyproject.toml", "[tool.ruff"),
        ],
        hook: "run ruff when a python file is saved",
    },
    Tool {
        name: "black",
        does: "formats",
        signs: &[Holds("pyproject.toml", "[tool.black]")],
        hook: "run black when a python file is saved",
    },
    Tool {
        name: "clang-format",
        does: "formats",
        signs: &[File(".clang-format")],
        hook: "run clang-format when a c or cpp file is saved",
    },
    Tool {
        name: "eslint",
        does: "lints",
        signs: &[
            File("eslint.config."),
            File(".eslintrc"),
            Holds("package.json", "\"eslint\""),
        ],
        hook: "run eslint when a typescript or javascript file is saved",
    },
    Tool {
        name: "clippy",
        does: "lints",
        signs: &[
            File("clippy.toml"),
            File(".clippy.toml"),
            Holds("Cargo.toml", "lints.clippy]"),
        ],
        hook: "run clippy when a rust file is saved",
    },
    Tool {
        name: "golangci-lint",
        does: "lints",
        signs: &[File(".golangci.")],
        hook: "run golangci-lint when a go file is saved",
    },
    Tool {
        name: "rubocop",
        does: "lints",
        signs: &[File(".rubocop.yml")],
        hook: "run rubocop when a ruby file is saved",
    },
    Tool {
        name: "checkstyle",
        does: "lints",
        signs: &[Holds("pom.xml", "maven-checkstyle-plugin")],
        hook: "run mvn checkstyle:check when a java file is saved",
    },
    Tool {
        name: "spotless",
        does: "formats",
        signs: &[Holds("pom.xml", "spotless-maven-plugin")],
        hook: "run mvn spotless:apply when a java file is saved",
    },
    Tool {
        name: "spotless",
        does: "formats",
        signs: &[Holds("build.gradle", "com.diffplug.spotless")],
        hook: "run gradlew spotlessApply when a java file is saved",
    },
    Tool {
        name: "the TypeScript compiler",
        does: "checks types",
        signs: &[File("tsconfig.json")],
        hook: "run tsc when a typescript file is saved",
    },
    Tool {
        name: "mypy",
        does: "checks types",
        signs: &[
            File("mypy.ini"),
            File(".mypy.ini"),
            Holds("pyproject.toml", "[tool.mypy]"),
        ],
        hook: "run mypy when a python file is saved",
    },
];

impl Tool {
    /// The file that shows it is set up.
    fn seen<'a>(&self, project: &'a Known) -> Option<&'a str> {
        let top = || project.files.iter().filter(|f| !f.contains('/'));
        self.signs.iter().find_map(|sign| match sign {
            File(start) => top()
                .find(|f| match start.ends_with('.') || start.starts_with('.') {
                    true => f.starts_with(start),
                    false => {
                        f.as_str() == *start || f.strip_prefix(start).is_some_and(|r| r == "c")
                    }
                })
                .map(String::as_str),
            Holds(name, part) => project
                .manifests
                .iter()
                .find(|(path, text)| path.starts_with(name) && text.contains(part))
                .map(|(path, _)| path.as_str()),
        })
    }
}

/// A sentence for each tool that is set up.
pub fn offers(project: &Known) -> Vec<String> {
    TOOLS
        .iter()
        .filter_map(|tool| {
            let seen = tool.seen(project)?;
            Some(format!(
                "{} {} ({seen}). A hook sees to that better than a rule in steering: `rutter hooks new \"{}\"`.",
                capital(tool.name),
                tool.does,
                tool.hook
            ))
        })
        .collect()
}

/// A sentence that starts with a word starts large; a tool's own name stays as it is written.
fn capital(name: &str) -> String {
    match name.strip_prefix("the ") {
        Some(rest) => format!("The {rest}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rutter_hooks::{Action, Trigger, from_sentence};

    use super::*;

    #[test]
    fn every_offer_makes_a_hook_that_runs_its_tool() {
        for tool in TOOLS {
            let draft = from_sentence(tool.hook).unwrap_or_else(|q| panic!("{}: {q:?}", tool.hook));
            assert_eq!(draft.trigger, Trigger::PostFileSave, "{}", tool.hook);
            assert!(draft.matcher.is_some(), "{}", tool.hook);
            let Action::Command { command } = &draft.action else {
                panic!("{} is a prompt", tool.hook);
            };
            let word = match tool.name {
                "the TypeScript compiler" => "tsc",
                name => name,
            };
            assert!(command.to_lowercase().contains(word), "{command}");
        }
    }

    #[test]
    fn what_is_set_up_is_offered_with_what_shows_it() {
        let project = |files: &[&str], manifests: &[(&str, &str)]| Known {
            files: files.iter().map(|f| (*f).to_owned()).collect(),
            manifests: manifests
                .iter()
                .map(|(p, t)| ((*p).to_owned(), (*t).to_owned()))
                .collect(),
            facts: rutter_steering::starter::Facts::default(),
        };
        let web = project(
            &[
                "package.json",
                ".prettierrc.json",
                "eslint.config.js",
                "src/ruff.toml",
            ],
            &[("package.json", "{\"devDependencies\":{\"eslint\":\"9\"}}")],
        );
        assert_eq!(
            offers(&web),
            [
                "prettier formats (.prettierrc.json). A hook sees to that better than a rule in steering: `rutter hooks new \"run prettier when a typescript or javascript file is saved\"`.",
                "eslint lints (eslint.config.js). A hook sees to that better than a rule in steering: `rutter hooks new \"run eslint when a typescript or javascript file is saved\"`.",
            ]
        );
        let python = project(&["pyproject.toml"], &[("pyproject.toml", "[tool.ruff]\n")]);
        assert!(offers(&python)[0].starts_with("ruff formats and lints (pyproject.toml)."));
        assert_eq!(offers(&project(&["a.rs"], &[])), [""; 0]);
    }
}
