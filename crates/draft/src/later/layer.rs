//! The layer that a file belongs to, and the files of a layer.

use rutter_catalogue::Layer;
use rutter_code::Language;
use rutter_code::project::is_test_path;

use crate::ground::Ground;

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
