//! What is to be run.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// What is to be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Program {
    /// A program and its arguments; no shell reads them.
    Argv(Vec<OsString>),
    /// A command line for the shell: `bash` where there is one, else `sh`; on Windows `cmd`.
    Shell(String),
}

/// The environment a process gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Environment {
    /// Ours, and these over it.
    Inherited(BTreeMap<String, String>),
    /// These, and what no program does without (`PATH`, `HOME`, the locale, the temporary folder).
    Only(BTreeMap<String, String>),
}

impl Default for Environment {
    fn default() -> Self {
        Self::Inherited(BTreeMap::new())
    }
}

/// One run of a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// What is to be run.
    pub program: Program,
    /// The folder it runs in.
    pub folder: PathBuf,
    /// Its environment.
    pub environment: Environment,
    /// What it can read from its standard input.
    pub stdin: Vec<u8>,
    /// After this it is ended; nothing means no limit.
    pub time_limit: Option<Duration>,
    /// Bytes kept of each output stream: the first and the last half of it.
    pub output_limit: usize,
}

/// Bytes kept of each output stream unless told otherwise.
pub const OUTPUT_LIMIT: usize = 64 * 1024;

impl Request {
    /// A run in `folder` with our environment, no input, no time limit and 64 KiB kept of each output stream.
    pub fn new(program: Program, folder: impl Into<PathBuf>) -> Self {
        Self {
            program,
            folder: folder.into(),
            environment: Environment::default(),
            stdin: Vec::new(),
            time_limit: None,
            output_limit: OUTPUT_LIMIT,
        }
    }
}

/// Variables that a process with an environment of its own still gets.
pub(crate) const NEEDED: [&str; 16] = [
    "PATH",
    "HOME",
    "USER",
    "LOGNAME",
    "SHELL",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "TMPDIR",
    "TZ",
    "SYSTEMROOT",
    "SYSTEMDRIVE",
    "USERPROFILE",
    "APPDATA",
    "LOCALAPPDATA",
    "PATHEXT",
];

impl Program {
    /// The program and its arguments as the system takes them.
    pub(crate) fn argv(&self) -> Vec<OsString> {
        match self {
            Self::Argv(argv) => argv.clone(),
            Self::Shell(line) if cfg!(windows) => {
                vec!["cmd".into(), "/D".into(), "/C".into(), line.into()]
            }
            Self::Shell(line) => vec![shell(), "-c".into(), line.into()],
        }
    }
}

/// Hooks in the wild are written for bash; a system without it has at least `sh`.
fn shell() -> OsString {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let bash = std::env::split_paths(&path)
        .map(|folder| folder.join("bash"))
        .find(|file| Path::is_file(file));
    bash.map_or_else(|| "/bin/sh".into(), PathBuf::into_os_string)
}
