//! The English that the drafter knows: verbs of wishes, people, and how words bend.

/// Verbs that are hardly ever nouns: one of them at the start of a clause is an order.
const VERBS: &str = "add adjust allow append apply archive assign attach avoid block book build bump buy calculate call cancel categorize change \
    check choose clean clear close collect combine compare complete compress compute configure confirm connect convert copy create \
    customize cut decrease delete deliver deploy deprecate detect disable disallow discard display divide download drop edit embed \
    enable encrypt enforce enter ensure escape exclude exit expire expose extend extract fall fetch fill find finish fix flag forward \
    generate get give go group guarantee handle hash have hide highlight hold ignore implement import improve include increase \
    inform insert install integrate introduce invalidate invite join keep leave let limit list load lock log lower maintain make \
    manage mark mask match measure merge migrate modify move navigate notify offer omit open optimize organize pause parse pay persist pick \
    populate post prefill prevent print process prompt protect provide publish purge push put raise react read receive recalculate \
    record recover redact redirect reduce refactor refresh refund refuse register reject release reload remember remind remove rename \
    render reorder replace reply report require reschedule reset resolve respect restore restrict resume retry return reuse revert \
    revoke rotate round run save scan schedule see select send serve set share show shorten shut skip sort speed split start stop \
    store stream strip submit subscribe suggest sum support swap switch sync synchronize tag take tell throttle toggle track \
    translate trigger trim truncate turn undo unify unlock unsubscribe update upgrade use validate verify view vote wait warn work \
    wrap write zip accept animate anonymize anonymise capitalize center centre collapse crop decode deduplicate demote drag draw encode erase \
    estimate evaluate expand explain fold force gather inspect lend normalize normalise paint paste permit preserve prioritize prioritise produce \
    grant propose recommend repeat ask refund reconnect swallow abort reopen mute sanitize separate shuffle summarize summarise tighten underline unpin widen";

/// Verbs that are as often nouns: what follows tells which they are.
const BOTH: &str = "access alert answer audit back backup batch cache charge comment cover display draft email export filter follow format \
    group index label like link list lock log mail map mention message name order page paginate pin plan preview print query queue \
    rate report request restart review scale search sign stage stop stream support tag test time track transfer trace upload vote watch export \
    import download display copy call check change update move edit reset return share sort start post reply record schedule sync load play plot colour color mirror monitor cap rank snooze stamp zoom duplicate clone ship email filter";

/// Nouns that make the word before them a noun too: "search box", "export button".
const FEATURE_NOUNS: &str = "api area bar badge banner box button card cart chart code column command count counter dashboard date dialog drawer email endpoint \
    entry error event feature feed field file flag flow form format function handler header history hook icon id image index input \
    item job key kind label layer level limit limiter limits limiting line link list log logic manager menu message messages modal mode model module \
    name number option options page pagination panel parser permission picker policy popup process queue rate record report request result results \
    role route rule screen script service setting settings size state status string support system tab table template test tests text time \
    timeout token tool type url value version view widget window worker";

/// People that a sentence can be about, in the singular.
const PEOPLE: &str = "accountant admin administrator agent analyst applicant approver attendee auditor author borrower buyer candidate \
    caregiver cashier clerk client clinician coach colleague consumer contributor courier creator customer dentist developer \
    dispatcher doctor donor driver editor employee employer engineer guardian guest host instructor investor janitor lead learner \
    librarian maintainer manager member merchant moderator nurse operator organizer owner parent participant passenger patient payer person \
    pharmacist photographer player practitioner receptionist recipient recruiter renter reporter reviewer rider scorer seller sender shopper staff \
    student subscriber supervisor supplier teacher team technician tenant tester therapist trainer traveller user vendor visitor \
    volunteer writer";

/// The words of the system itself.
const SYSTEM: &str = "app application backend frontend program project server service site software system tool website cli api it we";

const MODALS: [&str; 23] = [
    "can",
    "could",
    "may",
    "might",
    "must",
    "should",
    "shall",
    "will",
    "would",
    "cannot",
    "can't",
    "couldn't",
    "mustn't",
    "shouldn't",
    "won't",
    "needs",
    "need",
    "has",
    "have",
    "wants",
    "want",
    "ought",
    "shan't",
];

const IRREGULAR_PLURALS: [(&str, &str); 8] = [
    ("person", "people"),
    ("child", "children"),
    ("staff", "staff"),
    ("datum", "data"),
    ("criterion", "criteria"),
    ("index", "indexes"),
    ("man", "men"),
    ("woman", "women"),
];

fn in_list(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}

/// Whether a lower-case word is a verb and nothing else, for our purposes.
pub fn is_verb(word: &str) -> bool {
    in_list(VERBS, word) && !in_list(BOTH, word)
}

/// Whether a lower-case word may be a verb.
pub fn may_be_verb(word: &str) -> bool {
    in_list(VERBS, word) || in_list(BOTH, word)
}

/// Words that open a phrase and are no verb.
const OPENERS: &str = "the a an all each every both any no some this that these those my our your their its his her and or but nor if when while once after before during until since because as so than then on in at by for from to of with without within \
    into onto over under about above below between per via through across against among around behind beside beyond despite except like near off out past toward towards up upon not never only also just even still already always often sometimes usually \
    maybe perhaps please is are was were be been being am do does did has have had can could may might must shall should will would it he she they we you i me us them who which what where why how there here one two three four five six seven eight nine ten \
    whose whether either neither such same other another more most less least many much few several too very quite rather again ever now today tomorrow yesterday half twice what's it's that's unless though although instead whatever whenever wherever except plus minus";

/// Whether a lower-case word can only be an order when an object follows: none that is known to be anything else.
pub fn may_be_order(word: &str) -> bool {
    const NOUNS: [&str; 13] = [
        "tion", "sion", "ment", "ness", "ity", "ship", "ism", "ing", "ly", "ous", "able", "ful",
        "ed",
    ];
    word.len() > 2
        && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
        && !in_list(OPENERS, word)
        && !is_plural(word)
        && !is_person(word)
        && !is_system(word)
        && !NOUNS
            .iter()
            .any(|end| word.len() > end.len() + 1 && word.ends_with(end))
}

/// Whether a lower-case word may also be a noun.
pub fn may_be_noun(word: &str) -> bool {
    in_list(BOTH, word)
}

/// Whether a lower-case word names a part of a program.
pub fn is_feature_noun(word: &str) -> bool {
    in_list(FEATURE_NOUNS, word)
}

/// Whether a lower-case word, in either number, is a person.
pub fn is_person(word: &str) -> bool {
    in_list(PEOPLE, word)
        || in_list(PEOPLE, &singular(word))
        || word == "everyone"
        || word == "anyone"
        || word == "everybody"
        || word == "nobody"
}

/// Whether a lower-case word means the program as a whole.
pub fn is_system(word: &str) -> bool {
    in_list(SYSTEM, word)
}

/// Whether a lower-case word is a modal verb or stands for one ("needs to").
pub fn is_modal(word: &str) -> bool {
    MODALS.contains(&word)
}

/// The plural of an English noun; of a phrase, its last word's.
pub fn plural(noun: &str) -> String {
    let (front, last) = match noun.rsplit_once(' ') {
        Some((front, last)) => (format!("{front} "), last),
        None => (String::new(), noun),
    };
    if let Some((_, many)) = IRREGULAR_PLURALS.iter().find(|(one, _)| *one == last) {
        return format!("{front}{many}");
    }
    if is_plural(last) || last.is_empty() || !last.ends_with(|c: char| c.is_ascii_alphanumeric()) {
        return noun.to_owned();
    }
    let bent = if last.ends_with('y')
        && !["ay", "ey", "oy", "uy"]
            .iter()
            .any(|end| last.ends_with(end))
    {
        format!("{}ies", &last[..last.len() - 1])
    } else if ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|end| last.ends_with(end))
    {
        format!("{last}es")
    } else {
        format!("{last}s")
    };
    format!("{front}{bent}")
}

/// The singular of an English noun; of a phrase, its last word's.
pub fn singular(noun: &str) -> String {
    let (front, last) = match noun.rsplit_once(' ') {
        Some((front, last)) => (format!("{front} "), last),
        None => (String::new(), noun),
    };
    if let Some((one, _)) = IRREGULAR_PLURALS.iter().find(|(_, many)| *many == last) {
        return format!("{front}{one}");
    }
    if !is_plural(last) || !last.is_ascii() {
        return noun.to_owned();
    }
    let bent = if let Some(start) = last.strip_suffix("ies").filter(|start| start.len() > 2) {
        format!("{start}y")
    } else if ["sses", "xes", "ches", "shes", "zzes"]
        .iter()
        .any(|end| last.ends_with(end))
    {
        last[..last.len() - 2].to_owned()
    } else {
        last[..last.len() - 1].to_owned()
    };
    format!("{front}{bent}")
}

/// Whether a lower-case noun stands in the plural.
pub fn is_plural(noun: &str) -> bool {
    let last = noun.rsplit(' ').next().unwrap_or(noun);
    let bent = last.len() > 3
        && last.ends_with('s')
        && !["ss", "us", "is", "as", "news"]
            .iter()
            .any(|end| last.ends_with(end));
    bent || IRREGULAR_PLURALS.iter().any(|(_, many)| *many == last) && last != "staff"
}

/// The base of a verb in the third person: "goes" to "go".
pub fn base(verb: &str) -> String {
    if !verb.is_ascii() {
        return verb.to_owned();
    }
    match verb {
        "is" | "are" => "be".to_owned(),
        "has" => "have".to_owned(),
        "does" => "do".to_owned(),
        "goes" => "go".to_owned(),
        _ if !may_be_verb(verb) && verb.ends_with('s') => {
            [verb.len() - 1, verb.len().saturating_sub(2)]
                .into_iter()
                .map(|end| verb[..end].to_owned())
                .chain(verb.strip_suffix("ies").map(|start| format!("{start}y")))
                .find(|base| may_be_verb(base))
                .unwrap_or_else(|| verb[..verb.len() - 1].to_owned())
        }
        _ => verb.to_owned(),
    }
}

/// The third person of a verb: "go" to "goes".
pub fn third(verb: &str) -> String {
    match verb {
        "be" => "is".to_owned(),
        "have" => "has".to_owned(),
        _ if verb.ends_with('y')
            && !["ay", "ey", "oy", "uy"]
                .iter()
                .any(|end| verb.ends_with(end)) =>
        {
            format!("{}ies", &verb[..verb.len() - 1])
        }
        _ if ["s", "x", "z", "ch", "sh", "o"]
            .iter()
            .any(|end| verb.ends_with(end)) =>
        {
            format!("{verb}es")
        }
        _ => format!("{verb}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_bend_both_ways() {
        for (one, many) in [
            ("order", "orders"),
            ("category", "categories"),
            ("box", "boxes"),
            ("login page", "login pages"),
            ("person", "people"),
            ("day", "days"),
        ] {
            assert_eq!(plural(one), many);
            assert_eq!(singular(many), one);
        }
        assert!(!is_plural("status") && !is_plural("access") && is_plural("invoices"));
    }

    #[test]
    fn verbs_bend() {
        for (base_form, third_form) in [
            ("upload", "uploads"),
            ("notify", "notifies"),
            ("match", "matches"),
            ("have", "has"),
            ("see", "sees"),
            ("use", "uses"),
        ] {
            assert_eq!(base(third_form), base_form);
            assert_eq!(third(base_form), third_form);
        }
    }
}
