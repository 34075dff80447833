//! Python.

use super::route;
use super::walk::{Found, Lead, Scope, Walk, doc_line, named};
use crate::SymbolKind as Kind;
use tree_sitter::Node;

pub(super) fn visit<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    match node.kind() {
        "decorated_definition" => decorated(walk, node, scope, lead),
        "class_definition" => class(walk, node, scope, lead),
        "function_definition" => function(walk, node, scope, lead),
        "expression_statement" => {
            if let Some(assignment) = node
                .named_child(0)
                .filter(|child| child.kind() == "assignment")
            {
                variable(walk, assignment, scope, lead);
            }
        }
        "if_statement" | "else_clause" | "elif_clause" | "try_statement" | "except_clause"
        | "block" | "with_statement" | "ERROR" => walk.children(node, scope),
        _ => {}
    }
}

fn decorated<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(definition) = node.child_by_field_name("definition") else {
        return;
    };
    let mut inner = lead.wrapped_in(node);
    let mut cursor = node.walk();
    inner.attributes.extend(
        node.named_children(&mut cursor)
            .filter(|child| child.kind() == "decorator"),
    );
    walk.visit(definition, scope, &inner);
}

fn class<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(found) = named(walk, node, Kind::Class) else {
        return;
    };
    let name = found.name.clone();
    let bases = walk
        .field(node, "superclasses")
        .map_or("", |(_, text)| text);
    let is_test = name.starts_with("Test") || bases.contains("TestCase");
    let doc = doc_string(walk, node);
    walk.emit(
        Found {
            is_test,
            doc,
            is_public: is_public(&name),
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
    let is_test = name.starts_with("test_") || (name.starts_with("test") && scope.in_test);
    let doc = doc_string(walk, node);
    walk.emit(
        Found {
            is_test,
            doc,
            is_public: is_public(&name),
            ..found
        },
        scope,
        lead,
    );
    for decorator in &lead.attributes {
        if let Some(name) = decorator_route(walk, *decorator) {
            walk.emit_route(
                name,
                node,
                decorator.byte_range(),
                &scope.inside(&found_name(walk, node)),
            );
        }
    }
}

fn found_name(walk: &Walk<'_>, node: Node<'_>) -> String {
    walk.field(node, "name")
        .map_or_else(String::new, |(_, name)| name.to_owned())
}

/// `@app.post("/orders")`, as Flask and FastAPI write it.
fn decorator_route(walk: &Walk<'_>, decorator: Node<'_>) -> Option<String> {
    let call = decorator
        .named_child(0)
        .filter(|child| child.kind() == "call")?;
    let called = call.child_by_field_name("function")?;
    let (_, method) = walk.field(called, "attribute")?;
    let (_, object) = walk.field(called, "object")?;
    let path = walk.text_of(call.child_by_field_name("arguments")?.named_child(0)?);
    let router = walk.routers.iter().find(|(name, _)| name == object);
    match router {
        Some((_, prefix)) => Some(route::below(
            Some(prefix),
            &route::name_in_attribute(method, path)?,
        )),
        None => route::name(method, path),
    }
}

/// `router = APIRouter(prefix="/notes")`, or the same with Flask's `Blueprint`.
fn remember_router(walk: &mut Walk<'_>, assignment: Node<'_>, name: &str) {
    let Some((_, right)) = walk.field(assignment, "right") else {
        return;
    };
    if !(right.starts_with("APIRouter(") || right.starts_with("Blueprint(")) {
        return;
    }
    let prefix = right.split_once("prefix=").map_or("\"\"", |(_, rest)| {
        rest.split([',', ')']).next().unwrap_or_default()
    });
    if let Some(prefix) = route::unquoted(prefix) {
        walk.routers.push((name.to_owned(), prefix.to_owned()));
    }
}

fn variable<'t>(walk: &mut Walk<'_>, assignment: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some((left, name)) = walk
        .field(assignment, "left")
        .filter(|(left, _)| left.kind() == "identifier")
    else {
        return;
    };
    remember_router(walk, assignment, name);
    let upper = name.chars().any(char::is_alphabetic) && !name.chars().any(char::is_lowercase);
    let found = Found {
        node: assignment,
        name: name.to_owned(),
        name_range: left.byte_range(),
        kind: match (scope.in_type, upper) {
            (true, _) => Kind::Field,
            (false, true) => Kind::Constant,
            (false, false) => Kind::Variable,
        },
        body: None,
        doc: None,
        is_test: false,
        is_public: is_public(name),
    };
    walk.emit(found, scope, lead);
}

fn doc_string(walk: &Walk<'_>, node: Node<'_>) -> Option<String> {
    let first = node.child_by_field_name("body")?.named_child(0)?;
    let string = first
        .named_child(0)
        .filter(|child| child.kind() == "string" && first.kind() == "expression_statement")?;
    doc_line(walk.text, string.byte_range())
}

fn is_public(name: &str) -> bool {
    !name.starts_with('_') || (name.starts_with("__") && name.ends_with("__"))
}
