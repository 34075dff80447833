//! What the command line prints and how it ends, held against DESIGN 4 field by field.

#![allow(missing_docs, clippy::disallowed_methods, clippy::disallowed_types)]

use rutter_tests::binary::{Cli, Home};
use serde_json::json;

#[test]
fn a_folder_without_specs_has_no_status() {
    let home = Home::own();
    assert_eq!(Cli(&home).json(&["status"]).done().json(), json!([]));
}
