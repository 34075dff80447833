//! A small spec for the tests of approvals.
#![allow(
    dead_code,
    missing_docs,
    clippy::unwrap_used,
    reason = "each test file uses a part of it"
)]

use rutter_spec::approvals::{Approvals, Who};
use rutter_spec::stages::{self, StaleItem, State, Why};
use rutter_spec::{Config, Document, Reading, Spec, Stage, Workflow};
use rutter_text::Source;

pub const REQUIREMENTS: &str = "# Requirements Document

## Introduction

Slow down people who guess passwords.

## Glossary

- **Limiter**: counts failed attempts
- **Store**: keeps the counts

## Requirements

### Requirement 1: Block repeated failures

**User Story:** As an owner, I want guessing to be slow, so that accounts are safe

#### Acceptance Criteria

1. WHEN five attempts fail, THE Limiter SHALL reject the sixth
2. WHEN an attempt succeeds, THE Limiter SHALL forget the failures
3. IF the Store is down, THEN THE Limiter SHALL let people in

### Requirement 2: Tell people

#### Acceptance Criteria

1. WHEN an attempt is rejected, THE Limiter SHALL say how long to wait
";

pub const DESIGN: &str = "# Design

A word before.

## Overview

A counter in front of the sign-in.

## Components

The Store is a map.

```ts
if (count > 5) {
  reject();
}
```

## Correctness Properties

These hold always.

### Property 1: Never above five

*For any* series of attempts, the Limiter SHALL let five through.

**Validates: Requirements 1.1, 1.2**

### Property 2: Always a reason

*For any* rejection, there SHALL be a time.

**Validates: Requirements 2.1**
";

pub const TASKS: &str = "# Implementation Plan

- [ ] 1. Limiter
  - [ ] 1.1 Count failures
    - in `limiter.ts`
    - _Requirements: 1.1_
  - [ ] 1.2 Forget on success
    - _Requirements: 1.2_
  - [ ]* 1.3 Test the properties
    - **Property 2: Always a reason**
    - _Requirements: 1.3_
- [ ] 2. Message
  - _Requirements: 2.1_
- [ ] Tell the team

## Notes

Nothing here counts.
";

pub fn put(spec: &mut Spec, document: Document, text: &str) {
    spec.set(document, Some(Reading::new(document, Source::new(text))));
}

pub fn spec() -> Spec {
    let mut spec = Spec {
        name: "limit".to_owned(),
        ..Spec::default()
    };
    put(&mut spec, Document::Requirements, REQUIREMENTS);
    put(&mut spec, Document::Design, DESIGN);
    put(&mut spec, Document::Tasks, TASKS);
    spec
}

pub fn with_workflow(mut spec: Spec, workflow: Workflow) -> Spec {
    spec.config = Some(Config::parse(&Config::render("id", workflow)));
    spec
}

/// The spec with one replacement in one document.
pub fn edited(spec: &Spec, document: Document, from: &str, to: &str) -> Spec {
    let text = spec.source(document).unwrap().text();
    assert!(text.contains(from), "{from:?} is not in {document:?}");
    let mut other = spec.clone();
    put(&mut other, document, &text.replacen(from, to, 1));
    other
}

pub fn ada() -> Who {
    Who::new("Ada", "ada@example.org")
}

pub fn approve(spec: &Spec, approvals: &Approvals, stage: Stage) -> Approvals {
    stages::approve(spec, approvals, stage, None, ada(), "2026-11-21T09:30:00Z").unwrap()
}

pub fn approved(spec: &Spec) -> Approvals {
    stages::order(spec)
        .into_iter()
        .fold(Approvals::default(), |a, stage| approve(spec, &a, stage))
}

pub fn states(spec: &Spec, approvals: &Approvals) -> Vec<(Stage, State)> {
    stages::status(spec, approvals)
        .into_iter()
        .map(|s| (s.stage, s.state))
        .collect()
}

/// What is stale, as `stage id why`.
pub fn stale(spec: &Spec, approvals: &Approvals) -> Vec<String> {
    stages::status(spec, approvals)
        .into_iter()
        .flat_map(|s| {
            s.stale
                .iter()
                .map(|item| format!("{} {}", s.stage, shown(item)))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn shown(item: &StaleItem) -> String {
    match &item.why {
        Why::Changed => format!("{} changed", item.id),
        Why::Added => format!("{} added", item.id),
        Why::Removed => format!("{} removed", item.id),
        Why::Cites(ids) => format!("{} cites {}", item.id, ids.join(",")),
    }
}
