//! Events in, one outcome for each hook that matches: through the whole of the automation, with a runner that counts.

#![allow(missing_docs, clippy::disallowed_methods, clippy::unwrap_used)]

mod bench;
mod full;
mod many;
#[cfg(unix)]
mod real;
mod rules;
