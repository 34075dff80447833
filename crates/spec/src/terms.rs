//! Where the terms of a glossary are used: as whole words, in the forms that people write.

use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, Input, MatchKind};

use crate::Term;

/// How a use differs from the name in the glossary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Form {
    /// `Auth Service` for `Auth_Service`.
    spaced: bool,
    /// `rate limiter` for `Rate Limiter`; only for names of several words: `user` need not be the term `User`.
    lower: bool,
    /// `Limiters` for `Limiter`.
    plural: bool,
}

impl Form {
    const ALL: [Self; 8] = {
        let mut all = [Self::new(0); 8];
        let mut bits = 1;
        while bits < all.len() {
            all[bits] = Self::new(bits);
            bits += 1;
        }
        all
    };

    const fn new(bits: usize) -> Self {
        Self {
            spaced: bits & 1 != 0,
            lower: bits & 2 != 0,
            plural: bits & 4 != 0,
        }
    }

    /// A name in this form.
    pub fn of(self, name: &str) -> String {
        let mut name = name.to_owned();
        if self.spaced {
            name = name.replace('_', " ");
        }
        if self.lower {
            name = name.to_lowercase();
        }
        if self.plural {
            name = plural(&name);
        }
        name
    }

    /// The name that a text in this form is one of, with the capitals and joints of `old`.
    pub fn back(self, text: &str, old: &str) -> String {
        let mut name = text.to_owned();
        if self.plural {
            name = singular(&name);
        }
        if self.lower && old.starts_with(char::is_uppercase) {
            name = capitals(&name);
        }
        if self.spaced && old.contains('_') {
            name = name.replace(' ', "_");
        }
        name
    }

    /// Whether a name has this form apart from its others.
    fn fits(self, name: &str) -> bool {
        let several = name.contains([' ', '_', '-']);
        (!self.spaced || name.contains('_'))
            && (!self.lower || several)
            && (!self.plural || name.ends_with(|c: char| c.is_ascii_alphabetic()))
    }
}

fn plural(name: &str) -> String {
    let hissing = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|e| name.ends_with(e));
    let before = name.chars().rev().nth(1);
    match name.strip_suffix('y') {
        Some(stem) if before.is_some_and(|c| !"aeiouAEIOU".contains(c)) => format!("{stem}ies"),
        _ if hissing => format!("{name}es"),
        _ => format!("{name}s"),
    }
}

fn singular(name: &str) -> String {
    let hissing = ["ses", "xes", "zes", "ches", "shes"]
        .iter()
        .any(|e| name.ends_with(e));
    if let Some(stem) = name.strip_suffix("ies") {
        format!("{stem}y")
    } else if hissing {
        name[..name.len() - 2].to_owned()
    } else {
        name.strip_suffix('s').unwrap_or(name).to_owned()
    }
}

fn capitals(name: &str) -> String {
    let mut first = true;
    name.chars()
        .flat_map(|c| {
            let big = first && c.is_alphabetic();
            first = matches!(c, ' ' | '_' | '-');
            let upper: Vec<char> = if big {
                c.to_uppercase().collect()
            } else {
                vec![c]
            };
            upper
        })
        .collect()
}

/// A term where it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Its place in the glossary.
    pub term: usize,
    /// How it is written.
    pub form: Form,
    /// Its bytes in the text that was searched.
    pub range: Range<usize>,
}

/// Finds the uses of all terms of a glossary at once. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Finder {
    automaton: Option<Arc<AhoCorasick>>,
    forms: Arc<[(usize, Form)]>,
}

impl Finder {
    /// Reads a glossary; the first of two terms with one name counts.
    pub fn new(terms: &[Term]) -> Self {
        let mut patterns: Vec<String> = Vec::new();
        let mut forms = Vec::new();
        for (place, term) in terms.iter().enumerate().filter(|(_, t)| is_name(&t.name)) {
            for form in Form::ALL.into_iter().filter(|f| f.fits(&term.name)) {
                patterns.push(form.of(&term.name));
                forms.push((place, form));
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns);
        Self {
            // Only a glossary of gigabytes can't be built.
            automaton: automaton
                .ok()
                .filter(|_| !patterns.is_empty())
                .map(Arc::new),
            forms: forms.into(),
        }
    }

    /// The uses in a text, in order; of two that overlap the longer, and none inside a longer word.
    pub fn uses(&self, text: &str) -> Vec<Use> {
        let mut found = Vec::new();
        let Some(automaton) = &self.automaton else {
            return found;
        };
        let mut at = 0;
        while let Some(hit) = automaton.find(Input::new(text).range(at..)) {
            let range = hit.range();
            if is_whole(text, &range) {
                let (term, form) = self.forms[hit.pattern().as_usize()];
                at = range.end;
                found.push(Use { term, form, range });
            } else {
                let first = text[range.start..].chars().next();
                at = range.start + first.map_or(1, char::len_utf8);
            }
        }
        found
    }
}

/// A name of one letter is everywhere.
fn is_name(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphanumeric()).count() > 1
        || name.chars().any(|c| script(c) == Script::Han)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    /// Letters that words are made of, with spaces between.
    Spaced,
    Han,
    Katakana,
    Other,
}

fn script(c: char) -> Script {
    match c {
        '\u{3041}'..='\u{309f}' => Script::Other,
        '\u{30a0}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => {
            Script::Katakana
        }
        '\u{3005}'
        | '\u{3400}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}' => Script::Han,
        '_' => Script::Spaced,
        c if c.is_alphanumeric() => Script::Spaced,
        _ => Script::Other,
    }
}

/// Characters that stand beside a word in Chinese and Japanese and are no part of it.
const BESIDE: &str = "的了在由和与與及或当當对對使让讓向被把是为為则則应應将將从從到给給以于於且若如此该該每各其可会會能必须須不未已有无無请請時时中内前後后等本各";

/// Whether no letter of the same word stands beside a place.
///
/// A script without spaces shows no border. There a name of three characters or more is taken for the term wherever it
/// stands, a shorter one only beside another script or a character that makes no compounds.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let name = &text[range.clone()];
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let glued = |inner: Option<char>, outer: Option<char>| {
        let (Some(inner), Some(outer)) = (inner, outer) else {
            return false;
        };
        match (script(inner), script(outer)) {
            (Script::Spaced, Script::Spaced) => true,
            (Script::Katakana, Script::Katakana) => true,
            (Script::Han, Script::Han) => name.chars().count() < 3 && !BESIDE.contains(outer),
            _ => false,
        }
    };
    // `Limiter.count`, `a/Limiter`, `@Limiter` are names of something else; a full stop at the end of a sentence is none.
    let path_after = after.starts_with(['/', '\\', '@'])
        || after.starts_with("::")
        || after.starts_with("(") && name.is_ascii() && after.starts_with("()")
        || after
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
    let path_before = before.ends_with(['/', '\\', '@', '#', '$', '.']) && !before.ends_with("..")
        || before.ends_with("::");
    !path_after
        && !path_before
        && !glued(name.chars().next(), before.chars().next_back())
        && !glued(name.chars().next_back(), after.chars().next())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(names: &[&str], text: &str) -> Vec<String> {
        let terms: Vec<Term> = names
            .iter()
            .map(|name| Term {
                name: (*name).to_owned(),
                name_range: 0..0,
                definition: String::new(),
                range: 0..0,
            })
            .collect();
        Finder::new(&terms)
            .uses(text)
            .into_iter()
            .map(|u| {
                assert_eq!(u.form.of(names[u.term]), &text[u.range.clone()]);
                format!("{} {}", u.term, &text[u.range])
            })
            .collect()
    }

    #[test]
    fn whole_words_in_their_forms() {
        for (names, text, expected) in [
            (
                vec!["Limiter", "Limiter Store"],
                "THE Limiter, Limiters, the Limiter Store and Limiter's; a limiter, aLimiter, Limiter_X, XLimiter",
                vec!["0 Limiter", "0 Limiters", "1 Limiter Store", "0 Limiter"],
            ),
            (
                vec!["Auth_Service"],
                "Auth_Service, Auth Service, auth service, auth_services, AuthService, Auth_Service.",
                vec![
                    "0 Auth_Service",
                    "0 Auth Service",
                    "0 auth service",
                    "0 auth_services",
                    "0 Auth_Service",
                ],
            ),
            (
                vec!["Policy", "Box"],
                "Policies, Boxes, Policys",
                vec!["0 Policies", "1 Boxes"],
            ),
            (
                vec!["Limiter"],
                "src/Limiter, Limiter.count, @Limiter, Limiter(), Limiter::x, (Limiter) Limiter-based 🚀Limiter",
                vec!["0 Limiter", "0 Limiter", "0 Limiter"],
            ),
            (
                vec!["限流器"],
                "当限流器配置，限流器。",
                vec!["0 限流器", "0 限流器"],
            ),
            (
                vec!["用户"],
                "当用户登录，用户名，用户的，新用户",
                vec!["0 用户"],
            ),
            (
                vec!["ログ", "利用者"],
                "ログを、ログイン、ログ。利用者は新利用者",
                vec!["0 ログ", "0 ログ", "1 利用者", "1 利用者"],
            ),
            (
                vec!["Limiter"],
                "Limiterは、限Limiter",
                vec!["0 Limiter", "0 Limiter"],
            ),
            (vec![], "x", vec![]),
            (vec!["A", ""], "A b", vec![]),
        ] {
            let _ = &expected;
            assert_eq!(uses(&names, text), expected, "{text}");
        }
    }
}
