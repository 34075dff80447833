//! What a sentence became stands only where it says what the sentence says. Else the whole sentence stands as it was
//! written: a person can sharpen their own words, but not repair words that were turned round.

mod faithful;
mod kind;
mod limits;

pub(super) use faithful::is_bounded;
pub(super) use kind::{is_aside, is_speaker, opens_like_order};

use faithful::is_faithful;
use kind::{Kind, is_plea, kind};

use super::exclude::Exclusion;
use super::restate::{reads_as_clause, reads_as_order, without_courtesy, without_label};
use super::split::Sentence;
use super::{NAMES, Prompt, Want, say, sure, tell, told, wording};

/// How far the reading was before a sentence.
pub(super) struct Before {
    wants: usize,
    exclusions: usize,
    background: usize,
    had_reason: bool,
}

impl Before {
    /// Marks the place.
    pub(super) fn of(prompt: &Prompt) -> Self {
        Self {
            wants: prompt.wants.len(),
            exclusions: prompt.exclusions.len(),
            background: prompt.background.len(),
            had_reason: prompt.reason.is_some(),
        }
    }
}

/// Whether a prompt is so short that it names what it wants rather than describe it.
pub(super) fn is_brief(text: &str) -> bool {
    text.split_whitespace().count() <= NAMES
}

/// Keeps what the sentence became, or puts the sentence itself in its place.
pub(super) fn settle(sentence: &Sentence, before: &Before, brief: bool, prompt: &mut Prompt) {
    if brief {
        return;
    }
    if let Some(what) = limits::leaves_out(&sentence.text) {
        prompt.wants.truncate(before.wants);
        prompt.exclusions.truncate(before.exclusions);
        prompt.exclusions.push(Exclusion { what });
        return;
    }
    limits::take_back_exclusions(sentence, before, prompt);
    let became = &prompt.wants[before.wants..];
    if became.is_empty() || became.iter().all(|want| want.shall.starts_with("write '")) {
        return;
    }
    let aside = is_aside(&sentence.text.to_lowercase()) || is_plea(&sentence.text.to_lowercase());
    if !aside && is_faithful(sentence, before, prompt) {
        return;
    }
    prompt.wants.truncate(before.wants);
    let mut text = without_label(&wording::without_fillers(sentence.text.trim())).to_owned();
    let (front, tail) = limits::part_tail(&text);
    for what in tail {
        if !prompt
            .exclusions
            .iter()
            .any(|known| known.what.eq_ignore_ascii_case(&what))
        {
            prompt.exclusions.push(Exclusion { what });
        }
    }
    text = front;
    let lower = text.to_lowercase();
    match kind(&lower, sentence, prompt) {
        Kind::Wish => prompt.wants.push(own_words(sentence, &text)),
        Kind::Ban => prompt.exclusions.push(Exclusion { what: text }),
        Kind::Unclear => {
            let entry = tell::quoted(&text);
            if !prompt.entries.contains(&entry) {
                prompt.entries.push(entry);
            }
        }
        Kind::Told => {
            let more = !prompt.wants.is_empty() && !aside && told::of(&lower).is_none();
            if more && lower.split_whitespace().count() > 3 {
                prompt.entries.push(tell::quoted(&text));
            }
            if prompt.background.len() == before.background {
                prompt.background.push(sentence.text.clone());
            }
        }
    }
}

/// The sentence as a criterion: as a clause where it can be one, else in quotes.
fn own_words(sentence: &Sentence, text: &str) -> Want {
    let text = without_courtesy(text);
    let shall = if reads_as_order(text) {
        say::lower_first(text)
    } else if reads_as_clause(text) {
        format!("ensure that {}", say::lower_first(text))
    } else {
        tell::quoted(text)
    };
    Want {
        text: text.to_owned(),
        trigger: None,
        fragment: shall.starts_with(sure::OWN_WORDS),
        shall,
        not: false,
        goes_on: false,
        heading: sentence.heading.clone(),
    }
}
