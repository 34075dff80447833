//! Steering files: what a project tells its agents. Pure.
//!
//! For now: which files are always included, and what they say about the project in so many words. What is said here
//! beats what is detected.

use rutter_text::front_matter;
use serde::Deserialize;

/// When a steering file is included.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Inclusion {
    /// In every conversation; also without front matter.
    #[default]
    Always,
    /// When a file that matches is worked on.
    FileMatch(Vec<String>),
    /// When a person names it.
    Manual,
    /// When its description fits.
    Auto,
}

/// A steering file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Steering {
    /// The path as handed in.
    pub path: String,
    /// When it is included.
    pub inclusion: Inclusion,
    /// The text without front matter.
    pub body: String,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct FrontMatter {
    inclusion: Option<String>,
    file_match_pattern: Option<OneOrMany>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl Steering {
    /// Reads a file. Front matter that is no YAML counts as absent: the file still speaks.
    pub fn parse(path: &str, text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let found = front_matter::find(text);
        let front: FrontMatter = found
            .as_ref()
            .and_then(|f| serde_saphyr::from_str(&text[f.yaml.clone()]).ok())
            .unwrap_or_default();
        let patterns = match front.file_match_pattern {
            Some(OneOrMany::One(pattern)) => vec![pattern],
            Some(OneOrMany::Many(patterns)) => patterns,
            None => Vec::new(),
        };
        let inclusion = match front.inclusion.as_deref() {
            Some("fileMatch") if !patterns.is_empty() => Inclusion::FileMatch(patterns),
            Some("manual") => Inclusion::Manual,
            Some("auto") => Inclusion::Auto,
            _ => Inclusion::Always,
        };
        let body = text[found.map_or(0, |f| f.body)..].to_owned();
        Self {
            path: path.to_owned(),
            inclusion,
            body,
        }
    }

    /// Its sentences: list items and paragraphs, without headings and code.
    pub fn statements(&self) -> Vec<String> {
        let outline = rutter_text::markdown::Outline::new(&self.body);
        outline
            .text_lines(0..outline.lines.len())
            .map(|i| {
                let line = &outline.lines[i];
                let start = rutter_text::markdown::item(&self.body, line)
                    .map_or(line.range.start, |item| item.content.start);
                self.body[start..line.range.end].trim().to_owned()
            })
            .filter(|s| !s.is_empty())
            .collect()
    }
}

/// The statements of every file that is always included, in the order handed in.
pub fn statements(files: &[Steering]) -> Vec<String> {
    files
        .iter()
        .filter(|f| f.inclusion == Inclusion::Always)
        .flat_map(Steering::statements)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inclusion_and_statements() {
        let file = Steering::parse(
            "tech.md",
            "---\ninclusion: fileMatch\nfileMatchPattern: [\"a/**\"]\n---\n# Tech\n\n- Tests run with `vitest`\n\nNo jQuery.\n",
        );
        assert_eq!(file.inclusion, Inclusion::FileMatch(vec!["a/**".into()]));
        assert_eq!(file.statements(), ["Tests run with `vitest`", "No jQuery."]);
        assert!(statements(&[file]).is_empty());
        let plain = Steering::parse("product.md", "Sells shoes.\n");
        assert_eq!(statements(&[plain]), ["Sells shoes."]);
        assert_eq!(
            Steering::parse("x.md", "---\n: [\n---\nA.\n").inclusion,
            Inclusion::Always
        );
    }
}
