//! A criterion lets whoever builds it out.
//!
//! *Where possible*, *if necessary* or *as needed* say that the requirement need not be met, without saying when. Name the
//! condition, in EARS as an opener of its own (`WHERE …`, `IF … THEN`), or drop the words. Remarks in brackets, quotations
//! and languages other than English, German, Japanese and Chinese are left alone.
//!
//! ```markdown
//! 3. THE Exporter SHALL keep the file name where possible      <- when is it not possible?
//! ```

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::wording::Kind;
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "requirement/escape-clause",
    default: Level::Hint,
    docs: docs!("requirement_escape_clause.rs"),
    check: Some(Check::new(Reads::WANTED, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some((document, wanted)) = context.spec.wanted() else {
        return;
    };
    let text = wanted.source.text();
    for (_, range) in super::hits(text, wanted).filter(|(kind, _)| *kind == Kind::Escape) {
        let words = super::phrase(text, &range);
        let message = format!(
            "\"{words}\" says that this need not be met: name the condition, or drop the words."
        );
        sink.add(document.file_name(), sink.finding(range, message));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::criteria;
    use super::RULE;

    #[test]
    fn a_way_out_is_found() {
        assert_eq!(
            criteria(RULE.code, &["THE A SHALL keep the name where\n   possible"]),
            [
                "requirements.md|where\n   possible|\"where possible\" says that this need not be met: name the condition, or drop the words."
            ]
        );
        for criterion in [
            "Das System muss, falls möglich, den Namen behalten",
            "必要に応じて、システムは通知すること",
            "必要时，系统应发送通知",
        ] {
            assert_eq!(criteria(RULE.code, &[criterion]).len(), 1, "{criterion}");
        }
    }

    #[test]
    fn remarks_and_conditions_are_left_alone() {
        for criterion in [
            "THE A SHALL show the author (if applicable)",
            "WHERE a bypass is set, THE A SHALL skip it",
            "THE A SHALL print \"as needed\"",
        ] {
            assert_eq!(criteria(RULE.code, &[criterion]), [""; 0], "{criterion}");
        }
    }
}
