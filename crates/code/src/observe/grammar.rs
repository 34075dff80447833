//! What the grammars call the same things.

use tree_sitter::Node;

use super::Value;
use crate::{Symbol, SymbolKind};

/// Code on one line is at most this long; longer code is not quoted.
pub(super) const MOST: usize = 90;

/// The code of a node on one line, without the brackets around it; nothing where it is too long to be read, or can't stand
/// between backticks.
pub(super) fn code(text: &str, node: Node<'_>) -> Option<String> {
    let raw = text.get(node.byte_range())?;
    let line = raw.split_whitespace().collect::<Vec<_>>().join(" ");
    // As it would stand on one line.
    let mut line = line
        .replace("( ", "(")
        .replace(",)", ")")
        .replace(" )", ")");
    while line.starts_with('(') && line.ends_with(')') && closes(&line) {
        line = line[1..line.len() - 1].trim().to_owned();
    }
    let quotable = !line.contains('`') && !raw.contains("//") && !raw.contains("/*");
    let fits = line.chars().count() <= MOST && !line.is_empty() && quotable;
    (fits && line.matches('{').count() == line.matches('}').count()).then_some(line)
}

/// Whether the first bracket is closed by the last.
fn closes(line: &str) -> bool {
    let mut depth = 0usize;
    for (at, c) in line.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1 == line.len();
        }
    }
    false
}

/// Whether a node opens a function of its own, so that what returns in it does not return from the one around it.
pub(super) fn is_function(kind: &str) -> bool {
    matches!(
        kind,
        "closure_expression"
            | "function_item"
            | "async_block"
            | "function_expression"
            | "arrow_function"
            | "function_declaration"
            | "generator_function"
            | "generator_function_declaration"
            | "method_definition"
            | "method_declaration"
            | "constructor_declaration"
            | "function_definition"
            | "lambda"
            | "lambda_expression"
            | "func_literal"
            | "class_body"
            | "class_definition"
            | "macro_definition"
            | "mod_item"
            | "impl_item"
    )
}

/// The children that are no comments.
pub(super) fn parts<'t>(node: Node<'t>) -> Vec<Node<'t>> {
    let mut cursor = node.walk();
    let all: Vec<Node<'t>> = node.named_children(&mut cursor).collect();
    let is_comment = |n: &Node<'_>| n.kind().contains("comment");
    all.into_iter().filter(|n| !is_comment(n)).collect()
}

/// The constants of a file whose value is a number or a string.
pub(super) fn values(text: &str, root: Node<'_>, symbols: &[Symbol]) -> Vec<Value> {
    let mut found = Vec::new();
    for symbol in symbols {
        let is_value = matches!(symbol.kind, SymbolKind::Constant | SymbolKind::Variable)
            || symbol.kind == SymbolKind::Field && symbol.name == symbol.name.to_uppercase();
        let Some(node) = is_value
            .then(|| root.descendant_for_byte_range(symbol.name_range.start, symbol.name_range.end))
            .flatten()
        else {
            continue;
        };
        let Some(declaration) = node.parent() else {
            continue;
        };
        let value = declaration
            .child_by_field_name("value")
            .or_else(|| declaration.child_by_field_name("right"));
        let Some(mut value) = value else { continue };
        if value.kind() == "expression_list" && value.named_child_count() == 1 {
            value = value.named_child(0).unwrap_or(value);
        }
        let plain = [
            "integer",
            "integer_literal",
            "float",
            "float_literal",
            "number",
            "int_literal",
            "decimal_integer_literal",
            "decimal_floating_point_literal",
        ];
        if plain.contains(&value.kind())
            && let Some(value) = text.get(value.byte_range())
        {
            found.push(Value {
                name: symbol.name.clone(),
                value: value.to_owned(),
            });
        }
    }
    found
}
