//! The part of the world that is hook files, steering and the like.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rutter_host::Home;
use rutter_text::Source;

use super::World;
use crate::agent_files::{AgentFiles, AgentKind};
use crate::folder::relative;

/// Folders of which everything is ours or of a tool whose files we read.
const FOLDERS: [&str; 8] = [
    ".kiro",
    ".rutter",
    ".cursor",
    ".windsurf",
    ".github",
    ".specify",
    "openspec",
    "specs",
];

impl World {
    /// Whether a path could be one that is read here. For watchers of folders that also hold other files.
    pub fn may_concern(path: &Path) -> bool {
        let in_folder = path
            .components()
            .any(|part| FOLDERS.iter().any(|folder| part.as_os_str() == *folder));
        let name = path.file_name().and_then(|name| name.to_str());
        in_folder || name.is_some_and(|name| AgentKind::of(name).is_some())
    }

    /// Where the user's own files lie: one of those that is open is called `~/…`.
    pub fn set_home(&mut self, home: Option<Home>) {
        self.home = home;
    }

    /// Reads those of a workspace folder anew; the same texts keep what was read from them.
    pub(super) fn load_agents(&mut self, root: &Path) {
        let mut found = AgentFiles::read(self.files.as_ref(), root);
        let open = Arc::clone(&self.now.open);
        for (path, document) in open.iter() {
            if let Some((base, name)) = self.agent_place(path)
                && base == root
            {
                found.lay_over(path, &name, &document.source);
            }
        }
        let known = self.now.agents.get(root);
        if known.map_or(found.is_empty(), |known| known.same_as(&found)) {
            return;
        }
        self.set_agents(root, found);
    }

    /// The editor's text of a document, where it is one of these.
    pub(super) fn put_agent(&mut self, path: &Path, source: &Source) {
        let Some((base, name)) = self.agent_place(path) else {
            return;
        };
        let mut files = self.agents_of(&base);
        files.lay_over(path, &name, source);
        self.set_agents(&base, files);
    }

    /// A file or folder may have changed on disk; gives whether it is one of these, or holds some.
    pub(super) fn refresh_agents(&mut self, path: &Path) -> bool {
        let Some(root) = self.now.root_of(path).cloned() else {
            // What is outside of every root is known only while it is open.
            if !self.now.open.contains_key(path)
                && let Some((base, _)) = self.agent_place(path)
            {
                let mut files = self.agents_of(&base);
                files.remove(path);
                self.set_agents(&base, files);
                return true;
            }
            return false;
        };
        let name = relative(&root, path);
        if AgentFiles::may_be_below(&name) && AgentKind::of(&name).is_none() || name == "AGENTS.md"
        {
            self.load_agents(&root);
            return true;
        }
        if AgentKind::of(&name).is_none() {
            return false;
        }
        if self.now.open.contains_key(path) {
            return true;
        }
        let is_ours =
            self.now.agents.contains_key(&root) || AgentFiles::are_in(self.files.as_ref(), &root);
        let mut files = self.agents_of(&root);
        if is_ours && AgentFiles::looks_for(&name) {
            files.refresh(self.files.as_ref(), path, &name);
        } else {
            files.remove(path);
        }
        let same = self
            .now
            .agents
            .get(&root)
            .map_or(files.is_empty(), |known| known.same_as(&files));
        if !same {
            self.set_agents(&root, files);
        }
        true
    }

    /// Forgets those of folders that are no longer part of the workspace.
    pub(super) fn keep_agents(&mut self) {
        let roots = Arc::clone(&self.now.roots);
        let open = Arc::clone(&self.now.open);
        Arc::make_mut(&mut self.now.agents).retain(|base, files| {
            roots.contains(base) || files.iter().any(|file| open.contains_key(&file.path))
        });
    }

    fn agents_of(&self, base: &Path) -> AgentFiles {
        let known = self.now.agents.get(base);
        known
            .map(|files| files.as_ref().clone())
            .unwrap_or_default()
    }

    fn set_agents(&mut self, base: &Path, files: AgentFiles) {
        let agents = Arc::make_mut(&mut self.now.agents);
        if files.is_empty() {
            agents.remove(base);
        } else {
            agents.insert(base.to_owned(), Arc::new(files));
        }
    }

    /// The base of an open document of this kind and its name there; nothing for every other document, and for those of
    /// other tools in a folder that has nothing of ours.
    fn agent_place(&self, path: &Path) -> Option<(PathBuf, String)> {
        if let Some(root) = self.now.root_of(path) {
            let name = relative(root, path);
            AgentKind::of(&name)?;
            let is_ours = AgentFiles::is_ours_alone(&name)
                || self.now.agents.contains_key(root)
                || AgentFiles::are_in(self.files.as_ref(), root);
            return is_ours.then(|| (root.clone(), name));
        }
        if let Some(home) = &self.home
            && let Some(name) = home.name(path)
            && AgentKind::of(&name).is_some()
        {
            return Some((home.folder().to_owned(), name));
        }
        let marked = |folder: &&Path| folder.ends_with(".kiro") || folder.ends_with(".rutter");
        let base = match path.ancestors().skip(1).find(marked) {
            Some(folder) => folder.parent()?,
            None => path.parent()?,
        };
        let name = relative(base, path);
        AgentKind::of(&name)?;
        AgentFiles::is_ours_alone(&name).then(|| (base.to_owned(), name))
    }
}

#[cfg(test)]
mod tests {
    use rutter_host::{Files, Memory};
    use rutter_text::Encoding;

    use super::*;
    use crate::{OpenDocument, Snapshot};

    fn names(now: &Snapshot, base: &str) -> Vec<String> {
        let files = now.agents.get(Path::new(base));
        let files = files.into_iter().flat_map(|files| files.iter());
        files.map(|file| file.name.clone()).collect()
    }

    fn document(text: &str) -> OpenDocument {
        OpenDocument::new(1, "markdown".into(), text)
    }

    #[test]
    fn open_text_counts_until_it_is_closed_and_what_goes_is_gone() {
        let files = Arc::new(Memory::with([
            ("/w/.kiro/steering/a.md", "disk"),
            ("/w/web/AGENTS.md", "nested"),
        ]));
        let mut world = World::new(Arc::clone(&files) as _, vec!["/w".into()], Encoding::Utf16);
        world.load();
        assert_eq!(names(&world.snapshot(), "/w"), [".kiro/steering/a.md"]);
        let a = PathBuf::from("/w/.kiro/steering/a.md");
        let nested = PathBuf::from("/w/web/AGENTS.md");
        world.open(a.clone(), document("typed"));
        world.open(nested.clone(), document("nested"));
        world.refresh(&a);
        let now = world.snapshot();
        assert_eq!(now.source(&a).unwrap().text(), "typed");
        assert_eq!(names(&now, "/w"), [".kiro/steering/a.md", "web/AGENTS.md"]);
        world.close(&a);
        world.close(&nested);
        let now = world.snapshot();
        assert_eq!(now.source(&a).unwrap().text(), "disk");
        assert_eq!(names(&now, "/w"), [".kiro/steering/a.md"]);
        world.refresh(Path::new("/w/.kiro"));
        assert!(Arc::ptr_eq(
            &now.agents[Path::new("/w")],
            &world.snapshot().agents[Path::new("/w")]
        ));
        files.remove(&a).unwrap();
        world.refresh(Path::new("/w/.kiro/steering"));
        assert!(world.snapshot().agents.is_empty());
    }

    #[test]
    fn files_of_other_tools_count_only_where_something_is_ours() {
        let files = Arc::new(Memory::with([("/w/CLAUDE.md", "c"), ("/w/src/a.rs", "")]));
        let mut world = World::new(Arc::clone(&files) as _, vec!["/w".into()], Encoding::Utf16);
        world.load();
        let claude = PathBuf::from("/w/CLAUDE.md");
        world.open(claude.clone(), document("typed"));
        assert!(world.snapshot().agents.is_empty());
        files.write(Path::new("/w/AGENTS.md"), b"ours").unwrap();
        world.refresh(Path::new("/w/AGENTS.md"));
        assert_eq!(names(&world.snapshot(), "/w"), ["AGENTS.md", "CLAUDE.md"]);
        assert_eq!(world.snapshot().source(&claude).unwrap().text(), "typed");
    }

    #[test]
    fn a_file_outside_every_folder_is_known_while_it_is_open() {
        let mut world = World::new(Arc::new(Memory::default()), Vec::new(), Encoding::Utf16);
        world.set_home(Some(Home::new("/home/me")));
        for (path, base, name) in [
            ("/x/.kiro/hooks/a.json", "/x", ".kiro/hooks/a.json"),
            (
                "/home/me/.kiro/steering/b.md",
                "/home/me",
                "~/.kiro/steering/b.md",
            ),
        ] {
            world.open(path.into(), document(""));
            assert_eq!(names(&world.snapshot(), base), [name]);
            world.close(Path::new(path));
            assert!(world.snapshot().agents.is_empty());
        }
        world.open("/x/CLAUDE.md".into(), document(""));
        world.open("/x/a.rs".into(), document(""));
        assert!(world.snapshot().agents.is_empty());
    }
}
