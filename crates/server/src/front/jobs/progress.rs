//! Work-done progress of one job: create, begin, reports, end; in that order whatever the client does.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use lsp_types::{
    WorkDoneProgress, WorkDoneProgressBegin, WorkDoneProgressCreateParams, WorkDoneProgressEnd,
    WorkDoneProgressReport,
    request::{Request, WorkDoneProgressCreate},
};
use parking_lot::Mutex;
use tokio::runtime::Handle;

use super::super::{
    calls::ClientCalls,
    outbox::{Outbox, work_done},
};

/// Reports are at least this far apart; the last one is always sent.
const REPORT_PERIOD: Duration = Duration::from_millis(100);

/// The progress that one token shows; a cheap clone.
#[derive(Clone)]
pub(super) struct Progress(Arc<Shared>);

struct Shared {
    token: String,
    title: String,
    outbox: Outbox,
    runtime: Handle,
    state: Mutex<State>,
}

struct State {
    phase: Phase,
    latest: Report,
    sent: Option<Instant>,
    timer: bool,
}

enum Phase {
    /// The client has not answered whether it will show the token.
    Creating,
    Open,
    /// The job ended before the client answered.
    EndedEarly(String),
    Over,
}

/// What a job says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Report {
    pub(super) message: Option<String>,
    pub(super) percentage: Option<u32>,
}

impl Progress {
    /// Asks the client to show `token`. The work does not wait for the answer; reports do.
    pub(super) fn start(
        token: String,
        title: String,
        outbox: Outbox,
        calls: &ClientCalls,
        runtime: Handle,
    ) -> Self {
        let params = WorkDoneProgressCreateParams {
            token: lsp_types::NumberOrString::String(token.clone()),
        };
        let progress = Self(Arc::new(Shared {
            token,
            title,
            outbox,
            runtime,
            state: Mutex::new(State {
                phase: Phase::Creating,
                latest: Report::default(),
                sent: None,
                timer: false,
            }),
        }));
        let created = progress.clone();
        let params = serde_json::json!(params);
        calls.request(WorkDoneProgressCreate::METHOD, params, move |answer| {
            created.answered(answer.is_ok());
        });
        progress
    }

    fn answered(&self, shown: bool) {
        let mut state = self.0.state.lock();
        let phase = std::mem::replace(&mut state.phase, Phase::Over);
        if !shown {
            return;
        }
        if matches!(phase, Phase::Creating | Phase::EndedEarly(_)) {
            self.send(WorkDoneProgress::Begin(WorkDoneProgressBegin {
                title: self.0.title.clone(),
                cancellable: Some(true),
                message: state.latest.message.clone(),
                percentage: state.latest.percentage,
            }));
            state.sent = Some(Instant::now());
        }
        match phase {
            Phase::Creating => state.phase = Phase::Open,
            // A client keeps a token that it created until it is ended.
            Phase::EndedEarly(message) => self.send_end(message),
            other => state.phase = other,
        }
    }

    /// Shows `report`, now or when its time has come; a newer one takes its place.
    pub(super) fn report(&self, report: Report) {
        let mut state = self.0.state.lock();
        state.latest = report;
        if !matches!(state.phase, Phase::Open) || state.timer {
            return;
        }
        let since = state.sent.map(|sent| sent.elapsed());
        match since.and_then(|since| REPORT_PERIOD.checked_sub(since)) {
            Some(wait) => {
                state.timer = true;
                let progress = self.clone();
                self.0.runtime.spawn(async move {
                    tokio::time::sleep(wait).await;
                    let mut state = progress.0.state.lock();
                    state.timer = false;
                    if matches!(state.phase, Phase::Open) {
                        progress.send_report(&mut state);
                    }
                });
            }
            None => self.send_report(&mut state),
        }
    }

    /// Ends the progress, with a last word to show.
    pub(super) fn end(&self, message: String) {
        let mut state = self.0.state.lock();
        match state.phase {
            Phase::Creating => state.phase = Phase::EndedEarly(message),
            Phase::Open => {
                state.phase = Phase::Over;
                self.send_end(message);
            }
            Phase::EndedEarly(_) | Phase::Over => {}
        }
    }

    fn send_report(&self, state: &mut State) {
        state.sent = Some(Instant::now());
        self.send(WorkDoneProgress::Report(WorkDoneProgressReport {
            cancellable: Some(true),
            message: state.latest.message.clone(),
            percentage: state.latest.percentage,
        }));
    }

    fn send_end(&self, message: String) {
        let message = (!message.is_empty()).then_some(message);
        self.send(WorkDoneProgress::End(WorkDoneProgressEnd { message }));
    }

    fn send(&self, value: WorkDoneProgress) {
        self.0.outbox.progress(&work_done(&self.0.token, value));
    }
}
