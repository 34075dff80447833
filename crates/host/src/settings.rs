//! Settings and who may say what.
//!
//! Three sources, strongest first: the editor (`rutter.*`, machine-scoped where it matters), the user's
//! `rutter/config.toml`, the repository's `.rutter/config.toml`. The repository may only narrow: of its file only rule
//! levels count; everything else in it is named as ignored.

use std::collections::BTreeMap;

use serde::Deserialize;

/// The settings in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Rule levels by rule name, such as `requirement/uncovered = "hint"`; the text is checked by the rules.
    pub rules: BTreeMap<String, String>,
    /// The model that drafts: `provider/model`, `editor`, `auto`, `offline`.
    pub model: Option<String>,
    /// Whether hooks fire; unset, they do everywhere but inside Kiro, which fires its own.
    pub fire_hooks: Option<bool>,
    /// `mcp.approvedVariables`: the variables of the environment that a tool server's declaration may use. Only the user's
    /// own file sets them.
    pub approved_variables: Vec<String>,
}

/// What was read, and what has no effect and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The settings.
    pub settings: Settings,
    /// One sentence a thing that was ignored.
    pub ignored: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Raw {
    rules: BTreeMap<String, String>,
    model: Model,
    hooks: Hooks,
    mcp: Mcp,
}

/// A repository's file: a value of a wrong kind is a finding of the rules, and the rest of the file counts.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Repository {
    rules: Option<toml::Value>,
    hooks: Option<toml::Value>,
    #[serde(flatten)]
    rest: BTreeMap<String, toml::Value>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Model {
    #[serde(rename = "use")]
    name: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Hooks {
    fire: Option<bool>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Mcp {
    #[serde(rename = "approvedVariables")]
    approved_variables: Vec<String>,
}

/// Why a settings file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct SettingsError {
    /// One sentence.
    pub message: String,
    /// Where, in bytes of the file.
    pub range: Option<std::ops::Range<usize>>,
}

impl Settings {
    /// Reads the user's `config.toml`.
    pub fn from_user(text: &str) -> Result<Self, SettingsError> {
        let raw: Raw = parse(text)?;
        Ok(Self {
            rules: raw.rules,
            model: raw.model.name,
            fire_hooks: raw.hooks.fire,
            approved_variables: raw.mcp.approved_variables,
        })
    }

    /// Reads a repository's `.rutter/config.toml`: rule levels count, the rest is named as ignored.
    pub fn from_repository(text: &str) -> Result<Read, SettingsError> {
        let file: Repository = parse(text)?;
        let ignored = file.rest.keys().map(|key| match key.as_str() {
            "model" => {
                "`model` has no effect here: which model answers is the user's choice.".to_owned()
            }
            "mcp" => {
                "`mcp` has no effect here: which variables a tool server may use is the user's choice."
                    .to_owned()
            }
            key => format!("`{key}` has no effect here: a repository may set rule levels only."),
        });
        let levels = file.rules.as_ref().and_then(toml::Value::as_table);
        let rules = levels
            .into_iter()
            .flatten()
            .filter_map(|(rule, level)| Some((rule.clone(), level.as_str()?.to_owned())))
            .collect();
        // A repository may forbid; nothing else in that section is its own to say.
        let fire_hooks = file
            .hooks
            .as_ref()
            .and_then(|hooks| hooks.get("fire")?.as_bool())
            .filter(|fire| !fire);
        let mut ignored: Vec<String> = ignored.collect();
        if file.hooks.is_some() && fire_hooks.is_none() {
            ignored.push(
                "`hooks` has no effect here but with `fire = false`: whether hooks fire is the user's choice."
                    .to_owned(),
            );
        }
        Ok(Read {
            ignored,
            settings: Self {
                rules,
                fire_hooks,
                ..Self::default()
            },
        })
    }

    /// Reads what the editor sent: the `rutter` section, keys nested or with dots, null for unset.
    pub fn from_editor(value: &BTreeMap<String, String>) -> Self {
        let rules = value
            .iter()
            .filter_map(|(k, v)| Some((k.strip_prefix("rules.")?.to_owned(), v.clone())))
            .collect();
        Self {
            rules,
            model: value.get("model.use").cloned(),
            fire_hooks: value.get("hooks.fire").and_then(|v| v.parse().ok()),
            approved_variables: Vec::new(),
        }
    }

    /// This over `weaker`.
    #[must_use]
    pub fn over(&self, weaker: &Self) -> Self {
        let mut rules = weaker.rules.clone();
        rules.extend(self.rules.clone());
        Self {
            rules,
            model: self.model.clone().or_else(|| weaker.model.clone()),
            fire_hooks: self.fire_hooks.or(weaker.fire_hooks),
            approved_variables: match self.approved_variables.as_slice() {
                [] => weaker.approved_variables.clone(),
                own => own.to_vec(),
            },
        }
    }
}

fn parse<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, SettingsError> {
    toml::from_str(text).map_err(|e| SettingsError {
        message: e.message().to_owned(),
        range: e.span(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repository_only_narrows() {
        let read = Settings::from_repository(
            "[rules]\n\"requirement/uncovered\" = \"off\"\n[model]\nuse = \"evil/model\"\nbase_url = \"http://evil\"\n[proxy]\nurl = \"x\"\n",
        )
        .unwrap();
        assert_eq!(read.settings.rules["requirement/uncovered"], "off");
        assert_eq!(read.settings.model, None);
        assert_eq!(read.ignored.len(), 2, "{:?}", read.ignored);
    }

    #[test]
    fn a_value_of_a_wrong_kind_takes_nothing_else_along() {
        for text in [
            "model = 5\n[rules]\na = \"off\"\nb = 5\n",
            "[rules]\nb = []\na = \"off\"\n",
        ] {
            let read = Settings::from_repository(text).unwrap();
            assert_eq!(read.settings.rules.len(), 1, "{text}");
            assert_eq!(read.settings.rules["a"], "off");
        }
        assert!(Settings::from_repository("rules = 5\n").is_ok());
        assert!(Settings::from_repository("[rules").is_err());
    }

    #[test]
    fn only_the_user_approves_variables() {
        let text = "[mcp]\napprovedVariables = [\"DEMO_TOKEN\"]\n";
        let read = Settings::from_repository(text).unwrap();
        assert!(read.settings.approved_variables.is_empty());
        assert_eq!(read.ignored.len(), 1, "{:?}", read.ignored);
        let user = Settings::from_user(text).unwrap();
        let editor = Settings::from_editor(&BTreeMap::new());
        assert_eq!(
            read.settings.over(&editor).over(&user).approved_variables,
            ["DEMO_TOKEN"]
        );
    }

    #[test]
    fn the_stronger_wins_key_by_key() {
        let user =
            Settings::from_user("[rules]\na = \"off\"\nb = \"off\"\n[model]\nuse = \"offline\"\n")
                .unwrap();
        let editor =
            Settings::from_editor(&BTreeMap::from([("rules.a".to_owned(), "hint".to_owned())]));
        let both = editor.over(&user);
        assert_eq!(
            (
                both.rules["a"].as_str(),
                both.rules["b"].as_str(),
                both.model.as_deref()
            ),
            ("hint", "off", Some("offline"))
        );
        assert!(Settings::from_user("x = ").unwrap_err().range.is_some());
    }
}
