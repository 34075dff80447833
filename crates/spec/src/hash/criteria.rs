//! The items of `requirements.md` and `bugfix.md`.

use super::item::{Item, after_line, item, one_line, whole};
use super::own::Own;
use crate::Requirements;

/// Criteria and terms.
pub(super) fn items(text: &str, read: &Requirements) -> Vec<Item> {
    let mut items = of_requirements(text, read);
    if items.is_empty() {
        items.push(whole(text, &read.outline, &[]));
    }
    items.extend(read.terms.iter().map(|term| {
        let own = Own::new(text, &read.outline)
            .words(&format!("{}: {}", term.name, term.definition))
            .done();
        let id = format!("term:{}", one_line(&term.name));
        item(id, term.range.clone(), term.range.clone(), own)
    }));
    items
}

/// The criteria, and the requirements that have none.
fn of_requirements(text: &str, read: &Requirements) -> Vec<Item> {
    let mut items = Vec::new();
    for requirement in &read.requirements {
        if requirement.criteria.is_empty() && !requirement.label.is_empty() {
            let below = after_line(&read.outline, requirement.heading.start, &requirement.range);
            let own = Own::new(text, &read.outline)
                .words(&requirement.title)
                .range(below, &[], &[])
                .done();
            items.push(item(
                requirement.label.clone(),
                requirement.range.clone(),
                requirement.heading.clone(),
                own,
            ));
        }
        items.extend(requirement.criteria.iter().map(|criterion| {
            let own = Own::new(text, &read.outline)
                .range(criterion.body.clone(), &[], &[])
                .done();
            item(
                criterion.label.clone(),
                criterion.range.clone(),
                criterion.range.clone(),
                own,
            )
        }));
    }
    items
}
