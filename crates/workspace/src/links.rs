//! Links from source to the criteria of a spec, for the trace matrix.

use std::collections::BTreeMap;
use std::path::Path;

use rutter_code::{Language, links};
use rutter_host::Files;
use rutter_spec::Spec;
use rutter_spec::trace::{Links, Place};
use rutter_text::{Ident, Source};

use crate::folder::relative;

/// More files than this are not looked at.
const MAX_FILES: usize = 20_000;

/// What names each criterion of a spec in the sources below `root`, by the criterion's id. A link that names no spec counts
/// only where `alone` says that there is no other spec it could mean.
pub fn source_links(
    files: &dyn Files,
    root: &Path,
    spec: &Spec,
    alone: bool,
) -> BTreeMap<String, Links> {
    let mut found: BTreeMap<String, Links> = BTreeMap::new();
    for path in files.walk(root, MAX_FILES) {
        let name = relative(root, &path);
        let Some(language) = Language::of_path(&name) else {
            continue;
        };
        let Ok(text) = files.read_text(&path) else {
            continue;
        };
        let source = Source::new(text);
        for link in links::links(language, source.text()) {
            let meant = match &link.spec {
                Some(named) => *named == spec.name || spec.name.rsplit('/').next() == Some(named),
                None => alone,
            };
            if !meant {
                continue;
            }
            for label in link.ids.iter().flat_map(|id| criteria(spec, id)) {
                let place = Place {
                    path: name.clone(),
                    line: source.line_of(link.range.start) + 1,
                    name: link
                        .unit
                        .as_ref()
                        .map(|unit| unit.name.clone())
                        .unwrap_or_default(),
                };
                let links = found.entry(label).or_default();
                let list = if link.is_test {
                    &mut links.tests
                } else {
                    &mut links.code
                };
                if !list.contains(&place) {
                    list.push(place);
                }
            }
        }
    }
    found
}

/// The criteria that an id means: itself, or all of a requirement.
fn criteria(spec: &Spec, id: &str) -> Vec<String> {
    let Some(id) = Ident::parse(id) else {
        return Vec::new();
    };
    match (spec.criterion(&id), spec.requirement(&id)) {
        (Some(criterion), _) => vec![criterion.label.clone()],
        (None, Some(requirement)) => requirement
            .criteria
            .iter()
            .map(|c| c.label.clone())
            .collect(),
        (None, None) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use rutter_host::Memory;
    use rutter_spec::{Document, Reading};

    use super::*;

    #[test]
    fn links_of_this_spec_are_found() {
        let files = Memory::with([
            (
                "/w/src/a.rs",
                "/// Requirements 1.1\nfn limit() {}\n\n// spec:other#1.1\nfn no() {}\n",
            ),
            (
                "/w/tests/a.rs",
                "// spec:login#1.1,1.2\n#[test]\nfn limits() {}\n",
            ),
        ]);
        let mut spec = Spec {
            name: "login".into(),
            ..Spec::default()
        };
        let text =
            "### Requirement 1: A\n#### Acceptance Criteria\n1. THE A SHALL b\n2. THE A SHALL c\n";
        spec.set(
            Document::Requirements,
            Some(Reading::new(Document::Requirements, Source::new(text))),
        );
        let found = source_links(&files, Path::new("/w"), &spec, true);
        assert_eq!(
            found["1.1"]
                .code
                .iter()
                .map(|p| p.name.as_str())
                .collect::<Vec<_>>(),
            ["limit"]
        );
        assert_eq!(found["1.1"].tests[0].path, "tests/a.rs");
        assert!(found["1.2"].code.is_empty());
        let shared = source_links(&files, Path::new("/w"), &spec, false);
        assert!(shared["1.1"].code.is_empty() && shared["1.1"].tests.len() == 1);
    }
}
