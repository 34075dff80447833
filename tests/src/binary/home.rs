//! A user of the binary: a home, settings and state of their own, and on Unix an identity without privileges.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use super::binary;

/// The user `nobody`, who may do what everybody may.
#[cfg(unix)]
const NOBODY: u32 = 65534;

/// A temporary folder that a user owns, with a workspace `work` in it; it goes away with this value.
pub struct Home {
    temporary: tempfile::TempDir,
    binary: PathBuf,
    unprivileged: bool,
}

impl Home {
    /// A home of who runs the tests.
    pub fn own() -> Self {
        Self::new(false)
    }

    /// A home of somebody whom permissions bind: `nobody` where root runs the tests.
    pub fn unprivileged() -> Self {
        Self::new(is_root())
    }

    fn new(unprivileged: bool) -> Self {
        let temporary = tempfile::tempdir().expect("a temporary folder");
        let mut home = Self {
            binary: binary().to_owned(),
            temporary,
            unprivileged,
        };
        if unprivileged {
            // Where the build lies, others may not be let in.
            let reachable = home.at("rutter-binary");
            if fs::hard_link(binary(), &reachable).is_err() {
                fs::copy(binary(), &reachable).expect("the binary can be copied");
            }
            home.binary = reachable;
        }
        fs::create_dir(home.root()).expect("the folder is new");
        home.hand_over();
        home
    }

    /// The workspace.
    pub fn root(&self) -> PathBuf {
        self.at("work")
    }

    /// A place in the home.
    pub fn at(&self, below: &str) -> PathBuf {
        let base = fs::canonicalize(self.temporary.path()).expect("it is there");
        base.join(below)
    }

    /// The path of a file of the workspace.
    pub fn path(&self, below: &str) -> PathBuf {
        self.root().join(below)
    }

    /// Writes a file of the workspace.
    pub fn write(&self, below: &str, bytes: impl AsRef<[u8]>) {
        self.write_at(&format!("work/{below}"), bytes);
    }

    /// Writes a file of the home.
    pub fn write_at(&self, below: &str, bytes: impl AsRef<[u8]>) {
        let path = self.at(below);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("it can be made");
        fs::write(path, bytes).expect("it can be written");
        self.hand_over();
    }

    /// The text of a file of the workspace.
    pub fn read(&self, below: &str) -> String {
        let path = self.path(below);
        fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    /// Gives all that is in the home to its user.
    pub fn hand_over(&self) {
        #[cfg(unix)]
        if self.unprivileged {
            give(self.temporary.path());
        }
    }

    /// The binary, run by the home's user in the workspace, with no settings of this machine.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .env_clear()
            .env("HOME", self.at("home"))
            .env("RUTTER_STATE_DIR", self.at("state"))
            .env("RUTTER_CONFIG_DIR", self.at("config"))
            .env("GIT_AUTHOR_NAME", "Ada")
            .env("GIT_AUTHOR_EMAIL", "ada@example.org")
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .current_dir(self.root());
        #[cfg(unix)]
        if self.unprivileged {
            use std::os::unix::process::CommandExt;
            command.uid(NOBODY).gid(NOBODY);
        }
        command
    }

    /// Every file and link of the workspace with what it holds, by path; files that even the test can't read are named.
    pub fn tree(&self) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        collect(&self.root(), &self.root(), &mut found);
        found.sort();
        found
    }
}

/// Whether permissions do not bind who runs the tests.
pub fn is_root() -> bool {
    #[cfg(unix)]
    return rustix::process::geteuid().is_root();
    #[cfg(not(unix))]
    false
}

#[cfg(unix)]
fn give(path: &Path) {
    use std::os::unix::fs::lchown;
    // The binary may be a link to the build itself, which stays its owner's.
    if path.file_name().is_some_and(|name| name == "rutter-binary") {
        return;
    }
    lchown(path, Some(NOBODY), Some(NOBODY)).expect("root may");
    if path.is_symlink() || !path.is_dir() {
        return;
    }
    for entry in fs::read_dir(path).expect("a folder") {
        give(&entry.expect("an entry").path());
    }
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("an entry").path();
        let below = path.strip_prefix(root).expect("below").display();
        if path.is_symlink() {
            let to = fs::read_link(&path).expect("a link");
            found.push((
                format!("{below} ->"),
                to.to_string_lossy().into_owned().into(),
            ));
        } else if path.is_dir() {
            found.push((format!("{below}/"), Vec::new()));
            collect(root, &path, found);
        } else {
            let bytes = fs::read(&path).unwrap_or_else(|e| e.to_string().into_bytes());
            found.push((below.to_string(), bytes));
        }
    }
}
