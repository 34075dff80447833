//! A command names its file in a place where no name can be put safely.
//!
//! `{file}` in a command becomes the name of the file, quoted, so that a name can't be taken for shell code. Inside of
//! another script, a text with blanks, a comment or an expansion of the shell that can't be promised, so the text stays
//! as it is. The variable `$RUTTER_FILE` holds the first file and `$RUTTER_FILES` all of them, one a line.
//!
//! ```json
//! {"type": "command", "command": "sh -c 'ruff check {file}'"}                  <- stays as it is
//! {"type": "command", "command": "sh -c 'ruff check \"$RUTTER_FILE\"'"}        <- works
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::hook::Action;
use crate::placeholder::placeholders;
use crate::read::raw::Act;

pub(super) const RULE: Rule = Rule {
    code: "hook/file-placeholder",
    default: Level::Warning,
    docs: docs!("file_placeholder.rs"),
    check: Some(check),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for raw in &context.reading.raws {
        let Some(action) = &raw.action else { continue };
        let Act::Known(Action::Command { command }) = &action.value else {
            continue;
        };
        let open = placeholders(command).into_iter().find(|p| p.word.is_none());
        if let Some(place) = open {
            // In the file the command may be written with escapes; the placeholder itself never is.
            let written = &command[place.range];
            let from = action.range.start;
            let range = context.text[action.range.clone()]
                .find(written)
                .map_or(action.range.clone(), |at| {
                    from + at..from + at + written.len()
                });
            sink.add(sink.finding(
                range,
                format!("`{written}` stays as it is here: write \"$RUTTER_FILE\" instead."),
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{found, v1};
    use super::RULE;

    #[test]
    fn only_a_place_that_stays_as_it_is_is_reported() {
        let of = |command: &str| {
            let action = format!(
                "\"trigger\": \"PostFileSave\", \"name\": \"a\", \"action\": {{\"type\": \"command\", \"command\": {}}}",
                serde_json::Value::from(command)
            );
            found(RULE.code, "a.json", &v1(&action))
        };
        assert_eq!(of("ruff check {file}"), [""; 0]);
        assert_eq!(of("ruff check \"$RUTTER_FILE\""), [""; 0]);
        let [line] = of("sh -c \"ruff {file}\"").try_into().unwrap();
        assert!(line.starts_with("{file}|"), "{line}");
        assert_eq!(of("ruff ${file}").len(), 1);
    }
}
