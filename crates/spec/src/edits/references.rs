//! Bringing reference lists along when ids change: moved ids follow, removed ones leave their list.

mod entries;
mod span;

use std::collections::BTreeSet;
use std::ops::Range;

use rutter_text::markdown::{LineKind, Outline};
use rutter_text::refs::{self, Target};
use rutter_text::{Edit, Ident};

use super::lines;
use super::renumbering::{Name, Renumbering};
use crate::decisions;
use crate::mentions::{Kind, Lists, Mention, Sentences, concern_labels};
use entries::{Act, Entry, entries, only_permutes};
use span::styled;

/// The edits of one document (tasks, design, or the decisions of any) that make its references follow.
///
/// Lists behind a label follow, and ids that sentences name (`(1.3)`, `requirement 1.2`, in a task also `a test for 1.2`).
/// Ids keep the way they are written, ranges stay ranges while they mean the same criteria, `All` and words stay; a line
/// whose list is empty afterwards goes.
pub fn rewrite(text: &str, renumbering: &Renumbering) -> Vec<Edit> {
    if renumbering.is_identity() {
        return Vec::new();
    }
    let outline = Outline::new(text);
    let rewritten = Rewritten::of(text, &outline, renumbering);
    let emptied: BTreeSet<usize> = rewritten.emptied.iter().map(|e| e.line).collect();
    let mut edits = rewritten.edits;
    edits.extend(lines::delete(text, &outline, &emptied));
    edits.sort_by_key(|e| e.range.start);
    edits
}

/// A line whose list lost its last entry.
pub(super) struct Emptied {
    /// The line.
    pub line: usize,
    /// The ids that were in it, as written in the requirements.
    pub removed: Vec<String>,
}

/// What rewriting does, before emptied lines are dealt with.
pub(super) struct Rewritten {
    /// The edits inside lists that keep an entry.
    pub edits: Vec<Edit>,
    /// The lines whose list is empty.
    pub emptied: Vec<Emptied>,
}

impl Rewritten {
    pub fn of(text: &str, outline: &Outline, renumbering: &Renumbering) -> Self {
        let mut result = Self {
            edits: Vec::new(),
            emptied: Vec::new(),
        };
        let decisions = decisions::decisions(text, outline);
        let knows = |id: &Ident| {
            renumbering.criterion(id).is_some() || renumbering.requirement(id).is_some()
        };
        let lists = Lists::new(text, outline, Sentences::new(text, &knows), decisions);
        for line in outline.text_lines(0..outline.lines.len()) {
            for (list, kind) in lists.of(line) {
                match kind {
                    Kind::Decision => result.decision(text, list, renumbering),
                    Kind::Labelled => result.list(text, line, list, renumbering),
                    Kind::Sentence(mention) => result.mention(text, &mention, renumbering),
                }
            }
        }
        let concerns = decisions::concerns(text, outline);
        for (line, label) in concern_labels(text, outline, &concerns) {
            debug_assert!(outline.lines[line].kind == LineKind::Text);
            for reference in refs::parse(text, label) {
                if let Target::Id(id) = &reference.target
                    && let Some(new) = renumbering.requirement(id).and_then(|f| f.new.as_ref())
                {
                    result.replace(text, reference.range, id, new);
                }
            }
        }
        result
    }

    fn list(&mut self, text: &str, line: usize, list: Range<usize>, renumbering: &Renumbering) {
        let entries = entries(text, list, renumbering);
        if !entries.is_empty() && entries.iter().all(Entry::is_gone) {
            let removed = entries
                .iter()
                .flat_map(|e| e.items.iter())
                .flat_map(|i| i.removed.clone())
                .collect();
            self.emptied.push(Emptied { line, removed });
            return;
        }
        if !only_permutes(text, &entries) {
            self.shrink(text, &entries);
        }
    }

    /// The ids of a decision stand in brackets at the end of its line; the last one takes the brackets along.
    fn decision(&mut self, text: &str, list: Range<usize>, renumbering: &Renumbering) {
        let entries = entries(text, list.clone(), renumbering);
        if entries.is_empty() || !entries.iter().all(Entry::is_gone) {
            self.shrink(text, &entries);
            return;
        }
        let open = text[..list.start].trim_end_matches(['(', ' ']).len();
        let close = text[list.end..].chars().next().map_or(0, char::len_utf8);
        self.edits.push(Edit::delete(open..list.end + close));
    }

    /// The ids of a sentence: removed ones leave it, or are struck out where it can't do without.
    fn mention(&mut self, text: &str, mention: &Mention, renumbering: &Renumbering) {
        let entries = entries(text, mention.list.clone(), renumbering);
        if entries.is_empty() || !entries.iter().all(Entry::is_gone) {
            if !only_permutes(text, &entries) {
                self.shrink(text, &entries);
            }
            return;
        }
        self.edits.push(match &mention.outer {
            Some(outer) => Edit::delete(outer.clone()),
            None => Edit::replace(
                mention.list.clone(),
                format!("~~{}~~", &text[mention.list.clone()]),
            ),
        });
    }

    fn shrink(&mut self, text: &str, entries: &[Entry]) {
        for (i, entry) in entries.iter().enumerate() {
            if !entry.is_gone() {
                self.entry(text, entry);
                continue;
            }
            let before = (0..i).rev().find(|&e| !entries[e].is_gone());
            let edit = match before {
                // From the end of the entry before, so that its separator goes.
                Some(_) => entries[i - 1].range.end..entry.range.end,
                None => {
                    let next = &entries[i + 1].range;
                    let own = text[entry.range.start..entry.items[0].range.start].trim();
                    let worded = entries[i + 1]
                        .items
                        .first()
                        .is_some_and(|item| item.range.start > next.start);
                    // `Requirements 1.1, 1.2` says its word once, `Req 1.1, Req 1.2` each time.
                    if own.is_empty() || worded {
                        entry.range.start..next.start
                    } else {
                        entry.items[0].range.start..next.start
                    }
                }
            };
            self.edits.push(Edit::delete(edit));
        }
    }

    /// Edits the ids of an entry that stays.
    fn entry(&mut self, text: &str, entry: &Entry) {
        for (i, item) in entry.items.iter().enumerate() {
            match &item.act {
                Act::Keep => {}
                Act::Write(new) => {
                    if text[item.range.clone()] != **new {
                        self.edits.push(Edit::replace(item.range.clone(), new));
                    }
                }
                Act::Remove => {
                    let before = entry.items[..i].iter().any(|i| i.act != Act::Remove);
                    let range = if before {
                        entry.items[i - 1].range.end..item.range.end
                    } else {
                        item.range.start..entry.items[i + 1].range.start
                    };
                    self.edits.push(Edit::delete(range));
                }
            }
        }
    }

    fn replace(&mut self, text: &str, range: Range<usize>, old: &Ident, new: &Name) {
        let new = styled(&text[range.clone()], &old.to_string(), new);
        if text[range.clone()] != new {
            self.edits.push(Edit::replace(range, new));
        }
    }
}

#[cfg(test)]
mod tests {
    use rutter_text::edit;

    use super::*;
    use crate::Requirements;

    /// `a b|c` is requirement 1 with two criteria and requirement 2 with one.
    fn doc(short: &str) -> Requirements {
        let mut text = String::new();
        for (i, requirement) in short.split('|').enumerate() {
            text += &format!("### Requirement {}\n\n#### Acceptance Criteria\n\n", i + 1);
            for (n, word) in requirement.split_whitespace().enumerate() {
                text += &format!("{}. THE {word} SHALL {word}{word}\n", n + 1);
            }
        }
        Requirements::parse(&text)
    }

    fn follow(line: &str, old: &str, new: &str) -> String {
        let renumbering = Renumbering::between(&doc(old), &doc(new));
        edit::apply(line, &rewrite(line, &renumbering))
    }

    #[test]
    fn moved_ids_follow_and_removed_ones_leave() {
        for (line, new, expected) in [
            (
                "_Requirements: 1.1, 1.3_",
                "a x b c|d",
                "_Requirements: 1.1, 1.4_",
            ),
            ("_Requirements: 1.1, 1.2_", "b c|d", "_Requirements: 1.1_"),
            (
                "_Requirements: 1.2, 1.1, 2.1_",
                "a c|d",
                "_Requirements: 1.1, 2.1_",
            ),
            ("_Requirements: 1.3; 1.2_", "a c|d", "_Requirements: 1.2_"),
            (
                "**Validates: Requirements 1.1, 1.2**",
                "b c|d",
                "**Validates: Requirements 1.1**",
            ),
            (
                "- Requirements: Req 1.1, Req 1.2",
                "b c|d",
                "- Requirements: Req 1.1",
            ),
            ("_要件: 1.1、2.1_", "b c|d", "_要件: 2.1_"),
            (
                "_Requirements: 1.1 and 1.2_",
                "a c|d",
                "_Requirements: 1.1_",
            ),
            (
                "_Requirements: 1.2a, R1.3_",
                "a x b c|d",
                "_Requirements: 1.3a, R1.4_",
            ),
            (
                "_Requirements: 1.2 (both ways), NFR_",
                "a c|d",
                "_Requirements: NFR_",
            ),
            (
                "_Requirements: All requirements_",
                "a c|d",
                "_Requirements: All requirements_",
            ),
            ("_Requirements: 2_", "z|a b c|d", "_Requirements: 3_"),
            (
                "_Requirements: 7.7, 1.3_",
                "a c|d",
                "_Requirements: 7.7, 1.2_",
            ),
            (
                "_Requirements: 1.1, 1.2_",
                "b a c|d",
                "_Requirements: 1.1, 1.2_",
            ),
            (
                "_Requirements: 1.1, 1.3_",
                "b a c|d",
                "_Requirements: 1.2, 1.3_",
            ),
            (
                "Requirements: Python 1.3",
                "a c|d",
                "Requirements: Python 1.3",
            ),
            (
                "```\n_Requirements: 1.3_\n```",
                "a c|d",
                "```\n_Requirements: 1.3_\n```",
            ),
        ] {
            assert_eq!(follow(line, "a b c|d", new), expected, "{line} {new}");
        }
    }

    #[test]
    fn ranges_stay_ranges_while_they_are_right() {
        for (line, new, expected) in [
            (
                "_Requirements: 1.1-1.3_",
                "z a b c|d",
                "_Requirements: 1.2-1.4_",
            ),
            (
                "_Requirements: 1.1 to 1.3_",
                "a c|d",
                "_Requirements: 1.1 to 1.2_",
            ),
            (
                "_Requirements: 1.1–3_",
                "z a b c|d",
                "_Requirements: 1.2–4_",
            ),
            (
                "_Requirements: 1.1-1.3_",
                "a b z c|d",
                "_Requirements: 1.1, 1.2, 1.4_",
            ),
            ("_Requirements: 1.1-1.2_", "a c|d", "_Requirements: 1.1_"),
            ("_Requirements: 1.2-1.3, 2.1_", "a|d", "_Requirements: 2.1_"),
            (
                "_Requirements: 1.1-1.3_",
                "a b c z|d",
                "_Requirements: 1.1-1.3_",
            ),
            ("_Requirements: 1-2_", "z|a b c|d", "_Requirements: 2-3_"),
            ("_Requirements: 1-2_", "a b c y|d", "_Requirements: 1-2_"),
            (
                "_Requirements: All (1.1-2.1)_",
                "z|a b c|d",
                "_Requirements: All (2.1-3.1)_",
            ),
        ] {
            assert_eq!(follow(line, "a b c|d", new), expected, "{line} {new}");
        }
    }

    #[test]
    fn emptied_lines_go() {
        assert_eq!(
            follow(
                "- [ ] 1. T\n  - _Requirements: 1.2_\n- [ ] 2. U\r\n  - x",
                "a b",
                "a"
            ),
            "- [ ] 1. T\n- [ ] 2. U\r\n  - x"
        );
        assert_eq!(
            follow("p\n\n**Validates: 1.1, 1.2**\n\nq", "a b|c", "c"),
            "p\n\nq"
        );
    }

    #[test]
    fn ids_in_sentences_follow() {
        for (text, expected) in [
            ("- Locked: refuse (1.2, 1.3)\n", "- Locked: refuse (1.2)\n"),
            ("- Locked: refuse (1.2).\n", "- Locked: refuse.\n"),
            (
                "What a person sees (1.1, 1.3) is tried\n",
                "What a person sees (1.1, 1.2) is tried\n",
            ),
            (
                "As requirement 1.3 and Requirements 1.1 and 1.3 say\n",
                "As requirement 1.2 and Requirements 1.1 and 1.2 say\n",
            ),
            (
                "Unlike requirement 1.2, it\n",
                "Unlike requirement ~~1.2~~, it\n",
            ),
            (
                "See (Requirement 2) and （要件 1.3）\n",
                "See (Requirement 2) and （要件 1.2）\n",
            ),
            (
                "Version 1.3 (of 1.3 beta), `f(1.3)`, [a](1.3), 1.3 s, for 1.3\n",
                "Version 1.3 (of 1.3 beta), `f(1.3)`, [a](1.3), 1.3 s, for 1.3\n",
            ),
            (
                "- [ ] 1.3 A (1.3)\n  - Tests: a case for 1.3, as in (1.1)\n  - Done when: a test for each of 1.2, 1.3 passes\n  - _Requirements: 1.2, 1.3_\n",
                "- [ ] 1.3 A (1.2)\n  - Tests: a case for 1.2, as in (1.1)\n  - Done when: a test for each of 1.2 passes\n  - _Requirements: 1.2_\n",
            ),
            (
                "- [ ] 1. A\n  - after (1.3), for 1.3\n  - _Requirements: 1.1_\n",
                "- [ ] 1. A\n  - after (1.3), for 1.3\n  - _Requirements: 1.1_\n",
            ),
        ] {
            assert_eq!(follow(text, "a b c|d", "a c|d"), expected);
        }
    }

    #[test]
    fn decisions_and_concerns_follow() {
        let text = "## Open Decisions\n\n- **D1** How many? `5` | `3` (1.1, 1.2)\n- **D2** Where? `a` | `b` (1.2)\n\n## Further Concerns\n\n- _Requirement 2:_ THE x SHALL y\n";
        assert_eq!(
            follow(text, "a b|c", "z|a|c"),
            "## Open Decisions\n\n- **D1** How many? `5` | `3` (2.1)\n- **D2** Where? `a` | `b`\n\n## Further Concerns\n\n- _Requirement 3:_ THE x SHALL y\n"
        );
    }
}
