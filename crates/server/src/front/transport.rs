//! The two threads that block on the client's pipes, so that nothing else has to.

use std::{
    io::{self, Read, Write},
    thread,
};

use crossbeam_channel::{Sender, bounded};
use tower_lsp::jsonrpc::{Error, ErrorCode, Id};

use super::{
    control::{Control, Stop},
    frame::{FrameError, FrameReader, write_frame},
    message::{Incoming, parse},
    options::ExitCause,
    outbox::Outbox,
};

/// Messages read ahead of the front. The front never waits for the client, so a full queue only means
/// that it computes; then the pipe holds the rest.
const READ_AHEAD: usize = 64;

/// Starts the thread that reads, and gives what it reads. The channel ends with the input.
///
/// # Errors
/// When the thread cannot be started.
pub(super) fn spawn_reader(
    input: impl Read + Send + 'static,
    max_message: usize,
    stop: Stop,
) -> io::Result<crossbeam_channel::Receiver<Incoming>> {
    let (sender, receiver) = bounded(READ_AHEAD);
    thread::Builder::new()
        .name("rutter-reader".to_owned())
        .spawn(move || read(FrameReader::new(input, max_message), &sender, &stop))?;
    Ok(receiver)
}

fn read(mut frames: FrameReader<impl Read>, sender: &Sender<Incoming>, stop: &Stop) {
    loop {
        let message = match frames.next() {
            Ok(Some(Ok(body))) => parse(&body),
            Ok(Some(Err(error))) => invalid(&error),
            Ok(None) => return stop.will_come(&ExitCause::EndOfInput),
            Err(error) => {
                tracing::warn!(%error, "cannot read from the client");
                return stop.will_come(&ExitCause::EndOfInput);
            }
        };
        let is_exit = matches!(&message, Incoming::Notification(call) if call.method == "exit");
        if is_exit {
            stop.will_come(&ExitCause::Exit);
        }
        if sender.send(message).is_err() || is_exit {
            return;
        }
    }
}

fn invalid(error: &FrameError) -> Incoming {
    let code = match error {
        FrameError::TooLong { .. } => ErrorCode::InvalidRequest,
        FrameError::NoLength(_) | FrameError::BadLength(_) => ErrorCode::ParseError,
    };
    Incoming::Invalid {
        id: Id::Null,
        error: Error {
            code,
            message: error.to_string().into(),
            data: None,
        },
    }
}

/// Starts the thread that writes.
///
/// # Errors
/// When the thread cannot be started.
pub(super) fn spawn_writer(
    mut output: impl Write + Send + 'static,
    outbox: Outbox,
    control: Sender<Control>,
) -> io::Result<()> {
    thread::Builder::new()
        .name("rutter-writer".to_owned())
        .spawn(move || {
            if let Err(error) = write(&mut output, &outbox) {
                tracing::warn!(%error, "cannot write to the client");
                outbox.close();
                // The front may have ended already.
                let _ = control.send(Control::Stop(ExitCause::OutputClosed));
            }
        })
        .map(drop)
}

fn write(output: &mut impl Write, outbox: &Outbox) -> io::Result<()> {
    let mut bytes = Vec::new();
    while let Some(batch) = outbox.take() {
        bytes.clear();
        for body in batch {
            write_frame(&mut bytes, &body)?;
        }
        output.write_all(&bytes)?;
        output.flush()?;
        // One very long message must not keep its memory.
        bytes.shrink_to(64 << 10);
    }
    Ok(())
}
