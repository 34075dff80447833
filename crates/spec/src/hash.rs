//! What an approval is bound to: the hashed text of a document, and its items with a hash each.
//!
//! The rule, so that anybody can recompute it. Every hash is SHA-256 in lower-case hex over UTF-8.
//!
//! **Document.** In `tasks.md` what stands between the brackets of every task's checkbox becomes one space. Then a
//! leading byte order mark goes, CRLF and CR become LF, spaces and tabs at the end of a line go, and the text ends in
//! exactly one LF.
//!
//! **Items.** Criteria (`1.2`; in `bugfix.md` its numbered points; a requirement that has none stands for itself as
//! `2`), glossary terms (`term:Name`), second-level sections of the design (`section:Title`, the number in front of the
//! title left out), correctness properties (`property:1`), tasks (`task:3.1`, without a number `task:#<title in lower
//! case, words joined by ->`). The second item of one id is `id~2`, the third `id~3`. A document without criteria,
//! without sections or without tasks has one item more, `document`: its whole text.
//!
//! **Own text of an item** is a list of tokens joined by one space. A token is a word (what stands between Unicode white
//! space), or one line of fenced code: LF and the line without trailing white space, less the indentation of the opening
//! fence. Wrapping, indentation, blank lines and the underline of a heading therefore don't count. What it is made from:
//! - criterion: the sentence behind its number, with wrapped lines and nested points
//! - requirement without criteria: its title without the number, then what stands below the heading
//! - term: the name, a colon, the meaning
//! - section: its title without a number, then what stands below the heading, properties taken out
//! - property: its title without `Property N`, then what stands below the heading
//! - task: `*` if that follows the checkbox, the title without its number, then its own details (a reference line behind
//!   the last sub-task and indented like it belongs to the parent)
//! - document: everything; in the design, properties taken out
//!
//! **References.** In sections, properties and tasks each reference of a labelled line (`_Requirements: 1.1, 2_`,
//! `**Validates: …**`, `**Property 1: …**`) that names an id, a range, a property or all becomes `§` in the own text.
//! Each such line gives a sorted list without doubles of what it cites: the hash of the own text of every criterion
//! (or requirement without criteria, or property) that it leads to, and `?` with the reference as written where it
//! leads nowhere. The same goes for ids that sentences name: after a word such as `requirement`, alone in brackets
//! (`(1.2, 2.1)`; in a task only those that its labelled lines cite), and there also behind `for`. A design that comes
//! before the requirements (`design-first`) keeps its references as they are written.
//!
//! **Hash of an item**: of its own text if it cites nothing, else of the own text followed by LF and each cited entry,
//! line by line, with LF between. So an item that moved, or that was renumbered together with its references, keeps its
//! hash, and a changed criterion changes the hash of exactly what cites it.

mod cited;
mod criteria;
mod design;
mod item;
mod own;
mod tasks;

use sha2::{Digest, Sha256};

pub(crate) use item::combined;
pub use item::{Cite, Item, Items, Kind, items};

use crate::tasks::Tasks;
use crate::{Document, Reading, Spec};

/// SHA-256 in lower-case hex.
pub fn sha256(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    Sha256::digest(text.as_bytes())
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}

/// The hashed text of a document.
pub fn canonical(document: Document, text: &str) -> String {
    let marks = match document {
        Document::Tasks => Tasks::parse(text)
            .tasks
            .into_iter()
            .map(|t| t.mark_range)
            .collect(),
        _ => Vec::new(),
    };
    canonical_with(text, &marks)
}

/// The hash of a document of a spec; `None` where there is no such document.
pub fn document(spec: &Spec, document: Document) -> Option<String> {
    let text = spec.source(document)?.text();
    let marks = match (&spec.tasks, document) {
        (Some(tasks), Document::Tasks) => {
            tasks.tasks.iter().map(|t| t.mark_range.clone()).collect()
        }
        _ => Vec::new(),
    };
    Some(sha256(&canonical_with(text, &marks)))
}

/// The items that a document would have with another text, the rest of the spec being as it is.
pub fn items_of_text(spec: &Spec, document: Document, text: &str) -> Vec<Item> {
    let mut other = spec.clone();
    other.set(
        document,
        Some(Reading::new(document, rutter_text::Source::new(text))),
    );
    items(&other, document)
}

fn canonical_with(text: &str, marks: &[std::ops::Range<usize>]) -> String {
    let mut unmarked = String::with_capacity(text.len() + 1);
    let mut at = 0;
    for mark in marks {
        unmarked.push_str(&text[at..mark.start]);
        unmarked.push(' ');
        at = mark.end;
    }
    unmarked.push_str(&text[at..]);
    let plain = unmarked.replace("\r\n", "\n").replace('\r', "\n");
    let mut out = String::with_capacity(plain.len() + 1);
    for line in plain.trim_start_matches('\u{feff}').split('\n') {
        out.push_str(line.trim_end_matches([' ', '\t']));
        out.push('\n');
    }
    out.truncate(out.trim_end_matches('\n').len());
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hashed_text_is_what_the_rule_says() {
        let plain = "# Plan\n\n- [ ] 1. One\n  - [ ]* 1.1 Two\n";
        for same in [
            plain.to_owned(),
            format!("\u{feff}{plain}"),
            plain.replace('\n', "\r\n"),
            plain.replace('\n', "\r"),
            plain.replace("[ ]", "[x]"),
            plain.replacen("[ ]", "[-]", 1),
            plain.replacen("[ ]", "[x.]", 1),
            plain.replace('\n', " \t\n"),
            format!("{plain}\n\n"),
            plain.trim_end().to_owned(),
        ] {
            assert_eq!(canonical(Document::Tasks, &same), plain, "{same:?}");
        }
        assert_eq!(
            canonical(Document::Design, "- [x] a"),
            "- [x] a\n",
            "marks count outside tasks.md"
        );
        assert_eq!(canonical(Document::Design, ""), "\n");
    }

    #[test]
    fn a_stranger_can_recompute_it() {
        // printf '# D\n' | sha256sum
        assert_eq!(
            sha256("# D\n"),
            sha256(&canonical(Document::Design, "\u{feff}# D"))
        );
        assert_eq!(
            sha256(""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
