//! A first steering set from facts about a project: product, tech, structure. Short; each statement says where it is from.

/// A statement and the file it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What is said.
    pub text: String,
    /// Where: a path, or what was counted.
    pub source: String,
}

impl Said {
    /// A statement with its source.
    pub fn new(text: impl Into<String>, source: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            source: source.into(),
        }
    }
}

/// What the code of a project shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// What it is for, in its own words.
    pub about: Vec<Said>,
    /// What it is written in, and with.
    pub stack: Vec<Said>,
    /// How it is built, run and tested.
    pub commands: Vec<Said>,
    /// Where things stand.
    pub folders: Vec<Said>,
    /// Where programs start.
    pub entries: Vec<String>,
    /// What tests and names of files have in common.
    pub habits: Vec<Said>,
}

/// A file of the set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What it is for.
    Product,
    /// What it is made with.
    Tech,
    /// Where things stand.
    Structure,
}

/// No file of the set has more lines.
pub const MAX_LINES: usize = 25;

impl Part {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Product, Self::Tech, Self::Structure];

    /// Its name in commands.
    pub fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Tech => "tech",
            Self::Structure => "structure",
        }
    }

    /// Its file in `.kiro/steering/`.
    pub fn file(self) -> &'static str {
        match self {
            Self::Product => "product.md",
            Self::Tech => "tech.md",
            Self::Structure => "structure.md",
        }
    }

    /// The part of this name, with or without `.md`.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|part| part.name() == name || part.file() == name)
    }

    /// What would have to be there for the file to have anything to say.
    pub fn needs(self) -> &'static str {
        match self {
            Self::Product => "neither a README nor a manifest says what the project is for",
            Self::Tech => "no manifest and no source file shows what the project is made with",
            Self::Structure => "there are no source files",
        }
    }

    /// The file's text; nothing where the facts have nothing to say.
    pub fn text(self, facts: &Facts) -> Option<String> {
        let mut lines = vec![
            "---".to_owned(),
            "inclusion: always".to_owned(),
            "---".to_owned(),
        ];
        let start = lines.len();
        match self {
            Self::Product => {
                section(&mut lines, "# Product", &facts.about);
            }
            Self::Tech => {
                section(&mut lines, "# Tech", &facts.stack);
                let title = if lines.len() == start {
                    "# Tech"
                } else {
                    "## Commands"
                };
                section(&mut lines, title, &facts.commands);
            }
            Self::Structure => {
                section(&mut lines, "# Structure", &facts.folders);
                let room = MAX_LINES.saturating_sub(lines.len());
                let mut rest: Vec<Said> = facts.habits.clone();
                if !facts.entries.is_empty() {
                    let entries: Vec<String> =
                        facts.entries.iter().map(|e| format!("`{e}`")).collect();
                    let text = if entries.len() == 1 {
                        "Entry point"
                    } else {
                        "Entry points"
                    };
                    rest.insert(0, Said::new(text, entries.join(", ")));
                }
                rest.truncate(room.saturating_sub(3));
                let title = if lines.len() == start {
                    "# Structure"
                } else {
                    "## Conventions"
                };
                section(&mut lines, title, &rest);
            }
        }
        if lines.len() == start {
            return None;
        }
        lines.truncate(MAX_LINES);
        Some(lines.join("\n") + "\n")
    }
}

fn section(lines: &mut Vec<String>, title: &str, said: &[Said]) {
    if said.is_empty() {
        return;
    }
    lines.extend([String::new(), title.to_owned(), String::new()]);
    for one in said {
        let text = one.text.trim_end_matches('.');
        lines.push(format!("- {text} ({}).", one.source));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_statement_carries_its_source_and_nothing_is_made_up() {
        let facts = Facts {
            stack: vec![Said::new("Express", "`package.json`")],
            commands: vec![Said::new("Test: `npm test`", "`package.json`")],
            ..Facts::default()
        };
        assert_eq!(Part::Product.text(&facts), None);
        assert_eq!(Part::Structure.text(&facts), None);
        assert_eq!(
            Part::Tech.text(&facts).unwrap(),
            "---\ninclusion: always\n---\n\n# Tech\n\n- Express (`package.json`).\n\n## Commands\n\n- Test: `npm test` (`package.json`).\n"
        );
    }

    #[test]
    fn a_large_project_stays_within_the_lines() {
        let many: Vec<Said> = (0..60).map(|i| Said::new(format!("n{i}"), "x")).collect();
        let facts = Facts {
            about: many.clone(),
            stack: many.clone(),
            commands: many.clone(),
            folders: many[..10].to_vec(),
            entries: vec!["a".to_owned(), "b".to_owned()],
            habits: many,
        };
        for part in Part::ALL {
            let text = part.text(&facts).unwrap();
            assert!(text.lines().count() <= MAX_LINES, "{text}");
            assert_eq!(Part::named(part.file()), Some(part));
        }
        assert!(
            Part::Structure
                .text(&facts)
                .unwrap()
                .contains("## Conventions")
        );
    }
}
