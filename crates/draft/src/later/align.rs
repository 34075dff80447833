//! A class's sentence laid over a written one: whether it is the same, and what stands in its slots.

use std::collections::BTreeMap;

use rutter_catalogue::slots;

/// The values of a template's slots in a text, when the text is that template filled.
pub fn align(template: &str, text: &str) -> Option<BTreeMap<String, String>> {
    let mut values = BTreeMap::new();
    let mut rest = text;
    let mut at = 0;
    let found = slots(template);
    let mut pending: Option<&rutter_catalogue::Slot<'_>> = None;
    for slot in &found {
        let literal = &template[at..slot.range.start];
        rest = take(literal, rest, pending, &mut values)?;
        pending = Some(slot);
        at = slot.range.end;
    }
    let tail = &template[at..];
    let end = if tail.is_empty() {
        rest.len()
    } else {
        rest.len().checked_sub(tail.len())?
    };
    if !rest.is_char_boundary(end) || &rest[end..] != tail {
        return None;
    }
    match pending {
        Some(slot) => keep(slot, &rest[..end], &mut values)?,
        None if end > 0 => return None,
        None => {}
    }
    Some(values)
}

fn take<'t>(
    literal: &str,
    rest: &'t str,
    pending: Option<&rutter_catalogue::Slot<'_>>,
    values: &mut BTreeMap<String, String>,
) -> Option<&'t str> {
    match pending {
        None => rest.strip_prefix(literal),
        Some(slot) => {
            let end = rest.find(literal)?;
            keep(slot, &rest[..end], values)?;
            Some(&rest[end + literal.len()..])
        }
    }
}

fn keep(
    slot: &rutter_catalogue::Slot<'_>,
    value: &str,
    values: &mut BTreeMap<String, String>,
) -> Option<()> {
    if slot.decision || value.is_empty() {
        return (!value.is_empty()).then_some(());
    }
    // A slot holds a few words, never a sentence.
    if value.split(' ').count() > 8 || value.contains(", ") {
        return None;
    }
    let bare = ["a ", "an ", "the "]
        .iter()
        .find_map(|article| value.strip_prefix(article))
        .filter(|_| slot.form.is_some())
        .unwrap_or(value);
    values
        .entry(slot.name.to_owned())
        .or_insert_with(|| bare.to_owned());
    Some(())
}

#[cfg(test)]
mod tests {
    use super::align;

    #[test]
    fn slots_are_read_back() {
        let found = align(
            "WHEN {a:actor} exports {objects}, THE {system} SHALL write {?n}",
            "WHEN an admin exports past orders, THE Export_Service SHALL write [1 row?](#d1)",
        )
        .unwrap();
        assert_eq!(found["actor"], "admin");
        assert_eq!(found["objects"], "past orders");
        assert_eq!(found["system"], "Export_Service");
        assert!(align("THE {system} SHALL stop", "THE X SHALL go").is_none());
    }
}
