//! What never makes an approval stale, and what always does, on random edits.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod common;

use common::*;
use proptest::prelude::*;
use rutter_spec::{Document, Spec, hash};

/// One harmless way to write a line otherwise, by a random number.
fn restyled(line: &str, how: u8, fenced: bool) -> String {
    match how % 6 {
        0 => format!("{line} "),
        // A tab behind the closing marks keeps a fence open for pulldown-cmark.
        1 if !fenced => format!("{line}\t  "),
        2 if !fenced => format!("\n{line}"),
        3 if !fenced => doubled(line),
        4 => line
            .replace("- [ ] ", "- [x] ")
            .replace("- [ ]* ", "- [-]* "),
        _ => line.to_owned(),
    }
}

/// Every space between two words twice.
fn doubled(line: &str) -> String {
    let mut out = String::new();
    let mut last = ' ';
    for c in line.chars() {
        if c == ' ' && last.is_alphanumeric() {
            out.push(' ');
        }
        out.push(c);
        last = c;
    }
    out
}

fn restyle(text: &str, hows: &[u8], ending: &str, bom: bool) -> String {
    let mut fenced = false;
    let mut out = if bom {
        "\u{feff}".to_owned()
    } else {
        String::new()
    };
    for (line, how) in text.lines().zip(hows.iter().cycle()) {
        let fence = line.starts_with("```");
        fenced ^= fence;
        out.push_str(&restyled(line, *how, fenced || fence));
        out.push('\n');
    }
    out.replace('\n', ending)
}

/// Every word inside an item, as document, bytes.
fn words(spec: &Spec) -> Vec<(Document, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    for (document, source) in spec.documents() {
        for item in hash::items(spec, document) {
            let text = &source.text()[item.range.clone()];
            for word in text.split(|c: char| !c.is_ascii_alphabetic()) {
                let start = word.as_ptr() as usize - source.text().as_ptr() as usize;
                if word.len() > 1 {
                    found.push((document, start..start + word.len()));
                }
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64,
        failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn white_space_line_endings_byte_order_marks_and_marks_never_do(
        hows in proptest::collection::vec(any::<u8>(), 1..60),
        ending in prop_oneof![Just("\n"), Just("\r\n")],
        bom: bool,
    ) {
        let spec = spec();
        let approvals = approved(&spec);
        let mut after = spec.clone();
        for (document, source) in spec.documents() {
            put(&mut after, document, &restyle(source.text(), &hows, ending, bom));
        }
        prop_assert_eq!(stale(&after, &approvals), Vec::<String>::new());
    }

    // Words of two letters at least: "p 2" is another way to write the label "Property 2", which is not what it says.
    #[test]
    fn a_changed_word_always_does(pick: prop::sample::Index, word in "[a-z]{2,8}") {
        let spec = spec();
        let approvals = approved(&spec);
        let all = words(&spec);
        let (document, range) = &all[pick.index(all.len())];
        let mut text = spec.source(*document).unwrap().text().to_owned();
        prop_assume!(text[range.clone()] != word);
        text.replace_range(range.clone(), &word);
        let mut after = spec.clone();
        put(&mut after, *document, &text);
        prop_assert!(!stale(&after, &approvals).is_empty(), "{text}");
    }

    #[test]
    fn an_item_text_written_otherwise_keeps_the_document_hash(hows in proptest::collection::vec(0u8..2, 1..60), bom: bool) {
        let text = restyle(TASKS, &hows, "\r\n", bom);
        prop_assert_eq!(hash::canonical(Document::Tasks, &text), hash::canonical(Document::Tasks, TASKS));
    }

    #[test]
    fn no_file_makes_reading_panic(text in "[\\PC\n{}\":,\\[\\]<>=0-9a-z ]{0,200}") {
        let approvals = rutter_spec::approvals::Approvals::read(&text);
        if let Some(problem) = approvals.problem() {
            prop_assert!(text.get(problem.range.clone()).is_some());
        }
    }
}
