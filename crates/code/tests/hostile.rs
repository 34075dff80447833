//! Broken, random, deep and huge text: what can be read is read, and nothing panics.

use proptest::prelude::*;
use rutter_code::comments::{comment_at, comment_text, comments};
use rutter_code::links::{links, mentions};
use rutter_code::project::{Manifest, detect};
use rutter_code::search::Index;
use rutter_code::{Language, MAX_BYTES, symbols};

const FIXTURES: [(&str, &str); 13] = [
    ("lockout.rs", include_str!("fixtures/lockout.rs")),
    ("session.ts", include_str!("fixtures/session.ts")),
    ("session.test.ts", include_str!("fixtures/session.test.ts")),
    ("LoginForm.tsx", include_str!("fixtures/LoginForm.tsx")),
    ("cart.js", include_str!("fixtures/cart.js")),
    ("test_orders.py", include_str!("fixtures/test_orders.py")),
    ("orders_test.go", include_str!("fixtures/orders_test.go")),
    (
        "OrderServiceTest.java",
        include_str!("fixtures/OrderServiceTest.java"),
    ),
    ("queue.c", include_str!("fixtures/queue.c")),
    ("queue_test.cpp", include_str!("fixtures/queue_test.cpp")),
    ("LoginTests.cs", include_str!("fixtures/LoginTests.cs")),
    ("cart_spec.rb", include_str!("fixtures/cart_spec.rb")),
    ("CartTest.php", include_str!("fixtures/CartTest.php")),
];

/// Reads a text in every way, and checks that each range lies in it.
fn read_all(language: Language, text: &str) {
    for symbol in symbols(language, text) {
        assert!(text.get(symbol.range.clone()).is_some(), "{symbol:?}");
        assert!(text.get(symbol.name_range.clone()).is_some(), "{symbol:?}");
        assert!(!symbol.name.is_empty());
    }
    let comments = comments(language, text);
    for range in &comments {
        assert!(text.get(range.clone()).is_some());
        let _ = comment_text(text, range.clone());
    }
    if let Some(first) = comments.first() {
        let block = comment_at(language, text, first.start);
        assert!(block.is_some_and(|block| block.contains(&first.start)));
    }
    for link in links(language, text) {
        assert!(text.get(link.range.clone()).is_some());
        assert!(!link.ids.is_empty());
    }
}

#[test]
fn a_fixture_cut_anywhere_is_still_read() {
    for (path, text) in FIXTURES {
        let language = Language::of_path(path).unwrap();
        for cut in (0..text.len())
            .step_by(41)
            .filter(|cut| text.is_char_boundary(*cut))
        {
            read_all(language, &text[..cut]);
            read_all(language, &text[cut..]);
        }
    }
}

#[test]
fn what_stands_before_a_syntax_error_is_found() {
    let names = |language, text: &str| {
        symbols(language, text)
            .into_iter()
            .map(|s| s.name)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        names(Language::Rust, "pub fn a() {}\nfn b( {\nfn c() {}\n")[0],
        "a"
    );
    assert!(
        names(
            Language::TypeScript,
            "export class A {\n  login() {}\n  broken(\n}\n"
        )
        .contains(&"login".to_owned())
    );
    assert!(names(Language::Python, "def a():\n    pass\ndef b(:\n").contains(&"a".to_owned()));
    assert!(names(Language::Go, "package a\nfunc A() {}\nfunc B( {\n").contains(&"A".to_owned()));
}

#[test]
fn deep_nesting_does_not_use_up_the_stack() {
    for language in Language::ALL {
        for open in [
            "(",
            "{",
            "[",
            "f(",
            "class A {",
            "describe('a', () => {",
            "<div>",
            "/* ",
            "module M\n",
            "if x { ",
        ] {
            read_all(language, &open.repeat(1_000));
        }
    }
}

/// Each unclosed comment is looked for to the end of the file: without a limit this takes hours.
#[test]
fn a_text_made_to_be_slow_is_given_up() {
    let text = "/* ".repeat(MAX_BYTES / 6);
    assert!(symbols(Language::Go, &text).is_empty());
}

#[test]
fn a_text_over_the_limit_gives_nothing() {
    let text = "fn a() {}\n".repeat(MAX_BYTES / 10 + 1);
    assert!(symbols(Language::Rust, &text).is_empty());
    assert!(comments(Language::Rust, &text).is_empty());
}

fn language() -> impl Strategy<Value = Language> {
    (0..Language::ALL.len()).prop_map(|at| Language::ALL[at])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn random_bytes_never_panic(language in language(), bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_all(language, &String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn a_mangled_fixture_never_panics(which in 0..FIXTURES.len(), language in language(), at in 0.0..1.0f64, noise in ".{0,12}") {
        let (_, text) = FIXTURES[which];
        let mut at = (text.len() as f64 * at) as usize;
        while !text.is_char_boundary(at) { at -= 1; }
        let mangled = format!("{}{noise}{}", &text[..at], &text[at..]);
        read_all(language, &mangled);
    }

    #[test]
    fn link_words_in_any_company_never_panic(text in "(Requirements|Validates|spec|:|#|[0-9.,-]| |é|–|\n|and|to|_|\\*){0,30}") {
        for mention in mentions(&text) {
            prop_assert!(text.get(mention.range.clone()).is_some());
            prop_assert!(!mention.ids.is_empty());
        }
    }

    #[test]
    fn any_words_and_paths_can_be_searched(paths in prop::collection::vec(".{0,20}", 0..8), words in prop::collection::vec(".{0,12}", 0..6)) {
        let index = Index::build(paths.iter().map(|path| (path.as_str(), Language::Go, &[][..])));
        let _ = index.find(&words);
    }

    #[test]
    fn any_manifest_can_be_read(which in 0..16usize, text in "(.|\n|gem |name=|\"|'|\\[|project\\(|<artifactId>|require \\(\n){0,40}", file in "[a-z/._]{0,20}") {
        const NAMES: [&str; 16] = ["Cargo.toml", "package.json", "pyproject.toml", "setup.py", "setup.cfg", "Pipfile", "go.mod", "pom.xml",
            "build.gradle", "settings.gradle", "Gemfile", "a.gemspec", "composer.json", "CMakeLists.txt", "a.csproj", "requirements.txt"];
        let project = detect(std::slice::from_ref(&file), &[Manifest { path: NAMES[which], text: &text }]);
        let _ = project.test_file_style.test_path_for(&file);
    }
}
