//! The public interface of a source file, and what changed in it.

use std::collections::BTreeMap;

use crate::{Language, Symbol, SymbolKind, symbols};

/// A change of one public declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its name, with what it belongs to: `Cart.total`.
    pub name: String,
    /// Its signature before; `None` where it was added.
    pub before: Option<String>,
    /// Its signature after; `None` where it was removed.
    pub after: Option<String>,
}

/// What changed between two texts of a file: added, removed and changed signatures, by name. Bodies, comments, order and
/// tests play no part. A text that is broken in the middle of typing gives what can still be read.
pub fn changes(language: Language, before: &str, after: &str) -> Vec<Change> {
    let (mut old, new) = (interface(language, before), interface(language, after));
    let mut changes = Vec::new();
    for (name, signatures) in new {
        let known = old.remove(&name).unwrap_or_default();
        let gone: Vec<&String> = known.iter().filter(|s| !signatures.contains(s)).collect();
        let come: Vec<&String> = signatures.iter().filter(|s| !known.contains(s)).collect();
        for at in 0..gone.len().max(come.len()) {
            changes.push(Change {
                name: name.clone(),
                before: gone.get(at).map(|s| (*s).clone()),
                after: come.get(at).map(|s| (*s).clone()),
            });
        }
    }
    for (name, signatures) in old {
        changes.extend(signatures.into_iter().map(|signature| Change {
            name: name.clone(),
            before: Some(signature),
            after: None,
        }));
    }
    changes.sort_by(|a, b| a.name.cmp(&b.name));
    changes
}

/// The public declarations by name; overloads share one.
fn interface(language: Language, text: &str) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for symbol in symbols(language, text) {
        if is_interface(&symbol) {
            let name = match &symbol.container {
                Some(container) => format!("{container}.{}", symbol.name),
                None => symbol.name,
            };
            all.entry(name).or_default().push(symbol.signature);
        }
    }
    all
}

fn is_interface(symbol: &Symbol) -> bool {
    // A module is its members.
    symbol.is_public && !symbol.is_test && symbol.kind != SymbolKind::Module
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(changes: &[Change]) -> Vec<String> {
        changes
            .iter()
            .map(|c| {
                format!(
                    "{}: {} -> {}",
                    c.name,
                    c.before.as_deref().unwrap_or("-"),
                    c.after.as_deref().unwrap_or("-")
                )
            })
            .collect()
    }

    #[test]
    fn signatures_that_come_go_and_change() {
        let before = "pub fn a(x: u8) {}\npub fn b() {}\nfn c() {}\n";
        let after =
            "// moved\npub fn d() -> u8 { 1 }\nfn c(x: u8) {}\npub fn a(x: u16) { todo() }\n";
        assert_eq!(
            shown(&changes(Language::Rust, before, after)),
            [
                "a: pub fn a(x: u8) -> pub fn a(x: u16)",
                "b: pub fn b() -> -",
                "d: - -> pub fn d() -> u8",
            ]
        );
    }

    #[test]
    fn bodies_comments_and_order_are_no_change() {
        let before = "/** A */\nexport function a(x: number): number { return x; }\nexport class B { m(): void {} }\n";
        let after = "export class B { m(): void { log(); } }\nexport function a(x: number): number { return x + 1; }\n";
        assert_eq!(changes(Language::TypeScript, before, after), []);
        let wider = after.replace("m(): void", "m(force: boolean): void");
        assert_eq!(
            shown(&changes(Language::TypeScript, after, &wider)),
            ["B.m: m(): void -> m(force: boolean): void"]
        );
    }
}
