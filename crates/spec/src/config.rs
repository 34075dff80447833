//! `.config.kiro`: which kind of spec a folder holds.

use serde::{Deserialize, Serialize};

/// The order in which the documents of a spec are made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Workflow {
    /// Requirements, design, tasks.
    #[default]
    RequirementsFirst,
    /// Design, requirements, tasks.
    DesignFirst,
    /// All three at once; Kiro writes `fast-task`.
    Quick,
    /// `bugfix.md`, design, tasks.
    Bugfix,
}

impl Workflow {
    /// The word in commands and JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::RequirementsFirst => "requirements-first",
            Self::DesignFirst => "design-first",
            Self::Quick => "quick",
            Self::Bugfix => "bugfix",
        }
    }

    /// The workflow with this name; Kiro's own names count.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "requirements-first" => Some(Self::RequirementsFirst),
            "design-first" => Some(Self::DesignFirst),
            "quick" | "fast-task" => Some(Self::Quick),
            "bugfix" => Some(Self::Bugfix),
            _ => None,
        }
    }
}

/// What a spec is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SpecType {
    /// Something new.
    #[default]
    Feature,
    /// Something broken.
    Bugfix,
}

/// The content of `.config.kiro`; unknown keys are left alone because the file is never rewritten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Config {
    /// Kiro's UUID of the spec.
    pub spec_id: Option<String>,
    /// The workflow, where one is named and known.
    pub workflow: Option<Workflow>,
    /// The type of spec.
    pub spec_type: SpecType,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    spec_id: Option<String>,
    workflow_type: Option<String>,
    spec_type: Option<String>,
}

/// Why a `.config.kiro` could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// Line from 1.
    pub line: usize,
    /// Column from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

impl Config {
    /// Reads the file. An unknown workflow is no error: a newer Kiro may know more.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let raw: Raw = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|e| {
            let message = e.to_string();
            let message = message
                .split(" at line ")
                .next()
                .unwrap_or(&message)
                .to_owned();
            ConfigError {
                line: e.line(),
                column: e.column(),
                message,
            }
        })?;
        let workflow = raw.workflow_type.as_deref().and_then(Workflow::parse);
        let bugfix =
            raw.spec_type.as_deref() == Some("bugfix") || workflow == Some(Workflow::Bugfix);
        Ok(Self {
            spec_id: raw.spec_id,
            workflow,
            spec_type: if bugfix {
                SpecType::Bugfix
            } else {
                SpecType::Feature
            },
        })
    }

    /// The text of a new file, in Kiro's words, on one line.
    pub fn render(spec_id: &str, workflow: Workflow) -> String {
        let kiro = match workflow {
            Workflow::RequirementsFirst | Workflow::Bugfix => "requirements-first",
            Workflow::DesignFirst => "design-first",
            Workflow::Quick => "fast-task",
        };
        let kind = if workflow == Workflow::Bugfix {
            "bugfix"
        } else {
            "feature"
        };
        format!(
            "{}\n",
            serde_json::json!({"specId": spec_id, "workflowType": kiro, "specType": kind})
        )
    }

    /// The workflow this spec follows.
    pub fn effective_workflow(&self) -> Workflow {
        match (self.spec_type, self.workflow) {
            (SpecType::Bugfix, _) => Workflow::Bugfix,
            (SpecType::Feature, workflow) => workflow.unwrap_or_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kiros_files_are_read() {
        let c = Config::parse(r#"{"specId":"x","workflowType":"fast-task","specType":"feature"}"#)
            .unwrap();
        assert_eq!(c.effective_workflow(), Workflow::Quick);
        let c =
            Config::parse(r#"{"workflowType":"requirements-first","specType":"bugfix"}"#).unwrap();
        assert_eq!(c.effective_workflow(), Workflow::Bugfix);
        assert_eq!(
            Config::parse(r#"{"generationMode":"x"}"#)
                .unwrap()
                .effective_workflow(),
            Workflow::RequirementsFirst
        );
        assert_eq!(Config::parse("{\n oops").unwrap_err().line, 2);
    }

    #[test]
    fn what_is_written_is_read_back() {
        for workflow in [
            Workflow::RequirementsFirst,
            Workflow::DesignFirst,
            Workflow::Quick,
            Workflow::Bugfix,
        ] {
            assert_eq!(
                Config::parse(&Config::render("id", workflow))
                    .unwrap()
                    .effective_workflow(),
                workflow
            );
        }
    }
}
