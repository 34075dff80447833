//! A pattern matches no file of the project.
//!
//! The file is then never included by it: a folder was renamed, or the pattern is meant for another place. Patterns are
//! matched from the folder that holds `.kiro`.
//!
//! ```yaml
//! inclusion: fileMatch
//! fileMatchPattern: "source/**/*.ts"      <- the folder is called src
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::steering::pattern_key;
use crate::{Inclusion, Steering};

pub(super) const RULE: Rule = Rule {
    code: "steering/empty-pattern",
    default: Level::Info,
    docs: docs!("empty_pattern.rs"),
    check,
};

fn check(file: &Steering, context: &Context<'_>, sink: &mut Sink<'_>) {
    let (Some(project), Inclusion::FileMatch(patterns)) = (context.project, &file.inclusion) else {
        return;
    };
    let entry = file
        .front
        .as_ref()
        .and_then(|f| f.entry(pattern_key(file.place.kind)));
    let Some(entry) = entry else { return };
    // The user's own patterns are for every project.
    if file.place.global || project.is_empty() {
        return;
    }
    for pattern in patterns {
        let hit = project
            .iter()
            .filter_map(|p| file.below(p))
            .any(|p| pattern.matches(p));
        if hit {
            continue;
        }
        let written = &file.text[entry.value_range.clone()];
        let range = match written.find(&pattern.text) {
            Some(at) => {
                let start = entry.value_range.start + at;
                start..start + pattern.text.len()
            }
            None => entry.value_range.clone(),
        };
        let message = if pattern.is_valid() {
            format!("`{}` matches no file of the project.", pattern.text)
        } else {
            format!("`{}` is no pattern: check its brackets.", pattern.text)
        };
        sink.report(range, message);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::RULE;

    #[test]
    fn each_pattern_is_tried_from_its_own_folder() {
        let text =
            "---\ninclusion: fileMatch\nfileMatchPattern: [\"src/**\", \"lib/**\"]\n---\nA\n";
        assert_eq!(
            found(
                &RULE,
                &[("web/.kiro/steering/a.md", text)],
                &["web/src/a.ts", "lib/b.ts"]
            ),
            ["lib/**|`lib/**` matches no file of the project."]
        );
        assert_eq!(
            found(&RULE, &[("~/.kiro/steering/a.md", text)], &["x"]),
            [""; 0]
        );
    }
}
