//! A migrated hook fires for the same events as before.

use rutter_hooks::migrate::Old;
use rutter_hooks::{Event, Format, HookFile, Moment, Trigger, matching, migrate};
use rutter_text::edit::apply;

const SAMPLES: &[(&str, &str)] = &[
    (
        ".kiro/hooks/docs.kiro.hook",
        r#"{"enabled":true,"name":"Docs","description":"d","version":"1","when":{"type":"fileEdited","patterns":["src/**/*.rs","*.md","!**/gen/**"]},"then":{"type":"askAgent","prompt":"Update docs."}}"#,
    ),
    (
        "pkg/.kiro/hooks/lint.json",
        r#"{"name":"Lint","when":{"type":"fileCreated","patterns":["**/{a,b}.ts"]},"then":{"type":"runCommand","command":"npm run lint","timeout":30}}"#,
    ),
    (
        ".kiro/hooks/gate.kiro.hook",
        r#"{"name":"Gate","enabled":false,"when":{"type":"preToolUse","toolTypes":["write","shell"]},"then":{"type":"runCommand","command":"gate"}}"#,
    ),
    (
        ".kiro/hooks/tools.kiro.hook",
        r#"{"name":"Tools","when":{"type":"postToolUse","tools":["Edit|Write"]},"then":{"type":"shellCommand","command":"x"}}"#,
    ),
    (
        ".kiro/hooks/all.yaml",
        "hooks:\n  - trigger: on_save\n    pattern: src/**/*.rs\n    action: update the unit tests\n  - trigger: on_commit\n    action: look for secrets\n  - trigger: on_build\n    action: explain\n  - trigger: on_api_change\n    pattern: \"**/*.rs\"\n    action: docs\n",
    ),
    (
        ".kiro/agents/team/reviewer.json",
        r#"{"name":"reviewer","hooks":{"agentSpawn":[{"command":"git status --short"}],"preToolUse":[{"matcher":"write","command":"exit 2","timeout_ms":1500}]},"model":"x"}"#,
    ),
    (
        ".kiro/hooks/mixed.json",
        r#"{"version":"v1","hooks":[{"name":"a","trigger":"PreCommit","matcher":"\\.rs$","action":{"type":"builtin","name":"secret-scan"},"x-owner":"me"},{"name":"b","trigger":"Stop","action":{"type":"agent","prompt":"p"}},{"name":"c","trigger":"Schedule","matcher":"0 9 * * 1","action":{"type":"command","command":"c"}}]}"#,
    ),
];

fn events() -> Vec<Event> {
    let paths = [
        "a.ts",
        "src/a.rs",
        "src/x/y/b.rs",
        "src/gen/c.rs",
        "README.md",
        "docs/b.md",
        "x/b.ts",
        "gen/d.md",
        "é/a.ts",
        "Cargo.toml",
    ];
    let tools = [
        "write",
        "fs_write",
        "read",
        "execute_bash",
        "Edit",
        "@git/log",
        "web_fetch",
    ];
    let mut events = Vec::new();
    for trigger in Trigger::ALL {
        events.push(Event::new(trigger));
        for path in paths {
            let mut event = Event::new(trigger).paths([path]);
            event.root = Some("/home/u/project".to_owned());
            events.push(event.clone());
            event.outside = true;
            events.push(event);
        }
        for tool in tools {
            events.push(Event::new(trigger).tool(tool));
        }
        for weekday in 0..7 {
            let mut event = Event::new(trigger);
            event.at = Some(Moment {
                minute: 0,
                hour: 9,
                day: 1,
                month: 1,
                weekday,
            });
            events.push(event);
        }
    }
    events
}

/// What fires: digest, name and files of each, in order of the digest.
fn fired(files: &[HookFile], event: &Event) -> Vec<(String, String, Vec<String>)> {
    let mut all: Vec<_> = matching(files, event)
        .into_iter()
        .map(|m| (m.hook.digest.clone(), m.hook.name.clone(), m.paths))
        .collect();
    all.sort();
    all
}

#[test]
fn the_same_events_match_before_and_after() {
    let mut fires = 0;
    for (path, text) in SAMPLES {
        let file = HookFile::parse(path, text);
        assert!(file.broken.is_empty(), "{path}: {:?}", file.broken);
        let migration = migrate(&file, &|_| false).expect(path);
        let mut after: Vec<HookFile> = migration
            .new
            .iter()
            .map(|n| HookFile::parse(&n.path, &n.text))
            .collect();
        for new in &after {
            assert_eq!(new.format, Format::V1);
            assert_eq!(new.findings, [], "{path}");
            let kiro = new.path.contains(".kiro/hooks/");
            assert!(
                new.hooks.iter().all(|h| !kiro || h.trigger.in_kiro()),
                "{path}"
            );
            assert!(migrate(new, &|_| false).is_none(), "{path}: done");
        }
        match &migration.old {
            Old::Edit(edits) => {
                let left = apply(text, edits);
                let left = HookFile::parse(path, &left);
                assert!(left.broken.is_empty(), "{path}: {}", left.text());
                after.push(left);
            }
            Old::Replaced => assert!(migration.new.iter().any(|n| n.path == *path)),
            Old::Delete => {}
        }
        assert_eq!(
            after.iter().map(|f| f.hooks.len()).sum::<usize>(),
            file.hooks.len(),
            "{path}"
        );
        let before = [file];
        for event in events() {
            let expected = fired(&before, &event);
            fires += expected.len();
            assert_eq!(fired(&after, &event), expected, "{path} {event:?}");
        }
    }
    assert!(fires > 50, "{fires}");
}

#[test]
fn paths_that_are_taken_are_not_written_over() {
    let file = HookFile::parse(SAMPLES[0].0, SAMPLES[0].1);
    let migration = migrate(&file, &|path| path == ".kiro/hooks/docs.json").unwrap();
    assert_eq!(migration.new[0].path, ".kiro/hooks/docs-2.json");
    let file = HookFile::parse(SAMPLES[6].0, SAMPLES[6].1);
    let migration = migrate(&file, &|_| false).unwrap();
    assert!(
        migration.new[0].text.contains("x-owner"),
        "unknown content moves too"
    );
    let Old::Edit(edits) = migration.old else {
        panic!()
    };
    assert_eq!(
        apply(SAMPLES[6].1, &edits),
        r#"{"version":"v1","hooks":[{"name":"b","trigger":"Stop","action":{"type":"agent","prompt":"p"}}]}"#
    );
}

#[test]
fn a_file_with_a_broken_hook_is_not_migrated() {
    let file = HookFile::parse(
        ".kiro/hooks/a.yaml",
        "hooks:\n- trigger: on_save\n  action: a\n- trigger: nonsense\n  action: b\n",
    );
    assert_eq!(file.hooks.len(), 1);
    assert!(migrate(&file, &|_| false).is_none());
}
