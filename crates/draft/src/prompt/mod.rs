//! What a prompt says: its wishes, what it excludes, what it asks, what it names, and what in it was no wish at all.

pub mod answers;
pub mod clause;
pub mod clean;
pub mod complaint;
mod condition;
mod english;
pub mod exclude;
mod exclude_foreign;
mod exclude_passing;
mod foreign;
mod fragment;
pub mod lexicon;
mod literal;
pub mod names;
mod openers;
pub mod orders;
mod participle;
pub mod person;
pub mod ready;
mod remedy;
mod reorder;
mod report;
mod respell;
pub mod restate;
pub mod say;
mod settle;
mod shape;
pub mod split;
mod subject;
pub mod sure;
pub mod tell;
pub mod things;
pub mod told;
pub mod verbs;
mod wish;
mod wording;

use rutter_catalogue::language::{Language, guess};

use clause::Trigger;
use exclude::Exclusion;
use things::Things;

/// Up to how many words a prompt names a feature, with a wish or two; beyond that it describes one.
pub(crate) const NAMES: usize = 18;

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
    /// What follows SHALL in entries that keep the writer's own words, where no criterion says them for sure.
    pub entries: Vec<String>,
    /// What was said to take too long.
    slow: Option<String>,
    /// The people that were spoken of last.
    people: Option<String>,
    /// The condition of the fault that was told last.
    told_when: Option<(Trigger, String)>,
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
        entries: Vec::new(),
        told_when: None,
        people: None,
        slow: None,
        left_out: 0,
        steps: Vec::new(),
        reason: None,
        as_story: false,
        things: Things::default(),
    };
    let brief = settle::is_brief(&text);
    let mut who = None;
    for (sentence, part) in report::parts(split::sentences(&text)) {
        if orders::is_order_to_tool(&sentence.text) {
            out.left_out += 1;
            continue;
        }
        let shown = match part {
            Some(report::Part::Expected) => format!("Expected: {}", sentence.text),
            Some(report::Part::Actual) => format!("Actual: {}", sentence.text),
            Some(report::Part::Steps) | None => sentence.text.clone(),
        };
        out.kept.push(if sentence.question {
            format!("{}?", sentence.text)
        } else {
            shown
        });
        if sentence.numbered {
            out.steps.push(sentence.text.clone());
        }
        match part {
            Some(report::Part::Steps) => continue,
            Some(report::Part::Actual) => {
                out.background.push(sentence.text.clone());
                continue;
            }
            Some(report::Part::Expected) | None => {}
        }
        let before = out.wants.len();
        let mark = settle::Before::of(&out);
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
            english::read(&sentence, &mut who, &mut out);
            if part.is_none() {
                settle::settle(&sentence, &mark, brief, &mut out);
            }
        } else {
            foreign::read(&sentence, own, &mut out);
        }
        if part == Some(report::Part::Expected) {
            expect(&sentence.text, before, &mut out);
        }
    }
    close_what_is_open(&mut out);
    dedupe(&mut out.wants);
    sure::settle(&mut out);
    out.things = things::find(&out, who);
    out
}

/// "Expected: one reminder" is the result of the steps that the report names.
fn expect(text: &str, before: usize, out: &mut Prompt) {
    let bare = out.wants.len() == before + 1 && out.wants[before].fragment;
    if !bare || out.steps.is_empty() {
        return;
    }
    let steps = out.steps.join("; ").replace('"', "'");
    let want = &mut out.wants[before];
    want.shall = format!("give this result: \"{}\"", text.replace('"', "'"));
    want.trigger = Some((
        Trigger::When,
        format!("somebody follows these steps: \"{steps}\""),
    ));
    want.fragment = false;
}

/// "Right now anybody can open /x" and a wish for sign-in: /x is closed to who has not signed in.
fn close_what_is_open(out: &mut Prompt) {
    let signs_in = out.wants.iter().any(|want| {
        let shall = want.shall.to_lowercase();
        !want.not
            && [
                "sign in",
                "log in",
                "sign-in",
                "login",
                "signed in",
                "authenticat",
            ]
            .iter()
            .any(|cue| shall.contains(cue))
    });
    let found: Vec<(String, (String, String))> = out
        .background
        .iter()
        .filter_map(|text| remedy::open_to_all(text).map(|open| (text.clone(), open)))
        .collect();
    for (text, (verb, thing)) in found {
        let only = "let only ";
        let it = format!(" {verb} it");
        if let Some(want) = out
            .wants
            .iter_mut()
            .find(|want| want.shall.starts_with(only) && want.shall.ends_with(&it))
        {
            want.shall = format!("{}{thing}", want.shall.trim_end_matches("it"));
        } else if signs_in {
            out.wants.push(Want {
                text,
                trigger: None,
                shall: format!("let anybody who has not signed in {verb} {thing}"),
                not: true,
                fragment: false,
                goes_on: false,
                heading: None,
            });
        }
    }
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
