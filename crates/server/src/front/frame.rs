//! The base protocol: `Content-Length` frames over any byte stream, and how to get back in step after garbage.

use std::io::{self, BufRead, BufReader, Read, Write};

use thiserror::Error;

/// Longer header lines are read in pieces of this many bytes.
const LINE_LIMIT: usize = 8 * 1024;
/// How much of a piece is kept for the next, so that a header that straddles two pieces is still seen.
const LINE_OVERLAP: usize = 64;
/// Bytes of garbage shown in the log.
const SAMPLE: usize = 80;
/// Memory reserved for a body before its bytes have arrived.
const BODY_RESERVE: usize = 1 << 20;
/// A body that is too long is skipped up to this length; a longer claim is taken for garbage.
const SKIP_LIMIT: usize = 1 << 30;

/// What stands where a frame should be. The stream itself goes on.
#[derive(Debug, Error, PartialEq, Eq)]
pub(super) enum FrameError {
    #[error(
        "The message has no Content-Length header; it begins with {0:?}. Send headers as the LSP base protocol says."
    )]
    NoLength(String),
    #[error("The Content-Length {0:?} is not a number of bytes. Send the body's length in bytes.")]
    BadLength(String),
    #[error(
        "The message has {length} bytes, but at most {max} are accepted. It was skipped; send less at once."
    )]
    TooLong { length: usize, max: usize },
}

/// Reads frames from a blocking stream.
pub(super) struct FrameReader<R> {
    input: BufReader<R>,
    max_body: usize,
}

impl<R: Read> FrameReader<R> {
    /// `max_body` is the longest body accepted, in bytes.
    pub(super) fn new(input: R, max_body: usize) -> Self {
        Self {
            input: BufReader::with_capacity(64 * 1024, input),
            max_body,
        }
    }

    /// The next body, or what is wrong with it; `None` at the end of the stream.
    ///
    /// # Errors
    /// When the stream fails, or ends inside a body.
    pub(super) fn next(&mut self) -> io::Result<Option<Result<Vec<u8>, FrameError>>> {
        let mut length = None;
        let mut garbage: Option<FrameError> = None;
        let mut line = Vec::new();
        loop {
            if !self.read_line(&mut line)? {
                return Ok(garbage.map(Err));
            }
            let text = line.trim_ascii();
            if text.is_empty() {
                match (length, garbage.take()) {
                    (Some(length), None) => return self.read_body(length).map(Some),
                    (Some(length), Some(error)) => {
                        tracing::warn!(%error, "skipped text before a message");
                        return self.read_body(length).map(Some);
                    }
                    (None, Some(error)) => return Ok(Some(Err(error))),
                    (None, None) => {}
                }
            } else if let Some(value) = content_length(text) {
                match value.parse::<usize>() {
                    Ok(n) if n <= SKIP_LIMIT => length = Some(n),
                    _ => garbage = Some(FrameError::BadLength(value)),
                }
            } else if !is_header(text) {
                garbage.get_or_insert_with(|| FrameError::NoLength(sample(text)));
            }
        }
    }

    /// Reads up to a line feed into `line`; false at the end of the stream.
    fn read_line(&mut self, line: &mut Vec<u8>) -> io::Result<bool> {
        line.clear();
        loop {
            let mut piece = (&mut self.input).take(LINE_LIMIT as u64);
            let read = piece.read_until(b'\n', line)?;
            if read == 0 || line.ends_with(b"\n") {
                return Ok(!line.is_empty());
            }
            if line.len() > LINE_LIMIT {
                line.drain(..line.len() - LINE_OVERLAP);
            }
        }
    }

    fn read_body(&mut self, length: usize) -> io::Result<Result<Vec<u8>, FrameError>> {
        let mut body = (&mut self.input).take(length as u64);
        if length > self.max_body {
            let skipped = io::copy(&mut body, &mut io::sink())?;
            return match skipped == length as u64 {
                true => Ok(Err(FrameError::TooLong {
                    length,
                    max: self.max_body,
                })),
                false => Err(io::ErrorKind::UnexpectedEof.into()),
            };
        }
        let mut bytes = Vec::with_capacity(length.min(BODY_RESERVE));
        body.read_to_end(&mut bytes)?;
        match bytes.len() == length {
            true => Ok(Ok(bytes)),
            false => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

/// The value of a `Content-Length` header at the end of a line, even after the tail of a broken message.
fn content_length(line: &[u8]) -> Option<String> {
    const NAME: &[u8] = b"content-length:";
    let at = line
        .windows(NAME.len())
        .rposition(|window| window.eq_ignore_ascii_case(NAME))?;
    let value = line[at + NAME.len()..].trim_ascii();
    let in_step = at == 0;
    let is_number = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
    (in_step || is_number).then(|| sample(value))
}

fn is_header(line: &[u8]) -> bool {
    line.iter()
        .position(|byte| *byte == b':')
        .is_some_and(|colon| {
            colon > 0
                && line[..colon]
                    .iter()
                    .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
        })
}

fn sample(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(SAMPLE)]).into_owned()
}

/// Appends one frame with `body` to `out`.
pub(super) fn write_frame(out: &mut Vec<u8>, body: &[u8]) -> io::Result<()> {
    write!(out, "Content-Length: {}\r\n\r\n", body.len())?;
    out.extend_from_slice(body);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(input: &[u8], max: usize) -> Vec<Result<String, FrameError>> {
        let mut reader = FrameReader::new(input, max);
        let mut all = Vec::new();
        while let Ok(Some(frame)) = reader.next() {
            all.push(frame.map(|body| String::from_utf8(body).unwrap()));
        }
        all
    }

    #[test]
    fn headers_in_any_case_with_a_content_type_and_bare_line_feeds() {
        let input =
            b"content-type: x; charset=utf-8\r\nCONTENT-LENGTH:2\r\n\r\n{}Content-Length: 3\n\n[1]";
        assert_eq!(read_all(input, 10), [Ok("{}".into()), Ok("[1]".into())]);
    }

    #[test]
    fn text_before_a_header_is_skipped() {
        let input = b"Debugger attached!\r\nContent-Length: 2\r\n\r\n{}";
        assert_eq!(read_all(input, 10), [Ok("{}".into())]);
    }

    #[test]
    fn a_block_without_length_is_reported_and_the_next_message_read() {
        let input = b"GET / HTTP/1.1\r\nHost: x\r\n\r\nContent-Length: 2\r\n\r\n{}";
        let all = read_all(input, 10);
        assert!(matches!(&all[0], Err(FrameError::NoLength(s)) if s.starts_with("GET")));
        assert_eq!(all[1..], [Ok("{}".into())]);
    }

    #[test]
    fn a_wrong_length_is_reported_and_the_next_message_read() {
        let input = b"Content-Length: many\r\n\r\nContent-Length: 2\r\n\r\n{}";
        let all = read_all(input, 10);
        assert_eq!(all[0], Err(FrameError::BadLength("many".into())));
        assert_eq!(all[1..], [Ok("{}".into())]);
    }

    #[test]
    fn a_length_that_is_too_short_loses_one_message_only() {
        let input = b"Content-Length: 2\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}";
        assert_eq!(read_all(input, 10), [Ok("{\"".into()), Ok("{}".into())]);
    }

    #[test]
    fn a_header_behind_a_very_long_line_is_still_found() {
        for pad in [
            LINE_LIMIT - 20,
            LINE_LIMIT - 3,
            LINE_LIMIT,
            3 * LINE_LIMIT + 5,
        ] {
            let mut input = vec![b'x'; pad];
            input.extend_from_slice(b"Content-Length: 2\r\n\r\n{}");
            assert_eq!(read_all(&input, 10), [Ok("{}".into())], "{pad}");
        }
    }

    #[test]
    fn a_body_over_the_limit_is_skipped() {
        let input = b"Content-Length: 11\r\n\r\n[1,2,3,4,5]Content-Length: 2\r\n\r\n{}";
        let all = read_all(input, 10);
        assert_eq!(
            all[0],
            Err(FrameError::TooLong {
                length: 11,
                max: 10
            })
        );
        assert_eq!(all[1..], [Ok("{}".into())]);
    }

    #[test]
    fn an_end_inside_a_body_is_an_error() {
        let mut reader = FrameReader::new(&b"Content-Length: 9\r\n\r\n{}"[..], 10);
        assert_eq!(
            reader.next().unwrap_err().kind(),
            io::ErrorKind::UnexpectedEof
        );
    }
}
