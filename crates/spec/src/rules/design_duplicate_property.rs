//! Two correctness properties have the same number.
//!
//! A task that names the number could mean either; tools take the first.
//!
//! ```markdown
//! ### Property 2: Round trip
//! ### Property 2: Never above five      <- should be Property 3
//! ```

use rutter_text::{Edit, Ident};

use super::{Check, Context, Level, Reads, Rule, Sink, duplicates};
use crate::Document;
use rutter_text::rule::docs;

pub(super) const RULE: Rule = Rule {
    code: "design/duplicate-property",
    default: Level::Warning,
    docs: docs!("design_duplicate_property.rs"),
    check: Some(Check::new(Reads::DESIGN, check)),
};

fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(design) = &context.spec.design else {
        return;
    };
    let ids: Vec<Ident> = design
        .properties
        .iter()
        // `9b` beside `9` is meant so.
        .map(|p| {
            let written = Ident::parse(&design.source.text()[p.number_range.clone()]);
            Ident {
                suffix: written.and_then(|id| id.suffix),
                ..Ident::of([p.number])
            }
        })
        .collect();
    for (first, again) in duplicates::again(ids.iter().map(Some)) {
        let property = &design.properties[again];
        let free = duplicates::free(&ids[again], ids.iter());
        let number = property.number_range.clone();
        let digits = design.source.text()[number.clone()]
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(0);
        let finding = sink
            .finding(
                number.clone(),
                format!(
                    "There are two properties {}. A reference means the first.",
                    property.number
                ),
            )
            .related(
                Document::Design.file_name(),
                design.properties[first].heading.clone(),
                "The first one",
            )
            .fix(
                format!("Renumber to {free}"),
                vec![Edit::replace(
                    number.start + digits..number.end,
                    free.to_string(),
                )],
            );
        sink.add(Document::Design.file_name(), finding);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::everywhere;
    use super::RULE;

    #[test]
    fn the_later_one_is_renumbered() {
        let text = "### Property 1: A\n\nx\n\n### Property 2: B\n\ny\n\n### Property 1: C\n\nz\n\n### Property 2b: D\n\nw\n";
        assert_eq!(
            everywhere(RULE.code, &[("design.md", text)]),
            [
                "design.md|1|There are two properties 1. A reference means the first.|Renumber to 3 → ### Property 3: C"
            ]
        );
    }
}
