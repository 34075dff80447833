//! The command line.

use std::env;

/// A server to measure.
#[derive(Clone, Debug)]
pub struct Server {
    /// How the table calls it.
    pub name: String,
    /// Program and arguments.
    pub command: String,
}

/// What the command line asked for.
#[derive(Debug, Default)]
pub struct Options {
    /// The servers, in the order of the table.
    pub servers: Vec<Server>,
    /// The one set of rows to measure; all where there is none.
    pub only: Option<String>,
}

impl Options {
    /// Reads `--only ROWS` and `--server "path lsp"`, this any number of times; without one, `RUTTER_BIN` or the `rutter` beside this program.
    ///
    /// # Errors
    /// How to call the program, where it was called otherwise or no server is found.
    pub fn of(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        while let Some(word) = words.next() {
            match (word.as_str(), words.next()) {
                ("--server", Some(command)) if !command.trim().is_empty() => {
                    options.servers.push(Server::of(&command));
                }
                ("--only", Some(rows)) => options.only = Some(rows),
                _ => {
                    return Err("usage: bench [--server \"path lsp\"]... [--only ROWS]".to_owned());
                }
            }
        }
        if options.servers.is_empty() {
            options
                .servers
                .push(Server::of(&format!("{} lsp", ours()?)));
        }
        Ok(options)
    }
}

impl Server {
    fn of(command: &str) -> Self {
        let program = command.split_whitespace().next().unwrap_or(command);
        Self {
            name: program
                .rsplit(['/', '\\'])
                .next()
                .unwrap_or(program)
                .to_owned(),
            command: command.to_owned(),
        }
    }
}

fn ours() -> Result<String, String> {
    if let Ok(path) = env::var("RUTTER_BIN") {
        return Ok(path);
    }
    let beside = env::current_exe()
        .map_err(|error| format!("This program's folder can't be found: {error}."))?
        .with_file_name(format!("rutter{}", env::consts::EXE_SUFFIX));
    if beside.is_file() {
        return Ok(beside.display().to_string());
    }
    Err(format!(
        "{} is not there: run `cargo build --release -p rutter-cli` first, or set RUTTER_BIN.",
        beside.display()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_keep_their_order_and_are_called_by_their_program() {
        let words = ["--server", "/opt/rutter lsp", "--server", "rumdl server"];
        let options = Options::of(words.map(str::to_owned).into_iter()).unwrap();
        let names: Vec<_> = options.servers.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["rutter", "rumdl"]);
        let only = Options::of(
            ["--server", "a lsp", "--only", "sources"]
                .map(str::to_owned)
                .into_iter(),
        );
        assert_eq!(only.unwrap().only.as_deref(), Some("sources"));
        assert!(Options::of(["--serve".to_owned()].into_iter()).is_err());
    }
}
