//! Short prompts in six languages and the classes they speak of.

use rutter_catalogue::Catalogue;

fn is_right(found: &[&str], expected: &[&str]) -> bool {
    match expected {
        [] => found.is_empty(),
        [one] => found.first() == Some(one),
        both => both
            .iter()
            .all(|class| found.iter().take(both.len()).any(|id| id == class)),
    }
}

fn prompts() -> Vec<(&'static str, Vec<&'static str>)> {
    include_str!("prompts.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let (prompt, classes) = line
                .rsplit_once(" | ")
                .unwrap_or_else(|| panic!("no classes in `{line}`"));
            (
                prompt,
                if classes == "-" {
                    Vec::new()
                } else {
                    classes.split(", ").collect()
                },
            )
        })
        .collect()
}

/// The prompts that are judged wrongly, with what was found.
fn wrong(catalogue: &Catalogue, of_a_class: bool) -> (usize, Vec<String>) {
    let prompts: Vec<_> = prompts()
        .into_iter()
        .filter(|(_, expected)| expected.is_empty() != of_a_class)
        .collect();
    let wrong = prompts.iter().filter_map(|(prompt, expected)| {
        let found = catalogue.classify(prompt);
        let ids: Vec<&str> = found.iter().map(|found| found.class.id.as_str()).collect();
        let why: Vec<String> = found
            .iter()
            .map(|found| format!("{} {} {:?}", found.class.id, found.score, found.why))
            .collect();
        (!is_right(&ids, expected))
            .then(|| format!("{prompt}\n  wanted {expected:?}, found {why:?}"))
    });
    (prompts.len(), wrong.collect())
}

#[test]
fn prompts_find_their_classes() {
    let (count, wrong) = wrong(&Catalogue::builtin(), true);
    assert!(count > 250, "{count} prompts");
    assert!(
        wrong.len() * 100 <= count * 3,
        "{} of {count} wrong:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

#[test]
fn a_prompt_of_no_class_gets_none() {
    let (count, wrong) = wrong(&Catalogue::builtin(), false);
    assert!(count > 50, "{count} prompts");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_only_mentioned_makes_no_class() {
    let catalogue = Catalogue::builtin();
    for (prompt, class) in [
        ("Draw the fleet's routes as an animated heat map", "sign-in"),
        ("Add rate limiting to the login endpoint", "sign-in"),
        ("Add login without two-factor codes", "two-factor"),
        ("Export bookings as CSV", "booking"),
        ("When a payment fails, notify the customer", "payments"),
        ("Rename the upload button", "upload"),
    ] {
        let found = catalogue.classify(prompt);
        assert!(
            found.iter().all(|found| found.class.id != class),
            "{prompt}: {class}"
        );
    }
}
