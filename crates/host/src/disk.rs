//! The real file system.

#![allow(
    clippy::disallowed_methods,
    reason = "this is the one place where the file system is touched"
)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::files::{Entry, FileError, FileKind, Files};
use crate::temporary::{NewFolders, Temporary};

/// The file system of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path) -> Result<Vec<u8>, FileError> {
        fs::read(path).map_err(|e| FileError::from_io(path, "read", e))
    }

    fn kind(&self, path: &Path) -> Result<FileKind, FileError> {
        fs::metadata(path)
            .map(|m| kind(&m))
            .map_err(|e| FileError::from_io(path, "read", e))
    }

    fn list(&self, folder: &Path) -> Result<Vec<Entry>, FileError> {
        let failed = |e| FileError::from_io(folder, "read", e);
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.path();
            let found = entry.file_type();
            let kind = match &found {
                Ok(t) if t.is_file() => FileKind::File,
                Ok(t) if t.is_dir() => FileKind::Folder,
                _ if leads_up(&path, folder) => FileKind::Other,
                _ => fs::metadata(&path).map_or(FileKind::Other, |m| kind(&m)),
            };
            entries.push(Entry {
                name: entry.file_name().to_string_lossy().into_owned(),
                path,
                kind,
                link: found.is_ok_and(|t| t.is_symlink()),
            });
        }
        entries.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        put(path, bytes, false)
    }

    fn write_program(&self, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
        put(path, bytes, true)
    }

    fn is_program(&self, path: &Path) -> Result<bool, FileError> {
        let metadata = fs::metadata(path).map_err(|e| FileError::from_io(path, "read", e))?;
        Ok(may_run(&metadata))
    }

    #[cfg(unix)]
    fn changed(&self, path: &Path) -> Option<u64> {
        use std::os::unix::fs::MetadataExt;
        let metadata = fs::symlink_metadata(path).ok()?;
        let seconds = u64::try_from(metadata.ctime()).ok()?;
        let millis = u64::try_from(metadata.ctime_nsec()).ok()? / 1_000_000;
        seconds.checked_mul(1_000)?.checked_add(millis)
    }

    #[cfg(not(unix))]
    fn changed(&self, path: &Path) -> Option<u64> {
        let time = fs::symlink_metadata(path).ok()?.modified().ok()?;
        let since = time.duration_since(std::time::UNIX_EPOCH).ok()?;
        u64::try_from(since.as_millis()).ok()
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> Result<u64, FileError> {
        use std::io::Write;
        let failed = |e| FileError::from_io(path, "written", e);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut file = fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(path)
            .map_err(failed)?;
        let before = file.metadata().map_err(failed)?.len();
        if let Err(error) = file.write_all(bytes) {
            // A part of it may have found room. If it can't be taken back, it stays as after a crash.
            let _ = file.set_len(before);
            return Err(failed(error));
        }
        Ok(before + bytes.len() as u64)
    }

    fn walk(&self, root: &Path, limit: usize) -> Vec<PathBuf> {
        let mut found: Vec<PathBuf> = ignore::WalkBuilder::new(root)
            .require_git(false)
            .build()
            .filter_map(Result::ok)
            .filter(|e| e.file_type().is_some_and(|t| t.is_file()))
            .map(ignore::DirEntry::into_path)
            .take(limit)
            .collect();
        found.sort();
        found
    }

    fn remove(&self, path: &Path) -> Result<(), FileError> {
        fs::remove_file(path).map_err(|e| FileError::from_io(path, "removed", e))
    }

    fn remove_empty_folder(&self, path: &Path) -> Result<bool, FileError> {
        match fs::remove_dir(path) {
            Ok(()) => Ok(true),
            Err(e) if e.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(false),
            Err(e) => Err(FileError::from_io(path, "removed", e)),
        }
    }
}

/// Writes atomically; a new file may be run where it is a `program`.
fn put(path: &Path, bytes: &[u8], program: bool) -> Result<(), FileError> {
    let failed = |e| FileError::from_io(path, "written", e);
    // A link is followed, so that what it points at changes and the link stays.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .map_or_else(|| PathBuf::from("."), Path::to_owned);
    let mut folders = NewFolders::make(&folder).map_err(failed)?;
    let permissions = fs::metadata(&target).ok().map(|m| m.permissions());
    if permissions.as_ref().is_some_and(fs::Permissions::readonly) {
        return Err(FileError::Denied {
            path: path.to_owned(),
            doing: "written",
        });
    }
    let temporary = Temporary::beside(&target, &folder).map_err(failed)?;
    temporary
        .fill(bytes, permissions, program)
        .map_err(failed)?;
    temporary.become_file(&target, &folder).map_err(failed)?;
    folders.keep();
    Ok(())
}

/// Without such a permission, as on Windows, every file may be run.
fn may_run(metadata: &fs::Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        metadata.permissions().mode() & 0o111 != 0
    }
    #[cfg(not(unix))]
    {
        metadata.is_file()
    }
}

/// Whether a link in `folder` leads to that folder or one around it.
fn leads_up(link: &Path, folder: &Path) -> bool {
    match (fs::canonicalize(link), fs::canonicalize(folder)) {
        (Ok(target), Ok(folder)) => folder.starts_with(target),
        _ => false,
    }
}

fn kind(metadata: &fs::Metadata) -> FileKind {
    if metadata.is_file() {
        FileKind::File
    } else if metadata.is_dir() {
        FileKind::Folder
    } else {
        FileKind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_replaces_and_leaves_nothing_beside() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a/b.md");
        Disk.write(&path, b"one").unwrap();
        Disk.write(&path, b"two").unwrap();
        assert_eq!(Disk.read_text(&path).unwrap(), "two");
        assert_eq!(Disk.list(&folder.path().join("a")).unwrap().len(), 1);
        assert!(!Disk.remove_empty_folder(&folder.path().join("a")).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn a_new_program_may_be_run_and_an_old_file_keeps_its_permissions() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (new, old) = (folder.path().join("new"), folder.path().join("old"));
        Disk.write_program(&new, b"#!/bin/sh\n").unwrap();
        assert!(Disk.is_program(&new).unwrap());
        Disk.write(&old, b"").unwrap();
        fs::set_permissions(&old, fs::Permissions::from_mode(0o600)).unwrap();
        Disk.write_program(&old, b"#!/bin/sh\n").unwrap();
        assert!(!Disk.is_program(&old).unwrap());
        assert!(Disk.is_program(&folder.path().join("none")).is_err());
    }

    #[test]
    fn bad_input_is_one_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.md");
        assert!(Disk.read_text(&path).unwrap_err().is_not_found());
        Disk.write(&path, b"ab\xff").unwrap();
        let error = Disk.read_text(&path).unwrap_err().to_string();
        assert!(
            error.contains("not UTF-8 text (the first wrong byte is at 2)"),
            "{error}"
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_up_is_no_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("a/b")).unwrap();
        fs::create_dir(folder.path().join("c")).unwrap();
        for (target, link) in [
            ("..", "a/b/up"),
            (".", "a/self"),
            ("../c", "a/aside"),
            ("gone", "a/gone"),
        ] {
            std::os::unix::fs::symlink(target, folder.path().join(link)).unwrap();
        }
        let kinds = |below: &str| -> Vec<(String, FileKind, bool)> {
            let entries = Disk.list(&folder.path().join(below)).unwrap();
            entries
                .into_iter()
                .map(|e| (e.name, e.kind, e.link))
                .collect()
        };
        assert_eq!(kinds("a/b"), [("up".to_owned(), FileKind::Other, true)]);
        assert_eq!(
            kinds("a"),
            [
                ("aside".to_owned(), FileKind::Folder, true),
                ("b".to_owned(), FileKind::Folder, false),
                ("gone".to_owned(), FileKind::Other, true),
                ("self".to_owned(), FileKind::Other, true),
            ]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_stay() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real"), folder.path().join("link"));
        Disk.write(&real, b"1").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&real, &link).unwrap();
        Disk.write(&link, b"2").unwrap();
        assert_eq!(fs::read(&real).unwrap(), b"2");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(
            fs::metadata(&real).unwrap().permissions().mode() & 0o777,
            0o640
        );
    }
}
