//! What servers and repositories say, made safe to read on a terminal.

use rutter_store::PinChange;
use rutter_text::edit::unified;

/// A text whose every character can be seen: escape sequences and marks that turn or hide what follows are written out.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) {
            shown.extend(c.escape_unicode());
        } else {
            shown.push(c);
        }
    }
    shown
}

fn is_hidden(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => {
            true
        }
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}' => true,
        c => c.is_control(),
    }
}

/// What a tool says now against what it said; all of it where it is new.
pub fn change(change: &PinChange) -> String {
    let now = visible(&format!("{}\n", change.now.text));
    match &change.before {
        Some(before) => unified(&visible(&format!("{before}\n")), &now, &change.now.tool),
        None => now,
    }
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn nothing_hides_in_what_is_shown() {
        assert_eq!(visible("é\ta\nb 日本"), "é\ta\nb 日本");
        assert_eq!(
            visible("\u{1b}[2Ka\u{202e}b\u{200b}\r\u{e0041}"),
            "\\u{1b}[2Ka\\u{202e}b\\u{200b}\\u{d}\\u{e0041}"
        );
    }
}
