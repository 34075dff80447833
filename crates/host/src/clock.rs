//! Time.

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now, in RFC 3339, UTC, whole seconds: `2026-11-21T09:30:00Z`.
    fn now(&self) -> String;

    /// Milliseconds since the Unix epoch.
    fn millis(&self) -> u64;

    /// This minute, as the clock on the wall shows it.
    fn wall(&self) -> WallMinute;
}

/// A minute of a local clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WallMinute {
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 23.
    pub hour: u8,
    /// 1 to 31.
    pub day: u8,
    /// 1 to 12.
    pub month: u8,
    /// 0 is Sunday, 6 is Saturday.
    pub weekday: u8,
}

impl WallMinute {
    fn of(time: jiff::civil::DateTime) -> Self {
        let small = |n: i8| u8::try_from(n).unwrap_or(0);
        Self {
            minute: small(time.minute()),
            hour: small(time.hour()),
            day: small(time.day()),
            month: small(time.month()),
            weekday: small(time.weekday().to_sunday_zero_offset()),
        }
    }
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

    fn wall(&self) -> WallMinute {
        WallMinute::of(jiff::Zoned::now().datetime())
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

    fn wall(&self) -> WallMinute {
        let time = self.0.trim_end_matches('Z').parse();
        WallMinute::of(time.unwrap_or(jiff::civil::DateTime::ZERO))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn now_is_rfc_3339_in_seconds() {
        let now = SystemClock.now();
        assert_eq!(now.len(), "2026-11-21T09:30:00Z".len(), "{now}");
        let fixed = FixedClock("2026-11-21T09:30:00Z".into()).wall();
        assert_eq!(
            (
                fixed.minute,
                fixed.hour,
                fixed.day,
                fixed.month,
                fixed.weekday
            ),
            (30, 9, 21, 11, 6)
        );
        assert!(now.ends_with('Z') && now.parse::<jiff::Timestamp>().is_ok());
    }
}
