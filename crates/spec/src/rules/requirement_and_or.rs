//! A criterion says "and/or".
//!
//! It can be read as *and* and as *or*: two people build two things. Write which one is meant, or both as *A, or B, or
//! both*.
//!
//! ```markdown
//! 1. WHEN a payment fails, THE Shop SHALL send a mail and/or show a message      <- both, or one of them?
//! ```

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::wording::Kind;
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "requirement/and-or",
    default: Level::Hint,
    docs: docs!("requirement_and_or.rs"),
    check: Some(Check::new(Reads::WANTED, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some((document, wanted)) = context.spec.wanted() else {
        return;
    };
    let text = wanted.source.text();
    for (_, range) in super::hits(text, wanted).filter(|(kind, _)| *kind == Kind::Either) {
        let words = super::phrase(text, &range);
        let message = format!("\"{words}\" has two meanings: write which one you want.");
        sink.add(document.file_name(), sink.finding(range, message));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::criteria;
    use super::RULE;

    #[test]
    fn both_meanings_at_once() {
        assert_eq!(
            criteria(
                RULE.code,
                &["THE A SHALL show a name and/or a mail address"]
            ),
            ["requirements.md|and/or|\"and/or\" has two meanings: write which one you want."]
        );
        for criterion in [
            "Das System muss Name und/oder Adresse zeigen",
            "システムは名前および/または住所を表示すること",
            "系统应显示姓名和/或地址",
        ] {
            assert_eq!(criteria(RULE.code, &[criterion]).len(), 1, "{criterion}");
        }
        assert_eq!(criteria(RULE.code, &["THE A SHALL show `and/or`"]), [""; 0]);
    }
}
