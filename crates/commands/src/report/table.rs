//! The table of a matrix: in Markdown, or as wide as a screen.

use std::fmt::Write;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands above the columns.
const HEADS: [&str; 5] = ["criterion", "tasks", "properties", "code", "tests"];
/// What stands where a list is empty.
const NOTHING: &str = "–";
/// A list of short entries goes on in the next line behind so many columns, or a sixth of the screen.
const SHORT: usize = 14;

/// A criterion.
pub struct Row {
    /// Its id and what it says.
    pub text: String,
    /// Tasks, properties, code and tests.
    pub lists: [Vec<String>; 4],
}

/// The table in Markdown, with everything in it.
pub fn markdown(rows: &[Row]) -> String {
    let mut out = format!(
        "| {} |\n|{}\n",
        HEADS.join(" | "),
        "---|".repeat(HEADS.len())
    );
    for row in rows {
        let lists = row.lists.iter().map(|list| match list.as_slice() {
            [] => NOTHING.to_owned(),
            list => list.join(", "),
        });
        let cells = [row.text.clone()].into_iter().chain(lists);
        let cells: Vec<String> = cells.map(|cell| cell.replace('|', "\\|")).collect();
        let _ = writeln!(out, "| {} |", cells.join(" | "));
    }
    out
}

/// The table for a screen of so many columns: sentences are cut short, lists go on in the next line.
pub fn fitted(rows: &[Row], width: usize) -> String {
    let widths = widths(rows, width);
    let mut out = String::new();
    let mut line = |cells: [&str; 5]| {
        let mut written = String::new();
        for (cell, width) in cells.into_iter().zip(widths) {
            let pad = width.saturating_sub(cell.width());
            let _ = write!(written, "{cell}{}  ", " ".repeat(pad));
        }
        let _ = writeln!(out, "{}", written.trim_end());
    };
    line(HEADS);
    let rules = widths.map(|width| "─".repeat(width));
    line(rules.each_ref().map(String::as_str));
    for row in rows {
        let text = head(&row.text, widths[0]);
        let [tasks, properties, code, tests] = &row.lists;
        let lists = [
            packed(tasks, widths[1]),
            packed(properties, widths[2]),
            packed(code, widths[3]),
            packed(tests, widths[4]),
        ];
        for at in 0..lists.iter().map(Vec::len).max().unwrap_or(1) {
            let cell = |list: usize| lists[list].get(at).map_or("", String::as_str);
            let text = if at == 0 { text.as_str() } else { "" };
            line([text, cell(0), cell(1), cell(2), cell(3)]);
        }
    }
    out
}

/// How wide each column is.
fn widths(rows: &[Row], width: usize) -> [usize; 5] {
    let longest = |list: usize| {
        let entries = rows.iter().flat_map(move |row| &row.lists[list]);
        entries.map(|entry| entry.width() + 1).max().unwrap_or(1)
    };
    let whole = |list: usize| {
        let joined = rows
            .iter()
            .map(move |row| row.lists[list].join(", ").width());
        joined.max().unwrap_or(1)
    };
    let short = |list: usize| {
        let wanted = whole(list).min(SHORT.max(width / 6));
        wanted.max(HEADS[list + 1].len())
    };
    let (tasks, properties) = (short(0), short(1));
    let gaps = 2 * (HEADS.len() - 1);
    let room = width.saturating_sub(tasks + properties + gaps);
    let texts = rows.iter().map(|row| row.text.width());
    let text = texts.max().unwrap_or(0).max(HEADS[0].len());
    // The places get what the sentences leave, half of it at least; where that is too little, each column gets a part.
    let places = room.saturating_sub(text.min(room / 2));
    let place = |list: usize| longest(list).max(HEADS[list + 1].len());
    let (code, tests) = (place(2), place(3));
    let half = places / 2;
    let (code, tests) = (
        code.min(half.max(places.saturating_sub(tests))),
        tests.min(half.max(places.saturating_sub(code))),
    );
    let (code, tests) = (code.max(HEADS[3].len()), tests.max(HEADS[4].len()));
    let text = text
        .min(room.saturating_sub(code + tests))
        .max(HEADS[0].len());
    [text, tasks, properties, code, tests]
}

/// The lines of a list.
fn packed(list: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for (at, entry) in list.iter().enumerate() {
        let comma = if at + 1 < list.len() { "," } else { "" };
        let entry = tail(entry, width.saturating_sub(comma.len())) + comma;
        match lines.last_mut() {
            Some(line) if line.width() + 1 + entry.width() <= width => {
                line.push(' ');
                line.push_str(&entry);
            }
            _ => lines.push(entry),
        }
    }
    if lines.is_empty() {
        lines.push(NOTHING.to_owned());
    }
    lines
}

/// The beginning of a text that fits.
fn head(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut room = width.saturating_sub(1);
    let fits = |c: &char| {
        let wide = c.width().unwrap_or(0);
        let fits = wide <= room;
        room = room.saturating_sub(wide);
        fits
    };
    let short: String = text.chars().take_while(fits).collect();
    format!("{}…", short.trim_end())
}

/// The end of an entry that fits: of a place the line counts.
fn tail(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut room = width.saturating_sub(1);
    let fits = |c: &char| {
        let wide = c.width().unwrap_or(0);
        let fits = wide <= room;
        room = room.saturating_sub(wide);
        fits
    };
    let short: Vec<char> = text.chars().rev().take_while(fits).collect();
    let short: String = short.into_iter().rev().collect();
    // A part of a name says less than none.
    let whole = short.find(' ').map_or(&*short, |at| &short[at..]);
    format!("…{whole}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str, lists: [&[&str]; 4]) -> Row {
        Row {
            text: text.to_owned(),
            lists: lists.map(|list| list.iter().map(|entry| (*entry).to_owned()).collect()),
        }
    }

    fn rows() -> Vec<Row> {
        vec![
            row(
                "1.1 WHEN five attempts fail within a minute, THE Limiter SHALL reject the sixth",
                [
                    &["1.1", "2"],
                    &[],
                    &[
                        "reject src/limit.rs:3",
                        "count src/deeply/nested/counter.rs:120",
                    ],
                    &["sixth_is_rejected tests/limit.rs:9"],
                ],
            ),
            row(
                "1.2 当用户登录时，系统应当记录每一次失败的尝试并且通知管理员🚀",
                [&["1.2"], &["1"], &[], &[]],
            ),
            row("1.3 a | b", [&[], &[], &["a|b x.rs:1"], &[]]),
        ]
    }

    #[test]
    fn a_screen_is_never_too_narrow_and_a_line_number_always_seen() {
        for width in [60, 80, 100, 120, 200] {
            let shown = fitted(&rows(), width);
            let widest = shown.lines().map(UnicodeWidthStr::width).max().unwrap();
            assert!(widest <= width, "{width}: {widest}\n{shown}");
            for line in [":3", ":120", ":9", ":1"] {
                assert!(shown.contains(line), "{width}: {line}\n{shown}");
            }
            assert!(width < 200 || !shown.contains('…'), "{shown}");
        }
        // Too narrow for anything is no reason to fail.
        assert!(fitted(&rows(), 0).starts_with("criterion"));
    }

    #[test]
    fn markdown_holds_everything() {
        let shown = markdown(&rows());
        assert!(shown.starts_with(
            "| criterion | tasks | properties | code | tests |\n|---|---|---|---|---|\n| 1.1 WHEN"
        ));
        assert!(
            shown.contains("SHALL reject the sixth | 1.1, 2 | – | reject src/limit.rs:3, count")
        );
        assert!(
            shown.contains("| 1.3 a \\| b | – | – | a\\|b x.rs:1 | – |"),
            "{shown}"
        );
    }
}
