//! Thousands of small edits, in every encoding, against a document that is sent whole: both must say the same.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

use rutter_tests::product::{Editor, Encoding, Folder, Kind, Setup, offering};
use serde_json::Value;

/// A sequence of numbers that is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides.max(1)
    }
}

const PIECES: [&str; 20] = [
    "\n",
    "\r\n",
    "\r",
    "😀",
    "é",
    "\u{301}",
    "ﷺ",
    "- [ ] 3. New\n",
    "  - _Requirements: 1.1, 9.9_\n",
    "- [x]* 1.2 Again\n",
    "```\n",
    "# Heading\n",
    "1.1",
    "[",
    "]",
    "*",
    "_",
    "\u{feff}",
    "\t",
    "",
];

/// The place of a random character boundary that a position can name: not between `\r` and `\n`.
fn place(text: &str, dice: &mut Dice) -> usize {
    let mut at = dice.roll(text.len() + 1);
    while !text.is_char_boundary(at)
        || (at > 0 && text[..at].ends_with('\r') && text[at..].starts_with('\n'))
    {
        at -= 1;
    }
    at
}

fn outline(editor: &mut Editor, name: &str, version: &str) -> (Value, Value, Value) {
    let findings = editor.pull(name)["items"].clone();
    let lenses = editor.lenses(name);
    let text = |value: Value| {
        serde_json::from_str::<Value>(&value.to_string().replace(version, "SPEC")).unwrap()
    };
    (text(editor.symbols(name)), text(findings), text(lenses))
}

#[test]
fn edits_come_to_the_same_as_the_whole_text() {
    for (seed, encoding) in (1..).zip(Encoding::ALL) {
        let mut dice = Dice(seed);
        let folder = Folder::rate_limit();
        let tasks = folder.read(".kiro/specs/rate-limit/tasks.md");
        let setup = Setup::with(offering(Kind::VsCode.capabilities(), encoding));
        let mut editor = Editor::start(folder, &setup);
        let one = editor.open_text(".kiro/specs/one/tasks.md", &tasks);
        let two = editor.open_text(".kiro/specs/two/tasks.md", &tasks);
        for round in 0..40 {
            for _ in 0..25 {
                let text = editor.documents[&one].text.clone();
                let (a, b) = (place(&text, &mut dice), place(&text, &mut dice));
                // Mostly insertions and short deletions, so that the document lives on.
                let end = if dice.roll(4) == 0 {
                    a.max(b).min(a.min(b) + 60)
                } else {
                    a.min(b)
                };
                let end = (end..=text.len())
                    .find(|&e| {
                        text.is_char_boundary(e)
                            && !(text[..e].ends_with('\r') && text[e..].starts_with('\n'))
                    })
                    .unwrap();
                editor.edit(&one, a.min(b)..end, PIECES[dice.roll(PIECES.len())]);
            }
            let whole = editor.documents[&one].text.clone();
            editor.reset(&two, &whole);
            assert_eq!(
                outline(&mut editor, &one, "specs/one"),
                outline(&mut editor, &two, "specs/two"),
                "{encoding:?}, round {round}: {whole:?}"
            );
        }
    }
}
