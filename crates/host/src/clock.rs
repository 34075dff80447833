//! Time.

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now, in RFC 3339, UTC, whole seconds: `2026-11-21T09:30:00Z`.
    fn now(&self) -> String;

    /// Milliseconds since the Unix epoch.
    fn millis(&self) -> u64;
}

/// The clock of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> String {
        format!("{:.0}", jiff::Timestamp::now())
    }

    fn millis(&self) -> u64 {
        u64::try_from(jiff::Timestamp::now().as_millisecond()).unwrap_or(0)
    }
}

/// A clock that stands still, for tests.
#[derive(Clone, Debug)]
pub struct FixedClock(pub String);

impl Clock for FixedClock {
    fn now(&self) -> String {
        self.0.clone()
    }

    fn millis(&self) -> u64 {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn now_is_rfc_3339_in_seconds() {
        let now = SystemClock.now();
        assert_eq!(now.len(), "2026-11-21T09:30:00Z".len(), "{now}");
        assert!(now.ends_with('Z') && now.parse::<jiff::Timestamp>().is_ok());
    }
}
