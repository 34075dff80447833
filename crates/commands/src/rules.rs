//! Every rule of every crate, and the user's list of them, generated from their doc comments.

use rutter_text::rule::{self, About};

/// What the user reads about each rule, by code.
pub fn all() -> Vec<About> {
    let mut all: Vec<About> = rutter_spec::rules::about()
        .chain(rutter_hooks::rules::about())
        .chain(rutter_steering::rules::about())
        .chain(rutter_tools::rules::about())
        .chain(rutter_spec::foreign::rules::about())
        .chain([crate::trace::unknown::ABOUT])
        .collect();
    all.sort_by_key(|about| about.code);
    all
}

/// The code of each rule.
pub fn codes() -> Vec<&'static str> {
    all().iter().map(|about| about.code).collect()
}

/// The reference of all rules, in Markdown.
pub fn reference() -> String {
    rule::reference(&all())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[allow(clippy::disallowed_methods)]
    fn the_users_list_is_up_to_date() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../cli/docs/rules.md");
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            std::fs::create_dir_all(concat!(env!("CARGO_MANIFEST_DIR"), "/../cli/docs")).unwrap();
            std::fs::write(path, reference()).unwrap();
        }
        let written = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            written.replace("\r\n", "\n") == reference(),
            "the reference is old: run the tests of this crate once with UPDATE_EXPECT=1"
        );
    }

    #[test]
    fn every_rule_is_named_once_and_explained() {
        let all = all();
        for pair in all.windows(2) {
            assert_ne!(pair[0].code, pair[1].code);
        }
        for rule in all {
            let (area, name) = rule.code.split_once('/').unwrap();
            assert!(
                [area, name].iter().all(|w| !w.is_empty()
                    && w.chars().all(|c| c.is_ascii_lowercase() || c == '-')),
                "{}",
                rule.code
            );
            let blocks: Vec<_> = rule.docs.split("\n\n").collect();
            assert!(blocks.len() >= 3, "{}: what, why, example", rule.code);
            assert!(rule.docs.contains("```"), "{}: an example", rule.code);
            assert!(blocks[0].ends_with('.'), "{}", rule.code);
        }
    }
}
