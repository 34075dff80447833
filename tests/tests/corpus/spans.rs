//! Every span that a parser gives lies in its text and on character boundaries.

use std::ops::Range;

use rutter_spec::{Design, Requirements, Tasks};
use rutter_tests::corpus::Corpus;
use rutter_text::refs::Reference;

fn check(text: &str, range: &Range<usize>, what: &str) {
    assert!(
        range.start <= range.end && text.get(range.clone()).is_some(),
        "{what} {range:?} of {} bytes: {text}",
        text.len()
    );
}

fn references(text: &str, references: &[Reference]) {
    for reference in references {
        check(text, &reference.range, "reference");
    }
}

/// Checks what the requirements parser gives, for one of its two readings.
pub fn requirements(text: &str, r: &Requirements) {
    for range in [&r.title, &r.introduction].into_iter().flatten() {
        check(text, range, "title or introduction");
    }
    for term in &r.terms {
        check(text, &term.range, "term");
        check(text, &term.name_range, "term name");
    }
    for requirement in &r.requirements {
        check(text, &requirement.range, "requirement");
        check(text, &requirement.heading, "heading");
        check(text, &requirement.id_range, "requirement id");
        if let Some(story) = &requirement.story {
            check(text, story, "story");
        }
        for c in &requirement.criteria {
            check(text, &c.range, "criterion");
            check(text, &c.marker, "marker");
            check(text, &c.body, "body");
            for keyword in &c.ears.keywords {
                check(&c.text, keyword, "keyword");
            }
        }
    }
    for decision in &r.decisions {
        check(text, &decision.range, "decision");
        check(text, &decision.id_range, "decision id");
    }
    for concern in &r.concerns {
        check(text, &concern.range, "concern");
    }
}

/// Checks what the design parser gives.
pub fn design(text: &str, d: &Design) {
    for section in &d.sections {
        check(text, &section.range, "section");
        check(text, &section.heading, "section heading");
    }
    for property in &d.properties {
        check(text, &property.range, "property");
        check(text, &property.heading, "property heading");
        check(text, &property.number_range, "property number");
        references(text, &property.validates);
    }
}

/// Checks what the tasks parser gives.
pub fn tasks(text: &str, t: &Tasks) {
    for (i, task) in t.tasks.iter().enumerate() {
        check(text, &task.range, "task");
        check(text, &task.mark_range, "mark");
        check(text, &task.number_range, "task number");
        check(text, &task.title_range, "task title");
        references(text, &task.requirements);
        references(text, &task.validates);
        assert!(
            task.parent.is_none_or(|p| p < i),
            "a parent stands in front"
        );
    }
    if let Some(waves) = &t.waves {
        check(text, &waves.range, "waves");
        check(text, &waves.content, "waves content");
        for (_, range) in waves.waves.iter().flatten() {
            check(text, range, "wave task");
        }
        for problem in &waves.problems {
            check(text, &problem.range, "problem");
        }
    }
}

/// Reads a text with every parser and checks all they give.
pub fn everything(text: &str) {
    requirements(text, &Requirements::parse(text));
    requirements(text, &Requirements::parse_bugfix(text));
    design(text, &Design::parse(text));
    tasks(text, &Tasks::parse(text));
}

#[test]
fn spans_of_every_file_are_sound() {
    for text in Corpus::open().texts() {
        everything(text);
    }
}
