//! What can be wrong with a spec, one file a rule: its doc comment is the user's text about it, its tests stand below.
//!
//! A new rule is a file with a `RULE`, a `mod` line and a line in [`RULES`]. The tests of `commands` write the
//! reference that users read, with `UPDATE_EXPECT=1`.

mod approval_broken;
mod approval_stale;
mod catalogue_broken;
mod config_broken;
mod config_unknown_rule;
mod context;
mod decision_malformed;
pub mod depends;
mod design_duplicate_property;
mod design_unknown_requirement;
mod design_validates_nothing;
mod document_conflict_marker;
mod document_missing_section;
mod document_unclosed_fence;
mod duplicates;
mod glossary_undefined_term;
mod glossary_unused_term;
mod levels;
mod looks;
mod references;
mod requirement_and_or;
mod requirement_compound;
mod requirement_contradiction;
mod requirement_duplicate_id;
mod requirement_escape_clause;
mod requirement_missing_concern;
mod requirement_not_ears;
mod requirement_uncovered;
mod requirement_vague;
mod sink;
mod task_broken_waves;
mod task_cycle;
mod task_duplicate_number;
mod task_no_reference;
mod task_open_child;
mod task_unknown_property;
mod task_unknown_requirement;
mod task_wave_order;
pub(crate) mod terms;
mod trace_drift;

use std::collections::BTreeMap;
use std::ops::Range;

use rutter_text::rule::About;
use rutter_text::{Finding, Fix, silence};

pub use context::{APPROVALS, ApprovedTexts, CONFIG, Context};
pub(crate) use duplicates::free as free_number;
pub use levels::{SETTINGS, read_levels};
pub use looks::{Check, Memory, Reads};
pub use requirement_missing_concern::Usual;
pub use rutter_text::rule::{Level, Levels};
pub use rutter_text::silence::silence;
pub use sink::Sink;

use crate::Requirements;
use crate::wording::Kind;
use looks::Narrowed;

/// A rule about a spec; `None` for one about a file outside of specs, which whoever reads that applies.
pub type Rule = rutter_text::rule::Rule<Option<Check>>;

static RULES: &[&Rule] = &[
    &approval_broken::RULE,
    &approval_stale::RULE,
    &catalogue_broken::RULE,
    &config_broken::RULE,
    &config_unknown_rule::RULE,
    &decision_malformed::RULE,
    &design_duplicate_property::RULE,
    &design_unknown_requirement::RULE,
    &design_validates_nothing::RULE,
    &document_conflict_marker::RULE,
    &document_missing_section::RULE,
    &document_unclosed_fence::RULE,
    &glossary_undefined_term::RULE,
    &glossary_unused_term::RULE,
    &requirement_and_or::RULE,
    &requirement_compound::RULE,
    &requirement_contradiction::RULE,
    &requirement_duplicate_id::RULE,
    &requirement_escape_clause::RULE,
    &requirement_missing_concern::RULE,
    &requirement_not_ears::RULE,
    &requirement_uncovered::RULE,
    &requirement_vague::RULE,
    &task_broken_waves::RULE,
    &task_cycle::RULE,
    &task_duplicate_number::RULE,
    &task_no_reference::RULE,
    &task_open_child::RULE,
    &task_unknown_property::RULE,
    &task_unknown_requirement::RULE,
    &task_wave_order::RULE,
    &trace_drift::RULE,
];

/// What the user reads about each rule, by code.
pub fn about() -> impl Iterator<Item = About> {
    RULES.iter().map(|rule| rule.about())
}

/// Every rule, by code.
pub fn rules() -> &'static [&'static Rule] {
    RULES
}

/// What the rules find in a spec, by file name inside its folder; findings in document order.
pub fn check(context: &Context<'_>, levels: &Levels) -> BTreeMap<&'static str, Vec<Finding>> {
    check_again(context, levels, &mut Memory::default())
}

/// The same of a spec that was looked at before: a rule whose documents are the same does not look again.
pub fn check_again(
    context: &Context<'_>,
    levels: &Levels,
    memory: &mut Memory,
) -> BTreeMap<&'static str, Vec<Finding>> {
    let mut found: BTreeMap<&'static str, Vec<Finding>> = BTreeMap::new();
    let changed = memory.changed(context);
    let narrowed = Narrowed::new(context.spec);
    for rule in RULES {
        let level = levels.of(&rule.about());
        let (Some(severity), Some(check)) = (level.severity(), rule.check) else {
            continue;
        };
        let look = || {
            let mut found = Vec::new();
            let context = context.narrowed(&narrowed, check.reads);
            (check.run)(&context, &mut Sink::new(rule.code, severity, &mut found));
            found
        };
        let is_other = check.reads.is_other(changed);
        for (file, finding) in memory.found(rule.code, level, is_other, look).iter() {
            found.entry(file).or_default().push(finding.clone());
        }
    }
    memory.keep(context);
    for (file, findings) in &mut found {
        if let Some(text) = context.text(file) {
            silence::retain(text, findings);
        }
        Finding::sort(findings);
    }
    found.retain(|_, findings| !findings.is_empty());
    found
}

/// Repairs of a finding in the wanted document that change other documents of the spec too. They are made when somebody
/// asks, because they read these documents again.
pub fn repairs(context: &Context<'_>, finding: &Finding) -> Vec<Fix> {
    if finding.code != requirement_compound::RULE.code {
        return Vec::new();
    }
    requirement_compound::repair(context, &finding.range)
        .into_iter()
        .collect()
}

/// The phrases in criteria that make them untestable, and where they stand in the document.
fn hits<'a>(
    text: &'a str,
    requirements: &'a Requirements,
) -> impl Iterator<Item = (Kind, Range<usize>)> + 'a {
    requirements
        .wanted()
        .flat_map(|r| &r.criteria)
        .flat_map(move |c| {
            let hits = c.facts().hits.iter();
            hits.map(move |hit| (hit.kind, c.place(text, hit.range.clone())))
        })
}

/// A phrase of the document on one line.
fn phrase(text: &str, range: &Range<usize>) -> String {
    text[range.clone()]
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_stand_in_order() {
        assert!(rules().iter().map(|r| r.code).is_sorted());
    }
}
