//! A second reader that knows nothing but lines, to hold the parser against.

use std::sync::LazyLock;

use regex::Regex;

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"))
}

/// The lines of a text outside fenced code, with their numbers from 1.
fn open_lines(text: &str) -> Vec<(usize, &str)> {
    let mut fence: Option<(char, usize)> = None;
    let mut open = Vec::new();
    for (i, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let trimmed = line.trim();
        let mark = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'));
        let width = mark.map_or(0, |m| trimmed.chars().take_while(|&c| c == m).count());
        match (fence, mark) {
            (None, Some(mark)) if width >= 3 => fence = Some((mark, width)),
            (Some((opened, least)), Some(mark))
                if mark == opened && width >= least && trimmed.chars().all(|c| c == mark) =>
            {
                fence = None;
            }
            (None, _) => open.push((i + 1, line)),
            (Some(_), _) => {}
        }
    }
    open
}

/// The lines of tasks.md that are checkboxes.
pub fn checkboxes(text: &str) -> Vec<usize> {
    static BOX: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^[\s>]*(?:[-*+]|\d+[.)])\s+\[(?:[ xX~]|-|x\.)\](?:[^(\[]|$)"));
    open_lines(text)
        .into_iter()
        .filter(|(_, line)| BOX.is_match(line))
        .map(|(i, _)| i)
        .collect()
}

/// The lines of requirements.md that start a criterion: items at the margin under a label that announces them.
pub fn criteria(text: &str) -> Vec<usize> {
    static HEADING: LazyLock<Regex> = LazyLock::new(|| regex(r"^#{1,6}\s"));
    static LABEL: LazyLock<Regex> = LazyLock::new(|| regex(r"^\s*-?\s*\*\*[^*]+\*\*[:：]?\s*$"));
    static ITEM: LazyLock<Regex> = LazyLock::new(|| regex(r"^ ?(?:\d+[.)]|[-*])\s+\S"));
    static ANNOUNCES: LazyLock<Regex> = LazyLock::new(|| {
        regex(
            r"(?i)acceptance criteria|受け入れ基準|受入基準|受け入れ条件|验收标准|akzeptanzkriterien",
        )
    });
    let (mut inside, mut comment) = (false, false);
    let mut found = Vec::new();
    for (i, line) in open_lines(text) {
        comment |= line.trim_start().starts_with("<!--");
        if HEADING.is_match(line) || LABEL.is_match(line) {
            inside = ANNOUNCES.is_match(line);
        } else if inside && !comment && ITEM.is_match(line) {
            found.push(i);
        }
        comment &= !line.contains("-->");
    }
    found
}

/// The lines of bugfix.md that open with `1.1` or `AC-1.1`, and the ordered items of the three sections of an analysis.
pub fn points(text: &str) -> Vec<usize> {
    static POINT: LazyLock<Regex> =
        LazyLock::new(|| regex(r"^\s*(?:-\s)?\**(?:AC-)?\d+\.\d+\**[.:]?\s"));
    static ITEM: LazyLock<Regex> = LazyLock::new(|| regex(r"^\d+\.\s"));
    let mut analysis = false;
    let mut found = Vec::new();
    for (i, line) in open_lines(text) {
        if line.starts_with('#') {
            analysis = line.starts_with("### ")
                && ["Current", "Expected", "Unchanged"]
                    .iter()
                    .any(|w| line.contains(w));
        } else if POINT.is_match(line) || analysis && ITEM.is_match(line) {
            found.push(i);
        }
    }
    found
}

/// The fenced blocks that hold waves.
pub fn waves(text: &str) -> usize {
    text.lines().filter(|l| l.contains("\"waves\"")).count()
}
