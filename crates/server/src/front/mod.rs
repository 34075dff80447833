//! The ordered front: everything between the client's pipes and the handlers of the language server.
//!
//! Data flows one way:
//!
//! ```text
//! reader thread → front thread → handlers → outbox → writer thread
//!                     │             ├─ first poll on the front thread
//!                     │             ├─ the rest on a small runtime
//!                     │             └─ computing on the read pool, long work as jobs
//!                     └─ control: cancel, shutdown, exit, the client's replies; inline, never queued
//! ```
//!
//! - **State**: notifications. Handlers change the state in their first poll, in wire order.
//! - **Read**: requests. Handlers take their snapshot in their first poll, then compute on [`ReadPool`].
//! - **Jobs**: what takes long ([`Jobs`]); it is not tied to the request that began it.
//!
//! Handlers keep two rules. A notification handler awaits nothing. No handler computes for more than a
//! millisecond outside of the pool. One that breaks the first rule keeps its place in the order for
//! `FrontOptions::state_grace`, then goes on by itself and is logged.
//!
//! Every request gets exactly one answer. A panic in a request's handler becomes the error −32603; a
//! panic in a notification's handler ends the server with code 70, because the state is then unknown.

#![deny(clippy::print_stdout)]

mod calls;
mod cancel;
mod control;
mod endings;
mod frame;
#[expect(clippy::module_inception, reason = "the front thread is the front")]
mod front;
mod guard;
mod jobs;
mod lanes;
mod message;
mod options;
mod outbox;
mod pool;
mod priority;
mod queue;
mod requests;
mod serve;
mod transport;
mod watch;

pub use self::{
    calls::ClientCalls,
    cancel::{CancelListener, CancelToken},
    endings::Endings,
    jobs::{JobContext, JobError, JobId, JobInfo, JobOptions, JobState, Jobs},
    options::{ExitCause, ExitStatus, FrontOptions, OnStuck},
    outbox::Outbox,
    pool::{PoolError, Pooled, ReadPool},
    serve::{Handles, serve},
};
