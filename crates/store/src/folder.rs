//! Where state lives, and the name of a workspace in it.

use std::path::{Path, PathBuf};

use rutter_spec::hash::sha256;

/// The state folder of this user: `$XDG_STATE_HOME/rutter`, else `~/.local/state/rutter`; on Windows
/// `%LOCALAPPDATA%\rutter\state`. `variable` gives environment variables; nothing where none of them is set.
pub fn state_folder(variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    let set = |name: &str| {
        variable(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    if cfg!(windows) {
        return Some(set("LOCALAPPDATA")?.join("rutter").join("state"));
    }
    // The XDG specification says to ignore relative paths.
    if let Some(folder) = set("XDG_STATE_HOME").filter(|path| path.is_absolute()) {
        return Some(folder.join("rutter"));
    }
    Some(set("HOME")?.join(".local/state/rutter"))
}

/// A workspace folder as it is hashed: with `/`, without one at the end; in lower case on Windows.
pub fn canonical_root(root: &Path) -> String {
    let text = root.to_string_lossy();
    if cfg!(windows) {
        let text = text.strip_prefix(r"\\?\").unwrap_or(&text);
        return text.replace('\\', "/").trim_end_matches('/').to_lowercase();
    }
    let bare = text.trim_end_matches('/');
    if bare.is_empty() {
        "/".to_owned()
    } else {
        bare.to_owned()
    }
}

/// The name of a workspace's folder in the state folder: what the folder is called, and 16 hex digits of the hash of its
/// path.
pub fn workspace_folder(root: &Path) -> String {
    const LONGEST: usize = 40;
    let canonical = canonical_root(root);
    let last = canonical.rsplit('/').next().unwrap_or_default();
    let readable: String = last
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') {
                c
            } else {
                '-'
            }
        })
        .take(LONGEST)
        .collect();
    let readable = readable.trim_matches(['.', '-']);
    let readable = if readable.is_empty() {
        "workspace"
    } else {
        readable
    };
    format!("{readable}-{}", &sha256(&canonical)[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn the_state_folder_follows_the_environment() {
        let find = |vars: &[(&str, &str)]| {
            state_folder(|name| {
                vars.iter()
                    .find(|(n, _)| *n == name)
                    .map(|(_, v)| (*v).to_owned())
            })
        };
        assert_eq!(
            find(&[("XDG_STATE_HOME", "/x"), ("HOME", "/h")]),
            Some("/x/rutter".into())
        );
        assert_eq!(
            find(&[("XDG_STATE_HOME", ""), ("HOME", "/h")]),
            Some("/h/.local/state/rutter".into())
        );
        assert_eq!(
            find(&[("XDG_STATE_HOME", "x"), ("HOME", "/h")]),
            Some("/h/.local/state/rutter".into())
        );
        assert_eq!(find(&[]), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_workspace_has_a_name_a_person_can_read() {
        let name = workspace_folder(Path::new("/home/ada/my shop"));
        assert!(
            name.starts_with("my-shop-") && name.len() == "my-shop-".len() + 16,
            "{name}"
        );
        assert_eq!(name, workspace_folder(Path::new("/home/ada/my shop/")));
        assert_ne!(name, workspace_folder(Path::new("/home/eve/my shop")));
        assert!(workspace_folder(Path::new("/")).starts_with("workspace-"));
        assert!(workspace_folder(Path::new("/home/..hidden")).starts_with("hidden-"));
    }
}
