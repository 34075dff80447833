//! A file is too long to be heard.
//!
//! A model follows a few hundred lines of rules and loses the rest; each conversation pays for all of them. Split the file,
//! and let its parts be included only for the files they are about.
//!
//! ```yaml
//! inclusion: fileMatch      <- a part of its own, read only where it counts
//! fileMatchPattern: "src/api/**"
//! ```

use rutter_text::rule::{Level, docs};

use super::{Context, Rule, Sink};
use crate::{Inclusion, Kind, Steering};

pub(super) const RULE: Rule = Rule {
    code: "steering/too-long",
    default: Level::Info,
    docs: docs!("too_long.rs"),
    check,
};

/// Tokens of a file that is always read.
const ALWAYS: usize = 4_000;
/// Tokens of a file that is read where it fits.
const SOMETIMES: usize = 10_000;

fn check(file: &Steering, _: &Context<'_>, sink: &mut Sink<'_>) {
    let limit = match (file.place.kind, &file.inclusion) {
        (Kind::Referenced, _) => return,
        (_, Inclusion::Always) => ALWAYS,
        _ => SOMETIMES,
    };
    if file.tokens <= limit {
        return;
    }
    let start = file.body + (file.body().len() - file.body().trim_start().len());
    let end = file.text[start..]
        .find(['\r', '\n'])
        .map_or(file.text.len(), |i| start + i);
    let when = if limit == ALWAYS {
        "in every conversation"
    } else {
        "whenever it is read"
    };
    sink.report(
        start..end,
        format!("This file takes about {} tokens {when}; what is far down is seldom followed: split it.", file.tokens),
    );
}

#[cfg(test)]
mod tests {
    use super::super::testing::found;
    use super::RULE;

    #[test]
    fn length_counts_by_when_it_is_read() {
        let long = format!("# A\n\n{}", "Use short words here. ".repeat(1_000));
        let manual = format!("---\ninclusion: manual\n---\n{long}");
        let of = |text: &str| found(&RULE, &[(".kiro/steering/a.md", text)], &[]).len();
        assert_eq!((of(&long), of(&manual), of("# A\n")), (1, 0, 0));
    }
}
