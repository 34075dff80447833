//! Which spec a path belongs to.

use std::path::{Component, Path, PathBuf};

use rutter_spec::Document;

/// The file name of the approvals beside a spec.
pub const APPROVALS: &str = "approvals.json";

/// The file name of Kiro's settings of a spec.
pub const CONFIG: &str = ".config.kiro";

/// Where a path stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// The folder that holds `.kiro`.
    pub root: PathBuf,
    /// The spec folder.
    pub folder: PathBuf,
    /// The path of the spec folder below `.kiro/specs/`, with `/`; `.` for that folder itself.
    pub name: String,
    /// The document, when the path is one.
    pub document: Option<Document>,
}

/// Finds the spec folder around a path inside `.kiro/specs`. The path need not exist; for a file of another name the
/// folder it lies in counts.
pub fn locate(path: &Path) -> Option<Location> {
    let parts: Vec<Component<'_>> = path.components().collect();
    let kiro = (0..parts.len().saturating_sub(1))
        .rev()
        .find(|&i| parts[i].as_os_str() == ".kiro" && parts[i + 1].as_os_str() == "specs")?;
    let root: PathBuf = parts[..kiro].iter().collect();
    let below = &parts[kiro + 2..];
    let last = below.last()?.as_os_str().to_string_lossy();
    let document = Document::of_file_name(&last);
    let is_file = document.is_some() || last == APPROVALS || last == CONFIG || last.contains('.');
    let inner = if is_file {
        &below[..below.len() - 1]
    } else {
        below
    };
    let names: Vec<String> = inner
        .iter()
        .map(|c| c.as_os_str().to_string_lossy().into_owned())
        .collect();
    let folder: PathBuf = parts[..kiro + 2 + inner.len()].iter().collect();
    let name = if names.is_empty() {
        ".".to_owned()
    } else {
        names.join("/")
    };
    Some(Location {
        root,
        folder,
        name,
        document,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_specs() {
        let l = locate(Path::new("/w/.kiro/specs/a/b/tasks.md")).unwrap();
        assert_eq!(
            (l.root.as_path(), l.name.as_str(), l.document),
            (Path::new("/w"), "a/b", Some(Document::Tasks))
        );
        assert_eq!(l.folder, Path::new("/w/.kiro/specs/a/b"));
        let flat = locate(Path::new("/w/.kiro/specs/requirements.md")).unwrap();
        assert_eq!(
            (flat.name.as_str(), flat.folder.as_path()),
            (".", Path::new("/w/.kiro/specs"))
        );
        assert_eq!(
            locate(Path::new("/w/.kiro/specs/login")).unwrap().name,
            "login"
        );
        assert_eq!(locate(Path::new("/w/src/a.rs")), None);
    }
}
