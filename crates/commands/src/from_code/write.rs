//! `requirements.md` of what is seen: small enough to be read, with what was left out named.

use std::collections::HashSet;
use std::fmt::Write as _;

use rutter_code::Symbol;
use rutter_code::observe::{Observed, Value};
use rutter_text::Source;

use super::criteria::{self, Line};

/// The most requirements.
const REQUIREMENTS: usize = 8;
/// The most criteria of one.
const CRITERIA: usize = 6;
/// The most tests that are named for one function.
const TESTS: usize = 2;
/// The most decisions.
const DECISIONS: usize = 3;

/// A test with its code.
pub struct TestOf {
    /// The file below the workspace folder.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// Its title or name.
    pub title: String,
    /// Its code.
    pub code: String,
}

/// What is written about.
pub struct Module<'a> {
    /// The file below the workspace folder.
    pub file: &'a str,
    /// From the spec's folder to the workspace folder.
    pub up: String,
    /// Its text.
    pub source: &'a Source,
    /// What it says of itself.
    pub says: Option<&'a str>,
    /// Its constants.
    pub values: &'a [Value],
    /// The functions that are written about.
    pub functions: Vec<&'a Observed>,
    /// The types that can be used from outside.
    pub types: Vec<&'a (Symbol, Option<String>)>,
    /// How many functions can't be used from outside.
    pub hidden: usize,
    /// The tests around it.
    pub tests: Vec<TestOf>,
}

/// The document, and what to tell about it.
pub struct Written {
    /// The document.
    pub text: String,
    /// A sentence or two.
    pub message: String,
}

/// A requirement before it has a number.
struct Group {
    title: String,
    lines: Vec<Line>,
}

/// Writes it; nothing where nothing is seen.
pub fn write(module: &Module<'_>) -> Option<Written> {
    let subject = subject(module.file);
    let (mut groups, mut left) = groups(module, &subject);
    say_once(&mut groups);
    if groups.is_empty() {
        return None;
    }
    for group in &mut groups {
        left += group.lines.len().saturating_sub(CRITERIA);
        group.lines.truncate(CRITERIA);
    }
    let dropped = groups.len().saturating_sub(REQUIREMENTS);
    for group in groups.drain(groups.len() - dropped..) {
        left += group.lines.len();
    }
    let total: usize = groups.iter().map(|group| group.lines.len()).sum();
    let mut out = String::from("# Requirements Document\n\n## Introduction\n\n");
    out.push_str(&introduction(module, &subject, left));
    let own = module
        .types
        .iter()
        .find(|(symbol, _)| symbol.name == plain(&subject));
    let says = module.says.or(own.and_then(|(_, says)| says.as_deref()));
    let what = says.map_or_else(
        || format!("what `{}` holds", module.file),
        |says| format!("`{}`, described as \"{says}\"", module.file),
    );
    let _ = write!(
        out,
        "\n\n## Glossary\n\n- **{subject}**: {what}\n\n## Requirements\n"
    );
    let mut decisions: Vec<String> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let _ = write!(
            out,
            "\n### Requirement {}: {}\n\n#### Acceptance Criteria\n\n",
            at + 1,
            group.title
        );
        for (number, line) in group.lines.iter().enumerate() {
            let link = format!(
                "[{}:{}]({}{}#L{})",
                short(&line.file),
                line.line,
                module.up,
                line.file,
                line.line
            );
            let _ = writeln!(out, "{}. {} _Observed in {link}_", number + 1, line.text);
            if let Some((question, choices)) = &line.question
                && decisions.len() < DECISIONS
                && !decisions
                    .iter()
                    .any(|known| known.contains(question.as_str()))
            {
                decisions.push(format!(
                    "- **D{}** {question} `{}` | `{}` ({}.{})",
                    decisions.len() + 1,
                    choices[0],
                    choices[1],
                    at + 1,
                    number + 1
                ));
            }
        }
    }
    if !decisions.is_empty() {
        let _ = write!(out, "\n## Open Decisions\n\n{}\n", decisions.join("\n"));
    }
    let criteria = if total == 1 { "criterion" } else { "criteria" };
    let mut message = format!(
        "{total} {criteria} of what {} does today. Keep what is meant, strike what is not.",
        module.file
    );
    match left {
        0 => {}
        1 => message.push_str(" 1 more observation was left out."),
        _ => {
            let _ = write!(message, " {left} more observations were left out.");
        }
    }
    Some(Written { text: out, message })
}

fn introduction(module: &Module<'_>, subject: &str, left: usize) -> String {
    let mut text = format!(
        "This describes what [{file}]({}{file}) does today, read from its code. It is an observation: it says what the {subject} \
         does and neither why nor whether that is wanted.",
        module.up,
        file = module.file
    );
    let mut out: Vec<String> = Vec::new();
    let plural = |n: usize, one: &str, many: &str| {
        if n == 1 {
            format!("1 {one}")
        } else {
            format!("{n} {many}")
        }
    };
    if module.hidden > 0 {
        out.push(plural(
            module.hidden,
            "function that is not public",
            "functions that are not public",
        ));
    }
    if left > 0 {
        out.push(plural(left, "further observation", "further observations"));
    }
    if !out.is_empty() {
        let _ = write!(
            text,
            "\n\nLeft out: {}. Select a part of the file to see what was left out of it.",
            out.join("; ")
        );
    }
    text
}

/// A requirement for each function that shows something of its own; methods that show one thing each stand together by their
/// type, and the other functions at the end. With how many observations could not be put into words.
fn groups(module: &Module<'_>, subject: &str) -> (Vec<Group>, usize) {
    let mut groups: Vec<Group> = Vec::new();
    let mut small: Vec<(String, Vec<Line>)> = Vec::new();
    let mut left = 0;
    for (symbol, says) in &module.types {
        let Some(says) = says else { continue };
        // What the glossary says of it already.
        if module.says.is_none() && symbol.name == plain(subject) {
            continue;
        }
        let line = Line {
            text: format!(
                "THE {subject} SHALL offer `{}`, described as \"{says}\"",
                symbol.name
            ),
            file: module.file.to_owned(),
            line: module.source.line_of(symbol.name_range.start) + 1,
            question: None,
        };
        join(&mut small, &symbol.name, vec![line]);
    }
    for function in &module.functions {
        left += function.left_out;
        let lines = lines(module, subject, function);
        match (lines.len(), &function.symbol.container) {
            (0, _) => {}
            (1 | 2, container) => {
                let of = container.clone().unwrap_or_default();
                join(&mut small, &of, lines);
            }
            (_, _) => groups.push(Group {
                title: format!("`{}`", criteria::full_name(function)),
                lines,
            }),
        }
    }
    // A type of which only one thing is seen joins the others.
    let (alone, together): (Vec<_>, Vec<_>) = small
        .into_iter()
        .partition(|(of, lines)| of.is_empty() || lines.len() < 2);
    groups.extend(together.into_iter().map(|(of, lines)| Group {
        title: format!("`{of}`"),
        lines,
    }));
    let rest: Vec<Line> = alone.into_iter().flat_map(|(_, lines)| lines).collect();
    let several = rest.len() > CRITERIA;
    for (at, lines) in rest.chunks(CRITERIA).enumerate() {
        let title = match (groups.is_empty() && !several, several) {
            (true, _) => format!("What the {subject} offers"),
            (false, false) => format!("What else the {subject} offers"),
            (false, true) => format!("What else the {subject} offers, part {}", at + 1),
        };
        groups.push(Group {
            title,
            lines: lines.to_vec(),
        });
    }
    (groups, left)
}

/// A test that calls several functions is told at the last of them: those before set up what it looks at.
fn say_once(groups: &mut Vec<Group>) {
    let mut said: HashSet<(String, usize, String)> = HashSet::new();
    for group in groups.iter_mut().rev() {
        let key = |line: &Line| (line.file.clone(), line.line, line.text.clone());
        group.lines.retain(|line| said.insert(key(line)));
    }
    groups.retain(|group| !group.lines.is_empty());
}

/// A subject as a type would be called.
fn plain(subject: &str) -> String {
    subject.replace('_', "")
}

fn join(small: &mut Vec<(String, Vec<Line>)>, of: &str, lines: Vec<Line>) {
    match small.iter_mut().find(|(known, _)| known == of) {
        Some((_, known)) => known.extend(lines),
        None => small.push((of.to_owned(), lines)),
    }
}

fn lines(module: &Module<'_>, subject: &str, function: &Observed) -> Vec<Line> {
    let (file, source) = (module.file, module.source);
    let mut lines: Vec<Line> = Vec::new();
    lines.extend(criteria::offer(subject, file, source, function));
    for exit in &function.exits {
        lines.push(criteria::exit(
            subject,
            file,
            source,
            function,
            exit,
            module.values,
        ));
    }
    let speaks = |test: &&TestOf| {
        let name = &function.symbol.name;
        name.len() > 2 && calls(&test.code, name)
    };
    let tests = module.tests.iter().filter(speaks).take(TESTS);
    lines.extend(tests.map(|t| criteria::test(subject, &t.file, t.line, &t.title)));
    lines
}

/// Whether code calls a function of this name.
fn calls(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].trim_start();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
            && after.starts_with(['(', '<', '!'])
    })
}

/// How the file is called in a criterion: `rate_limiter.rs` → `Rate_Limiter`.
fn subject(file: &str) -> String {
    let words: Vec<String> = stem_words(file)
        .iter()
        .map(|word| {
            let mut chars = word.chars();
            let first = chars.next().map(|c| c.to_uppercase().to_string());
            first.unwrap_or_default() + chars.as_str()
        })
        .collect();
    let words = words.join("_");
    if words.is_empty() {
        "Module".to_owned()
    } else {
        words
    }
}

/// The name of the spec: `rate_limiter.rs` → `rate-limiter`.
pub fn spec_name(file: &str) -> String {
    let name = stem_words(file).join("-").to_lowercase();
    if name.is_empty() {
        "module".to_owned()
    } else {
        name
    }
}

/// The name of a file without its extension.
pub fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The words of a file's name; of one that only stands for its folder those of the folder.
fn stem_words(file: &str) -> Vec<String> {
    let own = stem(file);
    let parent = file.rsplit('/').nth(1);
    let named = match (own, parent) {
        ("index" | "mod" | "__init__" | "lib" | "main", Some(folder)) => match folder {
            "src" => file.rsplit('/').nth(2).unwrap_or(own),
            folder => folder,
        },
        _ => own,
    };
    let mut words: Vec<String> = vec![String::new()];
    let mut last = ' ';
    for c in named.chars() {
        let is_word = c.is_ascii_alphanumeric() || c.is_alphabetic();
        let begins = c.is_uppercase() && last.is_lowercase();
        if (!is_word || begins) && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if is_word && let Some(word) = words.last_mut() {
            word.push(c);
        }
        last = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

fn short(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}
