//! What each language's source declares. The expected list stands beside each fixture.

use expect_test::expect_file;
use rutter_code::{Language, Symbol, symbols};
use std::fmt::Write;

fn listed(symbols: &[Symbol]) -> String {
    let mut out = String::new();
    for symbol in symbols {
        let container = symbol
            .container
            .as_deref()
            .map_or(String::new(), |of| format!("{of} > "));
        let flags = match (symbol.is_public, symbol.is_test) {
            (true, true) => " public test",
            (true, false) => " public",
            (false, true) => " test",
            (false, false) => "",
        };
        let kind = format!("{:?}", symbol.kind).to_lowercase();
        let _ = writeln!(
            out,
            "{}: {kind}{flags} {container}{}",
            symbol.line + 1,
            symbol.name
        );
        let _ = writeln!(out, "    {}", symbol.signature);
        if let Some(doc) = &symbol.doc {
            let _ = writeln!(out, "    // {doc}");
        }
    }
    out
}

macro_rules! fixture {
    ($test:ident, $file:literal) => {
        #[test]
        fn $test() {
            let text = include_str!(concat!("fixtures/", $file));
            let language = Language::of_path($file).unwrap();
            let symbols = symbols(language, text);
            for symbol in &symbols {
                let name = &text[symbol.name_range.clone()];
                assert!(symbol.range.start <= symbol.name_range.start, "{name}");
                assert!(symbol.name_range.end <= symbol.range.end, "{name}");
                assert!(
                    !symbol.signature.contains('\n') && !symbol.signature.is_empty(),
                    "{name}"
                );
            }
            expect_file![concat!("fixtures/", $file, ".symbols")].assert_eq(&listed(&symbols));
        }
    };
}

fixture!(rust, "lockout.rs");
fixture!(typescript, "session.ts");
fixture!(typescript_tests, "session.test.ts");
fixture!(tsx, "LoginForm.tsx");
fixture!(javascript, "cart.js");
fixture!(python, "test_orders.py");
fixture!(go, "orders_test.go");
fixture!(java, "OrderServiceTest.java");
fixture!(c, "queue.c");
fixture!(cpp, "queue_test.cpp");
fixture!(csharp, "LoginTests.cs");
fixture!(ruby, "cart_spec.rb");
fixture!(php, "CartTest.php");
