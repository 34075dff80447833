//! Moving a part of a text among its siblings.

use std::ops::Range;

use rutter_text::Edit;
use rutter_text::edit;

/// Parts of a text in order, one of which goes to the place of another.
#[derive(Clone, Debug)]
pub(super) struct Move {
    /// The bytes of the parts; what stands between them stays.
    pub parts: Vec<Range<usize>>,
    /// The part that moves.
    pub from: usize,
    /// Where it goes.
    pub to: usize,
}

impl Move {
    /// Whether the parts are in order, apart, and more than nothing.
    pub fn is_sound(&self) -> bool {
        self.parts.windows(2).all(|p| p[0].end <= p[1].start)
            && self.parts.iter().all(|p| !p.is_empty())
            && self.from < self.parts.len()
            && self.to < self.parts.len()
    }

    /// Where the part at `place` stands afterwards.
    pub fn place_of(&self, place: usize) -> usize {
        let (from, to) = (self.from, self.to);
        if place == from {
            to
        } else if from < place && place <= to {
            place - 1
        } else if to <= place && place < from {
            place + 1
        } else {
            place
        }
    }

    /// The smallest edits that do the move and the `inner` edits, none of which crosses the border of a part.
    pub fn apply(&self, text: &str, inner: &[Edit]) -> Vec<Edit> {
        let edited = |range: Range<usize>| {
            let own: Vec<Edit> = inner
                .iter()
                .filter(|e| range.start <= e.range.start && e.range.end <= range.end)
                .map(|e| Edit {
                    range: e.range.start - range.start..e.range.end - range.start,
                    insert: e.insert.clone(),
                })
                .collect();
            edit::apply(&text[range], &own)
        };
        let mut order: Vec<usize> = (0..self.parts.len()).collect();
        order.sort_by_key(|&place| self.place_of(place));
        let mut new = String::with_capacity(text.len());
        let mut at = 0;
        for (slot, part) in self.parts.iter().enumerate() {
            new.push_str(&edited(at..part.start));
            new.push_str(&edited(self.parts[order[slot]].clone()));
            at = part.end;
        }
        new.push_str(&edited(at..text.len()));
        edit::between(text, &new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_moves_and_the_gaps_stay() {
        let text = "x a, b; c! y";
        let parts = vec![2..3, 5..6, 8..9];
        for (from, to, expected) in [
            (2, 0, "x c, A; b! y"),
            (0, 2, "x b, c; A! y"),
            (1, 1, "x A, b; c! y"),
        ] {
            let moved = Move {
                parts: parts.clone(),
                from,
                to,
            };
            assert!(moved.is_sound());
            let edits = moved.apply(text, &[Edit::replace(2..3, "A")]);
            assert_eq!(edit::apply(text, &edits), expected);
        }
    }
}
