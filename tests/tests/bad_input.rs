//! Bad input and a hostile system: one clear sentence, the right exit code, and nothing lost or half written.

#![cfg(unix)]
#![allow(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

use rutter_tests::binary::{Cli, Home};

#[test]
fn an_empty_prompt_makes_nothing() {
    let home = Home::unprivileged();
    let before = home.tree();
    for words in ["", "   ", "\n\t"] {
        let ran = Cli(&home).json(&["new", words]);
        assert_eq!(
            (ran.code, ran.error_code().as_str()),
            (Some(2), "empty-prompt"),
            "{ran:?}"
        );
    }
    assert_eq!(home.tree(), before);
}
