//! Every checkbox and every criterion is found: the parser, a naive line reader and the corpus' own survey agree, and
//! each difference has its reason.

use std::collections::BTreeMap;

use rutter_spec::{Design, Document, Mark, Requirements, Tasks};
use rutter_tests::corpus::Corpus;

use crate::naive;

/// A file where the parser finds more (or less) than the naive reader, and why.
struct Difference {
    /// The end of the path.
    file: &'static str,
    /// How many more.
    more: isize,
    /// Why the parser is right.
    why: &'static str,
}

const fn more(file: &'static str, more: isize, why: &'static str) -> Difference {
    Difference { file, more, why }
}

const FLAT: &str = "a numbered list straight under `Requirements`, with no label";

const CRITERIA: &[Difference] = &[
    more(
        "azure-test-timeout-fix/requirements.md",
        17,
        "numbered sections below `3. Acceptance Criteria` and `4. Non-Functional Requirements` hold the bullets",
    ),
    more("adaptive-pacing/requirements.md", 11, FLAT),
    more("cord-data-freshness/requirements.md", 9, FLAT),
    more("database-corruption-recovery/requirements.md", 10, FLAT),
    more("feedback-loop-closure/requirements.md", 12, FLAT),
    more("smart-context-budget/requirements.md", 11, FLAT),
    // The small corpus.
    more("harbour/.kiro/specs/requirements.md", 3, FLAT),
    more(
        "plans/buoys/requirements.md",
        2,
        "a numbered list straight under a numbered heading",
    ),
];

const CHECKBOXES: &[Difference] = &[];

const POINTS: &[Difference] = &[];

/// Compares two counts of every file; gives the parser's total and the differences with their reasons.
fn compare(
    corpus: &Corpus,
    document: Document,
    known: &[Difference],
    parsed: impl Fn(&str) -> Vec<usize>,
    naive: impl Fn(&str) -> Vec<usize>,
) -> (usize, Vec<String>) {
    let mut total = 0;
    let mut explained = Vec::new();
    let mut unexplained = Vec::new();
    for (path, text) in corpus.each(document) {
        let (ours, theirs) = (parsed(text), naive(text));
        total += ours.len();
        let expected = known.iter().find(|d| path.ends_with(d.file));
        let difference = ours.len().cast_signed() - theirs.len().cast_signed();
        match expected {
            Some(known) if known.more == difference => {
                explained.push(format!("{path}: {difference:+}, {}", known.why));
            }
            None if difference == 0 && ours == theirs => {}
            _ => {
                let only = |a: &[usize], b: &[usize]| -> Vec<usize> {
                    a.iter().filter(|l| !b.contains(l)).copied().collect()
                };
                unexplained.push(format!(
                    "{path}: only the parser {:?}, only the line reader {:?}",
                    only(&ours, &theirs),
                    only(&theirs, &ours)
                ));
            }
        }
    }
    assert!(unexplained.is_empty(), "{}", unexplained.join("\n"));
    (total, explained)
}

fn criteria_lines(requirements: &Requirements) -> Vec<usize> {
    let outline = &requirements.outline;
    requirements
        .criteria()
        .map(|(_, c)| outline.line_at(c.range.start) + 1)
        .collect()
}

fn points(text: &str) -> Vec<usize> {
    let bugfix = Requirements::parse_bugfix(text);
    let mut lines: Vec<usize> = criteria_lines(&bugfix);
    lines.sort_unstable();
    lines
}

fn boxes(text: &str) -> Vec<usize> {
    Tasks::parse(text)
        .tasks
        .iter()
        .map(|t| t.line + 1)
        .collect()
}

#[test]
fn every_criterion_checkbox_and_point_is_found() {
    let corpus = Corpus::open();
    let (criteria, explained) = compare(
        &corpus,
        Document::Requirements,
        CRITERIA,
        |t| criteria_lines(&Requirements::parse(t)),
        naive::criteria,
    );
    let (checkboxes, _) = compare(
        &corpus,
        Document::Tasks,
        CHECKBOXES,
        boxes,
        naive::checkboxes,
    );
    let (points, _) = compare(&corpus, Document::Bugfix, POINTS, points, naive::points);
    println!("{}", explained.join("\n"));
    println!("{criteria} criteria, {checkboxes} checkboxes, {points} points of bugfixes");
}

/// What a survey counted, what we count, and why they differ.
struct Total {
    what: &'static str,
    survey: usize,
    ours: usize,
    why: &'static str,
}

const fn total(what: &'static str, survey: usize, ours: usize, why: &'static str) -> Total {
    Total {
        what,
        survey,
        ours,
        why,
    }
}

/// The survey that stands beside the corpus of 35 projects.
const SURVEY: &[Total] = &[
    total("requirements.md", 148, 148, ""),
    total("design.md", 164, 164, ""),
    total("tasks.md", 165, 165, ""),
    total("bugfix.md", 20, 20, ""),
    total(".config.kiro", 101, 101, ""),
    total(
        "criteria",
        7200,
        7190,
        "the survey also counts 9 bullets of a `Deferred / Open Questions` section and 4 items of a list inside a criterion, and misses 3 of a file whose sections are numbered",
    ),
    total("checkboxes", 5558, 5558, ""),
    total("done", 4430, 4430, "with `[x.]`"),
    total("pending", 1105, 1105, ""),
    total("running", 22, 22, ""),
    total("queued", 1, 1, ""),
    total(
        "unnumbered",
        215,
        203,
        "12 tasks have a number with letters in front (`F1.`, `**TPBT.1**`), which the survey does not count as one",
    ),
    total(
        "points",
        589,
        401,
        "the survey counts every ordered list of a bugfix document (199 items: introductions, fix suggestions, road maps); 11 of them stand in the analysis and are points, 188 are not",
    ),
    total("waves blocks", 22, 22, ""),
    total(
        "properties",
        809,
        855,
        "53 stand on plain lines of bugfix designs or as `P1:`; 7 stand behind a fence that nobody closed, which CommonMark takes for code",
    ),
];

/// The small corpus of this repository, counted by hand.
const SMALL: &[Total] = &[
    total("requirements.md", 13, 13, ""),
    total("design.md", 7, 7, ""),
    total("tasks.md", 14, 14, ""),
    total("bugfix.md", 2, 2, ""),
    total("criteria", 57, 57, ""),
    total("checkboxes", 63, 63, ""),
    total("queued", 1, 1, ""),
    total("running", 2, 2, ""),
    total("points", 9, 9, ""),
    total("waves blocks", 4, 4, ""),
    total("properties", 9, 9, ""),
];

fn count(corpus: &Corpus) -> BTreeMap<&'static str, usize> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut add = |what, n: usize| *counts.entry(what).or_default() += n;
    for folder in &corpus.folders {
        add(".config.kiro", usize::from(folder.config.is_some()));
        for (document, text) in &folder.documents {
            add(document.file_name(), 1);
            match document {
                Document::Requirements => {
                    add("criteria", Requirements::parse(text).criteria().count())
                }
                Document::Bugfix => add(
                    "points",
                    Requirements::parse_bugfix(text).criteria().count(),
                ),
                Document::Design => add("properties", Design::parse(text).properties.len()),
                Document::Tasks => {
                    let tasks = Tasks::parse(text);
                    add("checkboxes", tasks.tasks.len());
                    for mark in [Mark::Done, Mark::Pending, Mark::Running, Mark::Queued] {
                        add(
                            mark.as_str(),
                            tasks.tasks.iter().filter(|t| t.mark == mark).count(),
                        );
                    }
                    add(
                        "unnumbered",
                        tasks.tasks.iter().filter(|t| t.number.is_none()).count(),
                    );
                    add(
                        "waves blocks",
                        usize::from(tasks.waves.is_some_and(|w| !w.mermaid)),
                    );
                }
            }
        }
    }
    counts
}

#[test]
fn totals_are_those_of_the_survey() {
    let corpus = Corpus::open();
    let counts = count(&corpus);
    let table = if corpus.real { SURVEY } else { SMALL };
    if counts["requirements.md"] != table.first().map_or(0, |t| t.ours) {
        println!("another corpus: {counts:?}");
        return;
    }
    let mut wrong = Vec::new();
    for Total {
        what,
        survey,
        ours,
        why,
    } in table
    {
        println!("{what:16} survey {survey:5} ours {ours:5} {why}");
        assert!(survey == ours || !why.is_empty(), "{what} wants a reason");
        if counts.get(what) != Some(ours) {
            wrong.push(format!(
                "{what}: expected {ours}, found {:?}",
                counts.get(what)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn waves_are_read_wherever_they_stand() {
    for (path, text) in Corpus::open().each(Document::Tasks) {
        let waves = Tasks::parse(text).waves;
        let read = waves.as_ref().is_some_and(|w| !w.mermaid);
        if naive::waves(text) > 0 {
            assert!(read, "{path}");
        }
        if let Some(waves) = waves.filter(|w| w.problems.is_empty()) {
            assert!(waves.waves.iter().any(|w| !w.is_empty()), "{path}");
        }
    }
}
