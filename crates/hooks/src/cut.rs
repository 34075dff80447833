//! Taking an element out of a list or an object, with its comma.

use std::ops::Range;

use rutter_text::Edit;

/// The edit that takes the element at `index` out of JSON; `elements` are all of its container, in order.
pub(crate) fn element(text: &str, elements: &[Range<usize>], index: usize) -> Option<Edit> {
    let own = elements.get(index)?;
    let range = if let Some(next) = elements.get(index + 1) {
        own.start..next.start
    } else if let Some(before) = index.checked_sub(1).and_then(|i| elements.get(i)) {
        before.end..own.end
    } else {
        // The only one: a trailing comma goes with it.
        let rest = &text[own.end..];
        let comma = rest
            .trim_start()
            .starts_with(',')
            .then(|| rest.find(',').map_or(0, |i| i + 1));
        own.start..own.end + comma.unwrap_or(0)
    };
    Some(Edit::delete(range))
}

#[cfg(test)]
mod tests {
    use rutter_text::edit::apply;

    use super::*;

    #[test]
    fn the_comma_goes_too() {
        let text = "[1, 22,\n 3]";
        let all = [1..2, 4..6, 9..10];
        let without = |i| apply(text, &[element(text, &all, i).unwrap()]);
        assert_eq!(without(0), "[22,\n 3]");
        assert_eq!(without(1), "[1, 3]");
        assert_eq!(without(2), "[1, 22]");
        assert_eq!(
            apply(
                "[1 ,]",
                &[element("[1 ,]", std::slice::from_ref(&(1..2)), 0).unwrap()]
            ),
            "[]"
        );
    }
}
