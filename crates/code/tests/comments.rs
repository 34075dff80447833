//! Where comments are, and what they say.

use rutter_code::Language;
use rutter_code::comments::{comment_at, comment_text, comments};

fn said(language: Language, text: &str) -> Vec<String> {
    comments(language, text)
        .into_iter()
        .map(|range| comment_text(text, range))
        .collect()
}

/// The comment at `$0`, without its markers.
fn at(language: Language, marked: &str) -> Option<String> {
    let offset = marked.find("$0").expect("a marked text");
    let text = marked.replacen("$0", "", 1);
    comment_at(language, &text, offset).map(|range| comment_text(&text, range))
}

#[test]
fn every_kind_of_comment_is_found() {
    assert_eq!(
        said(Language::Rust, "//! a\n/// b\nfn x() {} // c\n/* d */\n"),
        ["a", "b", "c", "d"]
    );
    assert_eq!(
        said(Language::Tsx, "// a\nconst b = <p>{/* c */}</p>;\n"),
        ["a", "c"]
    );
    assert_eq!(
        said(
            Language::Python,
            "\"\"\"A.\"\"\"\nx = '''no'''\ndef f():\n    r'''B.'''\n    'no'\n# c\n"
        ),
        ["A.", "B.", "c"]
    );
    assert_eq!(said(Language::Ruby, "# a\nx = '# no'\n"), ["a"]);
    assert_eq!(
        said(Language::Php, "<?php\n# a\n// b\n/** c */\n"),
        ["a", "b", "c"]
    );
    assert_eq!(
        said(Language::CSharp, "/// <summary>a</summary>\nclass A {}\n"),
        ["<summary>a</summary>"]
    );
    assert_eq!(
        said(
            Language::JavaScript,
            "\"use strict\";\nconst a = '// no';\n"
        ),
        [""; 0]
    );
}

#[test]
fn the_block_around_an_offset_is_whole() {
    let text = "fn a() {}\n// one\n// t$0wo\n\n// three\nfn b() {}\n";
    assert_eq!(at(Language::Rust, text).as_deref(), Some("one\ntwo"));
    assert_eq!(
        at(Language::Go, "package a\n\n\t$0// one\n\t// two\n").as_deref(),
        Some("one\ntwo")
    );
    assert_eq!(
        at(Language::Go, "package a\n// one\n// two$0\n").as_deref(),
        Some("one\ntwo")
    );
    assert_eq!(at(Language::Go, "package a\n$0\n// one\n"), None);
    assert_eq!(at(Language::Go, "pack$0age a\n// one\n"), None);
}

#[test]
fn a_comment_behind_code_stands_alone() {
    let text = "let a = 1; // of a\n// of b\nlet b = 2;\n";
    assert_eq!(
        at(Language::JavaScript, &text.replace("of a", "of$0 a")).as_deref(),
        Some("of a")
    );
    assert_eq!(
        at(Language::JavaScript, &text.replace("of b", "of$0 b")).as_deref(),
        Some("of b")
    );
    assert_eq!(
        at(
            Language::JavaScript,
            &text.replace(" // of a", " $0// of a")
        )
        .as_deref(),
        Some("of a")
    );
}

#[test]
fn comments_of_two_kinds_are_two_blocks() {
    assert_eq!(
        at(
            Language::Rust,
            "//! the$0 file\n/// the function\nfn a() {}\n"
        )
        .as_deref(),
        Some("the file")
    );
    assert_eq!(
        at(Language::Rust, "/* a$0 */\n// b\n").as_deref(),
        Some("a")
    );
}

#[test]
fn markers_and_shared_indentation_go_and_the_rest_stays() {
    let text = |comment: &str| comment_text(comment, 0..comment.len());
    assert_eq!(
        text("// Add a login page.\n//   - locks\n//\n// Done."),
        "Add a login page.\n  - locks\n\nDone."
    );
    assert_eq!(
        text("/**\n * Add a login.\n *\n *   - locks\n * **now**\n */"),
        "Add a login.\n\n  - locks\n**now**"
    );
    assert_eq!(text("/* one\n   two */"), "one\ntwo");
    assert_eq!(
        text("\"\"\"One.\n\n    Two.\n      - three\n    \"\"\""),
        "One.\n\nTwo.\n  - three"
    );
    assert_eq!(text("r'''One.'''"), "One.");
    assert_eq!(text("## Title"), "Title");
    assert_eq!(text("-- one\n-- two"), "one\ntwo");
    assert_eq!(text("//"), "");
    assert_eq!(text("/**/"), "");
    assert_eq!(text("/* open"), "open");
    assert_eq!(text("// a\r\n// b"), "a\nb");
    assert_eq!(comment_text("short", 2..99), "");
}
