//! A new leaf in the task dependency graph.

use rutter_text::{Edit, edit};

use crate::waves::{Wave, Waves};

/// The edit that puts a task into the last wave that holds more than the closing checkpoints; in a Mermaid graph, behind
/// a node of that wave. `None` where the block can't be read or has no task to stand beside.
pub(super) fn add(text: &str, waves: &Waves, number: &str, last: &[String]) -> Option<Edit> {
    if !waves.problems.is_empty() || waves.wave_of(number).is_some() {
        return None;
    }
    let open = |wave: &&Wave| wave.iter().any(|(id, _)| !last.contains(id));
    let filled = || waves.waves.iter().rev().filter(|w| !w.is_empty());
    let wave = filled().find(open).or_else(|| filled().next())?;
    if waves.mermaid {
        return mermaid(text, waves, number, wave);
    }
    let (_, end) = wave.iter().max_by_key(|(_, range)| range.end)?;
    let lead = separator(text, waves, wave);
    Some(Edit::insert(end.end, format!("{lead}\"{number}\"")))
}

/// What stands between two ids of this block: as in this wave, else as in another, else by how the block is spaced.
fn separator(text: &str, waves: &Waves, own: &Wave) -> String {
    let between = |wave: &Wave| {
        let pair = wave.windows(2).last()?;
        text.get(pair[0].1.end..pair[1].1.start)
            .filter(|s| s.trim() == ",")
            .map(str::to_owned)
    };
    between(own)
        .or_else(|| waves.waves.iter().find_map(between))
        .unwrap_or_else(|| {
            let spaced = text[waves.content.clone()].contains(": ");
            let separator = if spaced { ", " } else { "," };
            separator.to_owned()
        })
}

fn mermaid(text: &str, waves: &Waves, number: &str, wave: &Wave) -> Option<Edit> {
    let (_, beside) = wave.first()?;
    let node = &text[beside.clone()];
    let name = &node[..node
        .find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '.'))
        .unwrap_or(node.len())];
    let own = format!("T{}", number.replace('.', "_"));
    if text[waves.content.clone()].contains(&own) {
        return None;
    }
    let content = text[waves.content.clone()].trim_end();
    let last = content.rfind('\n').map_or(content, |i| &content[i + 1..]);
    let margin = &last[..last.len() - last.trim_start().len()];
    let at = waves.content.start + content.len();
    let line = format!("\n{margin}{name} --> {own}[{number}]");
    Some(Edit::insert(at, edit::with_endings_of(text, &line)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Tasks;

    #[test]
    fn every_form_of_waves_takes_a_leaf() {
        for (block, last, expected) in [
            (
                "```json\n{\"waves\":[{\"id\":0,\"tasks\":[\"1.1\"]},{\"id\":1,\"tasks\":[\"2\"]}]}\n```",
                "",
                "\"1.1\"|\"2\",\"4\"",
            ),
            (
                "```json\n{\"waves\":[{\"id\":0,\"tasks\":[\"1.1\"]},{\"id\":1,\"tasks\":[\"3\"]}]}\n```",
                "3",
                "\"1.1\",\"4\"|\"3\"",
            ),
            (
                "```\n[[\"1.1\"],\n [\n  \"3\",\n  \"2.\"\n ]]\n```",
                "",
                "\"1.1\"|\"3\",\n  \"2.\",\n  \"4\"",
            ),
            (
                "```json\n{\"waves\":[{\"wave\":1,\"tasks\":[1]},{\"wave\":2,\"tasks\":[]}]}\n```",
                "",
                "1,\"4\"|",
            ),
        ] {
            let text = format!("## Task Dependency Graph\n\n{block}\n");
            let waves = Tasks::parse(&text).waves.unwrap_or_default();
            let edit = add(&text, &waves, "4", &[last.to_owned()]);
            let new = edit::apply(&text, edit.as_slice());
            let lists: Vec<String> = new
                .split("tasks\":[")
                .flat_map(|s| s.split("[["))
                .filter_map(|s| s.split_once(']').map(|(a, _)| a.to_owned()))
                .collect();
            for part in expected.split('|').filter(|p| !p.is_empty()) {
                assert!(new.contains(part), "{new} {lists:?}");
            }
            let read = Tasks::parse(&new).waves.unwrap_or_default();
            assert!(read.problems.is_empty() && read.wave_of("4").is_some());
            assert_eq!(add(&new, &read, "4", &[]), None);
        }
        let text =
            "## Task Dependency Graph\n\n```mermaid\ngraph TD\n  A1[1. x] --> B2[2. y]\n```\n";
        let waves = Tasks::parse(text).waves.unwrap_or_default();
        let new = edit::apply(text, add(text, &waves, "3", &[]).as_slice());
        assert!(
            new.contains("  A1[1. x] --> B2[2. y]\n  B2 --> T3[3]\n```"),
            "{new}"
        );
        assert_eq!(
            Tasks::parse(&new).waves.unwrap_or_default().wave_of("3"),
            Some(2)
        );
    }
}
