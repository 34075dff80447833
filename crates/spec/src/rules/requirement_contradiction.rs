//! Two criteria cannot both be met.
//!
//! Logic alone shows it: in the same situation the same system SHALL and SHALL NOT do the same, or one sentence gives one
//! limit twice, with two numbers. Remove one of them, or say when each applies.
//!
//! ```markdown
//! 2. WHEN a card is declined, THE Shop SHALL keep the order
//! 5. WHEN a card is declined, THE Shop SHALL NOT keep the order      <- contradicts 1.2
//! ```

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use rutter_text::rule::docs;

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::Criterion;
use crate::wording::statement::Statement;

pub(super) const RULE: Rule = Rule {
    code: "requirement/contradiction",
    default: Level::Warning,
    docs: docs!("requirement_contradiction.rs"),
    check: Some(Check::new(Reads::WANTED, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some((document, wanted)) = context.spec.wanted() else {
        return;
    };
    let file = document.file_name();
    let said: Vec<(&Criterion, &Statement)> = wanted
        .wanted()
        .flat_map(|r| &r.criteria)
        .filter_map(|c| Some((c, c.facts().statement.as_ref()?)))
        .collect();
    // By situation first: few have a prohibition, and only there responses are compared.
    let mut never: HashMap<&str, HashMap<&str, usize>> = HashMap::new();
    for (i, (_, s)) in said.iter().enumerate().filter(|(_, (_, s))| s.negative) {
        let here = never.entry(&s.situation).or_default();
        here.entry(&s.response).or_insert(i);
    }
    let mut limits: HashMap<u64, usize> = HashMap::new();
    for (i, (criterion, s)) in said.iter().enumerate() {
        let here = if s.negative {
            None
        } else {
            never.get(s.situation.as_str())
        };
        let other = here.and_then(|here| s.starts().find_map(|start| here.get(start)));
        if let Some(&other) = other {
            let (other, _) = said[other];
            // The later one is the one that somebody just wrote.
            let (first, second) = if other.range.start < criterion.range.start {
                (other, *criterion)
            } else {
                (*criterion, other)
            };
            sink.add(
                file,
                sink.finding(
                    second.body.clone(),
                    format!(
                        "This contradicts {}: one says that it shall, the other that it shall not.",
                        first.label
                    ),
                )
                .related(
                    file,
                    first.body.clone(),
                    format!("Criterion {}", first.label),
                ),
            );
        }
        let Some(limit) = s.limit else { continue };
        match limits.entry(limit) {
            Entry::Vacant(free) => {
                free.insert(i);
            }
            Entry::Occupied(first) => {
                let (first, was) = &said[*first.get()];
                if let Some((old, new)) = was.other_number(s) {
                    sink.add(
                        file,
                        sink.finding(
                            criterion.body.clone(),
                            format!(
                                "This says {new} where {} says {old} for the same limit.",
                                first.label
                            ),
                        )
                        .related(
                            file,
                            first.body.clone(),
                            format!("Criterion {}", first.label),
                        ),
                    );
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::criteria;
    use super::RULE;

    #[test]
    fn shall_and_shall_not() {
        assert_eq!(
            criteria(
                RULE.code,
                &[
                    "WHEN a card is declined, THE Shop SHALL keep the order",
                    "WHEN the card is declined, THE Shop SHALL NOT keep the order."
                ]
            ),
            [
                "requirements.md|WHEN the card is declined, THE Shop SHALL NOT keep the order.|This contradicts 1.1: one says that it shall, the other that it shall not."
            ]
        );
        for (one, other) in [
            (
                "THE A SHALL never log secrets",
                "THE A SHALL log secrets to the file",
            ),
            (
                "Das System muss den Zugriff erlauben",
                "Das System darf den Zugriff nicht erlauben",
            ),
            (
                "ログアウトした時、システムは履歴を保存すること",
                "ログアウトした時、システムは履歴を保存しないこと",
            ),
            (
                "当用户退出时，系统应保存历史",
                "当用户退出时，系统不得保存历史",
            ),
        ] {
            assert_eq!(criteria(RULE.code, &[one, other]).len(), 1, "{one}");
        }
    }

    #[test]
    fn two_numbers_for_one_limit() {
        assert_eq!(
            criteria(
                RULE.code,
                &[
                    "WHEN idle, THE A SHALL end the session after 15 minutes",
                    "WHEN idle, THE A SHALL end the session after 30 minutes"
                ]
            ),
            [
                "requirements.md|WHEN idle, THE A SHALL end the session after 30 minutes|This says 30 where 1.1 says 15 for the same limit."
            ]
        );
        assert_eq!(
            criteria(
                RULE.code,
                &[
                    "WHEN five attempts fail, THE A SHALL lock the account",
                    "WHEN 10 attempts fail, THE A SHALL lock the account"
                ]
            ),
            [
                "requirements.md|WHEN 10 attempts fail, THE A SHALL lock the account|This says 10 where 1.1 says five for the same limit."
            ]
        );
        assert_eq!(
            criteria(
                RULE.code,
                &["系统应在 5 秒内返回结果", "系统应在 8 秒内返回结果"]
            )
            .len(),
            1
        );
    }

    #[test]
    fn other_ways_to_say_the_same_situation_or_limit_count() {
        for pair in [
            [
                "IF the card is declined, THEN THE Shop SHALL keep the order",
                "WHEN a card is declined, THE Shop SHALL NOT keep the order",
            ],
            [
                "WHEN the session ends, THE Shop SHALL empty the cart",
                "THE Shop SHALL NOT empty the cart WHEN the session ends.",
            ],
            [
                "THE Shop SHALL refuse files above 10 MB",
                "THE Shop SHALL refuse files above 25MB",
            ],
            [
                "THE Gate SHALL stay open for 1 minute",
                "THE Gate SHALL stay open for 5 minutes",
            ],
            [
                "THE Lock SHALL stay shut for 10 minutes IF three PINs are wrong",
                "IF three PINs are wrong, THEN THE Lock SHALL stay shut for 15 minutes",
            ],
            [
                "WHEN an account has been idle for 30 days, THE Shop SHALL send a reminder",
                "WHEN an account has been idle for 60 days, THE Shop SHALL send a reminder",
            ],
            [
                "THE API SHALL answer 99.9% of requests within 200ms",
                "THE API SHALL answer 99.9% of requests within 300 ms",
            ],
            [
                "THE Exporter SHALL never include deleted rows",
                "THE Exporter SHALL include deleted rows",
            ],
        ] {
            assert_eq!(criteria(RULE.code, &pair).len(), 1, "{pair:?}");
        }
    }

    #[test]
    fn what_can_both_be_met_is_left_alone() {
        for pair in [
            [
                "WHEN a card is declined, THE Shop SHALL keep the order",
                "WHEN a card is accepted, THE Shop SHALL NOT keep the order",
            ],
            [
                "THE A SHALL send a mail",
                "THE A SHALL NOT send a mail to blocked users",
            ],
            [
                "THE A SHALL answer reads within 200 ms",
                "THE A SHALL answer writes within 500 ms",
            ],
            [
                "WHEN a clerk hands in form 1 for a shelf, THE A SHALL store it",
                "WHEN a clerk hands in form 2 for a shelf, THE A SHALL store it",
            ],
            [
                "WHEN the status is 429, THE A SHALL retry",
                "WHEN the status is 503, THE A SHALL retry",
            ],
            [
                "WHEN attempt 1 fails, THE A SHALL wait 1 second",
                "WHEN attempt 2 fails, THE A SHALL wait 2 seconds",
            ],
            [
                "THE A SHALL end after 5 minutes",
                "THE A SHALL end after five minutes",
            ],
            [
                "THE A SHALL ring WHEN the door opens",
                "THE A SHALL NOT ring WHEN the window opens",
            ],
            [
                "WHILE idle, THE A SHALL blink",
                "WHEN idle, THE A SHALL NOT blink",
            ],
            [
                "THE A SHALL offer the 2D view",
                "THE A SHALL offer the 3D view",
            ],
            [
                "THE A SHALL draw `h1` at 20 px",
                "THE A SHALL draw `h2` at 16 px",
            ],
        ] {
            assert_eq!(criteria(RULE.code, &pair), [""; 0], "{pair:?}");
        }
    }
}
