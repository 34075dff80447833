//! Where the pieces of code are that commits speak of.

use std::collections::BTreeMap;

use rutter_code::{Language, Unit, units};
use rutter_text::Source;

use super::Claim;
use crate::dismissed::Dismissed;
use crate::folder::SpecFolder;
use crate::snapshot::Snapshot;
use crate::sources::SourceFile;
use crate::trace::{Meant, criteria, meant};

/// What stands for a whole file among the names of its functions.
const WHOLE: &str = "";

/// What the commits of a workspace folder say of its code, and where that is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Likely {
    claims: BTreeMap<String, Vec<Claim>>,
    /// The line of each claimed function, from 0, by file and full name.
    lines: BTreeMap<String, BTreeMap<String, usize>>,
}

/// A claim that counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown<'a> {
    /// What the commit says.
    pub claim: &'a Claim,
    /// Those of its criteria that are there and that no link of this code names.
    pub criteria: Vec<String>,
    /// The line from 0; of a file the first one.
    pub line: usize,
}

impl Likely {
    /// Nothing is placed yet.
    pub fn new(claims: Vec<Claim>) -> Self {
        let mut all: BTreeMap<String, Vec<Claim>> = BTreeMap::new();
        for claim in claims {
            all.entry(claim.path.clone()).or_default().push(claim);
        }
        Self {
            claims: all,
            lines: BTreeMap::new(),
        }
    }

    /// The files that are spoken of.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        self.claims.keys().map(String::as_str)
    }

    /// Whether a file is spoken of.
    pub fn has(&self, name: &str) -> bool {
        self.claims.contains_key(name)
    }

    /// The lines of the functions of a file that are spoken of, as a text has them; nothing where it is not spoken of.
    pub fn lines_in(&self, name: &str, text: Option<&str>) -> Option<BTreeMap<String, usize>> {
        let claims = self.claims.get(name)?;
        let (Some(text), Some(language)) = (text, Language::of_path(name)) else {
            return Some(BTreeMap::new());
        };
        let source = Source::new(text);
        let claimed = |unit: &Unit| {
            let full = unit.full_name();
            let is = claims.iter().any(|c| c.name.as_deref() == Some(&full));
            is.then(|| (full, source.line_of(unit.name_range.start)))
        };
        let mut lines: BTreeMap<String, usize> =
            units(language, text).iter().filter_map(claimed).collect();
        if claims.iter().any(|claim| claim.name.is_none()) {
            lines.insert(WHOLE.to_owned(), 0);
        }
        Some(lines)
    }

    /// Takes in where those functions are. True where that is news.
    pub fn put(&mut self, name: &str, lines: BTreeMap<String, usize>) -> bool {
        if self.lines.get(name) == Some(&lines) {
            return false;
        }
        self.lines.insert(name.to_owned(), lines);
        true
    }

    /// Finds the functions in all files that are spoken of; `text` gives a file by its name.
    pub fn place_all(&mut self, text: &dyn Fn(&str) -> Option<String>) {
        let names: Vec<String> = self.files().map(str::to_owned).collect();
        for name in names {
            if let Some(lines) = self.lines_in(&name, text(&name).as_deref()) {
                self.put(&name, lines);
            }
        }
    }

    /// The line of a claimed function, from 0, where it is there.
    pub fn line_of(&self, name: &str, function: &str) -> Option<usize> {
        self.lines.get(name)?.get(function).copied()
    }

    /// What counts for a spec, by file and line.
    pub fn of_spec<'a>(&'a self, snapshot: &Snapshot, folder: &SpecFolder) -> Vec<Shown<'a>> {
        let mut found: Vec<Shown<'a>> = Vec::new();
        for (path, claims) in &self.claims {
            let Some(lines) = self.lines.get(path) else {
                continue;
            };
            let of_spec = claims.iter().filter(|claim| claim.spec == folder.name);
            let placed = of_spec.filter_map(|claim| {
                let name = claim.name.as_deref().unwrap_or(WHOLE);
                Some((claim, *lines.get(name)?))
            });
            let known = snapshot.sources.get(&folder.root);
            let file = known.and_then(|sources| sources.get(path)).cloned();
            found.extend(placed.filter_map(|(claim, line)| {
                let criteria = counts(snapshot, folder, claim, file.as_deref())?;
                Some(Shown {
                    claim,
                    criteria,
                    line,
                })
            }));
        }
        found.sort_by(|a, b| (&a.claim.path, a.line).cmp(&(&b.claim.path, b.line)));
        found
    }

    /// What is said of the functions of a file.
    pub fn in_file(&self, name: &str) -> impl Iterator<Item = &Claim> {
        let claims = self.claims.get(name).into_iter().flatten();
        claims.filter(|claim| claim.name.is_some())
    }
}

/// Those of a claim's criteria that are there and that no link of the code names; nothing where none is left or the claim was
/// dismissed. `file` is the file it speaks of, where that has links.
pub fn counts(
    snapshot: &Snapshot,
    folder: &SpecFolder,
    claim: &Claim,
    file: Option<&SourceFile>,
) -> Option<Vec<String>> {
    let own = snapshot.own.get(&folder.root);
    let dismissed = own.and_then(|own| own.dismissed.as_ref());
    let text = dismissed.and_then(|file| file.text.as_ref().ok());
    if text.is_some_and(|text| Dismissed::parse(text.text()).has(claim)) {
        return None;
    }
    let spec = folder.spec();
    let folders = snapshot.folders_in(&folder.root);
    let links = file.iter().flat_map(|file| &file.links);
    let own = links.filter(|link| {
        let unit = link.unit.as_ref().map(Unit::full_name);
        (claim.name.is_none() || unit == claim.name)
            && !matches!(meant(&folders, link), Meant::One(one) if one.path != folder.path)
    });
    let linked: Vec<String> = own
        .flat_map(|link| link.ids.iter().flat_map(|id| criteria(spec, id)))
        .collect();
    let open = claim
        .criteria
        .iter()
        .filter(|id| criteria(spec, id).contains(id) && !linked.contains(id));
    let open: Vec<String> = open.cloned().collect();
    (!open.is_empty()).then_some(open)
}
