//! Every format → [`HookFile`].

pub(crate) mod agent;
pub(crate) mod items;
pub(crate) mod json;
pub(crate) mod legacy;
pub(crate) mod raw;
pub(crate) mod v1;
pub(crate) mod yaml;

use std::collections::HashMap;
use std::ops::Range;

use crate::hook::{Broken, Format, HookFile};
use crate::node::{Node, Value};
use crate::rules;
use raw::Raw;

/// Reads what is sound in a broken text.
type Salvage = fn(&str) -> (Vec<Node>, Vec<json::Broken>);

/// A file as written.
pub(crate) struct Reading {
    pub format: Format,
    pub root: Option<Node>,
    pub raws: Vec<Raw>,
    /// What cannot be read at all, with a sentence.
    pub faults: Vec<(Range<usize>, String)>,
}

impl HookFile {
    /// Reads a file of hooks of any format; the path says where it lies, relative with `/`. A broken file or hook is a
    /// finding, and the sound hooks beside it count. A file of an agent without hooks is an empty one.
    pub fn parse(path: &str, text: &str) -> Self {
        let reading = Reading::new(path, text);
        let mut hooks = Vec::new();
        let mut broken: Vec<Broken> = Vec::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        for raw in &reading.raws {
            match raw.build(path, reading.format) {
                Ok(built) => {
                    for mut hook in built {
                        let count = seen.entry(hook.id.clone()).or_default();
                        *count += 1;
                        if *count > 1 {
                            hook.id = format!("{} ({count})", hook.id);
                        }
                        hooks.push(hook);
                    }
                }
                Err(why) => broken.push(Broken {
                    name: raw.label().to_owned(),
                    range: raw.range.clone(),
                    why,
                }),
            }
        }
        broken.extend(reading.faults.iter().map(|(range, why)| Broken {
            name: path.rsplit('/').next().unwrap_or(path).to_owned(),
            range: range.clone(),
            why: why.clone(),
        }));
        let findings = rules::check(path, text, &reading);
        Self {
            path: path.to_owned(),
            format: reading.format,
            hooks,
            broken,
            findings,
            text: text.into(),
        }
    }
}

impl Reading {
    pub fn new(path: &str, text: &str) -> Self {
        let by_path = by_path(path);
        let (parsed, salvage): (_, Salvage) = if by_path == Format::Yaml {
            (yaml::parse(text, 0), yaml::salvage)
        } else {
            (json::parse(text, 0), json::salvage)
        };
        let mut reading = Self {
            format: by_path,
            root: None,
            raws: Vec::new(),
            faults: Vec::new(),
        };
        match parsed {
            Ok(root) => {
                reading.root = root;
                reading.of_root(path, text);
            }
            Err(error) => {
                let (sound, broken) = salvage(text);
                let left = if sound.is_empty() {
                    "Nothing in it counts"
                } else {
                    "What is broken does not count"
                };
                let mut fault = |error: json::Broken| {
                    let what = if by_path == Format::Yaml {
                        "YAML"
                    } else {
                        "JSON"
                    };
                    reading.faults.push((
                        error.range,
                        format!(
                            "This is no valid {what}: {}. {left} until that is mended.",
                            lower(&error.message)
                        ),
                    ));
                };
                if broken.is_empty() {
                    fault(error);
                } else {
                    broken.into_iter().for_each(&mut fault);
                }
                if !sound.is_empty() && by_path != Format::Yaml {
                    reading.format = Format::V1;
                }
                reading.list(&sound);
            }
        }
        reading
    }

    fn of_root(&mut self, path: &str, text: &str) {
        let Some(root) = self.root.clone() else {
            if self.format != Format::Agent {
                self.faults.push((
                    0..first(text),
                    "This file is empty: it has no hook.".to_owned(),
                ));
            }
            return;
        };
        let hooks = root.entry("hooks");
        if self.format == Format::Yaml {
            match hooks.map(|h| &h.value) {
                Some(list) if matches!(list.value, Value::List(_)) => self.list(list.items()),
                Some(Node {
                    value: Value::Null, ..
                }) => {}
                Some(other) => self.faults.push((
                    other.range.clone(),
                    "`hooks` must be a list of hooks, each with `trigger` and `action`.".to_owned(),
                )),
                None => self.faults.push((
                    whole(&root, text),
                    "This file has no hooks: they stand in a list `hooks:`.".to_owned(),
                )),
            }
        } else if let Some(entry) = hooks {
            match entry.value.value {
                Value::List(_) => {
                    self.format = Format::V1;
                    self.list(entry.value.items());
                }
                Value::Map(_) => {
                    self.format = Format::Agent;
                    self.raws = entry.value.entries().iter().flat_map(agent::read).collect();
                }
                _ => self.faults.push((
                    entry.value.range.clone(),
                    format!(
                        "`hooks` must be a list of hooks; here it is {}.",
                        entry.value.kind()
                    ),
                )),
            }
        } else if root.get("when").is_some() || root.get("then").is_some() {
            self.format = Format::Legacy;
            let file = path.rsplit('/').next().unwrap_or(path);
            let stem = file
                .strip_suffix(".kiro.hook")
                .or_else(|| file.strip_suffix(".json"));
            self.raws.push(legacy::read(&root, stem.unwrap_or(file)));
        } else if self.format != Format::Agent {
            self.faults.push((
                whole(&root, text),
                match self.format {
                    Format::Legacy => "This file has no hook: a legacy hook has `when` and `then`.".to_owned(),
                    _ if root.get("trigger").is_some() => {
                        "A hook stands in a list: `{\"version\": \"v1\", \"hooks\": [ … ]}`. This one is not read.".to_owned()
                    }
                    _ => "This file has no hooks: they stand in `{\"version\": \"v1\", \"hooks\": [ … ]}`.".to_owned(),
                },
            ));
        }
    }

    fn list(&mut self, items: &[Node]) {
        for (index, item) in items.iter().enumerate() {
            if !item.is_map() {
                self.faults.push((
                    item.range.clone(),
                    format!("A hook must be an object; here it is {}.", item.kind()),
                ));
            } else if self.format == Format::Yaml {
                self.raws.push(items::read(item, index));
            } else {
                self.raws.push(v1::read(item, index));
            }
        }
    }
}

/// What a file is by its path alone.
pub(crate) fn by_path(path: &str) -> Format {
    let lower = path.to_ascii_lowercase();
    if lower.ends_with(".yaml") || lower.ends_with(".yml") {
        Format::Yaml
    } else if lower.ends_with(".kiro.hook") {
        Format::Legacy
    } else if lower.starts_with("agents/") || lower.contains("/agents/") {
        Format::Agent
    } else {
        Format::V1
    }
}

/// Where to show what is wrong with all of a value: its first character.
fn whole(root: &Node, text: &str) -> Range<usize> {
    let start = root.range.start.min(text.len());
    let end = text[start..]
        .chars()
        .next()
        .map_or(start, |c| start + c.len_utf8());
    start..end
}

fn first(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// With a small first letter, unless a second capital follows.
fn lower(message: &str) -> String {
    let mut chars = message.chars();
    match (chars.next(), chars.next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => first
            .to_lowercase()
            .chain(message.chars().skip(1))
            .collect(),
        _ => message.to_owned(),
    }
}
