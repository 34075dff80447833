//! PHP.

use super::route;
use super::walk::{Found, Lead, Scope, Walk, named};
use crate::SymbolKind as Kind;
use tree_sitter::Node;

pub(super) fn visit<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    match node.kind() {
        "class_declaration" => owner(walk, node, Kind::Class, scope, lead),
        "interface_declaration" => owner(walk, node, Kind::Interface, scope, lead),
        "trait_declaration" => owner(walk, node, Kind::Trait, scope, lead),
        "enum_declaration" => owner(walk, node, Kind::Enum, scope, lead),
        "function_definition" => {
            if let Some(found) = named(walk, node, Kind::Function) {
                walk.emit(
                    Found {
                        is_public: true,
                        ..found
                    },
                    scope,
                    lead,
                );
            }
        }
        "method_declaration" => method(walk, node, scope, lead),
        "property_declaration" => values(walk, node, "property_element", Kind::Field, scope, lead),
        "const_declaration" => values(walk, node, "const_element", Kind::Constant, scope, lead),
        "expression_statement" => {
            if let Some(call) = node.named_child(0) {
                walk.visit(call, scope, lead);
            }
        }
        "function_call_expression" => pest(walk, node, scope, lead),
        "scoped_call_expression" | "member_call_expression" => laravel_route(walk, node, scope),
        "namespace_definition"
        | "compound_statement"
        | "declaration_list"
        | "enum_declaration_list"
        | "if_statement"
        | "ERROR" => walk.children(node, scope),
        _ => {}
    }
}

fn owner<'t>(walk: &mut Walk<'_>, node: Node<'t>, kind: Kind, scope: &Scope, lead: &Lead<'t>) {
    let Some(found) = named(walk, node, kind) else {
        return;
    };
    let name = found.name.clone();
    let mut cursor = node.walk();
    let bases = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "base_clause");
    let is_test = bases.is_some_and(|bases| walk.text_of(bases).ends_with("TestCase"));
    walk.emit(
        Found {
            is_public: true,
            is_test,
            ..found
        },
        scope,
        lead,
    );
    if let Some(body) = node.child_by_field_name("body") {
        walk.children(
            body,
            &Scope {
                in_test: is_test,
                ..scope.type_body(&name, true)
            },
        );
    }
}

fn method<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(found) = named(walk, node, Kind::Method) else {
        return;
    };
    let attributes = walk.field(node, "attributes").map_or("", |(_, text)| text);
    let doc = lead
        .doc
        .clone()
        .and_then(|doc| walk.text.get(doc))
        .unwrap_or_default();
    let marked = doc.split_whitespace().any(|word| word == "@test")
        || attributes
            .split(['[', ',', ']', '(', '\\', ' '])
            .any(|word| word == "Test");
    let is_test = marked || (scope.in_test && found.name.starts_with("test"));
    let is_public = is_public(walk, node);
    walk.emit(
        Found {
            is_test,
            is_public,
            ..found
        },
        scope,
        lead,
    );
}

fn values<'t>(
    walk: &mut Walk<'_>,
    node: Node<'t>,
    element: &str,
    kind: Kind,
    scope: &Scope,
    lead: &Lead<'t>,
) {
    let is_public = is_public(walk, node);
    let mut cursor = node.walk();
    let elements: Vec<_> = node
        .named_children(&mut cursor)
        .filter(|child| child.kind() == element)
        .collect();
    for element in elements {
        let Some(name) = element
            .child_by_field_name("name")
            .or_else(|| element.named_child(0))
        else {
            continue;
        };
        let text = walk.text_of(name);
        let plain = text.trim_start_matches('$');
        let found = Found {
            node,
            name: plain.to_owned(),
            name_range: name.start_byte() + (text.len() - plain.len())..name.end_byte(),
            kind,
            body: None,
            doc: None,
            is_test: false,
            is_public,
        };
        walk.emit(found, scope, lead);
    }
}

/// The tests of Pest: `it('…', function () {…})`.
fn pest<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let (Some((_, called)), Some(arguments)) = (
        walk.field(node, "function"),
        node.child_by_field_name("arguments"),
    ) else {
        return;
    };
    let kind = match called {
        "it" | "test" => Kind::Function,
        "describe" => Kind::Module,
        _ => return,
    };
    let (Some(first), Some(second)) = (arguments.named_child(0), arguments.named_child(1)) else {
        return;
    };
    let Some(title) = route::unquoted(walk.text_of(first)) else {
        return;
    };
    let found = Found {
        node,
        name: title.to_owned(),
        name_range: first.start_byte() + 1..first.end_byte() - 1,
        kind,
        body: Some(second.start_byte()),
        doc: None,
        is_test: true,
        is_public: false,
    };
    walk.emit(found, scope, lead);
    if let Some(body) = second
        .named_child(0)
        .and_then(|function| function.child_by_field_name("body"))
    {
        walk.children(body, &scope.inside(title));
    }
}

/// `Route::post('/login', …)`.
fn laravel_route(walk: &mut Walk<'_>, node: Node<'_>, scope: &Scope) {
    let (Some((_, method)), Some(arguments)) = (
        walk.field(node, "name"),
        node.child_by_field_name("arguments"),
    ) else {
        return;
    };
    let Some(first) = arguments.named_child(0) else {
        return;
    };
    if walk
        .field(node, "scope")
        .is_some_and(|(_, scope)| scope == "Route")
        && arguments.named_child_count() > 1
        && let Some(name) = route::name_in_attribute(method, walk.text_of(first))
    {
        walk.emit_route(name, node, first.byte_range(), scope);
    } else if let Some(object) = node.child_by_field_name("object") {
        walk.visit_inside(object, scope);
    }
    if let Some(body) = first
        .named_child(0)
        .and_then(|function| function.child_by_field_name("body"))
    {
        walk.children(body, scope);
    }
}

fn is_public(walk: &Walk<'_>, node: Node<'_>) -> bool {
    let mut cursor = node.walk();
    let word = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "visibility_modifier");
    word.is_none_or(|word| walk.text_of(word) == "public")
}
