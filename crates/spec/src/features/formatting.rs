//! Formatting on request: the numbers of criteria lists are written as they count, tables are aligned. Nothing else, and
//! never a change of an id.

use rutter_text::Edit;
use rutter_text::markdown::LineKind;
use unicode_width::UnicodeWidthStr;

use super::naming::parts;
use crate::{Document, Spec};

/// The edits that bring a document in order; none where it is.
///
/// A list that Markdown counts itself (`1.` before every item) gets the numbers that references use. The cells of a table
/// are padded to one width. Ids, words, blank lines and line endings stay.
pub fn format(spec: &Spec, document: Document) -> Vec<Edit> {
    let mut edits = numbers(spec, document);
    edits.extend(tables(spec, document));
    edits.sort_by_key(|e| e.range.start);
    edits
}

/// Markers that differ from the number their criterion has.
fn numbers(spec: &Spec, document: Document) -> Vec<Edit> {
    let Some((_, wanted)) = spec.wanted().filter(|(wanted, _)| *wanted == document) else {
        return Vec::new();
    };
    let text = wanted.source.text();
    let mut edits = Vec::new();
    for requirement in &wanted.requirements {
        let implicit = requirement.criteria.iter().all(|c| !c.explicit);
        let ids: Vec<u32> = requirement
            .criteria
            .iter()
            .filter_map(|c| c.id.numbers.last().copied())
            .collect();
        // Where the written numbers don't grow, the ids that follow from them can't be written without a change.
        if !implicit || !ids.windows(2).all(|n| n[0] < n[1]) {
            continue;
        }
        for (criterion, id) in requirement.criteria.iter().zip(ids) {
            let marker = &text[criterion.marker.clone()];
            let digits = marker.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 0 && marker[..digits].parse() != Ok(id) {
                let start = criterion.marker.start;
                edits.push(Edit::replace(start..start + digits, id.to_string()));
            }
        }
    }
    edits
}

/// The cells of tables, padded.
fn tables(spec: &Spec, document: Document) -> Vec<Edit> {
    let Some(parts) = parts(spec, document) else {
        return Vec::new();
    };
    let row = |i: usize| {
        let line = &parts.outline.lines[i];
        let content = &parts.text[line.range.clone()];
        (line.kind == LineKind::Text && content.trim_start().starts_with('|')).then_some(content)
    };
    let mut edits = Vec::new();
    let mut i = 0;
    while i < parts.outline.lines.len() {
        let rows: Vec<&str> = (i..parts.outline.lines.len()).map_while(row).collect();
        if rows.len() >= 2
            && let Some(new) = aligned(&rows)
        {
            for (at, (old, new)) in rows.iter().zip(new).enumerate() {
                if *old != new {
                    edits.push(Edit::replace(
                        parts.outline.lines[i + at].range.clone(),
                        new,
                    ));
                }
            }
        }
        i += rows.len().max(1);
    }
    edits
}

/// The rows of a table with their columns aligned; `None` where they are no table of one shape.
fn aligned(rows: &[&str]) -> Option<Vec<String>> {
    let indent = rows[0].len() - rows[0].trim_start().len();
    let lead = &rows[0][..indent];
    let cells: Vec<Vec<&str>> = rows.iter().map(|row| cells(row)).collect::<Option<_>>()?;
    let columns = cells[0].len();
    let is_rule = |cell: &&str| {
        let dashes = cell.trim_matches(':');
        !dashes.is_empty() && dashes.bytes().all(|b| b == b'-')
    };
    let shaped = cells.iter().all(|row| row.len() == columns)
        && rows
            .iter()
            .all(|row| row.starts_with(lead) && row.trim_start().len() + indent == row.len());
    if !shaped || columns == 0 || !cells[1].iter().all(is_rule) {
        return None;
    }
    let widths: Vec<usize> = (0..columns)
        .map(|c| {
            let others = cells.iter().enumerate().filter(|(r, _)| *r != 1);
            others
                .map(|(_, row)| row[c].width())
                .max()
                .unwrap_or(0)
                .max(3)
        })
        .collect();
    let rows = cells.iter().enumerate().map(|(r, row)| {
        let mut out = format!("{lead}|");
        for (c, cell) in row.iter().enumerate() {
            let room = widths[c];
            if r == 1 {
                let (left, right) = (cell.starts_with(':'), cell.ends_with(':'));
                let dashes = room - usize::from(left) - usize::from(right);
                out.push(' ');
                out.push_str(if left { ":" } else { "" });
                out.push_str(&"-".repeat(dashes));
                out.push_str(if right { ":" } else { "" });
                out.push_str(" |");
            } else {
                let pad = " ".repeat(room - cell.width());
                let right = cells[1][c].ends_with(':') && !cells[1][c].starts_with(':');
                let (before, after) = if right {
                    (pad.as_str(), "")
                } else {
                    ("", pad.as_str())
                };
                out.push_str(&format!(" {before}{cell}{after} |"));
            }
        }
        out
    });
    Some(rows.collect())
}

/// The cells of a row, without space around them; `None` where it doesn't end with its border.
fn cells(row: &str) -> Option<Vec<&str>> {
    let inner = row.trim().strip_prefix('|')?.strip_suffix('|')?;
    if inner.ends_with('\\') {
        return None;
    }
    let mut cells = Vec::new();
    let (mut start, mut escaped, mut code) = (0, false, false);
    for (i, c) in inner.char_indices() {
        match c {
            '`' => code = !code,
            // GitHub cuts a cell there, other readers don't.
            '|' if code => return None,
            '|' if !escaped => {
                cells.push(inner[start..i].trim());
                start = i + 1;
            }
            _ => {}
        }
        escaped = c == '\\' && !escaped;
    }
    cells.push(inner[start..].trim());
    Some(cells)
}

#[cfg(test)]
mod tests {
    use rutter_text::edit;

    use super::super::testing::spec_of;
    use super::*;

    fn formatted(document: Document, text: &str) -> String {
        let mut out = Vec::new();
        for ending in ["\n", "\r\n"] {
            let spec = spec_of(&[(document, &text.replace('\n', ending))]);
            let source = spec.source(document).map_or("", |s| s.text());
            let new = edit::apply(source, &format(&spec, document));
            let again = spec_of(&[(document, &new)]);
            assert_eq!(format(&again, document), [], "not idempotent: {new}");
            out.push(new.replace(ending, "\n"));
        }
        assert_eq!(out[0], out[1], "CRLF");
        out.remove(0)
    }

    #[test]
    fn numbers_count_and_tables_are_aligned() {
        let head = "### Requirement 1: A\n\n#### Acceptance Criteria\n\n";
        for (list, expected) in [
            (
                "1. THE A SHALL b\n1. THE A SHALL c\n1. THE A SHALL d\n",
                "1. THE A SHALL b\n2. THE A SHALL c\n3. THE A SHALL d\n",
            ),
            (
                "1. THE A SHALL b\n3. THE A SHALL c\n",
                "1. THE A SHALL b\n3. THE A SHALL c\n",
            ),
            (
                "- THE A SHALL b\n- THE A SHALL c\n",
                "- THE A SHALL b\n- THE A SHALL c\n",
            ),
        ] {
            let text = format!("{head}{list}");
            assert_eq!(
                formatted(Document::Requirements, &text),
                format!("{head}{expected}")
            );
        }
        for (table, expected) in [
            (
                "| a | 表 |\n|---|--:|\n| long 🚀 | x |\n",
                "| a       |  表 |\n| ------- | --: |\n| long 🚀 |   x |\n",
            ),
            ("| a | b |\n| 1 | 2 |\n", "| a | b |\n| 1 | 2 |\n"),
            (
                "| a | b |\n|---|---|\n| `x|y` | 2 |\n",
                "| a | b |\n|---|---|\n| `x|y` | 2 |\n",
            ),
            (
                "| a | b |\n|---|---|\n| 1 |\n",
                "| a | b |\n|---|---|\n| 1 |\n",
            ),
            (
                "```\n| a | bc |\n|---|---|\n```\n",
                "```\n| a | bc |\n|---|---|\n```\n",
            ),
        ] {
            assert_eq!(formatted(Document::Design, table), expected);
        }
    }
}
