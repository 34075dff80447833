//! Tests of correctness properties: where they go, that they are traced, and are never written twice. That they run and fail in
//! each library is tried by `tests/lib/properties.sh`.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::binary::{Cli, Home};
use rutter_tests::product::{Editor, Folder, Kind, RATE_LIMIT, Setup};
use serde_json::{Value, json};

const CARGO: &str =
    "[package]\nname = \"demo\"\nversion = \"0.1.0\"\n\n[dev-dependencies]\nproptest = \"1\"\n";
const PYPROJECT: &str =
    "[project]\nname = \"demo\"\nversion = \"0\"\n\n[dependency-groups]\ndev = [\"hypothesis\"]\n";
const PACKAGE: &str = "{\"name\":\"demo\",\"devDependencies\":{\"fast-check\":\"3\",\"vitest\":\"2\"},\"scripts\":{\"test\":\"vitest run\"}}\n";
const DESIGN: &str = ".kiro/specs/rate-limit/design.md";

fn home(files: &[(&str, &str)]) -> Home {
    let home = Home::own();
    for (path, text) in RATE_LIMIT.iter().chain(files) {
        home.write(path, text);
    }
    home
}

#[test]
fn each_library_has_its_place_and_the_test_is_traced() {
    let rust = [("Cargo.toml", CARGO), ("src/lib.rs", "pub fn a() {}\n")];
    let python = [
        ("pyproject.toml", PYPROJECT),
        ("tests/test_a.py", "def test_a(): pass\n"),
    ];
    let script = [
        ("package.json", PACKAGE),
        ("src/a.ts", "export const a = 1;\n"),
        ("src/a.test.ts", "test('a', () => {});\n"),
    ];
    for (files, file, name) in [
        (
            &rust[..],
            "tests/rate_limit_properties.rs",
            "property_1_never_above_five",
        ),
        (
            &python[..],
            "tests/test_rate_limit_properties.py",
            "test_property_1_never_above_five",
        ),
        (
            &script[..],
            "src/rate-limit.properties.test.ts",
            "property 1: Never above five",
        ),
    ] {
        let home = home(files);
        let made = Cli(&home).run(&["property-test", "rate-limit", "1"]);
        assert_eq!(made.exit(), 0, "{made:?}");
        assert!(!made.stdout.contains("It needs"), "{made:?}");
        let text = home.read(file);
        for words in [
            "Feature: rate-limit, Property 1: Never above five",
            "Validates: Requirements 1.1, 1.3",
            "For any series of failures, the Limiter SHALL accept at most five per minute.",
            "property 1 of rate-limit is not written yet",
        ] {
            assert!(text.contains(words), "{words}: {text}");
        }
        let trace = Cli(&home).json(&["trace", "rate-limit"]).json();
        let tests = &trace["requirements"][0]["criteria"][0]["tests"];
        assert_eq!(
            (&tests[0]["path"], &tests[0]["name"]),
            (&json!(file), &json!(name)),
            "{trace}"
        );

        // A second property joins the file behind what is there, in its line endings; the same one never does.
        let again = Cli(&home).run(&["property-test", "rate-limit", "1"]);
        assert!(
            again.stdout.contains("tests property 1 already"),
            "{again:?}"
        );
        assert_eq!(home.read(file), text);
        let more =
            "\n### Property 12: Same text\n\nFor any string, THE Limiter SHALL give it back.\n";
        home.write(DESIGN, format!("{}{more}", home.read(DESIGN)));
        let typed = text.replace('\n', "\r\n");
        home.write(file, &typed);
        let made = Cli(&home).run(&["property-test", "rate-limit", "12"]);
        assert_eq!(made.exit(), 0, "{made:?}");
        let both = home.read(file);
        assert!(
            both.starts_with(&typed) && both.contains("Property 12: Same text"),
            "{both}"
        );
        assert!(!both.replace("\r\n", "").contains('\n'), "{both:?}");
        assert_eq!(Cli(&home).run(&["undo"]).exit(), 0);
        assert_eq!(home.read(file), typed);
    }
}

#[test]
fn what_is_missing_or_not_clear_is_said() {
    let bare = home(&[
        ("package.json", "{\"name\":\"d\"}\n"),
        ("src/a.js", "exports.a = 1;\n"),
    ]);
    let made = Cli(&bare).run(&["property-test", "rate-limit", "1"]);
    assert!(
        made.stdout
            .contains("It needs fast-check: npm install --save-dev fast-check"),
        "{made:?}"
    );
    let two = home(&[("Cargo.toml", CARGO), ("tools/pyproject.toml", PYPROJECT)]);
    let refused = Cli(&two).json(&["property-test", "rate-limit", "1"]);
    assert_eq!(refused.error_code(), "ambiguous");
    let chosen = Cli(&two).run(&[
        "property-test",
        "rate-limit",
        "1",
        "--library",
        "hypothesis",
    ]);
    assert_eq!(chosen.exit(), 0, "{chosen:?}");
    let text = two.read("tools/tests/test_rate_limit_properties.py");
    assert!(text.contains("@given("), "{text}");
    let taken = home(&[
        ("Cargo.toml", CARGO),
        ("tests/rate_limit_properties.rs", "// mine\n"),
    ]);
    let refused = Cli(&taken).json(&["property-test", "rate-limit", "1"]);
    assert_eq!(refused.error_code(), "exists");
    assert_eq!(taken.read("tests/rate_limit_properties.rs"), "// mine\n");
    let refused = Cli(&taken).json(&["property-test", "rate-limit", "9"]);
    assert_eq!(refused.error_code(), "unknown-item");
    let go = home(&[("go.mod", "module a\n"), ("main.go", "package main\n")]);
    let refused = Cli(&go).json(&["property-test", "rate-limit", "1"]);
    assert_eq!(refused.error_code(), "wrong-argument");
}

#[test]
fn an_action_on_the_property_writes_it() {
    let mut files = RATE_LIMIT.to_vec();
    files.push(("Cargo.toml", CARGO));
    let mut editor = Editor::start(Folder::with(&files), &Setup::of(Kind::VsCode));
    let design = editor.open(DESIGN);
    let actions = editor.actions(&design, "Never above five");
    let action = actions
        .iter()
        .find(|a| a["title"] == "Write a test of property 1")
        .unwrap_or_else(|| panic!("{actions:?}"));
    assert_eq!(action["isPreferred"], Value::Null);
    let argument = action["command"]["arguments"][0].clone();
    editor.run("rutter.propertyTest", argument);
    editor.told("fails until you have written it");
    let text = editor.folder.read("tests/rate_limit_properties.rs");
    assert!(text.contains("fn property_1_never_above_five()"), "{text}");
    editor.finish();
}
