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
    /// The template of the hook that runs it; nothing where the templates run another tool.
    template: Option<&'static str>,
}

const TOOLS: &[Tool] = &[
    Tool {
        name: "rustfmt",
        does: "formats",
        signs: &[File("rustfmt.toml"), File(".rustfmt.toml")],
        template: Some("format"),
    },
    Tool {
        name: "gofmt",
        does: "formats",
        signs: &[File("go.mod")],
        template: Some("format"),
    },
    Tool {
        name: "prettier",
        does: "formats",
        signs: &[
            File(".prettierrc"),
            File("prettier.config."),
            Holds("package.json", "\"prettier\""),
        ],
        template: Some("format"),
    },
    Tool {
        name: "biome",
        does: "formats and lints",
        signs: &[File("biome.json")],
        template: None,
    },
    Tool {
        name: "ruff",
        does: "formats and lints",
        signs: &[
            File("ruff.toml"),
            File(".ruff.toml"),
            Holds("pyproject.toml", "[tool.ruff"),
        ],
        template: Some("format"),
    },
    Tool {
        name: "black",
        does: "formats",
        signs: &[Holds("pyproject.toml", "[tool.black]")],
        template: None,
    },
    Tool {
        name: "clang-format",
        does: "formats",
        signs: &[File(".clang-format")],
        template: None,
    },
    Tool {
        name: "eslint",
        does: "lints",
        signs: &[
            File("eslint.config."),
            File(".eslintrc"),
            Holds("package.json", "\"eslint\""),
        ],
        template: None,
    },
    Tool {
        name: "clippy",
        does: "lints",
        signs: &[
            File("clippy.toml"),
            File(".clippy.toml"),
            Holds("Cargo.toml", "lints.clippy]"),
        ],
        template: None,
    },
    Tool {
        name: "golangci-lint",
        does: "lints",
        signs: &[File(".golangci.")],
        template: None,
    },
    Tool {
        name: "rubocop",
        does: "lints",
        signs: &[File(".rubocop.yml")],
        template: None,
    },
    Tool {
        name: "checkstyle",
        does: "lints",
        signs: &[
            Holds("pom.xml", "maven-checkstyle-plugin"),
            File("checkstyle.xml"),
        ],
        template: None,
    },
    Tool {
        name: "spotless",
        does: "formats",
        signs: &[
            Holds("pom.xml", "spotless-maven-plugin"),
            Holds("build.gradle", "com.diffplug.spotless"),
        ],
        template: None,
    },
    Tool {
        name: "the TypeScript compiler",
        does: "checks types",
        signs: &[File("tsconfig.json")],
        template: Some("type-check"),
    },
    Tool {
        name: "mypy",
        does: "checks types",
        signs: &[
            File("mypy.ini"),
            File(".mypy.ini"),
            Holds("pyproject.toml", "[tool.mypy]"),
        ],
        template: Some("type-check"),
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
            let how = match tool.template {
                Some(template) => format!("`rutter hooks new --template {template}`"),
                None => format!(
                    "`rutter hooks new \"run {} when a file is saved\"`",
                    tool.name
                ),
            };
            Some(format!(
                "{} {} ({seen}). A hook sees to that better than a rule in steering: {how}.",
                capital(tool.name),
                tool.does
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
