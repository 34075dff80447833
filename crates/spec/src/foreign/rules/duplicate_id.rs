//! Two requirements, outcomes, stories or tasks have the same id.
//!
//! Whatever names the id could mean either, and a link leads to the first of them only.
//!
//! ```markdown
//! - **FR-004**: System MUST keep albums in order
//! - **FR-004**: System MUST show the newest photo      <- a second FR-004
//! ```

use std::collections::HashMap;

use rutter_text::rule::{Level, Sink, docs};

use super::{Context, Rule};
use crate::foreign::{Delta, ForeignDocument, ItemKind, Role};

pub(super) const RULE: Rule = Rule {
    code: "foreign/duplicate-id",
    default: Level::Warning,
    docs: docs!("duplicate_id.rs"),
    check,
};

fn check(_: &Context<'_>, document: &ForeignDocument, sink: &mut Sink<'_>) {
    if !matches!(document.role, Role::Spec | Role::Tasks) {
        return;
    }
    let mut seen: HashMap<(&str, bool), Option<Delta>> = HashMap::new();
    for item in &document.items {
        if item.id.is_empty() || item.kind == ItemKind::Scenario {
            continue;
        }
        let delta = match item.kind {
            ItemKind::Requirement(delta) => delta,
            _ => None,
        };
        // A requirement that is renamed and modified stands in both sections, under its new name.
        let is_rename = matches!(delta, Some(Delta::RenamedFrom | Delta::RenamedTo));
        match seen.get(&(item.id.as_str(), is_rename)) {
            None => {
                seen.insert((item.id.as_str(), is_rename), delta);
            }
            Some(former) if *former != delta => {
                let words = [*former, delta].map(|d| d.map_or("", Delta::as_str));
                sink.report(
                    item.selection.clone(),
                    format!("{} is both {} and {}.", item.id, words[0], words[1]),
                );
            }
            Some(_) => {
                let what = if matches!(item.kind, ItemKind::Task(_)) {
                    "task"
                } else {
                    "requirement"
                };
                let what = if item.kind == ItemKind::Story {
                    "story"
                } else {
                    what
                };
                sink.report(
                    item.selection.clone(),
                    format!("There is another {what} {}.", item.id),
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;
    use crate::foreign::Flavour;

    #[test]
    fn the_second_is_named() {
        let spec =
            "- **FR-001**: System MUST a\n- **FR-001**: System MUST b\n- **FR-002**: see FR-001\n";
        let tasks = "- [ ] T001 a\n- [x] T001 b\n- [ ] T002 c after T001\n";
        assert_eq!(
            everywhere(
                RULE.code,
                Flavour::SpecKit,
                &[("spec.md", spec), ("tasks.md", tasks)]
            ),
            [
                "spec.md|FR-001|There is another requirement FR-001.",
                "tasks.md|T001|There is another task T001."
            ]
        );
        let change = "## ADDED Requirements\n\n### Requirement: A\nSHALL.\n\n## REMOVED Requirements\n\n### Requirement: A\n";
        assert_eq!(
            everywhere(
                RULE.code,
                Flavour::OpenSpec,
                &[("specs/auth/spec.md", change)]
            ),
            ["specs/auth/spec.md|A|A is both ADDED and REMOVED."]
        );
    }
}
