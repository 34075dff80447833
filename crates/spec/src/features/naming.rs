//! Where a document names ids of requirements, criteria, properties and tasks.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use rutter_text::Ident;
use rutter_text::markdown::{LineKind, Outline};
use rutter_text::refs::{self, Target};

use super::inert::{inert, is_inert};
use crate::mentions::{Lists, Sentences, concern_labels};
use crate::rules::depends::depends;
use crate::{Concern, Decision, Document, Spec, Task};

/// What some bytes name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    /// Requirements, criteria or a property.
    Target(Target),
    /// Tasks, by their places; several for a range.
    Tasks(Vec<usize>),
}

/// Some bytes that name something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Name {
    /// The bytes of the id, or of the range of ids.
    pub range: Range<usize>,
    /// What they mean.
    pub means: Means,
}

/// What every kind of document has.
pub(super) struct Parts<'a> {
    /// The text.
    pub text: &'a str,
    /// Its lines.
    pub outline: &'a Outline,
    decisions: &'a [Decision],
    concerns: &'a [Concern],
    /// The tasks in it.
    pub tasks: &'a [Task],
}

/// The parts of a document of a spec.
pub(super) fn parts(spec: &Spec, document: Document) -> Option<Parts<'_>> {
    Some(match document {
        Document::Requirements | Document::Bugfix => {
            let read = match document {
                Document::Requirements => spec.requirements.as_ref()?,
                _ => spec.bugfix.as_ref()?,
            };
            Parts {
                text: read.source.text(),
                outline: &read.outline,
                decisions: &read.decisions,
                concerns: &read.concerns,
                tasks: &[],
            }
        }
        Document::Design => {
            let read = spec.design.as_ref()?;
            Parts {
                text: read.source.text(),
                outline: &read.outline,
                decisions: &read.decisions,
                concerns: &[],
                tasks: &[],
            }
        }
        Document::Tasks => {
            let read = spec.tasks.as_ref()?;
            Parts {
                text: read.source.text(),
                outline: &read.outline,
                decisions: &read.decisions,
                concerns: &[],
                tasks: &read.tasks,
            }
        }
    })
}

/// Everything that a document names, in order, each place once; of one line only where that is given.
pub(crate) fn names(spec: &Spec, document: Document, only: Option<usize>) -> Vec<Name> {
    let Some(parts) = parts(spec, document) else {
        return Vec::new();
    };
    if only.is_some_and(|line| line >= parts.outline.lines.len()) {
        return Vec::new();
    }
    let mut found = Found {
        names: Vec::new(),
        only: only.map(|line| parts.outline.lines[line].range.clone()),
    };
    ids(spec, document, &parts, only, &mut found);
    words(spec, document, &parts, only, &mut found);
    if document == Document::Tasks {
        of_tasks(spec, &mut found);
    }
    found.names.sort_by_key(|n| (n.range.start, n.range.end));
    // A property's number stands both behind a label and behind its word.
    found
        .names
        .dedup_by(|again, first| again.range == first.range);
    found.names
}

struct Found {
    names: Vec<Name>,
    only: Option<Range<usize>>,
}

impl Found {
    fn push(&mut self, range: Range<usize>, means: Means) {
        let inside = |line: &Range<usize>| line.start <= range.start && range.end <= line.end;
        if self.only.as_ref().is_none_or(inside) {
            self.names.push(Name { range, means });
        }
    }

    fn list(&mut self, text: &str, list: Range<usize>) {
        for reference in refs::parse(text, list) {
            if !matches!(reference.target, Target::Text(_)) {
                self.push(reference.range, Means::Target(reference.target));
            }
        }
    }
}

/// Lists of references, and ids in sentences.
fn ids(spec: &Spec, document: Document, parts: &Parts<'_>, only: Option<usize>, found: &mut Found) {
    let Parts { text, outline, .. } = *parts;
    let knows = |id: &Ident| spec.criterion(id).is_some() || spec.requirement(id).is_some();
    let lines = only.map_or(0..outline.lines.len(), |line| line..line + 1);
    let has_digit = |line: usize| {
        text[outline.lines[line].range.clone()].contains(|c: char| c.is_ascii_digit())
    };
    if only.is_none_or(has_digit) {
        let sentences = if document == Document::Tasks {
            Sentences::among(text, parts.tasks, &knows)
        } else {
            Sentences::new(text, &knows)
        };
        let lists = Lists::new(text, outline, sentences, parts.decisions);
        for line in outline.text_lines(lines) {
            for (list, _) in lists.of(line) {
                found.list(text, list);
            }
        }
    }
    for (_, label) in concern_labels(text, outline, parts.concerns) {
        found.list(text, label);
    }
    // What a task or property was read to cite counts, however its line is written.
    let cited = parts
        .tasks
        .iter()
        .flat_map(|t| t.requirements.iter().chain(&t.validates));
    let properties = spec.design.iter().flat_map(|d| &d.properties);
    let validated = properties
        .filter(|_| document == Document::Design)
        .flat_map(|p| &p.validates);
    for reference in cited.chain(validated) {
        if !matches!(reference.target, Target::Text(_)) {
            found.push(
                reference.range.clone(),
                Means::Target(reference.target.clone()),
            );
        }
    }
}

/// Dependencies and the graph of `tasks.md`.
fn of_tasks(spec: &Spec, found: &mut Found) {
    let Some(read) = &spec.tasks else { return };
    let text = read.source.text();
    let mut all: Vec<(Range<usize>, Vec<usize>)> = Vec::new();
    for named in depends(text, read) {
        match all.last_mut() {
            Some((range, on)) if *range == named.range => on.push(named.on),
            _ => all.push((named.range.clone(), vec![named.on])),
        }
    }
    for (range, on) in all {
        found.push(range, Means::Tasks(on));
    }
    for (number, range) in read.waves.iter().flat_map(|w| w.waves.iter().flatten()) {
        let place = read
            .tasks
            .iter()
            .position(|t| t.number.as_deref() == Some(number.as_str()));
        let Some(place) = place else { continue };
        if let Some(id) = number_in(text, range, number) {
            found.push(id, Means::Tasks(vec![place]));
        }
    }
}

/// The bytes of a task's number in an entry of the graph: without quotes and, in Mermaid, without the node's name.
fn number_in(text: &str, range: &Range<usize>, number: &str) -> Option<Range<usize>> {
    let entry = &text[range.clone()];
    entry.match_indices(number).find_map(|(at, _)| {
        let digit = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let after = &entry[at + number.len()..];
        let more = after
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let whole = !entry[..at].ends_with(digit) && !entry[..at].ends_with('.');
        (whole && !after.starts_with(digit) && !more)
            .then(|| range.start + at..range.start + at + number.len())
    })
}

/// What says that a property or a task is named behind it: [`PROPERTIES`] words for properties, then those for tasks.
const WORDS: [&str; 24] = [
    "properties",
    "property",
    "eigenschaften",
    "eigenschaft",
    "propiedad",
    "propriété",
    "propriedade",
    "свойство",
    "속성",
    "プロパティ",
    "属性",
    "性质",
    "性質",
    "tasks",
    "task",
    "aufgaben",
    "aufgabe",
    "tarea",
    "tâche",
    "задача",
    "작업",
    "タスク",
    "任务",
    "任務",
];
const PROPERTIES: usize = 13;

/// Finds [`WORDS`]; only gigabytes of words have no automaton.
static FINDER: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(WORDS)
        .ok()
});

/// `Property 3`, `tasks 1.2 and 2`: ids behind the word that says what they are.
fn words(
    spec: &Spec,
    document: Document,
    parts: &Parts<'_>,
    only: Option<usize>,
    found: &mut Found,
) {
    let properties = || spec.design.iter().flat_map(|d| &d.properties);
    let Parts { text, outline, .. } = *parts;
    let lines = only.map_or(0..outline.lines.len(), |line| line..line + 1);
    for line in lines {
        let range = outline.lines[line].range.clone();
        let content = &text[range.clone()];
        if !matches!(
            outline.lines[line].kind,
            LineKind::Text | LineKind::Heading { .. }
        ) || !content.contains(|c: char| c.is_ascii_digit())
        {
            continue;
        }
        let mut quiet = None;
        let mut push = |id: Range<usize>, means: Means| {
            let quiet = quiet.get_or_insert_with(|| inert(content));
            if !is_inert(quiet, &id) {
                found.push(range.start + id.start..range.start + id.end, means);
            }
        };
        for word in FINDER.iter().flat_map(|finder| finder.find_iter(content)) {
            let is_property = word.pattern().as_usize() < PROPERTIES;
            for (id, at) in behind(content, word.range()) {
                let start = range.start + at.start;
                if is_property {
                    let number = id.numbers[0];
                    let plain =
                        id.numbers.len() == 1 && id.prefix.is_empty() && id.suffix.is_none();
                    let known = properties().any(|p| p.number == number);
                    let defines = document == Document::Design
                        && properties().any(|p| p.number_range.start == start);
                    if plain && known && !defines {
                        push(at, Means::Target(Target::Property(number)));
                    }
                    continue;
                }
                let tasks = spec.tasks.iter().flat_map(|t| &t.tasks);
                let place = tasks
                    .enumerate()
                    .find(|(_, t)| t.id.as_ref().is_some_and(|own| own.matches(&id)));
                let defines = parts.tasks.iter().any(|t| t.number_range.start == start);
                if let Some((place, _)) = place.filter(|_| !defines) {
                    push(at, Means::Tasks(vec![place]));
                }
            }
        }
    }
}

/// The ids behind a word, with their bytes in the line; those of a range (`Tasks 1-3`) are left out.
fn behind(line: &str, word: Range<usize>) -> Vec<(Ident, Range<usize>)> {
    let none = Vec::new();
    let says = &line[word.clone()];
    let spaced = says.starts_with(|c: char| c.is_ascii_alphabetic());
    let before = &line[..word.start];
    if spaced && before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-')) {
        return none;
    }
    let after = &line[word.end..];
    let mut at = line.len() - after.trim_start_matches([' ', '\u{a0}', '#']).len();
    if spaced && at == word.end {
        return none;
    }
    let mut run: Vec<(Ident, Range<usize>)> = Vec::new();
    while let Some((id, used)) = Ident::read(&line[at..]) {
        run.push((id, at..at + used));
        at += used;
        let joint = [", and ", " and ", " und ", " & ", ", ", "、", "和", "と"];
        match joint.iter().find(|j| line[at..].starts_with(**j)) {
            Some(joint) => at += joint.len(),
            None => break,
        }
    }
    let Some((_, last)) = run.last() else {
        return none;
    };
    let rest = &line[last.end..];
    let is_range = rest
        .trim_start()
        .starts_with(['-', '–', '—', '~', '～', '至'])
        && rest
            .trim_start()
            .trim_start_matches(|c: char| !c.is_alphanumeric())
            .starts_with(|c: char| c.is_ascii_digit())
        || rest.starts_with(" to ")
        || rest.starts_with(" bis ");
    // `属性 3 个` counts attributes.
    let counts = matches!(says, "属性" | "性质" | "性質")
        && rest.starts_with(|c: char| c.is_alphanumeric() || c.is_whitespace());
    if is_range {
        run.pop();
    }
    if counts { none } else { run }
}

#[cfg(test)]
mod tests {
    use super::super::testing::spec_of;
    use super::*;

    const REQUIREMENTS: &str = "### Requirement 1: Block\n\n#### Acceptance Criteria\n\n1. THE L SHALL a\n2. THE L SHALL b, as requirement 2.1 says\n\n### Requirement 2: Tell\n\n1. THE L SHALL c\n\n## Open Decisions\n\n- **D1** How? `a` | `b` (1.2)\n\n## Further Concerns\n\n- _Requirement 2:_ THE L SHALL warn\n";
    const DESIGN: &str = "Text (1.1) `(1.2)`.\n\n### Property 1: P\n\nSee Property 2, `Property 2`, tasks 1.1 and 2, Task 9.\n\n**Validates: Requirements 1.1-1.2**\n\n### Property 2: Q\n\nProperties 1 and 2. Properties 1-2.\n";
    const TASKS: &str = "- [ ] 1. Parent\n  - [ ] 1.1 Child\n    - **Property 1: P**\n    - _Requirements: 1.1, All_\n- [ ] 2. Task 1 again\n  - _Depends: 1, 1.1_\n\n```json\n{\"waves\":[[\"1.1\"],[\"2\"]]}\n```\n";

    #[test]
    fn every_form_of_naming() {
        let spec = spec_of(&[
            (Document::Requirements, REQUIREMENTS),
            (Document::Design, DESIGN),
            (Document::Tasks, TASKS),
        ]);
        let shown = |document: Document| -> String {
            let text = spec.source(document).map_or("", |s| s.text());
            let names = names(&spec, document, None).into_iter();
            let each = names.map(|n| {
                let means = match n.means {
                    Means::Target(Target::Property(n)) => format!("P{n}"),
                    Means::Target(_) => String::new(),
                    Means::Tasks(t) => format!("T{t:?}"),
                };
                format!("{}{means}", &text[n.range])
            });
            each.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(shown(Document::Requirements), "2.1 1.2 2");
        assert_eq!(
            shown(Document::Design),
            "1.1 2P2 1.1T[1] 2T[2] 1.1-1.2 1P1 2P2"
        );
        assert_eq!(
            shown(Document::Tasks),
            "1P1 1.1 All 1T[0] 1T[0] 1.1T[1] 1.1T[1] 2T[2]"
        );
    }
}
