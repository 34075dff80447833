//! A wrong spelling with the right one beside it: "the message says 'emtpy', should be 'empty'".

/// What a sentence says is written wrong, and how it is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Respelling {
    /// What stands there now, without quotes.
    pub(super) wrong: String,
    /// What must stand there.
    pub(super) right: String,
    /// Where, as "in the cart"; may be empty.
    pub(super) place: String,
}

impl Respelling {
    /// What follows SHALL.
    pub(super) fn shall(&self) -> String {
        let place = if self.place.is_empty() {
            String::new()
        } else {
            format!(" {}", self.place)
        };
        format!("write '{}' in place of '{}'{place}", self.right, self.wrong)
    }
}

/// Reads a sentence.
pub(super) fn of(sentence: &str) -> Option<Respelling> {
    let quotes = quoted(sentence);
    let [first, second] = quotes.as_slice() else {
        return None;
    };
    let (before, between) = (&sentence[..first.start], &sentence[first.end..second.start]);
    let (before, between) = (before.to_lowercase(), between.to_lowercase());
    let wrong_first = [
        "should be",
        "should read",
        "should say",
        "must be",
        "must read",
        "has to be",
        "ought to be",
        "needs to be",
        "not",
    ]
    .iter()
    .any(|cue| between.trim_end().ends_with(cue))
        && !between.trim_end().ends_with("should not")
        && !before.contains("should ");
    let right_first = ["instead of", "rather than", "not"]
        .iter()
        .any(|cue| between.trim_matches([',', ' ']) == *cue)
        && [
            "should be",
            "should read",
            "should say",
            "must say",
            "must be",
            "must read",
            "should show",
        ]
        .iter()
        .any(|cue| before.trim_end().ends_with(cue));
    let told = before.contains("typo")
        || before.contains("spell")
        || [
            "says", "reads", "shows", "is", "has", "said", "say", "displays", "prints", "written",
        ]
        .iter()
        .any(|verb| before.trim_end().ends_with(&format!(" {verb}")));
    let inside = |quote: &Quote| {
        sentence[quote.start..quote.end]
            .trim_matches(MARKS)
            .to_owned()
    };
    let (wrong, right) = if right_first {
        (inside(second), inside(first))
    } else if wrong_first && told && !between.trim_end().ends_with("not") {
        (inside(first), inside(second))
    } else {
        return None;
    };
    Some(Respelling {
        wrong,
        right,
        place: place(sentence, first.start),
    })
}

/// "In the cart", where the words in front of the quote say so.
fn place(sentence: &str, end: usize) -> String {
    let front = &sentence[..end];
    let lower = front.to_lowercase();
    [
        " in the ", " on the ", " in `", " on `", " in our ", " at the ",
    ]
    .iter()
    .find_map(|cue| lower.find(cue))
    .or_else(|| lower.starts_with("in the ").then_some(0))
    .filter(|_| lower.len() == front.len())
    .map_or_else(
        || named_place(front),
        |at| {
            let rest = front[at..].trim_start();
            let end = [":", ",", " says", " reads", " shows", " is ", " it "]
                .iter()
                .filter_map(|stop| rest.find(stop))
                .min()
                .unwrap_or(0);
            rest[..end]
                .trim()
                .replacen("In ", "in ", 1)
                .replacen("On ", "on ", 1)
        },
    )
}

/// "README says": a file or page that has a name.
fn named_place(front: &str) -> String {
    let words: Vec<&str> = front.split_whitespace().collect();
    let named = words.len() == 2
        && words[0].starts_with(char::is_uppercase)
        && !["The", "It", "A", "An", "This", "Says", "Typo"].contains(&words[0]);
    if named {
        format!("in {}", words[0])
    } else {
        String::new()
    }
}

struct Quote {
    start: usize,
    end: usize,
}

const MARKS: [char; 7] = ['\'', '"', '“', '”', '‘', '’', '`'];

/// Where quotes stand; an apostrophe inside a word opens none.
fn quoted(text: &str) -> Vec<Quote> {
    let mut out = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let after = text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
        match open {
            None if MARKS.contains(&c) && !before.is_alphanumeric() => {
                let close = match c {
                    '“' => '”',
                    '‘' => '’',
                    other => other,
                };
                open = Some((at, close));
            }
            Some((start, close)) if c == close && !after.is_alphanumeric() => {
                out.push(Quote {
                    start,
                    end: at + c.len_utf8(),
                });
                open = None;
            }
            _ => {}
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shall(sentence: &str) -> Option<String> {
        of(sentence).map(|found| found.shall())
    }

    #[test]
    fn the_right_spelling_is_wished_for() {
        for (sentence, expected) in [
            (
                "Typo in the cart: the message says 'Your cart is emtpy', should be 'Your cart is empty'",
                "write 'Your cart is empty' in place of 'Your cart is emtpy' in the cart",
            ),
            (
                "The button should say \"Book\" instead of \"Bok\"",
                "write 'Book' in place of 'Bok'",
            ),
            (
                "The header reads 'Fleat' but should be 'Fleet'",
                "write 'Fleet' in place of 'Fleat'",
            ),
        ] {
            assert_eq!(shall(sentence).as_deref(), Some(expected), "{sentence}");
        }
        assert_eq!(shall("Show 'paid' or 'open' behind each order"), None);
        assert_eq!(shall("The customer's name isn't the author's"), None);
    }
}
