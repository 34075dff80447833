//! Steering files and what is like them.

use lsp_types::SymbolKind;
use rutter_commands::steps::{Reach, Step};
use rutter_steering::{self as steering, Inclusion, Steering, checkable, features};
use serde_json::json;

use super::{Here, Item, Items, Kind, Link, Said, Symbol};

/// Whatever steers.
pub struct Rules;

impl Kind for Rules {
    fn hover(&self, here: &Here<'_>, offset: usize) -> Option<Said> {
        let file = here.file.steering()?;
        let project = matching(file).then(|| here.project()).flatten();
        let exists = |name: &str| here.exists(name);
        let project = project.as_ref().map(|names| names.as_slice());
        let found = features::hover(file, offset, project, &exists)?;
        Some(Said {
            range: found.range,
            markdown: found.text,
        })
    }

    fn complete(&self, here: &Here<'_>, offset: usize) -> Items {
        let project = here.project();
        let names = project.as_ref().map_or(&[][..], |names| names.as_slice());
        let text = here.source.text();
        let found = features::complete(&here.file.name, text, offset, names);
        let items = found.into_iter().map(|item| Item {
            label: item.label,
            insert: item.insert,
            range: item.range,
            docs: item.detail,
            is_template: false,
        });
        Items {
            items: items.collect(),
            incomplete: project.is_none() && here.is_in_project(),
        }
    }

    fn links(&self, here: &Here<'_>) -> Vec<Link> {
        let Some(file) = here.file.steering() else {
            return Vec::new();
        };
        features::links(file, &|name| here.exists(name))
            .into_iter()
            .map(|link| Link {
                range: link.range,
                target: here.path_of(&link.target),
            })
            .collect()
    }

    fn symbols(&self, here: &Here<'_>) -> Vec<Symbol> {
        let file = here.file.steering();
        file.map_or_else(Vec::new, |file| {
            features::symbols(file).into_iter().map(symbol).collect()
        })
    }

    fn steps(&self, here: &Here<'_>) -> Vec<Step> {
        let Some(file) = here.file.steering() else {
            return Vec::new();
        };
        // Only patterns need the files of the project.
        let project = matching(file).then(|| here.project()).flatten();
        let lens = features::lens(file, project.as_ref().map(|names| names.as_slice()));
        let mut steps = vec![Step {
            range: lens.range,
            reach: Reach::Document,
            title: sentence(&lens.title),
            command: "rutter.show",
            argument: json!({"what": "steering", "uri": here.uri.as_str()}),
        }];
        if file.place.power.is_none() && file.place.kind != steering::Kind::Skill {
            steps.extend(checkable::find(&file.text).into_iter().map(|found| Step {
                title: format!("Make a hook: {}", found.hook),
                range: found.range,
                reach: Reach::ActionOnly,
                command: "rutter.newHook",
                argument: json!({"text": found.hook, "uri": here.uri.as_str()}),
            }));
        }
        steps
    }
}

fn matching(file: &Steering) -> bool {
    matches!(file.inclusion, Inclusion::FileMatch(_))
}

fn sentence(title: &str) -> String {
    let mut chars = title.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + chars.as_str()
}

fn symbol(symbol: features::Symbol) -> Symbol {
    let (range, inner) = (symbol.range, symbol.name_range);
    Symbol {
        name: symbol.name,
        detail: None,
        kind: SymbolKind::STRING,
        selection: inner.start.max(range.start)..inner.end.min(range.end),
        range,
        children: symbol.children.into_iter().map(self::symbol).collect(),
    }
}
