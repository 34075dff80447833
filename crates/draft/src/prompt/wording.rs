//! How a text opens: words that say nothing, and its first letter.

/// Openers that say nothing.
const FILLERS: [&str; 46] = [
    "please ",
    "could you please ",
    "can you please ",
    "could you ",
    "can you ",
    "would you ",
    "i'd like you to ",
    "i want you to ",
    "i would like you to ",
    "we'd like you to ",
    "let's ",
    "we should ",
    "i think we should ",
    "just ",
    "also ",
    "also, ",
    "then ",
    "and ",
    "additionally, ",
    "finally, ",
    "in addition, ",
    "furthermore, ",
    "moreover, ",
    "maybe ",
    "basically ",
    "ideally, ",
    "ideally ",
    "obviously ",
    "of course ",
    "of course, ",
    "so ",
    "now ",
    "next, ",
    "first, ",
    "second, ",
    "third, ",
    "lastly, ",
    "most importantly, ",
    "importantly, ",
    "note that ",
    "remember that ",
    "however, ",
    "hi, ",
    "hello, ",
    "hey, ",
    "the goal is to ",
];

/// Drops openers that say nothing.
pub fn without_fillers(clause: &str) -> String {
    let mut text = clause.trim().to_owned();
    while let Some(filler) = FILLERS.iter().find(|filler| starts(&text, filler)) {
        text = text[filler.len()..].trim_start().to_owned();
    }
    text
}

pub(super) fn starts(text: &str, cue: &str) -> bool {
    text.get(..cue.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(cue))
}

/// A small first letter, unless the word is a name, an abbreviation or code.
pub fn lower_first(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    let lower = first.to_lowercase();
    let name = first
        .chars()
        .skip(1)
        .any(|c| c.is_uppercase() || c.is_ascii_digit())
        || first.contains(['_', '.', '/', '`'])
        || is_brand(&lower)
        || lower == "i" && text.starts_with("I ");
    if name {
        text.to_owned()
    } else {
        format!("{lower}{}", &text[first.len()..])
    }
}

fn is_brand(lower: &str) -> bool {
    let bare = lower.trim_end_matches("'s").trim_matches([',', ':']);
    [
        "stripe",
        "paypal",
        "google",
        "github",
        "gitlab",
        "slack",
        "apple",
        "microsoft",
        "facebook",
        "redis",
        "kafka",
        "docker",
        "kubernetes",
        "twilio",
        "sendgrid",
        "excel",
        "jira",
        "zoom",
        "klarna",
        "okta",
        "auth0",
        "postgres",
        "sqlite",
        "linux",
        "windows",
        "android",
        "python",
        "java",
        "rust",
        "english",
        "german",
        "french",
        "spanish",
        "japanese",
        "chinese",
        "monday",
        "sunday",
        "markdown",
        "sentry",
        "discord",
        "telegram",
        "braille",
        "prometheus",
        "elasticsearch",
    ]
    .contains(&bare)
}
