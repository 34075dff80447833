//! Renaming the number of a correctness property.

use std::ops::Range;

use rutter_text::refs::Target;
use rutter_text::{Edit, Ident};

use super::numbers::read;
use super::order::Move;
use super::plan::Plan;
use super::{NameKind, RenameError, Renamed};
use crate::features::naming::{Means, names};
use crate::{Document, Spec};

/// Gives the property at `place` another number.
pub(super) fn property(spec: &Spec, place: usize, given: &str) -> Result<Plan, RenameError> {
    let design = spec.design.as_ref().ok_or(RenameError::Nothing)?;
    let own = design.properties.get(place).ok_or(RenameError::Nothing)?;
    let new = read(given, &Ident::of([own.number]), "property")?.numbers[0];
    let numbers: Vec<u32> = design.properties.iter().map(|p| p.number).collect();
    let taken = numbers.iter().position(|n| *n == new);
    let moved = match taken {
        Some(at) if at == place => return Ok(Plan::default()),
        None => None,
        Some(at) => {
            let (low, high) = (at.min(place), at.max(place));
            let moved = Move {
                parts: design.properties[low..=high]
                    .iter()
                    .map(|p| p.range.clone())
                    .collect(),
                from: place - low,
                to: at - low,
            };
            let grows = numbers.windows(2).all(|n| n[0] < n[1]);
            if !grows || !moved.is_sound() {
                let free = numbers.iter().max().map_or(1, |n| n + 1);
                return Err(RenameError::Taken {
                    given: new.to_string(),
                    what: "property",
                    hint: format!(", such as `{free}`"),
                });
            }
            Some((low, moved))
        }
    };
    // Each takes the number of the place it goes to.
    let number_of = |i: usize| match &moved {
        None if i == place => new,
        None => numbers[i],
        Some((low, moved)) if (*low..low + moved.parts.len()).contains(&i) => {
            numbers[low + moved.place_of(i - low)]
        }
        Some(_) => numbers[i],
    };
    // A reference means the first property with its number.
    let follows = |number: u32| {
        let at = numbers.iter().position(|n| *n == number)?;
        Some(number_of(at)).filter(|n| *n != number)
    };
    let mut plan = Plan::default();
    for (document, source) in spec.documents() {
        let mut edits: Vec<Edit> = names(spec, document, None)
            .into_iter()
            .filter_map(|name| match name.means {
                Means::Target(Target::Property(number)) => {
                    let range = digits(source.text(), &name.range)?;
                    Some(Edit::replace(range, follows(number)?.to_string()))
                }
                _ => None,
            })
            .collect();
        if document == Document::Design {
            let definitions = design.properties.iter().enumerate();
            edits.extend(definitions.filter_map(|(i, p)| {
                let new = number_of(i);
                let range = digits(source.text(), &p.number_range).filter(|_| new != p.number)?;
                Some(Edit::replace(range, new.to_string()))
            }));
            if let Some((_, moved)) = &moved {
                edits = moved.apply(source.text(), &edits);
            }
        }
        plan.edit(document, edits);
    }
    for (i, &number) in numbers.iter().enumerate() {
        plan.name(Renamed {
            kind: NameKind::Property,
            old: number.to_string(),
            new: number_of(i).to_string(),
        });
    }
    if let Some((low, moved)) = &moved {
        let inside = *low..low + moved.parts.len();
        let place = |i: usize| match i.checked_sub(*low) {
            Some(inner) if inside.contains(&i) => low + moved.place_of(inner),
            _ => i,
        };
        plan.properties = (0..numbers.len()).map(place).collect();
    }
    Ok(plan)
}

/// The digits of `3` or `P3`; nothing in `3a`, which is another property.
fn digits(text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let written = &text[range.clone()];
    let lead = written.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    (lead < written.len()).then_some(range.start + lead..range.end)
}
