//! A model that says what it was told to say, at a given pace. It tries out progress and cancel without any service, and
//! stands in for a model in tests and benchmarks.

use std::sync::{Condvar, Mutex, PoisonError};
use std::time::Duration;

use rutter_host::Cancel;

use crate::chat::{Chat, ChatError, Reply, Request, Stop};

/// Streams a fixed text.
#[derive(Debug)]
pub struct Scripted {
    chunks: Vec<String>,
    pause: Duration,
    woken: (Mutex<()>, Condvar),
}

impl Scripted {
    /// Streams `text` in chunks of about `size` bytes with `pause` in front of each.
    pub fn new(text: &str, size: usize, pause: Duration) -> Self {
        let mut chunks = Vec::new();
        let mut chunk = String::new();
        for c in text.chars() {
            chunk.push(c);
            if chunk.len() >= size.max(1) {
                chunks.push(std::mem::take(&mut chunk));
            }
        }
        if !chunk.is_empty() {
            chunks.push(chunk);
        }
        Self {
            chunks,
            pause,
            woken: (Mutex::new(()), Condvar::new()),
        }
    }

    /// Waits for the pause, in slices so that a cancel is seen soon; gives whether it was cancelled.
    fn rest(&self, cancel: &Cancel) -> bool {
        let slice = Duration::from_millis(20);
        let mut left = self.pause;
        while !left.is_zero() && !cancel.is_cancelled() {
            let now = left.min(slice);
            let guard = self.woken.0.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = self.woken.1.wait_timeout(guard, now);
            left -= now;
        }
        cancel.is_cancelled()
    }
}

/// Says the last message of the conversation back, at a given pace.
#[derive(Debug)]
pub struct Echo {
    size: usize,
    pause: Duration,
}

impl Echo {
    /// Streams in chunks of about `size` bytes with `pause` in front of each.
    pub fn new(size: usize, pause: Duration) -> Self {
        Self { size, pause }
    }
}

impl Chat for Echo {
    fn name(&self) -> &str {
        "scripted/slow"
    }

    fn chat(
        &self,
        request: &Request,
        cancel: &Cancel,
        chunk: &mut dyn FnMut(&str),
    ) -> Result<Reply, ChatError> {
        let text = request.messages.last().map_or("", |m| m.content.as_str());
        Scripted::new(text, self.size, self.pause).chat(request, cancel, chunk)
    }
}

impl Chat for Scripted {
    fn name(&self) -> &str {
        "scripted/text"
    }

    fn chat(
        &self,
        _request: &Request,
        cancel: &Cancel,
        chunk: &mut dyn FnMut(&str),
    ) -> Result<Reply, ChatError> {
        let mut text = String::new();
        for piece in &self.chunks {
            if self.rest(cancel) {
                return Ok(Reply {
                    text,
                    stop: Stop::Cancelled,
                });
            }
            chunk(piece);
            text.push_str(piece);
        }
        Ok(Reply {
            text,
            stop: Stop::End,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_its_text_and_stops_when_cancelled() {
        let model = Scripted::new("añb", 2, Duration::ZERO);
        let mut chunks = Vec::new();
        let reply = model
            .chat(&Request::default(), &Cancel::new(), &mut |c| {
                chunks.push(c.to_owned())
            })
            .unwrap();
        assert_eq!(
            (reply.text.as_str(), reply.stop, chunks.len()),
            ("añb", Stop::End, 2)
        );

        let (cancel, slow) = (
            Cancel::new(),
            Scripted::new("abcd", 1, Duration::from_secs(60)),
        );
        cancel.cancel();
        assert_eq!(
            slow.chat(&Request::default(), &cancel, &mut |_| ())
                .unwrap()
                .stop,
            Stop::Cancelled
        );
    }
}
