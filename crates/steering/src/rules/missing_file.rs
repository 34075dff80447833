//! A reference leads to a file that is not there.
//!
//! The agent is then given nothing in its place. The path is tried from the folder that holds `.kiro`, from the root and
//! from the file itself.
//!
//! ```markdown
//! Follow #[[file:docs/api-stile.md]].      <- the file is called api-style.md
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::Steering;

pub(super) const RULE: Rule = Rule {
    code: "steering/missing-file",
    default: Level::Warning,
    docs: docs!("missing_file.rs"),
    check,
};

fn check(file: &Steering, context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(exists) = context.exists else { return };
    for reference in file.references.iter().filter(|r| r.is_real()) {
        let candidates = file.candidates(reference);
        // A path that leaves the root can't be judged from here.
        if !candidates.is_empty() && !candidates.iter().any(|path| exists(path)) {
            sink.report(
                reference.path_range.clone(),
                format!(
                    "There is no file {}: correct the path or remove the reference.",
                    reference.path
                ),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::RULE;

    #[test]
    fn only_real_references_to_nothing_are_named() {
        let text = "#[[file:docs/a.md]] #[[file:b.md]] `#[[file:c]]` #[[file:...]] #[[file:path/to/x]] #[[file:../../../up.md]]";
        assert_eq!(
            found(&RULE, &[(".kiro/steering/x.md", text)], &["docs/a.md"]),
            ["b.md|There is no file b.md: correct the path or remove the reference."]
        );
    }
}
