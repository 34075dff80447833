//! `composer.json`.

use super::Facts;
use serde_json::Value;

pub(super) fn read(text: &str, facts: &mut Facts) -> Option<()> {
    let json: Value = serde_json::from_str(text).ok()?;
    facts.name = json.get("name").and_then(Value::as_str).map(str::to_owned);
    for section in ["require", "require-dev"] {
        let entries = json.get(section).and_then(Value::as_object);
        facts.dependencies.extend(
            entries
                .into_iter()
                .flat_map(|entries| entries.keys().cloned()),
        );
    }
    for (name, command) in json
        .get("scripts")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let command = command.as_str().or_else(|| command.get(0)?.as_str());
        if let Some(command) = command {
            facts.scripts.push((name.clone(), command.to_owned()));
        }
    }
    json.is_object().then_some(())
}
