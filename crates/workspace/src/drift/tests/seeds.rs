//! Seeds changes of source systematically, from the syntax tree: such as matter, and such as do not.

use std::ops::Range;

use rutter_code::Language;
use rutter_code::comments::comments;
use tree_sitter::{Node, Parser, Tree};

/// A changed text.
pub struct Seed {
    /// What kind of change it is.
    pub what: &'static str,
    /// Where, in the text before.
    pub at: Range<usize>,
    /// The text after.
    pub text: String,
}

/// A text that changes are seeded in.
pub struct Ground<'t> {
    pub language: Language,
    pub text: &'t str,
    tree: Tree,
    comments: Vec<Range<usize>>,
}

const NUMBERS: &[&str] = &[
    "integer_literal",
    "float_literal",
    "decimal_integer_literal",
    "number",
    "integer",
    "int_literal",
];
const CALLS: &[&str] = &[
    "call_expression",
    "call",
    "method_invocation",
    "invocation_expression",
    "function_call_expression",
    "member_call_expression",
    "macro_invocation",
    "new_expression",
];
const BODIES: &[&str] = &[
    "block",
    "statement_block",
    "statement_list",
    "body_statement",
    "compound_statement",
    "constructor_body",
    "then",
    "block_body",
];
const DECORATIONS: &[&str] = &[
    "decorator",
    "attribute_item",
    "attribute",
    "annotation",
    "marker_annotation",
];
/// Texts, with their quotes.
const STRINGS: &[&str] = &[
    "string",
    "string_literal",
    "interpreted_string_literal",
    "encapsed_string",
    "template_string",
    "interpolated_string_expression",
    "character_literal",
    "char_literal",
    "rune_literal",
    "regex",
    "heredoc_body",
];

impl<'t> Ground<'t> {
    pub fn new(language: Language, text: &'t str) -> Self {
        let mut parser = Parser::new();
        parser.set_language(&language.grammar().unwrap()).unwrap();
        let tree = parser.parse(text, None).unwrap();
        assert!(!tree.root_node().has_error(), "{language:?} parses");
        Self {
            language,
            text,
            tree,
            comments: comments(language, text),
        }
    }

    /// Whether a text still parses.
    pub fn is_whole(&self, text: &str) -> bool {
        let mut parser = Parser::new();
        let grammar = self.language.grammar().unwrap();
        parser.set_language(&grammar).unwrap();
        !parser.parse(text, None).unwrap().root_node().has_error()
    }

    pub fn in_comment(&self, at: usize) -> bool {
        self.comments.iter().any(|c| c.start <= at && at < c.end)
    }

    pub fn comments(&self) -> &[Range<usize>] {
        &self.comments
    }

    pub fn says(&self, node: Node<'_>) -> &'t str {
        &self.text[node.byte_range()]
    }

    /// Every node that is no comment and in none.
    pub fn nodes(&self) -> Vec<Node<'_>> {
        let mut out = Vec::new();
        let mut open = vec![self.tree.root_node()];
        while let Some(node) = open.pop() {
            let is_comment = self.in_comment(node.start_byte()) && node.parent().is_some();
            if !is_comment || node.child_count() > 0 && !self.in_comment(node.end_byte() - 1) {
                out.push(node);
                let mut cursor = node.walk();
                open.extend(node.children(&mut cursor));
            }
        }
        out.sort_by_key(|node| (node.start_byte(), std::cmp::Reverse(node.end_byte())));
        out
    }

    /// Whether a place stands in a text.
    pub fn in_string(&self, at: usize) -> bool {
        let mut node = self.tree.root_node().descendant_for_byte_range(at, at);
        while let Some(here) = node {
            if is_string(here) && here.start_byte() < at && at < here.end_byte() {
                return true;
            }
            node = here.parent();
        }
        false
    }

    pub fn seed(&self, what: &'static str, range: Range<usize>, with: &str) -> Seed {
        let mut text = self.text.to_owned();
        text.replace_range(range.clone(), with);
        Seed {
            what,
            at: range,
            text,
        }
    }
}

pub fn is_string(node: Node<'_>) -> bool {
    STRINGS.contains(&node.kind())
}

/// Changes of what the code does.
pub fn meaningful(ground: &Ground<'_>) -> Vec<Seed> {
    let mut seeds = Vec::new();
    for node in ground.nodes() {
        let (kind, range, said) = (node.kind(), node.byte_range(), ground.says(node));
        let parent = node.parent().map_or("", |parent| parent.kind());
        if NUMBERS.contains(&kind) && said.starts_with(|c: char| c.is_ascii_digit()) {
            seeds.push(ground.seed("a number", range.clone(), &format!("7{said}")));
        }
        let is_compared = parent.contains("binary") || parent.contains("comparison");
        let other = match said {
            "<" => "<=",
            "<=" => "<",
            ">" => ">=",
            ">=" => ">",
            "==" => "!=",
            "!=" => "==",
            "===" => "!==",
            "!==" => "===",
            _ => "",
        };
        if is_compared && !other.is_empty() {
            seeds.push(ground.seed("a comparison", range.clone(), other));
        }
        let other = match said {
            "true" => "false",
            "false" => "true",
            "True" => "False",
            "False" => "True",
            _ => "",
        };
        if node.child_count() == 0 && !other.is_empty() {
            seeds.push(ground.seed("a boolean", range.clone(), other));
        }
        if CALLS.contains(&kind) {
            seeds.extend(call_name(ground, node));
        }
        if BODIES.contains(&parent) && node.is_named() {
            let only = node.parent().is_some_and(|p| p.named_child_count() == 1);
            let left = match (ground.language, only) {
                (Language::Python, true) => "pass",
                _ => "",
            };
            if said != left {
                seeds.push(ground.seed("a statement", range.clone(), left));
            }
        }
        if is_string(node) {
            seeds.extend(in_text(ground, node));
        }
        if matches!(kind, "arguments" | "argument_list") {
            let mut cursor = node.walk();
            let all: Vec<Node<'_>> = node.named_children(&mut cursor).collect();
            if let [a, b, ..] = all.as_slice()
                && ground.says(*a) != ground.says(*b)
            {
                let between = &ground.text[a.end_byte()..b.start_byte()];
                let swapped = format!("{}{between}{}", ground.says(*b), ground.says(*a));
                seeds.push(ground.seed(
                    "order of arguments",
                    a.start_byte()..b.end_byte(),
                    &swapped,
                ));
            }
        }
        if kind.contains("parameter") {
            let value = node
                .child_by_field_name("value")
                .or_else(|| node.child_by_field_name("default_value"));
            if let Some(value) = value {
                seeds.push(ground.seed("a default", value.byte_range(), "another"));
            }
        }
        if DECORATIONS.contains(&kind)
            && let Some(name) = leaf(node, |n| {
                n.kind().contains("identifier") || n.kind() == "name"
            })
        {
            let other = format!("{}2", ground.says(name));
            seeds.push(ground.seed("a decorator", name.byte_range(), &other));
        }
    }
    seeds
}

/// The first leaf that is wanted.
fn leaf<'a>(node: Node<'a>, wanted: impl Fn(Node<'_>) -> bool + Copy) -> Option<Node<'a>> {
    if node.child_count() == 0 {
        return wanted(node).then_some(node);
    }
    let mut cursor = node.walk();
    let children: Vec<Node<'a>> = node.children(&mut cursor).collect();
    children.into_iter().find_map(|child| leaf(child, wanted))
}

fn call_name(ground: &Ground<'_>, node: Node<'_>) -> Option<Seed> {
    let fields = ["function", "name", "method", "macro", "constructor"];
    let called = fields.iter().find_map(|f| node.child_by_field_name(f))?;
    let mut name = called;
    while let Some(last) = name
        .named_child(name.named_child_count().checked_sub(1)? as u32)
        .filter(|n| n.kind().contains("identifier") || n.kind().contains("member"))
    {
        name = last;
        if name.named_child_count() == 0 {
            break;
        }
    }
    let said = ground.says(name);
    let is_name = said.chars().all(|c| c.is_alphanumeric() || c == '_');
    is_name.then(|| ground.seed("a call", name.byte_range(), &format!("{said}2")))
}

/// Changes inside a text: a letter, and space, which counts there.
fn in_text(ground: &Ground<'_>, string: Node<'_>) -> Vec<Seed> {
    let said = ground.says(string);
    let quote = ["\"\"\"", "\"", "'", "`", "/"];
    let Some(quote) = quote.iter().find(|q| said.ends_with(**q)) else {
        return Vec::new();
    };
    let end = string.end_byte() - quote.len();
    let mut seeds = vec![ground.seed("a letter in a text", end..end, "q")];
    seeds.push(ground.seed("space at the end of a text", end..end, " "));
    if let Some(at) = said.find(' ') {
        let at = string.start_byte() + at;
        seeds.push(ground.seed("space in a text", at..at, " "));
    }
    seeds
}
