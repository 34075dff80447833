//! A rule is said twice.
//!
//! The agent reads both and pays for both, and when one is changed the other contradicts it. Files that are always read
//! together are compared; what other tools read is compared only with itself.
//!
//! ```markdown
//! - Use vitest for every unit test.
//! - Use vitest for every unit test.      <- the same again
//! ```

use std::collections::BTreeMap;
use std::ops::Range;

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::statement::{lines, normal};
use crate::{Inclusion, Kind, Steering};

pub(super) const RULE: Rule = Rule {
    code: "steering/repeated",
    default: Level::Hint,
    docs: docs!("repeated.rs"),
    check,
};

fn check(file: &Steering, context: &Context<'_>, sink: &mut Sink<'_>) {
    if matches!(
        file.place.kind,
        Kind::Skill | Kind::Power | Kind::Referenced
    ) {
        return;
    }
    let mut own: BTreeMap<String, Range<usize>> = BTreeMap::new();
    let mut twice = Vec::new();
    for range in lines(&file.text) {
        let Some(rule) = normal(&file.text[range.clone()]) else {
            continue;
        };
        match own.get(&rule) {
            Some(first) => twice.push((range, file.path.clone(), first.clone())),
            None => {
                own.insert(rule, range);
            }
        }
    }
    let before = context
        .files
        .iter()
        .filter(|o| o.path < file.path && together(o, file));
    for other in before {
        for range in lines(&other.text) {
            if let Some(here) = normal(&other.text[range.clone()]).and_then(|r| own.remove(&r)) {
                twice.push((here, other.path.clone(), range));
            }
        }
    }
    for (range, path, first) in twice {
        let place = if path == file.path {
            "above".to_owned()
        } else {
            format!("in {path}")
        };
        let finding = sink.report(range, format!("The same is said {place}."));
        *finding = finding
            .clone()
            .related(path, first, "It is said here first.");
    }
}

/// Whether an agent reads both whenever it reads either.
fn together(a: &Steering, b: &Steering) -> bool {
    let family = |s: &Steering| match s.place.kind {
        Kind::Agents => Kind::Kiro,
        kind => kind,
    };
    family(a) == family(b)
        && a.inclusion == Inclusion::Always
        && b.inclusion == Inclusion::Always
        && (a.place.base == b.place.base || a.place.global || b.place.global)
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::RULE;

    #[test]
    fn the_same_rule_is_found_in_other_words_marks() {
        let text = "- Use **vitest** for every unit test in here.\n\nuse `vitest` for every unit test in here\n- Short one.\n- Short one.\n";
        assert_eq!(
            found(&RULE, &[(".kiro/steering/b.md", text)], &[]),
            ["use `vitest` for every unit test in here|The same is said above."]
        );
        let here = "- Run the whole test suite before each commit\n";
        let other = "Run the whole test suite before each commit!\n";
        let later = [("AGENTS.md", other), (".kiro/steering/b.md", here)];
        assert_eq!(found(&RULE, &later, &[]).len(), 1);
        let first = [(".kiro/steering/b.md", here), ("AGENTS.md", other)];
        assert_eq!(found(&RULE, &first, &[]), [""; 0]);
        let claude = [("CLAUDE.md", here), ("AGENTS.md", other)];
        assert_eq!(found(&RULE, &claude, &[]), [""; 0]);
    }
}
