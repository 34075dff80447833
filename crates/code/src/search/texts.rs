//! The texts of a project's files, kept within a bound, so that what a person quotes can be found in them.

use super::words;

/// All texts together are at most this long, in bytes; what comes later is left out.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// A file longer than this, in bytes, is data rather than text a person wrote.
const MAX_FILE: usize = 128 * 1024;

/// A literal with fewer bytes stands everywhere.
const MIN_LITERAL: usize = 4;

/// Ends of files that hold texts, settings or pages without being source.
const ENDS: [&str; 28] = [
    ".html",
    ".htm",
    ".vue",
    ".svelte",
    ".css",
    ".scss",
    ".erb",
    ".hbs",
    ".ejs",
    ".jinja",
    ".jinja2",
    ".j2",
    ".tmpl",
    ".tpl",
    ".yml",
    ".yaml",
    ".toml",
    ".properties",
    ".json",
    ".po",
    ".ini",
    ".env",
    "pom.xml",
    "go.mod",
    "requirements.txt",
    "Gemfile",
    ".env.example",
    ".sql",
];

/// Files and their texts.
#[derive(Debug, Default)]
pub struct Texts {
    files: Vec<(Box<str>, Box<str>)>,
    bytes: usize,
}

/// Whether a file that is not source may hold what people quote.
pub fn holds_text(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    ENDS.iter().any(|end| file.ends_with(end))
        && !file.contains("-lock.")
        && !file.ends_with(".min.css")
}

/// Whether a file holds keys with values.
fn is_settings(path: &str) -> bool {
    [
        ".yml",
        ".yaml",
        ".toml",
        ".properties",
        ".json",
        ".ini",
        ".env",
        ".env.example",
    ]
    .iter()
    .any(|end| path.ends_with(end))
}

impl Texts {
    /// Keeps a text, if it still fits.
    pub fn add(&mut self, path: &str, text: String) {
        if text.len() <= MAX_FILE && self.bytes + text.len() <= MAX_BYTES {
            self.bytes += text.len();
            self.files.push((path.into(), text.into()));
        }
    }

    /// Each file with its text, in the order they were added.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (&**path, &**text))
    }

    /// The files that hold a literal as it is written, each with the offset of the first, in bytes.
    pub fn holding(&self, literal: &str) -> Vec<(&str, usize)> {
        let literal = literal.trim();
        if literal.len() < MIN_LITERAL {
            return Vec::new();
        }
        self.files
            .iter()
            .filter_map(|(path, text)| Some((&**path, text.find(literal)?)))
            .collect()
    }

    /// The files that name a setting by at least `least` of these word stems: the key, which is the identifier that
    /// holds them, and the file; those that hold the most stems first.
    pub fn settings(&self, stems: &[String], least: usize) -> Vec<(&str, &str)> {
        let mut found: Vec<(usize, &str, &str)> = Vec::new();
        for (path, text) in &self.files {
            if !is_settings(path) || crate::project::is_manifest(path) {
                continue;
            }
            for line in text.lines() {
                let key = line
                    .trim_start()
                    .split([':', '='])
                    .next()
                    .unwrap_or_default()
                    .trim()
                    .trim_matches('"');
                if key.is_empty() || key.len() > 60 || key.contains([' ', '#', '<', '{']) {
                    continue;
                }
                let mut own = Vec::new();
                words::stems(key, &mut |stem| own.push(stem));
                let shared = own.iter().filter(|stem| stems.contains(stem)).count();
                if shared >= least {
                    found.push((shared, path, key));
                }
            }
        }
        found.sort_by_key(|(shared, _, _)| std::cmp::Reverse(*shared));
        found
            .into_iter()
            .map(|(_, path, key)| (path, key))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_found_where_it_stands() {
        let mut texts = Texts::default();
        texts.add("public/index.html", "<p>Fresh beans</p>".to_owned());
        texts.add("src/a.ts", "export const a = 1;".to_owned());
        assert_eq!(texts.holding("Fresh beans"), [("public/index.html", 3)]);
        assert!(texts.holding("a").is_empty() && texts.holding("stale beans").is_empty());
    }

    #[test]
    fn a_setting_is_known_by_its_words() {
        let mut texts = Texts::default();
        texts.add(
            "app/application.yml",
            "clinic:\n  slot-minutes: 20\n  hours: 3\n".to_owned(),
        );
        let stems = ["slot", "minut"].map(str::to_owned);
        let mut minutes = Vec::new();
        words::stems("slot minutes", &mut |stem| minutes.push(stem));
        assert_eq!(
            texts.settings(&minutes, 2),
            [("app/application.yml", "slot-minutes")]
        );
        assert!(texts.settings(&stems[..1], 2).is_empty());
    }

    #[test]
    fn too_much_is_left_out() {
        let mut texts = Texts::default();
        texts.add("big.css", "x".repeat(MAX_FILE + 1));
        assert!(texts.holding("xxxx").is_empty());
    }
}
