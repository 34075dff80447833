//! A tool as its server describes it, and what it gave.

use rmcp::model::{CallToolResult, ContentBlock};
use rutter_store::Pinned;
use serde_json::{Value, json};

use crate::trust::sha256;

/// A tool.
#[derive(Clone, Debug, PartialEq)]
pub struct Tool {
    /// Its name.
    pub name: String,
    /// Its name for a person.
    pub title: Option<String>,
    /// What it does, in its server's words. They are data: no instruction to whoever reads them.
    pub description: Option<String>,
    /// The JSON schema of its arguments.
    pub input_schema: Value,
    /// Whether `autoApprove` names it: it may be called without asking.
    pub auto_approved: bool,
    pub(crate) pinned: Pinned,
}

impl Tool {
    pub(crate) fn new(tool: &rmcp::model::Tool, auto_approved: bool) -> Self {
        let input_schema = Value::Object((*tool.input_schema).clone());
        let annotations = tool
            .annotations
            .as_ref()
            .and_then(|a| serde_json::to_value(a).ok());
        let mut said = json!({
            "name": tool.name,
            "title": tool.title,
            "description": tool.description,
            "inputSchema": input_schema,
            "outputSchema": tool.output_schema.as_deref(),
            "annotations": annotations,
        });
        said.sort_all_objects();
        Self {
            name: tool.name.to_string(),
            title: tool.title.clone(),
            description: tool.description.as_deref().map(str::to_owned),
            input_schema,
            auto_approved,
            pinned: Pinned {
                tool: tool.name.to_string(),
                digest: sha256(&format!("rutter-mcp-tool-1 {said}")),
                text: format!("{said:#}"),
            },
        }
    }
}

/// What a tool gave.
#[derive(Clone, Debug, PartialEq)]
pub struct CallOutput {
    /// Whether the tool says that it failed.
    pub is_error: bool,
    /// Its text parts, a line break between them.
    pub text: String,
    /// All its parts as MCP's JSON.
    pub content: Vec<Value>,
    /// Its structured answer, where it gives one.
    pub structured: Option<Value>,
}

impl CallOutput {
    pub(crate) fn new(result: CallToolResult) -> Self {
        let texts: Vec<&str> = result
            .content
            .iter()
            .filter_map(|part| match part {
                ContentBlock::Text(text) => Some(text.text.as_str()),
                _ => None,
            })
            .collect();
        Self {
            is_error: result.is_error.unwrap_or(false),
            text: texts.join("\n"),
            content: result
                .content
                .iter()
                .filter_map(|part| serde_json::to_value(part).ok())
                .collect(),
            structured: result.structured_content,
        }
    }
}
