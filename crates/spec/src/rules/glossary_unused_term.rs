//! The glossary defines a term that the spec never uses.
//!
//! Either it is left over, or the sentences call the same thing by another name. A term counts as used when any document of
//! the spec names it, in singular or plural, with underscores or spaces, or when another definition does.
//!
//! ```markdown
//! ## Glossary
//!
//! - **Rate_Limiter**: counts attempts per account      <- everywhere else it is "the limiter service"
//! ```

use rutter_text::Edit;
use rutter_text::rule::docs;

use super::{Check, Context, Level, Reads, Rule, Sink, terms};

pub(super) const RULE: Rule = Rule {
    code: "glossary/unused-term",
    default: Level::Hint,
    docs: docs!("glossary_unused_term.rs"),
    check: Some(Check::new(Reads::DOCUMENTS, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some((document, wanted)) = context.spec.wanted() else {
        return;
    };
    // Before anything is asked for, a glossary is a beginning.
    if wanted.terms.is_empty() || wanted.criteria().next().is_none() {
        return;
    }
    let text = wanted.source.text();
    for term in terms::unused(context, wanted) {
        let outline = &wanted.outline;
        let lines = outline.line_at(term.range.start)..outline.line_at(term.range.end) + 1;
        let finding = sink
            .finding(
                term.name_range.clone(),
                format!("The spec never uses the term \"{}\".", term.name),
            )
            .fix(
                format!("Remove {} from the glossary", term.name),
                vec![Edit::delete(outline.bytes(lines, text))],
            );
        sink.add(document.file_name(), finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    fn found(glossary: &str, criterion: &str) -> Vec<String> {
        let text = format!(
            "# R\n\n## Glossary\n\n{glossary}\n\n## Requirements\n\n### Requirement 1: R\n\n#### Acceptance Criteria\n\n1. {criterion}\n"
        );
        everywhere(
            RULE.code,
            &[
                ("requirements.md", &text),
                ("tasks.md", "- [ ] 1. Build the token_cache\n"),
            ],
        )
    }

    #[test]
    fn a_term_that_nobody_uses() {
        assert_eq!(
            found(
                "- **Limiter**: counts\n- **Old_Store**: kept\n  things",
                "THE Limiter SHALL count"
            ),
            [
                "requirements.md|Old_Store|The spec never uses the term \"Old_Store\".|Remove Old_Store from the glossary → "
            ]
        );
        assert_eq!(found("- **限流器**: 计数", "系统应计数").len(), 1);
    }

    #[test]
    fn every_form_of_a_term_is_a_use() {
        for (term, criterion) in [
            ("Rate_Limiter", "THE rate limiter SHALL count"),
            ("Rate Limiter", "THE RateLimiter SHALL count"),
            ("Policy", "THE A SHALL read all policies"),
            ("Token_Cache", "THE A SHALL count"),
            ("Model Context Protocol (MCP)", "THE A SHALL speak MCP"),
            ("Box / Crate", "THE A SHALL open crates"),
            ("`parse()`", "THE A SHALL call parse"),
            ("限流器", "限流器应计数"),
            ("Message_Service（私信服务）", "Message_Service 应发送"),
        ] {
            assert_eq!(
                found(&format!("- **{term}**: x"), criterion),
                [""; 0],
                "{term}"
            );
        }
        assert_eq!(
            found("- **A**: uses the B\n- **B**: x", "THE A SHALL count"),
            [""; 0]
        );
    }
}
