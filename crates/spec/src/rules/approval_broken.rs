//! `approvals.json` cannot be read, so nothing counts as approved.
//!
//! Mostly two branches were merged and nobody resolved the conflict. A yes that cannot be read for sure is no yes:
//! no stage goes on and no task runs until the file is whole again.
//!
//! ```json
//! <<<<<<< HEAD
//!   {"id": "1.2", "sha256": "…"},
//! =======
//! ```

use super::{APPROVALS, Check, Context, Level, Reads, Rule, Sink};
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "approval/broken",
    default: Level::Error,
    docs: docs!("approval_broken.rs"),
    check: Some(Check::new(Reads::BESIDE, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    if let Some(problem) = context.approvals.and_then(|a| a.problem()) {
        let finding = sink.finding(problem.range.clone(), problem.message.clone());
        sink.add(APPROVALS, finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{APPROVALS, Context, Levels, check};
    use super::RULE;
    use crate::Spec;
    use crate::approvals::Approvals;

    #[test]
    fn a_conflict_is_shown_where_it_begins() {
        let text =
            "{\"version\": 1,\n<<<<<<< HEAD\n\"approvals\": []\n=======\n>>>>>>> theirs\n}\n";
        let approvals = Approvals::read(text);
        let spec = Spec::default();
        let found = check(
            &Context::new(&spec).approvals(&approvals),
            &Levels::default(),
        );
        let finding = &found[APPROVALS][0];
        assert_eq!(finding.code, RULE.code);
        assert!(text[finding.range.clone()].starts_with("<<<<<<<"));
        let whole = Approvals::read("{\"version\": 1, \"approvals\": []}");
        let found = check(&Context::new(&spec).approvals(&whole), &Levels::default());
        assert!(found.is_empty());
    }
}
