//! Renaming a glossary term.

use rutter_text::Edit;

use super::{NameKind, Rename, RenameError, Renamed};
use crate::features::references::uses_in;
use crate::terms::{Finder, Form};
use crate::{Document, Spec};

/// Gives the term at `place` another name; `written` is the form that stands where it was asked.
pub(super) fn term(
    spec: &Spec,
    place: usize,
    written: &str,
    given: &str,
) -> Result<Rename, RenameError> {
    let (_, wanted) = spec.wanted().ok_or(RenameError::Nothing)?;
    let own = wanted.terms.get(place).ok_or(RenameError::Nothing)?;
    let given = given.trim();
    let broken = |c: char| c.is_control() || matches!(c, '*' | '`' | ':' | '：' | '[' | ']' | '|');
    if !given.contains(|c: char| c.is_alphanumeric()) || given.contains(broken) {
        return Err(RenameError::NoTerm(given.to_owned()));
    }
    // Asked on `Limiters`, the answer is a plural too.
    let form = Finder::new(std::slice::from_ref(own))
        .uses(written)
        .first()
        .map_or_else(Form::default, |u| u.form);
    let new = form.back(given, &own.name);
    if new == own.name {
        return Ok(Rename::default());
    }
    let same = |name: &str| name.to_lowercase() == new.to_lowercase();
    let other = wanted.terms.iter().enumerate();
    if let Some((_, other)) = other
        .into_iter()
        .find(|(i, t)| *i != place && same(&t.name))
    {
        return Err(RenameError::Taken {
            given: other.name.clone(),
            what: "term",
            hint: String::new(),
        });
    }
    let mut rename = Rename::default();
    for document in Document::ALL {
        let edits: Vec<Edit> = uses_in(spec, document, None)
            .into_iter()
            .filter(|u| u.term == place)
            .map(|u| Edit::replace(u.range, u.form.of(&new)))
            .collect();
        if !edits.is_empty() {
            rename.edits.push((document, edits));
        }
    }
    rename.names.push(Renamed {
        kind: NameKind::Term,
        old: own.name.clone(),
        new,
    });
    Ok(rename)
}
