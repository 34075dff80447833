//! Renames of every kind, each tried with LF and CRLF.

use rutter_text::edit;

use super::super::testing::with_cursor;
use super::*;

const REQUIREMENTS: &str = "## Glossary\n\n- **Rate_Limiter**: counts 🚀\n- **Store**: keeps\n\n## Requirements\n\n### Requirement 1: Block\n\n#### Acceptance Criteria\n\n1. THE Rate_Limiter SHALL a\n   - note\n2. THE Store SHALL b\n3. THE rate limiter SHALL c, as requirement 1.1 says\n\n### Requirement 2: Tell\n\n#### Acceptance Criteria\n\n1. THE Stores SHALL d\n";
const DESIGN: &str = "About (1.3) and the Rate Limiters; `Rate_Limiter`.\n\n### Property 1: P\n\nx, unlike Property 2\n\n**Validates: Requirements 1.1, 1.3**\n\n### Property 2: Q\n\ny\n\n**Validates: Requirements 2.1**\n";
const TASKS: &str = "- [ ] 1. Parent\n  - [x] 1.1 Count\n    - _Requirements: 1.1-1.3_\n    - **Property 1: P**\n  - [ ] 1.2 Rest\n    - _Requirements: 1.3, 2_\n- [ ] 2. End of task 1.1\n  - _Depends: 1.1, 1.2_\n  - _Requirements: All_\n\n```json\n{\"waves\":[[\"1.1\"],[\"1.2\",\"2\"]]}\n```\n";

/// What becomes of the three documents, with the names that changed.
fn renamed(
    document: Document,
    needle: &str,
    shift: usize,
    new: &str,
) -> Result<[String; 4], String> {
    let mut out = Vec::new();
    for ending in ["\n", "\r\n"] {
        let all = [
            (Document::Requirements, REQUIREMENTS),
            (Document::Design, DESIGN),
            (Document::Tasks, TASKS),
        ];
        let files: Vec<(Document, String)> = all
            .into_iter()
            .map(|(d, t)| {
                let mut text = t.replace('\n', ending);
                if d == document {
                    let at = text.find(needle).unwrap_or_else(|| panic!("{needle}")) + shift;
                    text.insert_str(at, "$0");
                }
                (d, text)
            })
            .collect();
        let files: Vec<(Document, &str)> = files.iter().map(|(d, t)| (*d, t.as_str())).collect();
        let (spec, document, offset) = with_cursor(&files);
        out.push(
            rename(&spec, document, offset, new)
                .map_err(|e| e.to_string())
                .map(|r| {
                    let text = |d: Document| {
                        let source = spec.source(d).unwrap_or_else(|| panic!("{d:?}"));
                        let edits = r.edits.iter().find(|(own, _)| *own == d);
                        let edits = edits.map_or(&[][..], |(_, e)| e);
                        edit::apply(source.text(), edits).replace(ending, "\n")
                    };
                    let names = r
                        .names
                        .iter()
                        .map(|n| format!("{:?} {}>{}", n.kind, n.old, n.new));
                    [
                        text(Document::Requirements),
                        text(Document::Design),
                        text(Document::Tasks),
                        names.collect::<Vec<_>>().join(", "),
                    ]
                }),
        );
    }
    assert_eq!(out[0], out[1], "CRLF");
    out.remove(0)
}

/// The documents with some texts exchanged.
fn with(changes: [&[(&str, &str)]; 3], names: &str) -> Result<[String; 4], String> {
    let mut texts = [REQUIREMENTS, DESIGN, TASKS].map(str::to_owned);
    for (text, changes) in texts.iter_mut().zip(changes) {
        for (old, new) in changes {
            assert_eq!(text.matches(old).count(), 1, "{old}");
            *text = text.replace(old, new);
        }
    }
    let [r, d, t] = texts;
    Ok([r, d, t, names.to_owned()])
}

#[test]
fn a_requirement_takes_a_free_number() {
    for (document, needle, shift, new) in [
        (Document::Requirements, "Requirement 2", 12, "5"),
        (Document::Requirements, "Requirement 2", 0, "Requirement 5"),
        (Document::Tasks, "1.3, 2_", 5, "5."),
    ] {
        let expected = with(
            [
                &[("Requirement 2: Tell", "Requirement 5: Tell")],
                &[("Requirements 2.1", "Requirements 5.1")],
                &[("1.3, 2_", "1.3, 5_")],
            ],
            "Requirement 2>5, Criterion 2.1>5.1",
        );
        assert_eq!(renamed(document, needle, shift, new), expected, "{new}");
    }
}

#[test]
fn a_requirement_moves_to_a_taken_number() {
    let [r, d, t, names] =
        renamed(Document::Requirements, "Requirement 2", 12, "1").unwrap_or_else(|e| panic!("{e}"));
    assert!(r.contains("## Requirements\n\n### Requirement 1: Tell\n\n#### Acceptance Criteria\n\n1. THE Stores SHALL d\n\n### Requirement 2: Block\n"), "{r}");
    assert!(r.ends_with("as requirement 2.1 says\n"), "{r}");
    assert!(
        d.contains("About (2.3)")
            && d.contains("Requirements 2.1, 2.3")
            && d.contains("Requirements 1.1**"),
        "{d}"
    );
    assert!(
        t.contains("2.1-2.3") && t.contains("_Requirements: 2.3, 1_"),
        "{t}"
    );
    assert!(
        names.starts_with("Requirement 1>2, Requirement 2>1, Criterion 1.1>2.1"),
        "{names}"
    );
}

#[test]
fn a_criterion_moves_in_its_list() {
    let expected = with(
        [
            &[(
                "1. THE Rate_Limiter SHALL a\n   - note\n2. THE Store SHALL b\n3. THE rate limiter SHALL c, as requirement 1.1 says\n",
                "1. THE rate limiter SHALL c, as requirement 1.2 says\n2. THE Rate_Limiter SHALL a\n   - note\n3. THE Store SHALL b\n",
            )],
            &[
                ("(1.3)", "(1.1)"),
                ("Requirements 1.1, 1.3", "Requirements 1.2, 1.1"),
            ],
            &[("1.3, 2_", "1.1, 2_")],
        ],
        "Criterion 1.1>1.2, Criterion 1.2>1.3, Criterion 1.3>1.1",
    );
    for (document, needle, shift, new) in [
        (Document::Requirements, "3. THE", 0, "1.1"),
        (Document::Design, "(1.3)", 2, "1"),
        (Document::Tasks, "1.1-1.3", 5, "1.1"),
    ] {
        assert_eq!(renamed(document, needle, shift, new), expected, "{needle}");
    }
}

#[test]
fn properties_and_tasks() {
    let expected = with(
        [
            &[],
            &[("Property 1: P", "Property 4: P")],
            &[("**Property 1: P**", "**Property 4: P**")],
        ],
        "Property 1>4",
    );
    assert_eq!(renamed(Document::Design, "Property 1", 9, "4"), expected);
    assert_eq!(
        renamed(Document::Tasks, "Property 1", 9, "Property 4"),
        expected
    );
    let expected = with(
        [
            &[],
            &[],
            &[
                ("1. Parent", "3. Parent"),
                ("1.1 Count", "3.1 Count"),
                ("1.2 Rest", "3.2 Rest"),
                ("task 1.1", "task 3.1"),
                ("Depends: 1.1, 1.2", "Depends: 3.1, 3.2"),
                ("[[\"1.1\"],[\"1.2\"", "[[\"3.1\"],[\"3.2\""),
            ],
        ],
        "Task 1>3, Task 1.1>3.1, Task 1.2>3.2",
    );
    assert_eq!(renamed(Document::Tasks, "1. Parent", 0, "3"), expected);
    let [_, _, t, names] =
        renamed(Document::Tasks, "1.2 Rest", 0, "1.1").unwrap_or_else(|e| panic!("{e}"));
    assert!(t.starts_with("- [ ] 1. Parent\n  - [ ] 1.1 Rest\n    - _Requirements: 1.3, 2_\n  - [x] 1.2 Count\n    - _Requirements: 1.1-1.3_"), "{t}");
    assert!(
        t.contains("task 1.2\n  - _Depends: 1.2, 1.1_")
            && t.contains("[[\"1.2\"],[\"1.1\",\"2\"]]"),
        "{t}"
    );
    assert_eq!(names, "Task 1.1>1.2, Task 1.2>1.1");
    let [_, d, t, _] =
        renamed(Document::Design, "Property 2: Q", 9, "1").unwrap_or_else(|e| panic!("{e}"));
    assert!(d.contains("### Property 1: Q\n\ny\n\n**Validates: Requirements 2.1**\n\n### Property 2: P\n\nx, unlike Property 1\n"), "{d}");
    assert!(t.contains("**Property 2: P**"));
}

#[test]
fn terms_keep_their_forms() {
    let expected = with(
        [
            &[
                ("**Rate_Limiter**", "**Login_Guard**"),
                ("THE Rate_Limiter", "THE Login_Guard"),
                ("THE rate limiter", "THE login guard"),
            ],
            &[("the Rate Limiters", "the Login Guards")],
            &[],
        ],
        "Term Rate_Limiter>Login_Guard",
    );
    for (document, needle, shift, new) in [
        (Document::Requirements, "Rate_Limiter**", 3, "Login_Guard"),
        (Document::Design, "Rate Limiters", 3, "Login Guards"),
        (Document::Requirements, "rate limiter", 3, "login guard"),
    ] {
        assert_eq!(renamed(document, needle, shift, new), expected, "{needle}");
    }
    let [r, ..] =
        renamed(Document::Requirements, "Store**", 1, "Keeper").unwrap_or_else(|e| panic!("{e}"));
    assert!(
        r.contains("**Keeper**")
            && r.contains("THE Keeper SHALL b")
            && r.contains("THE Keepers SHALL d"),
        "{r}"
    );
}

#[test]
fn what_can_not_be_is_said() {
    use Document::{Requirements, Tasks};
    for (document, needle, shift, new, expected) in [
        (
            Requirements,
            "2. THE Store",
            0,
            "1.7",
            "The list has no place 1.7: choose a number from 1.1 to 1.3.",
        ),
        (
            Requirements,
            "2. THE Store",
            0,
            "2.1",
            "`2.1` would be elsewhere: choose a number from 1.1 to 1.3, or cut the criterion and paste it into the other list.",
        ),
        (
            Requirements,
            "2. THE Store",
            0,
            "one",
            "`one` is no number of a criterion: write one such as `1.2`.",
        ),
        (
            Tasks,
            "1.2 Rest",
            0,
            "2.2",
            "`2.2` would be elsewhere: task 1.2 belongs to task 1; cut its lines and paste them there.",
        ),
        (
            Requirements,
            "Store**",
            0,
            "rate_limiter",
            "There already is a term `Rate_Limiter`: choose a free name.",
        ),
        (
            Requirements,
            "Store**",
            0,
            "a: b",
            "`a: b` can't be a term: write words without `*`, colons and line breaks.",
        ),
        (
            Requirements,
            "## Glossary",
            4,
            "x",
            "There is nothing to rename here: put the cursor on a number or on a glossary term.",
        ),
    ] {
        assert_eq!(
            renamed(document, needle, shift, new),
            Err(expected.to_owned()),
            "{needle} {new}"
        );
    }
}

#[test]
fn the_second_of_two_with_one_number_goes_alone() {
    let requirements =
        "### Requirement 1: A\n\n1. THE X SHALL a\n\n### Requirement $01: B\n\n1. THE X SHALL b\n";
    let (spec, document, offset) = with_cursor(&[
        (Document::Requirements, requirements),
        (Document::Tasks, "- [ ] 1. T\n  - _Requirements: 1.1, 1_\n"),
    ]);
    let found = rename(&spec, document, offset, "2").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(found.edits.len(), 1);
    assert_eq!(found.edits[0].1.len(), 1);
}

#[test]
fn localised_documents() {
    let requirements = "## 用語集\n\n- **限流器**: 数える\n\n### 要件 $01: 統一\n\n#### 受け入れ基準\n\n1. 限流器は数えること\n";
    let (spec, document, offset) = with_cursor(&[
        (Document::Requirements, requirements),
        (
            Document::Tasks,
            "- [ ] 1. 作る\n  - _要件: 1.1_\n- [ ] 2. タスク1を見る\n",
        ),
    ]);
    let found = rename(&spec, document, offset, "要件 3").unwrap_or_else(|e| panic!("{e}"));
    let tasks = &found.edits[1].1;
    assert_eq!(tasks[0].insert, "3.1");
    let at = spec
        .source(document)
        .map_or(0, |s| s.text().find("限流器は").unwrap_or(0));
    let found = rename(&spec, document, at, "制限器").unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(found.edits[0].1.len(), 2);
}
