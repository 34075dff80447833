//! What is wrong with the files that a repository keeps for us below `.rutter`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rutter_catalogue::{Catalogue, Problem};
use rutter_host::Settings;
use rutter_spec::rules;
use rutter_text::{Encoding, Finding, Severity, Source};
use rutter_workspace::dismissed::Dismissed;
use rutter_workspace::{OwnFile, OwnFiles};

use crate::check;

const CATALOGUE: &str = "catalogue/broken";

/// The findings by path; each file there is has an entry.
pub fn findings(own: &OwnFiles, settings: &Settings) -> BTreeMap<PathBuf, Vec<Finding>> {
    let mut found: BTreeMap<PathBuf, Vec<Finding>> = own
        .files()
        .map(|file| (file.path.clone(), unreadable(file).into_iter().collect()))
        .collect();
    if let Some((path, text)) = own.settings.as_ref().and_then(readable) {
        found
            .entry(path.clone())
            .or_default()
            .extend(of_settings(text.text()));
    }
    if let Some((path, text)) = own.dismissed.as_ref().and_then(readable) {
        let broken = Dismissed::parse(text.text()).broken.into_iter();
        found
            .entry(path.clone())
            .or_default()
            .extend(broken.map(|range| {
                let message = "This line dismisses no link, because it can't be read. Remove it.";
                Finding::new("config/ignored", Severity::Warning, range, message)
            }));
    }
    let levels = check::levels(settings);
    let rule = rules::rules().iter().find(|rule| rule.code == CATALOGUE);
    if let Some(severity) = rule.and_then(|rule| levels.of(&rule.about()).severity()) {
        for (path, problem) in problems(own) {
            let finding = Finding::new(CATALOGUE, severity, problem.range, problem.message);
            found.entry(path.clone()).or_default().push(finding);
        }
    }
    found
}

/// What of the team's catalogue a draft goes without, a sentence each; empty where all of it counts.
pub fn left_out(own: &OwnFiles) -> Vec<String> {
    let name = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        format!(".rutter/catalogue/{name}")
    };
    let unreadable = own
        .catalogue
        .iter()
        .filter_map(|file| Some((name(&file.path), file.text.as_ref().err()?.clone())));
    let broken = problems(own).into_iter().map(|(path, problem)| {
        let source = own.catalogue.iter().find(|file| file.path == *path);
        let line = source
            .and_then(|file| file.text.as_ref().ok())
            .map_or(0, |text| {
                text.position(problem.range.start, Encoding::Utf8).line
            });
        (format!("{}:{}", name(path), line + 1), problem.message)
    });
    unreadable
        .chain(broken)
        .map(|(place, why)| format!("Drafted without what is broken in {place}: {why}"))
        .collect()
}

fn problems(own: &OwnFiles) -> Vec<(&PathBuf, Problem)> {
    let team: Vec<(&PathBuf, &Source)> = own.catalogue.iter().filter_map(readable).collect();
    if team.is_empty() {
        return Vec::new();
    }
    let names: Vec<String> = (0..team.len()).map(|i| i.to_string()).collect();
    let texts: Vec<(&str, &str)> = names
        .iter()
        .zip(&team)
        .map(|(name, (_, text))| (name.as_str(), text.text()))
        .collect();
    let (_, problems) = Catalogue::builtin().with_team(&texts);
    problems
        .into_iter()
        .filter_map(|problem| {
            let (path, _) = team.get(problem.file.parse::<usize>().ok()?)?;
            Some((*path, problem))
        })
        .collect()
}

fn of_settings(text: &str) -> Vec<Finding> {
    let (_, mut findings) = rules::read_levels(text, &crate::rules::codes());
    if let Ok(read) = Settings::from_repository(text) {
        findings.extend(
            read.ignored
                .into_iter()
                .map(|m| Finding::new("config/ignored", Severity::Warning, 0..0, m)),
        );
    }
    findings
}

fn readable(file: &OwnFile) -> Option<(&PathBuf, &Source)> {
    Some((&file.path, file.text.as_ref().ok()?))
}

fn unreadable(file: &OwnFile) -> Option<Finding> {
    let message = file.text.as_ref().err()?;
    Some(Finding::new(
        "document/unreadable",
        Severity::Error,
        0..0,
        message.clone(),
    ))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use rutter_host::{Files, Memory};

    use super::*;

    fn own(files: &[(&str, &[u8])]) -> OwnFiles {
        let memory = Memory::default();
        for (name, text) in files {
            memory
                .write(&Path::new("/w/.rutter").join(name), text)
                .unwrap();
        }
        OwnFiles::read(&memory, Path::new("/w"))
    }

    fn codes(own: &OwnFiles, settings: &Settings) -> Vec<(String, &'static str, usize)> {
        let found = findings(own, settings);
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        found
            .iter()
            .flat_map(|(path, list)| {
                list.iter()
                    .map(move |f| (name(path), f.code, f.range.start))
            })
            .collect()
    }

    #[test]
    fn broken_files_are_named_where_they_are_broken() {
        let own = own(&[
            (
                "config.toml",
                b"[rules]\n\"no/rule\" = \"off\"\n[model]\nuse = \"x\"\n",
            ),
            ("catalogue/a.toml", b"[[class]]\nid = \"refund\n"),
            ("catalogue/b.toml", b"\xff"),
        ]);
        let found = codes(&own, &Settings::default());
        let expected = [
            ("a.toml", "catalogue/broken", 22),
            ("b.toml", "document/unreadable", 0),
            ("config.toml", "config/unknown-rule", 8),
            ("config.toml", "config/ignored", 0),
        ];
        assert_eq!(found, expected.map(|(n, c, at)| (n.to_owned(), c, at)));
        let told = left_out(&own);
        assert!(told[0].contains(".rutter/catalogue/b.toml: "), "{told:?}");
        assert!(told[1].contains(".rutter/catalogue/a.toml:2: "), "{told:?}");
    }

    #[test]
    fn whole_files_have_an_entry_and_the_level_counts() {
        let whole = own(&[("config.toml", b""), ("catalogue/a.toml", b"class = []\n")]);
        assert_eq!(findings(&whole, &Settings::default()).len(), 2);
        assert_eq!(codes(&whole, &Settings::default()), []);
        assert_eq!(left_out(&whole), [""; 0]);
        let broken = own(&[("catalogue/a.toml", b"class")]);
        let mut settings = Settings::default();
        settings
            .rules
            .insert(CATALOGUE.to_owned(), "off".to_owned());
        assert_eq!(codes(&broken, &settings), []);
        assert_eq!(left_out(&broken).len(), 1);
    }
}
