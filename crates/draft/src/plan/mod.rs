//! What will stand in the documents, before it is written down.

mod classes;
mod depth;
mod finish;
mod guard;
mod layout;
mod offer;
mod platform;

pub mod bug;
pub mod build;
pub mod criteria;
pub mod decide;
pub mod fill;
pub mod many;
pub mod small;
pub mod stated;
pub mod title;
pub mod vague;

pub(crate) use guard::small_guard;

/// A story: "As a …, I want …, so that …".
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Story {
    /// Who, without article.
    pub who: String,
    /// What follows "I want".
    pub want: String,
    /// What follows "so that"; empty when nobody said.
    pub so: String,
}

/// A criterion, its decisions as marks of [`decide::Decisions`].
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// The EARS sentence.
    pub text: String,
}

/// One requirement.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Requirement {
    /// Heading.
    pub title: String,
    /// Story.
    pub story: Story,
    /// Criteria in order.
    pub lines: Vec<Line>,
}

/// All that the first document says.
#[derive(Debug, Default)]
pub struct Plan {
    /// What the spec is called.
    pub title: String,
    /// Whether one or two files change.
    pub small: bool,
    /// The request, shortened, for the introduction.
    pub request: String,
    /// The kinds of feature it was recognised as, such as "a sign-in".
    pub kinds: Vec<String>,
    /// What is not wanted, as written.
    pub out: Vec<String>,
    /// Terms and their meaning, in order of use.
    pub glossary: Vec<(String, String)>,
    /// The requirements.
    pub requirements: Vec<Requirement>,
    /// What nobody stated.
    pub decisions: decide::Decisions,
    /// Concerns beyond the size: requirement, from 0, and sentence.
    pub concerns: Vec<(usize, String)>,
    /// What the user should know and no document says.
    pub notes: Vec<String>,
}
