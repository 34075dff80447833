//! Which files steer, and for which folder they speak, by their path alone.

use crate::power;

/// What sort of steering file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// `.kiro/steering/**.md`, or the one file `.kiro/steering.md`.
    Kiro,
    /// `AGENTS.md`.
    Agents,
    /// `CLAUDE.md`.
    Claude,
    /// `GEMINI.md`.
    Gemini,
    /// `.cursor/rules/**.mdc` or `.cursorrules`.
    Cursor,
    /// `.github/copilot-instructions.md` or `.github/instructions/**.instructions.md`.
    Copilot,
    /// `.windsurf/rules/**.md` or `.windsurfrules`.
    Windsurf,
    /// A skill's `SKILL.md`.
    Skill,
    /// A power's `POWER.md`.
    Power,
    /// A file that another one refers to by `#[[file:…]]`.
    Referenced,
}

impl Kind {
    /// Its name in a sentence.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Kiro => "steering file",
            Kind::Agents => "AGENTS.md",
            Kind::Claude => "CLAUDE.md",
            Kind::Gemini => "GEMINI.md",
            Kind::Cursor => "Cursor rule",
            Kind::Copilot => "Copilot instructions",
            Kind::Windsurf => "Windsurf rule",
            Kind::Skill => "skill",
            Kind::Power => "power",
            Kind::Referenced => "referenced file",
        }
    }
}

/// Where a steering file stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What it is.
    pub kind: Kind,
    /// The folder it speaks for, relative to the root: empty for the root itself.
    pub base: String,
    /// Whether it stands in the user's own folder and speaks for every project.
    pub global: bool,
    /// The folder of the power that it belongs to, named as the file is.
    pub power: Option<String>,
    /// Set where it stands in another folder of the workspace than the file that is asked about.
    pub elsewhere: Option<Elsewhere>,
}

/// Another folder of the workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Its path with `/`.
    pub root: String,
    /// What the folder of the file that is asked about is called: its last part. A pattern has to name it to match there.
    pub seen_as: String,
}

/// The place of a path, if a file there steers.
pub fn place(path: &str) -> Option<Place> {
    let (global, below) = match path.strip_prefix("~/") {
        Some(below) => (true, below),
        None => (false, path),
    };
    let parts: Vec<&str> = below.split('/').collect();
    let (name, folders) = parts.split_last()?;
    let at = |folder: &str| folders.iter().position(|p| *p == folder);
    let place = |kind, base: &[&str]| {
        Some(Place {
            kind,
            base: if global {
                String::new()
            } else {
                base.join("/")
            },
            global,
            power: None,
            elsewhere: None,
        })
    };
    let of_power = |kind, base: &[&str], folder: &[&str]| {
        let home = if global { "~/" } else { "" };
        Some(Place {
            power: Some(format!("{home}{}", folder.join("/"))),
            ..place(kind, base)?
        })
    };
    match *name {
        "SKILL.md" => {
            let base = folders.iter().position(|p| p.starts_with('.'));
            return place(Kind::Skill, &folders[..base.unwrap_or(0)]);
        }
        "POWER.md" => {
            let base = at(".kiro").map_or(&[][..], |kiro| &folders[..kiro]);
            return of_power(Kind::Power, base, folders);
        }
        _ => {}
    }
    if let Some(kiro) = at(".kiro") {
        return match &folders[kiro + 1..] {
            [] if *name == "steering.md" => place(Kind::Kiro, &folders[..kiro]),
            ["steering", ..] if *name == "AGENTS.md" => place(Kind::Agents, &folders[..kiro]),
            ["steering", ..] if name.ends_with(".md") => place(Kind::Kiro, &folders[..kiro]),
            ["powers", below @ ..] if name.ends_with(".md") => {
                let steering = kiro + 2 + below.iter().rposition(|p| *p == power::STEERING)?;
                of_power(Kind::Kiro, &folders[..kiro], &folders[..steering])
            }
            _ => None,
        };
    }
    if let Some(cursor) = at(".cursor") {
        let rule = folders.get(cursor + 1) == Some(&"rules")
            && (name.ends_with(".mdc") || name.ends_with(".md"));
        return rule.then(|| place(Kind::Cursor, &folders[..cursor]))?;
    }
    if let Some(windsurf) = at(".windsurf") {
        let rule = folders.get(windsurf + 1) == Some(&"rules") && name.ends_with(".md");
        return rule.then(|| place(Kind::Windsurf, &folders[..windsurf]))?;
    }
    if let Some(github) = at(".github") {
        let rule = match folders.get(github + 1) {
            None => *name == "copilot-instructions.md",
            Some(&"instructions") => name.ends_with(".instructions.md"),
            Some(_) => false,
        };
        return rule.then(|| place(Kind::Copilot, &folders[..github]))?;
    }
    let own = match folders {
        // The user's own files of each tool stand in that tool's folder.
        [".claude"] | [".gemini"] | [".codex"] if global => &[][..],
        [..] => folders,
    };
    match *name {
        "AGENTS.md" => place(Kind::Agents, own),
        "CLAUDE.md" => place(Kind::Claude, own),
        "GEMINI.md" => place(Kind::Gemini, own),
        ".cursorrules" => place(Kind::Cursor, folders),
        ".windsurfrules" => place(Kind::Windsurf, folders),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_say_what_a_file_is_and_for_whom() {
        let of = |path: &str| {
            place(path).map(|p| {
                let power = p.power.map(|folder| format!(" of {folder}"));
                let home = if p.global { "~" } else { "" };
                format!("{:?} {home}{}{}", p.kind, p.base, power.unwrap_or_default())
            })
        };
        for (path, expected) in [
            (".kiro/steering/team/api.md", "Kiro "),
            (".kiro/steering.md", "Kiro "),
            ("~/.kiro/steering.md", "Kiro ~"),
            ("~/.kiro/steering/AGENTS.md", "Agents ~"),
            ("packages/web/.kiro/steering/a.md", "Kiro packages/web"),
            ("services/pay/AGENTS.md", "Agents services/pay"),
            ("CLAUDE.md", "Claude "),
            ("~/.claude/CLAUDE.md", "Claude ~"),
            (".cursor/rules/x.mdc", "Cursor "),
            (".cursorrules", "Cursor "),
            (".github/copilot-instructions.md", "Copilot "),
            (".github/instructions/a/ts.instructions.md", "Copilot "),
            (".windsurf/rules/a.md", "Windsurf "),
            ("apps/x/.kiro/skills/n/SKILL.md", "Skill apps/x"),
            ("db/POWER.md", "Power  of db"),
            (
                "~/.kiro/powers/installed/db/steering/a.md",
                "Kiro ~ of ~/.kiro/powers/installed/db",
            ),
            (
                "web/.kiro/powers/db/steering/x/a.md",
                "Kiro web of web/.kiro/powers/db",
            ),
        ] {
            assert_eq!(of(path).as_deref(), Some(expected), "{path}");
        }
        for path in [
            ".kiro/specs/a/design.md",
            "README.md",
            ".kiro/steering/x.txt",
            ".github/x.md",
            ".kiro/powers/db/README.md",
        ] {
            assert_eq!(of(path), None, "{path}");
        }
    }
}
