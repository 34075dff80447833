//! Rust.

use super::route;
use super::walk::{Found, Lead, Scope, Walk, named};
use crate::SymbolKind as Kind;
use tree_sitter::Node;

pub(super) fn visit<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    if scope.in_body {
        return in_body(walk, node, scope);
    }
    match node.kind() {
        "function_item" | "function_signature_item" => function(walk, node, scope, lead),
        "struct_item" | "union_item" => owner(walk, node, Kind::Struct, scope, lead),
        "enum_item" => {
            declare(walk, node, Kind::Enum, scope, lead);
        }
        "trait_item" => owner(walk, node, Kind::Trait, scope, lead),
        "mod_item" => module(walk, node, scope, lead),
        "impl_item" => {
            let Some((_, of)) = walk.field(node, "type") else {
                return;
            };
            // What a trait's impl holds is as public as the trait, which is not written here.
            let public = node.child_by_field_name("trait").is_some();
            let scope = scope.type_body(base_name(of), public);
            descend(walk, node, &scope);
        }
        "const_item" => {
            declare(walk, node, Kind::Constant, scope, lead);
        }
        "static_item" => {
            declare(walk, node, Kind::Variable, scope, lead);
        }
        "type_item" | "associated_type" => {
            declare(walk, node, Kind::Type, scope, lead);
        }
        "macro_definition" => macro_rules(walk, node, scope, lead),
        "macro_invocation" => macro_call(walk, node, scope),
        "field_declaration" => {
            declare(walk, node, Kind::Field, scope, lead);
        }
        "declaration_list" | "foreign_mod_item" | "ERROR" | "expression_statement" => {
            walk.children(node, scope)
        }
        _ => {}
    }
}

fn declare<'t>(
    walk: &mut Walk<'_>,
    node: Node<'t>,
    kind: Kind,
    scope: &Scope,
    lead: &Lead<'t>,
) -> Option<String> {
    let found = named(walk, node, kind)?;
    let name = found.name.clone();
    let is_public = is_public(walk, node, scope);
    walk.emit(Found { is_public, ..found }, scope, lead);
    Some(name)
}

fn owner<'t>(walk: &mut Walk<'_>, node: Node<'t>, kind: Kind, scope: &Scope, lead: &Lead<'t>) {
    if let Some(name) = declare(walk, node, kind, scope, lead) {
        descend(walk, node, &scope.type_body(&name, kind == Kind::Trait));
    }
}

fn descend(walk: &mut Walk<'_>, node: Node<'_>, scope: &Scope) {
    if let Some(body) = node.child_by_field_name("body") {
        walk.children(body, scope);
    }
}

fn function<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let kind = if scope.in_type {
        Kind::Method
    } else {
        Kind::Function
    };
    let Some(found) = named(walk, node, kind) else {
        return;
    };
    let name = found.name.clone();
    let is_test = lead
        .attributes
        .iter()
        .any(|attribute| is_test_attribute(walk.text_of(*attribute)));
    let is_public = is_public(walk, node, scope);
    walk.emit(
        Found {
            is_test,
            is_public,
            ..found
        },
        scope,
        lead,
    );
    attribute_route(walk, node, lead, &scope.inside(&name));
    descend(walk, node, &scope.body(&name));
}

/// `#[test]`, and what test libraries put in its place: `#[tokio::test]`, `#[rstest]`.
fn is_test_attribute(attribute: &str) -> bool {
    let inside = attribute.trim_start_matches("#[").trim_end_matches(']');
    let path = inside.split(['(', ' ', '=']).next().unwrap_or_default();
    let last = path.rsplit("::").next().unwrap_or_default();
    matches!(
        last,
        "test" | "rstest" | "test_case" | "quickcheck" | "wasm_bindgen_test" | "test_log"
    )
}

fn module<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(found) = named(walk, node, Kind::Module) else {
        return;
    };
    let name = found.name.clone();
    let is_test = lead
        .attributes
        .iter()
        .any(|attribute| walk.text_of(*attribute).starts_with("#[cfg(test)"));
    let is_public = is_public(walk, node, scope);
    walk.emit(
        Found {
            is_test,
            is_public,
            ..found
        },
        scope,
        lead,
    );
    descend(
        walk,
        node,
        &Scope {
            in_test: is_test,
            public: false,
            ..scope.inside(&name)
        },
    );
}

fn macro_rules<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(found) = named(walk, node, Kind::Macro) else {
        return;
    };
    let is_public = lead
        .attributes
        .iter()
        .any(|a| walk.text_of(*a).contains("macro_export"));
    let body = Some(found.name_range.end);
    walk.emit(
        Found {
            is_public,
            body,
            ..found
        },
        scope,
        lead,
    );
}

/// Inside a macro there are only tokens; the tests of `proptest!` can still be told.
fn macro_call(walk: &mut Walk<'_>, node: Node<'_>, scope: &Scope) {
    let Some((_, name)) = walk.field(node, "macro") else {
        return;
    };
    if !matches!(name.rsplit("::").next(), Some("proptest" | "quickcheck")) {
        return;
    }
    let mut cursor = node.walk();
    let Some(tokens) = node
        .children(&mut cursor)
        .find(|child| child.kind() == "token_tree")
    else {
        return;
    };
    let mut cursor = tokens.walk();
    let children: Vec<_> = tokens.children(&mut cursor).collect();
    for (at, name) in children.iter().enumerate() {
        let after_fn = at > 0
            && children
                .get(at - 1)
                .is_some_and(|before| walk.text_of(*before) == "fn");
        if name.kind() != "identifier" || !after_fn {
            continue;
        }
        let body = children[at..]
            .iter()
            .find(|next| walk.text_of(**next).starts_with('{'));
        let found = Found {
            node: *name,
            name: walk.text_of(*name).to_owned(),
            name_range: name.byte_range(),
            kind: Kind::Function,
            body: None,
            doc: None,
            is_test: true,
            is_public: false,
        };
        walk.emit_range(
            found,
            name.start_byte()..body.map_or(name.end_byte(), |body| body.end_byte()),
            scope,
        );
    }
}

/// `#[get("/path")]`, as actix-web and rocket write it.
fn attribute_route(walk: &mut Walk<'_>, node: Node<'_>, lead: &Lead<'_>, scope: &Scope) {
    for attribute in &lead.attributes {
        let inside = walk
            .text_of(*attribute)
            .trim_start_matches("#[")
            .trim_end_matches(']');
        let Some((method, rest)) = inside.split_once('(') else {
            continue;
        };
        let literal = rest
            .trim_end_matches(')')
            .split(',')
            .next()
            .unwrap_or_default();
        if let Some(name) = route::name(method.rsplit("::").next().unwrap_or_default(), literal) {
            walk.emit_route(name, node, attribute.byte_range(), scope);
        }
    }
}

/// `.route("/path", post(handler))`, as axum writes it.
fn in_body(walk: &mut Walk<'_>, node: Node<'_>, scope: &Scope) {
    if matches!(
        node.kind(),
        "function_item" | "impl_item" | "struct_item" | "enum_item"
    ) {
        return;
    }
    walk.children(node, scope);
    if node.kind() != "call_expression" {
        return;
    }
    let Some(field) = node
        .child_by_field_name("function")
        .and_then(|f| f.child_by_field_name("field"))
    else {
        return;
    };
    let Some(arguments) = node.child_by_field_name("arguments") else {
        return;
    };
    let (Some(path), Some(handler)) = (arguments.named_child(0), arguments.named_child(1)) else {
        return;
    };
    if walk.text_of(field) != "route" {
        return;
    }
    let method = walk.text_of(handler).split('(').next().unwrap_or_default();
    let method = method.rsplit("::").next().unwrap_or_default().trim();
    if let Some(name) = route::name(method, walk.text_of(path)) {
        walk.emit_route(name, arguments, path.byte_range(), scope);
    }
}

fn is_public(walk: &Walk<'_>, node: Node<'_>, scope: &Scope) -> bool {
    let mut cursor = node.walk();
    let word = node
        .children(&mut cursor)
        .find(|child| child.kind() == "visibility_modifier");
    word.map_or(scope.public && scope.in_type, |word| {
        walk.text_of(word) == "pub"
    })
}

/// `Lockout` of `store::Lockout<T>`.
fn base_name(of: &str) -> &str {
    let plain = of.split('<').next().unwrap_or(of);
    plain
        .rsplit("::")
        .next()
        .unwrap_or(plain)
        .trim_start_matches(['&', '*'])
        .trim()
}
