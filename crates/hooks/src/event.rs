//! What happened, which hooks that fires, and why a hook does not fire.

use std::fmt;

use serde_json::{Value, json};

use crate::hook::{Format, Hook, HookFile};
use crate::matcher::{Matcher, words};
use crate::schedule::Moment;
use crate::trigger::{Subject, Trigger};

/// A change of a public signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiChange {
    /// The file, relative with `/`.
    pub path: String,
    /// The name of what changed.
    pub name: String,
    /// The old signature; `None` where it was added.
    pub before: Option<String>,
    /// The new signature; `None` where it was removed.
    pub after: Option<String>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What.
    pub trigger: Trigger,
    /// The absolute folder that `paths` are relative to, with `/`.
    pub root: Option<String>,
    /// The files, relative with `/`.
    pub paths: Vec<String>,
    /// The tool's name; `@server/tool` for a tool of an MCP server.
    pub tool: Option<String>,
    /// What the tool was given.
    pub tool_input: Option<Value>,
    /// What the tool answered.
    pub tool_response: Option<Value>,
    /// The build command; `None` where the editor's problems changed.
    pub command: Option<String>,
    /// The prompt.
    pub prompt: Option<String>,
    /// The changes of the public API.
    pub api: Vec<ApiChange>,
    /// Whether the change came from outside the editor.
    pub outside: bool,
    /// The minute, for a schedule.
    pub at: Option<Moment>,
    /// The id of the hook that somebody runs by hand.
    pub hook: Option<String>,
}

impl Event {
    /// An event with nothing but its trigger.
    pub fn new(trigger: Trigger) -> Self {
        Self {
            trigger,
            root: None,
            paths: Vec::new(),
            tool: None,
            tool_input: None,
            tool_response: None,
            command: None,
            prompt: None,
            api: Vec::new(),
            outside: false,
            at: None,
            hook: None,
        }
    }

    /// With these files.
    #[must_use]
    pub fn paths<S: Into<String>>(mut self, paths: impl IntoIterator<Item = S>) -> Self {
        self.paths = paths.into_iter().map(Into::into).collect();
        self
    }

    /// With this tool.
    #[must_use]
    pub fn tool(mut self, name: impl Into<String>) -> Self {
        self.tool = Some(name.into());
        self
    }

    /// What a command is given on its standard input, as the formats say; `paths` are those that matched.
    pub fn input(&self, session: &str, cwd: &str, paths: &[String]) -> Value {
        let mut input = json!({
            "hook_event_name": self.trigger.as_str(),
            "session_id": session,
            "cwd": cwd,
        });
        let mut put = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                input[key] = value;
            }
        };
        put("prompt", self.prompt.as_deref().map(Value::from));
        put("tool_name", self.tool.as_deref().map(Value::from));
        put("tool_input", self.tool_input.clone());
        put("tool_response", self.tool_response.clone());
        put("command", self.command.as_deref().map(Value::from));
        put("file_path", paths.first().map(|p| Value::from(p.as_str())));
        put(
            "file_paths",
            (!paths.is_empty()).then(|| Value::from(paths.to_vec())),
        );
        let api: Vec<Value> = self
            .api
            .iter()
            .filter(|change| paths.is_empty() || paths.contains(&change.path))
            .map(|c| json!({"path": c.path, "name": c.name, "before": c.before, "after": c.after}))
            .collect();
        put("api_changes", (!api.is_empty()).then(|| Value::from(api)));
        input
    }

    /// The environment variables a command is given beside its own.
    pub fn environment(&self, hook: &Hook, paths: &[String]) -> Vec<(&'static str, String)> {
        let mut variables = vec![
            ("RUTTER_HOOK", hook.id.clone()),
            ("RUTTER_EVENT", self.trigger.as_str().to_owned()),
        ];
        if let Some(first) = paths.first() {
            variables.push(("RUTTER_FILE", first.clone()));
            variables.push(("RUTTER_FILES", paths.join("\n")));
        }
        if let Some(prompt) = &self.prompt {
            variables.push(("USER_PROMPT", prompt.clone()));
        }
        variables
    }
}

/// A hook that fires.
#[derive(Clone, Debug, PartialEq)]
pub struct Match<'a> {
    /// The file it stands in.
    pub file: &'a HookFile,
    /// The hook.
    pub hook: &'a Hook,
    /// The event's files that matched.
    pub paths: Vec<String>,
}

/// Why a hook does not fire for an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is switched off.
    Disabled,
    /// A newer form of it counts.
    Superseded(String),
    /// It waits for something else.
    OtherTrigger(Trigger, Trigger),
    /// The change came from outside, and it did not ask for such.
    FromOutside,
    /// No file matches.
    NoPath(String, Vec<String>),
    /// The tool is another.
    OtherTool(String, Option<String>),
    /// The build command is another.
    OtherCommand(String, Option<String>),
    /// The time is another.
    NotDue(String),
    /// Somebody runs another hook by hand.
    OtherHook(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Disabled => f.write_str("It is disabled."),
            Self::Superseded(by) => write!(f, "`{by}` is the same hook in the newer format and counts instead."),
            Self::OtherTrigger(own, event) => {
                write!(f, "It waits for {}, and this is {}.", own.as_str(), event.as_str())
            }
            Self::FromOutside => f.write_str(
                "The change came from outside the editor; a hook sees those only with `\"fromOutside\": true`.",
            ),
            Self::NoPath(matcher, paths) => match &paths[..] {
                [] => write!(f, "It waits for files that match `{matcher}`, and this event has none."),
                [path] => write!(f, "`{path}` does not match `{matcher}`."),
                [path, ..] => write!(f, "None of {} files, such as `{path}`, matches `{matcher}`.", paths.len()),
            },
            Self::OtherTool(matcher, tool) => match tool {
                Some(tool) => write!(f, "The tool `{tool}` does not match `{matcher}`."),
                None => write!(f, "It waits for tools that match `{matcher}`, and this event has none."),
            },
            Self::OtherCommand(own, command) => match command {
                Some(command) => write!(f, "It waits for the command `{own}`, and this is `{command}`."),
                None => write!(f, "It waits for the command `{own}`, and this came from the editor's problems."),
            },
            Self::NotDue(fields) => write!(f, "`{fields}` does not mean this minute."),
            Self::OtherHook(hook) => write!(f, "`{hook}` is run by hand, not this one."),
        }
    }
}

/// Whether a hook fires for an event: the files that matched, or why not.
pub fn fires(hook: &Hook, event: &Event) -> Result<Vec<String>, Reason> {
    if let Some(by) = &hook.superseded_by {
        return Err(Reason::Superseded(by.clone()));
    }
    if !hook.enabled {
        return Err(Reason::Disabled);
    }
    if hook.trigger != event.trigger {
        return Err(Reason::OtherTrigger(hook.trigger, event.trigger));
    }
    if event.outside && !hook.from_outside {
        return Err(Reason::FromOutside);
    }
    if let (Trigger::Manual, Some(id)) = (event.trigger, &event.hook)
        && *id != hook.id
    {
        return Err(Reason::OtherHook(id.clone()));
    }
    let written = || hook.matcher.written().unwrap_or_default();
    let fits = match (&hook.matcher, hook.trigger.subject()) {
        (Matcher::All, _) => return Ok(event.paths.clone()),
        (_, Subject::Path) => {
            let root = event.root.as_deref();
            let paths: Vec<String> = event
                .paths
                .iter()
                .filter(|p| hook.matcher.is_path(root, p))
                .cloned()
                .collect();
            return if paths.is_empty() {
                Err(Reason::NoPath(written(), event.paths.clone()))
            } else {
                Ok(paths)
            };
        }
        (Matcher::Tools(tools), _) => event
            .tool
            .as_deref()
            .is_some_and(|tool| tools.is_match(tool))
            .then_some(())
            .ok_or_else(|| Reason::OtherTool(written(), event.tool.clone())),
        (Matcher::Command(command), _) => event
            .command
            .as_deref()
            .is_some_and(|c| words(c) == *command)
            .then_some(())
            .ok_or_else(|| Reason::OtherCommand(command.clone(), event.command.clone())),
        (Matcher::Schedule(text, schedule), _) => event
            .at
            .is_some_and(|at| schedule.is_due(at))
            .then_some(())
            .ok_or_else(|| Reason::NotDue(text.clone())),
        (Matcher::Path(_) | Matcher::Globs(..), _) => Ok(()),
    };
    fits.map(|()| event.paths.clone())
}

/// Why a hook does not fire for an event; `None` where it does.
pub fn why_not(hook: &Hook, event: &Event) -> Option<Reason> {
    fires(hook, event).err()
}

/// The hooks that fire for an event, in the order of the files.
pub fn matching<'a>(files: &'a [HookFile], event: &Event) -> Vec<Match<'a>> {
    files
        .iter()
        .flat_map(|file| file.hooks.iter().map(move |hook| (file, hook)))
        .filter_map(|(file, hook)| {
            let paths = fires(hook, event).ok()?;
            Some(Match { file, hook, paths })
        })
        .collect()
}

/// Finds hooks that stand in an older and in a newer form, in one folder, and marks the older as superseded: the same
/// name, or the same file name but for its ending.
pub fn resolve_pairs(files: &mut [HookFile]) {
    let newer: Vec<(String, String, String, String)> = files
        .iter()
        .filter(|f| f.format == Format::V1)
        .flat_map(|f| {
            f.hooks.iter().map(|h| {
                let alone = if f.hooks.len() == 1 {
                    stem(&f.path)
                } else {
                    String::new()
                };
                (
                    home(&f.path).to_owned(),
                    plain(&h.name),
                    alone,
                    h.id.clone(),
                )
            })
        })
        .collect();
    for file in files.iter_mut() {
        let alone = file.hooks.len() == 1;
        let old = matches!(file.format, Format::Legacy | Format::Yaml);
        for hook in &mut file.hooks {
            hook.superseded_by = newer
                .iter()
                .filter(|_| old)
                .find(|(folder, name, stem_of, _)| {
                    folder == home(&file.path)
                        && (*name == plain(&hook.name)
                            || (alone && !stem_of.is_empty() && *stem_of == stem(&file.path)))
                })
                .map(|(.., id)| id.clone());
        }
    }
}

/// The folder above `.kiro` or `.rutter`.
fn home(path: &str) -> &str {
    let at = path.rfind(".kiro/").or_else(|| path.rfind(".rutter/"));
    &path[..at.unwrap_or(0)]
}

fn stem(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    [".kiro.hook", ".json", ".yaml", ".yml"]
        .iter()
        .find_map(|ending| file.strip_suffix(ending))
        .unwrap_or(file)
        .to_lowercase()
}

fn plain(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
