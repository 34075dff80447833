//! Drives the product as a user of the command line would: sentence, decisions by their defaults, approvals, documents.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rutter_tests::binary::binary;

use crate::judge::Draft;
use crate::prompts::{Prompt, fixtures};

/// Drafts a prompt in a copy of its project, all the way to tasks.
pub fn draft(prompt: &Prompt) -> Result<Draft, String> {
    let scratch = tempfile::tempdir().map_err(|e| e.to_string())?;
    let root = scratch.path().join("project");
    copy(&fixtures().join("projects").join(&prompt.project), &root);
    let before = listing(&root);
    let rutter = Rutter {
        root: root.clone(),
        home: scratch.path().join("home"),
    };

    rutter.run(&["new", "-", "--workflow", &prompt.workflow], &prompt.text)?;
    let folder = only_spec(&root)?;
    let spec = root.join(".kiro/specs").join(&folder);
    let read = |name: &str| fs::read_to_string(spec.join(name)).unwrap_or_default();
    let bugfix = prompt.workflow == "bugfix";
    let first_name = if bugfix {
        "bugfix.md"
    } else {
        "requirements.md"
    };
    let mut first = read(first_name);

    let stages: &[&str] = match prompt.workflow.as_str() {
        "quick" => &[],
        "design-first" => &["design", "requirements"],
        _ => &["requirements", "design"],
    };
    for stage in stages {
        rutter.run(&["approve", &folder, stage, "--accept-defaults"], "")?;
        rutter.run(&["next", &folder], "")?;
        if first.is_empty() {
            first = read(first_name);
        }
    }
    rutter.run(&["approve", &folder, "tasks", "--accept-defaults"], "")?;

    let after = listing(&root);
    let inside = format!(".kiro/specs/{folder}/");
    let names = before
        .keys()
        .chain(after.keys())
        .filter(|name| !name.starts_with(&inside));
    let mut strays: Vec<String> = names
        .filter(|n| before.get(*n) != after.get(*n))
        .cloned()
        .collect();
    strays.extend(
        fs::read_dir(scratch.path())
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| {
                let name = entry.file_name().to_string_lossy().into_owned();
                (name != "project" && name != "home").then_some(name)
            }),
    );
    Ok(Draft {
        first,
        decided: read(first_name),
        design: read("design.md"),
        tasks: read("tasks.md"),
        folder,
        findings: rutter.check()?,
        strays,
    })
}

/// The binary, with a home of its own so that no setting of this machine counts.
struct Rutter {
    root: PathBuf,
    home: PathBuf,
}

impl Rutter {
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(binary());
        command
            .args(args)
            .arg("-C")
            .arg(&self.root)
            .args(["--format", "json"])
            .current_dir(&self.root);
        command
            .env_clear()
            .env("HOME", &self.home)
            .env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command
    }

    fn output(&self, args: &[&str], stdin: &str) -> Result<std::process::Output, String> {
        let mut child = self
            .command(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| format!("cannot start {}: {e}", binary().display()))?;
        // A verb that reads nothing may have ended by now; that is no error.
        let _ = child
            .stdin
            .take()
            .map(|mut pipe| pipe.write_all(stdin.as_bytes()));
        child.wait_with_output().map_err(|e| e.to_string())
    }

    fn run(&self, args: &[&str], stdin: &str) -> Result<(), String> {
        let output = self.output(args, stdin)?;
        if output.status.success() {
            return Ok(());
        }
        let said = [output.stdout, output.stderr].concat();
        Err(format!(
            "`rutter {}` ended with {}: {}",
            args.join(" "),
            output.status,
            String::from_utf8_lossy(&said).trim()
        ))
    }

    /// The findings of the product's own check on what was written.
    fn check(&self) -> Result<Vec<String>, String> {
        let output = self.output(&["check", ".kiro/specs"], "")?;
        let findings: Vec<serde_json::Value> =
            serde_json::from_slice(&output.stdout).map_err(|e| {
                format!(
                    "`rutter check` printed no JSON: {e}: {}",
                    String::from_utf8_lossy(&output.stderr)
                )
            })?;
        let shown = |f: &serde_json::Value| {
            format!(
                "{}:{} {} {}",
                f["path"], f["range"]["start"]["line"], f["code"], f["message"]
            )
            .replace('"', "")
        };
        Ok(findings.iter().map(shown).collect())
    }
}

fn only_spec(root: &Path) -> Result<String, String> {
    let folders: Vec<String> = fs::read_dir(root.join(".kiro/specs"))
        .map_err(|e| format!("no .kiro/specs: {e}"))?
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    match &folders[..] {
        [one] => Ok(one.clone()),
        _ => Err(format!("one spec was asked for, there are {folders:?}")),
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Each file of a folder with its content.
fn listing(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path
                    .strip_prefix(root)
                    .unwrap()
                    .to_string_lossy()
                    .replace('\\', "/");
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}
