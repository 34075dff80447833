//! The ids of requirements, criteria, tasks and properties: `1.2`, `US-1`, `AC-1.1`, `5.3a`, `T9.1`.

use std::cmp::Ordering;
use std::fmt;

/// An id: an optional prefix of letters, numbers with dots between, an optional letter behind.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ident {
    /// Letters in front as written, with their `-`, such as `US-`; empty for plain numbers.
    pub prefix: String,
    /// The numbers; at least one.
    pub numbers: Vec<u32>,
    /// A letter behind, as in `5.3a`.
    pub suffix: Option<char>,
}

impl Ident {
    /// A plain number id.
    pub fn of(numbers: impl Into<Vec<u32>>) -> Self {
        Self {
            prefix: String::new(),
            numbers: numbers.into(),
            suffix: None,
        }
    }

    /// Reads an id at the start of `text`; gives it and the bytes it takes.
    ///
    /// A prefix is one to eight ASCII letters with an optional `-` or `_` (or `.` behind capitals); the numbers follow at once. A trailing dot is not part of the id.
    pub fn read(text: &str) -> Option<(Self, usize)> {
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        if letters > 8 {
            return None;
        }
        let mut at = letters;
        let joined = text[at..].starts_with(['-', '_'])
            || letters > 1
                && text[at..].starts_with('.')
                && text[..at].bytes().all(|b| b.is_ascii_uppercase());
        if letters > 0 && joined {
            at += 1;
        }
        let prefix = text[..at].to_owned();
        let mut numbers = Vec::new();
        loop {
            let digits = text[at..].bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 || digits > 6 {
                if numbers.is_empty() {
                    return None;
                }
                at -= 1;
                break;
            }
            numbers.push(text[at..at + digits].parse().ok()?);
            at += digits;
            if text[at..].starts_with('.') {
                at += 1;
            } else {
                break;
            }
        }
        let mut rest = text[at..].chars();
        let suffix = match (rest.next(), rest.next()) {
            (Some(c), next)
                if c.is_ascii_lowercase() && !next.is_some_and(|n| n.is_alphanumeric()) =>
            {
                Some(c)
            }
            (Some(c), _) if c.is_alphanumeric() && c.is_ascii() => return None,
            _ => None,
        };
        at += suffix.map_or(0, char::len_utf8);
        Some((
            Self {
                prefix,
                numbers,
                suffix,
            },
            at,
        ))
    }

    /// Reads a text that is an id and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (id, used) = Self::read(text)?;
        (used == text.len()).then_some(id)
    }

    /// This id with one number more: the criterion of a requirement, the sub-task of a task.
    #[must_use]
    pub fn child(&self, number: u32) -> Self {
        let mut child = self.clone();
        child.suffix = None;
        child.numbers.push(number);
        child
    }

    /// The id without its last number; `None` at the top.
    pub fn parent(&self) -> Option<Self> {
        (self.numbers.len() > 1).then(|| {
            let mut parent = self.clone();
            parent.suffix = None;
            parent.numbers.pop();
            parent
        })
    }

    /// Whether the numbers are the same, whatever stands around them.
    pub fn same_numbers(&self, other: &Self) -> bool {
        self.numbers == other.numbers
    }

    /// Whether both ids mean the same, `US-1` and `us1` included.
    pub fn matches(&self, other: &Self) -> bool {
        self.numbers == other.numbers
            && self.suffix == other.suffix
            && bare(&self.prefix).eq_ignore_ascii_case(bare(&other.prefix))
    }
}

/// A prefix without what joins it to the numbers.
fn bare(prefix: &str) -> &str {
    prefix.trim_end_matches(['-', '_', '.'])
}

impl fmt::Display for Ident {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.prefix)?;
        for (i, number) in self.numbers.iter().enumerate() {
            if i > 0 {
                f.write_str(".")?;
            }
            write!(f, "{number}")?;
        }
        self.suffix.map_or(Ok(()), |c| write!(f, "{c}"))
    }
}

impl PartialOrd for Ident {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ident {
    fn cmp(&self, other: &Self) -> Ordering {
        (&self.prefix, &self.numbers, self.suffix).cmp(&(
            &other.prefix,
            &other.numbers,
            other.suffix,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_every_shape() {
        for (text, shown, used) in [
            ("1.2 x", "1.2", 3),
            ("1.2. x", "1.2", 3),
            ("12", "12", 2),
            ("US-1: T", "US-1", 4),
            ("AC-1.1", "AC-1.1", 6),
            ("R3", "R3", 2),
            ("5.3a,", "5.3a", 4),
            ("TDEPLOY.1", "TDEPLOY.1", 9),
            ("1st", "", 0),
            ("abc", "", 0),
        ] {
            let read = Ident::read(text);
            assert_eq!(
                read.as_ref()
                    .map_or(String::new(), |(id, _)| id.to_string()),
                shown,
                "{text}"
            );
            assert_eq!(read.map_or(0, |(_, n)| n), used, "{text}");
        }
        assert!(
            Ident::parse("US-1")
                .is_some_and(|a| Ident::parse("us1").is_some_and(|b| a.matches(&b)))
        );
    }
}
