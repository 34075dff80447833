//! What shape a text has: a clause, an order, a sentence, a limit.

use super::lexicon;

pub(super) fn starts_with_amount(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default().to_lowercase();
    first.starts_with(|c: char| c.is_ascii_digit())
        || [
            "one", "two", "three", "four", "five", "six", "ten", "twenty",
        ]
        .contains(&first.as_str())
}

/// Whether a text has a verb of its own.
pub fn is_clause(text: &str) -> bool {
    text.split(' ')
        .map(str::to_lowercase)
        .enumerate()
        .any(|(at, word)| {
            let word = word.trim_matches(',');
            let bent = word.ends_with('s')
                && !lexicon::may_be_noun(&lexicon::base(word))
                && lexicon::is_verb(&lexicon::base(word));
            at > 0
                && (bent
                    || matches!(
                        word,
                        "is" | "are"
                            | "was"
                            | "were"
                            | "has"
                            | "have"
                            | "had"
                            | "does"
                            | "do"
                            | "gets"
                            | "goes"
                            | "fails"
                            | "fail"
                            | "expires"
                            | "happens"
                            | "changes"
                            | "exists"
                            | "loses"
                            | "becomes"
                            | "arrives"
                            | "runs"
                            | "crashes"
                            | "ends"
                            | "signs"
                            | "logs"
                            | "clicks"
                            | "types"
                            | "uploads"
                            | "orders"
                            | "books"
                            | "reaches"
                            | "exceeds"
                            | "can"
                            | "cannot"
                            | "can't"
                            | "don't"
                            | "doesn't"
                            | "isn't"
                            | "aren't"
                            | "hasn't"
                            | "haven't"
                            | "could"
                            | "may"
                            | "might"
                            | "must"
                            | "should"
                            | "shall"
                            | "will"
                            | "would"
                    ))
        })
        || {
            let words: Vec<String> = text.split(' ').map(str::to_lowercase).collect();
            words.windows(2).any(|pair| {
                (lexicon::is_person(&pair[0]) && lexicon::is_plural(&pair[0])
                    || matches!(pair[0].as_str(), "they" | "i" | "we" | "you" | "people"))
                    && lexicon::may_be_verb(&pair[1])
            })
        }
}

/// Whether a text is a sentence of its own, with a short subject in front of its verb.
pub(super) fn is_sentence(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    super::tell::main_verb(&words).is_some_and(|at| {
        at <= 5
            && (at + 1 < words.len() || at >= 2)
            && !words[..at].iter().any(|word| {
                ["that", "which", "who", "to", "or", "of", "and"]
                    .contains(&word.to_lowercase().as_str())
            })
    })
}

/// Whether a text opens with a limit: "max 5", "at least 8".
pub fn is_limit(text: &str) -> bool {
    let lower = text.to_lowercase();
    [
        "max ",
        "max. ",
        "maximum ",
        "min ",
        "min. ",
        "minimum ",
        "at most ",
        "at least ",
        "up to ",
        "no more than ",
        "not more than ",
        "no later than ",
        "no less than ",
        "limited to ",
        "one per ",
        "1 per ",
        "one for each ",
    ]
    .iter()
    .any(|cue| lower.starts_with(cue))
}

/// Whether a text opens with a verb that tells someone to do something.
pub fn starts_with_verb(text: &str, alone: bool) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(' ').map(|w| w.trim_matches(','));
    let first = words.next().unwrap_or_default();
    let first = if matches!(
        first,
        "also" | "then" | "always" | "automatically" | "only" | "please"
    ) {
        words.next().unwrap_or_default()
    } else {
        first
    };
    let second = words.next().unwrap_or_default();
    if lexicon::is_verb(first) {
        return alone || !second.is_empty();
    }
    // A word of unknown kind in front of "the" or "a" gives an order.
    if lexicon::may_be_order(first)
        && [
            "the", "a", "an", "all", "each", "every", "their", "any", "these", "those", "both",
            "my", "our",
        ]
        .contains(&second)
    {
        return true;
    }
    // "Stop asking", "start counting", "support importing".
    if matches!(
        first,
        "stop" | "start" | "keep" | "avoid" | "support" | "allow"
    ) && second.ends_with("ing")
        && second.len() > 5
    {
        return true;
    }
    lexicon::may_be_verb(first)
        && !lexicon::is_feature_noun(second)
        && (["by", "for", "to", "as", "with", "from", "the", "a", "an", "all", "each", "every", "their", "it", "them", "its", "those", "this", "these", "any", "only", "only", "up", "out", "in", "off", "my", "our", "when", "whether", "both"].contains(&second) || lexicon::is_plural(second)
            || second.starts_with('`')
            || second.starts_with(|c: char| c.is_ascii_digit())
            // "Import bank statements from files": a thing of two words, and more behind it.
            || {
                let words: Vec<&str> = lower.split(' ').collect();
                words.len() > 3 && lexicon::is_plural(words[2].trim_matches(',')) && ["from", "to", "as", "by", "in", "into", "for", "with", "via", "and", "or"].contains(&words[3])
            }
            // "Support Markdown in notes", "log HTTP errors".
            || text.split(' ').nth(1).is_some_and(|word| word.starts_with(char::is_uppercase)))
}

pub(super) fn has_verb(text: &str) -> bool {
    is_clause(text)
        || starts_with_verb(text, true)
        || text
            .split(' ')
            .map(str::to_lowercase)
            .any(|word| lexicon::is_modal(&word))
        || text
            .split(' ')
            .any(|word| lexicon::is_verb(&word.to_lowercase()))
}

pub(super) fn has_subject_and_modal(words: &[&str]) -> bool {
    let at = words
        .iter()
        .take(6)
        .position(|word| lexicon::is_modal(word));
    at.is_some_and(|at| {
        let strong = !matches!(
            words[at],
            "need" | "needs" | "want" | "wants" | "have" | "has"
        ) || words.get(at + 1) == Some(&"to");
        at > 0
            && strong
            && !["or", "nor"].contains(&words[0])
            && !words[..at].iter().any(|word| {
                ["who", "that", "which", "where", "when", "of"].contains(word)
                    || lexicon::is_verb(word) && !lexicon::is_plural(word)
            })
    })
}

/// Where a joint stands outside quotes, code and brackets.
pub fn outside(text: &str, joint: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let (mut code, mut quoted, mut depth) = (false, false, 0usize);
    for (at, c) in text.char_indices() {
        if !code && !quoted && depth == 0 && text[at..].starts_with(joint) {
            found.push(at);
        }
        match c {
            '`' => code = !code,
            '"' => quoted = !quoted,
            '“' | '„' => quoted = true,
            '”' => quoted = false,
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}
