//! Finding things in a spec by their ids or words.

use std::ops::Range;

use crate::{Document, Spec};

use super::SymbolKind;

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The id and what it says.
    pub name: String,
    /// What it is.
    pub kind: SymbolKind,
    /// The document.
    pub document: Document,
    /// The bytes where the cursor goes.
    pub range: Range<usize>,
    /// How well it fits; larger is better.
    pub score: u32,
}

/// The longest name, in characters.
const LONG: usize = 100;

/// A query, taken apart once.
#[derive(Clone, Debug)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Reads what was typed. Nothing typed finds requirements only.
    pub fn new(typed: &str) -> Self {
        let lower = typed.to_lowercase();
        Self {
            words: lower.split_whitespace().map(str::to_owned).collect(),
        }
    }

    /// Whether a text, in any case, could hold something that is found: a cheap look before it is read.
    pub fn may_be_in(&self, text: &str) -> bool {
        // An id is not written out where it follows from a list.
        let plain = |w: &&String| !w.contains(|c: char| c.is_ascii_digit());
        let mut words = self.words.iter().filter(plain).peekable();
        words.peek().is_none() || {
            let lower = text.to_lowercase();
            words.all(|w| w.chars().all(|c| lower.contains(c)))
        }
    }

    /// How well a name fits; nothing where it does not.
    pub fn score(&self, id: &str, name: &str) -> Option<u32> {
        let (id, name) = (id.to_lowercase(), name.to_lowercase());
        let mut score = 0;
        for word in &self.words {
            score += if *word == id {
                1000
            } else if !id.is_empty() && id.starts_with(word.as_str()) {
                500
            } else if let Some(at) = name.find(word.as_str()) {
                let begins = !name[..at].ends_with(|c: char| c.is_alphanumeric());
                if begins { 200 } else { 100 }
            } else {
                subsequence(word, &name)?
            };
        }
        Some(score)
    }
}

/// The letters of a word in order, most of them at the beginnings of words.
fn subsequence(word: &str, name: &str) -> Option<u32> {
    let mut rest = name.char_indices().peekable();
    let mut begins = 0;
    let mut before = ' ';
    let mut count = 0;
    for c in word.chars() {
        loop {
            let (_, next) = rest.next()?;
            let begin = !before.is_alphanumeric();
            before = next;
            if next == c {
                begins += u32::from(begin);
                break;
            }
        }
        count += 1;
    }
    (begins * 2 >= count).then_some(10 + begins)
}

/// What a query finds in a spec.
pub fn search(spec: &Spec, query: &Query) -> Vec<Hit> {
    let mut found = Vec::new();
    let mut add = |id: &str, name: String, kind, document, range: Range<usize>| {
        if let Some(score) = query.score(id, &name) {
            found.push(Hit {
                name: cut(name),
                kind,
                document,
                range,
                score,
            });
        }
    };
    let typed = !query.words.is_empty();
    if let Some((document, wanted)) = spec.wanted() {
        for requirement in &wanted.requirements {
            let name = format!("{} {}", requirement.label, requirement.title);
            let kind = SymbolKind::Requirement;
            add(
                &requirement.label,
                name,
                kind,
                document,
                requirement.heading.clone(),
            );
            for criterion in requirement.criteria.iter().filter(|_| typed) {
                let name = format!("{} {}", criterion.label, criterion.said());
                let kind = SymbolKind::Criterion;
                add(
                    &criterion.label,
                    name,
                    kind,
                    document,
                    criterion.range.clone(),
                );
            }
        }
        for term in wanted.terms.iter().filter(|_| typed) {
            let (kind, range) = (SymbolKind::Section, term.name_range.clone());
            add("", term.name.clone(), kind, document, range);
        }
    }
    for property in spec
        .design
        .iter()
        .flat_map(|d| &d.properties)
        .filter(|_| typed)
    {
        let name = format!("Property {}: {}", property.number, property.title);
        let (kind, range) = (SymbolKind::Property, property.heading.clone());
        add(
            &property.number.to_string(),
            name,
            kind,
            Document::Design,
            range,
        );
    }
    for task in spec.tasks.iter().flat_map(|t| &t.tasks).filter(|_| typed) {
        let number = task.number.clone().unwrap_or_default();
        let name = format!("Task {number} {}", task.title).replace("  ", " ");
        let kind = SymbolKind::Task(task.mark);
        add(
            &number,
            name,
            kind,
            Document::Tasks,
            task.title_range.clone(),
        );
    }
    found
}

fn cut(name: String) -> String {
    match name.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::spec_of;
    use super::*;

    #[test]
    fn by_id_by_words_and_by_initials() {
        let spec = spec_of(&[
            (
                Document::Requirements,
                "## Glossary\n\n- **Limiter**: x\n\n### Requirement 1: Block failures 🚀\n\n1. THE Limiter SHALL lock the account\n2. THE Limiter SHALL log\n",
            ),
            (Document::Design, "### Property 1: Never above five\n\nx\n"),
            (Document::Tasks, "- [ ] 1. Count failures\n"),
        ]);
        let names = |typed: &str| -> Vec<String> {
            let mut hits = search(&spec, &Query::new(typed));
            hits.sort_by_key(|h| std::cmp::Reverse(h.score));
            hits.into_iter().map(|h| h.name).collect()
        };
        assert_eq!(names("1.2"), ["1.2 THE Limiter SHALL log"]);
        assert_eq!(names("failures block"), ["1 Block failures 🚀"]);
        assert_eq!(names("naf"), ["Property 1: Never above five"]);
        assert_eq!(names("account"), ["1.1 THE Limiter SHALL lock the account"]);
        assert_eq!(names(""), ["1 Block failures 🚀"]);
        assert_eq!(
            names("count"),
            [
                "Task 1 Count failures",
                "1.1 THE Limiter SHALL lock the account"
            ]
        );
        assert_eq!(names("xyzzy"), Vec::<String>::new());
        assert!(Query::new("1.2").may_be_in("") && !Query::new("xyz").may_be_in("abc"));
    }
}
