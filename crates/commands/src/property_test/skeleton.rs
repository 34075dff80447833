//! The text of a property test in each library: it runs, and fails until it is written.

use rutter_code::Language;
use rutter_code::project::{Manifest, Project, PropertyLibrary, is_test_path};
use rutter_spec::Property;
use rutter_workspace::SpecFolder;

/// A test of one property.
pub struct Test {
    /// The spec.
    pub spec: String,
    /// The property's number.
    pub number: u32,
    title: String,
    text: String,
    validates: String,
    value: Value,
}

/// What a property speaks of, where its words leave no doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Value {
    Text,
    Number,
    Texts,
    Numbers,
    /// Nobody but the writer knows.
    Open,
}

/// How tests are written in TypeScript and JavaScript here.
pub struct Script {
    runner: Option<String>,
    /// Files are modules: they `import`.
    modules: bool,
    path: String,
}

impl Script {
    /// By the files and the manifest of a package.
    pub fn of(files: &[String], manifests: &[Manifest<'_>], folder: &str, seen: &Project) -> Self {
        let languages = files.iter().filter_map(|file| Language::of_path(file));
        let typed = languages
            .into_iter()
            .any(|l| matches!(l, Language::TypeScript | Language::Tsx));
        let manifest = match folder {
            "" => "package.json".to_owned(),
            folder => format!("{folder}/package.json"),
        };
        let own = manifests.iter().find(|m| m.path == manifest);
        let own = own.map_or("", |m| m.text).replace(' ', "");
        let extension = if typed { "ts" } else { "js" };
        let source = seen
            .source_dirs
            .iter()
            .find(|dir| files.iter().any(|f| f.starts_with(&format!("{dir}/"))));
        let source = source.map_or("src", String::as_str);
        let runner = seen.test_runner.as_ref().map(|runner| runner.name.clone());
        Self {
            modules: typed || own.contains("\"type\":\"module\""),
            path: seen
                .test_file_style
                .test_path_for(&format!("{source}/NAME.{extension}")),
            runner,
        }
    }
}

impl Test {
    /// The test of a property of a spec.
    pub fn of(folder: &SpecFolder, property: &Property) -> Self {
        let spec = folder.spec();
        let text = spec.design.as_ref().map_or("", |d| d.source.text());
        let ids: Vec<&str> = property
            .validates
            .iter()
            .filter_map(|reference| text.get(reference.range.clone()))
            .map(str::trim)
            .collect();
        Self {
            spec: folder.name.clone(),
            number: property.number,
            title: one_line(&property.title),
            text: one_line(&property.text.replace(['*', '_'], "")),
            validates: ids.join(", "),
            value: value(&property.text),
        }
    }

    /// The tag that says which property it is.
    fn tag(&self) -> String {
        let tag = format!("Feature: {}, Property {}", self.spec, self.number);
        if self.title.is_empty() {
            tag
        } else {
            format!("{tag}: {}", self.title)
        }
    }

    /// Where a text holds this test.
    pub fn place_in(&self, text: &str) -> Option<usize> {
        let tag = format!("Feature: {}, Property {}", self.spec, self.number);
        let mut found = text.match_indices(&tag);
        found
            .find(|(at, _)| !text[at + tag.len()..].starts_with(|c: char| c.is_ascii_digit()))
            .map(|(at, _)| at)
    }

    /// Whether a text holds tests of this spec's properties.
    pub fn is_ours(&self, text: &str) -> bool {
        text.contains(&format!("Feature: {}, Property ", self.spec))
    }

    /// The file, below the package's folder.
    pub fn file(&self, library: PropertyLibrary, files: &[String], script: &Script) -> String {
        let snake = words(&self.spec).join("_");
        match library {
            PropertyLibrary::Proptest => format!("tests/{snake}_properties.rs"),
            PropertyLibrary::Hypothesis => {
                let mut folders = files
                    .iter()
                    .filter(|f| is_test_path(f) && f.ends_with(".py"))
                    .filter_map(|f| f.rsplit_once('/'))
                    .map(|(folder, _)| folder);
                let first = folders.clone().min_by_key(|f| f.matches('/').count());
                let plain = folders.any(|folder| folder == "tests");
                let folder = if plain {
                    "tests"
                } else {
                    first.unwrap_or("tests")
                };
                format!("{folder}/test_{snake}_properties.py")
            }
            PropertyLibrary::FastCheck => {
                let name = format!("{}.properties", words(&self.spec).join("-"));
                script.path.replace("NAME", &name)
            }
        }
    }

    /// What stands once at the top of a file.
    pub fn head(&self, library: PropertyLibrary, script: &Script) -> String {
        let of = format!("Property tests of the spec {}", self.spec);
        match library {
            PropertyLibrary::Proptest => {
                format!("//! {of}.\n\nuse proptest::prelude::*;\n\n")
            }
            PropertyLibrary::Hypothesis => format!(
                "\"\"\"{of}.\"\"\"\n\nfrom hypothesis import given\nfrom hypothesis import strategies as st\n\n\n"
            ),
            PropertyLibrary::FastCheck => {
                let mut lines = vec![format!("// {of}.")];
                let (fc, test) = match script.runner.as_deref() {
                    Some("vitest") => ("fast-check", Some("vitest")),
                    Some("jest" | "mocha" | "jasmine" | "bun test") => ("fast-check", None),
                    _ => ("fast-check", Some("node:test")),
                };
                if script.modules {
                    lines.push(format!("import fc from '{fc}';"));
                    lines.extend(test.map(|from| format!("import {{ test }} from '{from}';")));
                } else {
                    lines.push(format!("const fc = require('{fc}');"));
                    lines.extend(test.map(|from| format!("const {{ test }} = require('{from}');")));
                }
                format!("{}\n\n", lines.join("\n"))
            }
        }
    }

    /// The test itself.
    pub fn body(&self, library: PropertyLibrary, script: &Script) -> String {
        let pending = format!(
            "property {} of {} is not written yet",
            self.number, self.spec
        );
        let mut said: Vec<String> = Vec::new();
        if !self.text.is_empty() {
            said.push(self.text.clone());
        }
        let mut tags = vec![self.tag()];
        if !self.validates.is_empty() {
            tags.push(format!("Validates: Requirements {}", self.validates));
        }
        match library {
            // It fails before any value is tried, so that no file of failing values is left.
            PropertyLibrary::Proptest => {
                let lines: Vec<String> = said
                    .iter()
                    .map(|line| format!("/// {line}\n///"))
                    .chain(tags.iter().map(|tag| format!("/// {tag}")))
                    .collect();
                format!(
                    "{}\n#[test]\nfn {}() {{\n    let written = false;\n    assert!(written, \"{pending}\");\n    proptest!(|(value in {})| {{\n        // {}\n        let _ = value;\n    }});\n}}\n",
                    lines.join("\n"),
                    self.name(),
                    self.strategy(library),
                    self.advice("prop_assert!")
                )
            }
            PropertyLibrary::Hypothesis => {
                let mut doc: Vec<String> = said;
                doc.push(String::new());
                doc.extend(tags);
                let doc: Vec<String> = doc
                    .iter()
                    .map(|line| line.replace('\\', "\\\\").replace("\"\"\"", "'''"))
                    .map(|line| {
                        if line.is_empty() {
                            line
                        } else {
                            format!("    {line}")
                        }
                    })
                    .collect();
                let doc = doc.join("\n");
                format!(
                    "@given(value={})\ndef test_{}(value):\n    \"\"\"{}\n    \"\"\"\n    # {}\n    raise NotImplementedError(\"{pending}\")\n",
                    self.strategy(library),
                    self.name(),
                    doc.trim_start(),
                    self.advice("assert")
                )
            }
            PropertyLibrary::FastCheck => {
                let lines: Vec<String> = said
                    .iter()
                    .chain(&tags)
                    .map(|line| format!("// {line}"))
                    .collect();
                let title = format!("property {}: {}", self.number, self.title);
                let test = match script.runner.as_deref() {
                    Some("mocha" | "jasmine") => "it",
                    _ => "test",
                };
                format!(
                    "{}\n{test}('{}', () => {{\n  fc.assert(\n    fc.property({}, (value) => {{\n      // {}\n      throw new Error(`{pending}: ${{String(value)}}`);\n    }}),\n  );\n}});\n",
                    lines.join("\n"),
                    title
                        .trim_end_matches(": ")
                        .replace('\\', "\\\\")
                        .replace('\'', "\\'"),
                    self.strategy(library),
                    self.advice("an assertion")
                )
            }
        }
    }

    /// The name of the test as a function.
    fn name(&self) -> String {
        let mut name = format!("property_{}", self.number);
        for word in words(&self.title) {
            if name.len() + word.len() > 60 {
                break;
            }
            name.push('_');
            name.push_str(&word);
        }
        name
    }

    /// The blank lines between two tests.
    pub fn gap(library: PropertyLibrary) -> &'static str {
        match library {
            PropertyLibrary::Hypothesis => "\n\n",
            _ => "\n",
        }
    }

    fn advice(&self, assertion: &str) -> String {
        match self.value {
            Value::Open => format!(
                "Say what values the property speaks of, call the code, and compare with {assertion}."
            ),
            _ => format!("Call the code and compare with {assertion}."),
        }
    }

    fn strategy(&self, library: PropertyLibrary) -> &'static str {
        use PropertyLibrary::{FastCheck, Hypothesis, Proptest};
        match (library, self.value) {
            (Proptest, Value::Text) => "any::<String>()",
            (Proptest, Value::Texts) => "prop::collection::vec(any::<String>(), 0..20)",
            (Proptest, Value::Numbers) => "prop::collection::vec(any::<i64>(), 0..20)",
            (Proptest, Value::Number | Value::Open) => "any::<i64>()",
            (Hypothesis, Value::Text) => "st.text()",
            (Hypothesis, Value::Number) => "st.integers()",
            (Hypothesis, Value::Texts) => "st.lists(st.text())",
            (Hypothesis, Value::Numbers) => "st.lists(st.integers())",
            (Hypothesis, Value::Open) => "st.from_type(object)",
            (FastCheck, Value::Text) => "fc.string()",
            (FastCheck, Value::Number) => "fc.integer()",
            (FastCheck, Value::Texts) => "fc.array(fc.string())",
            (FastCheck, Value::Numbers) => "fc.array(fc.integer())",
            (FastCheck, Value::Open) => "fc.anything()",
        }
    }
}

/// What stands behind `For any`, up to the first comma.
fn value(text: &str) -> Value {
    let lower = text.replace(['*', '_'], "").to_lowercase();
    let starts = ["for any ", "for all ", "for every ", "for each "];
    let Some(rest) = starts.iter().find_map(|start| {
        let at = lower.find(start)?;
        Some(&lower[at + start.len()..])
    }) else {
        return Value::Open;
    };
    let clause = rest.split([',', '.', ';', '(']).next().unwrap_or_default();
    let words: Vec<&str> = clause.split_whitespace().take(5).collect();
    let is = |word: &str, kinds: &[&str]| kinds.contains(&word);
    let text = ["string", "strings", "text", "texts"];
    let number = ["integer", "integers", "number", "numbers"];
    let many = [
        "list",
        "lists",
        "array",
        "arrays",
        "sequence",
        "sequences",
        "series",
    ];
    let has = |kinds: &[&str]| words.iter().any(|word| is(word, kinds));
    // Two things, such as `a list and a number`, are for the writer to tell apart.
    if words.contains(&"and") || words.contains(&"or") {
        return Value::Open;
    }
    match (has(&many), has(&text), has(&number)) {
        (true, true, false) => Value::Texts,
        (true, false, true) => Value::Numbers,
        (false, true, false) => Value::Text,
        (false, false, true) => Value::Number,
        _ => Value::Open,
    }
}

/// The words of a text in ASCII, in lower case.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.replace("*/", "* /")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_guessed_only_where_the_words_say_it() {
        for (text, expected) in [
            ("*For any* string, the Parser SHALL …", Value::Text),
            ("For all lists of numbers, …", Value::Numbers),
            ("For any list of integers, …", Value::Numbers),
            ("*For any* series of failures, …", Value::Open),
            ("For any string and any number, …", Value::Open),
            ("The Limiter SHALL …", Value::Open),
        ] {
            assert_eq!(value(text), expected, "{text}");
        }
    }
}
