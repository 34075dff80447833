//! What a repository keeps for us below `.rutter`: its settings, the catalogue of the team, and which likely links are none.

use std::path::{Path, PathBuf};

use rutter_host::{FileKind, Files};
use rutter_text::Source;

use crate::dismissed;

/// The folder, from the root of the workspace.
const FOLDER: &str = ".rutter";

/// One file as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnFile {
    /// The file.
    pub path: PathBuf,
    /// Its text; where it can't be read, one sentence that says why.
    pub text: Result<Source, String>,
}

/// The files of one root at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnFiles {
    /// `config.toml`, where there is one.
    pub settings: Option<OwnFile>,
    /// The files of `catalogue/`, by name.
    pub catalogue: Vec<OwnFile>,
    /// `dismissed-links.jsonl`, where there is one.
    pub dismissed: Option<OwnFile>,
}

impl OwnFiles {
    /// Reads them from disk.
    pub fn read(files: &dyn Files, root: &Path) -> Self {
        let folder = root.join(FOLDER);
        let settings = folder.join("config.toml");
        let read = |path: PathBuf| match files.read_text_if_any(&path) {
            Ok(None) => None,
            Ok(Some(text)) => Some(OwnFile {
                path,
                text: Ok(Source::new(text)),
            }),
            Err(error) => Some(OwnFile {
                path,
                text: Err(error.to_string()),
            }),
        };
        let settings = read(settings);
        let dismissed = read(dismissed::path_of(root));
        let entries = files.list(&folder.join("catalogue")).unwrap_or_default();
        let catalogue = entries
            .into_iter()
            .filter(|e| e.kind == FileKind::File && e.path.extension().is_some_and(|x| x == "toml"))
            .map(|e| OwnFile {
                text: files
                    .read_text(&e.path)
                    .map(Source::new)
                    .map_err(|error| error.to_string()),
                path: e.path,
            })
            .collect();
        Self {
            settings,
            catalogue,
            dismissed,
        }
    }

    /// Whether a path lies where such files are.
    pub fn may_hold(path: &Path) -> bool {
        path.ancestors()
            .take(3)
            .any(|folder| folder.ends_with(FOLDER))
    }

    /// Every file there is.
    pub fn files(&self) -> impl Iterator<Item = &OwnFile> {
        let one_each = self.settings.iter().chain(&self.dismissed);
        one_each.chain(&self.catalogue)
    }

    /// Lays the editor's text over a file; one that is not on disk is none of these.
    pub(crate) fn lay_over(&mut self, path: &Path, source: &Source) {
        let one_each = self.settings.iter_mut().chain(&mut self.dismissed);
        let known = one_each.chain(&mut self.catalogue);
        for file in known.filter(|file| file.path == path) {
            file.text = Ok(source.clone());
        }
    }
}

#[cfg(test)]
mod tests {
    use rutter_host::Memory;

    use super::*;

    #[test]
    fn files_that_are_there_are_found_and_the_editors_text_counts() {
        let files = Memory::with([
            ("/w/.rutter/config.toml", "[rules]\n"),
            ("/w/.rutter/catalogue/b.toml", "b"),
            ("/w/.rutter/catalogue/a.toml", "a"),
            ("/w/.rutter/catalogue/notes.md", "no catalogue"),
        ]);
        files
            .write(Path::new("/w/.rutter/catalogue/b.toml"), b"\xff")
            .unwrap();
        let mut own = OwnFiles::read(&files, Path::new("/w"));
        own.lay_over(
            Path::new("/w/.rutter/catalogue/a.toml"),
            &Source::new("new"),
        );
        let texts: Vec<Option<&str>> = own
            .files()
            .map(|f| f.text.as_ref().ok().map(Source::text))
            .collect();
        assert_eq!(texts, [Some("[rules]\n"), Some("new"), None]);
        assert_eq!(OwnFiles::read(&files, Path::new("/v")), OwnFiles::default());
    }

    #[test]
    fn places() {
        for (path, may) in [
            ("/w/.rutter", true),
            ("/w/.rutter/config.toml", true),
            ("/w/.rutter/catalogue", true),
            ("/w/.rutter/catalogue/a.toml", true),
            ("/w/.kiro/specs/a/tasks.md", false),
            ("/w/src/main.rs", false),
        ] {
            assert_eq!(OwnFiles::may_hold(Path::new(path)), may, "{path}");
        }
    }
}
