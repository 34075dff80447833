//! Looks for secrets. A find is named by place and kind, never shown.

use super::{Look, line};

pub(super) fn run(look: &Look<'_>) -> Vec<String> {
    let mut problems = Vec::new();
    for (path, text) in &look.texts {
        for secret in rutter_secrets::find(text) {
            problems.push(format!(
                "{path}:{}: there may be a secret here ({}).",
                line(text, secret.range.start),
                secret.kind.name()
            ));
        }
    }
    problems
}
