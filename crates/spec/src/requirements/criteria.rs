//! Finding the criteria of a requirement and giving them their ids.

use std::ops::Range;

use rutter_text::Ident;
use rutter_text::markdown::{self, LineKind, Outline};

use super::{Criterion, Requirement, criterion};
use crate::{ears, heading, labels};

/// The criteria of one requirement.
pub(super) struct Found {
    /// The criteria in order, not yet numbered.
    pub items: Vec<Criterion>,
    /// Whether a heading or label announced them.
    pub announced: bool,
}

/// How a list in a region is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Take {
    /// Every item is a criterion.
    All,
    /// Ordered items, and others only where they read like a criterion.
    Likely,
}

/// The criteria between a requirement's heading line and `end`.
pub(super) fn of_requirement(
    text: &str,
    outline: &Outline,
    line: usize,
    end: usize,
    named: bool,
) -> Found {
    let mut items = Vec::new();
    let mut announced = false;
    for i in line + 1..end {
        if let Some((level, heading)) = outline.heading(i) {
            if labels::is_acceptance(&text[heading]) {
                announced = true;
                let until = (i + 1..end)
                    .find(|&j| outline.heading(j).is_some_and(|(l, _)| l <= level))
                    .unwrap_or(end);
                items.extend(region(text, outline, i + 1..until, Take::All));
            }
        } else if outline.lines[i].kind == LineKind::Text && inline_label(text, outline, i) {
            announced = true;
            let until = (i + 1..end)
                .find(|&j| outline.heading(j).is_some() || bold_label(text, outline, j))
                .unwrap_or(end);
            items.extend(region(text, outline, i + 1..until, Take::All));
        }
    }
    if !announced {
        let own_end = outline.next_heading(line).min(end);
        items = region(text, outline, line + 1..own_end, Take::Likely);
        if items.is_empty() && named {
            // A heading of a language the labels don't know: the first sub-section with an ordered list.
            items = (line + 1..end)
                .filter(|&i| outline.heading(i).is_some())
                .map(|i| {
                    region(
                        text,
                        outline,
                        i + 1..outline.next_heading(i).min(end),
                        Take::Likely,
                    )
                })
                .find(|found| !found.is_empty())
                .unwrap_or_default();
        }
        if items.is_empty() {
            items = (line + 1..end)
                .filter(|&i| outline.heading(i).is_some())
                .map(|i| {
                    region(
                        text,
                        outline,
                        i + 1..outline.next_heading(i).min(end),
                        Take::Likely,
                    )
                })
                .find(|found| found.iter().any(|c| c.ears.modal))
                .unwrap_or_default();
        }
    }
    Found { items, announced }
}

/// A line such as `**Acceptance criteria (EARS):**` that announces a list.
fn inline_label(text: &str, outline: &Outline, i: usize) -> bool {
    let content = text[outline.lines[i].range.clone()].trim();
    let bare = content.trim_start_matches(['-', ' ']);
    (bare.starts_with('*') || bare.starts_with('_') || bare.ends_with([':', '：'])) && {
        let label = bare.trim_matches(['*', '_', ':', '：', ' ']);
        label.chars().count() < 60
            && labels::is_acceptance(label.split_once('(').map_or(label, |(head, _)| head))
    }
}

/// A bold line on its own, such as `**Technical Notes:**`.
fn bold_label(text: &str, outline: &Outline, i: usize) -> bool {
    let content = text[outline.lines[i].range.clone()].trim();
    outline.lines[i].kind == LineKind::Text
        && content.starts_with("**")
        && (content.ends_with(":**")
            || content.ends_with("**:")
            || content.ends_with("：**")
            || content.ends_with("**"))
        && content.matches("**").count() == 2
}

/// One item while it is read.
struct Open {
    lines: Range<usize>,
    indent: usize,
    ordinal: Option<u32>,
    marker: Range<usize>,
    body: Range<usize>,
    restart: bool,
}

/// Reads a run of lines as a list of criteria.
fn region(text: &str, outline: &Outline, lines: Range<usize>, take: Take) -> Vec<Criterion> {
    let mut opened: Vec<Open> = Vec::new();
    let mut base: Option<(usize, bool)> = None;
    let mut blank = true;
    let mut broken = false;
    for i in lines {
        let line = &outline.lines[i];
        match line.kind {
            LineKind::Blank => {
                blank = true;
                continue;
            }
            LineKind::Text => {}
            LineKind::Heading { .. } => {
                broken = true;
                base = None;
                continue;
            }
            _ => continue,
        }
        if markdown::is_rule(text, line) {
            broken = true;
            continue;
        }
        let item = markdown::item(text, line);
        let indent = item
            .as_ref()
            .map_or_else(|| markdown::indent(text, line), |item| item.indent);
        let top = base.is_none_or(|(b, _)| indent <= b + 1);
        match item {
            Some(item)
                if top
                    && !base.is_some_and(|(_, ordered)| {
                        ordered && item.ordinal.is_none() && !opened.is_empty() && !blank
                    }) =>
            {
                base = Some((
                    item.indent,
                    item.ordinal.is_some() || base.is_some_and(|(_, o)| o),
                ));
                opened.push(Open {
                    lines: i..i + 1,
                    indent: item.indent,
                    ordinal: item.ordinal,
                    marker: item.marker,
                    body: item.content,
                    restart: std::mem::take(&mut broken),
                });
            }
            None if top
                && (point(text, line.range.clone()).is_some()
                    || blank
                        && ears::looks_like(&text[line.range.clone()])
                        && !opened.iter().any(|o| o.ordinal.is_some())) =>
            {
                let start = line.range.start + markdown::indent(text, line).min(line.range.len());
                opened.push(Open {
                    lines: i..i + 1,
                    indent,
                    ordinal: None,
                    marker: start..start,
                    body: start..line.range.end,
                    restart: false,
                });
            }
            _ => match opened.last_mut() {
                Some(open) if !blank || indent > open.indent => {
                    open.lines.end = i + 1;
                    open.body.end = line.range.end;
                }
                _ => broken = true,
            },
        }
        blank = false;
    }
    let mut items: Vec<Criterion> = opened
        .into_iter()
        .filter_map(|open| close(text, outline, open, take))
        .collect();
    positions(&mut items);
    items
}

/// Turns a read item into a criterion; an item that `take` doesn't want is dropped.
fn close(text: &str, outline: &Outline, open: Open, take: Take) -> Option<Criterion> {
    let mut body = open.body.clone();
    for mark in ["[ ] ", "[x] ", "[X] ", "✅ ", "❌ "] {
        if text[body.clone()].starts_with(mark) {
            body.start += mark.len();
        }
    }
    let written = point(text, body.clone());
    if let Some((_, id_range, after)) = &written {
        debug_assert!(id_range.end <= *after);
        body.start = *after;
    }
    let joined = text[body.clone()]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if joined.is_empty() {
        return None;
    }
    let end = outline.lines[open.lines.end - 1].range.end;
    let start = if open.marker.is_empty() {
        open.body.start
    } else {
        open.marker.start
    };
    let mut c = criterion(joined, start..end, open.marker.clone(), body);
    if take == Take::Likely && open.ordinal.is_none() && written.is_none() && !c.ears.modal {
        return None;
    }
    match written {
        Some((id, id_range, _)) => {
            c.id = id;
            c.explicit = true;
            c.marker = id_range;
        }
        None => c.id = Ident::of([open.ordinal.unwrap_or(BULLET), u32::from(open.restart)]),
    }
    Some(c)
}

/// An id at the start of a sentence: `1.1 WHEN`, `**AC-1.1** …`, `AC-2: …`. Gives the id, its bytes and where the
/// sentence goes on.
fn point(text: &str, range: Range<usize>) -> Option<(Ident, Range<usize>, usize)> {
    let part = &text[range.clone()];
    let lead = part.len()
        - part
            .trim_start_matches([' ', '\t', '*', '_', '`', '(', '['])
            .len();
    let (id, used) = Ident::read(&part[lead..])?;
    if id.numbers.len() < 2 && id.prefix.is_empty() {
        return None;
    }
    if id.prefix.chars().any(|c| c.is_ascii_lowercase()) {
        return None;
    }
    let after = &part[lead + used..];
    let tail = after.len()
        - after
            .trim_start_matches([
                '.', ':', '：', ')', ']', '*', '_', '`', '-', '–', '—', ' ', '\t',
            ])
            .len();
    if tail == 0 && !after.is_empty() {
        return None;
    }
    // `I18n_Module` is a name, and `(3.1), and …` goes on with a sentence.
    let name = after.starts_with('_') && lead == 0;
    if name || after[tail..].starts_with([',', ';', '，', '、', '；']) {
        return None;
    }
    // `S3 buckets` and `1.5 seconds` are words, not ids.
    let marked = lead > 0 || after.starts_with(['.', ':', '：', ')', '*', '_']);
    let plain = id.prefix.is_empty()
        && after[tail..]
            .starts_with(|c: char| c.is_uppercase() || !c.is_ascii() || matches!(c, '`' | '"'));
    let dashed = id.prefix.ends_with('-');
    (marked || plain || dashed).then(|| {
        let start = range.start + lead;
        (id, start..start + used, start + used + tail)
    })
}

/// Stands for the number of an item that has none. A list may begin at 0.
const BULLET: u32 = u32::MAX;

/// Replaces what [`close`] left (`[ordinal, restart]`) by the number in the list: as written where the written numbers
/// grow, by position otherwise (Markdown counts `1. 1. 1.` itself).
fn positions(items: &mut [Criterion]) {
    let ordinals: Vec<u32> = items
        .iter()
        .filter(|c| !c.explicit)
        .map(|c| c.id.numbers[0])
        .collect();
    let same = ordinals.len() > 1 && ordinals.iter().all(|&o| o == ordinals[0]);
    let written = !same && ordinals.iter().all(|&o| o != BULLET);
    let mut offset = 0;
    let mut last = 0;
    for (i, c) in items.iter_mut().enumerate() {
        let position = u32::try_from(i + 1).unwrap_or(u32::MAX);
        if c.explicit {
            last = position;
            continue;
        }
        let (ordinal, restart) = (c.id.numbers[0], c.id.numbers[1] == 1);
        if restart && ordinal <= last.saturating_sub(offset) {
            offset = last;
        }
        let n = if written { ordinal + offset } else { position };
        last = n;
        c.id = Ident::of([n]);
    }
}

/// Gives the criteria of a requirement their full ids and labels.
pub(super) fn number(items: &mut [Criterion], requirement: &Ident, label: &str) {
    for c in items {
        if c.explicit && c.id.numbers.len() > 1 {
            c.label = c.id.to_string();
            continue;
        }
        let n = c.id.numbers.last().copied().unwrap_or(0);
        c.id = if requirement.numbers.is_empty() {
            Ident::of([n])
        } else {
            requirement.child(n)
        };
        c.label = if label.is_empty() {
            n.to_string()
        } else {
            format!("{label}.{n}")
        };
    }
}

/// A list of criteria straight under `## Requirements` or under an acceptance heading, with no requirement around it.
pub(super) fn flat(text: &str, outline: &Outline) -> Option<Requirement> {
    let line = (0..outline.lines.len()).find(|&i| {
        outline.heading(i).is_some_and(|(_, r)| {
            let name = &text[r];
            labels::is_requirements_section(name) || labels::is_acceptance(name)
        })
    })?;
    let end = outline.section_end(line);
    let mut items = region(text, outline, line + 1..end, Take::Likely);
    if items.is_empty() {
        return None;
    }
    number(&mut items, &Ident::of([]), "");
    let (_, heading) = outline.heading(line)?;
    Some(Requirement {
        id: Ident::of([]),
        label: String::new(),
        title: text[heading.clone()].to_owned(),
        id_range: heading.start..heading.start,
        range: outline.bytes(line..end, text),
        heading,
        line,
        story: None,
        criteria: items,
    })
}

/// The numbered points of a bugfix document, one requirement a section: `1.1 WHEN …` anywhere, or the items of an
/// ordered list under the third-level headings, numbered by the heading's place.
pub(super) fn points(text: &str, outline: &Outline) -> Vec<Requirement> {
    let mut found: Vec<Requirement> = Vec::new();
    let mut place = 0u32;
    for i in 0..outline.lines.len() {
        let Some((level, heading)) = outline.heading(i) else {
            continue;
        };
        if level == 2 {
            place = 0;
        }
        if level == 3 {
            place += 1;
        }
        if level < 2
            || heading::numbered(text, heading.clone())
                .is_some_and(|n| n.id.numbers.len() == 1 && level == 2)
        {
            continue;
        }
        let end = outline.next_heading(i);
        let mut items = region(text, outline, i + 1..end, Take::Likely);
        // `V1:` and `A-1:` name cases and assumptions; points are `1.1` or `AC-1.1`.
        let is_point = |c: &Criterion| c.explicit && c.id.numbers.len() > 1;
        if items.iter().any(is_point) {
            items.retain(is_point);
        } else if level != 3 || !bug_section(text, outline, i) {
            continue;
        } else {
            items.retain(|c| {
                let ordered = text[c.marker.clone()].starts_with(|m: char| m.is_ascii_digit());
                ordered || !c.ears.keywords.is_empty() && ears::looks_like(&c.text)
            });
        }
        if items.is_empty() {
            continue;
        }
        let id = items
            .iter()
            .find(|c| c.explicit)
            .and_then(|c| c.id.parent())
            .unwrap_or_else(|| Ident::of([place]));
        let label = id.to_string();
        number(&mut items, &id, &label);
        found.push(Requirement {
            id,
            label,
            title: text[heading.clone()].to_owned(),
            id_range: heading.start..heading.start,
            range: outline.bytes(i..end, text),
            heading,
            line: i,
            story: None,
            criteria: items,
        });
    }
    found
}

/// Whether a third-level heading is one of the three of Kiro's bug analysis: its parent has just these children.
fn bug_section(text: &str, outline: &Outline, line: usize) -> bool {
    let name = outline
        .heading(line)
        .map(|(_, r)| text[r].to_lowercase())
        .unwrap_or_default();
    [
        "current",
        "expected",
        "unchanged",
        "regression",
        "defect",
        "当前",
        "预期",
        "不变",
        "現在",
        "期待",
        "変更しない",
        "aktuell",
        "erwartet",
        "unverändert",
    ]
    .iter()
    .any(|word| name.contains(word))
}
