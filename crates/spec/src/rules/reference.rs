//! The user's list of rules, generated from their doc comments.

use super::rules;

/// The module text of a rule's file, as Markdown: the lines behind `//!` at its top.
macro_rules! docs {
    ($file:literal) => {{
        const SOURCE: &str = include_str!($file);
        const LENGTH: usize = $crate::rules::reference::docs_length(SOURCE);
        const BYTES: [u8; LENGTH] = $crate::rules::reference::docs_bytes(SOURCE);
        match std::str::from_utf8(&BYTES) {
            Ok(docs) => docs,
            Err(_) => panic!("a doc comment is UTF-8"),
        }
    }};
}
pub(super) use docs;

/// How many bytes [`docs_bytes`] gives.
pub(super) const fn docs_length(source: &str) -> usize {
    walk(source.as_bytes(), &mut [])
}

/// The doc comment alone, so that the binary does not carry a rule's whole source.
pub(super) const fn docs_bytes<const N: usize>(source: &str) -> [u8; N] {
    let mut out = [0; N];
    walk(source.as_bytes(), &mut out);
    out
}

const fn walk(source: &[u8], out: &mut [u8]) -> usize {
    let mut at = 0;
    let mut length = 0;
    while at + 2 < source.len()
        && source[at] == b'/'
        && source[at + 1] == b'/'
        && source[at + 2] == b'!'
    {
        at += 3;
        if at < source.len() && source[at] == b' ' {
            at += 1;
        }
        while at < source.len() {
            let byte = source[at];
            at += 1;
            if byte != b'\r' {
                if length < out.len() {
                    out[length] = byte;
                }
                length += 1;
            }
            if byte == b'\n' {
                break;
            }
        }
    }
    length
}

/// The heading's anchor of a rule in the reference.
pub fn anchor(code: &str) -> String {
    code.chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect()
}

/// The reference of all rules, in Markdown.
pub fn reference() -> String {
    let mut out = String::from(
        "# Rules\n\nWhat Rutter checks in a spec. Generated from the rules themselves; change it there.\n\n\
         A rule's level is set in `.rutter/config.toml`: `off`, `hint`, `info`, `warning` or `error`.\n\n\
         ```toml\n[rules]\n\"requirement/uncovered\" = \"off\"\n```\n\n\
         One finding is silenced by a comment on its line or on the line before:\n\n\
         ```markdown\n<!-- rutter: ignore task/unknown-requirement -->\n```\n\n\
         | rule | level | finds |\n|---|---|---|\n",
    );
    for rule in rules() {
        let what = rule.docs.split("\n\n").next().unwrap_or_default();
        let what = what.split_whitespace().collect::<Vec<_>>().join(" ");
        out.push_str(&format!(
            "| [`{}`](#{}) | {} | {} |\n",
            rule.code,
            anchor(rule.code),
            rule.default.as_str(),
            what.replace('|', "\\|")
        ));
    }
    for rule in rules() {
        out.push_str(&format!(
            "\n## {}\n\nLevel: `{}`\n\n{}\n",
            rule.code,
            rule.default.as_str(),
            rule.docs.trim_end()
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_are_the_lines_at_the_top() {
        const SOURCE: &str = "//! A é.\r\n//!\n//!  b\n\nuse x;\n//! no\n";
        const BYTES: [u8; docs_length(SOURCE)] = docs_bytes(SOURCE);
        assert_eq!(std::str::from_utf8(&BYTES), Ok("A é.\n\n b\n"));
    }

    #[test]
    #[allow(clippy::disallowed_methods)]
    fn the_users_list_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../cli/docs/rules.md");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/../cli/docs")).unwrap();
            std::fs::write(path, reference()).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            written.replace("\r\n", "\n") == reference(),
            "the reference is old: run the tests of this crate once with UPDATE_EXPECT=1"
        );
    }
}
