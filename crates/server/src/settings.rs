//! Settings as the editor sends them.

use std::collections::BTreeMap;

use lsp_types::request::WorkspaceConfiguration;
use lsp_types::{ConfigurationItem, ConfigurationParams};
use rutter_host::Settings;
use serde_json::Value;

use crate::session::Session;

/// Reads the section `rutter`, nested or with dotted keys; null, an empty text and objects without leaves say nothing.
pub fn from_json(section: &Value) -> Settings {
    let mut flat = BTreeMap::new();
    flatten("", section, &mut flat);
    Settings::from_editor(&flat)
}

fn flatten(prefix: &str, value: &Value, flat: &mut BTreeMap<String, String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let key = if prefix.is_empty() {
                    key.clone()
                } else {
                    format!("{prefix}.{key}")
                };
                flatten(&key, value, flat);
            }
        }
        Value::String(text) if !text.is_empty() => {
            flat.insert(prefix.to_owned(), text.clone());
        }
        Value::Bool(_) | Value::Number(_) => {
            flat.insert(prefix.to_owned(), value.to_string());
        }
        Value::Null | Value::String(_) | Value::Array(_) => {}
    }
}

/// Takes in what the editor says now. A section with nothing in it says nothing: what came with `initialize` stays.
pub fn take_in(session: &Session, section: &Value) {
    if section.as_object().is_some_and(|object| !object.is_empty()) {
        session.change(|world| world.set_settings(None, Some(from_json(section))));
        session.refresh_views();
    }
}

/// Asks the client for the section `rutter` and takes in the answer when it comes.
pub fn ask(session: &Session) {
    let item = ConfigurationItem {
        scope_uri: None,
        section: Some("rutter".to_owned()),
    };
    let answer = session
        .handles()
        .calls
        .ask::<WorkspaceConfiguration>(ConfigurationParams { items: vec![item] });
    let session = session.clone();
    session.handles().runtime.clone().spawn(async move {
        match answer.await {
            Ok(values) => {
                if let Some(section) = values.first() {
                    take_in(&session, section);
                }
            }
            Err(error) => tracing::info!(%error, "the client has no configuration"),
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nested_and_dotted_keys_are_one() {
        let nested = from_json(
            &serde_json::json!({"model": {"use": "offline"}, "rules": {"task/cycle": "off"}}),
        );
        let dotted =
            from_json(&serde_json::json!({"model.use": "offline", "rules.task/cycle": "off"}));
        assert_eq!(nested, dotted);
        for unset in [serde_json::json!(null), serde_json::json!("")] {
            let section = serde_json::json!({"model": {"use": unset}});
            assert_eq!(from_json(&section).model, None);
        }
    }
}
