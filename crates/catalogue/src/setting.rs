//! How much a word of a prompt counts: what is asked for, what only tells the occasion or the place, what is left out.

use crate::phrase::Token;

/// How a word stands in a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Setting {
    /// Part of what is asked for.
    Asked,
    /// The occasion or the place: "when a payment fails, …", "… on the login page".
    Around,
    /// "Without SMS".
    Out,
}

const OCCASION: [&str; 20] = [
    "when", "whenever", "after", "before", "once", "if", "while", "because", "since", "until", "unless", "like", "than", "nachdem", "sobald", "wenn", "cuando", "después", "quand", "lorsque",
];
const OUT: [&str; 14] = ["without", "except", "excluding", "ohne", "außer", "kein", "keine", "keinen", "sin", "excepto", "sans", "sauf", "don't", "dont"];
/// Prepositions that tell the place when a determiner follows.
const PLACE: [&str; 19] =
    ["to", "of", "in", "on", "at", "from", "into", "onto", "about", "during", "by", "behind", "inside", "within", "under", "through", "next", "against", "via"];
const DETERMINERS: [&str; 16] =
    ["the", "our", "my", "their", "its", "his", "her", "this", "that", "these", "those", "all", "every", "each", "existing", "current"];
/// Verbs whose object is there already.
const ON_EXISTING: [&str; 31] = [
    "rename", "fix", "bump", "refactor", "raise", "increase", "lower", "decrease", "reduce", "shorten", "extend", "remove", "drop", "replace", "speed", "optimize", "optimise",
    "correct", "reword", "extract", "split", "simplify", "clean", "change", "translate", "debug", "investigate", "restyle", "deprecate", "document", "test",
];
/// Nouns that "for" only completes: "support for dark mode".
const OPEN_FOR: [&str; 22] = [
    "support", "need", "option", "feature", "page", "screen", "form", "ui", "view", "command", "endpoint", "way", "functionality", "mechanism", "system", "module", "service", "flow",
    "ask", "asks", "route", "api",
];

/// Work on something that is there: in "export bookings" the bookings are not what is built.
const OPERATIONS: [&str; 14] =
    ["export", "import", "search", "filter", "sort", "paginat", "cach", "download", "archiv", "sync", "migrat", "anonymiz", "backup", "throttl"];
/// Nouns that say what is done to what follows "of".
const DONE_TO: [&str; 9] = ["export", "import", "search", "list", "history", "report", "overview", "download", "archiv"];

/// How each token stands.
pub(crate) fn settings(tokens: &[Token]) -> Vec<Setting> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut now = Setting::Asked;
    let mut first = true;
    let mut left_out = 0usize;
    let mut whole_sentence = false;
    let mut operation = false;
    for (at, token) in tokens.iter().enumerate() {
        let word = token.word.as_str();
        let next = tokens.get(at + 1).filter(|next| next.before.is_none()).map_or("", |next| next.word.as_str());
        let previous = at.checked_sub(1).map_or("", |at| tokens[at].word.as_str());
        if token.before == Some('.') {
            (now, first, whole_sentence) = (Setting::Asked, true, false);
        } else if token.before == Some(',') && !whole_sentence {
            (now, first) = (Setting::Asked, true);
        }
        if matches!(word, "then" | "but") && !whole_sentence || word == "and" && now != Setting::Out && !whole_sentence {
            (now, first) = (Setting::Asked, true);
            out.push(now);
            continue;
        }
        let mut here = None;
        // What an operation works on ends where its manner begins: "import users in a background job".
        if operation && (now != Setting::Around || matches!(word, "as" | "in" | "from" | "by" | "via" | "using" | "to" | "into")) {
            operation = false;
            now = if now == Setting::Around { Setting::Asked } else { now };
        }
        if OUT.contains(&word) {
            now = Setting::Out;
        } else if word == "no" && !["longer", "more", "one", "user"].contains(&next) {
            left_out = 4;
        } else if OCCASION.contains(&word) && !(word == "like" && matches!(previous, "would" | "i" | "we" | "d")) {
            now = Setting::Around;
        } else if word == "so" && next == "that" || word == "in" && next == "order" || word == "instead" {
            (now, whole_sentence) = (Setting::Around, true);
        } else if first && ON_EXISTING.contains(&word) {
            // The verb itself still counts: "rename" is what is asked for.
            here = Some(now);
            now = if now == Setting::Out { now } else { Setting::Around };
        } else if now == Setting::Asked && (PLACE.contains(&word) && DETERMINERS.contains(&next) && !splits_verb(previous, word) || is_closing_for(word, previous, next)) {
            now = Setting::Around;
        } else if now == Setting::Asked && (word == "about" || word == "of" && at > 0 && DONE_TO.contains(&tokens[at - 1].stem.as_str())) {
            now = Setting::Around;
        } else if now == Setting::Asked && OPERATIONS.contains(&token.stem.as_str()) && (next.len() > 3 && next.ends_with('s') || DETERMINERS.contains(&next)) {
            here = Some(now);
            (now, operation) = (Setting::Around, true);
        } else if now == Setting::Around && !whole_sentence && word == "with" {
            now = Setting::Asked;
        }
        if !matches!(word, "please" | "can" | "you" | "we" | "could" | "should" | "must" | "i" | "to" | "want" | "need" | "also" | "let" | "s" | "the" | "us" | "todo" | "feat" | "chore") {
            first = false;
        }
        if left_out > 0 {
            left_out -= 1;
            out.push(Setting::Out);
            continue;
        }
        out.push(here.unwrap_or(now));
    }
    out
}

/// "Log in to the shop", "sign in on a phone": here "in" belongs to the verb.
fn splits_verb(previous: &str, word: &str) -> bool {
    word == "in" && (previous.starts_with("log") || previous.starts_with("sign"))
}

fn is_closing_for(word: &str, previous: &str, next: &str) -> bool {
    word == "for" && !next.ends_with("ing") && !OPEN_FOR.contains(&previous)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::tokens;

    fn setting_of(word: &str, text: &str) -> Setting {
        let tokens = tokens(&text.to_lowercase());
        let at = tokens.iter().position(|token| token.word == word).expect("the word is there");
        settings(&tokens)[at]
    }

    #[test]
    fn tells_what_is_asked_for() {
        for (word, text, expected) in [
            ("login", "Add a login page", Setting::Asked),
            ("login", "Add rate limits to the login endpoint", Setting::Around),
            ("payment", "When a payment fails, notify the customer", Setting::Around),
            ("notify", "When a payment fails, notify the customer", Setting::Asked),
            ("sms", "Add login without SMS codes, and search", Setting::Out),
            ("search", "Add login without SMS codes, and search", Setting::Asked),
            ("dark", "Add support for dark mode", Setting::Asked),
            ("logins", "Add an audit log for logins", Setting::Around),
            ("upload", "Fix the crash in the upload dialog", Setting::Around),
            ("fix", "Fix the crash in the upload dialog", Setting::Asked),
            ("push", "Send reminders, no push notifications", Setting::Out),
            ("bookings", "Export bookings as CSV", Setting::Around),
            ("export", "Export bookings as CSV", Setting::Asked),
            ("refunds", "Notify customers about refunds", Setting::Around),
        ] {
            assert_eq!(setting_of(word, text), expected, "{word} in {text}");
        }
    }
}
