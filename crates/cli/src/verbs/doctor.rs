//! `rutter doctor`: what this program sees and where it keeps its things.

use rutter_commands::CommandError;
use serde_json::json;

use super::command::Session;
use crate::args::{Args, Format};
use crate::output;
use crate::world::Folders;

/// Shows it; exit code 1 where something is wrong.
pub fn run(args: &Args) -> Result<u8, CommandError> {
    let folders = Folders::find()?;
    let session = Session::open(args)?;
    let snapshot = session.world.snapshot();
    let root = snapshot.roots.first().cloned().unwrap_or_default();
    let who = rutter_workspace::who(&root);
    let mut problems: Vec<String> = session
        .world
        .problems()
        .iter()
        .map(|p| format!("{}: {}", p.path.display(), p.message))
        .collect();
    problems.extend(
        snapshot
            .folders
            .values()
            .flat_map(|f| &f.problems)
            .map(|p| p.message.clone()),
    );
    let has_settings = session.environment.files.exists(&folders.settings);
    let model = snapshot
        .settings_of(&root)
        .model
        .unwrap_or_else(|| "offline".to_owned());
    let report = json!({
        "version": env!("CARGO_PKG_VERSION"),
        "workspace": root.display().to_string(),
        "specs": snapshot.folders.len(),
        "settings": folders.settings.display().to_string(),
        "settingsFound": has_settings,
        "state": folders.state.display().to_string(),
        "who": {"name": who.name, "email": who.email},
        "model": model,
        "problems": problems,
    });
    if args.format == Format::Json {
        output::value(&report);
    } else {
        let lines = [
            format!("version    {}", env!("CARGO_PKG_VERSION")),
            format!(
                "workspace  {} ({} specs)",
                root.display(),
                snapshot.folders.len()
            ),
            format!(
                "settings   {}{}",
                folders.settings.display(),
                if has_settings { "" } else { " (none yet)" }
            ),
            format!("state      {}", folders.state.display()),
            "log        stderr of `rutter lsp`; RUTTER_LOG=debug says more".to_owned(),
            format!("you        {} <{}>", who.name, who.email),
            format!("model      {model}"),
        ];
        output::text(&lines.join("\n"));
        for problem in &problems {
            output::text(&format!(
                "{} {problem}",
                output::paint(output::Paint::Warning, "problem:")
            ));
        }
        if problems.is_empty() {
            output::text("Everything looks right.");
        }
    }
    Ok(u8::from(!problems.is_empty()))
}
