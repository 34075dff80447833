//! What a sentence became stands only where it says what the sentence says. Else the whole sentence stands as it was
//! written: a person can sharpen their own words, but not repair words that were turned round.

use rutter_catalogue::words::{stem, words};

use super::exclude::Exclusion;
use super::split::Sentence;
use super::{Prompt, Want, clause, lexicon, say, sure, tell, told, wording};

/// How far the reading was before a sentence.
pub(super) struct Before {
    wants: usize,
    exclusions: usize,
    background: usize,
    had_reason: bool,
}

impl Before {
    /// Marks the place.
    pub(super) fn of(prompt: &Prompt) -> Self {
        Self {
            wants: prompt.wants.len(),
            exclusions: prompt.exclusions.len(),
            background: prompt.background.len(),
            had_reason: prompt.reason.is_some(),
        }
    }
}

/// Up to how many words a prompt names what it wants, in sentences that can be read for sure.
const BRIEF: usize = 18;

/// Whether a prompt is so short that it names what it wants rather than describe it.
pub(super) fn is_brief(text: &str) -> bool {
    text.split_whitespace().count() <= BRIEF
}

/// Keeps what the sentence became, or puts the sentence itself in its place.
pub(super) fn settle(sentence: &Sentence, before: &Before, brief: bool, prompt: &mut Prompt) {
    if brief {
        return;
    }
    if let Some(what) = leaves_out(&sentence.text) {
        prompt.wants.truncate(before.wants);
        prompt.exclusions.truncate(before.exclusions);
        prompt.exclusions.push(Exclusion { what });
        return;
    }
    take_back_exclusions(sentence, before, prompt);
    let became = &prompt.wants[before.wants..];
    if became.is_empty() || became.iter().all(|want| want.shall.starts_with("write '")) {
        return;
    }
    let aside = is_aside(&sentence.text.to_lowercase()) || is_plea(&sentence.text.to_lowercase());
    if !aside && is_faithful(sentence, before, prompt) {
        return;
    }
    prompt.wants.truncate(before.wants);
    let mut text = without_label(&wording::without_fillers(sentence.text.trim())).to_owned();
    let (front, tail) = part_tail(&text);
    for what in tail {
        if !prompt
            .exclusions
            .iter()
            .any(|known| known.what.eq_ignore_ascii_case(&what))
        {
            prompt.exclusions.push(Exclusion { what });
        }
    }
    text = front;
    let lower = text.to_lowercase();
    match kind(&lower, sentence, prompt) {
        Kind::Wish => prompt.wants.push(own_words(sentence, &text)),
        Kind::Ban => prompt.exclusions.push(Exclusion { what: text }),
        Kind::Unclear => {
            let entry = tell::quoted(&text);
            if !prompt.entries.contains(&entry) {
                prompt.entries.push(entry);
            }
        }
        Kind::Told => {
            let more = !prompt.wants.is_empty() && !aside && told::of(&lower).is_none();
            if more && lower.split_whitespace().count() > 3 {
                prompt.entries.push(tell::quoted(&text));
            }
            if prompt.background.len() == before.background {
                prompt.background.push(sentence.text.clone());
            }
        }
    }
}

/// "Leave out ferries", "What we don't want: fax", "Mugs aren't part of this": what the whole sentence leaves out.
fn leaves_out(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let behind = [
        "leave out ",
        "what we don't want: ",
        "what we do not want: ",
        "what we don't need: ",
        "what we do not need: ",
        "we don't want ",
        "we do not want ",
        "not wanted: ",
        "not needed: ",
        "out of scope: ",
        "not now: ",
        "not in scope: ",
        "no need for ",
    ]
    .iter()
    .find_map(|cue| lower.strip_prefix(cue).map(|_| cue.len()));
    if let Some(at) = behind {
        return text.is_char_boundary(at).then(|| text[at..].to_owned());
    }
    ["part of this", "in scope"]
        .iter()
        .any(|cue| lower.contains(cue))
        .then_some(())?;
    [
        "n't part of this",
        " not part of this",
        "n't in scope",
        " not in scope",
    ]
    .iter()
    .any(|cue| lower.contains(cue))
    .then(|| text.to_owned())
}

/// A rule that says "no" is no limit of the scope: "no ticket or a torn one is refused".
fn take_back_exclusions(sentence: &Sentence, before: &Before, prompt: &mut Prompt) {
    if prompt.exclusions.len() == before.exclusions {
        return;
    }
    let lower = sentence.text.to_lowercase();
    let list: Vec<&str> = lower.split_whitespace().collect();
    let says_so = SCOPE.iter().any(|cue| lower.contains(cue));
    // "No password ever gets into it" has a verb of its own.
    let is_rule = prompt.exclusions[before.exclusions..].iter().any(|found| {
        let what = found.what.to_lowercase();
        let words: Vec<&str> = what.split_whitespace().collect();
        words.len() > 3
            && (tell::main_verb(&words).is_some()
                || what.contains(" ever ")
                || what.contains(" no "))
    });
    if !is_rule && (says_so || tell::main_verb(&list).is_none()) {
        return;
    }
    prompt.exclusions.truncate(before.exclusions);
    prompt.wants.truncate(before.wants);
    let text = wording::without_fillers(sentence.text.trim());
    prompt.wants.push(own_words(sentence, &text));
}

/// The text without "(a) " or "2) " in front.
fn without_label(text: &str) -> &str {
    match text.split_once(") ") {
        Some((label, rest)) if label.trim_start_matches('(').len() <= 2 => rest,
        _ => text,
    }
}

/// The text in front of "…, no X and no Y" at its end, and what that leaves out. A tail with a verb of its own is a rule.
fn part_tail(text: &str) -> (String, Vec<String>) {
    let whole = (text.to_owned(), Vec::new());
    let lower = text.to_lowercase();
    let cut = [
        ", and please no ",
        ", please no ",
        ", and no ",
        ", but no ",
        " but no ",
        ", there is no ",
        ", and there is no ",
        ", no ",
        "; no ",
        " - no ",
    ]
    .iter()
    .filter_map(|cue| lower.find(cue))
    .min();
    let Some(at) =
        cut.filter(|at| text.is_char_boundary(*at) && text[..*at].split_whitespace().count() >= 4)
    else {
        return whole;
    };
    let mut left_out = Vec::new();
    for piece in text[at..]
        .split([',', ';'])
        .flat_map(|piece| piece.split(" and "))
    {
        let piece = piece.trim().trim_start_matches("- ");
        if piece.is_empty() {
            continue;
        }
        let bare = [
            "please no ",
            "there is no ",
            "and please no ",
            "but no ",
            "no ",
        ]
        .iter()
        .find_map(|cue| {
            piece
                .to_lowercase()
                .strip_prefix(cue)
                .map(|_| &piece[cue.len()..])
        });
        match bare {
            Some(what) if what.split_whitespace().count() <= 4 => left_out.push(what.to_owned()),
            // Something else follows: the sentence stays whole.
            _ => return whole,
        }
    }
    (text[..at].to_owned(), left_out)
}

/// The text without the politeness in front: "So please: ".
fn without_courtesy(text: &str) -> &str {
    let mut text = text;
    loop {
        let lower = text.to_lowercase();
        let rest = [
            "so please: ",
            "so please, ",
            "please: ",
            "so: ",
            "so, ",
            "and ",
            "but ",
            "also, ",
            "also ",
            "then ",
        ]
        .iter()
        .find(|cue| lower.starts_with(**cue) && text.is_char_boundary(cue.len()))
        .map(|cue| &text[cue.len()..]);
        match rest {
            Some(rest) if !rest.is_empty() => text = rest,
            _ => return text,
        }
    }
}

/// Words that limit what is to be built.
const SCOPE: [&str; 34] = [
    "out of scope",
    "don't need",
    "do not need",
    "doesn't need",
    "no need",
    "not needed",
    "isn't needed",
    "not part of",
    "not in this",
    "don't want",
    "do not want",
    "we don't have to",
    "leave out",
    "leave the",
    "leave it",
    "alone",
    "skip ",
    "not now",
    "later",
    "for now",
    "please no",
    "without ",
    "except",
    "but no ",
    "and no ",
    ", no ",
    "; no ",
    "not asking",
    "don't touch",
    "do not touch",
    "don't add",
    "do not add",
    "don't change",
    "do not change",
];

/// What a sentence is that could not be restated.
#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Wish,
    Ban,
    Unclear,
    Told,
}

fn kind(lower: &str, sentence: &Sentence, prompt: &Prompt) -> Kind {
    let list: Vec<&str> = lower.split_whitespace().collect();
    let label = list.len() == 2 && list[0].ends_with(')');
    if list.len() < 2 || label || is_aside(lower) || is_plea(lower) {
        return Kind::Told;
    }
    if told::wishes(lower)
        || clause::starts_with_verb(lower, false)
        || opens_like_order(&sentence.text)
    {
        return Kind::Wish;
    }
    if told::of(lower).is_some() {
        return Kind::Told;
    }
    let says_no = matches!(list[0], "no" | "not" | "without" | "never") || lower.contains(" no ");
    if says_no && list.len() <= 6 && tell::main_verb(&list).is_none() {
        return Kind::Ban;
    }
    let supposes = [
        "if ",
        "when ",
        "whenever ",
        "after ",
        "before ",
        "until ",
        "as soon as ",
        "once ",
        "while ",
    ]
    .iter()
    .any(|cue| lower.starts_with(cue));
    if !prompt.wants.is_empty() && supposes
        || ["i can ", "we can ", "i choose", "i may "]
            .iter()
            .any(|cue| lower.contains(cue))
    {
        return Kind::Wish;
    }
    if sentence.heading.is_some() || NORMATIVE.iter().any(|cue| has_words(lower, cue)) {
        return Kind::Wish;
    }
    // The first words of a prompt without any verb are its title.
    if tell::main_verb(&list).is_none() && prompt.kept.len() <= 1 {
        return Kind::Wish;
    }
    if prompt.wants.is_empty() || list.iter().any(|word| is_past(word)) {
        return Kind::Told;
    }
    // Behind a wish a sentence in the present tense goes on to say how it shall be; one about the writer tells of them.
    if list.iter().any(|word| is_speaker(word)) && !lower.contains(" only ") {
        return Kind::Unclear;
    }
    Kind::Wish
}

fn has_words(lower: &str, cue: &str) -> bool {
    format!(" {lower} ").contains(&format!(" {cue} "))
}

/// "Pin the version in the pom": a word that may be an order, what it is done to, and no other verb.
fn opens_like_order(text: &str) -> bool {
    let written: Vec<&str> = text.split_whitespace().collect();
    let lower = text.to_lowercase();
    let list: Vec<&str> = lower.split_whitespace().collect();
    let has_object = written.get(1).is_some_and(|second| {
        matches!(
            *second,
            "the"
                | "a"
                | "an"
                | "all"
                | "each"
                | "every"
                | "any"
                | "both"
                | "its"
                | "their"
                | "to"
                | "in"
                | "on"
        ) || second
            .chars()
            .any(|c| c.is_uppercase() || c.is_ascii_digit() || ".:/`'-_".contains(c))
    });
    list.len() > 2
        && has_object
        && lexicon::may_be_order(list[0])
        && tell::main_verb(&list).is_none()
}

fn is_past(word: &str) -> bool {
    const PAST: &str = "cried said asked went came spent thought agreed happened complained";
    PAST.split(' ').any(|past| past == word)
}

/// "For your information", "hello": what follows is no wish.
pub(super) fn is_aside(lower: &str) -> bool {
    [
        "for your information",
        "fyi",
        "btw",
        "by the way",
        "background:",
        "context:",
        "note that we",
        "hello",
        "hi ",
        "hi,",
        "hey",
        "dear ",
        "thanks",
        "thank you",
        "you know",
        "kind regards",
        "best regards",
        "cheers",
        "sorry",
    ]
    .iter()
    .any(|cue| lower.starts_with(cue))
        || ["ignore what", " --- ", "pasted from", "no rush", "no hurry"]
            .iter()
            .any(|cue| lower.contains(cue))
        || ["validates:", "status:", "---"]
            .iter()
            .any(|cue| lower.starts_with(cue))
}

/// Words by which a sentence sets a rule although it only tells.
const NORMATIVE: [&str; 17] = [
    "never",
    "always",
    "only",
    "at most",
    "at least",
    "up to",
    "no more than",
    "not more than",
    "exactly",
    "automatically",
    "no longer",
    "can be",
    "cannot",
    "can't",
    "is allowed",
    "are allowed",
    "may",
];

pub(super) fn is_speaker(word: &str) -> bool {
    matches!(
        word.trim_matches([',', '.', ';', ':', '(', ')']),
        "i" | "we" | "my" | "our" | "me" | "us" | "i'm" | "we're" | "i've" | "we've" | "ours"
    )
}

/// "Please do something about it": an order without anything to do.
fn is_plea(lower: &str) -> bool {
    [
        "do something",
        "improve that",
        "improve it",
        "improve this",
        "can you improve",
        "could you improve",
        "please fix",
        "please help",
        "help me",
        "help us",
        "fix it",
        "fix this",
        "make it better",
        "let me know",
        "thanks",
    ]
    .iter()
    .any(|cue| lower.starts_with(cue) || lower.starts_with(&format!("please {cue}")))
        && lower.split(' ').count() <= 9
}

/// The sentence as a criterion: as a clause where it can be one, else in quotes.
fn own_words(sentence: &Sentence, text: &str) -> Want {
    let text = without_courtesy(text);
    let shall = if reads_as_order(text) {
        say::lower_first(text)
    } else if reads_as_clause(text) {
        format!("ensure that {}", say::lower_first(text))
    } else {
        tell::quoted(text)
    };
    Want {
        text: text.to_owned(),
        trigger: None,
        fragment: shall.starts_with(sure::OWN_WORDS),
        shall,
        not: false,
        goes_on: false,
        heading: sentence.heading.clone(),
    }
}

/// Whether a sentence can stand behind SHALL without a change: an order, to nobody in particular, of nothing of the
/// writer's.
fn reads_as_order(text: &str) -> bool {
    let lower = text.to_lowercase();
    let list: Vec<&str> = lower.split_whitespace().collect();
    (3..=40).contains(&list.len())
        && (clause::starts_with_verb(&lower, false) || opens_like_order(text))
        && !text.contains([':', ';', '(', '—', '–', '?', '!'])
        && !list.iter().any(|word| {
            is_speaker(word)
                || matches!(
                    *word,
                    "you"
                        | "your"
                        | "please"
                        | "should"
                        | "must"
                        | "it"
                        | "that"
                        | "this"
                        | "them"
                        | "these"
                        | "those"
                )
        })
}

/// One sentence restated, with its condition; nothing where that is not certain.
pub fn restated(text: &str) -> Option<(Option<String>, String)> {
    let read = super::read(text);
    match &read.wants[..] {
        [want] if !want.shall.starts_with(sure::OWN_WORDS) => {
            let shall = if want.not {
                format!("not {}", want.shall)
            } else {
                want.shall.clone()
            };
            let condition = want
                .trigger
                .as_ref()
                .map(|(_, condition)| condition.clone());
            Some((condition, shall))
        }
        _ => None,
    }
}

/// What a sentence speaks of: the words in front of its verb.
pub fn subject(text: &str) -> String {
    let lower = text.to_lowercase();
    for cue in [
        "happy with ",
        "satisfied with ",
        "content with ",
        "trouble with ",
        "struggle with ",
    ] {
        if let Some(at) = lower.find(cue)
            && text.is_char_boundary(at + cue.len())
        {
            return text[at + cue.len()..].to_owned();
        }
    }
    let end = [
        " is ",
        " are ",
        " isn't ",
        " aren't ",
        " was ",
        " were ",
        " takes ",
        " keeps ",
        " does ",
        " doesn't ",
    ]
    .iter()
    .filter_map(|verb| lower.find(verb))
    .min();
    match end {
        Some(end)
            if end > 0 && text.is_char_boundary(end) && lower[..end].split(' ').count() <= 6 =>
        {
            say::lower_first(&text[..end])
        }
        _ => "it".to_owned(),
    }
}

/// "When the field is empty, the export crashes": the condition, and what happens then.
pub fn told_under(text: &str) -> Option<(String, String)> {
    let mut clauses = clause::clauses(text).into_iter();
    let (first, rest) = (clauses.next()?, clauses.next());
    let (_, condition) = first.trigger?;
    let plain = rest.is_none()
        && is_bounded(&text.to_lowercase(), &condition.to_lowercase())
        && reads_as_clause(&first.main);
    plain.then(|| {
        (
            super::person::third(&condition),
            super::person::third(&say::lower_first(&first.main)),
        )
    })
}

/// Whether a sentence can stand behind "ensure that" without a change: it tells of something named, in the third person.
pub fn reads_as_clause(text: &str) -> bool {
    let lower = text.to_lowercase();
    let list: Vec<&str> = lower.split_whitespace().collect();
    let opens_with_name = list.first().is_some_and(|first| {
        matches!(*first, "the" | "a" | "an" | "each" | "every" | "all")
            || lexicon::is_plural(first) && !lexicon::may_be_verb(first)
    });
    opens_with_name
        && list.len() <= 32
        && !text.contains([':', ';', '(', '"', '“', '—', '–', '?', '!'])
        && !list.iter().any(|word| {
            is_speaker(word)
                || matches!(
                    *word,
                    "you"
                        | "your"
                        | "must"
                        | "should"
                        | "shall"
                        | "want"
                        | "wants"
                        | "would"
                        | "please"
                )
        })
        && tell::main_verb(&list).is_some_and(|at| at > 0)
}

fn is_faithful(sentence: &Sentence, before: &Before, prompt: &Prompt) -> bool {
    let became = &prompt.wants[before.wants..];
    let lower = sentence.text.to_lowercase();
    let source = content(&sentence.text);
    let mut said: Vec<String> = Vec::new();
    for want in became {
        if want.shall.starts_with(sure::OWN_WORDS) {
            // A quoted part of a sentence has lost its rest.
            return became.len() == 1 && words(&want.shall).len() >= words(&sentence.text).len();
        }
        if !is_own(want, &lower, &source) || !is_built(want, sentence, prompt, before) {
            return false;
        }
        said.extend(content(&want.shall));
        if let Some((_, condition)) = &want.trigger {
            if !is_bounded(&lower, &condition.to_lowercase()) {
                return false;
            }
            said.extend(content(condition));
        }
    }
    if !became.iter().all(sure::is_sure) || !is_well_cut(&lower, became) {
        return false;
    }
    let left_out = &prompt.exclusions[before.exclusions..];
    for exclusion in left_out {
        said.extend(content(&exclusion.what));
    }
    if !before.had_reason
        && let Some(reason) = &prompt.reason
    {
        said.extend(content(reason));
    }
    let told = prompt.background.len() > before.background;
    // "To be hidden" became "hide".
    let verbs: Vec<String> = became
        .iter()
        .filter_map(|want| words(&want.shall).into_iter().next())
        .filter(|verb| verb.is_ascii() && verb.len() > 2)
        .collect();
    let lost = source
        .iter()
        .filter(|word| {
            !said.contains(word) && !verbs.iter().any(|verb| word.starts_with(&verb[..3]))
        })
        .count();
    (told || lost * 100 <= source.len() * 17) && keeps_its_no(&lower, became, left_out.is_empty())
}

/// Whether a sentence of several wishes was cut where they part, and one that leans on what is around it stayed whole.
fn is_well_cut(lower: &str, became: &[Want]) -> bool {
    let leans = |want: &Want| {
        words(&want.shall).iter().any(|word| {
            matches!(
                word.as_str(),
                "it" | "them" | "they" | "one" | "ones" | "this" | "these" | "those" | "same"
            )
        })
    };
    let half_passive = became.iter().any(|want| {
        let list = words(&want.shall);
        list.windows(2).any(|pair| {
            pair[0] == "and"
                && pair[1].len() > 4
                && pair[1].ends_with("ed")
                && !want.shall.starts_with("ensure")
        })
    });
    let speaks = lower.split_whitespace().any(is_speaker);
    if half_passive {
        return false;
    }
    match became {
        [one] => {
            let points_back = words(&one.shall).iter().any(|word| {
                matches!(
                    word.as_str(),
                    "it" | "them" | "they" | "this" | "these" | "those"
                )
            });
            !(speaks && (lower.contains(": ") || points_back))
        }
        _ => {
            !lower.contains([':', ';', '('])
                && !lower.contains(" - ")
                && became.iter().skip(1).all(|want| {
                    let amount = ["allow at most ", "require at least ", "accept only "]
                        .iter()
                        .any(|cue| want.shall.starts_with(cue));
                    (!want.fragment || amount) && !leans(want)
                })
                && !speaks
        }
    }
}

/// Whether a want says nothing that the sentence does not, in about its order.
fn is_own(want: &Want, lower: &str, source: &[String]) -> bool {
    let said = content(&want.shall);
    let mut list = words(&want.shall).into_iter();
    let first = list.next().map(|word| stem(&word)).unwrap_or_default();
    let first_is_new = !source.contains(&first)
        && !words(lower).iter().any(|word| stem(word) == first)
        && !OUR_VERBS.contains(&first.as_str());
    let is_new = |word: &&String| !source.contains(word) && **word != first;
    if first_is_new || said.iter().any(|word| is_new(&word)) {
        return false;
    }
    let places: Vec<usize> = said
        .iter()
        .filter(|word| **word != first)
        .filter_map(|word| source.iter().position(|known| known == word))
        .collect();
    let turns = places.windows(2).filter(|pair| pair[1] < pair[0]).count();
    let subject = want
        .shall
        .strip_prefix("ensure that ")
        .or(want.shall.strip_prefix("let "));
    // "Would like" is no liking.
    if want.shall.contains(" like a ") && want.shall.starts_with("let ") {
        return false;
    }
    let dangling = subject.is_some_and(|rest| {
        [
            "it ", "they ", "them ", "this ", "that ", "there ", "he ", "she ", "you ", "half ",
            "most of ",
        ]
        .iter()
        .any(|pronoun| rest.to_lowercase().starts_with(pronoun))
    });
    turns <= 1 && !dangling
}

/// Verbs that we say where the sentence had another.
const OUR_VERBS: [&str; 31] = [
    "us",
    "rais",
    "upgrad",
    "let",
    "provid",
    "ensur",
    "show",
    "send",
    "keep",
    "leav",
    "accept",
    "offer",
    "refus",
    "reject",
    "hid",
    "writ",
    "giv",
    "tell",
    "put",
    "set",
    "tak",
    "pay",
    "mak",
    "stor",
    "allow",
    "no",
    "do",
    "finish",
    "includ",
    "always",
    "automatically",
];

/// Whether "provide …" and "ensure that …" follow from words that ask for a thing or set a rule.
fn is_built(want: &Want, sentence: &Sentence, prompt: &Prompt, before: &Before) -> bool {
    let lower = sentence.text.to_lowercase();
    if let Some(thing) = want.shall.strip_prefix("provide ") {
        let all = ["everything", "all ", "anything", "none", "some "]
            .iter()
            .any(|cue| thing.to_lowercase().starts_with(cue));
        let asked = [
            "add",
            "provide",
            "implement",
            "create",
            "build",
            "introduce",
            "support",
            "need",
            "want",
            "like",
            "there should",
            "there must",
            "there has",
            "there needs",
            "have a",
            "get a",
            "offer",
            "with ",
            "new ",
            "make",
            "set up",
            "include",
            "let's have",
            "missing",
            "add:",
        ]
        .iter()
        .any(|cue| format!(" {lower}").contains(&format!(" {cue}")));
        let title = prompt.kept.len() <= 1 && before.wants == 0;
        return !all && (asked || title || sentence.heading.is_some() && !thing.contains(", "));
    }
    if want.shall.starts_with("ensure that ") {
        return told::wishes(&lower)
            || NORMATIVE
                .iter()
                .any(|cue| format!(" {lower} ").contains(&format!(" {cue} ")));
    }
    true
}

/// Whether a condition ends where the sentence shows that it does: at a comma, at "then", or at the end.
fn is_bounded(sentence: &str, condition: &str) -> bool {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (sentence, condition) = (plain(sentence), plain(condition));
    let list: Vec<&str> = condition.split(' ').collect();
    let ends: Vec<String> = [3, 2, 1]
        .iter()
        .filter(|count| list.len() >= **count)
        .map(|count| list[list.len() - count..].join(" "))
        .collect();
    ends.iter()
        .find_map(|end| {
            let at = sentence.find(end.as_str())? + end.len();
            let rest = sentence[at..].trim_end_matches(['.', '!']);
            Some(
                rest.is_empty()
                    || rest.starts_with([',', ';', ':', ')'])
                    || rest.starts_with(" then ")
                    || rest.starts_with(" and ") && rest.contains(','),
            )
        })
        .unwrap_or(false)
}

/// Whether as much is denied as the sentence denies.
fn keeps_its_no(lower: &str, became: &[Want], nothing_left_out: bool) -> bool {
    let count = |text: &str| {
        words(
            &text
                .to_lowercase()
                .replace("n't", " not")
                .replace("cannot", "can not"),
        )
        .iter()
        .filter(|word| {
            matches!(
                word.as_str(),
                "not"
                    | "no"
                    | "never"
                    | "nobody"
                    | "none"
                    | "nothing"
                    | "without"
                    | "neither"
                    | "nowhere"
            )
        })
        .count()
    };
    let asked = count(lower);
    let said: usize = became
        .iter()
        .map(|want| {
            let condition = want.trigger.as_ref().map_or(0, |(_, text)| count(text));
            usize::from(want.not) + count(&want.shall) + condition
        })
        .sum();
    !nothing_left_out || said >= asked && (asked > 0 || said == 0)
}

/// Words that carry no content of their own; also those that a wish is made with.
const EMPTY: &str = "a an the of to in on at by for from with and or but so if when while until unless as than then that \
    which who whom whose what it its this these those there they them their he she his her him we us our ours i me my mine you your yours \
    is are was were be been being am do does did done has have had having can could may might must shall should will would want wants wanted wish \
    need needs needed like likes able let lets make makes made get gets got add adds added adding give gives provide support allow allows allowed possible \
    please also just only really very too even still already now here again maybe perhaps actually basically simply kind sort bit \
    not no never none nobody nothing without cannot don doesn isn aren won shouldn mustn t s d ll re ve m \
    user users system team someone somebody anyone everyone people person one ones thing things way \
    asap pls about into out up down over all any each every some both such other another same own more most how where why instead ensure show keep \
    would'd want're one once per via case time request part place";

/// The stems of the words that carry a sentence's content, in order.
fn content(text: &str) -> Vec<String> {
    words(text)
        .into_iter()
        .filter(|word| !EMPTY.split_whitespace().any(|empty| empty == word))
        .map(|word| stem(&word))
        .collect()
}
