//! What a fault that is told makes certain: what takes too long, what is open to all.

use super::{clause, lexicon};

/// What takes too long: "on 10k notes `notes search` takes 8 seconds", "the search is slow".
pub(super) fn slow(clause: &str) -> Option<String> {
    let at = [
        " takes ",
        " take ",
        " is slow",
        " is too slow",
        " is very slow",
        " are slow",
    ]
    .iter()
    .find_map(|cue| clause.find(cue))?;
    let front = &clause[..at];
    // "On 10k notes" says where it shows.
    let words: Vec<&str> = front.split(' ').collect();
    let from = words
        .iter()
        .position(|word| {
            word.starts_with('`') || matches!(word.to_lowercase().as_str(), "the" | "our" | "my")
        })
        .unwrap_or(0);
    let subject = words[from..].join(" ");
    (subject.split(' ').count() <= 5 && !subject.is_empty())
        .then(|| super::say::lower_first(&subject))
}

/// The limit of "it must be below 500 ms" or "it should take at most 2 s".
pub(super) fn time_limit(lower: &str) -> Option<&str> {
    [
        "it must be ",
        "it should be ",
        "it has to be ",
        "it needs to be ",
        "it must take ",
        "it should take ",
        "should be ",
        "must be ",
    ]
    .iter()
    .find_map(|cue| lower.strip_prefix(cue))
    .filter(|rest| {
        [
            "below ",
            "under ",
            "less than ",
            "at most ",
            "within ",
            "no more than ",
            "faster than ",
        ]
        .iter()
        .any(|cue| {
            rest.strip_prefix(cue)
                .is_some_and(|amount| amount.starts_with(|c: char| c.is_ascii_digit()))
        })
    })
}

/// The act and the thing of "anybody can open /x", where that is told of today.
pub(super) fn open_to_all(sentence: &str) -> Option<(String, String)> {
    let lower = sentence.to_lowercase();
    let at = [
        "anybody can ",
        "anyone can ",
        "everybody can ",
        "everyone can ",
    ]
    .iter()
    .find_map(|cue| lower.find(cue).map(|at| at + cue.len()))?;
    let rest = sentence.get(at..)?;
    let end = [", ", " without ", " even "]
        .iter()
        .filter_map(|cue| clause::outside(rest, cue).into_iter().next())
        .min()
        .unwrap_or(rest.len());
    let (verb, thing) = rest[..end].split_once(' ')?;
    lexicon::may_be_verb(verb).then(|| (verb.to_owned(), thing.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_anybody_can_do_is_found() {
        assert_eq!(
            open_to_all("Right now anybody can open /trips, even without signing in"),
            Some(("open".to_owned(), "/trips".to_owned()))
        );
    }
}
