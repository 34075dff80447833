//! References to other files: `#[[file:relative/path]]`.

use std::ops::Range;

use rutter_text::markdown::{LineKind, Outline};

/// How a reference begins.
pub const OPEN: &str = "#[[file:";

/// A reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The whole of it.
    pub range: Range<usize>,
    /// The path in it.
    pub path_range: Range<usize>,
    /// The path, as written, without white space around it.
    pub path: String,
}

impl Reference {
    /// Where the file may stand, best first: from the folder that the referring file speaks for, from the root, from its
    /// own folder. Paths that leave the root are none.
    pub fn candidates(&self, base: &str, from: &str) -> Vec<String> {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut out: Vec<String> = Vec::new();
        for start in [base, "", folder] {
            if let Some(path) = join(start, &self.path)
                && !out.contains(&path)
            {
                out.push(path);
            }
        }
        out
    }

    /// Whether it names a file rather than showing how one is named.
    pub fn is_real(&self) -> bool {
        !self.path.is_empty()
            && self.path != "..."
            && !self.path.contains(['<', '>', '{', '}', '*', '…', '$'])
            && !self.path.starts_with("path/to/")
    }
}

/// `path` from `folder`, with `.` and `..` resolved.
fn join(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
    if path.starts_with('/') {
        parts.clear();
    }
    for part in path.split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            _ => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

/// The references of a text; what stands in code is an example.
pub fn find(text: &str) -> Vec<Reference> {
    if !text.contains(OPEN) {
        return Vec::new();
    }
    let outline = Outline::new(text);
    let mut found = Vec::new();
    for line in &outline.lines {
        if matches!(
            line.kind,
            LineKind::Fence(_) | LineKind::FrontMatter | LineKind::Comment
        ) {
            continue;
        }
        let content = &text[line.range.clone()];
        let mut at = 0;
        while let Some(i) = content[at..].find(OPEN) {
            let start = at + i;
            let path = start + OPEN.len();
            let Some(length) = content[path..].find("]]") else {
                break;
            };
            at = path + length + 2;
            // An odd number of ticks before it opens a code span.
            if content[..start].matches('`').count() % 2 == 1 {
                continue;
            }
            let written = &content[path..path + length];
            let from = line.range.start + path + (written.len() - written.trim_start().len());
            found.push(Reference {
                range: line.range.start + start..line.range.start + at,
                path_range: from..from + written.trim().len(),
                path: written.trim().to_owned(),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_outside_code() {
        let text = "See #[[file:docs/api.md]] and `#[[file:x]]` and #[[file: ../b.md ]].\n```\n#[[file:no]]\n```\n";
        let found = find(text);
        let paths: Vec<_> = found.iter().map(|r| &text[r.path_range.clone()]).collect();
        assert_eq!(paths, ["docs/api.md", "../b.md"]);
        assert_eq!(
            found[0].candidates("apps/web", "apps/web/.kiro/steering/a.md"),
            [
                "apps/web/docs/api.md",
                "docs/api.md",
                "apps/web/.kiro/steering/docs/api.md"
            ]
        );
        assert_eq!(
            found[1].candidates("", ".kiro/steering/a.md"),
            [".kiro/b.md"]
        );
    }
}
