//! A sentence cut into clauses that each wish for one thing, with the condition they stand under.

use super::lexicon;

/// How a criterion opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trigger {
    /// `WHEN …,`
    When,
    /// `IF …, THEN`
    If,
    /// `WHILE …,`
    While,
}

/// A clause with its condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// The condition, without its keyword.
    pub trigger: Option<(Trigger, String)>,
    /// The main clause.
    pub main: String,
    /// Whether it goes on from the clause before it, whose subject it shares.
    pub goes_on: bool,
}

const LEADS: [(&str, Trigger); 11] = [
    ("as soon as ", Trigger::When),
    ("every time ", Trigger::When),
    ("each time ", Trigger::When),
    ("whenever ", Trigger::When),
    ("when ", Trigger::When),
    ("once ", Trigger::When),
    ("in case ", Trigger::If),
    ("if ", Trigger::If),
    ("while ", Trigger::While),
    ("as long as ", Trigger::While),
    ("after ", Trigger::When),
];

/// Cuts a sentence.
pub fn clauses(sentence: &str) -> Vec<Clause> {
    let sentence = open_colon(sentence);
    let (lead, rest) = leading(&sentence);
    let mut out: Vec<Clause> = Vec::new();
    let mut carried = lead;
    for (at, segment) in segments(&rest).into_iter().enumerate() {
        let (own, main) = leading(&segment);
        if own.is_some() {
            carried = own;
        }
        let (trailing, main) = trailing(&main);
        let trigger = match (&carried, trailing) {
            (Some(first), None) => Some(first.clone()),
            (None, found) => found,
            (Some((kind, first)), Some((_, second))) => {
                Some((*kind, format!("{first} and {second}")))
            }
        };
        if main.chars().any(char::is_alphanumeric) {
            out.push(Clause {
                trigger,
                main,
                goes_on: at > 0,
            });
        }
    }
    out
}

/// "Rate limits: 100 a minute, answer 429" lists clauses behind its colon; "roles: admin, editor" does not.
fn open_colon(sentence: &str) -> String {
    let Some(at) = outside(sentence, ": ").into_iter().next() else {
        return sentence.to_owned();
    };
    let (head, tail) = (&sentence[..at], &sentence[at + 2..]);
    let label = head.split(' ').count() == 1
        && [
            "fix", "bug", "feature", "todo", "fixme", "task", "note", "feat", "chore", "refactor",
            "idea", "hack", "request", "goal",
        ]
        .contains(
            &head
                .split('(')
                .next()
                .unwrap_or(head)
                .to_lowercase()
                .as_str(),
        );
    if label {
        return tail.to_owned();
    }
    if is_limit(tail)
        || is_sentence(tail)
        || starts_with_verb(tail, true)
        || tail.starts_with(|c: char| c.is_ascii_digit())
    {
        return format!("{head}; {tail}");
    }
    sentence.to_owned()
}

/// A condition in front: "When a payment fails, …".
fn leading(text: &str) -> (Option<(Trigger, String)>, String) {
    let lower = text.to_lowercase();
    for (cue, kind) in LEADS {
        if !lower.starts_with(cue) || lower.len() != text.len() {
            continue;
        }
        let body = &text[cue.len()..];
        let comma = outside(body, ", ").into_iter().next().map(|at| (at, 2));
        let then = outside(body, " then ").into_iter().next().map(|at| (at, 6));
        let Some((at, width)) = [comma, then]
            .into_iter()
            .flatten()
            .min()
            .or_else(|| second_sentence(body))
        else {
            continue;
        };
        let condition = body[..at].trim_end_matches(',');
        let main = body[at + width..].trim();
        let main = main.strip_prefix("then ").unwrap_or(main);
        return (
            Some((kind, condition_text(cue, condition))),
            main.to_owned(),
        );
    }
    for (cue, condition) in [
        ("on failure, ", "it fails"),
        ("on error, ", "an error occurs"),
        ("on success, ", "it succeeds"),
        ("on timeout, ", "the time is up"),
        ("on startup, ", "the program starts"),
        ("otherwise, ", "that is not so"),
    ] {
        if lower.starts_with(cue) {
            return (
                Some((Trigger::If, condition.to_owned())),
                text[cue.len()..].to_owned(),
            );
        }
    }
    (None, text.to_owned())
}

/// Where the main clause begins behind a condition that no comma closes: "the field is empty the export crashes".
fn second_sentence(body: &str) -> Option<(usize, usize)> {
    [" the ", " it ", " an ", " a ", " they "]
        .iter()
        .flat_map(|cue| outside(body, cue))
        .filter(|at| is_clause(&body[..*at]) && is_sentence_in_full(&body[at + 1..]))
        .min()
        .map(|at| (at, 1))
}

fn is_sentence_in_full(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    super::tell::main_verb(&words).is_some_and(|at| {
        at <= 4
            && !words[..at]
                .iter()
                .any(|word| ["of", "and", "or", "to", "that"].contains(word))
    })
}

/// A condition behind: "… when the token expires".
fn trailing(text: &str) -> (Option<(Trigger, String)>, String) {
    for (cue, kind) in [
        (" whenever ", Trigger::When),
        (" as soon as ", Trigger::When),
        (" when ", Trigger::When),
        (" once ", Trigger::When),
        (" if ", Trigger::If),
        (" while ", Trigger::While),
        (" as long as ", Trigger::While),
        (" after ", Trigger::When),
    ] {
        let Some(at) = outside(text, cue).into_iter().next_back() else {
            continue;
        };
        let (main, condition) = (&text[..at], &text[at + cue.len()..]);
        let before = main.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let asks = [
            "see", "know", "knows", "choose", "tell", "show", "shows", "check", "checks", "ask",
            "decide", "and", "or", "even", "only", "except", "not", "shortly", "record", "log",
            "as", "the", "a", "this",
        ]
        .contains(&before.as_str());
        let first = condition
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let idle = [
            "to",
            "possible",
            "needed",
            "necessary",
            "any",
            "not",
            "so",
            "in",
            "per",
            "a",
            "every",
            "and",
        ]
        .contains(&first.as_str())
            && !(matches!(first.as_str(), "a" | "any" | "every") && is_clause(condition));
        // "a link that expires after 7 days" says so of the link.
        let relative = cue == " after "
            && [" that ", " which ", " who "].iter().any(|word| {
                main.rfind(word)
                    .is_some_and(|at| !main[at..].contains(", "))
            });
        let gerund = super::tell::ungerund(&first).is_some();
        // "points expire after 12 months": a time says when, a count says what has to happen first.
        let relative = relative
            || cue == " after " && starts_with_amount(condition) && {
                let unit = condition
                    .split(' ')
                    .nth(1)
                    .unwrap_or_default()
                    .to_lowercase();
                [
                    "second", "minute", "hour", "day", "week", "month", "year", "ms",
                ]
                .iter()
                .any(|time| unit.starts_with(time))
            };
        let bare = relative
            || ["after", "once", "while"].contains(&cue.trim())
                && !gerund
                && !is_clause(condition)
                && (cue != " after " || !starts_with_amount(condition));
        // "Cut off after 20 characters" says where, not when.
        let size = cue == " after "
            && starts_with_amount(condition)
            && [
                "char", "letter", "digit", "line", "row", "word", "px", "pixel", "mb", "kb",
                "byte", "entr", "item", "column", "%",
            ]
            .iter()
            .any(|unit| {
                condition
                    .split(' ')
                    .nth(1)
                    .is_some_and(|word| word.to_lowercase().starts_with(unit))
            });
        let often = cue == " once "
            && [
                "a month",
                "a day",
                "a week",
                "a year",
                "an hour",
                "a night",
                "a minute",
                "a session",
                "a quarter",
                "per ",
            ]
            .iter()
            .any(|unit| condition.starts_with(unit));
        if often
            || size
            || asks
            || idle
            || bare
            || main.split(' ').count() < 2 && !starts_with_verb(main, true)
        {
            continue;
        }
        // "after 3 wrong PINs for 10 minutes": how long belongs to what is done.
        let (condition, lasting) = match condition.rsplit_once(" for ") {
            Some((front, time))
                if cue == " after "
                    && starts_with_amount(condition)
                    && starts_with_amount(time) =>
            {
                (front, format!(" for {time}"))
            }
            _ => (condition, String::new()),
        };
        return (
            Some((kind, condition_text(cue.trim_start(), condition))),
            format!("{}{lasting}", main.trim_end_matches(',')),
        );
    }
    let polite = [
        " if possible",
        " when possible",
        " if needed",
        " please",
        " as well",
        " too",
    ];
    let main = polite
        .iter()
        .fold(text, |text, cue| text.strip_suffix(cue).unwrap_or(text));
    (None, main.to_owned())
}

fn starts_with_amount(text: &str) -> bool {
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
                            | "times"
                            | "can"
                            | "cannot"
                            | "can't"
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

/// The condition as a clause: "no results" is "there are no results", "5 failures" is "5 failures have happened".
fn condition_text(cue: &str, condition: &str) -> String {
    let condition = condition.trim();
    // "After changing the password" is said of whoever does it.
    let (opener, rest) = condition.split_once(' ').unwrap_or((condition, ""));
    if let Some(verb) = super::tell::ungerund(opener).filter(|_| {
        matches!(cue.trim(), "after" | "when" | "while" | "once")
            && !lexicon::may_be_verb(rest.split(' ').next().unwrap_or_default())
    }) {
        return format!("a user {} {rest}", lexicon::third(&verb))
            .trim()
            .to_owned();
    }
    if is_clause(condition) {
        let first = condition.split(' ').next().unwrap_or_default();
        let lower = first.to_lowercase();
        let bare = lexicon::is_person(&lower)
            && !lexicon::is_plural(&lower)
            && !matches!(
                lower.as_str(),
                "everyone" | "anyone" | "everybody" | "nobody" | "people"
            );
        return if bare {
            format!("{} {condition}", super::article(&lower))
        } else {
            condition.to_owned()
        };
    }
    let lower = condition.to_lowercase();
    if lower.starts_with("no ") || lower.starts_with("there ") {
        return format!(
            "there {} {condition}",
            if lexicon::is_plural(&lower) {
                "are"
            } else {
                "is"
            }
        );
    }
    if cue.trim() == "after" {
        let many = lexicon::is_plural(&lower);
        if starts_with_amount(condition) {
            let unit = lower.split(' ').nth(1).unwrap_or_default();
            let time = [
                "second", "minute", "hour", "day", "week", "month", "year", "ms",
            ]
            .iter()
            .any(|t| unit.starts_with(t));
            return format!(
                "{condition} {}",
                if time { "have passed" } else { "have happened" }
            );
        }
        return format!("{condition} {} done", if many { "are" } else { "is" });
    }
    condition.to_owned()
}

/// Cuts where a new clause begins.
fn segments(text: &str) -> Vec<String> {
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for joint in [", ", " and ", " but ", " then ", " – ", " — ", " - ", "; "] {
        cuts.extend(outside(text, joint).into_iter().map(|at| (at, joint.len())));
    }
    cuts.sort_unstable();
    let mut out = Vec::new();
    let mut start = 0;
    let mut conditioned = false;
    for (at, width) in cuts {
        if at < start {
            continue;
        }
        let left = &text[start..at];
        if conditioned && text[at..].starts_with(", ") {
            conditioned = false;
            continue;
        }
        let comma = !matches!(&text[at..at + width], " and " | " then ");
        let right = without_joint(&text[at + width..]);
        let lower = right.to_lowercase();
        let new_condition = comma
            && LEADS.iter().any(|(cue, _)| lower.starts_with(cue))
            && !outside(right, ", ").is_empty();
        let always = text[at..].starts_with("; ");
        if always || new_condition || starts_clause(right, left, comma) {
            out.push(left.to_owned());
            start = text.len() - right.len();
            conditioned = new_condition;
        }
    }
    out.push(text[start..].to_owned());
    out.into_iter()
        .map(|part| part.trim().trim_end_matches([',', ';']).to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

fn without_joint(text: &str) -> &str {
    [
        "and then ",
        "and also ",
        "and ",
        "but ",
        "then ",
        "also ",
        "plus ",
    ]
    .iter()
    .find_map(|joint| text.strip_prefix(joint))
    .unwrap_or(text)
}

fn starts_clause(right: &str, left: &str, comma: bool) -> bool {
    let lower = right.to_lowercase();
    let words: Vec<&str> = lower.split(' ').collect();
    let first = words[0].trim_matches(',');
    // "3, not 5" is one value and the one it replaces.
    if first == "not" && words.get(1).is_some_and(|word| starts_with_amount(word)) {
        return false;
    }
    let more = words
        .get(1)
        .is_some_and(|w| ["more", "later", "less", "longer", "fewer"].contains(w));
    if first == "no" && !more
        || ["don't", "never", "excluding"].contains(&first)
        || lower.starts_with("do not ")
        || [
            "we don't ",
            "we do not ",
            "i don't ",
            "i do not ",
            "there is no need",
            "there's no need",
            "no need ",
        ]
        .iter()
        .any(|cue| lower.starts_with(cue))
        || comma && matches!(first, "not" | "without" | "except")
    {
        return true;
    }
    if lower.starts_with("please no ")
        || lower.starts_with("please not ")
        || lower.starts_with("please don't ")
        || lower.starts_with("there is no ")
        || lower.starts_with("there are no ")
    {
        return true;
    }
    if comma && (is_limit(&lower) || first == "only" || first == "optionally") {
        return true;
    }
    let left_last = left
        .rsplit([' '])
        .next()
        .unwrap_or_default()
        .trim_matches(',')
        .to_lowercase();
    let open = lexicon::may_be_verb(&left_last)
        && (lexicon::is_verb(&left_last) || left.split(' ').count() <= 2 || left.contains(','));
    if starts_with_verb(right, false) && !open && (comma || has_verb(left)) {
        return true;
    }
    has_subject_and_modal(&words) || is_sentence(right) && is_sentence_or_order(left, comma)
}

/// Whether a text is a sentence of its own, with a short subject in front of its verb.
fn is_sentence(text: &str) -> bool {
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

/// Whether a text in front of a joint is complete: nothing that it opened runs on behind the joint.
fn is_sentence_or_order(left: &str, comma: bool) -> bool {
    let lower = format!(" {} ", left.to_lowercase());
    let opened = [
        " when ",
        " if ",
        " while ",
        " whether ",
        " where ",
        " that ",
        " who ",
        " which ",
        " sure ",
        " ensure ",
        " how ",
        " once ",
        " until ",
        " because ",
    ]
    .iter()
    .any(|cue| lower.contains(cue));
    let words: Vec<&str> = left.split(' ').collect();
    (comma && !lower.contains(" sure ") || !opened)
        && (super::tell::main_verb(&words).is_some() || starts_with_verb(left, true))
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
    // "Stop asking", "start counting".
    if matches!(first, "stop" | "start" | "keep" | "avoid")
        && second.ends_with("ing")
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

fn has_verb(text: &str) -> bool {
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

fn has_subject_and_modal(words: &[&str]) -> bool {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(sentence: &str) -> Vec<String> {
        clauses(sentence)
            .into_iter()
            .map(|c| match c.trigger {
                Some((kind, condition)) => format!("{kind:?} {condition}: {}", c.main),
                None => c.main,
            })
            .collect()
    }

    #[test]
    fn clauses_come_apart_and_lists_stay_together() {
        for (sentence, expected) in [
            (
                "Customers can export their orders as CSV, max 10,000 rows, no PDF",
                &[
                    "Customers can export their orders as CSV",
                    "max 10,000 rows",
                    "no PDF",
                ][..],
            ),
            (
                "Users can create, edit and delete products",
                &["Users can create, edit and delete products"],
            ),
            (
                "Upload avatars as PNG, JPEG or GIF",
                &["Upload avatars as PNG, JPEG or GIF"],
            ),
            (
                "When a payment fails, retry three times and notify the customer",
                &[
                    "When a payment fails: retry three times",
                    "When a payment fails: notify the customer",
                ],
            ),
            (
                "Lock the account after 5 failed attempts",
                &["When 5 failed attempts have happened: Lock the account"],
            ),
            (
                "Show a hint if there are no results",
                &["If there are no results: Show a hint"],
            ),
            (
                "Add rate limits to the API: 100 requests per minute, return 429",
                &[
                    "Add rate limits to the API",
                    "100 requests per minute",
                    "return 429",
                ],
            ),
            (
                "There are three roles: admin, editor, viewer",
                &["There are three roles: admin, editor, viewer"],
            ),
            (
                "Patients book online and doctors can cancel a slot",
                &["Patients book online", "doctors can cancel a slot"],
            ),
            (
                "Let users choose when to get a reminder",
                &["Let users choose when to get a reminder"],
            ),
            (
                "TODO(ann): validate the e-mail before saving",
                &["validate the e-mail before saving"],
            ),
            (
                "Send a reminder 24 hours before the appointment",
                &["Send a reminder 24 hours before the appointment"],
            ),
        ] {
            assert_eq!(cut(sentence), expected, "{sentence}");
        }
    }
}
