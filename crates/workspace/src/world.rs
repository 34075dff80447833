//! The one place where the state of the workspace changes. Every method is short and never waits for anybody.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rutter_host::{FileKind, Files, Home, Settings};
use rutter_text::{Encoding, Source};

use crate::folder::{Problem, SpecFolder};
use crate::likely::Likely;
use crate::location::locate;
use crate::open::{Change, OpenDocument};
use crate::own::OwnFiles;
use crate::snapshot::Snapshot;
use crate::sources::{SourceFile, Sources};

mod agents;
mod foreign;

/// Folders this deep below `.kiro/specs` are still looked at.
const DEPTH: usize = 6;

/// The state of the workspace.
pub struct World {
    files: Arc<dyn Files>,
    now: Snapshot,
    user: Settings,
    editor: Settings,
    problems: Vec<Problem>,
    home: Option<Home>,
}

impl World {
    /// A workspace over these folders; nothing is read yet.
    pub fn new(files: Arc<dyn Files>, roots: Vec<PathBuf>, encoding: Encoding) -> Self {
        let now = Snapshot {
            roots: Arc::new(roots),
            open: Arc::default(),
            folders: Arc::default(),
            settings: Arc::default(),
            own: Arc::default(),
            agents: Arc::default(),
            foreign: Arc::default(),
            sources: Arc::default(),
            likely: Arc::default(),
            encoding,
            revision: 0,
        };
        Self {
            files,
            now,
            user: Settings::default(),
            editor: Settings::default(),
            problems: Vec::new(),
            home: None,
        }
    }

    /// Everything as it is now.
    pub fn snapshot(&self) -> Snapshot {
        self.now.clone()
    }

    /// Files outside of specs that could not be read, such as a broken settings file.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The file system the workspace lies on.
    pub fn files(&self) -> Arc<dyn Files> {
        Arc::clone(&self.files)
    }

    /// Sets what the user's own settings and the editor say.
    pub fn set_settings(&mut self, user: Option<Settings>, editor: Option<Settings>) {
        if let Some(user) = user {
            self.user = user;
        }
        if let Some(editor) = editor {
            self.editor = editor;
        }
        self.read_settings();
    }

    /// Reads every spec of every root from disk.
    pub fn load(&mut self) {
        for root in self.now.roots.clone().iter() {
            self.load_root(root);
        }
        self.read_settings();
    }

    /// Adds and removes workspace folders.
    pub fn change_roots(&mut self, added: &[PathBuf], removed: &[PathBuf]) {
        let mut roots = self.now.roots.as_ref().clone();
        roots.retain(|r| !removed.contains(r));
        for root in added {
            if !roots.contains(root) {
                roots.push(root.clone());
            }
        }
        self.now.roots = Arc::new(roots);
        let kept = Arc::clone(&self.now.roots);
        let open = Arc::clone(&self.now.open);
        Arc::make_mut(&mut self.now.sources).retain(|root, _| kept.contains(root));
        Arc::make_mut(&mut self.now.likely).retain(|root, _| kept.contains(root));
        Arc::make_mut(&mut self.now.folders).retain(|path, _| {
            kept.iter().any(|r| path.starts_with(r)) || open.keys().any(|p| p.starts_with(path))
        });
        self.keep_agents();
        Arc::make_mut(&mut self.now.foreign).retain(|_, folder| kept.contains(&folder.root));
        for root in added {
            self.load_root(root);
        }
        self.read_settings();
        self.touch();
    }

    /// The editor opened a document.
    pub fn open(&mut self, path: PathBuf, mut document: OpenDocument) {
        if let Some(location) = locate(&path) {
            if !self.now.folders.contains_key(&location.folder) {
                self.load_folder(&location.folder, &location.name, &location.root);
            }
            let folder = self.now.folders.get(&location.folder);
            let name = path.file_name().and_then(|n| n.to_str());
            let known = folder.zip(name).and_then(|(f, name)| f.source(name));
            document.saved = known == Some(&document.source);
        }
        self.put(path, document);
    }

    /// The editor changed a document. A document that was never opened is not known and stays so.
    pub fn change(&mut self, path: &Path, version: i32, changes: &[Change]) -> bool {
        let Some(open) = self.now.open.get(path) else {
            return false;
        };
        let document = open.changed(version, changes, self.now.encoding);
        self.put(path.to_owned(), document);
        true
    }

    /// The editor saved a document.
    pub fn saved(&mut self, path: &Path) {
        if let Some(open) = Arc::make_mut(&mut self.now.open).get_mut(path) {
            Arc::make_mut(open).saved = true;
        }
        if locate(path).is_some() {
            self.refresh(path);
        }
    }

    /// References are in step with a document as it is now.
    pub fn rebase(&mut self, path: &Path) {
        if let Some(open) = Arc::make_mut(&mut self.now.open).get_mut(path) {
            let open = Arc::make_mut(open);
            open.baseline = open.source.clone();
            self.touch();
        }
    }

    /// What the sources of a workspace folder say, looked through elsewhere.
    pub fn set_sources(&mut self, root: &Path, sources: Sources) {
        Arc::make_mut(&mut self.now.sources).insert(root.to_owned(), Arc::new(sources));
        self.touch();
    }

    /// What commits say of the code of a workspace folder, looked into elsewhere.
    pub fn set_likely(&mut self, root: &Path, likely: Likely) {
        Arc::make_mut(&mut self.now.likely).insert(root.to_owned(), Arc::new(likely));
        self.touch();
    }

    /// Where the functions of a file are that commits speak of. Tells whether that is news.
    pub fn put_likely(&mut self, root: &Path, name: &str, lines: BTreeMap<String, usize>) -> bool {
        let known = Arc::make_mut(&mut self.now.likely).get_mut(root);
        let news = known.is_some_and(|likely| Arc::make_mut(likely).put(name, lines));
        if news {
            self.touch();
        }
        news
    }

    /// What a source file says, read elsewhere from `source`. Nothing changes where the editor has another text by now: it
    /// is read again then. Tells whether anything did.
    pub fn put_source(
        &mut self,
        root: &Path,
        path: &Path,
        source: Option<&Source>,
        file: Option<SourceFile>,
    ) -> bool {
        if let Some(open) = self.now.open.get(path)
            && Some(&open.source) != source
        {
            return false;
        }
        let name = crate::folder::relative(root, path);
        let known = self.now.sources.get(root).map(|known| known.get(&name));
        let same = match (known, &file) {
            (None, _) | (Some(None), None) => true,
            (Some(Some(old)), Some(new)) => **old == *new,
            _ => false,
        };
        if same {
            return false;
        }
        if let Some(known) = Arc::make_mut(&mut self.now.sources).get_mut(root) {
            Arc::make_mut(known).put(&name, file.map(Arc::new));
        }
        self.touch();
        true
    }

    /// The editor closed a document: what is on disk counts again.
    pub fn close(&mut self, path: &Path) {
        Arc::make_mut(&mut self.now.open).remove(path);
        self.refresh(path);
    }

    /// A file or folder may have changed on disk. What is open in the editor stays as the editor has it, unless the file is
    /// gone and nothing would be lost: editors keep a document open for minutes after its last window.
    pub fn refresh(&mut self, path: &Path) {
        if self.refresh_agents(path) | self.refresh_foreign(path) {
            self.touch();
        }
        if OwnFiles::may_hold(path) {
            self.read_settings();
            self.touch();
            return;
        }
        if path.ends_with(".kiro") || path.ends_with(".kiro/specs") {
            self.refresh_below(path);
            return;
        }
        let Some(location) = locate(path) else { return };
        if let Some(open) = self.now.open.get(path) {
            let name = path.file_name().and_then(|n| n.to_str());
            let folder = self.now.folders.get(&location.folder);
            let known = folder.zip(name).is_some_and(|(f, n)| f.source(n).is_some());
            if !open.saved || known == self.files.exists(path) {
                return;
            }
        }
        self.load_folder(&location.folder, &location.name, &location.root);
        let is_known_file = location.document.is_some()
            || path.ends_with(crate::location::APPROVALS)
            || path.ends_with(crate::location::CONFIG);
        if !is_known_file {
            self.refresh_below(path);
        }
        self.touch();
    }

    /// Reads a spec from disk again, so that a command acts on what is there now.
    pub fn refresh_spec(&mut self, name: &str) {
        if let Ok(folder) = self.now.find(name).cloned() {
            self.load_folder(&folder.path, &folder.name, &folder.root);
            self.touch();
        }
    }

    /// Reads every spec at or below a folder again: a whole folder came, went or moved.
    fn refresh_below(&mut self, path: &Path) {
        let known = self.now.folders.keys().filter(|f| f.starts_with(path));
        let mut found: BTreeSet<PathBuf> = known.cloned().collect();
        if self
            .files
            .kind(path)
            .is_ok_and(|kind| kind == FileKind::Folder)
        {
            let specs = if path.ends_with(".kiro") {
                path.join("specs")
            } else {
                path.to_owned()
            };
            self.find_folders(&specs, DEPTH, &mut found);
        }
        for folder in found {
            if let Some(location) = locate(&folder.join("requirements.md")) {
                self.load_folder(&folder, &location.name, &location.root);
            }
        }
        self.touch();
    }

    fn put(&mut self, path: PathBuf, document: OpenDocument) {
        if let Some(location) = locate(&path)
            && let Some(name) = path.file_name().and_then(|n| n.to_str())
        {
            let folders = Arc::make_mut(&mut self.now.folders);
            let folder = folders.entry(location.folder.clone()).or_insert_with(|| {
                Arc::new(SpecFolder::new(
                    location.name,
                    location.root,
                    location.folder,
                ))
            });
            *folder = Arc::new(folder.with_file(name, Some(document.source.clone())));
        }
        if OwnFiles::may_hold(&path) {
            self.lay_over_own(&path, &document.source);
        }
        self.put_agent(&path, &document.source);
        self.put_foreign(&path, &document.source);
        Arc::make_mut(&mut self.now.open).insert(path, Arc::new(document));
        self.touch();
    }

    fn lay_over_own(&mut self, path: &Path, source: &rutter_text::Source) {
        for own in Arc::make_mut(&mut self.now.own).values_mut() {
            if own.files().any(|file| file.path == path) {
                Arc::make_mut(own).lay_over(path, source);
            }
        }
    }

    fn touch(&mut self) {
        self.now.revision += 1;
    }

    fn load_root(&mut self, root: &Path) {
        let specs = root.join(".kiro").join("specs");
        let mut found = BTreeSet::new();
        self.find_folders(&specs, DEPTH, &mut found);
        for folder in found {
            if let Some(location) = locate(&folder.join("requirements.md")) {
                self.load_folder(&folder, &location.name, &location.root);
            }
        }
        self.load_agents(root);
        self.load_foreign(root);
        self.touch();
    }

    /// The folders below `folder`, itself included, that could hold a spec.
    fn find_folders(&self, folder: &Path, depth: usize, found: &mut BTreeSet<PathBuf>) {
        let Ok(entries) = self.files.list(folder) else {
            // It may be there and closed to us; then it is a spec with a problem.
            if self.files.kind(folder).is_ok() {
                found.insert(folder.to_owned());
            }
            return;
        };
        for entry in entries {
            match entry.kind {
                FileKind::Folder if depth > 0 => self.find_folders(&entry.path, depth - 1, found),
                FileKind::File
                    if locate(&entry.path).is_some_and(|l| l.document.is_some())
                        || entry.name == crate::location::CONFIG =>
                {
                    found.insert(folder.to_owned());
                }
                _ => {}
            }
        }
    }

    fn load_folder(&mut self, path: &Path, name: &str, root: &Path) {
        let mut folder = SpecFolder::load(
            self.files.as_ref(),
            name.to_owned(),
            root.to_owned(),
            path.to_owned(),
        );
        for (open_path, open) in self.now.open.iter() {
            if open_path.parent() == Some(path)
                && let Some(file) = open_path.file_name().and_then(|n| n.to_str())
                && (!open.saved || folder.source(file).is_some())
            {
                folder = folder.with_file(file, Some(open.source.clone()));
            }
        }
        // What a watcher reports may be our own write: the same texts keep what was read from them.
        if let Some(known) = self.now.folders.get(path)
            && known.same_as(&folder)
        {
            return;
        }
        let folders = Arc::make_mut(&mut self.now.folders);
        if folder.is_spec() {
            folders.insert(path.to_owned(), Arc::new(folder));
        } else {
            folders.remove(path);
        }
    }

    fn read_settings(&mut self) {
        let mut settings = BTreeMap::new();
        let mut all = BTreeMap::new();
        self.problems.clear();
        for root in self.now.roots.iter() {
            let mut own = OwnFiles::read(self.files.as_ref(), root);
            let mut repository = Settings::default();
            if let Some(file) = &own.settings {
                let read = match &file.text {
                    Ok(text) => {
                        Settings::from_repository(text.text()).map_err(|error| error.to_string())
                    }
                    Err(message) => Err(message.clone()),
                };
                let told = match read {
                    Ok(read) => {
                        repository = read.settings;
                        read.ignored
                    }
                    Err(message) => vec![message],
                };
                self.problems
                    .extend(told.into_iter().map(|message| Problem {
                        path: file.path.clone(),
                        message,
                    }));
            }
            for (path, open) in self.now.open.iter().filter(|(p, _)| OwnFiles::may_hold(p)) {
                own.lay_over(path, &open.source);
            }
            // The same texts keep what was found in them.
            let own = match self.now.own.get(root) {
                Some(known) if **known == own => Arc::clone(known),
                _ => Arc::new(own),
            };
            all.insert(root.clone(), own);
            // A rule level is a matter of the project: the repository's word beats the user's, not the editor's.
            let rules = repository.over(&self.user).rules;
            let mut effective = Settings {
                rules,
                ..self.user.clone()
            };
            effective = self.editor.over(&effective);
            if repository.fire_hooks == Some(false) {
                effective.fire_hooks = Some(false);
            }
            settings.insert(root.clone(), effective);
        }
        self.now.settings = Arc::new(settings);
        self.now.own = Arc::new(all);
    }
}

#[cfg(test)]
mod tests {
    use rutter_host::Memory;
    use rutter_spec::Document;
    use rutter_text::Position;

    use super::*;

    fn world() -> World {
        let files = Memory::with([
            (
                "/w/.kiro/specs/a/requirements.md",
                "### Requirement 1: X\n#### Acceptance Criteria\n1. THE A SHALL b\n",
            ),
            ("/w/.kiro/specs/n/a/tasks.md", "- [ ] 1. T\n"),
            ("/w/.kiro/specs/notes.md", "no spec"),
            (
                "/w/.rutter/config.toml",
                "[rules]\n\"task/cycle\" = \"off\"\n[model]\nuse = \"x/y\"\n",
            ),
        ]);
        let mut world = World::new(Arc::new(files), vec!["/w".into()], Encoding::Utf16);
        world.load();
        world
    }

    #[test]
    fn specs_are_found_by_name_path_and_last_part() {
        let now = world().snapshot();
        assert_eq!(
            now.folders
                .values()
                .map(|f| f.name.as_str())
                .collect::<Vec<_>>(),
            ["a", "n/a"]
        );
        assert_eq!(now.find("a").unwrap().name, "a");
        assert_eq!(now.find("n/a").unwrap().name, "n/a");
        assert_eq!(now.find("/w/.kiro/specs/n/a/tasks.md").unwrap().name, "n/a");
        assert!(
            now.find("b")
                .unwrap_err()
                .to_string()
                .contains("there are a, n/a")
        );
    }

    #[test]
    fn a_document_whose_file_is_gone_counts_only_while_it_holds_something_unsaved() {
        let mut world = world();
        let path = PathBuf::from("/w/.kiro/specs/a/requirements.md");
        let text = world.files.read_text(&path).unwrap();
        let open = |text: &str| OpenDocument::new(1, "markdown".into(), text);
        let there = |world: &World| {
            let folder = Path::new("/w/.kiro/specs/a");
            world.snapshot().folders.contains_key(folder)
        };
        let gone = |world: &mut World| {
            world.files.remove(&path).unwrap();
            world.refresh(&path);
        };
        let back = |world: &mut World, text: &str| {
            world.files.write(&path, text.as_bytes()).unwrap();
            world.saved(&path);
        };

        world.open(path.clone(), open(&text));
        gone(&mut world);
        assert!(!there(&world), "nothing is lost");
        back(&mut world, &text);
        assert!(there(&world), "saved again");

        let typed = Change {
            range: Some((Position::new(0, 0), Position::new(0, 0))),
            text: "# R\n".into(),
        };
        world.change(&path, 2, &[typed]);
        gone(&mut world);
        assert!(there(&world), "what was typed is only here");
        back(&mut world, &format!("# R\n{text}"));
        gone(&mut world);
        assert!(!there(&world));
    }

    #[test]
    fn open_text_lies_over_the_disk_until_it_is_closed() {
        let mut world = world();
        let path = PathBuf::from("/w/.kiro/specs/a/requirements.md");
        let before = world.snapshot();
        world.open(
            path.clone(),
            OpenDocument::new(1, "markdown".into(), "### Requirement 1: X\n"),
        );
        world.change(
            &path,
            2,
            &[Change {
                range: Some((Position::new(1, 0), Position::new(1, 0))),
                text: "#### Acceptance Criteria\n1. THE A SHALL c\n2. THE A SHALL d\n".into(),
            }],
        );
        let count = |s: &Snapshot| {
            s.find("a")
                .unwrap()
                .spec()
                .wanted()
                .map_or(0, |(_, r)| r.criteria().count())
        };
        assert_eq!((count(&before), count(&world.snapshot())), (1, 2));
        assert!(!world.change(Path::new("/w/x"), 1, &[]));
        world.close(&path);
        assert_eq!(count(&world.snapshot()), 1);
    }

    #[test]
    fn whole_folders_come_and_go() {
        let files = Arc::new(Memory::default());
        let mut world = World::new(
            Arc::clone(&files) as Arc<dyn Files>,
            vec!["/w".into()],
            Encoding::Utf16,
        );
        world.load();
        let names = |world: &World| -> Vec<String> {
            let now = world.snapshot();
            now.folders.values().map(|f| f.name.clone()).collect()
        };
        let task = |name: &str| PathBuf::from(format!("/w/.kiro/specs/{name}/tasks.md"));
        for (seen, specs) in [
            ("/w/.kiro", ["a", "team/b"]),
            ("/w/.kiro/specs", ["a", "team/b"]),
            ("/w/.kiro/specs/team", ["team/b", "team/v1.2"]),
            ("/w/.kiro/specs/v1.2", ["v1.2", "v1.2/c"]),
        ] {
            for spec in specs {
                files.write(&task(spec), b"- [ ] 1. T\n").unwrap();
            }
            world.refresh(Path::new(seen));
            assert_eq!(names(&world), specs, "{seen} came");
            for spec in specs {
                files.remove(&task(spec)).unwrap();
            }
            world.refresh(Path::new(seen));
            assert_eq!(names(&world), [""; 0], "{seen} went");
        }
    }

    #[test]
    fn a_new_document_makes_a_spec_and_settings_narrow() {
        let mut world = world();
        world.open(
            "/w/.kiro/specs/new/bugfix.md".into(),
            OpenDocument::new(1, "markdown".into(), "1.1 WHEN a THEN b\n"),
        );
        let now = world.snapshot();
        assert_eq!(
            now.find("new").unwrap().spec().wanted().map(|(d, _)| d),
            Some(Document::Bugfix)
        );
        let settings = now.settings_of(Path::new("/w"));
        assert_eq!(
            (settings.rules["task/cycle"].as_str(), settings.model),
            ("off", None)
        );
        assert_eq!(world.problems().len(), 1);
    }
}
