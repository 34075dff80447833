//! Where in the project a piece of work goes: a file that is there, or a new one named as its neighbours are.

use rutter_catalogue::Layer;
use rutter_code::project::is_test_path;
use rutter_code::search::{Hit, words as code_words};
use rutter_code::{Language, SymbolKind};

use super::{home, told};
use crate::ground::Ground;
use crate::prompt::names;

/// A place in the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's path from the root.
    pub path: String,
    /// The symbol that is meant, as people write it: `OrderService.list`.
    pub symbol: Option<String>,
    /// Whether the file is not there yet.
    pub new: bool,
}

impl Place {
    /// As text: "`OrderService.list` in `src/orders.ts`".
    pub fn shown(&self) -> String {
        match &self.symbol {
            Some(symbol) => format!("`{symbol}` in `{}`", self.path),
            None => self.shown_short(),
        }
    }

    /// The file alone.
    pub fn shown_short(&self) -> String {
        format!("`{}`{}", self.path, if self.new { " *new*" } else { "" })
    }
}

/// What a piece of work is looked up by.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Words of what it works on and what it is, most telling first.
    pub words: Vec<String>,
    /// Names of code and files that its criteria hold.
    pub names: Vec<String>,
    /// Texts that its criteria quote.
    pub quotes: Vec<String>,
    /// Words that a new file is named by; without any, no new file is made.
    pub base: Vec<String>,
}

/// The manifest nearest to the root.
pub fn manifest(ground: &Ground) -> Option<Place> {
    let path = ground
        .files
        .iter()
        .filter(|path| rutter_code::project::is_manifest(path))
        .min_by_key(|path| path.matches('/').count())?;
    Some(Place {
        path: path.clone(),
        symbol: None,
        new: false,
    })
}

/// Where a small change goes: what it names, else the file that its words mean best. Never a new file.
pub fn find_existing(wanted: &Wanted, layer: Layer, ground: &Ground) -> Option<Place> {
    let said = named(&wanted.names, ground).or_else(|| told::quoted(&wanted.quotes, ground));
    said.or_else(|| {
        let stems = stems(&wanted.words);
        let hits = ground.find(&wanted.words);
        let shared = |hit: &Hit| {
            stems_of_name(hit.symbol.as_deref().unwrap_or(&hit.path))
                .intersection(&stems)
                .count()
        };
        let hits: Vec<&Hit> = hits
            .iter()
            .filter(|hit| !matches!(hit.kind, Some(SymbolKind::Route)) && shared(hit) > 0)
            .collect();
        // A constant or a setting that bears two of the words is what a limit means.
        let limit = hits.iter().find(|hit| {
            shared(hit) > 1 && matches!(hit.kind, Some(SymbolKind::Constant | SymbolKind::Field))
        });
        let best = limit
            .or_else(|| hits.iter().find(|hit| shared(hit) > 1))
            .map(|hit| of_hit(hit));
        best.or_else(|| told::setting(&stems, ground))
            .or_else(|| hits.first().map(|hit| of_hit(hit)))
    })
    .or_else(|| home::near(&wanted.words, layer, ground))
}

/// The places that words mean, best first: only those that bear one of the words in their name.
pub fn meant(words: &[String], ground: &Ground) -> Vec<Place> {
    let wanted = stems(words);
    let mut hits: Vec<(usize, &Hit)> = Vec::new();
    let found = ground.find(words);
    for hit in &found {
        if matches!(
            hit.kind,
            Some(SymbolKind::Route | SymbolKind::Field | SymbolKind::Variable)
        ) {
            continue;
        }
        let mut own = stems_of_name(&hit.path);
        own.extend(stems(
            &hit.symbol
                .iter()
                .chain(&hit.container)
                .cloned()
                .collect::<Vec<_>>(),
        ));
        // A function that bears the words says more about a defect than the type around it.
        let acts = matches!(
            hit.kind,
            Some(
                SymbolKind::Function | SymbolKind::Method | SymbolKind::Class | SymbolKind::Struct
            )
        );
        let shared = own.intersection(&wanted).count();
        if shared > 0 {
            hits.push((shared * 2 + usize::from(acts), hit));
        }
    }
    hits.sort_by_key(|(strength, _)| std::cmp::Reverse(*strength));
    hits.into_iter().map(|(_, hit)| of_hit(hit)).collect()
}

/// The file of the best place that bears two of the words.
pub fn meant_by_two(words: &[String], ground: &Ground) -> Option<String> {
    let wanted = stems(words);
    ground
        .find(words)
        .into_iter()
        .find(|hit| {
            let mut own = stems_of_name(&hit.path);
            own.extend(stems(&hit.symbol.iter().cloned().collect::<Vec<_>>()));
            own.intersection(&wanted).count() >= 2
        })
        .map(|hit| hit.path)
}

/// Finds the place. `None` in a project without source.
pub fn find(wanted: &Wanted, layer: Layer, ground: &Ground) -> Option<Place> {
    if let Some(place) =
        named(&wanted.names, ground).or_else(|| told::quoted(&wanted.quotes, ground))
    {
        return Some(place);
    }
    if !ground.has_source() {
        return None;
    }
    let layer = nearest_layer(layer, ground);
    let stems = stems(&wanted.words);
    let hits = ground.find(&wanted.words);
    let meant = hits
        .iter()
        .find(|hit| layer_of(&hit.path) == layer && speaks_of(hit, &stems, layer));
    if let Some(hit) = meant {
        return Some(of_hit(hit));
    }
    let page = ground.files.iter().find(|path| {
        layer == Layer::Ui
            && layer_of(path) == Layer::Ui
            && !stems_of_name(path).is_disjoint(&stems)
    });
    if let Some(path) = page {
        return Some(Place {
            path: path.clone(),
            symbol: None,
            new: false,
        });
    }
    if let Some(path) = home::similar(&wanted.words, layer, ground) {
        return Some(Place {
            path,
            symbol: None,
            new: false,
        });
    }
    // What no word of the source speaks of in this layer may still extend what another layer has.
    let elsewhere = hits.iter().find(|hit| {
        wanted.base.is_empty() && layer != Layer::Ui && speaks_of(hit, &stems, layer_of(&hit.path))
    });
    if let Some(hit) = elsewhere {
        return Some(of_hit(hit));
    }
    let fresh = if wanted.base.is_empty() {
        None
    } else {
        new_file(&wanted.base, layer, ground)
    };
    fresh.or_else(|| home::near(&wanted.words, layer, ground))
}

/// A file or symbol that the criteria name.
pub fn named(wanted: &[String], ground: &Ground) -> Option<Place> {
    for name in wanted {
        let bare = name.trim_start_matches("./");
        if names::is_path(bare)
            && let Some(path) = ground
                .files
                .iter()
                .find(|path| *path == bare || path.ends_with(&format!("/{bare}")))
        {
            return Some(Place {
                path: path.clone(),
                symbol: None,
                new: false,
            });
        }
    }
    let symbols: Vec<String> = wanted
        .iter()
        .filter(|name| !names::is_path(name))
        .cloned()
        .collect();
    symbols.iter().find_map(|name| {
        let bare = name.trim_end_matches("()");
        let last = bare.rsplit(['.', ':', '#']).next().unwrap_or(bare);
        ground
            .find(&[bare.to_owned()])
            .iter()
            .find(|hit| hit.symbol.as_deref() == Some(last))
            .map(of_hit)
    })
}

fn of_hit(hit: &Hit) -> Place {
    let joint = if hit.language == Language::Rust {
        "::"
    } else {
        "."
    };
    let symbol = hit
        .symbol
        .as_ref()
        .filter(|name| !name.contains([' ', '/', '`']))
        .map(|name| match (&hit.container, hit.kind) {
            (
                Some(container),
                Some(SymbolKind::Method | SymbolKind::Field | SymbolKind::Function),
            ) if !container.contains([' ', '/', '`']) => format!("{container}{joint}{name}"),
            _ => name.clone(),
        });
    Place {
        path: hit.path.clone(),
        symbol,
        new: false,
    }
}

/// The telling stems of texts.
pub fn stems(list: &[String]) -> std::collections::BTreeSet<String> {
    let mut out = std::collections::BTreeSet::new();
    for text in list {
        // `notes` has the stem of "not", and is no such word.
        let idle: Vec<String> = code_words::split(text)
            .map(str::to_lowercase)
            .filter(|word| code_words::is_stop(word))
            .collect();
        code_words::stems(text, &mut |stem| {
            if stem.len() > 2 && !idle.contains(&stem) {
                out.insert(stem);
            }
        });
    }
    out
}

/// The telling stems of a file's name.
pub fn stems_of_name(path: &str) -> std::collections::BTreeSet<String> {
    let file = path.rsplit('/').next().unwrap_or(path);
    stems(&[file.split('.').next().unwrap_or(file).to_owned()])
}

/// Whether the file or symbol bears one of the words in its own name.
fn speaks_of(hit: &Hit, wanted: &std::collections::BTreeSet<String>, layer: Layer) -> bool {
    let kind = hit.kind.is_none_or(|kind| match kind {
        SymbolKind::Field
        | SymbolKind::Variable
        | SymbolKind::Constant
        | SymbolKind::Route
        | SymbolKind::Macro
        | SymbolKind::Module => false,
        SymbolKind::Type | SymbolKind::Interface | SymbolKind::Enum => layer == Layer::Data,
        SymbolKind::Struct => layer != Layer::Interface,
        _ => true,
    });
    let mut own = stems_of_name(&hit.path);
    own.extend(stems(&hit.symbol.iter().cloned().collect::<Vec<_>>()));
    kind && (hit.exact || !own.is_disjoint(wanted))
}

/// The layer a file belongs to, by its path.
pub fn layer_of(path: &str) -> Layer {
    let lower = path.to_lowercase();
    let (folder, file) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let stem = file.split('.').next().unwrap_or(file);
    let in_folder = |list: &[&str]| folder.split('/').any(|part| list.contains(&part));
    let ends = |list: &[&str]| list.iter().any(|end| stem.ends_with(end));
    if [
        ".html", ".tsx", ".jsx", ".vue", ".svelte", ".css", ".scss", ".erb", ".hbs", ".jinja",
    ]
    .iter()
    .any(|end| file.ends_with(end))
        || in_folder(&[
            "components",
            "pages",
            "templates",
            "screens",
            "ui",
            "public",
            "views",
            "widgets",
        ])
    {
        Layer::Ui
    } else if in_folder(&[
        "routes",
        "controllers",
        "handlers",
        "api",
        "httpapi",
        "http",
        "endpoints",
        "commands",
        "cli",
        "cmd",
        "routers",
        "middleware",
        "graphql",
        "rest",
        "web",
    ]) || ends(&[
        "controller",
        "handler",
        "router",
        "routes",
        "endpoint",
        "resolver",
        "middleware",
    ]) || ["cli", "main", "server", "api", "routes", "urls", "views"].contains(&stem)
    {
        Layer::Interface
    } else if in_folder(&[
        "models",
        "entities",
        "store",
        "stores",
        "repositories",
        "migrations",
        "schema",
        "schemas",
        "db",
        "database",
        "dao",
        "persistence",
    ]) || ends(&[
        "repository",
        "store",
        "model",
        "entity",
        "schema",
        "migration",
        "dao",
        "models",
        "schemas",
        "entities",
    ]) || ["models", "schema", "database", "db", "storage"].contains(&stem)
    {
        Layer::Data
    } else {
        Layer::Service
    }
}

/// The source files of a layer, tests and settings left out.
pub fn files_of(layer: Layer, ground: &Ground) -> Vec<&String> {
    ground
        .files
        .iter()
        .filter(|path| {
            let source = Language::of_path(path).is_some()
                || layer == Layer::Ui
                    && (path.ends_with(".html")
                        || path.ends_with(".vue")
                        || path.ends_with(".svelte"));
            let start = path.rsplit('/').next().is_some_and(|file| {
                [
                    "main.",
                    "index.",
                    "app.",
                    "lib.",
                    "mod.",
                    "__init__.",
                    "conftest.",
                    "noxfile.",
                    "setup.",
                    "config.",
                    "build.",
                    "settings.",
                    "error.",
                    "errors.",
                    "types.",
                    "constants.",
                ]
                .iter()
                .any(|start| file.starts_with(start))
            });
            source
                && !is_test_path(path)
                && !path.starts_with('.')
                && !path.contains("/.")
                && !path.contains("node_modules/")
                && layer_of(path) == layer
                && (!start || layer == Layer::Ui)
        })
        .collect()
}

/// The layer itself, or the one that stands for it in this project.
pub fn nearest_layer(layer: Layer, ground: &Ground) -> Layer {
    let order: &[Layer] = match layer {
        Layer::Ui => &[Layer::Ui, Layer::Interface, Layer::Service],
        Layer::Interface => &[Layer::Interface, Layer::Service],
        Layer::Data => &[Layer::Data, Layer::Service],
        Layer::Service => &[Layer::Service, Layer::Data, Layer::Interface],
    };
    order
        .iter()
        .copied()
        .find(|one| !files_of(*one, ground).is_empty())
        .unwrap_or(layer)
}

const KINDS: [&str; 18] = [
    "service",
    "controller",
    "repository",
    "store",
    "handler",
    "router",
    "routes",
    "view",
    "model",
    "form",
    "page",
    "manager",
    "schema",
    "entity",
    "component",
    "middleware",
    "client",
    "worker",
];

/// A new file beside its like, named as they are.
fn new_file(base: &[String], layer: Layer, ground: &Ground) -> Option<Place> {
    let siblings = files_of(layer, ground);
    let folder_of = |path: &str| {
        path.rsplit_once('/')
            .map_or("", |(folder, _)| folder)
            .to_owned()
    };
    let mut counts: Vec<(String, usize)> = Vec::new();
    for path in &siblings {
        let folder = folder_of(path);
        match counts.iter_mut().find(|(known, _)| *known == folder) {
            Some((_, count)) => *count += 1,
            None => counts.push((folder, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    let folder = counts
        .iter()
        .find(|(_, count)| *count == most)
        .map(|(folder, _)| folder.clone())?;
    let sibling = siblings.iter().find(|path| folder_of(path) == folder)?;
    let file = sibling.rsplit('/').next().unwrap_or(sibling);
    let (stem, ending) = file.split_once('.').unwrap_or((file, ""));
    let parts: Vec<String> = code_words::split(stem).map(str::to_owned).collect();
    let kind = parts
        .last()
        .filter(|last| KINDS.contains(&last.to_lowercase().as_str()) && parts.len() > 1)
        .cloned();
    let mut words: Vec<String> = base
        .iter()
        .flat_map(|text| {
            code_words::split(text)
                .map(str::to_lowercase)
                .collect::<Vec<_>>()
        })
        .take(3)
        .collect();
    words.dedup();
    if words.is_empty() {
        words.push("feature".to_owned());
    }
    // A folder named after its file means one folder a feature.
    let entity = parts[..parts.len() - usize::from(kind.is_some())]
        .concat()
        .to_lowercase();
    let last = folder.rsplit('/').next().unwrap_or_default().to_lowercase();
    let folder = if !entity.is_empty() && last == entity {
        let own = words.concat();
        folder
            .rsplit_once('/')
            .map_or(own.clone(), |(front, _)| format!("{front}/{own}"))
    } else {
        folder
    };
    let name = cased(&words, kind.as_deref(), stem, ending);
    let path = if folder.is_empty() {
        format!("{name}.{ending}")
    } else {
        format!("{folder}/{name}.{ending}")
    };
    let there = ground.files.contains(&path);
    Some(Place {
        path,
        symbol: None,
        new: !there,
    })
}

/// Words in the manner of a neighbour's name.
fn cased(words: &[String], kind: Option<&str>, like: &str, ending: &str) -> String {
    let capital = crate::plan::title::capital;
    let mut all: Vec<String> = words.to_vec();
    if let Some(kind) =
        kind.filter(|kind| all.last().is_none_or(|last| *last != kind.to_lowercase()))
    {
        all.push(kind.to_lowercase());
    }
    if like.starts_with(|c: char| c.is_uppercase()) {
        return all.iter().map(|word| capital(word)).collect();
    }
    if like.contains('_') || matches!(ending, "py" | "rs" | "rb" | "go") {
        return all.join("_");
    }
    if like.contains('-') || ending == "html" {
        return all.join("-");
    }
    all.iter()
        .enumerate()
        .map(|(at, word)| if at == 0 { word.clone() } else { capital(word) })
        .collect()
}
