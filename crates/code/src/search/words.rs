//! Identifiers, paths and prose, cut into lower-case word stems.

/// Words that name nothing: left out of a search, kept in an index.
const STOP: [&str; 92] = [
    "a",
    "about",
    "add",
    "after",
    "all",
    "allow",
    "also",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "before",
    "build",
    "but",
    "by",
    "can",
    "change",
    "code",
    "could",
    "create",
    "do",
    "does",
    "each",
    "every",
    "existing",
    "feature",
    "fix",
    "for",
    "from",
    "get",
    "has",
    "have",
    "how",
    "i",
    "if",
    "implement",
    "in",
    "into",
    "is",
    "it",
    "its",
    "let",
    "like",
    "make",
    "me",
    "more",
    "must",
    "need",
    "needs",
    "new",
    "no",
    "not",
    "of",
    "on",
    "one",
    "only",
    "or",
    "our",
    "please",
    "set",
    "shall",
    "should",
    "show",
    "so",
    "some",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "they",
    "this",
    "to",
    "up",
    "update",
    "us",
    "use",
    "using",
    "via",
    "want",
    "we",
    "when",
    "which",
    "with",
    "without",
    "you",
    "your",
];

/// Two words that are one where people write them together.
const JOINED: [(&str, &str, &str); 8] = [
    ("sign", "in", "login"),
    ("log", "in", "login"),
    ("sign", "on", "login"),
    ("sign", "out", "logout"),
    ("log", "out", "logout"),
    ("sign", "up", "signup"),
    ("check", "out", "checkout"),
    ("web", "hook", "webhook"),
];

/// Short forms that code uses for long words.
const SHORT: [(&str, &str); 14] = [
    ("auth", "authentication"),
    ("auth", "authenticate"),
    ("authn", "authentication"),
    ("config", "configuration"),
    ("db", "database"),
    ("repo", "repository"),
    ("msg", "message"),
    ("req", "request"),
    ("res", "response"),
    ("admin", "administrator"),
    ("notif", "notification"),
    ("login", "signin"),
    ("logout", "signout"),
    ("doc", "document"),
];

/// Hands on the stem of each word in a text: camelCase, snake_case, kebab-case and prose.
pub fn stems(text: &str, each: &mut dyn FnMut(String)) {
    let mut before: Option<String> = None;
    for word in split(text) {
        let lower = word.to_lowercase();
        if let Some(joined) = before.as_deref().and_then(|before| joined(before, &lower)) {
            each(stem(joined));
        }
        each(stem(&lower));
        before = Some(lower);
    }
}

/// The one word that two make together, if they do.
pub fn joined(first: &str, second: &str) -> Option<&'static str> {
    JOINED
        .iter()
        .find(|(a, b, _)| *a == first && *b == second)
        .map(|(_, _, one)| *one)
}

/// A word that says too little to search for.
pub fn is_stop(word: &str) -> bool {
    STOP.binary_search(&word).is_ok()
}

/// Stems that mean the same as this stem.
pub fn same_as(stemmed: &str) -> impl Iterator<Item = String> {
    SHORT.iter().filter_map(move |(short, long)| {
        let (short_stem, long_stem) = (stem(short), stem(long));
        if stemmed == short_stem {
            Some(long_stem)
        } else if stemmed == long_stem {
            Some(short_stem)
        } else {
            None
        }
    })
}

/// A path's folders, and its file name without what marks its kind.
pub(super) fn path_parts(path: &str) -> (&str, &str) {
    let (folder, file) = path.rsplit_once(['/', '\\']).unwrap_or(("", path));
    let name = file
        .split_once('.')
        .map_or(file, |(name, _)| if name.is_empty() { file } else { name });
    (folder, name)
}

/// The words of a text, as written.
pub fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
        if rest.is_empty() {
            return None;
        }
        let end = word_end(rest);
        let (word, after) = rest.split_at(end);
        rest = after;
        Some(word)
    })
}

fn word_end(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    let mut before: Option<char> = None;
    while let Some((at, c)) = chars.next() {
        if !c.is_alphanumeric() {
            return at;
        }
        if let Some(before) = before
            && c.is_uppercase()
        {
            // `fooBar` parts before B, `HTTPServer` before S.
            let next_lower = chars.peek().is_some_and(|(_, next)| next.is_lowercase());
            if before.is_lowercase() || before.is_numeric() || (before.is_uppercase() && next_lower)
            {
                return at;
            }
        }
        before = Some(c);
    }
    text.len()
}

/// A light English stem of a lower-case word: plural, -ing, -ed and a silent e go.
pub fn stem(word: &str) -> String {
    let word = word.strip_suffix("'s").unwrap_or(word);
    if !word.is_ascii() || word.len() < 4 {
        return word.to_owned();
    }
    let base = without_plural(word);
    let base = without_ending(&base, "ing")
        .or_else(|| without_ending(&base, "ed"))
        .unwrap_or(base);
    match base.strip_suffix('e') {
        Some(short) if short.len() > 2 => short.to_owned(),
        _ => base,
    }
}

fn without_plural(word: &str) -> String {
    if let Some(start) = word.strip_suffix("ies").filter(|start| start.len() > 1) {
        return format!("{start}y");
    }
    for ending in ["sses", "shes", "ches", "xes", "zes"] {
        if word.ends_with(ending) {
            return word[..word.len() - 2].to_owned();
        }
    }
    let plain = ["ss", "us", "is", "as"]
        .iter()
        .any(|ending| word.ends_with(ending));
    match word.strip_suffix('s') {
        Some(start) if !plain => start.to_owned(),
        _ => word.to_owned(),
    }
}

/// The word without `ing` or `ed`, if what is left is still a word.
fn without_ending(word: &str, ending: &str) -> Option<String> {
    let start = word.strip_suffix(ending)?;
    if start.len() < 3 || !start.contains(['a', 'e', 'i', 'o', 'u', 'y']) || start.ends_with('e') {
        return None;
    }
    let bytes = start.as_bytes();
    let doubled = bytes[bytes.len() - 1] == bytes[bytes.len() - 2]
        && !matches!(bytes[bytes.len() - 1], b'l' | b's' | b'z');
    Some(if doubled {
        start[..start.len() - 1].to_owned()
    } else {
        start.to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_fall_into_their_words() {
        for (text, words) in [
            ("AuthService", "Auth Service"),
            ("HTTPServer2Go", "HTTP Server2 Go"),
            ("max_failed-logins", "max failed logins"),
            ("src/auth/login.ts", "src auth login ts"),
            ("größeÄndern", "größe Ändern"),
            ("", ""),
        ] {
            assert_eq!(split(text).collect::<Vec<_>>().join(" "), words, "{text}");
        }
    }

    #[test]
    fn forms_of_one_word_share_a_stem() {
        for group in [
            &["order", "orders", "ordered", "ordering"][..],
            &["query", "queries"],
            &["cache", "caches", "cached", "caching"],
            &["process", "processes", "processing"],
            &["login", "logins"],
            &["ship", "shipped", "shipping"],
            &["box", "boxes"],
        ] {
            for word in group {
                assert_eq!(stem(word), stem(group[0]), "{word}");
            }
        }
        assert_eq!(stem("status"), "status");
        assert_eq!(stem("string"), "string");
        assert_eq!(stem("address"), "address");
    }

    #[test]
    fn words_written_together_are_found_apart() {
        let mut found = Vec::new();
        stems("signInForm", &mut |stem| found.push(stem));
        assert_eq!(found, ["sign", "login", "in", "form"]);
    }

    #[test]
    fn the_stop_words_can_be_looked_up() {
        assert!(STOP.is_sorted());
        assert!(is_stop("the") && !is_stop("login"));
    }
}
