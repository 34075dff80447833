//! What a prompt names exactly: code, paths, quoted terms, and numbers with their units.

/// A number with the words behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// As written, such as `5` or `three`.
    pub number: String,
    /// Up to two lower-case words behind it.
    pub unit: Vec<String>,
    /// "per minute", where it is a rate.
    pub per: Option<String>,
    /// Whether the words in front make it a limit: "at most", "max".
    pub limit: bool,
}

const NUMBER_WORDS: [&str; 14] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve",
    "fifteen", "twenty", "thirty",
];

/// Text between backticks.
pub fn code_spans(text: &str) -> Vec<&str> {
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|span| !span.trim().is_empty())
        .collect()
}

/// Text between quotation marks of any kind.
pub fn quotes(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (open, close) in [
        ('"', '"'),
        ('“', '”'),
        ('„', '“'),
        ('«', '»'),
        ('「', '」'),
        ('『', '』'),
        ('\'', '\''),
    ] {
        let mut rest = text;
        while let Some(start) = rest.find(open) {
            let tail = &rest[start + open.len_utf8()..];
            let opens = open != '\''
                || rest[..start]
                    .chars()
                    .next_back()
                    .is_none_or(|c| c.is_whitespace() || c == '(');
            let Some(end) = tail.find(close) else { break };
            if !opens {
                rest = tail;
                continue;
            }
            if end > 0 && end < 80 {
                found.push(&tail[..end]);
            }
            rest = &tail[end + close.len_utf8()..];
        }
    }
    found
}

/// Words that look like code or a path, backticked or not.
pub fn identifiers(text: &str) -> Vec<String> {
    let mut found: Vec<String> = code_spans(text)
        .iter()
        .map(|span| (*span).to_owned())
        .collect();
    for word in text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '\'' | '`' | '“' | '”'))
    {
        let word = word
            .trim_matches(|c: char| {
                matches!(c, '(' | '.' | ':' | '!' | '?' | '[' | ']' | '{' | '}')
            })
            .trim_end_matches(')');
        let word = if word.contains('(') {
            format!("{word})")
        } else {
            word.to_owned()
        };
        if looks_like_code(&word) && !found.contains(&word) {
            found.push(word);
        }
    }
    found
}

/// `camelCase`, `snake_case`, `a::b`, `a.b()`, `src/a.ts`, `README.md`, `--flag`.
pub fn looks_like_code(word: &str) -> bool {
    if word.len() < 3 || !word.is_ascii() || word.contains("://") || word.contains('@') {
        return false;
    }
    let camel = word
        .as_bytes()
        .windows(2)
        .any(|pair| pair[0].is_ascii_lowercase() && pair[1].is_ascii_uppercase())
        && word
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_.():#".contains(&b));
    let brand = [
        "JavaScript",
        "TypeScript",
        "GitHub",
        "GitLab",
        "PayPal",
        "LinkedIn",
        "YouTube",
        "OpenID",
        "OAuth",
        "PostgreSQL",
        "MySQL",
        "GraphQL",
        "DevOps",
        "iOS",
        "macOS",
        "iPhone",
        "eBay",
        "WebSocket",
        "WebSockets",
        "MongoDB",
        "IDs",
        "PDFs",
        "URLs",
        "APIs",
        "WhatsApp",
        "FaceTime",
    ];
    let snake = word.trim_matches('_').contains('_')
        && word
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_.()".contains(&b));
    let call = word.ends_with("()");
    camel && !brand.contains(&word)
        || snake
        || call
        || is_path(word)
        || word.contains("::")
        || word.starts_with("--")
}

/// A path, or a file name with a known kind of ending.
pub fn is_path(word: &str) -> bool {
    const ENDINGS: [&str; 44] = [
        "rs",
        "ts",
        "tsx",
        "js",
        "jsx",
        "py",
        "go",
        "java",
        "c",
        "h",
        "cpp",
        "cs",
        "rb",
        "php",
        "md",
        "json",
        "toml",
        "yaml",
        "yml",
        "html",
        "css",
        "scss",
        "sql",
        "sh",
        "xml",
        "lock",
        "txt",
        "env",
        "ini",
        "cfg",
        "conf",
        "properties",
        "gradle",
        "kt",
        "swift",
        "vue",
        "svelte",
        "proto",
        "graphql",
        "mod",
        "csproj",
        "lua",
        "ex",
        "tf",
    ];
    let file = word.rsplit('/').next().unwrap_or(word);
    let ending = file
        .rsplit_once('.')
        .filter(|(stem, _)| !stem.is_empty())
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let has_ending = ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()));
    let plain = word
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"_-./".contains(&b));
    plain
        && has_ending
        && ![
            "Node.js", "node.js", "Next.js", "Vue.js", "next.js", "vue.js",
        ]
        .contains(&word)
        || plain && word.matches('/').count() >= 2 && word.bytes().any(|b| b.is_ascii_lowercase())
}

/// The amounts that a text states.
pub fn amounts(text: &str) -> Vec<Amount> {
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| {
            word.trim_matches(|c: char| matches!(c, ',' | '.' | ';' | ':' | ')' | '(' | '!' | '?'))
        })
        .collect();
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        let digits = lower.starts_with(|c: char| c.is_ascii_digit());
        if !digits && !NUMBER_WORDS.contains(&lower.as_str()) {
            continue;
        }
        let split = lower
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.' | '-'))
            .filter(|_| digits);
        let (number, glued) = match split {
            Some(end) => (
                word[..end].to_owned(),
                Some(lower[end..].trim_start_matches('-').to_owned()),
            ),
            None => ((*word).to_owned(), None),
        };
        let behind = words[at + 1..]
            .iter()
            .take(2)
            .map(|next| next.to_lowercase())
            .take_while(|next| next.starts_with(char::is_alphabetic));
        let front: Vec<String> = words[at.saturating_sub(2)..at]
            .iter()
            .map(|word| word.to_lowercase())
            .collect();
        let limit = front.iter().any(|word| {
            ["max", "maximum", "most", "than", "limit", "limited"].contains(&word.as_str())
        }) || front == ["up", "to"];
        let next = |n: usize| {
            words
                .get(at + n)
                .map(|word| word.to_lowercase())
                .unwrap_or_default()
        };
        let per = (1..=3)
            .find(|n| matches!(next(*n).as_str(), "per" | "a" | "an" | "every" | "each"))
            .filter(|n| {
                ["second", "minute", "hour", "day", "week", "month", "year"]
                    .contains(&next(n + 1).as_str())
            })
            .map(|n| format!("per {}", next(n + 1)));
        found.push(Amount {
            per,
            number,
            unit: glued.into_iter().chain(behind).take(2).collect(),
            limit,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_seen_without_backticks() {
        assert_eq!(
            identifiers(
                "Rename getUser in src/user.ts to `fetch` and max_tries, see README.md (GitHub and/or iOS)"
            ),
            ["fetch", "getUser", "src/user.ts", "max_tries", "README.md"]
        );
        assert!(
            !looks_like_code("e.g")
                && !looks_like_code("sign-in")
                && !looks_like_code("1.0.200")
                && !looks_like_code("Node.js")
        );
    }

    #[test]
    fn amounts_keep_their_units() {
        let found = amounts("lock after three failed attempts, max 10,000 rows in 200ms");
        assert_eq!(found[0].number, "three");
        assert_eq!(found[0].unit, ["failed", "attempts"]);
        assert_eq!(
            (found[1].number.as_str(), found[1].unit[0].as_str()),
            ("10,000", "rows")
        );
        assert_eq!(
            (found[2].number.as_str(), found[2].unit[0].as_str()),
            ("200", "ms")
        );
        assert_eq!(
            quotes("call it \"Night mode\" and 'x y', don't stop"),
            ["Night mode", "x y"]
        );
    }
}
