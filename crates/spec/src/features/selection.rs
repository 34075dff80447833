//! What a selection grows through: word, sentence, criterion, requirement, section, document.

use std::ops::Range;

use rutter_text::markdown;

use super::folding::branches;
use super::naming::parts;
use crate::{Document, Spec};

/// The ranges around `offset`, the smallest first; each holds the one before and is larger.
pub fn selections(spec: &Spec, document: Document, offset: usize) -> Vec<Range<usize>> {
    let Some(parts) = parts(spec, document).filter(|p| offset <= p.text.len()) else {
        return Vec::new();
    };
    let (text, outline) = (parts.text, parts.outline);
    let mut found = vec![word(text, offset), 0..text.len()];
    if let Some(line) = outline.lines.get(outline.line_at(offset)) {
        let content = text[line.range.clone()].trim_start();
        let body = line.range.end - content.len()..line.range.end;
        let item = markdown::item(text, line);
        let inner = item.map_or_else(|| body.clone(), |item| item.content);
        found.extend([sentence(text, &inner, offset), inner]);
        // A criterion of several lines is not cut at their ends.
        if !in_criterion(spec, document, offset) {
            found.extend([body, line.range.clone()]);
        }
    }
    // The sections around, from the lowest level up.
    let mut level = u8::MAX;
    for i in (0..=outline
        .line_at(offset)
        .min(outline.lines.len().saturating_sub(1)))
        .rev()
    {
        let Some((own, heading)) = outline.heading(i).filter(|(l, _)| *l < level) else {
            continue;
        };
        level = own;
        let section = outline.bytes(i..outline.section_end(i), text);
        found.extend([heading, trimmed(text, section)]);
    }
    if let Some((_, wanted)) = spec.wanted().filter(|(wanted, _)| *wanted == document) {
        for requirement in wanted
            .requirements
            .iter()
            .filter(|r| holds(&r.range, offset))
        {
            found.push(trimmed(text, requirement.range.clone()));
            found.extend(requirement.story.clone());
            let own = requirement
                .criteria
                .iter()
                .filter(|c| holds(&c.range, offset));
            for criterion in own {
                let body = &criterion.body;
                found.extend([
                    sentence(text, body, offset),
                    body.clone(),
                    criterion.range.clone(),
                ]);
            }
            let (first, last) = (requirement.criteria.first(), requirement.criteria.last());
            if let (Some(first), Some(last)) = (first, last) {
                found.push(first.range.start..last.range.end);
            }
        }
    }
    match document {
        Document::Tasks => {
            for (task, end) in spec
                .tasks
                .iter()
                .flat_map(|t| t.tasks.iter().zip(branches(t)))
            {
                found.extend([
                    task.title_range.clone(),
                    task.range.clone(),
                    task.range.start..end,
                ]);
            }
        }
        Document::Design => {
            let properties = spec.design.iter().flat_map(|d| &d.properties);
            found.extend(properties.map(|p| p.range.clone()));
        }
        _ => {}
    }
    found.retain(|r| holds(r, offset) && !r.is_empty());
    found.sort_by_key(|r| r.len());
    let mut nested: Vec<Range<usize>> = Vec::new();
    for range in found {
        let grows = nested
            .last()
            .is_none_or(|i| range.start <= i.start && i.end <= range.end && range != *i);
        if grows {
            nested.push(range);
        }
    }
    nested
}

fn in_criterion(spec: &Spec, document: Document, offset: usize) -> bool {
    let wanted = spec.wanted().filter(|(wanted, _)| *wanted == document);
    let mut criteria = wanted.iter().flat_map(|(_, w)| w.criteria());
    criteria.any(|(_, c)| holds(&c.range, offset))
}

fn holds(range: &Range<usize>, offset: usize) -> bool {
    range.start <= offset && offset <= range.end
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    range.start..range.start + text[range.clone()].trim_end().len()
}

/// The letters around a place; a character of a script without spaces is taken with those of its kind.
fn word(text: &str, offset: usize) -> Range<usize> {
    let kind = |c: char| match c {
        '\u{3041}'..='\u{309f}' => 2,
        '\u{30a0}'..='\u{30ff}' => 3,
        '\u{2e80}'..='\u{9fff}' => 4,
        '_' => 1,
        c if c.is_alphanumeric() => 1,
        _ => 0,
    };
    let after = text[offset..].chars().next().map_or(0, kind);
    let own = match after {
        0 => text[..offset].chars().next_back().map_or(0, kind),
        kind => kind,
    };
    if own == 0 {
        return offset..offset;
    }
    let start = offset
        - text[..offset]
            .chars()
            .rev()
            .take_while(|c| kind(*c) == own)
            .map(char::len_utf8)
            .sum::<usize>();
    let end = offset
        + text[offset..]
            .chars()
            .take_while(|c| kind(*c) == own)
            .map(char::len_utf8)
            .sum::<usize>();
    start..end
}

/// The sentence around a place, inside `range`, without the space around it.
fn sentence(text: &str, range: &Range<usize>, offset: usize) -> Range<usize> {
    if !holds(range, offset) {
        return range.start..range.start;
    }
    let mut start = range.start;
    let mut end = range.end;
    for (i, c) in text[range.clone()].char_indices() {
        let behind = range.start + i + c.len_utf8();
        let stops = match c {
            '.' | '!' | '?' => text[behind..range.end].starts_with(char::is_whitespace),
            '。' | '！' | '？' => true,
            _ => false,
        };
        if stops && behind <= offset && behind < range.end {
            start = behind;
        } else if stops {
            end = behind;
            break;
        }
    }
    let inner = &text[start..end];
    start += inner.len() - inner.trim_start().len();
    start..start.max(end - (inner.len() - inner.trim_end().len()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::with_cursor;
    use super::*;

    fn shown(document: Document, text: &str) -> Vec<String> {
        let (spec, document, offset) = with_cursor(&[(document, text)]);
        let ranges = selections(&spec, document, offset);
        for pair in ranges.windows(2) {
            assert!(
                pair[1].start <= pair[0].start && pair[0].end <= pair[1].end && pair[0] != pair[1]
            );
        }
        let text = spec.source(document).map_or("", |s| s.text());
        ranges.into_iter().map(|r| text[r].to_owned()).collect()
    }

    #[test]
    fn from_the_word_to_the_document() {
        let text = "# R\r\n\r\n### Requirement 1: A 🚀\r\n\r\n1. First. THE X SHALL lo$0ck. Then\r\n   more\r\n2. B\r\n";
        let all = shown(Document::Requirements, text);
        let plain = text.replace("$0", "");
        assert_eq!(all[0], "lock");
        assert_eq!(all[1], "THE X SHALL lock.");
        assert_eq!(all[2], "First. THE X SHALL lock. Then");
        assert_eq!(all[3], "First. THE X SHALL lock. Then\r\n   more");
        assert!(all[4].ends_with("more") && all[4].starts_with("1."));
        assert!(all[5].ends_with("2. B") && all[5].starts_with("1."));
        assert!(all[6].starts_with("### Requirement 1"));
        assert_eq!(all.last(), Some(&plain));
    }

    #[test]
    fn tasks_and_odd_places() {
        let all = shown(
            Document::Tasks,
            "- [ ] 1. Parent\n  - [ ] 1.1 Cou$0nt it\n    - note\n- [ ] 2. B\n",
        );
        assert_eq!(all[0], "Count");
        assert_eq!(all[1], "Count it");
        assert!(
            all.contains(&"- [ ] 1. Parent\n  - [ ] 1.1 Count it\n    - note".to_owned()),
            "{all:?}"
        );
        assert_eq!(
            shown(Document::Design, "限流$0器は数える。次。")[..2],
            ["限流器", "限流器は数える。"]
        );
        assert_eq!(shown(Document::Design, "$0"), Vec::<String>::new());
        assert_eq!(shown(Document::Design, "a\n\n$0\n\nb"), ["a\n\n\n\nb"]);
    }
}
