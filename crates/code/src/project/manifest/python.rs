//! `pyproject.toml`, `Pipfile`, `requirements*.txt`, `setup.py` and `setup.cfg`.

use super::{Facts, quoted};
use toml::{Table, Value};

pub(super) fn read(text: &str, facts: &mut Facts) -> Option<()> {
    let file = facts.path.rsplit('/').next().unwrap_or_default().to_owned();
    match file.as_str() {
        "pyproject.toml" => pyproject(&text.parse().ok()?, facts),
        "Pipfile" => {
            let table: Table = text.parse().ok()?;
            facts.package_manager = Some("pipenv".to_owned());
            for section in ["packages", "dev-packages"] {
                keys(table.get(section), facts);
            }
        }
        "setup.py" => setup_py(text, facts),
        "setup.cfg" => setup_cfg(text, facts),
        _ => text.lines().for_each(|line| requirement(line, facts)),
    }
    Some(())
}

fn pyproject(table: &Table, facts: &mut Facts) {
    let project = table.get("project");
    let tool = table.get("tool");
    let poetry = tool.and_then(|tool| tool.get("poetry"));
    let name = |of: Option<&Value>| Some(of?.get("name")?.as_str()?.to_owned());
    facts.name = name(project).or_else(|| name(poetry));
    strings(
        project.and_then(|project| project.get("dependencies")),
        facts,
    );
    for groups in [
        project.and_then(|project| project.get("optional-dependencies")),
        table.get("dependency-groups"),
    ] {
        for group in groups
            .and_then(Value::as_table)
            .into_iter()
            .flat_map(Table::values)
        {
            strings(Some(group), facts);
        }
    }
    strings(
        tool.and_then(|tool| tool.get("uv")?.get("dev-dependencies")),
        facts,
    );
    if let Some(poetry) = poetry {
        facts.package_manager = Some("poetry".to_owned());
        keys(poetry.get("dependencies"), facts);
        keys(poetry.get("dev-dependencies"), facts);
        for group in poetry
            .get("group")
            .and_then(Value::as_table)
            .into_iter()
            .flat_map(Table::values)
        {
            keys(group.get("dependencies"), facts);
        }
    }
    for tool in tool
        .and_then(Value::as_table)
        .into_iter()
        .flat_map(Table::keys)
    {
        facts.scripts.push((tool.clone(), String::new()));
    }
}

fn strings(list: Option<&Value>, facts: &mut Facts) {
    for entry in list.and_then(Value::as_array).into_iter().flatten() {
        if let Some(entry) = entry.as_str() {
            requirement(entry, facts);
        }
    }
}

fn keys(table: Option<&Value>, facts: &mut Facts) {
    let names = table
        .and_then(Value::as_table)
        .into_iter()
        .flat_map(Table::keys);
    facts
        .dependencies
        .extend(names.filter(|name| *name != "python").cloned());
}

/// `Flask[async]>=2.0 ; python_version > "3.8"` depends on `Flask`.
fn requirement(line: &str, facts: &mut Facts) {
    let line = line.trim();
    if line.starts_with(['#', '-']) {
        return;
    }
    let name = line
        .split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.')))
        .next();
    facts.dependencies.extend(
        name.filter(|name| !name.is_empty())
            .map(|name| name.replace('_', "-")),
    );
}

/// `name="…"` and every string in a list of requirements.
fn setup_py(text: &str, facts: &mut Facts) {
    if let Some((_, after)) = text
        .split_once("name=")
        .or_else(|| text.split_once("name ="))
    {
        let line = after.lines().next().unwrap_or_default();
        facts.name = quoted(line).first().map(|name| (*name).to_owned());
    }
    for list in ["install_requires", "tests_require", "extras_require"] {
        let Some((_, after)) = text.split_once(list) else {
            continue;
        };
        let end = if list == "extras_require" { '}' } else { ']' };
        let inside = after.split(end).next().unwrap_or_default();
        for entry in inside.lines().flat_map(quoted) {
            requirement(entry, facts);
        }
    }
}

fn setup_cfg(text: &str, facts: &mut Facts) {
    let mut in_list = false;
    for line in text.lines() {
        let indented = line.starts_with([' ', '\t']);
        if in_list && indented {
            requirement(line, facts);
            continue;
        }
        let (key, value) = line
            .split_once('=')
            .map_or((line, ""), |(key, value)| (key.trim(), value.trim()));
        in_list = matches!(key, "install_requires" | "tests_require" | "test" | "dev");
        if key == "name" && facts.name.is_none() {
            facts.name = Some(value.to_owned());
        }
        if let Some(section) = key
            .strip_prefix("[tool:")
            .and_then(|rest| rest.strip_suffix(']'))
        {
            facts.scripts.push((section.to_owned(), String::new()));
        }
    }
}
