//! How much of a class a prompt asks for: the feature itself, or only something that the class knows about.

use rutter_catalogue::Class;
use rutter_catalogue::language::Language;
use rutter_catalogue::words::{has_phrase, stems};

use crate::prompt::{Prompt, Want, lexicon};

/// How many words a phrase of the catalogue may span.
const SPAN: usize = 8;

/// Verbs that bring the thing they name: "add a cart", "see a dashboard".
const BRINGS: [&str; 22] = [
    "provide",
    "add",
    "build",
    "create",
    "introduce",
    "implement",
    "support",
    "offer",
    "have",
    "integrate",
    "enable",
    "make",
    "see",
    "view",
    "use",
    "open",
    "get",
    "receive",
    "need",
    "want",
    "start",
    "handle",
];

/// Words that end the name of a thing.
const ENDS: [&str; 38] = [
    "for", "of", "that", "which", "with", "without", "so", "to", "in", "on", "onto", "from", "at",
    "by", "when", "where", "who", "if", "as", "and", "or", "via", "using", "per", "the", "our",
    "after", "before", "during", "while", "until", "their", "its", "all", "each", "every", "into",
    "between",
];

/// Whether the prompt asks for the class itself, so that all its concerns are in place. A class of small changes is
/// always meant as a whole.
pub(super) fn is_whole(class: &Class, prompt: &Prompt) -> bool {
    if class.small {
        return true;
    }
    if prompt.language != Language::English {
        let text = prompt.kept.join(" ").to_lowercase();
        let foreign = class.words.get(prompt.language.code());
        let named = foreign.into_iter().flatten().any(|part| {
            let bare = part.trim_start_matches('^');
            !bare.starts_with(['~', '!']) && !class.parts.contains(part) && text.contains(bare)
        });
        let words = stems(&text);
        return named || whole(class).any(|phrase| matches(&words, phrase));
    }
    let headings = prompt.wants.iter().filter_map(|want| want.heading.as_ref());
    prompt
        .wants
        .iter()
        .filter(|want| !want.not)
        .any(|want| names(class, want))
        || headings
            .into_iter()
            .any(|heading| is_name_of(class, &plain_words(heading)))
}

fn whole(class: &Class) -> impl Iterator<Item = &String> {
    class
        .strong
        .iter()
        .filter(|phrase| !class.parts.contains(phrase))
        .chain([&class.thing])
}

/// Whether a wish brings what the class builds, or does what it is for: "add a cart", "book an appointment".
fn names(class: &Class, want: &Want) -> bool {
    let words = after_actor(&plain_words(&want.shall));
    let Some(first) = words.first() else {
        return false;
    };
    let verb = lexicon::base(&first.to_lowercase());
    // "Import bank statements" was read as a thing to provide; its first word is a verb all the same.
    let written = plain_words(&want.text);
    let told = written.first().map(|word| word.to_lowercase());
    let verb_led = verb == "provide"
        && told.as_ref().is_some_and(|told| {
            lexicon::may_be_order(told)
                && !lexicon::is_plural(told)
                && !BRINGS.contains(&told.as_str())
                && written
                    .get(1)
                    .is_some_and(|next| !["of", "for", "that"].contains(&next.as_str()))
        });
    if BRINGS.contains(&verb.as_str()) && !verb_led && is_name_of(class, &words[1..]) {
        return true;
    }
    let done = if verb_led { &written } else { &words };
    let near = stems(&done[..done.len().min(SPAN)].join(" "));
    whole(class).any(|phrase| begins_with(&near, phrase))
}

/// Whether the words begin with the name of a thing, and that thing is the class's: in "a payment status column" it is
/// not the payment.
fn is_name_of(class: &Class, words: &[String]) -> bool {
    let start = words
        .iter()
        .position(|word| !["a", "an", "the", "new", "some"].contains(&word.to_lowercase().as_str()))
        .unwrap_or(0);
    let name: Vec<String> = words[start..]
        .iter()
        .take_while(|word| !ENDS.contains(&word.to_lowercase().as_str()))
        .take(SPAN)
        .cloned()
        .collect();
    let close = |word: &String| word.ends_with([':', ',', ';']);
    let length = name.iter().position(close).map_or(name.len(), |at| at + 1);
    let name = stems(&name[..length].join(" "));
    // "Export to CSV" and "audit trail of changes" go on behind the name.
    let further = stems(&words[start..words.len().min(start + SPAN)].join(" "));
    (0..name.len()).any(|at| {
        whole(class).any(|phrase| {
            if !begins_with(&further[at..], phrase) {
                return false;
            }
            let long = rutter_catalogue::words::words(phrase).len();
            phrase.contains(" * ")
                || name.get(at + long..).is_none_or(|rest| {
                    rest.iter().all(|word| {
                        lexicon::is_feature_noun(word) || is_generic(word) || is_own(class, word)
                    })
                })
        })
    })
}

/// Whether a stem stands among the class's own words: "authentication" behind "two-factor".
fn is_own(class: &Class, stem: &str) -> bool {
    class
        .weak
        .iter()
        .chain(whole(class))
        .any(|phrase| stems(phrase).iter().any(|word| word == stem))
}

fn is_generic(stem: &str) -> bool {
    [
        "featur",
        "servic",
        "modul",
        "pag",
        "support",
        "functionality",
        "option",
        "mechanism",
        "subcommand",
        "engin",
        "tool",
        "button",
        "flow",
        "logic",
        "layer",
        "integration",
    ]
    .contains(&stem)
}

/// Whether the stemmed words begin with a phrase of the catalogue.
fn begins_with(words: &[String], phrase: &str) -> bool {
    let phrase = phrase.trim_start_matches('=');
    if phrase.starts_with('#') || phrase.starts_with("--") {
        return false;
    }
    match phrase.split_once(" * ") {
        None => {
            let long = rutter_catalogue::words::words(phrase).len();
            words.len() >= long && has_phrase(&words[..long], phrase)
        }
        Some((front, back)) => {
            let long = front.split(' ').count();
            words.len() > long
                && has_phrase(&words[..long], front)
                && has_phrase(&words[long..], back)
        }
    }
}

fn matches(words: &[String], phrase: &str) -> bool {
    (0..words.len()).any(|at| begins_with(&words[at..], phrase))
}

fn plain_words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| word.trim_matches(['`', '"', '(', ')']).to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// The words from the verb on: "let shop staff sign in" signs in.
fn after_actor(words: &[String]) -> Vec<String> {
    let led = words
        .first()
        .is_some_and(|first| ["let", "require", "allow"].contains(&first.as_str()));
    if !led {
        return words.to_vec();
    }
    let at = words
        .iter()
        .enumerate()
        .take(7)
        .skip(2)
        .find(|(_, word)| {
            let lower = word.to_lowercase();
            lexicon::may_be_verb(&lower) && !lexicon::is_plural(&lower)
        })
        .map_or(1, |(at, _)| at);
    words[at..].to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole_classes(prompt: &str) -> Vec<String> {
        let prompt = crate::prompt::read(prompt);
        rutter_catalogue::Catalogue::builtin()
            .classify(&prompt.kept.join(". "))
            .iter()
            .filter(|found| is_whole(found.class, &prompt))
            .map(|found| found.class.id.clone())
            .collect()
    }

    #[test]
    fn the_feature_itself_is_asked_for() {
        for (prompt, class) in [
            ("Add a login page", "sign-in"),
            ("Add a shopping cart", "cart"),
            ("Export to CSV", "export"),
            ("Customers can export their orders as CSV", "export"),
            ("Patients should be able to book an appointment", "booking"),
            (
                "Add an `export` subcommand that writes all entries",
                "export",
            ),
            ("Two-factor authentication for doctors", "two-factor"),
            (
                "Add role based permissions: admins and drivers",
                "permissions",
            ),
            (
                "I'd like admins to see a dashboard: revenue per day",
                "reports",
            ),
            ("We need an audit trail for who read a record", "audit"),
            ("Checkout with Stripe", "payments"),
        ] {
            assert!(
                whole_classes(prompt).iter().any(|id| id == class),
                "{prompt}: {:?}",
                whole_classes(prompt)
            );
        }
    }

    #[test]
    fn a_part_or_a_mention_is_not_the_feature() {
        for prompt in [
            "Let customers cancel an order until it has been packed",
            "The coupon prompt at checkout should reject expired coupons",
            "Add a wish list",
            "Show a report of rejected rows",
            "Load 24 products at a time with infinite scroll",
            "Add a payment status column to the table of orders",
            "Managers get a weekly report",
        ] {
            assert_eq!(whole_classes(prompt), Vec::<String>::new(), "{prompt}");
        }
    }
}
