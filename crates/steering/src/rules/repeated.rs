//! A rule is said twice.
//!
//! The agent reads both and pays for both, and when one is changed the other contradicts it. Files that are always read
//! together are compared; what other tools read is compared only with itself. Where two files share more than three
//! sentences, it is said once.
//!
//! ```markdown
//! - Use vitest for every unit test.
//! - Use vitest for every unit test.      <- the same again
//! ```

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use rutter_text::Finding;
use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::{Inclusion, Kind, Steering};

pub(super) const RULE: Rule = Rule {
    code: "steering/repeated",
    default: Level::Hint,
    docs: docs!("repeated.rs"),
    check,
};

/// Which files say what, made once for all of them.
#[derive(Default)]
pub struct Said<'a>(HashMap<&'a str, Vec<Place<'a>>>);

/// How many sentences two files share before it is said once for all of them.
const MANY: usize = 3;

/// A sentence, and where it was said first.
type Repeat<'a> = (&'a Range<usize>, &'a Range<usize>);

/// A file that says it, and where.
type Place<'a> = (&'a Steering, &'a Range<usize>);

impl<'a> Said<'a> {
    /// What these files say.
    pub fn new(files: &'a [Steering]) -> Self {
        let mut said: HashMap<&str, Vec<Place<'a>>> = HashMap::new();
        for file in files {
            for (rule, range) in file.rules.iter() {
                let places = said.entry(rule).or_default();
                // The first place in each file is enough.
                if places
                    .last()
                    .is_none_or(|(last, _)| !std::ptr::eq(*last, file))
                {
                    places.push((file, range));
                }
            }
        }
        Self(said)
    }

    /// The first file before this one that says it too and is read with it.
    fn before(&self, file: &Steering, rule: &str) -> Option<Place<'a>> {
        let places = self.0.get(rule)?.iter();
        places
            .filter(|(other, _)| other.path < file.path && together(other, file))
            .min_by_key(|(other, _)| &other.path)
            .copied()
    }
}

fn check(file: &Steering, context: &Context<'_>, sink: &mut Sink<'_>) {
    if matches!(
        file.place.kind,
        Kind::Skill | Kind::Power | Kind::Referenced
    ) {
        return;
    }
    let made;
    let said = match context.said {
        Some(said) => said,
        None => {
            made = Said::new(context.files);
            &made
        }
    };
    let mut own: BTreeMap<&str, &Range<usize>> = BTreeMap::new();
    let mut by_file: BTreeMap<&String, Vec<Repeat<'_>>> = BTreeMap::new();
    for (rule, range) in file.rules.iter() {
        let (path, first) = match own.get(rule.as_str()) {
            Some(first) => (&file.path, *first),
            None => {
                own.insert(rule, range);
                match said.before(file, rule) {
                    Some((other, first)) => (&other.path, first),
                    None => continue,
                }
            }
        };
        by_file.entry(path).or_default().push((range, first));
    }
    for (path, repeats) in by_file {
        let place = if *path == file.path {
            "above".to_owned()
        } else {
            format!("in {path}")
        };
        if let [(range, first), ..] = repeats.as_slice()
            && repeats.len() > MANY
        {
            let message = format!(
                "This and {} more sentences of this file are also {place}.",
                repeats.len() - 1
            );
            relate(sink.report((*range).clone(), message), path, first);
            continue;
        }
        for (range, first) in repeats {
            let message = format!("The same is said {place}.");
            relate(sink.report(range.clone(), message), path, first);
        }
    }
}

fn relate(finding: &mut Finding, path: &str, first: &Range<usize>) {
    *finding = finding
        .clone()
        .related(path, first.clone(), "It is said here first.");
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
        let shared: String = (1..=5)
            .map(|i| format!("- Run the whole test suite number {i} before each commit\n"))
            .collect();
        assert_eq!(
            found(
                &RULE,
                &[
                    (".kiro/steering/c.md", &shared),
                    (".kiro/steering/b.md", &shared)
                ],
                &[]
            ),
            [
                "Run the whole test suite number 1 before each commit|This and 4 more sentences of this file are also in .kiro/steering/b.md."
            ]
        );
        let claude = [("CLAUDE.md", here), ("AGENTS.md", other)];
        assert_eq!(found(&RULE, &claude, &[]), [""; 0]);
    }
}
