//! A call of a hook on its way through the engine.

use std::collections::BTreeMap;
use std::sync::Arc;

use rutter_hooks::{ApiChange, Event, Hook};
use rutter_host::Permit;
use rutter_store::HookOutcome;
use tokio::sync::mpsc;

use crate::engine::Absorb;

/// What is needed to run a hook, and to tell what came of it.
pub(crate) struct Job {
    pub(crate) hook: Hook,
    /// Whether it stands in the user's own home.
    pub(crate) own: bool,
    pub(crate) event: Arc<Event>,
    /// Leave to run it, while it is fresh.
    pub(crate) permit: Option<Permit>,
    pub(crate) teller: mpsc::UnboundedSender<HookOutcome>,
}

impl Absorb for Job {
    /// The last text counts, but a signature changed since the first.
    fn absorb(&mut self, earlier: &Self) {
        if !earlier.event.api.is_empty() {
            let api = joined(&earlier.event.api, &self.event.api);
            Arc::make_mut(&mut self.event).api = api;
        }
    }
}

/// Two sets of changes, one after the other, as one.
fn joined(first: &[ApiChange], then: &[ApiChange]) -> Vec<ApiChange> {
    let mut all: BTreeMap<(&str, &str), ApiChange> = first
        .iter()
        .map(|change| ((change.path.as_str(), change.name.as_str()), change.clone()))
        .collect();
    for change in then {
        all.entry((&change.path, &change.name))
            .and_modify(|known| known.after.clone_from(&change.after))
            .or_insert_with(|| change.clone());
    }
    all.into_values()
        .filter(|change| change.before != change.after)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_of_a_signature_are_told_from_the_first_to_the_last() {
        let change = |name: &str, before: Option<&str>, after: Option<&str>| ApiChange {
            path: "a.rs".into(),
            name: name.into(),
            before: before.map(str::to_owned),
            after: after.map(str::to_owned),
        };
        let first = [
            change("f", Some("f()"), Some("f(a)")),
            change("g", None, Some("g()")),
        ];
        let then = [
            change("f", Some("f(a)"), Some("f(a, b)")),
            change("g", Some("g()"), None),
            change("h", None, Some("h()")),
        ];
        assert_eq!(
            joined(&first, &then),
            [
                change("f", Some("f()"), Some("f(a, b)")),
                change("h", None, Some("h()"))
            ]
        );
    }
}
