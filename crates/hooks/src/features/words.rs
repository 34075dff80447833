//! What each key and value means, in one place for hover and completion.

use crate::hook::{BUILTINS, Format};
use crate::trigger::Trigger;

/// How a command is called and what its end means.
pub(super) const COMMAND: &str = "Runs in a shell in the workspace's folder. Standard input is JSON with `hook_event_name`, `session_id`, `cwd` and, \
where they exist, `prompt`, `tool_name`, `tool_input`, `tool_response`, `file_path`, `file_paths`, `api_changes`. Environment: `RUTTER_HOOK`, \
`RUTTER_EVENT`, `RUTTER_FILE`, `RUTTER_FILES` (one a line), `USER_PROMPT`.\n\n\
Exit code 0: fine, and for an agent's events the output joins its context. 2: stops what is about to happen, where the trigger can. \
Any other: a warning.";

/// What a key means in a format; Markdown.
pub(super) fn key(format: Format, parent: Option<&str>, key: &str) -> Option<&'static str> {
    Some(match (format, parent, key) {
        (_, None, "version") => "The version of the format: `v1`.",
        (_, None, "hooks") => "The hooks.",
        (_, Some("action"), "type") => {
            "`command` runs a command, `agent` asks an agent, `builtin` does what Rutter has built in."
        }
        (_, Some("action" | "hooks"), "command") | (Format::Legacy, Some("then"), "command") => {
            COMMAND
        }
        (_, Some("action" | "hooks"), "prompt") | (Format::Legacy, Some("then"), "prompt") => {
            "What an agent is asked. The prompt waits as a visible item with the files that fired it until an agent takes it."
        }
        (_, Some("action"), "name") => "The name of what is built in.",
        (_, Some("action"), "options") => "Options of what is built in.",
        (Format::Legacy, None, "when") => "What the hook waits for.",
        (Format::Legacy, None, "then") => "What the hook does.",
        (Format::Legacy, Some("when"), "type") => "The event.",
        (Format::Legacy, Some("when"), "patterns") => {
            "Globs of paths from the workspace's folder; one without a slash means a name in any folder, one with `!` in front excludes."
        }
        (Format::Legacy, Some("when"), "toolTypes" | "tools") => {
            "The tools, any of them: `read`, `write`, `shell`, `web`, `spec`, `*`, or a name."
        }
        (Format::Legacy, Some("then"), "type") => {
            "`askAgent` asks an agent, `runCommand` runs a command."
        }
        (_, _, "name") => {
            "What the hook is called. Commands, trust and the log name it as `file#name`."
        }
        (_, _, "description") => "What the hook is for.",
        (_, _, "trigger") => "What the hook waits for.",
        (_, _, "matcher") => {
            "Narrows the trigger. Files, the API and commits: a regular expression, unanchored, on the relative or the absolute path. \
             Tools: `read`, `write`, `shell`, `web`, `spec`, `*`, `@mcp`, `@powers`, `@builtin`, a name or a regular expression. \
             Builds: the command. `Schedule`: five cron fields. Elsewhere it is ignored."
        }
        (_, _, "pattern" | "patterns") => {
            "A glob of paths from the workspace's folder; one without a slash means a name in any folder."
        }
        (_, _, "action") => "What the hook does.",
        (_, _, "timeout") => {
            "How long a command may run, in seconds: 60 where nothing is said, 0 is no limit."
        }
        (Format::Agent, _, "timeout_ms") => {
            "How long the command may run, in milliseconds; 30000 where nothing is said."
        }
        (Format::Agent, _, "max_output_size") => {
            "How many bytes of the output count; 10240 where nothing is said."
        }
        (Format::Agent, _, "cache_ttl_seconds") => {
            "How long the output may be used again, in seconds; 0 is never."
        }
        (Format::Agent, _, "enabled") => {
            "Whether Rutter fires the hook. Kiro's command line does not look at this key."
        }
        (_, _, "enabled") => "Whether the hook fires; `true` where nothing is said.",
        (_, _, "confirm") => "A question that is asked before a command on `Stop` runs.",
        (_, _, "fromOutside") => {
            "Whether it also fires for changes made outside the editor; never during a git operation. Only Rutter knows this key."
        }
        (_, _, "maxOutput") => {
            "How many bytes of a command's output count. Only Rutter knows this key."
        }
        (_, _, "cacheSeconds") => {
            "How long a command's output may be used again. Only Rutter knows this key."
        }
        _ => return None,
    })
}

/// What a trigger does, whether it can block and who knows it; Markdown.
pub(super) fn trigger(trigger: Trigger) -> String {
    let mut out = format!("**{}** {}", trigger.as_str(), trigger.explain());
    if trigger.can_block() {
        out.push_str("\n\nA command that ends with exit code 2 stops it.");
    }
    if !trigger.in_kiro() {
        out.push_str("\n\nKiro lacks this trigger; such hooks stand in `.rutter/hooks/`.");
    }
    out
}

/// What something built in does.
pub(super) fn builtin(name: &str) -> Option<&'static str> {
    BUILTINS
        .iter()
        .find(|(n, _)| *n == name)
        .map(|(_, what)| *what)
}

/// What a type of action does.
pub(super) fn action(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "command" | "runCommand" | "shellCommand" => COMMAND,
        "agent" | "askAgent" => {
            "Asks an agent. The prompt waits as a visible item until an agent takes it."
        }
        "builtin" => "Does what Rutter has built in, without a model. Only in `.rutter/hooks/`.",
        _ => return None,
    })
}
