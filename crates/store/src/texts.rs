//! Texts by their SHA-256: what was approved, so that old and new can be shown beside each other.

use std::path::{Path, PathBuf};

use rutter_host::Files;
use rutter_spec::hash;

use crate::error::StoreError;
use crate::store;

/// Keeps a text.
pub(crate) fn put(files: &dyn Files, state: &Path, text: &str) -> Result<String, StoreError> {
    let sha256 = hash::sha256(text);
    // A damaged copy is written anew.
    if !matches!(get(files, state, &sha256), Ok(Some(_))) {
        files.write(&path(state, &sha256), text.as_bytes())?;
    }
    Ok(sha256)
}

/// Finds a text.
pub(crate) fn get(
    files: &dyn Files,
    state: &Path,
    sha256: &str,
) -> Result<Option<String>, StoreError> {
    // The hash comes from a file of the repository and becomes a path.
    if sha256.len() != 64
        || !sha256
            .bytes()
            .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    {
        return Ok(None);
    }
    let path = path(state, sha256);
    match store::read(files, &path)? {
        Some(text) if hash::sha256(&text) == sha256 => Ok(Some(text)),
        Some(_) => Err(StoreError::Damaged(path)),
        None => Ok(None),
    }
}

fn path(state: &Path, sha256: &str) -> PathBuf {
    state.join("texts").join(sha256)
}

#[cfg(test)]
mod tests {
    use rutter_host::Memory;

    use super::*;

    #[test]
    fn texts_are_found_by_their_hash_and_nothing_else_is() {
        let files = Memory::with([("/etc/passwd", "secret")]);
        let state = Path::new("/state");
        let sha256 = put(&files, state, "# R\n").unwrap();
        assert_eq!(
            get(&files, state, &sha256).unwrap().as_deref(),
            Some("# R\n")
        );
        assert_eq!(get(&files, state, &hash::sha256("other")).unwrap(), None);
        for wrong in ["../../etc/passwd", "", &sha256[1..], &sha256.to_uppercase()] {
            assert_eq!(get(&files, state, wrong).unwrap(), None, "{wrong}");
        }
    }

    #[test]
    fn a_damaged_text_is_told_and_written_anew() {
        let files = Memory::default();
        let state = Path::new("/state");
        let sha256 = put(&files, state, "a").unwrap();
        for damage in [&b"b"[..], b"\xff"] {
            files.write(&path(state, &sha256), damage).unwrap();
            assert!(matches!(
                get(&files, state, &sha256),
                Err(StoreError::Damaged(_))
            ));
            put(&files, state, "a").unwrap();
            assert_eq!(get(&files, state, &sha256).unwrap().as_deref(), Some("a"));
        }
    }
}
