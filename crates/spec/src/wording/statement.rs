//! A criterion reduced to what it states, so that two can be compared: the situation with the system, whether it shall or
//! shall not, and what.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::is_cjk;
use super::language::{self, Language};
use crate::Criterion;

/// What a criterion states, as words without articles, marks and capitals.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Statement {
    /// Trigger and system.
    pub situation: String,
    /// What shall or shall not be.
    pub response: String,
    /// Whether it shall not be.
    pub negative: bool,
    numbers: Box<[Number]>,
    /// What is the same in statements that differ in their numbers only; `None` where there is no number.
    pub limit: Option<u64>,
}

/// A number in a statement.
#[derive(Clone, Debug, PartialEq)]
struct Number {
    written: String,
    value: f64,
    in_response: bool,
}

impl Statement {
    fn new(situation: String, response: String, negative: bool, numbers: Vec<Number>) -> Self {
        let limit = (!numbers.is_empty()).then(|| {
            let mut hasher = DefaultHasher::new();
            (negative, open(&situation), open(&response)).hash(&mut hasher);
            hasher.finish()
        });
        Self {
            situation,
            response,
            negative,
            numbers: numbers.into(),
            limit,
        }
    }
}

/// Reads a criterion with one binding verb; `None` where nothing can be compared.
pub(crate) fn read(criterion: &Criterion) -> Option<Statement> {
    let sentence = criterion.sentence();
    if sentence.chars().filter(|c| is_cjk(*c)).nth(3).is_some() {
        return cjk(sentence);
    }
    let mut binding = criterion
        .binding()
        .filter(|verb| verb.end <= sentence.len());
    let verb = match (binding.next(), binding.next()) {
        (Some(verb), None) => verb,
        (Some(_), Some(_)) => return None,
        (None, _) => may_not(sentence)?,
    };
    let (before, after) = (&sentence[..verb.start], &sentence[verb.end..]);
    let prohibits = sentence[verb.clone()].eq_ignore_ascii_case("darf")
        || sentence[verb.clone()].eq_ignore_ascii_case("dürfen");
    let mut numbers = Vec::new();
    // A condition that stands last is the one that may stand first.
    let last = [" WHEN ", " IF ", " WHILE ", " WHERE "];
    let split = last.iter().filter_map(|word| after.rfind(word)).min();
    let (after, condition) = after.split_at(split.unwrap_or(after.len()));
    let (condition, _) = reduced(condition, false, &mut numbers);
    let (situation, _) = reduced(before, false, &mut numbers);
    let situation = format!("{condition} {situation}").trim_start().to_owned();
    let (response, negated) = reduced(after, true, &mut numbers);
    let first = after
        .split(|c: char| !c.is_alphabetic())
        .find(|w| !w.is_empty())
        .unwrap_or_default();
    // In German the negation may stand anywhere, and `darf` without one permits.
    let negative = negated
        && (prohibits
            || ["not", "never"]
                .iter()
                .any(|n| first.eq_ignore_ascii_case(n))
            || language::guess(sentence) == Some(Language::German));
    if !negative && (negated || prohibits) || response.is_empty() {
        return None;
    }
    Some(Statement::new(situation, response, negative, numbers))
}

/// `darf nicht` forbids.
fn may_not(sentence: &str) -> Option<Range<usize>> {
    [" darf ", " dürfen "].iter().find_map(|verb| {
        let at = sentence.find(verb)? + 1;
        Some(at..at + verb.len() - 2)
    })
}

/// The words of a part, and whether a negation was among them, which is left out.
fn reduced(part: &str, in_response: bool, numbers: &mut Vec<Number>) -> (String, bool) {
    let mut out = String::with_capacity(part.len());
    let mut negated = false;
    for word in
        part.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '"' | '*' | '(' | ')'))
    {
        let word = word.trim_end_matches(['.', ':', '!']);
        // `25MB` is `25 MB`.
        let (word, unit) = word.split_at(unit_start(word));
        let lower = word.to_lowercase();
        match lower.as_str() {
            "" | "the" | "a" | "an" | "then" | "der" | "die" | "das" | "dann" => continue,
            "not" | "never" | "nicht" | "niemals" => {
                negated = true;
                continue;
            }
            _ => {}
        }
        if let Some(value) = value(&lower) {
            numbers.push(Number {
                written: word.to_owned(),
                value,
                in_response,
            });
        }
        if !out.is_empty() {
            out.push(' ');
        }
        // Both say that something happens, the second that nobody wants it.
        let same = if lower == "if" { "when" } else { &lower };
        out.push_str(same);
        if !unit.is_empty() {
            out.push(' ');
            out.push_str(&unit.to_lowercase());
        }
    }
    (out, negated)
}

/// Where the unit starts that is written at once with its number; the end where none is.
fn unit_start(word: &str) -> usize {
    const UNITS: [&str; 11] = [
        "ms", "s", "sec", "min", "kb", "mb", "gb", "tb", "kib", "mib", "gib",
    ];
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '_');
    let at = word.find(|c| !digits(c)).unwrap_or(word.len());
    let unit = word[at..].to_lowercase();
    if at > 0 && UNITS.contains(&unit.as_str()) {
        at
    } else {
        word.len()
    }
}

/// The number that a word says.
fn value(word: &str) -> Option<f64> {
    const WORDS: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    const GERMAN: [&str; 13] = [
        "null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn",
        "elf", "zwölf",
    ];
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word
            .replace([',', '_'], "")
            .trim_end_matches('%')
            .parse()
            .ok();
    }
    // "one" and "ein" are articles as often as numbers.
    [WORDS, GERMAN]
        .iter()
        .find_map(|list| list.iter().skip(2).position(|w| *w == word))
        .and_then(|at| u32::try_from(at + 2).ok())
        .map(f64::from)
}

/// A Chinese or Japanese sentence: cut at its binding words.
fn cjk(sentence: &str) -> Option<Statement> {
    const NEVER: [&str; 8] = [
        "不得",
        "不应该",
        "不应",
        "不應",
        "禁止",
        "不可以",
        "不可",
        "不能",
    ];
    const SHALL: [&str; 10] = [
        "应当", "应该", "应", "應當", "應該", "應", "必须", "必須", "须", "需要",
    ];
    const NEVER_END: [&str; 4] = ["しないこと", "してはならない", "しない", "してはいけない"];
    const SHALL_END: [&str; 4] = ["すること", "しなければならない", "するものとする", "する"];
    let bare = sentence.trim_end_matches(['。', '．', '.', ' ']);
    let ending = |list: &[&str]| list.iter().find_map(|e| bare.strip_suffix(e));
    let kana = bare.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}'));
    let (situation, response, negative) = if kana {
        let (stem, negative) = match (ending(&NEVER_END), ending(&SHALL_END)) {
            (Some(stem), _) => (stem, true),
            (None, Some(stem)) => (stem, false),
            (None, None) => return None,
        };
        let at = stem.rfind('は').map(|at| at + 'は'.len_utf8())?;
        (&stem[..at], &stem[at..], negative)
    } else {
        let first = |list: &[&str]| {
            list.iter()
                .filter_map(|w| bare.find(w).map(|at| (at, at + w.len())))
                .min_by_key(|(start, end)| (*start, std::cmp::Reverse(*end)))
        };
        match (first(&NEVER), first(&SHALL)) {
            (Some((start, end)), shall) if shall.is_none_or(|(s, _)| start <= s) => {
                (&bare[..start], &bare[end..], true)
            }
            (_, Some((start, end))) => (&bare[..start], &bare[end..], false),
            _ => return None,
        }
    };
    let mut numbers = Vec::new();
    let mut joined = |part: &str, in_response: bool| -> String {
        let mut words: Vec<String> = Vec::new();
        for run in runs(part) {
            if let Some(value) = value(run) {
                numbers.push(Number {
                    written: run.to_owned(),
                    value,
                    in_response,
                });
            }
            words.push(run.to_lowercase());
        }
        words.join(" ")
    };
    let situation = joined(situation, false);
    let response = joined(response, true);
    (!response.is_empty()).then(|| Statement::new(situation, response, negative, numbers))
}

/// Runs of digits and runs of other letters.
fn runs(part: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let kind = |c: char| match c {
        c if c.is_ascii_digit() => 1,
        c if c.is_alphanumeric() || matches!(c, '_' | '`' | '/' | '-') => 2,
        _ => 0,
    };
    let mut start = 0;
    let mut last = 0;
    for (at, c) in part.char_indices().chain([(part.len(), ' ')]) {
        let now = if at == part.len() { 0 } else { kind(c) };
        // `HTTP 2xx` and `1.5` stay what they are.
        if now != last {
            if last != 0 {
                found.push(&part[start..at]);
            }
            start = at;
            last = now;
        }
    }
    found
}

/// What goes on with a sentence behind a name such as `form 2`: no things that are counted.
const JOINTS: [&str; 40] = [
    "or", "and", "is", "if", "when", "for", "from", "in", "at", "to", "by", "with", "on", "of",
    "as", "into", "within", "has", "was", "does", "where", "while", "that", "und", "oder", "ist",
    "wenn", "für", "von", "vom", "bei", "mit", "zu", "zum", "zur", "auf", "an", "aus", "wird",
    "hat",
];

impl Statement {
    /// The response, and each of its beginnings: who shall never do something shall not do it in some way either.
    pub fn starts(&self) -> impl Iterator<Item = &str> {
        let ends = self.response.match_indices(' ').map(|(at, _)| at);
        ends.chain([self.response.len()])
            .map(|end| &self.response[..end])
    }

    /// The number that differs in another statement of the same limit, as written here and there. `None` where none
    /// differs, or where more than one does: then they are two entries of a table.
    pub fn other_number<'a>(&'a self, other: &'a Self) -> Option<(&'a str, &'a str)> {
        let mut differing = self
            .numbers
            .iter()
            .zip(&other.numbers)
            .filter(|(old, new)| old.value != new.value);
        let (old, new) = differing.next()?;
        if differing.next().is_some() {
            return None;
        }
        // A number in the situation is a limit where it counts something; `status is 404` and `form 2 for a` are names.
        let counts = |statement: &Self, number: &Number| {
            let written = number.written.to_lowercase();
            let mut words = statement.situation.split(' ').skip_while(|w| *w != written);
            words.next();
            words
                .next()
                .is_some_and(|w| w.starts_with(char::is_alphabetic) && !JOINTS.contains(&w))
        };
        (old.in_response || counts(self, old) && counts(other, new))
            .then_some((old.written.as_str(), new.written.as_str()))
    }
}

/// With its numbers left open, and what is counted in the singular: `1 minute`, `5 minutes`.
fn open(part: &str) -> String {
    let mut counted = false;
    let words = part.split(' ').map(|word| {
        let is_number = value(word).is_some();
        let after = std::mem::replace(&mut counted, is_number);
        match word.strip_suffix('s') {
            _ if is_number => "#",
            Some(one) if after && one.len() > 2 => one,
            _ => word,
        }
    });
    words.collect::<Vec<_>>().join(" ")
}
