//! Where in the project a piece of work goes: a file that is there, or a new one named as its neighbours are.

use rutter_catalogue::Layer;
use rutter_code::search::{Hit, words as code_words};
use rutter_code::{Language, SymbolKind};

use super::fresh::new_file;
use super::layer::{layer_of, nearest_layer};
use super::{aim, home, told};
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
    /// A file that is there.
    pub fn file(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            symbol: None,
            new: false,
        }
    }

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
    let said = named(&wanted.names, ground).or_else(|| aim::quoted(&wanted.quotes, ground));
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

/// The place that words mean beyond doubt: a symbol or file that bears `least` of them, and two or nothing else.
pub fn sure(words: &[String], least: usize, ground: &Ground) -> Option<Place> {
    let wanted = stems(words);
    let mut best: Option<(usize, Hit)> = None;
    for hit in ground.find(words) {
        let acts = !matches!(
            hit.kind,
            Some(SymbolKind::Route | SymbolKind::Variable | SymbolKind::Macro | SymbolKind::Module)
        );
        let field = matches!(hit.kind, Some(SymbolKind::Field | SymbolKind::Constant));
        let name = stems(&[hit.symbol.clone().unwrap_or_default()]);
        let mut own = stems_of_name(&hit.path);
        let whole = (hit.symbol.is_none() || acts) && {
            let name = if hit.symbol.is_some() { &name } else { &own };
            !name.is_empty() && name.is_subset(&wanted)
        };
        own.extend(name);
        own.extend(stems(&hit.container.iter().cloned().collect::<Vec<_>>()));
        // A file that bears the name of the type in it is all about it.
        let about = whole && hit.symbol.is_some() && stems_of_name(&hit.path).is_subset(&wanted);
        let shared = own.intersection(&wanted).count() + usize::from(about);
        let strength = 2 * shared + usize::from(whole);
        let enough = shared > 1 || whole && !field;
        if acts
            && enough
            && shared >= least
            && best.as_ref().is_none_or(|(most, _)| strength > *most)
        {
            best = Some((strength, hit));
        }
    }
    best.map(|(_, hit)| of_hit(&hit))
}

/// The file of a layer that speaks of what the words mean by another name.
pub fn akin(words: &[String], layer: Layer, ground: &Ground) -> Option<Place> {
    if !ground.has_source() {
        return None;
    }
    let first = nearest_layer(layer, ground);
    [first, Layer::Service, Layer::Interface, Layer::Data]
        .iter()
        .filter(|other| layer != Layer::Ui || **other == Layer::Ui)
        .find_map(|layer| home::similar(words, *layer, ground))
        .map(|path| Place::file(&path))
}

/// Finds the place. `None` in a project without source.
pub fn find(wanted: &Wanted, layer: Layer, ground: &Ground) -> Option<Place> {
    if let Some(place) =
        named(&wanted.names, ground).or_else(|| aim::quoted(&wanted.quotes, ground))
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

/// The place of a hit.
pub fn of_hit(hit: &Hit) -> Place {
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
    if own.iter().all(|stem| {
        super::fresh::KINDS
            .iter()
            .any(|kind| code_words::stem(kind) == *stem)
    }) {
        // `vehicle/store.go` is the store of vehicles.
        let folder = hit.path.rsplit('/').nth(1).unwrap_or_default();
        own.extend(stems(&[folder.to_owned()]));
    }
    own.extend(stems(&hit.symbol.iter().cloned().collect::<Vec<_>>()));
    kind && (hit.exact || !own.is_disjoint(wanted))
}
