//! A hook as written: what was found, and where, before anything is said about it.

use std::ops::Range;
use std::time::Duration;

use crate::digest;
use crate::hook::{Action, Format, Hook, TIMEOUT};
use crate::matcher::Matcher;
use crate::node::Node;
use crate::trigger::{Subject, Trigger};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct At<T> {
    pub value: T,
    pub range: Range<usize>,
}

/// A matcher as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Narrow {
    /// v1: a regular expression, tools, a command, cron fields.
    One(String),
    /// Globs of paths.
    Globs(Vec<String>),
    /// Tools, any of them.
    Tools(Vec<String>),
}

/// An action as written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Act {
    Known(Action),
    /// A type or a name that means nothing, where it stands, and what is known instead.
    Unknown(At<String>, Vec<&'static str>),
    /// What is missing in it.
    Lacks(&'static str),
}

/// A hook as written.
#[derive(Clone, Debug)]
pub(crate) struct Raw {
    pub range: Range<usize>,
    pub name: Option<At<String>>,
    /// What it is called where it has no name.
    pub made_up: String,
    pub description: Option<String>,
    pub trigger: Option<At<String>>,
    pub triggers: Vec<Trigger>,
    pub matcher: Option<At<Narrow>>,
    pub action: Option<At<Act>>,
    pub enabled: bool,
    /// In milliseconds; zero is no limit.
    pub timeout: Option<At<u64>>,
    pub default_timeout: Duration,
    pub max_output: Option<u64>,
    pub cache: u64,
    pub confirm: Option<serde_json::Value>,
    pub from_outside: bool,
    /// Values of the wrong kind, with a sentence.
    pub wrong: Vec<At<String>>,
    /// Keys that mean nothing there, and those that do.
    pub unknown: Vec<(At<String>, &'static [&'static str])>,
}

impl Raw {
    pub fn new(range: Range<usize>) -> Self {
        Self {
            range,
            name: None,
            made_up: String::new(),
            description: None,
            trigger: None,
            triggers: Vec::new(),
            matcher: None,
            action: None,
            enabled: true,
            timeout: None,
            default_timeout: TIMEOUT,
            max_output: None,
            cache: 0,
            confirm: None,
            from_outside: false,
            wrong: Vec::new(),
            unknown: Vec::new(),
        }
    }

    /// The name, or what stands for it.
    pub fn label(&self) -> &str {
        self.name.as_ref().map_or(&self.made_up, |n| &n.value)
    }

    /// The matcher for one of its triggers. The error is a sentence.
    pub fn matcher(&self, trigger: Trigger) -> Result<Matcher, String> {
        let Some(At { value, .. }) = &self.matcher else {
            return if trigger == Trigger::Schedule {
                Err("A schedule needs a matcher with five fields, such as `0 9 * * 1`.".to_owned())
            } else {
                Ok(Matcher::All)
            };
        };
        match (value, trigger.subject()) {
            (_, Subject::Nothing) => Ok(Matcher::All),
            (Narrow::One(text), _) => Matcher::parse(trigger, text),
            (Narrow::Globs(globs), Subject::Path) => Matcher::globs(globs.clone()),
            (Narrow::Tools(tools), Subject::Tool) => Matcher::parse(trigger, &tools.join("|")),
            // A pattern of paths says nothing about a tool or a build, nor the other way round.
            (Narrow::Globs(_) | Narrow::Tools(_), _) => Ok(Matcher::All),
        }
    }

    /// The hook, once for each of its triggers. The error says why it cannot be loaded, as a sentence.
    pub fn build(&self, path: &str, format: Format) -> Result<Vec<Hook>, String> {
        let Some(trigger) = &self.trigger else {
            return Err("It has no trigger.".to_owned());
        };
        if self.triggers.is_empty() {
            return Err(format!("There is no trigger `{}`.", trigger.value));
        }
        let action = match self.action.as_ref().map(|a| &a.value) {
            Some(Act::Known(action)) => action.clone(),
            Some(Act::Unknown(name, _)) => {
                return Err(format!("There is no action `{}`.", name.value));
            }
            Some(Act::Lacks(what)) => return Err(format!("Its action has no {what}.")),
            None => return Err("It has no action.".to_owned()),
        };
        let mut hooks = Vec::new();
        for trigger in &self.triggers {
            let mut name = self.label().to_owned();
            if self.triggers.len() > 1 {
                name = format!("{name} ({})", trigger.as_str());
            }
            let mut hook = Hook {
                id: format!("{path}#{name}"),
                name,
                description: self.description.clone(),
                trigger: *trigger,
                matcher: self.matcher(*trigger)?,
                action: action.clone(),
                enabled: self.enabled,
                timeout: match &self.timeout {
                    None => Some(self.default_timeout),
                    Some(At { value: 0, .. }) => None,
                    Some(At { value, .. }) => Some(Duration::from_millis(*value)),
                },
                max_output: self.max_output,
                cache: Duration::from_secs(self.cache),
                confirm: self.confirm.clone(),
                from_outside: self.from_outside,
                format,
                range: self.range.clone(),
                name_range: self
                    .name
                    .as_ref()
                    .map_or(self.range.start..self.range.start, |n| n.range.clone()),
                digest: String::new(),
                superseded_by: None,
            };
            hook.digest = digest::digest(&hook);
            hooks.push(hook);
        }
        Ok(hooks)
    }

    /// Takes a text; something else there is noted.
    pub fn text(&mut self, object: &Node, key: &str) -> Option<At<String>> {
        let node = object.get(key)?;
        match node.text() {
            Some(text) => Some(At {
                value: text.to_owned(),
                range: node.range.clone(),
            }),
            None => {
                self.expected(node, key, "a text");
                None
            }
        }
    }

    /// Takes true or false; something else there is noted.
    pub fn boolean(&mut self, object: &Node, key: &str) -> Option<bool> {
        let node = object.get(key)?;
        if node.boolean().is_none() {
            self.expected(node, key, "true or false");
        }
        node.boolean()
    }

    /// Takes a number of zero or more; something else there is noted.
    pub fn number(&mut self, object: &Node, key: &str) -> Option<At<f64>> {
        let node = object.get(key)?;
        let value = node.number().filter(|n| *n >= 0.0);
        if value.is_none() {
            self.expected(node, key, "a number of zero or more");
        }
        Some(At {
            value: value?,
            range: node.range.clone(),
        })
    }

    /// Takes a text or a list of texts; something else there is noted.
    pub fn texts(&mut self, object: &Node, key: &str) -> Option<At<Vec<String>>> {
        let node = object.get(key)?;
        if let Some(text) = node.text() {
            return Some(At {
                value: vec![text.to_owned()],
                range: node.range.clone(),
            });
        }
        if !matches!(node.value, crate::node::Value::List(_)) {
            self.expected(node, key, "a list of texts");
            return None;
        }
        for item in node.items().iter().filter(|i| i.text().is_none()) {
            self.expected(item, key, "a text");
        }
        Some(At {
            value: node
                .items()
                .iter()
                .filter_map(|i| i.text().map(str::to_owned))
                .collect(),
            range: node.range.clone(),
        })
    }

    pub fn expected(&mut self, node: &Node, key: &str, what: &str) {
        self.wrong.push(At {
            value: format!(
                "`{key}` must be {what}; here it is {}, which is ignored.",
                node.kind()
            ),
            range: node.range.clone(),
        });
    }

    /// Notes the keys of an object that mean nothing.
    pub fn keys(&mut self, object: &Node, known: &'static [&'static str]) {
        for entry in object.entries() {
            if !known.contains(&entry.key.as_str()) {
                self.unknown.push((
                    At {
                        value: entry.key.clone(),
                        range: entry.key_range.clone(),
                    },
                    known,
                ));
            }
        }
    }
}
