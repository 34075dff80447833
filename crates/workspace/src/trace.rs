//! Which spec a link in source means, and what in source names the items of a spec.

use std::collections::BTreeMap;
use std::sync::Arc;

use rutter_code::Language;
use rutter_code::links::Link;
use rutter_code::project::is_test_path;
use rutter_spec::Spec;
use rutter_spec::trace::{Links, Place};
use rutter_text::Ident;

use crate::folder::{SpecFolder, relative};
use crate::sources::{SourceFile, Sources};

/// Which spec a link means.
#[derive(Clone, Debug)]
pub enum Meant<'a> {
    /// This one.
    One(&'a Arc<SpecFolder>),
    /// It names none, and its ids are in each of these.
    Several(Vec<&'a Arc<SpecFolder>>),
    /// No spec has what it names.
    Unknown,
}

/// Which of the specs of its workspace folder a link means: the one it names, else the only one that has its ids.
pub fn meant<'a>(folders: &[&'a Arc<SpecFolder>], link: &Link) -> Meant<'a> {
    let fits: Vec<&Arc<SpecFolder>> = match &link.spec {
        Some(name) => {
            let exact = folders.iter().find(|folder| folder.name == *name);
            match exact {
                Some(folder) => vec![*folder],
                None => folders
                    .iter()
                    .filter(|folder| folder.name.rsplit('/').next() == Some(name))
                    .copied()
                    .collect(),
            }
        }
        None => folders
            .iter()
            .filter(|folder| link.ids.iter().all(|id| folder.has(id)))
            .copied()
            .collect(),
    };
    match fits.as_slice() {
        [] => Meant::Unknown,
        [one] => Meant::One(one),
        _ => Meant::Several(fits),
    }
}

/// A link from source into a spec.
#[derive(Clone, Copy, Debug)]
pub struct Use<'a> {
    /// The file it stands in.
    pub file: &'a SourceFile,
    /// The link.
    pub link: &'a Link,
}

impl Use<'_> {
    fn place(&self) -> Place {
        let unit = self.link.unit.as_ref();
        Place {
            path: self.file.name.clone(),
            line: self.file.source.line_of(self.link.range.start) + 1,
            name: unit.map(|unit| unit.name.clone()).unwrap_or_default(),
        }
    }
}

/// The links that mean a spec, in order of the files. `folders` are the specs of its workspace folder.
pub fn uses<'a>(
    sources: &'a Sources,
    folders: &[&Arc<SpecFolder>],
    spec: &SpecFolder,
) -> Vec<Use<'a>> {
    let mut found = Vec::new();
    for file in sources.files() {
        for link in &file.links {
            if matches!(meant(folders, link), Meant::One(one) if one.path == spec.path) {
                found.push(Use { file, link });
            }
        }
    }
    found
}

/// The links that mean any of some criteria of a spec, by their labels; in order of the files, each once.
pub fn uses_of<'a>(
    sources: &'a Sources,
    folders: &[&Arc<SpecFolder>],
    spec: &SpecFolder,
    labels: &[String],
) -> Vec<Use<'a>> {
    let read = spec.spec();
    let mut found: BTreeMap<(&str, usize), Use<'a>> = BTreeMap::new();
    for id in labels.iter().filter_map(|label| Ident::parse(label)) {
        let around = read.wanted().and_then(|(_, wanted)| {
            let mut all = wanted.criteria();
            all.find_map(|(requirement, criterion)| {
                (criterion.id == id).then(|| requirement.id.numbers.clone())
            })
        });
        let numbers = around.into_iter().chain([id.numbers.clone()]);
        for (file, link) in numbers.flat_map(|n| sources.naming(&n).collect::<Vec<_>>()) {
            let place = (file.name.as_str(), link.range.start);
            let names = |link: &Link| {
                let mut ids = link.ids.iter().flat_map(|id| criteria(read, id));
                ids.any(|label| labels.contains(&label))
            };
            let is_new = !found.contains_key(&place);
            if is_new
                && names(link)
                && matches!(meant(folders, link), Meant::One(one) if one.path == spec.path)
            {
                found.insert(place, Use { file, link });
            }
        }
    }
    found.into_values().collect()
}

/// The labels of the criteria that an id of a link means: itself, or all of a requirement.
pub fn criteria(spec: &Spec, id: &str) -> Vec<String> {
    let Some(id) = Ident::parse(id) else {
        return Vec::new();
    };
    match (spec.criterion(&id), spec.requirement(&id)) {
        (Some(criterion), _) => vec![criterion.label.clone()],
        (None, Some(requirement)) => {
            let labels = requirement.criteria.iter().map(|c| c.label.clone());
            labels.collect()
        }
        (None, None) => Vec::new(),
    }
}

/// What names each criterion of a spec, by its label.
pub fn by_criterion(spec: &Spec, uses: &[Use<'_>]) -> BTreeMap<String, Links> {
    named(uses, |id| criteria(spec, id))
}

/// A place in code that a criterion says it was observed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObservedAt {
    /// The label of the criterion.
    pub label: String,
    /// The file's path below the workspace folder, with `/`.
    pub name: String,
    /// The line, from 1.
    pub line: usize,
    /// Whether it is a test.
    pub is_test: bool,
}

/// Where the criteria of a spec were observed, as their notes tell: nobody looked whether something is there. What is no source
/// file of the workspace folder is left out.
pub fn observed(folder: &SpecFolder) -> Vec<ObservedAt> {
    let wanted = folder.spec().wanted();
    let all = wanted.iter().flat_map(|(_, wanted)| wanted.criteria());
    let found = all.filter_map(|(_, criterion)| {
        let observed = criterion.observed()?;
        let name = below(folder, observed.path)?;
        Language::of_path(&name)?;
        Some(ObservedAt {
            label: criterion.label.clone(),
            is_test: observed.is_test || is_test_path(&name),
            line: observed.line,
            name,
        })
    });
    found.collect()
}

/// A path from a spec's folder as one from the workspace folder; nothing where it leaves that.
fn below(folder: &SpecFolder, path: &str) -> Option<String> {
    let own = relative(&folder.root, &folder.path);
    let mut parts: Vec<&str> = own.split('/').collect();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()?),
            "." => {}
            "" => return None,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// What is named, by the keys that an id of a link stands for.
pub fn named<K: IntoIterator<Item = String>>(
    uses: &[Use<'_>],
    keys_of: impl Fn(&str) -> K,
) -> BTreeMap<String, Links> {
    let mut found: BTreeMap<String, Links> = BTreeMap::new();
    for used in uses {
        let place = used.place();
        for key in used.link.ids.iter().flat_map(|id| keys_of(id)) {
            let links = found.entry(key).or_default();
            let list = if used.link.is_test {
                &mut links.tests
            } else {
                &mut links.code
            };
            if !list.contains(&place) {
                list.push(place.clone());
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rutter_host::{Files, Memory};

    use super::*;

    const TWO: &str =
        "### Requirement 1: A\n#### Acceptance Criteria\n1. THE A SHALL b\n2. THE A SHALL c\n";
    const ONE: &str = "### Requirement 1: A\n#### Acceptance Criteria\n1. THE A SHALL b\n";

    fn folder(files: &dyn Files, name: &str) -> Arc<SpecFolder> {
        let path = Path::new("/w/.kiro/specs").join(name);
        Arc::new(SpecFolder::load(files, name.into(), "/w".into(), path))
    }

    #[test]
    fn what_was_observed_stands_in_the_workspace_folder() {
        let note = |path: &str| format!("THE A SHALL b _Observed in [x:2]({path}#L2)_\n");
        let text = format!(
            "### Requirement 1: A\n#### Acceptance Criteria\n1. {}2. {}3. {}4. {}5. {}",
            note("../../../src/a.rs"),
            note("../../../tests/a.rs"),
            note("../../../../a.rs"),
            note("../../../README.md"),
            note("/w/src/a.rs"),
        );
        let files = Memory::with([("/w/.kiro/specs/login/requirements.md", text.as_str())]);
        let found = observed(&folder(&files, "login"));
        let shown: Vec<_> = found
            .iter()
            .map(|o| (o.label.as_str(), o.name.as_str(), o.line, o.is_test))
            .collect();
        assert_eq!(
            shown,
            [
                ("1.1", "src/a.rs", 2, false),
                ("1.2", "tests/a.rs", 2, true)
            ]
        );
    }

    #[test]
    fn a_link_means_what_it_names_or_the_only_spec_that_has_it() {
        let files = Memory::with([
            ("/w/.kiro/specs/login/requirements.md", TWO),
            ("/w/.kiro/specs/shop/cart/requirements.md", ONE),
            (
                "/w/src/a.rs",
                "/// Requirements 1.2\nfn only() {}\n\n/// Requirements 1.1\nfn both() {}\n\n// spec:cart#1.1\nfn cart() {}\n",
            ),
            (
                "/w/tests/a.rs",
                "// spec:login#1.1,1.2\n#[test]\nfn limits() {}\n\n// spec:gone#1.1\n#[test]\nfn lost() {}\n",
            ),
        ]);
        let (login, cart) = (folder(&files, "login"), folder(&files, "shop/cart"));
        let folders = [&login, &cart];
        let sources = Sources::read(&files, Path::new("/w"), &BTreeMap::new(), &|| false);
        let shown = |spec: &SpecFolder| -> Vec<String> {
            by_criterion(spec.spec(), &uses(&sources, &folders, spec))
                .iter()
                .map(|(id, links)| {
                    let names = |places: &[Place]| -> Vec<String> {
                        places
                            .iter()
                            .map(|p| format!("{}:{}", p.line, p.name))
                            .collect()
                    };
                    format!("{id} {:?} {:?}", names(&links.code), names(&links.tests))
                })
                .collect()
        };
        assert_eq!(
            shown(&login),
            [r#"1.1 [] ["1:limits"]"#, r#"1.2 ["1:only"] ["1:limits"]"#]
        );
        assert_eq!(shown(&cart), [r#"1.1 ["7:cart"] []"#]);
        let open = sources.get("src/a.rs").unwrap();
        assert!(matches!(meant(&folders, &open.links[1]), Meant::Several(two) if two.len() == 2));
        let lost = &sources.get("tests/a.rs").unwrap().links[1];
        assert!(matches!(meant(&folders, lost), Meant::Unknown));
    }
}
