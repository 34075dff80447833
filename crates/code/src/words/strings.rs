//! Texts in code: what they say, however they are quoted. Space inside them counts.

use std::borrow::Cow;

use tree_sitter::Node;

use crate::Language;

/// Whether a node is a text with its quotes, and all that stands in it.
pub(super) fn is_string(language: Language, node: Node<'_>) -> bool {
    match node.kind() {
        "string" => {
            matches!(
                language,
                Language::TypeScript
                    | Language::Tsx
                    | Language::JavaScript
                    | Language::Python
                    | Language::Ruby
                    | Language::Php
            ) && node.child_count() > 0
        }
        "string_literal"
        | "raw_string_literal"
        | "interpreted_string_literal"
        | "verbatim_string_literal"
        | "interpolated_string_expression"
        | "template_string"
        | "encapsed_string"
        | "char_literal"
        | "character_literal"
        | "rune_literal"
        | "regex"
        | "heredoc_body"
        | "heredoc"
        | "nowdoc"
        | "delimited_symbol"
        | "subshell" => true,
        _ => false,
    }
}

/// The text with one kind of quotes, where the language leaves the choice. A key of an object needs none.
pub(super) fn said(language: Language, text: &str, is_key: bool) -> Cow<'_, str> {
    let text = match language {
        Language::Python => return Cow::Owned(python(text)),
        Language::TypeScript | Language::Tsx | Language::JavaScript => script(text, is_key),
        Language::Ruby | Language::Php => plain(text),
        _ => Cow::Borrowed(text),
    };
    match text {
        Cow::Borrowed(text) => with_line_feeds(text),
        owned => Cow::Owned(with_line_feeds(&owned).into_owned()),
    }
}

/// What a line ends with is not what it says.
pub(super) fn with_line_feeds(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

fn inside<'t>(text: &'t str, quote: &str) -> Option<&'t str> {
    text.strip_prefix(quote)?.strip_suffix(quote)
}

/// Takes away the backslash before a quote.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some('"' | '\'')) => {}
            ('\\', Some(_)) => {
                out.push(c);
                out.extend(chars.next());
            }
            _ => out.push(c),
        }
    }
    out
}

fn script(text: &str, is_key: bool) -> Cow<'_, str> {
    let Some(inside) = ["\"", "'"].iter().find_map(|quote| inside(text, quote)) else {
        return Cow::Borrowed(text);
    };
    let is_name = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
    if is_key
        && inside.starts_with(|c: char| is_name(c) && !c.is_numeric())
        && inside.chars().all(is_name)
    {
        return Cow::Borrowed(inside);
    }
    Cow::Owned(format!("\"{}", unescaped(inside)))
}

fn python(text: &str) -> String {
    let start = text.find(['"', '\'']).unwrap_or_default();
    let (prefix, quoted) = text.split_at(start);
    let prefix = prefix.to_ascii_lowercase().replace('u', "");
    let quotes = ["\"\"\"", "'''", "\"", "'"];
    let Some(inside) = quotes.iter().find_map(|quote| inside(quoted, quote)) else {
        return text.to_owned();
    };
    let inside = with_line_feeds(inside);
    match prefix.contains('r') {
        true => format!("{prefix}\"{inside}"),
        false => format!("{prefix}\"{}", unescaped(&inside)),
    }
}

/// In Ruby and PHP the quotes say whether what is inside is read, unless there is nothing to read.
fn plain(text: &str) -> Cow<'_, str> {
    let inside = ["\"", "'"].iter().find_map(|quote| inside(text, quote));
    match inside.filter(|inside| !inside.contains(['\\', '#', '$', '{', '"', '\''])) {
        Some(inside) => Cow::Owned(format!("\"{inside}")),
        None => Cow::Borrowed(text),
    }
}
