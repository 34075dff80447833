//! What is trusted when a hook is trusted: the hook, and the scripts of the project that its command names.

use std::path::Path;

use rutter_hooks::{Action, Hook};
use rutter_host::Files;
use rutter_store::{Subject, scripts};

/// What trust of a hook binds to. A script that the command runs from inside the project is part of it: a pull that
/// changes the script asks again.
pub fn subject(files: &dyn Files, root: &Path, hook: &Hook) -> Subject {
    let subject = Subject {
        what: format!("hook:{}", hook.id),
        digest: hook.digest.clone(),
        text: format!(
            "{}\ntrigger: {}\nmatcher: {}\n{}: {}\n",
            hook.name,
            hook.trigger.as_str(),
            hook.matcher.written().as_deref().unwrap_or("all"),
            hook.action.kind(),
            hook.action.text()
        ),
    };
    let scripts = match &hook.action {
        Action::Command { command } => scripts::of_line(files, root, command),
        _ => Vec::new(),
    };
    scripts::bind(subject, files, root, &scripts)
}
