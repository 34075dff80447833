//! The walk over a syntax tree that every language shares: it keeps the comment and attributes
//! that stand before a node, limits the depth, and turns what a language finds into symbols.

use super::signature;
use crate::comments::comment_text;
use crate::parse::MAX_DEPTH;
use crate::{Symbol, SymbolKind};
use std::ops::Range;
use tree_sitter::Node;

/// Looks at one node of a language: declares symbols, and descends where more may be.
pub(super) type Visit = for<'t> fn(&mut Walk<'_>, Node<'t>, &Scope, &Lead<'t>);

/// Where in the code a node stands.
#[derive(Debug, Clone, Default)]
pub(super) struct Scope {
    /// The symbol around it.
    pub container: Option<String>,
    /// The container is a type, so its functions are methods.
    pub in_type: bool,
    /// Inside a function's body: local names are no symbols, tests and routes are.
    pub in_body: bool,
    /// The container is a test or a group of tests.
    pub in_test: bool,
    /// What is declared here without a word about it can be used from outside.
    pub public: bool,
    /// The path that a controller puts before its routes.
    pub route_prefix: Option<String>,
}

impl Scope {
    pub fn inside(&self, container: &str) -> Self {
        Self {
            container: Some(container.to_owned()),
            ..self.clone()
        }
    }

    pub fn type_body(&self, container: &str, public: bool) -> Self {
        Self {
            in_type: true,
            public,
            ..self.inside(container)
        }
    }

    pub fn body(&self, container: &str) -> Self {
        Self {
            in_body: true,
            in_type: false,
            ..self.inside(container)
        }
    }
}

/// What stands before a node and belongs to it.
#[derive(Debug, Clone, Default)]
pub(super) struct Lead<'t> {
    pub doc: Option<Range<usize>>,
    pub attributes: Vec<Node<'t>>,
    /// The start of what wraps the node, such as `export` or a decorator.
    pub start: Option<usize>,
}

impl Lead<'_> {
    /// The same, for a node inside a wrapper that starts before it.
    pub fn wrapped_in(&self, wrapper: Node<'_>) -> Self {
        let start = self
            .start
            .unwrap_or(wrapper.start_byte())
            .min(wrapper.start_byte());
        Self {
            start: Some(start),
            ..self.clone()
        }
    }
}

/// A declaration that a language found.
pub(super) struct Found<'t> {
    pub node: Node<'t>,
    pub name: String,
    pub name_range: Range<usize>,
    pub kind: SymbolKind,
    /// Where the signature ends: the body's start.
    pub body: Option<usize>,
    /// The doc line, where it is not in the comment above.
    pub doc: Option<String>,
    pub is_test: bool,
    pub is_public: bool,
}

pub(super) struct Walk<'a> {
    pub text: &'a str,
    /// Members declared from here on are hidden: what a bare `private` does to those after it.
    pub hidden: bool,
    /// Names that a list such as `export { a, b }` makes public.
    pub exported: Vec<String>,
    /// Router variables and the path that each puts before its routes.
    pub routers: Vec<(String, String)>,
    visit: Visit,
    out: Vec<Symbol>,
    depth: usize,
    line: (usize, u32),
}

impl<'a> Walk<'a> {
    pub fn new(text: &'a str, visit: Visit) -> Self {
        Self {
            text,
            hidden: false,
            exported: Vec::new(),
            routers: Vec::new(),
            visit,
            out: Vec::new(),
            depth: 0,
            line: (0, 0),
        }
    }

    pub fn run(mut self, root: Node<'_>) -> Vec<Symbol> {
        self.children(root, &Scope::default());
        // A route is told after what answers it, though its path may stand before.
        self.out
            .sort_by_key(|symbol| (symbol.range.start, std::cmp::Reverse(symbol.range.end)));
        mark_test_classes(&mut self.out);
        for symbol in &mut self.out {
            symbol.is_public |= symbol.container.is_none() && self.exported.contains(&symbol.name);
        }
        self.out
    }

    /// The text of a node; empty where broken code left no valid range.
    pub fn text_of(&self, node: Node<'_>) -> &'a str {
        self.text.get(node.byte_range()).unwrap_or_default()
    }

    /// The text of a field of a node.
    pub fn field<'t>(&self, node: Node<'t>, field: &str) -> Option<(Node<'t>, &'a str)> {
        let child = node.child_by_field_name(field)?;
        Some((child, self.text_of(child))).filter(|(_, text)| !text.is_empty())
    }

    /// Visits one node as if it stood where `lead` was gathered.
    pub fn visit<'t>(&mut self, node: Node<'t>, scope: &Scope, lead: &Lead<'t>) {
        if self.depth < MAX_DEPTH {
            self.depth += 1;
            (self.visit)(self, node, scope, lead);
            self.depth -= 1;
        }
    }

    /// Visits a node that nothing stands before.
    pub fn visit_inside(&mut self, node: Node<'_>, scope: &Scope) {
        self.visit(node, scope, &Lead::default());
    }

    /// Visits the named children of a node.
    pub fn children(&mut self, node: Node<'_>, scope: &Scope) {
        if self.depth >= MAX_DEPTH {
            return;
        }
        self.depth += 1;
        let mut lead = Lead::default();
        let mut before = None;
        let mut cursor = node.walk();
        for child in node.named_children(&mut cursor) {
            let kind = child.kind();
            if is_comment(kind) {
                self.take_comment(&mut lead, child, before);
            } else if is_attribute(kind) {
                self.drop_far_doc(&mut lead, child.start_byte());
                lead.start.get_or_insert(child.start_byte());
                lead.attributes.push(child);
            } else {
                self.drop_far_doc(&mut lead, child.start_byte());
                (self.visit)(self, child, scope, &lead);
                lead = Lead::default();
            }
            before = Some(child.end_byte());
        }
        self.depth -= 1;
    }

    /// Visits the members of a type, which starts with its own answer to what is hidden.
    pub fn members(&mut self, body: Node<'_>, scope: &Scope, hidden: bool) {
        let before = std::mem::replace(&mut self.hidden, hidden);
        self.children(body, scope);
        self.hidden = before;
    }

    fn take_comment(&self, lead: &mut Lead<'_>, comment: Node<'_>, before: Option<usize>) {
        let range = trimmed(self.text, comment.byte_range());
        // A comment behind code on its line belongs to that code.
        if before.is_some() && !self.starts_line(range.start) {
            return;
        }
        match &mut lead.doc {
            Some(doc) if self.gap(doc.end, range.start) == Some(1) => doc.end = range.end,
            _ => lead.doc = Some(range),
        }
    }

    fn drop_far_doc(&self, lead: &mut Lead<'_>, start: usize) {
        if lead.attributes.is_empty()
            && lead
                .doc
                .as_ref()
                .is_some_and(|doc| self.gap(doc.end, start).is_none_or(|n| n > 1))
        {
            lead.doc = None;
        }
    }

    /// The line breaks between two offsets; `None` if there is more than white space.
    fn gap(&self, from: usize, to: usize) -> Option<usize> {
        let between = self.text.get(from..to)?;
        between
            .trim()
            .is_empty()
            .then(|| between.matches('\n').count())
    }

    fn starts_line(&self, offset: usize) -> bool {
        let head = self.text.get(..offset).unwrap_or_default();
        head.rsplit('\n')
            .next()
            .is_none_or(|line| line.trim().is_empty())
    }

    /// Adds a symbol.
    pub fn emit(&mut self, found: Found<'_>, scope: &Scope, lead: &Lead<'_>) {
        if found.name.is_empty() {
            return;
        }
        let start = lead.start.unwrap_or(found.node.start_byte());
        let doc = found
            .doc
            .or_else(|| lead.doc.clone().and_then(|doc| doc_line(self.text, doc)));
        let line = self.line_of(found.name_range.start);
        let signature = match found.kind {
            SymbolKind::Route => found.name.clone(),
            _ => signature::of(self.text, found.node, start, found.body),
        };
        self.out.push(Symbol {
            name: found.name,
            kind: found.kind,
            container: scope.container.clone(),
            range: trimmed(self.text, start..found.node.end_byte()),
            name_range: found.name_range,
            signature,
            doc,
            is_test: found.is_test,
            is_public: found.is_public,
            line,
        });
    }

    /// Adds a symbol that has no node of its own.
    pub fn emit_range(&mut self, found: Found<'_>, range: Range<usize>, scope: &Scope) {
        let before = self.out.len();
        self.emit(found, scope, &Lead::default());
        if let Some(symbol) = self.out.get_mut(before) {
            symbol.range = range;
        }
    }

    /// Adds a route that is registered at `node`, its path at `at`.
    pub fn emit_route(&mut self, name: String, node: Node<'_>, at: Range<usize>, scope: &Scope) {
        let found = Found {
            node,
            name,
            name_range: at,
            kind: SymbolKind::Route,
            body: None,
            doc: None,
            is_test: false,
            is_public: true,
        };
        let lead = Lead {
            start: Some(found.name_range.start.min(node.start_byte())),
            ..Lead::default()
        };
        self.emit(found, scope, &lead);
    }

    fn line_of(&mut self, offset: usize) -> u32 {
        let (from, line) = if offset >= self.line.0 {
            self.line
        } else {
            (0, 0)
        };
        let breaks = self.text.as_bytes().get(from..offset).unwrap_or_default();
        let line = line + breaks.iter().filter(|b| **b == b'\n').count() as u32;
        self.line = (offset, line);
        line
    }
}

/// A declaration whose name is the node's `name` field.
pub(super) fn named<'t>(walk: &Walk<'_>, node: Node<'t>, kind: SymbolKind) -> Option<Found<'t>> {
    let (name, text) = walk.field(node, "name")?;
    Some(Found {
        node,
        name: text.to_owned(),
        name_range: name.byte_range(),
        kind,
        body: node
            .child_by_field_name("body")
            .map(|body| body.start_byte()),
        doc: None,
        is_test: false,
        is_public: false,
    })
}

/// A class that holds tests is a group of tests, whatever it is called.
fn mark_test_classes(symbols: &mut [Symbol]) {
    let mut around: Vec<usize> = Vec::new();
    for at in 0..symbols.len() {
        while around
            .last()
            .is_some_and(|class| symbols[*class].range.end <= symbols[at].range.start)
        {
            around.pop();
        }
        match symbols[at].kind {
            SymbolKind::Class => around.push(at),
            SymbolKind::Method if symbols[at].is_test => {
                if let Some(class) = around.last() {
                    symbols[*class].is_test = true;
                }
            }
            _ => {}
        }
    }
}

/// The first line of a comment that says something.
pub(super) fn doc_line(text: &str, range: Range<usize>) -> Option<String> {
    comment_text(text, range)
        .lines()
        .map(|line| without_tags(line.trim()))
        .find(|line| !line.is_empty() && !line.starts_with('@'))
}

/// Takes XML doc tags such as `<summary>` out of a line.
fn without_tags(line: &str) -> String {
    let mut line = line.to_owned();
    for tag in [
        "<summary>",
        "</summary>",
        "<remarks>",
        "</remarks>",
        "<inheritdoc/>",
        "<inheritdoc />",
    ] {
        line = line.replace(tag, "");
    }
    line.trim().to_owned()
}

fn is_comment(kind: &str) -> bool {
    matches!(kind, "comment" | "line_comment" | "block_comment")
}

fn is_attribute(kind: &str) -> bool {
    matches!(kind, "attribute_item" | "decorator")
}

/// The range without white space at its end.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = text.get(range.clone()).unwrap_or_default();
    range.start..range.start + inside.trim_end().len()
}
