//! Who a prompt speaks of, what it is about and what that works on.

use rutter_catalogue::Class;

use super::{Prompt, Want, lexicon, names, say, verbs};

/// Actor, thing, object and the like. Nouns are in the singular, without article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Things {
    /// Who uses it.
    pub actor: Option<String>,
    /// What is built, such as "login page".
    pub thing: Option<String>,
    /// What a change gives another value or another speed.
    pub subject: Option<String>,
    /// What it works on, such as "order".
    pub object: Option<String>,
    /// What something is called or where it is now.
    pub from: Option<String>,
    /// What it will be called or where it goes.
    pub to: Option<String>,
    /// A file format.
    pub format: Option<String>,
    /// A provider by name.
    pub provider: Option<String>,
    /// Every file format that is named.
    pub kinds: Vec<String>,
}

const FORMATS: [(&str, &str); 20] = [
    ("csv", "CSV"),
    ("pdf", "PDF"),
    ("xlsx", "XLSX"),
    ("excel", "Excel"),
    ("json", "JSON"),
    ("xml", "XML"),
    ("ics", "iCalendar"),
    ("ical", "iCalendar"),
    ("icalendar", "iCalendar"),
    ("markdown", "Markdown"),
    ("yaml", "YAML"),
    ("parquet", "Parquet"),
    ("tsv", "TSV"),
    ("ofx", "OFX"),
    ("html", "HTML"),
    ("gpx", "GPX"),
    ("zip", "ZIP"),
    ("png", "PNG"),
    ("svg", "SVG"),
    ("ods", "ODS"),
];

const PROVIDERS: [&str; 34] = [
    "Stripe",
    "PayPal",
    "Google",
    "GitHub",
    "GitLab",
    "Apple",
    "Microsoft",
    "Facebook",
    "Klarna",
    "Adyen",
    "Mollie",
    "Square",
    "Twilio",
    "SendGrid",
    "Mailgun",
    "Postmark",
    "Slack",
    "Discord",
    "Telegram",
    "WhatsApp",
    "Okta",
    "Auth0",
    "Keycloak",
    "S3",
    "Redis",
    "Kafka",
    "RabbitMQ",
    "Sentry",
    "Elasticsearch",
    "Braintree",
    "Firebase",
    "LinkedIn",
    "Memcached",
    "Azure",
];

const ENDS: [&str; 26] = [
    " for ", " that ", " which ", " where ", " with ", " in ", " on ", " from ", " so ", " to ",
    " using ", " via ", " by ", " when ", " if ", " as ", " at ", ", ", " (", " and ", ": ",
    " into ", " per ", " before ", " after ", " whose ",
];

/// Finds them.
pub fn find(prompt: &Prompt, who: Option<String>) -> Things {
    // What stands in quotes is not read for its words.
    let wants: Vec<&str> = prompt
        .wants
        .iter()
        .map(|want| want.shall.as_str())
        .filter(|shall| !shall.starts_with("meet this part of the request"))
        .collect();
    let text = prompt.kept.join(". ");
    let (from, to) = ends(&text);
    Things {
        actor: who
            .filter(|who| who != "user")
            .or_else(|| beneficiary(&text)),
        thing: wants.iter().find_map(|shall| thing(shall)),
        subject: wants.iter().find_map(|shall| changed(shall)),
        object: wants
            .iter()
            .find_map(|shall| worked_on(shall))
            .or_else(|| wants.iter().find_map(|shall| object(shall)))
            .or_else(|| prompt.wants.iter().find_map(|want| object(&want.text))),
        from,
        to,
        format: text
            .split(|c: char| !c.is_alphanumeric())
            .map(str::to_lowercase)
            .find_map(|word| FORMATS.iter().find(|(known, _)| *known == word))
            .filter(|(known, _)| !excluded(prompt, known))
            .map(|(_, shown)| (*shown).to_owned()),
        kinds: kinds(prompt, &text),
        provider: PROVIDERS
            .iter()
            .find(|name| {
                text.split(|c: char| !c.is_alphanumeric())
                    .any(|word| word == **name)
                    && !excluded(prompt, &name.to_lowercase())
            })
            .map(|name| (*name).to_owned()),
    }
}

/// Whether a word names a file format.
pub fn is_format(word: &str) -> bool {
    let lower = word.to_lowercase();
    FORMATS.iter().any(|(known, _)| *known == lower) || IMAGES.contains(&lower.as_str())
}

const IMAGES: [&str; 8] = ["jpeg", "jpg", "gif", "webp", "heic", "mp4", "mp3", "docx"];

fn kinds(prompt: &Prompt, text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| is_format(word))
    {
        if !out.iter().any(|known| known.eq_ignore_ascii_case(word))
            && !excluded(prompt, &word.to_lowercase())
        {
            out.push(if word.chars().any(char::is_uppercase) {
                word.to_owned()
            } else {
                word.to_uppercase()
            });
        }
    }
    out
}

fn excluded(prompt: &Prompt, word: &str) -> bool {
    prompt.exclusions.iter().any(|out| {
        out.what
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| w == word)
    })
}

/// "… for customers".
fn beneficiary(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|w| !w.is_empty())
        .collect();
    let after_for = words.windows(3).find_map(|w| {
        (w[0] == "for").then(|| [w[1], w[2]]).and_then(|pair| {
            pair.into_iter()
                .find(|word| lexicon::is_person(word) && *word != "people")
        })
    });
    let last_for = || {
        (words.len() >= 2 && words[words.len() - 2] == "for")
            .then(|| words[words.len() - 1])
            .filter(|word| lexicon::is_person(word))
    };
    after_for
        .or_else(last_for)
        .or_else(|| {
            words.iter().copied().find(|word| {
                lexicon::is_person(word)
                    && lexicon::is_plural(word)
                    && *word != "users"
                    && *word != "people"
            })
        })
        .map(lexicon::singular)
}

/// "provide a login page for …": "login page".
fn thing(shall: &str) -> Option<String> {
    let rest = ["provide ", "support ", "offer "]
        .iter()
        .find_map(|cue| shall.strip_prefix(cue))?;
    let core = verbs::cut_at(rest, &ENDS);
    let core = [
        "a ", "an ", "the ", "some ", "new ", "basic ", "simple ", "proper ", "better ",
    ]
    .iter()
    .fold(core, |core, cue| core.strip_prefix(cue).unwrap_or(core));
    let short = core.split(' ').count() <= 4
        && core.chars().any(char::is_alphabetic)
        && !core.contains('"')
        && !core.starts_with(|c: char| c.is_ascii_digit());
    short.then(|| core.trim_end_matches(['.', ':']).to_owned())
}

/// What gets another value: "use 48 hours instead of 24 for the lead time": "lead time".
pub fn changed(shall: &str) -> Option<String> {
    if let Some(rest) = shall.strip_prefix("put an end to this: ") {
        let slow = [
            " is slow",
            " are slow",
            " is too slow",
            " are too slow",
            " takes too long",
            " take too long",
            " is very slow",
            " is getting slow",
        ];
        return slow
            .iter()
            .find_map(|cue| rest.split_once(cue))
            .map(|(what, _)| bare(what).to_owned())
            .filter(|what| what.split(' ').count() <= 5);
    }
    let what = shall
        .strip_prefix("use ")
        .and_then(|rest| rest.rsplit_once(" for "))
        .map(|(_, what)| what)
        .or_else(|| slow(shall))?;
    // "the limit in src/parse.rs" is the limit.
    let what = what
        .rsplit_once(" in ")
        .filter(|(_, place)| names::looks_like_code(place.trim_matches('`')))
        .map_or(what, |(what, _)| what);
    let core = bare(verbs::cut_at(
        what,
        &[" in `", " so ", ", ", " (", " when ", " because "],
    ));
    (!core.is_empty() && core.split(' ').count() <= 6).then(|| core.to_owned())
}

/// What is to become faster.
fn slow(shall: &str) -> Option<&str> {
    let cut = |text: &'static str| shall.strip_prefix(text);
    cut("speed up ")
        .or_else(|| cut("optimize "))
        .or_else(|| cut("optimise "))
        .or_else(|| cut("make ").and_then(|rest| rest.strip_suffix(" faster")))
        .filter(|what| !matches!(*what, "it" | "this" | "everything"))
}

/// What a change of the source works on: "refactor the parser", "use serde 1.0.200".
fn worked_on(shall: &str) -> Option<String> {
    if let Some(rest) = shall.strip_prefix("behave as before after ") {
        return rest
            .strip_suffix(" is restructured")
            .map(|what| bare(what).to_owned())
            .filter(|what| what.split(' ').count() <= 4);
    }
    let rest = shall.strip_prefix("use ")?;
    let (name, version) = rest.split_once(' ')?;
    let version = version
        .trim_start_matches("version ")
        .trim_start_matches('v');
    (version.starts_with(|c: char| c.is_ascii_digit())
        && !version.contains(' ')
        && name.starts_with(|c: char| c.is_alphabetic() || c == '@' || c == '`'))
    .then(|| format!("`{}`", name.trim_matches('`')))
}

fn bare(text: &str) -> &str {
    ["the ", "a ", "an ", "our ", "my ", "their ", "all "]
        .iter()
        .fold(text.trim(), |text, cue| {
            text.strip_prefix(cue).unwrap_or(text)
        })
}

/// What a verb of work is done to: "export their orders as CSV": "order".
fn object(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(' ')
        .map(|w| w.trim_matches([',', '.', '`', '"', '(', ')']))
        .collect();
    let verbs = [
        "export", "import", "search", "manage", "create", "edit", "delete", "list", "upload",
        "filter", "archive", "book", "cancel", "sort", "view", "download", "tag", "share", "track",
        "review", "comment", "rate", "print", "of", "for", "browse", "find", "see", "add", "store",
        "approve", "assign", "schedule", "cache", "send", "through", "crud", "returns", "return",
        "lists", "exposes", "serves",
    ];
    words
        .iter()
        .enumerate()
        .filter(|(_, word)| verbs.contains(word))
        .find_map(|(at, verb)| {
            let rest: Vec<&str> = words[at + 1..]
                .iter()
                .copied()
                .skip_while(|w| {
                    [
                        "all", "the", "their", "a", "an", "any", "every", "each", "and", "or",
                        "edit", "delete", "update", "remove", "his", "its", "own", "for",
                        "through", "in", "multiple", "many", "new", "past", "create", "read", "my",
                        "of", "by", "view",
                    ]
                    .contains(w)
                })
                .collect();
            let noun_at = rest.iter().take(3).position(|w| {
                lexicon::is_plural(w) && w.chars().all(|c| c.is_alphabetic() || c == '-')
            })?;
            let noun = rest[..=noun_at].join(" ");
            let clean = rest[..noun_at].iter().all(|w| {
                !lexicon::is_modal(w)
                    && ![
                        "is", "are", "to", "from", "with", "by", "on", "at", "as", "that", "which",
                        "who", "a", "an", "the", "and", "or", "in", "when", "returns", "return",
                        "shows", "lists",
                    ]
                    .contains(w)
                    && !w.starts_with(|c: char| c.is_ascii_digit())
            });
            let person = lexicon::is_person(rest[noun_at]) && matches!(*verb, "for" | "of");
            let unit = [
                "minutes",
                "seconds",
                "hours",
                "days",
                "weeks",
                "months",
                "years",
                "times",
                "attempts",
                "requests",
                "rows",
                "users",
                "permissions",
                "changes",
                "errors",
                "results",
                "notifications",
                "messages",
                "emails",
                "e-mails",
                "reminders",
            ]
            .contains(&rest[noun_at])
                && !matches!(*verb, "manage" | "export" | "search" | "delete" | "archive");
            let unit = unit && noun_at == 0;
            (clean && !person && !unit).then(|| lexicon::singular(&noun))
        })
}

/// What a wish of a class works on, in the singular: also one thing with an article, behind one of the class's words.
pub fn object_of(want: &Want, class: &Class) -> Option<String> {
    if class.object.is_empty() {
        return None;
    }
    let lower = want.text.to_lowercase();
    let words: Vec<&str> = lower
        .split(' ')
        .map(|w| w.trim_matches([',', '.', '`', '"', '(', ')']))
        .collect();
    let own = |word: &str| {
        let stem = rutter_catalogue::words::stem(word);
        class
            .strong
            .iter()
            .chain([&class.id, &class.thing])
            .any(|phrase| rutter_catalogue::words::stems(phrase).first() == Some(&stem))
            || class
                .id
                .split('-')
                .any(|part| rutter_catalogue::words::stem(part) == stem)
    };
    for (at, _) in words.iter().enumerate().filter(|(_, word)| own(word)) {
        let rest = &words[at + 1..];
        let rest = match rest.first() {
            Some(&"of" | &"for" | &"through" | &"in") => &rest[1..],
            _ => rest,
        };
        // "up to 8 photos" are photos.
        let amount = rest
            .iter()
            .take_while(|w| {
                ["up", "to", "at", "most", "least", "max", "only"].contains(w)
                    || w.starts_with(|c: char| c.is_ascii_digit())
            })
            .count();
        let rest = if rest[..amount]
            .iter()
            .any(|w| w.starts_with(|c: char| c.is_ascii_digit()))
        {
            &rest[amount..]
        } else {
            rest
        };
        let Some(first) = rest.first() else { continue };
        let singled = [
            "a", "an", "their", "my", "its", "his", "her", "any", "each", "every",
        ]
        .contains(first);
        let determined = [
            "a", "an", "the", "their", "all", "my", "our", "its", "his", "her", "any", "each",
            "every", "multiple", "several", "both",
        ]
        .contains(first);
        let core: Vec<&str> = rest[usize::from(determined)..]
            .iter()
            .copied()
            .take_while(|w| !STOPS.contains(w))
            .take(4)
            .collect();
        let Some(last) = core.last() else { continue };
        let person = lexicon::is_person(last)
            && ["for", "of"].contains(&words.get(at + 1).copied().unwrap_or_default())
            && class.id != "search"
            && class.id != "list";
        let fits = core.len() <= 3
            && core
                .iter()
                .all(|w| w.chars().all(|c| c.is_alphabetic() || c == '-') && !lexicon::is_modal(w))
            && (lexicon::is_plural(last) || singled)
            && !person
            && last.len() > 2;
        let feature = lexicon::is_feature_noun(last) && !lexicon::is_plural(last)
            || is_format(last)
            || own(last)
                && !rutter_catalogue::words::stems(&class.object)
                    .contains(&rutter_catalogue::words::stem(last));
        if fits && !feature {
            return Some(lexicon::singular(&core.join(" ")));
        }
    }
    let route = || {
        words
            .iter()
            .filter(|word| word.starts_with('/'))
            .find_map(|word| {
                word.rsplit('/')
                    .find(|part| {
                        lexicon::is_plural(part)
                            && part.chars().all(|c| c.is_alphabetic() || c == '-')
                    })
                    .map(lexicon::singular)
            })
    };
    let foreign = |found: &String| {
        found
            .split(' ')
            .next_back()
            .is_none_or(|last| !own(last) && !own(&lexicon::plural(last)))
    };
    route()
        .or_else(|| object(&want.text).filter(foreign))
        .or_else(|| object(&want.shall).filter(foreign))
}

/// Words that end a noun phrase.
const STOPS: [&str; 36] = [
    "of", "for", "with", "in", "on", "from", "by", "as", "to", "at", "and", "or", "that", "which",
    "who", "when", "if", "per", "into", "via", "using", "before", "after", "without", "so", "up",
    "is", "are", "can", "must", "should", "within", "once", "than", "where", "until",
];

/// "rename X to Y", "from X to Y".
fn ends(text: &str) -> (Option<String>, Option<String>) {
    let lower = text.to_lowercase();
    let cue = [
        "rename ",
        "renaming ",
        "migrate ",
        "switch ",
        "move ",
        "replace ",
        "umbenennen ",
        "renommer ",
        "renombrar ",
    ]
    .iter()
    .find_map(|cue| {
        lower
            .find(cue)
            .filter(|_| lower.len() == text.len())
            .map(|at| at + cue.len())
    });
    let body = match cue {
        Some(at) => text[at..].trim(),
        None => return from_to(text),
    };
    let body = [
        "the ",
        "function ",
        "method ",
        "class ",
        "field ",
        "variable ",
        "file ",
        "column ",
        "type ",
    ]
    .iter()
    .fold(body, |body, cue| body.strip_prefix(cue).unwrap_or(body));
    if body.contains(" from ") {
        return from_to(body);
    }
    let Some((from, to)) = [" to ", " into ", " with ", " by ", " in ", " en "]
        .iter()
        .find_map(|joint| body.split_once(joint))
    else {
        return (None, None);
    };
    (short_name(from), short_name(to))
}

fn from_to(text: &str) -> (Option<String>, Option<String>) {
    let Some((_, rest)) = text.split_once(" from ") else {
        return (None, None);
    };
    let Some((from, to)) = rest.split_once(" to ") else {
        return (None, None);
    };
    (short_name(from), short_name(to))
}

/// The name in front: code as written, else up to three words.
fn short_name(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some(span) = names::code_spans(text)
        .first()
        .filter(|_| text.starts_with('`'))
    {
        return Some(format!("`{span}`"));
    }
    if let Some(quote) = names::quotes(text)
        .first()
        .filter(|_| text.starts_with(['"', '\'', '“']))
    {
        return Some(format!("\"{quote}\""));
    }
    let core = verbs::cut_at(
        text,
        &[
            " in ",
            " everywhere",
            ", ",
            ". ",
            " and ",
            " for ",
            " across ",
            " so ",
            " because ",
            " throughout",
            " when ",
            " (",
            "; ",
        ],
    )
    .trim_end_matches(['.', ',']);
    let first = core.split(' ').next().unwrap_or_default();
    let code = names::looks_like_code(first);
    let name = if code { first } else { core };
    (!name.is_empty() && name.split(' ').count() <= 4).then(|| {
        if code {
            format!("`{name}`")
        } else {
            say::lower_first(name)
        }
    })
}
