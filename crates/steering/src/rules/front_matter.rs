//! The front matter can't be read as it is meant.
//!
//! It is no YAML, it doesn't begin at the first byte, it is never closed, its `inclusion` is none that there is, or the
//! model is to choose the file and there is no description to choose by. The file then counts as always included.
//!
//! ```markdown
//! ---
//! inclusion: filematch      <- it is written fileMatch
//! ---
//! ```

use rutter_text::rule::{Level, docs};
use rutter_text::{Edit, Fix, front_matter};

use super::{Context, Rule, Sink};
use crate::{Kind, Steering};

pub(super) const RULE: Rule = Rule {
    code: "steering/front-matter",
    default: Level::Warning,
    docs: docs!("front_matter.rs"),
    check,
};

/// What `inclusion` may be.
pub(crate) const INCLUSIONS: [&str; 4] = ["always", "fileMatch", "manual", "auto"];

fn check(file: &Steering, _: &Context<'_>, sink: &mut Sink<'_>) {
    if file.place.kind == Kind::Referenced {
        return;
    }
    let Some(front) = &file.front else {
        misplaced(file, sink);
        return;
    };
    if let Some((range, _)) = &front.broken {
        sink.report(
            range.clone(),
            "This is no valid YAML: put the value in quotes, or mend the line.",
        );
        return;
    }
    if file.place.kind != Kind::Kiro {
        return;
    }
    let Some(entry) = front.entry("inclusion") else {
        return;
    };
    let Some(value) = front.value("inclusion") else {
        return;
    };
    if !INCLUSIONS.contains(&value) {
        let near = nearest(value);
        let hint = match near {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "It is `always`, `fileMatch`, `manual` or `auto`.".to_owned(),
        };
        let finding = sink.report(
            entry.value_range.clone(),
            format!("There is no inclusion `{value}`, so the file is always included. {hint}"),
        );
        if let Some(near) = near {
            finding.fixes.push(Fix {
                title: format!("Change to {near}"),
                edits: vec![Edit::replace(entry.value_range.clone(), near)],
                ..Fix::default()
            });
        }
    } else if value == "auto" && front.value("description").is_none() {
        sink.report(
            entry.value_range.clone(),
            "A model chooses this file by its description, and there is none: add a line `description: …`.",
        );
    }
}

/// Front matter that does not open the file, or that never ends.
fn misplaced(file: &Steering, sink: &mut Sink<'_>) {
    let text = file.text.as_str();
    let start = text.len() - text.trim_start().len();
    let rest = &text[start..];
    let opener = start..start + 3;
    let Some(inside) = rest.strip_prefix("---") else {
        return;
    };
    let says = |yaml: &str| {
        yaml.lines().take(12).any(|l| {
            ["inclusion:", "fileMatchPattern:"]
                .iter()
                .any(|k| l.starts_with(k))
        })
    };
    if start > 0
        && let Some(found) = front_matter::find(rest)
        && says(&rest[found.yaml])
    {
        sink.report(opener, "Front matter counts only from the first byte of the file: remove what stands before it.")
            .fixes
            .push(Fix { title: "Remove what stands before it".into(), edits: vec![Edit::delete(0..start)], ..Fix::default() });
    } else if start == 0 && says(inside) {
        sink.report(
            opener,
            "This front matter is never closed: add a line `---` below it.",
        );
    }
}

/// The inclusion that is most likely meant.
fn nearest(value: &str) -> Option<&'static str> {
    let plain: String = value
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_lowercase();
    INCLUSIONS
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(&plain))
        .or(match plain.as_str() {
            "filematched" | "filepattern" | "glob" | "match" | "conditional" | "filematches" => {
                Some("fileMatch")
            }
            "alwayson" | "allways" | "alway" | "true" | "default" => Some("always"),
            "never" | "onrequest" | "ondemand" | "none" | "false" | "off" | "manually" => {
                Some("manual")
            }
            "automatic" | "agent" | "agentrequested" | "model" => Some("auto"),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::RULE;

    fn of(text: &str) -> Vec<String> {
        found(&RULE, &[(".kiro/steering/a.md", text)], &[])
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        assert_eq!(
            of("---\ninclusion: filematch\nfileMatchPattern: x\n---\n"),
            [
                "filematch|There is no inclusion `filematch`, so the file is always included. Did you mean `fileMatch`?"
            ]
        );
        assert_eq!(of("\n---\ninclusion: manual\n---\n").len(), 1);
        assert_eq!(of("---\ninclusion: manual\n\n# A\n").len(), 1);
        assert_eq!(of("---\r\n: [\r\n---\r\n").len(), 1);
        assert_eq!(of("---\ninclusion: auto\n---\nA\n").len(), 1);
    }

    #[test]
    fn what_is_unusual_and_legal_is_fine() {
        for text in [
            "# A\n\n---\n\nb\n\n---\n",
            "---\n---\nA\n",
            "---\ninclusion: fileMatch\nfileMatchPattern: *.ts\n---\n",
            "---\ninclusion: auto\ndescription: When tests fail: use it\n---\n",
            "---\ntitle: x\n---\n",
            "---\n\n# A rule above\n",
        ] {
            assert_eq!(of(text), [""; 0], "{text}");
        }
    }
}
