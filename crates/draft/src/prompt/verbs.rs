//! What an order means for the product: "add X" is "provide X", "remove X" is "no longer offer X".

use super::lexicon;
use super::names;
use super::say::{Said, lower_first};

fn will(shall: String) -> Option<Said> {
    Some(Said {
        shall,
        not: false,
        who: None,
        fragment: false,
    })
}

/// Says an order again, where the verb is one that speaks of the work rather than of the product.
pub fn order(verb: &str, object: &str) -> Option<Said> {
    match verb {
        "add" | "introduce" | "implement" | "build" | "include" | "put" => provide(verb, object),
        "create" | "make" | "generate" | "write" if is_a_part(object) => provide(verb, object),
        "fix" | "correct" => {
            let article = if object.to_lowercase().starts_with("typo")
                || object.to_lowercase().starts_with("spelling")
            {
                "the "
            } else {
                ""
            };
            will(format!("correct {article}{}", lower_first(object)))
        }
        "remove" | "drop" => removed(object),
        "get" if object.starts_with("rid of ") => removed(&object["rid of ".len()..]),
        "delete"
            if names::identifiers(object)
                .iter()
                .any(|name| object.contains(name.as_str())) =>
        {
            removed(object)
        }
        "replace" => between(object, &[" with ", " by "])
            .and_then(|(old, new)| will(format!("use {new} in place of {old}"))),
        "rename" => between(object, &[" to ", " into ", " as "])
            .and_then(|(old, new)| will(format!("use the name {new} in place of {old}"))),
        "change" | "increase" | "decrease" | "raise" | "lower" | "reduce" | "update"
        | "upgrade" | "bump" | "set" | "switch" | "migrate" | "move" | "shorten" | "extend"
        | "convert" => changed(verb, object),
        "refactor" => will(format!(
            "behave as before after {} is restructured",
            cut_at(object, &[" into ", " to "])
        )),
        "retry"
            if object.starts_with(|c: char| c.is_ascii_digit())
                || object
                    .split(' ')
                    .nth(1)
                    .is_some_and(|word| word.starts_with("time")) =>
        {
            will(format!("try again {object}"))
        }
        "test" => will(format!("pass tests for {object}")),
        _ => None,
    }
}

/// Whether the object is a part of a program rather than data that the program makes.
fn is_a_part(object: &str) -> bool {
    let core = cut_at(
        object,
        &[
            " for ", " that ", " which ", " to ", " with ", " in ", " on ", " where ", " from ",
            " of ",
        ],
    )
    .to_lowercase();
    core.split(' ').next_back().is_some_and(|last| {
        lexicon::is_feature_noun(last) || lexicon::is_feature_noun(&lexicon::singular(last))
    }) || [
        "feature",
        "tests",
        "function",
        "class",
        "dashboard",
        "app",
        "website",
        "tool",
        "cli",
        "portal",
        "system",
    ]
    .iter()
    .any(|noun| core.ends_with(noun))
}

fn provide(verb: &str, object: &str) -> Option<Said> {
    if let Some(rest) = ["support for ", "support of "]
        .iter()
        .find_map(|cue| object.strip_prefix(cue))
    {
        return will(format!("support {rest}"));
    }
    if verb == "put" || verb == "include" {
        return None;
    }
    let object = &with_article(object);
    let Some((what, place)) = object.rsplit_once(" to ").filter(|(what, place)| {
        let first = place.split(' ').next().unwrap_or_default();
        let acts =
            lexicon::may_be_verb(&first.to_lowercase()) && !first.chars().all(char::is_uppercase);
        // "changes to a record", "access to the archive": the preposition belongs to the noun.
        let bound = [
            "change",
            "changes",
            "access",
            "link",
            "links",
            "connection",
            "response",
            "responses",
            "answer",
            "reply",
            "edits",
            "updates",
            "path",
            "route",
            "due",
            "related",
            "similar",
            "equal",
            "up",
            "according",
            "limited",
            "close",
        ]
        .contains(&what.rsplit(' ').next().unwrap_or_default());
        verb == "add" && !acts && !bound
    }) else {
        return will(format!("provide {}", lower_first(object)));
    };
    let head = cut_at(place, &[" of ", " for ", ",", " in ", " with "]).to_lowercase();
    let last = head.rsplit(' ').next().unwrap_or_default();
    let preposition = match last {
        "page" | "screen" | "dashboard" | "view" | "site" | "website" | "button" | "homepage"
        | "pages" => "on",
        "form" | "menu" | "list" | "table" | "header" | "footer" | "file" | "config"
        | "settings" | "sidebar" | "response" | "dialog" | "profile" | "report" | "output"
        | "readme" | "app" => "in",
        _ => "for",
    };
    will(format!(
        "provide {} {preposition} {place}",
        lower_first(what)
    ))
}

/// Things that are counted: one of them needs an article.
const COUNTED: &str = "page button form badge link dialog field report endpoint command flag script job webhook table chart dashboard banner toggle switch box menu e-mail email message reminder notification screen view column list tab icon tooltip limit setting option filter widget counter timer queue cache log route api service module class function method test popup modal sidebar footer header bar mode-switch parser editor player calendar map gallery carousel slider picker feed wizard checklist template plugin bot cli tool portal";

/// Whether a lower-case noun is a thing that is counted.
pub(super) fn is_counted(noun: &str) -> bool {
    COUNTED.split(' ').any(|known| known == noun)
}

/// An article in front of a thing that is counted and has none: "a login page".
pub fn with_article(object: &str) -> String {
    let first = object.split(' ').next().unwrap_or_default();
    let lower = first.to_lowercase();
    let core = cut_at(
        object,
        &[
            " for ", " that ", " which ", " to ", " with ", " in ", " on ", " where ", " from ",
            " of ", " by ", " at ", " when ", ", ", " (", " so ", " using ", " as ", ": ", " and ",
            " or ", " before ", " after ", " 1", " 2", " 3", " 4", " 5", " 6", " 7", " 8", " 9",
        ],
    )
    .to_lowercase();
    let last = core.rsplit(' ').next().unwrap_or_default();
    let determined = [
        "a", "an", "the", "some", "any", "all", "each", "every", "this", "that", "these", "those",
        "their", "its", "our", "my", "more", "two", "three", "four", "five", "no", "one",
        "support", "multiple", "several", "many", "new",
    ]
    .contains(&lower.as_str())
        && lower != "new"
        || first.starts_with(|c: char| c.is_ascii_digit())
        || first.starts_with('"');
    let counted = COUNTED.split(' ').any(|noun| noun == last);
    if determined || !counted || object.starts_with('`') {
        return object.to_owned();
    }
    format!("{} {}", super::article(first), lower_first(object))
}

fn removed(object: &str) -> Option<Said> {
    let code = names::identifiers(object)
        .iter()
        .any(|name| object.contains(name.as_str()));
    will(if code {
        format!("work without {}", lower_first(object))
    } else {
        format!("no longer offer {}", lower_first(object))
    })
}

fn changed(verb: &str, object: &str) -> Option<Said> {
    if let Some((what, rest)) = object.split_once(" from ")
        && let Some((old, new)) = rest.split_once(" to ")
    {
        let new = new.trim();
        let unit = new
            .split_once(' ')
            .filter(|(number, _)| number.starts_with(|c: char| c.is_ascii_digit()))
            .map(|(_, unit)| unit)
            .filter(|unit| unit.split(' ').count() <= 2);
        let bare = old.trim().chars().all(|c| c.is_ascii_digit());
        let old = unit
            .filter(|_| bare)
            .map_or_else(|| old.to_owned(), |unit| format!("{old} {unit}"));
        return will(if verb == "move" {
            format!("keep {what} in {new} and no longer in {old}")
        } else {
            format!("use {new} instead of {old} for {what}")
        });
    }
    if verb == "switch"
        && let Some(new) = object.strip_prefix("to ")
    {
        return will(format!("use {new}"));
    }
    if matches!(verb, "move" | "migrate" | "switch" | "change" | "convert")
        && let Some((old, new)) = object
            .strip_prefix("from ")
            .or_else(|| object.strip_prefix("over from "))
            .and_then(|rest| rest.split_once(" to "))
    {
        return will(format!("use {new} in place of {old}"));
    }
    let (what, new) = object.rsplit_once(" to ")?;
    if lexicon::may_be_verb(&new.split(' ').next().unwrap_or_default().to_lowercase()) {
        return None;
    }
    match verb {
        "move" => will(format!("keep {what} in {new}")),
        "bump" | "upgrade" | "update"
            if new.starts_with(|c: char| c.is_ascii_digit() || c == 'v') =>
        {
            match what.rsplit_once(' ') {
                Some((name, old)) if old.starts_with(|c: char| c.is_ascii_digit()) => {
                    will(format!("use {name} {new} in place of {old}"))
                }
                _ => will(format!("use {what} {new}")),
            }
        }
        "migrate" | "switch" | "convert" => will(format!("use {new} in place of {what}")),
        "extend" => None,
        _ => will(format!("use {new} for {what}")),
    }
}

fn between<'a>(text: &'a str, joints: &[&str]) -> Option<(&'a str, &'a str)> {
    joints
        .iter()
        .find_map(|joint| text.split_once(joint))
        .map(|(a, b)| (a.trim(), b.trim()))
}

/// The text up to the first of these.
pub fn cut_at<'a>(text: &'a str, joints: &[&str]) -> &'a str {
    let end = joints
        .iter()
        .filter_map(|joint| text.find(joint))
        .min()
        .unwrap_or(text.len());
    text[..end].trim()
}
