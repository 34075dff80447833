//! Mechanical signs that a criterion is a wish with SHALL bolted on. What passes here may still read badly: a person judges.

use regex::Regex;

/// What is wrong with the wording of a criterion, if one of the signs is there. Text in quotes is the user's own.
pub fn fault(criterion: &str) -> Option<&'static str> {
    let quoted = Regex::new("\"[^\"]*\"|`[^`]*`").unwrap();
    let text = quoted.replace_all(criterion, "X");
    let signs = [
        (
            r"(?i)\bSHALL( NOT)? (during|between|at|on|in|for|with|by|from|the|an?|no|never|only|this|that|it|they)\b",
            "no verb after SHALL",
        ),
        (
            r"(?i)\bSHALL( NOT)? \w+ (draw|let|put|give|allow|ensure) ",
            "two verbs after SHALL",
        ),
        (
            r"(?i)\bSHALL provide (the |an? )?([\w-]+ ){1,5}(is|are|looks?|goes|go|copies|has|have|must) ",
            "a sentence after provide",
        ),
        (
            r"(?i)\bSHALL ensure that [^,]*\bto \w+ [^,]*\bbefore\b",
            "no finite verb after ensure that",
        ),
        (
            r"(?i)\bSHALL (do|handle) this\b|\bIF this\b",
            "this, without saying what",
        ),
        (
            r"\b(I|I'm|[Ww]e|[Yy]ou|[Yy]ou're|[Oo]ur|[Mm]y|[Uu]s|[Pp]lease)\b",
            "first or second person",
        ),
        (
            r"(?i)\bIF (the )?[\w ]*\b(are|is)( not)? \w+ fails\b",
            "a sentence that fails",
        ),
        (r"[,;:]\s*$|(?i)\b(and|or|the|a|of)\s*$", "breaks off"),
    ];
    signs
        .into_iter()
        .find(|(sign, _)| Regex::new(sign).unwrap().is_match(&text))
        .map(|(_, name)| name)
}

#[test]
fn wishes_with_shall_bolted_on_are_told_from_criteria() {
    for bad in [
        "THE App SHALL NOT during lunch",
        "THE App SHALL provide draw the routes",
        "THE App SHALL provide dates look like 31.01.2026",
        "THE App SHALL do this after 15 minutes",
        "IF this fails, THEN THE App SHALL do this: stop",
        "THE App SHALL show our coffees",
        "THE App SHALL list red, green and",
    ] {
        assert!(fault(bad).is_some(), "{bad}");
    }
    for good in [
        "WHEN an appointment is cancelled, THE App SHALL drop a treat",
        "THE App SHALL NOT drop a treat during lunch",
        "IF the mail server is down, THEN THE App SHALL try again 3 times",
        "THE App SHALL provide a CSV file with the columns date and payee",
        "THE App SHALL let a driver mute a vehicle for a day",
        "THE App SHALL show \"Please sign in, we know you\"",
    ] {
        assert_eq!(fault(good), None, "{good}");
    }
}
