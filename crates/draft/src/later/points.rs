//! The criteria of a spec, with what the catalogue knows of each.

use std::collections::BTreeMap;

use rutter_catalogue::{Class, Criterion, Layer};
use rutter_spec::{Pattern, Spec};

use super::align::align;
use super::sentence::Sentence;
use crate::ground::Ground;
use crate::plan::criteria::content;
use crate::plan::fill::Slots;
use crate::prompt::lexicon;
use crate::prompt::things::Things;

/// One criterion.
#[derive(Debug, Clone)]
pub struct Point<'a> {
    /// Its id as people write it.
    pub id: String,
    /// The sentence.
    pub text: String,
    /// The sentence taken apart.
    pub sentence: Sentence,
    /// Its pattern.
    pub pattern: Pattern,
    /// The class and the class's criterion it comes from or speaks like.
    pub known: Option<(usize, &'a Criterion)>,
    /// Where it is built.
    pub layer: Layer,
}

/// The criteria of a spec and the classes they come from.
#[derive(Debug)]
pub struct Points<'a> {
    /// The classes, each with what fills its slots here.
    pub classes: Vec<(&'a Class, Slots)>,
    /// The criteria in order.
    pub all: Vec<Point<'a>>,
    /// What is out of scope, as written.
    pub out: Vec<String>,
}

impl Points<'_> {
    /// Drops the classes that no criterion comes from: what they say of data and approach is about something else.
    fn forget_unused(&mut self) {
        let used: Vec<usize> = (0..self.classes.len())
            .filter(|at| {
                self.all.iter().any(|point| {
                    point.known.is_some_and(|(of, _)| of == *at)
                        || point.sentence.system == self.classes[*at].1.system
                })
            })
            .collect();
        for point in &mut self.all {
            point.known = point.known.and_then(|(of, criterion)| {
                used.iter()
                    .position(|at| *at == of)
                    .map(|at| (at, criterion))
            });
        }
        let mut at = 0;
        self.classes.retain(|_| {
            at += 1;
            used.contains(&(at - 1))
        });
    }
}

/// A criterion that quotes the request, with what it quotes behind SHALL: that is what design and tasks are about.
fn in_plain_words(text: &str) -> String {
    let Some((front, quoted)) = text.split_once(crate::prompt::sure::OWN_WORDS) else {
        return text.to_owned();
    };
    let said = quoted.trim().trim_matches('"');
    // Quotation marks inside became single ones.
    let said = format!(" {said} ")
        .replace(" '", " \"")
        .replace("' ", "\" ")
        .replace("',", "\",")
        .replace("':", "\":");
    format!("{front}{}", crate::prompt::say::lower_first(said.trim()))
}

/// Reads them.
pub fn read<'a>(spec: &Spec, ground: &'a Ground) -> Points<'a> {
    let Some((_, wanted)) = spec.wanted() else {
        return Points {
            classes: Vec::new(),
            all: Vec::new(),
            out: Vec::new(),
        };
    };
    let text = wanted.source.text();
    let criteria: Vec<(String, String, Pattern)> = wanted
        .criteria()
        .map(|(_, c)| (c.label.clone(), in_plain_words(&c.text), c.ears.pattern))
        .collect();
    let sentences: Vec<Sentence> = criteria
        .iter()
        .map(|(_, text, _)| Sentence::read(text))
        .collect();
    let classes = classes(&criteria, &sentences, text, ground);
    let app = ground.app_term();
    let stories: Vec<String> = wanted
        .requirements
        .iter()
        .filter_map(|r| r.story.clone())
        .map(|range| text[range].to_owned())
        .collect();
    let filled: Vec<(&Class, Slots)> = classes
        .into_iter()
        .map(|class| (class, recover(class, &criteria, &stories, &app)))
        .collect();
    let all = criteria
        .into_iter()
        .zip(sentences)
        .map(|((id, text, pattern), sentence)| {
            let known = known(&text, &sentence, &filled);
            let layer = known.map_or_else(|| layer_of(&text), |(_, criterion)| criterion.layer);
            Point {
                id,
                text,
                sentence,
                pattern,
                known,
                layer,
            }
        })
        .collect();
    let mut points = Points {
        classes: filled,
        all,
        out: super::out_of_scope(text),
    };
    points.forget_unused();
    points
}

/// The classes whose terms the criteria use; failing that, those that the text speaks of.
fn classes<'a>(
    criteria: &[(String, String, Pattern)],
    sentences: &[Sentence],
    text: &str,
    ground: &'a Ground,
) -> Vec<&'a Class> {
    let terms: Vec<&str> = sentences
        .iter()
        .map(|sentence| sentence.system.as_str())
        .collect();
    let by_term: Vec<&Class> = ground
        .catalogue
        .classes()
        .iter()
        .filter(|class| {
            terms.contains(&class.system.as_str())
                && criteria.iter().any(|(_, text, _)| {
                    class
                        .criteria
                        .iter()
                        .any(|c| align(&c.text, text).is_some())
                })
        })
        .collect();
    if !by_term.is_empty() {
        return by_term;
    }
    let joined = format!(
        "{} {}",
        super::quoted_request(text),
        criteria
            .iter()
            .map(|(_, text, _)| text.as_str())
            .collect::<Vec<_>>()
            .join(". ")
    );
    let found = ground.catalogue.classify(&joined);
    found
        .into_iter()
        .take(2)
        .filter(|found| found.score >= 6)
        .map(|found| found.class)
        .collect()
}

/// What fills the slots of a class here, read back from the criteria and the stories.
fn recover(
    class: &Class,
    criteria: &[(String, String, Pattern)],
    stories: &[String],
    app: &str,
) -> Slots {
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    for (_, text, _) in criteria {
        for template in &class.criteria {
            if let Some(found) = align(&template.text, text) {
                for (name, value) in found {
                    values.entry(name).or_insert(value);
                }
            }
        }
    }
    let singular = |one: &str, many: &str| {
        values
            .get(one)
            .cloned()
            .or_else(|| values.get(many).map(|value| lexicon::singular(value)))
    };
    let story_actor = stories.iter().find_map(|story| {
        let rest = story
            .split("As a")
            .nth(1)?
            .trim_start_matches('n')
            .trim_start();
        rest.split(',')
            .next()
            .map(str::to_owned)
            .filter(|who| who.split(' ').count() <= 4)
    });
    let things = Things {
        actor: singular("actor", "actors").or(story_actor),
        thing: None,
        subject: None,
        object: singular("object", "objects"),
        from: values.get("from").cloned(),
        to: values.get("to").cloned(),
        format: values.get("format").cloned(),
        provider: values
            .get("provider")
            .cloned()
            .filter(|name| name != "the provider"),
        kinds: Vec::new(),
    };
    let mut slots = Slots::of(class, &things, app, false);
    if let Some(thing) = singular("thing", "things") {
        slots.thing = thing;
    }
    if let Some(system) = values.get("system") {
        slots.system.clone_from(system);
    }
    if let Some(app) = values.get("app") {
        slots.app.clone_from(app);
    }
    slots
}

/// The class's criterion that a sentence is or speaks like.
fn known<'a>(
    text: &str,
    sentence: &Sentence,
    classes: &[(&'a Class, Slots)],
) -> Option<(usize, &'a Criterion)> {
    for (at, (class, _)) in classes.iter().enumerate() {
        if let Some(found) = class
            .criteria
            .iter()
            .find(|criterion| align(&criterion.text, text).is_some())
        {
            return Some((at, found));
        }
    }
    let stems = rutter_catalogue::words::stems(text);
    let mine = content(text);
    let mut best: Option<(usize, usize, &Criterion)> = None;
    for (at, (class, slots)) in classes.iter().enumerate() {
        for criterion in class
            .criteria
            .iter()
            .filter(|criterion| criterion.is_covered_by(&stems))
        {
            let theirs = content(&criterion.text);
            let shared = theirs.intersection(&mine).count();
            let close = shared * 10 >= theirs.len().max(1) * 4 && sentence.system == slots.system;
            if close && best.as_ref().is_none_or(|(most, _, _)| shared > *most) {
                best = Some((shared, at, criterion));
            }
        }
    }
    best.map(|(_, at, criterion)| (at, criterion))
}

/// Where a sentence of no known kind is built, by its words.
pub fn layer_of(text: &str) -> Layer {
    let words = rutter_catalogue::words::words(text);
    let has = |list: &str| {
        words.iter().any(|word| {
            list.split(' ')
                .any(|known| known == word || known == lexicon::singular(word))
        })
    };
    if has(
        "page screen button form dialog menu theme color colour layout icon click keyboard banner tooltip modal checkbox dropdown sidebar css font homepage",
    ) {
        Layer::Ui
    } else if has(
        "endpoint route api http status header webhook flag command cli terminal argument url graphql 404 429 401 403 json",
    ) {
        Layer::Interface
    } else if has("column table migrate migration schema index persist database") {
        Layer::Data
    } else {
        Layer::Service
    }
}
