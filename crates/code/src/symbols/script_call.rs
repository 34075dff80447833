//! Calls that declare something in JavaScript and its kin: tests of jest, vitest, mocha and
//! node:test, and the routes of express, fastify and hono.

use super::route;
use super::script::{each_named, is_function};
use super::walk::{Found, Lead, Scope, Walk};
use crate::SymbolKind as Kind;
use tree_sitter::Node;

pub(super) fn visit<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let (Some(called), Some(arguments)) = (
        node.child_by_field_name("function"),
        node.child_by_field_name("arguments"),
    ) else {
        return walk.children(node, scope);
    };
    if let Some(group) = test_word(walk.text_of(called))
        && let Some(title) = arguments
            .named_child(0)
            .and_then(|first| title(walk, first))
        && (arguments.named_child_count() > 1 || walk.text_of(called).ends_with("todo"))
    {
        let inner = Scope {
            in_test: true,
            in_body: true,
            in_type: false,
            ..scope.inside(&title.0)
        };
        let found = Found {
            node,
            name: title.0,
            name_range: title.1,
            kind: if group { Kind::Module } else { Kind::Function },
            body: callback(arguments).map(|function| function.start_byte()),
            doc: None,
            is_test: true,
            is_public: false,
        };
        walk.emit(found, scope, lead);
        return descend(walk, arguments, &inner);
    }
    if let Some((name, path)) = route_of(walk, called, arguments) {
        walk.emit_route(name, node, path.byte_range(), scope);
    }
    let inner = Scope {
        in_body: true,
        ..scope.clone()
    };
    walk.visit_inside(called, &inner);
    descend(walk, arguments, &inner);
}

fn descend(walk: &mut Walk<'_>, arguments: Node<'_>, scope: &Scope) {
    each_named(arguments, |argument| {
        match argument.child_by_field_name("body") {
            Some(body) if is_function(argument.kind()) => match body.kind() {
                "statement_block" => walk.children(body, scope),
                _ => walk.visit(body, scope, &Lead::default()),
            },
            _ if argument.kind() == "call_expression" => {
                walk.visit(argument, scope, &Lead::default())
            }
            _ => {}
        }
    });
}

/// `Some(true)` for a group of tests, `Some(false)` for a test. Takes `it.skip`, `test.each(…)`
/// and ``it.each`…` `` as their first word.
fn test_word(called: &str) -> Option<bool> {
    let word = called.split(['.', '(', '`', '<']).next()?.trim();
    let rest = called.get(word.len()..)?;
    let known_rest = rest.is_empty()
        || [
            ".only",
            ".skip",
            ".each",
            ".concurrent",
            ".todo",
            ".failing",
            ".describe",
            ".sequential",
            ".prop",
            ".runIf",
            ".skipIf",
            ".for",
        ]
        .iter()
        .any(|suffix| rest.starts_with(suffix));
    match word {
        _ if !known_rest => None,
        "describe" | "suite" | "context" | "fdescribe" | "xdescribe" => Some(true),
        "test" if rest.starts_with(".describe") => Some(true),
        "it" | "test" | "specify" | "fit" | "xit" => Some(false),
        _ => None,
    }
}

/// The title of a test: a string, a template, or the name of what is tested.
fn title(walk: &Walk<'_>, first: Node<'_>) -> Option<(String, std::ops::Range<usize>)> {
    let text = walk.text_of(first);
    match first.kind() {
        "string" | "template_string" => {
            let inside = text.get(1..text.len().checked_sub(1)?)?;
            Some((
                inside.to_owned(),
                first.start_byte() + 1..first.end_byte() - 1,
            ))
        }
        "identifier" | "member_expression" => Some((text.to_owned(), first.byte_range())),
        _ => None,
    }
}

fn callback(arguments: Node<'_>) -> Option<Node<'_>> {
    let mut cursor = arguments.walk();
    arguments
        .named_children(&mut cursor)
        .find(|argument| is_function(argument.kind()))
}

fn route_of<'t>(
    walk: &Walk<'_>,
    called: Node<'t>,
    arguments: Node<'t>,
) -> Option<(String, Node<'t>)> {
    let (_, receiver) = walk.field(called, "object")?;
    let (_, method) = walk.field(called, "property")?;
    let path = arguments.named_child(0)?;
    // A client's `api.get("/x")` looks the same; a server hands over what answers.
    let serves = ["app", "router", "server", "fastify", "routes"]
        .iter()
        .any(|name| receiver.to_ascii_lowercase().ends_with(name));
    if !serves || arguments.named_child_count() < 2 {
        return None;
    }
    Some((route::name(method, walk.text_of(path))?, path))
}

/// `@Get("me")` on the method `owner`, as NestJS writes it.
pub(super) fn decorator_routes(
    walk: &mut Walk<'_>,
    node: Node<'_>,
    lead: &Lead<'_>,
    scope: &Scope,
    owner: &str,
) {
    for decorator in &lead.attributes {
        let Some((method, literal)) = decorator_call(walk, *decorator) else {
            continue;
        };
        let known = matches!(method, "Get" | "Post" | "Put" | "Patch" | "Delete" | "All");
        if let Some(name) = route::name_in_attribute(method, literal).filter(|_| known) {
            let name = route::below(scope.route_prefix.as_deref(), &name);
            walk.emit_route(name, node, decorator.byte_range(), &scope.inside(owner));
        }
    }
}

/// The path in `@Controller("users")`, which stands on the class or on its `export`.
pub(super) fn controller_path(walk: &Walk<'_>, class: Node<'_>) -> Option<String> {
    let mut holders = vec![class];
    holders.extend(
        class
            .parent()
            .filter(|parent| parent.kind() == "export_statement"),
    );
    holders.into_iter().find_map(|holder| {
        let mut cursor = holder.walk();
        holder
            .named_children(&mut cursor)
            .filter(|child| child.kind() == "decorator")
            .find_map(|decorator| {
                let (name, literal) = decorator_call(walk, decorator)?;
                (name == "Controller").then(|| route::unquoted(literal).map(str::to_owned))?
            })
    })
}

/// A decorator's name and its first argument; an empty string where it has none.
fn decorator_call<'a>(walk: &Walk<'a>, decorator: Node<'_>) -> Option<(&'a str, &'a str)> {
    let (name, rest) = walk
        .text_of(decorator)
        .trim_start_matches('@')
        .split_once('(')?;
    let literal = rest
        .trim_end_matches(')')
        .split(',')
        .next()
        .unwrap_or_default()
        .trim();
    Some((name, if literal.is_empty() { "\"\"" } else { literal }))
}
