//! The symbols of a source file. One file a language says which syntax declares what; the walk
//! that they share is in `walk`.

mod c;
mod csharp;
mod go;
mod java;
mod php;
mod python;
mod route;
mod ruby;
mod rust;
mod script;
mod script_call;
mod signature;
mod walk;

use crate::parse::parse;
use crate::{Language, Symbol};
use tree_sitter::Tree;
use walk::{Visit, Walk};

/// The symbols of a text, in source order. Broken code gives what can still be read; a text over
/// [`crate::MAX_BYTES`], or in a language this build has no grammar for, gives none.
pub fn symbols(language: Language, text: &str) -> Vec<Symbol> {
    parse(language, text).map_or_else(Vec::new, |tree| symbols_of(language, text, &tree))
}

/// The symbols of a text that is parsed already.
pub(crate) fn symbols_of(language: Language, text: &str, tree: &Tree) -> Vec<Symbol> {
    let visit: Visit = match language {
        Language::Rust => rust::visit,
        Language::TypeScript | Language::Tsx | Language::JavaScript => script::visit,
        Language::Python => python::visit,
        Language::Go => go::visit,
        Language::Java => java::visit,
        Language::C | Language::Cpp => c::visit,
        Language::CSharp => csharp::visit,
        Language::Ruby => ruby::visit,
        Language::Php => php::visit,
    };
    Walk::new(text, visit).run(tree.root_node())
}
