//! What goes wrong, as a design lists it.

use rutter_spec::Pattern;

use crate::later::points::Points;
use crate::prompt::say::lower_first;

/// What goes wrong and what is done about it.
pub fn errors(points: &Points<'_>) -> Vec<String> {
    let mut out = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    for (at, (class, slots)) in points.classes.iter().enumerate() {
        for error in &class.errors {
            let ids: Vec<&str> = points
                .all
                .iter()
                .filter(|point| {
                    point
                        .known
                        .is_some_and(|(of, criterion)| of == at && criterion.concern == error.of)
                })
                .map(|point| point.id.as_str())
                .collect();
            let (Some(case), Some(answer)) = (slots.plain(&error.case), slots.plain(&error.answer))
            else {
                continue;
            };
            if !ids.is_empty() {
                out.push(format!(
                    "{case}: {} ({})",
                    lower_first(&answer),
                    ids.join(", ")
                ));
                told.extend(ids);
            }
        }
    }
    for point in points.all.iter().filter(|point| {
        point.pattern == Pattern::UnwantedBehaviour && !told.contains(&point.id.as_str())
    }) {
        let not = if point.sentence.not { "never " } else { "" };
        out.push(format!(
            "{}: {not}{} ({})",
            crate::plan::title::capital(&point.sentence.condition),
            point.sentence.shall,
            point.id
        ));
    }
    out
}
