//! The YAML block that may open a Markdown file.

use std::ops::Range;

/// Where a front matter block stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontMatter {
    /// The YAML between the two `---` lines.
    pub yaml: Range<usize>,
    /// The text after the closing line.
    pub body: usize,
}

/// Finds the front matter: the first line must be `---`, and a later line `---` closes it.
pub fn find(text: &str) -> Option<FrontMatter> {
    let start = text
        .strip_prefix('\u{feff}')
        .map_or(0, |_| '\u{feff}'.len_utf8());
    let mut lines = text[start..].split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let yaml_start = start + first.len();
    let mut at = yaml_start;
    for line in lines {
        if line.trim_end() == "---" {
            return Some(FrontMatter {
                yaml: yaml_start..at,
                body: at + line.len(),
            });
        }
        at += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_must_open_the_file_and_be_closed() {
        assert_eq!(
            find("---\na: 1\n---\nx"),
            Some(FrontMatter {
                yaml: 4..9,
                body: 13
            })
        );
        assert_eq!(find("\n---\na: 1\n---\n"), None);
        assert_eq!(find("---\na: 1\n"), None);
    }
}
