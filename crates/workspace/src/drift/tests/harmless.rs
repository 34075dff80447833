//! Changes of source that change nothing of what it does: what people and formatters do to it all day.

use std::ops::Range;

use rutter_code::{Language, SymbolKind, Unit, units};

use super::seeds::{Ground, Seed, is_string};

/// Lists that may be broken after each bracket.
const LISTS: &[&str] = &[
    "arguments",
    "argument_list",
    "parameters",
    "formal_parameters",
    "parameter_list",
];

/// All of them.
pub fn harmless(ground: &Ground<'_>) -> Vec<Seed> {
    let mut seeds = Vec::new();
    comments(ground, &mut seeds);
    lines(ground, &mut seeds);
    space(ground, &mut seeds);
    lists(ground, &mut seeds);
    moves(ground, &mut seeds);
    quotes(ground, &mut seeds);
    style(ground, &mut seeds);
    seeds
}

fn comments(ground: &Ground<'_>, seeds: &mut Vec<Seed>) {
    for comment in ground.comments() {
        let said = &ground.text[comment.clone()];
        let ends = ["*/", "\"\"\""].into_iter().find(|end| said.ends_with(end));
        let at = comment.end - ends.map_or(0, str::len);
        seeds.push(ground.seed("a comment", at..at, " and more "));
        if ends.is_none() {
            seeds.push(ground.seed("a comment gone", comment.clone(), ""));
        }
    }
}

/// Where lines end that do not end in a text or a comment.
fn line_ends<'g>(ground: &'g Ground<'_>) -> impl Iterator<Item = usize> + 'g {
    let ends = ground.text.match_indices('\n').map(|(at, _)| at);
    ends.filter(|at| {
        let in_text = ground.in_string(*at) || ground.text[..*at].ends_with('\\');
        let in_comment = ground
            .comments()
            .iter()
            .any(|c| c.start <= *at && *at <= c.end);
        !in_text && !in_comment
    })
}

fn lines(ground: &Ground<'_>, seeds: &mut Vec<Seed>) {
    let mark = match ground.language {
        Language::Python | Language::Ruby => "#",
        _ => "//",
    };
    for (n, at) in line_ends(ground).enumerate() {
        if n % 3 == 0 {
            seeds.push(ground.seed("a comment behind", at..at, &format!(" {mark} why")));
        }
        if n % 3 == 1 {
            seeds.push(ground.seed("a blank line", at..at, "\n"));
        }
        if n % 3 == 2 {
            seeds.push(ground.seed("a comment between", at..at, &format!("\n{mark} why")));
        }
    }
}

fn space(ground: &Ground<'_>, seeds: &mut Vec<Seed>) {
    let text = ground.text;
    let gaps = text.match_indices(' ').map(|(at, _)| at).filter(|at| {
        let indent = text[..*at].rsplit('\n').next().unwrap_or_default();
        !indent.trim().is_empty() && !ground.in_string(*at) && !ground.in_comment(*at)
    });
    for (_, at) in gaps.enumerate().filter(|(n, _)| n % 4 == 0) {
        seeds.push(ground.seed("space", at..at, "  "));
    }
    seeds.push(Seed {
        what: "CRLF",
        at: 0..0,
        text: text.replace('\n', "\r\n"),
    });
    let deeper = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        let indent = line.len() - line.trim_start_matches(' ').len();
        let stays = ground.in_string(start);
        Some(if stays {
            line.to_owned()
        } else {
            format!("{}{line}", " ".repeat(indent))
        })
    });
    // A text over several lines may be measured by the code around it.
    if !matches!(ground.language, Language::Java | Language::Ruby) {
        seeds.push(Seed {
            what: "wider indentation",
            at: 0..0,
            text: deeper.collect(),
        });
    }
}

/// Breaks and joins lists, with and without a comma at their end.
fn lists(ground: &Ground<'_>, seeds: &mut Vec<Seed>) {
    let comma = match ground.language {
        Language::Java | Language::CSharp | Language::Ruby => "",
        _ => ",",
    };
    let nodes = ground.nodes();
    for node in nodes.iter().copied() {
        let said = ground.says(node);
        let is_receiver = ground.text[..node.start_byte()].ends_with("func ");
        let is_list = LISTS.contains(&node.kind()) && node.named_child_count() > 0 && !is_receiver;
        if !is_list
            || ground.in_string(node.start_byte())
            || !said.starts_with('(')
            || !said.ends_with(')')
        {
            continue;
        }
        let inside = said[1..said.len() - 1].trim().trim_end_matches(',');
        let is_alone = inside.contains(" for ") && ground.language == Language::Python;
        let rest = inside.contains("...") || inside.starts_with('*') || inside.contains('#');
        let comma = if is_alone || rest { "" } else { comma };
        if !(rest && ground.language == Language::Go) {
            let broken = format!("(\n        {inside}{comma}\n    )");
            seeds.push(ground.seed("a list broken", node.byte_range(), &broken));
        }
        if said.contains('\n') && !nodes.iter().any(|n| is_within(*n, &node.byte_range())) {
            let joined: Vec<&str> = inside.lines().map(str::trim).collect();
            let joined = format!("({})", joined.join(" "));
            seeds.push(ground.seed("a list joined", node.byte_range(), &joined));
        }
    }
}

/// Whether lines of a node can't be joined as they are.
fn is_within(node: tree_sitter::Node<'_>, range: &Range<usize>) -> bool {
    let inside = range.start <= node.start_byte() && node.end_byte() <= range.end;
    inside && (is_string(node) || node.kind().contains("block") || node.kind().contains("body"))
}

/// Functions that change their places.
fn moves(ground: &Ground<'_>, seeds: &mut Vec<Seed>) {
    let all = units(ground.language, ground.text);
    let functions: Vec<&Unit> = all
        .iter()
        .filter(|u| matches!(u.kind, SymbolKind::Function | SymbolKind::Method))
        .collect();
    for pair in functions.windows(2) {
        let (one, two) = (pair[0], pair[1]);
        // What is between must belong to neither.
        if one.container != two.container || one.range.end > two.range.start || one.name == two.name
        {
            continue;
        }
        let text = ground.text;
        let between = &text[one.range.end..two.range.start];
        if between.contains('}') || between.contains("end") || between.contains("private") {
            continue;
        }
        let swapped = format!(
            "{}{between}{}",
            &text[two.range.clone()],
            &text[one.range.clone()]
        );
        let range = one.range.start..two.range.end;
        seeds.push(ground.seed("functions moved", range, &swapped));
    }
}

/// Formatters choose the quotes where both say the same.
fn quotes(ground: &Ground<'_>, seeds: &mut Vec<Seed>) {
    use Language::{JavaScript, Php, Python, Ruby, Tsx, TypeScript};
    if !matches!(
        ground.language,
        JavaScript | Tsx | TypeScript | Python | Ruby | Php
    ) {
        return;
    }
    for node in ground.nodes().into_iter().filter(|n| is_string(*n)) {
        let said = ground.says(node);
        let plain = |inside: &str| !inside.contains(['"', '\'', '\\', '#', '$', '{', '\n']);
        for (quote, other) in [('"', '\''), ('\'', '"')] {
            let inside = said.strip_prefix(quote).and_then(|s| s.strip_suffix(quote));
            if let Some(inside) = inside.filter(|inside| plain(inside)) {
                let with = format!("{other}{inside}{other}");
                seeds.push(ground.seed("quotes", node.byte_range(), &with));
            }
        }
    }
}

/// What only some languages have, and what stands around.
fn style(ground: &Ground<'_>, seeds: &mut Vec<Seed>) {
    let (text, language) = (ground.text, ground.language);
    let import = match language {
        Language::Rust => "use std::path::Path;\n",
        Language::TypeScript => "import { join } from \"node:path\";\n",
        Language::Python => "import sys\n",
        Language::Go => "import \"os\"\n",
        Language::Java => "import java.io.File;\n",
        Language::CSharp => "using System.IO;\n",
        Language::Ruby => "require 'json'\n",
        _ => "use Example\\Other;\n",
    };
    let first = match language {
        Language::Go => text.find("import"),
        Language::Java => text.find("import"),
        Language::Php => text.find("use "),
        Language::Python => text.find("import functools"),
        Language::Rust => text.find("use "),
        _ => Some(0),
    };
    let first = first.unwrap();
    seeds.push(ground.seed("an import", first..first, import));
    for node in ground.nodes() {
        let said = ground.says(node);
        let value = node.named_child(0);
        let wraps = matches!(language, Language::TypeScript | Language::Python)
            && node.kind() == "return_statement"
            && !said.starts_with("return (");
        if let Some(value) = value.filter(|_| wraps) {
            let with = format!("(\n            {}\n        )", ground.says(value));
            seeds.push(ground.seed("a value in brackets", value.byte_range(), &with));
        }
        if language == Language::TypeScript
            && said == ";"
            && text[node.end_byte()..].starts_with('\n')
        {
            seeds.push(ground.seed("no semicolon", node.byte_range(), ""));
        }
        if language == Language::Rust && node.kind() == "match_arm" {
            let value = node.child_by_field_name("value").unwrap();
            let said = ground.says(value);
            if !said.starts_with('{') {
                let with = format!("{{\n                {said}\n            }}");
                let after = value.end_byte();
                let comma = usize::from(text[after..].starts_with(','));
                seeds.push(ground.seed(
                    "braces of an arm",
                    value.start_byte()..after + comma,
                    &with,
                ));
            }
        }
    }
}
