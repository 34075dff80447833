//! Writes `approvals.json`.

use serde::Serialize;
use serde_json::Value;

use super::{Approval, Approvals, VERSION};

/// The text of the file.
pub(super) fn render(approvals: &Approvals) -> String {
    let mut entries: Vec<String> = approvals.approvals.iter().map(approval).collect();
    entries.extend(approvals.foreign.iter().map(|v| format!("    {}", json(v))));
    let mut fields = vec![
        format!("  \"version\": {VERSION}"),
        format!("  \"approvals\": {}", list(&entries, "  ")),
    ];
    fields.extend(
        approvals
            .extra
            .iter()
            .map(|(key, value)| format!("  {}: {}", json(key), json(value))),
    );
    format!("{{\n{}\n}}\n", fields.join(",\n"))
}

fn approval(approval: &Approval) -> String {
    let items: Vec<String> = approval
        .items
        .iter()
        .map(|item| format!("        {}", json(item)))
        .collect();
    let mut fields = vec![
        ("stage".to_owned(), json(&approval.stage)),
        ("document".to_owned(), json(&approval.document)),
        ("sha256".to_owned(), json(&approval.sha256)),
    ];
    if approval.partial {
        fields.push(("partial".to_owned(), "true".to_owned()));
    }
    fields.extend([
        ("items".to_owned(), list(&items, "      ")),
        ("upstream".to_owned(), json(&approval.upstream)),
        ("who".to_owned(), json(&approval.who)),
        ("at".to_owned(), json(&approval.at)),
    ]);
    if let Some(signature) = &approval.signature {
        fields.push(("signature".to_owned(), json(signature)));
    }
    fields.extend(approval.extra.iter().map(|(k, v)| (k.clone(), json(v))));
    let fields: Vec<String> = fields
        .into_iter()
        .map(|(key, value)| format!("      {}: {value}", json(&key)))
        .collect();
    format!("    {{\n{}\n    }}", fields.join(",\n"))
}

/// A list with a line for each entry.
fn list(entries: &[String], indent: &str) -> String {
    if entries.is_empty() {
        return "[]".to_owned();
    }
    format!("[\n{}\n{indent}]", entries.join(",\n"))
}

/// JSON on one line. What is written here are strings, lists and maps with string keys, which can't fail.
fn json(value: &impl Serialize) -> String {
    serde_json::to_value(value)
        .unwrap_or(Value::Null)
        .to_string()
}
