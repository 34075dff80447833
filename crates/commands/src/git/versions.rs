//! Files as git holds them: staged, or in the commits of a push.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Question, Repository, ask};
use crate::error::{Code, CommandError};

/// What git holds under a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A symbolic link.
    Link,
    /// A commit of another repository.
    Submodule,
}

/// A file of a commit to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its path, relative to the top with `/`.
    pub path: String,
    /// The object that holds its bytes; nothing where the file is deleted.
    pub object: Option<String>,
    /// What it is.
    pub kind: Kind,
}

/// Files larger than this are not read: nobody wrote them by hand.
const LARGEST: usize = 32 * 1024 * 1024;
/// Bytes of files read at once.
const AT_ONCE: usize = 64 * 1024 * 1024;

const STAGED: &str = "what is staged";
const PUSHED: &str = "what is pushed";
const TEXT: &str = "what its files hold";

impl Version {
    fn new(mode: &str, object: &str, path: &str) -> Self {
        Self {
            path: path.to_owned(),
            object: (!is_null(object)).then(|| object.to_owned()),
            kind: match mode {
                "120000" => Kind::Link,
                "160000" => Kind::Submodule,
                _ => Kind::File,
            },
        }
    }
}

/// The files below a folder that are added or changed; what is deleted can't be looked at, and a submodule is no file.
pub fn paths(repository: &Repository, folder: &Path, versions: &[Version]) -> Vec<String> {
    versions
        .iter()
        .filter(|version| version.object.is_some() && version.kind != Kind::Submodule)
        .filter_map(|version| repository.below(folder, &version.path))
        .collect()
}

impl Repository {
    /// What the next commit changes: added and changed files with what is staged of them, a renamed one by its new path,
    /// and deleted ones. While git commits, that is what this commit takes.
    pub fn staged(&self) -> Result<Vec<Version>, CommandError> {
        let said = ask(
            self.top(),
            STAGED,
            &[
                "diff",
                "--cached",
                "--raw",
                "-z",
                "--no-abbrev",
                "--no-renames",
                "--no-ext-diff",
                "--ignore-submodules=none",
            ],
        )?;
        let mut versions = Vec::new();
        let mut words = said.split('\0');
        // ":<mode> <mode> <id> <id> <status>", then the path.
        while let (Some(entry), Some(path)) = (words.next(), words.next()) {
            let fields: Vec<&str> = entry.trim_start_matches(':').split(' ').collect();
            let [_, mode, _, object, status] = fields[..] else {
                return Err(not_understood(STAGED));
            };
            // What is in conflict can't be committed.
            if status != "U" {
                versions.push(Version::new(mode, object, path));
            }
        }
        Ok(versions)
    }

    /// The files that the commits of a push change, as the last of them holds them. `input` is what git gives a `pre-push`
    /// hook: local ref, local id, remote ref, remote id on each line.
    pub fn pushed(&self, input: &str) -> Result<Vec<Version>, CommandError> {
        let mut all: BTreeMap<String, Version> = BTreeMap::new();
        for line in input.lines() {
            let words: Vec<&str> = line.split(' ').collect();
            let [.., local, _, remote] = words[..] else {
                continue;
            };
            // A branch that is deleted brings nothing.
            if is_id(local) && is_id(remote) && !is_null(local) {
                for version in self.brought(local, Some(remote).filter(|id| !is_null(id)))? {
                    all.insert(version.path.clone(), version);
                }
            }
        }
        Ok(all.into_values().collect())
    }

    /// The files of the commits that no remote has yet.
    pub fn unpushed(&self) -> Result<Vec<Version>, CommandError> {
        self.brought("HEAD", None)
    }

    /// What the commits of `local` change that neither `remote` nor any remote that is known here has.
    fn brought(&self, local: &str, remote: Option<&str>) -> Result<Vec<Version>, CommandError> {
        let mut arguments = vec![
            "log",
            "--format=",
            "--name-only",
            "-z",
            // A merge changes what differs from both sides.
            "-c",
            "--no-renames",
            "--no-ext-diff",
            "--no-show-signature",
            local,
            "--not",
            "--remotes",
        ];
        // A remote may be at a commit that was never fetched.
        if let Some(remote) = remote.filter(|id| self.knows(id)) {
            arguments.push(remote);
        }
        let said = ask(self.top(), PUSHED, &arguments)?;
        let changed: BTreeSet<&str> = said
            .split('\0')
            .map(|path| path.trim_start_matches('\n'))
            .filter(|path| !path.is_empty())
            .collect();
        if changed.is_empty() {
            return Ok(Vec::new());
        }
        let tree = ask(
            self.top(),
            PUSHED,
            &["ls-tree", "-r", "-z", "--full-tree", local],
        )?;
        let mut versions = Vec::new();
        // "<mode> <type> <id>\t<path>"
        for entry in tree.split('\0').filter(|entry| !entry.is_empty()) {
            let Some((fields, path)) = entry.split_once('\t') else {
                return Err(not_understood(PUSHED));
            };
            let fields: Vec<&str> = fields.split(' ').collect();
            let [mode, _, object] = fields[..] else {
                return Err(not_understood(PUSHED));
            };
            if changed.contains(path) {
                versions.push(Version::new(mode, object, path));
            }
        }
        Ok(versions)
    }

    fn knows(&self, id: &str) -> bool {
        ask(
            self.top(),
            PUSHED,
            &["cat-file", "-e", &format!("{id}^{{commit}}")],
        )
        .is_ok()
    }

    /// The texts of files, in their order. Deleted files, links, submodules, files that are no text and files above
    /// 32 MiB are left out.
    pub fn texts(&self, versions: &[Version]) -> Result<Vec<(String, String)>, CommandError> {
        let objects: Vec<(&str, &str)> = versions
            .iter()
            .filter(|version| version.kind == Kind::File)
            .filter_map(|version| Some((version.path.as_str(), version.object.as_deref()?)))
            .collect();
        let mut texts = Vec::new();
        let mut batch = Vec::new();
        let mut size = 0;
        for ((path, object), bytes) in objects.iter().zip(self.sizes(&objects)?) {
            if bytes > LARGEST {
                continue;
            }
            if size + bytes > AT_ONCE {
                self.read(&batch, size, &mut texts)?;
                batch.clear();
                size = 0;
            }
            batch.push((*path, *object));
            size += bytes;
        }
        self.read(&batch, size, &mut texts)?;
        Ok(texts)
    }

    fn sizes(&self, objects: &[(&str, &str)]) -> Result<Vec<usize>, CommandError> {
        if objects.is_empty() {
            return Ok(Vec::new());
        }
        let said = Question {
            stdin: lines(objects),
            ..Question::new(TEXT, &["cat-file", "--batch-check=%(objectsize)"])
        }
        .ask(self.top())?
        .text();
        let sizes: Option<Vec<usize>> = said.lines().map(|line| line.parse().ok()).collect();
        sizes
            .filter(|sizes| sizes.len() == objects.len())
            .ok_or_else(|| not_understood(TEXT))
    }

    /// Reads objects whose bytes sum up to `size`.
    fn read(
        &self,
        objects: &[(&str, &str)],
        size: usize,
        texts: &mut Vec<(String, String)>,
    ) -> Result<(), CommandError> {
        /// Longer than the line git prints before each object.
        const HEAD: usize = 128;
        if objects.is_empty() {
            return Ok(());
        }
        let all = Question {
            stdin: lines(objects),
            limit: size + HEAD * objects.len(),
            ..Question::new(TEXT, &["cat-file", "--batch"])
        }
        .ask(self.top())?
        .bytes()
        .ok_or_else(|| not_understood(TEXT))?;
        let mut rest = &all[..];
        for (path, _) in objects {
            // "<id> <type> <size>", the bytes, a line break.
            let (bytes, behind) = object(rest).ok_or_else(|| not_understood(TEXT))?;
            rest = behind;
            if !bytes.contains(&0) {
                texts.push((
                    (*path).to_owned(),
                    String::from_utf8_lossy(bytes).into_owned(),
                ));
            }
        }
        Ok(())
    }
}

fn object(all: &[u8]) -> Option<(&[u8], &[u8])> {
    let end = all.iter().position(|&b| b == b'\n')?;
    let head = std::str::from_utf8(&all[..end]).ok()?;
    let size: usize = head.rsplit(' ').next()?.parse().ok()?;
    let bytes = all.get(end + 1..end + 1 + size)?;
    Some((bytes, all.get(end + 2 + size..)?))
}

fn lines(objects: &[(&str, &str)]) -> Vec<u8> {
    objects
        .iter()
        .flat_map(|(_, object)| [object.as_bytes(), b"\n"].concat())
        .collect()
}

fn is_id(word: &str) -> bool {
    word.len() >= 40 && word.bytes().all(|b| b.is_ascii_hexdigit())
}

fn is_null(id: &str) -> bool {
    id.bytes().all(|b| b == b'0')
}

fn not_understood(what: &str) -> CommandError {
    CommandError::new(
        Code::Io,
        format!("What git said about {what} can't be understood."),
        "Please report it with your version of git.",
    )
}
