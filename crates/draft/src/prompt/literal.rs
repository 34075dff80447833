//! What a prompt names to the letter stands somewhere in the document.

use super::{Prompt, names};

/// A path, a number or a quoted term of a sentence stands somewhere in the document, if only in an entry.
pub(super) fn keep_names(prompt: &mut Prompt) {
    let mut there: String = prompt
        .wants
        .iter()
        .flat_map(|want| {
            [
                Some(want.shall.as_str()),
                want.trigger.as_ref().map(|(_, text)| text.as_str()),
            ]
        })
        .flatten()
        .chain(prompt.questions.iter().map(String::as_str))
        .chain(prompt.entries.iter().map(String::as_str))
        .chain(prompt.exclusions.iter().map(|out| out.what.as_str()))
        .collect::<Vec<_>>()
        .join("\n")
        .to_lowercase();
    for sentence in &prompt.kept {
        if super::settle::is_aside(&sentence.to_lowercase()) {
            continue;
        }
        if literals(sentence)
            .iter()
            .all(|name| there.contains(&name.to_lowercase()))
        {
            continue;
        }
        let said = format!("take this into account: \"{}\"", sentence.replace('"', "'"));
        there.push_str(&said.to_lowercase());
        if !prompt.entries.contains(&said) {
            prompt.entries.push(said);
        }
    }
}

/// What a sentence names to the letter.
fn literals(sentence: &str) -> Vec<String> {
    let mut out: Vec<String> = sentence
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect();
    out.extend(
        sentence
            .split_whitespace()
            .map(|word| word.trim_matches(['`', '"', '\'', '(', ')', ',', '.', ':', ';']))
            .filter(|word| {
                word.starts_with(|c: char| c.is_ascii_digit())
                    || word.len() > 2
                        && word.contains('/')
                        && !word.contains("//")
                        && word.bytes().any(|b| b.is_ascii_alphabetic())
                    || names::identifiers(word).iter().any(|name| name == word)
            })
            .map(str::to_owned),
    );
    out.retain(|name| !name.is_empty());
    out
}
