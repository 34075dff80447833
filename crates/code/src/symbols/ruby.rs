//! Ruby.

use super::route;
use super::walk::{Found, Lead, Scope, Walk, named};
use crate::SymbolKind as Kind;
use tree_sitter::Node;

pub(super) fn visit<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    match node.kind() {
        "module" => owner(walk, node, Kind::Module, scope, lead),
        "class" => owner(walk, node, Kind::Class, scope, lead),
        "singleton_class" => {
            if let Some(body) = node.child_by_field_name("body") {
                walk.members(body, scope, false);
            }
        }
        "method" | "singleton_method" => method(walk, node, scope, lead),
        "assignment" => {
            let Some((left, name)) = walk
                .field(node, "left")
                .filter(|(left, _)| left.kind() == "constant")
            else {
                return;
            };
            let found = found(node, name, left, Kind::Constant);
            walk.emit(
                Found {
                    is_public: true,
                    ..found
                },
                scope,
                lead,
            );
        }
        "identifier" => match walk.text_of(node) {
            "private" | "protected" => walk.hidden = true,
            "public" => walk.hidden = false,
            _ => {}
        },
        "call" => call(walk, node, scope, lead),
        "body_statement" | "block_body" | "begin" | "ERROR" => walk.children(node, scope),
        _ => {}
    }
}

fn found<'t>(node: Node<'t>, name: &str, at: Node<'_>, kind: Kind) -> Found<'t> {
    Found {
        node,
        name: name.to_owned(),
        name_range: at.byte_range(),
        kind,
        body: None,
        doc: None,
        is_test: false,
        is_public: false,
    }
}

fn owner<'t>(walk: &mut Walk<'_>, node: Node<'t>, kind: Kind, scope: &Scope, lead: &Lead<'t>) {
    let Some(mut found) = named(walk, node, kind) else {
        return;
    };
    let name = found.name.clone();
    let base = walk
        .field(node, "superclass")
        .map(|(base, text)| (base.end_byte(), text));
    found.body = Some(base.map_or(found.name_range.end, |(end, _)| end));
    found.is_test =
        base.is_some_and(|(_, base)| base.contains("Minitest::Test") || base.contains("TestCase"));
    let inner = Scope {
        in_test: found.is_test,
        in_type: kind == Kind::Class,
        public: true,
        ..scope.inside(&name)
    };
    walk.emit(
        Found {
            is_public: true,
            ..found
        },
        scope,
        lead,
    );
    if let Some(body) = node.child_by_field_name("body") {
        walk.members(body, &inner, false);
    }
}

fn method<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let kind = if scope.container.is_some() {
        Kind::Method
    } else {
        Kind::Function
    };
    let Some(mut found) = named(walk, node, kind) else {
        return;
    };
    let head = walk
        .field(node, "parameters")
        .map_or(found.name_range.end, |(list, _)| list.end_byte());
    found.body = Some(head);
    found.is_test = scope.in_test && found.name.starts_with("test_");
    found.is_public = node.kind() == "singleton_method" || !walk.hidden;
    walk.emit(found, scope, lead);
}

fn call<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some((_, name)) = walk.field(node, "method") else {
        return;
    };
    let receiver = walk.field(node, "receiver").map(|(_, text)| text);
    let first = node
        .child_by_field_name("arguments")
        .and_then(|arguments| arguments.named_child(0));
    let block = node.child_by_field_name("block");
    let plain = receiver.is_none() || receiver == Some("RSpec");
    match name {
        "attr_reader" | "attr_writer" | "attr_accessor" if plain => fields(walk, node, scope, lead),
        "private" | "protected" | "private_class_method" | "module_function" if first.is_some() => {
            let Some(inner) = first else { return };
            let before = std::mem::replace(&mut walk.hidden, true);
            walk.visit(inner, scope, &lead.wrapped_in(node));
            walk.hidden = before;
        }
        "describe" | "context" | "feature" | "shared_examples" | "shared_context"
            if plain && block.is_some() =>
        {
            test(walk, node, Kind::Module, first, scope, lead);
        }
        "it" | "specify" | "scenario" | "example" | "test"
            if plain && block.is_some() && first.is_some() =>
        {
            test(walk, node, Kind::Function, first, scope, lead);
        }
        _ => {
            if let Some((route, at)) = first.and_then(|first| route_of(walk, node, name, first)) {
                walk.emit_route(route, node, at, scope);
            }
            descend(walk, node, scope);
        }
    }
}

fn descend(walk: &mut Walk<'_>, node: Node<'_>, scope: &Scope) {
    if let Some(body) = node
        .child_by_field_name("block")
        .and_then(|block| block.child_by_field_name("body"))
    {
        walk.children(body, scope);
    }
}

fn test<'t>(
    walk: &mut Walk<'_>,
    node: Node<'t>,
    kind: Kind,
    first: Option<Node<'t>>,
    scope: &Scope,
    lead: &Lead<'t>,
) {
    let Some(first) = first else {
        return descend(walk, node, scope);
    };
    let text = walk.text_of(first);
    let title = route::unquoted(text);
    let mut found = found(node, title.unwrap_or(text), first, kind);
    if title.is_some() {
        found.name_range = first.start_byte() + 1..first.end_byte() - 1;
    }
    let inner = Scope {
        in_test: true,
        ..scope.inside(&found.name)
    };
    found.body = node
        .child_by_field_name("block")
        .map(|block| block.start_byte());
    walk.emit(
        Found {
            is_test: true,
            ..found
        },
        scope,
        lead,
    );
    descend(walk, node, &inner);
}

fn fields<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(arguments) = node.child_by_field_name("arguments") else {
        return;
    };
    let mut cursor = arguments.walk();
    let names: Vec<_> = arguments
        .named_children(&mut cursor)
        .filter(|child| child.kind() == "simple_symbol")
        .collect();
    for name in names {
        let found = found(
            node,
            walk.text_of(name).trim_start_matches(':'),
            name,
            Kind::Field,
        );
        let is_public = !walk.hidden;
        walk.emit(Found { is_public, ..found }, scope, lead);
    }
}

/// `get "/login" do` of Sinatra; `get "login", to: …` and `resources :orders` of Rails.
fn route_of(
    walk: &Walk<'_>,
    node: Node<'_>,
    method: &str,
    first: Node<'_>,
) -> Option<(String, std::ops::Range<usize>)> {
    if node.child_by_field_name("receiver").is_some() {
        return None;
    }
    let text = walk.text_of(first);
    if matches!(method, "resources" | "resource") {
        let name = text.strip_prefix(':')?;
        return Some((format!("ANY /{name}"), first.byte_range()));
    }
    let arguments = walk.field(node, "arguments").map_or("", |(_, text)| text);
    if arguments.contains("to:") || arguments.contains("=>") {
        return Some((route::name_in_attribute(method, text)?, first.byte_range()));
    }
    node.child_by_field_name("block")?;
    Some((route::name(method, text)?, first.byte_range()))
}
