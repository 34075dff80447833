//! Which steering applies, on the shapes of real projects.

use proptest::prelude::*;
use rutter_steering::rules::{Context, check};
use rutter_steering::{Steering, effective, features, left_out};
use rutter_text::rule::Levels;

fn files(texts: &[(&str, &str)]) -> Vec<Steering> {
    texts.iter().map(|(p, t)| Steering::parse(p, t)).collect()
}

#[test]
fn every_tools_files_apply_by_their_own_rules() {
    let files = files(&[
        (".kiro/steering/product.md", "Sells shoes.\n"),
        (
            ".kiro/steering/api.md",
            "---\ninclusion: fileMatch\nfileMatchPattern: [\"src/api/**/*.rs\", \"**/*.proto\"]\n---\nA\n",
        ),
        (
            ".kiro/steering/deploy.md",
            "---\ninclusion: manual\n---\nD\n",
        ),
        (
            ".kiro/steering/tests.md",
            "---\ninclusion: auto\nname: testing\ndescription: When tests fail\n---\nT\n",
        ),
        (
            ".cursor/rules/rs.mdc",
            "---\ndescription: Rust\nglobs: *.rs, *.toml\nalwaysApply: false\n---\nC\n",
        ),
        (
            ".github/instructions/py.instructions.md",
            "---\napplyTo: \"**/*.py\"\n---\nP\n",
        ),
        (
            ".windsurf/rules/all.md",
            "---\ntrigger: always_on\n---\nW\n",
        ),
        (
            ".kiro/skills/notes/SKILL.md",
            "---\nname: notes\ndescription: Notes\n---\nN\n",
        ),
        (
            "~/.kiro/steering/go.md",
            "---\ninclusion: fileMatch\nfileMatchPattern: \"**/*.rs\"\n---\nG\n",
        ),
        ("~/.kiro/steering.md", "Be brief.\n"),
        ("AGENTS.md", "All.\n"),
        ("src/AGENTS.md", "Src.\n"),
    ]);
    let rows: Vec<String> = effective(&files, "src/api/v1/a.rs")
        .into_iter()
        .map(|a| format!("{} {} {}: {}", a.scope, a.inclusion, a.path, a.why))
        .collect();
    assert_eq!(
        rows,
        [
            "folder always src/AGENTS.md: It is always included, for all of src/.",
            "project fileMatch .kiro/steering/api.md: Its pattern `src/api/**/*.rs` matches src/api/v1/a.rs.",
            "project fileMatch .cursor/rules/rs.mdc: Its pattern `*.rs` matches src/api/v1/a.rs.",
            "project always .kiro/steering/product.md: It is always included, for the whole project.",
            "project always AGENTS.md: It is always included, for the whole project.",
            "project always .windsurf/rules/all.md: It is always included, for the whole project.",
            "global fileMatch ~/.kiro/steering/go.md: Its pattern `**/*.rs` matches src/api/v1/a.rs.",
            "global always ~/.kiro/steering.md: It is always included, for every project of yours.",
        ]
    );
    let out: Vec<String> = left_out(&files, "src/api/v1/a.rs")
        .into_iter()
        .map(|l| format!("{}: {}", l.path, l.why))
        .collect();
    assert_eq!(
        out,
        [
            ".kiro/steering/deploy.md: It is included only when someone names it with `#deploy`.",
            ".kiro/steering/tests.md: It is included when its description fits the work, which the model decides.",
            ".github/instructions/py.instructions.md: Its pattern `**/*.py` does not match src/api/v1/a.rs.",
            ".kiro/skills/notes/SKILL.md: A skill is used when its description fits the work.",
        ]
    );
}

#[test]
fn a_folder_speaks_for_itself_and_against_its_own_root() {
    let pattern = "---\ninclusion: fileMatch\nfileMatchPattern: src/**\n---\nA\n";
    let files = files(&[
        ("web/.kiro/steering/a.md", pattern),
        ("web/app/AGENTS.md", "B\n"),
        ("web/AGENTS.md", "C\n"),
    ]);
    let paths = |file: &str| -> Vec<String> {
        effective(&files, file)
            .into_iter()
            .map(|a| a.path)
            .collect()
    };
    assert_eq!(
        paths("web/app/x.ts"),
        ["web/app/AGENTS.md", "web/AGENTS.md"]
    );
    assert_eq!(
        paths("web/src/x.ts"),
        ["web/.kiro/steering/a.md", "web/AGENTS.md"]
    );
    assert_eq!(paths("src/x.ts"), [""; 0]);
    assert_eq!(paths("website/src/x.ts"), [""; 0]);
    assert_eq!(
        left_out(&files, "src/x.ts")[0].why,
        "It speaks for web/ only."
    );
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(parts in prop::collection::vec(prop_oneof![
        "\\PC{0,10}", Just("---\n".to_owned()), Just("inclusion: ".to_owned()), Just("fileMatch\n".to_owned()),
        Just("fileMatchPattern: [".to_owned()), Just("  - *.ts\n".to_owned()), Just("#[[file:".to_owned()),
        Just("]]".to_owned()), Just("\r\n".to_owned()), Just("é🚀".to_owned()), Just("\u{feff}".to_owned()),
        Just("# A\n".to_owned()), Just("- \"".to_owned()), Just("a: |\n".to_owned()),
    ], 0..16), at in 0usize..200) {
        let text = parts.concat();
        let all = [Steering::parse(".kiro/steering/a.md", &text), Steering::parse(".cursor/rules/b.mdc", &text)];
        let project = ["src/a.ts".to_owned()];
        let exists = |_: &str| false;
        let context = Context { files: &all, project: Some(&project), exists: Some(&exists), said: None };
        for file in &all {
            for finding in check(file, &context, &Levels::default()) {
                prop_assert!(text.get(finding.range).is_some());
            }
            for item in features::complete(&file.path, &text, at, &project) {
                prop_assert!(text.get(item.range).is_some());
            }
            if let Some(hover) = features::hover(file, at, Some(&project), &exists) {
                prop_assert!(text.get(hover.range).is_some());
            }
            prop_assert!(text.get(features::lens(file, None).range).is_some());
            features::symbols(file);
        }
        effective(&all, "src/a.ts");
    }
}
