//! What the built-in classes say, filled with sample things: EARS, whole, plain and unambiguous.

use rutter_catalogue::{Catalogue, Class, Slot, fill};
use rutter_spec::ears::{Pattern, read};

/// Actor, thing, object: the words of different prompts.
const SAMPLES: [(&str, &str, &str); 3] = [
    ("customer", "order page", "order"),
    ("user", "invoice tool", "invoice"),
    ("accountant", "user account", "user account"),
];

/// Words that leave open what is meant.
const VAGUE: &str = "easy easily fast quick quickly appropriate appropriately proper properly seamless seamlessly robust efficient efficiently \
    user-friendly friendly intuitive flexible suitable adequate reasonable reasonably optimal modern simple simply smooth smoothly various \
    etc timely relevant sufficient sufficiently gracefully graceful nice better best-effort should maybe possibly optionally \
    normally usually typically generally asap tbd securely correctly";
const VAGUE_PHRASES: [&str; 10] = [
    "as needed",
    "if needed",
    "if possible",
    "where possible",
    "and/or",
    "as required",
    "as necessary",
    "such as but",
    "state of the art",
    "in a timely",
];

struct Filled {
    place: String,
    text: String,
}

fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(rest) if !rest.ends_with(['a', 'e', 'o', 'u']) => format!("{rest}ies"),
        _ if noun.ends_with(['s', 'x']) || noun.ends_with("ch") => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// A sentence with every choice of every decision in it, one at a time.
fn every_way(class: &Class, text: &str, (actor, thing, object): (&str, &str, &str)) -> Vec<String> {
    let ways = class
        .decisions
        .iter()
        .filter(|decision| text.contains(&format!("{{?{}}}", decision.id)))
        .map(|decision| decision.choices.len())
        .max()
        .unwrap_or(1);
    let value =
        |slot: &Slot<'_>, way: usize, nested: &dyn Fn(&str) -> Option<String>| -> Option<String> {
            if slot.decision {
                let choices = &class.decision(slot.name)?.choices;
                return nested(&choices[way.min(choices.len() - 1)]);
            }
            Some(match slot.name {
                "system" => class.system.clone(),
                "app" => "Web_App".to_owned(),
                "actor" => actor.to_owned(),
                "actors" => plural(actor),
                "thing" => thing.to_owned(),
                "things" => plural(thing),
                "object" => object.to_owned(),
                "objects" => plural(object),
                "from" => "`get_user`".to_owned(),
                "to" => "`fetch_user`".to_owned(),
                "format" => "CSV".to_owned(),
                "provider" => "Stripe".to_owned(),
                _ => return None,
            })
        };
    (0..ways)
        .map(|way| {
            let plain = |text: &str| fill(text, |slot| value(slot, way, &|_| None));
            fill(text, |slot| value(slot, way, &plain))
                .unwrap_or_else(|| panic!("{}: `{text}` has an unfilled slot", class.id))
        })
        .collect()
}

fn criteria(catalogue: &Catalogue) -> Vec<Filled> {
    let mut out = Vec::new();
    for class in catalogue.classes() {
        let own = (
            class.actor.as_str(),
            class.thing.as_str(),
            if class.object.is_empty() {
                "record"
            } else {
                class.object.as_str()
            },
        );
        for sample in SAMPLES.into_iter().chain([own]) {
            for criterion in &class.criteria {
                out.extend(
                    every_way(class, &criterion.text, sample)
                        .into_iter()
                        .map(|text| Filled {
                            place: format!("{}/{}", class.id, criterion.concern),
                            text,
                        }),
                );
            }
        }
    }
    out
}

#[test]
fn every_criterion_is_ears_and_whole() {
    for Filled { place, text } in criteria(&Catalogue::builtin()) {
        let ears = read(&text);
        assert!(
            ears.pattern != Pattern::None && ears.pattern != Pattern::Complex,
            "{place}: {:?}: {text}",
            ears.pattern
        );
        assert!(
            ears.modal && !text.contains(['{', '}']) && !text.contains("  "),
            "{place}: {text}"
        );
        assert!(
            text.len() <= 320,
            "{place} is {} bytes long: {text}",
            text.len()
        );
    }
}

#[test]
fn every_criterion_reads_as_english() {
    let mut faults: Vec<String> = Vec::new();
    for Filled { place, text } in criteria(&Catalogue::builtin()) {
        let words: Vec<String> = text
            .split_whitespace()
            .map(|word| {
                word.trim_matches([',', '.', '"', ':', '(', ')'])
                    .to_lowercase()
            })
            .collect();
        for pair in words.windows(2) {
            let [first, second] = pair else { continue };
            let article = |word: &str| ["a", "an", "the", "each", "every"].contains(&word);
            let vowel = second.starts_with(['a', 'e', 'i', 'o', 'u'])
                && !["user", "uni", "use", "usual", "one", "utc", "url", "utf-8"]
                    .iter()
                    .any(|start| second.starts_with(start));
            let an = vowel
                || second.starts_with(['8', '`'])
                || ["hour", "html", "http", "xml", "rss", "sms"]
                    .iter()
                    .any(|start| second.starts_with(start));
            let fault = first == second && !first.starts_with(|c: char| c.is_ascii_digit())
                || (article(first) || first == "no") && article(second)
                || first == "a" && vowel
                || first == "an" && !an;
            if fault {
                faults.push(format!("{place} says `{first} {second}`: {text}"));
            }
        }
    }
    faults.dedup();
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn no_word_is_vague() {
    let vague: Vec<&str> = VAGUE.split_whitespace().collect();
    let mut faults: Vec<String> = Vec::new();
    for Filled { place, text } in criteria(&Catalogue::builtin()) {
        let lower = text.to_lowercase();
        let words = lower
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .filter(|word| vague.contains(word));
        let phrases = VAGUE_PHRASES
            .into_iter()
            .filter(|phrase| lower.contains(phrase));
        faults.extend(
            words
                .chain(phrases)
                .map(|found| format!("{place} says `{found}`: {text}")),
        );
    }
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn every_class_is_complete() {
    for class in Catalogue::builtin().classes() {
        let id = &class.id;
        let (least, most) = if class.small { (2, 7) } else { (8, 15) };
        assert!(
            (least..=most).contains(&class.criteria.len()),
            "{id} has {} criteria",
            class.criteria.len()
        );
        assert!(
            class
                .criteria
                .iter()
                .filter(|criterion| criterion.p == 1)
                .count()
                >= 2
                || class.small,
            "{id} has too few main criteria"
        );
        assert!(
            !class.tasks.is_empty() && !class.groups.is_empty() && !class.approach.is_empty(),
            "{id}"
        );
        assert!(
            class.tasks.iter().all(|task| !task.done.is_empty()),
            "{id} has a task without an end"
        );
        if !class.small {
            assert!(
                (1..=4).contains(&class.decisions.len()),
                "{id} has {} decisions",
                class.decisions.len()
            );
            assert!(
                (1..=3).contains(&class.properties.len()),
                "{id} has {} properties",
                class.properties.len()
            );
        }
        for property in &class.properties {
            assert!(
                property.text.starts_with("*For any*")
                    && property.text.matches("SHALL").count() == 1,
                "{id}: {}",
                property.text
            );
        }
        for language in ["de", "es", "fr", "ja", "zh"] {
            assert!(
                class
                    .words
                    .get(language)
                    .is_some_and(|words| !words.is_empty()),
                "{id} lacks words in {language}"
            );
        }
        for criterion in &class.criteria {
            assert!(
                !criterion.test.is_empty(),
                "{id}/{} has no test",
                criterion.concern
            );
            assert!(
                class
                    .tasks
                    .iter()
                    .any(|task| task.of.contains(&criterion.concern)
                        || task.of.is_empty()
                        || task.layer == criterion.layer),
                "{id}/{} has no task",
                criterion.concern
            );
        }
    }
}

/// Classes that work on the user's own records: their sentences name them. Elsewhere a noun of the prompt may not fit: a
/// "job queue" does not run, a "settings page" has no type.
const ON_RECORDS: [&str; 14] = [
    "sign-in",
    "sign-up",
    "crud",
    "list",
    "search",
    "upload",
    "export",
    "import",
    "form",
    "page",
    "chat",
    "integration",
    "migration",
    "retention",
];

#[test]
fn sentences_speak_of_the_users_own_feature() {
    let catalogue = Catalogue::builtin();
    for class in ON_RECORDS.map(|id| catalogue.class(id).expect(id)) {
        let own = class
            .criteria
            .iter()
            .filter(|criterion| {
                ["thing", "object", "actor"]
                    .iter()
                    .any(|slot| criterion.text.contains(slot))
            })
            .count();
        assert!(
            own * 10 >= class.criteria.len() * 6,
            "{}: only {own} of {} criteria carry a slot",
            class.id,
            class.criteria.len()
        );
    }
}
