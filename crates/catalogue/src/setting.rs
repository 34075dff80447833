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
    "when", "whenever", "after", "before", "once", "if", "while", "because", "since", "until",
    "unless", "like", "than", "nachdem", "sobald", "wenn", "cuando", "después", "quand", "lorsque",
];
const OUT: [&str; 14] = [
    "without",
    "except",
    "excluding",
    "ohne",
    "außer",
    "kein",
    "keine",
    "keinen",
    "sin",
    "excepto",
    "sans",
    "sauf",
    "don't",
    "dont",
];
/// Prepositions that tell the place when a determiner follows.
const PLACE: [&str; 19] = [
    "to", "of", "in", "on", "at", "from", "into", "onto", "about", "during", "by", "behind",
    "inside", "within", "under", "through", "next", "against", "via",
];
const DETERMINERS: [&str; 16] = [
    "the", "our", "my", "their", "its", "his", "her", "this", "that", "these", "those", "all",
    "every", "each", "existing", "current",
];
/// Verbs whose object is there already.
const ON_EXISTING: [&str; 31] = [
    "rename",
    "fix",
    "bump",
    "refactor",
    "raise",
    "increase",
    "lower",
    "decrease",
    "reduce",
    "shorten",
    "extend",
    "remove",
    "drop",
    "replace",
    "speed",
    "optimize",
    "optimise",
    "correct",
    "reword",
    "extract",
    "split",
    "simplify",
    "clean",
    "change",
    "translate",
    "debug",
    "investigate",
    "restyle",
    "deprecate",
    "document",
    "test",
];
/// Nouns that "for" only completes: "support for dark mode".
const OPEN_FOR: [&str; 22] = [
    "support",
    "need",
    "option",
    "feature",
    "page",
    "screen",
    "form",
    "ui",
    "view",
    "command",
    "endpoint",
    "way",
    "functionality",
    "mechanism",
    "system",
    "module",
    "service",
    "flow",
    "ask",
    "asks",
    "route",
    "api",
];

/// Work on something that is there: in "export bookings" the bookings are not what is built.
const OPERATIONS: [&str; 14] = [
    "export", "import", "search", "filter", "sort", "paginat", "cach", "download", "archiv",
    "sync", "migrat", "anonymiz", "backup", "throttl",
];
/// Nouns that say what is done to what follows "of".
const DONE_TO: [&str; 9] = [
    "export", "import", "search", "list", "history", "report", "overview", "download", "archiv",
];

/// Words in front of a clause's verb.
const BEFORE_VERB: [&str; 19] = [
    "please", "can", "you", "we", "could", "should", "must", "i", "to", "want", "need", "also",
    "let", "s", "the", "us", "todo", "feat", "chore",
];
/// How many words a "no" leaves out, itself among them.
const NO_REACH: usize = 4;

/// How each token stands.
pub(crate) fn settings(tokens: &[Token]) -> Vec<Setting> {
    let mut reader = Reader {
        now: Setting::Asked,
        first: true,
        left_out: 0,
        to_the_end: false,
        operation: false,
    };
    (0..tokens.len())
        .map(|at| reader.read(tokens, at))
        .collect()
}

/// Where a reading of the prompt stands.
struct Reader {
    now: Setting,
    /// Whether the clause's verb is still to come.
    first: bool,
    /// How many more words a "no" leaves out.
    left_out: usize,
    /// Whether the setting holds to the end of the sentence.
    to_the_end: bool,
    /// Whether what follows is what an operation works on.
    operation: bool,
}

impl Reader {
    fn read(&mut self, tokens: &[Token], at: usize) -> Setting {
        let token = &tokens[at];
        let word = token.word.as_str();
        self.divide(token.before);
        if matches!(word, "then" | "but") && !self.to_the_end
            || word == "and" && self.now != Setting::Out && !self.to_the_end
        {
            self.open();
            return self.now;
        }
        // What an operation works on ends where its manner begins: "import users in a background job".
        if self.operation
            && (self.now != Setting::Around
                || matches!(
                    word,
                    "as" | "in" | "from" | "by" | "via" | "using" | "to" | "into"
                ))
        {
            self.operation = false;
            if self.now == Setting::Around {
                self.now = Setting::Asked;
            }
        }
        let here = self.step(tokens, at);
        self.first &= BEFORE_VERB.contains(&word);
        if self.left_out > 0 {
            self.left_out -= 1;
            return Setting::Out;
        }
        here
    }

    fn open(&mut self) {
        (self.now, self.first) = (Setting::Asked, true);
    }

    fn divide(&mut self, before: Option<char>) {
        if before == Some('.') {
            self.to_the_end = false;
        }
        if before == Some('.') || before == Some(',') && !self.to_the_end {
            self.open();
        }
    }

    /// The setting of this word; it may change that of the words after it.
    fn step(&mut self, tokens: &[Token], at: usize) -> Setting {
        let token = &tokens[at];
        let word = token.word.as_str();
        let next = tokens
            .get(at + 1)
            .filter(|next| next.before.is_none())
            .map_or("", |next| next.word.as_str());
        let previous = at.checked_sub(1).map(|at| &tokens[at]);
        let previous_word = previous.map_or("", |token| token.word.as_str());
        let asked = self.now == Setting::Asked;
        if OUT.contains(&word) {
            self.now = Setting::Out;
        } else if word == "no" && !["longer", "more", "one", "user"].contains(&next) {
            self.left_out = NO_REACH;
        } else if is_occasion(word, previous_word) {
            self.now = Setting::Around;
        } else if word == "so" && next == "that"
            || word == "in" && next == "order"
            || word == "instead"
        {
            (self.now, self.to_the_end) = (Setting::Around, true);
        } else if self.first && ON_EXISTING.contains(&word) {
            // The verb itself still counts: "rename" is what is asked for.
            let here = self.now;
            if here != Setting::Out {
                self.now = Setting::Around;
            }
            return here;
        } else if asked && (is_place(word, previous_word, next) || is_topic(word, previous)) {
            self.now = Setting::Around;
        } else if asked && is_operation(token, next) {
            (self.now, self.operation) = (Setting::Around, true);
            return Setting::Asked;
        } else if self.now == Setting::Around && !self.to_the_end && word == "with" {
            self.now = Setting::Asked;
        }
        self.now
    }
}

fn is_occasion(word: &str, previous: &str) -> bool {
    OCCASION.contains(&word) && !(word == "like" && matches!(previous, "would" | "i" | "we" | "d"))
}

/// "On the login page", "for logins".
fn is_place(word: &str, previous: &str, next: &str) -> bool {
    PLACE.contains(&word) && DETERMINERS.contains(&next) && !splits_verb(previous, word)
        || is_closing_for(word, previous, next)
}

/// "About refunds", "export of bookings".
fn is_topic(word: &str, previous: Option<&Token>) -> bool {
    word == "about"
        || word == "of" && previous.is_some_and(|token| DONE_TO.contains(&token.stem.as_str()))
}

/// "Export bookings", "search the archive".
fn is_operation(token: &Token, next: &str) -> bool {
    OPERATIONS.contains(&token.stem.as_str())
        && (next.len() > 3 && next.ends_with('s') || DETERMINERS.contains(&next))
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
        let at = tokens
            .iter()
            .position(|token| token.word == word)
            .expect("the word is there");
        settings(&tokens)[at]
    }

    #[test]
    fn tells_what_is_asked_for() {
        for (word, text, expected) in [
            ("login", "Add a login page", Setting::Asked),
            (
                "login",
                "Add rate limits to the login endpoint",
                Setting::Around,
            ),
            (
                "payment",
                "When a payment fails, notify the customer",
                Setting::Around,
            ),
            (
                "notify",
                "When a payment fails, notify the customer",
                Setting::Asked,
            ),
            (
                "sms",
                "Add login without SMS codes, and search",
                Setting::Out,
            ),
            (
                "search",
                "Add login without SMS codes, and search",
                Setting::Asked,
            ),
            ("dark", "Add support for dark mode", Setting::Asked),
            ("logins", "Add an audit log for logins", Setting::Around),
            (
                "upload",
                "Fix the crash in the upload dialog",
                Setting::Around,
            ),
            ("fix", "Fix the crash in the upload dialog", Setting::Asked),
            (
                "push",
                "Send reminders, no push notifications",
                Setting::Out,
            ),
            ("bookings", "Export bookings as CSV", Setting::Around),
            ("export", "Export bookings as CSV", Setting::Asked),
            ("refunds", "Notify customers about refunds", Setting::Around),
        ] {
            assert_eq!(setting_of(word, text), expected, "{word} in {text}");
        }
    }
}
