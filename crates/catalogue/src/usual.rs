//! What a spec that somebody wrote leaves out, said only where it is sure: of what kind the spec is, and that it matters.

use crate::class::{Class, Criterion};
use crate::review::review;
use crate::slots::fill;
use crate::{Catalogue, Slot};

/// How strongly an introduction speaks of a class: more than one word that names it.
const SURE: i32 = 5;
/// How many concerns are named at most.
const NAMED: usize = 3;

/// What features of a class usually need and a spec leaves out.
#[derive(Debug, Clone, PartialEq)]
pub struct Usual<'a> {
    /// The class.
    pub class: &'a Class,
    /// The concerns with their sentences, slots filled as the class itself would.
    pub concerns: Vec<(&'a Criterion, String)>,
}

impl Catalogue {
    /// What a spec leaves out that features of its kind need. `name` is the spec's, with spaces.
    ///
    /// A kind counts where name and introduction both speak of it, the introduction above all of it, and the criteria hold a
    /// third of what belongs to it. Of what is left out only that is named which guards: against failure, loss or misuse.
    #[must_use]
    pub fn usual<'a>(
        &'a self,
        name: &str,
        introduction: &str,
        criteria: &[&str],
    ) -> Option<Usual<'a>> {
        let named = self.classify(name);
        let class = self
            .classify(introduction)
            .first()
            .filter(|found| found.score >= SURE)
            .map(|found| found.class)
            .filter(|class| named.iter().any(|n| n.class.id == class.id))?;
        let needed = class.criteria.iter().filter(|c| c.p == 1).count();
        let gaps = review(class, criteria);
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
            .filter_map(|criterion| Some((criterion, sentence(class, &criterion.text)?)))
            .take(NAMED)
            .collect();
        (!concerns.is_empty()).then_some(Usual { class, concerns })
    }
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
        let usual = catalogue
            .usual("totp authentication", INTRODUCTION, &criteria)
            .unwrap();
        assert_eq!(usual.class.id, "two-factor");
        let named: Vec<&str> = usual
            .concerns
            .iter()
            .map(|(c, _)| c.concern.as_str())
            .collect();
        assert_eq!(named, ["reuse"]);
        assert!(
            !usual.concerns[0].1.contains('{'),
            "{}",
            usual.concerns[0].1
        );
    }

    #[test]
    fn nothing_is_said_of_a_spec_of_no_sure_kind() {
        let catalogue = Catalogue::builtin();
        let other = [
            "THE Parser SHALL read a header",
            "THE Parser SHALL refuse a short file",
        ];
        assert_eq!(
            catalogue.usual("totp authentication", INTRODUCTION, &other),
            None
        );
        assert_eq!(catalogue.usual("binary parser", INTRODUCTION, &other), None);
        assert_eq!(
            catalogue.usual("totp authentication", "A parser.", &other),
            None
        );
        assert_eq!(catalogue.usual("", "", &[]), None);
    }
}
