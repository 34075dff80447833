//! A criterion uses a term that the glossary does not define.
//!
//! Where a glossary writes its terms as `Auth_Service`, a name of that shape in a criterion is read as one of them: it is a
//! slip of the hand, or its meaning is missing. It is said once a term. Nothing is said where a spec has no such glossary.
//!
//! ```markdown
//! ## Glossary
//!
//! - **Auth_Service**: checks passwords
//!
//! 1. WHEN a password is wrong, THE Audit_Log SHALL record it      <- what is the Audit_Log?
//! ```

use std::collections::HashMap;
use std::ops::Range;

use rutter_text::rule::docs;
use rutter_text::{Edit, edit};

use super::{Check, Context, Level, Reads, Rule, Sink, terms};
use crate::wording::facts::Named;
use crate::wording::terms::is_snake;
use crate::{Requirements, Term};

pub(super) const RULE: Rule = Rule {
    code: "glossary/undefined-term",
    default: Level::Hint,
    docs: docs!("glossary_undefined_term.rs"),
    check: Some(Check::new(Reads::WANTED, check)),
};

/// A term that the glossary lacks.
struct Missing<'a> {
    name: &'a str,
    uses: Vec<Range<usize>>,
}

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some((document, wanted)) = context.spec.wanted() else {
        return;
    };
    if !wanted.terms.iter().any(|t| is_snake(&t.name)) {
        return;
    }
    let text = wanted.source.text();
    let known = terms::Known::new(wanted);
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut missing: Vec<Missing<'_>> = Vec::new();
    for (_, criterion) in wanted.criteria() {
        for Named { range, key } in &criterion.facts().names {
            if known.has(key) {
                continue;
            }
            let name = &criterion.text[range.clone()];
            let at = *places.entry(key).or_insert_with(|| {
                missing.push(Missing {
                    name,
                    uses: Vec::new(),
                });
                missing.len() - 1
            });
            missing[at].uses.push(criterion.place(text, range.clone()));
        }
    }
    for Missing { name, uses } in missing {
        let Some(first) = uses.first() else { continue };
        let message = match uses.len() {
            1 => format!("The glossary does not define \"{name}\"."),
            n => format!("The glossary does not define \"{name}\", which is used {n} times."),
        };
        let mut finding = sink.finding(first.clone(), message);
        if let Some(near) = known.nearest(name) {
            let edits = uses
                .iter()
                .map(|u| Edit::replace(u.clone(), near))
                .collect();
            finding = finding.fix(format!("Change to {near}"), edits);
        }
        if let Some(edit) = added(text, wanted, name) {
            finding = finding.fix(format!("Add {name} to the glossary"), vec![edit]);
        }
        let file = document.file_name();
        let finding = uses
            .iter()
            .skip(1)
            .take(9)
            .fold(finding, |f, u| f.related(file, u.clone(), "Also here"));
        sink.add(file, finding);
    }
}

/// An entry for a term, written like its neighbours, at its place where they are in the order of the alphabet.
fn added(text: &str, requirements: &Requirements, name: &str) -> Option<Edit> {
    let terms = &requirements.terms;
    let order = |t: &Term| t.name.to_lowercase();
    let sorted = terms.len() > 2 && terms.is_sorted_by_key(order);
    let model = if sorted {
        terms.iter().rev().find(|t| order(t) < name.to_lowercase())
    } else {
        terms.last()
    };
    let (model, before) = match model {
        Some(model) => (model, false),
        None => (terms.first()?, true),
    };
    let lead = &text[model.range.start..model.name_range.start];
    let behind = &text[model.name_range.end..model.range.end];
    let rest = behind.trim_start_matches(['*', ':', '：', ' ', '-', '–', '—', '_', '`']);
    let mark = &behind[..behind.len() - rest.len()];
    let entry = format!("{lead}{name}{mark}to be defined");
    let apart = terms.windows(2).any(|pair| {
        text[pair[0].range.end..pair[1].range.start.max(pair[0].range.end)]
            .matches('\n')
            .count()
            > 1
    });
    let gap = if apart { "\n\n" } else { "\n" };
    Some(if before {
        Edit::insert(
            model.range.start,
            edit::with_endings_of(text, &format!("{entry}{gap}")),
        )
    } else {
        Edit::insert(
            model.range.end,
            edit::with_endings_of(text, &format!("{gap}{entry}")),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    fn found(glossary: &str, criteria: &str) -> Vec<String> {
        let text = format!(
            "# R\n\n## Glossary\n\n{glossary}\n\n## Requirements\n\n### Requirement 1: R\n\n#### Acceptance Criteria\n\n{criteria}\n"
        );
        everywhere(RULE.code, &[("requirements.md", &text)])
    }

    #[test]
    fn an_unknown_name_can_be_added_or_changed() {
        assert_eq!(
            found(
                "- **Auth_Service**: checks",
                "1. THE Audit_Log SHALL record it\n2. THE Audit_Log SHALL end"
            ),
            [
                "requirements.md|Audit_Log|The glossary does not define \"Audit_Log\", which is used 2 times.|Add Audit_Log to the glossary → - **Audit_Log**: to be defined"
            ]
        );
        assert_eq!(
            found(
                "- **Auth_Service**: checks\n- **Zone_Map:** x",
                "1. THE Auth_Servise SHALL end"
            ),
            [
                "requirements.md|Auth_Servise|The glossary does not define \"Auth_Servise\".|Change to Auth_Service → 1. THE Auth_Service SHALL end|Add Auth_Servise to the glossary → - **Auth_Servise:** to be defined"
            ]
        );
    }

    #[test]
    fn what_is_known_or_no_term_is_left_alone() {
        for (glossary, criteria) in [
            (
                "- **Auth_Service**: x",
                "1. THE Auth_Services SHALL read `Other_Name` and MAX_SIZE",
            ),
            (
                "- **Auth_Service**: x",
                "1. THE auth_service SHALL read some_column and \"Other_Name\"",
            ),
            ("- **Limiter**: x", "1. THE Audit_Log SHALL end"),
            (
                "- **Auth_Service** (`Auth_Svc`): x",
                "1. THE A SHALL read config/Some_File.json and Some_File.json",
            ),
        ] {
            assert_eq!(found(glossary, criteria), [""; 0], "{criteria}");
        }
    }
}
