//! TypeScript, TSX and JavaScript: declarations. Calls that stand for tests and routes are in
//! `script_call`.

use super::script_call;
use super::walk::{Found, Lead, Scope, Walk, named};
use crate::SymbolKind as Kind;
use tree_sitter::Node;

pub(super) fn visit<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let kind = node.kind();
    if kind == "call_expression" {
        return script_call::visit(walk, node, scope, lead);
    }
    if scope.in_body {
        return in_body(walk, node, scope, lead);
    }
    match kind {
        "export_statement" => export(walk, node, scope, lead),
        "ambient_declaration" => {
            let inner = lead.wrapped_in(node);
            each_named(node, |child| walk.visit(child, scope, &inner));
        }
        "function_declaration" | "generator_function_declaration" | "function_signature" => {
            function(walk, node, Kind::Function, scope, lead);
        }
        "method_definition" | "method_signature" | "abstract_method_signature" => {
            function(walk, node, Kind::Method, scope, lead);
        }
        "class_declaration" | "abstract_class_declaration" | "class" => {
            owner(walk, node, Kind::Class, scope, lead)
        }
        "interface_declaration" => owner(walk, node, Kind::Interface, scope, lead),
        "enum_declaration" => simple(walk, node, Kind::Enum, scope, lead),
        "type_alias_declaration" => simple(walk, node, Kind::Type, scope, lead),
        "internal_module" | "module" => module(walk, node, scope, lead),
        "public_field_definition" | "field_definition" | "property_signature" => {
            field(walk, node, scope, lead)
        }
        "lexical_declaration" | "variable_declaration" => variables(walk, node, scope, lead),
        "expression_statement" => statement(walk, node, scope, lead),
        "statement_block" | "ERROR" | "if_statement" | "parenthesized_expression" => {
            walk.children(node, scope)
        }
        _ => {}
    }
}

/// In a body only calls are looked for; what is declared there is nobody else's business.
fn in_body<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    match node.kind() {
        "expression_statement" | "await_expression" => {
            let mut first = true;
            each_named(node, |child| {
                walk.visit(
                    child,
                    scope,
                    &if first { lead.clone() } else { Lead::default() },
                );
                first = false;
            });
        }
        "class_declaration" | "interface_declaration" | "string" | "template_string" => {}
        _ => walk.children(node, scope),
    }
}

pub(super) fn each_named<'t>(node: Node<'t>, mut each: impl FnMut(Node<'t>)) {
    let mut cursor = node.walk();
    let children: Vec<_> = node.named_children(&mut cursor).collect();
    children.into_iter().for_each(&mut each);
}

fn export<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let inner = lead.wrapped_in(node);
    let scope = Scope {
        public: true,
        ..scope.clone()
    };
    match node.child_by_field_name("declaration") {
        Some(declaration) => walk.visit(declaration, &scope, &inner),
        None => {
            let Some(value) = node.child_by_field_name("value") else {
                return exported(walk, node);
            };
            match value.kind() {
                "identifier" => walk.exported.push(walk.text_of(value).to_owned()),
                // `export default class {}` and `export default () => …` have no name to go by.
                "class" | "call_expression" => walk.visit(value, &scope, &inner),
                "arrow_function" | "function_expression" => {
                    let found = Found {
                        node: value,
                        name: "default".to_owned(),
                        name_range: value.start_byte()..value.start_byte(),
                        kind: Kind::Function,
                        body: body_of(value),
                        doc: None,
                        is_test: false,
                        is_public: true,
                    };
                    walk.emit(found, &scope, &inner);
                    descend(walk, value, &scope.body("default"));
                }
                _ => {}
            }
        }
    }
}

fn function<'t>(walk: &mut Walk<'_>, node: Node<'t>, kind: Kind, scope: &Scope, lead: &Lead<'t>) {
    let Some(found) = named(walk, node, kind) else {
        return;
    };
    let name = found.name.clone();
    let is_public = is_public(walk, node, &name, scope);
    walk.emit(Found { is_public, ..found }, scope, lead);
    script_call::decorator_routes(walk, node, lead, scope, &name);
    descend(walk, node, &scope.body(&name));
}

fn owner<'t>(walk: &mut Walk<'_>, node: Node<'t>, kind: Kind, scope: &Scope, lead: &Lead<'t>) {
    let Some(found) = named(walk, node, kind) else {
        return;
    };
    let name = found.name.clone();
    walk.emit(
        Found {
            is_public: scope.public,
            ..found
        },
        scope,
        lead,
    );
    let route_prefix = script_call::controller_path(walk, node);
    if let Some(body) = node.child_by_field_name("body") {
        walk.children(
            body,
            &Scope {
                route_prefix,
                ..scope.type_body(&name, true)
            },
        );
    }
}

fn simple<'t>(walk: &mut Walk<'_>, node: Node<'t>, kind: Kind, scope: &Scope, lead: &Lead<'t>) {
    if let Some(found) = named(walk, node, kind) {
        walk.emit(
            Found {
                is_public: scope.public,
                ..found
            },
            scope,
            lead,
        );
    }
}

fn module<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(mut found) = named(walk, node, Kind::Module) else {
        return;
    };
    found.name = found.name.trim_matches(['"', '\'']).to_owned();
    let inner = scope.inside(&found.name);
    walk.emit(
        Found {
            is_public: scope.public,
            ..found
        },
        scope,
        lead,
    );
    if let Some(body) = node.child_by_field_name("body") {
        walk.children(
            body,
            &Scope {
                public: false,
                ..inner
            },
        );
    }
}

fn field<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some((name_node, name)) = walk
        .field(node, "name")
        .or_else(|| walk.field(node, "property"))
    else {
        return;
    };
    let function = node
        .child_by_field_name("value")
        .filter(|value| is_function(value.kind()));
    let found = Found {
        node,
        name: name.to_owned(),
        name_range: name_node.byte_range(),
        kind: if function.is_some() {
            Kind::Method
        } else {
            Kind::Field
        },
        body: function.and_then(body_of),
        doc: None,
        is_test: false,
        is_public: is_public(walk, node, name, scope),
    };
    walk.emit(found, scope, lead);
}

fn variables<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let constant = walk.text_of(node).starts_with("const");
    each_named(node, |declarator| {
        let Some(name) = declarator
            .child_by_field_name("name")
            .filter(|name| name.kind() == "identifier")
        else {
            return;
        };
        let value = declarator.child_by_field_name("value");
        if value.is_some_and(|value| walk.text_of(value).starts_with("require(")) {
            return;
        }
        let function = value.and_then(|value| function_in(value, 0));
        let class = value.filter(|value| value.kind() == "class");
        let text = walk.text_of(name).to_owned();
        let found = Found {
            node,
            name: text.clone(),
            name_range: name.byte_range(),
            kind: match (function, class) {
                (Some(_), _) => Kind::Function,
                (_, Some(_)) => Kind::Class,
                _ if constant => Kind::Constant,
                _ => Kind::Variable,
            },
            body: match function {
                Some(function) if Some(function) == value => body_of(function),
                Some(_) => value
                    .and_then(|call| call.child_by_field_name("arguments"))
                    .map(|list| list.start_byte()),
                None => class.and_then(body_of),
            },
            doc: None,
            is_test: false,
            is_public: scope.public,
        };
        walk.emit(found, scope, lead);
        if let Some(function) = function {
            descend(walk, function, &scope.body(&text));
        } else if let Some(body) = class.and_then(|class| class.child_by_field_name("body")) {
            walk.children(body, &scope.type_body(&text, true));
        } else if let Some(value) = value {
            walk.visit(
                value,
                &Scope {
                    in_body: true,
                    ..scope.inside(&text)
                },
                &Lead::default(),
            );
        }
    });
}

/// The names in `export { a, b as c }`, unless they come from another file.
fn exported(walk: &mut Walk<'_>, node: Node<'_>) {
    if node.child_by_field_name("source").is_some() {
        return;
    }
    each_named(node, |clause| {
        each_named(clause, |specifier| {
            if let Some((_, name)) = walk.field(specifier, "name") {
                walk.exported.push(name.to_owned());
            }
        });
    });
}

/// The names in `module.exports = { a, b }` or `module.exports = a`.
fn module_exports(walk: &mut Walk<'_>, right: Node<'_>) {
    if right.kind() == "identifier" {
        return walk.exported.push(walk.text_of(right).to_owned());
    }
    each_named(right, |entry| {
        let value = entry.child_by_field_name("value").unwrap_or(entry);
        if matches!(value.kind(), "shorthand_property_identifier" | "identifier") {
            walk.exported.push(walk.text_of(value).to_owned());
        }
    });
}

/// A call, or `exports.name = …` and `Type.prototype.name = …`.
fn statement<'t>(walk: &mut Walk<'_>, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
    let Some(expression) = node.named_child(0) else {
        return;
    };
    if expression.kind() != "assignment_expression" {
        return walk.visit(expression, scope, lead);
    }
    let (Some((_, left)), Some(right)) = (
        walk.field(expression, "left"),
        expression.child_by_field_name("right"),
    ) else {
        return;
    };
    let Some(name) = expression
        .child_by_field_name("left")
        .and_then(|left| left.child_by_field_name("property"))
    else {
        return;
    };
    if left == "module.exports" {
        module_exports(walk, right);
    }
    let exported = left.starts_with("exports.") || left.starts_with("module.exports.");
    let owner = left
        .split_once(".prototype.")
        .map(|(owner, _)| owner.to_owned());
    if !is_function(right.kind()) || !(exported || owner.is_some()) {
        return;
    }
    let text = walk.text_of(name).to_owned();
    let found = Found {
        node,
        name: text.clone(),
        name_range: name.byte_range(),
        kind: if owner.is_some() {
            Kind::Method
        } else {
            Kind::Function
        },
        body: body_of(right),
        doc: None,
        is_test: false,
        is_public: true,
    };
    let scope = Scope {
        container: owner.or_else(|| scope.container.clone()),
        ..scope.clone()
    };
    walk.emit(found, &scope, lead);
    descend(walk, right, &scope.body(&text));
}

fn descend(walk: &mut Walk<'_>, function: Node<'_>, scope: &Scope) {
    if let Some(body) = function.child_by_field_name("body") {
        walk.children(body, scope);
    }
}

fn body_of(node: Node<'_>) -> Option<usize> {
    node.child_by_field_name("body")
        .map(|body| body.start_byte())
}

pub(super) fn is_function(kind: &str) -> bool {
    matches!(
        kind,
        "arrow_function" | "function_expression" | "generator_function"
    )
}

/// The function a value is, also where `memo(…)` or `forwardRef(…)` wraps it.
fn function_in(value: Node<'_>, depth: usize) -> Option<Node<'_>> {
    if is_function(value.kind()) {
        return Some(value);
    }
    if value.kind() != "call_expression" || depth > 2 {
        return None;
    }
    let first = value.child_by_field_name("arguments")?.named_child(0)?;
    let called = value.child_by_field_name("function")?;
    matches!(called.kind(), "identifier" | "member_expression").then_some(())?;
    function_in(first, depth + 1)
}

fn is_public(walk: &Walk<'_>, node: Node<'_>, name: &str, scope: &Scope) -> bool {
    let mut cursor = node.walk();
    let word = node
        .children(&mut cursor)
        .find(|child| child.kind() == "accessibility_modifier");
    scope.public && !name.starts_with('#') && word.is_none_or(|word| walk.text_of(word) == "public")
}
