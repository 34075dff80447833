//! Patterns in every form that people write: a string, a list, `{a,b}`, `a,b`, `a|b`, `(a|b).md`.

use globset::{Glob, GlobBuilder, GlobMatcher};

use crate::front::split_outside;

/// One pattern of a file.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As written.
    pub text: String,
    matcher: Option<GlobMatcher>,
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Pattern {}

impl Pattern {
    /// Every pattern that a value holds.
    pub fn read(value: &str) -> Vec<Self> {
        split_outside(value, ',')
            .into_iter()
            .flat_map(|part| split_outside(part, '|'))
            .map(|part| part.trim_matches(['"', '\'']))
            .filter(|part| !part.is_empty())
            .map(|text| Self {
                text: text.to_owned(),
                matcher: glob(text).map(|g| g.compile_matcher()),
            })
            .collect()
    }

    /// Whether it matches a path below the folder it speaks for.
    pub fn matches(&self, path: &str) -> bool {
        self.matcher.as_ref().is_some_and(|m| m.is_match(path))
    }

    /// Whether it matches a path in a folder of this name, and would not in one of another name.
    pub fn names(&self, folder: &str, path: &str) -> bool {
        self.matches(&format!("{folder}/{path}")) && !self.matches(&format!("\u{1}/{path}"))
    }

    /// Whether it is a pattern at all.
    pub fn is_valid(&self) -> bool {
        self.matcher.is_some()
    }
}

fn glob(text: &str) -> Option<Glob> {
    let mut glob = text
        .trim_start_matches("./")
        .trim_start_matches('/')
        .to_owned();
    if glob.contains('(') {
        glob = glob.replace('(', "{").replace(')', "}").replace('|', ",");
    }
    if glob.ends_with('/') {
        glob.push_str("**");
    }
    if glob == "*" {
        glob = "**".into();
    }
    // As with ignore files: a pattern without a folder is about names, wherever they stand.
    if !glob.contains('/') {
        glob = format!("**/{glob}");
    }
    GlobBuilder::new(&glob).literal_separator(true).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(value: &str, path: &str) -> bool {
        Pattern::read(value).iter().any(|p| p.matches(path))
    }

    #[test]
    fn every_form_matches() {
        for (value, path) in [
            ("*.ts", "src/deep/a.ts"),
            ("src/**/*.ts", "src/a.ts"),
            ("**/*.go", "main.go"),
            ("{backend/src/**,frontend/{a,b}/*}", "frontend/b/x"),
            ("**/*.sql,**/seed*", "db/seed-1.py"),
            ("bridge/**/*|.gitlab-ci.yml", ".gitlab-ci.yml"),
            ("docs/(cli|config).md", "docs/config.md"),
            ("./src/", "src/x/y.rs"),
            ("**", "a"),
            ("*", "a/b"),
        ] {
            assert!(matches(value, path), "{value} {path}");
        }
        for (value, names) in [
            ("shop/**", true),
            ("**/shop/src/*.ts", true),
            ("{shop,pay}/**/*.ts", true),
            ("**/*.ts", false),
            ("*/src/**", false),
            ("src/**", false),
            ("pay/**", false),
        ] {
            let pattern = &Pattern::read(value)[0];
            assert_eq!(pattern.names("shop", "src/a.ts"), names, "{value}");
        }
        assert!(!matches("src/*.ts", "src/a/b.ts"));
        assert!(!matches("src/**", "lib/a.ts"));
        assert!(!Pattern::read("a[")[0].is_valid());
    }
}
