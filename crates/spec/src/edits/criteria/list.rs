//! How a list of criteria is numbered, and moving its numbers.

use std::ops::Range;

use rutter_text::{Edit, Ident};

use crate::Criterion;

/// How the items of a list are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbering {
    /// Bullets, or one number for all (`1. 1. 1.`): there is nothing to move.
    None,
    /// Numbers that count up: `1.`, or `1.1` written out.
    Counted,
    /// Ids with letters (`AC-1`), which stay with their criterion.
    Prefixed,
}

pub(super) fn numbering(text: &str, criteria: &[Criterion]) -> Numbering {
    let written: Vec<&str> = criteria.iter().map(|c| &text[c.marker.clone()]).collect();
    let same = written.len() > 1 && written.iter().all(|w| *w == written[0]);
    match criteria.first() {
        Some(_) if same => Numbering::None,
        Some(c) if c.explicit && !written[0].starts_with(|c: char| c.is_ascii_digit()) => {
            Numbering::Prefixed
        }
        Some(_) if written[0].starts_with(|c: char| c.is_ascii_digit()) => Numbering::Counted,
        _ => Numbering::None,
    }
}

/// Moves the numbers behind an insertion at `at` (`by` 1) or a deletion there (-1), as far as they follow one another.
pub(super) fn renumber(text: &str, criteria: &[Criterion], at: usize, by: i32) -> Vec<Edit> {
    if numbering(text, criteria) != Numbering::Counted {
        return Vec::new();
    }
    let numbers: Vec<_> = criteria.iter().map(|c| number(text, c)).collect();
    let known = |i: usize| numbers.get(i).and_then(|n| n.as_ref()).map(|(n, _)| *n);
    let (first, expected) = match by {
        1 if at == 0 => (0, known(0)),
        1 => (at, known(at - 1).map(|n| n + 1)),
        _ => (at + 1, known(at).map(|n| n + 1)),
    };
    let Some(expected) = expected else {
        return Vec::new();
    };
    numbers
        .into_iter()
        .skip(first)
        .zip(expected..)
        .map_while(|(number, expected)| number.filter(|(n, _)| *n == expected))
        .map(|(n, range)| Edit::replace(range, n.saturating_add_signed(by).to_string()))
        .collect()
}

/// The last number in an item's marker, and its bytes.
fn number(text: &str, criterion: &Criterion) -> Option<(u32, Range<usize>)> {
    let marker = &text[criterion.marker.clone()];
    let end = marker.rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = marker[..end]
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |i| i + 1);
    let base = criterion.marker.start;
    Some((marker[start..end].parse().ok()?, base + start..base + end))
}

/// A written number or id with its last number moved.
pub(super) fn shifted(written: &str, by: i32) -> String {
    let Some(end) = written.rfind(|c: char| c.is_ascii_digit()).map(|i| i + 1) else {
        return written.to_owned();
    };
    let start = written[..end]
        .rfind(|c: char| !c.is_ascii_digit())
        .map_or(0, |i| i + 1);
    match written[start..end].parse::<u32>() {
        Ok(n) => {
            let width = end - start;
            let n = n.saturating_add_signed(by);
            let zero = written[start..end].starts_with('0');
            let n = if zero {
                format!("{n:0width$}")
            } else {
                n.to_string()
            };
            format!("{}{n}{}", &written[..start], &written[end..])
        }
        Err(_) => written.to_owned(),
    }
}

/// The written id behind the highest of a list.
pub(super) fn behind<'a>(written: impl Iterator<Item = &'a str>) -> String {
    written
        .max_by_key(|w| Ident::read(w).map(|(id, _)| id.numbers))
        .map_or_else(String::new, |w| shifted(w, 1))
}
