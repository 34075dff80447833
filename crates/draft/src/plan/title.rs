//! Titles, folder names and stories.

use super::Story;
use crate::prompt::{Prompt, Want, lexicon};

/// The most characters of a folder name.
const MAX_NAME: usize = 50;

/// A folder name: lower-case letters, digits and single hyphens.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        let plain = match c {
            'ä' | 'æ' => "ae",
            'ö' | 'œ' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'á' | 'à' | 'â' | 'ã' | 'å' => "a",
            'é' | 'è' | 'ê' | 'ë' => "e",
            'í' | 'ì' | 'î' | 'ï' => "i",
            'ó' | 'ò' | 'ô' | 'õ' => "o",
            'ú' | 'ù' | 'û' => "u",
            'ñ' => "n",
            'ç' => "c",
            '\'' | '’' => "",
            _ if c.is_ascii_alphanumeric() => {
                out.push(c);
                continue;
            }
            _ => "-",
        };
        out.push_str(plain);
    }
    let mut short = String::new();
    for part in out.split('-').filter(|part| !part.is_empty()) {
        if short.len() + part.len() + usize::from(!short.is_empty()) > MAX_NAME {
            break;
        }
        if !short.is_empty() {
            short.push('-');
        }
        short.push_str(part);
    }
    if short.is_empty() {
        out.chars()
            .filter(char::is_ascii_alphanumeric)
            .take(MAX_NAME)
            .collect()
    } else {
        short
    }
}

/// A short title from what a wish says: at most seven words, no links, no condition.
pub fn of_want(want: &Want) -> String {
    let shall = want.shall.trim();
    // What a report expects says more than that it is given.
    if let Some(result) = shall.strip_prefix("give this result: ") {
        return capital(&shortened(result.trim_matches('"'), 7));
    }
    let core = [
        "provide a ",
        "provide an ",
        "provide the ",
        "provide ",
        "support ",
        "ensure that the ",
        "ensure that ",
        "offer ",
    ]
    .iter()
    .find_map(|cue| shall.strip_prefix(cue))
    .unwrap_or(shall);
    let core = core.strip_prefix("let ").map_or(core.to_owned(), |rest| {
        let words: Vec<&str> = rest.split(' ').collect();
        let verb = words
            .iter()
            .take(6)
            .position(|word| lexicon::may_be_verb(word) && !lexicon::is_plural(word))
            .unwrap_or(0);
        words[verb..].join(" ")
    });
    let core = if let Some(rest) = core.strip_prefix("meet this part of the request: ") {
        let rest = rest.trim_matches('"');
        match rutter_catalogue::language::guess(rest) {
            rutter_catalogue::language::Language::English => rest.to_owned(),
            language => return format!("Request in {}", tongue(language)),
        }
    } else {
        core
    };
    let core = if let Some(rest) = core.strip_prefix("use the name ") {
        format!("rename to {}", rest.split(' ').next().unwrap_or_default())
    } else {
        core
    };
    let core = match core
        .strip_prefix("use ")
        .and_then(|rest| rest.rsplit_once(" for "))
    {
        Some((new, what)) => format!(
            "change {what} to {}",
            new.split(" instead of ").next().unwrap_or(new)
        ),
        None => core
            .strip_prefix("use ")
            .filter(|rest| !rest.contains(" in place of ") && rest.split(' ').count() == 2)
            .map_or(core.clone(), |rest| format!("upgrade to {rest}")),
    };
    let core = match &want.trigger {
        Some((_, condition)) if core.split(' ').count() + condition.split(' ').count() <= 8 => {
            format!("{core} when {condition}")
        }
        _ => core,
    };
    let core = if core.split(' ').count() > 6 {
        crate::prompt::verbs::cut_at(&core, &[" like ", " such as ", ", "]).to_owned()
    } else {
        core
    };
    let core = core.split(": ").next().unwrap_or(&core).to_owned();
    let text = if want.not {
        format!("no way to {core}")
    } else {
        core
    };
    capital(&shortened(&text, 10))
}

/// The English name of a language.
fn tongue(language: rutter_catalogue::language::Language) -> &'static str {
    use rutter_catalogue::language::Language;
    match language {
        Language::English => "English",
        Language::German => "German",
        Language::Spanish => "Spanish",
        Language::French => "French",
        Language::Japanese => "Japanese",
        Language::Chinese => "Chinese",
    }
}

/// At most this many words, ended at a sensible place.
pub fn shortened(text: &str, most: usize) -> String {
    let text = text.replace('\u{1}', "");
    let text = text
        .split(" (")
        .next()
        .unwrap_or(&text)
        .split("; ")
        .next()
        .unwrap_or(&text)
        .to_owned();
    let words: Vec<&str> = text.split(' ').collect();
    let mut kept: Vec<&str> = words.iter().copied().take(most).collect();
    if words.len() > most {
        while kept.len() > 2
            && kept.last().is_some_and(|last| {
                [
                    "a", "an", "the", "of", "to", "for", "in", "on", "with", "and", "or", "by",
                    "from", "as", "at", "that", "their", "its", "is", "are", "who", "which",
                    "than", "be", "per", "no", "not", "only", "any", "each", "every", "all",
                    "into", "when", "if", "only", "after", "before", "within", "until", "over",
                    "under", "through", "up",
                ]
                .contains(last)
                    || last.chars().all(|c| c.is_ascii_digit())
            })
        {
            kept.pop();
        }
    }
    let short = kept.join(" ");
    let short = short.trim_end_matches([',', ':', ';', '.']).to_owned();
    if short.matches('`').count() % 2 == 1 || short.matches('"').count() % 2 == 1 {
        short.replace(['`', '"'], "")
    } else {
        short.chars().take(80).collect()
    }
}

/// The first letter large.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(chars).collect()
    })
}

/// The story of a wish.
pub fn story(want: &Want, prompt: &Prompt, fallback_actor: &str) -> Story {
    let who = prompt
        .things
        .actor
        .clone()
        .unwrap_or_else(|| fallback_actor.to_owned());
    let so = prompt
        .reason
        .clone()
        .map(|reason| first_person(&reason))
        .unwrap_or_default();
    let shall = want.shall.trim();
    let wanted = if want.not {
        format!("the software not to {shall}")
    } else if let Some(rest) = shall.strip_prefix("let ") {
        let words: Vec<&str> = rest.split(' ').collect();
        let verb = words
            .iter()
            .take(6)
            .position(|word| lexicon::may_be_verb(word))
            .filter(|at| *at > 0);
        match verb {
            Some(at)
                if lexicon::singular(words[at - 1]) == who.rsplit(' ').next().unwrap_or(&who)
                    || words[..at].contains(&"users") =>
            {
                format!("to {}", first_person(&words[at..].join(" ")))
            }
            Some(at) => format!("{} to {}", words[..at].join(" "), words[at..].join(" ")),
            None => format!("the software to let {rest}"),
        }
    } else if let Some(rest) = ["provide ", "offer "]
        .iter()
        .find_map(|cue| shall.strip_prefix(cue))
    {
        first_person(rest)
    } else if let Some(rest) = shall.strip_prefix("use ") {
        rest.to_owned()
    } else if let Some(rest) = shall.strip_prefix("ensure that ") {
        format!("to be sure that {rest}")
    } else if shall.starts_with("meet this part of the request: ") {
        "what the request says in its own words".to_owned()
    } else {
        format!("the software to {shall}")
    };
    Story {
        who,
        want: wanted,
        so,
    }
}

fn first_person(text: &str) -> String {
    text.split(' ')
        .map(|word| match word {
            "their" | "his" | "her" => "my",
            "them" => "them",
            "they" => "I",
            "the user" => "I",
            _ => word,
        })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folder_names_are_safe() {
        for (text, name) in [
            ("Login page", "login-page"),
            ("../../etc/passwd", "etc-passwd"),
            ("Größe ändern", "groesse-aendern"),
            ("ログイン", ""),
            ("A/B: test!", "a-b-test"),
        ] {
            assert_eq!(slug(text), name, "{text}");
        }
        assert!(slug(&"word ".repeat(40)).len() <= MAX_NAME);
        assert!(slug(&"x".repeat(200)).len() <= MAX_NAME);
    }
}
