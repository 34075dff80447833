//! `.kiroignore`: what agents are not to see, in the syntax of `.gitignore`, in any folder.

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// The ignore files of a project.
#[derive(Clone, Debug, Default)]
pub struct Ignored {
    /// The folder each stands in, and what it says; nearer folders last.
    files: Vec<(String, Gitignore)>,
}

impl Ignored {
    /// Adds an ignore file that stands in `folder` (relative to the root, empty for the root). Lines that are no pattern
    /// are passed over.
    pub fn add(&mut self, folder: &str, text: &str) {
        let mut builder = GitignoreBuilder::new("");
        for line in text.lines() {
            // A line that is no pattern ignores nothing; the others still count.
            let _ = builder.add_line(None, line);
        }
        if let Ok(built) = builder.build() {
            self.files.push((folder.to_owned(), built));
            self.files.sort_by_key(|(folder, _)| folder.len());
        }
    }

    /// Whether a file is ignored; the nearest file that says something about it decides.
    pub fn ignores(&self, path: &str) -> bool {
        self.files
            .iter()
            .rev()
            .filter_map(|(folder, ignore)| {
                let below = match folder.as_str() {
                    "" => path,
                    folder => path.strip_prefix(folder)?.strip_prefix('/')?,
                };
                let found = ignore.matched_path_or_any_parents(below, false);
                (!found.is_none()).then(|| found.is_ignore())
            })
            .next()
            .unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::Ignored;

    #[test]
    fn the_nearest_file_decides() {
        let mut ignored = Ignored::default();
        ignored.add("", "secrets/\n*.pem\n# no\n");
        ignored.add("apps/web", "!demo.pem\nlocal.md\n");
        for (path, expected) in [
            ("secrets/a/b.txt", true),
            ("x/key.pem", true),
            ("apps/web/demo.pem", false),
            ("apps/web/local.md", true),
            ("local.md", false),
        ] {
            assert_eq!(ignored.ignores(path), expected, "{path}");
        }
    }
}
