//! What a tool's name means, and which tools a matcher means.

use crate::pattern::Pattern;

/// A kind of tool that a matcher can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Read,
    Write,
    Shell,
    Web,
    Spec,
}

/// The words for a kind, then raw names of tools of that kind, in small letters without `_`.
static NAMES: &[(Kind, &str, &[&str])] = &[
    (
        Kind::Read,
        "read",
        &[
            "fsread",
            "readfile",
            "readmultiplefiles",
            "readcode",
            "listdirectory",
            "ls",
            "glob",
            "grep",
            "grepsearch",
            "filesearch",
            "getdiagnostics",
            "code",
        ],
    ),
    (
        Kind::Write,
        "write",
        &[
            "fswrite",
            "fsappend",
            "strreplace",
            "writefile",
            "deletefile",
            "editcode",
            "edit",
            "multiedit",
            "semanticrename",
            "smartrelocate",
            "applypatch",
        ],
    ),
    (
        Kind::Shell,
        "shell",
        &[
            "executebash",
            "executecmd",
            "bash",
            "executepwsh",
            "controlbashprocess",
            "controlpwshprocess",
            "listprocesses",
            "getprocessoutput",
            "powershell",
        ],
    ),
    (
        Kind::Web,
        "web",
        &["webfetch", "websearch", "remotewebsearch", "fetch"],
    ),
    (
        Kind::Spec,
        "spec",
        &[
            "taskstatus",
            "taskupdate",
            "updatetaskstatus",
            "createspec",
            "prework",
            "updatepbtstatus",
        ],
    ),
];

fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| *c != '_' && *c != '-')
        .flat_map(char::to_lowercase)
        .collect()
}

fn kind(name: &str) -> Option<Kind> {
    let plain = plain(name);
    NAMES
        .iter()
        .find(|(_, word, names)| *word == plain || names.contains(&plain.as_str()))
        .map(|(kind, ..)| *kind)
}

/// Where a tool comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Builtin,
    Mcp,
    Powers,
}

fn origin(tool: &str) -> Origin {
    if tool.starts_with("@powers") || tool.starts_with("powers_") {
        Origin::Powers
    } else if tool.starts_with("@builtin") {
        Origin::Builtin
    } else if tool.starts_with('@') || tool.starts_with("mcp_") {
        Origin::Mcp
    } else {
        Origin::Builtin
    }
}

/// Which tools a hook means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tools {
    source: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    All,
    /// `read`, `write`, `shell`, `web`, `spec`, or a raw name that means the same.
    Kind(String),
    /// `@mcp`, `@powers`, `@builtin`, `@server`, `@server/tool`.
    Prefix(String),
    Pattern(Pattern),
}

impl Tools {
    /// Reads a matcher. The error is a sentence.
    pub fn new(source: &str) -> Result<Self, String> {
        let parts = source.split('|').map(str::trim);
        let simple = parts.clone().all(|p| {
            p == "*"
                || (!p.is_empty() && p.chars().all(|c| c.is_alphanumeric() || "_-@/".contains(c)))
        });
        let parts = if simple {
            parts.map(Part::new).collect::<Result<_, _>>()?
        } else {
            vec![Part::Pattern(Pattern::new(source)?)]
        };
        Ok(Self {
            source: source.to_owned(),
            parts,
        })
    }

    /// As written.
    pub fn as_str(&self) -> &str {
        &self.source
    }

    /// Whether this tool is meant.
    pub fn is_match(&self, tool: &str) -> bool {
        self.parts.iter().any(|part| part.is_match(tool))
    }
}

impl Part {
    fn new(word: &str) -> Result<Self, String> {
        Ok(if word == "*" {
            Self::All
        } else if word.starts_with('@') {
            Self::Prefix(word.to_owned())
        } else if kind(word).is_some() {
            Self::Kind(word.to_owned())
        } else {
            Self::Pattern(Pattern::new(word)?)
        })
    }

    fn is_match(&self, tool: &str) -> bool {
        match self {
            Self::All => true,
            Self::Kind(word) => {
                let category = NAMES.iter().any(|(_, w, _)| *w == plain(word));
                origin(tool) == Origin::Builtin
                    && (plain(word) == plain(tool)
                        // A category means all of its tools; a raw name means itself and its category's own word.
                        || (kind(word) == kind(tool) && (category || NAMES.iter().any(|(_, w, _)| *w == plain(tool)))))
            }
            Self::Prefix(prefix) => match prefix.as_str() {
                "@mcp" => origin(tool) == Origin::Mcp,
                "@powers" => origin(tool) == Origin::Powers,
                "@builtin" => origin(tool) == Origin::Builtin,
                prefix => tool.strip_prefix(prefix).is_some_and(|rest| {
                    rest.is_empty() || rest.starts_with('/') || prefix.ends_with('/')
                }),
            },
            Self::Pattern(pattern) => pattern.is_match(tool),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_prefixes_raw_names_and_patterns() {
        let is = |matcher: &str, tool: &str| Tools::new(matcher).unwrap().is_match(tool);
        for (matcher, tool) in [
            ("*", "anything"),
            ("write", "fs_write"),
            ("write", "strReplace"),
            ("fs_write", "write"),
            ("shell", "execute_bash"),
            ("read|write", "fs_read"),
            ("Edit|Write", "edit"),
            ("Bash", "shell"),
            ("@mcp", "@git/log"),
            ("@git", "@git/log"),
            ("@git/log", "@git/log"),
            ("@builtin", "read"),
            ("@powers", "@powers/x/y"),
            ("mcp_.*_query", "mcp_db_query"),
            ("web", "web_fetch"),
            ("deploy_thing", "deploy_thing"),
            ("^fs_(read|write)$", "fs_read"),
        ] {
            assert!(is(matcher, tool), "{matcher} {tool}");
        }
        for (matcher, tool) in [
            ("write", "fs_read"),
            ("write", "@files/write"),
            ("@git", "@github/log"),
            ("@mcp", "read"),
            ("@builtin", "@git/log"),
            ("fs_write", "strReplace"),
            ("^x$", "xx"),
        ] {
            assert!(!is(matcher, tool), "{matcher} {tool}");
        }
        assert!(Tools::new("(").is_err());
        assert!(Tools::new("").is_ok());
    }
}
