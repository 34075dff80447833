//! The verbs of participles and of forms in "-ing".

use super::lexicon;

/// Participles that say what something is, not what is done to it.
const STATES: &str = "used based located interested related supposed expected allowed needed required wanted made worried concerned involved finished done gone tired confused logged authenticated authorised authorized available called named known left stuck connected frustrated annoyed missing limited";

const IRREGULAR: [(&str, &str); 34] = [
    ("sent", "send"),
    ("shown", "show"),
    ("kept", "keep"),
    ("written", "write"),
    ("hidden", "hide"),
    ("paid", "pay"),
    ("read", "read"),
    ("set", "set"),
    ("put", "put"),
    ("cut", "cut"),
    ("given", "give"),
    ("taken", "take"),
    ("told", "tell"),
    ("held", "hold"),
    ("found", "find"),
    ("built", "build"),
    ("chosen", "choose"),
    ("drawn", "draw"),
    ("run", "run"),
    ("split", "split"),
    ("thrown", "throw"),
    ("withdrawn", "withdraw"),
    ("brought", "bring"),
    ("bought", "buy"),
    ("sold", "sell"),
    ("caught", "catch"),
    ("frozen", "freeze"),
    ("broken", "break"),
    ("overwritten", "overwrite"),
    ("rebuilt", "rebuild"),
    ("resent", "resend"),
    ("begun", "begin"),
    ("shut", "shut"),
    ("signed", "sign"),
];

/// The verb of a participle in "-ed" or of an irregular one: "skipped" is of "skip".
pub fn verb_of(participle: &str) -> Option<String> {
    if !participle.is_ascii() || STATES.split(' ').any(|state| state == participle) {
        return None;
    }
    if let Some((_, verb)) = IRREGULAR.iter().find(|(part, _)| *part == participle) {
        return Some((*verb).to_owned());
    }
    if let Some(start) = participle
        .strip_suffix("ied")
        .filter(|start| start.len() > 1)
    {
        return Some(format!("{start}y"));
    }
    let stem = participle
        .strip_suffix("ed")
        .filter(|stem| stem.len() > 2)?;
    let with_e = format!("{stem}e");
    // "Freed", "agreed".
    if stem.ends_with('e') {
        return Some(with_e);
    }
    let bytes = stem.as_bytes();
    let (last, before) = (bytes[bytes.len() - 1], bytes[bytes.len() - 2]);
    let doubled = last == before && !matches!(last, b'l' | b's' | b'e' | b'o' | b'f' | b'z');
    let single = &stem[..stem.len() - 1];
    [stem, with_e.as_str(), single]
        .into_iter()
        .find(|verb| lexicon::may_be_verb(verb) && (*verb != single || last == before))
        .map(str::to_owned)
        .or_else(|| doubled.then(|| single.to_owned()))
        .or_else(|| {
            let silent = matches!(last, b'v' | b'u' | b'c' | b'z')
                || last == b'g' && before != b'n'
                || last == b's' && before != b's'
                || ["at", "ir", "ur", "in", "id", "rg", "ng"]
                    .iter()
                    .any(|end| {
                        stem.ends_with(end) && !stem.ends_with("ain") && !stem.ends_with("eat")
                    });
            Some(if silent {
                with_e.clone()
            } else {
                stem.to_owned()
            })
        })
}

/// The verb of a form in "-ing", where it is known: "overwriting" is of "overwrite".
pub fn ungerund(word: &str) -> Option<String> {
    let stem = word
        .strip_suffix("ing")
        .filter(|stem| stem.len() > 1 && stem.is_ascii())?;
    let with_e = format!("{stem}e");
    let single = &stem[..stem.len() - 1];
    if let Some(known) = [stem, with_e.as_str(), single]
        .into_iter()
        .find(|verb| lexicon::may_be_verb(verb))
    {
        return Some(known.to_owned());
    }
    [
        "overwrite",
        "end",
        "ask",
        "log",
        "sign",
        "click",
        "press",
        "type",
        "tap",
        "type",
        "lose",
        "forget",
        "try",
        "miss",
        "look",
    ]
    .into_iter()
    .find(|verb| *verb == stem || *verb == with_e || *verb == single)
    .map(str::to_owned)
}
