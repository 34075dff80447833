//! The file that a piece of work belongs to when its words name none: what speaks of something akin, else the file where
//! the parts of its layer come together.

use std::collections::BTreeSet;

use rutter_catalogue::Layer;
use rutter_code::Language;
use rutter_code::project::is_test_path;

use super::akin::akin;
use super::layer;
use super::place::{self, Place};
use super::units::Unit;
use crate::ground::Ground;

/// Files where parts are put together, the most telling first.
const REGISTERS: [&str; 8] = [
    "app", "urls", "routes", "router", "server", "cli", "api", "main",
];

/// The place for words of a layer. `None` in a project without source.
pub fn near(words: &[String], layer: Layer, ground: &Ground) -> Option<Place> {
    if !ground.has_source() {
        return None;
    }
    let layer = layer::nearest_layer(layer, ground);
    similar(words, layer, ground)
        .or_else(|| central(layer, ground))
        .or_else(|| register(ground))
        .map(file)
}

/// What speaks of something akin in this layer.
pub fn similar(words: &[String], layer: Layer, ground: &Ground) -> Option<String> {
    let own: BTreeSet<String> = place::stems(words);
    let other = akin(&own);
    let all: BTreeSet<String> = own.iter().cloned().chain(place::stems(&other)).collect();
    let words: Vec<String> = words.iter().cloned().chain(other).collect();
    let fits = |path: &str| {
        layer::layer_of(path) == layer && !place::stems_of_name(path).is_disjoint(&all)
    };
    let hit = ground
        .find(&words)
        .into_iter()
        .map(|hit| hit.path)
        .find(|path| fits(path));
    hit.or_else(|| {
        layer::files_of(layer, ground)
            .into_iter()
            .find(|path| fits(path))
            .cloned()
    })
}

/// The file of a layer that the others hang on.
fn central(layer: Layer, ground: &Ground) -> Option<String> {
    let files = layer::files_of(layer, ground);
    let heavy = || {
        files
            .iter()
            .rev()
            .max_by_key(|path| ground.index.symbols_in(path))
            .map(|path| (*path).clone())
    };
    match layer {
        Layer::Interface => register(ground).or_else(heavy),
        Layer::Ui => files
            .iter()
            .find(|path| stem_of(path) == "index" || stem_of(path) == "app")
            .map(|path| (*path).clone())
            .or_else(heavy),
        Layer::Data => ["models", "store", "storage", "repository", "database", "db"]
            .iter()
            .find_map(|name| {
                files
                    .iter()
                    .find(|path| stem_of(path).to_lowercase().ends_with(name))
            })
            .map(|path| (*path).clone())
            .or_else(heavy),
        Layer::Service => heavy(),
    }
}

/// The file where routes or commands are put together.
pub fn register(ground: &Ground) -> Option<String> {
    let source = |path: &&String| {
        Language::of_path(path).is_some() && !is_test_path(path) && !path.contains("node_modules/")
    };
    REGISTERS.iter().find_map(|stem| {
        ground
            .files
            .iter()
            .filter(source)
            .filter(|path| stem_of(path) == *stem)
            .min_by_key(|path| path.len())
            .cloned()
    })
}

/// Whether a file is such a one.
pub fn is_register(path: &str) -> bool {
    REGISTERS.contains(&stem_of(path).as_str())
        || path.ends_with("lib.rs")
        || path.ends_with("Application.java")
}

/// The file that makes a new file known to the rest: its module, else where parts are put together.
fn caller(path: &str, ground: &Ground) -> Option<String> {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let in_folder = |file: &str| {
        if folder.is_empty() {
            file.to_owned()
        } else {
            format!("{folder}/{file}")
        }
    };
    let module = path
        .ends_with(".rs")
        .then(|| {
            ["mod.rs", "lib.rs", "main.rs"]
                .iter()
                .map(|file| in_folder(file))
                .find(|file| ground.files.contains(file))
        })
        .flatten();
    module
        .or_else(|| central(Layer::Interface, ground))
        .filter(|caller| caller != path)
}

/// A file like a new one: from its folder, else from a folder beside it.
pub fn like(path: &str, ground: &Ground) -> Option<String> {
    let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let shared = |other: &str| {
        other
            .split('/')
            .zip(path.split('/'))
            .take_while(|(a, b)| a == b)
            .count()
    };
    let test = is_test_path(path);
    let last = |path: &str| {
        rutter_code::search::words::split(&stem_of(path))
            .last()
            .map(str::to_lowercase)
    };
    let fits = |other: &&String| {
        let plain = ![
            "mod", "__init__", "conftest", "lib", "main", "index", "app", "server", "config",
        ]
        .contains(&stem_of(other).as_str());
        other.rsplit_once('.').is_some_and(|(_, own)| own == ending)
            && is_test_path(other) == test
            && (plain || ending == "html")
            && other.as_str() != path
    };
    let best = ground
        .files
        .iter()
        .filter(fits)
        .rev()
        .max_by_key(|other| (shared(other), last(other) == last(path)))?;
    (shared(best) > 0 || !path.contains('/')).then(|| best.clone())
}

/// What ties a new file to those that are there: " as `src/routes/orders.ts` does, called from `src/app.ts`".
pub fn ties(path: &str, ground: &Ground) -> String {
    let like = like(path, ground).map(|like| format!("built as `{like}` is"));
    let caller = caller(path, ground).map(|caller| {
        if path.ends_with(".html") {
            format!("served by `{caller}`")
        } else {
            format!("called from `{caller}`")
        }
    });
    [like, caller]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

/// Leaves a spec at most one new source file and one new page; what else would be new extends what is there.
pub fn settle(units: &mut [Unit], ground: &Ground) {
    let mut kept: Vec<(bool, String)> = Vec::new();
    for layer in [Layer::Service, Layer::Ui, Layer::Interface, Layer::Data] {
        for unit in units.iter_mut().filter(|unit| unit.layer == layer) {
            let Some(place) = unit.place.as_ref().filter(|place| place.new) else {
                continue;
            };
            let page = layer::layer_of(&place.path) == Layer::Ui;
            if page && !has_own_page(&place.path) {
                unit.place = near(&words_of(unit), layer, ground).or_else(|| unit.place.take());
                continue;
            }
            if kept.iter().any(|(_, path)| *path == place.path) {
                continue;
            }
            if layer != Layer::Data && !kept.iter().any(|(known, _)| *known == page) {
                kept.push((page, place.path.clone()));
                continue;
            }
            unit.place = near(&words_of(unit), layer, ground).or_else(|| unit.place.take());
        }
    }
}

/// What people go to a page of its own for.
fn has_own_page(path: &str) -> bool {
    let name = stem_of(path).to_lowercase();
    [
        "sign",
        "login",
        "regist",
        "password",
        "checkout",
        "payment",
        "profile",
        "dashboard",
        "chat",
        "recovery",
    ]
    .iter()
    .any(|word| name.contains(word))
}

fn words_of(unit: &Unit) -> Vec<String> {
    format!("{} {}", unit.title, unit.system.replace('_', " "))
        .split(' ')
        .map(str::to_lowercase)
        .collect()
}

fn file(path: String) -> Place {
    Place {
        path,
        symbol: None,
        new: false,
    }
}

fn stem_of(path: &str) -> String {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.split('.').next().unwrap_or(file).to_owned()
}
