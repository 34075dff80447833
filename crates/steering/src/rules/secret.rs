//! A secret stands in the text.
//!
//! Steering goes to every model that works on the project, and into the repository. Revoke the secret, and name the
//! variable that holds the new one instead.
//!
//! ```markdown
//! Deploy with the key from `DEPLOY_KEY`.      <- this is fine; the key itself is not
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::Steering;

pub(super) const RULE: Rule = Rule {
    code: "steering/secret",
    default: Level::Warning,
    docs: docs!("secret.rs"),
    check,
};

fn check(file: &Steering, _: &Context<'_>, sink: &mut Sink<'_>) {
    for secret in rutter_secrets::find(&file.text) {
        sink.report(
            secret.range,
            format!(
                "This looks like a secret ({}), and every model that works here reads it: revoke it and name a variable instead.",
                secret.kind.name()
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::RULE;

    #[test]
    fn a_token_is_named_and_a_stand_in_is_not() {
        let token = ["ghp", "_q7Zp3Lw9Xr2Bv8Nd5Kt1Hs6Mj4Fg0YcPaUeR"].concat();
        let text = format!("Push with {token}, or with ${{GITHUB_TOKEN}}.\n");
        let found = found(&RULE, &[("AGENTS.md", &text)], &[]);
        assert_eq!(found.len(), 1);
        assert!(found[0].starts_with(&token) && found[0].contains("GitHub token"));
    }
}
