//! A hook also stands in the newer format, and that one counts.
//!
//! The older form never fires. Delete it, so that nobody changes the wrong one.
//!
//! ```text
//! .kiro/hooks/lint-on-save.kiro.hook      <- does not count
//! .kiro/hooks/lint-on-save.json
//! ```

use rutter_text::Finding;
use rutter_text::rule::{Level, docs};

use super::Rule;
use crate::hook::HookFile;

pub(super) const RULE: Rule = Rule {
    code: "hook/superseded",
    default: Level::Hint,
    docs: docs!("superseded.rs"),
    check: None,
};

/// What is said in a file after [`crate::resolve_pairs`].
pub fn superseded(file: &HookFile) -> Vec<Finding> {
    let Some(severity) = RULE.default.severity() else {
        return Vec::new();
    };
    file.hooks
        .iter()
        .filter_map(|hook| {
            let by = hook.superseded_by.as_ref()?;
            let range = if hook.name_range.is_empty() {
                hook.range.clone()
            } else {
                hook.name_range.clone()
            };
            Some(Finding::new(
                RULE.code,
                severity,
                range,
                format!("`{by}` is the same hook in the newer format, so this one does not count."),
            ))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::{Event, HookFile, Trigger, matching, resolve_pairs};

    #[test]
    fn the_newer_of_a_pair_counts() {
        let old = "{\"name\": \"Docs\", \"when\": {\"type\": \"fileEdited\"}, \"then\": {\"type\": \"askAgent\", \"prompt\": \"a\"}}";
        let new = "{\"version\": \"v1\", \"hooks\": [{\"name\": \"Keep docs\", \"trigger\": \"PostFileSave\", \"action\": {\"type\": \"agent\", \"prompt\": \"b\"}}]}";
        let mut files = [
            HookFile::parse(".kiro/hooks/docs.kiro.hook", old),
            HookFile::parse(".kiro/hooks/docs.json", new),
            HookFile::parse("other/.kiro/hooks/docs.kiro.hook", old),
        ];
        resolve_pairs(&mut files);
        let event = Event::new(Trigger::PostFileSave).paths(["a"]);
        let ids: Vec<_> = matching(&files, &event)
            .into_iter()
            .map(|m| m.hook.id.clone())
            .collect();
        assert_eq!(
            ids,
            [
                ".kiro/hooks/docs.json#Keep docs",
                "other/.kiro/hooks/docs.kiro.hook#Docs"
            ]
        );
        let said = super::superseded(&files[0]);
        assert_eq!(said.len(), 1);
        assert_eq!(&old[said[0].range.clone()], "\"Docs\"");
        assert_eq!(
            crate::why_not(&files[0].hooks[0], &event)
                .unwrap()
                .to_string(),
            "`.kiro/hooks/docs.json#Keep docs` is the same hook in the newer format and counts instead."
        );
    }
}
