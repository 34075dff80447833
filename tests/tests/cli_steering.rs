//! Steering and powers on the command line: what is made from real project shapes, what applies and why, odd cases.

#![allow(
    missing_docs,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    clippy::unwrap_used
)]

use std::path::Path;

use rutter_tests::binary::{Cli, Home, Ran};
use serde_json::Value;

const PROJECTS: [&str; 5] = [
    "clinic-java",
    "fleet-go",
    "ledger-rs",
    "notes-py",
    "shop-ts",
];

fn copy(home: &Home, from: &Path, below: &str) {
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{below}{}", entry.file_name().to_str().unwrap());
        if name == ".kiro" {
            continue;
        }
        if entry.path().is_dir() {
            copy(home, &entry.path(), &format!("{name}/"));
        } else {
            home.write(&name, std::fs::read_to_string(entry.path()).unwrap());
        }
    }
}

fn project(name: &str) -> Home {
    let home = Home::own();
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/projects");
    copy(&home, &fixtures.join(name), "");
    home
}

fn ok(ran: Ran) -> Ran {
    assert_eq!(ran.exit(), 0, "{ran:?}");
    assert_eq!(ran.stderr, "", "nothing to complain of");
    ran
}

fn made(home: &Home, part: &str) -> String {
    home.read(&format!(".kiro/steering/{part}.md"))
}

#[test]
fn a_set_says_what_the_code_shows_with_its_source() {
    for name in PROJECTS {
        let home = project(name);
        ok(Cli(&home).run(&["steering", "init"]));
        for part in ["product", "tech", "structure"] {
            let text = made(&home, part);
            assert!(text.lines().count() <= 25, "{name}: {text}");
            assert!(
                text.starts_with("---\ninclusion: always\n---\n\n# "),
                "{text}"
            );
            for line in text.lines().filter(|l| l.starts_with("- ")) {
                let (_, source) = line.rsplit_once(" (").unwrap_or_else(|| panic!("{line}"));
                let source = source
                    .strip_suffix(").")
                    .unwrap_or_else(|| panic!("{line}"));
                if let Some(path) = source.strip_prefix('`') {
                    let path = path.split('`').next().unwrap();
                    assert!(home.path(path).exists(), "{name}: {line}");
                }
            }
        }
        let check = ok(Cli(&home).run(&["check"]));
        assert!(!check.stdout.contains("steering/"), "{}", check.stdout);
    }
}

#[test]
fn each_language_is_told_in_its_own_terms() {
    let expected: [(&str, &str, &[&str]); 5] = [
        (
            "clinic-java",
            "tech",
            &[
                "- Java 17 (`pom.xml`, 15 files).",
                "- Test: `mvn test` (`pom.xml`).",
            ],
        ),
        (
            "fleet-go",
            "tech",
            &[
                "- Go 1.22 (`go.mod`, 12 files).",
                "- `make test` runs `go test -race ./...` (`Makefile`).",
            ],
        ),
        (
            "ledger-rs",
            "structure",
            &[
                "- Entry point (`src/main.rs`).",
                "- `src/commands/` holds `add.rs`, `balance.rs`, `check.rs`, `register.rs` (4 files).",
            ],
        ),
        (
            "notes-py",
            "product",
            &["- Notes with tags, kept in SQLite and served over HTTP (`README.md`)."],
        ),
        (
            "shop-ts",
            "structure",
            &[
                "- The test of `src/services/cartService.ts` is `tests/cartService.test.ts`, and so on (4 of 4 test files follow this).",
                "in camelCase (8 of 8).",
            ],
        ),
    ];
    for (name, part, lines) in expected {
        let home = project(name);
        ok(Cli(&home).run(&["steering", "init", "--files", part]));
        let text = made(&home, part);
        for line in lines {
            assert!(text.contains(line), "{name}: {text}");
        }
    }
}

#[test]
fn what_is_there_stays_and_undo_takes_back_the_rest() {
    let home = project("shop-ts");
    home.write(".kiro/steering/tech.md", "Mine.\n");
    let ran = ok(Cli(&home).run(&["steering", "init"]));
    assert!(
        ran.stdout.contains("Left as it is: tech.md."),
        "{}",
        ran.stdout
    );
    assert!(
        ran.stdout
            .contains("rutter hooks new \"run tsc when a typescript file is saved\"")
    );
    assert_eq!(made(&home, "tech"), "Mine.\n");
    ok(Cli(&home).run(&["undo"]));
    assert!(!home.path(".kiro/steering/product.md").exists());
    assert_eq!(made(&home, "tech"), "Mine.\n");
    assert_eq!(
        Cli(&home)
            .run(&["steering", "init", "--files", "other"])
            .exit(),
        2
    );

    let empty = Home::own();
    let ran = ok(Cli(&empty).run(&["steering", "init"]));
    assert!(
        ran.stdout
            .contains("product.md was not written: neither a README"),
        "{}",
        ran.stdout
    );
    assert!(!empty.path(".kiro").exists(), "nothing is made up");
}

#[test]
fn for_a_file_each_row_says_why_and_what_was_left_out_says_why_not() {
    let home = Home::own();
    home.write(".kiro/steering/all.md", "All.\n");
    home.write(
        ".kiro/steering/api.md",
        "---\ninclusion: fileMatch\nfileMatchPattern: \"src/*.ts\"\n---\nApi.\n",
    );
    home.write("src/a.ts", "");
    let rows: Value = Cli(&home).json(&["steering", "for", "src/a.ts"]).json();
    let keys: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
    assert_eq!(keys.len(), 6, "{rows}");
    for key in ["path", "scope", "inclusion", "why", "bytes", "tokens"] {
        assert!(rows[0].get(key).is_some(), "{rows}");
    }
    assert_eq!(rows[0]["path"], ".kiro/steering/api.md", "strongest first");
    assert_eq!(rows[0]["why"], "Its pattern `src/*.ts` matches src/a.ts.");
    let both: Value = Cli(&home)
        .json(&["steering", "for", "new.css", "--why-not"])
        .json();
    assert_eq!(both["applies"].as_array().unwrap().len(), 1);
    assert_eq!(
        both["left_out"][0]["why"],
        "Its pattern `src/*.ts` does not match new.css."
    );
    let human = ok(Cli(&home).run(&["steering", "for", "new.css"]));
    assert!(
        human.stdout.starts_with("new.css is not there yet"),
        "{}",
        human.stdout
    );
    for wrong in ["..", "src", "/nowhere/x.ts"] {
        assert_eq!(
            Cli(&home).run(&["steering", "for", wrong]).exit(),
            2,
            "{wrong}"
        );
    }
    std::fs::write(home.path(".kiro/steering/bad.md"), b"\xff\xfe").unwrap();
    let ran = Cli(&home).run(&["steering", "for", "src/a.ts"]);
    assert_eq!(ran.exit(), 1);
    assert!(
        ran.stderr.contains("bad.md") && ran.stdout.contains("api.md"),
        "{ran:?}"
    );
}

const POWER: &str =
    "---\nname: demo-db\ndescription: Query it\nkeywords: [db]\n---\n# Onboarding\n";

#[test]
fn a_power_is_added_listed_and_removed_with_nothing_but_its_own() {
    let home = Home::own();
    home.write("demo/POWER.md", POWER);
    home.write(
        "demo/mcp.json",
        "{\"mcpServers\":{\"a\":{\"command\":\"touch\",\"args\":[\"ran\"]}}}",
    );
    home.write("demo/steering/use.md", "Use it.\n");
    let from = home.path("demo");
    let from = from.to_str().unwrap();
    let added = ok(Cli(&home).run(&["powers", "add", from]));
    assert!(
        added.stdout.contains("Nothing was started."),
        "{}",
        added.stdout
    );
    assert!(!home.path("ran").exists());
    let rows: Value = Cli(&home).json(&["powers", "list"]).json();
    assert_eq!(rows[0]["name"], "demo-db");
    assert_eq!(rows[0]["servers"][0], "a");
    assert_eq!(rows[0]["steering"][0], "use.md");
    assert_eq!(
        Cli(&home).run(&["powers", "add", from]).exit(),
        2,
        "it is there"
    );
    ok(Cli(&home).run(&["powers", "remove", "demo-db"]));
    assert_eq!(
        Cli(&home).json(&["powers", "list"]).json(),
        Value::Array(Vec::new())
    );
    assert!(
        Path::new(from).join("POWER.md").exists(),
        "its source stays"
    );
    for wrong in ["../demo", "demo-db", ""] {
        assert_ne!(
            Cli(&home).run(&["powers", "remove", wrong]).exit(),
            0,
            "{wrong}"
        );
    }
    home.write("evil/POWER.md", POWER.replace("demo-db", "../../evil"));
    let evil = home.path("evil");
    assert_eq!(
        Cli(&home)
            .run(&["powers", "add", evil.to_str().unwrap()])
            .exit(),
        2
    );
    assert_eq!(
        Cli(&home).run(&["powers", "add", "ext::touch ran"]).exit(),
        2
    );
}

#[test]
fn a_power_comes_from_a_git_address_without_running_its_hooks() {
    let home = Home::own();
    home.write("repo/one/POWER.md", POWER);
    home.write("repo/one/steering/a.md", "A.\n");
    let repo = home.path("repo");
    let git = |args: &[&str]| {
        let done = std::process::Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
            .args(args)
            .current_dir(&repo)
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
    };
    git(&["init", "-q", "."]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "x"]);
    let address = format!("file://{}", repo.display());
    let refused = Cli(&home).run(&["powers", "add", &address]);
    assert_ne!(refused.exit(), 0);
    assert!(refused.stderr.contains("address#folder"), "{refused:?}");
    ok(Cli(&home).run(&["powers", "add", &format!("{address}#one")]));
    assert_eq!(
        Cli(&home).json(&["powers", "list"]).json()[0]["steering"][0],
        "a.md"
    );
}
