//! A hook does something that does not exist.
//!
//! An action is `command`, `agent` or, in `.rutter/hooks/`, `builtin` with the name of what is built in.
//!
//! ```json
//! {"name": "Lint", "trigger": "PostFileSave", "action": {"type": "shell", "command": "npm run lint"}}
//! ```

use rutter_text::Edit;
use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::near::nearest;
use crate::read::raw::Act;

pub(super) const RULE: Rule = Rule {
    code: "hook/unknown-action",
    default: Level::Error,
    docs: docs!("unknown_action.rs"),
    check: Some(check),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for raw in &context.reading.raws {
        let Some(Act::Unknown(name, known)) = raw.action.as_ref().map(|a| &a.value) else {
            continue;
        };
        let near = same(&name.value, known).or_else(|| nearest(&name.value, known.iter().copied()));
        let mut finding = sink.finding(
            name.range.clone(),
            format!(
                "There is no action `{}`; there are `{}`.",
                name.value,
                known.join("`, `")
            ),
        );
        if let Some(near) = near {
            finding = finding.fix(
                format!("Change to {near}"),
                vec![Edit::replace(name.range.clone(), context.quoted(near))],
            );
        }
        sink.add(finding);
    }
}

/// The name in this format of what another format or tool calls otherwise.
fn same<'a>(name: &str, known: &[&'a str]) -> Option<&'a str> {
    let groups: [&[&str]; 2] = [
        &[
            "command",
            "runCommand",
            "shellCommand",
            "shell",
            "run",
            "exec",
        ],
        &["agent", "askAgent", "prompt", "ask"],
    ];
    let group = groups
        .iter()
        .find(|g| g.iter().any(|n| n.eq_ignore_ascii_case(name)))?;
    known.iter().find(|k| group.contains(k)).copied()
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, v1};
    use super::RULE;

    #[test]
    fn names_of_other_formats_are_understood() {
        assert_eq!(
            found(
                RULE.code,
                "a.json",
                &v1("\"trigger\": \"Stop\", \"action\": {\"type\": \"askAgent\"}")
            ),
            [
                "\"askAgent\"|There is no action `askAgent`; there are `command`, `agent`, `builtin`.|Change to agent → \"trigger\": \"Stop\", \"action\": {\"type\": \"agent\"}"
            ]
        );
        assert_eq!(
            found(
                RULE.code,
                "a.json",
                &v1("\"action\": {\"type\": \"builtin\", \"name\": \"spec-chek\"}")
            )[0]
            .split('|')
            .next_back()
            .unwrap(),
            "Change to spec-check → \"action\": {\"type\": \"builtin\", \"name\": \"spec-check\"}"
        );
    }
}
