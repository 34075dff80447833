//! `rutter from-code`: requirements of what a source file does today.

use rutter_commands::{Code, CommandError};
use serde_json::json;

use super::command;
use crate::args::Args;
use crate::world;

/// Writes them.
pub fn run(args: &Args, place: &str, name: Option<&str>) -> Result<u8, CommandError> {
    let (file, lines) = split(place);
    let path = world::absolute(&world::absolute(&args.dir)?.join(file))?;
    if !path.is_file() {
        return Err(CommandError::new(
            Code::NotFound,
            format!("There is no file {file}."),
            "Name a source file, and behind a colon a line or lines of it.",
        ));
    }
    command::run(
        args,
        "rutter.specFromCode",
        &json!({"uri": path, "name": name, "lines": lines}),
    )
}

/// `a.rs:10-40` → `a.rs` and 10 to 40.
fn split(place: &str) -> (&str, Option<(usize, usize)>) {
    let parsed = place.rsplit_once(':').and_then(|(file, lines)| {
        let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
        Some((file, (first.parse().ok()?, last.parse().ok()?)))
    });
    match parsed {
        Some((file, lines)) => (file, Some(lines)),
        None => (place, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_behind_the_last_colon() {
        assert_eq!(split("a.rs:10-40"), ("a.rs", Some((10, 40))));
        assert_eq!(split("a.rs:7"), ("a.rs", Some((7, 7))));
        assert_eq!(split(r"C:\a.rs"), (r"C:\a.rs", None));
    }
}
