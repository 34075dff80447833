//! Which words in which places link code to requirements.

use rutter_code::Language;
use rutter_code::links::{Link, links, mentions};

fn ids(text: &str) -> Vec<String> {
    mentions(text)
        .into_iter()
        .map(|m| {
            format!(
                "{}{}",
                m.spec.map_or(String::new(), |s| s + "#"),
                m.ids.join(",")
            )
        })
        .collect()
}

#[test]
fn what_says_that_it_is_a_link_is_one() {
    for (text, expected) in [
        ("Requirements 1.2, 1.3", "1.2,1.3"),
        ("Validates: 3.1", "3.1"),
        ("Requirement 2", "2"),
        ("_Requirements: 1.1_", "1.1"),
        ("**Validates: Requirements 1.1, 1.3**", "1.1,1.3"),
        ("Validates requirements 1.1 and 1.2.", "1.1,1.2"),
        ("(Requirement 2.1)", "2.1"),
        ("Requirements: 1.1-1.3", "1.1,1.2,1.3"),
        ("Requirements 1.1–1.3, 2", "1.1,1.2,1.3,2"),
        ("Requirements: US-1, FR-003", "US-1,FR-003"),
        ("see spec:login#1.2", "login#1.2"),
        ("spec:auth/login#1.2,1.3, and more", "auth/login#1.2,1.3"),
        ("spec:login#REQ-4.", "login#REQ-4"),
        ("Requirement 2 says that accounts lock", "2"),
        ("Requirements 1.2: lock the account", "1.2"),
        ("* requirements: 1.2", "1.2"),
        ("implements requirement: 4.1", "4.1"),
        ("Requirements R1.2 and AC-3", "R1.2,AC-3"),
        ("Requirements 5.3a", "5.3a"),
    ] {
        assert_eq!(ids(text), [expected], "{text}");
    }
}

#[test]
fn what_only_looks_like_a_link_is_none() {
    for text in [
        "version 1.2",
        "1.2 locks the account",
        "Requirements: Python 3.8",
        "Requirements: 2 GB of memory",
        "Requirements: 3 fields are checked",
        "system requirements 10.15 or later",
        "Requirements 3.8+",
        "Requirements 3.8 or newer",
        "Validates 3 fields",
        "validates 1.2",
        "the requirements 2 of them know",
        "requirements.txt 1.2",
        "spec: login 1.2",
        "spec:login",
        "spec:login#",
        "spec:#1.2",
        "inspec:login#1.2",
        "@spec:login#1.2",
        "Requirements 20261120 rows",
        "Requirement 1st",
        "Requirements 2x faster",
        "Requirements v1.2",
        "Requirements Python3",
        "Requirements: 10%",
        "",
    ] {
        assert_eq!(ids(text), Vec::<String>::new(), "{text}");
    }
}

fn shown(links: &[Link], text: &str) -> Vec<String> {
    links
        .iter()
        .map(|link| {
            let test = if link.is_test { " test" } else { "" };
            format!(
                "{} -> {}{test}",
                &text[link.range.clone()],
                link.unit.as_ref().map_or("-", |unit| &unit.name)
            )
        })
        .collect()
}

macro_rules! fixture {
    ($test:ident, $file:literal, $expected:expr) => {
        #[test]
        fn $test() {
            let text = include_str!(concat!("fixtures/", $file));
            let links = links(Language::of_path($file).unwrap(), text);
            let expected: &[&str] = &$expected;
            assert_eq!(shown(&links, text), expected);
        }
    };
}

fixture!(
    rust,
    "lockout.rs",
    [
        "Requirements 1.2, 1.3 -> Lockout",
        "Validates: Requirements 1.2 -> locks_after_five_failures test",
    ]
);
fixture!(typescript, "session.ts", ["spec:login#2.1 -> Session"]);
fixture!(tsx, "LoginForm.tsx", ["Requirements 1.1 -> LoginForm"]);
fixture!(
    typescript_tests,
    "session.test.ts",
    [
        "Validates: Requirements 1.2, 1.3 -> locks the account test",
        "Requirements 2.1 -> refreshes tokens (Requirements 2.1) test",
    ]
);
fixture!(
    python,
    "test_orders.py",
    [
        "Requirements 1.1 -> Order",
        "Validates: Requirements 1.2 -> test_pays test",
    ]
);
fixture!(
    go,
    "orders_test.go",
    [
        "Requirements 1.2 -> Pay",
        "Validates: Requirements 1.2 -> TestPay test"
    ]
);
fixture!(
    java,
    "OrderServiceTest.java",
    [
        "Requirements 1.2 -> pay",
        "Validates: Requirements 1.2 -> paysInFull test",
        "Requirements 1.3 -> locks test",
    ]
);
fixture!(c, "queue.c", ["Requirements 1.1 -> queue_push"]);
fixture!(
    cpp,
    "queue_test.cpp",
    [
        "Requirements 1.1 -> push",
        "Validates: Requirements 1.1 -> QueueTest.PushesOne test",
        "Requirements 1.2 -> queues drain (Requirements 1.2) test",
    ]
);
fixture!(
    csharp,
    "LoginTests.cs",
    [
        "Validates: Requirements 1.2 -> Locks test",
        "Requirements 1.3 -> NUnitStyle test",
    ]
);
fixture!(
    ruby,
    "cart_spec.rb",
    [
        "Requirements 1.1 -> Cart",
        "Validates: Requirements 1.1 -> adds an item test",
        "Requirements 1.2 -> refuses (Requirements 1.2) test",
    ]
);
fixture!(
    php,
    "CartTest.php",
    [
        "Requirements 1.1 -> add",
        "Validates: Requirements 1.1 -> testAdds test"
    ]
);

#[test]
fn the_tag_of_a_property_test_names_the_spec() {
    let text = "# Feature: user-login, Property 3: locks for good\n# Validates: Requirements 1.2\ndef test_a(): pass\n";
    let found = links(Language::Python, text);
    assert_eq!(found[0].spec.as_deref(), Some("user-login"));
    assert_eq!(found[0].ids, ["1.2"]);
}

#[test]
fn a_string_that_is_no_test_title_holds_no_link() {
    let text = "fn help() -> &'static str { \"Requirements 1.2\" }\n";
    assert_eq!(links(Language::Rust, text), []);
}

#[test]
fn a_comment_inside_a_test_belongs_to_the_test() {
    let text = "test(\"locks\", () => {\n  const a = 1; // Requirements 1.2\n});\n// Requirements 9\n\nconst b = 1;\n";
    assert_eq!(
        shown(&links(Language::TypeScript, text), text),
        ["Requirements 1.2 -> locks test", "Requirements 9 -> -",]
    );
}

#[test]
fn a_list_that_runs_over_two_lines_ends_with_its_line() {
    let text = "# Requirements 1.2,\n# 1.3\ndef lock(): pass\n";
    let found = links(Language::Python, text);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].ids, ["1.2"]);
    assert_eq!(
        found[0].unit.as_ref().map(|unit| unit.name.as_str()),
        Some("lock")
    );
}
