//! Values that nobody stated. In a text one stands as a mark until the ids are known.

const MARK: char = '\u{1}';

/// A value to be decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Open {
    /// What tells it from others, such as `sign-in/failures`.
    pub key: String,
    /// The question.
    pub ask: String,
    /// Two to four answers, the recommended one first.
    pub choices: Vec<String>,
}

/// The open decisions of a draft.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Decisions {
    all: Vec<Open>,
}

impl Decisions {
    /// The mark that stands for a decision in a text. The same key gives the same mark.
    pub fn mark(&mut self, key: &str, ask: &str, choices: &[String]) -> String {
        let at = self
            .all
            .iter()
            .position(|open| open.key == key)
            .unwrap_or_else(|| {
                // Ticks and brackets are the marks of a decision's own line.
                let plain = |text: &str| text.replace(['`', '[', ']'], "").replace('|', "/");
                self.all.push(Open {
                    key: key.to_owned(),
                    ask: plain(ask),
                    choices: choices.iter().map(|choice| plain(choice)).collect(),
                });
                self.all.len() - 1
            });
        format!("{MARK}{at}{MARK}")
    }

    /// The decisions whose marks a text holds, by place in the list.
    fn marks(text: &str) -> impl Iterator<Item = usize> + '_ {
        text.split(MARK)
            .skip(1)
            .step_by(2)
            .filter_map(|number| number.parse().ok())
    }

    /// Replaces the marks of a text by the first choices, as plain text.
    pub fn plain(&self, text: &str) -> String {
        self.replace(text, |at| {
            self.all
                .get(at)
                .map_or_else(String::new, |open| open.choices[0].clone())
        })
    }

    /// Numbers the decisions in the order in which the texts use them.
    pub fn number(&self, texts: &[(String, String)]) -> Numbered<'_> {
        let mut order: Vec<(usize, Vec<String>)> = Vec::new();
        for (id, text) in texts {
            for at in Self::marks(text) {
                match order.iter_mut().find(|(known, _)| *known == at) {
                    Some((_, ids)) if ids.contains(id) => {}
                    Some((_, ids)) => ids.push(id.clone()),
                    None => order.push((at, vec![id.clone()])),
                }
            }
        }
        Numbered {
            decisions: self,
            order,
        }
    }

    fn replace(&self, text: &str, with: impl Fn(usize) -> String) -> String {
        text.split(MARK)
            .enumerate()
            .map(|(at, part)| {
                if at % 2 == 0 {
                    part.to_owned()
                } else {
                    part.parse().map_or_else(|_| String::new(), &with)
                }
            })
            .collect()
    }
}

/// Decisions with their numbers.
#[derive(Debug)]
pub struct Numbered<'a> {
    decisions: &'a Decisions,
    order: Vec<(usize, Vec<String>)>,
}

impl Numbered<'_> {
    /// A text with its marks as links.
    pub fn link(&self, text: &str) -> String {
        self.decisions.replace(text, |at| {
            let number = self
                .order
                .iter()
                .position(|(known, _)| *known == at)
                .map_or(0, |n| n + 1);
            self.decisions.all.get(at).map_or_else(String::new, |open| {
                format!("[{}?](#d{number})", open.choices[0])
            })
        })
    }

    /// The lines of the section, without its heading.
    pub fn lines(&self) -> Vec<String> {
        self.order
            .iter()
            .enumerate()
            .filter_map(|(at, (index, ids))| {
                let open = self.decisions.all.get(*index)?;
                let choices: Vec<String> = open
                    .choices
                    .iter()
                    .map(|choice| format!("`{choice}`"))
                    .collect();
                Some(format!(
                    "- **D{}** {} {} ({})",
                    at + 1,
                    open.ask,
                    choices.join(" | "),
                    ids.join(", ")
                ))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_text() {
        let mut decisions = Decisions::default();
        let first = decisions.mark("a", "How many?", &["1 x".to_owned(), "2 x".to_owned()]);
        let second = decisions.mark("b", "How long?", &["1 s".to_owned(), "2 s".to_owned()]);
        let texts = [
            ("1.1".to_owned(), format!("wait {second}")),
            ("1.2".to_owned(), format!("{first} after {second}")),
        ];
        let numbered = decisions.number(&texts);
        assert_eq!(numbered.link(&texts[1].1), "[1 x?](#d2) after [1 s?](#d1)");
        assert_eq!(
            numbered.lines(),
            [
                "- **D1** How long? `1 s` | `2 s` (1.1, 1.2)",
                "- **D2** How many? `1 x` | `2 x` (1.2)"
            ]
        );
        assert_eq!(decisions.plain(&texts[1].1), "1 x after 1 s");
    }
}
