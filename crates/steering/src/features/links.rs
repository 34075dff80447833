//! The references of a file as links.

use std::ops::Range;

use crate::Steering;

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The path in the text.
    pub range: Range<usize>,
    /// The file it leads to, relative to the root.
    pub target: String,
}

/// The links to files that are there.
pub fn links(file: &Steering, exists: &dyn Fn(&str) -> bool) -> Vec<Link> {
    file.references
        .iter()
        .filter_map(|reference| {
            let target = file.candidates(reference).into_iter().find(|p| exists(p))?;
            Some(Link {
                range: reference.path_range.clone(),
                target,
            })
        })
        .collect()
}
