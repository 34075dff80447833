//! Java.

use super::route;
use super::walk::{Found, Lead, Scope, Walk, named};
use crate::SymbolKind as Kind;
use tree_sitter::Node;

pub(super) fn visit<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    match node.kind() {
        "class_declaration" => owner(walk, node, Kind::Class, scope, lead),
        "interface_declaration" | "annotation_type_declaration" => {
            owner(walk, node, Kind::Interface, scope, lead)
        }
        "enum_declaration" => owner(walk, node, Kind::Enum, scope, lead),
        "record_declaration" => owner(walk, node, Kind::Struct, scope, lead),
        "method_declaration" | "constructor_declaration" | "compact_constructor_declaration" => {
            method(walk, node, scope, lead);
        }
        "field_declaration" | "constant_declaration" => fields(walk, node, scope, lead),
        "enum_body_declarations" | "ERROR" => walk.children(node, scope),
        _ => {}
    }
}

fn owner<'t>(walk: &mut Walk<'_>, node: Node<'t>, kind: Kind, scope: &Scope, lead: &Lead<'t>) {
    let Some(found) = named(walk, node, kind) else {
        return;
    };
    let name = found.name.clone();
    let is_public = is_public(walk, node, scope);
    walk.emit(Found { is_public, ..found }, scope, lead);
    let annotations = annotations(walk, node);
    let mapped = annotations
        .iter()
        .find(|(name, _, _)| name == "RequestMapping");
    let route_prefix = mapped
        .and_then(|(_, path, _)| route::unquoted(path))
        .map(str::to_owned);
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
    let Some(found) = named(walk, node, Kind::Method) else {
        return;
    };
    let inner = scope.inside(&found.name);
    let annotations = annotations(walk, node);
    let is_test = annotations.iter().any(|(name, _, _)| {
        matches!(
            name.as_str(),
            "Test"
                | "ParameterizedTest"
                | "RepeatedTest"
                | "TestFactory"
                | "Property"
                | "TestTemplate"
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
    for (name, argument, at) in annotations {
        if name.ends_with("Mapping")
            && let Some(name) = route::name_in_attribute(&name, &argument)
        {
            let name = route::below(scope.route_prefix.as_deref(), &name);
            walk.emit_route(name, node, at, &inner);
        }
    }
}

/// Each annotation's name, its path or value as a literal, and where it stands.
fn annotations(walk: &Walk<'_>, node: Node<'_>) -> Vec<(String, String, std::ops::Range<usize>)> {
    let mut cursor = node.walk();
    let Some(modifiers) = node
        .children(&mut cursor)
        .find(|child| child.kind() == "modifiers")
    else {
        return Vec::new();
    };
    let mut cursor = modifiers.walk();
    let mut out = Vec::new();
    for annotation in modifiers.named_children(&mut cursor) {
        let Some((_, name)) = walk.field(annotation, "name") else {
            continue;
        };
        let arguments = walk
            .field(annotation, "arguments")
            .map_or("", |(_, text)| text);
        let inside = arguments.trim_matches(['(', ')']);
        let value = inside
            .split_once('=')
            .filter(|(key, _)| matches!(key.trim(), "value" | "path"));
        let value = value
            .map_or(inside, |(_, value)| value)
            .split(',')
            .next()
            .unwrap_or_default()
            .trim();
        let value = if value.is_empty() { "\"\"" } else { value };
        let name = name.rsplit('.').next().unwrap_or(name);
        out.push((name.to_owned(), value.to_owned(), annotation.byte_range()));
    }
    out
}

fn fields<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let words = modifiers(walk, node);
    let constant = node.kind() == "constant_declaration"
        || (words.contains("static") && words.contains("final"));
    let is_public = is_public(walk, node, scope);
    let mut cursor = node.walk();
    let declarators: Vec<_> = node
        .children_by_field_name("declarator", &mut cursor)
        .collect();
    for declarator in declarators {
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

fn modifiers(walk: &Walk<'_>, node: Node<'_>) -> String {
    let mut cursor = node.walk();
    let modifiers = node
        .children(&mut cursor)
        .find(|child| child.kind() == "modifiers");
    modifiers.map_or_else(String::new, |child| walk.text_of(child).to_owned())
}

fn is_public(walk: &Walk<'_>, node: Node<'_>, scope: &Scope) -> bool {
    scope.public
        || modifiers(walk, node)
            .split_whitespace()
            .any(|word| word == "public")
}
