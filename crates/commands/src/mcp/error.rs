//! Why a tool could not be used, as a command's error.

use rutter_tools::ToolError;

use crate::error::{Code, CommandError};

impl From<ToolError> for CommandError {
    fn from(error: ToolError) -> Self {
        let code = match error {
            ToolError::Store(error) => return error.into(),
            ToolError::Untrusted { .. }
            | ToolError::ChangedSinceTrust { .. }
            | ToolError::ChangedTool { .. } => Code::Untrusted,
            ToolError::Disabled { .. } | ToolError::DisabledTool { .. } => Code::Disabled,
            ToolError::NoSuchTool { .. } => Code::UnknownTool,
            ToolError::BadArguments => Code::WrongArgument,
            ToolError::Cancelled => Code::Cancelled,
            ToolError::Unusable { .. }
            | ToolError::Variable { .. }
            | ToolError::BadRequest { .. }
            | ToolError::Start { .. }
            | ToolError::TimedOut { .. }
            | ToolError::Ended { .. }
            | ToolError::Refused { .. } => Code::ToolServer,
        };
        // What a server printed may have several lines.
        let message = error.to_string();
        let lines: Vec<&str> = message.lines().map(str::trim).collect();
        Self::new(code, lines.join(" / "), "")
    }
}
