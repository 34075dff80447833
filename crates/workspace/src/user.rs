//! Who is at the keyboard: git's user, else the system's.

use std::path::Path;

/// A person as approvals name them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Who {
    /// The name.
    pub name: String,
    /// The address; empty where none is known.
    pub email: String,
}

/// The person who works in `root`: `user.name` and `user.email` as git reads them there (environment, repository, user,
/// system), else the login name.
pub fn who(root: &Path) -> Who {
    let repository = root
        .ancestors()
        .map(|folder| folder.join(".git").join("config"))
        .find(|path| path.is_file());
    let local = repository.and_then(|path| {
        gix_config::File::from_path_no_includes(path, gix_config::Source::Local).ok()
    });
    let global = gix_config::File::from_globals().ok();
    let lookup = |key: &str, variable: &str| {
        std::env::var(variable)
            .ok()
            .filter(|v| !v.is_empty())
            .or_else(|| {
                [&local, &global]
                    .into_iter()
                    .flatten()
                    .find_map(|file| file.string(key).map(|v| v.to_string()))
            })
    };
    let name = lookup("user.name", "GIT_AUTHOR_NAME")
        .or_else(|| {
            ["USER", "LOGNAME", "USERNAME"]
                .iter()
                .find_map(|v| std::env::var(v).ok().filter(|v| !v.is_empty()))
        })
        .unwrap_or_else(|| "unknown".to_owned());
    Who {
        name,
        email: lookup("user.email", "GIT_AUTHOR_EMAIL").unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_repository_names_the_person() {
        let folder = tempfile::tempdir().unwrap();
        let git = folder.path().join(".git/config");
        rutter_host::Files::write(
            &rutter_host::Disk,
            &git,
            b"[user]\n\tname = Ada Lovelace\n\temail = ada@example.org\n",
        )
        .unwrap();
        let who = who(&folder.path().join("src"));
        if std::env::var_os("GIT_AUTHOR_NAME").is_none() {
            assert_eq!(
                who,
                Who {
                    name: "Ada Lovelace".into(),
                    email: "ada@example.org".into()
                }
            );
        }
    }
}
