//! Whatever is done to a document, no parser and no edit panics.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use rutter_spec::edits::{Change, Place, SyncPlan, criteria, sync};
use rutter_spec::{Config, Document, Reading, Requirements, Spec};
use rutter_tests::corpus::Corpus;
use rutter_text::Source;

use crate::spans;

static CORPUS: LazyLock<Corpus> = LazyLock::new(Corpus::open);

/// One thing that happens to a text.
#[derive(Clone, Debug)]
enum Mutation {
    Delete(Index),
    Duplicate(Index, Index),
    Swap(Index, Index),
    Truncate(Index),
    Insert(Index, Vec<u8>),
    Fence(Index),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let bytes = prop::collection::vec(any::<u8>(), 0..12);
    prop_oneof![
        any::<Index>().prop_map(Mutation::Delete),
        any::<(Index, Index)>().prop_map(|(a, b)| Mutation::Duplicate(a, b)),
        any::<(Index, Index)>().prop_map(|(a, b)| Mutation::Swap(a, b)),
        any::<Index>().prop_map(Mutation::Truncate),
        (any::<Index>(), bytes).prop_map(|(at, b)| Mutation::Insert(at, b)),
        any::<Index>().prop_map(Mutation::Fence),
    ]
}

fn mutate(text: &str, mutations: &[Mutation]) -> String {
    let mut text = text.to_owned();
    for mutation in mutations {
        if text.is_empty() {
            return text;
        }
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let boundary = |at: &Index| {
            let mut at = at.index(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        text = match mutation {
            Mutation::Delete(at) => {
                lines.remove(at.index(lines.len()));
                lines.concat()
            }
            Mutation::Duplicate(from, to) => {
                let line = lines[from.index(lines.len())];
                lines.insert(to.index(lines.len()), line);
                lines.concat()
            }
            Mutation::Swap(a, b) => {
                let (a, b) = (a.index(lines.len()), b.index(lines.len()));
                lines.swap(a, b);
                lines.concat()
            }
            Mutation::Truncate(at) => text[..boundary(at)].to_owned(),
            Mutation::Insert(at, bytes) => {
                let (head, tail) = text.split_at(boundary(at));
                format!("{head}{}{tail}", String::from_utf8_lossy(bytes))
            }
            Mutation::Fence(at) => {
                lines.insert(at.index(lines.len()), "```\n");
                lines.concat()
            }
        };
    }
    text
}

fn sound(spec: &Spec, plan: &SyncPlan) {
    for (document, edits) in &plan.edits {
        let text = spec.source(*document).map_or("", Source::text);
        let mut end = 0;
        for edit in edits {
            assert!(text.get(edit.range.clone()).is_some() && end <= edit.range.start);
            end = edit.range.end;
        }
    }
}

fn every_criterion_edit(text: &str, read: &Requirements) {
    let free = |change: Change| {
        let mut edits = change.edits;
        edits.sort_by_key(|e| (e.range.start, e.range.end));
        for pair in edits.windows(2) {
            assert!(pair[0].range.end <= pair[1].range.start, "{pair:?}");
        }
        for edit in &edits {
            assert!(text.get(edit.range.clone()).is_some(), "{edit:?}");
        }
    };
    for requirement in &read.requirements {
        for place in [Place::At(0), Place::At(1), Place::End] {
            let change = criteria::insert(text, read, &requirement.id, place, "THE A SHALL b");
            change.map(free).unwrap_or_else(|e| panic!("{e}"));
        }
        for criterion in requirement.criteria.iter().take(3) {
            let change = criteria::delete(text, read, &criterion.id);
            change.map(free).unwrap_or_else(|e| panic!("{e}"));
        }
    }
    for concern in &read.concerns {
        // A concern may name a requirement that the document no longer has.
        if let Ok(change) = criteria::take_in(text, read, concern) {
            free(change);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_makes_a_parser_panic(
        folder in any::<Index>(),
        document in any::<Index>(),
        mutations in prop::collection::vec(mutation(), 1..6),
    ) {
        let folder = folder.get(&CORPUS.folders);
        let texts: Vec<&String> = folder.documents.values().collect();
        let text = mutate(texts[document.index(texts.len())], &mutations);
        spans::everything(&text);
        let _ = Config::parse(&text);
    }

    #[test]
    fn no_text_makes_a_sync_panic(
        folder in any::<Index>(),
        mutations in prop::collection::vec(mutation(), 1..4),
        tasks in prop::collection::vec(mutation(), 0..3),
    ) {
        let folder = folder.get(&CORPUS.folders);
        let mut spec = folder.spec();
        let Some((document, wanted)) = spec.wanted() else { return Ok(()); };
        let previous: Requirements = wanted.value.clone();
        let text = mutate(wanted.source.text(), &mutations);
        spec.set(document, Some(Reading::new(document, Source::new(text))));
        if let Some(text) = folder.documents.get(&Document::Tasks) {
            let text = mutate(text, &tasks);
            spec.set(Document::Tasks, Some(Reading::new(Document::Tasks, Source::new(text))));
        }
        sound(&spec, &sync(&spec, Some(&previous)));
        sound(&spec, &sync(&spec, None));
        if let Some((_, read)) = spec.wanted() {
            every_criterion_edit(read.source.text(), read);
        }
    }

    #[test]
    fn no_bytes_make_a_parser_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        spans::everything(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn no_markdown_makes_a_parser_panic(text in "[-#*_>`~|\\[\\]() \n\t\r\u{feff}0-9.,:a-cRW\u{3000}要件]{0,200}") {
        spans::everything(&text);
    }
}
