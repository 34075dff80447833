//! Made-up specs with one planted fault each: it is found, at its place, and nothing else is said. So with CRLF, behind an
//! emoji, silenced at the line, and with another level.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use rutter_spec::rules::{self, Context, Level, Levels, silence};
use rutter_spec::{Document, Reading, Spec};
use rutter_text::{Finding, Severity, Source, edit};

type Files = Vec<(Document, String)>;

/// A spec, and the code and the text of what is wrong with it; nothing where it has no fault.
struct Planted {
    name: String,
    fault: Option<(String, String)>,
    files: Files,
}

fn planted() -> Vec<Planted> {
    let all = concat!(
        include_str!("planted/english.txt"),
        include_str!("planted/others.txt")
    );
    all.split("@@@ ")
        .skip(1)
        .map(|part| {
            let (head, rest) = part.split_once("--- ").unwrap();
            let name = head.lines().next().unwrap().to_owned();
            let fault = head.lines().find_map(|l| {
                let (code, at) = l.strip_prefix(">>> ")?.split_once(" | ")?;
                Some((code.to_owned(), at.to_owned()))
            });
            let files = rest.split("\n--- ").map(|file| {
                let (name, text) = file.split_once('\n').unwrap();
                let text = format!("{}\n", text.trim_end());
                (Document::of_file_name(name).unwrap(), text)
            });
            Planted {
                name,
                fault,
                files: files.collect(),
            }
        })
        .collect()
}

fn found(files: &Files, levels: &Levels) -> Vec<(Document, Finding)> {
    let mut spec = Spec::default();
    for (document, text) in files {
        spec.set(
            *document,
            Some(Reading::new(*document, Source::new(text.as_str()))),
        );
    }
    rules::check(&Context::new(&spec), levels)
        .into_iter()
        .flat_map(|(file, findings)| {
            let document = Document::of_file_name(file).unwrap();
            findings.into_iter().map(move |f| (document, f))
        })
        .collect()
}

/// The findings as `code | text at the place`.
fn shown(files: &Files, levels: &Levels) -> Vec<String> {
    found(files, levels)
        .iter()
        .map(|(document, finding)| {
            let (_, text) = files.iter().find(|(d, _)| d == document).unwrap();
            format!("{} | {}", finding.code, &text[finding.range.clone()])
        })
        .collect()
}

fn changed(files: &Files, change: impl Fn(&str) -> String) -> Files {
    files.iter().map(|(d, text)| (*d, change(text))).collect()
}

#[test]
fn each_planted_fault_is_found_and_nothing_else() {
    let mut wrong = Vec::new();
    for Planted { name, fault, files } in planted() {
        let expected: Vec<String> = fault.iter().map(|(c, at)| format!("{c} | {at}")).collect();
        let levels = Levels::default();
        for (how, files) in [
            ("as it is", files.clone()),
            ("with CRLF", changed(&files, |t| t.replace('\n', "\r\n"))),
            ("behind an emoji", changed(&files, |t| format!("🚀\n\n{t}"))),
        ] {
            let found = shown(&files, &levels);
            if found != expected {
                wrong.push(format!("{name}, {how}: {found:?}, not {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_can_be_silenced_at_its_line_and_given_a_level() {
    for Planted { name, fault, files } in planted() {
        let Some((code, _)) = fault else { continue };
        let levels = Levels::default();
        let (document, finding) = found(&files, &levels).remove(0);
        let quiet = files
            .iter()
            .map(|(d, text)| {
                let silent = |t: &str| edit::apply(t, &[silence(t, &finding)]);
                (
                    *d,
                    if *d == document {
                        silent(text)
                    } else {
                        text.clone()
                    },
                )
            })
            .collect();
        assert_eq!(shown(&quiet, &levels), [""; 0], "{name}");
        let rule = rules::rules().iter().find(|r| r.code == code).unwrap();
        let (levels, wrong) =
            rules::read_levels(&format!("[rules]\n\"{code}\" = \"error\"\n"), &[rule.code]);
        assert!(wrong.is_empty());
        assert_eq!(
            found(&files, &levels)[0].1.severity,
            Severity::Error,
            "{name}"
        );
        let mut off = Levels::default();
        off.set(rule.code, Level::Off);
        assert_eq!(shown(&files, &off), [""; 0], "{name}");
    }
}

#[test]
fn tasks_without_reference_are_found_where_a_team_asks() {
    let files = vec![(
        Document::Tasks,
        "# Plan\n\n- [ ] 1. Table\n  - _Requirements: 1.1_\n- [ ] 2. Page\n- [ ] 3. Checkpoint - all tests pass\n"
            .to_owned(),
    )];
    let rule = rules::rules()
        .iter()
        .find(|r| r.code == "task/no-reference")
        .unwrap();
    let text = "[rules]\n\"task/no-reference\" = \"warning\"\n";
    let (levels, _) = rules::read_levels(text, &[rule.code]);
    assert_eq!(shown(&files, &levels), ["task/no-reference | Page"]);
    assert_eq!(shown(&files, &Levels::default()), [""; 0]);
}
