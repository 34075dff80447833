//! A quantity that nobody counted ("too many failures") gets the decision that counts it, and a question of the prompt
//! about the same quantity is that decision.

use super::decide::Decisions;
use crate::prompt::answers;

const VAGUE: [&str; 2] = ["too many ", "so many "];

/// Puts a decision in the place of an uncounted quantity. `questions` are those of the prompt.
pub fn settle(text: &str, questions: &[String], decisions: &mut Decisions) -> String {
    for cue in VAGUE {
        let Some(at) = text
            .find(cue)
            .filter(|at| text[..*at].matches('"').count().is_multiple_of(2))
        else {
            continue;
        };
        let rest = &text[at + cue.len()..];
        let noun: String = rest
            .chars()
            .take_while(|c| c.is_alphabetic() || *c == '-')
            .collect();
        if noun.len() < 3 || !crate::prompt::lexicon::is_plural(&noun) {
            continue;
        }
        let asked = questions.iter().find(|question| asks(question, &noun));
        let ask = asked.map_or_else(
            || format!("How many {noun} are too many?"),
            |question| super::title::capital(&question.replace(['`', '|'], "'")),
        );
        let choices = asked.map_or_else(
            || {
                vec![
                    format!("5 {noun}"),
                    format!("10 {noun}"),
                    format!("3 {noun}"),
                ]
            },
            |question| answers::choices(question),
        );
        let mark = decisions.mark(&format!("many/{noun}"), &ask, &choices);
        return format!("{}more than {mark}{}", &text[..at], &rest[noun.len()..]);
    }
    text.to_owned()
}

/// Whether a question of the prompt asks how many of these there may be.
pub fn asks(question: &str, noun: &str) -> bool {
    let lower = question.to_lowercase();
    lower.starts_with("how many ")
        && lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == noun)
}

/// Whether a question is answered by a decision that stands in these texts.
pub fn is_settled(question: &str, wanted: &[&str]) -> bool {
    wanted.iter().any(|text| {
        VAGUE.iter().any(|cue| {
            text.split(cue).skip(1).any(|rest| {
                let noun: String = rest
                    .chars()
                    .take_while(|c| c.is_alphabetic() || *c == '-')
                    .collect();
                noun.len() >= 3 && asks(question, &noun)
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_uncounted_quantity_is_linked_to_its_question() {
        let mut decisions = Decisions::default();
        let questions = ["How many failures are too many?".to_owned()];
        let text = settle(
            "WHEN too many failures happen, THE App SHALL block it",
            &questions,
            &mut decisions,
        );
        assert!(!text.contains("too many"));
        assert_eq!(
            decisions.plain(&text),
            "WHEN more than 10 failures happen, THE App SHALL block it"
        );
        assert!(is_settled(&questions[0], &["too many failures happen"]));
        assert!(!is_settled(
            "How many rows fit?",
            &["too many failures happen"]
        ));
        assert_eq!(settle("too many", &[], &mut decisions), "too many");
    }
}
