//! Two hooks of a file have the same name.
//!
//! Commands, trust and the log name a hook by file and name; the second one is called `name (2)` there.
//!
//! ```json
//! {"version": "v1", "hooks": [{"name": "Lint", …}, {"name": "Lint", …}]}
//! ```

use std::collections::HashMap;

use rutter_text::Edit;
use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::hook::Format;

pub(super) const RULE: Rule = Rule {
    code: "hook/duplicate-name",
    default: Level::Warning,
    docs: docs!("duplicate_name.rs"),
    check: Some(check),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let names: Vec<_> = context
        .reading
        .raws
        .iter()
        .filter_map(|r| r.name.as_ref())
        .collect();
    let mut seen = HashMap::new();
    for name in &names {
        let Some(first) = seen.insert(&name.value, name.range.clone()) else {
            continue;
        };
        seen.insert(&name.value, first.clone());
        let free = (2..)
            .map(|n: usize| format!("{} {n}", name.value))
            .find(|free| names.iter().all(|n| n.value != *free))
            .unwrap_or_default();
        let new = if context.format() == Format::Yaml {
            free.clone()
        } else {
            context.quoted(&free)
        };
        let file = context.path.rsplit('/').next().unwrap_or(context.path);
        sink.add(
            sink.finding(
                name.range.clone(),
                format!("There are two hooks `{}` in this file.", name.value),
            )
            .fix(
                format!("Rename to {free}"),
                vec![Edit::replace(name.range.clone(), new)],
            )
            .related(file, first, "The first is here"),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::RULE;

    #[test]
    fn the_second_gets_a_free_name() {
        let text = "{\"hooks\": [\n{\"name\": \"a\"},\n{\"name\": \"a 2\"},\n{\"name\": \"a\"}\n]}";
        assert_eq!(
            found(RULE.code, "a.json", text),
            ["\"a\"|There are two hooks `a` in this file.|Rename to a 3 → {\"name\": \"a 3\"}"]
        );
    }
}
