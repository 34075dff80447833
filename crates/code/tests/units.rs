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

#[test]
fn what_formatters_choose_is_the_same() {
    for (language, one, other) in [
        (
            Language::TypeScript,
            "function a(b) {\n  return (\n    b && c\n  );\n}",
            "function a(b) { return b && c }",
        ),
        (
            Language::TypeScript,
            "const a = (b) => 'it\\'s' + { 'c': (d) };",
            "const a = b => \"it's\" + { c: d }",
        ),
        (
            Language::TypeScript,
            "type a = | \"b\" | 'c';",
            "type a = 'b' | 'c'",
        ),
        (
            Language::Python,
            "def a(b):\n    c, d = (\n        b,\n        0XFF,\n    )\n    return 'e', (b)\n",
            "def a(b):\n    (c, d) = b, 0xff\n    return (\"e\", b)\n",
        ),
        (
            Language::Rust,
            "fn a() { match b { C => { d } E => { return } F => g(|h| i), } }",
            "fn a() { match b { C => d, E => return, F => g(|h| { i }) } }",
        ),
        (Language::Ruby, "def a\n  'b'\nend", "def a\n  \"b\"\nend"),
    ] {
        assert_eq!(
            digest(language, one, "a"),
            digest(language, other, "a"),
            "{one}"
        );
    }
}

#[test]
fn what_only_looks_like_formatting_is_not() {
    for (language, one, other) in [
        (
            Language::Python,
            "def a(b):\n    return (b,)\n",
            "def a(b):\n    return (b)\n",
        ),
        (
            Language::Python,
            "def a(b):\n    return (b + c) * d\n",
            "def a(b):\n    return b + c * d\n",
        ),
        (Language::Rust, "fn a() { f((b,)) }", "fn a() { f((b)) }"),
        (
            Language::Rust,
            "fn a() { match b { C => { d; } } }",
            "fn a() { match b { C => { d } } }",
        ),
        (
            Language::TypeScript,
            "function a() { return; b }",
            "function a() { return b }",
        ),
        (
            Language::TypeScript,
            "function a() { while (b); c() }",
            "function a() { while (b) c() }",
        ),
        (
            Language::TypeScript,
            "const a = () => ({ b });",
            "const a = () => { b };",
        ),
        (Language::TypeScript, "const a = [,]", "const a = []"),
        (
            Language::Ruby,
            "def a\n  '\\n'\nend",
            "def a\n  \"\\n\"\nend",
        ),
        (Language::Ruby, "def a\n  ' b'\nend", "def a\n  'b'\nend"),
    ] {
        assert_ne!(
            digest(language, one, "a"),
            digest(language, other, "a"),
            "{one}"
        );
    }
}

#[test]
fn a_type_is_told_from_what_is_in_it() {
    let find = |text: &str, name: &str| {
        let mut all = units(Language::Python, text).into_iter();
        all.find(|unit| unit.name == name).unwrap()
    };
    let one = "@c(1)\nclass A:\n    def d(self):\n        return 1\n\n    def e(self):\n        return 2\n";
    let moved = "@c(1)\nclass A:\n    def e(self):\n        return 2\n\n    def d(self):\n        return 1\n";
    let inner = one.replace("return 2", "return 3");
    let outer = one.replace("c(1)", "c(2)");
    assert_eq!(find(one, "A").digest, find(moved, "A").digest);
    assert_ne!(find(one, "A").digest, find(&inner, "A").digest);
    assert_eq!(find(one, "A").frame, find(&inner, "A").frame);
    assert_ne!(find(one, "A").frame, find(&outer, "A").frame);
    assert_eq!(find(one, "d").frame, None);
}
