//! A wish told by its writer, retold about others: "my orders" becomes "their orders".

/// Replaces the first and second person.
pub fn third(text: &str) -> String {
    let mut out = Vec::new();
    let mut code = false;
    for word in text.split(' ') {
        let inside = code;
        if word.matches('`').count() % 2 == 1 {
            code = !code;
        }
        let bare = word.trim_end_matches([',', '.', ';', ':', ')']);
        let tail = &word[bare.len()..];
        let changed = if inside || word.starts_with('`') {
            None
        } else {
            match bare {
                "I" | "i" => Some("the user"),
                "my" | "My" | "your" => Some("their"),
                "me" => Some("the user"),
                "mine" | "yours" => Some("theirs"),
                "I'm" => Some("the user is"),
                "I've" => Some("the user has"),
                "our" | "Our" => Some("the"),
                "we" | "We" => Some("the team"),
                "us" => Some("the team"),
                "you" => Some("the user"),
                "don't" => Some("do not"),
                "doesn't" => Some("does not"),
                "can't" => Some("cannot"),
                "isn't" => Some("is not"),
                "aren't" => Some("are not"),
                "won't" => Some("will not"),
                "hasn't" => Some("has not"),
                "haven't" => Some("have not"),
                "didn't" => Some("did not"),
                "wasn't" => Some("was not"),
                "and/or" => Some("or"),
                _ => None,
            }
        };
        out.push(changed.map_or_else(|| word.to_owned(), |new| format!("{new}{tail}")));
    }
    out.join(" ").replace("of the the ", "of the ").replace("the the ", "the ")
}

#[cfg(test)]
mod tests {
    use super::third;

    #[test]
    fn the_writer_steps_back() {
        assert_eq!(third("let users see my orders, if I'm signed in"), "let users see their orders, if the user is signed in");
        assert_eq!(third("keep `my value` and our logo"), "keep `my value` and the logo");
    }
}
