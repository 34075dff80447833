//! What a spec that somebody wrote leaves out, said only where it is sure: of what kind the spec is, and that it matters.

use crate::class::{Class, Criterion};
use crate::slots::fill;
use crate::{Catalogue, Slot};

/// How strongly an introduction speaks of a class: more than one word that names it.
const SURE: i32 = 5;
/// How many concerns are named at most.
const NAMED: usize = 3;

/// What only some features of a class have, so that nobody misses it where nothing speaks of it.
const PRESUMES: [&str; 2] = ["both sides", "interactive calls"];

/// What features of a class usually need and a spec leaves out.
#[derive(Debug, Clone, PartialEq)]
pub struct Usual<'a> {
    /// The class.
    pub class: &'a Class,
    /// What is left out.
    pub concerns: Vec<Open<'a>>,
}

/// A concern that a spec leaves out.
#[derive(Debug, Clone, PartialEq)]
pub struct Open<'a> {
    /// Where the catalogue holds it.
    pub criterion: &'a Criterion,
    /// The situation that nobody thought of, such as `if an entry cannot be written`.
    pub situation: String,
    /// The whole sentence, slots filled as the class itself would.
    pub sentence: String,
}

impl Catalogue {
    /// The kind of feature that a spec is surely about. `name` is the spec's, with spaces.
    ///
    /// A kind counts where the name speaks of it, and the introduction above all of it and not as surely of another in the
    /// name.
    #[must_use]
    pub fn kind(&self, name: &str, introduction: &str) -> Option<&Class> {
        let named = self.classify(name);
        if named.is_empty() {
            return None;
        }
        let spoken = self.classify(introduction);
        let class = spoken.first().filter(|found| found.score >= SURE)?.class;
        let sure = |id: &str| spoken.iter().any(|s| s.class.id == id && s.score >= SURE);
        let is_it = named.iter().any(|n| n.class.id == class.id)
            && !named
                .iter()
                .any(|n| n.class.id != class.id && sure(&n.class.id));
        is_it.then_some(class)
    }

    /// What the criteria of a spec leave out that features of its kind need.
    ///
    /// They have to hold a third of what belongs to it. Of what is left out only situations are named that need a guard:
    /// against failure, loss or misuse.
    #[must_use]
    pub fn left_out<'a>(&'a self, class: &'a Class, criteria: &[&str]) -> Option<Usual<'a>> {
        let needed = class.criteria.iter().filter(|c| c.p == 1).count();
        let gaps = self.review(class, criteria);
        let open: Vec<&Criterion> = gaps
            .iter()
            .map(|gap| gap.criterion)
            .filter(|criterion| criterion.p == 1)
            .collect();
        // A small change needs little; a spec that holds next to nothing of a kind is of another.
        if needed < 4 || open.len() * 3 > needed * 2 {
            return None;
        }
        let concerns: Vec<_> = open
            .into_iter()
            // What takes something for granted, such as people with rights, may not be meant here.
            .filter(|criterion| criterion.guards() && criterion.needs.is_empty())
            .filter(|criterion| !PRESUMES.iter().any(|p| criterion.text.contains(p)))
            .filter_map(|criterion| {
                let sentence = sentence(class, &criterion.text)?;
                Some(Open {
                    criterion,
                    situation: situation(&sentence)?,
                    sentence,
                })
            })
            .take(NAMED)
            .collect();
        (!concerns.is_empty()).then_some(Usual { class, concerns })
    }
}

/// When a sentence applies, in small letters: `if …` or `when …`. `None` where it always does: what a feature always does is
/// no situation that somebody forgot.
fn situation(sentence: &str) -> Option<String> {
    let (opener, rest, end) = [("IF ", "if", ", THEN "), ("WHEN ", "when", ", THE ")]
        .iter()
        .find_map(|(opener, word, end)| Some((*word, sentence.strip_prefix(opener)?, *end)))?;
    let (when, _) = rest.split_once(end)?;
    Some(format!("{opener} {when}"))
}

/// A sentence of a class about the class's own things, decisions as recommended.
fn sentence(class: &Class, text: &str) -> Option<String> {
    fill(text, |slot: &Slot<'_>| {
        if slot.decision {
            let choice = class.decision(slot.name)?.choices.first()?;
            return fill(choice, |inner: &Slot<'_>| value(class, inner.name));
        }
        value(class, slot.name)
    })
}

fn value(class: &Class, name: &str) -> Option<String> {
    let object = if class.object.is_empty() {
        "record"
    } else {
        &class.object
    };
    Some(match name {
        "system" => class.system.clone(),
        "app" => "system".to_owned(),
        "actor" => class.actor.clone(),
        "thing" => class.thing.clone(),
        "object" => object.to_owned(),
        "objects" => format!("{object}s"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const INTRODUCTION: &str = "Two-factor authentication with TOTP codes: users turn on two-factor authentication with an authenticator app.";

    fn usual<'a>(
        catalogue: &'a Catalogue,
        name: &str,
        introduction: &str,
        criteria: &[&str],
    ) -> Option<Usual<'a>> {
        catalogue.left_out(catalogue.kind(name, introduction)?, criteria)
    }

    #[test]
    fn what_guards_and_is_left_out_is_named() {
        let catalogue = Catalogue::builtin();
        let class = catalogue.class("two-factor").unwrap();
        let written: Vec<String> = class
            .criteria
            .iter()
            .filter(|c| c.concern != "reuse")
            .filter_map(|c| sentence(class, &c.text))
            .collect();
        let criteria: Vec<&str> = written.iter().map(String::as_str).collect();
        let usual = usual(&catalogue, "totp authentication", INTRODUCTION, &criteria).unwrap();
        assert_eq!(usual.class.id, "two-factor");
        let named: Vec<&str> = usual
            .concerns
            .iter()
            .map(|c| c.criterion.concern.as_str())
            .collect();
        assert_eq!(named, ["reuse"]);
        let [reuse] = usual.concerns.as_slice() else {
            panic!("{usual:?}")
        };
        assert!(!reuse.sentence.contains('{'), "{}", reuse.sentence);
        assert_eq!(reuse.situation, "if a code was accepted before");
    }

    #[test]
    fn a_name_of_two_kinds_may_mean_either() {
        let catalogue = Catalogue::builtin();
        let class = catalogue.class("permissions").unwrap();
        let written: Vec<String> = class
            .criteria
            .iter()
            .filter(|c| c.concern != "escalate")
            .filter_map(|c| sentence(class, &c.text))
            .collect();
        let criteria: Vec<&str> = written.iter().map(String::as_str).collect();
        let alone = "Roles and permissions: administrators give roles and permissions to users.";
        let usual = |name, introduction: &str| usual(&catalogue, name, introduction, &criteria);
        assert!(usual("role based access", alone).is_some());
        let both = format!("{alone} A dashboard with charts and reports shows business metrics.");
        assert_eq!(usual("role based dashboard", &both), None);
    }

    #[test]
    fn nothing_is_said_of_a_spec_of_no_sure_kind() {
        let catalogue = Catalogue::builtin();
        let other = [
            "THE Parser SHALL read a header",
            "THE Parser SHALL refuse a short file",
        ];
        for (name, introduction) in [
            ("totp authentication", INTRODUCTION),
            ("binary parser", INTRODUCTION),
            ("totp authentication", "A parser."),
            ("", ""),
        ] {
            assert_eq!(usual(&catalogue, name, introduction, &other), None);
        }
    }
}
