//! A spec folder: its files as read, and what they say, read on first use.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;
use rutter_host::Files;
use rutter_spec::approvals::Approvals;
use rutter_spec::{Config, Document, Reading, Spec};
use rutter_text::Source;

use crate::location::{APPROVALS, CONFIG};

/// A file that is there and can't be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub path: PathBuf,
    /// One sentence.
    pub message: String,
}

#[derive(Clone, Debug, Default)]
struct Slot {
    source: Option<Source>,
    reading: Arc<OnceLock<Reading>>,
    /// What an earlier text said, until this one is read.
    former: Arc<Mutex<Option<Reading>>>,
}

impl Slot {
    /// The slot with another text, which is read with the help of what was read before.
    fn with(&self, source: Option<Source>) -> Self {
        let former = match self.reading.get() {
            Some(reading) => Some(reading.clone()),
            None => self.former.lock().clone(),
        };
        Self {
            former: Arc::new(Mutex::new(former.filter(|_| source.is_some()))),
            reading: Arc::default(),
            source,
        }
    }

    fn read(&self, document: Document) -> Option<Reading> {
        let source = self.source.as_ref()?;
        let read = || {
            let former = self.former.lock().take();
            match former {
                Some(former) => former.again(document, source.clone()),
                None => Reading::new(document, source.clone()),
            }
        };
        Some(self.reading.get_or_init(read).clone())
    }
}

/// One spec folder at one moment. Cheap to clone; a changed document leaves the readings of the others alone.
#[derive(Clone, Debug)]
pub struct SpecFolder {
    /// The name of the spec.
    pub name: String,
    /// The folder that holds `.kiro`.
    pub root: PathBuf,
    /// The folder.
    pub path: PathBuf,
    /// Files that could not be read.
    pub problems: Vec<Problem>,
    documents: [Slot; 4],
    config: Option<Source>,
    approvals: Option<Source>,
    spec: Arc<OnceLock<Arc<Spec>>>,
    approved: Arc<OnceLock<Approvals>>,
    ids: Arc<OnceLock<BTreeSet<String>>>,
}

impl SpecFolder {
    /// An empty folder.
    pub fn new(name: String, root: PathBuf, path: PathBuf) -> Self {
        Self {
            name,
            root,
            path,
            problems: Vec::new(),
            documents: Default::default(),
            config: None,
            approvals: None,
            spec: Arc::default(),
            approved: Arc::default(),
            ids: Arc::default(),
        }
    }

    /// Reads a folder from disk. A file that can't be read is a problem, not a failure.
    pub fn load(files: &dyn Files, name: String, root: PathBuf, path: PathBuf) -> Self {
        let mut folder = Self::new(name, root, path);
        for document in Document::ALL {
            let source = folder.read(files, document.file_name());
            folder.documents[document as usize].source = source;
        }
        folder.config = folder.read(files, CONFIG);
        folder.approvals = folder.read(files, APPROVALS);
        folder
    }

    fn read(&mut self, files: &dyn Files, name: &str) -> Option<Source> {
        let path = self.path.join(name);
        match files.read_text_if_any(&path) {
            Ok(text) => text.map(Source::new),
            Err(error) => {
                self.problems.push(Problem {
                    path,
                    message: error.to_string(),
                });
                None
            }
        }
    }

    /// The folder with one file changed or gone; a name that belongs to no spec changes nothing.
    #[must_use]
    pub fn with_file(&self, name: &str, source: Option<Source>) -> Self {
        let mut folder = self.clone();
        folder.problems.retain(|p| !p.path.ends_with(name));
        folder.spec = Arc::default();
        folder.ids = Arc::default();
        match (Document::of_file_name(name), name) {
            (Some(document), _) => {
                let slot = &mut folder.documents[document as usize];
                *slot = slot.with(source);
            }
            (None, CONFIG) => folder.config = source,
            (None, APPROVALS) => {
                folder.approvals = source;
                folder.approved = Arc::default();
            }
            _ => {}
        }
        folder
    }

    /// The same texts with nothing read from them yet: what is read from this one goes with it. For a glance at a spec that
    /// nobody works on, so that hundreds of them don't stay parsed.
    #[must_use]
    pub fn unread(&self) -> Self {
        let mut folder = self.clone();
        for slot in &mut folder.documents {
            slot.reading = Arc::default();
            slot.former = Arc::default();
        }
        folder.spec = Arc::default();
        folder.approved = Arc::default();
        folder
    }

    /// Whether both hold the same texts and problems.
    pub fn same_as(&self, other: &Self) -> bool {
        let texts = |a: &Self, b: &Self| {
            a.documents
                .iter()
                .zip(&b.documents)
                .all(|(a, b)| a.source == b.source)
        };
        texts(self, other)
            && self.config == other.config
            && self.approvals == other.approvals
            && self.problems == other.problems
    }

    /// Whether there is anything in it that makes it a spec.
    pub fn is_spec(&self) -> bool {
        self.documents.iter().any(|s| s.source.is_some())
            || self.config.is_some()
            || !self.problems.is_empty()
    }

    /// What the documents say.
    pub fn spec(&self) -> &Arc<Spec> {
        self.spec.get_or_init(|| {
            let mut spec = Spec {
                name: self.name.clone(),
                ..Spec::default()
            };
            for document in Document::ALL {
                let slot = &self.documents[document as usize];
                spec.set(document, slot.read(document));
            }
            spec.config = self.config.as_ref().map(|s| Config::parse(s.text()));
            Arc::new(spec)
        })
    }

    /// Whether it has a criterion or a requirement of this id. What was read to know it does not stay.
    pub fn has(&self, id: &str) -> bool {
        let ids = self.ids.get_or_init(|| {
            let read = match self.spec.get() {
                Some(spec) => Arc::clone(spec),
                None => Arc::clone(self.unread().spec()),
            };
            let Some((_, wanted)) = read.wanted() else {
                return BTreeSet::new();
            };
            let criteria = wanted.criteria().map(|(_, c)| c.label.clone());
            let requirements = wanted.requirements.iter().map(|r| r.label.clone());
            criteria.chain(requirements).collect()
        });
        ids.contains(id)
    }

    /// What is approved; nothing where the file is missing or can't be read.
    pub fn approvals(&self) -> &Approvals {
        self.approved.get_or_init(|| {
            self.approvals
                .as_ref()
                .map(|s| Approvals::read(s.text()))
                .unwrap_or_default()
        })
    }

    /// The text of a file of the spec.
    pub fn source(&self, name: &str) -> Option<&Source> {
        match (Document::of_file_name(name), name) {
            (Some(document), _) => self.documents[document as usize].source.as_ref(),
            (None, CONFIG) => self.config.as_ref(),
            (None, APPROVALS) => self.approvals.as_ref(),
            _ => None,
        }
    }

    /// The path of a document, whether it exists or not.
    pub fn path_of(&self, document: Document) -> PathBuf {
        self.path.join(document.file_name())
    }

    /// The path of the approvals.
    pub fn approvals_path(&self) -> PathBuf {
        self.path.join(APPROVALS)
    }

    /// The path below the root, with `/`.
    pub fn relative(&self, path: &Path) -> String {
        relative(&self.root, path)
    }
}

/// `path` below `root`, with `/`.
pub fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below
        .components()
        .map(|c| c.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/")
}
