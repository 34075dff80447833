//! The language of a sentence, as far as wording is judged in it.

use super::{english, german};

/// A language whose wording is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    English,
    German,
    Japanese,
    Chinese,
}

/// Frequent words of languages that are told apart from English and German so that nothing is said in them.
const OTHERS: &[&str] = &[
    // Spanish, Portuguese, French, Italian, Dutch, Polish, Turkish, Vietnamese, Indonesian
    "de", "en", "el", "la", "los", "las", "un", "una", "del", "que", "para", "con", "se", "debe",
    "cuando", "y", "o", "os", "um", "uma", "do", "da", "quando", "não", "deve", "com", "le", "les",
    "une", "et", "du", "est", "doit", "lorsque", "pour", "dans", "il", "di", "che", "è", "deve",
    "della", "het", "een", "van", "moet", "wanneer", "gdy", "musi", "nie", "ve", "bir", "khi",
    "phải", "và", "yang", "harus", "dan", "ketika",
];

/// The language of a sentence; `None` where it is another one, or where nothing tells.
///
/// Capitals such as `WHEN` and `SHALL` stand in sentences of every language: they count only where nothing else does.
pub(crate) fn guess(sentence: &str) -> Option<Language> {
    let (mut kana, mut han, mut other) = (0usize, 0usize, 0usize);
    if !sentence.is_ascii() {
        for c in sentence.chars() {
            match c {
                '\u{3040}'..='\u{30ff}' => kana += 1,
                '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => han += 1,
                // Cyrillic, Hebrew, Arabic, Indic and Thai scripts, Hangul
                '\u{400}'..='\u{e7f}' | '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => {
                    other += 1
                }
                _ => {}
            }
        }
        if other > kana + han && other > 2 {
            return None;
        }
        if kana > 2 {
            return Some(Language::Japanese);
        }
        if han > 2 {
            return Some(Language::Chinese);
        }
    }
    let (mut english, mut german, mut others) = (0usize, 0usize, 0usize);
    for word in sentence.split(|c: char| !c.is_alphabetic()) {
        let capitals = word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase());
        if word.is_empty() || word.len() > 12 || capitals {
            continue;
        }
        let lower = word.to_lowercase();
        let of = |list: &[&str]| usize::from(list.contains(&lower.as_str()));
        english += of(english::LISTS.function);
        german += of(german::LISTS.function);
        others += of(OTHERS);
    }
    let umlauts = usize::from(sentence.contains(['ä', 'ö', 'ü', 'ß']));
    if german + umlauts > english && german > 0 && german >= others {
        Some(Language::German)
    } else if english > others && english >= german
        || english + german + others == 0 && sentence.is_ascii() && sentence.contains("SHALL")
    {
        Some(Language::English)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_have_a_language_or_none() {
        for (sentence, language) in [
            (
                "WHEN the page loads, THE Page SHALL show it",
                Some(Language::English),
            ),
            ("The system should respond fast", Some(Language::English)),
            (
                "WENN der Nutzer sich anmeldet, MUSS das System ihn begrüßen",
                Some(Language::German),
            ),
            ("Das System muss schnell antworten", Some(Language::German)),
            (
                "THE Result_Server SHALL 旧パスに該当する場合、ログ出力する",
                Some(Language::Japanese),
            ),
            ("当用户登录时，系统应记录日志", Some(Language::Chinese)),
            ("THE Service SHALL 返回空列表", Some(Language::Chinese)),
            (
                "CUANDO el usuario entra, EL sistema DEBE mostrar la lista",
                None,
            ),
            (
                "QUAND la page se charge, LE système DOIT afficher une liste",
                None,
            ),
            ("КОГДА пользователь входит, СИСТЕМА ДОЛЖНА показать", None),
            ("사용자가 로그인하면 시스템은 목록을 표시해야 한다", None),
            ("THE A SHALL B", Some(Language::English)),
            ("", None),
        ] {
            assert_eq!(guess(sentence), language, "{sentence}");
        }
    }
}
