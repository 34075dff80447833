//! What is wrong with hook files, steering and the like.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rutter_hooks::{HookFile, rules as hook_rules};
use rutter_host::{Files, Settings};
use rutter_steering::rules as steering_rules;
use rutter_text::{Finding, Severity};
use rutter_workspace::{AgentFile, AgentFiles};

use crate::check;
use crate::mcp::check::Around;

/// The findings by path; each file there is has an entry. `base` is the folder that the files are named from, `project`
/// its files where they are known: without them nothing is said about patterns that match nothing; `servers` the files that
/// name tool servers.
pub fn findings(
    agents: &AgentFiles,
    base: &Path,
    disk: &dyn Files,
    project: Option<&[String]>,
    settings: &Settings,
    servers: &Around,
) -> BTreeMap<PathBuf, Vec<Finding>> {
    let levels = check::levels(settings);
    let exists = |name: &str| exists(agents, base, disk, name);
    let context = steering_rules::Context {
        files: agents.steering(),
        project,
        exists: Some(&exists),
    };
    let of = |file: &AgentFile| -> Vec<Finding> {
        if let Err(message) = &file.text {
            let unreadable = Finding::new(
                "document/unreadable",
                Severity::Error,
                0..0,
                message.clone(),
            );
            return vec![unreadable];
        }
        if let Some(steering) = file.steering() {
            return steering_rules::check(steering, &context, &levels);
        }
        let hooks = file
            .hooks()
            .and_then(|_| agents.hooks().iter().find(|hooks| hooks.path == file.name));
        let mut found = hooks.map_or_else(Vec::new, |hooks| {
            hook_rules::levelled(&of_hooks(hooks), &levels)
        });
        let text = file.text.as_ref().map_or("", |source| source.text());
        found.extend(servers.findings(&file.name, text, &levels));
        found
    };
    agents
        .iter()
        .map(|file| (file.path.clone(), of(file)))
        .collect()
}

/// Whether there is a file of this name: one that the editor has, or one on disk.
pub fn exists(agents: &AgentFiles, base: &Path, disk: &dyn Files, name: &str) -> bool {
    agents.named(name).is_some() || disk.exists(&base.join(name.trim_start_matches("~/")))
}

/// Whether the files of the project matter to the findings.
pub fn asks_for_project(agents: &AgentFiles) -> bool {
    let matches = |file: &rutter_steering::Steering| {
        matches!(file.inclusion, rutter_steering::Inclusion::FileMatch(_)) && !file.place.global
    };
    agents.steering().iter().any(matches)
}

fn of_hooks(file: &HookFile) -> Vec<Finding> {
    let mut found = file.findings.clone();
    found.extend(hook_rules::superseded(file));
    found
}

#[cfg(test)]
mod tests {
    use rutter_host::Memory;

    use super::*;

    fn codes(files: &[(&str, &str)], settings: &Settings) -> Vec<String> {
        let memory = Memory::default();
        for (name, text) in files {
            memory
                .write(&Path::new("/w").join(name), text.as_bytes())
                .unwrap();
        }
        let base = Path::new("/w");
        let agents = AgentFiles::read(&memory, base);
        let project = ["src/a.rs".to_owned()];
        assert!(asks_for_project(&agents));
        findings(
            &agents,
            base,
            &memory,
            Some(&project),
            settings,
            &Around::default(),
        )
        .into_iter()
        .flat_map(|(path, list)| {
            let name = path.strip_prefix(base).unwrap().display().to_string();
            list.into_iter().map(move |f| format!("{name}: {}", f.code))
        })
        .collect()
    }

    #[test]
    fn every_kind_is_looked_at_and_levels_count() {
        let files = [
            (".kiro/hooks/a.json", "{\"hooks\": ["),
            (
                ".kiro/hooks/b.kiro.hook",
                r#"{"name":"B","version":"1","when":{"type":"userTriggered"},"then":{"type":"askAgent","prompt":"x"}}"#,
            ),
            (
                ".kiro/hooks/b.json",
                r#"{"version":"v1","hooks":[{"name":"B","trigger":"Manual","action":{"type":"agent","prompt":"x"}}]}"#,
            ),
            (
                ".kiro/steering/a.md",
                "---\ninclusion: fileMatch\nfileMatchPattern: \"lib/**\"\n---\n\nSee #[[file:docs/none.md]] and #[[file:docs/a.md]].\n",
            ),
            ("docs/a.md", "A"),
        ];
        let mut settings = Settings::default();
        let found = codes(&files, &settings);
        for expected in [
            ".kiro/hooks/a.json: hook/syntax",
            ".kiro/hooks/b.kiro.hook: hook/superseded",
            ".kiro/steering/a.md: steering/empty-pattern",
            ".kiro/steering/a.md: steering/missing-file",
        ] {
            let count = found.iter().filter(|f| *f == expected).count();
            assert_eq!(count, 1, "{expected}: {found:?}");
        }
        for code in ["hook/syntax", "steering/missing-file"] {
            settings.rules.insert(code.to_owned(), "off".to_owned());
        }
        let found = codes(&files, &settings);
        assert!(
            !found.iter().any(|f| f.ends_with("hook/syntax")),
            "{found:?}"
        );
        assert!(
            !found.iter().any(|f| f.ends_with("missing-file")),
            "{found:?}"
        );
    }
}
