//! Leave to act: what the start of a process, and later an agent's write, demands.

/// On what ground a process may be started.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grounds {
    /// The user trusted exactly this content.
    Trusted {
        /// What, such as `hook:checks.json#Type check`.
        what: String,
        /// The SHA-256 of the content that was trusted.
        digest: String,
    },
    /// A fixed call of ours that runs nothing of the project, such as asking git for its staged files.
    Own {
        /// What, in words.
        what: &'static str,
    },
    /// The user asked for exactly this, now.
    Asked {
        /// What, in words.
        what: String,
    },
}

/// Leave to start one process. It can't be cloned: one permit, one act.
///
/// Only who has looked at the trust store, or has the user's own word, may make one: `Permit::grant` is a disallowed
/// method, and each place that calls it says why it may.
#[derive(Debug, PartialEq, Eq)]
pub struct Permit {
    grounds: Grounds,
}

impl Permit {
    /// Grants leave.
    pub fn grant(grounds: Grounds) -> Self {
        Self { grounds }
    }

    /// On what ground.
    pub fn grounds(&self) -> &Grounds {
        &self.grounds
    }
}
