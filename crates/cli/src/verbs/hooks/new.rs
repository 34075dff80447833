//! `rutter hooks new` and `rutter hooks templates`.

use rutter_commands::CommandError;
use rutter_hooks::TEMPLATES;
use serde_json::{Value, json};

use crate::args::{Args, Format};
use crate::output::{self, Paint};
use crate::verbs::command;

/// Makes a hook from a sentence or a template.
pub fn run(
    args: &Args,
    text: &[String],
    template: Option<&str>,
    name: Option<&str>,
) -> Result<u8, CommandError> {
    let mut argument = json!({"template": template, "name": name});
    if !text.is_empty() {
        argument["text"] = text.join(" ").into();
    }
    command::run(args, "rutter.newHook", &argument)
}

/// Shows what there are.
pub fn templates(args: &Args) -> u8 {
    if args.format == Format::Json {
        let rows: Vec<Value> = TEMPLATES
            .iter()
            .map(|t| json!({"template": t.id, "name": t.title, "what": t.what}))
            .collect();
        output::value(&rows);
        return 0;
    }
    for template in TEMPLATES {
        output::text(&format!(
            "{}\n    {}",
            output::paint(Paint::Strong, template.id),
            template.what
        ));
    }
    output::text("Make one of them with: rutter hooks new --template NAME");
    0
}
