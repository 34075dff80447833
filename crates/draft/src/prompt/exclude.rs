//! What a prompt does not want.

use rutter_catalogue::language::Language;

use super::exclude_passing::{cut_in_passing, stands_for_other};

/// Something that is not wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exclusion {
    /// What, as written.
    pub what: String,
}

/// A sentence or clause read for what it does not want.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reading {
    /// It only says what is not wanted.
    Out(Vec<Exclusion>),
    /// A ban on a behaviour, as a verb phrase: "store card numbers".
    Ban(String),
    /// Something that must stay as it is.
    Keep(String),
    /// A wish; what it excludes in passing has been cut out.
    Wish(String, Vec<Exclusion>),
}

/// Verbs whose ban means "not part of this".
const SCOPE_VERBS: &str = "add build implement include use need introduce support want create make bother require do offer provide care worry have integrate install bring";
/// Verbs whose ban means "leave it as it is".
const STAY_VERBS: &str = "touch change modify alter edit rewrite rework refactor";

/// Reads a clause.
pub fn read(clause: &str, language: Language) -> Reading {
    match language {
        Language::English => english(clause),
        _ => super::exclude_foreign::read(clause, language),
    }
}

fn strip<'a>(text: &'a str, cue: &str) -> Option<&'a str> {
    let head = text.get(..cue.len())?;
    (head.eq_ignore_ascii_case(cue) && text[cue.len()..].starts_with([' ', ':']))
        .then(|| text[cue.len()..].trim_start_matches([' ', ':']))
}

pub(super) fn outs(text: &str) -> Vec<Exclusion> {
    let text = text.trim().trim_end_matches([',', '.']);
    let tail_cues = [
        " please",
        " for now",
        " at all",
        " yet",
        " either",
        " in this version",
        " this time",
        " in the first version",
    ];
    let mut bare = text;
    while let Some(short) = tail_cues.iter().find_map(|cue| bare.strip_suffix(cue)) {
        bare = short;
    }
    split_list(bare)
        .into_iter()
        .map(|what| {
            what.trim_start_matches("any ")
                .trim_start_matches("a ")
                .trim_start_matches("an ")
                .trim_start_matches("the ")
                .to_owned()
        })
        .filter(|what| what.chars().any(char::is_alphanumeric))
        .map(|what| Exclusion { what })
        .collect()
}

/// "SMS, push or e-mail" is three things.
fn split_list(text: &str) -> Vec<String> {
    text.split(", ")
        .flat_map(|part| part.split(" or "))
        .flat_map(|part| part.split(" nor "))
        .flat_map(|part| {
            if part.split(' ').count() <= 5 {
                part.split(" and ").collect::<Vec<_>>()
            } else {
                vec![part]
            }
        })
        .map(|part| {
            ["and ", "or ", "no ", "nor ", "not ", "without "]
                .iter()
                .fold(part.trim(), |part, cue| {
                    part.strip_prefix(cue).unwrap_or(part)
                })
                .to_owned()
        })
        .collect()
}

fn english(clause: &str) -> Reading {
    let text = [
        "but ", "and ", "please ", "also ", "yet ", "though ", "however ",
    ]
    .iter()
    .fold(clause.trim(), |text, cue| {
        if text.len() > cue.len()
            && text.is_char_boundary(cue.len())
            && text[..cue.len()].eq_ignore_ascii_case(cue)
        {
            text[cue.len()..].trim_start_matches([',', ' '])
        } else {
            text
        }
    });
    for cue in [
        "no need for",
        "no need to",
        "there is no need for",
        "there are no",
        "there is no",
        "there's no",
        "there will be no",
        "there should be no",
        "there's no need for",
        "we don't need",
        "we do not need",
        "we don't want",
        "we do not want",
        "i don't want",
        "i do not want",
        "i don't need",
        "don't need",
        "leave out",
        "out of scope",
        "not in scope",
        "not included",
        "exclude",
        "without",
    ] {
        if let Some(rest) = strip(text, cue) {
            let scope = !matches!(cue, "exclude" | "no need to") || rest.split(' ').count() <= 3;
            if cue == "without" && (starts_with_gerund(rest) || stands_for_other(rest)) {
                break;
            }
            if scope {
                return Reading::Out(outs(rest));
            }
        }
    }
    if let Some(rest) = strip(text, "no") {
        // "No more than five" is a limit; "no user may see" is a ban with a subject.
        let lower = rest.to_lowercase();
        let modal = rest
            .split(' ')
            .take(4)
            .any(|word| ["can", "may", "must", "should"].contains(&word));
        if ![
            "more than",
            "less than",
            "later than",
            "fewer than",
            "longer than",
            "matter",
        ]
        .iter()
        .any(|cue| lower.starts_with(cue))
            && !modal
        {
            let undesirable = [
                "double",
                "duplicate",
                "duplicates",
                "duplicated",
                "overlapping",
                "overbooking",
                "negative",
                "downtime",
                "breaking",
                "leak",
                "leaks",
                "race",
                "regressions",
                "lost",
                "stale",
                "plaintext",
                "gaps",
                "data",
                "flicker",
                "orphaned",
                "silent",
                "unhandled",
            ];
            let first = lower.split(' ').next().unwrap_or_default();
            if undesirable.contains(&first)
                && (first != "data"
                    || lower.starts_with("data loss")
                    || lower.starts_with("data leak"))
            {
                return Reading::Ban(format!(
                    "{} {rest}",
                    if [
                        "downtime",
                        "data",
                        "leak",
                        "leaks",
                        "race",
                        "regressions",
                        "breaking",
                        "flicker",
                        "gaps"
                    ]
                    .contains(&first)
                    {
                        "cause"
                    } else {
                        "allow"
                    }
                ));
            }
            return Reading::Out(outs(rest));
        }
    }
    for cue in [
        "don't",
        "do not",
        "dont",
        "never",
        "must not",
        "should not",
        "shouldn't",
        "mustn't",
        "avoid",
    ] {
        if let Some(rest) = strip(text, cue) {
            return ban(rest, cue);
        }
    }
    if let Some(rest) = strip(text, "not").filter(|rest| {
        !["every ", "all ", "each ", "only ", "just "]
            .iter()
            .any(|cue| rest.starts_with(cue))
    }) {
        return Reading::Out(outs(
            ["on ", "for ", "in ", "via ", "by ", "as ", "with "]
                .iter()
                .find_map(|cue| rest.strip_prefix(cue))
                .unwrap_or(rest),
        ));
    }
    for cue in [
        " is out of scope",
        " are out of scope",
        " is not needed",
        " are not needed",
        " isn't needed",
        " aren't needed",
        " is not required",
        " are not required",
        " can wait",
        " can come later",
        " comes later",
        " is not part of this",
        " not needed",
        " not required",
        " are not wanted",
        " is not wanted",
        " out of scope",
    ] {
        if let Some(rest) = text.strip_suffix(cue) {
            return Reading::Out(outs(rest));
        }
    }
    cut_in_passing(text)
}

pub(super) fn starts_with_gerund(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    first.ends_with("ing") && first.len() > 4
}

fn ban(rest: &str, cue: &str) -> Reading {
    if [
        "more than ",
        "less than ",
        "fewer than ",
        "longer than ",
        "later than ",
        "above ",
        "below ",
    ]
    .iter()
    .any(|limit| rest.to_lowercase().starts_with(limit))
    {
        return Reading::Ban(format!("allow {rest}"));
    }
    let (verb, object) = rest.split_once(' ').unwrap_or((rest, ""));
    let lower = verb.to_lowercase();
    let listed = |list: &str| list.split(' ').any(|known| known == lower);
    let first_of_object = object.split(' ').next().unwrap_or_default();
    if cue == "avoid" {
        return if starts_with_gerund(rest) {
            Reading::Wish(format!("avoid {rest}"), Vec::new())
        } else {
            Reading::Out(outs(rest))
        };
    }
    if matches!(lower.as_str(), "forget") {
        return Reading::Wish(
            object
                .trim_start_matches("to ")
                .trim_start_matches("about ")
                .to_owned(),
            Vec::new(),
        );
    }
    if listed(STAY_VERBS) && !object.is_empty() && cue != "never" {
        return Reading::Keep(object.to_owned());
    }
    if listed(SCOPE_VERBS) && cue != "never" && !cue.contains("must") && !cue.contains("should") {
        let object =
            if first_of_object == "to" || first_of_object == "about" || first_of_object == "with" {
                object.split_once(' ').map_or("", |(_, rest)| rest)
            } else {
                object
            };
        return if object.is_empty() {
            Reading::Ban(rest.to_owned())
        } else {
            Reading::Out(outs(object))
        };
    }
    Reading::Ban(rest.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn out(clause: &str, language: Language) -> Vec<String> {
        match read(clause, language) {
            Reading::Out(found) | Reading::Wish(_, found) => {
                found.into_iter().map(|e| e.what).collect()
            }
            Reading::Ban(_) | Reading::Keep(_) => Vec::new(),
        }
    }

    #[test]
    fn what_is_out_is_found() {
        for (clause, expected) in [
            ("no SMS", &["SMS"][..]),
            (
                "but no SMS or push notifications please",
                &["SMS", "push notifications"],
            ),
            ("We don't need an admin page", &["admin page"]),
            ("not on mobile", &["mobile"]),
            ("Add a login page without social login", &["social login"]),
            ("reminders by e-mail, not SMS", &["SMS"]),
            ("PDF export is out of scope", &["PDF export"]),
            ("don't add new dependencies", &["new dependencies"]),
            ("no more than five tries", &[]),
            ("save without losing the draft", &[]),
            ("prices with and without tax", &[]),
            ("pin up to 3 notes, not 5", &[]),
        ] {
            assert_eq!(out(clause, Language::English), expected, "{clause}");
        }
        assert_eq!(out("ohne SMS", Language::German), ["SMS"]);
        assert_eq!(
            out("SMS brauchen wir dafür nicht", Language::German),
            ["SMS"]
        );
        assert_eq!(
            out("Die Sprache muss nicht umschaltbar sein", Language::German),
            ["Die Sprache umschaltbar"]
        );
        assert_eq!(
            out("No hace falta firma digital", Language::Spanish),
            ["firma digital"]
        );
        assert_eq!(
            out("Les commentaires ne sont pas nécessaires", Language::French),
            ["Les commentaires"]
        );
        assert_eq!(out("短信也不用", Language::Chinese), ["短信"]);
        assert_eq!(out("there is no history", Language::English), ["history"]);
        assert_eq!(out("please no sounds", Language::English), ["sounds"]);
        assert_eq!(out("SMSは不要です", Language::Japanese), ["SMS"]);
        assert_eq!(out("不要短信验证", Language::Chinese), ["短信验证"]);
        assert_eq!(
            out("Ajouter une page de connexion sans SMS", Language::French),
            ["SMS"]
        );
    }

    #[test]
    fn bans_and_what_stays() {
        assert_eq!(
            read("never store card numbers", Language::English),
            Reading::Ban("store card numbers".to_owned())
        );
        assert_eq!(
            read("don't touch the public API", Language::English),
            Reading::Keep("the public API".to_owned())
        );
        assert_eq!(
            read("Do not log passwords", Language::English),
            Reading::Ban("log passwords".to_owned())
        );
    }
}
