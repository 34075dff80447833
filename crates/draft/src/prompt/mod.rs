//! What a prompt says: its wishes, what it excludes, what it asks, what it names, and what in it was no wish at all.

pub mod answers;
pub mod clause;
pub mod clean;
pub mod complaint;
pub mod exclude;
pub mod lexicon;
pub mod names;
pub mod orders;
pub mod person;
pub mod ready;
pub mod say;
pub mod split;
pub mod tell;
pub mod things;
pub mod verbs;

use rutter_catalogue::language::{Language, guess};

use clause::Trigger;
use exclude::{Exclusion, Reading};
use things::Things;

/// One thing that is wished for.
#[derive(Debug, Clone, PartialEq)]
pub struct Want {
    /// The clause as written.
    pub text: String,
    /// The condition it stands under.
    pub trigger: Option<(Trigger, String)>,
    /// What follows SHALL.
    pub shall: String,
    /// Whether it is forbidden.
    pub not: bool,
    /// Whether the clause had no verb of its own.
    pub fragment: bool,
    /// Whether it goes on from the clause before it in one sentence.
    pub goes_on: bool,
    /// The heading it stood under.
    pub heading: Option<String>,
}

/// A prompt, read.
#[derive(Debug, Clone, PartialEq)]
pub struct Prompt {
    /// Its language.
    pub language: Language,
    /// The sentences that speak of the product, as written.
    pub kept: Vec<String>,
    /// What is wished for, in order.
    pub wants: Vec<Want>,
    /// What is not wanted.
    pub exclusions: Vec<Exclusion>,
    /// Questions that it asks.
    pub questions: Vec<String>,
    /// Sentences that describe how things are.
    pub background: Vec<String>,
    /// How many sentences were orders to the tool.
    pub left_out: usize,
    /// Numbered items, as the steps of a report are.
    pub steps: Vec<String>,
    /// Why it is wished for: a clause for "so that".
    pub reason: Option<String>,
    /// Whether the writer speaks as someone: "as an admin, I want".
    pub as_story: bool,
    /// Actor, thing and object.
    pub things: Things,
}

/// Reads a prompt.
pub fn read(prompt: &str) -> Prompt {
    let text = clean::clean(prompt);
    let language = guess(&text);
    let mut out = Prompt {
        language,
        kept: Vec::new(),
        wants: Vec::new(),
        exclusions: Vec::new(),
        questions: Vec::new(),
        background: Vec::new(),
        left_out: 0,
        steps: Vec::new(),
        reason: None,
        as_story: false,
        things: Things::default(),
    };
    let mut who = None;
    for sentence in split::sentences(&text) {
        if orders::is_order_to_tool(&sentence.text) {
            out.left_out += 1;
            continue;
        }
        out.kept.push(if sentence.question {
            format!("{}?", sentence.text)
        } else {
            sentence.text.clone()
        });
        if sentence.numbered {
            out.steps.push(sentence.text.clone());
        }
        if sentence.excluded {
            out.exclusions.push(Exclusion {
                what: sentence.text.clone(),
            });
            continue;
        }
        // In a text that is mostly English, a foreign sentence is still taken word by word.
        let own = if language == Language::English && guess(&sentence.text) != Language::English {
            guess(&sentence.text)
        } else {
            language
        };
        if own == Language::English {
            english(&sentence, &mut who, &mut out);
        } else {
            foreign(&sentence, own, &mut out);
        }
    }
    dedupe(&mut out.wants);
    out.things = things::find(&out, who);
    out
}

/// A wish for a polite order: "Can you add a page?"
const POLITE: [&str; 12] = [
    "could we get ",
    "can we please ",
    "could we please ",
    "can you ",
    "could you ",
    "would you ",
    "can we add ",
    "can we get ",
    "can we have ",
    "could we add ",
    "could we have ",
    "please ",
];

fn english(sentence: &split::Sentence, who: &mut Option<String>, out: &mut Prompt) {
    let lower = sentence.text.to_lowercase();
    if sentence.question && !POLITE.iter().any(|cue| lower.starts_with(cue)) {
        out.questions.push(format!("{}?", sentence.text));
        return;
    }
    if is_background(&lower) {
        out.background.push(sentence.text.clone());
        return;
    }
    if let Some(found) = complaint::of(&sentence.text).filter(|_| out.language == Language::English)
    {
        let asked = match found {
            complaint::Complaint::About(what) => complaint::question(&what),
            complaint::Complaint::Same if !out.questions.is_empty() || !out.wants.is_empty() => {
                return;
            }
            complaint::Complaint::Same => complaint::question("it"),
        };
        out.questions.push(asked);
        return;
    }
    let mut text = sentence.text.clone();
    for cue in [
        "can we add ",
        "can we get ",
        "can we have ",
        "could we add ",
        "could we have ",
        "could we get ",
        "can we please have ",
        "could we please have ",
        "can we please add ",
    ] {
        if lower.starts_with(cue) {
            text = format!("add {}", &text[cue.len()..]);
        }
    }
    if let Some((person, rest)) = story(&text) {
        *who = Some(person);
        out.as_story = true;
        text = rest;
    }
    text = ready::sentence(&without_reason(
        &ready::without_joints(&text),
        &mut out.reason,
    ));
    let mut before: Option<String> = None;
    let mut pending = clause::clauses(&text);
    pending.retain(|clause| clause.main.chars().any(char::is_alphanumeric));
    let mut last_was_ban = false;
    for clause::Clause {
        trigger,
        main,
        goes_on,
    } in pending
    {
        let bare = say::without_fillers(&main);
        if goes_on && trigger.is_none() && completes(&bare, last_was_ban, out) {
            continue;
        }
        let (text, not, keep) = match exclude::read(&bare, Language::English) {
            Reading::Out(found) => {
                last_was_ban = true;
                out.exclusions.extend(found);
                continue;
            }
            Reading::Ban(rest) => (rest, true, false),
            Reading::Keep(rest) => (rest, false, true),
            Reading::Wish(rest, found) => {
                out.exclusions.extend(found);
                (rest, false, false)
            }
        };
        last_was_ban = last_was_ban && goes_on;
        let said = if keep {
            say::Said {
                shall: format!("leave {} as it is", say::lower_first(&text)),
                not: false,
                who: None,
                fragment: false,
            }
        } else if not {
            say::Said {
                shall: say::lower_first(&text),
                not: true,
                who: None,
                fragment: false,
            }
        } else {
            say::say(&text, before.as_deref().filter(|_| goes_on))
        };
        if said.shall.starts_with("let ") && !said.not {
            before = said.shall[4..]
                .split(' ')
                .next()
                .map(str::to_owned)
                .filter(|first| lexicon::is_person(first) && lexicon::is_plural(first));
        } else if !said.fragment {
            before = None;
        }
        if who.is_none() {
            who.clone_from(&said.who);
        }
        let mut said = said;
        if let Some(person) = who.as_ref().filter(|person| *person != "user")
            && let Some(rest) = said.shall.strip_prefix("let users ")
        {
            said.shall = format!("let {} {rest}", lexicon::plural(person));
        }
        out.wants.push(Want {
            text: main,
            trigger: trigger.map(|(kind, condition)| (kind, person::third(&condition))),
            shall: person::third(&said.shall),
            not: not || said.not,
            fragment: said.fragment,
            goes_on,
            heading: sentence.heading.clone(),
        });
    }
}

/// Puts "not during lunch" and "for every depot" behind the wish that they complete; whether it was one of these.
fn completes(clause: &str, last_was_ban: bool, out: &mut Prompt) -> bool {
    let Some(last) = out.wants.last_mut().filter(|_| !last_was_ban) else {
        return false;
    };
    if last.fragment || last.shall.starts_with("meet this part") {
        return false;
    }
    let lower = clause.to_lowercase();
    let bare = ["not ", "never ", "but not ", "but never "]
        .iter()
        .find_map(|cue| lower.strip_prefix(cue));
    let times = [
        "during ",
        "before ",
        "after ",
        "on weekend",
        "on sunday",
        "on saturday",
        "on holiday",
        "on public",
        "at night",
        "at weekend",
        "between ",
        "outside ",
        "while ",
        "until ",
        "in the ",
    ];
    let prepositions = [
        "for ",
        "during ",
        "before ",
        "until ",
        "between ",
        "except on ",
        "except during ",
        "even if ",
        "even when ",
        "either ",
        "whichever ",
        "whether ",
    ];
    if bare.is_some_and(|rest| times.iter().any(|cue| rest.starts_with(cue))) {
        let rest = clause.trim_start_matches("but ");
        last.shall = format!("{}, but {}", last.shall, person::third(rest));
    } else if prepositions.iter().any(|cue| lower.starts_with(cue)) && !clause::is_clause(clause) {
        last.shall = format!("{}, {}", last.shall, person::third(clause));
    } else {
        return false;
    }
    last.text = format!("{}, {clause}", last.text);
    true
}

/// "As an admin, I want to see x so that y": who, and the wish.
fn story(text: &str) -> Option<(String, String)> {
    let lower = text.to_lowercase();
    let rest = ["as an ", "as a ", "as the "]
        .iter()
        .find(|cue| lower.starts_with(*cue))
        .map(|cue| &text[cue.len()..])?;
    let (person, wish) = rest
        .split_once(", ")
        .or_else(|| rest.find(" I ").map(|at| (&rest[..at], &rest[at + 1..])))?;
    (person.split(' ').count() <= 4).then(|| (say::actor(person), wish.to_owned()))
}

/// Cuts the reason off: it goes into the story, not into a criterion.
fn without_reason(text: &str, reason: &mut Option<String>) -> String {
    for cue in [
        ", so that ",
        " so that ",
        ", so they ",
        " so they ",
        " because ",
        ", since ",
    ] {
        let Some(at) = clause::outside(text, cue).into_iter().next() else {
            continue;
        };
        if at < 8 {
            continue;
        }
        let why = &text[at + cue.len()..];
        // A reason ends where the next wish begins.
        let (why, rest) = why.split_at(why.find("; ").unwrap_or(why.len()));
        if reason.is_none() && !cue.contains("because") && !cue.contains("since") {
            let why = if cue.trim_start_matches(',').trim() == "so they" {
                format!("they {why}")
            } else {
                why.to_owned()
            };
            *reason = Some(why);
        }
        return format!("{}{rest}", &text[..at]);
    }
    text.to_owned()
}

/// Sentences that tell how things are rather than what is wished for.
fn is_background(lower: &str) -> bool {
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

/// A clause in another language stands as written.
fn foreign(sentence: &split::Sentence, language: Language, out: &mut Prompt) {
    if sentence.question {
        out.questions.push(format!("{}?", sentence.text));
        return;
    }
    for clause in foreign_clauses(&sentence.text, language) {
        match exclude::read(&clause, language) {
            Reading::Out(found) => out.exclusions.extend(found),
            Reading::Wish(text, found) => {
                out.exclusions.extend(found);
                if text.chars().any(char::is_alphanumeric) {
                    let quoted = text.replace('"', "'");
                    out.wants.push(Want {
                        text,
                        trigger: None,
                        shall: format!("meet this part of the request: \"{quoted}\""),
                        not: false,
                        fragment: false,
                        goes_on: false,
                        heading: sentence.heading.clone(),
                    });
                }
            }
            Reading::Ban(_) | Reading::Keep(_) => {}
        }
    }
}

fn foreign_clauses(text: &str, language: Language) -> Vec<String> {
    let marks: &[&str] = match language {
        Language::Chinese => &["，", "；", ", "],
        Language::Japanese => &["。", "；"],
        Language::German => &[", aber ", ", ohne ", ", und ", " und soll ", "; "],
        Language::Spanish => &[", pero ", ", sin ", ", tampoco ", ", no ", ", y no ", "; "],
        Language::French => &[
            ", mais ",
            ", sans ",
            ", et on n'a pas besoin ",
            ", pas besoin ",
            ", et pas ",
            "; ",
        ],
        Language::English => &[", "],
    };
    let mut cuts: Vec<(usize, &str)> = marks
        .iter()
        .flat_map(|mark| text.match_indices(mark))
        .collect();
    cuts.sort_unstable();
    let mut out = Vec::new();
    let mut start = 0;
    for (at, mark) in cuts {
        out.push(&text[start..at]);
        // The cue that excludes stays with its clause.
        start = at
            + if mark.ends_with(' ') && mark.starts_with(", ") && mark.len() > 2 {
                2
            } else {
                mark.len()
            };
    }
    out.push(&text[start..]);
    out.into_iter()
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

fn dedupe(wants: &mut Vec<Want>) {
    let mut seen = std::collections::HashSet::new();
    wants.retain(|want| {
        seen.insert((
            want.shall.to_lowercase(),
            want.trigger.as_ref().map(|(_, t)| t.to_lowercase()),
        ))
    });
}

/// `a` or `an` before a word.
pub fn article(word: &str) -> &'static str {
    let lower = word.to_lowercase();
    let vowel = lower.starts_with(['a', 'e', 'i', 'o', 'u'])
        && !["user", "uni", "use", "one", "eu", "utility"]
            .iter()
            .any(|start| lower.starts_with(start))
        || lower.starts_with("hour");
    if vowel { "an" } else { "a" }
}

#[cfg(test)]
mod tests {
    use super::read;

    fn said(prompt: &str) -> Vec<String> {
        read(prompt)
            .wants
            .into_iter()
            .map(|want| format!("{}{}", if want.not { "NOT " } else { "" }, want.shall))
            .collect()
    }

    #[test]
    fn clauses_follow_shall() {
        for (prompt, wants) in [
            (
                "Draw the fleet's routes on the map",
                &["draw the fleet's routes on the map"][..],
            ),
            (
                "Every day at 7:00 the team gets a digest, but not during the holidays",
                &["send the team a digest every day at 7:00, but not during the holidays"],
            ),
            (
                "Files of type exe must be refused, and so must files above 10 MB",
                &["refuse files of type exe", "refuse files above 10 MB"],
            ),
            (
                "You should see your last 10 searches",
                &["let users see their last 10 searches"],
            ),
            (
                "I want the tags that nobody uses to be hidden",
                &["hide the tags that nobody uses"],
            ),
            (
                "We need the CLI to accept dates like 2026-01-31",
                &["accept dates like 2026-01-31"],
            ),
            (
                "Editors keep overwriting each other's changes",
                &["NOT let editors overwrite each other's changes"],
            ),
            (
                "Users can pin up to 3 notes, not 5",
                &["let users pin up to 3 notes, not 5"],
            ),
        ] {
            assert_eq!(said(prompt), wants, "{prompt}");
        }
    }

    #[test]
    fn a_complaint_is_a_question() {
        let prompt = read("The trips page isn't great. Improve that a bit.");
        assert!(prompt.wants.is_empty());
        assert_eq!(
            prompt.questions,
            ["What should be different about the trips page?"]
        );
    }

    #[test]
    fn no_script_breaks_the_reading() {
        let words = [
            "cafés",
            "naïves",
            "éditées",
            "ß",
            "日本語s",
            "👩\u{200d}👩\u{200d}👧s",
            "e\u{301}ing",
            "Ünïcödéd",
            "ّs",
            "z̷͓a̸l̴ies",
        ];
        let frames = [
            "Show {} to {}",
            "{} are {}",
            "After {} the {} is {}",
            "every {} {} gets a {}",
            "{} must be {}, and so must {}",
            "no {}, {} or {}",
            "While you're at it: {} {}",
            "It would be nice if {} {}",
            "Editors keep {} {}",
            "{} who {} {}",
        ];
        for frame in frames {
            for word in words {
                let _ = read(&frame.replace("{}", word));
            }
        }
    }
}
