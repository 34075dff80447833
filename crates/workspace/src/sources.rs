//! The sources of a workspace folder that name requirements. Most files name none and cost nothing but a glance.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rutter_code::Language;
use rutter_code::links::{Link, foreign, links};
use rutter_code::project::is_test_path;
use rutter_host::Files;
use rutter_text::{Ident, Source};

use crate::folder::relative;
use crate::foreign::ForeignFolder;
use crate::open::OpenDocument;

/// More files than this are not looked at.
const MAX_FILES: usize = 50_000;

/// A source file that names requirements.
#[derive(Clone, Debug, PartialEq)]
pub struct SourceFile {
    /// The file.
    pub path: PathBuf,
    /// Its path below the workspace folder, with `/`.
    pub name: String,
    /// The language it is written in.
    pub language: Language,
    /// Its text.
    pub source: Source,
    /// The links in it, in order.
    pub links: Vec<Link>,
    /// What may be links to specs of other tools, in order; only read where there are such specs.
    pub foreign: Vec<Link>,
}

impl SourceFile {
    /// Reads a text; nothing where it is in no language we know or names nothing. `has_foreign` tells that there are specs of
    /// other tools.
    pub fn read(root: &Path, path: &Path, source: Source, has_foreign: bool) -> Option<Self> {
        let name = relative(root, path);
        let language = Language::of_path(&name)?;
        let mut links = links(language, source.text());
        let mut foreign = if has_foreign {
            foreign(language, source.text())
        } else {
            Vec::new()
        };
        // Not every language says in the code itself what is a test.
        if is_test_path(&name) {
            let all = links.iter_mut().chain(&mut foreign);
            all.for_each(|link| link.is_test = true);
        }
        (!links.is_empty() || !foreign.is_empty()).then(|| Self {
            path: path.to_owned(),
            name,
            language,
            source,
            links,
            foreign,
        })
    }

    /// What may be a link to a spec of another tool at an offset.
    pub fn foreign_at(&self, offset: usize) -> Option<&Link> {
        let mut links = self.foreign.iter();
        links.find(|link| link.range.start <= offset && offset <= link.range.end)
    }

    /// The link at an offset.
    pub fn link_at(&self, offset: usize) -> Option<&Link> {
        let mut links = self.links.iter();
        links.find(|link| link.range.start <= offset && offset <= link.range.end)
    }
}

/// The sources of a workspace folder that name requirements, by their names. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: BTreeMap<String, Arc<SourceFile>>,
    /// Where each number is named: made when it is first asked for.
    numbers: Arc<OnceLock<Numbers>>,
}

/// The file and the place of the link in it, by the numbers of an id.
type Numbers = HashMap<Vec<u32>, Vec<(Arc<SourceFile>, usize)>>;

impl PartialEq for Sources {
    fn eq(&self, other: &Self) -> bool {
        self.files == other.files
    }
}

impl Sources {
    /// Looks through every source file below a folder that the ignore files leave in; what is open counts as the editor
    /// has it. Stops with what it has where `stop` says so.
    pub fn read(
        files: &dyn Files,
        root: &Path,
        open: &BTreeMap<PathBuf, Arc<OpenDocument>>,
        stop: &dyn Fn() -> bool,
    ) -> Self {
        let mut found = Self::default();
        let has_foreign = ForeignFolder::are_in(files, root);
        for path in files.walk(root, MAX_FILES) {
            if stop() {
                break;
            }
            if Language::of_path(&relative(root, &path)).is_none() {
                continue;
            }
            // What can't be read, or is no text, names nothing.
            let source = match open.get(&path) {
                Some(open) => Some(open.source.clone()),
                None => files.read_text(&path).ok().map(Source::new),
            };
            if let Some(file) =
                source.and_then(|source| SourceFile::read(root, &path, source, has_foreign))
            {
                found.files.insert(file.name.clone(), Arc::new(file));
            }
        }
        found
    }

    /// The files, by name.
    pub fn files(&self) -> impl Iterator<Item = &Arc<SourceFile>> {
        self.files.values()
    }

    /// A file by its name.
    pub fn get(&self, name: &str) -> Option<&Arc<SourceFile>> {
        self.files.get(name)
    }

    /// The links that name an id with these numbers, each with its file; in order of the files.
    pub fn naming(&self, numbers: &[u32]) -> impl Iterator<Item = (&SourceFile, &Link)> {
        let all = self.numbers.get_or_init(|| self.by_number());
        let found = all.get(numbers).into_iter().flatten();
        found.map(|(file, at)| (file.as_ref(), &file.links[*at]))
    }

    fn by_number(&self) -> Numbers {
        let mut found = Numbers::new();
        for file in self.files.values() {
            for (at, link) in file.links.iter().enumerate() {
                for id in link.ids.iter().filter_map(|id| Ident::parse(id)) {
                    let places = found.entry(id.numbers).or_default();
                    places.push((Arc::clone(file), at));
                }
            }
        }
        found
    }

    /// Puts a file in the place of what was known of it.
    pub fn put(&mut self, name: &str, file: Option<Arc<SourceFile>>) {
        self.numbers = Arc::default();
        match file {
            Some(file) => self.files.insert(name.to_owned(), file),
            None => self.files.remove(name),
        };
    }
}

#[cfg(test)]
mod tests {
    use rutter_host::Memory;

    use super::*;

    #[test]
    fn only_what_names_something_is_kept() {
        let files = Memory::with([
            ("/w/src/a.rs", "/// Requirements 1.1\nfn limit() {}\n"),
            ("/w/src/b.rs", "fn other() {}\n"),
            ("/w/README.md", "Requirements 1.1\n"),
        ]);
        let root = Path::new("/w");
        let open: BTreeMap<PathBuf, Arc<OpenDocument>> = [(
            PathBuf::from("/w/src/b.rs"),
            Arc::new(OpenDocument::new(
                1,
                "rust".into(),
                "// spec:login#1.2\nfn other() {}\n",
            )),
        )]
        .into();
        let names = |sources: &Sources| -> Vec<String> {
            sources.files().map(|file| file.name.clone()).collect()
        };
        let mut sources = Sources::read(&files, root, &open, &|| false);
        assert_eq!(names(&sources), ["src/a.rs", "src/b.rs"]);
        let unit = sources.get("src/b.rs").unwrap().links[0].unit.clone();
        assert_eq!(unit.unwrap().name, "other");
        sources.put("src/a.rs", None);
        assert_eq!(names(&sources), ["src/b.rs"]);
        assert_eq!(
            Sources::read(&files, root, &open, &|| true),
            Sources::default()
        );
    }
}
