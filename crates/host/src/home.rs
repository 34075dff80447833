//! Where the user's own files lie.

use std::path::{Path, PathBuf};

/// The folder of Kiro's files below the home folder.
const KIRO: &str = ".kiro";

/// The user's home folder, and the folder that holds what is called `~/.kiro`: it may lie elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    folder: PathBuf,
    kiro: PathBuf,
}

impl Home {
    /// A home folder with `.kiro` in it.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        Self {
            kiro: folder.join(KIRO),
            folder,
        }
    }

    /// With `~/.kiro` at another place, as the variable `KIRO_HOME` says it.
    #[must_use]
    pub fn with_kiro(mut self, kiro: impl Into<PathBuf>) -> Self {
        self.kiro = kiro.into();
        self
    }

    /// The home folder itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The path of what is called `~/below`.
    pub fn path(&self, below: &str) -> PathBuf {
        match below.strip_prefix(KIRO) {
            Some("") => self.kiro.clone(),
            Some(rest) if rest.starts_with('/') => self.kiro.join(&rest[1..]),
            _ => self.folder.join(below),
        }
    }

    /// What a path is called, from `~/` on with `/`; nothing where it is not the user's own. What lies in a `.kiro` of the
    /// home folder that doesn't count is not.
    pub fn name(&self, path: &Path) -> Option<String> {
        let parts = |below: &Path| below.to_string_lossy().replace('\\', "/");
        if let Ok(below) = path.strip_prefix(&self.kiro) {
            return Some(format!("~/{KIRO}/{}", parts(below)));
        }
        let below = path.strip_prefix(&self.folder).ok()?;
        (!below.starts_with(KIRO)).then(|| format!("~/{}", parts(below)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kiros_folder_may_lie_elsewhere() {
        let plain = Home::new("/home/me");
        let moved = Home::new("/home/me").with_kiro("/data/kiro");
        for (home, below, path) in [
            (
                &plain,
                ".kiro/steering/a.md",
                "/home/me/.kiro/steering/a.md",
            ),
            (&moved, ".kiro/steering/a.md", "/data/kiro/steering/a.md"),
            (&moved, ".claude/CLAUDE.md", "/home/me/.claude/CLAUDE.md"),
            (&moved, ".kirov/a", "/home/me/.kirov/a"),
        ] {
            assert_eq!(home.path(below), Path::new(path));
            assert_eq!(home.name(Path::new(path)), Some(format!("~/{below}")));
        }
        assert_eq!(moved.path(".kiro"), Path::new("/data/kiro"));
        assert_eq!(moved.name(Path::new("/home/me/.kiro/steering/a.md")), None);
        assert_eq!(moved.name(Path::new("/data/other")), None);
    }
}
