//! A power lacks what it is found and called by.
//!
//! A power is listed by its `name` and `description`, and used when a message names one of its `keywords`: without these
//! nobody finds it and nothing calls it. Its steering files are read by the names that `POWER.md` gives.
//!
//! ```markdown
//! ---
//! name: demo-db
//! description: Query the demo database      <- keywords: [database, sql] is missing
//! ---
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::power::STEERING;
use crate::{Kind, Steering};

pub(super) const RULE: Rule = Rule {
    code: "steering/power",
    default: Level::Warning,
    docs: docs!("power.rs"),
    check,
};

/// What each key is for.
const NEEDED: [(&str, &str); 3] = [
    ("name", "nothing else names it"),
    ("description", "nobody sees what it is for"),
    ("keywords", "nothing in a chat calls it"),
];

fn check(file: &Steering, context: &Context<'_>, sink: &mut Sink<'_>) {
    let (Kind::Power, Some(folder)) = (file.place.kind, &file.place.power) else {
        return;
    };
    let first = 0..file.text.find(['\r', '\n']).unwrap_or(file.text.len());
    let Some(front) = &file.front else {
        sink.report(
            first,
            "A power begins with front matter: `name`, `description` and `keywords` between two lines `---`.",
        );
        return;
    };
    for (key, why) in NEEDED {
        let empty = front.values(key).iter().all(|v| v.trim().is_empty());
        // A folded text begins in the line below.
        let written = front.entry(key).is_some_and(|e| !e.value_range.is_empty());
        if empty && (key == "keywords" || !written) && front.broken.is_none() {
            let at = front
                .entry(key)
                .map_or(first.clone(), |e| e.key_range.clone());
            sink.report(at, format!("This power has no `{key}`, so {why}."));
        }
    }
    let Some(exists) = context.exists else { return };
    let prefix = format!("{STEERING}/");
    for (at, code) in code_spans(&file.text, file.body) {
        let plain = code.ends_with(".md") && !code.contains(['*', '<', '{', ' ']);
        let there = format!("{folder}/{code}");
        if plain && code.starts_with(&prefix) && !exists(there.trim_start_matches('/')) {
            sink.report(
                at..at + code.len(),
                format!("There is no file {code} beside this POWER.md."),
            );
        }
    }
}

/// What stands between single backticks in one line, with its place.
fn code_spans(text: &str, from: usize) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        let mut inside = at;
        for (i, part) in line.split('`').enumerate() {
            if i % 2 == 1 {
                found.push((inside, part));
            }
            inside += part.len() + 1;
        }
        at += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::RULE;

    #[test]
    fn what_a_power_needs_is_named() {
        let of = |text: &str| found(&RULE, &[("db/POWER.md", text)], &["db/steering/a.md"]);
        let whole = "---\nname: db\ndescription: >\n  Queries\nkeywords: [sql]\n---\n# Db\n\nRead `steering/a.md`, `steering/b.md`, `steering/<name>.md`.\n";
        assert_eq!(
            of(whole),
            ["steering/b.md|There is no file steering/b.md beside this POWER.md."]
        );
        assert_eq!(
            of("---\nname: db\nkeywords: []\n---\n"),
            [
                "---|This power has no `description`, so nobody sees what it is for.",
                "keywords|This power has no `keywords`, so nothing in a chat calls it."
            ]
        );
        assert_eq!(of("# Db\n").len(), 1);
        assert_eq!(found(&RULE, &[("AGENTS.md", "# A\n")], &[]), [""; 0]);
    }
}
