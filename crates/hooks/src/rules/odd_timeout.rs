//! A timeout is most likely in the wrong unit.
//!
//! In hook files it is in seconds, in a CLI agent `timeout_ms` is in milliseconds. Zero means no limit.
//!
//! ```json
//! {"name": "Lint", "trigger": "PostFileSave", "timeout": 30000}      <- more than eight hours
//! ```

use rutter_text::Edit;
use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::hook::Format;

pub(super) const RULE: Rule = Rule {
    code: "hook/odd-timeout",
    default: Level::Warning,
    docs: docs!("odd_timeout.rs"),
    check: Some(check),
};

/// The longest time that somebody may mean, in milliseconds: two hours.
const LONG: u64 = 7_200_000;

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for timeout in context
        .reading
        .raws
        .iter()
        .filter_map(|r| r.timeout.as_ref())
    {
        let millis = timeout.value;
        let (message, meant) = if context.format() == Format::Agent {
            match millis {
                1..100 => (
                    format!("`timeout_ms` is in milliseconds: this gives the command {millis} ms."),
                    millis * 1000,
                ),
                _ => continue,
            }
        } else if millis > LONG {
            let hours = millis / 3_600_000;
            (
                format!("A timeout is in seconds: this is more than {hours} hours."),
                millis / 1_000_000,
            )
        } else {
            continue;
        };
        let mut finding = sink.finding(timeout.range.clone(), message);
        if meant > 0 {
            finding = finding.fix(
                format!("Change to {meant}"),
                vec![Edit::replace(timeout.range.clone(), meant.to_string())],
            );
        }
        sink.add(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, v1};
    use super::RULE;

    #[test]
    fn the_other_unit_is_offered() {
        assert_eq!(
            found(RULE.code, "a.json", &v1("\"timeout\": 30000")),
            [
                "30000|A timeout is in seconds: this is more than 8 hours.|Change to 30 → \"timeout\": 30"
            ]
        );
        let agent = "{\"hooks\": {\"stop\": [{\"command\": \"a\", \"timeout_ms\": 30}]}}";
        assert!(found(RULE.code, "agents/a.json", agent)[0].contains("Change to 30000"));
        for fine in ["0", "1", "7200", "0.5", "1e999", "-1"] {
            assert_eq!(
                found(RULE.code, "a.json", &v1(&format!("\"timeout\": {fine}"))),
                [""; 0],
                "{fine}"
            );
        }
    }
}
