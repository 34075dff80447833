//! A prompt cut into sentences, with the heading or the lead-in they stand under.

use super::clean;

/// One sentence of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// On one line, without the list marker and the final full stop.
    pub text: String,
    /// The heading it stands under.
    pub heading: Option<String>,
    /// It ends with a question mark.
    pub question: bool,
    /// It is a numbered item, as the steps of a report are.
    pub numbered: bool,
    /// Its heading or lead-in says that it is not wanted.
    pub excluded: bool,
    /// Which paragraph or list item it stands in, from 0.
    pub paragraph: usize,
}

/// Cuts a cleaned prompt.
pub fn sentences(text: &str) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut heading: Option<String> = None;
    let mut excluded = false;
    let mut lead: Option<String> = None;
    let mut in_fence = false;
    // A lead-in reigns over its list; a Markdown heading over all until the next.
    let mut of_lead = false;
    let mut after_item = false;
    let mut paragraph = String::new();
    let lines: Vec<&str> = text.lines().collect();
    for (at, raw) in lines.iter().enumerate() {
        let trimmed = raw.trim().trim_start_matches('>').trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            in_fence = !in_fence;
            flush(&mut paragraph, &heading, excluded, &mut out);
            continue;
        }
        if in_fence {
            continue;
        }
        if trimmed.is_empty() {
            flush(&mut paragraph, &heading, excluded, &mut out);
            continue;
        }
        if let Some(title) = heading_of(trimmed, lines.get(at + 1).copied()) {
            flush(&mut paragraph, &heading, excluded, &mut out);
            excluded = is_exclusion_heading(&title);
            lead = None;
            of_lead = !trimmed.starts_with('#');
            after_item = false;
            heading = Some(title);
            continue;
        }
        if let Some(item) = item_of(trimmed) {
            after_item = true;
            flush(&mut paragraph, &heading, excluded, &mut out);
            // A ticked box is what was done, not what is wished for.
            if is_ticked(trimmed) {
                continue;
            }
            let full = lead
                .as_ref()
                .map_or_else(|| item.to_owned(), |lead| format!("{lead} {item}"));
            let from = out.len();
            push(&full, &heading, excluded, &mut out);
            out[from..].iter_mut().for_each(|sentence| {
                sentence.numbered = trimmed.starts_with(|c: char| c.is_ascii_digit())
            });
            continue;
        }
        if paragraph.is_empty() {
            lead = None;
            if of_lead && after_item {
                heading = None;
                excluded = false;
                of_lead = false;
            }
            after_item = false;
        }
        // A lead-in that stops at a modal verb belongs to each item: "Users can:".
        if let Some(start) = trimmed.strip_suffix(':')
            && lines.get(at + 1..).is_some_and(|rest| {
                rest.iter()
                    .find(|l| !l.trim().is_empty())
                    .is_some_and(|l| item_of(l.trim()).is_some())
            })
        {
            let last = start.rsplit(' ').next().unwrap_or_default().to_lowercase();
            if super::lexicon::is_modal(&last) || last == "to" {
                flush(&mut paragraph, &heading, excluded, &mut out);
                lead = Some(start.to_owned());
                continue;
            }
            if is_exclusion_heading(start) {
                flush(&mut paragraph, &heading, excluded, &mut out);
                excluded = true;
                of_lead = true;
                continue;
            }
        }
        if super::report::opens_part(trimmed) {
            flush(&mut paragraph, &heading, excluded, &mut out);
        }
        if !paragraph.is_empty() {
            paragraph.push(' ');
        }
        paragraph.push_str(trimmed);
    }
    flush(&mut paragraph, &heading, excluded, &mut out);
    out
}

fn flush(
    paragraph: &mut String,
    heading: &Option<String>,
    excluded: bool,
    out: &mut Vec<Sentence>,
) {
    if !paragraph.is_empty() {
        push(paragraph, heading, excluded, out);
        paragraph.clear();
    }
}

/// A path in front of a colon says where somebody would like to write, not what the product should do.
fn without_path_in_front(text: &str) -> &str {
    match text.split_once(": ") {
        Some((path, rest)) if !path.contains(' ') && path.contains(['/', '\\']) => rest,
        _ => text,
    }
}

fn push(text: &str, heading: &Option<String>, excluded: bool, out: &mut Vec<Sentence>) {
    let paragraph = out.last().map_or(0, |last: &Sentence| last.paragraph + 1);
    for part in cut(without_path_in_front(text)) {
        let question = part.ends_with(['?', '？', '؟']);
        let bare = clean::line(
            part.trim()
                .trim_end_matches(['.', '!', '?', '。', '！', '？', ';', '；', ':', ',', ' ']),
        );
        if bare.chars().any(char::is_alphanumeric) {
            out.push(Sentence {
                text: bare,
                heading: heading.clone(),
                question,
                numbered: false,
                excluded,
                paragraph,
            });
        }
    }
}

/// Cuts at the ends of sentences, outside quotes and code.
fn cut(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut code = false;
    let mut quoted = false;
    let mut depth = 0usize;
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (at, &(offset, c)) in chars.iter().enumerate() {
        let next = chars.get(at + 1).map(|(_, c)| *c);
        match c {
            '`' => code = !code,
            '"' | '“' | '”' => quoted = !quoted && c != '”',
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let wide = matches!(c, '。' | '！' | '？' | '；');
        let narrow = matches!(c, '.' | '!' | '?' | ';')
            && next.is_none_or(char::is_whitespace)
            && !(c == '.'
                && (is_short_form(&text[start..offset]) || is_item_number(&text[start..offset])));
        if !code && !quoted && depth == 0 && (wide || narrow) {
            let end = offset + c.len_utf8();
            parts.push(&text[start..end]);
            start = end;
        }
    }
    parts.push(&text[start..]);
    parts
}

/// Whether the dot behind this text counts an item: "Steps: 1. Open it. 2. Close it."
fn is_item_number(text: &str) -> bool {
    let front = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - front.len();
    (1..=2).contains(&digits) && (front.trim().is_empty() || front.ends_with(": "))
}

/// Whether the dot behind this text ends a short form rather than a sentence.
fn is_short_form(text: &str) -> bool {
    let last = text
        .rsplit(' ')
        .next()
        .unwrap_or_default()
        .trim_start_matches('(')
        .to_lowercase();
    [
        "e.g", "i.e", "etc", "vs", "approx", "incl", "max", "min", "z.b", "bzw", "ca", "d.h",
        "p.ej", "no", "nr",
    ]
    .contains(&last.as_str())
        && !matches!(last.as_str(), "etc" | "no" | "max" | "min")
        || matches!(last.as_str(), "max" | "min")
}

/// A Markdown heading, or a short line with a colon that opens a list.
fn heading_of(line: &str, next: Option<&str>) -> Option<String> {
    if line.starts_with('#') {
        let title = line.trim_start_matches('#');
        return title
            .starts_with(' ')
            .then(|| clean::line(without_number(title.trim().trim_end_matches([':', '#']))));
    }
    let start = line.trim_matches('*').trim().strip_suffix(':')?;
    let next_is_item = next.is_some_and(|next| item_of(next.trim()).is_some());
    let words: Vec<&str> = start.split_whitespace().collect();
    let last = words.last()?.to_lowercase();
    let plain = words.len() <= 4
        && !words.iter().any(|word| {
            super::lexicon::is_modal(&word.to_lowercase())
                || super::lexicon::is_verb(&word.to_lowercase())
        });
    (next_is_item && plain && last != "to" && item_of(line).is_none()).then(|| clean::line(start))
}

/// "Requirement 9: Free text" is called "Free text": the numbers are those of the document that is written.
fn without_number(title: &str) -> &str {
    let lower = title.to_ascii_lowercase();
    let word = ["requirement ", "req ", "story ", "task "]
        .iter()
        .find(|word| lower.starts_with(*word));
    let rest = word.map_or("", |word| {
        title[word.len()..].trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
    });
    rest.strip_prefix(':')
        .map(str::trim)
        .filter(|rest| !rest.is_empty())
        .unwrap_or(title)
}

/// Whether a list item has its box ticked.
fn is_ticked(line: &str) -> bool {
    ["- [x]", "- [X]", "* [x]", "* [X]", "+ [x]"]
        .iter()
        .any(|mark| line.starts_with(mark))
}

fn is_exclusion_heading(title: &str) -> bool {
    let lower = title.to_lowercase();
    [
        "out of scope",
        "not in scope",
        "non-goal",
        "non goal",
        "not needed",
        "not included",
        "excluded",
        "exclusions",
        "won't",
        "don't",
        "do not",
        "nicht im umfang",
        "nicht enthalten",
        "fuera de alcance",
        "hors périmètre",
        "対象外",
        "不包括",
        "later",
        "not now",
        "not part of",
    ]
    .iter()
    .any(|cue| lower.contains(cue))
}

/// The content of a list item.
fn item_of(line: &str) -> Option<&str> {
    let content = line
        .strip_prefix(['-', '*', '+', '•', '–', '·'])
        .and_then(|rest| {
            rest.strip_prefix(' ')
                .or_else(|| line.starts_with(['•', '·']).then_some(rest))
        })
        .or_else(|| {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            (1..=3)
                .contains(&digits)
                .then(|| {
                    line[digits..]
                        .strip_prefix(['.', ')'])
                        .and_then(|rest| rest.strip_prefix(' '))
                })
                .flatten()
        })?
        .trim();
    let content = ["[ ] ", "[x] ", "[X] "]
        .iter()
        .find_map(|mark| content.strip_prefix(mark))
        .unwrap_or(content);
    Some(content.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(prompt: &str) -> Vec<String> {
        sentences(prompt).into_iter().map(|s| s.text).collect()
    }

    #[test]
    fn sentences_items_and_leads() {
        assert_eq!(
            texts("Add a page. Keep `a. b` whole, e.g. here. Done?"),
            ["Add a page", "Keep `a. b` whole, e.g. here", "Done"]
        );
        assert_eq!(
            texts("Users can:\n- book a slot\n- cancel it"),
            ["Users can book a slot", "Users can cancel it"]
        );
        assert_eq!(
            texts("ログイン画面を追加。SMSは不要です。"),
            ["ログイン画面を追加", "SMSは不要です"]
        );
        assert_eq!(texts("bump to 1.0.200\nnow"), ["bump to 1.0.200 now"]);
    }

    #[test]
    fn headings_and_what_is_out() {
        let found = sentences("# Booking\n1. Patients book online\n\nOut of scope:\n- payments\n");
        assert_eq!(found[0].heading.as_deref(), Some("Booking"));
        assert!(!found[0].excluded && found[1].excluded);
        assert_eq!(found[1].text, "payments");
    }

    #[test]
    fn structure_of_a_prompt_is_text() {
        let found = sentences(
            "## Requirement 9: Free money\n- [x] done already\n- [ ] add a counter\n\n1. Open it\n",
        );
        assert_eq!(
            found.iter().map(|s| s.text.as_str()).collect::<Vec<_>>(),
            ["add a counter", "Open it"]
        );
        assert_eq!(found[0].heading.as_deref(), Some("Free money"));
        assert!(!found[0].numbered && found[1].numbered);
    }

    #[test]
    fn a_lead_in_ends_with_its_list() {
        let found = sentences(
            "Add points.\n\nOut of scope:\n- gifts\n\nShould points expire?\nKeep the import working.",
        );
        let out: Vec<bool> = found.iter().map(|sentence| sentence.excluded).collect();
        assert_eq!(out, [false, true, false, false]);
    }

    #[test]
    fn a_path_in_front_of_a_colon_goes() {
        for (text, rest) in [
            ("../../tmp/x: keep receipts", "keep receipts"),
            ("note: keep receipts", "note: keep receipts"),
            ("see a/b for more: keep", "see a/b for more: keep"),
        ] {
            assert_eq!(without_path_in_front(text), rest);
        }
    }

    #[test]
    fn code_is_no_wish() {
        assert_eq!(
            texts("Fix this:\n```\nlet a = 1.\n```\nIt fails"),
            ["Fix this", "It fails"]
        );
    }
}
