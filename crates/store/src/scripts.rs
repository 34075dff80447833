//! The files of a project that a command runs: whoever trusts the command trusts them, so that a pull that changes a script
//! asks again.

use std::path::{Component, Path, PathBuf};

use rutter_host::{FileKind, Files};
use sha2::{Digest, Sha256};

use crate::trust::Subject;

/// Programs whose first argument is a script.
const INTERPRETERS: [&str; 16] = [
    "sh", "bash", "zsh", "dash", "fish", "node", "deno", "bun", "python", "python3", "ruby",
    "perl", "php", "pwsh", "tsx", "ts-node",
];
/// Those that take a command line after `-c`.
const SHELLS: [&str; 5] = ["sh", "bash", "zsh", "dash", "fish"];
/// Endings of files that are run, whoever is started with them.
const RUN: [&str; 18] = [
    "js", "mjs", "cjs", "ts", "mts", "cts", "py", "sh", "bash", "rb", "pl", "php", "lua", "ps1",
    "bat", "cmd", "jar", "wasm",
];
/// Options that name the folder to run in.
const FOLDERS: [&str; 6] = [
    "--directory",
    "--project",
    "--cwd",
    "--prefix",
    "--dir",
    "-C",
];
/// A longer script is bound, and not shown.
const SHOWN: usize = 64 * 1024;

/// The files of the project that a command line of a shell runs, relative with `/`: the first word of each part, or the
/// first that follows an interpreter and is no option.
pub fn of_line(files: &dyn Files, root: &Path, command: &str) -> Vec<String> {
    let mut found = Vec::new();
    for part in command.split(['|', '&', ';', '\n', '(', ')']) {
        let Some(words) = shlex::split(part) else {
            continue;
        };
        let mut words = words.iter().skip_while(|w| {
            w.contains('=') || matches!(w.as_str(), "exec" | "env" | "time" | "nice" | "sudo")
        });
        let Some(first) = words.next() else { continue };
        let candidate = if INTERPRETERS.contains(&program(first)) {
            words.find(|w| !w.starts_with('-'))
        } else {
            Some(first)
        };
        add(files, root, root, candidate.map(String::as_str), &mut found);
    }
    found
}

/// The files of the project that a program with its arguments runs in `folder`: the program, what follows an interpreter,
/// a Python module, and every argument that has the ending of a script.
pub fn of_program(files: &dyn Files, root: &Path, folder: &Path, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    let [first, arguments @ ..] = words else {
        return found;
    };
    let mut folders = vec![folder.to_owned()];
    for (at, word) in arguments.iter().enumerate() {
        let (option, value) = word.split_once('=').unwrap_or((word, ""));
        if FOLDERS.contains(&option) {
            let next = arguments.get(at + 1).copied().unwrap_or_default();
            folders.push(folder.join(if value.is_empty() { next } else { value }));
        }
    }
    let is_run = |word: &&&str| {
        let ending = word
            .rsplit_once('.')
            .map(|(_, ending)| ending.to_ascii_lowercase());
        ending.is_some_and(|ending| RUN.contains(&ending.as_str()))
    };
    let script = INTERPRETERS
        .contains(&program(first))
        .then(|| arguments.iter().find(|w| !w.starts_with('-')))
        .flatten();
    let modules: Vec<String> = arguments
        .windows(2)
        .filter(|pair| pair[0] == "-m")
        .flat_map(|pair| {
            let path = pair[1].replace('.', "/");
            [format!("{path}.py"), format!("{path}/__main__.py")]
        })
        .collect();
    let candidates = std::iter::once(first)
        .chain(script)
        .chain(arguments.iter().filter(is_run))
        .copied()
        .chain(modules.iter().map(String::as_str));
    for candidate in candidates {
        for folder in &folders {
            add(files, root, folder, Some(candidate), &mut found);
        }
    }
    if SHELLS.contains(&program(first)) {
        let line = arguments.windows(2).find(|pair| {
            pair[0].starts_with('-') && !pair[0].starts_with("--") && pair[0].ends_with('c')
        });
        for script in line
            .map(|pair| of_line(files, root, pair[1]))
            .into_iter()
            .flatten()
        {
            if !found.contains(&script) {
                found.push(script);
            }
        }
    }
    found
}

/// The subject with these files of the project bound to it: their content decides, and is shown.
#[must_use]
pub fn bind(mut subject: Subject, files: &dyn Files, root: &Path, scripts: &[String]) -> Subject {
    if scripts.is_empty() {
        return subject;
    }
    let mut hash = Sha256::new();
    hash.update(subject.digest.as_bytes());
    for script in scripts {
        hash.update([0]);
        hash.update(script.as_bytes());
        hash.update([0]);
        let shown = match files.read(&root.join(script)) {
            Ok(bytes) => {
                hash.update(Sha256::digest(&bytes));
                match std::str::from_utf8(&bytes) {
                    Ok(text) if bytes.len() <= SHOWN => text.to_owned(),
                    _ => format!(
                        "({} bytes, SHA-256 {})",
                        bytes.len(),
                        hex(&Sha256::digest(&bytes))
                    ),
                }
            }
            Err(error) => format!("(it can't be read: {error})"),
        };
        subject.text.push_str(&format!("\n--- {script}\n{shown}"));
    }
    subject.digest = hex(&hash.finalize());
    subject
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The name of a program without its folder and ending.
fn program(word: &str) -> &str {
    let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
    name.strip_suffix(".exe").unwrap_or(name)
}

/// Adds the file that a word means in a folder, if it is one of the project.
fn add(files: &dyn Files, root: &Path, folder: &Path, word: Option<&str>, found: &mut Vec<String>) {
    let Some(word) = word.filter(|word| !word.is_empty()) else {
        return;
    };
    // An absolute path replaces the folder in `join`; what lies outside is not the repository's.
    let path = plain(&folder.join(word));
    let Ok(relative) = path.strip_prefix(root) else {
        return;
    };
    let relative = relative.to_string_lossy().replace('\\', "/");
    if !found.contains(&relative) && files.kind(&path).is_ok_and(|kind| kind == FileKind::File) {
        found.push(relative);
    }
}

/// The path without `.` and `..`.
fn plain(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            part => out.push(part),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use rutter_host::Memory;

    use super::*;

    fn project() -> Memory {
        Memory::with([
            ("/w/scripts/guard.sh", "exit 0"),
            ("/w/tools/gen.py", "print(1)"),
            ("/w/tools/mcp/__main__.py", "print(2)"),
            ("/w/tools/server", "#!/bin/sh"),
            ("/w/dist/index.js", "1"),
            ("/w/src/main.rs", ""),
            ("/w/notes.db", ""),
            ("/x/out.py", ""),
        ])
    }

    #[test]
    fn scripts_of_a_line_are_found() {
        let files = project();
        let of = |command: &str| of_line(&files, Path::new("/w"), command);
        assert_eq!(of("./scripts/guard.sh --all"), ["scripts/guard.sh"]);
        assert_eq!(
            of("FOO=1 bash -e scripts/guard.sh && python3 tools/gen.py | tee out"),
            ["scripts/guard.sh", "tools/gen.py"]
        );
        assert_eq!(of("cargo fmt -- src/main.rs"), [""; 0]);
        assert_eq!(of("/usr/bin/env true; echo 'unclosed"), [""; 0]);
    }

    #[test]
    fn scripts_of_a_program_are_found() {
        let files = project();
        for (line, folder, expected) in [
            ("tools/server --x", "", &["tools/server"][..]),
            ("./tools/../tools/server", "", &["tools/server"]),
            ("node dist/index.js notes.db", "", &["dist/index.js"]),
            ("/usr/bin/python3 -u gen.py", "tools", &["tools/gen.py"]),
            ("uv run --directory tools gen.py", "", &["tools/gen.py"]),
            ("uv --directory=tools run gen.py", "", &["tools/gen.py"]),
            ("npx -y tsx dist/index.js", "", &["dist/index.js"]),
            ("python -m tools.mcp", "", &["tools/mcp/__main__.py"]),
            ("node /w/dist/index.js", "", &["dist/index.js"]),
            ("bash -lc './scripts/guard.sh'", "", &["scripts/guard.sh"]),
            ("python ../x/out.py", "", &[]),
            ("npx -y server notes.db src/main.rs", "", &[]),
            ("", "", &[]),
        ] {
            let words = shlex::split(line).unwrap();
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            let folder = Path::new("/w").join(folder);
            let found = of_program(&files, Path::new("/w"), &folder, &words);
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn what_is_bound_decides_and_is_shown() {
        let files = project();
        let subject = || Subject {
            what: "mcp:a".into(),
            digest: "1".into(),
            text: "x".into(),
        };
        let bound =
            |files: &Memory, scripts: &[String]| bind(subject(), files, Path::new("/w"), scripts);
        assert_eq!(bound(&files, &[]), subject());
        let scripts = ["tools/gen.py".to_owned(), "gone.py".to_owned()];
        let one = bound(&files, &scripts);
        assert!(
            one.text.contains("--- tools/gen.py\nprint(1)"),
            "{}",
            one.text
        );
        assert!(one.text.contains("can't be read"), "{}", one.text);
        files
            .write(Path::new("/w/tools/gen.py"), b"print(2)")
            .unwrap();
        let two = bound(&files, &scripts);
        assert!(one.digest != two.digest && two.text.contains("print(2)"));
        files
            .write(Path::new("/w/tools/gen.py"), b"\xff\x00")
            .unwrap();
        assert!(bound(&files, &scripts).text.contains("(2 bytes, SHA-256 "));
    }
}
