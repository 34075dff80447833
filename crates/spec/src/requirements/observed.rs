//! The note behind a criterion that was read from code: `_Observed in [file.py:3](../../../src/file.py#L3)_`.

const OPENS: &str = "_Observed in [";

/// Where a criterion was observed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed<'a> {
    /// The path from the spec's folder, as written.
    pub path: &'a str,
    /// The line, from 1.
    pub line: usize,
    /// Whether it is a test that was read.
    pub is_test: bool,
}

/// What a text says in front of its note, and the note; a comment may stand behind that.
pub(super) fn split(text: &str) -> Option<(&str, Observed<'_>)> {
    let start = text.rfind(OPENS)?;
    let before = text[..start].trim_end();
    if before.len() == start {
        return None;
    }
    let note = &text[start + OPENS.len()..];
    let end = |note: &str| note.trim_end().strip_suffix(")_").map(str::len);
    let end = end(note).or_else(|| end(&note[..note.rfind("<!--")?]))?;
    let (_, target) = note[..end].split_once("](")?;
    let (path, line) = target.rsplit_once("#L")?;
    let observed = Observed {
        path,
        line: line.parse().ok().filter(|line| *line > 0)?,
        is_test: before.contains(" SHALL satisfy its test \""),
    };
    Some((before, observed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_is_what_stands_last_and_names_a_line() {
        fn shown(text: &str) -> Option<(&str, &str, usize, bool)> {
            split(text).map(|(said, at)| (said, at.path, at.line, at.is_test))
        }
        let note = "_Observed in [a.py:6](../../../src/(g)/a_b.py#L6)_";
        let place = "../../../src/(g)/a_b.py";
        for (text, expected) in [
            (
                format!("THE A SHALL b {note}"),
                Some(("THE A SHALL b", place, 6, false)),
            ),
            (
                format!("THE A SHALL b {note} <!-- (x)_ -->"),
                Some(("THE A SHALL b", place, 6, false)),
            ),
            (
                format!("THE A SHALL satisfy its test \"t\" {note}"),
                Some(("THE A SHALL satisfy its test \"t\"", place, 6, true)),
            ),
            (format!("THE A SHALL b {note} and more"), None),
            (note.to_owned(), None),
            ("THE A SHALL b _Observed in [a](a.py)_".to_owned(), None),
            ("THE A SHALL b _Observed in [a](a.py#L0)_".to_owned(), None),
            ("THE 🚀 SHALL b _Observed in [".to_owned(), None),
        ] {
            assert_eq!(shown(&text), expected, "{text}");
        }
    }
}
