//! What a prompt means is never turned round: facts are no wishes, limits stay, conditions stand in their slot.
#![allow(clippy::unwrap_used, missing_docs)]

mod common;

use common::{SHOP, draft, ground};
use rutter_spec::{Document, Workflow};

/// The criteria of a prompt, and the whole document.
fn drafted(prompt: &str) -> (Vec<String>, String) {
    let made = draft(prompt, Workflow::RequirementsFirst, &ground(SHOP, &[]));
    let text = made
        .documents
        .iter()
        .find(|(document, _)| *document == Document::Requirements)
        .map(|(_, text)| text.clone())
        .unwrap();
    let criteria = text
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_digit()))
        .map(|line| {
            line.split_once(". ")
                .unwrap()
                .1
                .replace("Corner_Shop", "App")
        })
        .collect();
    (criteria, text)
}

#[track_caller]
fn says(prompt: &str, criterion: &str) {
    let (criteria, text) = drafted(prompt);
    assert!(
        criteria.iter().any(|line| line.contains(criterion)),
        "{criterion:?} is missing:\n{text}"
    );
}

/// The criterion is there, or the last sentence of the prompt stands whole and as it was written: never half of it.
#[track_caller]
fn says_or_quotes(prompt: &str, criterion: &str) {
    let (criteria, text) = drafted(prompt);
    let last = prompt.trim_end_matches('.');
    let last = last.rsplit(". ").next().unwrap_or(last);
    let quoted = format!("SHALL meet this part of the request: \"{last}\"");
    assert!(
        criteria
            .iter()
            .any(|line| line.contains(criterion) || line.contains(&quoted)),
        "{criterion:?} is missing:\n{text}"
    );
}

#[track_caller]
fn never_says(prompt: &str, words: &str) {
    let (criteria, text) = drafted(prompt);
    assert!(
        !criteria.iter().any(|line| line.contains(words)),
        "{words:?} must be no criterion:\n{text}"
    );
}

#[test]
fn what_is_told_is_no_requirement() {
    for (prompt, fact) in [
        (
            "Typo: the message says 'Your cart is emtpy', should be 'Your cart is empty'.",
            "ensure that",
        ),
        (
            "Customers keep calling because nobody finds anything any more. Add a sort button to the orders page.",
            "call",
        ),
        (
            "Clerks are not happy with the orders page. Sort it by date.",
            "happy",
        ),
        (
            "Our checkout has three steps. Users get lost between them and drop off. Merge shipping and payment into one page.",
            "drop off",
        ),
        ("I moved from another shop. Add a page for wishes.", "moved"),
    ] {
        never_says(prompt, fact);
    }
    says(
        "The message says 'Your cart is emtpy', should be 'Your cart is empty'.",
        "SHALL write 'Your cart is empty' in place of 'Your cart is emtpy'",
    );
    says(
        "Right now anybody can open /orders. Only clerks should be able to open it.",
        "SHALL let only clerks open /orders",
    );
}

#[test]
fn the_parts_of_a_report_keep_their_sense() {
    let prompt = "Bug: receipts are sent twice. Steps to reproduce: 1. Place an order. 2. Reload the page. Expected: one receipt. Actual: the customer gets two receipts.";
    never_says(prompt, "two receipts");
    never_says(prompt, "SHALL place an order");
    says(
        prompt,
        "WHEN somebody follows these steps: \"Place an order; Reload the page\", THE App SHALL give this result: \"one receipt\"",
    );
}

#[test]
fn limits_and_exceptions_stay_with_their_wish() {
    for (prompt, criterion) in [
        (
            "Everything except the checkout should be readable without an account.",
            "everything except the checkout is readable without an account",
        ),
        (
            "As a shop owner I want to give discounts only for returning customers, but not on sale items.",
            "only for returning customers, but not on sale items",
        ),
        (
            "Orders can't be changed after payment, except by a clerk.",
            ", except by a clerk",
        ),
        (
            "Prices are shown without VAT to firms and with VAT to everybody else.",
            "show prices without VAT to firms and with VAT to everybody else",
        ),
        (
            "Sync products from the ERP into the shop every hour, never the other way round.",
            "from the ERP into the shop every hour, never the other way round",
        ),
        (
            "Nobody, not even admins, may delete those entries.",
            "SHALL NOT let anybody delete those entries, not even admins",
        ),
    ] {
        says_or_quotes(prompt, criterion);
    }
}

#[test]
fn conditions_stand_in_their_slot() {
    for (prompt, criterion) in [
        (
            "Before deleting a wish ask for confirmation.",
            "SHALL ask for confirmation before deleting a wish",
        ),
        (
            "Until a customer has accepted the terms they must not be able to place an order.",
            "WHILE a customer has not accepted the terms, THE App SHALL NOT let them place an order",
        ),
        (
            "If the folder isn't writable, alert ops.",
            "IF the folder is not writable, THEN THE App SHALL alert ops",
        ),
        (
            "Every time a cart is emptied the customer gets an e-mail, unless they opted out.",
            "WHEN a cart is emptied, THE App SHALL send the customer an e-mail, unless they opted out",
        ),
        (
            "It's annoying that the shop crashes when the cart is empty. It should print 'No items'.",
            "WHEN the cart is empty, THE App SHALL print 'No items'",
        ),
        (
            "The search is slow: `find` takes 8 seconds. It must be below 500 ms.",
            "below 500 ms",
        ),
    ] {
        says_or_quotes(prompt, criterion);
    }
}

#[test]
fn what_a_prompt_names_stands_somewhere() {
    for (prompt, names) in [
        (
            "We receive orders on topic shop/orders. Store them for 15 days.",
            &["shop/orders", "15 days"][..],
        ),
        (
            "It takes 12 minutes to open /carts on a phone. Add a hint to the page.",
            &["/carts", "12 minutes"],
        ),
    ] {
        let (_, text) = drafted(prompt);
        let behind = text.split("## Requirements").nth(1).unwrap();
        for name in names {
            assert!(behind.contains(name), "{name} is missing:\n{text}");
        }
    }
}
