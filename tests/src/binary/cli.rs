//! Verbs of the binary, run to their end.

use std::{
    io::Write,
    process::{Output, Stdio},
};

use serde_json::Value;

use super::home::Home;

/// What a verb said and how it ended.
#[derive(Debug)]
pub struct Ran {
    /// The exit code; nothing where a signal ended it.
    pub code: Option<i32>,
    /// What it printed.
    pub stdout: String,
    /// What it complained about.
    pub stderr: String,
}

impl Ran {
    /// The exit code.
    ///
    /// # Panics
    /// If a signal ended it.
    #[track_caller]
    pub fn exit(&self) -> i32 {
        self.code
            .unwrap_or_else(|| panic!("ended by a signal: {self:?}"))
    }

    /// What it printed as one JSON value.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("no JSON: {e}: {self:?}"))
    }

    /// The result of a verb that had to succeed.
    #[track_caller]
    pub fn done(self) -> Self {
        assert_eq!(self.code, Some(0), "{self:?}");
        self
    }

    /// The code of a JSON error.
    #[track_caller]
    pub fn error_code(&self) -> String {
        let answer = self.json();
        let code = answer["error"]["code"].as_str();
        code.unwrap_or_else(|| panic!("no error: {answer}"))
            .to_owned()
    }
}

/// Runs verbs for a user.
pub struct Cli<'a>(pub &'a Home);

impl Cli<'_> {
    /// Runs a verb.
    #[track_caller]
    pub fn run(&self, args: &[&str]) -> Ran {
        self.fed(args, b"")
    }

    /// Runs a verb with `--format json`.
    #[track_caller]
    pub fn json(&self, args: &[&str]) -> Ran {
        self.fed(&[args, &["--format", "json"]].concat(), b"")
    }

    /// Runs a verb with something on its stdin.
    #[track_caller]
    pub fn fed(&self, args: &[&str], stdin: &[u8]) -> Ran {
        let mut child = self
            .0
            .command()
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        // A verb that reads nothing may have ended by now.
        let _ = child.stdin.take().map(|mut pipe| pipe.write_all(stdin));
        let output: Output = child.wait_with_output().expect("it ends");
        let text = |bytes| String::from_utf8(bytes).expect("it speaks UTF-8");
        Ran {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }
}
