//! What each word is, for colours: ids, EARS keywords, the binding verb, terms, decisions, tasks that are done.

use std::ops::Range;

use super::naming::{names, parts};
use super::references::uses_in;
use crate::{Document, Mark, Spec, decisions, ears};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// The id of a requirement, criterion, property or task.
    Id,
    /// An EARS keyword: `WHEN`, `WHILE`, `IF`, `THEN`, `WHERE`.
    Keyword,
    /// The binding verb: `SHALL`.
    Verb,
    /// A glossary term.
    Term,
    /// An open decision.
    Decision,
    /// The title of a task that is done.
    Done,
}

/// Some bytes of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The bytes.
    pub range: Range<usize>,
    /// What they are.
    pub kind: TokenKind,
    /// Whether the thing is defined here.
    pub is_definition: bool,
}

/// The tokens that touch `within`, in order; none overlaps another and none crosses a line.
pub fn tokens(spec: &Spec, document: Document, within: &Range<usize>) -> Vec<Token> {
    let Some(parts) = parts(spec, document) else {
        return Vec::new();
    };
    let text = parts.text;
    let mut found: Vec<Token> = Vec::new();
    let mut add = |range: Range<usize>, kind: TokenKind, is_definition: bool| {
        let touches = range.start < within.end && within.start < range.end;
        if touches && !text[range.clone()].contains(['\n', '\r']) {
            found.push(Token {
                range,
                kind,
                is_definition,
            });
        }
    };
    // Where two overlap, the one that is added first stays.
    if document == Document::Tasks {
        for task in parts.tasks {
            add(task.number_range.clone(), TokenKind::Id, true);
            if task.mark == Mark::Done {
                add(task.title_range.clone(), TokenKind::Done, false);
            }
        }
    }
    for name in names(spec, document, None) {
        add(name.range, TokenKind::Id, false);
    }
    if document == Document::Design {
        for property in spec.design.iter().flat_map(|d| &d.properties) {
            add(property.number_range.clone(), TokenKind::Id, true);
            keywords(text, &property.range, &mut add);
        }
    }
    if let Some((_, wanted)) = spec.wanted().filter(|(wanted, _)| *wanted == document) {
        for requirement in &wanted.requirements {
            add(requirement.id_range.clone(), TokenKind::Id, true);
            for criterion in &requirement.criteria {
                if text[criterion.marker.clone()].contains(|c: char| c.is_ascii_digit()) {
                    add(criterion.marker.clone(), TokenKind::Id, true);
                }
                keywords(text, &criterion.body, &mut add);
            }
        }
        for term in &wanted.terms {
            add(term.name_range.clone(), TokenKind::Term, true);
        }
    }
    for (own, decision) in spec.decisions() {
        if own == document {
            add(decision.id_range.clone(), TokenKind::Decision, true);
        }
        for (place, _) in decisions::places(text, &decision.id) {
            add(place, TokenKind::Decision, false);
        }
    }
    for used in uses_in(spec, document, None) {
        add(used.range, TokenKind::Term, false);
    }
    apart(found)
}

fn keywords(text: &str, body: &Range<usize>, add: &mut dyn FnMut(Range<usize>, TokenKind, bool)) {
    let sentence = &text[body.clone()];
    for keyword in ears::read(sentence).keywords {
        let word = &sentence[keyword.clone()];
        let verb = ["SHALL", "MUST", "MUSS"]
            .iter()
            .any(|v| word.eq_ignore_ascii_case(v));
        let kind = if verb {
            TokenKind::Verb
        } else {
            TokenKind::Keyword
        };
        add(
            body.start + keyword.start..body.start + keyword.end,
            kind,
            false,
        );
    }
}

/// Leaves out what overlaps an earlier one, and sorts.
fn apart(found: Vec<Token>) -> Vec<Token> {
    let mut order: Vec<(usize, Token)> = found
        .into_iter()
        .filter(|t| !t.range.is_empty())
        .enumerate()
        .collect();
    order.sort_by_key(|(age, t)| (t.range.start, *age));
    let mut kept: Vec<(usize, Token)> = Vec::with_capacity(order.len());
    for (age, token) in order {
        while let Some((other, _)) =
            kept.pop_if(|(other, last)| last.range.end > token.range.start && *other > age)
        {
            debug_assert!(other > age);
        }
        if kept
            .last()
            .is_none_or(|(_, last)| last.range.end <= token.range.start)
        {
            kept.push((age, token));
        }
    }
    kept.into_iter().map(|(_, token)| token).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::spec_of;
    use super::*;

    fn shown(document: Document) -> String {
        let requirements = "- x\n\n## Glossary\n\n- **Limiter**: counts\n\n### Requirement 1: A 🚀\n\n1. WHEN [5 tries?](#d1) fail, THE Limiter SHALL lock\n\n## Open Decisions\n\n- **D1** How many? `5` | `3` (1.1)\n";
        let spec = spec_of(&[
            (Document::Requirements, requirements),
            (
                Document::Design,
                "### Property 1: P\n\n*For any* x the Limiter SHALL y\n\n**Validates: Requirements 1.1**\n",
            ),
            (
                Document::Tasks,
                "- [x] 1. Limiter of task 2\n- [ ] 2. Limiter\n  - _Requirements: 1.1-1.2_\n",
            ),
        ]);
        let text = spec.source(document).map_or("", |s| s.text());
        let tokens = tokens(&spec, document, &(0..text.len()));
        for pair in tokens.windows(2) {
            assert!(pair[0].range.end <= pair[1].range.start);
        }
        let each = tokens.into_iter().map(|t| {
            let kind = format!("{:?}", t.kind);
            let mark = if t.is_definition { "=" } else { ":" };
            format!("{}{mark}{}", &kind[..1], &text[t.range])
        });
        each.collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn every_kind() {
        assert_eq!(
            shown(Document::Requirements),
            "T=Limiter | I=1 | I=1. | K:WHEN | D:[5 tries?](#d1) | T:Limiter | V:SHALL | D=D1 | I:1.1"
        );
        assert_eq!(shown(Document::Design), "I=1 | T:Limiter | V:SHALL | I:1.1");
        assert_eq!(
            shown(Document::Tasks),
            "I=1 | D:Limiter of task 2 | I=2 | T:Limiter | I:1.1-1.2"
        );
    }
}
