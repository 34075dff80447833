//! Everything in a spec is alive: references, renames, folds, selections, colours, hints, completion, formatting; under
//! every client, in every encoding, on unsaved text.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{CLIENTS, Editor, Encoding, Folder, Kind, RATE_LIMIT, Setup, offering};
use serde_json::{Value, json};

const REQUIREMENTS: &str = ".kiro/specs/rate-limit/requirements.md";
const DESIGN: &str = ".kiro/specs/rate-limit/design.md";
const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";

/// An editor in which the three documents are open with text that was never saved: emoji, and CRLF where asked for.
fn unsaved(setup: &Setup, ending: &str) -> (Editor, [String; 3]) {
    let mut editor = Editor::start(Folder::rate_limit(), setup);
    let names = [REQUIREMENTS, DESIGN, TASKS].map(|file| {
        let (_, text) = RATE_LIMIT.iter().find(|(path, _)| *path == file).unwrap();
        let text = text
            .replace("five attempts fail", "😀 five attempts fail")
            .replace("**Validates: Req", "😀 **Validates: Req")
            .replace("😀 **Val", "**Val")
            .replace('\n', ending);
        editor.open_text(file, &text)
    });
    (editor, names)
}

fn result(response: &Value) -> &Value {
    assert!(response.get("error").is_none(), "{response}");
    &response["result"]
}

/// Every client, with each encoding it can be given, LF and CRLF.
fn everywhere(mut check: impl FnMut(Kind, Editor, [String; 3])) {
    for kind in CLIENTS {
        let (editor, names) = unsaved(&Setup::of(kind), "\n");
        check(kind, editor, names);
    }
    for encoding in Encoding::ALL {
        let setup = Setup::with(offering(Kind::VsCode.capabilities(), encoding));
        let (editor, names) = unsaved(&setup, "\r\n");
        check(Kind::VsCode, editor, names);
    }
}

#[test]
fn references_and_highlights_from_everywhere() {
    everywhere(|kind, mut editor, [requirements, design, tasks]| {
        let expected = [
            "requirements.md: 1.",
            "design.md: 1.1",
            "tasks.md: 1.1",
            "tasks.md: 1.1",
        ];
        for at in [
            (requirements.as_str(), "1. WHEN", 0),
            (requirements.as_str(), "five attempts", 2),
            (design.as_str(), "1.1, 1.3", 1),
            (tasks.as_str(), "1.1, 1.2", 3),
        ] {
            for declaration in [true, false] {
                let more = json!({"context": {"includeDeclaration": declaration}});
                let answer = editor.about("textDocument/references", at, &more);
                let shown = editor.shown(result(&answer));
                let from = usize::from(!declaration);
                assert_eq!(shown, expected[from..], "{kind:?} {at:?}");
            }
        }
        let at = (requirements.as_str(), "THE Limiter SHALL reject", 5);
        let answer = editor.about("textDocument/documentHighlight", at, &json!({}));
        let marks = result(&answer).as_array().unwrap();
        assert_eq!(marks.len(), 5);
        assert_eq!(marks.iter().filter(|m| m["kind"] == 3).count(), 1);
        for mark in marks {
            let text = editor.documents[&requirements].slice(&mark["range"], editor.encoding);
            assert_eq!(text, "Limiter");
        }
    });
}

#[test]
fn a_criterion_moves_and_everything_follows() {
    everywhere(|kind, mut editor, [requirements, design, tasks]| {
        let at = (requirements.as_str(), "3. WHILE", 0);
        let prepares = editor.server["capabilities"]["renameProvider"]["prepareProvider"] == true;
        let asks = !matches!(kind, Kind::Eglot | Kind::Nothing);
        assert_eq!(prepares, asks, "{kind:?}");
        let answer = editor.about("textDocument/prepareRename", at, &json!({}));
        assert_eq!(result(&answer)["placeholder"], "1.3");
        let answer = editor.about("textDocument/rename", at, &json!({"newName": "1.1"}));
        let edit = result(&answer).clone();
        editor.do_edit(&edit);
        let lf = |e: &Editor, name: &str| e.documents[name].text.replace("\r\n", "\n");
        assert!(
            lf(&editor, &requirements).contains("Criteria\n\n1. WHILE an account is blocked, THE Limiter SHALL return 429\n2. WHEN 😀 five"),
            "{kind:?}"
        );
        assert!(lf(&editor, &design).contains("**Validates: Requirements 1.2, 1.1**"));
        assert!(lf(&editor, &tasks).contains("_Requirements: 1.2, 1.3, 1.4_"));
        // And back: what the server sees now is the unsaved text.
        let at = (requirements.as_str(), "1. WHILE", 0);
        let answer = editor.about("textDocument/rename", at, &json!({"newName": "1.3"}));
        let edit = result(&answer).clone();
        editor.do_edit(&edit);
        assert!(lf(&editor, &design).contains("**Validates: Requirements 1.1, 1.3**"));
        assert!(lf(&editor, &requirements).contains("\n3. WHILE an account"));
    });
}

#[test]
fn terms_tasks_and_properties_are_renamed() {
    everywhere(|kind, mut editor, [requirements, design, tasks]| {
        for (at, new) in [
            ((design.as_str(), "the Limiter SHALL", 5), "Guard"),
            ((tasks.as_str(), "1.2 Write", 0), "1.5"),
            ((tasks.as_str(), "Property 1", 9), "7"),
        ] {
            let answer = editor.about("textDocument/rename", at, &json!({"newName": new}));
            let edit = result(&answer).clone();
            editor.do_edit(&edit);
        }
        let text = |name: &str| editor.documents[name].text.clone();
        assert!(!text(&requirements).contains("Limiter") && !text(&design).contains("Limiter"));
        assert!(
            text(&requirements).contains("- **Guard**: counts"),
            "{kind:?}"
        );
        assert!(text(&tasks).contains("[ ]* 1.5 Write") && text(&tasks).contains("[\"1.5\"]"));
        assert!(
            text(&tasks).contains("**Property 7:") && text(&design).contains("### Property 7:")
        );
    });
}

#[test]
fn a_rename_that_can_not_be_says_why() {
    let (mut editor, [requirements, ..]) = unsaved(&Setup::of(Kind::VsCode), "\n");
    for (at, new, words) in [
        (("2. IF", 0), "1.9", "choose a number from 1.1 to 1.4"),
        (("## Requirements", 4), "x", "put the cursor on a number"),
        (("Limiter**", 0), "a*b", "can't be a term"),
    ] {
        let at = (requirements.as_str(), at.0, at.1);
        let answer = editor.about("textDocument/rename", at, &json!({"newName": new}));
        let error = &answer["error"];
        assert_eq!(error["code"], -32803, "{answer}");
        let message = error["message"].as_str().unwrap();
        assert!(
            message.contains(words) && message.ends_with('.'),
            "{message}"
        );
        assert_eq!(error["data"]["code"], "rename");
        assert!(error["data"]["hint"].is_string());
    }
    let at = (requirements.as_str(), "## Requirements", 4);
    let answer = editor.about("textDocument/prepareRename", at, &json!({}));
    assert!(result(&answer).is_null());
}

#[test]
fn closed_documents_are_renamed_too() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::VsCode));
    let tasks = editor.open(TASKS);
    let at = (tasks.as_str(), "1.4_", 1);
    let answer = editor.about("textDocument/rename", at, &json!({"newName": "1.1"}));
    let edit = result(&answer);
    let documents = edit["documentChanges"].as_array().unwrap();
    let versions: Vec<(bool, &Value)> = documents
        .iter()
        .map(|d| {
            (
                d["textDocument"]["uri"] == json!(tasks),
                &d["textDocument"]["version"],
            )
        })
        .collect();
    assert_eq!(documents.len(), 3);
    for (open, version) in versions {
        assert_eq!(version.is_null(), !open);
    }
}

#[test]
fn symbols_of_the_workspace() {
    let folder = Folder::rate_limit();
    folder.write(
        ".kiro/specs/other/requirements.md",
        "### Requirement 1: Reject mail 😀\n\n#### Acceptance Criteria\n\n1. THE X SHALL reject\n",
    );
    let mut editor = Editor::start(folder, &Setup::of(Kind::Helix));
    for (query, expected) in [
        (
            "reject",
            vec![
                "1 Reject mail 😀",
                "1.1 WHEN five attempts fail within a minute, THE Limiter SHALL reject the sixth",
                "1.1 THE X SHALL reject",
            ],
        ),
        ("property never", vec!["Property 1: Never above five"]),
        ("other", vec!["other"]),
        ("zzz", vec![]),
    ] {
        let found = editor.result("workspace/symbol", json!({ "query": query }));
        let mut names: Vec<&str> = found
            .as_array()
            .unwrap()
            .iter()
            .map(|s| s["name"].as_str().unwrap())
            .collect();
        let mut expected = expected;
        names.sort_unstable();
        expected.sort_unstable();
        assert_eq!(names, expected, "{query}");
    }
    let all = editor.result("workspace/symbol", json!({"query": ""}));
    assert!(all.as_array().unwrap().len() >= 4, "{all}");
}

#[test]
fn folds_selections_colours_and_hints() {
    everywhere(|kind, mut editor, [requirements, design, tasks]| {
        for name in [&requirements, &design, &tasks] {
            let of = json!({"textDocument": {"uri": name}});
            let folds = editor.result("textDocument/foldingRange", of.clone());
            let last = editor.documents[name].text.lines().count() as u64;
            for fold in folds.as_array().unwrap() {
                let (start, end) = (
                    fold["startLine"].as_u64().unwrap(),
                    fold["endLine"].as_u64().unwrap(),
                );
                assert!(start < end && end < last, "{kind:?} {fold}");
            }
            let tokens = editor.result("textDocument/semanticTokens/full", of.clone());
            let words = decoded(&editor, name, &tokens["data"]);
            let expected = if name == &requirements {
                "Limiter"
            } else {
                "1.1"
            };
            assert!(words.iter().any(|w| w == expected), "{kind:?} {words:?}");
            let whole = json!({"start": {"line": 0, "character": 0}, "end": {"line": last, "character": 0}});
            let mut part = of.clone();
            part["range"] = whole.clone();
            let ranged = editor.result("textDocument/semanticTokens/range", part.clone());
            assert_eq!(ranged["data"], tokens["data"]);
            let hints = editor.result("textDocument/inlayHint", part);
            let labels: Vec<&str> = hints
                .as_array()
                .unwrap()
                .iter()
                .map(|h| h["label"].as_str().unwrap())
                .collect();
            if name == &tasks {
                assert_eq!(labels, ["1/3", "1/2"], "{kind:?}");
            } else if name == &requirements {
                assert_eq!(
                    labels,
                    [
                        "2 tasks · 1 property",
                        "1 task",
                        "1 task · 1 property",
                        "1 task"
                    ]
                );
            }
            let position = editor.place(name, "\n");
            let mut at = of;
            at["positions"] = json!([position, {"line": 0, "character": 0}]);
            let chains = editor.result("textDocument/selectionRange", at);
            assert_eq!(chains.as_array().unwrap().len(), 2);
        }
        let at = (requirements.as_str(), "attempts fail", 1);
        let document = &editor.documents[&requirements];
        let position = document.position(document.text.find(at.1).unwrap() + 1, editor.encoding);
        let params = json!({"textDocument": {"uri": requirements}, "positions": [position]});
        let chains = editor.result("textDocument/selectionRange", params);
        let (mut here, mut texts) = (&chains[0], Vec::new());
        while here.is_object() {
            texts.push(editor.documents[&requirements].slice(&here["range"], editor.encoding));
            here = &here["parent"];
        }
        assert_eq!(texts[0], "attempts");
        assert!(
            texts
                .iter()
                .any(|t| t.starts_with("1. WHEN") && t.ends_with("sixth")),
            "{texts:?}"
        );
        assert!(
            texts
                .windows(2)
                .all(|t| t[0].len() < t[1].len() && t[1].contains(t[0]))
        );
    });
}

/// The words that tokens cover.
fn decoded(editor: &Editor, name: &str, data: &Value) -> Vec<String> {
    let numbers: Vec<u64> = data
        .as_array()
        .unwrap()
        .iter()
        .map(|n| n.as_u64().unwrap())
        .collect();
    let (mut line, mut start) = (0, 0);
    numbers
        .chunks(5)
        .map(|token| {
            start = if token[0] == 0 { start + token[1] } else { token[1] };
            line += token[0];
            let range = json!({"start": {"line": line, "character": start}, "end": {"line": line, "character": start + token[2]}});
            editor.documents[name].slice(&range, editor.encoding).to_owned()
        })
        .collect()
}

#[test]
fn completion_follows_the_client() {
    everywhere(|kind, mut editor, [requirements, _, tasks]| {
        editor.replace(&tasks, "1.1, 1.2, 1.4_", "1.1, 1._");
        let items = editor.completions(&tasks, "1.1, 1.");
        let labels: Vec<&str> = items.iter().map(|i| i["label"].as_str().unwrap()).collect();
        assert_eq!(labels, ["1.2", "1.3", "1.4"], "{kind:?}");
        let range = &items[0]["textEdit"]["range"];
        assert_eq!(editor.documents[&tasks].slice(range, editor.encoding), "1.");
        editor.replace(&requirements, "4. WHERE an", "4. WHERE");
        editor.replace(
            &requirements,
            "4. WHERE admin bypass is set, THE Limiter SHALL skip counting",
            "4. WHI",
        );
        let items = editor.completions(&requirements, "4. WHI");
        assert_eq!(items.len(), 1, "{items:?}");
        let text = items[0]["textEdit"]["newText"].as_str().unwrap();
        let snippets = !matches!(kind, Kind::Eglot | Kind::Nothing);
        assert_eq!(items[0]["insertTextFormat"] == 2, snippets, "{kind:?}");
        assert_eq!(text.contains("${"), snippets);
        assert!(text.starts_with("WHILE "));
    });
}

#[test]
fn formatting_is_offered_for_specs_and_done_on_request_only() {
    for kind in CLIENTS {
        let (mut editor, [requirements, design, tasks]) = unsaved(&Setup::of(kind), "\r\n");
        let registers = matches!(kind, Kind::VsCode | Kind::Neovim | Kind::Zed);
        editor.settle();
        assert_eq!(editor.formatters.len(), usize::from(registers), "{kind:?}");
        if registers {
            let filter = &editor.formatters[0]["registerOptions"]["documentSelector"][0];
            assert_eq!(filter["pattern"], "**/.kiro/specs/**/*.md");
        }
        let offered = &editor.server["capabilities"]["documentFormattingProvider"];
        assert_eq!(offered.is_null(), registers, "{kind:?}");
        let options = json!({"tabSize": 2, "insertSpaces": true});
        for name in [&requirements, &design, &tasks] {
            let params = json!({"textDocument": {"uri": name}, "options": options});
            assert_eq!(
                editor.result("textDocument/formatting", params),
                json!([]),
                "{kind:?}"
            );
        }
        for old in ["2. IF", "3. WHILE", "4. WHERE"] {
            editor.replace(
                &requirements,
                old,
                &old.replacen(|c: char| c.is_ascii_digit(), "1", 1),
            );
        }
        let params = json!({"textDocument": {"uri": requirements}, "options": options});
        let edits = editor.result("textDocument/formatting", params);
        let all: Vec<&str> = edits
            .as_array()
            .unwrap()
            .iter()
            .map(|e| e["newText"].as_str().unwrap())
            .collect();
        assert_eq!(all, ["2", "3", "4"], "{kind:?}");
    }
}

#[test]
fn other_files_are_left_alone() {
    let folder = Folder::rate_limit();
    folder.write(
        "README.md",
        "# Requirement 1: x\n\nThe Limiter, 1.1. _Requirements: 1.1_\n",
    );
    folder.write("src/a.ts", "// The Limiter, 1.1\n");
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    for file in ["README.md", "src/a.ts"] {
        let name = editor.open(file);
        let of = json!({"uri": name});
        let position = json!({"line": 0, "character": 3});
        let options = json!({"tabSize": 2, "insertSpaces": true});
        let range =
            json!({"start": {"line": 0, "character": 0}, "end": {"line": 1, "character": 0}});
        for (method, params) in [
            (
                "references",
                json!({"textDocument": of, "position": position, "context": {"includeDeclaration": true}}),
            ),
            (
                "documentHighlight",
                json!({"textDocument": of, "position": position}),
            ),
            (
                "prepareRename",
                json!({"textDocument": of, "position": position}),
            ),
            (
                "rename",
                json!({"textDocument": of, "position": position, "newName": "x"}),
            ),
            ("foldingRange", json!({"textDocument": of})),
            (
                "selectionRange",
                json!({"textDocument": of, "positions": [position]}),
            ),
            ("semanticTokens/full", json!({"textDocument": of})),
            ("inlayHint", json!({"textDocument": of, "range": range})),
            (
                "formatting",
                json!({"textDocument": of, "options": options}),
            ),
            (
                "completion",
                json!({"textDocument": of, "position": position}),
            ),
        ] {
            let answer = editor.result(&format!("textDocument/{method}"), params);
            assert!(answer.is_null(), "{file} {method}: {answer}");
        }
    }
}

#[test]
fn files_that_are_named_are_links() {
    everywhere(|kind, mut editor, [_, design, _]| {
        editor.folder.write("src/limit.rs", "fn limit() {}\n");
        editor
            .folder
            .write(".kiro/specs/rate-limit/note.md", "# N\n");
        let text = "# Design\n\n🚀 `src/limit.rs:12`, `src/gone.rs`, [n](note.md), #[[file:src/limit.rs]], [out](../../../../x.rs)\n";
        editor.reset(&design, text);
        let links = editor.links(&design);
        let shown: Vec<(String, String)> = links
            .as_array()
            .unwrap()
            .iter()
            .map(|l| {
                let text = editor.documents[&design].slice(&l["range"], editor.encoding);
                let target = l["target"].as_str().unwrap();
                (
                    text.to_owned(),
                    target.rsplit('/').next().unwrap().to_owned(),
                )
            })
            .collect();
        let expected = [
            ("src/limit.rs:12", "limit.rs#L12"),
            ("note.md", "note.md"),
            ("src/limit.rs", "limit.rs"),
        ]
        .map(|(text, target)| (text.to_owned(), target.to_owned()));
        assert_eq!(shown, expected, "{kind:?}");
    });
}

#[test]
fn what_is_asked_in_one_root_stays_in_it() {
    for kind in [Kind::VsCode, Kind::Neovim, Kind::Eglot] {
        let (folder, roots) = Folder::two_roots("// Requirements 1.3\nfn a() {}\n");
        let setup = Setup {
            folders: Some(roots),
            ..Setup::of(kind)
        };
        let mut editor = Editor::start(folder, &setup);
        let mut names = Vec::new();
        for root in ["one", "two"] {
            for file in [REQUIREMENTS, DESIGN, TASKS, "src/a.rs"] {
                names.push(editor.open(&format!("{root}/{file}")));
            }
        }
        let before: Vec<String> = names
            .iter()
            .map(|n| editor.documents[n].text.clone())
            .collect();
        let [one, two] = ["one", "two"].map(|r| editor.folder.uri(r));
        let of = |name: &str| if name.starts_with(&one) { 1 } else { 2 };
        assert_ne!(one, two);
        let at = (names[4].as_str(), "3. WHILE", 0);
        let more = json!({"context": {"includeDeclaration": true}});
        // The links of source are known once they were looked for.
        let mut found = Vec::new();
        while !found
            .iter()
            .any(|l: &Value| l["uri"].as_str().unwrap().ends_with("a.rs"))
        {
            let answer = editor.about("textDocument/references", at, &more);
            found = result(&answer).as_array().unwrap().clone();
        }
        assert!(
            found.iter().all(|l| of(l["uri"].as_str().unwrap()) == 2),
            "{found:?}"
        );
        let answer = editor.about("textDocument/rename", at, &json!({"newName": "1.1"}));
        let edit = result(&answer).clone();
        editor.do_edit(&edit);
        for (name, before) in names.iter().zip(before) {
            let same = editor.documents[name].text == before;
            assert_eq!(same, of(name) == 1, "{kind:?} {name}");
        }
        let hits = editor.result("workspace/symbol", json!({"query": "Block"}));
        let roots: Vec<i32> = hits
            .as_array()
            .unwrap()
            .iter()
            .map(|h| of(h["location"]["uri"].as_str().unwrap()))
            .collect();
        assert!(roots.contains(&1) && roots.contains(&2), "{hits}");
    }
}

#[test]
fn a_number_that_two_things_have_is_not_renamed() {
    everywhere(|kind, mut editor, [requirements, _, tasks]| {
        editor.replace(&requirements, "3. WHILE", "2. WHILE");
        let before = editor.documents[&tasks].text.clone();
        let at = (requirements.as_str(), "2. WHILE", 0);
        for new in ["1.1", "1.4", "1.5"] {
            let answer = editor.about("textDocument/rename", at, &json!({"newName": new}));
            let message = answer["error"]["message"].as_str().unwrap_or_default();
            assert!(message.starts_with("`1.2` "), "{kind:?} {answer}");
        }
        assert_eq!(editor.documents[&tasks].text, before);
    });
}
