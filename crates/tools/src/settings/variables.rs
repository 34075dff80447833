//! `${NAME}` in a declaration: filled in only where the user approved the name.

use std::ops::Range;

/// The variables that may be filled in, with their values.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variables(Vec<(String, Option<String>)>);

/// Why a variable could not be filled in.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VariableError {
    /// The user did not approve it.
    #[error(
        "The variable {0} is not approved: add it to `approvedVariables` under `[mcp]` in your config.toml."
    )]
    NotApproved(String),
    /// It is approved and has no value.
    #[error("The variable {0} is not set: set it in the environment Rutter runs in.")]
    Unset(String),
}

impl Variables {
    /// The approved names and what `value` says of each.
    pub fn new(
        approved: impl IntoIterator<Item = String>,
        value: impl Fn(&str) -> Option<String>,
    ) -> Self {
        Self(
            approved
                .into_iter()
                .map(|name| {
                    let value = value(&name);
                    (name, value)
                })
                .collect(),
        )
    }

    /// Whether the user approved this name.
    pub fn approved(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| n == name)
    }

    /// The approved names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(n, _)| n.as_str())
    }

    /// The text with every `${NAME}` filled in; what a value holds is not looked at again.
    pub fn expand(&self, text: &str) -> Result<String, VariableError> {
        let mut out = String::with_capacity(text.len());
        let mut at = 0;
        for (range, name) in names(text) {
            let Some((_, value)) = self.0.iter().find(|(n, _)| n == name) else {
                return Err(VariableError::NotApproved(name.to_owned()));
            };
            let Some(value) = value else {
                return Err(VariableError::Unset(name.to_owned()));
            };
            out.push_str(&text[at..range.start]);
            out.push_str(value);
            at = range.end;
        }
        out.push_str(&text[at..]);
        Ok(out)
    }
}

/// Each `${NAME}` of a text: its bytes and the name.
pub fn names(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    text.match_indices("${").filter_map(|(start, _)| {
        let inner = &text[start + 2..];
        let name = &inner[..inner.find('}')?];
        let head = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        let tail = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        (head && tail).then(|| (start..start + 3 + name.len(), name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_approved_variables_are_filled_in_and_once() {
        let variables =
            Variables::new(
                ["A".to_owned(), "B".to_owned(), "E".to_owned()],
                |name| match name {
                    "A" => Some("${SECRET}".to_owned()),
                    "E" => Some(String::new()),
                    _ => None,
                },
            );
        assert_eq!(
            variables.expand("é${A}-${A}!${E}").unwrap(),
            "é${SECRET}-${SECRET}!"
        );
        assert_eq!(
            variables.expand("x ${B}"),
            Err(VariableError::Unset("B".into()))
        );
        assert_eq!(
            variables.expand("${SECRET}"),
            Err(VariableError::NotApproved("SECRET".into()))
        );
        for literal in ["$A", "${}", "${1A}", "${a b}", "${env:A}", "${", "a$"] {
            assert_eq!(variables.expand(literal).as_deref(), Ok(literal));
        }
    }
}
