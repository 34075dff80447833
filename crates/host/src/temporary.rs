//! What a write makes on its way, and what becomes of it when the write fails or the process is killed.

#![allow(
    clippy::disallowed_methods,
    reason = "with `disk`, the one place where the file system is touched"
)]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The extension of temporary files.
const EXTENSION: &str = "rutter-tmp";

/// A temporary file this old belongs to nobody: writes take milliseconds.
const STALE: Duration = Duration::from_secs(60);

static SERIAL: AtomicU64 = AtomicU64::new(0);

/// A file that goes away unless it becomes the real one.
pub(crate) struct Temporary {
    path: PathBuf,
    file: Option<File>,
    kept: bool,
}

impl Temporary {
    /// A new, empty one in the folder of its target. Those that killed processes left there are removed.
    pub(crate) fn beside(target: &Path, folder: &Path) -> io::Result<Self> {
        sweep(folder);
        let name = target
            .file_name()
            .map_or_else(|| "file".into(), |n| n.to_string_lossy().into_owned());
        loop {
            let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
            let own = format!(".{name}.{}-{serial}.{EXTENSION}", std::process::id());
            let path = folder.join(own);
            let made = fs::OpenOptions::new()
                .write(true)
                .create_new(true)
                .open(&path);
            match made {
                Ok(file) => {
                    return Ok(Self {
                        path,
                        file: Some(file),
                        kept: false,
                    });
                }
                // Of an earlier process with this number, or one in another container.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    pub(crate) fn fill(
        &self,
        bytes: &[u8],
        permissions: Option<fs::Permissions>,
        program: bool,
    ) -> io::Result<()> {
        let Some(mut file) = self.file.as_ref() else {
            return Ok(());
        };
        file.write_all(bytes)?;
        if let Some(permissions) = permissions {
            file.set_permissions(permissions)?;
        } else if program {
            allow_running(file)?;
        }
        file.sync_all()
    }

    pub(crate) fn become_file(mut self, target: &Path, folder: &Path) -> io::Result<()> {
        // Not every system renames what is open.
        self.file = None;
        fs::rename(&self.path, target)?;
        self.kept = true;
        // The rename itself is on disk once its folder is; not every file system can do this.
        if let Ok(folder) = File::open(folder) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

/// Who may read a file may then run it too; the system's mask has narrowed who that is.
fn allow_running(file: &File) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = file.metadata()?.permissions().mode();
        file.set_permissions(fs::Permissions::from_mode(mode | (mode & 0o444) >> 2))
    }
    #[cfg(not(unix))]
    {
        let _ = file;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        self.file = None;
        if !self.kept {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Removes temporary files that no write can still be busy with. One that can't be removed harms nobody.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.extension() != Some(OsStr::new(EXTENSION)) {
            continue;
        }
        let age = entry
            .metadata()
            .and_then(|m| m.modified())
            .ok()
            .and_then(|at| at.elapsed().ok());
        if age.is_some_and(|age| age > STALE) {
            let _ = fs::remove_file(path);
        }
    }
}

/// Folders that go away again unless something comes into them.
pub(crate) struct NewFolders {
    made: Vec<PathBuf>,
}

impl NewFolders {
    /// Makes a folder and those above it that are missing.
    pub(crate) fn make(folder: &Path) -> io::Result<Self> {
        let missing = folder
            .ancestors()
            .take_while(|f| !f.as_os_str().is_empty() && !f.exists());
        let made = Self {
            made: missing.map(Path::to_owned).collect(),
        };
        fs::create_dir_all(folder)?;
        Ok(made)
    }

    /// They stay.
    pub(crate) fn keep(&mut self) {
        self.made.clear();
    }
}

impl Drop for NewFolders {
    fn drop(&mut self) {
        for folder in &self.made {
            // One that isn't empty is somebody's by now.
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::FileTimes;
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn what_a_killed_write_left_goes_with_a_later_one() {
        let folder = tempfile::tempdir().unwrap();
        let (old, young) = (
            folder.path().join(".a.1-0.rutter-tmp"),
            folder.path().join(".a.2-0.rutter-tmp"),
        );
        fs::write(&young, "x").unwrap();
        let file = File::create(&old).unwrap();
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1);
        file.set_times(FileTimes::new().set_modified(long_ago))
            .unwrap();
        drop(Temporary::beside(&folder.path().join("a"), folder.path()).unwrap());
        assert!(!old.exists() && young.exists());
    }

    #[test]
    fn a_taken_name_is_passed_over_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let next = SERIAL.load(Ordering::Relaxed);
        let taken: Vec<PathBuf> = (next..next + 50)
            .map(|n| {
                folder
                    .path()
                    .join(format!(".a.{}-{n}.rutter-tmp", std::process::id()))
            })
            .collect();
        for path in &taken {
            fs::write(path, "theirs").unwrap();
        }
        drop(Temporary::beside(&folder.path().join("a"), folder.path()).unwrap());
        assert!(taken.iter().all(|path| path.exists()));
    }

    #[test]
    fn folders_of_a_failed_write_go_away() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b");
        drop(NewFolders::make(&deep).unwrap());
        assert!(!folder.path().join("a").exists());
        let mut made = NewFolders::make(&deep).unwrap();
        made.keep();
        drop(made);
        assert!(deep.exists());
    }
}
