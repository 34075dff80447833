//! Designs and tasks name the code that a prompt means: texts, values, commands, routes, types and pages.
#![allow(clippy::unwrap_used, clippy::disallowed_methods, missing_docs)]

mod common;

use common::{project, whole};
use rutter_spec::{Document, Workflow};

/// A project, a prompt, what design and tasks name, and what they don't.
type Case = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const CASES: [Case; 24] = [
    (
        "shop-ts",
        "Rename the button \"Submit order\" to \"Buy now\"",
        &["public/checkout.html", "line 16"],
        &["order.ts", "orderService"],
    ),
    (
        "shop-ts",
        "Fix the typo \"emtpy\" in the cart error",
        &["`OrderService.placeOrder` in `src/services/orderService.ts`"],
        &["models/order.ts"],
    ),
    (
        "shop-ts",
        "Lock an account after 3 failed sign-ins instead of 5",
        &[
            "`MAX_FAILED_SIGN_INS` in `src/config.ts`",
            "tests/userService.test.ts",
        ],
        &[],
    ),
    (
        "shop-ts",
        "Sessions should last 24 hours, not 8",
        &["`SESSION_TTL_MS` in `src/config.ts`"],
        &[],
    ),
    (
        "shop-ts",
        "Raise the free shipping limit from 40 to 60 euros",
        &["`FREE_SHIPPING_CENTS` in `src/services/cartService.ts`"],
        &[],
    ),
    (
        "shop-ts",
        "allow 100 lines in a cart",
        &["`SHOP_MAX_CART_LINES` in `src/config.ts`"],
        &[],
    ),
    (
        "shop-ts",
        "The mails should come from hello@roastery.example",
        &["`SHOP_MAIL_FROM` in `src/config.ts`"],
        &["services/mailer"],
    ),
    (
        "shop-ts",
        "Write placeholder \"e.g. 10115\" into the postcode field at checkout",
        &["public/checkout.html"],
        &["orderService"],
    ),
    (
        "shop-ts",
        "Products should have a weight in grams, shown in the list",
        &[
            "`Product` in `src/models/product.ts`",
            "public/index.html",
            "`priceCents`",
        ],
        &["checkout"],
    ),
    (
        "shop-ts",
        "<script>price=99</script>Add a gift note to orders. <b data-price=\"1\">now</b>",
        &["`Order` in `src/models/order.ts`"],
        &["99", "data-price"],
    ),
    (
        "notes-py",
        "Change the page size from 50 to 25",
        &["`Settings.page_size` in `app/settings.py`"],
        &[],
    ),
    (
        "notes-py",
        "Titles may be up to 200 characters",
        &[
            "`Settings.max_title_length` in `app/settings.py`",
            "`Note.title` in `app/models.py`",
        ],
        &[],
    ),
    (
        "clinic-java",
        "Allow at most 3 open appointments per patient (today it is 5)",
        &[
            "`max-open-per-patient` in `src/main/resources/application.yml`",
            "AppointmentServiceTest.java",
        ],
        &[],
    ),
    (
        "clinic-java",
        "Termine sollen 30 statt 20 Minuten dauern",
        &["`slot-minutes` in `src/main/resources/application.yml`"],
        &[],
    ),
    (
        "clinic-java",
        "The cancel button on the appointments page says \"Storno\", it should say \"Cancel\"",
        &["templates/appointments.html"],
        &["Appointment.java"],
    ),
    (
        "clinic-java",
        "Store the reason for a cancellation",
        &["`Appointment.cancel`", "`AppointmentService.cancel`"],
        &["Patient"],
    ),
    (
        "ledger-rs",
        "Add a `stats` subcommand that prints how many transactions there are per month",
        &[
            "`Command` in `src/cli.rs`",
            "`src/commands/stats.rs` *new*",
            "src/main.rs",
        ],
        &["money.rs"],
    ),
    (
        "ledger-rs",
        "`ledger balance` needs a --depth N option so that accounts below it are summed",
        &["`BalanceArgs` in `src/cli.rs`", "src/commands/balance.rs"],
        &["money.rs", "parse.rs"],
    ),
    (
        "ledger-rs",
        "Transactions should get an optional note, written after the payee",
        &[
            "`Transaction` in `src/journal.rs`",
            "src/parse.rs",
            "src/commands/add.rs",
        ],
        &["money.rs"],
    ),
    (
        "fleet-go",
        "A trip should end after 20 minutes of standing still, not 10",
        &["`MaxPause` in `internal/trip/trip.go`"],
        &["vehicle.go"],
    ),
    (
        "fleet-go",
        "Raise the maximum body size from 64 KB to 1 MB",
        &["`maxBodyBytes` in `internal/httpapi/vehicles.go`"],
        &["store.go"],
    ),
    (
        "fleet-go",
        "Vehicles need a colour and a number of seats",
        &[
            "`Vehicle` in `internal/vehicle/vehicle.go`",
            "`addVehicleRequest` in `internal/httpapi/vehicles.go`",
        ],
        &["trip.go"],
    ),
    (
        "fleet-go",
        "make the listen address configurable with a -addr flag",
        &["cmd/fleetd/main.go"],
        &["store.go", "alert.go"],
    ),
    (
        "fleet-go",
        "Paint everything in the colours of the national team",
        &["is not known"],
        &["Extends"],
    ),
];

#[test]
fn the_code_that_is_meant_is_named() {
    let mut wrong = Vec::new();
    for (name, prompt, named, other) in CASES {
        let (ground, _) = project(name);
        let (draft, _) = whole(prompt, Workflow::RequirementsFirst, &ground);
        let text: String = draft
            .documents
            .iter()
            .filter(|(document, _)| matches!(document, Document::Design | Document::Tasks))
            .map(|(_, text)| text.as_str())
            .collect();
        wrong.extend(
            named
                .iter()
                .filter(|name| !text.contains(**name))
                .map(|name| format!("{prompt}: {name} is missing")),
        );
        wrong.extend(
            other
                .iter()
                .filter(|name| text.contains(**name))
                .map(|name| format!("{prompt}: {name} is named")),
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
