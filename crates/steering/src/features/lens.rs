//! The line above a steering file: to how much it applies, and what it costs.

use std::ops::Range;

use super::hover::counted;
use crate::power::Power;
use crate::{Inclusion, Kind, Steering};

/// A lens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The first line.
    pub range: Range<usize>,
    /// Such as `applies to 12 files · ~340 tokens`.
    pub title: String,
}

/// The lens of a file. `project`: its files, where they are known.
pub fn lens(file: &Steering, project: Option<&[String]>) -> Lens {
    let end = file.text.find(['\r', '\n']).unwrap_or(file.text.len());
    let when = match (&file.inclusion, project) {
        (Inclusion::Auto, _) if file.place.kind == Kind::Power => called_by(file),
        (Inclusion::Always, _) if file.place.global => "applies to every project".to_owned(),
        (Inclusion::Always, _) if file.place.base.is_empty() => "applies to every file".to_owned(),
        (Inclusion::Always, _) => format!("applies to every file in {}/", file.place.base),
        (Inclusion::FileMatch(patterns), Some(project)) => {
            let hit = |f: &&str| patterns.iter().any(|p| p.matches(f));
            let count = project
                .iter()
                .filter_map(|f| file.below(f))
                .filter(hit)
                .count();
            format!("applies to {}", counted(count, "file"))
        }
        (Inclusion::FileMatch(patterns), None) => {
            format!(
                "applies to files that match {}",
                counted(patterns.len(), "pattern")
            )
        }
        (Inclusion::Manual, _) => format!("applies when named: #{}", file.name()),
        (Inclusion::Auto, _) => "applies when its description fits".to_owned(),
        (Inclusion::Referenced, _) => "applies where it is referred to".to_owned(),
    };
    let power = match (&file.place.power, file.place.kind) {
        (Some(folder), Kind::Kiro) => {
            let name = folder.rsplit('/').next().unwrap_or(folder);
            format!(" once the power {name} is called")
        }
        _ => String::new(),
    };
    Lens {
        range: 0..end,
        title: format!("{when}{power} · ~{} tokens", file.tokens),
    }
}

/// What calls a power.
fn called_by(file: &Steering) -> String {
    let folder = file.place.power.as_deref().unwrap_or_default();
    let power = Power::parse(folder, &file.text);
    match power.keywords.as_slice() {
        [] => "applies to nothing: no keyword calls it".to_owned(),
        some => format!("applies when a message names {}", some.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_to_what_and_for_how_much() {
        let title = |path: &str, text: &str| {
            lens(
                &Steering::parse(path, text),
                Some(&["web/a.ts".into(), "b.ts".into()]),
            )
            .title
        };
        let matching = "---\ninclusion: fileMatch\nfileMatchPattern: *.ts\n---\nUse it.\n";
        assert_eq!(
            title(".kiro/steering/a.md", matching),
            "applies to 2 files · ~3 tokens"
        );
        assert_eq!(
            title("web/.kiro/steering/a.md", matching),
            "applies to 1 file · ~3 tokens"
        );
        assert_eq!(title("AGENTS.md", ""), "applies to every file · ~0 tokens");
        assert_eq!(
            title("db/POWER.md", "---\nkeywords: [sql, db]\n---\n"),
            "applies when a message names sql, db · ~0 tokens"
        );
        let manual = "---\ninclusion: manual\n---\n";
        assert_eq!(
            title(".kiro/steering/deploy.md", manual),
            "applies when named: #deploy · ~0 tokens"
        );
    }
}
