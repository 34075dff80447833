//! Wishes and class criteria as EARS sentences.

use std::collections::BTreeSet;

use rutter_catalogue::words::{stem, words};
use rutter_catalogue::{Class, Criterion};

use crate::prompt::clause::Trigger;
use crate::prompt::exclude::Exclusion;
use crate::prompt::{Want, lexicon, names};

/// A wish as an EARS sentence about a system.
pub fn ears(want: &Want, shall: &str, system: &str) -> String {
    let body = match want.not {
        // "Never during lunch" has no verb of its own to stand behind NOT.
        true if starts_with_preposition(shall) => {
            let said = crate::prompt::tell::quoted(&format!("never {shall}"));
            format!("THE {system} SHALL {said}")
        }
        true => format!("THE {system} SHALL NOT {shall}"),
        false => format!("THE {system} SHALL {shall}"),
    };
    // "When their doctor is late, let patients …": the condition comes first, so it names whose doctor.
    let owner = shall
        .strip_prefix("let ")
        .and_then(|rest| rest.split(' ').next())
        .filter(|word| lexicon::is_person(word) && lexicon::is_plural(word))
        .map(lexicon::singular);
    let trigger = want.trigger.as_ref().map(|(kind, condition)| {
        let told = owner.as_ref().map_or_else(
            || condition.clone(),
            |owner| {
                let named = format!("{} {owner}'s ", crate::prompt::article(owner));
                condition
                    .strip_prefix("their ")
                    .map_or_else(|| condition.clone(), |rest| format!("{named}{rest}"))
            },
        );
        (*kind, told)
    });
    // "Once it has arrived, let customers rate an order": the condition comes first, so it names what "it" is.
    let (trigger, body) = match trigger {
        Some((kind, condition)) if condition.starts_with("it ") => match thing_of(shall) {
            Some((written, noun)) => {
                let named = format!(
                    "{} {noun} {}",
                    crate::prompt::article(&noun),
                    &condition["it ".len()..]
                );
                (
                    Some((kind, named)),
                    body.replacen(&written, &format!(" that {noun}"), 1),
                )
            }
            None => (Some((kind, condition)), body),
        },
        other => (other, body),
    };
    match &trigger {
        None => body,
        Some((Trigger::When, condition)) => format!("WHEN {condition}, {body}"),
        Some((Trigger::If, condition)) => format!("IF {condition}, THEN {body}"),
        Some((Trigger::While, condition)) => format!("WHILE {condition}, {body}"),
    }
}

fn starts_with_preposition(shall: &str) -> bool {
    const PREPOSITIONS: [&str; 14] = [
        "during", "between", "before", "after", "on", "at", "in", "within", "outside", "for",
        "over", "under", "above", "below",
    ];
    shall
        .split(' ')
        .next()
        .is_some_and(|first| PREPOSITIONS.contains(&first))
}

/// The first thing of a phrase that has an article: " an order" and "order".
fn thing_of(shall: &str) -> Option<(String, String)> {
    const ENDS: [&str; 14] = [
        "with", "to", "for", "on", "in", "by", "from", "and", "or", "at", "as", "of", "that",
        "which",
    ];
    let words: Vec<&str> = shall.split(' ').collect();
    let at =
        (1..words.len().saturating_sub(1)).find(|at| ["a", "an", "the"].contains(&words[*at]))?;
    let noun: Vec<&str> = words[at + 1..]
        .iter()
        .copied()
        .take_while(|word| !ENDS.contains(word))
        .take(3)
        .collect();
    let noun = noun.join(" ");
    let plain = !noun.is_empty()
        && noun
            .chars()
            .all(|c| c.is_alphabetic() || c == ' ' || c == '-')
        && !lexicon::is_plural(&noun);
    plain.then(|| (format!(" {} {noun}", words[at]), noun))
}

/// Words that carry meaning, stemmed.
pub fn content(text: &str) -> BTreeSet<String> {
    const IDLE: &str = "a an the and or of to in on for with when if then while where is are be been was were shall not no that this it its their they them who which by at from as so all each every any one once only same than other into out up has have had do does user users system let ensure provide allow can may must should will more most after before first new";
    words(text)
        .into_iter()
        .filter(|word| !IDLE.split(' ').any(|idle| idle == word) && word.len() > 1)
        .map(|word| stem(&word))
        .collect()
}

/// Whether a wish already says in its own words what a criterion of a class would say.
pub fn says(want: &Want, criterion: &Criterion, filled: &str) -> bool {
    let text = match &want.trigger {
        Some((_, condition)) => format!("{condition} {}", want.shall),
        None => want.shall.clone(),
    };
    let stemmed = rutter_catalogue::words::stems(&text);
    if !criterion.is_covered_by(&stemmed) {
        return false;
    }
    let (mine, theirs) = (content(&text), content(filled));
    let shared = mine.intersection(&theirs).count();
    let exact = want.trigger.is_some() || !names::amounts(&want.text).is_empty();
    // "Skip rows that are already there" says most of its own words in the longer sentence.
    let mostly = shared >= 2 && shared * 3 >= mine.len() * 2;
    exact || mostly || shared * 5 >= theirs.len().max(1) * 2
}

/// Whether a criterion would water down what a wish settles: who alone may do it, or a number of the same kind.
pub fn speaks_against(want: &Want, criterion: &Criterion, filled: &str) -> bool {
    let text = match &want.trigger {
        Some((_, condition)) => format!("{condition} {}", want.text),
        None => want.text.clone(),
    };
    if !criterion.is_covered_by(&rutter_catalogue::words::stems(&text)) {
        return false;
    }
    let lower = format!(" {} ", text.to_lowercase());
    let settles = want.not
        || [" only ", " never ", " nobody ", " no one ", " always "]
            .iter()
            .any(|word| lower.contains(word));
    let units = |text: &str| -> BTreeSet<String> {
        names::amounts(text)
            .iter()
            .filter_map(|amount| amount.unit.first())
            .map(|unit| stem(unit))
            .collect()
    };
    settles || !units(&text).is_disjoint(&units(filled))
}

/// Whether a class criterion would bring in what the prompt excludes.
pub fn is_excluded(criterion: &Criterion, filled: &str, exclusions: &[Exclusion]) -> bool {
    let text = format!(
        "{filled} {} {} {}",
        criterion.concern,
        criterion.covers.join(" "),
        criterion.test
    );
    exclusions.iter().any(|out| mentions(&text, &out.what))
}

/// Whether a text speaks of what is excluded: all its words stand there, in any form.
pub fn mentions(text: &str, what: &str) -> bool {
    let there = content(text);
    let wanted: BTreeSet<String> = content(what)
        .into_iter()
        .flat_map(|word| translated(&word))
        .collect();
    if wanted.is_empty() {
        return false;
    }
    let is_there = |word: &String| {
        there.contains(word) || same(word).iter().any(|other| there.contains(*other))
    };
    let hits = wanted.iter().filter(|word| is_there(word)).count();
    hits == wanted.len() || wanted.len() > 2 && hits * 3 >= wanted.len() * 2
}

/// Words that mean the same where something is excluded.
fn same(word: &str) -> &'static [&'static str] {
    match word {
        "email" | "mail" => &["email", "mail"],
        "mobil" | "phon" | "smartphon" => &["mobil", "phon"],
        "socia" | "oauth" | "sso" => &["oauth", "provider", "socia"],
        "audit" => &["audit", "log", "history"],
        "2fa" | "mfa" => &["factor", "2fa", "mfa"],
        "sms" => &["sms", "text"],
        "cooki" => &["cooki"],
        "recovery" | "reset" => &["recovery", "reset", "forgot"],
        _ => &[],
    }
}

/// A few words of other languages that exclusions are made of.
fn translated(word: &str) -> Vec<String> {
    let english: &[&str] = match word {
        "email" | "correo" | "courriel" | "メール" | "邮件" | "邮箱" => &["mail"],
        "短信" | "短信验证" | "ショートメッセージ" => &["sms"],
        "passwort" | "contraseña" | "パスワード" | "密码" => &["password"],
        "handy" | "móvil" | "movil" | "携帯" | "手机" | "モバイル" | "移动端" => {
            &["mobil"]
        }
        "registrierung" | "registro" | "inscription" | "注册" | "会員登録" => {
            &["registration"]
        }
        "benachrichtigung" | "benachrichtigungen" | "notificacion" | "通知" => &["notification"],
        "zahlung" | "zahlungen" | "pago" | "pagos" | "paiement" | "支付" | "決済" => {
            &["payment"]
        }
        "gutschein" | "cupone" | "优惠券" | "クーポン" => &["coupon"],
        _ => return vec![word.to_owned()],
    };
    english.iter().map(|word| (*word).to_owned()).collect()
}

/// The criteria of a class in the order in which they are wanted: by priority, then as they stand.
pub fn ranked(class: &Class) -> Vec<&Criterion> {
    let mut list: Vec<&Criterion> = class.criteria.iter().collect();
    list.sort_by_key(|criterion| criterion.p);
    list
}
