//! C#.

use super::route;
use super::walk::{Found, Lead, Scope, Walk, named};
use crate::SymbolKind as Kind;
use std::ops::Range;
use tree_sitter::Node;

pub(super) fn visit<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    match node.kind() {
        "class_declaration" => owner(walk, node, Kind::Class, scope, lead),
        "record_declaration" | "struct_declaration" => owner(walk, node, Kind::Struct, scope, lead),
        "interface_declaration" => owner(walk, node, Kind::Interface, scope, lead),
        "enum_declaration" => simple(walk, node, Kind::Enum, scope, lead),
        "delegate_declaration" => simple(walk, node, Kind::Type, scope, lead),
        "property_declaration" => {
            let accessors = node
                .child_by_field_name("accessors")
                .map(|list| list.start_byte());
            if let Some(found) = named(walk, node, Kind::Field) {
                let is_public = is_public(walk, node, scope);
                walk.emit(
                    Found {
                        is_public,
                        body: accessors,
                        ..found
                    },
                    scope,
                    lead,
                );
            }
        }
        "method_declaration" | "constructor_declaration" | "local_function_statement" => {
            method(walk, node, scope, lead);
        }
        "field_declaration" | "event_field_declaration" => fields(walk, node, scope, lead),
        "namespace_declaration" => {
            if let Some(body) = node.child_by_field_name("body") {
                walk.children(body, scope);
            }
        }
        "file_scoped_namespace_declaration" | "declaration_list" | "global_statement" | "ERROR" => {
            walk.children(node, scope);
        }
        kind if kind.starts_with("preproc_") => walk.children(node, scope),
        _ => {}
    }
}

fn simple<'t>(walk: &mut Walk<'_>, node: Node<'t>, kind: Kind, scope: &Scope, lead: &Lead<'t>) {
    if let Some(found) = named(walk, node, kind) {
        let is_public = is_public(walk, node, scope);
        walk.emit(Found { is_public, ..found }, scope, lead);
    }
}

fn owner<'t>(walk: &mut Walk<'_>, node: Node<'t>, kind: Kind, scope: &Scope, lead: &Lead<'t>) {
    let Some(found) = named(walk, node, kind) else {
        return;
    };
    let name = found.name.clone();
    let is_public = is_public(walk, node, scope);
    let attributes = attributes(walk, node);
    let is_test = attributes
        .iter()
        .any(|(name, _, _)| matches!(name.as_str(), "TestFixture" | "TestClass"));
    walk.emit(
        Found {
            is_public,
            is_test,
            ..found
        },
        scope,
        lead,
    );
    let routed = attributes.iter().find(|(name, _, _)| name == "Route");
    let route_prefix = routed
        .and_then(|(_, path, _)| route::unquoted(path))
        .map(|path| {
            let controller = name
                .strip_suffix("Controller")
                .unwrap_or(&name)
                .to_lowercase();
            path.replace("[controller]", &controller)
        });
    if let Some(body) = node.child_by_field_name("body") {
        let inner = scope.type_body(&name, kind == Kind::Interface);
        walk.children(
            body,
            &Scope {
                route_prefix,
                ..inner
            },
        );
    }
}

fn method<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let kind = if scope.in_type {
        Kind::Method
    } else {
        Kind::Function
    };
    let Some(found) = named(walk, node, kind) else {
        return;
    };
    let inner = scope.inside(&found.name);
    let attributes = attributes(walk, node);
    let is_test = attributes.iter().any(|(name, _, _)| {
        matches!(
            name.as_str(),
            "Fact"
                | "Theory"
                | "Test"
                | "TestCase"
                | "TestCaseSource"
                | "TestMethod"
                | "DataTestMethod"
                | "Property"
        )
    });
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
    for (name, argument, at) in attributes {
        if name.starts_with("Http")
            && let Some(name) = route::name_in_attribute(&name, &argument)
        {
            let name = route::below(scope.route_prefix.as_deref(), &name);
            walk.emit_route(name, node, at, &inner);
        }
    }
}

/// Each attribute's name, its first argument as a literal, and where it stands.
fn attributes(walk: &Walk<'_>, node: Node<'_>) -> Vec<(String, String, Range<usize>)> {
    let mut out = Vec::new();
    let mut cursor = node.walk();
    for list in node
        .named_children(&mut cursor)
        .filter(|child| child.kind() == "attribute_list")
    {
        let mut cursor = list.walk();
        for attribute in list.named_children(&mut cursor) {
            let Some((_, name)) = walk.field(attribute, "name") else {
                continue;
            };
            let text = walk.text_of(attribute);
            let inside = text
                .split_once('(')
                .map_or("", |(_, rest)| rest.trim_end_matches(')'));
            let first = inside.split(',').next().unwrap_or_default().trim();
            let first = if first.is_empty() { "\"\"" } else { first };
            let name = name.rsplit('.').next().unwrap_or(name);
            let name = name.strip_suffix("Attribute").unwrap_or(name);
            out.push((name.to_owned(), first.to_owned(), attribute.byte_range()));
        }
    }
    out
}

fn fields<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let mut cursor = node.walk();
    let constant = node
        .children(&mut cursor)
        .any(|child| walk.text_of(child) == "const");
    let is_public = is_public(walk, node, scope);
    let mut cursor = node.walk();
    let Some(declaration) = node
        .named_children(&mut cursor)
        .find(|child| child.kind() == "variable_declaration")
    else {
        return;
    };
    let mut cursor = declaration.walk();
    let declarators: Vec<_> = declaration.named_children(&mut cursor).collect();
    for declarator in declarators
        .into_iter()
        .filter(|child| child.kind() == "variable_declarator")
    {
        let Some((name, text)) = walk.field(declarator, "name") else {
            continue;
        };
        let found = Found {
            node,
            name: text.to_owned(),
            name_range: name.byte_range(),
            kind: if constant {
                Kind::Constant
            } else {
                Kind::Field
            },
            body: None,
            doc: None,
            is_test: false,
            is_public,
        };
        walk.emit(found, scope, lead);
    }
}

fn is_public(walk: &Walk<'_>, node: Node<'_>, scope: &Scope) -> bool {
    let mut cursor = node.walk();
    scope.public
        || node
            .named_children(&mut cursor)
            .any(|child| child.kind() == "modifier" && walk.text_of(child) == "public")
}
