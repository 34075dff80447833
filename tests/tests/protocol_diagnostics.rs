//! Findings: pushed or pulled, never both; at the right place in every encoding; gone when their cause is.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{CLIENTS, Editor, Encoding, Folder, Kind, Setup, offering};
use serde_json::{Value, json};

const REQUIREMENTS: &str = ".kiro/specs/rate-limit/requirements.md";
const DESIGN: &str = ".kiro/specs/rate-limit/design.md";
const TASKS: &str = ".kiro/specs/rate-limit/tasks.md";

fn codes(list: &[Value]) -> Vec<&str> {
    list.iter()
        .map(|d| d["code"].as_str().expect("a code"))
        .collect()
}

#[test]
fn the_sample_has_no_finding() {
    for kind in [Kind::Zed, Kind::VsCode] {
        let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(kind));
        let name = editor.open(TASKS);
        if kind == Kind::VsCode {
            assert_eq!(editor.pull(&name)["items"], json!([]));
        } else {
            // The first finding comes for this edit; whatever was published before it was empty.
            editor.replace(&name, "1.1, 1.2, 1.4_", "1.1, 1.2, 1.9_");
            assert!(codes(&editor.pushed(&name)).contains(&"task/unknown-requirement"));
            assert_eq!(
                editor.ledger.publishes.values().sum::<usize>(),
                editor.ledger.publishes[&name]
                    + editor
                        .ledger
                        .publishes
                        .get(&editor.folder.uri(REQUIREMENTS))
                        .copied()
                        .unwrap_or(0)
            );
        }
    }
}

/// A client that can pull and be told to pull again is never pushed to; every other one is.
#[test]
fn push_or_pull_never_both() {
    for kind in CLIENTS {
        let folder = Folder::rate_limit();
        folder.write(
            TASKS,
            &folder.read(TASKS).replace("1.1, 1.2, 1.4_", "1.1, 1.9_"),
        );
        let mut editor = Editor::start(folder, &Setup::of(kind));
        let pulls = matches!(kind, Kind::VsCode | Kind::Helix);
        assert_eq!(
            editor.server["capabilities"]["diagnosticProvider"].is_object(),
            pulls,
            "{kind:?}"
        );
        let name = editor.open(TASKS);
        if pulls {
            let report = editor.pull(&name);
            assert_eq!(report["kind"], "full");
            assert!(
                codes(report["items"].as_array().unwrap()).contains(&"task/unknown-requirement")
            );
            let again =
                json!({"textDocument": {"uri": name}, "previousResultId": report["resultId"]});
            assert_eq!(
                editor.ask("textDocument/diagnostic", again)["result"]["kind"],
                "unchanged"
            );
            editor.replace(&name, "1.9_", "1.1_");
            editor.pull(&name);
            editor.settle();
            assert!(editor.ledger.publishes.is_empty(), "{kind:?} was pushed to");
        } else {
            assert!(
                codes(&editor.pushed(&name)).contains(&"task/unknown-requirement"),
                "{kind:?}"
            );
        }
    }
}

#[test]
fn the_whole_workspace_can_be_pulled() {
    let folder = Folder::rate_limit();
    folder.write(
        TASKS,
        &folder.read(TASKS).replace("1.1, 1.2, 1.4_", "1.1, 1.9_"),
    );
    folder.write(".kiro/specs/other/requirements.md", "# Requirements Document\n\n### Requirement 1: A\n\n#### Acceptance Criteria\n\n1. THE A SHALL b\n");
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    let pull = |e: &mut Editor, known: Value| {
        e.ask("workspace/diagnostic", json!({"previousResultIds": known}))["result"]["items"]
            .as_array()
            .unwrap()
            .clone()
    };
    let first = pull(&mut editor, json!([]));
    let of = |items: &[Value], uri: &str| {
        items
            .iter()
            .find(|i| i["uri"] == uri)
            .cloned()
            .unwrap_or_else(|| panic!("no {uri} in {items:?}"))
    };
    let tasks = editor.folder.uri(TASKS);
    assert!(
        codes(of(&first, &tasks)["items"].as_array().unwrap())
            .contains(&"task/unknown-requirement")
    );
    let known: Vec<Value> = first
        .iter()
        .map(|i| json!({"uri": i["uri"], "value": i["resultId"]}))
        .collect();
    assert!(
        pull(&mut editor, json!(known))
            .iter()
            .all(|i| i["kind"] == "unchanged")
    );
    let open = editor.open(TASKS);
    editor.replace(&open, "1.9_", "1.1, 1.2, 1.4_");
    let after = pull(&mut editor, json!(known));
    let changed = of(&after, &tasks);
    assert_eq!(
        (
            changed["kind"].as_str(),
            &changed["items"],
            changed["version"].as_i64()
        ),
        (Some("full"), &json!([]), Some(2))
    );
}

/// The finding stands at the same words, however the client counts and the file ends its lines.
#[test]
fn ranges_behind_emoji_and_crlf() {
    for encoding in Encoding::ALL {
        for newline in ["\n", "\r\n"] {
            let folder = Folder::rate_limit();
            let text = folder.read(TASKS).replace('\n', newline);
            folder.write(TASKS, &text);
            let mut editor = Editor::start(
                folder,
                &Setup::with(offering(Kind::Zed.capabilities(), encoding)),
            );
            let name = editor.open(TASKS);
            editor.replace(
                &name,
                "_Requirements: 1.1, 1.2, 1.4_",
                "_Requirements: 1.1 😀 ü, 1.2, 1.4, 7.7_",
            );
            editor.replace(&name, "😀 ü,", "ü 😀😀,");
            let list = editor.pushed(&name);
            let unknown = list
                .iter()
                .find(|d| d["code"] == "task/unknown-requirement")
                .unwrap_or_else(|| panic!("{list:?}"));
            let document = &editor.documents[&name];
            assert_eq!(
                document.slice(&unknown["range"], encoding),
                "7.7",
                "{encoding:?} {newline:?}"
            );
            assert_eq!(unknown["source"], "rutter");
            // The page is on this machine, and has the place.
            let page = unknown["codeDescription"]["href"].as_str().unwrap();
            let (page, anchor) = page.split_once('#').unwrap();
            assert!(
                page.starts_with("file:///") && page.ends_with("rules.md"),
                "{page}"
            );
            assert!(anchor.contains("unknown-requirement"), "{anchor}");
        }
    }
}

#[test]
fn findings_follow_an_edit_of_another_document() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::Zed));
    let (requirements, tasks) = (editor.open(REQUIREMENTS), editor.open(TASKS));
    editor.replace(
        &requirements,
        "4. WHERE an admin bypass is set, THE Limiter SHALL skip counting\n",
        "",
    );
    let unknown = |e: &Editor| {
        let (_, list) = e.ledger.diagnostics.get(&tasks)?;
        codes(list)
            .contains(&"task/unknown-requirement")
            .then_some(())
    };
    editor.until(unknown);
    editor.replace(
        &requirements,
        "return 429\n",
        "return 429\n4. WHERE an admin bypass is set, THE Limiter SHALL skip counting\n",
    );
    editor.until(|e| unknown(e).is_none().then_some(()));
}

#[test]
fn who_asks_is_told_when_another_document_has_other_findings() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::VsCode));
    let (requirements, tasks) = (editor.open(REQUIREMENTS), editor.open(TASKS));
    let criterion = "4. WHERE an admin bypass is set, THE Limiter SHALL skip counting\n";
    assert_eq!(editor.pull(&tasks)["items"], json!([]));
    editor.settle();
    for there in [false, true] {
        let seen = editor.refreshes.len();
        if there {
            let back = format!("return 429\n{criterion}");
            editor.replace(&requirements, "return 429\n", &back);
        } else {
            editor.replace(&requirements, criterion, "");
        }
        editor.until(|e| {
            let mut new = e.refreshes[seen..].iter();
            new.any(|r| r == "workspace/diagnostic/refresh")
                .then_some(())
        });
        let found = editor.pull(&tasks)["items"].as_array().unwrap().len();
        assert_eq!(found == 0, there);
    }
}

#[test]
fn what_is_closed_or_removed_keeps_no_wrong_finding() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::Zed));
    let name = editor.open(TASKS);
    editor.replace(&name, "1.1, 1.2, 1.4_", "1.1, 1.9_");
    assert!(!editor.pushed(&name).is_empty());
    let empty = |e: &Editor| e.ledger.diagnostics[&name].1.is_empty().then_some(());
    // The edit was never saved.
    editor.close(&name);
    editor.until(empty);
    editor
        .folder
        .write(TASKS, "- [ ] 1. X\n  - _Requirements: 9.9_\n");
    editor.watched(&[(TASKS, 2)]);
    editor.until(|e| empty(e).is_none().then_some(()));
    std::fs::remove_file(editor.folder.path(TASKS)).unwrap();
    editor.watched(&[(TASKS, 3)]);
    editor.until(empty);
}

#[test]
fn a_quick_fix_repairs_what_it_names() {
    for kind in [Kind::Zed, Kind::Neovim] {
        let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(kind));
        let name = editor.open(TASKS);
        editor.replace(&name, "1.1, 1.2, 1.4_", "1.1, 1.1, 1.2, 1.4, 1.9_");
        let found = editor.pushed(&name);
        let mut repaired = 0;
        for finding in found {
            let actions = editor.actions_in(&name, &finding["range"]);
            for action in actions.iter().filter(|a| a["kind"] == "quickfix") {
                assert!(
                    action["edit"].is_object() && action["diagnostics"][0]["code"].is_string(),
                    "{action}"
                );
                repaired += 1;
            }
        }
        assert!(repaired > 0, "{kind:?}");
    }
}

#[test]
fn rule_levels_of_the_repository_count_and_are_read_again() {
    let folder = Folder::rate_limit();
    folder.write(
        ".rutter/config.toml",
        "[rules]\n\"task/unknown-requirement\" = \"off\"\n",
    );
    folder.write(
        TASKS,
        &folder
            .read(TASKS)
            .replace("1.1, 1.2, 1.4_", "1.1, 1.2, 1.4, 1.9_"),
    );
    let mut editor = Editor::start(folder, &Setup::of(Kind::VsCode));
    let name = editor.open(TASKS);
    assert_eq!(editor.pull(&name)["items"], json!([]));
    editor.folder.write(
        ".rutter/config.toml",
        "[rules]\n\"task/unknown-requirement\" = \"hint\"\n",
    );
    editor.watched(&[(".rutter/config.toml", 2)]);
    let report = editor.pull(&name);
    assert_eq!(report["items"][0]["severity"], 4, "{report}");
}

#[test]
fn a_spec_that_was_never_approved_has_no_finding_about_it() {
    let mut editor = Editor::start(Folder::rate_limit(), &Setup::of(Kind::VsCode));
    let requirements = editor.open(REQUIREMENTS);
    assert_eq!(editor.pull(&requirements)["items"], json!([]));
    editor.run(
        "rutter.approve",
        json!({"spec": "rate-limit", "stage": "all"}),
    );
    editor.told("Approved");
    assert_eq!(editor.pull(&requirements)["items"], json!([]));
    editor.replace(&requirements, "reject the sixth", "reject the seventh");
    let report = editor.pull(&requirements);
    let stale = report["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|d| d["code"] == "approval/stale")
        .unwrap_or_else(|| panic!("{report}"))
        .clone();
    let place = editor.documents[&requirements].slice(&stale["range"], editor.encoding);
    assert!(
        place.contains("reject the seventh")
            || "reject the seventh".contains(place)
            || place.starts_with("1"),
        "{stale} at {place:?}"
    );
    let design = editor.open(DESIGN);
    assert!(editor.pull(&design)["items"].is_array());
}
