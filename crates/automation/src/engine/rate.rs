//! How often a hook was started lately, for each set of files.

use std::collections::{HashMap, VecDeque};

use super::Limits;

#[derive(Default)]
pub(super) struct Rate {
    /// The starts within the window, the first one first.
    starts: VecDeque<(u64, Vec<String>)>,
    counts: HashMap<Vec<String>, usize>,
}

impl Rate {
    /// Whether it may start for these files, which is then noted.
    pub(super) fn may_start(&mut self, now: u64, paths: &[String], limits: Limits) -> bool {
        let since = now.saturating_sub(limits.window);
        while let Some((_, past)) = self.starts.pop_front_if(|(at, _)| *at < since) {
            if let Some(count) = self.counts.get_mut(&past) {
                *count -= 1;
                if *count == 0 {
                    self.counts.remove(&past);
                }
            }
        }
        let count = self.counts.entry(paths.to_vec()).or_default();
        if *count >= limits.rate {
            return false;
        }
        *count += 1;
        self.starts.push_back((now, paths.to_vec()));
        true
    }
}
