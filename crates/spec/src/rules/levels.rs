//! How much each rule matters in a repository: the table `[rules]` in `.rutter/config.toml`.

use rutter_text::Finding;
use rutter_text::rule::{Level, Levels};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::config_unknown_rule;

/// The file that sets levels, from the root of the workspace.
pub const SETTINGS: &str = ".rutter/config.toml";

/// What is wrong at a place, and the name that was most likely meant.
type Wrong = (std::ops::Range<usize>, String, Option<&'static str>);

/// Reads `.rutter/config.toml`; other tables are left to others. What is wrong with `[rules]` comes as findings in
/// that file, and the rest of it counts. `known` are the codes of every rule there is, those of other crates too.
pub fn read_levels(text: &str, known: &[&'static str]) -> (Levels, Vec<Finding>) {
    let mut levels = Levels::default();
    let mut wrong = Vec::new();
    match DeTable::parse(text) {
        Ok(table) => {
            if let Some((key, value)) = table.get_ref().iter().find(|(k, _)| k.get_ref() == "rules")
            {
                read(&mut levels, known, key.span(), value, &mut wrong);
            }
        }
        Err(error) => wrong.push((
            error.span().unwrap_or(0..text.len().min(1)),
            format!(
                "This is no valid TOML: {}. No level in it counts until that is mended.",
                error.message().trim_end_matches('.')
            ),
            None,
        )),
    }
    let severity = levels.of(&config_unknown_rule::RULE.about()).severity();
    let findings = severity.map_or_else(Vec::new, |severity| {
        wrong
            .into_iter()
            .map(|(range, message, fix)| {
                let finding = Finding::new(
                    config_unknown_rule::RULE.code,
                    severity,
                    range.clone(),
                    message,
                );
                match fix {
                    Some(name) => finding.fix(
                        format!("Change to {name}"),
                        vec![rutter_text::Edit::replace(range, format!("\"{name}\""))],
                    ),
                    None => finding,
                }
            })
            .collect()
    });
    (levels, findings)
}

fn read(
    levels: &mut Levels,
    known: &[&'static str],
    key: std::ops::Range<usize>,
    value: &Spanned<DeValue<'_>>,
    wrong: &mut Vec<Wrong>,
) {
    let DeValue::Table(table) = value.get_ref() else {
        wrong.push((
            key,
            "`rules` must be a table: write `[rules]` and a line for each rule below it.".into(),
            None,
        ));
        return;
    };
    for (code, value) in table {
        let name: &str = code.get_ref();
        let level = match value.get_ref() {
            DeValue::String(word) => Level::parse(word),
            _ => None,
        };
        match level {
            None => wrong.push((
                value.span(),
                "A level is \"off\", \"hint\", \"info\", \"warning\" or \"error\".".into(),
                None,
            )),
            Some(level) if known.contains(&name) => levels.set(name, level),
            Some(_) => {
                let near = nearest(name, known);
                wrong.push((
                    code.span(),
                    match near {
                        Some(near) => {
                            format!("There is no rule `{name}`. Did you mean `{near}`?")
                        }
                        None => format!("There is no rule `{name}`."),
                    },
                    near,
                ));
            }
        }
    }
}

/// The rule whose name shares the most letter pairs with `name`, if it is at all like it.
fn nearest(name: &str, known: &[&'static str]) -> Option<&'static str> {
    let pairs =
        |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let wanted = pairs(name);
    known
        .iter()
        .map(|&code| {
            let have = pairs(code);
            let shared = wanted.iter().filter(|p| have.contains(p)).count();
            (shared * 200 / (wanted.len() + have.len()).max(1), code)
        })
        .max_by_key(|(score, _)| *score)
        .filter(|(score, _)| *score >= 60)
        .map(|(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::super::{about, rules};
    use super::*;

    fn parse(text: &str) -> (Levels, Vec<Finding>) {
        let known: Vec<_> = about().map(|a| a.code).collect();
        read_levels(text, &known)
    }

    #[test]
    fn levels_are_read_and_mistakes_are_shown() {
        let text = "[model]\nuse = \"x\"\n\n[rules]\n\"task/cycle\" = \"off\"\n\"task/cicle\" = \"off\"\n\"task/wave-order\" = \"loud\"\n";
        let (levels, findings) = parse(text);
        let level = |code: &str| {
            rules()
                .iter()
                .find(|r| r.code == code)
                .map(|r| levels.of(&r.about()))
        };
        assert_eq!(level("task/cycle"), Some(Level::Off));
        assert_eq!(level("task/wave-order"), Some(Level::Warning));
        assert_eq!(findings.len(), 2);
        assert_eq!(&text[findings[0].range.clone()], "\"task/cicle\"");
        assert_eq!(
            rutter_text::edit::apply(text, &findings[0].fixes[0].edits)
                .matches("\"task/cycle\"")
                .count(),
            2
        );
        assert_eq!(&text[findings[1].range.clone()], "\"loud\"");
    }

    #[test]
    fn a_broken_file_changes_nothing() {
        for text in [
            "[rules",
            "rules = 3\n",
            "\u{feff}[rules]\r\n\"x\" = \"off\"\r\n",
        ] {
            let (levels, findings) = parse(text);
            assert_eq!(levels, Levels::default());
            assert_eq!(findings.len(), 1, "{text}");
        }
        assert_eq!(parse(""), (Levels::default(), vec![]));
    }

    #[test]
    fn the_rule_about_levels_has_a_level_too() {
        let text = "[rules]\n\"config/unknown-rule\" = \"off\"\n\"nonsense\" = \"off\"\n";
        assert_eq!(parse(text).1, []);
    }
}
