//! Numbers of the prompt that answer a question of the catalogue, so that nobody is asked what was said.

use std::collections::BTreeSet;

use rutter_catalogue::words::{has_phrase, stem, stems};
use rutter_catalogue::{Class, Decision};

use super::criteria::content;
use crate::prompt::names::{self, Amount};
use crate::prompt::{Prompt, lexicon, things};

/// A number with the words of the wish that states it.
#[derive(Debug, Clone)]
pub struct Told {
    /// The number and its unit.
    pub amount: Amount,
    /// What else the wish speaks of, stemmed.
    words: BTreeSet<String>,
}

/// Every number that the wishes of a prompt state.
pub fn told(prompt: &Prompt) -> Vec<Told> {
    let mut out = Vec::new();
    let mut before = BTreeSet::new();
    for want in &prompt.wants {
        let text = match &want.trigger {
            Some((_, condition)) => format!("{condition}. {}", want.text),
            None => want.text.clone(),
        };
        let mut words = content(&text);
        // "max 3, for 10 minutes" is said of what stands in front.
        if want.fragment || want.goes_on {
            words.extend(before.iter().cloned());
        }
        out.extend(
            names::amounts(&text)
                .into_iter()
                .chain(single(&text))
                .map(|amount| Told {
                    amount,
                    words: words.clone(),
                }),
        );
        before = words;
    }
    out
}

/// "For a day" states a time as "for 1 day" does.
fn single(text: &str) -> Option<Amount> {
    let words: Vec<String> = rutter_catalogue::words::words(text);
    words.windows(3).find_map(|three| {
        let [before, article, unit] = three else {
            return None;
        };
        let span = ["for", "within", "after"].contains(&before.as_str())
            && ["a", "an"].contains(&article.as_str())
            && is_time(&stem(unit))
            && !lexicon::is_plural(unit);
        span.then(|| Amount {
            number: "1".to_owned(),
            unit: vec![unit.clone()],
            per: None,
            limit: false,
        })
    })
}

/// A class's sentence with the sizes that the prompt limits in place of its own: "max 20 MB" beats "50 MB".
pub fn with_limits(sentence: &str, told: &[Told]) -> String {
    let sizes = ["kb", "mb", "gb", "tb"];
    let mut words: Vec<String> = sentence.split(' ').map(str::to_owned).collect();
    for one in told.iter().filter(|one| {
        one.amount.limit
            && one
                .amount
                .unit
                .first()
                .is_some_and(|unit| sizes.contains(&unit.as_str()))
    }) {
        for at in 1..words.len() {
            let unit = words[at].trim_end_matches([',', '.']).to_lowercase();
            let number = words[at - 1]
                .chars()
                .all(|c| c.is_ascii_digit() || c == ',')
                && !words[at - 1].is_empty();
            if number && Some(&unit) == one.amount.unit.first() {
                words[at - 1].clone_from(&one.amount.number);
            }
        }
    }
    words.join(" ")
}

/// What the prompt says to a decision: a number, or the file kinds it names.
pub fn value(
    class: &Class,
    decision: &Decision,
    sentence: &str,
    told: &[Told],
    kinds: &[String],
) -> Option<String> {
    of_kinds(decision, kinds).or_else(|| {
        told.iter()
            .find(|one| answers(class, decision, sentence, one))
            .and_then(|one| written(decision, &one.amount))
    })
}

/// Whether a number answers a decision. Its unit must be one that the decision listens to; a time says too little by
/// itself, so the wish must speak of the same thing too.
pub fn answers(class: &Class, decision: &Decision, sentence: &str, one: &Told) -> bool {
    let unit = stems(&one.amount.unit.join(" "));
    // "From how many rows on …" asks for a threshold; "at most 10,000 rows" states a limit.
    if one.amount.limit && decision.ask.starts_with("From ") {
        return false;
    }
    let Some(heard) = decision
        .stated
        .iter()
        .find(|wanted| has_phrase(&unit, wanted))
    else {
        return false;
    };
    if !is_time(&stem(heard)) {
        return true;
    }
    let about = content(&format!("{} {} {}", decision.ask, sentence, class.thing));
    one.words
        .iter()
        .any(|word| !is_time(word) && about.contains(word))
}

fn is_time(word: &str) -> bool {
    [
        "second",
        "minut",
        "hour",
        "day",
        "week",
        "month",
        "year",
        "ms",
        "millisecond",
    ]
    .contains(&word)
}

/// The number in the manner of the decision's own choices.
fn written(decision: &Decision, amount: &Amount) -> Option<String> {
    let choice = decision.choices.first()?;
    let rest = choice
        .split_once(' ')
        .filter(|(number, _)| number.starts_with(|c: char| c.is_ascii_digit()))
        .map(|(_, rest)| rest);
    let own = stem(amount.unit.first()?);
    let shared = rest.is_some_and(|rest| stems(rest).contains(&own));
    let count = ["attempt", "tri", "try", "failur", "tim", "fail"].contains(&own.as_str());
    Some(match (rest, &amount.per) {
        (Some(rest), Some(per)) if rest.starts_with("per ") => format!("{} {per}", amount.number),
        (Some(rest), _) if (shared || count) && !is_time(&own) => {
            format!("{} {rest}", amount.number)
        }
        (_, Some(per)) => format!("{} {} {per}", amount.number, amount.unit[0]),
        _ => format!("{} {}", amount.number, amount.unit[0]),
    })
}

/// The file kinds that the prompt names, where a decision asks for kinds.
fn of_kinds(decision: &Decision, named: &[String]) -> Option<String> {
    let choice = decision.choices.first()?;
    let asks = choice
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| things::is_format(word))
        .count()
        >= 2;
    let (last, front) = named.split_last().filter(|_| asks)?;
    let noun = choice
        .rsplit(' ')
        .next()
        .filter(|noun| lexicon::is_plural(noun))
        .unwrap_or("files");
    let list = if front.is_empty() {
        last.clone()
    } else {
        format!("{} and {last}", front.join(", "))
    };
    Some(format!("{list} {noun}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(prompt: &str, class: &str, decision: &str) -> Option<String> {
        let catalogue = rutter_catalogue::Catalogue::builtin();
        let class = catalogue.class(class).unwrap();
        let decision = class.decision(decision).unwrap();
        let sentence = class
            .criteria
            .iter()
            .find(|c| c.text.contains(&format!("{{?{}}}", decision.id)))
            .unwrap();
        value(
            class,
            decision,
            &sentence.text,
            &told(&crate::prompt::read(prompt)),
            &[],
        )
    }

    #[test]
    fn a_number_answers_what_it_speaks_of() {
        assert_eq!(
            answer("Lock the account after 3 attempts", "sign-in", "failures").as_deref(),
            Some("3 failed sign-ins")
        );
        assert_eq!(
            answer(
                "Lock the badge after 3 wrong PINs for 10 minutes",
                "sessions",
                "idle"
            ),
            None
        );
        assert_eq!(
            answer(
                "Sessions must end after 20 minutes without activity",
                "sessions",
                "idle"
            )
            .as_deref(),
            Some("20 minutes")
        );
        assert_eq!(
            answer(
                "Customers can export orders as CSV, max 10,000 rows",
                "export",
                "large"
            ),
            None
        );
        assert_eq!(
            answer(
                "Limit the API to 60 requests per minute per key",
                "rate-limits",
                "rate"
            )
            .as_deref(),
            Some("60 per minute")
        );
    }
}
