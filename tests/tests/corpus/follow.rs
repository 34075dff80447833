//! Whatever happens to the numbers, a task cites the same sentences before and after.

use proptest::prelude::*;
use proptest::sample::Index;
use rutter_spec::edits::{Renumbering, moved, references};
use rutter_spec::{Document, Reading, Requirements, Spec, Tasks};
use rutter_text::{Source, edit};

/// What a person does to a list of criteria.
#[derive(Clone, Debug)]
enum Change {
    Delete(Index),
    Insert(Index, Index),
    Move(Index, Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        any::<Index>().prop_map(Change::Delete),
        any::<(Index, Index)>().prop_map(|(r, at)| Change::Insert(r, at)),
        any::<(Index, Index, Index)>().prop_map(|(c, r, at)| Change::Move(c, r, at)),
    ]
}

/// Requirements as lists of sentences, each known by its number.
type Lists = Vec<Vec<usize>>;

fn sentence(n: usize) -> String {
    format!("WHEN a{n} meets b{n}, THE C{n} SHALL d{n} every e{n}")
}

fn place(lists: &Lists, at: &Index) -> Option<(usize, usize)> {
    let all: Vec<(usize, usize)> = lists
        .iter()
        .enumerate()
        .flat_map(|(r, list)| (0..list.len()).map(move |i| (r, i)))
        .collect();
    (!all.is_empty()).then(|| all[at.index(all.len())])
}

fn apply(lists: &mut Lists, change: &Change, fresh: usize) {
    match change {
        Change::Delete(at) => {
            if let Some((r, i)) = place(lists, at) {
                lists[r].remove(i);
            }
        }
        Change::Insert(r, at) => {
            let r = r.index(lists.len());
            let at = at.index(lists[r].len() + 1);
            lists[r].insert(at, fresh);
        }
        Change::Move(from, r, at) => {
            if let Some((old, i)) = place(lists, from) {
                let sentence = lists[old].remove(i);
                let r = r.index(lists.len());
                let at = at.index(lists[r].len() + 1);
                lists[r].insert(at, sentence);
            }
        }
    }
}

fn requirements(lists: &Lists) -> String {
    let mut text = String::from("## Requirements\n");
    for (r, list) in lists.iter().enumerate() {
        let (n, title) = (r + 1, format!("Title{r}"));
        text += &format!("\n### Requirement {n}: {title}\n\n#### Acceptance Criteria\n\n");
        for (i, s) in list.iter().enumerate() {
            text += &format!("{}. {}\n", i + 1, sentence(*s));
        }
    }
    text
}

/// The id of a sentence in a version.
fn id(lists: &Lists, sentence: usize) -> Option<(usize, usize)> {
    lists.iter().enumerate().find_map(|(r, list)| {
        let i = list.iter().position(|s| *s == sentence)?;
        Some((r + 1, i + 1))
    })
}

/// The sentences that each task cites, sorted.
fn cited(requirements: &str, tasks: &str) -> Vec<Vec<String>> {
    let mut spec = Spec::default();
    for (document, text) in [
        (Document::Requirements, requirements),
        (Document::Tasks, tasks),
    ] {
        spec.set(document, Some(Reading::new(document, Source::new(text))));
    }
    let criteria: Vec<(String, String)> = spec
        .wanted()
        .map(|(_, r)| {
            r.criteria()
                .map(|(_, c)| (c.label.clone(), c.text.clone()))
                .collect()
        })
        .unwrap_or_default();
    let tasks = Tasks::parse(tasks).tasks;
    tasks
        .iter()
        .map(|task| {
            let found = spec.resolve_all(&task.requirements);
            assert!(found.unknown.is_empty(), "{:?}", found.unknown);
            let text = |label: &String| {
                criteria
                    .iter()
                    .find(|(l, _)| l == label)
                    .map(|(_, text)| text.clone())
            };
            let mut texts: Vec<String> = found.criteria.iter().filter_map(text).collect();
            texts.sort();
            texts
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn tasks_cite_the_same_sentences(
        sizes in prop::collection::vec(1usize..6, 1..4),
        cites in prop::collection::vec(
            prop::collection::vec((any::<Index>(), 0usize..4), 1..4),
            1..6,
        ),
        changes in prop::collection::vec(change(), 0..5),
    ) {
        let mut next = 0;
        let old: Lists = sizes
            .iter()
            .map(|n| (0..*n).map(|_| { next += 1; next - 1 }).collect())
            .collect();
        let mut tasks = String::new();
        for (n, list) in cites.iter().enumerate() {
            let entries: Vec<String> = list
                .iter()
                .map(|(at, more)| {
                    let (r, i) = id(&old, at.index(next)).unwrap_or((1, 1));
                    let last = (i + more).min(old[r - 1].len());
                    if last > i { format!("{r}.{i}-{r}.{last}") } else { format!("{r}.{i}") }
                })
                .collect();
            tasks += &format!("- [ ] {}. T\n  - _Requirements: {}_\n", n + 1, entries.join(", "));
        }
        let mut new = old.clone();
        for (n, change) in changes.iter().enumerate() {
            apply(&mut new, change, 100 + n);
        }
        let (before, after) = (requirements(&old), requirements(&new));
        let (read, reread) = (Requirements::parse(&before), Requirements::parse(&after));
        let renumbering = Renumbering::between(&read, &reread);
        let rewritten = edit::apply(&tasks, &references::rewrite(&tasks, &renumbering));
        let kept: Vec<String> = new.iter().flatten().map(|s| sentence(*s)).collect();
        let mut expected = cited(&before, &tasks);
        for list in &mut expected {
            list.retain(|s| kept.contains(s));
        }
        prop_assert_eq!(cited(&after, &rewritten), expected, "{}\n{}\n{}", before, after, rewritten);
        prop_assert!(!rewritten.contains(": _") && !rewritten.contains(", ,"), "{}", rewritten);
        // What moved says agrees with what happened.
        let moves = moved(&read, &reread);
        let gone = old.iter().flatten().filter(|s| id(&new, **s).is_none()).count();
        prop_assert_eq!(moves.removed.len(), gone);
        prop_assert_eq!(moves.added.len(), new.iter().flatten().filter(|s| **s >= 100).count());
    }
}
