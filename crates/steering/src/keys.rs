//! The keys that front matter may hold, by kind of file, with what each does.

use crate::Kind;

type Words = &'static [(&'static str, &'static str)];

/// The keys of a kind of file.
pub(crate) fn keys(kind: Kind) -> Words {
    match kind {
        Kind::Kiro => &[
            ("inclusion", "When the file is included"),
            (
                "fileMatchPattern",
                "The files it is about, with `inclusion: fileMatch`",
            ),
            (
                "name",
                "What it is called in a chat, with `inclusion: auto` or `manual`",
            ),
            (
                "description",
                "What the model chooses it by, with `inclusion: auto`",
            ),
        ],
        Kind::Cursor => &[
            ("description", "What the model chooses it by"),
            ("globs", "The files it is about"),
            ("alwaysApply", "Whether it is always included"),
        ],
        Kind::Copilot => &[
            ("applyTo", "The files it is about"),
            ("description", "What it is for"),
        ],
        Kind::Windsurf => &[
            ("trigger", "When the rule is included"),
            ("globs", "The files it is about, with `trigger: glob`"),
            ("description", "What the model chooses it by"),
        ],
        Kind::Skill => &[
            ("name", "The name of its folder"),
            ("description", "What the model chooses it by"),
            ("license", "Its licence"),
            ("compatibility", "What it needs"),
            ("allowed-tools", "The tools it may use"),
        ],
        Kind::Power => &[
            ("name", "Its name"),
            ("displayName", "Its name for people"),
            ("description", "What it is for"),
            ("keywords", "The words in a chat that call it"),
            ("author", "Who made it"),
            ("version", "Its version"),
        ],
        Kind::Agents | Kind::Claude | Kind::Gemini | Kind::Referenced => &[],
    }
}

/// The values that a key may have, where they are fixed.
pub(crate) fn values(kind: Kind, key: &str) -> Words {
    match (kind, key) {
        (Kind::Kiro, "inclusion") => &[
            ("always", "In every conversation"),
            ("fileMatch", "When a file that matches is worked on"),
            ("manual", "When someone names it with `#`"),
            ("auto", "When the model finds that its description fits"),
        ],
        (Kind::Cursor, "alwaysApply") => &[
            ("true", "In every conversation"),
            ("false", "When a file matches or the description fits"),
        ],
        (Kind::Windsurf, "trigger") => &[
            ("always_on", "In every conversation"),
            ("glob", "When a file that matches is worked on"),
            (
                "model_decision",
                "When the model finds that its description fits",
            ),
            ("manual", "When someone names it"),
        ],
        _ => &[],
    }
}
