//! What a prompt tells about today: it is never a wish.

/// Sentences that tell how things are rather than what is wished for.
pub(super) fn is_background(lower: &str) -> bool {
    [
        "currently",
        "right now",
        "at the moment",
        "today ",
        "today,",
        "as of now",
        "we have ",
        "we already have",
        "we currently",
        "we are a ",
        "we're a ",
        "our app is",
        "our product is",
        "our company",
        "this is a ",
        "this is an ",
        "this project",
        "background:",
        "context:",
        "so far",
        "at present",
        "i have a ",
        "i have an ",
        "we use ",
        "we are using",
        "our users are",
        "thanks",
        "thank you",
        "hi",
        "hello",
        "we've had",
        "we had",
        "we run ",
    ]
    .iter()
    .any(|cue| {
        lower.starts_with(cue)
            && (cue.ends_with([' ', ':', ','])
                || lower.len() == cue.len()
                || lower[cue.len()..].starts_with([' ', ',', '.']))
    }) || [
        " complained that ",
        " complain that ",
        " reported that ",
        " told us that ",
        " keep asking us ",
    ]
    .iter()
    .any(|cue| lower.contains(cue))
        && ![
            " should ", " must ", " need ", " needs ", " want ", "please ",
        ]
        .iter()
        .any(|cue| lower.contains(cue))
}
