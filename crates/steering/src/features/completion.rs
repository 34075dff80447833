//! Completion of front matter and of `#[[file:…]]`.

use std::ops::Range;

use rutter_text::front_matter;

use crate::keys::{keys, values};
use crate::reference::OPEN;
use crate::{Kind, place};

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is shown and searched.
    pub label: String,
    /// What takes the place of [`Item::range`].
    pub insert: String,
    /// The bytes it takes the place of.
    pub range: Range<usize>,
    /// What it does, in a few words.
    pub detail: String,
}

/// More paths than this are not offered at once.
const MOST: usize = 200;

/// What fits at an offset. `project`: the paths that a reference may name.
pub fn complete(path: &str, text: &str, offset: usize, project: &[String]) -> Vec<Item> {
    let offset = offset.min(text.len());
    if !text.is_char_boundary(offset) {
        return Vec::new();
    }
    let start = text[..offset].rfind('\n').map_or(0, |i| i + 1);
    let before = &text[start..offset];
    if let Some(at) = before.rfind(OPEN)
        && !before[at..].contains("]]")
    {
        let from = start + at + OPEN.len();
        return references(text, from..offset, project);
    }
    let kind = place(path).map_or(Kind::Kiro, |p| p.kind);
    match front_matter::find(text) {
        Some(front)
            if front.yaml.contains(&start) || start == front.yaml.end && offset < front.body =>
        {
            in_front(kind, text, start, offset, &text[front.yaml])
        }
        None if text.starts_with("---") && start > 0 => in_front(kind, text, start, offset, ""),
        _ => Vec::new(),
    }
}

fn in_front(kind: Kind, text: &str, start: usize, offset: usize, yaml: &str) -> Vec<Item> {
    let before = &text[start..offset];
    let end = text[offset..]
        .find(['\r', '\n'])
        .map_or(text.len(), |i| offset + i);
    if let Some((key, value)) = before.split_once(':') {
        let from = offset - value.trim_start().len();
        let lead = if value.is_empty() { " " } else { "" };
        return values(kind, key.trim())
            .iter()
            .map(|(word, detail)| Item {
                label: (*word).to_owned(),
                insert: format!("{lead}{word}"),
                range: from..end,
                detail: (*detail).to_owned(),
            })
            .collect();
    }
    if before.starts_with([' ', '\t', '-', '#']) {
        return Vec::new();
    }
    let rest = &text[offset..end];
    keys(kind)
        .iter()
        .filter(|(key, _)| {
            !yaml
                .lines()
                .any(|l| l.split(':').next().map(str::trim) == Some(*key))
        })
        .map(|(key, detail)| Item {
            label: (*key).to_owned(),
            insert: if rest.trim_start().starts_with(':') {
                (*key).to_owned()
            } else {
                format!("{key}: ")
            },
            range: start..offset,
            detail: (*detail).to_owned(),
        })
        .collect()
}

fn references(text: &str, typed: Range<usize>, project: &[String]) -> Vec<Item> {
    let wanted = text[typed.clone()].trim_start().to_lowercase();
    let close = if text[typed.end..].starts_with("]]") {
        ""
    } else {
        "]]"
    };
    project
        .iter()
        .filter(|p| p.to_lowercase().contains(&wanted))
        .take(MOST)
        .map(|path| Item {
            label: path.clone(),
            insert: format!("{path}{close}"),
            range: typed.clone(),
            detail: "File of the project".to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(marked: &str) -> Vec<String> {
        let at = marked.find("$0").unwrap();
        let text = marked.replace("$0", "");
        let project = ["docs/api.md".to_owned(), "src/a.rs".to_owned()];
        complete(".kiro/steering/a.md", &text, at, &project)
            .into_iter()
            .map(|i| i.label)
            .collect()
    }

    #[test]
    fn keys_values_and_paths() {
        assert_eq!(
            labels("---\ninclusion: $0\n---\n"),
            ["always", "fileMatch", "manual", "auto"]
        );
        assert_eq!(
            labels("---\ninclusion: auto\n$0\n---\n"),
            ["fileMatchPattern", "name", "description"]
        );
        assert_eq!(
            labels("---\n$0"),
            ["inclusion", "fileMatchPattern", "name", "description"]
        );
        assert_eq!(labels("See #[[file:api$0"), ["docs/api.md"]);
        assert_eq!(labels("See #[[file:x]] $0"), [""; 0]);
        assert_eq!(labels("# A\n$0"), [""; 0]);
    }
}
