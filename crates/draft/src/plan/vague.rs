//! Words that nobody can test, turned into a decision about what would show it.

use super::decide::Decisions;

/// A vague word, the question it raises and the answers.
struct Vague {
    words: &'static [&'static str],
    ask: &'static str,
    choices: &'static [&'static str],
    /// Whether the choice is a time, so that "is fast" becomes "responds within …".
    time: bool,
}

const VAGUE: [Vague; 6] = [
    Vague {
        words: &[
            "fast",
            "faster",
            "quick",
            "quickly",
            "instant",
            "instantly",
            "snappy",
            "responsive",
            "performant",
            "speedy",
            "in no time",
            "real fast",
            "lightning fast",
            "blazing fast",
            "quicker",
        ],
        ask: "Within what time must it answer?",
        choices: &["1 second", "200 ms", "3 seconds"],
        time: true,
    },
    Vague {
        words: &[
            "easy to use",
            "user-friendly",
            "user friendly",
            "intuitive",
            "easy",
            "easier",
            "simple to use",
            "easy to understand",
            "friendly",
        ],
        ask: "What shows that it can be used without help?",
        choices: &[
            "a first-time user finishes without help",
            "it takes at most 3 steps",
            "5 of 5 test users finish it",
        ],
        time: false,
    },
    Vague {
        words: &[
            "nice",
            "nicer",
            "beautiful",
            "modern",
            "pretty",
            "sleek",
            "good-looking",
            "polished",
            "nice looking",
            "fancy",
            "cool",
        ],
        ask: "What shows that the look is right?",
        choices: &[
            "it matches the existing pages",
            "a designer's draft is followed",
            "the product owner signs it off",
        ],
        time: false,
    },
    Vague {
        words: &["scalable", "scale", "scales well", "highly available"],
        ask: "How much must it carry?",
        choices: &[
            "100 requests per second",
            "10 requests per second",
            "1,000 requests per second",
        ],
        time: false,
    },
    Vague {
        words: &[
            "robust",
            "reliable",
            "stable",
            "bulletproof",
            "rock solid",
            "more reliable",
            "more stable",
        ],
        ask: "What must it survive?",
        choices: &[
            "a restart in the middle of a request",
            "the loss of the network for 1 minute",
            "both of these",
        ],
        time: false,
    },
    Vague {
        words: &[
            "secure",
            "safe",
            "more secure",
            "safer",
            "securely",
            "safely",
        ],
        ask: "What is security checked against?",
        choices: &[
            "OWASP ASVS level 1",
            "OWASP ASVS level 2",
            "a review by the security team",
        ],
        time: false,
    },
];

/// Words that add nothing to a criterion.
const EMPTY: [&str; 17] = [
    "properly",
    "correctly",
    "appropriately",
    "nicely",
    "seamlessly",
    "simply",
    "easily",
    "really",
    "very",
    "basically",
    "smoothly",
    "appropriate",
    "suitable",
    "etc",
    "some kind of",
    "some sort of",
    "kind of",
];

/// Takes vague words out of a phrase; what would show them becomes a decision.
pub fn settle(shall: &str, decisions: &mut Decisions) -> String {
    let mut text = shall.to_owned();
    for word in EMPTY {
        text = without(&text, word);
    }
    for (at, vague) in VAGUE.iter().enumerate() {
        for word in vague.words.iter().rev() {
            let Some(place) = word_at(&text, word) else {
                continue;
            };
            let mark = decisions.mark(
                &format!("vague/{at}"),
                vague.ask,
                &vague
                    .choices
                    .iter()
                    .map(|c| (*c).to_owned())
                    .collect::<Vec<_>>(),
            );
            text = replace(&text, place, word.len(), &mark, vague.time);
            break;
        }
    }
    text
}

fn word_at(text: &str, word: &str) -> Option<usize> {
    let lower = text.to_ascii_lowercase();
    lower.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = lower[..*at].chars().next_back();
        let after = lower[at + word.len()..].chars().next();
        before.is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '`' && c != '"')
            && after.is_none_or(|c| !c.is_alphanumeric() && c != '-' && c != '`' && c != '"')
    })
}

fn without(text: &str, word: &str) -> String {
    let Some(at) = word_at(text, word) else {
        return text.to_owned();
    };
    format!("{}{}", &text[..at], &text[at + word.len()..])
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .trim_end_matches([',', ' '])
        .to_owned()
}

fn replace(text: &str, at: usize, len: usize, mark: &str, time: bool) -> String {
    let (before, after) = (text[..at].trim_end(), text[at + len..].trim());
    let tail = if after.is_empty() {
        String::new()
    } else {
        format!(" {after}")
    };
    let tail = tail.replace(" ,", ",");
    if time {
        for (cue, verb) in [
            (" is", " responds"),
            (" are", " respond"),
            (" be", " respond"),
            (" feel", " respond"),
            (" feels", " responds"),
            (" very", ""),
            (" load", " load"),
            (" loads", " loads"),
        ] {
            if let Some(start) = before.strip_suffix(cue) {
                return format!("{start}{verb} within {mark}{tail}");
            }
        }
        if before == "be" {
            return format!("respond within {mark}{tail}");
        }
        if before.starts_with("make ") {
            return format!(
                "answer requests to {} within {mark}{tail}",
                before.trim_start_matches("make ")
            );
        }
        // "Fast search": what is fast is named behind it.
        return if after.is_empty() {
            format!("{before} within {mark}")
        } else {
            format!("{before}{tail} that answers within {mark}")
        }
        .trim()
        .to_owned();
    }
    if after.is_empty() {
        for (cue, verb) in [
            (" is", " meets"),
            (" are", " meet"),
            (" be", " meet"),
            (" feels", " meets"),
            (" looks", " meets"),
            (" feel", " meet"),
            (" look", " meet"),
            (" and", " and meets"),
            (" more", " in a way that meets"),
        ] {
            if let Some(start) = before.strip_suffix(cue) {
                return format!("{start}{verb} this: {mark}");
            }
        }
        return match before {
            "be" | "" => format!("meet this: {mark}"),
            _ => match before.strip_prefix("make ") {
                Some(object) => format!("change {object} until this holds: {mark}"),
                None => format!("{before} in a way that meets this: {mark}"),
            },
        };
    }
    format!("{before}{tail} that meets this: {mark}")
        .trim()
        .to_owned()
}

/// A prompt that names a quality and nothing else: "make it faster", "improve the UX".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quality {
    /// Speed.
    Speed,
    /// Ease of use and look.
    Use,
    /// Safety from attack.
    Security,
    /// Keeping on.
    Reliability,
    /// The source itself.
    Source,
    /// No quality that can be told.
    Unclear,
}

/// Which quality a short, vague prompt is about.
pub fn quality(text: &str) -> Option<Quality> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|w| !w.is_empty())
        .collect();
    const IDLE: &str = "it this that the app application site website everything code codebase system program whole our my thing things stuff a an please could can you we i want to be is too very much more and be should needs need project software all of for in general overall just some make improve optimize optimise enhance fix clean cleaner up polish modernize modernise speed refactor tidy simplify harden better work works increase reduce do fast faster performance slow perf quicker latency secure security safer hardening ux ui nicer prettier look looks modern friendly user-friendly intuitive usability design easier reliable stable robust reliability stability maintainable debt technical improvements performant use usable";
    if words.len() > 9
        || words
            .iter()
            .any(|word| !IDLE.split(' ').any(|idle| idle == *word))
    {
        return None;
    }
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let vague_verb = has(&[
        "make",
        "improve",
        "optimize",
        "optimise",
        "enhance",
        "fix",
        "clean",
        "polish",
        "modernize",
        "modernise",
        "speed",
        "refactor",
        "tidy",
        "simplify",
        "harden",
        "better",
        "work",
        "works",
        "needs",
        "should",
        "too",
        "increase",
        "reduce",
        "secure",
        "do",
    ]);
    if !vague_verb {
        return None;
    }
    if has(&[
        "fast",
        "faster",
        "speed",
        "performance",
        "slow",
        "perf",
        "quicker",
        "latency",
        "optimize",
        "optimise",
    ]) {
        Some(Quality::Speed)
    } else if has(&["secure", "security", "safer", "harden", "hardening"]) {
        Some(Quality::Security)
    } else if has(&[
        "ux",
        "ui",
        "nicer",
        "prettier",
        "look",
        "looks",
        "modern",
        "modernize",
        "friendly",
        "user-friendly",
        "intuitive",
        "usability",
        "polish",
        "design",
        "easier",
    ]) {
        Some(Quality::Use)
    } else if has(&["reliable", "stable", "robust", "reliability", "stability"]) {
        Some(Quality::Reliability)
    } else if has(&[
        "code",
        "refactor",
        "cleaner",
        "codebase",
        "tidy",
        "cleanup",
        "maintainable",
        "debt",
    ]) && has(&[
        "clean", "refactor", "improve", "tidy", "better", "make", "simplify", "reduce",
    ]) {
        Some(Quality::Source)
    } else if has(&["better", "improve", "enhance", "improvements"])
        || words.len() <= 4
            && has(&["fix", "work", "works"])
            && has(&["it", "this", "things", "everything", "stuff", "app", "that"])
    {
        Some(Quality::Unclear)
    } else {
        None
    }
}
