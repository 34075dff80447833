//! Where a command line program declares its commands and options, and where their work is done.

use rutter_code::project::is_test_path;
use rutter_code::{Language, SymbolKind};

use super::{Aim, Role};
use crate::ground::Ground;
use crate::later::place::{self, Place};
use crate::plan::title::capital;
use crate::prompt::names;

/// What stands in a source file that declares commands, the most telling first.
const DECLARES: [&str; 26] = [
    "Subcommand)]",
    "Subcommand,",
    "clap::Subcommand",
    "Parser)]",
    "clap::Command",
    "add_subparsers(",
    "typer.Typer(",
    "@click.group",
    "@click.command",
    "ArgumentParser(",
    "cobra.Command{",
    "cli.Command{",
    "flag.NewFlagSet(",
    "CommandLine.Command",
    "picocli.",
    "\"commander\"",
    "'commander'",
    "\"yargs\"",
    "'yargs'",
    "\"cac\"",
    "parseArgs(",
    "System.CommandLine",
    "< Thor",
    "OptionParser.new",
    "process.argv",
    "getopt_long(",
];

/// Folders that hold one file a command.
const FOLDERS: [&str; 5] = ["commands", "cmd", "subcommands", "command", "cli"];

/// The declaration, the work and the call of the command that a text means.
pub fn aims(text: &str, ground: &Ground) -> Vec<Aim> {
    let option = option_of(text);
    let wanted = wanted(text, option.is_some());
    let Some(declares) = declares(ground, wanted.is_some()) else {
        return Vec::new();
    };
    let known = known_command(text, &declares, ground);
    if wanted.is_none() && known.is_none() {
        return Vec::new();
    }
    let wanted = wanted.flatten();
    match (known, option) {
        (Some(known), option) => {
            let act = option.as_ref().map_or_else(String::new, |option| {
                format!("Declare `{option}` for `{}`", known.name)
            });
            let symbol = known.args.clone().or_else(|| holder(&declares, ground));
            let mut out = vec![Aim::new(at(&declares, symbol), Role::Declare, act)];
            out.extend(known.work.map(|path| {
                Aim::new(
                    at(&path, main_symbol(&path, ground)),
                    Role::Work,
                    String::new(),
                )
            }));
            if option.is_none() {
                out.rotate_left(1);
                out.truncate(1);
            }
            out
        }
        (None, Some(option)) => vec![Aim::new(
            at(&declares, holder(&declares, ground)),
            Role::Declare,
            format!("Declare `{option}`"),
        )],
        (None, None) => new_command(wanted, &declares, ground),
    }
}

/// The option that a text names: `--json`, `-addr`.
fn option_of(text: &str) -> Option<String> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '`' | '"' | '\'' | ',' | '(' | ')'))
        .map(|word| word.trim_end_matches(['.', ':', ';', '?', '!']))
        .find(|word| {
            let name = word.trim_start_matches('-');
            word.starts_with('-')
                && name.len() > 1
                && word.len() - name.len() <= 2
                && name.starts_with(|c: char| c.is_ascii_alphabetic())
                && name
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'=')
        })
        .map(|word| word.split('=').next().unwrap_or(word).to_owned())
}

/// Whether a text speaks of a command, and the name that it gives to it.
fn wanted(text: &str, option: bool) -> Option<Option<String>> {
    const CUES: [&str; 10] = [
        "subcommand",
        "sub-command",
        "command",
        "cli",
        "befehl",
        "unterbefehl",
        "comando",
        "commande",
        "subcomando",
        "sous-commande",
    ];
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    };
    let cue = words
        .iter()
        .position(|word| CUES.contains(&bare(word).as_str()));
    let ticked = names::code_spans(text)
        .into_iter()
        .map(|span| {
            span.split(' ')
                .take_while(|word| !word.starts_with(['-', '<', '[']))
                .last()
                .unwrap_or(span)
        })
        .find(|name| is_name(name))
        .map(str::to_owned);
    let before = cue
        .and_then(|at| at.checked_sub(1))
        .map(|at| bare(words[at]));
    let article = cue
        .and_then(|at| at.checked_sub(2))
        .map(|at| bare(words[at]))
        .is_some_and(|word| ["a", "an", "the", "new"].contains(&word.as_str()));
    let plain = before.filter(|word| {
        article
            && is_name(word)
            && !["new", "the", "a", "an", "this", "that", "each", "every"].contains(&word.as_str())
    });
    (cue.is_some() || option).then(|| ticked.or(plain))
}

fn is_name(word: &str) -> bool {
    word.len() > 1
        && word.starts_with(|c: char| c.is_alphabetic())
        && word
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

/// The file where commands are declared; when a text speaks of one, else the one where the program starts.
fn declares(ground: &Ground, spoken: bool) -> Option<String> {
    let source = |path: &str| {
        Language::of_path(path).is_some()
            && !is_test_path(path)
            && !path.contains("/scripts/")
            && !path.starts_with("scripts/")
    };
    let declared = DECLARES.iter().find_map(|mark| {
        ground
            .texts
            .iter()
            .filter(|(path, text)| source(path) && text.contains(mark))
            .map(|(path, _)| path)
            .min_by_key(|path| path.matches('/').count())
            .map(str::to_owned)
    });
    let starts = || {
        let mut mains: Vec<&str> = ground
            .texts
            .iter()
            .filter(|(path, text)| {
                source(path)
                    && path
                        .rsplit('/')
                        .next()
                        .is_some_and(|file| file.starts_with("main."))
                    && ["func main()", "fn main()", "int main(", "__main__"]
                        .iter()
                        .any(|mark| text.contains(mark))
            })
            .map(|(path, _)| path)
            .collect();
        mains.sort_by_key(|path| path.len());
        mains.first().map(|path| (*path).to_owned())
    };
    declared.or_else(|| spoken.then(starts).flatten())
}

/// The type or function that holds the commands of the file.
fn holder(path: &str, ground: &Ground) -> Option<String> {
    let symbols = ground.index.symbols_of(path);
    let has = |name: &str, kinds: &[SymbolKind]| {
        symbols
            .iter()
            .find(|hit| {
                hit.symbol.as_deref() == Some(name)
                    && hit.kind.is_some_and(|kind| kinds.contains(&kind))
            })
            .and_then(|hit| hit.symbol.clone())
    };
    let types = [SymbolKind::Enum, SymbolKind::Struct, SymbolKind::Class];
    [
        "Command",
        "Commands",
        "Cmd",
        "Subcommand",
        "Cli",
        "Args",
        "Opts",
    ]
    .iter()
    .find_map(|name| has(name, &types))
    .or_else(|| {
        [
            "build_parser",
            "make_parser",
            "parser",
            "cli",
            "rootCmd",
            "main",
        ]
        .iter()
        .find_map(|name| {
            has(
                name,
                &[
                    SymbolKind::Function,
                    SymbolKind::Variable,
                    SymbolKind::Constant,
                ],
            )
        })
    })
}

/// A command that is there.
struct Known {
    name: String,
    args: Option<String>,
    work: Option<String>,
}

/// The command of the program that a text names before "command" or its option, or calls as one would type it.
fn known_command(text: &str, declares: &str, ground: &Ground) -> Option<Known> {
    let work: Vec<&String> = work_files(ground);
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let args_of = |name: &str| {
        ground
            .index
            .symbols_of(declares)
            .into_iter()
            .find_map(|hit| {
                let symbol = hit.symbol?;
                let lower = symbol.to_lowercase();
                let fits = ["args", "opts", "options", "command", "cmd"]
                    .iter()
                    .any(|end| lower == format!("{}{end}", name.replace(['-', '_'], "")));
                fits.then_some(symbol)
            })
    };
    let program = ground
        .project
        .name
        .as_deref()
        .and_then(|name| name.split(['-', '_']).next())
        .unwrap_or_default()
        .to_lowercase();
    words.iter().enumerate().find_map(|(at, word)| {
        let path = work
            .iter()
            .find(|path| stem(path) == *word)
            .map(|path| (*path).clone());
        let args = args_of(word);
        let next = words.get(at + 1).map_or("", String::as_str);
        let before = at.checked_sub(1).map_or("", |at| words[at].as_str());
        let spoken = ["command", "subcommand", "befehl"].contains(&next)
            || ["command", "subcommand", "befehl"].contains(&before)
            || !program.is_empty() && before == program;
        ((path.is_some() || args.is_some()) && spoken).then(|| Known {
            name: word.clone(),
            args,
            work: path,
        })
    })
}

/// The files that each do one command's work.
fn work_files(ground: &Ground) -> Vec<&String> {
    ground
        .files
        .iter()
        .filter(|path| {
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            Language::of_path(path).is_some()
                && !is_test_path(path)
                && folder
                    .rsplit('/')
                    .next()
                    .is_some_and(|last| FOLDERS.contains(&last))
                && !["mod", "index", "__init__", "root", "main"].contains(&stem(path))
        })
        .collect()
}

fn new_command(name: Option<String>, declares: &str, ground: &Ground) -> Vec<Aim> {
    let shown = name
        .as_ref()
        .map_or_else(|| "the command".to_owned(), |name| format!("`{name}`"));
    let work = work_files(ground);
    let mut out = vec![Aim::new(
        at(declares, holder(declares, ground)),
        Role::Declare,
        format!("Declare {shown} with its arguments and its help"),
    )];
    let like = work.iter().find(|path| path.as_str() != declares);
    if let (Some(like), Some(name), true) = (like, &name, work.len() > 1) {
        let (folder, file) = like.rsplit_once('/').unwrap_or(("", like));
        let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
        let joint = if matches!(ending, "rs" | "py" | "rb") {
            "_"
        } else {
            "-"
        };
        let path = format!("{folder}/{}.{ending}", name.replace(['-', '_'], joint));
        out.push(Aim::new(
            Place {
                new: !ground.files.contains(&path),
                path,
                symbol: None,
            },
            Role::Work,
            format!("Do the work of {shown}"),
        ));
        out.extend(dispatch(&work, declares, ground).map(|path| {
            let symbol = main_symbol(&path, ground);
            Aim::new(at(&path, symbol), Role::Dispatch, format!("Call {shown}"))
        }));
    }
    out
}

/// The file that calls at least two of the commands.
fn dispatch(work: &[&String], declares: &str, ground: &Ground) -> Option<String> {
    ground
        .texts
        .iter()
        .filter(|(path, _)| {
            *path != declares
                && !is_test_path(path)
                && Language::of_path(path).is_some()
                && !work.iter().any(|work| work == path)
        })
        .find(|(_, text)| {
            work.iter()
                .filter(|path| {
                    [
                        format!("{}::run", stem(path)),
                        format!("{}.run", stem(path)),
                        format!("::{}(", stem(path)),
                    ]
                    .iter()
                    .any(|call| text.contains(call))
                })
                .count()
                >= 2
        })
        .map(|(path, _)| path.to_owned())
}

fn main_symbol(path: &str, ground: &Ground) -> Option<String> {
    let symbols = ground.index.symbols_of(path);
    ["run", "main", "execute", &capital(stem(path))]
        .iter()
        .find_map(|name| {
            symbols
                .iter()
                .find(|hit| hit.symbol.as_deref() == Some(*name))
                .and_then(|hit| place::of_hit(hit).symbol)
        })
}

fn at(path: &str, symbol: Option<String>) -> Place {
    Place {
        path: path.to_owned(),
        symbol,
        new: false,
    }
}

fn stem(path: &str) -> &str {
    let file = path.rsplit('/').next().unwrap_or(path);
    file.split('.').next().unwrap_or(file)
}
