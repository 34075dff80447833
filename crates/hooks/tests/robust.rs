//! No text makes anything here panic, and every range lies in its text.

use proptest::prelude::*;
use rutter_hooks::{
    Event, HookFile, Pattern, Schedule, Tools, Trigger, features, from_sentence, matching, migrate,
    toggle,
};
use rutter_text::edit::apply;

const SEEDS: &[&str] = &[
    "{\"version\": \"v1\", \"hooks\": [\n  {\"name\": \"é\", \"trigger\": \"PostFileSave\", \"matcher\": \"\\\\.rs$\", \"action\": {\"type\": \"command\", \"command\": \"cargo check\"}, \"timeout\": 5},\n  {\"name\": \"b\", \"trigger\": \"Schedule\", \"matcher\": \"0 9 * * 1\", \"action\": {\"type\": \"agent\", \"prompt\": \"x\"}}\n]}\n",
    "{\"enabled\":true,\"name\":\"Docs\",\"when\":{\"type\":\"fileEdited\",\"patterns\":[\"src/**/*.rs\",\"!x\"]},\"then\":{\"type\":\"askAgent\",\"prompt\":\"é\"}}",
    "{\"hooks\":{\"preToolUse\":[{\"matcher\":\"write\",\"command\":\"exit 2\",\"timeout_ms\":1000}]}}",
    "hooks:\n  - trigger: on_save\n    pattern: **/*.rs\n    action: \"update é\"\n  - trigger: on_commit # x\n    action: |\n      look\n      for secrets\n",
];
const PATHS: &[&str] = &[
    ".kiro/hooks/a.json",
    ".kiro/hooks/a.kiro.hook",
    ".kiro/agents/a.json",
    ".rutter/hooks/a.yaml",
    "",
    "é",
];

fn try_all(path: &str, text: &str) {
    let file = HookFile::parse(path, text);
    let inside = |range: &std::ops::Range<usize>| text.get(range.clone()).is_some();
    for finding in &file.findings {
        assert!(inside(&finding.range), "{finding:?} {text:?}");
        for fix in &finding.fixes {
            assert!(fix.edits.iter().all(|e| inside(&e.range)), "{finding:?}");
            let _ = HookFile::parse(path, &apply(text, &fix.edits));
        }
    }
    for hook in &file.hooks {
        assert!(
            inside(&hook.range) && inside(&hook.name_range),
            "{hook:?} {text:?}"
        );
        if let Some(edit) = toggle(&file, hook, !hook.enabled) {
            assert!(inside(&edit.range));
            let _ = apply(text, &[edit]);
        }
    }
    assert!(file.broken.iter().all(|b| inside(&b.range)));
    for trigger in Trigger::ALL {
        let mut event = Event::new(trigger).paths(["src/é.rs", ""]).tool("fs_write");
        event.root = Some("/".to_owned());
        let _ = matching(std::slice::from_ref(&file), &event);
    }
    let _ = migrate(&file, &|_| false);
    for (offset, _) in text
        .char_indices()
        .step_by(11)
        .chain([(text.len() + 3, ' ')])
    {
        if let Some(hover) = features::hover(&file, offset) {
            assert!(inside(&hover.range));
        }
        for item in features::complete(path, text, offset) {
            assert!(inside(&item.range));
        }
    }
    let _ = features::lenses(&file);
    assert!(
        features::symbols(&file)
            .iter()
            .all(|s| inside(&s.range) && inside(&s.selection))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn mutated_files(seed in 0..SEEDS.len(), path in 0..PATHS.len(), cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), "[\\[\\]{}\",:é\\-#*|&!%@\n\\\\ a0]{0,4}"), 1..5)) {
        let mut text = SEEDS[seed].to_owned();
        for (at, length, insert) in cuts {
            let mut start = at.index(text.len() + 1);
            let mut end = (start + length.index(12)).min(text.len());
            while !text.is_char_boundary(start) { start -= 1; }
            while !text.is_char_boundary(end) { end += 1; }
            text.replace_range(start..end, &insert);
        }
        try_all(PATHS[path], &text);
    }

    #[test]
    fn random_texts(path in 0..PATHS.len(), text in "\\PC{0,80}") {
        try_all(PATHS[path], &text);
    }

    #[test]
    fn random_patterns(text in "[\\[\\](){}?!=<>:|^$*+.,\\\\/@ab0-9é &-]{0,24}") {
        let _ = Pattern::new(&text).map(|p| p.is_match("src/aé.rs"));
        let _ = Tools::new(&text).map(|t| t.is_match("@git/log"));
        let _ = Schedule::parse(&text);
        let glob = serde_json::json!({"when": {"type": "fileEdited", "patterns": [text]}, "then": {"type": "askAgent", "prompt": "p"}});
        try_all("a.kiro.hook", &glob.to_string());
    }

    #[test]
    fn random_sentences(text in "(run|ask|when|save|`|a|ts|file|commit|every| |é|build){0,12}") {
        let _ = from_sentence(&text);
    }
}

#[test]
fn deep_nesting_ends() {
    for text in [
        "[".repeat(50_000),
        "{\"hooks\":[".repeat(2_000),
        "- ".repeat(20_000),
        "{a: ".repeat(5_000),
    ] {
        let _ = HookFile::parse("a.json", &text);
        let _ = HookFile::parse("a.yaml", &text);
    }
}

#[test]
fn every_seed_is_read() {
    for (seed, path) in SEEDS.iter().zip(PATHS) {
        try_all(path, seed);
        try_all(path, &seed.replace('\n', "\r\n"));
        assert!(!HookFile::parse(path, seed).hooks.is_empty());
    }
}
