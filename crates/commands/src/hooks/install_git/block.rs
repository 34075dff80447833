//! The block in a git hook, as text.

/// Git's hooks with the events they raise.
pub const HOOKS: [(&str, &str); 4] = [
    ("pre-commit", "PreCommit"),
    // A merge without conflicts is committed without the one above.
    ("pre-merge-commit", "PreCommit"),
    ("commit-msg", "CommitMsg"),
    ("pre-push", "PrePush"),
];

const BEGIN: &str = "# >>> rutter";
const END: &str = "# <<< rutter";
const MADE: &str = "# This file was made for it.\n";
const SHEBANG: &str = "#!/bin/sh\n";

/// What a hook's text is to us.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum With {
    /// The text with our block in it.
    Text(String),
    /// It calls us by its own line.
    ByHand,
    /// It is no shell script.
    NoShell,
    /// A line of our block is missing.
    Damaged,
}

/// The line that calls us.
pub fn line(event: &str) -> String {
    match event {
        "CommitMsg" => format!("rutter hooks fire {event} \"$1\""),
        _ => format!("rutter hooks fire {event}"),
    }
}

/// A hook of our own.
pub fn new(hook: &str, event: &str, sourced: bool) -> String {
    format!("{SHEBANG}{}\n", block(hook, event, true, sourced))
}

/// A hook with our block. `sourced`: husky runs it by `sh -e`, so it need not be a program.
pub fn with(text: &str, hook: &str, event: &str, sourced: bool) -> With {
    let (own, made) = match parts(text) {
        Parts::Damaged => return With::Damaged,
        Parts::None => (text.to_owned(), false),
        Parts::Block { made } => (take_out(text), made),
    };
    // What calls the hook of an ordinary commit, as git's own sample does, raises the event there.
    let passes_on = hook == "pre-merge-commit" && own.contains("hooks/pre-commit");
    if own.contains(&format!("hooks fire {event}")) || passes_on {
        return With::ByHand;
    }
    if !is_shell(&own) {
        return With::NoShell;
    }
    // Before everything else: what is below may end with `exit` or `exec`.
    let at = if own.starts_with("#!") {
        own.find('\n').map_or(own.len(), |end| end + 1)
    } else {
        0
    };
    let block = block(hook, event, made, sourced);
    let (before, behind) = own.split_at(at);
    With::Text(if before.is_empty() || before.ends_with('\n') {
        format!("{before}{block}\n{behind}")
    } else {
        format!("{before}\n{block}")
    })
}

/// What a hook was without our block; `None` where the file was ours alone. Nothing where there is no block.
pub fn without(text: &str) -> Option<Option<String>> {
    match parts(text) {
        Parts::Block { made } => {
            let own = take_out(text);
            Some((!(made && own == SHEBANG)).then_some(own))
        }
        Parts::None | Parts::Damaged => None,
    }
}

/// Everything else in the file runs first, as a process of its own: however it ends, its exit code counts, and only after a
/// good end we are called. It knows by the variable that it is that process; nobody else's call in between is meant.
fn block(hook: &str, event: &str, made: bool, sourced: bool) -> String {
    let made = if made { MADE } else { "" };
    let own = if sourced {
        "sh -e \"$0\" \"$@\""
    } else {
        "\"$0\" \"$@\""
    };
    let call = line(event);
    let work = if hook == "pre-push" {
        // Both must read what git says of the refs.
        format!(
            "    rutter_refs=$(cat)\n    rutter_say() {{ [ -z \"$rutter_refs\" ] || printf '%s\\n' \"$rutter_refs\"; }}\n    rutter_say | {own} || exit $?\n    rutter_say | {call}\n"
        )
    } else {
        format!("    {own} || exit $?\n    {call}\n")
    };
    format!(
        "{BEGIN}\n# Fires the project's hooks after the checks below. `rutter hooks install-git --remove` takes this away.\n{made}if [ \"${{RUTTER_GIT_HOOK-}}\" != \"{hook} $PWD\" ] && command -v rutter >/dev/null 2>&1; then\n    RUTTER_GIT_HOOK=\"{hook} $PWD\"\n    export RUTTER_GIT_HOOK\n{work}    exit $?\nfi\n{END}"
    )
}

enum Parts {
    None,
    Block { made: bool },
    Damaged,
}

fn parts(text: &str) -> Parts {
    match (place(text, BEGIN), place(text, END)) {
        (None, None) => Parts::None,
        (Some(begin), Some(end)) if begin < end => Parts::Block {
            made: text[begin..end].contains(MADE),
        },
        _ => Parts::Damaged,
    }
}

/// Where a line that is exactly this begins.
fn place(text: &str, line: &str) -> Option<usize> {
    let mut at = 0;
    for one in text.split_inclusive('\n') {
        if one.trim_end_matches(['\n', '\r']) == line {
            return Some(at);
        }
        at += one.len();
    }
    None
}

/// The text without the block, byte for byte as before it came.
fn take_out(text: &str) -> String {
    let (Some(begin), Some(end)) = (place(text, BEGIN), place(text, END)) else {
        return text.to_owned();
    };
    let behind = &text[end..];
    match behind.find('\n') {
        Some(line_end) => format!("{}{}", &text[..begin], &behind[line_end + 1..]),
        // The line break before the block came with it.
        None => text[..begin]
            .strip_suffix('\n')
            .unwrap_or(&text[..begin])
            .to_owned(),
    }
}

/// Whether a shell of the Bourne family reads the text; git gives a text without `#!` to `sh`.
fn is_shell(text: &str) -> bool {
    const SHELLS: [&str; 7] = ["sh", "bash", "dash", "ash", "zsh", "ksh", "mksh"];
    if text.contains('\0') {
        return false;
    }
    let Some(shebang) = text.strip_prefix("#!") else {
        return true;
    };
    let words = shebang.lines().next().unwrap_or_default();
    let name = |word: &str| {
        let name = word.rsplit(['/', '\\']).next().unwrap_or(word);
        name.strip_suffix(".exe").unwrap_or(name).to_owned()
    };
    // `/usr/bin/env -S VAR=x bash -e`; a path on Windows may hold a space.
    let mut rest = words
        .split_whitespace()
        .map(name)
        .skip_while(|word| word == "env" || word.starts_with('-') || word.contains('='));
    rest.next()
        .is_some_and(|word| SHELLS.contains(&word.as_str()))
        || words.contains(":/") && rest.any(|word| SHELLS.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added(text: &str) -> String {
        match with(text, "pre-commit", "PreCommit", false) {
            With::Text(text) => text,
            other => panic!("{text:?}: {other:?}"),
        }
    }

    #[test]
    fn what_was_there_comes_back_byte_for_byte() {
        for text in [
            "#!/bin/sh\nnpm test\n",
            "#!/bin/sh\nnpm test",
            "#!/bin/sh",
            "#!/bin/sh\n",
            "npm test\n",
            "",
            "\n\n",
            "#!/usr/bin/env -S bash -e\r\nx\r\n",
            "#!C:/Program Files/Git/bin/sh.exe\nx\n",
        ] {
            let once = added(text);
            assert_eq!(added(&once), once, "twice changes nothing");
            assert_eq!(without(&once), Some(Some(text.to_owned())), "{text:?}");
        }
        let own = new("pre-commit", "PreCommit", false);
        assert_eq!(added(&own), own);
        assert_eq!(without(&own), Some(None), "the file goes");
        let more = format!("{own}npm test\n");
        assert_eq!(added(&more), more);
        assert_eq!(without(&more), Some(Some("#!/bin/sh\nnpm test\n".into())));
    }

    #[test]
    fn what_we_cannot_read_stays() {
        for text in [
            "#!/usr/bin/env python3\n",
            "#!/usr/bin/fish\n",
            "#!/usr/bin/perl -w\n",
            "\0",
        ] {
            assert_eq!(with(text, "pre-push", "PrePush", false), With::NoShell);
        }
        let cut = new("pre-push", "PrePush", false).replace(END, "");
        assert_eq!(with(&cut, "pre-push", "PrePush", false), With::Damaged);
        assert_eq!(without(&cut), None);
        let own = "#!/usr/bin/python3\ncall('rutter hooks fire PrePush')\n";
        assert_eq!(with(own, "pre-push", "PrePush", false), With::ByHand);
    }

    #[test]
    fn a_merge_that_passes_on_to_the_other_hook_needs_no_block() {
        let sample = "#!/bin/sh\n. git-sh-setup\nexec \"$GIT_DIR/hooks/pre-commit\"\n";
        let merged = with(sample, "pre-merge-commit", "PreCommit", false);
        assert_eq!(merged, With::ByHand);
    }

    #[test]
    fn an_older_block_is_replaced() {
        let old = format!("#!/bin/sh\n{BEGIN}\nrutter old\n{END}\nnpm test\n");
        assert_eq!(added(&old), added("#!/bin/sh\nnpm test\n"));
    }
}
