//! `bugfix.md` from a report.

use crate::ground::Ground;
use crate::prompt::Prompt;

/// Title, text and notes of a bugfix.
pub fn draft(prompt: &Prompt, ground: &Ground) -> (String, String, Vec<String>) {
    let _ = (prompt, ground);
    ("Bugfix".to_owned(), String::new(), Vec::new())
}
