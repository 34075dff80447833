//! The places where a function is left because a condition holds.

use tree_sitter::Node;

use super::grammar::{code, is_function, parts};
use super::{Exit, Then, Verb, When};
use crate::{Language, Symbol};

/// Deeper nesting is not followed.
const DEPTH: usize = 60;

struct Finder<'a> {
    language: Language,
    text: &'a str,
    found: Vec<Exit>,
    left_out: usize,
}

/// The exits of a function, and how many there are besides.
pub(super) fn exits(
    language: Language,
    text: &str,
    root: Node<'_>,
    symbol: &Symbol,
) -> (Vec<Exit>, usize) {
    let mut finder = Finder {
        language,
        text,
        found: Vec::new(),
        left_out: 0,
    };
    if let Some(body) = body(root, symbol) {
        finder.look(body, 0, false);
    }
    let mut seen: Vec<Exit> = Vec::new();
    for exit in finder.found {
        match seen.iter().find(|one| one.when == exit.when) {
            None => seen.push(exit),
            // The same words mean another thing by then; side by side they would contradict each other.
            Some(one) if one.then != exit.then => finder.left_out += 1,
            Some(_) => {}
        }
    }
    (seen, finder.left_out)
}

/// The body of a function by the place of its name.
fn body<'t>(root: Node<'t>, symbol: &Symbol) -> Option<Node<'t>> {
    let name = &symbol.name_range;
    let mut node = root.descendant_for_byte_range(name.start, name.end)?;
    loop {
        let value = node.child_by_field_name("value");
        let holder = value.filter(|v| is_function(v.kind())).unwrap_or(node);
        if let Some(body) = holder.child_by_field_name("body")
            && (is_function(holder.kind()) || holder.kind().contains("function"))
        {
            return Some(body);
        }
        node = node.parent()?;
        if node.start_byte() < symbol.range.start || node.end_byte() > symbol.range.end {
            return None;
        }
    }
}

impl Finder<'_> {
    /// Looks through a body. What is thrown in a `try` may be caught in the same function, so nothing is said of that.
    fn look(&mut self, node: Node<'_>, depth: usize, caught: bool) {
        if depth > DEPTH {
            return;
        }
        match node.kind() {
            "if_expression" | "if_statement" => self.condition(node, caught),
            "let_declaration" => self.let_else(node),
            "elif_clause" => self.branch(node, "consequence", caught),
            "switch_default" => self.no_case(node, caught),
            "match_arm" => self.arm(node),
            "macro_invocation" => self.assertion(node),
            "call_expression" => self.missing(node),
            _ => {}
        }
        for child in parts(node) {
            if is_function(child.kind()) {
                continue;
            }
            let is_tried = matches!(
                node.kind(),
                "try_statement" | "try_with_resources_statement"
            ) && matches!(child.kind(), "block" | "statement_block");
            self.look(child, depth + 1, caught || is_tried);
        }
    }

    fn condition(&mut self, node: Node<'_>, caught: bool) {
        self.branch(node, "consequence", caught);
        let Some(other) = node.child_by_field_name("alternative") else {
            return;
        };
        // `else` alone: what stands there happens when the condition does not hold.
        let block = match other.kind() {
            "else_clause" => parts(other).into_iter().last(),
            "block" => Some(other),
            _ => None,
        };
        let Some(block) = block.filter(|b| !b.kind().starts_with("if")) else {
            return;
        };
        let is_elif = node.parent().is_some_and(|p| p.kind() == "else_clause");
        let has_elif = {
            let mut cursor = node.walk();
            node.children(&mut cursor)
                .any(|c| c.kind() == "elif_clause")
        };
        let condition = node.child_by_field_name("condition");
        if let (false, Some(then), Some(condition)) =
            (is_elif || has_elif, self.leaves(block, caught), condition)
        {
            match code(self.text, condition).filter(|c| !c.starts_with("let ")) {
                Some(code) => self.add(When::Fails(code), then, condition),
                None => self.left_out += 1,
            }
        }
    }

    fn branch(&mut self, node: Node<'_>, field: &str, caught: bool) {
        let condition = node.child_by_field_name("condition");
        let block = node.child_by_field_name(field);
        let (Some(condition), Some(block)) = (condition, block) else {
            return;
        };
        let Some(then) = self.leaves(block, caught) else {
            return;
        };
        match self.when(node, condition) {
            Some(when) if !self.passes_on(&when, &then) => self.add(when, then, condition),
            Some(_) => {}
            None => self.left_out += 1,
        }
    }

    /// The condition in words. `err != nil` says nothing, what gave the error does.
    fn when(&self, node: Node<'_>, condition: Node<'_>) -> Option<When> {
        let code = code(self.text, condition)?;
        if self.language == Language::Go && code == "err != nil" {
            let before = node
                .child_by_field_name("initializer")
                .or_else(|| node.prev_named_sibling())?;
            let call = before.child_by_field_name("right")?;
            let left = before.child_by_field_name("left")?;
            let gives = self.text.get(left.byte_range())?;
            let gives_error = gives.split(',').any(|name| name.trim() == "err");
            return gives_error
                .then(|| self::code(self.text, call))
                .flatten()
                .map(When::ErrorFrom);
        }
        if condition.kind() == "let_condition" {
            let pattern = self::code(self.text, condition.child_by_field_name("pattern")?)?;
            let value = self::code(self.text, condition.child_by_field_name("value")?)?;
            return match pattern.as_str() {
                "None" | "Err(_)" => Some(When::Holds(format!("{value} is {pattern}"))),
                p if p.starts_with("Err(") => Some(When::ErrorFrom(value)),
                _ => Some(When::Holds(format!("{value} is {pattern}"))),
            };
        }
        Some(When::Holds(code))
    }

    /// `if err != nil { return err }` hands on what another one said.
    fn passes_on(&self, when: &When, then: &Then) -> bool {
        let bare = |error: &str| {
            error
                .rsplit(',')
                .next()
                .is_some_and(|last| last.trim() == "err")
        };
        match (when, then) {
            (When::ErrorFrom(_), Then::Returns(error) | Then::Fails(_, error)) => bare(error),
            (When::Holds(_), Then::Returns(error)) => self.language == Language::Go && bare(error),
            _ => false,
        }
    }

    /// `let Some(x) = y else { return … };`
    fn let_else(&mut self, node: Node<'_>) {
        let Some(block) = node.child_by_field_name("alternative") else {
            return;
        };
        let Some(then) = self.leaves(block, false) else {
            return;
        };
        let pattern = node.child_by_field_name("pattern");
        let value = node.child_by_field_name("value");
        let both = pattern
            .and_then(|p| code(self.text, p))
            .zip(value.and_then(|v| code(self.text, v)));
        match both {
            Some((pattern, value)) => self.add(When::IsNot(value, pattern), then, node),
            None => self.left_out += 1,
        }
    }

    /// `default: throw …`
    fn no_case(&mut self, node: Node<'_>, caught: bool) {
        let value = node
            .parent()
            .and_then(|body| body.parent())
            .and_then(|switch| switch.child_by_field_name("value"));
        let last = parts(node).into_iter().last();
        let then = last.and_then(|last| self.leaving(last, caught));
        if let (Some(value), Some(then)) = (value.and_then(|v| code(self.text, v)), then) {
            self.add(When::NoCase(value), then, node);
        }
    }

    /// `_ => return Err(…)`
    fn arm(&mut self, node: Node<'_>) {
        let pattern = node.child_by_field_name("pattern");
        let is_rest = pattern.is_some_and(|p| self.text.get(p.byte_range()) == Some("_"));
        let value = node
            .parent()
            .and_then(|block| block.parent())
            .and_then(|of| of.child_by_field_name("value"));
        let Some(arm) = node.child_by_field_name("value").filter(|_| is_rest) else {
            return;
        };
        let then = match arm.kind() {
            "block" => self.leaves(arm, false),
            _ => self.leaving(arm, false),
        };
        if let (Some(value), Some(then)) = (value.and_then(|v| code(self.text, v)), then) {
            self.add(When::NoCase(value), then, node);
        }
    }

    /// `ensure!(x, …)`, `assert!(x, …)`
    fn assertion(&mut self, node: Node<'_>) {
        let Some(name) = node.child_by_field_name("macro") else {
            return;
        };
        let name = self.text.get(name.byte_range()).unwrap_or_default();
        let name = name.rsplit("::").next().unwrap_or_default();
        if !matches!(name, "ensure" | "assert") {
            return;
        }
        let inside = self.text.get(node.byte_range()).unwrap_or_default();
        let inside = inside
            .split_once(['(', '{'])
            .map_or("", |(_, rest)| rest.trim_end_matches([')', '}', ';']));
        let (condition, message) = split_argument(inside);
        let condition = condition.split_whitespace().collect::<Vec<_>>().join(" ");
        let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
        let fits = |s: &str| s.len() <= super::grammar::MOST && !s.contains('`');
        if condition.is_empty() || !fits(&condition) || !fits(&message) {
            self.left_out += 1;
            return;
        }
        let message = if message.is_empty() {
            format!("{name}!")
        } else {
            message.trim_end_matches(',').to_owned()
        };
        let verb = if name == "ensure" {
            Verb::Return
        } else {
            Verb::Panic
        };
        self.add(When::Fails(condition), Then::Fails(verb, message), node);
    }

    /// `x.ok_or(E)?`
    fn missing(&mut self, node: Node<'_>) {
        let tried = node.parent().is_some_and(|p| p.kind() == "try_expression");
        let Some(function) = node.child_by_field_name("function").filter(|_| tried) else {
            return;
        };
        let (Some(of), Some(field)) = (
            function.child_by_field_name("value"),
            function.child_by_field_name("field"),
        ) else {
            return;
        };
        let name = self.text.get(field.byte_range()).unwrap_or_default();
        let argument = node
            .child_by_field_name("arguments")
            .and_then(|a| parts(a).into_iter().next());
        let error = match (name, argument) {
            ("ok_or", Some(error)) => Some(error),
            ("ok_or_else", Some(closure)) => closure.child_by_field_name("body"),
            _ => return,
        };
        let error = error
            .filter(|e| e.kind() != "block")
            .and_then(|e| code(self.text, e));
        match (code(self.text, of), error) {
            (Some(of), Some(error)) => self.add(
                When::IsNot(of, "Some".to_owned()),
                Then::Fails(Verb::Return, format!("Err({error})")),
                field,
            ),
            _ => self.left_out += 1,
        }
    }

    /// What a block does in the end, where it leaves the function and nothing in it leaves before.
    fn leaves(&self, block: Node<'_>, caught: bool) -> Option<Then> {
        let statements = match block.kind() {
            "block" | "statement_block" => parts(block),
            _ => vec![block],
        };
        // Some grammars put the statements of a block in a list of their own.
        let statements = match statements.as_slice() {
            [list] if list.kind() == "statement_list" => parts(*list),
            _ => statements,
        };
        let (last, before) = statements.split_last()?;
        let early = before.iter().any(|one| leaves_somewhere(*one, 0));
        let then = self.leaving(*last, caught).filter(|_| !early)?;
        match (then, before) {
            (Then::Stops, []) => Some(Then::Stops),
            (Then::Stops, [one]) => code(self.text, *one)
                .filter(|_| one.kind() == "expression_statement")
                .map(|code| Then::Runs(code.trim_end_matches(';').to_owned())),
            (Then::Stops, _) => None,
            (then, _) => Some(then),
        }
    }

    /// What a statement that leaves the function does.
    fn leaving(&self, node: Node<'_>, caught: bool) -> Option<Then> {
        let first = || parts(node).into_iter().next();
        match node.kind() {
            "expression_statement" => self.leaving(first()?, caught),
            "throw_statement" | "raise_statement" if !caught => {
                let verb = if node.kind() == "raise_statement" {
                    Verb::Raise
                } else {
                    Verb::Throw
                };
                let error = self.error(first()?)?;
                Some(Then::Fails(verb, error))
            }
            "return_statement" | "return_expression" => {
                let Some(value) = first() else {
                    return Some(Then::Stops);
                };
                let Some(code) = code(self.text, value) else {
                    let error = self.error(value).filter(|e| e == "Err")?;
                    return Some(Then::Fails(Verb::Return, error));
                };
                let is_error = match self.language {
                    Language::Rust => code.starts_with("Err("),
                    Language::Go => {
                        let last = code.rsplit(", ").next().unwrap_or_default();
                        code.contains("errors.New(")
                            || code.contains("fmt.Errorf(")
                            || last == "err"
                            || last.starts_with("Err")
                    }
                    _ => false,
                };
                Some(if is_error {
                    Then::Fails(Verb::Return, code)
                } else {
                    Then::Returns(code)
                })
            }
            "macro_invocation" => {
                let all = code(self.text, node)?;
                let (name, message) = all.split_once("!(")?;
                let message = message.trim_end_matches(')').trim();
                match name.rsplit("::").next()? {
                    "panic" | "unreachable" => Some(Then::Fails(Verb::Panic, or(message, &all))),
                    "bail" => Some(Then::Fails(Verb::Return, or(message, &all))),
                    _ => None,
                }
            }
            "call_expression" if self.language == Language::Go => {
                let all = code(self.text, node)?;
                let message = all.strip_prefix("panic(")?.strip_suffix(')')?;
                Some(Then::Fails(Verb::Panic, message.to_owned()))
            }
            _ => None,
        }
    }

    /// The code of an error; of a long one what it is.
    fn error(&self, node: Node<'_>) -> Option<String> {
        let whole = code(self.text, node).filter(|c| !c.contains('{'));
        whole.or_else(|| {
            let raw = self.text.get(node.byte_range())?;
            let (kind, _) = raw.split_once(['(', '{'])?;
            let kind = kind.split_whitespace().collect::<Vec<_>>().join(" ");
            let plain = kind
                .chars()
                .all(|c| c.is_alphanumeric() || " .:_".contains(c));
            (plain && !kind.is_empty()).then_some(kind)
        })
    }

    fn add(&mut self, when: When, then: Then, at: Node<'_>) {
        self.found.push(Exit {
            when,
            then,
            range: at.byte_range(),
        });
    }
}

fn or(message: &str, other: &str) -> String {
    if message.is_empty() { other } else { message }.to_owned()
}

/// Whether something in a statement leaves the function.
fn leaves_somewhere(node: Node<'_>, depth: usize) -> bool {
    if depth > DEPTH || is_function(node.kind()) {
        return false;
    }
    matches!(
        node.kind(),
        "return_statement"
            | "return_expression"
            | "throw_statement"
            | "raise_statement"
            | "break_statement"
            | "continue_statement"
            | "break_expression"
            | "continue_expression"
            | "try_expression"
    ) || parts(node)
        .into_iter()
        .any(|child| leaves_somewhere(child, depth + 1))
}

/// The first argument of a call, and what is left.
fn split_argument(inside: &str) -> (&str, &str) {
    let mut depth = 0usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return (&inside[..at], &inside[at + 1..]),
            _ => {}
        }
    }
    (inside, "")
}
