//! Custom agents: which steering they load. An agent of its own loads only what its resources name.

use crate::front::Front;
use crate::pattern::Pattern;

/// A custom agent, as far as steering goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agent {
    /// The path of its file.
    pub path: String,
    /// Its name: the path below `agents/` without extension, unless it says another.
    pub name: String,
    /// The resources, as written: `file://…`, `skill://…`.
    pub resources: Vec<String>,
}

impl Agent {
    /// Reads an agent from Markdown or JSON; a file that is neither has no resources.
    pub fn parse(path: &str, text: &str) -> Self {
        let stem = path.split(".kiro/agents/").nth(1).unwrap_or(path);
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let (name, resources) = if path.ends_with(".json") {
            let value: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
            let resources = value["resources"].as_array().map_or_else(Vec::new, |list| {
                list.iter()
                    .filter_map(|r| r.as_str().map(str::to_owned))
                    .collect()
            });
            (value["name"].as_str().map(str::to_owned), resources)
        } else {
            let front = Front::read(text).unwrap_or_default();
            (
                front.value("name").map(str::to_owned),
                front.values("resources").to_vec(),
            )
        };
        Self {
            path: path.to_owned(),
            name: name.unwrap_or_else(|| stem.to_owned()),
            resources,
        }
    }

    /// The resource that loads a steering file or a skill, if one does.
    pub fn loads(&self, path: &str) -> Option<&str> {
        self.resources.iter().map(String::as_str).find(|resource| {
            ["file://", "skill://"].iter().any(|scheme| {
                resource.strip_prefix(scheme).is_some_and(|pattern| {
                    let pattern = pattern.trim_start_matches("./");
                    pattern == path
                        || Pattern::read(pattern)
                            .iter()
                            .any(|p| pattern.contains('/') && p.matches(path))
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Agent;

    #[test]
    fn an_agent_loads_what_its_resources_name() {
        let json = r#"{"name":"reviewer","resources":["file://AGENTS.md","file://.kiro/steering/**/*.md",{"type":"knowledgeBase"}]}"#;
        let agent = Agent::parse(".kiro/agents/reviewer.json", json);
        assert_eq!(agent.name, "reviewer");
        assert_eq!(
            agent.loads(".kiro/steering/a/tech.md"),
            Some("file://.kiro/steering/**/*.md")
        );
        assert_eq!(agent.loads("AGENTS.md"), Some("file://AGENTS.md"));
        assert_eq!(agent.loads("apps/AGENTS.md"), None);
        let md = Agent::parse(
            ".kiro/agents/team/planner.md",
            "---\ndescription: Plans\n---\nPlan.\n",
        );
        assert_eq!(
            (md.name.as_str(), md.loads("AGENTS.md")),
            ("team/planner", None)
        );
        assert_eq!(Agent::parse("x.json", "{").resources, [""; 0]);
    }
}
