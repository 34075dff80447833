//! OpenSpec: requirements by their names with scenarios; in a change what becomes of them, and numbered tasks.

use rutter_text::markdown::{LineKind, Outline};

use super::fields::{bytes, checkbox, marker, plain, section, short};
use super::{Delta, Item, ItemKind, Mention, Role};

/// The items of a document and what it names.
pub(super) fn read(
    role: Role,
    name: &str,
    text: &str,
    outline: &Outline,
) -> (Vec<Item>, Vec<Mention>) {
    // `specs/auth/spec.md` below a change tells what becomes of `specs/auth/spec.md` beside the changes.
    let in_change = role == Role::Spec && name.contains('/');
    let mut items: Vec<Item> = Vec::new();
    let mut mentions = Vec::new();
    let mut parents: Vec<(u8, usize)> = Vec::new();
    let mut delta = None;
    for line in 0..outline.lines.len() {
        if let LineKind::Heading { level, text: title } = &outline.lines[line].kind {
            let words = &text[title.clone()];
            if *level <= 2 {
                delta = section_delta(words).filter(|_| in_change);
            }
            let heading = |prefix| {
                let bare = behind(words, prefix).filter(|_| role == Role::Spec)?;
                Some((bare, title.end - bare.len()..title.end))
            };
            if let Some((bare, selection)) = heading("Requirement:") {
                let kind = ItemKind::Requirement(delta);
                let at = section(text, outline, line, kind, &mut parents, &mut items);
                items[at].id = bare.trim().to_owned();
                items[at].title = bare.trim().to_owned();
                items[at].text = paragraph(text, outline, line);
                items[at].selection = selection;
            } else if let Some((bare, selection)) = heading("Scenario:") {
                let at = section(
                    text,
                    outline,
                    line,
                    ItemKind::Scenario,
                    &mut parents,
                    &mut items,
                );
                let around = items[at].parent.map(|p| items[p].id.clone());
                items[at].id = format!("{}/{}", around.unwrap_or_default(), bare.trim());
                items[at].title = bare.trim().to_owned();
                items[at].text = steps(text, outline, line);
                items[at].selection = selection;
            } else {
                section(
                    text,
                    outline,
                    line,
                    ItemKind::Section,
                    &mut parents,
                    &mut items,
                );
            }
            continue;
        }
        let parent = parents.last().map(|(_, at)| *at);
        match role {
            Role::Tasks => items.extend(task(text, outline, line, parent)),
            Role::Spec if in_change => {
                items.extend(named(text, outline, line, delta, parent));
            }
            _ => mentions.extend(quoted(text, outline, line)),
        }
    }
    (items, mentions)
}

/// What stands behind a prefix, whatever its case.
fn behind<'a>(words: &'a str, prefix: &str) -> Option<&'a str> {
    let head = words.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| words[prefix.len()..].trim_start())
        .filter(|rest| !rest.trim().is_empty())
}

fn section_delta(words: &str) -> Option<Delta> {
    let mut parts = words.split_whitespace();
    let (word, what) = (parts.next()?, parts.next()?);
    if !what.eq_ignore_ascii_case("requirements") || parts.next().is_some() {
        return None;
    }
    match word.to_ascii_uppercase().as_str() {
        "ADDED" => Some(Delta::Added),
        "MODIFIED" => Some(Delta::Modified),
        "REMOVED" => Some(Delta::Removed),
        "RENAMED" => Some(Delta::RenamedFrom),
        _ => None,
    }
}

/// What a requirement says: the text between its heading and the next.
fn paragraph(text: &str, outline: &Outline, heading: usize) -> String {
    let lines = heading + 1..outline.next_heading(heading);
    let words: Vec<&str> = outline
        .text_lines(lines)
        .map(|line| &text[outline.lines[line].range.clone()])
        .collect();
    plain(&words.join(" "))
}

/// `WHEN a, THEN b, AND c` of the steps of a scenario.
fn steps(text: &str, outline: &Outline, heading: usize) -> String {
    let lines = heading + 1..outline.next_heading(heading);
    let mut said: Vec<String> = Vec::new();
    for line in outline.text_lines(lines) {
        let one = &outline.lines[line];
        let words = match rutter_text::markdown::item(text, one) {
            Some(marker) => plain(&text[marker.content]),
            None => plain(&text[one.range.clone()]),
        };
        let opens = ["GIVEN", "WHEN", "THEN", "AND", "BUT"]
            .iter()
            .any(|k| behind(&words, k).is_some());
        match said.last_mut() {
            Some(last) if !opens => {
                last.push(' ');
                last.push_str(&words);
            }
            _ => said.push(words),
        }
    }
    said.join(", ")
}

/// `- [ ] 1.1 Add the table`; a checkbox without a number is known by its line.
fn task(text: &str, outline: &Outline, line: usize, parent: Option<usize>) -> Option<Item> {
    let marker = marker(text, outline, line)?;
    let (done, content) = checkbox(text, &marker)?;
    let says = &text[content.clone()];
    let digits = says
        .bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b'.')
        .count();
    let number = says[..digits].trim_end_matches('.');
    let is_number = number.starts_with(|c: char| c.is_ascii_digit())
        && says[digits..].starts_with(char::is_whitespace);
    let (id, rest) = if is_number {
        (number.to_owned(), &says[digits..])
    } else {
        (format!("#{}", line + 1), says)
    };
    Some(Item {
        kind: ItemKind::Task(done),
        selection: if is_number {
            content.start..content.start + number.len()
        } else {
            content.clone()
        },
        id,
        title: plain(rest),
        text: plain(rest),
        range: marker.marker.start..content.end,
        parent,
    })
}

/// A requirement that a change only names: ``- FROM: `### Requirement: Old` ``, ``- `### Requirement: Gone` ``.
fn named(
    text: &str,
    outline: &Outline,
    line: usize,
    delta: Option<Delta>,
    parent: Option<usize>,
) -> Option<Item> {
    let delta = delta.filter(|d| !d.is_whole())?;
    let one = outline
        .lines
        .get(line)
        .filter(|l| l.kind == LineKind::Text)?;
    let words = &text[one.range.clone()];
    let at = words.find("### Requirement:")?;
    let lead = words[..at].trim_matches(['-', '*', '`', ' ', '\t']);
    let delta = match (delta, lead.trim_end_matches(':')) {
        (Delta::RenamedFrom, "FROM") => Delta::RenamedFrom,
        (Delta::RenamedFrom, "TO") => Delta::RenamedTo,
        (Delta::Removed, "") => Delta::Removed,
        _ => return None,
    };
    let name = words[at + "### Requirement:".len()..]
        .trim()
        .trim_end_matches('`')
        .trim();
    let start = one.range.start + words.rfind(name)?;
    Some(Item {
        kind: ItemKind::Requirement(Some(delta)),
        id: name.to_owned(),
        title: name.to_owned(),
        text: String::new(),
        range: bytes(text, outline, line..line + 1),
        selection: start..start + name.len(),
        parent,
    })
}

/// `Requirement: Name` in the words of a proposal or design.
fn quoted(text: &str, outline: &Outline, line: usize) -> Option<Mention> {
    let one = outline
        .lines
        .get(line)
        .filter(|l| l.kind == LineKind::Text)?;
    let words = &text[one.range.clone()];
    let at = words.find("Requirement: ")? + "Requirement: ".len();
    let end = words[at..]
        .find(['`', '"', '”', '*', ')'])
        .map_or(words.len(), |i| at + i);
    let name = words[at..end].trim_end_matches(['.', ',', ';', ' ']);
    let id = short(name);
    (!name.is_empty()).then(|| Mention {
        id,
        range: one.range.start + at..one.range.start + at + name.len(),
    })
}
