//! A class's sentences filled with what the prompt speaks of.

use rutter_catalogue::{Class, Slot, fill};

use super::decide::Decisions;
use super::stated::{self, Told};
use crate::prompt::{lexicon, things::Things};

/// The values of a class's slots for one prompt.
#[derive(Debug, Clone)]
pub struct Slots {
    /// The glossary term that does the work.
    pub system: String,
    /// The term for the whole program.
    pub app: String,
    /// Who, singular.
    pub actor: String,
    /// What is built, singular.
    pub thing: String,
    /// What it works on, singular.
    pub object: String,
    /// Old name or place.
    pub from: Option<String>,
    /// New name or place.
    pub to: Option<String>,
    /// File format.
    pub format: Option<String>,
    /// Provider.
    pub provider: Option<String>,
    /// Every file format that is named, as written.
    pub kinds: Vec<String>,
}

impl Slots {
    /// What the prompt says, else what the class says.
    pub fn of(class: &Class, things: &Things, app: &str, main: bool) -> Self {
        // The thing of a prompt belongs to its main class; another class keeps its own word for what it builds.
        let subject = things
            .subject
            .clone()
            .filter(|_| main && class.small && class.id != "bug-fix");
        let thing = subject.or_else(|| {
            things.thing.clone().filter(|thing| {
                main && names_class(class, thing)
                    && !only_names(class, thing)
                    && !thing.split(' ').any(|word| {
                        word.starts_with('-') || crate::prompt::names::looks_like_code(word)
                    })
            })
        });
        Self {
            system: class.system.clone(),
            app: app.to_owned(),
            actor: things
                .actor
                .clone()
                .filter(|actor| is_somebody(actor, things))
                .map_or_else(
                    || class.actor.clone(),
                    |actor| {
                        if actor.ends_with("staff") {
                            format!("{actor} member")
                        } else {
                            actor
                        }
                    },
                ),
            // "Import bank statements" names the import and what it works on.
            thing: thing
                .filter(|thing| {
                    !(thing.starts_with(&format!("{} ", class.thing)) && lexicon::is_plural(thing))
                })
                .unwrap_or_else(|| class.thing.clone()),
            object: object(class, things),
            from: things.from.clone(),
            to: things.to.clone(),
            format: things.format.clone(),
            provider: things.provider.clone(),
            kinds: things.kinds.clone(),
        }
    }

    /// The value of a slot that is no decision. An unknown end or format has no value, and its sentence is left out.
    pub fn value(&self, name: &str) -> Option<String> {
        Some(match name {
            "system" => self.system.clone(),
            "app" => self.app.clone(),
            "actor" => self.actor.clone(),
            "actors" => lexicon::plural(&self.actor),
            "thing" => self.thing.clone(),
            "things" => lexicon::plural(&self.thing),
            "object" => self.object.clone(),
            "objects" => lexicon::plural(&self.object),
            "from" => self.from.clone()?,
            "to" => self.to.clone()?,
            "format" => self.format.clone().unwrap_or_else(|| "CSV".to_owned()),
            "provider" => self
                .provider
                .clone()
                .unwrap_or_else(|| "the provider".to_owned()),
            _ => return None,
        })
    }

    /// Fills a sentence that holds no decision.
    pub fn plain(&self, text: &str) -> Option<String> {
        fill(text, |slot: &Slot<'_>| {
            if slot.decision {
                None
            } else {
                self.value(slot.name)
            }
        })
    }
}

/// Whether what was read as the actor can be one: a name of a few words, and not what is worked on ("import patients").
fn is_somebody(actor: &str, things: &Things) -> bool {
    actor.split(' ').count() <= 3
        && things.object.as_deref() != Some(actor)
        && !actor
            .split(' ')
            .any(|word| ["add", "so", "to", "the"].contains(&word))
}

/// What is worked on, singular: what the prompt says where it can be one, else what the class says.
fn object(class: &Class, things: &Things) -> String {
    let usual = if class.object.is_empty() {
        "record"
    } else {
        &class.object
    };
    // "An order fully" is an order.
    let bare = |told: &String| match told.rsplit_once(' ') {
        Some((front, last)) if last.ends_with("ly") => front.to_owned(),
        _ => told.clone(),
    };
    things
        .object
        .as_ref()
        .map(bare)
        .filter(|told| !speaks_of_people(told) && *told != class.thing)
        .or_else(|| in_front(class, things))
        .unwrap_or_else(|| usual.to_owned())
}

/// "Dispatchers driver" is a list of people that lost its comma.
fn speaks_of_people(object: &str) -> bool {
    object.contains(' ')
        && object.split(' ').any(|word| {
            let lower = word.to_lowercase();
            lexicon::is_person(&lower) && lexicon::is_plural(&lower)
        })
}

/// "Notes search" works on notes.
fn in_front(class: &Class, things: &Things) -> Option<String> {
    let front = things
        .thing
        .as_ref()?
        .strip_suffix(&class.thing)?
        .trim_end();
    (!class.object.is_empty() && !front.is_empty() && lexicon::is_plural(front))
        .then(|| lexicon::singular(front))
}

/// Whether the name of the thing says no more than the class's title: "sign-in" for a sign-in.
fn only_names(class: &Class, thing: &str) -> bool {
    let title = rutter_catalogue::words::stems(&format!("{} {}", class.title, class.id));
    rutter_catalogue::words::stems(thing)
        .iter()
        .all(|word| title.contains(word))
}

/// Whether a class's own words stand in the name of the thing.
pub(super) fn names_class(class: &Class, thing: &str) -> bool {
    let stems = rutter_catalogue::words::stems(thing);
    class
        .strong
        .iter()
        .chain(&class.weak)
        .chain([&class.thing])
        .any(|phrase| rutter_catalogue::words::has_phrase(&stems, phrase))
}

/// Fills a criterion. A decision that the prompt's numbers answer is filled with them.
pub fn criterion(
    class: &Class,
    text: &str,
    slots: &Slots,
    told: &[Told],
    decisions: &mut Decisions,
    banned: &dyn Fn(&str) -> bool,
) -> Option<String> {
    fill(text, |slot: &Slot<'_>| {
        if !slot.decision {
            return slots.value(slot.name);
        }
        let decision = class.decision(slot.name)?;
        if let Some(value) = stated::value(class, decision, text, told, &slots.kinds) {
            return Some(value);
        }
        let choices: Vec<String> = decision
            .choices
            .iter()
            .filter_map(|choice| slots.plain(choice))
            .filter(|choice| !banned(choice))
            .collect();
        // For a photo the images are the answer to recommend.
        let picture = ["photo", "image", "picture", "avatar", "logo", "screenshot"]
            .iter()
            .any(|word| slots.object.contains(word));
        let mut choices = choices;
        if picture {
            choices.sort_by_key(|choice| !choice.to_lowercase().contains("image"));
        }
        let ask = slots.plain(&decision.ask)?;
        match choices.as_slice() {
            [] => None,
            [only] => Some(only.clone()),
            _ => Some(decisions.mark(&format!("{}/{}", class.id, decision.id), &ask, &choices)),
        }
    })
}
