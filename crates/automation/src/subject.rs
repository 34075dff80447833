//! What is trusted when a hook is trusted: the hook, and the scripts of the project that its command names.

use std::path::Path;

use rutter_hooks::{Action, Hook};
use rutter_host::{FileKind, Files};
use rutter_store::Subject;
use sha2::{Digest, Sha256};

/// Programs whose first argument is a script.
const INTERPRETERS: [&str; 14] = [
    "sh", "bash", "zsh", "dash", "fish", "node", "deno", "bun", "python", "python3", "ruby",
    "perl", "php", "pwsh",
];

/// What trust of a hook binds to. A script that the command runs from inside the project is part of it: a pull that
/// changes the script asks again.
pub fn subject(files: &dyn Files, root: &Path, hook: &Hook) -> Subject {
    let mut text = format!(
        "{}\ntrigger: {}\nmatcher: {}\n{}: {}\n",
        hook.name,
        hook.trigger.as_str(),
        hook.matcher.written().as_deref().unwrap_or("all"),
        hook.action.kind(),
        hook.action.text()
    );
    let mut hash = Sha256::new();
    hash.update(hook.digest.as_bytes());
    if let Action::Command { command } = &hook.action {
        for script in scripts(files, root, command) {
            let Ok(bytes) = files.read(&root.join(&script)) else {
                continue;
            };
            hash.update([0]);
            hash.update(script.as_bytes());
            hash.update([0]);
            hash.update(Sha256::digest(&bytes));
            text.push_str(&format!(
                "\n--- {script}\n{}",
                String::from_utf8_lossy(&bytes)
            ));
        }
    }
    Subject {
        what: format!("hook:{}", hook.id),
        digest: hash.finalize().iter().map(|b| format!("{b:02x}")).collect(),
        text,
    }
}

/// The files of the project that a command line runs, relative with `/`: the first word of each part, or the first that
/// follows an interpreter and is no option.
fn scripts(files: &dyn Files, root: &Path, command: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in command.split(['|', '&', ';', '\n', '(', ')']) {
        let Some(words) = shlex::split(part) else {
            continue;
        };
        let mut words = words.iter().skip_while(|w| {
            w.contains('=') || matches!(w.as_str(), "exec" | "env" | "time" | "nice" | "sudo")
        });
        let Some(first) = words.next() else { continue };
        let name = first.rsplit('/').next().unwrap_or(first);
        let candidate = if INTERPRETERS.contains(&name) {
            words.find(|w| !w.starts_with('-'))
        } else {
            Some(first)
        };
        let Some(candidate) = candidate else { continue };
        let path = candidate.trim_start_matches("./");
        let is_file = !path.is_empty()
            && files
                .kind(&root.join(path))
                .is_ok_and(|kind| kind == FileKind::File);
        // An absolute path replaces the root in `join`; what lies outside is not the repository's.
        if is_file && root.join(path).starts_with(root) && !found.iter().any(|f| f == path) {
            found.push(path.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use rutter_host::Memory;

    use super::*;

    #[test]
    fn scripts_of_the_project_are_found() {
        let files = Memory::with([
            ("/w/scripts/guard.sh", "exit 0"),
            ("/w/tools/gen.py", "print(1)"),
            ("/w/src/main.rs", ""),
        ]);
        let of = |command: &str| scripts(&files, Path::new("/w"), command);
        assert_eq!(of("./scripts/guard.sh --all"), ["scripts/guard.sh"]);
        assert_eq!(
            of("FOO=1 bash -e scripts/guard.sh && python3 tools/gen.py | tee out"),
            ["scripts/guard.sh", "tools/gen.py"]
        );
        assert_eq!(of("cargo fmt -- src/main.rs"), [""; 0]);
        assert_eq!(of("/usr/bin/env true; echo 'unclosed"), [""; 0]);
    }
}
