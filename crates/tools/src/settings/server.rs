//! A server as it is declared.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Bytes, Place};

/// How long a server may take for an answer unless its `timeout` says otherwise.
pub const DEFAULT_TIME_LIMIT: Duration = Duration::from_secs(60);

/// A string and its bytes, quotes included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The string.
    pub value: String,
    /// Its bytes.
    pub range: Bytes,
}

/// A name and a value, such as a variable or a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The name.
    pub name: Text,
    /// The value.
    pub value: Text,
}

/// Tools by name, or every tool.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// The names, without the star.
    pub names: Vec<Text>,
    /// The bytes of `"*"`, which means every tool.
    pub all: Option<Bytes>,
}

impl Names {
    /// Whether this tool is meant.
    pub fn contains(&self, tool: &str) -> bool {
        self.all.is_some() || self.names.iter().any(|n| n.value == tool)
    }

    /// Whether no tool is meant.
    pub fn is_empty(&self) -> bool {
        self.all.is_none() && self.names.is_empty()
    }
}

/// How to sign in at an address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Oauth {
    /// `clientId`.
    pub client_id: Option<Text>,
    /// `redirectUri`.
    pub redirect_uri: Option<Text>,
    /// `oauthScopes`.
    pub scopes: Vec<Text>,
}

/// A tool server as a file declares it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// Its name.
    pub name: Text,
    /// Where it is declared.
    pub place: Place,
    /// `type` as written.
    pub kind: Option<Text>,
    /// `command`: the program to start.
    pub command: Option<Text>,
    /// `args`: its arguments.
    pub args: Vec<Text>,
    /// `env`: its variables, in order.
    pub env: Vec<Pair>,
    /// `cwd`: the folder it runs in.
    pub cwd: Option<Text>,
    /// `url`: the address to connect to.
    pub url: Option<Text>,
    /// `headers`: sent with each request, in order.
    pub headers: Vec<Pair>,
    /// `oauth`.
    pub oauth: Option<Oauth>,
    /// `disabled`: it is declared, and not used.
    pub disabled: bool,
    /// `autoApprove`: tools that may be called without asking.
    pub auto_approve: Names,
    /// `disabledTools`: tools that are not offered.
    pub disabled_tools: Names,
    /// `timeout`.
    pub timeout: Option<Duration>,
    /// The bytes of its name and all it declares.
    pub range: Bytes,
    /// The bytes of its `{…}`.
    pub body: Bytes,
    /// The bytes of each known key, quotes included.
    pub keys: BTreeMap<&'static str, Bytes>,
}

/// How a server is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transport<'a> {
    /// A program that is started and spoken with over its standard input and output.
    Stdio {
        /// The program.
        command: &'a Text,
    },
    /// An address.
    Http {
        /// The address.
        url: &'a Text,
    },
}

/// Why a server can't be reached as it is declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// Neither `command` nor `url`.
    #[error("it names neither a `command` nor a `url`")]
    Neither,
    /// Both.
    #[error("it names a `command` and a `url`, and only one can be meant")]
    Both,
    /// `type` is `registry`.
    #[error("it comes from an organisation's registry, which Rutter does not read")]
    Registry,
    /// `type` is `sse`.
    #[error(
        "it speaks the old SSE transport, which MCP dropped: ask for its streamable HTTP address"
    )]
    Sse,
}

impl Server {
    /// How it is reached.
    pub fn transport(&self) -> Result<Transport<'_>, Unusable> {
        match (
            self.kind.as_ref().map(|k| k.value.as_str()),
            &self.command,
            &self.url,
        ) {
            (Some("registry"), ..) => Err(Unusable::Registry),
            (_, Some(_), Some(_)) => Err(Unusable::Both),
            (_, Some(command), None) => Ok(Transport::Stdio { command }),
            (Some("sse"), None, Some(_)) => Err(Unusable::Sse),
            (_, None, Some(url)) => Ok(Transport::Http { url }),
            (_, None, None) => Err(Unusable::Neither),
        }
    }

    /// How long it may take for an answer.
    pub fn time_limit(&self) -> Duration {
        self.timeout.unwrap_or(DEFAULT_TIME_LIMIT)
    }

    /// Whether this tool is offered.
    pub fn offers(&self, tool: &str) -> bool {
        !self.disabled_tools.contains(tool)
    }

    /// Whether this tool may be called without asking. What a repository says counts only once the server is trusted;
    /// this does not look.
    pub fn approves(&self, tool: &str) -> bool {
        self.offers(tool) && self.auto_approve.contains(tool)
    }

    /// Every string in which a variable is replaced.
    pub fn templates(&self) -> impl Iterator<Item = &Text> {
        let pairs = self.env.iter().chain(&self.headers).map(|p| &p.value);
        let single = [&self.command, &self.cwd, &self.url].into_iter().flatten();
        single.chain(&self.args).chain(pairs)
    }

    /// The command line, or the address, on one line for a person.
    pub fn summary(&self) -> String {
        match (&self.command, &self.url) {
            (Some(command), _) => {
                let mut words = vec![command.value.as_str()];
                words.extend(self.args.iter().map(|a| a.value.as_str()));
                words.join(" ")
            }
            (None, Some(url)) => url.value.clone(),
            (None, None) => String::new(),
        }
    }
}
