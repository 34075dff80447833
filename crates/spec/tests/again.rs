//! What is read or checked again after an edit is the same as what is read or checked anew.

use proptest::prelude::*;
use rutter_spec::rules::{self, Context, Levels, Memory, Usual};
use rutter_spec::{Config, Document, Reading, Spec};
use rutter_text::Source;

const PIECES: [&str; 28] = [
    "# Tasks\n",
    "## Tasks\r\n",
    "- [ ] 1. Keep it\n",
    "- [x]* 2. Show 😀\r\n",
    "  - [ ] 2.1 Store\n",
    "    - _Requirements: 1.1, 2.3_\n",
    "  - _Depends: 1_\n",
    "### Requirement 1: Lock\n",
    "#### Acceptance Criteria\n",
    "1. WHEN a form comes, THE Archive SHALL keep it\n",
    "2. THE Archive SHALL count\r\n",
    "3. WHEN a form comes, THE Archive SHALL NOT keep it\n",
    "## Introduction\n\nArchives.\n",
    "## Glossary\n",
    "- **Archive**: keeps what clerks hand in\n",
    "- **Old_Box**: a box\n",
    "<<<<<<< HEAD\n",
    "**User Story:** As a clerk, I want it\n",
    "### Property 1: Never above\n",
    "**Validates: Requirements 1.1**\n",
    "- **D1** How many? `5` | `3` (1.1)\n",
    "## Open Decisions\n",
    "```json\n{\"waves\":[[\"1\"]]}\n",
    "```\n",
    "<!-- é -->\n",
    "---\n",
    "\n",
    "x",
];

fn text(pieces: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(&PIECES[..]);
    proptest::collection::vec(piece, pieces).prop_map(|pieces| pieces.concat())
}

fn boundary(text: &str, at: prop::sample::Index) -> usize {
    let mut at = at.index(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 300,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_read_again_is_what_is_read_anew(
        start in text(0..30),
        edits in proptest::collection::vec((any::<[prop::sample::Index; 2]>(), text(0..3)), 1..5),
    ) {
        for document in Document::ALL {
            let mut text = start.clone();
            let mut reading = Reading::new(document, Source::new(text.as_str()));
            for ([a, b], with) in &edits {
                let (a, b) = (boundary(&text, *a), boundary(&text, *b));
                let end = if (a + b) % 3 == 0 { a.max(b) } else { a.min(b) };
                text.replace_range(a.min(b)..end, with);
                let source = Source::new(text.as_str());
                reading = reading.again(document, source.clone());
                let anew = Reading::new(document, source);
                prop_assert_eq!(format!("{reading:?}"), format!("{anew:?}"), "{:?}", text);
            }
        }
    }

    #[test]
    fn what_is_checked_again_is_what_is_checked_anew(
        start in proptest::array::uniform4(text(0..25)),
        edits in proptest::collection::vec(
            (0..6usize, any::<[prop::sample::Index; 2]>(), text(0..3)),
            1..6,
        ),
    ) {
        let configs = [r#"{"specType": "bugfix"}"#, "{"];
        let usual = || vec![Usual { kind: "archive".into(), concerns: vec![("if it is full".into(), "IF".into())] }];
        let (mut spec, mut config, mut memory) = (Spec::default(), None, Memory::default());
        let mut texts = start;
        for (document, text) in Document::ALL.into_iter().zip(&texts) {
            spec.set(document, Some(Reading::new(document, Source::new(text.as_str()))));
        }
        for (place, [a, b], with) in edits {
            match Document::ALL.get(place) {
                Some(document) => {
                    let text = &mut texts[place];
                    let (a, b) = (boundary(text, a), boundary(text, b));
                    text.replace_range(a.min(b)..a.max(b), &with);
                    let reading = Reading::new(*document, Source::new(text.as_str()));
                    spec.set(*document, (with.len() != 1).then_some(reading));
                }
                None => {
                    config = configs.get(place - 4);
                    spec.config = config.map(|text| Config::parse(text));
                }
            }
            let mut context = Context::new(&spec).usual(&usual);
            if let Some(config) = config {
                context = context.config(config);
            }
            let again = rules::check_again(&context, &Levels::default(), &mut memory);
            prop_assert_eq!(again, rules::check(&context, &Levels::default()), "{:?}", texts);
        }
    }
}
