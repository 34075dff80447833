//! `tasks.md`: checkboxes, their numbers, details and references.

use std::ops::Range;
use std::sync::OnceLock;

use rutter_text::Ident;
use rutter_text::markdown::{self, LineKind, Outline};
use rutter_text::refs::{self, Reference};

use crate::decisions::{self, Decision};
use crate::labels::ReferenceLabel;
use crate::rules::depends::Depends;
use crate::trace_line;
use crate::waves::{self, Waves};

/// The state of a task, by its mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// `[ ]`
    Pending,
    /// `[~]`
    Queued,
    /// `[-]`
    Running,
    /// `[x]`
    Done,
}

impl Mark {
    /// The character in the checkbox.
    pub fn as_char(self) -> char {
        match self {
            Mark::Pending => ' ',
            Mark::Queued => '~',
            Mark::Running => '-',
            Mark::Done => 'x',
        }
    }

    /// The word in commands and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Mark::Pending => "pending",
            Mark::Queued => "queued",
            Mark::Running => "running",
            Mark::Done => "done",
        }
    }

    /// The state with this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Mark::Pending, Mark::Queued, Mark::Running, Mark::Done]
            .into_iter()
            .find(|m| m.as_str() == name)
    }

    /// The state that a mark's text means; an unknown mark counts as pending.
    fn of(text: &str) -> Self {
        match text.trim().chars().next() {
            Some('x' | 'X' | '✓' | '✔' | '☑') => Mark::Done,
            Some('-' | '/') => Mark::Running,
            Some('~' | '>') => Mark::Queued,
            _ => Mark::Pending,
        }
    }
}

/// A task: one checkbox.
#[derive(Clone, Debug)]
pub struct Task {
    /// The number as written, without a trailing dot; `None` for an unnumbered checkbox.
    pub number: Option<String>,
    /// The number as an id.
    pub id: Option<Ident>,
    /// The bytes of the number.
    pub number_range: Range<usize>,
    /// Its state.
    pub mark: Mark,
    /// What stands between the brackets.
    pub mark_range: Range<usize>,
    /// Whether a `*` behind the brackets, or the words `(optional)`, make it optional.
    pub optional: bool,
    /// The title.
    pub title: String,
    /// The bytes of the title.
    pub title_range: Range<usize>,
    /// Its line, from 0.
    pub line: usize,
    /// Columns of indentation.
    pub indent: usize,
    /// The checkbox line and its own details, without its sub-tasks.
    pub range: Range<usize>,
    /// The references of its `_Requirements:_` lines.
    pub requirements: Vec<Reference>,
    /// The references of its `Validates:` lines and the properties it names.
    pub validates: Vec<Reference>,
    /// Where a reference list could grow: the end of the last one.
    pub references_end: Option<usize>,
    /// The task it belongs to, by place in [`Tasks::tasks`].
    pub parent: Option<usize>,
    /// Whether other tasks belong to it.
    pub has_children: bool,
}

impl Task {
    /// The name commands use: the number, or `#line` (from 1) where there is none.
    pub fn key(&self) -> String {
        self.number
            .clone()
            .unwrap_or_else(|| format!("#{}", self.line + 1))
    }
}

/// A tasks document.
#[derive(Clone, Debug, Default)]
pub struct Tasks {
    /// The lines it was read from.
    pub outline: Outline,
    /// Every checkbox outside code, in order.
    pub tasks: Vec<Task>,
    /// The dependency graph.
    pub waves: Option<Waves>,
    /// What is still to be decided.
    pub decisions: Vec<Decision>,
    /// What tasks wait for, looked for on first use.
    pub(crate) depends: OnceLock<Vec<Depends>>,
}

impl Tasks {
    /// Reads `tasks.md`.
    pub fn parse(text: &str) -> Self {
        Self::of(text, Outline::new(text))
    }

    /// Reads a document from its lines.
    pub(crate) fn of(text: &str, outline: Outline) -> Self {
        let mut tasks: Vec<Task> = Vec::new();
        for (i, line) in outline.lines.iter().enumerate() {
            match line.kind {
                LineKind::Heading { .. } => close(&mut tasks, i, &outline, text),
                LineKind::Text | LineKind::Comment => {
                    if let Some(task) = checkbox(text, i, line) {
                        close(&mut tasks, i, &outline, text);
                        tasks.push(task);
                    } else {
                        detail(text, &outline, i, &mut tasks);
                    }
                }
                _ => {}
            }
        }
        close(&mut tasks, outline.lines.len(), &outline, text);
        family(&mut tasks);
        let waves = waves::read(text, &outline);
        let decisions = decisions::decisions(text, &outline);
        Self {
            outline,
            tasks,
            waves,
            decisions,
            depends: OnceLock::new(),
        }
    }

    /// The tasks that `key` names: a number, or `#line` from 1. More than one where a number is doubled.
    pub fn find(&self, key: &str) -> Vec<&Task> {
        if let Some(line) = key.strip_prefix('#') {
            return self
                .tasks
                .iter()
                .filter(|t| (t.line + 1).to_string() == line)
                .collect();
        }
        let key = key.trim_end_matches('.');
        self.tasks
            .iter()
            .filter(|t| t.number.as_deref() == Some(key))
            .collect()
    }

    /// The tasks without sub-tasks.
    pub fn leaves(&self) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(|t| !t.has_children)
    }

    /// The task whose own lines hold the byte `offset`.
    pub fn at(&self, offset: usize) -> Option<&Task> {
        self.tasks
            .iter()
            .rev()
            .find(|t| t.range.start <= offset && offset <= t.range.end)
    }
}

/// Ends the open task before line `i`, without blank lines at its end.
fn close(tasks: &mut [Task], i: usize, outline: &Outline, text: &str) {
    let Some(task) = tasks.last_mut() else { return };
    if task.range.end > 0 {
        return;
    }
    let last = (task.line..i).rev().find(|&l| {
        outline.lines[l].kind != LineKind::Blank && !markdown::is_rule(text, &outline.lines[l])
    });
    task.range.end = outline.lines[last.unwrap_or(task.line)].range.end;
}

/// Reads a checkbox line: `- [x]* 1.2 Title`, with any bullet or an ordered marker, also inside a quote.
fn checkbox(text: &str, number: usize, line: &markdown::Line) -> Option<Task> {
    let content = &text[line.range.clone()];
    let quoted = content.len() - content.trim_start_matches([' ', '\t', '>']).len();
    let quote = if content[..quoted].contains('>') {
        quoted
    } else {
        0
    };
    let inner = markdown::Line {
        range: line.range.start + quote..line.range.end,
        kind: LineKind::Text,
    };
    let item = markdown::item(text, &inner)?;
    let body = &text[item.content.clone()];
    let after_open = body.strip_prefix('[')?;
    let close = after_open.find(']')?;
    let inside = &after_open[..close];
    if inside.chars().count() > 2
        || inside.is_empty()
        || inside.chars().all(|c| c.is_alphanumeric()) && !inside.eq_ignore_ascii_case("x")
    {
        return None;
    }
    let mark_range = item.content.start + 1..item.content.start + 1 + close;
    let rest_start = mark_range.end + 1;
    let rest = &text[rest_start..line.range.end];
    if rest.starts_with('(') || rest.starts_with('[') {
        return None;
    }
    let star = rest.strip_prefix('*').or_else(|| rest.strip_prefix("\\*"));
    let star = star.filter(|s| !s.starts_with('*'));
    let title_start = rest_start + (rest.len() - star.unwrap_or(rest).len());
    let title_start = title_start
        + (text[title_start..line.range.end].len()
            - text[title_start..line.range.end].trim_start().len());
    let (id, number_range, title_start) = task_number(text, title_start..line.range.end);
    let title = text[title_start..line.range.end].trim_end();
    let lower = title.to_lowercase();
    Some(Task {
        number: id.as_ref().map(|_| text[number_range.clone()].to_owned()),
        id,
        number_range,
        mark: Mark::of(inside),
        mark_range,
        optional: star.is_some() || lower.contains("(optional)") || lower.starts_with("[optional]"),
        title: title.trim_matches('*').to_owned(),
        title_range: title_start..title_start + title.len(),
        line: number,
        indent: item.indent,
        range: line.range.start..0,
        requirements: Vec::new(),
        validates: Vec::new(),
        references_end: None,
        parent: None,
        has_children: false,
    })
}

/// The number in front of a title, and where the title goes on.
fn task_number(text: &str, range: Range<usize>) -> (Option<Ident>, Range<usize>, usize) {
    let none = (None, range.start..range.start, range.start);
    let part = &text[range.clone()];
    let bold = if part.starts_with("**") { 2 } else { 0 };
    let body = &part[bold..];
    let word = ["Task ", "任务 ", "タスク ", "任务", "タスク"]
        .iter()
        .find(|w| body.starts_with(**w))
        .map_or(0, |w| w.len());
    let Some((id, used)) = Ident::read(&body[word..]) else {
        return none;
    };
    let after = &body[word + used..];
    let marked = after.starts_with(['.', ':', '：', ')', '、']) || after.starts_with("**");
    let spaced = after.is_empty() || after.starts_with([' ', '\t']);
    let dash = after.trim_start().starts_with(['-', '–', '—']);
    let capital = id
        .prefix
        .chars()
        .all(|c| c.is_ascii_uppercase() || matches!(c, '-' | '_' | '.'));
    let plain = id.prefix.is_empty();
    let accepted = match (plain, id.numbers.len() > 1) {
        (true, true) => marked || spaced,
        (true, false) => marked || word > 0 || spaced && dash,
        (false, _) => capital && (marked || id.prefix.ends_with('-') && spaced),
    };
    // A number glued to the title by a missing space (`1.Title`) is still a number; `1.5x` was refused by `read`.
    if !accepted {
        return none;
    }
    let start = range.start + bold + word;
    let skipped = after.len()
        - after
            .trim_start_matches(['.', ':', '：', ')', '、', '*', ' ', '\t', '-', '–', '—'])
            .len();
    (Some(id), start..start + used, start + used + skipped)
}

/// Gives a line that is no checkbox to the task it belongs to.
fn detail(text: &str, outline: &Outline, i: usize, tasks: &mut [Task]) {
    let line = &outline.lines[i];
    let indent = markdown::indent(text, line);
    let Some(last) = tasks.last() else { return };
    // After a heading the tasks above are closed.
    if last.range.end > 0 {
        return;
    }
    // A line behind a sub-task that is indented like the sub-task itself is its parent's.
    let last_indent = last.indent;
    let owner = if indent > 0 && indent <= last_indent {
        tasks
            .iter()
            .rposition(|t| t.indent < indent && t.range.start >= section_start(outline, i))
    } else {
        None
    };
    let owner = owner.unwrap_or(tasks.len() - 1);
    let read = trace_line::read(text, line.range.clone());
    let task = &mut tasks[owner];
    match read {
        Some((ReferenceLabel::Requirements, list)) => {
            task.references_end = Some(list.end);
            task.requirements.extend(refs::parse(text, list));
        }
        Some((ReferenceLabel::Validates, list)) => task.validates.extend(refs::parse(text, list)),
        _ => {
            match trace_line::trailing(text, line.range.clone()) {
                Some((ReferenceLabel::Validates, list)) => {
                    task.validates.extend(refs::parse(text, list));
                }
                Some((_, list)) => task.requirements.extend(refs::parse(text, list)),
                None => {}
            }
            if let Some(property) = named_property(text, line.range.clone()) {
                task.validates.push(property);
            }
        }
    }
}

fn section_start(outline: &Outline, i: usize) -> usize {
    (0..i)
        .rev()
        .find(|&l| outline.heading(l).is_some())
        .map_or(0, |l| outline.lines[l].range.start)
}

/// A detail such as `- **Property 1: Never above five**` names a property.
fn named_property(text: &str, range: Range<usize>) -> Option<Reference> {
    let content = &text[range.clone()];
    let lead = content.len()
        - content
            .trim_start_matches([' ', '\t', '-', '*', '_', '+', '>'])
            .len();
    if !content[..lead].contains('*') {
        return None;
    }
    let numbered = crate::heading::numbered(text, range.start + lead..range.end)?;
    let word = numbered.word.as_str();
    (crate::labels::names_property(word) && numbered.id.numbers.len() == 1).then(|| Reference {
        target: refs::Target::Property(numbered.id.numbers[0]),
        range: numbered.id_range,
    })
}

/// Finds parents: by number where there is one, by indentation otherwise.
fn family(tasks: &mut [Task]) {
    for i in 0..tasks.len() {
        let by_number = tasks[i]
            .id
            .as_ref()
            .and_then(Ident::parent)
            .and_then(|parent| {
                tasks[..i]
                    .iter()
                    .rposition(|t| t.id.as_ref().is_some_and(|id| id.matches(&parent)))
            });
        let by_indent = || {
            let indent = tasks[i].indent;
            (indent > 0)
                .then(|| tasks[..i].iter().rposition(|t| t.indent < indent))
                .flatten()
        };
        let parent = by_number.or_else(|| {
            if tasks[i].id.as_ref().is_some_and(|id| id.numbers.len() > 1) {
                None
            } else {
                by_indent()
            }
        });
        tasks[i].parent = parent;
        if let Some(parent) = parent {
            tasks[parent].has_children = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        Tasks::parse(text)
            .tasks
            .iter()
            .map(|t| {
                format!(
                    "{}{}{}|{}|{}",
                    t.mark.as_str(),
                    if t.optional { "*" } else { "" },
                    t.parent.map_or(String::new(), |p| format!("<{p}")),
                    t.key(),
                    t.title
                )
            })
            .collect()
    }

    #[test]
    fn checkboxes_of_every_shape() {
        let text = "# Implementation Plan\n\n- [x] 1. Parent\n  - [ ]* 1.1 Optional\n  - [ ]\\* 1.2 Escaped\n- [-] 2. Running\n- [~] 3. Queued\n- [x.] 4. Odd\n- [ ] 4.1 Flat\n- [ ] **T9.1**：新增\n- [ ] F1. Collector\n- [ ] **TDEPLOY.1**：nginx\n- [x] 404 page\n* [X] star\n1. [ ] ordered\n> - [ ] 5.1 quoted\n- [link](x)\n- [a] no\n```\n- [ ] fenced\n```\n";
        assert_eq!(
            shown(text),
            [
                "done|1|Parent",
                "pending*<0|1.1|Optional",
                "pending*<0|1.2|Escaped",
                "running|2|Running",
                "queued|3|Queued",
                "done|4|Odd",
                "pending<5|4.1|Flat",
                "pending|T9.1|新增",
                "pending|F1|Collector",
                "pending|TDEPLOY.1|nginx",
                "done|#13|404 page",
                "done|#14|star",
                "pending|#15|ordered",
                "pending|5.1|quoted",
            ]
        );
    }

    #[test]
    fn references_go_to_their_task() {
        let text = "- [ ] 1. Parent\n  - [ ] 1.1 Child\n    - _Requirements: 1.1_\n    - **Property 2: Round trip**\n    - **Validates: Requirements 1.3**\n  - _Requirements: 1.2_\n\n## Notes\n\n_Requirements: 9.9_\n";
        let tasks = Tasks::parse(text).tasks;
        let texts = |refs: &[Reference]| {
            refs.iter()
                .map(|r| text[r.range.clone()].to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(texts(&tasks[0].requirements), ["1.2"]);
        assert_eq!(texts(&tasks[1].requirements), ["1.1"]);
        assert_eq!(texts(&tasks[1].validates), ["2", "1.3"]);
    }
}
