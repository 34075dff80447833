//! Puts the front together, serves, and ends in order.

use std::{
    io::{self, Read, Write},
    pin::Pin,
    sync::Arc,
};

use crossbeam_channel::{Receiver, unbounded};
use futures::{Sink, StreamExt};
use lsp_types::MessageType;
use parking_lot::Mutex;
use tokio::runtime::{Builder, Handle, Runtime};
use tower_lsp::{
    ClientSocket, LanguageServer, LspService,
    jsonrpc::{Request, Response},
};
use tower_service::Service;

use super::{
    calls::ClientCalls,
    cancel::CancelToken,
    control::{Control, Stop},
    endings::Endings,
    front::Front,
    guard::{Panicked, catch},
    jobs::Jobs,
    message::Incoming,
    options::{ExitCause, ExitStatus, FrontOptions},
    outbox::Outbox,
    pool::ReadPool,
    requests::Requests,
    transport::{spawn_reader, spawn_writer},
    watch::watch_signals,
};

/// One would do; with two, a handler that computes by mistake does not stop all others.
const RUNTIME_THREADS: usize = 2;

/// What the front gives to the language server behind it. All are cheap clones.
#[derive(Clone, Debug)]
pub struct Handles {
    /// Notifications to the client.
    pub outbox: Outbox,
    /// Requests to the client.
    pub calls: ClientCalls,
    /// Threads for what a user waits for.
    pub pool: ReadPool,
    /// One thread of low priority.
    pub background: ReadPool,
    /// Long work.
    pub jobs: Jobs,
    /// The small runtime; for code that awaits, never for code that computes.
    pub runtime: Handle,
    /// Cancelled when the server ends.
    pub ending: CancelToken,
    /// What must be ended before the process goes.
    pub endings: Endings,
}

/// Serves one client over `input` and `output` until it ends, and gives the reason.
///
/// `build` makes the service from the handles; tower-lsp's `Client` inside it passes through the same
/// outbox. Blocked reads and writes are left behind in their threads, so a binary must end its process
/// with the status's code.
///
/// ```no_run
/// use lsp_types::{Hover, HoverParams, InitializeParams, InitializeResult};
/// use rutter_server::front::{CancelToken, FrontOptions, Handles, serve};
/// use tower_lsp::{LanguageServer, LspService, jsonrpc::Result};
///
/// struct Server(Handles);
///
/// impl LanguageServer for Server {
///     async fn initialize(&self, _: InitializeParams) -> Result<InitializeResult> {
///         Ok(InitializeResult::default())
///     }
///     async fn shutdown(&self) -> Result<()> {
///         Ok(())
///     }
///     async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
///         // The snapshot is taken here, before the first await; the work runs on the pool.
///         Ok(self.0.pool.run(CancelToken::current(), move || compute(params)).await?)
///     }
/// }
///
/// fn compute(_: HoverParams) -> Option<Hover> {
///     None
/// }
///
/// let options = FrontOptions {
///     signals: true,
///     on_stuck: Some(Box::new(|status| std::process::exit(status.code().into()))),
///     ..FrontOptions::default()
/// };
/// let status = serve(std::io::stdin(), std::io::stdout(), options, |handles| {
///     LspService::new(|_client| Server(handles))
/// });
/// std::process::exit(status.code().into());
/// ```
pub fn serve<S: LanguageServer>(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
    mut options: FrontOptions,
    build: impl FnOnce(Handles) -> (LspService<S>, ClientSocket),
) -> ExitStatus {
    let (control, words) = unbounded();
    let stop = Stop::new(control.clone(), options.watchdog, options.on_stuck.take());
    let outbox = Outbox::new(options.unread_limit);
    let started = start(input, output, &options, &stop, &outbox, control.clone());
    let (runtime, messages, signals) = match started {
        Ok(started) => started,
        Err(error) => {
            let cause = ExitCause::CannotStart(error.to_string());
            return ExitStatus {
                cause,
                after_shutdown: false,
            };
        }
    };
    let calls = ClientCalls::new(
        outbox.clone(),
        runtime.handle().clone(),
        options.client_timeout,
    );
    let handles = Handles {
        jobs: Jobs::new(outbox.clone(), calls.clone(), runtime.handle().clone()),
        pool: ReadPool::new(options.read_threads),
        background: ReadPool::background(),
        runtime: runtime.handle().clone(),
        ending: CancelToken::new(),
        endings: Endings::default(),
        outbox,
        calls,
    };
    let (service, socket) = build(handles.clone());
    pump(socket, &handles);
    let mut front = Front {
        service,
        handles,
        runtime,
        options,
        requests: Requests::default(),
        control,
        stop: stop.clone(),
        parent: None,
        stalled: None,
        backlog: Default::default(),
    };
    let ran = catch("the front", || front.run(&messages, &words));
    let cause = ran.unwrap_or_else(|Panicked { log_id }| ExitCause::StatePanic { log_id });
    tracing::info!(?cause, "the server ends");
    front.end(cause.clone());
    drop(signals);
    stop.ended();
    ExitStatus {
        cause,
        after_shutdown: stop.shutdown_seen(),
    }
}

type Started = (
    Runtime,
    Receiver<Incoming>,
    Option<super::watch::SignalWatch>,
);

fn start(
    input: impl Read + Send + 'static,
    output: impl Write + Send + 'static,
    options: &FrontOptions,
    stop: &Stop,
    outbox: &Outbox,
    control: crossbeam_channel::Sender<Control>,
) -> io::Result<Started> {
    let signals = match options.signals {
        true => Some(watch_signals(stop.clone())?),
        false => None,
    };
    let runtime = Builder::new_multi_thread()
        .worker_threads(RUNTIME_THREADS)
        .thread_name("rutter-async")
        // Hooks wait for processes and their pipes.
        .enable_all()
        .build()?;
    spawn_writer(output, outbox.clone(), control)?;
    let messages = spawn_reader(input, options.max_message, stop.clone())?;
    Ok((runtime, messages, signals))
}

/// Passes on what tower-lsp's `Client` sends, and gives it the answers.
fn pump(socket: ClientSocket, handles: &Handles) {
    let (mut requests, sink) = socket.split();
    let (sink, calls) = (Mutex::new(sink), handles.calls.clone());
    let back: Arc<dyn Fn(Response) + Send + Sync> = Arc::new(move |response| {
        // This only fills a waiting slot: it never blocks, and cannot fail.
        let _ = Pin::new(&mut *sink.lock()).start_send(response);
    });
    handles.runtime.spawn(async move {
        while let Some(request) = requests.next().await {
            calls.forward(&request, &back);
        }
    });
}

impl<S: LanguageServer> Front<S> {
    /// Ends everything within the limits of the options.
    fn end(mut self, cause: ExitCause) {
        self.stop.will_come(&cause);
        self.requests.close();
        self.handles.ending.cancel();
        self.handles.jobs.shutdown();
        self.handles.endings.run();
        if let ExitCause::StatePanic { log_id } = &cause {
            self.handles.outbox.show(
                MessageType::ERROR,
                format!(
                    "Rutter hit an error of its own and stops, so that it cannot mix up your documents \
                     (log id {log_id}). Restart it, and please report this with the log."
                ),
            );
        }
        if !self.handles.jobs.wait_idle(self.options.exit_jobs) {
            tracing::warn!("some jobs did not end in time");
            self.handles.jobs.abandon();
        }
        // Handlers that wait for the client go on with an error, before the service says goodbye.
        self.handles.calls.close();
        let exit = Request::build("exit").finish();
        let service = &mut self.service;
        // A panic was logged; the server ends anyway.
        let _ = catch("exit", || drop(service.call(exit)));
        if !self.handles.outbox.flush(self.options.exit_flush) {
            tracing::warn!("the client did not read the last messages in time");
        }
        self.handles.outbox.close();
        self.runtime.shutdown_background();
    }
}
