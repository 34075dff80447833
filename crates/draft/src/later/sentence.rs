//! A criterion taken apart: condition, term, what it shall do.

/// The parts of an EARS sentence. A sentence that is none has its whole text as what it does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Between the keyword and the comma; empty without one.
    pub condition: String,
    /// The glossary term; empty when there is none.
    pub system: String,
    /// What follows SHALL, without NOT.
    pub shall: String,
    /// Whether it is forbidden.
    pub not: bool,
}

impl Sentence {
    /// Reads a criterion.
    pub fn read(text: &str) -> Self {
        let text = text.trim().trim_end_matches('.');
        let Some(at) = text.find(" SHALL ") else {
            return Self {
                condition: String::new(),
                system: String::new(),
                shall: text.to_owned(),
                not: false,
            };
        };
        let (front, rest) = (&text[..at], &text[at + " SHALL ".len()..]);
        let (not, shall) = rest
            .strip_prefix("NOT ")
            .map_or((false, rest), |rest| (true, rest));
        let term_at = front.rfind("THE ").or_else(|| front.rfind("the "));
        let system = term_at.map_or("", |at| front[at + 4..].trim()).to_owned();
        let condition = term_at.map_or(front, |at| &front[..at]);
        let condition = condition
            .trim()
            .trim_end_matches("THEN")
            .trim()
            .trim_end_matches([',', ' ']);
        let condition = ["WHEN ", "IF ", "WHILE ", "WHERE "]
            .iter()
            .find_map(|keyword| condition.strip_prefix(keyword))
            .unwrap_or(condition);
        Self {
            condition: condition.to_owned(),
            system,
            shall: shall.to_owned(),
            not,
        }
    }

    /// As a step to do: "Let customers export their orders".
    pub fn step(&self) -> String {
        let act = if self.not {
            format!("never {}", self.shall)
        } else {
            self.shall.clone()
        };
        let text = if self.condition.is_empty() {
            act
        } else {
            format!("{act} when {}", self.condition)
        };
        crate::plan::title::capital(&text)
    }
}

/// A text with the links of open decisions kept, cut to some words for a title.
pub fn short(text: &str, words: usize) -> String {
    crate::plan::title::shortened(&unlinked(text), words)
}

/// `[5 attempts?](#d1)` as `5 attempts`.
pub fn unlinked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(end) = rest.find("](#d") {
        let Some(open) = rest[..end].rfind('[') else {
            break;
        };
        out.push_str(&rest[..open]);
        out.push_str(rest[open + 1..end].trim_end_matches('?'));
        rest = rest[end..]
            .find(')')
            .map_or("", |close| &rest[end + close + 1..]);
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_criterion_comes_apart() {
        let read = Sentence::read(
            "IF [5 sign-ins?](#d1) fail, THEN THE Auth_Service SHALL NOT start a session",
        );
        assert_eq!(
            (
                read.condition.as_str(),
                read.system.as_str(),
                read.shall.as_str(),
                read.not
            ),
            (
                "[5 sign-ins?](#d1) fail",
                "Auth_Service",
                "start a session",
                true
            )
        );
        assert_eq!(unlinked(&read.condition), "5 sign-ins fail");
        assert_eq!(
            read.step(),
            "Never start a session when [5 sign-ins?](#d1) fail"
        );
        assert_eq!(Sentence::read("Alles geht").shall, "Alles geht");
    }
}
