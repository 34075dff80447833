//! Marks what a document names and the project does not have.

use crate::ground::Ground;
use crate::prompt::names;

/// Puts `*new*` behind each file or symbol in backticks that neither the project nor the prompt knows.
pub fn mark_new(text: &str, ground: &Ground, prompt: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut fence = false;
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("```") {
            fence = !fence;
        }
        if fence || line.trim_start().starts_with("- **D") {
            out.push_str(line);
            continue;
        }
        let mut parts = line.split('`').enumerate().peekable();
        while let Some((at, part)) = parts.next() {
            if at > 0 {
                out.push('`');
            }
            if at % 2 == 1 && parts.peek().is_some() && is_example(part, ground, prompt) {
                out.pop();
                out.push_str(&format!("\"{part}\""));
                if let Some((_, next)) = parts.next() {
                    out.push_str(next);
                }
                continue;
            }
            out.push_str(part);
            let closed = at % 2 == 1 && parts.peek().is_some();
            let followed = parts
                .peek()
                .is_some_and(|(_, next)| next.trim_start().starts_with("*new*"));
            if closed && !followed && is_unknown(part, ground, prompt) {
                out.push_str("` *new*");
                if let Some((_, next)) = parts.next() {
                    out.push_str(next);
                }
            }
        }
    }
    out
}

/// A value that stands for others, such as a name with an accent or a picture's file name: no code, so no mark.
fn is_example(text: &str, ground: &Ground, prompt: &str) -> bool {
    const ENDINGS: [&str; 12] = [
        "png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "csv", "xlsx", "zip", "exe", "txt",
    ];
    let file = text
        .rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&ending.to_ascii_lowercase().as_str()));
    let shouted = text.len() > 3 && text.bytes().all(|b| b.is_ascii_uppercase());
    let number =
        !text.bytes().any(|b| b.is_ascii_alphabetic()) && text.bytes().any(|b| b.is_ascii_digit());
    let value = number || !text.is_ascii() || text.starts_with("..") || file || shouted;
    value
        && !prompt.contains(text)
        && !ground.files.iter().any(|path| path.ends_with(text))
        && !knows_symbol(ground, text)
}

fn is_unknown(name: &str, ground: &Ground, prompt: &str) -> bool {
    if prompt.contains(name) || name.contains("..") || name.contains(' ') || name.starts_with('-') {
        return false;
    }
    if names::is_path(name) {
        return !ground
            .files
            .iter()
            .any(|path| path == name || path.ends_with(&format!("/{name}")));
    }
    // A plain word in ticks may be a value as well as a symbol.
    if !names::looks_like_code(name) {
        return false;
    }
    // A key inside an expression is no symbol, and stands there all the same.
    !knows_symbol(ground, name) && ground.texts.holding(name).is_empty()
}

/// Whether the index has a symbol of exactly this name.
pub fn knows_symbol(ground: &Ground, name: &str) -> bool {
    let bare = name.trim_end_matches("()");
    let last = bare.rsplit(['.', ':', '#']).next().unwrap_or(bare);
    ground
        .index
        .find(&[bare.to_owned()])
        .iter()
        .any(|hit| hit.symbol.as_deref() == Some(last) || hit.container.as_deref() == Some(bare))
}
