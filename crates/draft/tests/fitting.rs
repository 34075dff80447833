//! What the catalogue adds fits the prompt and the project: a near class adds nothing of its own.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{LEDGER, SHOP, ground, whole};
use rutter_spec::{Document, Workflow};

/// The criteria and one-line concerns of a draft.
fn sentences(prompt: &str, files: &[(&str, &str)]) -> Vec<String> {
    let (draft, _) = whole(prompt, Workflow::RequirementsFirst, &ground(files, &[]));
    let (_, text) = draft
        .documents
        .iter()
        .find(|(document, _)| *document == Document::Requirements)
        .unwrap();
    text.lines()
        .filter(|line| line.contains("SHALL"))
        .map(str::to_owned)
        .collect()
}

fn has(sentences: &[String], words: &str) -> bool {
    sentences
        .iter()
        .any(|line| line.to_lowercase().contains(words))
}

#[test]
fn a_part_of_a_class_brings_only_that_part() {
    for (prompt, foreign) in [
        (
            "Let customers cancel an order until it has been packed.",
            &["cart", "discount", "last product"][..],
        ),
        (
            "Add a wish list, at most 50 products for each customer",
            &["cart", "last product", "cancel"],
        ),
        (
            "The coupon prompt at checkout should reject expired coupons and say why.",
            &["bank", "declined", "cart", "charge"],
        ),
        (
            "Load 24 products at a time with infinite scroll.",
            &["filter", "sort field"],
        ),
        (
            "When the stock of a product falls under 5, mail the purchaser once.",
            &["switched off", "cart", "list-unsubscribe"],
        ),
        (
            "Managers get a weekly report of refunds by mail.",
            &["dashboard", "chart", "returns the share"],
        ),
    ] {
        let said = sentences(prompt, SHOP);
        for word in foreign {
            assert!(!has(&said, word), "{prompt}: {word}: {said:#?}");
        }
        assert!(said.len() <= 5, "{prompt}: {said:#?}");
    }
}

#[test]
fn a_class_that_is_named_comes_with_its_core() {
    let said = sentences("Add a login page", SHOP);
    for core in [
        "in a row",
        "renewal token",
        "another device",
        "screen readers",
        "anti-forgery",
        "link that works once",
    ] {
        assert!(has(&said, core), "{core}: {said:#?}");
    }
    let said = sentences("Add a shopping cart", SHOP);
    assert!(has(&said, "same time") && has(&said, "twice"), "{said:#?}");
}

#[test]
fn a_terminal_has_no_pages_no_mail_and_no_sessions() {
    let said = sentences(
        "Add an `export` subcommand that writes all entries as CSV or JSON to stdout or a file.",
        LEDGER,
    );
    for word in ["page", "link", "background", "may not see", "e-mail"] {
        assert!(!has(&said, word), "{word}: {said:#?}");
    }
    assert!(has(&said, "fails midway"), "{said:#?}");
}

#[test]
fn what_the_prompt_settles_is_not_said_again() {
    let said = sentences(
        "Import products from a CSV file. Skip duplicates by article number, at most 5000 rows.",
        SHOP,
    );
    assert!(!has(&said, "already there"), "{said:#?}");
    assert!(
        has(&said, "5000 rows") || has(&said, "5,000 rows"),
        "{said:#?}"
    );
    let said = sentences("Add comments to orders, only managers may write them", SHOP);
    assert!(!has(&said, "accept comments from"), "{said:#?}");
}

#[test]
fn a_rich_prompt_gets_little_more_than_it_says() {
    let prompt = "Maintenance planner: every truck has service intervals. The planner lists due services. Mechanics \
                  tick off work. Parts that are used are taken from the stock. A truck in service cannot be assigned \
                  to a tour. Managers can export the plan as PDF. Managers get a weekly summary by mail.";
    let said = sentences(prompt, SHOP);
    let concerns = said.iter().filter(|line| line.starts_with("- _")).count();
    assert!(concerns <= 5, "{said:#?}");
    assert!(said.len() - concerns <= 12, "{said:#?}");
}
