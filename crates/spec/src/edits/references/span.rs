//! Ranges of ids, and new ids in the way the old ones were written.

use std::ops::Range;

use rutter_text::Ident;

use super::entries::Act;
use crate::edits::renumbering::{Fate, Name, Renumbering};
use crate::mentions::inside;

/// What becomes of a range: it means every criterion, or every requirement, between its ends.
pub(super) fn span(
    text: &str,
    range: Range<usize>,
    from: &Ident,
    to: &Ident,
    renumbering: &Renumbering,
) -> (Act, Vec<String>) {
    let keep = (Act::Keep, Vec::new());
    let whole = [from, to]
        .iter()
        .all(|id| renumbering.criterion(id).is_none() && renumbering.requirement(id).is_some());
    let (fates, now) = if whole {
        (&renumbering.requirements, &renumbering.requirements_now)
    } else {
        (&renumbering.criteria, &renumbering.now)
    };
    let meant: Vec<&Fate> = fates
        .iter()
        .filter(|f| inside(&f.old.id, from, to))
        .collect();
    if meant.is_empty() {
        return keep;
    }
    let removed: Vec<String> = meant
        .iter()
        .filter(|f| f.new.is_none())
        .map(|f| f.old.label.clone())
        .collect();
    let mut left: Vec<&Name> = meant
        .iter()
        .flat_map(|f| f.new.iter().chain(renumbering.second_half(&f.old)))
        .collect();
    let unmoved = meant
        .iter()
        .all(|f| f.new.as_ref().is_some_and(|n| n.label == f.old.label));
    left.sort_by_key(|name| now.iter().position(|n| n == *name));
    let (Some(first), Some(last)) = (left.first(), left.last()) else {
        return (Act::Remove, removed);
    };
    let same = |a: &Ident, b: &Ident| {
        now.iter().filter(|n| inside(&n.id, a, b)).count() == left.len()
            && left.iter().all(|n| inside(&n.id, a, b))
    };
    if unmoved && same(from, to) {
        return keep;
    }
    let written = Written::read(&text[range]);
    let style = |name: &Name| styled(written.from, &first_label(&meant), name);
    let new = if left.len() == 1 {
        style(first)
    } else if same(&first.id, &last.id) {
        let siblings = first.id.parent() == last.id.parent();
        let short = written.is_short && siblings && last.id.numbers.len() > 1;
        let end = if short {
            last.id.numbers[last.id.numbers.len() - 1].to_string()
        } else {
            style(last)
        };
        format!("{}{}{end}", style(first), written.joint)
    } else {
        left.iter().map(|n| style(n)).collect::<Vec<_>>().join(", ")
    };
    (Act::Write(new), removed)
}

fn first_label(meant: &[&Fate]) -> String {
    meant
        .first()
        .map(|f| f.old.label.clone())
        .unwrap_or_default()
}

/// A range as written.
struct Written<'a> {
    from: &'a str,
    joint: &'a str,
    /// Whether the end is only a last number, as in `1.1-4`.
    is_short: bool,
}

impl<'a> Written<'a> {
    fn read(text: &'a str) -> Self {
        let used = Ident::read(text).map_or(text.len(), |(_, used)| used);
        let (from, rest) = text.split_at(used);
        let end = rest.char_indices().find_map(|(i, _)| {
            let (id, used) = Ident::read(&rest[i..])?;
            (i + used == rest.len()).then_some((i, id))
        });
        let short = end.as_ref().is_some_and(|(_, id)| id.numbers.len() == 1)
            && Ident::read(from).is_some_and(|(id, _)| id.numbers.len() > 1);
        Self {
            from,
            joint: &rest[..end.map_or(rest.len(), |(i, _)| i)],
            is_short: short,
        }
    }
}

/// A new id in the way the old one was written: `R3` for `3` becomes `R4`, `5.3a` becomes `5.4a`.
pub(super) fn styled(written: &str, old_label: &str, new: &Name) -> String {
    let (Some((as_written, _)), Some((old, _))) = (Ident::read(written), Ident::read(old_label))
    else {
        return new.label.clone();
    };
    if as_written.prefix == old.prefix && as_written.suffix == old.suffix {
        return new.label.clone();
    }
    let mut id = new.id.clone();
    if as_written.prefix != old.prefix {
        id.prefix = as_written.prefix;
    }
    if as_written.suffix != old.suffix {
        id.suffix = as_written.suffix;
    }
    id.to_string()
}
