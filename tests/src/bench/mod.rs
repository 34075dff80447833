//! The benchmark: what is measured, on which server, and the table that shows it.

/// What the command line asked for.
#[derive(Debug, Default)]
pub struct Options {
    /// Command lines of the servers.
    pub servers: Vec<String>,
}

impl Options {
    /// Reads `--server "path lsp"`, any number of times.
    ///
    /// # Errors
    /// How to call the program, where it was called otherwise.
    pub fn of(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        while let Some(word) = words.next() {
            match (word.as_str(), words.next()) {
                ("--server", Some(server)) => options.servers.push(server),
                _ => return Err("usage: bench [--server \"path lsp\"]...".to_owned()),
            }
        }
        Ok(options)
    }
}

/// Measures every server and gives the table.
pub fn run(options: &Options) -> String {
    format!("{} servers\n", options.servers.len())
}
