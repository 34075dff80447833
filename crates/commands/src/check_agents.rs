//! What is wrong with hook files, steering and the like.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rutter_hooks::{HookFile, rules as hook_rules};
use rutter_host::{Files, Settings};
use rutter_steering::rules as steering_rules;
use rutter_steering::rules::{Said, Which};
use rutter_text::rule::Levels;
use rutter_text::{Finding, Severity};
use rutter_workspace::{AgentFile, AgentFiles};

use crate::check;
use crate::mcp::check::Around;

/// What was found in files that may stay as they are, from one look to the next. It holds for one set of settings and one
/// list of the project's files.
#[derive(Default)]
pub struct Lasting(HashMap<PathBuf, (Arc<AgentFile>, Vec<Finding>)>);

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
    let mut lasting = Lasting::default();
    findings_again(agents, base, disk, project, settings, servers, &mut lasting)
}

/// The same, where `lasting` spares most of the work for files that did not change since.
pub fn findings_again(
    agents: &AgentFiles,
    base: &Path,
    disk: &dyn Files,
    project: Option<&[String]>,
    settings: &Settings,
    servers: &Around,
    lasting: &mut Lasting,
) -> BTreeMap<PathBuf, Vec<Finding>> {
    let said = Said::new(agents.steering());
    let look = Look {
        agents,
        base,
        disk,
        project,
        levels: check::levels(settings),
        said: Some(&said),
        servers,
    };
    let mut next = HashMap::new();
    let found = agents
        .iter()
        .map(|file| {
            let known = lasting.0.remove(&file.path);
            let stays = match known {
                Some((of, found)) if Arc::ptr_eq(&of, file) => found,
                _ => look.at(file, Which::Lasting),
            };
            let mut found = stays.clone();
            found.extend(look.at(file, Which::Passing));
            Finding::sort(&mut found);
            next.insert(file.path.clone(), (Arc::clone(file), stays));
            (file.path.clone(), found)
        })
        .collect();
    lasting.0 = next;
    found
}

/// The findings of one of the files.
pub fn findings_in(
    file: &AgentFile,
    agents: &AgentFiles,
    base: &Path,
    disk: &dyn Files,
    project: Option<&[String]>,
    settings: &Settings,
    servers: &Around,
) -> Vec<Finding> {
    let look = Look {
        agents,
        base,
        disk,
        project,
        levels: check::levels(settings),
        said: None,
        servers,
    };
    look.at(file, Which::All)
}

/// What findings depend on.
struct Look<'a> {
    agents: &'a AgentFiles,
    base: &'a Path,
    disk: &'a dyn Files,
    project: Option<&'a [String]>,
    levels: Levels,
    said: Option<&'a Said<'a>>,
    servers: &'a Around,
}

impl Look<'_> {
    fn at(&self, file: &AgentFile, which: Which) -> Vec<Finding> {
        if let Err(message) = &file.text {
            let unreadable = Finding::new(
                "document/unreadable",
                Severity::Error,
                0..0,
                message.clone(),
            );
            let found = (which != Which::Passing).then_some(unreadable);
            return found.into_iter().collect();
        }
        if let Some(steering) = file.steering() {
            let exists = |name: &str| exists(self.agents, self.base, self.disk, name);
            let context = steering_rules::Context {
                files: self.agents.steering(),
                project: self.project,
                exists: Some(&exists),
                said: self.said,
            };
            return steering_rules::check_with(which, steering, &context, &self.levels);
        }
        if which == Which::Lasting {
            return Vec::new();
        }
        // What is wrong with hooks is found while they are read, and may depend on their newer forms beside them.
        let hooks = file
            .hooks()
            .and_then(|_| self.agents.hooks().iter().find(|h| h.path == file.name));
        let mut found = hooks.map_or_else(Vec::new, |hooks| {
            hook_rules::levelled(&of_hooks(hooks), &self.levels)
        });
        let text = file.text.as_ref().map_or("", |source| source.text());
        found.extend(self.servers.findings(&file.name, text, &self.levels));
        found
    }
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

    #[test]
    fn what_did_not_change_is_not_looked_at_again_and_nothing_is_lost() {
        let rule = "- Use short words in every message of the program.\n";
        let (a, b) = ("/w/.kiro/steering/a.md", "/w/.kiro/steering/b.md");
        let memory = Memory::with([
            (a, rule),
            (b, rule),
            (
                "/w/.kiro/steering/c.md",
                "See #[[file:d.md]].\nRun cargo fmt after each change.\n",
            ),
        ]);
        let (base, settings) = (Path::new("/w"), Settings::default());
        let mut lasting = Lasting::default();
        let mut look = |files: &AgentFiles| {
            let around = Around::default();
            let again =
                findings_again(files, base, &memory, None, &settings, &around, &mut lasting);
            assert_eq!(
                again,
                findings(files, base, &memory, None, &settings, &around)
            );
            let count = |path: &str| again[Path::new(path)].len();
            (count(a), count(b), count("/w/.kiro/steering/c.md"))
        };
        let mut files = AgentFiles::read(&memory, base);
        assert_eq!(look(&files), (0, 1, 2));
        for (path, text, expected) in [
            (a, "Other.\n", (0, 0, 2)),
            (a, rule, (0, 1, 2)),
            ("/w/.kiro/steering/d.md", rule, (0, 1, 1)),
        ] {
            memory.write(Path::new(path), text.as_bytes()).unwrap();
            files = AgentFiles::read(&memory, base);
            assert_eq!(look(&files), expected, "{path}");
        }
    }
}
