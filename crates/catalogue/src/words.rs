//! Words of a text, stemmed lightly, and phrases found among them.

/// Lower-case words of a text; everything that is neither letter nor digit divides.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The stems of a text's words, so that "caching" and "caches" meet.
#[must_use]
pub fn stems(text: &str) -> Vec<String> {
    words(text).iter().map(|word| stem(word)).collect()
}

/// A light English stem of a lower-case word. Not a dictionary form: only good for comparing.
#[must_use]
pub fn stem(word: &str) -> String {
    if !word.is_ascii() || word.len() < 4 {
        return word.to_owned();
    }
    let mut out = word.to_owned();
    if out.ends_with("ies") && out.len() > 4 {
        out.truncate(out.len() - 3);
        out.push('y');
    } else if ["sses", "xes", "ches", "shes", "zes"]
        .iter()
        .any(|end| out.ends_with(end))
    {
        out.truncate(out.len() - 2);
    } else if out.ends_with('s') && !["ss", "us", "is"].iter().any(|end| out.ends_with(end)) {
        out.pop();
    }
    for ending in ["ing", "ed"] {
        if out.len() >= ending.len() + 3 && out.ends_with(ending) && !out.ends_with("eed") {
            let rest = &out[..out.len() - ending.len()];
            if rest.contains(['a', 'e', 'i', 'o', 'u', 'y']) {
                out.truncate(rest.len());
                undouble(&mut out);
                break;
            }
        }
    }
    // "Cancelled" is British for "canceled"; "spelled" and "selling" keep what they are.
    if out.len() >= 6 && out.ends_with("ell") {
        out.pop();
    }
    // A theme is not them.
    if out.len() > 3 && out.ends_with('e') && out != "theme" {
        out.pop();
    }
    out
}

fn undouble(word: &mut String) {
    let bytes = word.as_bytes();
    if let [.., a, b] = bytes
        && a == b
        && !b"lsz".contains(b)
    {
        word.pop();
    }
}

/// Whether the stemmed phrase stands in the stemmed text, word after word. A phrase that ends in `*` matches by prefix.
#[must_use]
pub fn has_phrase(text: &[String], phrase: &str) -> bool {
    if phrase.chars().any(is_cjk) {
        return text.iter().any(|word| word.contains(phrase));
    }
    let (phrase, open) = match phrase.strip_suffix('*') {
        Some(rest) => (rest, true),
        None => (phrase, false),
    };
    let mut wanted = stems(phrase);
    if open && let Some(last) = wanted.last_mut() {
        *last = words(phrase).pop().unwrap_or_default();
    }
    let Some((last, front)) = wanted.split_last() else {
        return false;
    };
    text.windows(wanted.len()).any(|window| {
        let Some((end, start)) = window.split_last() else {
            return false;
        };
        // The text is stemmed, the open word is not: "codes" stands there as "cod".
        start == front
            && if open {
                end.starts_with(last.as_str()) || *end == stem(last)
            } else {
                end == last
            }
    })
}

/// Whether a character belongs to Japanese or Chinese writing.
#[must_use]
pub fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_meet() {
        for forms in [
            &["cache", "caches", "caching", "cached"][..],
            &["log", "logs", "logging", "logged"],
            &["retry", "retries"],
            &["search", "searches", "searching"],
            &["notify", "notifies"],
        ] {
            let first = stem(forms[0]);
            for form in forms {
                assert_eq!(stem(form), first, "{form}");
            }
        }
    }

    #[test]
    fn phrases_need_their_words_in_order() {
        let text = stems("Let users log in with their e-mail");
        assert!(has_phrase(&text, "log in"));
        assert!(!has_phrase(&text, "in log"));
        assert!(has_phrase(&stems("pagination of lists"), "paginat*"));
        assert!(has_phrase(&words("ログイン画面を追加"), "ログイン"));
    }
}
