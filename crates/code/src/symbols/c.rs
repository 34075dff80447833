//! C and C++.

use super::walk::{Found, Lead, Scope, Walk, named};
use crate::SymbolKind as Kind;
use std::ops::Range;
use tree_sitter::Node;

pub(super) fn visit<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    match node.kind() {
        "function_definition" => function(walk, node, scope, lead),
        "declaration" | "field_declaration" => declaration(walk, node, scope, lead),
        "struct_specifier" | "union_specifier" => {
            owner(walk, node, Kind::Struct, true, scope, lead)
        }
        "class_specifier" => owner(walk, node, Kind::Class, false, scope, lead),
        "enum_specifier" => owner(walk, node, Kind::Enum, true, scope, lead),
        "type_definition" => type_definition(walk, node, scope, lead),
        "alias_declaration" => simple(walk, node, Kind::Type, scope, lead),
        "preproc_def" | "preproc_function_def" => macro_definition(walk, node, scope, lead),
        "namespace_definition" => namespace(walk, node, scope, lead),
        "template_declaration" => {
            let mut cursor = node.walk();
            let last = node.named_children(&mut cursor).last();
            if let Some(inner) = last.filter(|last| last.kind() != "template_parameter_list") {
                walk.visit(inner, scope, &lead.wrapped_in(node));
            }
        }
        "expression_statement" => test_call(walk, node, scope, lead),
        "declaration_list" | "linkage_specification" | "ERROR" => walk.children(node, scope),
        "access_specifier" => walk.hidden = !walk.text_of(node).starts_with("public"),
        kind if kind.starts_with("preproc_") => walk.children(node, scope),
        _ => {}
    }
}

/// C has no word for public: all but `static` can be used from elsewhere.
fn is_public(walk: &Walk<'_>, node: Node<'_>, scope: &Scope) -> bool {
    if scope.in_type {
        return !walk.hidden;
    }
    let mut cursor = node.walk();
    !node
        .named_children(&mut cursor)
        .any(|child| child.kind() == "storage_class_specifier" && walk.text_of(child) == "static")
}

fn simple<'t>(walk: &mut Walk<'_>, node: Node<'t>, kind: Kind, scope: &Scope, lead: &Lead<'t>) {
    if let Some(found) = named(walk, node, kind) {
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

fn owner<'t>(
    walk: &mut Walk<'_>,
    node: Node<'t>,
    kind: Kind,
    open: bool,
    scope: &Scope,
    lead: &Lead<'t>,
) {
    // Without a body it only mentions the type.
    let Some(body) = node.child_by_field_name("body") else {
        return;
    };
    let Some(found) = named(walk, node, kind) else {
        return;
    };
    let name = found.name.clone();
    walk.emit(
        Found {
            is_public: true,
            ..found
        },
        scope,
        lead,
    );
    if kind != Kind::Enum {
        walk.members(body, &scope.type_body(&name, open), !open);
    }
}

fn namespace<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(body) = node.child_by_field_name("body") else {
        return;
    };
    match named(walk, node, Kind::Module) {
        Some(found) => {
            let inner = scope.inside(&found.name);
            walk.emit(
                Found {
                    is_public: true,
                    ..found
                },
                scope,
                lead,
            );
            walk.children(body, &inner);
        }
        None => walk.children(body, scope),
    }
}

fn macro_definition<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let function = node.kind() == "preproc_function_def";
    let Some(mut found) = named(
        walk,
        node,
        if function {
            Kind::Macro
        } else {
            Kind::Constant
        },
    ) else {
        return;
    };
    // A header's guard is no constant.
    if !function && node.child_by_field_name("value").is_none() {
        return;
    }
    if function {
        found.body = node
            .child_by_field_name("parameters")
            .map(|list| list.end_byte());
    }
    walk.emit(
        Found {
            is_public: true,
            ..found
        },
        scope,
        lead,
    );
}

fn type_definition<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(of) = node.child_by_field_name("type") else {
        return;
    };
    let Some(name) = node
        .child_by_field_name("declarator")
        .and_then(|declarator| innermost(walk, declarator))
    else {
        return;
    };
    let body = of.child_by_field_name("body");
    let kind = match (of.kind(), body) {
        ("struct_specifier" | "union_specifier", Some(_)) => Kind::Struct,
        ("enum_specifier", Some(_)) => Kind::Enum,
        _ => Kind::Type,
    };
    let inner = scope.type_body(&name.name, true);
    let found = Found {
        node,
        kind,
        body: body.map(|body| body.start_byte()),
        is_public: true,
        ..name
    };
    walk.emit(found, scope, lead);
    if let Some(body) = body.filter(|_| kind == Kind::Struct) {
        walk.members(body, &inner, false);
    }
}

/// The name inside `*name[3]`, `name(…)` or `Type::name`, as a found thing of no kind yet.
fn innermost<'t>(walk: &Walk<'_>, declarator: Node<'t>) -> Option<Found<'t>> {
    let mut at = declarator;
    for _ in 0..16 {
        match at.kind() {
            "identifier" | "field_identifier" | "type_identifier" | "operator_name"
            | "destructor_name" | "template_function" | "operator_cast" => {
                return Some(bare(walk, at, at.byte_range()));
            }
            "qualified_identifier" => at = at.child_by_field_name("name")?,
            _ => {
                at = at
                    .child_by_field_name("declarator")
                    .or_else(|| at.named_child(0))?
            }
        }
    }
    None
}

fn bare<'t>(walk: &Walk<'_>, node: Node<'t>, range: Range<usize>) -> Found<'t> {
    Found {
        node,
        name: walk.text.get(range.clone()).unwrap_or_default().to_owned(),
        name_range: range,
        kind: Kind::Function,
        body: None,
        doc: None,
        is_test: false,
        is_public: false,
    }
}

/// `Queue` of `jobs::Queue<T>::push`.
fn owner_of(walk: &Walk<'_>, declarator: Node<'_>, name: Range<usize>) -> Option<String> {
    let before = walk
        .text
        .get(declarator.start_byte()..name.start)?
        .strip_suffix("::")?;
    let before = before.rsplit([' ', '*', '&']).next()?;
    let before = before.split('<').next()?;
    Some(before.rsplit("::").next()?.to_owned())
}

fn function<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(declarator) = node.child_by_field_name("declarator") else {
        return;
    };
    if let Some(found) = gtest(walk, node, declarator) {
        return walk.emit(found, scope, lead);
    }
    let Some(name) = innermost(walk, declarator) else {
        return;
    };
    let mut scope = scope.clone();
    let owner = owner_of(walk, declarator, name.name_range.clone());
    let kind = if scope.in_type || owner.is_some() {
        Kind::Method
    } else {
        Kind::Function
    };
    scope.container = owner.or(scope.container);
    let body = node
        .child_by_field_name("body")
        .map(|body| body.start_byte());
    let is_public = is_public(walk, node, &scope);
    walk.emit(
        Found {
            node,
            kind,
            body,
            is_public,
            ..name
        },
        &scope,
        lead,
    );
}

/// `TEST(Suite, Name) {…}` and its forms; it parses as a function named `TEST`.
fn gtest<'t>(walk: &Walk<'_>, node: Node<'t>, declarator: Node<'t>) -> Option<Found<'t>> {
    let (_, macro_name) = walk.field(declarator, "declarator")?;
    if !matches!(
        macro_name,
        "TEST" | "TEST_F" | "TEST_P" | "TYPED_TEST" | "TYPED_TEST_P"
    ) {
        return None;
    }
    let parameters = declarator.child_by_field_name("parameters")?;
    let (suite, test) = (parameters.named_child(0)?, parameters.named_child(1)?);
    let mut found = bare(walk, node, test.byte_range());
    found.name = format!("{}.{}", walk.text_of(suite), found.name);
    found.body = node
        .child_by_field_name("body")
        .map(|body| body.start_byte());
    Some(Found {
        is_test: true,
        ..found
    })
}

/// `TEST_CASE("title", "[tag]") {…}` of Catch2 and doctest.
fn test_call<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(call) = node
        .named_child(0)
        .filter(|child| child.kind() == "call_expression")
    else {
        return;
    };
    let (Some((_, called)), Some(arguments)) = (
        walk.field(call, "function"),
        call.child_by_field_name("arguments"),
    ) else {
        return;
    };
    let Some(first) = arguments
        .named_child(0)
        .filter(|first| first.kind() == "string_literal")
    else {
        return;
    };
    if !matches!(called, "TEST_CASE" | "SCENARIO") || first.end_byte() < first.start_byte() + 2 {
        return;
    }
    let mut found = bare(walk, node, first.start_byte() + 1..first.end_byte() - 1);
    found.is_test = true;
    // The block that follows is a statement of its own.
    let end = node
        .next_named_sibling()
        .filter(|next| next.kind() == "compound_statement");
    let range = node.start_byte()..end.map_or(node.end_byte(), |block| block.end_byte());
    let doc = lead.doc.clone();
    walk.emit_range(
        Found {
            doc: doc.and_then(|doc| super::walk::doc_line(walk.text, doc)),
            ..found
        },
        range,
        scope,
    );
}

fn declaration<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    if let Some(of) = node.child_by_field_name("type")
        && of.child_by_field_name("body").is_some()
    {
        walk.visit(of, scope, lead);
    }
    let mut cursor = node.walk();
    let declarators: Vec<_> = node
        .children_by_field_name("declarator", &mut cursor)
        .collect();
    let constant = walk
        .text_of(node)
        .split_whitespace()
        .any(|word| matches!(word, "constexpr" | "const"))
        && !walk.text_of(node).contains('*');
    for declarator in declarators {
        let Some(name) = innermost(walk, declarator) else {
            continue;
        };
        let function = has_function(declarator);
        let kind = match (function, scope.in_type) {
            (true, true) => Kind::Method,
            (true, false) => Kind::Function,
            (false, _) if constant => Kind::Constant,
            (false, true) => Kind::Field,
            (false, false) => Kind::Variable,
        };
        let is_public = is_public(walk, node, scope);
        walk.emit(
            Found {
                node,
                kind,
                is_public,
                ..name
            },
            scope,
            lead,
        );
    }
}

fn has_function(declarator: Node<'_>) -> bool {
    let mut at = declarator;
    for _ in 0..16 {
        if at.kind() == "function_declarator" {
            return true;
        }
        match at.child_by_field_name("declarator") {
            Some(inner) => at = inner,
            None => return false,
        }
    }
    false
}
