//! What stands in front of a wish or behind it and says nothing of the product: greetings, sighs, who asked.

use super::{clause, lexicon};

/// "Remove the popup, it drives everybody mad" without the sigh: it names nothing that is wished for.
pub(super) fn without_sigh(text: &str) -> &str {
    let order = clause::starts_with_verb(text, false) || text.to_lowercase().starts_with("please ");
    let cut = [", it ", ", it's ", ", they ", ", that "]
        .iter()
        .filter_map(|cue| clause::outside(text, cue).into_iter().next())
        .min();
    match cut {
        Some(at)
            if order && {
                let sigh = text[at + 2..].to_lowercase();
                let words = sigh.split(' ').count();
                (3..=7).contains(&words)
                    && !super::told::wishes(&sigh)
                    && !sigh.contains(|c: char| {
                        c.is_ascii_digit() || matches!(c, '`' | '"' | '/' | ',')
                    })
                    && !sigh.contains(" can")
                    && ([" drives ", " makes ", " confuses ", " annoys "]
                        .iter()
                        .any(|verb| sigh.contains(verb))
                        || super::told::of(&sigh).is_some())
            } =>
        {
            &text[..at]
        }
        _ => text,
    }
}

/// "404 if it is missing" answers so.
pub(super) fn with_status(text: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    let words: Vec<&str> = text.split(' ').collect();
    for (at, word) in words.iter().enumerate() {
        let opens = at == 0 || words[at - 1].ends_with([',', ';']);
        let status = word.len() == 3
            && word.starts_with(['1', '2', '3', '4', '5'])
            && word.bytes().all(|b| b.is_ascii_digit())
            && words
                .get(at + 1)
                .is_some_and(|next| matches!(*next, "if" | "when" | "for"));
        if opens && status {
            out.push(if at == 0 { "Answer" } else { "answer" }.to_owned());
        }
        out.push((*word).to_owned());
    }
    out.join(" ")
}

/// "Our accountant asks for an export" wishes for the export.
pub(super) fn asked_for(text: &str) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let at = (1..words.len().min(5)).find(|at| {
        words.get(at + 1) == Some(&"for") && matches!(words[*at], "asks" | "ask" | "asked" | "begs")
    });
    let Some(at) = at.filter(|at| words.len() > at + 3) else {
        return text.to_owned();
    };
    let person = words[..at].iter().any(|word| {
        lexicon::is_person(&word.to_lowercase())
            || ["team", "sales", "support", "marketing", "management"]
                .contains(&word.to_lowercase().as_str())
    });
    if person {
        format!("provide {}", words[at + 2..].join(" "))
    } else {
        text.to_owned()
    }
}

/// "Hi team, …" without the greeting.
pub(super) fn without_greeting(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let greets = ["hi", "hello", "hey", "dear", "good morning"]
        .iter()
        .any(|word| {
            lower.starts_with(&format!("{word} ")) || lower.starts_with(&format!("{word},"))
        });
    text.split_once(", ")
        .filter(|(front, rest)| greets && front.split(' ').count() <= 4 && !rest.is_empty())
        .map_or(text, |(_, rest)| rest)
}
