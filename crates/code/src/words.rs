//! A syntax tree as the list of words that a digest is made of: what formatters choose is left out, what the code does stays.
//!
//! Left out are comments, white space, the comma that ends a list, and where the language leaves the choice also
//! semicolons, quotes and brackets around a whole value. What these brackets would say is kept by marks where each node starts
//! and ends, so that `(a + b) * c` is never `a + b * c`, and `return; b` never `return b`.

mod same;
mod strings;

use std::borrow::Cow;
use std::ops::Range;

use tree_sitter::{Node, Tree};

use crate::Language;

/// One word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said<'t> {
    /// A node of this kind starts, which holds others.
    Opens(&'t str),
    /// The last one that started ends.
    Closes,
    /// What is written, without what formatters choose.
    Text(Cow<'t, str>),
}

/// A word and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Word<'t> {
    pub said: Said<'t>,
    pub range: Range<usize>,
}

/// The words of a tree in source order; `comments` are those of the text, in order.
pub(crate) fn words<'t>(
    language: Language,
    text: &'t str,
    tree: &'t Tree,
    comments: &[Range<usize>],
) -> Vec<Word<'t>> {
    let mut reader = Reader {
        language,
        text,
        words: Vec::new(),
    };
    let mut cursor = tree.walk();
    // The nodes around, and whether each is marked.
    let mut above: Vec<(Node<'_>, bool)> = Vec::new();
    loop {
        let node = cursor.node();
        let at = comments.partition_point(|comment| comment.end <= node.start_byte());
        // A comment's node may go on to the end of its line.
        let in_comment = comments.get(at).is_some_and(|comment| {
            let rest = text.get(comment.end..node.end_byte().max(comment.end));
            comment.start <= node.start_byte()
                && node.start_byte() < comment.end
                && rest.is_some_and(|rest| rest.trim().is_empty())
        });
        let around = above.last().map(|(node, _)| *node);
        if !in_comment && !reader.is_left_out(node, around) && !reader.takes(node, around) {
            let marks = node.is_named() && !same::is_transparent(language, node, around);
            if cursor.goto_first_child() {
                if marks {
                    let start = node.start_byte();
                    reader.push(Said::Opens(node.kind()), start..start);
                }
                above.push((node, marks));
                continue;
            }
            reader.leaf(node, around);
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return reader.words;
            }
            if let Some((node, marks)) = above.pop() {
                if same::ends_list(language, node) {
                    reader.drop_comma();
                }
                if marks {
                    reader.push(Said::Closes, node.end_byte()..node.end_byte());
                }
            }
        }
    }
}

struct Reader<'t> {
    language: Language,
    text: &'t str,
    words: Vec<Word<'t>>,
}

impl<'t> Reader<'t> {
    fn push(&mut self, said: Said<'t>, range: Range<usize>) {
        self.words.push(Word { said, range });
    }

    fn text_of(&self, node: Node<'_>) -> &'t str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    fn is_left_out(&mut self, node: Node<'_>, around: Option<Node<'_>>) -> bool {
        let is = around.is_some_and(|around| same::is_left_out(self.language, node, around));
        if is {
            self.closes(node.kind(), around);
        }
        is
    }

    /// Formatters add and take away a comma at the end of a list.
    fn closes(&mut self, said: &str, around: Option<Node<'_>>) {
        if matches!(said, ")" | "]" | "}" | ">")
            && around.is_none_or(|around| !same::comma_counts(self.language, around))
        {
            self.drop_comma();
        }
    }

    /// Takes a node as one word, if it is one.
    fn takes(&mut self, node: Node<'_>, around: Option<Node<'_>>) -> bool {
        let said = if strings::is_string(self.language, node) {
            let is_key = around.is_some_and(|around| around.kind() == "pair")
                && node.next_sibling().is_some_and(|next| next.kind() == ":");
            strings::said(self.language, self.text_of(node), is_key)
        } else if let Some(name) = same::lone_parameter(self.language, node, around) {
            Cow::Borrowed(self.text_of(name))
        } else {
            return false;
        };
        self.push(Said::Text(said), node.byte_range());
        true
    }

    fn leaf(&mut self, node: Node<'_>, around: Option<Node<'_>>) {
        let said = self.text_of(node).trim();
        if node.byte_range().is_empty() || said.is_empty() {
            return;
        }
        self.closes(said, around);
        let said = match node.kind() {
            "integer" | "float" if self.language == Language::Python => {
                Cow::Owned(said.to_ascii_lowercase())
            }
            "jsx_text" => Cow::Owned(said.split_whitespace().collect::<Vec<_>>().join(" ")),
            _ => strings::with_line_feeds(said),
        };
        self.push(Said::Text(said), node.byte_range());
    }

    fn drop_comma(&mut self) {
        let is = |said: &Said<'_>, what: &str| matches!(said, Said::Text(text) if text == what);
        let after_bracket = self.words.iter().nth_back(1);
        if self.words.last().is_some_and(|word| is(&word.said, ","))
            && !after_bracket.is_some_and(|word| is(&word.said, "["))
        {
            self.words.pop();
        }
    }
}
