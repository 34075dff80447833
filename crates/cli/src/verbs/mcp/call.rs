//! `rutter mcp call`: calls one tool and prints what it gives.

use std::io::{IsTerminal, Read};

use rutter_commands::{Code, CommandError, mcp};
use rutter_tools::CallOutput;
use serde_json::{Value, json};

use super::run::with_servers;
use crate::args::{Args, Format};
use crate::output;
use crate::verbs::command::Session;
use rutter_commands::mcp::show::visible;

/// Calls it. Exit code 1: the tool says that it failed.
pub fn one(
    args: &Args,
    server: &str,
    tool: &str,
    arguments: Option<&str>,
) -> Result<u8, CommandError> {
    let session = Session::open(args)?;
    let found = session.with(|cx| mcp::find(cx, server))?;
    let arguments = parsed(arguments)?;
    let given = with_servers(&session, &found.root, async |servers| {
        let never = std::future::pending();
        Ok(servers.call(&found.server, tool, arguments, never).await?)
    })?;
    match args.format {
        Format::Json => {
            let mut answer = json!({
                "is_error": given.is_error,
                "text": given.text,
                "content": given.content,
            });
            if let Some(structured) = &given.structured {
                answer["structured"] = structured.clone();
            }
            output::value(&answer);
        }
        Format::Human | Format::Sarif => {
            let text = readable(&given);
            // A file or another program gets the bytes as they are.
            let is_read = std::io::stdout().is_terminal();
            output::text(&if is_read { visible(&text) } else { text });
        }
    }
    Ok(u8::from(given.is_error))
}

/// Its text; a part that is none is named. A structured answer stands alone where there is nothing else.
fn readable(given: &CallOutput) -> String {
    let parts: Vec<String> = given
        .content
        .iter()
        .map(|part| match part["text"].as_str() {
            Some(text) => text.to_owned(),
            None => {
                let word = |key: &str| part[key].as_str().unwrap_or_default();
                let named = format!("{} {} {}", word("type"), word("mimeType"), word("uri"));
                let words: Vec<&str> = named.split_whitespace().collect();
                format!("[{}]", words.join(" "))
            }
        })
        .collect();
    match &given.structured {
        Some(structured) if parts.is_empty() => format!("{structured:#}"),
        _ => parts.join("\n"),
    }
}

fn parsed(arguments: Option<&str>) -> Result<Value, CommandError> {
    let text = match arguments {
        None => return Ok(Value::Null),
        Some("-") => stdin()?,
        Some(text) => text.to_owned(),
    };
    serde_json::from_str(&text).map_err(|e| {
        CommandError::new(
            Code::WrongArgument,
            format!("The arguments are no JSON: {e}."),
            "Give a JSON object, such as {\"path\": \"src\"}.",
        )
    })
}

fn stdin() -> Result<String, CommandError> {
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes).map_err(|e| {
        CommandError::new(
            Code::Io,
            format!("The arguments could not be read from stdin: {e}."),
            "Pass them as an argument.",
        )
    })?;
    String::from_utf8(bytes).map_err(|_| {
        CommandError::new(
            Code::NotText,
            "The arguments on stdin are not UTF-8 text.",
            "Send them as UTF-8.",
        )
    })
}
