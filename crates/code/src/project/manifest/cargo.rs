//! `Cargo.toml`.

use super::Facts;
use toml::{Table, Value};

pub(super) fn read(text: &str, facts: &mut Facts) -> Option<()> {
    let table: Table = text.parse().ok()?;
    let package = table.get("package").and_then(Value::as_table);
    facts.name = package
        .and_then(|package| package.get("name")?.as_str())
        .map(str::to_owned);
    gather(&table, facts);
    if let Some(workspace) = table.get("workspace").and_then(Value::as_table) {
        gather(workspace, facts);
    }
    for target in table
        .get("target")
        .and_then(Value::as_table)
        .into_iter()
        .flat_map(Table::values)
    {
        if let Some(target) = target.as_table() {
            gather(target, facts);
        }
    }
    Some(())
}

fn gather(table: &Table, facts: &mut Facts) {
    for section in ["dependencies", "dev-dependencies", "build-dependencies"] {
        for (name, value) in table
            .get(section)
            .and_then(Value::as_table)
            .into_iter()
            .flatten()
        {
            // A renamed dependency is known by the package's own name.
            let package = value.get("package").and_then(Value::as_str).unwrap_or(name);
            facts.dependencies.push(package.to_owned());
        }
    }
}
