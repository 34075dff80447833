//! The spec folders that tests read: a corpus of real projects where the environment names one, else the small one of
//! this repository.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rutter_spec::{Config, Document, Reading, Spec};
use rutter_text::Source;

/// The environment variable that names the folder of projects.
pub const VARIABLE: &str = "RUTTER_CORPUS";

/// A folder of projects.
#[derive(Debug)]
pub struct Corpus {
    /// Whether the environment named it.
    pub real: bool,
    /// The spec folders in it, by path.
    pub folders: Vec<Folder>,
}

/// A spec folder.
#[derive(Debug)]
pub struct Folder {
    /// The path below the corpus, with `/`.
    pub path: String,
    /// The texts of its documents.
    pub documents: BTreeMap<Document, String>,
    /// The text of `.config.kiro`.
    pub config: Option<String>,
}

impl Corpus {
    /// Reads every spec folder.
    ///
    /// # Panics
    /// Where a file can't be read or is not UTF-8: a corpus is a fixture.
    pub fn open() -> Self {
        let named = std::env::var_os(VARIABLE).map(PathBuf::from);
        let root = named.clone().unwrap_or_else(|| {
            Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/corpus-mini")
        });
        let mut folders = Vec::new();
        collect(&root, &root, &mut folders);
        folders.sort_by(|a, b| a.path.cmp(&b.path));
        assert!(
            !folders.is_empty(),
            "no spec folder below {}",
            root.display()
        );
        Self {
            real: named.is_some(),
            folders,
        }
    }

    /// Every document of a kind with the path of its file.
    pub fn each(&self, document: Document) -> impl Iterator<Item = (String, &str)> {
        self.folders.iter().filter_map(move |folder| {
            let text = folder.documents.get(&document)?;
            Some((
                format!("{}/{}", folder.path, document.file_name()),
                text.as_str(),
            ))
        })
    }

    /// Every text, `.config.kiro` included.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.folders.iter().flat_map(|f| {
            let documents = f.documents.values().map(String::as_str);
            documents.chain(f.config.as_deref())
        })
    }
}

impl Folder {
    /// The folder read as a spec.
    pub fn spec(&self) -> Spec {
        let mut spec = Spec {
            name: self.path.clone(),
            config: self.config.as_deref().map(Config::parse),
            ..Spec::default()
        };
        for (document, text) in &self.documents {
            spec.set(
                *document,
                Some(Reading::new(*document, Source::new(text.as_str()))),
            );
        }
        spec
    }
}

#[allow(clippy::disallowed_methods)]
fn collect(root: &Path, folder: &Path, found: &mut Vec<Folder>) {
    let mut documents = BTreeMap::new();
    let mut config = None;
    let entries = std::fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|e| e.unwrap_or_else(|e| panic!("{}: {e}", folder.display())));
    for entry in entries {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        let read =
            || std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        if path.is_dir() {
            collect(root, &path, found);
        } else if let Some(document) = Document::of_file_name(&name) {
            documents.insert(document, read());
        } else if name == ".config.kiro" {
            config = Some(read());
        }
    }
    if !documents.is_empty() {
        let path = folder.strip_prefix(root).unwrap_or(folder);
        let parts: Vec<_> = path
            .components()
            .map(|c| c.as_os_str().to_string_lossy())
            .collect();
        found.push(Folder {
            path: parts.join("/"),
            documents,
            config,
        });
    }
}
