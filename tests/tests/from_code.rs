//! A spec from code: what a source file does today, written down by the command line and by an editor.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_spec::{Document, Reading};
use rutter_tests::binary::{Cli, Home};
use rutter_tests::product::{CLIENTS, Editor, Folder, Kind, Setup};
use rutter_text::Source;
use serde_json::json;

const PYTHON: &str = "\"\"\"Keeps the albums of a person.\"\"\"

MOST = 80


def make(name: str) -> str:
    \"\"\"Make an album 📷 of this name.\"\"\"
    if not name:
        raise ValueError(\"a name is needed\")
    if len(name) > MOST:
        raise ValueError(\"too long\")
    if name in _TAKEN:
        return None
    return name


def share(count: int) -> int:
    if count > 25:
        raise OverflowError
    return count


def _hidden(x):
    if x:
        raise KeyError
";

const TEST: &str =
    "from src.albums import make\n\n\ndef test_an_empty_name_is_refused():\n    make(\"\")\n";

const EXPECTED: &str = "# Requirements Document

## Introduction

This describes what [src/albums.py](../../../src/albums.py) does today, read from its code. It is an observation: it says what the Albums does and neither why nor whether that is wanted.

Left out: 1 function that is not public. Select a part of the file to see what was left out of it.

## Glossary

- **Albums**: `src/albums.py`, described as \"Keeps the albums of a person\"

## Requirements

### Requirement 1: `make`

#### Acceptance Criteria

1. THE Albums SHALL offer `make`, described as \"Make an album 📷 of this name\" _Observed in [albums.py:6](../../../src/albums.py#L6)_
2. IF `make` finds `not name`, THEN THE Albums SHALL raise `ValueError(\"a name is needed\")` _Observed in [albums.py:8](../../../src/albums.py#L8)_
3. IF `make` finds `len(name) > MOST` (`MOST` is `80`), THEN THE Albums SHALL raise `ValueError(\"too long\")` _Observed in [albums.py:10](../../../src/albums.py#L10)_
4. WHEN `make` finds `name in _TAKEN`, THE Albums SHALL return `None` _Observed in [albums.py:12](../../../src/albums.py#L12)_
5. THE Albums SHALL satisfy its test \"test_an_empty_name_is_refused\" _Observed in [test_albums.py:4](../../../tests/test_albums.py#L4)_

### Requirement 2: What else the Albums offers

#### Acceptance Criteria

1. IF `share` finds `count > 25`, THEN THE Albums SHALL raise `OverflowError` _Observed in [albums.py:18](../../../src/albums.py#L18)_

## Open Decisions

- **D1** Is 80 in \"MOST\" the limit that is wanted? `80 as it is` | `Another limit` (1.3)
- **D2** Is 25 in \"count > 25\" the limit that is wanted? `25 as it is` | `Another limit` (2.1)
";

fn home() -> Home {
    let home = Home::own();
    home.write("src/albums.py", PYTHON);
    home.write("tests/test_albums.py", TEST);
    home
}

#[test]
fn what_a_file_does_is_written_down_once_and_taken_back() {
    let home = home();
    let before = home.tree();
    let made = Cli(&home).run(&["from-code", "src/albums.py"]);
    assert_eq!(made.exit(), 0, "{made:?}");
    let text = home.read(".kiro/specs/albums/requirements.md");
    assert_eq!(text, EXPECTED);
    let read = Reading::new(Document::Requirements, Source::new(text.as_str()));
    let Reading::Requirements(read) = read else {
        panic!("requirements")
    };
    assert!(
        read.criteria()
            .all(|(_, c)| c.ears.pattern != rutter_spec::Pattern::None)
    );
    // What was observed is code, or a test, of its criterion, and its note is no part of what that says.
    let traced = Cli(&home).json(&["trace", "albums"]).json();
    let criterion = |at: usize| &traced["requirements"][0]["criteria"][at];
    assert_eq!(
        criterion(0)["text"],
        "THE Albums SHALL offer `make`, described as \"Make an album 📷 of this name\""
    );
    let make = json!([{"path": "src/albums.py", "line": 8, "name": "make"}]);
    assert_eq!(criterion(1)["code"], make);
    assert_eq!(criterion(1)["tests"], json!([]));
    let test = json!([{"path": "tests/test_albums.py", "line": 4, "name": "test_an_empty_name_is_refused"}]);
    assert_eq!(criterion(4)["tests"], test);
    assert_eq!(criterion(4)["code"], json!([]));
    let checked = Cli(&home).json(&["check", "--fail-on", "hint"]);
    assert_eq!((checked.exit(), checked.json()), (0, json!([])));
    let decided = Cli(&home).run(&["decide", "albums", "D1", "1"]);
    assert_eq!(decided.exit(), 0, "{decided:?}");
    assert_eq!(Cli(&home).run(&["undo"]).exit(), 0);
    assert_eq!(home.read(".kiro/specs/albums/requirements.md"), EXPECTED);

    let again = Cli(&home).run(&["from-code", "src/albums.py:16-20", "--name", "sharing"]);
    assert_eq!(again.exit(), 0, "{again:?}");
    let part = home.read(".kiro/specs/sharing/requirements.md");
    assert!(
        part.contains("`share` finds `count > 25`") && !part.contains("`make`"),
        "{part}"
    );
    for _ in 0..2 {
        assert_eq!(Cli(&home).run(&["undo"]).exit(), 0);
    }
    assert_eq!(home.tree(), before);
}

#[test]
fn what_cannot_be_read_is_said() {
    let home = home();
    home.write("src/a.rb", "def a\nend\n");
    home.write("src/notes.md", "# N\n");
    home.write("src/empty.py", "X = 1\n");
    for (file, words, code) in [
        ("src/a.rb", "What Ruby code does can't be read yet.", 2),
        (
            "src/notes.md",
            "is no source file in a language that can be read",
            2,
        ),
        ("src/empty.py", "Nothing can be seen in src/empty.py", 2),
        ("src/gone.py", "There is no file src/gone.py.", 3),
    ] {
        let refused = Cli(&home).run(&["from-code", file]);
        assert_eq!(refused.exit(), code, "{refused:?}");
        assert!(refused.stderr.contains(words), "{refused:?}");
    }
}

#[test]
fn an_editor_asks_once_and_reads_what_is_typed() {
    for kind in CLIENTS {
        let folder = Folder::with(&[
            ("src/albums.py", PYTHON),
            (".kiro/specs/x/tasks.md", "- [ ] 1. T\n"),
        ]);
        let mut editor = Editor::start(folder, &Setup::of(kind));
        let uri = editor.open("src/albums.py");
        editor.replace(&uri, "count > 25", "count > 250");
        let position = editor.place(&uri, "def share");
        let argument = json!({"uri": uri, "range": {"start": position, "end": position}});
        let answer = editor.run("rutter.specFromCode", argument);
        assert!(answer["change"].is_string(), "{answer}");
        let text = editor.folder.read(".kiro/specs/albums/requirements.md");
        assert!(text.contains("`share` finds `count > 250`"), "{text}");
        assert!(!text.contains("`make`"), "{text}");
        editor.told("1 criterion of what src/albums.py does today");
        editor.finish();
    }
    // A selection of code has one action, also where there is no spec yet.
    let mut editor = Editor::start(
        Folder::with(&[("src/albums.py", PYTHON)]),
        &Setup::of(Kind::VsCode),
    );
    let uri = editor.open("src/albums.py");
    let range = editor.documents[&uri].range_of("def share(count: int)", editor.encoding);
    let actions = editor.actions_in(&uri, &range);
    assert_eq!(actions.len(), 1, "{actions:?}");
    editor.choices.push_back("Write down what it does today");
    let argument = actions[0]["command"]["arguments"][0].clone();
    editor.run("rutter.choose", argument);
    assert!(editor.folder.has(".kiro/specs/albums/requirements.md"));
    editor.told("of what src/albums.py does today");
    editor.finish();
}
