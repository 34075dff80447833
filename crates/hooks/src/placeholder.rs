//! `{file}` and its like in a command: where a file's name can be put so that no name is taken for shell code.
//!
//! A name is only put where it stays one word whatever is in it. Everywhere else the text stays as it is, and the rule
//! `hook/file-placeholder` says so: `"$RUTTER_FILE"` works there.

use std::ops::Range;

/// What stands for the file: the braces around it may be doubled.
const NAMES: [&str; 6] = [
    "file",
    "files",
    "filepath",
    "file_path",
    "filename",
    "filePath",
];

/// Programs that read their arguments as a shell again.
const AGAIN: [&str; 8] = [
    "eval", "ssh", "watch", "parallel", "su", "runuser", "script", "xargs",
];

const SHELLS: [&str; 7] = ["sh", "bash", "zsh", "dash", "ksh", "fish", "busybox"];

/// A place where a command names its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// Its bytes in the command.
    pub range: Range<usize>,
    /// The word it stands in, and the quotes around it, if it is safe to put a name there.
    pub word: Option<Word>,
}

/// The word of a shell that a placeholder stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its bytes in the command.
    pub range: Range<usize>,
    /// What closes and opens the quotes around the placeholder; empty where it stands in none.
    pub quote: &'static str,
}

/// The places where a command names its file, in order.
pub fn placeholders(command: &str) -> Vec<Placeholder> {
    let found = written(command);
    if found.is_empty() {
        return Vec::new();
    }
    let words = words(command);
    found
        .into_iter()
        .map(|range| Placeholder {
            word: words
                .as_ref()
                .and_then(|words| word(command, words, &range)),
            range,
        })
        .collect()
}

/// The command with the names of files put in, each as [`quote`] says; a word with a placeholder is there once for each
/// file. `None` where a name can't be put in: there is no file, or `quote` gives nothing.
pub fn fill(
    command: &str,
    files: &[String],
    quote: impl Fn(&str) -> Option<String>,
) -> Option<String> {
    let places: Vec<Placeholder> = placeholders(command)
        .into_iter()
        .filter(|place| place.word.is_some())
        .collect();
    if places.is_empty() {
        return Some(command.to_owned());
    }
    if files.is_empty() {
        return None;
    }
    let mut out = String::with_capacity(command.len());
    let mut at = 0;
    while let Some(whole) = places
        .iter()
        .filter_map(|place| place.word.as_ref())
        .find(|word| word.range.start >= at)
    {
        out.push_str(&command[at..whole.range.start]);
        for (n, file) in files.iter().enumerate() {
            if n > 0 {
                out.push(' ');
            }
            let mut inner = whole.range.start;
            // A name that begins with a hyphen would be an option.
            let file = match file.strip_prefix('-') {
                Some(_) => format!("./{file}"),
                None => file.clone(),
            };
            let quoted = quote(&file)?;
            for place in &places {
                let Some(word) = place.word.as_ref().filter(|w| w.range == whole.range) else {
                    continue;
                };
                out.push_str(&command[inner..place.range.start]);
                out.push_str(word.quote);
                out.push_str(&quoted);
                out.push_str(word.quote);
                inner = place.range.end;
            }
            out.push_str(&command[inner..whole.range.end]);
        }
        at = whole.range.end;
    }
    out.push_str(&command[at..]);
    Some(out)
}

/// `{file}`, `{{file}}`, and what of it a shell takes for its own: `${file}` where nothing in the command sets it.
fn written(command: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in command.match_indices('{') {
        if found.last().is_some_and(|last| at < last.end) {
            continue;
        }
        let double = command[at..].starts_with("{{");
        let (open, close) = if double { ("{{", "}}") } else { ("{", "}") };
        let inside = &command[at + open.len()..];
        let Some(end) = inside.find(close) else {
            continue;
        };
        let name = inside[..end].trim();
        let sets = || {
            ["=", " in "]
                .iter()
                .any(|set| command.contains(&format!("{name}{set}")))
                || command.contains("read ")
        };
        let shell = command[..at].ends_with('$');
        if NAMES.contains(&name) && !(shell && sets()) {
            let start = if shell { at - 1 } else { at };
            found.push(start..at + open.len() + end + close.len());
        }
    }
    found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quote {
    None,
    Single,
    Double,
}

/// A word, and the simple command it is in.
struct Found {
    range: Range<usize>,
    command: usize,
}

/// The words of a command line; `None` where it has parts that are read by other rules, such as here-documents.
fn words(command: &str) -> Option<Vec<Found>> {
    let other = ["<<", "((", "`", "$'", "$\""];
    if other.iter().any(|part| command.contains(part)) || command.split("${").skip(1).any(is_odd) {
        return None;
    }
    let mut words = Vec::new();
    let mut quote = Quote::None;
    let mut start = None;
    let mut simple = 0;
    let mut chars = command.char_indices();
    while let Some((at, c)) = chars.next() {
        match (quote, c) {
            (Quote::None | Quote::Double, '\\') => {
                start.get_or_insert(at);
                chars.next();
            }
            (Quote::None, '\'') => {
                start.get_or_insert(at);
                quote = Quote::Single;
            }
            (Quote::None, '"') => {
                start.get_or_insert(at);
                quote = Quote::Double;
            }
            (Quote::Single, '\'') | (Quote::Double, '"') => quote = Quote::None,
            // In there, quotes begin anew.
            (Quote::Double, '$') if command[at..].starts_with("$(") => return None,
            (Quote::None, '#') if start.is_none() => {
                // A comment ends the line, and with it the place where a name could end it.
                for (_, c) in chars.by_ref() {
                    if c == '\n' {
                        break;
                    }
                }
                simple += 1;
            }
            (Quote::None, c) if c.is_whitespace() || "|&;()<>\n".contains(c) => {
                if let Some(start) = start.take() {
                    words.push(Found {
                        range: start..at,
                        command: simple,
                    });
                }
                simple += usize::from("|&;()\n".contains(c));
            }
            (Quote::None, _) => {
                start.get_or_insert(at);
            }
            (Quote::Single | Quote::Double, _) => {}
        }
    }
    if let Some(start) = start {
        words.push(Found {
            range: start..command.len(),
            command: simple,
        });
    }
    let fed = |found: &Found| {
        let ahead = command[..found.range.start].trim_end();
        ahead.ends_with('|') && SHELLS.contains(&base(&command[found.range.clone()]))
    };
    if quote != Quote::None || words.iter().any(fed) {
        return None;
    }
    Some(words)
}

/// Whether what follows `${` is more than a name.
fn is_odd(rest: &str) -> bool {
    let name = rest
        .find(|c: char| c != '_' && !c.is_ascii_alphanumeric())
        .unwrap_or(rest.len());
    !rest[name..].starts_with('}')
}

fn base(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or(word)
}

/// The word around a placeholder, where a name in it stays a part of this word.
fn word(command: &str, words: &[Found], place: &Range<usize>) -> Option<Word> {
    // What a shell expands itself is its own.
    if command[place.clone()].starts_with('$') {
        return None;
    }
    let at = words
        .iter()
        .position(|w| w.range.start <= place.start && place.end <= w.range.end)?;
    let found = &words[at];
    let before = words[..at]
        .iter()
        .filter(|w| w.command == found.command)
        .map(|w| &command[w.range.clone()]);
    let mut is_shell = false;
    for earlier in before {
        let name = base(earlier);
        is_shell |= SHELLS.contains(&name);
        let script = is_shell && earlier.starts_with('-') && earlier.ends_with('c');
        if AGAIN.contains(&name) || script {
            return None;
        }
    }
    let text = &command[found.range.clone()];
    // With one kind of quotes and nothing that escapes, their number tells whether they are open.
    if text.contains(['$', '\\']) || text.contains('\'') && text.contains('"') {
        return None;
    }
    let ahead = &command[found.range.start..place.start];
    let open = |quote: char| ahead.matches(quote).count() % 2 == 1;
    let quote = match (open('\''), open('"')) {
        (true, _) => "'",
        (_, true) => "\"",
        _ => "",
    };
    // What is more than one word in its quotes is a script, or a text for somebody else.
    if !quote.is_empty() && text.contains(|c: char| c.is_whitespace() || "|&;()<>".contains(c)) {
        return None;
    }
    Some(Word {
        range: found.range.clone(),
        quote,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(command: &str, files: &[&str]) -> Option<String> {
        let files: Vec<String> = files.iter().map(|f| (*f).to_owned()).collect();
        fill(command, &files, |name| Some(format!("<{name}>")))
    }

    #[test]
    fn a_name_is_put_where_it_stays_a_word() {
        for (command, expected) in [
            ("ruff check --fix {file}", "ruff check --fix <a b>"),
            (
                "ruff {{file}} && echo {filePath}",
                "ruff <a b> && echo <a b>",
            ),
            ("lint --path={file} -q", "lint --path=<a b> -q"),
            ("lint \"{file}\"", "lint \"\"<a b>\"\""),
            ("lint '{file}'", "lint ''<a b>''"),
            ("lint 'src/{file}'", "lint 'src/'<a b>''"),
            ("cp {file} {file}.bak", "cp <a b> <a b>.bak"),
            (
                "cat {file}|wc; gcc -c {file}>log",
                "cat <a b>|wc; gcc -c <a b>>log",
            ),
            ("${HOME}/lint {file}", "${HOME}/lint <a b>"),
            ("bash lint.sh {file} | sort", "bash lint.sh <a b> | sort"),
            ("echo $(basename {file})", "echo $(basename <a b>)"),
            (
                "bash -c 'ruff \"$1\"' _ x; ruff {file}",
                "bash -c 'ruff \"$1\"' _ x; ruff <a b>",
            ),
        ] {
            assert_eq!(filled(command, &["a b"]).as_deref(), Some(expected));
        }
        assert_eq!(
            filled("lint -q {file} --at={file}", &["a", "-b"]).as_deref(),
            Some("lint -q <a> <./-b> --at=<a> --at=<./-b>")
        );
        assert_eq!(filled("lint {file}", &[]), None);
        assert_eq!(fill("lint {file}", &["a".into()], |_| None), None);
        assert_eq!(filled("cargo check", &[]).as_deref(), Some("cargo check"));
    }

    #[test]
    fn where_a_name_could_be_read_as_code_nothing_is_put() {
        for command in [
            "sh -c 'ruff {file}'",
            "bash -lc \"{file}\"",
            "/bin/bash -c {file}",
            "eval ruff {file}",
            "ssh host ruff {file}",
            "echo \"saved {file}\"",
            "echo 'saved {file}'",
            "cat <<E\n{file}\nE",
            "echo `ruff {file}`",
            "ruff . # {file}",
            "echo $(( {file} ))",
            "echo $'{file}'",
            "ruff ${file}",
            "ruff \"${file}\"",
            "echo ${x:-{file}}",
            "echo \"{file}",
            "echo \"$(ruff \"a {file} b\")\"",
            "echo a'b\"c'{file}",
            "echo {file} | bash",
        ] {
            let places = placeholders(command);
            assert_eq!(places.len(), 1, "{command}");
            assert_eq!(places[0].word, None, "{command}");
            assert_eq!(filled(command, &["x"]).as_deref(), Some(command));
        }
    }

    #[test]
    fn what_means_something_else_is_none() {
        for command in [
            "for file in *.rs; do ruff ${file}; done",
            "file=a; ruff ${file}",
            "jq '{file: .x}' a.json",
            "awk '{print $1}' {}",
            "find . -exec ruff {} +",
            "echo {a,b} ${HOME} {",
        ] {
            assert_eq!(placeholders(command), [], "{command}");
        }
    }
}
