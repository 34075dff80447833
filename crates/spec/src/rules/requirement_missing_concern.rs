//! A feature of this kind usually says more.
//!
//! The catalogue of features knows what is often forgotten, such as what happens when a code is used twice. It is said once,
//! where the name and the introduction of the spec both speak of one kind of feature and its criteria show it. A concern that
//! stands under *Further Concerns* was thought of, and is not named. The specs are read in English. In the editor it is said
//! of specs that are open.
//!
//! ```markdown
//! # Two-Factor Sign-In      <- nothing says that a code works once
//! ```

use rutter_text::rule::docs;
use rutter_text::{Edit, edit};

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::{Requirements, labels};

pub(super) const RULE: Rule = Rule {
    code: "requirement/missing-concern",
    default: Level::Hint,
    docs: docs!("requirement_missing_concern.rs"),
    check: Some(Check::new(Reads::WANTED, check)),
};

/// What a kind of feature usually needs and a spec does not speak of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usual {
    /// The kind of feature, as a person calls it.
    pub kind: String,
    /// The situation of each, such as `if a code was accepted before`, and the whole criterion.
    pub concerns: Vec<(String, String)>,
}

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (Some((document, wanted)), Some(usual)) = (context.spec.wanted(), context.usual) else {
        return;
    };
    let text = wanted.source.text();
    let Some(place) = wanted.title.clone() else {
        return;
    };
    for Usual { kind, concerns } in usual() {
        let open: Vec<&(String, String)> = concerns
            .iter()
            .filter(|(_, sentence)| !wanted.concerns.iter().any(|c| c.text == *sentence))
            .collect();
        if open.is_empty() {
            continue;
        }
        let said: Vec<&str> = open.iter().map(|(says, _)| says.as_str()).collect();
        let mut finding = sink.finding(
            place.clone(),
            format!(
                "Nothing here says what happens {}. Specs of this kind ({kind}) usually do.",
                listed(&said)
            ),
        );
        for (says, sentence) in open {
            finding = finding.fix(
                format!("Note as a further concern: {says}"),
                vec![noted(text, wanted, sentence)],
            );
        }
        sink.add(document.file_name(), finding);
    }
}

/// `a`, `a or b`, `a, b or c`.
fn listed(parts: &[&str]) -> String {
    match parts {
        [front @ .., before, last] => {
            let mut out: String = front.iter().flat_map(|p| [p, ", "]).collect();
            out.push_str(&format!("{before} or {last}"));
            out
        }
        [one] => (*one).to_owned(),
        [] => String::new(),
    }
}

/// A line under *Further Concerns*, which is opened at the end where there is none. From there one action takes it in.
fn noted(text: &str, wanted: &Requirements, sentence: &str) -> Edit {
    let label = wanted.requirements.first().filter(|r| !r.label.is_empty());
    let label = label.map_or_else(String::new, |r| format!("_Requirement {}:_ ", r.label));
    let line = format!("- {label}{sentence}");
    if let Some(last) = wanted.concerns.last() {
        return Edit::insert(
            last.range.end,
            edit::with_endings_of(text, &format!("\n{line}")),
        );
    }
    let outline = &wanted.outline;
    let heading = (0..outline.lines.len()).find(|&i| {
        outline
            .heading(i)
            .is_some_and(|(_, r)| labels::is_concerns(&text[r]))
    });
    match heading {
        Some(at) => {
            let end = outline.lines[at].range.end;
            Edit::insert(end, edit::with_endings_of(text, &format!("\n\n{line}")))
        }
        None => {
            let gap = if text.ends_with('\n') { "\n" } else { "\n\n" };
            let block = format!("{gap}## Further Concerns\n\n{line}\n");
            Edit::insert(text.len(), edit::with_endings_of(text, &block))
        }
    }
}

#[cfg(test)]
mod tests {
    use rutter_text::edit;

    use super::super::testing::{requirements, spec};
    use super::super::{Context, Levels, Usual, check};
    use super::RULE;

    fn usual() -> Vec<Usual> {
        vec![Usual {
            kind: "two-factor sign-in".into(),
            concerns: vec![
                (
                    "if a code was accepted before".into(),
                    "IF a code was accepted before, THEN THE A SHALL refuse it".into(),
                ),
                (
                    "if 5 codes are wrong".into(),
                    "IF 5 codes are wrong, THEN THE A SHALL lock the account".into(),
                ),
            ],
        }]
    }

    #[test]
    fn what_is_forgotten_can_be_noted() {
        for text in [
            requirements(&["THE A SHALL b"]),
            requirements(&["THE A SHALL b"]).replace('\n', "\r\n"),
        ] {
            let spec_of = |text: &str| spec(&[("requirements.md", text)]);
            let first = spec_of(&text);
            let found = check(&Context::new(&first).usual(&usual), &Levels::default());
            let finding = found["requirements.md"]
                .iter()
                .find(|f| f.code == RULE.code)
                .unwrap();
            assert_eq!(
                finding.message,
                "Nothing here says what happens if a code was accepted before or if 5 codes are wrong. Specs of this kind (two-factor sign-in) usually do."
            );
            let noted = edit::apply(&text, &finding.fixes[0].edits);
            assert!(
                noted.replace("\r\n", "\n").ends_with("\n\n## Further Concerns\n\n- _Requirement 1:_ IF a code was accepted before, THEN THE A SHALL refuse it\n"),
                "{noted}"
            );
            assert_eq!(
                text.contains("\r\n"),
                !noted.replace("\r\n", "").contains('\n')
            );
            let second = spec_of(&noted);
            let found = check(&Context::new(&second).usual(&usual), &Levels::default());
            let finding = found["requirements.md"]
                .iter()
                .find(|f| f.code == RULE.code)
                .unwrap();
            assert_eq!(finding.fixes.len(), 1);
            let all = spec_of(&edit::apply(&noted, &finding.fixes[0].edits));
            let found = check(&Context::new(&all).usual(&usual), &Levels::default());
            assert!(found.values().flatten().all(|f| f.code != RULE.code));
        }
    }

    #[test]
    fn nothing_is_said_where_nothing_is_usual() {
        let spec = spec(&[("requirements.md", "# R\n\nx\n")]);
        assert!(check(&Context::new(&spec), &Levels::default()).is_empty());
    }
}
