//! A sentence in another language: its wishes stand as written.

use super::exclude::Reading;
use super::{Prompt, Want, exclude, split};
use rutter_catalogue::language::Language;

/// A clause in another language stands as written.
pub(super) fn read(sentence: &split::Sentence, language: Language, out: &mut Prompt) {
    if sentence.question {
        out.questions.push(format!("{}?", sentence.text));
        return;
    }
    for clause in clauses(&sentence.text, language) {
        match exclude::read(&clause, language) {
            Reading::Out(found) => out.exclusions.extend(found),
            Reading::Wish(text, found) => {
                out.exclusions.extend(found);
                // "Aber nicht am selben Tag" narrows what was said before it.
                if let Some(last) = out.wants.last_mut().filter(|last| {
                    ["aber nicht ", "nicht "]
                        .iter()
                        .any(|cue| text.starts_with(cue))
                        && last.shall.ends_with('"')
                }) {
                    last.shall.truncate(last.shall.len() - 1);
                    last.shall
                        .push_str(&format!(", {}\"", text.replace('"', "'")));
                    last.text = format!("{}, {text}", last.text);
                } else if text.chars().any(char::is_alphanumeric) {
                    let quoted = text.replace('"', "'");
                    out.wants.push(Want {
                        text,
                        trigger: None,
                        shall: format!("meet this part of the request: \"{quoted}\""),
                        not: false,
                        fragment: false,
                        goes_on: false,
                        heading: sentence.heading.clone(),
                    });
                }
            }
            Reading::Ban(_) | Reading::Keep(_) => {}
        }
    }
}

fn clauses(text: &str, language: Language) -> Vec<String> {
    let marks: &[&str] = match language {
        Language::Chinese => &["，", "；", ", "],
        Language::Japanese => &["。", "；"],
        Language::German => &[", aber ", ", ohne ", ", und ", " und soll ", "; "],
        Language::Spanish => &[", pero ", ", sin ", ", tampoco ", ", no ", ", y no ", "; "],
        Language::French => &[
            ", mais ",
            ", sans ",
            ", et on n'a pas besoin ",
            ", pas besoin ",
            ", et pas ",
            "; ",
        ],
        Language::English => &[", "],
    };
    let mut cuts: Vec<(usize, &str)> = marks
        .iter()
        .flat_map(|mark| text.match_indices(mark))
        .collect();
    cuts.sort_unstable();
    let mut out = Vec::new();
    let mut start = 0;
    for (at, mark) in cuts {
        out.push(&text[start..at]);
        // The cue that excludes stays with its clause.
        start = at
            + if mark.ends_with(' ') && mark.starts_with(", ") && mark.len() > 2 {
                2
            } else {
                mark.len()
            };
    }
    out.push(&text[start..]);
    out.into_iter()
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}
