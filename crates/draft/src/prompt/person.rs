//! A wish told by its writer, retold about others: "my orders" becomes "their orders".

use super::lexicon;

/// Replaces the first and second person.
pub fn third(text: &str) -> String {
    // What is quoted stays as it was said.
    if text.starts_with("meet this part of the request: ") {
        return text.to_owned();
    }
    let mut out: Vec<String> = Vec::new();
    let mut code = false;
    // Whether the word before was a subject that has become the third person.
    let mut turned = false;
    for word in text.split(' ') {
        let inside = code;
        if word.matches('`').count() % 2 == 1 {
            code = !code;
        }
        let bare = word.trim_end_matches([',', '.', ';', ':', ')']);
        let tail = &word[bare.len()..];
        let causes = out.last().is_some_and(|before| {
            [
                "help", "helps", "let", "lets", "make", "makes", "see", "sees", "tell", "show",
                "send", "give", "for", "to", "with", "by",
            ]
            .contains(&before.as_str())
        });
        let somebody = out.iter().any(|word| {
            lexicon::is_person(&word.to_lowercase())
                || matches!(word.as_str(), "who" | "they" | "their" | "them" | "user's")
        });
        let bent = if turned { bend(bare) } else { None };
        turned = tail.is_empty()
            && !inside
            && !causes
            && matches!(bare, "I" | "i" | "we" | "We" | "you" | "You");
        let changed = if inside || word.starts_with('`') {
            None
        } else if bent.is_some() {
            bent.as_deref()
        } else {
            match bare {
                "I" | "i" => Some("the user"),
                // Nobody was named whose it could be.
                "my" | "My" | "your" if !somebody => Some("the user's"),
                "my" | "My" | "your" => Some("their"),
                "me" => Some("the user"),
                "mine" | "yours" => Some("theirs"),
                "I'm" => Some("the user is"),
                "I've" => Some("the user has"),
                "our" | "Our" => Some("the"),
                "we" | "We" => Some("the team"),
                "us" => Some("the team"),
                "you" | "You" => Some("the user"),
                "you're" | "You're" => Some("the user is"),
                "you've" | "You've" => Some("the user has"),
                "you'll" | "You'll" | "I'll" => Some("the user will"),
                "you'd" | "You'd" | "I'd" => Some("the user would"),
                "we're" | "We're" => Some("the team is"),
                "we've" | "We've" => Some("the team has"),
                "we'll" | "We'll" => Some("the team will"),
                "myself" | "yourself" => Some("themselves"),
                "ourselves" => Some("itself"),
                "ours" => Some("the team's"),
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
    out.join(" ")
        .replace("of the the ", "of the ")
        .replace("the the ", "the ")
}

/// A verb behind "you", "we" or "I", bent to "the user".
fn bend(verb: &str) -> Option<String> {
    match verb {
        "are" | "am" => Some("is".to_owned()),
        "were" => Some("was".to_owned()),
        "don't" => Some("does not".to_owned()),
        "haven't" => Some("has not".to_owned()),
        "aren't" => Some("is not".to_owned()),
        "do" => Some("does".to_owned()),
        _ if lexicon::is_modal(verb) && !matches!(verb, "have" | "need" | "want") => None,
        "need" | "want" => Some(format!("{verb}s")),
        _ if lexicon::may_be_verb(verb)
            || matches!(
                verb,
                "click"
                    | "press"
                    | "type"
                    | "know"
                    | "mean"
                    | "look"
                    | "come"
                    | "try"
                    | "hit"
                    | "tap"
            ) =>
        {
            Some(lexicon::third(verb))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::third;

    #[test]
    fn verbs_follow_the_new_person() {
        for (said, retold) in [
            ("you're signed out", "the user is signed out"),
            ("if you are idle", "if the user is idle"),
            ("when I press save", "when the user presses save"),
            ("what I can see", "what the user can see"),
            ("we archive it", "the team archives it"),
            (
                "meet this part of the request: \"my own words\"",
                "meet this part of the request: \"my own words\"",
            ),
        ] {
            assert_eq!(third(said), retold);
        }
    }

    #[test]
    fn the_writer_steps_back() {
        assert_eq!(
            third("let users see my orders, if I'm signed in"),
            "let users see their orders, if the user is signed in"
        );
        assert_eq!(
            third("keep `my value` and our logo"),
            "keep `my value` and the logo"
        );
    }
}
