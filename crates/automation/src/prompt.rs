//! Prompts of hooks: they wait, with what the event brought along.

use rutter_hooks::{Event, Hook};
use rutter_secrets::redact;
use rutter_store::Pending;

/// A hook's prompt as it waits.
pub(crate) fn pending(
    hook: &Hook,
    prompt: &str,
    event: &Event,
    paths: &[String],
    now: &str,
) -> Pending {
    Pending {
        hook: hook.id.clone(),
        prompt: prompt.to_owned(),
        trigger: event.trigger.as_str().to_owned(),
        paths: paths.to_vec(),
        context: context(event, paths),
        since: now.to_owned(),
    }
}

/// What an event brings along for whoever answers, without secrets.
fn context(event: &Event, paths: &[String]) -> Vec<String> {
    let mut context: Vec<String> = event
        .api
        .iter()
        .filter(|change| paths.contains(&change.path))
        .map(|change| match (&change.before, &change.after) {
            (None, Some(after)) => format!("{}: added `{after}`", change.path),
            (Some(before), None) => format!("{}: removed `{before}`", change.path),
            (Some(before), Some(after)) => {
                format!("{}: `{before}` became `{after}`", change.path)
            }
            (None, None) => format!("{}: {}", change.path, change.name),
        })
        .collect();
    context.extend(event.command.as_ref().map(|c| format!("build: `{c}`")));
    context.extend(event.prompt.clone());
    context
        .iter()
        .map(|line| redact(line).into_owned())
        .collect()
}
