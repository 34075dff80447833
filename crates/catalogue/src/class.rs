//! The shape of a feature class, as it stands in a data file.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Where in a program a thing is built. The order is the order of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Layer {
    /// Stored data and its shape.
    Data,
    /// The rules, without a face.
    Service,
    /// What other programs call: routes, commands, events.
    Interface,
    /// What a person sees.
    Ui,
}

/// A kind of feature and what one of its kind needs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Kebab-case name, unique in a catalogue.
    pub id: String,
    /// How a person calls it.
    pub title: String,
    /// The glossary term that does the work, such as `Auth_Service`.
    pub system: String,
    /// What that term means, for the glossary.
    pub system_is: String,
    /// Who uses it, singular and without an article.
    pub actor: String,
    /// What it is called when the prompt does not say.
    pub thing: String,
    /// What it works on when the prompt does not say, singular.
    #[serde(default)]
    pub object: String,
    /// Whether such a change usually touches one or two files.
    #[serde(default)]
    pub small: bool,
    /// Words and phrases that name the class. Forms of a word meet ("cache", "caching"); `cach*` matches by its start,
    /// `=rating` in this form only, `#` a version number, `--*` a flag, and a `*` of its own up to five words.
    #[serde(default)]
    pub strong: Vec<String>,
    /// Phrases of `strong`, and word parts of `words`, that name only a part of it: a coupon is no cart. Of such a class
    /// only what speaks of the wish is wanted.
    #[serde(default)]
    pub parts: Vec<String>,
    /// Words that only hint at it.
    #[serde(default)]
    pub weak: Vec<String>,
    /// Words that speak against it.
    #[serde(default)]
    pub not: Vec<String>,
    /// Word parts that name it in other languages, by language code. `~part` only hints, `!part` speaks against it,
    /// `^part` counts only at the start of a word.
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
    /// The requirements it falls into, the main one first.
    #[serde(default)]
    pub groups: Vec<Group>,
    /// What it must do, most important first.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    /// Values that nobody can know but the user.
    #[serde(default)]
    pub decisions: Vec<Decision>,
    /// Further glossary terms.
    #[serde(default)]
    pub terms: Vec<Term>,
    /// What holds for every input.
    #[serde(default)]
    pub properties: Vec<Property>,
    /// The work, by layer.
    #[serde(default)]
    pub tasks: Vec<Task>,
    /// One or two sentences on how such a thing is usually built.
    #[serde(default)]
    pub approach: String,
    /// What is stored, one line each.
    #[serde(default)]
    pub data: Vec<String>,
    /// How failures are answered.
    #[serde(default)]
    pub errors: Vec<ErrorCase>,
}

/// One requirement of a class.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Name that criteria cite.
    pub id: String,
    /// Heading of the requirement.
    pub title: String,
    /// The middle of the story: "to sign in through the {thing}".
    pub want: String,
    /// The end of the story, a clause after "so that".
    pub so: String,
    /// Who tells the story, when it is not the class's actor.
    #[serde(default)]
    pub actor: String,
    /// Phrases of which one must stand in the prompt for this requirement to be wanted; always wanted when empty.
    #[serde(default)]
    pub when: Vec<String>,
}

/// One criterion in EARS, with slots.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// What it is about; properties, tasks and the review cite this key.
    pub concern: String,
    /// 1 belongs to every such feature, 2 to most, 3 is a further concern.
    pub p: u8,
    /// Where it is built.
    #[serde(rename = "in")]
    pub layer: Layer,
    /// The group it belongs to; the first when empty.
    #[serde(default)]
    pub g: String,
    /// The sentence. `{slot}` is filled from the prompt, `{?key}` is a decision.
    pub text: String,
    /// Words of which any shows that a text already speaks of this concern.
    #[serde(default)]
    pub covers: Vec<String>,
    /// How it is tested, in a few words.
    #[serde(default)]
    pub test: String,
    /// What must be there for the sentence to make sense.
    #[serde(default)]
    pub needs: Vec<Need>,
}

/// What a sentence takes for granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// A page in a browser: reloading, buttons, addresses that people see.
    Page,
    /// Messages by e-mail.
    Mail,
    /// People with accounts or rights of their own.
    People,
    /// A program that goes on running: requests, background work, several instances.
    Server,
}

/// A value that nobody stated.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Key that criteria cite as `{?key}`.
    pub id: String,
    /// The question.
    pub ask: String,
    /// Two to four answers with their units, the recommended one first.
    pub choices: Vec<String>,
    /// Units that show that a number in the prompt answers this.
    #[serde(default)]
    pub stated: Vec<String>,
}

/// A glossary term.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// `Glossary_Style` name.
    pub name: String,
    /// Its meaning.
    pub is: String,
}

/// What holds for every input.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Property {
    /// The concerns it validates.
    pub of: Vec<String>,
    /// Short name.
    pub title: String,
    /// `*For any* … SHALL …`.
    pub text: String,
}

/// A piece of work.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task {
    /// The layer whose concerns it covers.
    #[serde(rename = "in")]
    pub layer: Layer,
    /// The concerns it covers; those of its layer when empty.
    #[serde(default)]
    pub of: Vec<String>,
    /// Imperative title.
    pub title: String,
    /// Steps worth writing down.
    #[serde(default, rename = "do")]
    pub steps: Vec<String>,
    /// When it is done.
    #[serde(default)]
    pub done: String,
}

/// A failure and its answer.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorCase {
    /// The concern it belongs to.
    pub of: String,
    /// What went wrong.
    pub case: String,
    /// What the program does about it.
    pub answer: String,
}

impl Group {
    /// Whether a stemmed prompt of the class wants this requirement.
    #[must_use]
    pub fn is_wanted_by(&self, stemmed: &[String]) -> bool {
        self.when.is_empty()
            || self
                .when
                .iter()
                .any(|phrase| crate::words::has_phrase(stemmed, phrase))
    }
}

impl Criterion {
    /// Whether it guards: against failure, loss, misuse or exclusion. Such a sentence is missed most when nobody asks
    /// for it.
    #[must_use]
    pub fn guards(&self) -> bool {
        const GUARDS: [&str; 8] = [
            "may not",
            "may see",
            "may open",
            "screen reader",
            "twice",
            "same time",
            "secret",
            "once",
        ];
        self.text.starts_with("IF ") || GUARDS.iter().any(|word| self.text.contains(word))
    }
}

impl Class {
    /// The criterion of a concern.
    #[must_use]
    pub fn criterion(&self, concern: &str) -> Option<&Criterion> {
        self.criteria
            .iter()
            .find(|criterion| criterion.concern == concern)
    }

    /// The decision of a key.
    #[must_use]
    pub fn decision(&self, id: &str) -> Option<&Decision> {
        self.decisions.iter().find(|decision| decision.id == id)
    }

    /// The group a criterion belongs to.
    #[must_use]
    pub fn group_of(&self, criterion: &Criterion) -> Option<&Group> {
        self.groups
            .iter()
            .find(|group| group.id == criterion.g)
            .or(self.groups.first())
    }
}
