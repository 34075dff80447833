//! The mark that a run's processes carry: a variable in their environment, inherited by whatever they start, wherever it
//! goes. It names the Rutter that started the run, so that anybody can tell whether that one still lives.
//!
//! A mark is `<pid>.<start time>.<pid namespace>.<run>`. A Rutter inside a run adds its mark behind the one it inherited,
//! with a space between, so that what it starts belongs to both.

#![expect(
    clippy::disallowed_methods,
    reason = "`/proc` is the kernel, not a file system"
)]

use std::ffi::OsString;
use std::fs;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// The variable. A program that is to outlive its run is started without it: `env -u RUTTER_RUN program`.
pub(crate) const VARIABLE: &str = "RUTTER_RUN";

/// What the marks of this process begin with, up to the last dot; nothing where `/proc` says nothing.
pub(crate) fn session() -> Option<&'static str> {
    static SESSION: OnceLock<Option<String>> = OnceLock::new();
    SESSION
        .get_or_init(|| {
            let pid = std::process::id();
            Some(format!("{pid}.{}.{}", started(pid)?, namespace()?))
        })
        .as_deref()
}

/// A mark for a new run.
pub(crate) fn new() -> Option<String> {
    static RUNS: AtomicU64 = AtomicU64::new(1);
    let run = RUNS.fetch_add(1, Ordering::Relaxed);
    Some(format!("{}.{run}", session()?))
}

/// The variable's value for a run: its mark behind those we carry ourselves.
pub(crate) fn value(mark: &str) -> OsString {
    let mut value = std::env::var_os(VARIABLE).unwrap_or_default();
    if !value.is_empty() {
        value.push(" ");
    }
    value.push(mark);
    value
}

/// The marks in an environment as the kernel gives it.
pub(crate) fn marks(environ: &[u8]) -> impl Iterator<Item = &str> {
    environ
        .split(|byte| *byte == 0)
        .filter_map(|pair| pair.strip_prefix(VARIABLE.as_bytes())?.strip_prefix(b"="))
        .filter_map(|value| str::from_utf8(value).ok())
        .flat_map(|value| value.split(' '))
}

/// Whether the Rutter that gave this mark is gone. What is no mark, or comes from another pid namespace, is not ours to judge.
pub(crate) fn is_orphan(mark: &str) -> bool {
    let numbers: Option<Vec<u64>> = mark.split('.').map(|number| number.parse().ok()).collect();
    let Some([pid, start, space, _]) = numbers.as_deref() else {
        return false;
    };
    let Ok(pid) = u32::try_from(*pid) else {
        return false;
    };
    Some(*space) == namespace() && started(pid) != Some(*start)
}

/// When a process was started, in clock ticks since boot; nothing where it has ended.
pub(crate) fn started(pid: u32) -> Option<u64> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    // The name before it may hold anything.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ');
    let state = fields.next()?;
    if matches!(state, "Z" | "X") {
        return None;
    }
    fields.nth(18)?.parse().ok()
}

fn namespace() -> Option<u64> {
    static SPACE: OnceLock<Option<u64>> = OnceLock::new();
    *SPACE.get_or_init(|| {
        let link = fs::read_link("/proc/self/ns/pid").ok()?;
        let name = link.to_string_lossy().into_owned();
        name.strip_prefix("pid:[")?.strip_suffix(']')?.parse().ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_marks_of_a_dead_rutter_are_orphans() {
        let mine = new().unwrap();
        assert!(!is_orphan(&mine), "we live");
        let (pid, space) = (std::process::id(), namespace().unwrap());
        let earlier = format!("{pid}.1.{space}.1");
        assert!(is_orphan(&earlier), "an earlier process had our number");
        assert!(!is_orphan(&format!("{pid}.1.{}.1", space + 1)), "elsewhere");
        for odd in ["", "1", "1.2.3", "a.b.c.d", "1.2.3.4.5", "-1.1.1.1"] {
            assert!(!is_orphan(odd), "{odd}");
        }
    }

    #[test]
    fn marks_are_found_among_other_variables() {
        let environ = b"A=1\0XRUTTER_RUN=no\0RUTTER_RUN=1.2.3.4 5.6.7.8\0RUTTER_RUNS=no\0";
        assert_eq!(marks(environ).collect::<Vec<_>>(), ["1.2.3.4", "5.6.7.8"]);
        assert_eq!(marks(b"").count(), 0);
    }

    #[test]
    fn each_run_has_its_own() {
        assert_ne!(new(), new());
    }
}
