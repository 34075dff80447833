//! `design.md` of a feature.

mod errors;
mod overview;
mod parts;
mod testing;

use rutter_spec::Spec;

use errors::errors;
use overview::overview;
use testing::testing;

use super::points::{self, Points};
use super::properties::{Property, properties};
use super::units::{Unit, units};
use crate::ground::Ground;

/// Drafts the design of a spec from its requirements.
pub fn design(spec: &Spec, ground: &Ground) -> String {
    let points = points::read(spec, ground);
    let units = units(&points, spec, ground);
    let mut out = format!(
        "# Design Document: {}\n\n## Overview\n\n{}\n",
        super::title(spec),
        overview(&points, &units, ground)
    );
    out.push_str(&structure(&units, ground));
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
    out.push_str(&structure(&units, ground));
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

/// An id as numbers, for sorting.
pub fn numbers(id: &str) -> Vec<u32> {
    id.split(|c: char| !c.is_ascii_digit())
        .filter_map(|part| part.parse().ok())
        .collect()
}

/// The parts and how they hang together.
fn structure(units: &[Unit], ground: &Ground) -> String {
    let architecture = parts::architecture(units, ground)
        .map_or_else(String::new, |text| format!("\n## Architecture\n\n{text}\n"));
    architecture + &parts::components(units, ground)
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
        testing(units, ground)
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
