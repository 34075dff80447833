//! Looks for links in Markdown to files that do not exist. Addresses elsewhere are not asked: nothing leaves the machine.

use std::path::{Component, Path, PathBuf};

use super::{Look, line};

pub(super) fn run(look: &Look<'_>) -> Vec<String> {
    let mut problems = Vec::new();
    for (path, text) in &look.texts {
        if !path.ends_with(".md") {
            continue;
        }
        let folder = Path::new(path).parent().unwrap_or(Path::new(""));
        for (range, target) in rutter_text::links::links(text) {
            let Some(file) = file_of(&target) else {
                continue;
            };
            let absolute = file.strip_prefix('/').map(PathBuf::from);
            let Some(full) = inside(&absolute.unwrap_or_else(|| folder.join(&file))) else {
                continue;
            };
            if !look.files.exists(&look.root.join(full)) {
                problems.push(format!(
                    "{path}:{}: `{file}` does not exist.",
                    line(text, range.start)
                ));
            }
        }
    }
    problems
}

/// The file a link leads to; nothing for an address, a place in the same file, or a mail.
fn file_of(target: &str) -> Option<String> {
    let file = target.split(['#', '?']).next()?;
    let has_scheme = file.split_once(':').is_some_and(|(scheme, _)| {
        scheme.len() > 1
            && scheme
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
    });
    (!file.is_empty() && !has_scheme && !file.starts_with("//")).then(|| percent(file))
}

fn percent(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let decoded = (bytes[at] == b'%')
            .then(|| text.get(at + 1..at + 3))
            .flatten()
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match decoded {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The path without `.` and `..`; nothing where it leads out of the project.
fn inside(path: &Path) -> Option<PathBuf> {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                if !clean.pop() {
                    return None;
                }
            }
            Component::Normal(name) => clean.push(name),
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_the_project_are_looked_for() {
        assert_eq!(file_of("docs/a%20b.md#x").as_deref(), Some("docs/a b.md"));
        for other in ["https://x.org/a", "#top", "mailto:a@b.c", "//cdn/x", "?q=1"] {
            assert_eq!(file_of(other), None, "{other}");
        }
        assert_eq!(inside(Path::new("a/../b.md")), Some(PathBuf::from("b.md")));
        assert_eq!(inside(Path::new("../b.md")), None);
    }
}
