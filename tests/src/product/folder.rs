//! A workspace on disk, with a state folder beside it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::git;

/// The sample spec of the format notes: requirements with four criteria, a design with one property, tasks, a wave graph.
pub const RATE_LIMIT: [(&str, &str); 4] = [
    (
        ".kiro/specs/rate-limit/.config.kiro",
        "{\"specId\":\"7d9f0c52-3c0a-4d0e-9f0b-1a2b3c4d5e6f\",\"workflowType\":\"requirements-first\",\"specType\":\"feature\"}\n",
    ),
    (
        ".kiro/specs/rate-limit/requirements.md",
        "# Requirements Document

## Introduction

Limit sign-in attempts.

## Glossary

- **Limiter**: counts attempts per account

## Requirements

### Requirement 1: Block repeated failures

**User Story:** As an account owner, I want failures limited, so that guessing is slow

#### Acceptance Criteria

1. WHEN five attempts fail within a minute, THE Limiter SHALL reject the sixth
2. IF the store is down, THEN THE Limiter SHALL allow the attempt and log it
3. WHILE an account is blocked, THE Limiter SHALL return 429
4. WHERE an admin bypass is set, THE Limiter SHALL skip counting
",
    ),
    (
        ".kiro/specs/rate-limit/design.md",
        "# Design Document

## Overview

A sliding window per account.

## Correctness Properties

### Property 1: Never above five

*For any* series of failures, the Limiter SHALL accept at most five per minute.

**Validates: Requirements 1.1, 1.3**
",
    ),
    (
        ".kiro/specs/rate-limit/tasks.md",
        "# Implementation Plan: Rate limit

## Tasks

- [-] 1. Build the limiter
  - [x] 1.1 Add the counter type
    - Sliding window, one minute
    - _Requirements: 1.1, 1.2, 1.4_
  - [ ]* 1.2 Write property test
    - **Property 1: Never above five**
    - **Validates: Requirements 1.1, 1.3**
- [ ] 2. Checkpoint - Ensure all tests pass

## Task Dependency Graph

```json
{\"waves\":[{\"id\":0,\"tasks\":[\"1.1\"]},{\"id\":1,\"tasks\":[\"1.2\"]}]}
```
",
    ),
];

/// A temporary workspace; it goes away with this value.
#[derive(Debug)]
pub struct Folder {
    temporary: tempfile::TempDir,
}

impl Folder {
    /// An empty one.
    pub fn empty() -> Self {
        let folder = Self {
            temporary: tempfile::tempdir().expect("a temporary folder"),
        };
        fs::create_dir(folder.root()).expect("the folder is new");
        folder
    }

    /// One with files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self::empty();
        for (path, text) in files {
            folder.write(path, text);
        }
        folder
    }

    /// The sample.
    pub fn rate_limit() -> Self {
        Self::with(&RATE_LIMIT)
    }

    /// Where the workspace is.
    pub fn root(&self) -> PathBuf {
        let base = fs::canonicalize(self.temporary.path()).expect("it is there");
        base.join("work space")
    }

    /// A place beside the workspace, for state and settings.
    pub fn beside(&self, name: &str) -> PathBuf {
        fs::canonicalize(self.temporary.path())
            .expect("it is there")
            .join(name)
    }

    /// The path of a file.
    pub fn path(&self, below: &str) -> PathBuf {
        self.root().join(below)
    }

    /// The URI of a file, written as editors write it.
    pub fn uri(&self, below: &str) -> String {
        uri(&self.path(below))
    }

    /// The text of a file.
    pub fn read(&self, below: &str) -> String {
        let path = self.path(below);
        fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    }

    /// Whether there is something.
    pub fn has(&self, below: &str) -> bool {
        self.path(below).exists()
    }

    /// Writes a file, and the folders above it.
    pub fn write(&self, below: &str, text: &str) {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("a folder above")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }

    /// Two workspace folders, `one` and `two`, each with the sample spec and some source; with their URIs.
    pub fn two_roots(source: &str) -> (Self, Vec<String>) {
        let folder = Self::empty();
        for root in ["one", "two"] {
            for (path, text) in RATE_LIMIT {
                folder.write(&format!("{root}/{path}"), text);
            }
            folder.write(&format!("{root}/src/a.rs"), source);
        }
        let roots = ["one", "two"].map(|root| uri(&folder.path(root)));
        (folder, roots.to_vec())
    }

    /// Runs git in the workspace, with a user of its own; gives what it says.
    pub fn git(&self, arguments: &[&str]) -> String {
        git::run(&self.root(), arguments)
    }

    /// Commits all there is.
    pub fn commit(&self, message: &str) {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", message]);
    }

    /// Every file with its text, by path below the workspace; bytes that are no text are replaced.
    pub fn all(&self) -> Vec<(String, String)> {
        let mut found = Vec::new();
        collect(&self.root(), &self.root(), &mut found);
        found.sort();
        found
    }
}

/// The `file:` URI of a path, with everything escaped that has to be.
pub fn uri(path: &Path) -> String {
    let mut out = "file://".to_owned();
    for byte in path.to_str().expect("a path that is text").bytes() {
        if byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let below = path
                .strip_prefix(root)
                .expect("below")
                .display()
                .to_string();
            found.push((
                below,
                String::from_utf8_lossy(&fs::read(&path).expect("it can be read")).into_owned(),
            ));
        }
    }
}
