//! The parts of a line that are not prose: code, the targets of links, addresses.

use std::ops::Range;

/// The bytes of a line that name nothing, in order: code spans, link targets, `#[[file:…]]`, addresses, HTML tags. The
/// ranges count from the start of the line.
pub(super) fn inert(line: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        let end = match c {
            '`' => code(line, at),
            ']' if line[at..].starts_with("](") => closing(line, at + 2, ')'),
            '#' if line[at..].starts_with("#[[") => {
                line[at..].find("]]").map(|i| at + i + "]]".len())
            }
            '<' if line[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') => {
                closing(line, at + 1, '>')
            }
            'h' if line[at..].starts_with("http://") || line[at..].starts_with("https://") => {
                let behind = line[at..].find(|c: char| c.is_whitespace() || matches!(c, ')' | '>'));
                Some(behind.map_or(line.len(), |i| at + i))
            }
            _ => None,
        };
        match end {
            Some(end) => {
                found.push(at..end);
                at = end;
            }
            // A run of ticks that nothing closes is text as a whole.
            None if c == '`' => at += ticks(&line[at..]),
            None => at += c.len_utf8(),
        }
    }
    found
}

/// Whether a place lies in one of the ranges.
pub(super) fn is_inert(ranges: &[Range<usize>], place: &Range<usize>) -> bool {
    ranges
        .iter()
        .any(|r| r.start < place.end && place.start < r.end)
}

fn ticks(text: &str) -> usize {
    text.len() - text.trim_start_matches('`').len()
}

/// The end of the code span that opens here: behind as many ticks as opened it.
fn code(line: &str, open: usize) -> Option<usize> {
    let width = ticks(&line[open..]);
    let mut at = open + width;
    while let Some(i) = line[at..].find('`') {
        let run = ticks(&line[at + i..]);
        at += i + run;
        if run == width {
            return Some(at);
        }
    }
    None
}

fn closing(line: &str, from: usize, mark: char) -> Option<usize> {
    line[from..].find(mark).map(|i| from + i + mark.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_prose() {
        for (line, expected) in [
            ("a `b` c ``d ` e`` f", vec!["`b`", "``d ` e``"]),
            ("[a](b.md) and <br> 1 < 2", vec!["](b.md)", "<br>"]),
            (
                "#[[file:a.md]] 🚀 https://x.y/z end",
                vec!["#[[file:a.md]]", "https://x.y/z"],
            ),
            ("an open ` tick, ``` three", vec![]),
            ("", vec![]),
        ] {
            let shown: Vec<&str> = inert(line).into_iter().map(|r| &line[r]).collect();
            assert_eq!(shown, expected, "{line}");
        }
    }
}
