//! The evidence that a task is done: what it cited and which code named it at that moment, one small file a task.
//!
//! `.rutter/evidence/<spec>/<task>.json` is committed with the work. One item a line and sorted, so that two branches
//! merge. Hashes are the first sixteen hex digits of those that approvals hold.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rutter_code::CodeDigest;
use rutter_spec::hash::{Item, items, sha256};
use rutter_spec::{Document, Spec, Task};
use serde::{Deserialize, Serialize};

use crate::trace::{Use, criteria};
use crate::user::Who;

/// The version this code reads and writes.
pub const VERSION: u64 = 1;

/// The folder of all evidence, from the root of the workspace.
pub const FOLDER: &str = ".rutter/evidence";

/// A record is no longer than this.
pub const MAX_BYTES: usize = 2048;

/// What criteria may take of it, so that code has room.
const MAX_CRITERIA_BYTES: usize = 900;

/// A criterion as it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CriterionThen {
    /// Its id.
    pub id: String,
    /// The hash of its text, shortened.
    pub sha256: String,
}

/// A unit of code as it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct UnitThen {
    /// Its file below the workspace folder, with `/`.
    pub path: String,
    /// Its full name.
    pub name: String,
    /// The digest of its code, in hex.
    pub digest: String,
}

impl UnitThen {
    /// The digest; nothing where somebody wrote something else there.
    pub fn digest(&self) -> Option<CodeDigest> {
        self.digest.parse().ok()
    }
}

/// What did not fit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Criteria.
    pub criteria: usize,
    /// Units of code.
    pub units: usize,
}

/// Who said that it is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
}

/// The record of one task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The version of the format.
    pub version: u64,
    /// The name of the spec.
    pub spec: String,
    /// The task's number, or nothing where it has none.
    #[serde(default)]
    pub task: Option<String>,
    /// The task's title, cut where it is long.
    pub title: String,
    /// The hash of the task, shortened.
    pub sha256: String,
    /// When, in RFC 3339.
    pub at: String,
    /// Who.
    pub who: By,
    /// The commit that was checked out.
    #[serde(default)]
    pub commit: Option<String>,
    /// What the task cites.
    #[serde(default)]
    pub criteria: Vec<CriterionThen>,
    /// The code that names what it cites.
    #[serde(default)]
    pub units: Vec<UnitThen>,
    /// What did not fit.
    #[serde(default)]
    pub left_out: LeftOut,
}

/// The start of a hash, as records hold it.
pub fn short(sha256: &str) -> &str {
    sha256.get(..16).unwrap_or(sha256)
}

/// A title as records hold it.
pub fn short_title(title: &str) -> String {
    title.chars().take(60).collect()
}

/// The item of a task, whose hash an approval holds.
pub fn item_of(spec: &Spec, task: &Task) -> Option<Item> {
    let mut all = items(spec, Document::Tasks).into_iter();
    all.find(|item| item.place.start == task.title_range.start || item.range == task.range)
}

/// The criteria that a task cites, also through the properties it validates, with their items.
pub fn cited(spec: &Spec, task: &Task) -> Vec<Item> {
    let Some((document, _)) = spec.wanted() else {
        return Vec::new();
    };
    let direct = spec.resolve_all(task.requirements.iter().chain(&task.validates));
    let design = spec.design.as_ref();
    let properties = direct.properties.iter();
    let properties = properties.filter_map(|number| design?.property(*number));
    let through = spec.resolve_all(properties.flat_map(|property| &property.validates));
    let ids: BTreeSet<String> = direct
        .criteria
        .into_iter()
        .chain(through.criteria)
        .collect();
    let mut all = items(spec, document);
    all.retain(|item| ids.contains(&item.id));
    all
}

/// The units of code that name any of these criteria.
pub fn linked(spec: &Spec, uses: &[Use<'_>], cited: &[Item]) -> Vec<UnitThen> {
    let ids: BTreeSet<&str> = cited.iter().map(|item| item.id.as_str()).collect();
    let names = |used: &&Use<'_>| {
        let mut all = used.link.ids.iter().flat_map(|id| criteria(spec, id));
        all.any(|id| ids.contains(id.as_str()))
    };
    let units: BTreeSet<UnitThen> = uses
        .iter()
        .filter(names)
        .filter_map(|used| {
            let unit = used.link.unit.as_ref()?;
            Some(UnitThen {
                path: used.file.name.clone(),
                name: unit.full_name(),
                digest: unit.digest.to_string(),
            })
        })
        .collect();
    units.into_iter().collect()
}

impl Record {
    /// The record of a task as it is now.
    pub fn new(spec: &Spec, task: &Task, uses: &[Use<'_>], who: &Who, at: String) -> Self {
        let cited = cited(spec, task);
        let hash = item_of(spec, task).map(|item| short(&item.sha256).to_owned());
        Self {
            version: VERSION,
            spec: spec.name.clone(),
            task: task.number.clone(),
            title: short_title(&task.title),
            sha256: hash.unwrap_or_default(),
            at,
            who: By {
                name: who.name.clone(),
                email: who.email.clone(),
            },
            commit: None,
            units: linked(spec, uses, &cited),
            criteria: cited
                .iter()
                .map(|item| CriterionThen {
                    id: item.id.clone(),
                    sha256: short(&item.sha256).to_owned(),
                })
                .collect(),
            left_out: LeftOut::default(),
        }
    }

    /// The text of the file, at most [`MAX_BYTES`] long: what does not fit is counted.
    pub fn render(&self) -> String {
        let mut record = self.clone();
        let length = |lines: &[String]| lines.iter().map(|line| line.len() + 6).sum::<usize>();
        let mut criteria: Vec<String> = record.criteria.iter().map(line).collect();
        while length(&criteria) > MAX_CRITERIA_BYTES {
            criteria.pop();
            record.left_out.criteria += 1;
        }
        let mut units: Vec<String> = record.units.iter().map(line).collect();
        loop {
            let text = record.with_lines(&criteria, &units);
            if text.len() <= MAX_BYTES || units.pop().is_none() {
                return text;
            }
            record.left_out.units += 1;
        }
    }

    fn with_lines(&self, criteria: &[String], units: &[String]) -> String {
        let list = |lines: &[String]| match lines {
            [] => "[]".to_owned(),
            some => format!("[\n    {}\n  ]", some.join(",\n    ")),
        };
        let fields = [
            ("version", line(&self.version)),
            ("spec", line(&self.spec)),
            ("task", line(&self.task)),
            ("title", line(&self.title)),
            ("sha256", line(&self.sha256)),
            ("at", line(&self.at)),
            ("who", line(&self.who)),
            ("commit", line(&self.commit)),
            ("criteria", list(criteria)),
            ("units", list(units)),
            ("left_out", line(&self.left_out)),
        ];
        let fields = fields.map(|(name, value)| format!("  \"{name}\": {value}"));
        format!("{{\n{}\n}}\n", fields.join(",\n"))
    }

    /// Reads a file; nothing where it is none of ours, conflicted, or of a later version.
    pub fn parse(text: &str) -> Option<Self> {
        let record: Self = serde_json::from_str(text).ok()?;
        (record.version == VERSION).then_some(record)
    }
}

/// One value on one line. What is written here always can be.
fn line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// The folder of a spec's evidence.
pub fn folder_of(root: &Path, spec: &str) -> PathBuf {
    root.join(FOLDER).join(spec)
}

/// The file of a task: its number, or where that can't name a file, or there is none or several of it, a hash.
pub fn path_of(root: &Path, spec: &Spec, task: &Task) -> PathBuf {
    let all = spec.tasks.iter().flat_map(|tasks| &tasks.tasks);
    let only = all.filter(|other| other.number == task.number).count() == 1;
    let plain = |number: &&String| {
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        number.len() <= 40 && number.chars().all(fits) && !number.starts_with('.')
    };
    let name = match task.number.as_ref().filter(plain).filter(|_| only) {
        Some(number) => number.clone(),
        None => {
            let number = task.number.as_deref().unwrap_or_default();
            format!(
                "task-{}",
                short(&sha256(&format!("{number} {}", task.title)))
            )
        }
    };
    folder_of(root, &spec.name).join(format!("{name}.json"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use rutter_host::{Files, Memory};

    use super::*;
    use crate::folder::SpecFolder;
    use crate::sources::Sources;
    use crate::trace::uses;

    const WANTED: &str =
        "### Requirement 1: A\n#### Acceptance Criteria\n1. THE A SHALL b\n2. THE A SHALL c\n";
    const TASKS: &str = "- [ ] 1. Do\n  - _Requirements: 1.1_\n- [ ] 2. All\n  - _Requirements: 1_\n- [ ] Loose\n- [ ] 2. Twice\n";

    fn record(files: &dyn Files, task: usize) -> (Record, PathBuf) {
        let root = Path::new("/w");
        let path = root.join(".kiro/specs/login");
        let folder = Arc::new(SpecFolder::load(files, "login".into(), root.into(), path));
        let sources = Sources::read(files, root, &BTreeMap::new(), &|| false);
        let uses = uses(&sources, &[&folder], &folder);
        let spec = folder.spec();
        let task = &spec.tasks.as_ref().unwrap().tasks[task];
        let who = Who {
            name: "Ada".into(),
            email: "ada@example.org".into(),
        };
        let record = Record::new(spec, task, &uses, &who, "2026-11-21T09:30:00Z".into());
        (record, path_of(root, spec, task))
    }

    #[test]
    fn a_record_says_what_was_cited_and_what_code_named_it() {
        let files = Memory::with([
            ("/w/.kiro/specs/login/requirements.md", WANTED),
            ("/w/.kiro/specs/login/tasks.md", TASKS),
            (
                "/w/src/a.rs",
                "/// Requirements 1.1\nfn one() {}\n\n/// Requirements 1.2\nfn two() {}\n",
            ),
        ]);
        let (one, path) = record(&files, 0);
        assert_eq!(path, Path::new("/w/.rutter/evidence/login/1.json"));
        let units =
            |r: &Record| -> Vec<String> { r.units.iter().map(|u| u.name.clone()).collect() };
        assert_eq!(units(&one), ["one"]);
        assert_eq!(one.criteria.len(), 1);
        assert_eq!(Record::parse(&one.render()), Some(one.clone()));
        let (all, double) = record(&files, 1);
        assert_eq!(
            (units(&all).join(" "), all.criteria.len()),
            ("one two".into(), 2)
        );
        let (_, loose) = record(&files, 2);
        for path in [&double, &loose] {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            assert!(name.starts_with("task-"), "{name}");
        }
        for broken in [
            "",
            "<<<<<<< HEAD\n",
            &one.render().replace("\"version\": 1", "\"version\": 2"),
        ] {
            assert_eq!(Record::parse(broken), None);
        }
    }

    #[test]
    fn a_record_stays_small_and_says_what_it_left_out() {
        let mut wanted = WANTED.to_owned();
        let mut code = String::new();
        for n in 1..=100 {
            wanted.push_str(&format!("{}. THE A SHALL d{n}\n", n + 2));
            code.push_str(&format!(
                "/// Requirements 1.{n}\nfn a_long_name_of_function_{n}() {{}}\n\n"
            ));
        }
        let files = Memory::with([
            ("/w/.kiro/specs/login/requirements.md", wanted.as_str()),
            ("/w/.kiro/specs/login/tasks.md", TASKS),
            ("/w/src/a.rs", code.as_str()),
        ]);
        let (full, _) = record(&files, 1);
        let text = full.render();
        assert!(text.len() <= MAX_BYTES, "{}", text.len());
        let read = Record::parse(&text).unwrap();
        assert!(read.units.len() > 5 && read.criteria.len() > 5);
        assert_eq!(read.units.len() + read.left_out.units, 100);
        assert_eq!(read.criteria.len() + read.left_out.criteria, 102);
    }
}
