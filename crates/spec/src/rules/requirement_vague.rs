//! A criterion asks for something that nobody can test.
//!
//! Words such as *appropriate*, *fast* or *user-friendly*, and lists that end in *etc.*, mean something else to everyone who
//! reads them. Write the number, the limit or the list that is meant. Nothing is said where brackets or a colon behind the
//! word say it, in code, in quotations, and in languages other than English, German, Japanese and Chinese.
//!
//! ```markdown
//! 2. WHEN a search runs, THE Search_Service SHALL respond quickly      <- within how many milliseconds?
//! ```

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::wording::Kind;
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "requirement/vague",
    default: Level::Hint,
    docs: docs!("requirement_vague.rs"),
    check: Some(Check::new(Reads::WANTED, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some((document, wanted)) = context.spec.wanted() else {
        return;
    };
    let text = wanted.source.text();
    for (kind, range) in super::hits(text, wanted) {
        let word = super::phrase(text, &range);
        let message = match kind {
            Kind::Vague => format!("No test can tell when \"{word}\" is met: say what is meant."),
            Kind::OpenEnded => {
                format!("\"{word}\" leaves the list open: name all that belongs to it.")
            }
            Kind::Escape | Kind::Either => continue,
        };
        sink.add(document.file_name(), sink.finding(range, message));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::criteria;
    use super::RULE;

    #[test]
    fn words_that_no_test_can_check() {
        assert_eq!(
            criteria(
                RULE.code,
                &[
                    "WHEN asked, THE A SHALL answer quickly",
                    "THE A SHALL show names, dates, etc."
                ]
            ),
            [
                "requirements.md|quickly|No test can tell when \"quickly\" is met: say what is meant.",
                "requirements.md|etc|\"etc\" leaves the list open: name all that belongs to it."
            ]
        );
        assert_eq!(
            criteria(
                RULE.code,
                &[
                    "システムは適切なエラーを表示すること",
                    "Das System muss den Fehler schnell melden",
                    "系统应尽快返回结果"
                ]
            )
            .len(),
            3
        );
    }

    #[test]
    fn what_is_measured_quoted_or_foreign_is_left_alone() {
        for criterion in [
            "THE A SHALL answer within 200 ms",
            "THE A SHALL send appropriate headers: CSP, HSTS",
            "THE A SHALL run `fast` and print \"etc.\"",
            "THE A SHALL responder de forma fast cuando el usuario entra",
            "THE A SHALL answer fast <!-- rutter: ignore requirement/vague -->",
        ] {
            assert_eq!(criteria(RULE.code, &[criterion]), [""; 0], "{criterion}");
        }
    }
}
