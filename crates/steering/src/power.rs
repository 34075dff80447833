//! Powers: a folder with `POWER.md`, and perhaps `mcp.json` and `steering/`.

use std::ops::Range;

use rutter_text::markdown::Outline;

use crate::front::Front;

/// The file that makes a folder a power.
pub const FILE: &str = "POWER.md";
/// Its servers, beside it.
pub const SERVERS: &str = "mcp.json";
/// The folder of its steering, beside it.
pub const STEERING: &str = "steering";
/// Where the user's own are installed, below the home folder.
pub const INSTALLED: &str = ".kiro/powers/installed";

/// A power, as its `POWER.md` describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Power {
    /// Its name.
    pub name: String,
    /// Its name for people.
    pub display_name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// The words in a chat that call it.
    pub keywords: Vec<String>,
    /// Who made it.
    pub author: Option<String>,
    /// Its version.
    pub version: Option<String>,
    /// The section that is followed once, when it is first used.
    pub onboarding: Option<Range<usize>>,
}

impl Power {
    /// Reads a `POWER.md`; `folder` names it where it doesn't say its name.
    pub fn parse(folder: &str, text: &str) -> Self {
        let front = Front::read(text).unwrap_or_default();
        let value = |key: &str| front.value(key).map(str::to_owned);
        let keywords = front
            .values("keywords")
            .iter()
            .flat_map(|v| v.split(','))
            .map(|k| k.trim().trim_matches(['"', '\'']).to_owned())
            .filter(|k| !k.is_empty())
            .collect();
        Self {
            name: value("name").unwrap_or_else(|| folder.to_owned()),
            display_name: value("displayName"),
            description: value("description"),
            keywords,
            author: value("author"),
            version: value("version"),
            onboarding: onboarding(text),
        }
    }

    /// The keyword that a message names, if any, as a word of its own.
    pub fn called_by(&self, message: &str) -> Option<&str> {
        let lower = message.to_lowercase();
        self.keywords.iter().map(String::as_str).find(|keyword| {
            let keyword = keyword.to_lowercase();
            lower.match_indices(&keyword).any(|(at, found)| {
                let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                edge(lower[..at].chars().next_back())
                    && edge(lower[at + found.len()..].chars().next())
            })
        })
    }
}

fn onboarding(text: &str) -> Option<Range<usize>> {
    let outline = Outline::new(text);
    let line = (0..outline.lines.len()).find(|&i| {
        outline
            .heading(i)
            .is_some_and(|(_, title)| text[title].to_lowercase().contains("onboarding"))
    })?;
    Some(outline.bytes(line..outline.section_end(line), text))
}

#[cfg(test)]
mod tests {
    use super::Power;

    #[test]
    fn a_power_is_read_and_called() {
        let text = "---\nname: demo-db\ndisplayName: Demo DB\ndescription: Query it\nkeywords: [database, \"sql\"]\nauthor: Example\n---\n\n# Onboarding\n\nCheck it.\n\n# Use\n";
        let power = Power::parse("x", text);
        assert_eq!(
            (power.name.as_str(), power.display_name.as_deref()),
            ("demo-db", Some("Demo DB"))
        );
        assert_eq!(power.called_by("write some SQL, please"), Some("sql"));
        assert_eq!(power.called_by("mysqld"), None);
        assert!(text[power.onboarding.unwrap()].ends_with("Check it.\n\n"));
        assert_eq!(Power::parse("folder", "").name, "folder");
    }
}
