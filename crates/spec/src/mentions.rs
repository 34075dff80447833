//! Ids that sentences name: `(1.3, 2.1)`, `requirement 1.2`, in a task that cites it `a test for 1.2`, and in a table the
//! cells of a column about requirements.

use std::borrow::Cow;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use rutter_text::Ident;
use rutter_text::markdown::{LineKind, Outline};
use rutter_text::refs::{self, Target};

use crate::{Concern, Decision, Task, Tasks, labels, trace_line};

/// Ids in a sentence.
pub(crate) struct Mention {
    /// The ids, as a list.
    pub list: Range<usize>,
    /// What goes with the last id: its brackets and the space in front. `None` where the sentence needs it.
    pub outer: Option<Range<usize>>,
}

/// Finds the ids in the sentences of a document.
///
/// A word such as `requirement` makes any known id a reference. Bare ids in brackets are references in a document
/// without tasks; inside a task, where they may be numbers of tasks, only those are that the task itself cites.
pub(crate) struct Sentences<'a> {
    text: &'a str,
    tasks: Cow<'a, [Task]>,
    knows: &'a dyn Fn(&Ident) -> bool,
    /// The table that was read last.
    table: RefCell<Option<Table>>,
}

/// What a table's columns are about.
struct Table {
    /// The last line that is known to belong to it.
    last: usize,
    /// Whether each column names requirements.
    names: Vec<bool>,
}

impl<'a> Sentences<'a> {
    /// `knows` says which ids there are.
    pub fn new(text: &'a str, knows: &'a dyn Fn(&Ident) -> bool) -> Self {
        let tasks = if text.contains("[") {
            Tasks::parse(text).tasks
        } else {
            Vec::new()
        };
        Self::among(text, tasks, knows)
    }

    /// As [`Self::new`], with the tasks that were read from the text.
    pub fn among(
        text: &'a str,
        tasks: impl Into<Cow<'a, [Task]>>,
        knows: &'a dyn Fn(&Ident) -> bool,
    ) -> Self {
        let tasks = tasks.into();
        Self {
            text,
            tasks,
            knows,
            table: RefCell::new(None),
        }
    }

    fn task_at(&self, offset: usize) -> Option<&Task> {
        // Tasks don't overlap: their ranges leave sub-tasks out.
        let behind = self.tasks.partition_point(|t| t.range.start <= offset);
        let last = &self.tasks[behind.checked_sub(1)?];
        (offset <= last.range.end).then_some(last)
    }

    /// The mentions in a line of text.
    pub fn mentions(&self, outline: &Outline, line: usize) -> Vec<Mention> {
        if labelled_list(self.text, outline.lines[line].range.clone()).is_some() {
            return Vec::new();
        }
        self.mentions_beside(outline, line)
    }

    /// The mentions in a line of text that is no labelled list.
    fn mentions_beside(&self, outline: &Outline, line: usize) -> Vec<Mention> {
        let range = outline.lines[line].range.clone();
        let content = &self.text[range.clone()];
        let has_digit = content.bytes().any(|b| b.is_ascii_digit());
        if outline.lines[line].kind != LineKind::Text || !has_digit {
            return Vec::new();
        }
        let task = self.task_at(range.start);
        let mut found = if is_row(content) {
            self.cells(outline, line)
        } else {
            Vec::new()
        };
        for (open, close) in brackets(content) {
            let list = range.start + open.end..range.start + close.start;
            let Some(labelled) = self.is_list(list.clone(), false) else {
                continue;
            };
            let free = self.tasks.is_empty();
            if labelled || free || task.is_some_and(|t| self.cites(t, list.clone())) {
                let lead = self.text[..range.start + open.start]
                    .trim_end_matches(' ')
                    .len();
                let outer = lead.max(range.start)..range.start + close.end;
                found.push(Mention {
                    list,
                    outer: Some(outer),
                });
            }
        }
        for word in FINDER.iter().flat_map(|finder| finder.find_iter(content)) {
            let (at, labelled) = (word.start(), word.pattern().as_usize() < LABELLED);
            let start = range.start + word.end();
            let whole = !content[..at].ends_with(|c: char| c.is_alphanumeric());
            let inside = found
                .iter()
                .any(|m| m.list.start <= start && start <= m.list.end);
            let Some(list) = self.run(start..range.end).filter(|_| whole && !inside) else {
                continue;
            };
            let own = || task.is_some_and(|t| self.cites(t, list.clone()));
            if !in_code(content, at) && (labelled || own()) {
                found.push(Mention { list, outer: None });
            }
        }
        found.sort_by_key(|m| m.list.start);
        found
    }

    /// The lists in the cells of a row: in a column about requirements, or behind a word that says so.
    fn cells(&self, outline: &Outline, line: usize) -> Vec<Mention> {
        let mut table = self.table.borrow_mut();
        let known = table
            .as_mut()
            .filter(|t| t.last < line && t.last + 1 >= line);
        let names = match known {
            Some(table) => {
                table.last = line;
                &table.names
            }
            None => {
                let names = self.columns(outline, line);
                &table.insert(Table { last: line, names }).names
            }
        };
        let start = outline.lines[line].range.start;
        let content = &self.text[outline.lines[line].range.clone()];
        let cells = cells(content).into_iter().enumerate();
        cells
            .filter_map(|(column, cell)| {
                let said = names.get(column).copied().unwrap_or(false);
                let list = start + cell.start..start + cell.end;
                let labelled = self.is_list(list.clone(), said)?;
                labelled.then_some(Mention { list, outer: None })
            })
            .collect()
    }

    /// What the columns of the table around a line are about.
    fn columns(&self, outline: &Outline, line: usize) -> Vec<bool> {
        let row = |i: usize| {
            let line = &outline.lines[i];
            let content = &self.text[line.range.clone()];
            (line.kind == LineKind::Text && is_row(content)).then_some(content)
        };
        let above = (0..line).rev().take_while(|&i| row(i).is_some());
        let Some(head) = above.last().and_then(row) else {
            return Vec::new();
        };
        let cells = cells(head).into_iter();
        cells
            .map(|cell| labels::is_requirements_column(&head[cell]))
            .collect()
    }

    /// Whether a text holds ids and nothing else, and whether a word says what they are. `None` where it is no list.
    /// `said` is whether something else says it.
    fn is_list(&self, list: Range<usize>, said: bool) -> Option<bool> {
        let references = refs::parse(self.text, list.clone());
        let first = references.first()?.range.start;
        let word = self.text[list.start..first.max(list.start)].trim();
        let labelled = said && word.is_empty()
            || labels::names_requirement(word) == Some(true)
            || matches!(
                labels::reference_label(word),
                labels::ReferenceLabel::Requirements | labels::ReferenceLabel::Validates
            ) && !word.is_empty();
        let mut at = first;
        for reference in &references {
            let known = match &reference.target {
                Target::Id(id) | Target::Range(id, _) => {
                    (labelled || id.numbers.len() > 1) && (self.knows)(id)
                }
                _ => false,
            };
            let between = self.text[at..reference.range.start].trim();
            if !known || !is_joint(between) {
                return None;
            }
            at = reference.range.end;
        }
        (self.text[at..list.end].trim().is_empty() && (word.is_empty() || labelled))
            .then_some(labelled)
    }

    /// The longest list of ids at the start of a range.
    fn run(&self, range: Range<usize>) -> Option<Range<usize>> {
        let starts = |at: usize| {
            let (id, used) = Ident::read(&self.text[at..range.end])?;
            let after = &self.text[at + used..range.end];
            let word = after.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '%');
            (id.numbers.len() > 1 && !word && (self.knows)(&id)).then_some(at + used)
        };
        let mut end = starts(range.start)?;
        while let Some(next) = [", ", " and ", ", and ", "-", "–"]
            .iter()
            .filter(|joint| self.text[end..range.end].starts_with(**joint))
            .find_map(|joint| starts(end + joint.len()))
        {
            end = next;
        }
        Some(range.start..end)
    }

    /// Whether a task cites every id of a list.
    fn cites(&self, task: &Task, list: Range<usize>) -> bool {
        let cited = |id: &Ident| {
            task.requirements
                .iter()
                .chain(&task.validates)
                .any(|r| match &r.target {
                    Target::Id(own) => own.matches(id),
                    Target::Range(from, to) => inside(id, from, to),
                    _ => false,
                })
        };
        refs::parse(self.text, list)
            .iter()
            .all(|r| match &r.target {
                Target::Id(id) => cited(id),
                Target::Range(from, to) => cited(from) && cited(to),
                _ => false,
            })
    }
}

/// Whether an id lies in a range; an end without criterion number takes in all criteria of its requirement.
pub(crate) fn inside(id: &Ident, from: &Ident, to: &Ident) -> bool {
    let n = from.numbers.len().min(id.numbers.len());
    let m = to.numbers.len().min(id.numbers.len());
    id.numbers[..n] >= from.numbers[..n] && id.numbers[..m] <= to.numbers[..m]
}

/// What ids are named behind: [`LABELLED`] words that make them references, and words that do in a task that cites them.
const WORDS: [&str; 6] = [
    "requirement ",
    "requirements ",
    "criterion ",
    "criteria ",
    "for ",
    "for each of ",
];
const LABELLED: usize = 4;

/// Finds [`WORDS`]; only gigabytes of words have no automaton.
static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(WORDS)
        .ok()
});

/// What makes a list of ids one of references.
pub(crate) enum Kind {
    /// A label in front, such as `_Requirements:`.
    Labelled,
    /// It ends the line of a decision.
    Decision,
    /// A sentence names them.
    Sentence(Mention),
}

/// Finds the lists of references to requirements and criteria in a document, line by line.
pub(crate) struct Lists<'a> {
    text: &'a str,
    outline: &'a Outline,
    sentences: Sentences<'a>,
    decisions: Cow<'a, [Decision]>,
}

impl<'a> Lists<'a> {
    /// `sentences` and `decisions` are those of the same text.
    pub fn new(
        text: &'a str,
        outline: &'a Outline,
        sentences: Sentences<'a>,
        decisions: impl Into<Cow<'a, [Decision]>>,
    ) -> Self {
        Self {
            text,
            outline,
            sentences,
            decisions: decisions.into(),
        }
    }

    /// The lists in a line of text.
    pub fn of(&self, line: usize) -> Vec<(Range<usize>, Kind)> {
        let range = self.outline.lines[line].range.clone();
        if self.decisions.iter().any(|d| d.range == range) {
            let list = decision_ids(self.text, range);
            return list.into_iter().map(|l| (l, Kind::Decision)).collect();
        }
        if let Some(list) = labelled_list(self.text, range) {
            return vec![(list, Kind::Labelled)];
        }
        let mentions = self.sentences.mentions_beside(self.outline, line);
        mentions
            .into_iter()
            .map(|m| (m.list.clone(), Kind::Sentence(m)))
            .collect()
    }
}

/// The ids behind the choices of a decision.
fn decision_ids(text: &str, line: Range<usize>) -> Option<Range<usize>> {
    let tail = line.start + text[line.clone()].rfind('`')? + 1;
    let open = tail + text[tail..line.end].find('(')? + 1;
    let close = open + text[open..line.end].rfind(')')?;
    Some(open..close)
}

/// The `Requirement 1` of concerns, with their lines.
pub(crate) fn concern_labels(
    text: &str,
    outline: &Outline,
    concerns: &[Concern],
) -> Vec<(usize, Range<usize>)> {
    concerns
        .iter()
        .filter(|c| c.requirement.is_some())
        .filter_map(|c| {
            let start = c.range.start + text[c.range.clone()].find('_')? + 1;
            let end = start + text[start..c.range.end].find(":_")?;
            Some((outline.line_at(c.range.start), start..end))
        })
        .collect()
}

/// The list of a labelled line, where it means requirements.
pub(crate) fn labelled_list(text: &str, line: Range<usize>) -> Option<Range<usize>> {
    let (label, list) = trace_line::read(text, line.clone())?;
    if !matches!(
        label,
        labels::ReferenceLabel::Requirements | labels::ReferenceLabel::Validates
    ) {
        return None;
    }
    // Prose such as `Requirements: Python 3.11` is no list; marked lines and plain lists are.
    let lead = text[line.start..list.start].trim_start_matches([' ', '\t', '-', '+', '>']);
    let marked = lead.starts_with(['_', '*', '`']);
    let first = refs::parse(text, list.clone()).into_iter().next()?;
    let word = text[list.start..first.range.start.max(list.start)].trim();
    let plain = word.is_empty()
        || labels::names_requirement(word) == Some(true)
        || labels::reference_label(word) == labels::ReferenceLabel::Requirements;
    (marked || plain).then_some(list)
}

fn is_row(line: &str) -> bool {
    line.trim_start().starts_with('|')
}

/// The cells of a row, without the space around their content.
fn cells(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = None;
    let (mut escaped, mut code) = (false, false);
    for (i, c) in line.char_indices() {
        code ^= c == '`';
        if c == '|' && !escaped && !code {
            if let Some(from) = from {
                found.push(trimmed(line, from..i));
            }
            from = Some(i + 1);
        }
        escaped = c == '\\' && !escaped;
    }
    let rest = from.map(|from| trimmed(line, from..line.len()));
    found.extend(rest.filter(|r| !r.is_empty()));
    found
}

fn trimmed(line: &str, range: Range<usize>) -> Range<usize> {
    let content = &line[range.clone()];
    let start = range.start + content.len() - content.trim_start().len();
    start..(start + content.trim().len()).max(start)
}

fn is_joint(text: &str) -> bool {
    matches!(
        text,
        "" | "," | ";" | "、" | "，" | "and" | ", and" | "和" | "と"
    )
}

/// The places of brackets outside code, opening and closing, that hold no other.
fn brackets(line: &str) -> Vec<(Range<usize>, Range<usize>)> {
    let mut found = Vec::new();
    let mut open: Option<Range<usize>> = None;
    for (i, c) in line.char_indices() {
        match c {
            '(' | '（' => open = Some(i..i + c.len_utf8()),
            ')' | '）' => {
                if let Some(open) = open.take()
                    && !in_code(line, open.start)
                    && !line[..open.start].ends_with(']')
                {
                    found.push((open, i..i + c.len_utf8()));
                }
            }
            _ => {}
        }
    }
    found
}

pub(crate) fn in_code(line: &str, at: usize) -> bool {
    !line[..at].matches('`').count().is_multiple_of(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lists(text: &str) -> Vec<String> {
        let outline = Outline::new(text);
        let knows = |id: &Ident| id.numbers[0] < 5;
        let sentences = Sentences::new(text, &knows);
        (0..outline.lines.len())
            .flat_map(|line| sentences.mentions(&outline, line))
            .map(|m| text[m.list].to_owned())
            .collect()
    }

    #[test]
    fn cells_of_tables_about_requirements() {
        for (text, expected) in [
            (
                "| Test `a|b` | Covers |\n|---|---|\n| x 1.1 | 1.1, 1.2 |\n| \\| y | Req 2.1 |\n| z | 9.1 |\n\n| Version |\n|---|\n| 1.1 |\n",
                vec!["1.1, 1.2", "Req 2.1"],
            ),
            (
                "| 缺陷编号 | 策略 |\n|--|--|\n| 1.1 | 2.1 |\n| 1.2 | 见 1.3 |\n",
                vec!["1.1", "1.2"],
            ),
            ("| 要件 |\n|--|\n| 1.1-1.4 |\n| 2 |\n", vec!["1.1-1.4", "2"]),
            ("| Requirement 1.2 |\n", vec!["Requirement 1.2"]),
            ("| Required |\n|--|\n| 1.2 |\n", vec![]),
            ("|||\n| ` | 1.2\n", vec![]),
        ] {
            for ending in ["\n", "\r\n"] {
                assert_eq!(lists(&text.replace('\n', ending)), expected, "{text}");
            }
        }
    }
}
