//! A repository with a user of their own: no setting of this machine plays a part.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use rutter_tests::binary::{Cli, Home, Ran, binary};
use serde_json::{Value, json};

pub struct Repo {
    pub home: Home,
}

/// A hook file with one hook.
pub fn hook(name: &str, trigger: &str, command: &str) -> String {
    file(
        json!({"name": name, "trigger": trigger, "action": {"type": "command", "command": command}}),
    )
}

pub fn builtin(name: &str, trigger: &str, options: Value) -> String {
    let action = json!({"type": "builtin", "name": name, "options": options});
    file(json!({"name": name, "trigger": trigger, "action": action}))
}

fn file(hook: Value) -> String {
    json!({"version": "v1", "hooks": [hook]}).to_string()
}

/// What a hook command writes down of its event.
pub const NOTE: &str = "cat > \"$HOME/seen.json\"";

impl Repo {
    /// An empty repository, with git calling us.
    pub fn installed() -> Self {
        let repo = Self::new();
        repo.rutter(&["hooks", "install-git"]).done();
        repo
    }

    pub fn new() -> Self {
        let repo = Self { home: Home::own() };
        repo.git(&["init", "-q", "-b", "main"]).done();
        repo
    }

    pub fn rutter(&self, args: &[&str]) -> Ran {
        Cli(&self.home).run(args)
    }

    /// Writes a hook file and trusts it.
    pub fn trusted(&self, path: &str, text: &str) {
        self.home.write(path, text);
        self.rutter(&["hooks", "trust", "--all"]).done();
    }

    pub fn git(&self, args: &[&str]) -> Ran {
        self.git_in(&self.home.root(), args)
    }

    pub fn git_in(&self, folder: &Path, args: &[&str]) -> Ran {
        let path = std::env::var_os("PATH").unwrap();
        let own = binary().parent().unwrap().to_owned();
        let all = [own].into_iter().chain(std::env::split_paths(&path));
        self.git_with(folder, args, &std::env::join_paths(all).unwrap())
    }

    /// The same where there is no `rutter`.
    pub fn git_alone(&self, args: &[&str]) -> Ran {
        let path = std::env::var_os("PATH").unwrap();
        let others = std::env::split_paths(&path).filter(|folder| !folder.join("rutter").exists());
        self.git_with(
            &self.home.root(),
            args,
            &std::env::join_paths(others).unwrap(),
        )
    }

    fn git_with(&self, folder: &Path, args: &[&str], path: &std::ffi::OsStr) -> Ran {
        fs::create_dir_all(self.home.at("home")).unwrap();
        let output = Command::new("git")
            .args(["-c", "protocol.file.allow=always"])
            .args(args)
            .current_dir(folder)
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.home.at("home"))
            .env("RUTTER_STATE_DIR", self.home.at("state"))
            .env("RUTTER_CONFIG_DIR", self.home.at("config"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "Ada")))
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "ada@x.org")))
            .output()
            .unwrap();
        Ran {
            code: output.status.code(),
            stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        self.home.write(path, bytes);
    }

    /// Writes a program, such as a git hook.
    pub fn program(&self, path: &str, text: &str) {
        self.write(path, text);
        fs::set_permissions(self.home.path(path), fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Commits everything without hooks.
    pub fn quietly(&self, message: &str) {
        self.git(&["add", "-A"]).done();
        self.git(&["commit", "-q", "--no-verify", "-m", message])
            .done();
    }

    pub fn commits(&self) -> usize {
        let log = self.git(&["rev-list", "--all", "--count"]);
        log.stdout.trim().parse().unwrap_or(0)
    }

    /// What the noted event was; it is forgotten then.
    pub fn seen(&self) -> Option<Value> {
        let path = self.seen_path();
        let text = fs::read_to_string(&path).ok()?;
        fs::remove_file(path).unwrap();
        Some(serde_json::from_str(&text).unwrap())
    }

    /// The files of the noted event, sorted.
    #[track_caller]
    pub fn seen_files(&self) -> Vec<String> {
        let seen = self.seen().expect("the hook ran");
        let mut files: Vec<String> = seen["file_paths"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|path| path.as_str().unwrap().to_owned())
            .collect();
        files.sort();
        files
    }

    fn seen_path(&self) -> PathBuf {
        self.home.at("home/seen.json")
    }
}
