//! Complaints that name no change: "the trips page isn't great", "improve that a bit". They raise a question, for nobody
//! can test them.

/// What a sentence says of a thing without saying what should be different.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Complaint {
    /// About a thing that it names.
    About(String),
    /// About what was named before.
    Same,
}

const DULL: &str = "great good nice ideal optimal perfect pretty fun helpful bad ugly confusing annoying terrible awful clunky horrible messy meh suboptimal painful unclear outdated boring lacking weird ok okay";
const DEGREES: [&str; 10] = [
    " a bit",
    " a little",
    " somehow",
    " somewhat",
    " please",
    " overall",
    " in general",
    " right now",
    " at the moment",
    " lately",
];

/// Reads a sentence as a complaint.
pub fn of(sentence: &str) -> Option<Complaint> {
    let lower = sentence.trim().to_lowercase();
    let lower = lower.strip_prefix("please ").unwrap_or(&lower);
    let bare = DEGREES.iter().fold(lower.to_owned(), |text, degree| {
        text.strip_suffix(degree)
            .map_or(text.clone(), str::to_owned)
    });
    let orders = [
        "improve ",
        "enhance ",
        "fix up ",
        "polish ",
        "rework ",
        "do something about ",
        "have a look at ",
        "take a look at ",
        "look at ",
        "clean up ",
        "sort out ",
        "make ",
    ];
    if let Some(object) = orders
        .iter()
        .find_map(|cue| bare.strip_prefix(cue).map(|rest| (*cue, rest)))
    {
        let (cue, rest) = object;
        let rest = if cue == "make " {
            rest.strip_suffix(" better")
                .or_else(|| rest.strip_suffix(" nicer"))
                .or_else(|| rest.strip_suffix(" work better"))?
        } else {
            rest
        };
        return same(rest);
    }
    let (subject, predicate) = [
        " isn't ",
        " is not ",
        " aren't ",
        " are not ",
        " is ",
        " are ",
        " could be ",
        " should be ",
        " feels ",
        " feel ",
        " looks ",
        " look ",
        " works ",
    ]
    .iter()
    .find_map(|verb| bare.split_once(verb))?;
    let words: Vec<&str> = predicate
        .split([' ', ','])
        .filter(|word| !word.is_empty())
        .collect();
    let idle = [
        "a", "bit", "little", "so", "very", "really", "not", "too", "that", "all", "quite",
        "pretty", "kind", "of", "and", "rather", "just", "somewhat", "mess", "much", "more",
    ];
    let dull = |word: &&str| {
        DULL.split(' ').any(|known| known == *word)
            || matches!(*word, "better" | "nicer" | "mess" | "badly" | "poorly")
    };
    if words.is_empty()
        || words.len() > 6
        || !words.iter().any(dull)
        || !words.iter().all(|word| dull(word) || idle.contains(word))
    {
        return None;
    }
    same(subject).map(|found| match found {
        // The name keeps its letters as they were written.
        Complaint::About(_) => sentence
            .get(..subject.len())
            .filter(|_| lower.len() == sentence.trim().len())
            .map_or(Complaint::About(subject.to_owned()), |text| {
                Complaint::About(super::say::lower_first(text))
            }),
        Complaint::Same => Complaint::Same,
    })
}

fn same(what: &str) -> Option<Complaint> {
    let what = what.trim();
    if matches!(
        what,
        "it" | "that"
            | "this"
            | "them"
            | "these"
            | "those"
            | "things"
            | "it all"
            | "all that"
            | "all of it"
    ) {
        return Some(Complaint::Same);
    }
    let words = what.split(' ').count();
    (words <= 5 && !what.contains([',', ';']) && !what.contains(" when ") && !what.contains(" by "))
        .then(|| Complaint::About(what.to_owned()))
}

/// The question that a complaint raises.
pub fn question(about: &str) -> String {
    let article = ["the ", "a ", "an ", "our ", "my ", "this ", "all ", "how "]
        .iter()
        .any(|cue| about.starts_with(cue));
    let about = super::person::third(about);
    if article || crate::prompt::lexicon::is_plural(&about) {
        format!("What should be different about {about}?")
    } else {
        format!("What should be different about the {about}?")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_are_told_from_wishes() {
        for (sentence, about) in [
            ("The trips page isn't great", "the trips page"),
            ("The export is a bit clunky", "the export"),
            ("Improve the search", "the search"),
            ("the forms could be better", "the forms"),
        ] {
            assert_eq!(
                of(sentence),
                Some(Complaint::About(about.to_owned())),
                "{sentence}"
            );
        }
        assert_eq!(of("improve that a bit"), Some(Complaint::Same));
        for wish in [
            "Improve the search by typo tolerance",
            "The total is wrong when the cart is empty",
            "Make the header blue",
            "Orders are sorted by date",
        ] {
            assert_eq!(of(wish), None, "{wish}");
        }
        assert_eq!(
            question("the trips page"),
            "What should be different about the trips page?"
        );
    }
}
