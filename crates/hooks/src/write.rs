//! Hooks as v1 text.

use serde_json::{Map, Value, json};

use crate::hook::{Action, Hook, TIMEOUT};
use crate::matcher::Matcher;
use crate::trigger::Trigger;

/// A hook that is not yet in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// What it waits for.
    pub trigger: Trigger,
    /// The v1 matcher.
    pub matcher: Option<String>,
    /// What it does.
    pub action: Action,
    /// In seconds.
    pub timeout: Option<u64>,
}

impl Draft {
    /// The file it belongs in, below the root: `.kiro/hooks/` where Kiro can read it, else `.rutter/hooks/`.
    pub fn path(&self) -> String {
        path("", fits_kiro(self.trigger, &self.action), &slug(&self.name))
    }

    /// A v1 file with this hook alone.
    pub fn file(&self) -> String {
        file(vec![self.object()])
    }

    /// The hook alone, as an element of `hooks`.
    pub fn json(&self) -> String {
        // Serialising plain values cannot fail.
        serde_json::to_string_pretty(&self.object()).unwrap_or_default()
    }

    fn object(&self) -> Value {
        let mut object = Map::new();
        object.insert("name".into(), self.name.as_str().into());
        if let Some(description) = &self.description {
            object.insert("description".into(), description.as_str().into());
        }
        object.insert("trigger".into(), self.trigger.as_str().into());
        if let Some(matcher) = &self.matcher {
            object.insert("matcher".into(), matcher.as_str().into());
        }
        object.insert("action".into(), self.action.json());
        if let Some(timeout) = self.timeout {
            object.insert("timeout".into(), timeout.into());
        }
        Value::Object(object)
    }
}

/// Whether Kiro knows trigger and action.
pub(crate) fn fits_kiro(trigger: Trigger, action: &Action) -> bool {
    trigger.in_kiro() && !matches!(action, Action::Builtin { .. })
}

/// The path of a v1 file; `base` is empty or ends with `/`.
pub(crate) fn path(base: &str, kiro: bool, stem: &str) -> String {
    let folder = if kiro { ".kiro" } else { ".rutter" };
    format!("{base}{folder}/hooks/{stem}.json")
}

/// A name as a file name: small letters, digits and hyphens.
pub(crate) fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= 60 {
            break;
        }
    }
    let slug = out.trim_matches('-');
    if slug.is_empty() {
        "hook".to_owned()
    } else {
        slug.to_owned()
    }
}

/// A v1 file of these objects.
pub(crate) fn file(hooks: Vec<Value>) -> String {
    let text = serde_json::to_string_pretty(&json!({"version": "v1", "hooks": hooks}));
    // Serialising plain values cannot fail.
    format!("{}\n", text.unwrap_or_default())
}

/// A hook as v1; what v1 says by default is left out.
pub(crate) fn object(hook: &Hook) -> Value {
    let mut object = Map::new();
    object.insert("name".into(), hook.name.as_str().into());
    if let Some(description) = &hook.description {
        object.insert("description".into(), description.as_str().into());
    }
    object.insert("trigger".into(), hook.trigger.as_str().into());
    let matcher = match &hook.matcher {
        Matcher::All => None,
        other => other.v1(),
    };
    if let Some(matcher) = matcher {
        object.insert("matcher".into(), matcher.into());
    }
    object.insert("action".into(), hook.action.json());
    if hook.timeout != Some(TIMEOUT) {
        let seconds = hook.timeout.map_or(0.0, |t| t.as_secs_f64());
        let whole = seconds.fract() == 0.0;
        // A cast from a float saturates.
        let value = if whole {
            json!(seconds as u64)
        } else {
            json!(seconds)
        };
        object.insert("timeout".into(), value);
    }
    if !hook.enabled {
        object.insert("enabled".into(), false.into());
    }
    if let Some(confirm) = &hook.confirm {
        object.insert("confirm".into(), confirm.clone());
    }
    if hook.from_outside {
        object.insert("fromOutside".into(), true.into());
    }
    if let Some(bytes) = hook.max_output {
        object.insert("maxOutput".into(), bytes.into());
    }
    if !hook.cache.is_zero() {
        object.insert("cacheSeconds".into(), hook.cache.as_secs().into());
    }
    Value::Object(object)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_file_names() {
        assert_eq!(slug("Type check: on save!"), "type-check-on-save");
        assert_eq!(slug("…"), "hook");
        assert_eq!(slug("Über"), "über");
        assert!(slug(&"ab ".repeat(100)).len() <= 61);
    }
}
