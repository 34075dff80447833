//! Hook files, in every format.

use lsp_types::SymbolKind;
use rutter_commands::hooks::{migrate, trusted};
use rutter_commands::steps::{Reach, Step};
use rutter_hooks::{Hook, HookFile, features};
use rutter_store::Verdict;
use serde_json::json;

use super::{Here, Item, Items, Kind, Link, Said, Symbol};

/// Hooks.
pub struct Hooks;

impl Kind for Hooks {
    fn hover(&self, here: &Here<'_>, offset: usize) -> Option<Said> {
        let found = features::hover(here.file.hooks()?, offset)?;
        Some(Said {
            range: found.range,
            markdown: found.markdown,
        })
    }

    fn complete(&self, here: &Here<'_>, offset: usize) -> Items {
        let found = features::complete(&here.file.name, here.source.text(), offset);
        let items = found.into_iter().map(|item| Item {
            label: item.label,
            insert: item.insert,
            range: item.range,
            docs: item.docs,
            is_template: item.template,
        });
        Items {
            items: items.collect(),
            incomplete: false,
        }
    }

    /// From a hook that does not count to the file of the one that does.
    fn links(&self, here: &Here<'_>) -> Vec<Link> {
        let hooks = file(here).map(|file| file.hooks.as_slice());
        hooks
            .unwrap_or_default()
            .iter()
            .filter_map(|hook| {
                let (name, _) = hook.superseded_by.as_ref()?.split_once('#')?;
                Some(Link {
                    range: hook.name_range.clone(),
                    target: here.path_of(name),
                })
            })
            .collect()
    }

    fn symbols(&self, here: &Here<'_>) -> Vec<Symbol> {
        let Some(file) = here.file.hooks() else {
            return Vec::new();
        };
        features::symbols(file)
            .into_iter()
            .map(|symbol| Symbol {
                name: symbol.name,
                detail: Some(symbol.detail),
                kind: SymbolKind::EVENT,
                range: symbol.range,
                selection: symbol.selection,
                children: Vec::new(),
            })
            .collect()
    }

    fn steps(&self, here: &Here<'_>) -> Vec<Step> {
        let Some(file) = file(here) else {
            return Vec::new();
        };
        let saved = saved(here);
        let mut steps = Vec::new();
        for lens in features::lenses(file) {
            let hook = file.hooks.iter().find(|hook| hook.id == lens.hook);
            // What runs and what is trusted is what was saved.
            let on_disk = hook.filter(|hook| saved.as_ref().is_some_and(|s| holds(s, hook)));
            let trusted = on_disk.is_some_and(|hook| is_trusted(here, file, hook));
            let mut add = |title: &str, command, argument| {
                steps.push(Step {
                    range: lens.range.clone(),
                    reach: Reach::Line,
                    title: title.to_owned(),
                    command,
                    argument,
                });
            };
            if on_disk.is_some() && lens.runnable {
                if trusted {
                    add("Run", "rutter.runHook", json!({"hook": lens.hook}));
                } else {
                    let what = format!("hook:{}", lens.hook);
                    add("Trust as it stands", "rutter.trust", json!({"what": what}));
                }
            }
            let word = if lens.enabled { "Disable" } else { "Enable" };
            let argument = json!({"hook": lens.hook, "enabled": !lens.enabled});
            add(word, "rutter.toggleHook", argument);
        }
        let disk = here.session.environment().files.as_ref();
        if let Some(migration) = migrate::migration(here.snapshot, disk, here.base, file) {
            steps.push(Step {
                range: 0..0,
                reach: Reach::ActionOnly,
                title: migration.title,
                command: "rutter.migrateHook",
                argument: json!({"uri": here.uri.as_str()}),
            });
        }
        steps
    }
}

/// The hooks of the file, with those named whose newer form counts instead.
fn file<'a>(here: &Here<'a>) -> Option<&'a HookFile> {
    here.file.hooks()?;
    let all = here.agents.hooks().iter();
    all.into_iter().find(|file| file.path == here.file.name)
}

/// The hooks as they are on disk; nothing where the file is not there or can't be read.
fn saved(here: &Here<'_>) -> Option<HookFile> {
    if !here.snapshot.open.contains_key(&here.file.path) {
        return here.file.hooks().cloned();
    }
    let files = here.session.environment().files.as_ref();
    let text = files.read_text(&here.file.path).ok()?;
    Some(HookFile::parse(&here.file.name, &text))
}

fn holds(saved: &HookFile, hook: &Hook) -> bool {
    let mut all = saved.hooks.iter();
    all.any(|other| other.id == hook.id && other.digest == hook.digest)
}

fn is_trusted(here: &Here<'_>, file: &HookFile, hook: &Hook) -> bool {
    // Where the store can't be read nothing counts as trusted.
    here.session
        .with_context(|cx| trusted(cx, here.base, file, hook))
        .is_ok_and(|(_, verdict)| verdict == Verdict::Trusted)
}
