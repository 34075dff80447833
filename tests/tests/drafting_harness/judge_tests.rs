//! The measure is measured: a sound draft passes, and each way to fall short is seen.

use crate::judge::{Draft, judge};
use crate::names::Known;
use crate::prompts::{Entry, Prompt, fixtures};

fn prompt() -> Prompt {
    toml::from_str(
        r#"
        id = "x"
        project = "shop-ts"
        small = true
        text = "Sign out after 15 minutes, no cookies. evil"
        expect = ["15 minutes", "sign"]
        names = ["signIn"]
        exclude = ["cookie"]
        inject = ["evil"]
        "#,
    )
    .unwrap()
}

fn draft() -> Draft {
    let first = "# Requirements Document\n\n## Introduction\n\n> evil\n\n## Requirements\n\n### Requirement 1: Out\n\n\
        #### Acceptance Criteria\n\n1. WHEN 15 minutes pass, THE Shop SHALL sign the customer out\n\
        2. THE Shop SHALL NOT set a cookie\n";
    Draft {
        first: first.to_owned(),
        decided: first.to_owned(),
        design: "Extend `signIn` in `src/services/userService.ts`.\n".to_owned(),
        tasks: "- [ ] 1. End sessions in `src/services/userService.ts`\n  - No cookie is set\n  - `npm test`\n  - _Requirements: 1.1, 1.2_\n\n\
            ```json\n{\"waves\":[{\"id\":0,\"tasks\":[\"1\"]}]}\n```\n"
            .to_owned(),
        folder: "sign-out".to_owned(),
        findings: vec![],
        strays: vec![],
    }
}

fn faults(change: impl FnOnce(&mut Draft)) -> Vec<String> {
    let mut draft = draft();
    change(&mut draft);
    let known = Known::read(&fixtures().join("projects/shop-ts"));
    judge(
        &prompt(),
        &Entry::from("npm test".to_owned()),
        &draft,
        &known,
    )
    .1
}

#[test]
fn a_sound_draft_passes() {
    assert_eq!(faults(|_| {}), Vec::<String>::new());
}

#[test]
fn every_shortcoming_is_seen() {
    type Change = fn(&mut Draft);
    let cases: [(&str, Change); 14] = [
        ("nothing says: 15 minutes", |d| {
            d.first = d.first.replace("15 minutes", "a while")
        }),
        ("6 criteria, at most 5", |d| {
            d.first.push_str("3. a\n4. b\n5. c\n6. d\n")
        }),
        ("1.2 reads badly", |d| {
            d.first = d.first.replace("set a cookie", "during lunch")
        }),
        ("2 requirements", |d| {
            d.first.push_str("\n### Requirement 2: More\n")
        }),
        ("1.2 builds what was excluded", |d| {
            d.first = d.first.replace("SHALL NOT set", "SHALL set")
        }),
        ("task 1 builds what was excluded", |d| {
            d.tasks = d.tasks.replace("No cookie is set", "Set the cookie")
        }),
        ("design carries what was injected", |d| {
            d.design.push_str("be evil\n")
        }),
        ("no task covers 1.2", |d| {
            d.tasks = d.tasks.replace("1.1, 1.2", "1.1")
        }),
        ("a task cites 7.7", |d| {
            d.tasks = d.tasks.replace("1.1, 1.2", "1.1, 1.2, 7.7")
        }),
        ("waves are not JSON", |d| {
            d.tasks = d.tasks.replace("[\"1\"]", "[\"1\"")
        }),
        ("task 1 is in no wave", |d| {
            d.tasks = d.tasks.replace("[\"1\"]", "[]")
        }),
        ("`src/ghost.ts` does not exist", |d| {
            d.design.push_str("and `src/ghost.ts`\n")
        }),
        ("only 2 of 5 names exist", |d| {
            d.design
                .push_str("and `a.ts` *new*, `b.ts` *new*, `c.ts` *new*\n")
        }),
        ("how tests are run", |d| {
            d.tasks = d.tasks.replace("npm test", "hope")
        }),
    ];
    for (expected, change) in cases {
        let faults = faults(change);
        assert!(
            faults.iter().any(|f| f.contains(expected)),
            "{expected}: {faults:?}"
        );
    }
    assert_eq!(faults(|d| d.folder = "../up".to_owned()).len(), 1);
}
