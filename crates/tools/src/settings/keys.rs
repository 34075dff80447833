//! The keys of a server, what they mean and what they take.

/// What a key takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    Text,
    Texts,
    Pairs,
    Switch,
    Milliseconds,
    /// Tool names, or `"*"`.
    Tools,
    Oauth,
    Kind,
}

impl Takes {
    /// What is expected, for a sentence.
    pub fn describe(self) -> &'static str {
        match self {
            Self::Text => "a string",
            Self::Texts => "a list of strings",
            Self::Pairs => "an object of strings",
            Self::Switch => "true or false",
            Self::Milliseconds => "a number of milliseconds above 0",
            Self::Tools => "a list of tool names",
            Self::Oauth => "an object",
            Self::Kind => "\"stdio\", \"http\", \"streamable-http\", \"sse\" or \"registry\"",
        }
    }

    /// What to write for a value, with the cursor between the quotes or brackets.
    pub fn template(self) -> &'static str {
        match self {
            Self::Text | Self::Kind => "\"$0\"",
            Self::Texts | Self::Tools => "[\"$0\"]",
            Self::Pairs | Self::Oauth => "{$0}",
            Self::Switch => "true",
            Self::Milliseconds => "60000",
        }
    }
}

/// A key.
#[derive(Debug)]
pub(crate) struct Key {
    pub name: &'static str,
    pub takes: Takes,
    /// One or two sentences in Markdown.
    pub docs: &'static str,
}

/// The keys of a server.
pub(crate) static SERVER: &[Key] = &[
    Key {
        name: "command",
        takes: Takes::Text,
        docs: "The program to start. It is spoken with over its standard input and output; no shell reads it.",
    },
    Key {
        name: "args",
        takes: Takes::Texts,
        docs: "The arguments of `command`, one string each.",
    },
    Key {
        name: "env",
        takes: Takes::Pairs,
        docs: "Variables for `command`. Write `${NAME}` for a value that must not stand in the file; only variables you approved are filled in.",
    },
    Key {
        name: "cwd",
        takes: Takes::Text,
        docs: "The folder `command` runs in, from the workspace. Without it: the workspace itself.",
    },
    Key {
        name: "url",
        takes: Takes::Text,
        docs: "The address of a server that is reached over streamable HTTP, instead of `command`.",
    },
    Key {
        name: "headers",
        takes: Takes::Pairs,
        docs: "Headers for each request to `url`, such as `\"Authorization\": \"Bearer ${NAME}\"`.",
    },
    Key {
        name: "oauth",
        takes: Takes::Oauth,
        docs: "How to sign in at `url`: `clientId`, `redirectUri`, `oauthScopes`.",
    },
    Key {
        name: "type",
        takes: Takes::Kind,
        docs: "How the server is reached. It follows from `command` or `url` and may be left out.",
    },
    Key {
        name: "disabled",
        takes: Takes::Switch,
        docs: "`true`: the server stays in the file and is not used.",
    },
    Key {
        name: "autoApprove",
        takes: Takes::Tools,
        docs: "Tools that may be called without asking; `\"*\"` means all. In a repository it counts only once you trust the server.",
    },
    Key {
        name: "disabledTools",
        takes: Takes::Tools,
        docs: "Tools that are not offered at all.",
    },
    Key {
        name: "timeout",
        takes: Takes::Milliseconds,
        docs: "How long the server may take for an answer, in milliseconds. Without it: 60000.",
    },
];

/// The keys of `oauth`.
pub(crate) static OAUTH: &[Key] = &[
    Key {
        name: "clientId",
        takes: Takes::Text,
        docs: "The client's id where the server does not hand one out itself.",
    },
    Key {
        name: "redirectUri",
        takes: Takes::Text,
        docs: "Where the browser comes back to after signing in.",
    },
    Key {
        name: "oauthScopes",
        takes: Takes::Texts,
        docs: "What to ask for.",
    },
];

/// The values of `type`.
pub(crate) static KINDS: &[&str] = &["stdio", "http", "streamable-http", "sse", "registry"];

/// A key of a server.
pub(crate) fn server_key(name: &str) -> Option<&'static Key> {
    SERVER.iter().find(|k| k.name == name)
}

/// The known word that is most like `word`, if one is like it at all; letter case does not count.
pub(crate) fn nearest(
    word: &str,
    known: impl IntoIterator<Item = &'static str>,
) -> Option<&'static str> {
    let plain = |w: &str| w.to_lowercase().replace(['_', '-'], "");
    let wanted = plain(word);
    known
        .into_iter()
        .map(|k| (strsim::osa_distance(&wanted, &plain(k)), k))
        .filter(|(distance, k)| *distance * 3 <= k.len())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let names = || SERVER.iter().map(|k| k.name);
        assert_eq!(nearest("auto_approve", names()), Some("autoApprove"));
        assert_eq!(nearest("comand", names()), Some("command"));
        assert_eq!(nearest("description", names()), None);
        assert_eq!(nearest("", names()), None);
    }
}
