//! Findings as SARIF 2.1.0 (OASIS), the format that code hosts and dashboards read.

use std::collections::HashMap;
use std::path::Path;

use rutter_text::Severity;
use rutter_text::rule::About;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// One finding, as a log holds it.
#[derive(Clone, Debug)]
pub struct Result<'a> {
    /// The path from the base, with `/`.
    pub path: &'a str,
    /// First and last position; lines and utf-16 characters from 0.
    pub range: [(u64, u64); 2],
    /// How much it matters.
    pub severity: &'a str,
    /// The rule.
    pub code: &'a str,
    /// What was found.
    pub message: &'a str,
    /// The text of the first line.
    pub line: &'a str,
}

/// The log of one run in `base`.
pub fn log(base: &Path, about: &[About], results: &[Result<'_>]) -> Value {
    let mut rules: Vec<Value> = about.iter().map(rule).collect();
    let mut places: HashMap<&str, usize> = about
        .iter()
        .enumerate()
        .map(|(at, rule)| (rule.code, at))
        .collect();
    for found in results {
        places.entry(found.code).or_insert_with(|| {
            rules.push(json!({"id": found.code}));
            rules.len() - 1
        });
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    let results: Vec<Value> = results
        .iter()
        .map(|found| result(found, places[found.code], &mut seen))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "Rutter",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "originalUriBaseIds": {"%SRCROOT%": {"uri": folder_uri(base)}},
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    })
}

fn rule(about: &About) -> Value {
    let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut parts = about.docs.split("\n\n");
    let what = on_one_line(parts.next().unwrap_or_default());
    // The example comes after; a description is plain text.
    let why: Vec<String> = parts
        .take_while(|part| !part.starts_with("```"))
        .map(on_one_line)
        .collect();
    let full = if why.is_empty() {
        what.clone()
    } else {
        why.join(" ")
    };
    let enabled = about.default.severity();
    json!({
        "id": about.code,
        "shortDescription": {"text": what},
        "fullDescription": {"text": full},
        "help": {"text": about.docs.trim_end(), "markdown": about.docs.trim_end()},
        "defaultConfiguration": {
            "enabled": enabled.is_some(),
            "level": level(enabled.map_or("hint", Severity::as_str)),
        },
    })
}

fn result(found: &Result<'_>, rule: usize, seen: &mut HashMap<String, usize>) -> Value {
    let [(start_line, start), (end_line, end)] = found.range;
    // Nothing that moves with the lines above is in it, so that a finding is known again.
    let mut print = format!("{}\n{}\n{}", found.code, found.path, found.line.trim());
    let again = seen.entry(print.clone()).or_default();
    print.push_str(&format!("\n{again}"));
    *again += 1;
    let hash = Sha256::digest(print.as_bytes());
    let hash: String = hash.iter().take(16).map(|b| format!("{b:02x}")).collect();
    json!({
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": level(found.severity),
        "message": {"text": found.message},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": escaped(found.path), "uriBaseId": "%SRCROOT%"},
            "region": {
                "startLine": start_line + 1,
                "startColumn": start + 1,
                "endLine": end_line + 1,
                "endColumn": end + 1,
            },
        }}],
        "partialFingerprints": {"rutterLine/v1": hash},
    })
}

/// SARIF knows no hints.
fn level(severity: &str) -> &'static str {
    match severity {
        "error" => "error",
        "warning" => "warning",
        _ => "note",
    }
}

/// A folder as a URI with a slash at its end, as SARIF asks of a base.
fn folder_uri(folder: &Path) -> String {
    let path = folder.to_string_lossy().replace('\\', "/");
    let path = path.trim_matches('/');
    let slash = if path.is_empty() { "" } else { "/" };
    // A drive's colon stays.
    format!("file:///{}{slash}", escaped(path).replacen("%3A", ":", 1))
}

/// A path as a part of a URI.
fn escaped(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_sarif::sarif::Sarif;

    use super::*;

    fn found(line: &'static str, at: u64) -> Result<'static> {
        Result {
            path: ".kiro/specs/ä b/tasks.md",
            range: [(at, 2), (at, 5)],
            severity: "hint",
            code: "task/cycle",
            message: "They wait.",
            line,
        }
    }

    fn sample(results: &[Result<'_>]) -> Value {
        log(
            Path::new("/home/ö/repo"),
            &rutter_commands::rules::all(),
            results,
        )
    }

    #[test]
    fn the_log_is_of_the_standards_shape() {
        let log = sample(&[found("- a", 3), found("- a", 4)]);
        // The types are generated from the schema of SARIF 2.1.0 and refuse what it doesn't know.
        let read: Sarif = serde_json::from_value(log.clone()).unwrap();
        assert_eq!(read.runs[0].results.as_ref().map(Vec::len), Some(2));
        let run = &log["runs"][0];
        let result = &run["results"][0];
        let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
        assert_eq!(rule["id"], "task/cycle");
        assert_eq!(rule["defaultConfiguration"]["level"], "error");
        for rule in run["tool"]["driver"]["rules"].as_array().unwrap() {
            for text in ["shortDescription", "fullDescription", "help"] {
                let text = rule[text]["text"].as_str().unwrap();
                assert!(text.ends_with(['.', '`']), "{text}");
            }
            let full = rule["fullDescription"]["text"].as_str().unwrap();
            assert!(!full.contains("```"), "{full}");
        }
        assert_eq!(result["level"], "note");
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(
            place["artifactLocation"]["uri"],
            ".kiro/specs/%C3%A4%20b/tasks.md"
        );
        assert_eq!(place["region"]["startLine"], 4);
        assert_eq!(
            run["originalUriBaseIds"]["%SRCROOT%"]["uri"],
            "file:///home/%C3%B6/repo/"
        );
        assert_eq!(folder_uri(Path::new("C:\\w")), "file:///C:/w/");
    }

    #[test]
    fn a_finding_is_known_again_where_it_moved() {
        let print = |log: &Value, at: usize| {
            log["runs"][0]["results"][at]["partialFingerprints"]["rutterLine/v1"].clone()
        };
        let before = sample(&[found("- a", 3), found("- a", 4)]);
        let after = sample(&[found("- a", 13), found("  - b", 14)]);
        assert_eq!(print(&before, 0), print(&after, 0));
        assert_ne!(print(&before, 0), print(&before, 1));
        assert_ne!(print(&before, 1), print(&after, 1));
    }

    #[test]
    fn a_code_without_rule_gets_one() {
        let mut other = found("x", 0);
        other.code = "document/unreadable";
        let log = sample(&[other]);
        let index = log["runs"][0]["results"][0]["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(
            log["runs"][0]["tool"]["driver"]["rules"][index]["id"],
            "document/unreadable"
        );
    }
}
