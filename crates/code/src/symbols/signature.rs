//! The one-line signature of a declaration.

use tree_sitter::Node;

/// The longest signature kept, in characters.
const MAX_CHARS: usize = 200;

/// The declaration from behind its attributes up to its body, with white space made single.
pub(super) fn of(text: &str, node: Node<'_>, start: usize, body: Option<usize>) -> String {
    let start = behind_attributes(node).unwrap_or_else(|| from_wrapper(text, node, start));
    let end = body.filter(|end| *end > start).unwrap_or(node.end_byte());
    // A long value ends at its first line, or the signature would be the value.
    let source = text.get(start..end).unwrap_or_default();
    let source = match body {
        Some(_) => source,
        None => head(source.trim_start()),
    };
    let mut line = String::new();
    for word in source.split_whitespace() {
        if !line.is_empty() && !line.ends_with('(') && !word.starts_with(')') {
            line.push(' ');
        }
        line.push_str(word);
    }
    let line = line.replace(",)", ")");
    let line = line.trim_end_matches([';', ' ', '{', ',']);
    let line = line.strip_suffix("=>").unwrap_or(line).trim_end();
    let line = match body {
        Some(_) => line.trim_end_matches(['=', ':', ' ']),
        None => line,
    };
    // The callback of `it("…", () => {` is its body, and with it goes the closing bracket.
    let open = body.is_some() && line.matches('(').count() == line.matches(')').count() + 1;
    let line = if open {
        format!("{line})")
    } else {
        line.to_owned()
    };
    match line.char_indices().nth(MAX_CHARS) {
        Some((cut, _)) => format!("{}…", &line[..cut]),
        None => line,
    }
}

/// The first line, or as far as brackets that it opened with need.
fn head(source: &str) -> &str {
    let mut open = 0usize;
    for (at, c) in source.char_indices() {
        match c {
            '(' | '<' => open += 1,
            ')' | '>' => open = open.saturating_sub(1),
            '\n' if open == 0 => return &source[..at],
            _ => {}
        }
    }
    source.lines().next().filter(|_| open > 0).unwrap_or(source)
}

/// The end of the last attribute inside the node, if it has one.
fn behind_attributes(node: Node<'_>) -> Option<usize> {
    let mut end = None;
    let mut cursor = node.walk();
    for child in node.children(&mut cursor) {
        match child.kind() {
            "attribute_list" | "decorator" | "annotation" | "marker_annotation" => {
                end = Some(child.end_byte());
            }
            "modifiers" => end = behind_attributes(child).or(end),
            _ if end.is_some() || child.is_named() => break,
            _ => {}
        }
    }
    end
}

/// Takes in a word such as `export` or `declare` that wraps the node, but no decorator.
fn from_wrapper(text: &str, node: Node<'_>, start: usize) -> usize {
    let before = text.get(start..node.start_byte()).unwrap_or_default();
    let words = before
        .rsplit(['\n', ')', ']', '@'])
        .next()
        .unwrap_or_default();
    match words.trim() {
        "export" | "export default" | "declare" | "export declare" | "type" | "const" | "var" => {
            node.start_byte() - words.trim_start().len()
        }
        _ => node.start_byte(),
    }
}
