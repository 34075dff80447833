//! A code block is opened and never closed.
//!
//! Everything below it counts as code: its headings, criteria and tasks are not seen. Where a block holds a block, the outer
//! one needs more marks (four backticks), or it ends with the inner one.
//!
//! ````markdown
//! ```json
//! {"waves": []}
//!
//! ## Notes      <- still inside the block
//! ````

use rutter_text::edit::line_ending;
use rutter_text::{Edit, markdown};

use super::{Check, Context, Level, Reads, Rule, Sink};
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "document/unclosed-fence",
    default: Level::Warning,
    docs: docs!("document_unclosed_fence.rs"),
    check: Some(Check::new(Reads::DOCUMENTS, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (document, text, outline) in context.outlines() {
        for fence in outline.fences.iter().filter(|f| !f.closed) {
            let number = outline.line_at(fence.range.start);
            let Some(line) = outline.lines.get(number) else {
                continue;
            };
            let opener = text[fence.range.start..line.range.end].trim();
            let start = fence.range.start
                + (text[fence.range.start..].len() - text[fence.range.start..].trim_start().len());
            let mark: String = match opener.chars().next() {
                Some(c @ ('`' | '~')) => opener.chars().take_while(|&o| o == c).collect(),
                _ => continue,
            };
            let body = text[..fence.range.end].trim_end();
            let end = body.len().max(line.range.end);
            let indent = " ".repeat(markdown::indent(text, line));
            let finding = sink
                .finding(
                    start..line.range.end,
                    "This code block is never closed, so all that follows counts as code.",
                )
                .fix(
                    "Close the block at its end",
                    vec![Edit::insert(
                        end,
                        format!("{}{indent}{mark}", line_ending(text)),
                    )],
                );
            sink.add(document.file_name(), finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    #[test]
    fn an_open_block_is_closed_where_it_ends() {
        assert_eq!(
            everywhere(RULE.code, &[("design.md", "# D\n\n```js\nx\n\n## Notes\n")]),
            [
                "design.md|```js|This code block is never closed, so all that follows counts as code.|Close the block at its end → ```"
            ]
        );
        assert_eq!(
            everywhere(RULE.code, &[("tasks.md", "- [ ] 1. A\n\n  ~~~~\n  x")]).len(),
            1
        );
    }

    #[test]
    fn closed_blocks_of_every_kind_are_fine() {
        let text = "````md\n```\nx\n```\n````\n\n- a\n  ```js\n  y\n  ```\n~~~\n~~~\n";
        assert_eq!(everywhere(RULE.code, &[("design.md", text)]), [""; 0]);
    }
}
