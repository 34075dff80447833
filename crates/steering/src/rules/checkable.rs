//! A tool can see to this rule.
//!
//! What formats, lints or checks types is forgotten as prose and costs tokens in every conversation. A hook runs it each
//! time. The action *Make a hook* writes one; the sentence can then go.
//!
//! ```markdown
//! - Always run `cargo fmt` after a change.      <- a hook: when a Rust file is saved, run it
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::{Kind, Steering, checkable};

pub(super) const RULE: Rule = Rule {
    code: "steering/checkable",
    default: Level::Hint,
    docs: docs!("checkable.rs"),
    check,
};

fn check(file: &Steering, _: &Context<'_>, sink: &mut Sink<'_>) {
    // What a skill or a power does is a way of working, not a rule of the project.
    let own = file.place.power.is_none() && file.place.kind != Kind::Skill;
    if !own || file.place.kind == Kind::Referenced {
        return;
    }
    for found in checkable::find(&file.text) {
        if found.range.start >= file.body {
            let message = format!(
                "A hook can run `{}` each time, so that nobody has to remember it.",
                found.command
            );
            sink.report(found.range, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::RULE;

    #[test]
    fn rules_of_the_project_are_offered_as_hooks() {
        let text = "# Style\n\n- Run cargo fmt after each change.\n";
        let of = |path: &str| found(&RULE, &[(path, text)], &[]);
        assert_eq!(
            of("AGENTS.md"),
            [
                "Run cargo fmt after each change.|A hook can run `cargo fmt` each time, so that nobody has to remember it."
            ]
        );
        assert_eq!(of(".kiro/skills/a/SKILL.md"), [""; 0]);
    }
}
