//! A criterion is not written in EARS.
//!
//! EARS gives each criterion one shape: an optional trigger (`WHEN`, `WHILE`, `WHERE`, `IF … THEN`), the system, and
//! `SHALL`. Then everyone reads the same, and it can be traced and tested. *Should* and *will* bind nobody. Where most of a
//! document is written in another style, it is said once. Of a bugfix, what the system does today need not be EARS. Nothing
//! is said in languages other than English, German, Japanese and Chinese.
//!
//! ```markdown
//! 2. The page should show the balance      <- THE Page SHALL show the balance
//! ```

use rutter_text::Edit;
use rutter_text::rule::docs;

use super::{Check, Context, Level, Reads, Rule, Sink};
use crate::wording::lack::{Lack, is_note};
use crate::{Criterion, Requirement};

pub(super) const RULE: Rule = Rule {
    code: "requirement/not-ears",
    default: Level::Info,
    docs: docs!("requirement_not_ears.rs"),
    check: Some(Check::new(Reads::WANTED, check)),
};

/// From how many on a style is spoken of once.
const STYLE: usize = 4;

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some((document, wanted)) = context.spec.wanted() else {
        return;
    };
    let text = wanted.source.text();
    let judged: Vec<&Requirement> = wanted.wanted().collect();
    let all = || judged.iter().flat_map(|r| &r.criteria);
    let found: Vec<(&Criterion, &Lack)> = all()
        .filter_map(|c| Some((c, c.facts().lack.as_ref()?)))
        .collect();
    if found.is_empty() {
        return;
    }
    let capitals = all().filter(|c| c.text.contains("SHALL")).count() * 2 >= all().count();
    let file = document.file_name();
    let unbound = all().filter(|c| !c.binds()).count();
    if unbound >= STYLE && unbound * 2 > all().count() {
        let Some((first, _)) = found.first() else {
            return;
        };
        let message = format!(
            "{unbound} of {} criteria here are not in EARS, such as this one: say when (WHEN, WHILE, WHERE, IF), who, and what they SHALL do.",
            all().count()
        );
        sink.add(file, sink.finding(first.body.clone(), message));
        return;
    }
    for (criterion, Lack { weak }) in found {
        if weak.is_none() && is_note(&criterion.text) {
            continue;
        }
        let place = weak.clone().map(|range| criterion.place(text, range));
        let finding = match place {
            Some(place) => {
                let word = &text[place.clone()];
                let new = match (word, capitals) {
                    ("sollte", _) => "muss",
                    ("sollten", _) => "müssen",
                    (_, true) => "SHALL",
                    _ => "shall",
                };
                sink.finding(
                    place.clone(),
                    format!("\"{word}\" binds nobody: a criterion in EARS says {new}."),
                )
                .fix(format!("Change to {new}"), vec![Edit::replace(place, new)])
            }
            None => sink.finding(
                criterion.body.clone(),
                "This criterion is not in EARS: say when (WHEN, WHILE, WHERE, IF), who, and what they SHALL do.",
            ),
        };
        sink.add(file, finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{criteria, everywhere};
    use super::RULE;

    #[test]
    fn a_weak_verb_can_be_made_to_bind() {
        assert_eq!(
            criteria(
                RULE.code,
                &["THE A SHALL b", "The page should show the balance"]
            ),
            [
                "requirements.md|should|\"should\" binds nobody: a criterion in EARS says SHALL.|Change to SHALL → 2. The page SHALL show the balance"
            ]
        );
        assert_eq!(
            criteria(RULE.code, &["Das System sollte den Namen zeigen"])[0],
            "requirements.md|sollte|\"sollte\" binds nobody: a criterion in EARS says muss.|Change to muss → 1. Das System muss den Namen zeigen"
        );
    }

    #[test]
    fn a_criterion_without_response_is_found() {
        assert_eq!(
            criteria(RULE.code, &["THE A SHALL b", "Search of all the orders"]),
            [
                "requirements.md|Search of all the orders|This criterion is not in EARS: say when (WHEN, WHILE, WHERE, IF), who, and what they SHALL do."
            ]
        );
        for criterion in [
            "高速な検索とフィルタ機能",
            "快速搜索功能",
            "Suche nach der Bestellung und dem Kunden",
        ] {
            assert_eq!(criteria(RULE.code, &[criterion]).len(), 1, "{criterion}");
        }
    }

    #[test]
    fn ears_of_every_kind_and_language_is_fine() {
        for criterion in [
            "THE Limiter SHALL reject the sixth",
            "WHEN five attempts fail, THE Limiter SHALL reject it",
            "WHILE blocked, THE Limiter SHALL return 429",
            "WHERE a bypass is set, THE Limiter SHALL skip it",
            "IF the store is down, THEN THE Limiter SHALL log it",
            "WHILE signed in, WHEN the token ends, THE Client SHALL renew it",
            "When the page loads then the browser shall show the list",
            "The response must be valid",
            "WENN der Nutzer sich anmeldet, MUSS das System ihn begrüßen",
            "Das System soll den Namen zeigen",
            "ユーザーが保存した時、システムは一覧を表示する",
            "システムは一覧を表示すること（最大10件）",
            "当用户登录时，系统应记录日志",
            "CUANDO el usuario entra, el sistema muestra la lista",
            "사용자가 로그인하면 시스템은 목록을 표시한다",
        ] {
            assert_eq!(criteria(RULE.code, &[criterion]), [""; 0], "{criterion}");
        }
    }

    #[test]
    fn a_note_among_criteria_is_left_alone() {
        let note = "**Going further:** the weights are left for a later version";
        assert_eq!(criteria(RULE.code, &["THE A SHALL b", note]), [""; 0]);
        assert_eq!(criteria(RULE.code, &[note; 4]).len(), 1);
    }

    #[test]
    fn another_style_is_spoken_of_once() {
        let found = criteria(RULE.code, &["The user can sign in with a password"; 7]);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("7 of 7 criteria"), "{found:?}");
    }

    #[test]
    fn a_bug_is_told_as_it_is() {
        let text = "# Bugfix\n\n## Bug Analysis\n\n### Current Behavior (Defect)\n\n1.1 WHEN the second is 59 THEN the system clears the count\n\n### Expected Behavior (Correct)\n\n2.1 WHEN the second is 59 THEN the system SHALL keep the count\n\n2.2 WHEN the second is 58 THEN the system should keep it\n\n2.3 WHEN it is 57 THEN the system SHALL keep it\n";
        assert_eq!(
            everywhere(RULE.code, &[("bugfix.md", text)]),
            [
                "bugfix.md|should|\"should\" binds nobody: a criterion in EARS says SHALL.|Change to SHALL → 2.2 WHEN the second is 58 THEN the system SHALL keep it"
            ]
        );
    }
}
