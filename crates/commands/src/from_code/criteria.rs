//! What is seen, as criteria in EARS: each says what the code says, and no more.

use rutter_code::observe::{Exit, Observed, Then, Value, When};
use rutter_text::Source;

/// A criterion before it has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The sentence.
    pub text: String,
    /// The file and the line that show it.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// What nobody can know from the code: a question and its answers.
    pub question: Option<(String, [String; 2])>,
}

/// Code between backticks.
fn quoted(code: &str) -> String {
    format!("`{code}`")
}

/// What a function is for, in its own words.
pub fn offer(subject: &str, file: &str, source: &Source, function: &Observed) -> Option<Line> {
    let says = function.says.as_ref()?;
    let name = full_name(function);
    Some(Line {
        text: format!(
            "THE {subject} SHALL offer {}, described as \"{says}\"",
            quoted(&name)
        ),
        file: file.to_owned(),
        line: source.line_of(function.symbol.name_range.start) + 1,
        question: None,
    })
}

/// An exit: the condition as the function finds it, and what it does then.
pub fn exit(
    subject: &str,
    file: &str,
    source: &Source,
    function: &Observed,
    exit: &Exit,
    values: &[Value],
) -> Line {
    let name = quoted(&full_name(function));
    let condition = match &exit.when {
        When::Holds(code) => format!("{name} finds {}", quoted(code)),
        When::Fails(code) => format!("{name} finds that {} does not hold", quoted(code)),
        When::IsNot(value, shape) => {
            format!(
                "{name} finds that {} is not {}",
                quoted(value),
                quoted(shape)
            )
        }
        When::ErrorFrom(call) => format!("{name} gets an error from {}", quoted(call)),
        When::NoCase(value) => format!("{name} finds no case for {}", quoted(value)),
    };
    let condition = match known(&exit.when, values) {
        Some(value) => {
            let is = format!("{} is {}", quoted(&value.name), quoted(&value.value));
            format!("{condition} ({is})")
        }
        None => condition,
    };
    let text = match &exit.then {
        Then::Fails(verb, error) => {
            let verb = verb.as_str();
            format!(
                "IF {condition}, THEN THE {subject} SHALL {verb} {}",
                quoted(error)
            )
        }
        Then::Returns(value) => {
            format!(
                "WHEN {condition}, THE {subject} SHALL return {}",
                quoted(value)
            )
        }
        Then::Runs(code) => {
            format!(
                "WHEN {condition}, THE {subject} SHALL run {} and return",
                quoted(code)
            )
        }
        Then::Stops => format!("WHEN {condition}, THE {subject} SHALL return at once"),
    };
    Line {
        text,
        file: file.to_owned(),
        line: source.line_of(exit.range.start) + 1,
        question: limit(exit, values),
    }
}

/// A test that speaks of a function.
pub fn test(subject: &str, file: &str, line: usize, title: &str) -> Line {
    let title = title.replace(['"', '`'], "'");
    Line {
        text: format!("THE {subject} SHALL satisfy its test \"{title}\""),
        file: file.to_owned(),
        line,
        question: None,
    }
}

/// The name of a function with what it belongs to.
pub fn full_name(function: &Observed) -> String {
    match &function.symbol.container {
        Some(container) => format!("{container}.{}", function.symbol.name),
        None => function.symbol.name.clone(),
    }
}

/// The constant of this file that a condition compares with.
fn known<'a>(when: &When, values: &'a [Value]) -> Option<&'a Value> {
    let code = code_of(when)?;
    let words = words(code);
    values
        .iter()
        .find(|value| words.contains(&value.name.as_str()))
}

/// A limit that stands in the code as a bare number: nobody can tell from there that it is the one that is wanted.
fn limit(exit: &Exit, values: &[Value]) -> Option<(String, [String; 2])> {
    if !matches!(exit.then, Then::Fails(..)) {
        return None;
    }
    let code = code_of(&exit.when)?;
    if let Some(value) = known(&exit.when, values) {
        return Some(question(&value.value, &value.name));
    }
    let compares = [" > ", " >= ", " < ", " <= "];
    let at = compares
        .iter()
        .find_map(|op| code.find(op).map(|at| at + op.len()))?;
    let number: String = code[at..]
        .chars()
        .take_while(|c| c.is_ascii_digit() || matches!(c, '_' | '.'))
        .collect();
    let ends = !code[at + number.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '.');
    // Nought and one are no limits that somebody chose.
    let is_limit = number.trim_matches(['.', '_']).len() == number.len()
        && number
            .parse::<f64>()
            .map_or(number.contains('_'), |n| n > 1.0);
    (ends && is_limit).then(|| question(&number, code))
}

fn question(value: &str, code: &str) -> (String, [String; 2]) {
    (
        // Backticks stand around choices.
        format!("Is {value} in \"{code}\" the limit that is wanted?"),
        [format!("{value} as it is"), "Another limit".to_owned()],
    )
}

fn code_of(when: &When) -> Option<&str> {
    match when {
        When::Holds(code) | When::Fails(code) => Some(code),
        _ => None,
    }
}

/// The names in a piece of code.
pub fn words(code: &str) -> Vec<&str> {
    code.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .collect()
}
