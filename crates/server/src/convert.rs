//! The edge where LSP's types become ours: URIs and paths, positions and bytes.

use std::ops::Range;
use std::path::{Path, PathBuf};

use lsp_types::Uri;
use rutter_text::{Edit, Encoding, Position, Source};
use tower_lsp::UriExt;

/// The file that a URI names; `None` for anything that is no file on this machine.
pub fn path(uri: &Uri) -> Option<PathBuf> {
    let is_file = uri
        .scheme()
        .is_some_and(|s| s.as_str().eq_ignore_ascii_case("file"));
    if !is_file {
        return None;
    }
    let path = uri.to_file_path()?.into_owned();
    Some(path.components().collect())
}

/// The URI of a file.
pub fn uri(path: &Path) -> Option<Uri> {
    Uri::from_file_path(path)
}

/// A spec, file or folder named by a URI or a plain name, as commands take it.
pub fn name_or_path(text: &str) -> String {
    match text.parse::<Uri>() {
        Ok(parsed) => {
            path(&parsed).map_or_else(|| text.to_owned(), |p| p.to_string_lossy().into_owned())
        }
        Err(_) => text.to_owned(),
    }
}

/// LSP's position in our terms.
pub fn position(position: lsp_types::Position) -> Position {
    Position::new(position.line, position.character)
}

/// The bytes of a range of LSP's.
pub fn bytes(source: &Source, range: lsp_types::Range, encoding: Encoding) -> Range<usize> {
    source.range(position(range.start), position(range.end), encoding)
}

/// LSP's range of some bytes.
pub fn range(source: &Source, bytes: &Range<usize>, encoding: Encoding) -> lsp_types::Range {
    let at = |offset| {
        let p = source.position(offset, encoding);
        lsp_types::Position::new(p.line, p.character)
    };
    lsp_types::Range::new(at(bytes.start), at(bytes.end))
}

/// An edit in LSP's terms.
pub fn text_edit(source: &Source, edit: &Edit, encoding: Encoding) -> lsp_types::TextEdit {
    lsp_types::TextEdit::new(range(source, &edit.range, encoding), edit.insert.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_and_paths() {
        for (text, expected) in [
            ("file:///w/a%20b.md", Some("/w/a b.md")),
            ("file:///w/./a.md", Some("/w/a.md")),
            ("untitled:Untitled-1", None),
            ("vscode-remote://host/w/a.md", None),
        ] {
            let parsed: Uri = text.parse().unwrap();
            assert_eq!(path(&parsed).as_deref(), expected.map(Path::new), "{text}");
        }
        assert_eq!(name_or_path("file:///w/x"), "/w/x");
        assert_eq!(name_or_path("login"), "login");
        assert_eq!(
            uri(Path::new("/w/ä b.md"))
                .and_then(|u| path(&u))
                .as_deref(),
            Some(Path::new("/w/ä b.md"))
        );
    }
}
