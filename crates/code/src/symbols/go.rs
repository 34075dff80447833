//! Go.

use super::route;
use super::walk::{Found, Lead, Scope, Walk, named};
use crate::SymbolKind as Kind;
use tree_sitter::Node;

pub(super) fn visit<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    if scope.in_body {
        return in_body(walk, node, scope, lead);
    }
    match node.kind() {
        "function_declaration" => function(walk, node, scope, lead),
        "method_declaration" => method(walk, node, scope, lead),
        "type_declaration" | "const_declaration" | "var_declaration" => {
            group(walk, node, scope, lead)
        }
        "var_spec_list" | "ERROR" => walk.children(node, scope),
        "type_spec" => type_spec(walk, node, scope, lead),
        "type_alias" => {
            if let Some(found) = named(walk, node, Kind::Type) {
                emit(walk, found, scope, lead);
            }
        }
        "const_spec" => names(walk, node, Kind::Constant, scope, lead),
        "var_spec" => names(walk, node, Kind::Variable, scope, lead),
        "method_elem" => {
            if let Some(found) = named(walk, node, Kind::Method) {
                emit(walk, found, scope, lead);
            }
        }
        "field_declaration" => names(walk, node, Kind::Field, scope, lead),
        "field_declaration_list" => walk.children(node, scope),
        _ => {}
    }
}

fn emit<'t>(walk: &mut Walk<'_>, found: Found<'t>, scope: &Scope, lead: &Lead<'t>) {
    let is_public = found.name.chars().next().is_some_and(char::is_uppercase);
    walk.emit(Found { is_public, ..found }, scope, lead);
}

/// `type X …` alone takes the comment above; in brackets each entry has its own.
fn group<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    match node.named_child(0) {
        Some(only) if node.named_child_count() == 1 && only.kind() != "var_spec_list" => {
            walk.visit(only, scope, &lead.wrapped_in(node));
        }
        _ => walk.children(node, scope),
    }
}

fn type_spec<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(of) = node.child_by_field_name("type") else {
        return;
    };
    let kind = match of.kind() {
        "struct_type" => Kind::Struct,
        "interface_type" => Kind::Interface,
        _ => Kind::Type,
    };
    let Some(mut found) = named(walk, node, kind) else {
        return;
    };
    if kind != Kind::Type {
        found.body = walk.text_of(of).find('{').map(|at| of.start_byte() + at);
    }
    let name = found.name.clone();
    emit(walk, found, scope, lead);
    if kind != Kind::Type {
        walk.children(of, &scope.type_body(&name, false));
    }
}

/// One declaration may have several names: `a, b int`.
fn names<'t>(walk: &mut Walk<'_>, node: Node<'t>, kind: Kind, scope: &Scope, lead: &Lead<'t>) {
    let mut cursor = node.walk();
    let names: Vec<_> = node
        .children_by_field_name("name", &mut cursor)
        .filter(|name| name.is_named())
        .collect();
    for name in names {
        let found = Found {
            node,
            name: walk.text_of(name).to_owned(),
            name_range: name.byte_range(),
            kind,
            body: None,
            doc: None,
            is_test: false,
            is_public: false,
        };
        emit(walk, found, scope, lead);
    }
}

fn function<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(mut found) = named(walk, node, Kind::Function) else {
        return;
    };
    let parameters = walk.field(node, "parameters").map_or("", |(_, text)| text);
    found.is_test = is_test(&found.name, parameters);
    let inner = Scope {
        in_test: found.is_test,
        ..scope.body(&found.name)
    };
    emit(walk, found, scope, lead);
    if let Some(body) = node.child_by_field_name("body") {
        walk.children(body, &inner);
    }
}

fn is_test(name: &str, parameters: &str) -> bool {
    [
        ("Test", "testing.T"),
        ("Fuzz", "testing.F"),
        ("Benchmark", "testing.B"),
    ]
    .iter()
    .any(|(prefix, of)| {
        name.strip_prefix(prefix)
            .is_some_and(|rest| !rest.starts_with(char::is_lowercase))
            && parameters.contains(of)
    })
}

fn method<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(mut found) = named(walk, node, Kind::Method) else {
        return;
    };
    let receiver = walk.field(node, "receiver").map_or("", |(_, text)| text);
    let owner = receiver
        .trim_matches(['(', ')'])
        .split('[')
        .next()
        .unwrap_or_default();
    let owner = owner.rsplit([' ', '*']).next().unwrap_or_default();
    // The suites of testify: methods named Test… of a type named …Suite.
    found.is_test = owner.ends_with("Suite") && found.name.starts_with("Test");
    let inner = Scope {
        in_test: found.is_test,
        ..scope.body(&found.name)
    };
    emit(walk, found, &scope.inside(owner), lead);
    if let Some(body) = node.child_by_field_name("body") {
        walk.children(body, &inner);
    }
}

/// `t.Run("name", …)` in a test, and routes as gin, echo, chi and net/http write them.
fn in_body<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    match node.kind() {
        "expression_statement" => {
            if let Some(call) = node.named_child(0) {
                walk.visit(call, scope, lead);
            }
            return;
        }
        "call_expression" => {}
        _ => return walk.children(node, scope),
    }
    let mut inner = scope.clone();
    if let (Some(called), Some(arguments)) = (
        node.child_by_field_name("function"),
        node.child_by_field_name("arguments"),
    ) && let (Some((_, method)), Some(first)) =
        (walk.field(called, "field"), arguments.named_child(0))
        && arguments.named_child_count() > 1
    {
        let literal = walk.text_of(first);
        if scope.in_test && method == "Run" {
            if let Some(title) = route::unquoted(literal) {
                inner = scope.body(title);
                let found = Found {
                    node,
                    name: title.to_owned(),
                    name_range: first.start_byte() + 1..first.end_byte() - 1,
                    kind: Kind::Function,
                    body: arguments
                        .named_child(1)
                        .map(|function| function.start_byte()),
                    doc: None,
                    is_test: true,
                    is_public: false,
                };
                walk.emit(found, scope, lead);
            }
        } else if let Some(name) = pattern(method, literal) {
            walk.emit_route(name, node, first.byte_range(), scope);
        }
    }
    walk.children(node, &inner);
}

/// Also `HandleFunc("POST /login", …)`, where the pattern names the method.
fn pattern(method: &str, literal: &str) -> Option<String> {
    if matches!(method, "HandleFunc" | "Handle")
        && let Some((verb, path)) = route::unquoted(literal)?.split_once(' ')
    {
        return route::name(verb, &format!("\"{}\"", path.trim()));
    }
    route::name(method, literal)
}
