//! A task for criteria that no task cites yet, written like the tasks around it.

use rutter_text::markdown::LineKind;
use rutter_text::{Edit, Ident, edit};

use super::style::ReferenceStyle;
use super::{leaf, sentence};
use crate::{Task, Tasks, labels};

/// Criteria that want a task.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// Their ids as written.
    pub labels: Vec<String>,
    /// The sentence of the only one, else the title of their requirement.
    pub sentence: String,
}

/// Where the new task goes and what it looks like.
struct Slot<'a> {
    /// The task it is written like.
    model: Option<&'a Task>,
    /// Where it is inserted.
    at: usize,
    /// Whether a task follows at `at`, rather than one standing in front.
    in_front: bool,
    /// Its number; `None` in a list without numbers.
    number: Option<Ident>,
    /// Whether tasks are set apart by blank lines.
    apart: bool,
}

/// The edits that insert the task and its wave, and how the task is named. Nothing where there is no task to stand beside.
pub(super) fn edits(text: &str, tasks: &Tasks, wanted: &Wanted) -> Option<(Vec<Edit>, String)> {
    let slot = slot(text, tasks)?;
    let block = block(text, &slot, &ReferenceStyle::of_tasks(text, tasks), wanted);
    let gap = if slot.apart { "\n\n" } else { "\n" };
    let insert = if slot.in_front {
        format!("{block}{gap}")
    } else {
        format!("{gap}{block}")
    };
    let mut edits = vec![Edit::insert(slot.at, edit::with_endings_of(text, &insert))];
    let name = match &slot.number {
        Some(number) => {
            if let Some(waves) = &tasks.waves {
                let last = last_checkpoints(tasks);
                edits.extend(leaf::add(text, waves, &number.to_string(), &last));
            }
            number.to_string()
        }
        None => format!("“{}”", sentence::title(&wanted.sentence)),
    };
    Some((edits, name))
}

/// The tasks that new ones are put in line with: those with the fewest numbers, else the outermost.
fn top(tasks: &Tasks) -> Vec<usize> {
    let numbers = |t: &Task| t.id.as_ref().map(|id| id.numbers.len());
    match tasks.tasks.iter().filter_map(numbers).min() {
        Some(fewest) => (0..tasks.tasks.len())
            .filter(|&i| numbers(&tasks.tasks[i]) == Some(fewest))
            .collect(),
        None => {
            let outermost = tasks.tasks.iter().map(|t| t.indent).min();
            (0..tasks.tasks.len())
                .filter(|&i| Some(tasks.tasks[i].indent) == outermost)
                .collect()
        }
    }
}

/// The numbers of the checkpoints that end the plan, sub-tasks included.
fn last_checkpoints(tasks: &Tasks) -> Vec<String> {
    let top = top(tasks);
    let from = trailing_checkpoints(tasks, &top).map_or(tasks.tasks.len(), |i| i);
    tasks.tasks[from..]
        .iter()
        .filter_map(|t| t.number.clone())
        .collect()
}

/// The first of the checkpoints at the end of the plan.
fn trailing_checkpoints(tasks: &Tasks, top: &[usize]) -> Option<usize> {
    top.iter()
        .rev()
        .copied()
        .take_while(|&i| labels::is_checkpoint(&tasks.tasks[i].title))
        .last()
}

fn slot<'a>(text: &str, tasks: &'a Tasks) -> Option<Slot<'a>> {
    let top = top(tasks);
    let checkpoint = trailing_checkpoints(tasks, &top);
    let model = match checkpoint {
        Some(c) => top.iter().copied().rfind(|&i| i < c).unwrap_or(c),
        None => *top.last()?,
    };
    let outline = &tasks.outline;
    let set_apart = |i: &usize| {
        let line = tasks.tasks[*i].line;
        line > 0 && outline.lines[line - 1].kind == LineKind::Blank
    };
    let apart =
        top.len() > 1 && top[1..].iter().filter(|i| set_apart(i)).count() * 2 > top.len() - 1;
    let (at, in_front) = match checkpoint {
        Some(c) => (outline.lines[tasks.tasks[c].line].range.start, true),
        None => {
            let last = last_of_family(tasks, model);
            (tasks.tasks[last].range.end, false)
        }
    };
    let number = tasks.tasks[model]
        .id
        .as_ref()
        .map(|id| next(text, tasks, id));
    debug_assert!(text.is_char_boundary(at));
    Some(Slot {
        model: Some(&tasks.tasks[model]),
        at,
        in_front,
        number,
        apart,
    })
}

/// The last task in document order that belongs to the one at `top`, or itself.
fn last_of_family(tasks: &Tasks, top: usize) -> usize {
    let belongs = |mut i: usize| {
        while let Some(parent) = tasks.tasks[i].parent {
            if parent == top {
                return true;
            }
            i = parent;
        }
        false
    };
    (top + 1..tasks.tasks.len())
        .take_while(|&i| belongs(i))
        .last()
        .unwrap_or(top)
}

/// The number behind the last one in line with `model`.
fn next(text: &str, tasks: &Tasks, model: &Ident) -> Ident {
    let depth = model.numbers.len() - 1;
    let highest = tasks
        .tasks
        .iter()
        .filter_map(|t| t.id.as_ref())
        .filter(|id| {
            id.prefix == model.prefix
                && id.numbers.len() > depth
                && id.numbers[..depth] == model.numbers[..depth]
        })
        .map(|id| id.numbers[depth])
        .max()
        .unwrap_or(model.numbers[depth]);
    let mut next = model.clone();
    next.suffix = None;
    next.numbers[depth] = highest.saturating_add(1);
    // `T9` may be taken by a heading; plain numbers stand everywhere and mean nothing.
    while !next.prefix.is_empty() && text.contains(&next.to_string()) {
        next.numbers[depth] = next.numbers[depth].saturating_add(1);
    }
    next
}

fn block(text: &str, slot: &Slot, style: &ReferenceStyle, wanted: &Wanted) -> String {
    let title = sentence::title(&wanted.sentence);
    let head = match (slot.model, &slot.number) {
        (Some(model), Some(number)) => numbered(text, model, number, &title),
        (Some(model), None) => format!("{}[ ] {title}", bullet(text, model)),
        (None, _) => format!("- [ ] {title}"),
    };
    let margin = " ".repeat(slot.model.map_or(0, |m| m.indent));
    let detail = format!("{margin}{}", " ".repeat(style.indent.max(2)));
    let reference = format!("{margin}{}", " ".repeat(style.indent));
    let words = style.words();
    let done_when = match wanted.labels.as_slice() {
        [_] => format!("{}{}", words.done_when, wanted.sentence),
        _ => format!("{}{}", words.done_when, words.every),
    };
    [
        head,
        format!("{detail}- {}", words.files),
        format!("{detail}- {done_when}"),
        format!("{reference}{}", style.line(&wanted.labels)),
    ]
    .join("\n")
}

/// Everything in front of a task's brackets.
fn bullet<'a>(text: &'a str, model: &Task) -> &'a str {
    let line = text[..model.mark_range.start - 1]
        .rfind(['\n', '\r'])
        .map_or(0, |i| i + 1);
    text[line..model.mark_range.start - 1].trim_start_matches('\u{feff}')
}

fn numbered(text: &str, model: &Task, number: &Ident, title: &str) -> String {
    let between = &text[model.mark_range.end + 1..model.number_range.start];
    let space = between.trim_start_matches(['\\']);
    let space = match space.strip_prefix('*') {
        Some(rest) if rest.starts_with(' ') => rest,
        _ => space,
    };
    let mut tail = &text[model.number_range.end..model.title_range.start];
    if tail.is_empty() {
        tail = " ";
    }
    let close = if space.contains("**") && !tail.contains("**") {
        "**"
    } else {
        ""
    };
    format!(
        "{}[ ]{space}{number}{tail}{title}{close}",
        bullet(text, model)
    )
}
