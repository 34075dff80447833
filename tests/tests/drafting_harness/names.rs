//! Files and symbols that generated documents name, and whether they exist.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use regex::Regex;

/// The names of a project: its files, and every word of its sources.
pub struct Known {
    files: BTreeSet<String>,
    words: BTreeSet<String>,
}

/// A file or symbol that a document names in backticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is in the project.
    Exists,
    /// It is not, and the document says so.
    New,
    /// It is not, and the document does not say so.
    Unknown,
}

impl Known {
    /// Reads a project.
    pub fn read(root: &Path) -> Known {
        let mut known = Known {
            files: BTreeSet::new(),
            words: BTreeSet::new(),
        };
        known.walk(root, root);
        known
    }

    fn walk(&mut self, root: &Path, folder: &Path) {
        let word = Regex::new(r"[A-Za-z_][A-Za-z0-9_]*").unwrap();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let relative = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            if relative == ".kiro" {
                continue;
            }
            self.files.insert(relative);
            if path.is_dir() {
                self.walk(root, &path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                self.words
                    .extend(word.find_iter(&text).map(|m| m.as_str().to_owned()));
            }
        }
    }

    fn has(&self, name: &str) -> bool {
        let name = name.trim_end_matches("()").trim_start_matches("./");
        if is_path(name) {
            let name = name.trim_end_matches('/');
            return self.files.contains(name)
                || self.files.iter().any(|f| f.ends_with(&format!("/{name}")));
        }
        name.split("::")
            .flat_map(|part| part.split(['.', '#']))
            .all(|part| self.words.contains(part))
    }

    /// Each name in backticks that is a path or an identifier and that the prompt itself does not hold.
    pub fn named(&self, documents: &[&str], prompt: &str) -> BTreeMap<String, State> {
        let tick = Regex::new(r"`([^`\n]+)`([^`\n]{0,20})").unwrap();
        let identifier =
            Regex::new(r"^[A-Za-z_][A-Za-z0-9_]*((::|\.|#)[A-Za-z_][A-Za-z0-9_]*)*(\(\))?$")
                .unwrap();
        // A plain lower-case word in backticks may be a value as well as a symbol; counting it would flatter the share.
        let media = Regex::new(r"(?i)\.(png|jpe?g|gif|pdf|csv|zip|enex)$").unwrap();
        let looks_like_code = |name: &str| {
            if media.is_match(name) {
                return false;
            }
            name.ends_with("()")
                || name.contains(['_', '.', ':', '#'])
                || name
                    .chars()
                    .skip(1)
                    .zip(name.chars())
                    .any(|(b, a)| b.is_ascii_uppercase() && a.is_ascii_lowercase())
        };
        let mut named = BTreeMap::new();
        for line in documents.iter().flat_map(|d| outside_fences(d)) {
            // The choices of an open decision stand in backticks too; they are values.
            if line.trim_start().starts_with("- **D") {
                continue;
            }
            for found in tick.captures_iter(line) {
                let name = found[1].to_owned();
                if prompt.contains(&name)
                    || !(is_path(&name) || identifier.is_match(&name) && looks_like_code(&name))
                {
                    continue;
                }
                let marked = found[2].trim_start().starts_with("*new*")
                    || found[2].trim_start().starts_with("(new)");
                let state = match (self.has(&name), marked) {
                    (true, _) => State::Exists,
                    (false, true) => State::New,
                    (false, false) => State::Unknown,
                };
                let slot = named.entry(name).or_insert(state);
                if *slot == State::Unknown {
                    *slot = state;
                }
            }
        }
        named
    }
}

fn outside_fences(text: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    text.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !fenced && !fence
    })
}

const EXTENSIONS: [&str; 19] = [
    "ts", "tsx", "js", "json", "py", "toml", "rs", "go", "java", "xml", "yml", "yaml", "html",
    "css", "md", "sql", "mod", "lock", "txt",
];

/// A relative path with a folder or with an extension of source. Routes such as `/orders` are none, nor are commands.
fn is_path(name: &str) -> bool {
    if name.starts_with('/')
        || name.starts_with("..")
        || name.contains([' ', '{', '<', '*', '"', ':'])
    {
        return false;
    }
    let by_extension = name
        .rsplit_once('.')
        .is_some_and(|(stem, e)| !stem.is_empty() && EXTENSIONS.contains(&e));
    by_extension || (name.contains('/') && !name.ends_with('.') && name.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_routes_commands_and_values() {
        let shop = Known::read(&crate::prompts::fixtures().join("projects/shop-ts"));
        let text = "- Extend `signIn` in `src/services/userService.ts`; add `src/routes/wish.ts` *new* and `wishList` *new*\n\
            - `src/ghost.ts`, `GET /orders`, `/orders`, `npm test`, `--json`, `dark`, `carts.totals()`, `WISH_MAX`\n\
            - **D1** How? `five_or_six` | `b`\n";
        let named = shop.named(&[text], "src/promptfile.ts");
        let of = |state: State| {
            named
                .iter()
                .filter(|(_, s)| **s == state)
                .map(|(n, _)| n.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(of(State::New), ["src/routes/wish.ts", "wishList"]);
        assert_eq!(of(State::Unknown), ["WISH_MAX", "src/ghost.ts"]);
        assert_eq!(
            of(State::Exists),
            ["carts.totals()", "signIn", "src/services/userService.ts"]
        );
    }
}
