//! Reads `approvals.json`.

use std::ops::Range;

use rutter_text::json::{self, ObjectProp, bytes};
use serde_json::{Map, Value};

use super::{Approval, Approvals, Problem, ProblemKind, VERSION};
use crate::Stage;

const REPAIR: &str =
    "Repair it or take it from version control; until then nothing counts as approved.";

/// Reads the file.
pub(super) fn read(text: &str) -> Result<Approvals, Problem> {
    if let Some(range) = conflict(text) {
        return Err(Problem {
            kind: ProblemKind::Conflict,
            range,
            message: "approvals.json has merge conflicts, so nothing counts as approved. Resolve them, or delete the file and approve again."
                .to_owned(),
        });
    }
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let body = &text[bom..];
    let value: Value = serde_json::from_str(body).map_err(|error| {
        let at = bom + offset(body, error.line(), error.column());
        broken(text, at..at, &reason(&error))
    })?;
    let places = Places::new(body, bom);
    let Value::Object(mut fields) = value else {
        return Err(broken(text, 0..text.len(), "it is no JSON object"));
    };
    version(text, &mut fields, &places)?;
    let entries = match fields.shift_remove("approvals") {
        Some(Value::Array(entries)) => entries,
        None => Vec::new(),
        Some(_) => {
            let range = places.field("approvals", text);
            return Err(broken(text, range, "\"approvals\" is no list"));
        }
    };
    let mut approvals = Approvals {
        extra: fields,
        ..Approvals::default()
    };
    for (n, mut entry) in entries.into_iter().enumerate() {
        let range = places.entry(n, text);
        if let Some(Value::String(stage)) = entry.get_mut("stage") {
            let Some(known) = Stage::parse(stage) else {
                approvals.foreign.push(entry);
                continue;
            };
            known.as_str().clone_into(stage);
        }
        let approval: Approval = serde_json::from_value(entry)
            .map_err(|error| broken(text, range.clone(), &reason(&error)))?;
        if approvals.get(approval.stage).is_some() {
            let reason = format!("it has two approvals of the stage {}", approval.stage);
            return Err(broken(text, range, &reason));
        }
        approvals.approvals.push(approval);
    }
    approvals.sort();
    Ok(approvals)
}

fn version(text: &str, fields: &mut Map<String, Value>, places: &Places) -> Result<(), Problem> {
    let version = fields.shift_remove("version");
    match version.as_ref().and_then(Value::as_u64) {
        Some(VERSION) => Ok(()),
        Some(newer) if newer > VERSION => Err(Problem {
            kind: ProblemKind::Newer,
            range: places.field("version", text),
            message: format!(
                "approvals.json has version {newer} and this program reads version {VERSION}, so nothing counts as approved. Update Rutter."
            ),
        }),
        _ => Err(broken(
            text,
            places.field("version", text),
            "it needs \"version\": 1",
        )),
    }
}

/// From the first conflict marker to the end of the line of the last one. No line of valid JSON starts like one.
fn conflict(text: &str) -> Option<Range<usize>> {
    let mut found: Option<Range<usize>> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        let marker = ["<<<<<<<", "|||||||", ">>>>>>>"]
            .iter()
            .any(|m| bare.starts_with(m))
            || bare == "=======";
        if marker {
            let start = found.as_ref().map_or(at, |r| r.start);
            found = Some(start..at + bare.len());
        }
        at += line.len();
    }
    found
}

/// A problem whose range holds at least one character where there is any.
fn broken(text: &str, range: Range<usize>, reason: &str) -> Problem {
    let mut range = range.start.min(text.len())..range.end.min(text.len());
    if range.is_empty() {
        let next = text[range.start..].chars().next().map_or(0, char::len_utf8);
        let before = text[..range.start].chars().next_back();
        range = if next > 0 {
            range.start..range.start + next
        } else {
            range.start - before.map_or(0, char::len_utf8)..range.start
        };
    }
    Problem {
        kind: ProblemKind::Broken,
        range,
        message: format!("approvals.json can't be read: {reason}. {REPAIR}"),
    }
}

/// What serde said, without the place, which the range holds.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message
        .split(" at line ")
        .next()
        .unwrap_or(&message)
        .to_owned()
}

/// The byte at a line and column (in bytes), both from 1, on a character boundary.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where things stand in a file that is valid JSON.
struct Places {
    fields: Vec<(String, Range<usize>)>,
    entries: Vec<Range<usize>>,
}

impl Places {
    fn new(body: &str, base: usize) -> Self {
        let moved = |r: Range<usize>| base + r.start..base + r.end;
        let mut places = Self {
            fields: Vec::new(),
            entries: Vec::new(),
        };
        if let Ok(Some(json::Value::Object(object))) = &json::parse(body) {
            for property in &object.properties {
                places
                    .fields
                    .push((name(property).to_owned(), moved(bytes(property))));
                if name(property) == "approvals"
                    && let json::Value::Array(list) = &property.value
                {
                    places.entries = list.elements.iter().map(|e| moved(bytes(e))).collect();
                }
            }
        }
        places
    }

    /// A field of the file, or all of it.
    fn field(&self, name: &str, text: &str) -> Range<usize> {
        self.fields
            .iter()
            .find(|(n, _)| n == name)
            .map_or(0..text.len(), |(_, r)| r.clone())
    }

    /// An entry of the list, or the whole file.
    fn entry(&self, n: usize, text: &str) -> Range<usize> {
        self.entries.get(n).cloned().unwrap_or(0..text.len())
    }
}

fn name<'a>(property: &'a ObjectProp<'a>) -> &'a str {
    property.name.as_str()
}
