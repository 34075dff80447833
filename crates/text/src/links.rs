//! The links of a Markdown document.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag};

/// Where each link and image stands, in bytes, and what it leads to. Links in code are none.
pub fn links(text: &str) -> Vec<(Range<usize>, String)> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
        .into_offset_iter()
        .filter_map(|(event, range)| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                Some((range, dest_url.into_string()))
            }
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_images_are_found_and_code_is_left_alone() {
        let text = "[a](x.md) `[b](y.md)`\n\n![c](<z 1.png>) [d][r]\n\n[r]: r.md\n";
        let found = links(text);
        let targets: Vec<&str> = found.iter().map(|(_, t)| t.as_str()).collect();
        assert_eq!(targets, ["x.md", "z 1.png", "r.md"]);
        assert_eq!(&text[found[0].0.clone()], "[a](x.md)");
    }
}
