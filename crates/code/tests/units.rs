//! What changes a digest, and what does not.
#![allow(missing_docs, clippy::unwrap_used)]

use rutter_code::{Language, units};

fn digest(language: Language, text: &str, name: &str) -> String {
    units(language, text)
        .iter()
        .find(|unit| unit.name == name)
        .unwrap()
        .digest
        .to_string()
}

#[test]
fn comments_and_space_change_nothing() {
    for (language, before, after) in [
        (
            Language::Rust,
            "fn a(x: u8) -> u8 { x + 5 }",
            "// moved\n\n/// Doc\nfn a(\n    x: u8,) -> u8 {\n    // five\n    x+5 /* ! */\n}\r\n",
        ),
        (
            Language::TypeScript,
            "function a(x: number) { return x + 5; }",
            "/** Doc */\nfunction a(x: number)\n{\n  return x + 5; // 🙂\n}",
        ),
        (
            Language::Python,
            "def a(x):\n    return x + 5\n",
            "def a(x):\n    \"\"\"Requirements 1.2\"\"\"\n    # five\n    return x+5\n",
        ),
        (
            Language::Go,
            "package p\nfunc a(x int) int { return x + 5 }",
            "package p\n\n// a adds.\nfunc a(x int) int {\n\treturn x + 5\n}",
        ),
    ] {
        assert_eq!(
            digest(language, before, "a"),
            digest(language, after, "a"),
            "{language:?}"
        );
        let changed = before.replace('5', "3");
        assert_ne!(
            digest(language, before, "a"),
            digest(language, &changed, "a"),
            "{language:?}"
        );
    }
}

#[test]
fn what_only_indentation_says_counts() {
    let inside = "def a(x):\n    if x:\n        b()\n        c()\n";
    let outside = "def a(x):\n    if x:\n        b()\n    c()\n";
    assert_ne!(
        digest(Language::Python, inside, "a"),
        digest(Language::Python, outside, "a")
    );
}

#[test]
fn words_that_run_together_count() {
    assert_ne!(
        digest(Language::Rust, "fn a() { b c }", "a"),
        digest(Language::Rust, "fn a() { bc }", "a")
    );
    assert_ne!(
        digest(Language::Rust, "fn a() { b(\"x y\") }", "a"),
        digest(Language::Rust, "fn a() { b(\"xy\") }", "a")
    );
}
