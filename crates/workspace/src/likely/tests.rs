//! Precision and recall of likely links, on histories as projects have them.
#![allow(clippy::disallowed_methods)]

mod histories;

use std::collections::BTreeSet;
use std::path::Path;

use rutter_host::Disk;

use super::*;
use crate::history::Repository;
use crate::history::testing::Fixture;
use histories::{HISTORIES, Step};

fn folders(root: &Path) -> Vec<Arc<SpecFolder>> {
    let specs = std::fs::read_dir(root.join(".kiro/specs")).unwrap();
    let mut found: Vec<Arc<SpecFolder>> = specs
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            Arc::new(SpecFolder::load(&Disk, name, root.into(), path))
        })
        .collect();
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found
}

fn claimed(root: &Path) -> Vec<Claim> {
    let mut repository = Repository::open(root).unwrap();
    let history = repository.history(&Cancel::new()).unwrap();
    let mut past = Past::new(Some(&repository));
    claims(&folders(root), &history, &mut past, &Cancel::new()).unwrap()
}

/// `spec#task file function`, of what is there now.
fn shown(root: &Path) -> BTreeSet<String> {
    let all = claimed(root);
    let mut likely = Likely::new(all.clone());
    likely.place_all(&|name| std::fs::read_to_string(root.join(name)).ok());
    let there = |claim: &&Claim| {
        let name = claim.name.as_deref().unwrap_or_default();
        likely.line_of(&claim.path, name).is_some()
    };
    all.iter()
        .filter(there)
        .map(|c| {
            let name = c.name.as_deref().unwrap_or("-");
            format!("{}#{} {} {name}", c.spec, c.task, c.path)
        })
        .collect()
}

fn made(steps: &[Step]) -> Fixture {
    let mut repo = Fixture::new();
    for step in steps {
        match step {
            Step::Commit(message, files) => {
                repo.commit(message, files);
            }
            Step::Move(from, to) => {
                let target = repo.root().join(to);
                std::fs::create_dir_all(target.parent().unwrap()).unwrap();
                std::fs::rename(repo.root().join(from), target).unwrap();
            }
            Step::Git(arguments) => {
                repo.git(arguments);
            }
        }
    }
    repo
}

#[test]
fn nine_of_ten_likely_links_are_right() {
    let (mut right, mut said, mut wanted) = (0, 0, 0);
    for history in HISTORIES {
        let repo = made(history.steps);
        let shown = shown(&repo.root());
        let expected: BTreeSet<String> = history.links.iter().map(|l| (*l).to_owned()).collect();
        let hits = shown.intersection(&expected).count();
        println!(
            "{}: {hits} right of {} said, {} there",
            history.name,
            shown.len(),
            expected.len()
        );
        for wrong in shown.difference(&expected) {
            println!("  wrong: {wrong}");
        }
        for missed in expected.difference(&shown) {
            println!("  missed: {missed}");
        }
        right += hits;
        said += shown.len();
        wanted += expected.len();
    }
    let precision = right as f64 / said as f64;
    let recall = right as f64 / wanted as f64;
    println!("{right} of {said} are right ({precision:.3}), of {wanted} there are ({recall:.3})");
    assert!(precision >= 0.9, "{precision}");
    assert!(recall >= 0.6, "{recall}");
    assert!(said >= 40, "{said}");
}
