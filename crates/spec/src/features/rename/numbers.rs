//! Reading a new number as a person writes it.

use rutter_text::Ident;

use super::RenameError;

/// Reads `1.3`, `Requirement 3`, `3.`; of the kind of id that `old` is.
///
/// A single number stands for the last one of an id with several, and a prefix that isn't written stays.
pub(super) fn read(given: &str, old: &Ident, what: &'static str) -> Result<Ident, RenameError> {
    let error = || RenameError::NoId {
        given: given.trim().to_owned(),
        what,
        example: format!("`{old}`"),
    };
    let bare = given
        .trim()
        .trim_matches(['`', '*', '_', ' '])
        .trim_end_matches(['.', ':', ')']);
    let id = bare
        .rsplit([' ', '\u{a0}'])
        .next()
        .and_then(Ident::parse)
        .or_else(|| {
            let digit = bare.find(|c: char| c.is_ascii_digit())?;
            let word = !bare[..digit].is_ascii();
            Ident::parse(&bare[digit..]).filter(|_| word)
        });
    let mut id = id.ok_or_else(error)?;
    if id.prefix.is_empty() {
        id.prefix = old.prefix.clone();
    }
    if id.numbers.len() == 1 && old.numbers.len() > 1 {
        let mut numbers = old.numbers.clone();
        numbers.pop();
        numbers.push(id.numbers[0]);
        id.numbers = numbers;
    }
    if id.numbers.len() == old.numbers.len() {
        Ok(id)
    } else {
        Err(error())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_write_them() {
        for (given, old, expected) in [
            ("1.3", "1.1", Some("1.3")),
            ("3", "1.1", Some("1.3")),
            ("Requirement 4", "2", Some("4")),
            ("要件4", "2", Some("4")),
            (" 7. ", "2", Some("7")),
            ("`REQ-7`", "REQ-1", Some("REQ-7")),
            ("7", "REQ-1", Some("REQ-7")),
            ("1.2", "2", None),
            ("", "2", None),
            ("four", "2", None),
            ("1.2.3", "1.2", None),
        ] {
            let old = Ident::parse(old).unwrap_or_else(|| panic!("{old}"));
            let read = read(given, &old, "task").ok().map(|id| id.to_string());
            assert_eq!(read.as_deref(), expected, "{given}");
        }
    }
}
