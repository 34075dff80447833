//! A file → its servers, and what could not be read.

use std::collections::BTreeMap;
use std::time::Duration;

use rutter_text::json::{self, Array, Object, ObjectProp, Value, bytes};

use super::keys::{self, Takes};
use super::{Bytes, Names, Oauth, Pair, Place, Server, Text};

/// A file that names servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct McpFile {
    /// Where it lies.
    pub place: Place,
    /// Its servers in the order of the file; one that can't be read at all is left out.
    pub servers: Vec<Server>,
    /// The bytes of the key `mcpServers`, quotes included.
    pub servers_key: Option<Bytes>,
    /// Why it can't be read: where, and one sentence.
    pub faults: Vec<(Bytes, String)>,
    /// Keys that mean nothing.
    pub unknown: Vec<UnknownKey>,
    /// Values of the wrong kind; they don't count.
    pub wrong: Vec<Wrong>,
    /// Servers that a later one of the same name covers.
    pub duplicates: Vec<Duplicate>,
}

/// A key that means nothing where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey {
    /// The key.
    pub key: Text,
    /// The keys that would mean something there.
    pub known: Vec<&'static str>,
}

/// A value of the wrong kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// Its bytes.
    pub range: Bytes,
    /// What is wrong, one sentence.
    pub message: String,
    /// What was most likely meant, as JSON.
    pub meant: Option<String>,
}

/// A name that is given twice in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The earlier one, which does not count.
    pub earlier: Text,
    /// The bytes of the later one's name.
    pub later: Bytes,
}

impl McpFile {
    /// Reads a file. Comments and trailing commas are fine.
    pub fn parse(place: Place, text: &str) -> Self {
        let mut file = Self {
            place,
            servers: Vec::new(),
            servers_key: None,
            faults: Vec::new(),
            unknown: Vec::new(),
            wrong: Vec::new(),
            duplicates: Vec::new(),
        };
        match json::parse(text) {
            Ok(Some(Value::Object(root))) => file.root(&root),
            Ok(Some(other)) => file.fault(
                bytes(&other),
                "The file must hold an object: {\"mcpServers\": {…}}.",
            ),
            // An empty file names no servers.
            Ok(None) => {}
            Err(broken) => file.faults.push((
                broken.range,
                format!(
                    "{}. No server in the file counts until that is mended.",
                    broken.message
                ),
            )),
        }
        file
    }

    /// The server with this name; the last where there are two.
    pub fn server(&self, name: &str) -> Option<&Server> {
        self.servers.iter().rev().find(|s| s.name.value == name)
    }

    fn fault(&mut self, range: Bytes, message: &str) {
        self.faults.push((range, message.to_owned()));
    }

    fn root(&mut self, root: &Object<'_>) {
        let known: &[&'static str] = match self.place {
            Place::User => &["mcpServers", "powers"],
            _ => &["mcpServers"],
        };
        for prop in &root.properties {
            match prop.name.as_str() {
                "mcpServers" => {
                    self.servers_key = Some(name_bytes(prop));
                    self.map(self.place, &prop.value);
                }
                "powers" if self.place == Place::User => {
                    if let Value::Object(powers) = &prop.value
                        && let Some(servers) = powers.get("mcpServers")
                    {
                        self.map(Place::Power, &servers.value);
                    }
                }
                // An agent's other keys are another reader's.
                _ if self.place.is_agent() => {}
                _ => self.unknown.push(UnknownKey {
                    key: name(prop),
                    known: known.to_vec(),
                }),
            }
        }
    }

    fn map(&mut self, place: Place, value: &Value<'_>) {
        let Value::Object(map) = value else {
            self.fault(
                bytes(value),
                "`mcpServers` must be an object: a name and {…} for each server.",
            );
            return;
        };
        for prop in &map.properties {
            let Value::Object(body) = &prop.value else {
                self.fault(
                    bytes(&prop.value),
                    "A server must be an object with a `command` or a `url`.",
                );
                continue;
            };
            let name = name(prop);
            if let Some(earlier) = self
                .servers
                .iter()
                .find(|s| s.place == place && s.name.value == name.value)
            {
                self.duplicates.push(Duplicate {
                    earlier: earlier.name.clone(),
                    later: name.range.clone(),
                });
            }
            let server = self.server_of(place, prop, name, body);
            self.servers.push(server);
        }
    }

    fn server_of(
        &mut self,
        place: Place,
        prop: &ObjectProp<'_>,
        name: Text,
        body: &Object<'_>,
    ) -> Server {
        let mut keys = BTreeMap::new();
        for prop in &body.properties {
            match keys::server_key(prop.name.as_str()) {
                Some(key) => {
                    keys.insert(key.name, name_bytes(prop));
                }
                None => self.unknown.push(UnknownKey {
                    key: self::name(prop),
                    known: keys::SERVER.iter().map(|k| k.name).collect(),
                }),
            }
        }
        let disabled = match body.get("disabled").map(|p| &p.value) {
            Some(Value::BooleanLit(lit)) => lit.value,
            Some(other) => {
                let meant = text_of(other)
                    .filter(|t| t.value == "true" || t.value == "false")
                    .map(|t| t.value);
                self.wrong.push(Wrong {
                    range: bytes(other),
                    message: "`disabled` takes true or false; until that is mended the server is not used.".to_owned(),
                    meant,
                });
                true
            }
            None => false,
        };
        Server {
            place,
            kind: self.kind(body),
            command: self.text(body, "command"),
            args: self.texts(body, "args"),
            env: self.pairs(body, "env"),
            cwd: self.text(body, "cwd"),
            url: self.text(body, "url"),
            headers: self.pairs(body, "headers"),
            oauth: self.oauth(body),
            disabled,
            auto_approve: self.tools(body, "autoApprove"),
            disabled_tools: self.disabled_tools(body),
            timeout: self.timeout(body),
            range: name.range.start..bytes(&prop.value).end,
            body: bytes(&prop.value),
            name,
            keys,
        }
    }

    fn wrong(&mut self, value: &Value<'_>, key: &str, takes: Takes, meant: Option<String>) {
        self.wrong.push(Wrong {
            range: bytes(value),
            message: format!(
                "`{key}` takes {}; what stands here does not count.",
                takes.describe()
            ),
            meant,
        });
    }

    fn text(&mut self, body: &Object<'_>, key: &str) -> Option<Text> {
        let value = &body.get(key)?.value;
        let text = text_of(value).filter(|t| !t.value.trim().is_empty());
        if text.is_none() {
            self.wrong(value, key, Takes::Text, None);
        }
        text
    }

    fn kind(&mut self, body: &Object<'_>) -> Option<Text> {
        let value = &body.get("type")?.value;
        let text = text_of(value).filter(|t| keys::KINDS.contains(&t.value.as_str()));
        if text.is_none() {
            let near = text_of(value)
                .and_then(|t| keys::nearest(&t.value, keys::KINDS.iter().copied()))
                .map(|n| format!("\"{n}\""));
            self.wrong(value, "type", Takes::Kind, near);
        }
        text
    }

    fn texts(&mut self, body: &Object<'_>, key: &str) -> Vec<Text> {
        let Some(value) = body.get(key).map(|p| &p.value) else {
            return Vec::new();
        };
        match value {
            Value::Array(list) => self.items(list, key, Takes::Texts),
            other => {
                let meant = text_of(other).map(|t| format!("[{}]", literal(&t.value)));
                self.wrong(other, key, Takes::Texts, meant);
                Vec::new()
            }
        }
    }

    fn items(&mut self, list: &Array<'_>, key: &str, takes: Takes) -> Vec<Text> {
        let mut items = Vec::new();
        for item in &list.elements {
            match text_of(item) {
                Some(text) => items.push(text),
                None => self.wrong(item, key, takes, quoted(item)),
            }
        }
        items
    }

    fn pairs(&mut self, body: &Object<'_>, key: &str) -> Vec<Pair> {
        let Some(value) = body.get(key).map(|p| &p.value) else {
            return Vec::new();
        };
        let Value::Object(map) = value else {
            self.wrong(value, key, Takes::Pairs, None);
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for prop in &map.properties {
            match text_of(&prop.value) {
                Some(value) => pairs.push(Pair {
                    name: name(prop),
                    value,
                }),
                None => self.wrong(&prop.value, key, Takes::Pairs, quoted(&prop.value)),
            }
        }
        pairs
    }

    fn oauth(&mut self, body: &Object<'_>) -> Option<Oauth> {
        let value = &body.get("oauth")?.value;
        let Value::Object(map) = value else {
            self.wrong(value, "oauth", Takes::Oauth, None);
            return None;
        };
        for prop in &map.properties {
            if !keys::OAUTH.iter().any(|k| k.name == prop.name.as_str()) {
                self.unknown.push(UnknownKey {
                    key: name(prop),
                    known: keys::OAUTH.iter().map(|k| k.name).collect(),
                });
            }
        }
        Some(Oauth {
            client_id: self.text(map, "clientId"),
            redirect_uri: self.text(map, "redirectUri"),
            scopes: self.texts(map, "oauthScopes"),
        })
    }

    fn tools(&mut self, body: &Object<'_>, key: &str) -> Names {
        let Some(value) = body.get(key).map(|p| &p.value) else {
            return Names::default();
        };
        let items = match value {
            Value::Array(list) => self.items(list, key, Takes::Tools),
            other => match text_of(other) {
                // Kiro takes the star alone too.
                Some(text) if text.value == "*" => vec![text],
                text => {
                    let meant = text.map(|t| format!("[{}]", literal(&t.value)));
                    self.wrong(other, key, Takes::Tools, meant);
                    Vec::new()
                }
            },
        };
        let (all, names): (Vec<Text>, Vec<Text>) = items.into_iter().partition(|t| t.value == "*");
        Names {
            names,
            all: all.into_iter().next().map(|t| t.range),
        }
    }

    /// Where it can't be read every tool is meant: a slip must not offer what somebody wanted out.
    fn disabled_tools(&mut self, body: &Object<'_>) -> Names {
        let before = self.wrong.len();
        let mut names = self.tools(body, "disabledTools");
        if let Some(first) = self.wrong.get_mut(before) {
            first.message = format!(
                "`disabledTools` takes {}; until that is mended no tool of this server is offered.",
                Takes::Tools.describe()
            );
            names.all = Some(first.range.clone());
        }
        names
    }

    fn timeout(&mut self, body: &Object<'_>) -> Option<Duration> {
        let value = &body.get("timeout")?.value;
        let number = match value {
            Value::NumberLit(lit) => lit.value.parse::<u64>().ok().filter(|n| *n > 0),
            _ => None,
        };
        if number.is_none() {
            let meant = text_of(value)
                .filter(|t| t.value.parse::<u64>().is_ok_and(|n| n > 0))
                .map(|t| t.value);
            self.wrong(value, "timeout", Takes::Milliseconds, meant);
        }
        number.map(Duration::from_millis)
    }
}

fn name_bytes(prop: &ObjectProp<'_>) -> Bytes {
    bytes(&prop.name)
}

fn name(prop: &ObjectProp<'_>) -> Text {
    Text {
        value: prop.name.as_str().to_owned(),
        range: name_bytes(prop),
    }
}

fn text_of(value: &Value<'_>) -> Option<Text> {
    match value {
        Value::StringLit(lit) => Some(Text {
            value: lit.value.clone().into_owned(),
            range: bytes(value),
        }),
        _ => None,
    }
}

/// A number or a switch as a string, which is what was meant where strings are taken.
fn quoted(value: &Value<'_>) -> Option<String> {
    match value {
        Value::NumberLit(lit) => Some(literal(lit.value)),
        Value::BooleanLit(lit) => Some(literal(if lit.value { "true" } else { "false" })),
        _ => None,
    }
}

pub(crate) fn literal(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
