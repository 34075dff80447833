//! What front matter does, and where a reference leads.

use std::ops::Range;

use crate::keys::{keys, values};
use crate::steering::pattern_key;
use crate::{Inclusion, Steering};

/// A hover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about.
    pub range: Range<usize>,
    /// Markdown.
    pub text: String,
}

/// The hover at an offset. `project`: its files, to count those that match; `exists`: whether a path is there.
pub fn hover(
    file: &Steering,
    offset: usize,
    project: Option<&[String]>,
    exists: &dyn Fn(&str) -> bool,
) -> Option<Hover> {
    let holds = |range: &Range<usize>| range.start <= offset && offset <= range.end;
    if let Some(reference) = file.references.iter().find(|r| holds(&r.range)) {
        let found = file.candidates(reference).into_iter().find(|p| exists(p));
        return Some(Hover {
            range: reference.range.clone(),
            text: match found {
                Some(path) => format!("`{path}` is given to the agent with this file."),
                None => format!("There is no file `{}`.", reference.path),
            },
        });
    }
    let entry = file
        .front
        .as_ref()?
        .entries
        .iter()
        .find(|e| holds(&e.key_range) || holds(&e.value_range))?;
    let kind = file.place.kind;
    let (_, about) = keys(kind).iter().find(|(key, _)| *key == entry.key)?;
    let mut text = format!("**{}**: {about}.", entry.key);
    let value = entry.values.first().map(String::as_str).unwrap_or_default();
    if let Some((word, detail)) = values(kind, &entry.key)
        .iter()
        .find(|(word, _)| *word == value)
    {
        text.push_str(&format!("\n\n`{word}`: {}.", lower(detail)));
    }
    if entry.key == pattern_key(kind)
        && let Some(project) = project
    {
        for (pattern, count) in matched(file, project) {
            text.push_str(&format!(
                "\n- `{pattern}` matches {}",
                counted(count, "file")
            ));
        }
    }
    let end = entry.value_range.end.max(entry.key_range.end);
    Some(Hover {
        range: entry.key_range.start..end,
        text,
    })
}

/// Each pattern with the number of files it matches.
fn matched<'a>(file: &'a Steering, project: &[String]) -> Vec<(&'a str, usize)> {
    let Inclusion::FileMatch(patterns) = &file.inclusion else {
        return Vec::new();
    };
    patterns
        .iter()
        .map(|p| {
            let count = project
                .iter()
                .filter_map(|f| file.below(f))
                .filter(|f| p.matches(f))
                .count();
            (p.text.as_str(), count)
        })
        .collect()
}

pub(super) fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        n => format!("{n} {what}s"),
    }
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_and_references_are_explained() {
        let text =
            "---\ninclusion: fileMatch\nfileMatchPattern: \"src/**\"\n---\n\n#[[file:docs/a.md]]\n";
        let file = Steering::parse(".kiro/steering/x.md", text);
        let project = ["src/a.rs".to_owned(), "src/b.rs".to_owned(), "c".to_owned()];
        let at = |needle: &str| {
            hover(&file, text.find(needle).unwrap(), Some(&project), &|p| {
                p == "docs/a.md"
            })
        };
        assert!(
            at("fileMatch\n")
                .unwrap()
                .text
                .contains("when a file that matches")
        );
        assert!(
            at("src/**")
                .unwrap()
                .text
                .ends_with("- `src/**` matches 2 files")
        );
        assert_eq!(
            at("docs/a.md").unwrap().text,
            "`docs/a.md` is given to the agent with this file."
        );
        assert_eq!(at("\n#"), None);
    }
}
