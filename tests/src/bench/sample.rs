//! Generated specs of a wanted size.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// Criteria in a requirement, and tasks that stand under one.
const CRITERIA: usize = 5;

/// Texts of a spec in which every reference holds.
#[derive(Debug)]
pub struct Sample {
    /// requirements.md.
    pub requirements: String,
    /// tasks.md.
    pub tasks: String,
    /// Line and character, from 0, in the middle of tasks.md, where a further reference can be typed.
    pub reference: (usize, usize),
    /// Lines of the headings of the requirements.
    pub headings: Vec<usize>,
}

impl Sample {
    /// A spec whose tasks.md has about `bytes` bytes.
    pub fn of_tasks(bytes: usize) -> Self {
        Self::with(|_, tasks| tasks.len() >= bytes)
    }

    /// A spec whose requirements.md has about `bytes` bytes.
    pub fn of_requirements(bytes: usize) -> Self {
        Self::with(|requirements, _| requirements.len() >= bytes)
    }

    fn with(enough: impl Fn(&str, &str) -> bool) -> Self {
        let mut requirements = "# Requirements Document\n\n## Introduction\n\nKeep the records of an archive.\n\n## Glossary\n\n\
             - **Archive**: keeps what clerks hand in\n\n## Requirements\n"
            .to_owned();
        let mut tasks = "# Implementation Plan: Archive\n\n## Tasks\n\n".to_owned();
        let mut number = 0;
        while !enough(&requirements, &tasks) {
            number += 1;
            requirement(&mut requirements, number);
            group(&mut tasks, number);
        }
        let references: Vec<(usize, usize)> = tasks
            .lines()
            .enumerate()
            .filter(|(_, l)| l.contains("_Requirements:"))
            .map(|(i, l)| (i, l.len() - 1))
            .collect();
        let headings = requirements
            .lines()
            .enumerate()
            .filter(|(_, l)| l.starts_with("### "))
            .map(|(i, _)| i)
            .collect();
        Self {
            reference: references[references.len() / 2],
            requirements,
            tasks,
            headings,
        }
    }

    /// Writes the spec below a workspace.
    ///
    /// # Panics
    /// Where a file can't be written.
    pub fn write(&self, root: &Path, name: &str) {
        let folder = root.join(".kiro/specs").join(name);
        fs::create_dir_all(&folder).expect("a folder can be made");
        for (file, text) in [
            ("requirements.md", &self.requirements),
            ("tasks.md", &self.tasks),
        ] {
            fs::write(folder.join(file), text).expect("a file can be written");
        }
    }
}

fn requirement(out: &mut String, number: usize) {
    let _ = write!(
        out,
        "\n### Requirement {number}: Keep shelf {number}\n\n**User Story:** As a clerk, I want shelf {number} kept, so that \
         nothing on it is lost\n\n#### Acceptance Criteria\n\n"
    );
    for criterion in 1..=CRITERIA {
        let _ = writeln!(
            out,
            "{criterion}. WHEN a clerk hands in form {criterion} for shelf {number}, THE Archive SHALL store it within 5 seconds"
        );
    }
}

fn group(out: &mut String, number: usize) {
    let _ = writeln!(out, "- [ ] {number}. Build shelf {number}");
    for task in 1..=CRITERIA {
        let _ = writeln!(
            out,
            "  - [ ] {number}.{task} Store form {task}\n    - Add the type, the table and the code that writes it\n    \
             - _Requirements: {number}.{task}_"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_has_its_size_and_points_at_a_reference() {
        let sample = Sample::of_tasks(15_000);
        assert!((15_000..16_000).contains(&sample.tasks.len()));
        let line = sample.tasks.lines().nth(sample.reference.0).unwrap();
        assert_eq!(&line[sample.reference.1..], "_");
    }
}
