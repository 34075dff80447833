//! `design.md` of a feature.

use rutter_spec::{Pattern, Spec};

use super::home;
use super::points::{self, Points};
use super::properties::{Property, properties};
use super::sentence;
use super::units::{Unit, units};
use crate::ground::Ground;
use crate::prompt::say::lower_first;

/// Drafts the design of a spec from its requirements.
pub fn design(spec: &Spec, ground: &Ground) -> String {
    let points = points::read(spec, ground);
    let units = units(&points, spec, ground);
    let mut out = format!(
        "# Design Document: {}\n\n## Overview\n\n{}\n",
        super::title(spec),
        overview(&points, &units, ground)
    );
    out.push_str(&format!(
        "\n## Architecture\n\n{}\n",
        architecture(&units, ground)
    ));
    out.push_str(&components(&units, ground));
    out.push_str(&rest(&points, &units, ground));
    out
}

/// The design of a spec whose requirements are derived from it later: the behaviours stand in it, with their numbers.
pub fn design_first(spec: &Spec, ground: &Ground) -> String {
    let points = points::read(spec, ground);
    let units = units(&points, spec, ground);
    let wanted = spec.wanted().map(|(_, wanted)| wanted);
    let source = wanted.map_or("", |wanted| wanted.source.text());
    let request = super::quoted_request(source);
    let mut out = format!(
        "# Design Document: {}\n\n## Overview\n\nThis design covers the following request: \"{request}\". {}\n",
        super::title(spec),
        overview(&points, &units, ground)
    );
    if !points.out.is_empty() {
        out.push_str(&format!("\nOut of scope: {}.\n", points.out.join("; ")));
    }
    out.push_str("\n## Behaviour\n");
    if let Some(wanted) = wanted {
        for requirement in &wanted.requirements {
            let story = requirement
                .story
                .clone()
                .map(|range| source[range].to_owned())
                .unwrap_or_default();
            out.push_str(&format!(
                "\n### {}\n\n{}\n\n",
                requirement.title,
                story.trim()
            ));
            for criterion in &requirement.criteria {
                out.push_str(&format!("- {}\n", criterion.text));
            }
        }
    }
    out.push_str(&format!(
        "\n## Architecture\n\n{}\n",
        architecture(&units, ground)
    ));
    out.push_str(&components(&units, ground));
    out.push_str(&rest(&points, &units, ground));
    for heading in [
        "\n## Glossary\n",
        "\n## Open Decisions\n",
        "\n## Further Concerns\n",
    ] {
        if let Some(section) = section(source, heading) {
            out.push_str(section);
        }
    }
    out
}

/// A section with its heading, to the next heading of the second level.
fn section<'a>(text: &'a str, heading: &str) -> Option<&'a str> {
    let start = text.find(heading)?;
    let body = start + heading.len();
    let end = text[body..]
        .find("\n## ")
        .map_or(text.len(), |at| body + at);
    Some(&text[start..end])
}

fn overview(points: &Points<'_>, units: &[Unit], ground: &Ground) -> String {
    let new = units
        .iter()
        .filter(|unit| unit.place.as_ref().is_none_or(|place| place.new))
        .count();
    let old = units.len() - new;
    let mut text = match (old, new) {
        (0, 1) => "One new component does the work.".to_owned(),
        (1, 0) => "One existing component is extended; nothing new is needed.".to_owned(),
        (0, new) => format!("The work falls into {new} new components."),
        (old, 0) => format!("The work extends {old} existing components; nothing new is needed."),
        (old, new) => format!(
            "The work falls into {} components: {old} extended, {new} new.",
            old + new
        ),
    };
    for (class, slots) in &points.classes {
        if let Some(approach) = slots.plain(&class.approach).filter(|text| !text.is_empty()) {
            text.push(' ');
            text.push_str(approach.trim());
        }
    }
    let rules: Vec<&String> = ground
        .steering
        .iter()
        .filter(|line| is_rule(line) && concerns(line, points))
        .take(3)
        .collect();
    if !rules.is_empty() {
        text.push_str("\n\nThe steering of this project holds here too:\n\n");
        text.push_str(
            &rules
                .iter()
                .map(|rule| format!("- {}", rule.trim()))
                .collect::<Vec<_>>()
                .join("\n"),
        );
    }
    text
}

/// A sentence of the steering that tells how to write or test code.
fn is_rule(line: &str) -> bool {
    let lower = line.to_lowercase();
    line.len() < 200
        && [
            "never", "always", "must", "only", "use ", "prefer", "avoid", "don't", "do not", "no ",
        ]
        .iter()
        .any(|cue| lower.starts_with(cue) || lower.contains(&format!(" {cue}")))
        && !lower.contains("#[[")
}

/// Whether a rule is about how code is written, or about what this spec works on.
fn concerns(line: &str, points: &Points<'_>) -> bool {
    let lower = line.to_lowercase();
    let craft = [
        "test",
        "service",
        "route",
        "module",
        "function",
        "class",
        "error",
        "dependenc",
        "librar",
        "type",
        "import",
        "comment",
        "log",
        "async",
        "null",
        "panic",
        "query",
        "sql",
        "style",
        "format",
        "handler",
        "controller",
    ]
    .iter()
    .any(|word| lower.contains(word));
    let mine: std::collections::BTreeSet<String> = points
        .classes
        .iter()
        .flat_map(|(_, slots)| {
            crate::plan::criteria::content(&format!("{} {}", slots.object, slots.thing))
        })
        .collect();
    craft || !mine.is_disjoint(&crate::plan::criteria::content(line))
}

fn architecture(units: &[Unit], ground: &Ground) -> String {
    let mut chain: Vec<String> = Vec::new();
    for unit in units.iter().rev() {
        let name = unit
            .place
            .as_ref()
            .map_or_else(|| unit.system.clone(), |place| format!("`{}`", place.path));
        if !name.is_empty() && !chain.contains(&name) {
            chain.push(name);
        }
    }
    let tools: Vec<&str> = ground
        .project
        .frameworks
        .iter()
        .map(String::as_str)
        .take(3)
        .collect();
    let language = ground
        .project
        .languages
        .first()
        .map(|(language, _)| language.name());
    let base = match (language, tools.as_slice()) {
        (Some(language), []) => format!("It stays within what the project uses: {language}."),
        (Some(language), tools) => format!("It stays within what the project uses: {language} with {}.", tools.join(", ")),
        (None, _) => "The project has no source yet, so the files below are named when the first of them is made.".to_owned(),
    };
    match chain.as_slice() {
        [] | [_] => base,
        list => format!(
            "{base} Calls go from {}, and never back.",
            list.join(" to ")
        ),
    }
}

fn components(units: &[Unit], ground: &Ground) -> String {
    let mut out = String::from("\n## Components and Interfaces\n");
    for (name, group) in grouped(units) {
        let unit = group[0];
        let what = match &unit.place {
            Some(place) if place.new => format!(
                "A new file, `{}` *new*, {}.",
                place.path,
                home::ties(&place.path, ground)
            )
            .replace(", .", "."),
            Some(place) => place
                .symbol
                .as_ref()
                .filter(|_| group.len() == 1)
                .map_or_else(
                    || format!("Extends `{}`.", place.path),
                    |symbol| format!("Extends `{symbol}` in `{}`.", place.path),
                ),
            None if ground.has_source() => format!("A part of {}.", unit.system),
            None => "A new part.".to_owned(),
        };
        out.push_str(&format!("\n### {name}\n\n{what}\n\n"));
        let mut ids: Vec<String> = Vec::new();
        for unit in &group {
            out.push_str(&format!("- {}\n", unit.title));
            for step in unit.steps.iter().take(5) {
                if !step.starts_with(unit.title.as_str()) {
                    out.push_str(&format!("  - {step}\n"));
                }
            }
            ids.extend(unit.ids.iter().cloned());
        }
        ids.sort_by_key(|id| numbers(id));
        ids.dedup();
        out.push_str(&format!("- Covers: {}\n", ids.join(", ")));
    }
    out
}

/// Units by file, named after it.
fn grouped(units: &[Unit]) -> Vec<(String, Vec<&Unit>)> {
    let mut out: Vec<(String, Vec<&Unit>)> = Vec::new();
    for unit in units {
        let name = unit.place.as_ref().map_or_else(
            || unit.title.clone(),
            |place| {
                place
                    .path
                    .rsplit('/')
                    .next()
                    .unwrap_or(&place.path)
                    .to_owned()
            },
        );
        let same = |other: &&Unit| {
            other.place.as_ref().map(|p| &p.path) == unit.place.as_ref().map(|p| &p.path)
                && unit.place.is_some()
        };
        let at = out.iter().position(|(_, group)| group.iter().any(same));
        let taken = out.iter().any(|(known, _)| *known == name);
        match at {
            Some(at) => out[at].1.push(unit),
            None if taken => out.push((
                unit.place.as_ref().map_or(name, |place| place.path.clone()),
                vec![unit],
            )),
            None => out.push((name, vec![unit])),
        }
    }
    out
}

/// An id as numbers, for sorting.
pub fn numbers(id: &str) -> Vec<u32> {
    id.split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect()
}

fn rest(points: &Points<'_>, units: &[Unit], ground: &Ground) -> String {
    let mut out = String::new();
    let data: Vec<String> = points
        .classes
        .iter()
        .flat_map(|(class, slots)| {
            class
                .data
                .iter()
                .filter_map(|line| slots.plain(line))
                .collect::<Vec<_>>()
        })
        .filter(|line| {
            !points
                .out
                .iter()
                .any(|what| crate::plan::criteria::mentions(line, what))
        })
        .collect();
    if !data.is_empty() {
        out.push_str("\n## Data Models\n\n");
        data.iter()
            .for_each(|line| out.push_str(&format!("- {}\n", type_names(line, ground))));
    }
    let properties = properties(points);
    if !properties.is_empty() {
        out.push_str("\n## Correctness Properties\n");
        for (at, property) in properties.iter().enumerate() {
            out.push_str(&self::property(at + 1, property));
        }
    }
    let errors = errors(points);
    if !errors.is_empty() {
        out.push_str("\n## Error Handling\n\n");
        errors
            .iter()
            .for_each(|line| out.push_str(&format!("- {line}\n")));
    }
    out.push_str(&format!(
        "\n## Testing Strategy\n\n{}\n",
        testing(units, ground, !properties.is_empty())
    ));
    out
}

/// "`sign in failure`: …" as "`SignInFailure`: …": what stands in ticks in front is a type's name.
fn type_names(line: &str, ground: &Ground) -> String {
    let Some(rest) = line.strip_prefix('`') else {
        return line.to_owned();
    };
    let Some((name, tail)) = rest.split_once('`') else {
        return line.to_owned();
    };
    let pascal: String = name.split(' ').map(crate::plan::title::capital).collect();
    // A type that is still to be made has no name yet; what it is called is for the code to say.
    if crate::write::marks::knows_symbol(ground, &pascal) {
        format!("`{pascal}`{tail}")
    } else {
        format!("{}{tail}", crate::plan::title::capital(name))
    }
}

fn property(number: usize, property: &Property) -> String {
    format!(
        "\n### Property {number}: {}\n\n{}\n\n**Validates: Requirements {}**\n",
        property.title,
        property.text,
        property.ids.join(", ")
    )
}

/// What goes wrong and what is done about it.
fn errors(points: &Points<'_>) -> Vec<String> {
    let mut out = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    for (at, (class, slots)) in points.classes.iter().enumerate() {
        for error in &class.errors {
            let ids: Vec<&str> = points
                .all
                .iter()
                .filter(|point| {
                    point
                        .known
                        .is_some_and(|(of, criterion)| of == at && criterion.concern == error.of)
                })
                .map(|point| point.id.as_str())
                .collect();
            let (Some(case), Some(answer)) = (slots.plain(&error.case), slots.plain(&error.answer))
            else {
                continue;
            };
            if !ids.is_empty() {
                out.push(format!(
                    "{case}: {} ({})",
                    lower_first(&answer),
                    ids.join(", ")
                ));
                told.extend(ids);
            }
        }
    }
    for point in points.all.iter().filter(|point| {
        point.pattern == Pattern::UnwantedBehaviour && !told.contains(&point.id.as_str())
    }) {
        let not = if point.sentence.not { "never " } else { "" };
        out.push(format!(
            "{}: {not}{} ({})",
            crate::plan::title::capital(&point.sentence.condition),
            point.sentence.shall,
            point.id
        ));
    }
    out
}

fn testing(units: &[Unit], ground: &Ground, has_properties: bool) -> String {
    let mut text = match (ground.runner(), ground.test_command()) {
        (Some(runner), Some(command)) if command != runner => format!("Tests run with {runner} (`{command}`)."),
        (Some(runner), _) => format!("Tests run with {runner}."),
        (None, _) => "The project has no test runner yet; the first task picks the usual one for its language.".to_owned(),
    };
    let mut files: Vec<String> = Vec::new();
    for (path, new) in units.iter().filter_map(|unit| unit.test.as_ref()) {
        let shown = if *new {
            format!("`{path}` *new*")
        } else {
            format!("`{path}`")
        };
        if !files.contains(&shown) {
            files.push(shown);
        }
    }
    if !files.is_empty() {
        text.push_str(&format!(" Test files: {}.", files.join(", ")));
    }
    let model = units
        .iter()
        .filter_map(|unit| unit.test.as_ref())
        .find(|(_, new)| *new)
        .and_then(|(path, _)| home::like(path, ground));
    if let Some(model) =
        model.filter(|model| !files.iter().any(|file| file.contains(model.as_str())))
    {
        text.push_str(&format!(" New ones are written as `{model}` is."));
    }
    text.push_str(" Each criterion has at least one test that fails without it.");
    if has_properties {
        text.push_str(" Each property has one test over generated input, named after it.");
    }
    let by_hand = units
        .iter()
        .filter(|unit| unit.layer == rutter_catalogue::Layer::Ui)
        .flat_map(|unit| unit.ids.iter().cloned())
        .collect::<Vec<_>>();
    if !by_hand.is_empty() && ground.has_face() {
        text.push_str(&format!(
            " What a person sees ({}) is also tried once with the keyboard alone.",
            by_hand.join(", ")
        ));
    }
    let _ = sentence::unlinked;
    text
}
