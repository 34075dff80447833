//! A criterion hides a second one.
//!
//! Two *SHALL* in one sentence are two requirements: one may be met and tested while the other is not, and nobody can cite
//! just one. Split it; what cited it then cites both. One *SHALL* with several effects (`SHALL lock the account and log
//! it`) is left alone.
//!
//! ```markdown
//! 1. WHEN a login fails, THE Limiter SHALL count it, and THE Log SHALL record it      <- two criteria
//! ```

use std::ops::Range;

use rutter_text::rule::docs;
use rutter_text::{Edit, Fix};

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::edits::references;
use crate::edits::split::{self, Halves};
use crate::wording::seam::opens_condition;
use crate::{Criterion, Document};

pub(super) const RULE: Rule = Rule {
    code: "requirement/compound",
    default: Level::Hint,
    docs: docs!("requirement_compound.rs"),
    check: Some(Check::new(Reads::WANTED, check)),
};

/// Words for the system named in front.
const AGAIN: [&str; 6] = ["it", "they", "the system", "es", "er", "sie"];

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some((document, wanted)) = context.spec.wanted() else {
        return;
    };
    let text = wanted.source.text();
    for criterion in wanted.wanted().flat_map(|r| &r.criteria) {
        if let Some(seam) = &criterion.facts().seam {
            let place = criterion.place(text, seam.second.clone());
            let verb = &criterion.text[seam.verb.clone()];
            let times = match seam.times {
                2 => "twice".to_owned(),
                n => format!("{n} times"),
            };
            let message = format!(
                "This is a second requirement in one criterion: \"{verb}\" stands {times}. Split it."
            );
            sink.add(document.file_name(), sink.finding(place, message));
        }
    }
}

/// The split of the criterion that a finding of this rule is in, with the references of the other documents.
pub(super) fn repair(context: &Context<'_>, range: &Range<usize>) -> Option<Fix> {
    let (_, wanted) = context.spec.wanted()?;
    let text = wanted.source.text();
    let (_, criterion) = wanted
        .criteria()
        .find(|(_, c)| c.body.start <= range.start && range.end <= c.body.end)?;
    // Of two criteria with one id, edits would reach the first.
    if wanted.criterion(&criterion.id)?.range != criterion.range {
        return None;
    }
    let halves = halves(text, criterion)?;
    let change = split::split(text, wanted, &criterion.id, &halves).ok()?;
    let mut fix = Fix {
        title: "Split into two criteria".into(),
        edits: change.edits,
        beside: Vec::new(),
    };
    for document in [Document::Design, Document::Tasks] {
        let Some(source) = context.spec.source(document) else {
            continue;
        };
        let edits = references::rewrite(source.text(), &change.renumbering);
        if !edits.is_empty() {
            fix.beside.push((document.file_name().to_owned(), edits));
        }
    }
    Some(fix)
}

/// The two sentences, where they can be told: the second takes the trigger along, and the subject if it has none.
fn halves(text: &str, criterion: &Criterion) -> Option<Halves> {
    let sentence = criterion.text.as_str();
    let seam = criterion.facts().seam.as_ref()?;
    // Wrapped lines and notes below would be torn.
    if sentence.len() != criterion.body.len() {
        return None;
    }
    let subject = sentence[seam.second.start..seam.again.start].trim();
    let (condition, system) = head(&sentence[..seam.verb.start])?;
    let rest = &sentence[seam.again.start..];
    let joint = &sentence[seam.joint.clone()];
    let own_sentence = joint.starts_with('.') || opens_condition(subject);
    let second = if subject.is_empty() || AGAIN.iter().any(|a| subject.eq_ignore_ascii_case(a)) {
        format!("{condition}{system}{rest}")
    } else if own_sentence || condition.is_empty() {
        capitalised(&format!("{subject} {rest}"))
    } else {
        format!("{condition}{subject} {rest}")
    };
    let tail = if sentence.ends_with('.') { "." } else { "" };
    let from = criterion.place(text, seam.joint.clone()).start;
    Some(Halves {
        first: Edit::replace(from..criterion.body.end, tail),
        second,
    })
}

/// The trigger with what divides it from the subject, and the subject with the space behind.
fn head(before_verb: &str) -> Option<(&str, &str)> {
    if !opens_condition(before_verb) {
        return Some(("", before_verb));
    }
    let at = [", then ", ", THEN ", " THEN ", " then ", ", "]
        .iter()
        .filter_map(|mark| before_verb.rfind(mark).map(|at| at + mark.len()))
        .max()?;
    Some(before_verb.split_at(at))
}

fn capitalised(sentence: &str) -> String {
    let mut chars = sentence.chars();
    chars
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use rutter_text::edit;

    use super::super::testing::{criteria, requirements, spec};
    use super::super::{Context, Levels, check, repairs};
    use super::RULE;

    /// What the split makes of the one criterion, its requirements and its tasks.
    fn split(criterion: &str) -> (Vec<String>, String) {
        let text = requirements(&[criterion, "THE A SHALL z"]);
        let tasks = "- [ ] 1. T\n  - _Requirements: 1.1_\n- [ ] 2. U\n  - _Requirements: 1.2_\n";
        let spec = spec(&[("requirements.md", &text), ("tasks.md", tasks)]);
        let context = Context::new(&spec);
        let found = check(&context, &Levels::default());
        let finding = found["requirements.md"]
            .iter()
            .find(|f| f.code == RULE.code)
            .unwrap();
        let fixes = repairs(&context, finding);
        let Some(fix) = fixes.first() else {
            return (Vec::new(), tasks.to_owned());
        };
        let new = edit::apply(&text, &fix.edits);
        let lines = new
            .lines()
            .filter(|l| l.starts_with(char::is_numeric))
            .map(str::to_owned);
        (lines.collect(), edit::apply(tasks, &fix.beside[0].1))
    }

    #[test]
    fn two_requirements_are_found_and_split() {
        let (lines, tasks) =
            split("WHEN a login fails, THE Limiter SHALL count it, and THE Log SHALL record it.");
        assert_eq!(
            lines,
            [
                "1. WHEN a login fails, THE Limiter SHALL count it.",
                "2. WHEN a login fails, THE Log SHALL record it.",
                "3. THE A SHALL z"
            ]
        );
        assert_eq!(
            tasks,
            "- [ ] 1. T\n  - _Requirements: 1.1, 1.2_\n- [ ] 2. U\n  - _Requirements: 1.3_\n"
        );
        for (criterion, second) in [
            (
                "IF it is full, THEN THE A SHALL stop and SHALL warn",
                "2. IF it is full, THEN THE A SHALL warn",
            ),
            (
                "THE A SHALL stop; the log SHALL say why",
                "2. The log SHALL say why",
            ),
            (
                "THE A SHALL stop, but it SHALL not warn",
                "2. THE A SHALL not warn",
            ),
            (
                "WHEN x, THE A SHALL stop. The B SHALL go on",
                "2. The B SHALL go on",
            ),
            (
                "WHEN x, THE A SHALL stop. IF y is left, THE A SHALL warn",
                "2. IF y is left, THE A SHALL warn",
            ),
            (
                "THE text SHALL work alone; leaving out notes and adding hints SHALL give the short form",
                "2. Leaving out notes and adding hints SHALL give the short form",
            ),
        ] {
            assert_eq!(split(criterion).0[1], second, "{criterion}");
        }
    }

    #[test]
    fn of_three_requirements_the_first_is_split_off() {
        let three = "THE A SHALL b, and THE B SHALL c, and THE C SHALL d";
        assert!(criteria(RULE.code, &[three])[0].contains("stands 3 times"));
        let lines = split(three).0;
        assert_eq!(lines[0], "1. THE A SHALL b");
        assert!(criteria(RULE.code, &[&lines[1][3..]])[0].contains("stands twice"));
    }

    #[test]
    fn the_place_is_the_second_requirement() {
        assert_eq!(
            criteria(RULE.code, &["THE A SHALL b and SHALL c"]),
            [
                "requirements.md|SHALL c|This is a second requirement in one criterion: \"SHALL\" stands twice. Split it."
            ]
        );
        // Wrapped lines are left for the author to split.
        assert_eq!(split("THE A SHALL b\n   and SHALL c").0, [""; 0]);
    }

    #[test]
    fn one_requirement_is_left_alone() {
        for criterion in [
            "THE A SHALL lock the account and log it",
            "THE A SHALL say that the name SHALL be given",
            "THE A SHALL print \"you SHALL not pass\" and stop",
            "THE A SHALL check (the rule is: B SHALL c, and SHALL d) it",
            "THE A SHALL reject names which must be short and shall be long",
            "THE A SHALL show one list — there SHALL NOT be a second mode",
            "THE A SHALL keep all texts — no step, no gate, or rule SHALL change",
            "THE A SHALL only remove links and SHALL NOT delete files",
        ] {
            assert_eq!(criteria(RULE.code, &[criterion]), [""; 0], "{criterion}");
        }
    }
}
