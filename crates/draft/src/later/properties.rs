//! What holds for every input, from the catalogue and from criteria that say never, only or at most.

use super::points::Points;
use super::sentence;
use crate::plan::title::capital;

/// A correctness property.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Property {
    /// Short name.
    pub title: String,
    /// `*For any* … SHALL …`.
    pub text: String,
    /// The criteria it validates.
    pub ids: Vec<String>,
}

/// The most properties drawn from criteria that the catalogue does not know.
const MOST_OWN: usize = 3;

/// Finds them.
pub fn properties(points: &Points<'_>) -> Vec<Property> {
    let mut out: Vec<Property> = Vec::new();
    for (at, (class, slots)) in points.classes.iter().enumerate() {
        for property in &class.properties {
            let ids: Vec<String> = points
                .all
                .iter()
                .filter(|point| {
                    point.known.is_some_and(|(of, criterion)| {
                        of == at && property.of.contains(&criterion.concern)
                    })
                })
                .map(|point| point.id.clone())
                .collect();
            let (Some(title), Some(text)) =
                (slots.plain(&property.title), slots.plain(&property.text))
            else {
                continue;
            };
            if !ids.is_empty() {
                out.push(Property {
                    title: capital(&title),
                    text,
                    ids,
                });
            }
        }
    }
    let mut own = 0;
    for point in points.all.iter().filter(|point| point.known.is_none()) {
        if own == MOST_OWN || !is_universal(&point.text) || point.sentence.system.is_empty() {
            continue;
        }
        own += 1;
        let case = if point.sentence.condition.is_empty() {
            "*For any* input and any order of actions".to_owned()
        } else {
            format!("*For any* case in which {}", point.sentence.condition)
        };
        let not = if point.sentence.not { "NOT " } else { "" };
        let shown = sentence::unlinked(&point.sentence.shall);
        let name = if point.sentence.not {
            format!("Never {shown}")
        } else {
            shown
        };
        out.push(Property {
            title: capital(&sentence::short(&name, 7)),
            text: format!(
                "{case}, the {} SHALL {not}{}",
                point.sentence.system, point.sentence.shall
            ),
            ids: vec![point.id.clone()],
        });
    }
    out
}

/// Whether a criterion says something about all cases.
fn is_universal(text: &str) -> bool {
    // What is quoted is shown, not promised.
    let mut plain = text.to_owned();
    for quote in crate::prompt::names::quotes(text) {
        plain = plain.replace(quote, "");
    }
    let lower = plain.to_lowercase();
    text.contains("SHALL NOT")
        || [
            " at most ",
            " at least ",
            " only ",
            " never ",
            " every ",
            " each ",
            " exactly ",
            " same ",
            " unique",
            " always ",
            " no more than ",
        ]
        .iter()
        .any(|cue| lower.contains(cue))
}
