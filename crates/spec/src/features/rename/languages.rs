//! Renames in specs that were written in other languages.

use rutter_text::edit;

use super::super::testing::with_cursor;
use super::*;

/// Requirements with the cursor `$0`, the new name, and what the three documents become.
fn check(new: &str, before: [&str; 3], after: [&str; 3]) {
    for ending in ["\n", "\r\n"] {
        let texts = before.map(|t| t.replace('\n', ending));
        let documents = [Document::Requirements, Document::Design, Document::Tasks];
        let files: Vec<(Document, &str)> = documents
            .into_iter()
            .zip(texts.iter().map(String::as_str))
            .collect();
        let (spec, document, offset) = with_cursor(&files);
        let renamed = rename(&spec, document, offset, new).expect("a rename");
        for (document, after) in documents.into_iter().zip(after) {
            let source = spec.source(document).expect("a text");
            let edits = renamed.edits.iter().find(|(own, _)| *own == document);
            let edits = edits.map_or(&[][..], |(_, e)| e);
            let text = edit::apply(source.text(), edits).replace(ending, "\n");
            assert_eq!(text, after);
        }
    }
}

#[test]
fn german_terms_and_numbers() {
    let requirements = "# Anforderungen\n\n## Glossar\n\n- **Prüfdienst**: prüft Kennwörter 🚀\n\n### Anforderung 1: Sperren\n\n#### Akzeptanzkriterien\n\n1. WENN fünf Versuche scheitern, DANN MUSS der Prüfdienst sperren\n2. DER Prüfdienst MUSS melden\n";
    let design = "Der Prüfdienst (Anforderung 1.2) läuft allein.\n";
    let tasks = "- [ ] 1. Prüfdienst bauen\n  - _Anforderungen: 1.1, 1.2_\n";
    let cursor = requirements.replacen("**Prüf", "**$0Prüf", 1);
    check(
        "Wächter",
        [&cursor, design, tasks],
        [
            &requirements.replace("Prüfdienst", "Wächter"),
            &design.replace("Prüfdienst", "Wächter"),
            &tasks.replace("Prüfdienst", "Wächter"),
        ],
    );
    let cursor = requirements.replacen("2. DER", "$02. DER", 1);
    check(
        "1.1",
        [&cursor, design, tasks],
        [
            &requirements
                .replace("1. WENN fünf Versuche scheitern, DANN MUSS der Prüfdienst sperren\n2. DER Prüfdienst MUSS melden", "1. DER Prüfdienst MUSS melden\n2. WENN fünf Versuche scheitern, DANN MUSS der Prüfdienst sperren"),
            &design.replace("1.2", "1.1"),
            // It cites both before and after.
            tasks,
        ],
    );
}

#[test]
fn chinese_and_japanese_numbers() {
    for (title, criteria, says, cites) in [
        (
            "需求 1：登录",
            "验收标准",
            "当密码错误时，系统应当拒绝",
            "需求",
        ),
        (
            "要件 1: ログイン",
            "受け入れ基準",
            "パスワードが誤っている場合、システムは拒否しなければならない",
            "要件",
        ),
    ] {
        let requirements = |label: &str| {
            let title = title.replacen('1', label, 1);
            format!("# R\n\n### {title}\n\n#### {criteria}\n\n1. {says}\n")
        };
        let tasks = |label: &str| format!("- [ ] 1. 🚀 {says}\n  - _{cites}: {label}.1_\n");
        let cursor = requirements("1").replacen("### ", "### $0", 1);
        check(
            "4",
            [&cursor, "# D\n", &tasks("1")],
            [&requirements("4"), "# D\n", &tasks("4")],
        );
    }
}
