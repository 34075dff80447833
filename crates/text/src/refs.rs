//! Lists of references, as they stand behind `_Requirements:` or `Validates:`.

use std::ops::Range;

use crate::ident::Ident;

/// What a reference points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A requirement or a criterion.
    Id(Ident),
    /// From one id to another, both included.
    Range(Ident, Ident),
    /// A correctness property by its number.
    Property(u32),
    /// Every requirement.
    All,
    /// Words that name no id.
    Text(String),
}

/// One entry of a list of references.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// What it points at.
    pub target: Target,
    /// Its bytes.
    pub range: Range<usize>,
}

const ALL: [&str; 16] = [
    "all",
    "所有",
    "全部",
    "全て",
    "すべて",
    "全要件",
    "alle",
    "todos",
    "todas",
    "tous",
    "toutes",
    "tutti",
    "모든",
    "전체",
    "все",
    "every",
];

/// Reads the list in `text[range]`.
///
/// Entries end at commas and semicolons of any script. A word in front of an id (`Requirement 2`, `Req 9.1`, `要件 3`) is
/// passed over; brackets behind an id are remarks; in brackets behind words alone the ids count (`All (1.1-2.3)`).
pub fn parse(text: &str, range: Range<usize>) -> Vec<Reference> {
    let mut found = Vec::new();
    for entry in entries(text, range) {
        read_entry(text, entry, &mut found);
    }
    found
}

/// Splits at top-level commas, semicolons and the word `and`.
fn entries(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut depth = 0usize;
    let mut start = range.start;
    for (i, c) in text[range.clone()].char_indices() {
        let at = range.start + i;
        match c {
            '(' | '（' | '[' => depth += 1,
            ')' | '）' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' | '、' | '，' | '；' | '|' if depth == 0 => {
                parts.push(start..at);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(start..range.end);
    parts
        .into_iter()
        .filter(|r| !text[r.clone()].trim().is_empty())
        .collect()
}

fn read_entry(text: &str, entry: Range<usize>, found: &mut Vec<Reference>) {
    let (head, remark) = split_remark(text, &entry);
    let before = found.len();
    read_ids(text, head.clone(), found);
    if found.len() > before {
        return;
    }
    let words = text[head.clone()].trim();
    if let Some(remark) = remark {
        read_ids_in_list(text, remark, found);
        if found.len() > before {
            return;
        }
    }
    let trimmed = trim(text, head);
    if trimmed.is_empty() {
        return;
    }
    let lower = words.to_lowercase();
    let all = ALL.iter().any(|a| {
        lower
            .strip_prefix(a)
            .is_some_and(|rest| !a.is_ascii() || !rest.starts_with(|c: char| c.is_alphanumeric()))
    });
    let target = if all {
        Target::All
    } else {
        Target::Text(words.to_owned())
    };
    found.push(Reference {
        target,
        range: trimmed,
    });
}

fn read_ids_in_list(text: &str, range: Range<usize>, found: &mut Vec<Reference>) {
    for entry in entries(text, range) {
        read_ids(text, entry, found);
    }
}

/// The part before the first bracket, and what is in it.
fn split_remark(text: &str, entry: &Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let Some((i, c)) = text[entry.clone()]
        .char_indices()
        .find(|(_, c)| matches!(c, '(' | '（'))
    else {
        return (entry.clone(), None);
    };
    let open = entry.start + i;
    let inner = open + c.len_utf8();
    let close = text[inner..entry.end]
        .rfind([')', '）'])
        .map_or(entry.end, |j| inner + j);
    (entry.start..open, Some(inner..close))
}

/// Reads the ids of one entry: words, then ids and ranges; stops at the first word behind an id.
fn read_ids(text: &str, range: Range<usize>, found: &mut Vec<Reference>) {
    let mut at = range.start;
    let mut property = false;
    let mut seen = false;
    let mut last: Option<(Ident, Range<usize>)> = None;
    let mut pending_range = false;
    while at < range.end {
        let rest = &text[at..range.end];
        let Some(c) = rest.chars().next() else { break };
        if let Some((id, used)) = id_here(text, at, range.end) {
            let place = at..at + used;
            at += used;
            seen = true;
            if property || is_property(&id) {
                if let Some(&n) = id.numbers.first() {
                    found.push(Reference {
                        target: Target::Property(n),
                        range: place,
                    });
                }
            } else if pending_range && let Some((from, from_place)) = last.take() {
                found.pop();
                let to = complete(&from, id);
                found.push(Reference {
                    target: Target::Range(from, to),
                    range: from_place.start..place.end,
                });
            } else {
                last = Some((id.clone(), place.clone()));
                found.push(Reference {
                    target: Target::Id(id),
                    range: place,
                });
            }
            pending_range = false;
            continue;
        }
        let joins = [
            "-", "–", "—", "~", "～", "〜", "..", "…", "to ", "through ", "bis ", "から", "至",
            "到",
        ];
        if last.is_some()
            && let Some(join) = joins.iter().find(|j| rest.starts_with(**j))
        {
            pending_range = true;
            at += join.len();
            continue;
        }
        if c.is_alphanumeric() {
            let word = rest
                .find(|c: char| !c.is_alphanumeric() && c != '_')
                .unwrap_or(rest.len());
            let lower = rest[..word].to_lowercase();
            property = lower.starts_with("propert")
                || lower.starts_with("プロパティ")
                || lower.starts_with("属性")
                || (property && lower == "and");
            let joiner = matches!(
                lower.as_str(),
                "and" | "und" | "y" | "et" | "と" | "和" | "or"
            );
            if seen && !property && !joiner && !is_label(&lower) {
                return;
            }
            // A word glued to digits (`要件3`) ends where they begin.
            let digits = rest[..word].find(|c: char| c.is_ascii_digit());
            at += match digits {
                Some(d) if d > 0 && !rest[..d].is_ascii() => d,
                _ => word,
            };
            continue;
        }
        at += c.len_utf8();
    }
}

fn is_label(word: &str) -> bool {
    [
        "req",
        "requirement",
        "requirements",
        "reqs",
        "criterion",
        "criteria",
        "ac",
        "要件",
        "需求",
    ]
    .contains(&word)
}

fn is_property(id: &Ident) -> bool {
    id.prefix == "P" && id.numbers.len() == 1
}

/// An id that starts here and not inside a word.
fn id_here(text: &str, at: usize, end: usize) -> Option<(Ident, usize)> {
    let before = text[..at].chars().next_back();
    if before.is_some_and(|c| {
        c.is_ascii_alphanumeric()
            || c == '_' && text[..at - 1].ends_with(|c: char| c.is_alphanumeric())
    }) {
        return None;
    }
    let (id, used) = Ident::read(&text[at..end])?;
    let lower_prefix = id.prefix.chars().any(|c| c.is_ascii_lowercase());
    let known = ["req", "r", "us", "ac", "fr", "nfr"].contains(
        &id.prefix
            .trim_end_matches(['-', '_'])
            .to_lowercase()
            .as_str(),
    );
    (!lower_prefix || known).then_some((id, used))
}

/// `1.1-4` means up to `1.4`.
fn complete(from: &Ident, to: Ident) -> Ident {
    if to.numbers.len() == 1 && from.numbers.len() > 1 {
        let mut full = from.clone();
        if let Some(n) = full.numbers.last_mut() {
            *n = to.numbers[0];
        }
        full.suffix = to.suffix;
        return full;
    }
    to
}

fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let lead = part.len() - part.trim_start().len();
    let tail = part.len() - part.trim_end().len();
    if lead == part.len() {
        range.start..range.start
    } else {
        range.start + lead..range.end - tail
    }
}

/// Writes ids as a list, runs of neighbours of three or more kept apart: Kiro writes every id.
pub fn write<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    ids.into_iter().collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        parse(text, 0..text.len())
            .iter()
            .map(|r| match &r.target {
                Target::Id(id) => id.to_string(),
                Target::Range(a, b) => format!("{a}..{b}"),
                Target::Property(n) => format!("P{n}"),
                Target::All => "ALL".into(),
                Target::Text(t) => format!("“{t}”"),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn lists_in_every_shape() {
        for (text, expected) in [
            ("1.1, 2.3", "1.1 2.3"),
            ("3", "3"),
            ("1.1-1.4", "1.1..1.4"),
            ("10.1–10.6, 11.1 - 11.7", "10.1..10.6 11.1..11.7"),
            ("1.1-4", "1.1..1.4"),
            ("1.1 to 1.3", "1.1..1.3"),
            ("All requirements", "ALL"),
            ("所有需求", "ALL"),
            ("すべての要件", "ALL"),
            ("All backend requirements (1.1-10.6)", "1.1..10.6"),
            ("Requirements 9.1, 9.2", "9.1 9.2"),
            ("Requirements US2.2, US2.3", "US2.2 US2.3"),
            ("R3, R17", "R3 R17"),
            (
                "Req 9.1, Req 9.3; Design §Source-Grounding Plan",
                "9.1 9.3 “Design §Source-Grounding Plan”",
            ),
            ("1.1, 1.2 (Current Behavior — Defect)", "1.1 1.2"),
            ("Property 2", "P2"),
            ("P7 (CI Validation Passes)", "P7"),
            ("Properties 1, 2", "P1 2"),
            ("NFR", "“NFR”"),
            ("NFR-2, 5.3a", "NFR-2 5.3a"),
            ("要件3, 要件 4.1", "3 4.1"),
            ("1.1 and 1.2", "1.1 1.2"),
            ("1.1、1.2，1.3", "1.1 1.2 1.3"),
            ("See Tasks 7.1–7.10 above", "7.1..7.10"),
            ("Allgemein", "“Allgemein”"),
            ("", ""),
        ] {
            assert_eq!(shown(text), expected, "{text}");
        }
    }

    #[test]
    fn ranges_are_exact() {
        let text = "_Requirements: 1.1, 2.3_";
        let refs = parse(text, 15..23);
        assert_eq!(
            refs.iter()
                .map(|r| &text[r.range.clone()])
                .collect::<Vec<_>>(),
            ["1.1", "2.3"]
        );
    }
}
