//! What can be said of the wording of a sentence: words that make it untestable, whether it binds, whether it holds two
//! requirements, what it states.
//!
//! The words are data, one file a language.

mod chinese;
mod english;
pub(crate) mod facts;
mod german;
mod japanese;
pub(crate) mod lack;
pub(crate) mod language;
mod phrases;
pub(crate) mod seam;
pub(crate) mod statement;
pub(crate) mod terms;

pub(crate) use language::Language;

/// The words of one language. Phrases are in lower case; a full stop behind an abbreviation is not part of them.
struct Lists {
    vague: &'static [&'static str],
    open_ended: &'static [&'static str],
    escape: &'static [&'static str],
    either: &'static [&'static str],
    /// Frequent words that tell the language.
    function: &'static [&'static str],
}

/// Why a phrase is no good in a criterion.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nobody can say when it is met.
    Vague,
    /// A list without end.
    OpenEnded,
    /// It lets the builder out.
    Escape,
    /// "and/or": two meanings at once.
    Either,
}

pub(crate) fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// Whether a place is inside code or a quotation: what is cited is not what is asked for.
pub(crate) fn is_quoted(sentence: &str, at: usize) -> bool {
    let before = &sentence[..at];
    let odd = |mark: char| !before.matches(mark).count().is_multiple_of(2);
    let open = |o: char, c: char| before.matches(o).count() > before.matches(c).count();
    odd('`') || odd('"') || open('“', '”') || open('「', '」') || open('『', '』') || open('„', '“')
}
