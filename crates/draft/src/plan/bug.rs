//! `bugfix.md` from a report.

use super::decide::Decisions;
use super::{title, vague};
use crate::ground::Ground;
use crate::later::suspects;
use crate::prompt::clause::{self, Clause};
use crate::prompt::{Prompt, answers, complaint, lexicon, person, say, tell};

/// The condition of a report that tells none.
const UNTOLD: &str = "the steps of the report are followed";

/// A defect with the condition it shows under.
struct Defect {
    condition: String,
    /// Whether the report itself states the condition.
    told: bool,
    what: String,
}

/// Title, text and notes of a bugfix.
pub fn draft(prompt: &Prompt, ground: &Ground) -> (String, String, Vec<String>) {
    let mut defects: Vec<Defect> = Vec::new();
    let mut expected: Vec<String> = Vec::new();
    let mut stays: Vec<String> = Vec::new();
    let mut hints: Vec<String> = Vec::new();
    let mut decisions = Decisions::default();
    let steps = steps(prompt);
    for sentence in &prompt.kept {
        // Steps are the condition; a sigh is no second defect.
        let is_step = steps.is_some() && prompt.steps.contains(sentence);
        if is_step || complaint::of(sentence).is_some() && prompt.kept.len() > 1 {
            continue;
        }
        sort(
            sentence,
            prompt,
            &mut defects,
            &mut expected,
            &mut stays,
            &mut hints,
        );
    }
    if defects.is_empty() {
        let what = expected.first().map_or_else(
            || title::shortened(&prompt.kept.join(". "), 20),
            |text| {
                format!(
                    "the software does not {}",
                    text.trim_start_matches("ensure that ")
                )
            },
        );
        defects.push(Defect {
            condition: UNTOLD.to_owned(),
            told: false,
            what,
        });
    }
    if let Some(steps) = steps {
        defects
            .iter_mut()
            .filter(|defect| !defect.told)
            .for_each(|defect| defect.condition.clone_from(&steps));
    }
    let shared = defects[0].condition.clone();
    let whole = format!("{} when {shared}", defects[0].what);
    let told = whole.split(' ').count() <= 10 && shared != UNTOLD && !shared.contains(" used");
    let bare = if told { whole } else { defects[0].what.clone() };
    let heading = title::capital(&title::shortened(
        bare.strip_prefix("the system shows this: ")
            .unwrap_or(&bare),
        10,
    ));
    for defect in defects.iter().skip(expected.len()) {
        let wanted = opposite(&defect.what, &mut decisions);
        expected.push(wanted);
    }
    let current: Vec<String> = defects
        .iter()
        .map(|defect| format!("WHEN {} THEN {}", defect.condition, defect.what))
        .collect();
    let wanted: Vec<String> = expected
        .iter()
        .enumerate()
        .map(|(at, shall)| {
            let condition = defects.get(at).map_or(&shared, |defect| &defect.condition);
            format!(
                "WHEN {condition} THEN the system SHALL {}",
                vague::settle(shall, &mut decisions)
            )
        })
        .collect();
    let mut wanted = wanted;
    for (at, question) in prompt.questions.iter().take(3).enumerate() {
        let mark = decisions.mark(
            &format!("question/{at}"),
            &title::capital(&question.replace(['`', '|'], "'")),
            &answers::choices(question),
        );
        wanted.push(format!(
            "WHEN {shared} THEN the system SHALL follow this answer to \"{}\": {mark}",
            question.replace('"', "'")
        ));
    }
    let text = write(
        prompt,
        ground,
        &current,
        &wanted,
        &unchanged(&stays, prompt, ground),
        &decisions,
        &hints,
    );
    let mut notes = Vec::new();
    if prompt.left_out > 0 {
        notes.push("A part of the request gave orders to the tool rather than reporting a bug, and was left out.".to_owned());
    }
    (heading, text, notes)
}

/// Sorts one sentence of a report into what happens, what should happen and what must stay.
fn sort(
    sentence: &str,
    prompt: &Prompt,
    defects: &mut Vec<Defect>,
    expected: &mut Vec<String>,
    stays: &mut Vec<String>,
    hints: &mut Vec<String>,
) {
    let lower = sentence.to_lowercase();
    if prompt.language != rutter_catalogue::language::Language::English {
        defects.push(Defect {
            condition: UNTOLD.to_owned(),
            told: false,
            what: format!("this happens: \"{}\"", sentence.replace('"', "'")),
        });
        return;
    }
    if [
        "works fine",
        "still works",
        "is fine",
        "are fine",
        "works as expected",
        "should keep",
        "must keep",
        "should stay",
        "must stay",
        "should not change",
        "must not change",
        "don't touch",
        "do not touch",
        "don't change",
        "do not change",
        "leave ",
    ]
    .iter()
    .any(|cue| lower.contains(cue))
    {
        stays.push(sentence.to_owned());
        return;
    }
    if [
        "since ",
        "i think",
        "probably",
        "maybe",
        "it seems",
        "looks like",
        "the cause",
        "because",
    ]
    .iter()
    .any(|cue| lower.starts_with(cue))
    {
        hints.push(sentence.to_owned());
        return;
    }
    let text = without_label(sentence);
    for Clause { trigger, main, .. } in clause::clauses(&text) {
        let trigger = trigger.map(|(_, condition)| person::third(&condition));
        if let Some(wish) = wish(&main) {
            expected.push(person::third(&wish));
            continue;
        }
        let main = main
            .split(" instead of ")
            .next()
            .filter(|_| false)
            .unwrap_or(&main)
            .to_owned();
        let what = defect_text(&main);
        let told = trigger.is_some();
        let condition = trigger.unwrap_or_else(|| condition_of(&what));
        // "is used on Safari" takes the place out of what happens there.
        let place = condition.split(" used").nth(1).unwrap_or_default();
        let what = what
            .strip_suffix(place)
            .filter(|_| !place.is_empty())
            .unwrap_or(&what)
            .to_owned();
        defects.push(Defect {
            condition,
            told,
            what,
        });
    }
}

/// The numbered steps of a report as one condition.
fn steps(prompt: &Prompt) -> Option<String> {
    let steps: Vec<String> = prompt
        .steps
        .iter()
        .filter(|step| {
            clause::starts_with_verb(step, true)
                || [
                    "I ", "You ", "Go ", "Press ", "Type ", "Click ", "Tap ", "Log ", "Wait ",
                ]
                .iter()
                .any(|cue| step.starts_with(cue))
        })
        .map(|step| person::third(&say::lower_first(step)))
        .collect();
    (!steps.is_empty() && steps.len() == prompt.steps.len())
        .then(|| format!("these steps are taken: {}", steps.join("; ")))
}

/// Drops "Fix:", "Bug:", "fix the bug where".
fn without_label(sentence: &str) -> String {
    let mut text = sentence.trim().to_owned();
    loop {
        let lower = text.to_lowercase();
        let cue = [
            "fix: ",
            "bug: ",
            "bugfix: ",
            "fix the bug where ",
            "fix a bug where ",
            "fix the bug that ",
            "there is a bug where ",
            "there's a bug where ",
            "fix the issue where ",
            "fix an issue where ",
            "please ",
            "fix that ",
            "there is a bug: ",
            "actual: ",
            "currently ",
            "right now ",
            "i noticed that ",
            "the problem is that ",
            "it turns out that ",
            "but ",
            "fix ",
        ]
        .into_iter()
        .find(|cue| lower.starts_with(cue));
        match cue {
            Some(cue) if text.len() > cue.len() => {
                text = text[cue.len()..].trim_start_matches([',', ' ']).to_owned()
            }
            _ => return text,
        }
    }
}

/// What should happen, where a clause says so.
fn wish(main: &str) -> Option<String> {
    let lower = main.to_lowercase();
    for cue in [
        "expected: ",
        "expected is ",
        "expected behavior: ",
        "expected behaviour: ",
        "instead it should ",
        "it should instead ",
        "i expect ",
        "i would expect ",
        "we expect ",
        "i expected ",
    ] {
        if lower.starts_with(cue) {
            let rest = &main[cue.len()..];
            let said = say::say(rest, None);
            return Some(if cue.contains("should") {
                rest.to_owned()
            } else {
                said.shall
            });
        }
    }
    [
        " should ",
        " must ",
        " ought to ",
        " needs to ",
        " is supposed to ",
        " are supposed to ",
    ]
    .iter()
    .any(|cue| lower.contains(cue))
    .then(|| {
        let said = say::say(
            &main
                .replace(" is supposed to ", " should ")
                .replace(" are supposed to ", " should ")
                .replace(" instead", ""),
            None,
        );
        if said.not {
            format!("ensure that this does not happen: {}", said.shall)
        } else {
            said.shall
        }
    })
}

/// A defect as a clause: "crash" is "the system crashes".
fn defect_text(main: &str) -> String {
    let text = person::third(&say::lower_first(main.trim()));
    let text = text
        .strip_prefix("it also ")
        .map_or(text.clone(), |rest| format!("it {rest}"));
    let bare = ["the ", "a ", "an "]
        .iter()
        .find_map(|article| text.strip_prefix(article))
        .unwrap_or(&text)
        .to_owned();
    let first = bare.split(' ').next().unwrap_or_default().to_owned();
    let rest = bare[first.len()..].to_owned();
    match first.as_str() {
        "crash" | "crashes" | "crashing" => format!("the system crashes{rest}"),
        "hang" | "hangs" | "freeze" | "freezes" => format!("the system hangs{rest}"),
        _ if is_sentence(&text)
            || text.contains("n't ")
            || text.contains(" not ")
            || text.contains(" twice") =>
        {
            if text.starts_with("the ")
                || text.starts_with("a ")
                || text.starts_with("an ")
                || text.starts_with('`')
                || text.starts_with("it ")
                || text.starts_with("no ")
                || text.starts_with("there ")
                || text.starts_with('"')
                || text.starts_with("this ")
                || text.starts_with("that ")
                || tell::ungerund(&first).is_some()
                || lexicon::is_plural(&first) && lexicon::is_plural(&subject_of(&text))
                || text.starts_with(|c: char| c.is_uppercase())
            {
                text
            } else {
                format!("the {text}")
            }
        }
        _ => format!("the system shows this: {text}"),
    }
}

/// Whether a text has its own verb.
fn is_sentence(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    clause::is_clause(text)
        || tell::main_verb(&words).is_some()
        || words.iter().skip(1).take(4).any(|word| {
            [
                "returns", "shows", "creates", "fails", "sends", "prints", "takes", "breaks",
                "ignores", "keeps", "sorts", "counts", "drops", "adds", "stays", "jumps", "gives",
                "saves", "loads", "accepts",
            ]
            .contains(word)
        })
}

/// The words in front of the first verb.
fn subject_of(text: &str) -> String {
    let verbs = [
        "is", "are", "does", "do", "shows", "returns", "fails", "loses", "cannot", "gives",
        "sends", "throws", "was", "gets", "has", "takes", "breaks", "not",
    ];
    text.split(' ')
        .take_while(|word| !verbs.contains(word))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A condition for a defect that states none.
fn condition_of(what: &str) -> String {
    let words: Vec<&str> = what.split(' ').collect();
    let verb = words.iter().position(|word| {
        [
            "is", "are", "does", "do", "shows", "returns", "fails", "crashes", "loses", "cannot",
            "gives", "sends", "throws", "was", "gets", "has", "takes", "breaks",
        ]
        .contains(&word.to_lowercase().as_str())
    });
    match verb {
        Some(at)
            if at > 0 && at < 7 && !what.starts_with("the system") && !what.starts_with("it ") =>
        {
            let subject = words[..at].join(" ");
            let many = lexicon::is_plural(&subject.to_lowercase());
            let place = [" on ", " in ", " for ", " with ", " during "]
                .iter()
                .filter_map(|cue| what.rfind(cue))
                .filter(|place| *place > subject.len())
                .max()
                .map_or("", |place| &what[place..]);
            format!("{subject} {} used{place}", if many { "are" } else { "is" })
        }
        _ => UNTOLD.to_owned(),
    }
}

/// What should happen where the report only says what does.
fn opposite(what: &str, decisions: &mut Decisions) -> String {
    let lower = what.to_lowercase();
    let has = |cues: &[&str]| cues.iter().any(|cue| lower.contains(cue));
    if let Some((wrong, right)) = what.split_once(" instead of ") {
        let shown = wrong.rsplit_once(' ').map_or(wrong, |(_, last)| last);
        return format!("give {right} and not {shown}");
    }
    if has(&[
        "crash",
        "panic",
        "exception",
        "throws",
        "500",
        "traceback",
        "stack trace",
        "segfault",
    ]) {
        let mark = decisions.mark(
            "bug/crash",
            "What should happen in place of the failure?",
            &[
                "refuse the input and say what is wrong with it",
                "go on and leave the bad part out",
            ]
            .map(str::to_owned),
        );
        return format!("stay up and do this: {mark}");
    }
    for (cue, end) in [
        (" does not ", ""),
        (" doesn't ", ""),
        (" do not ", ""),
        (" don't ", ""),
    ] {
        if let Some((subject, verb)) = what.split_once(cue) {
            let (first, rest) = verb
                .split_once(' ')
                .map_or((verb, String::new()), |(first, rest)| {
                    (first, format!(" {rest}"))
                });
            let bent = if lexicon::is_plural(&subject.to_lowercase()) {
                first.to_owned()
            } else {
                lexicon::third(first)
            };
            let _ = end;
            return format!("ensure that {} {bent}{rest}", say::lower_first(subject));
        }
    }
    for (cue, positive) in [
        (" is not ", " is "),
        (" isn't ", " is "),
        (" are not ", " are "),
        (" aren't ", " are "),
        (" cannot ", " can "),
        (" can't ", " can "),
    ] {
        if what.contains(cue) {
            return format!(
                "ensure that {}",
                say::lower_first(&what.replacen(cue, positive, 1))
            );
        }
    }
    if has(&[" twice", "duplicate", "doubled", "double "]) {
        return format!(
            "ensure that it no longer happens that {}, and that it is done exactly once",
            say::lower_first(what)
        );
    }
    if has(&[
        " is wrong",
        " are wrong",
        " is incorrect",
        " are incorrect",
        " is off",
        " wrong ",
    ]) {
        let subject = what
            .split(" is ")
            .next()
            .and_then(|s| s.split(" are ").next())
            .unwrap_or(what);
        let mark = decisions.mark(
            "bug/right",
            "How is the right value found?",
            &[
                "by the rules that hold in every other case",
                "by an example that the reporter gives",
            ]
            .map(str::to_owned),
        );
        return format!(
            "give the right value for {}, told {mark}",
            say::lower_first(subject)
        );
    }
    if let Some(shown) = what.strip_prefix("the system shows this: ") {
        return format!("no longer show this: {shown}");
    }
    if let Some(said) = what.strip_prefix("this happens: ") {
        return format!("no longer do this: {said}");
    }
    // "The cancelled trip is still shown": no longer show it.
    let calm = what
        .replace(" still ", " ")
        .replace(" always ", " ")
        .replace(" sometimes ", " ");
    match tell::declarative(&calm) {
        Some((act, false)) if !act.starts_with("ensure ") && !act.starts_with("send ") => {
            format!("no longer {act}")
        }
        _ => format!(
            "ensure that it no longer happens that {}",
            say::lower_first(what)
        ),
    }
}

fn unchanged(stays: &[String], prompt: &Prompt, ground: &Ground) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for text in stays {
        let said = person::third(&say::lower_first(text));
        let kept = [
            "don't touch ",
            "do not touch ",
            "don't change ",
            "do not change ",
            "leave ",
        ]
        .iter()
        .find_map(|cue| said.strip_prefix(cue))
        .map(|rest| {
            format!(
                "keep {} as it is",
                rest.trim_end_matches(" alone")
                    .trim_end_matches(" as it is")
            )
        });
        out.push(format!(
            "WHEN the condition of 1.1 does not hold THEN the system SHALL CONTINUE TO {}",
            kept.unwrap_or_else(|| format!("meet this: {said}"))
        ));
    }
    if out.is_empty() {
        out.push("WHEN the condition of 1.1 does not hold THEN the system SHALL CONTINUE TO give the results that it gives today".to_owned());
    }
    if let Some(place) = suspects(&prompt.kept.join(". "), ground).into_iter().next()
        && let Some(symbol) = &place.symbol
    {
        if !place.new {
            out.push(format!("WHEN another part of `{}` than the one of 1.1 is used THEN the system SHALL CONTINUE TO behave there as it does today", place.path));
        }
        out.push(format!("WHEN other code uses `{symbol}` THEN the system SHALL CONTINUE TO offer it under the same name with the same parameters"));
    }
    out
}

fn write(
    prompt: &Prompt,
    ground: &Ground,
    current: &[String],
    wanted: &[String],
    unchanged: &[String],
    decisions: &Decisions,
    hints: &[String],
) -> String {
    let mut texts: Vec<(String, String)> = Vec::new();
    for (section, list) in [(1, current), (2, wanted), (3, unchanged)] {
        texts.extend(
            list.iter()
                .enumerate()
                .map(|(at, text)| (format!("{section}.{}", at + 1), text.clone())),
        );
    }
    let numbered = decisions.number(&texts);
    let mut request = String::new();
    for sentence in &prompt.kept {
        request.push_str(if request.is_empty() { "" } else { ". " });
        request.push_str(sentence);
    }
    let mut out = format!(
        "# Bugfix Requirements Document\n\n## Introduction\n\nThis fix covers the following request: \"{}\".",
        crate::write::requirements::quote(&request)
    );
    let places: Vec<String> = suspects(&request, ground)
        .into_iter()
        .take(2)
        .map(|place| place.shown())
        .collect();
    if !places.is_empty() {
        out.push_str(&format!(
            " By its words it concerns {}.",
            places.join(" and ")
        ));
    }
    for hint in hints {
        out.push_str(&format!(
            " The report suspects: \"{}\".",
            hint.replace('"', "'")
        ));
    }
    out.push_str("\n\n## Bug Analysis\n");
    for (section, heading) in [
        (1, "Current Behavior (Defect)"),
        (2, "Expected Behavior (Correct)"),
        (3, "Unchanged Behavior (Regression Prevention)"),
    ] {
        out.push_str(&format!("\n### {heading}\n"));
        for (id, text) in texts
            .iter()
            .filter(|(id, _)| id.starts_with(&format!("{section}.")))
        {
            out.push_str(&format!("\n{id} {}\n", numbered.link(text)));
        }
    }
    let lines = numbered.lines();
    if !lines.is_empty() {
        out.push_str(&format!("\n## Open Decisions\n\n{}\n", lines.join("\n")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::draft;
    use crate::ground::Ground;
    use crate::prompt::read;

    fn text(report: &str) -> String {
        let ground = Ground {
            catalogue: rutter_catalogue::Catalogue::builtin(),
            ..Ground::default()
        };
        draft(&read(report), &ground).1
    }

    #[test]
    fn steps_belong_to_their_defect() {
        let text = text("Saving twice creates two notes.\n\n1. Open a note\n2. Click save twice\n");
        assert!(
            text.contains("1.1 WHEN these steps are taken: open a note; click save twice THEN"),
            "{text}"
        );
        assert!(!text.contains("1.2 "), "{text}");
    }

    #[test]
    fn every_defect_has_what_is_expected() {
        let text = text(
            "The cancelled trip is still shown. The receipt prints the old price. Expected: no cancelled trip",
        );
        assert!(text.contains("1.2 ") && text.contains("2.2 "), "{text}");
    }

    #[test]
    fn when_is_said_once() {
        let text = text("When the when field is empty the export crashes");
        assert!(
            text.contains("1.1 WHEN the when field is empty THEN the export crashes"),
            "{text}"
        );
    }
}
