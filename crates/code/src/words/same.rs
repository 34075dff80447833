//! What of a syntax tree a language's formatters choose, so that it says nothing.

use tree_sitter::Node;

use crate::Language;

fn is_script(language: Language) -> bool {
    matches!(
        language,
        Language::TypeScript | Language::Tsx | Language::JavaScript
    )
}

/// Whether a node, with all in it, says nothing. `around` is its parent.
pub(super) fn is_left_out(language: Language, node: Node<'_>, around: Node<'_>) -> bool {
    let (kind, parent) = (node.kind(), around.kind());
    match language {
        _ if is_script(language) => match kind {
            ";" => !matches!(parent, "for_statement" | "empty_statement"),
            "," => matches!(parent, "interface_body" | "object_type"),
            "(" | ")" => parent == "parenthesized_expression",
            // One that stands before the first.
            "|" => parent == "union_type" && node.prev_sibling().is_none(),
            _ => false,
        },
        Language::Python => match kind {
            "(" | ")" => {
                matches!(parent, "parenthesized_expression" | "import_from_statement")
                    || is_bare_tuple(around)
            }
            "argument_list" => parent == "class_definition" && node.named_child_count() == 0,
            ";" | "line_continuation" => true,
            _ => false,
        },
        Language::Rust => match kind {
            "{" | "}" => is_arm_of_one(around),
            ";" => is_leaving(node.prev_sibling()),
            _ => false,
        },
        _ => false,
    }
}

/// Whether where a node starts and ends says nothing. `around` is its parent.
pub(super) fn is_transparent(language: Language, node: Node<'_>, around: Option<Node<'_>>) -> bool {
    let kind = node.kind();
    match language {
        _ if is_script(language) => matches!(kind, "parenthesized_expression" | "union_type"),
        Language::Python => match kind {
            "parenthesized_expression" => true,
            "tuple" | "tuple_pattern" => is_bare_tuple(node),
            // The same without brackets.
            "expression_list" | "pattern_list" => {
                around.is_some_and(|around| is_tuple_place(around.kind()))
            }
            _ => false,
        },
        Language::Rust => match kind {
            "expression_statement" => {
                is_leaving(node.named_child(0)) || around.is_some_and(is_arm_of_one)
            }
            _ => is_arm_of_one(node),
        },
        _ => false,
    }
}

/// Whether a list ends with the node, so that a comma before says nothing.
pub(super) fn ends_list(language: Language, node: Node<'_>) -> bool {
    match language {
        Language::Rust => matches!(node.kind(), "where_clause" | "match_arm"),
        Language::Python => matches!(node.kind(), "import_from_statement"),
        _ => false,
    }
}

/// Whether the comma before the bracket that closes a node makes it what it is: `(a,)` is no `(a)`.
pub(super) fn comma_counts(language: Language, node: Node<'_>) -> bool {
    let is_one = || {
        let mut cursor = node.walk();
        node.children(&mut cursor)
            .filter(|n| n.kind() == ",")
            .count()
            == 1
    };
    match language {
        Language::Python => {
            matches!(node.kind(), "tuple" | "tuple_pattern" | "subscript") && is_one()
        }
        Language::Rust => match node.kind() {
            "tuple_expression" | "tuple_type" | "tuple_pattern" => is_one(),
            // In a macro `f(a,)` is a call, and `(a,)` may be a tuple.
            "token_tree" => {
                let before = node.prev_sibling().map(|before| before.kind());
                !matches!(before, Some("identifier" | "!")) && is_one()
            }
            _ => false,
        },
        _ => false,
    }
}

/// The name in `(name) => …`, which is also written `name => …`.
pub(super) fn lone_parameter<'t>(
    language: Language,
    node: Node<'t>,
    around: Option<Node<'_>>,
) -> Option<Node<'t>> {
    let fits = is_script(language)
        && node.kind() == "formal_parameters"
        && around.is_some_and(|around| around.kind() == "arrow_function");
    let mut name = node
        .named_child(0)
        .filter(|_| fits && node.named_child_count() == 1)?;
    if name.kind() == "required_parameter" && name.child_count() == 1 {
        name = name.named_child(0)?;
    }
    (name.kind() == "identifier").then_some(name)
}

/// Where Python takes a tuple with and without its brackets.
fn is_tuple_place(kind: &str) -> bool {
    matches!(
        kind,
        "return_statement" | "assignment" | "augmented_assignment" | "for_statement"
    )
}

/// Whether a node is a tuple of several values at such a place.
fn is_bare_tuple(node: Node<'_>) -> bool {
    matches!(node.kind(), "tuple" | "tuple_pattern")
        && node.named_child_count() > 1
        && node
            .parent()
            .is_some_and(|parent| is_tuple_place(parent.kind()))
}

/// Whether a node is a block around one expression that stands for that expression: rustfmt adds its braces in an arm or a
/// closure where the line gets too long.
fn is_arm_of_one(node: Node<'_>) -> bool {
    let is_at_place = || {
        let parent = node.parent().map(|parent| parent.kind());
        matches!(parent, Some("match_arm" | "closure_expression"))
    };
    if node.kind() != "block" || !is_at_place() {
        return false;
    }
    let mut cursor = node.walk();
    let mut named = node
        .named_children(&mut cursor)
        .filter(|n| !matches!(n.kind(), "line_comment" | "block_comment"));
    let is_value = named.next().is_some_and(|first| match first.kind() {
        "expression_statement" => is_leaving(first.named_child(0)) || !ends_in_semicolon(first),
        kind => {
            !kind.ends_with("_item")
                && !matches!(kind, "let_declaration" | "label" | "empty_statement")
        }
    });
    is_value && named.next().is_none()
}

fn ends_in_semicolon(node: Node<'_>) -> bool {
    node.child(node.child_count().saturating_sub(1))
        .is_some_and(|last| last.kind() == ";")
}

/// Whether code goes on elsewhere, so that a semicolon behind says nothing; rustfmt adds it.
fn is_leaving(node: Option<Node<'_>>) -> bool {
    node.is_some_and(|node| {
        matches!(
            node.kind(),
            "return_expression" | "break_expression" | "continue_expression"
        )
    })
}
