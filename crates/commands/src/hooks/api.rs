//! `ApiChange`: what changed in the public interface of a file.

use rutter_code::{Language, api};
use rutter_hooks::ApiChange;

/// The changes between two texts of a file; none where its language is not read.
pub fn changes(path: &str, before: &str, after: &str) -> Vec<ApiChange> {
    let Some(language) = Language::of_path(path) else {
        return Vec::new();
    };
    api::changes(language, before, after)
        .into_iter()
        .map(|change| ApiChange {
            path: path.to_owned(),
            name: change.name,
            before: change.before,
            after: change.after,
        })
        .collect()
}
