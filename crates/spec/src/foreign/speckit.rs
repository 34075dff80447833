//! Spec Kit: user stories with scenarios, requirements and outcomes by their ids; tasks with the story they belong to.

use std::ops::Range;

use rutter_text::markdown::{LineKind, Outline};

use rutter_text::tags::{id, ids};

use super::fields::{bytes, checkbox, item_end, marker, plain, section, short};
use super::{Item, ItemKind, Mention, Role};

/// What asks for an answer.
const OPEN: &str = "[NEEDS CLARIFICATION";

/// The items of a document and what it names.
pub(super) fn read(role: Role, text: &str, outline: &Outline) -> (Vec<Item>, Vec<Mention>) {
    let mut items: Vec<Item> = Vec::new();
    let mut parents: Vec<(u8, usize)> = Vec::new();
    let mut story: Option<(usize, usize)> = None;
    let mut line = 0;
    while line < outline.lines.len() {
        if let LineKind::Heading { text: title, .. } = &outline.lines[line].kind {
            let named = (role == Role::Spec)
                .then(|| story_heading(&text[title.clone()]))
                .flatten();
            match named {
                Some((number, name)) => {
                    let at = section(
                        text,
                        outline,
                        line,
                        ItemKind::Story,
                        &mut parents,
                        &mut items,
                    );
                    items[at].id = format!("US{number}");
                    items[at].title = name;
                    items[at].text = first_words(text, outline, line);
                    story = Some((at, outline.section_end(line)));
                }
                None => {
                    section(
                        text,
                        outline,
                        line,
                        ItemKind::Section,
                        &mut parents,
                        &mut items,
                    );
                }
            }
            line += 1;
            continue;
        }
        let found = match role {
            Role::Tasks => task(text, outline, line),
            Role::Spec => entry(text, outline, line).or_else(|| {
                let (at, end) = story?;
                (line < end)
                    .then(|| scenario(text, outline, line, &items, at))
                    .flatten()
            }),
            _ => None,
        };
        if let Some((mut item, end)) = found {
            if item.kind != ItemKind::Scenario {
                item.parent = parents.last().map(|(_, at)| *at);
            }
            items.push(item);
            line = end.max(line + 1);
        } else {
            line += 1;
        }
    }
    let mentions = mentions(text, outline, &items);
    (items, mentions)
}

/// `User Story 1 - Share an album (Priority: P1)`: its number and its name.
fn story_heading(title: &str) -> Option<(u32, String)> {
    let lower = title.to_ascii_lowercase();
    let rest = &title[lower.find("user story ")? + "user story ".len()..];
    // A heading over several of them, or about one of them, is no story.
    if !lower.trim_start().starts_with("user story ") {
        return None;
    }
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest[..digits].parse().ok()?;
    let name = rest[digits..].trim_start_matches([' ', '-', '–', '—', ':', '.']);
    let name = match name.rfind("(Priority") {
        Some(at) => &name[..at],
        None => name,
    };
    Some((number, plain(name)))
}

fn first_words(text: &str, outline: &Outline, heading: usize) -> String {
    let mut words = String::new();
    for line in heading + 1..outline.next_heading(heading) {
        let one = &outline.lines[line];
        match one.kind {
            LineKind::Text => {
                words.push(' ');
                words.push_str(&text[one.range.clone()]);
            }
            LineKind::Blank if words.is_empty() => {}
            _ => break,
        }
    }
    plain(&words)
}

/// `- **FR-001**: System MUST …`
fn entry(text: &str, outline: &Outline, line: usize) -> Option<(Item, usize)> {
    let marker = marker(text, outline, line)?;
    let content = &text[marker.content.clone()];
    let bare = content.trim_start_matches(['*', '_', '`', '[']);
    let start = marker.content.start + (content.len() - bare.len());
    let length = id(bare)?;
    let name = &bare[..length];
    let rest = bare[length..].trim_start_matches(['*', '_', '`', ']']);
    let says = rest.trim_start();
    let kind = match name.trim_end_matches(|c: char| !c.is_ascii_uppercase()) {
        "US" | "T" => return None,
        "SC" => ItemKind::Outcome,
        _ => ItemKind::Requirement(None),
    };
    // `FR-001 and FR-002 are …` speaks of it; what defines it goes on with a colon, a dash, or has the id set apart.
    let apart = bare.len() < content.len();
    says.strip_prefix([':', '-', '–', '—', '(', '['])
        .or(apart.then_some(says))?;
    let end = item_end(text, outline, line, marker.indent);
    let range = bytes(text, outline, line..end);
    let says = says.trim_start_matches([':', '-', '–', '—', ' ', '*']);
    let words = plain(&text[marker.content.end - says.len()..range.end.max(marker.content.end)]);
    Some((
        Item {
            kind,
            id: name.to_owned(),
            title: short(&words),
            text: words,
            range: marker.marker.start..range.end,
            selection: start..start + length,
            parent: None,
        },
        line + 1,
    ))
}

/// `1. **Given** …, **When** …, **Then** …` below a story.
fn scenario(
    text: &str,
    outline: &Outline,
    line: usize,
    items: &[Item],
    story: usize,
) -> Option<(Item, usize)> {
    let marker = marker(text, outline, line)?;
    let content = &text[marker.content.clone()];
    let lower = plain(content).to_lowercase();
    if !(lower.starts_with("given") || lower.starts_with("when")) {
        return None;
    }
    let number = items.iter().filter(|i| i.parent == Some(story)).count() + 1;
    let end = item_end(text, outline, line, marker.indent);
    let range = bytes(text, outline, line..end);
    let words = plain(&text[marker.content.start..range.end.max(marker.content.end)]);
    Some((
        Item {
            kind: ItemKind::Scenario,
            id: format!("{}.{number}", items[story].id),
            title: short(&words),
            text: words,
            range: marker.marker.start..range.end,
            selection: marker.content,
            parent: Some(story),
        },
        end,
    ))
}

/// `- [ ] T012 [P] [US1] Create the album model in src/album.py`
fn task(text: &str, outline: &Outline, line: usize) -> Option<(Item, usize)> {
    let marker = marker(text, outline, line)?;
    let (done, content) = checkbox(text, &marker)?;
    let says = &text[content.clone()];
    let bare = says.trim_start_matches(['*', '_', '`', '~']);
    let length = id(bare).filter(|_| bare.starts_with('T'))?;
    let start = content.start + (says.len() - bare.len());
    let end = item_end(text, outline, line, marker.indent);
    let mut rest = bare[length..].trim_start_matches(['*', '_', '`', ':', ' ']);
    while let Some((_, behind)) = rest
        .strip_prefix('[')
        .and_then(|tag| tag.split_once(']'))
        .filter(|(tag, _)| tag.len() <= 5)
    {
        rest = behind.trim_start();
    }
    Some((
        Item {
            kind: ItemKind::Task(done),
            id: bare[..length].to_owned(),
            title: plain(rest),
            text: plain(rest),
            range: marker.marker.start..bytes(text, outline, line..end).end,
            selection: start..start + length,
            parent: None,
        },
        line + 1,
    ))
}

/// Every id outside code and comments that isn't where it is defined, and `User Story 2` in words.
fn mentions(text: &str, outline: &Outline, items: &[Item]) -> Vec<Mention> {
    let mut found = Vec::new();
    for line in &outline.lines {
        if matches!(
            line.kind,
            LineKind::Fence(_) | LineKind::FrontMatter | LineKind::Comment | LineKind::Blank
        ) {
            continue;
        }
        let words = &text[line.range.clone()];
        found.extend(ids(words, line.range.start));
        let lower = words.to_ascii_lowercase();
        for (at, _) in lower.match_indices("user story ") {
            let digits = lower[at + 11..]
                .bytes()
                .take_while(u8::is_ascii_digit)
                .count();
            if digits > 0 {
                let id = format!("US{}", &lower[at + 11..at + 11 + digits]);
                let start = line.range.start + at;
                found.push((id, start..start + 11 + digits));
            }
        }
    }
    found.retain(|(_, range)| {
        !items.iter().any(|item| {
            item.kind != ItemKind::Section
                && item.selection.start <= range.start
                && range.end <= item.selection.end
                && item.kind != ItemKind::Scenario
        })
    });
    found.sort_by_key(|(_, range)| range.start);
    let mention = |(id, range): (String, Range<usize>)| Mention { id, range };
    found.into_iter().map(mention).collect()
}

/// The places that wait for a clarification.
pub(super) fn open(text: &str, outline: &Outline) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for line in outline.lines.iter().filter(|l| {
        !matches!(
            l.kind,
            LineKind::Fence(_) | LineKind::Comment | LineKind::FrontMatter
        )
    }) {
        let words = &text[line.range.clone()];
        for (at, _) in words.match_indices(OPEN) {
            // In a code span it is spoken of, not asked.
            if words[..at].matches('`').count() % 2 == 1 {
                continue;
            }
            let end = words[at..].find(']').map_or(words.len(), |i| at + i + 1);
            found.push(line.range.start + at..line.range.start + end);
        }
    }
    found
}
