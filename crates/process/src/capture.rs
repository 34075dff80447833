//! What a process printed, with a cap.

use std::collections::VecDeque;

/// The beginning and the end of what a process printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captured {
    limit: usize,
    head: Vec<u8>,
    tail: VecDeque<u8>,
    left_out: usize,
}

impl Captured {
    /// Nothing yet; of what comes, `limit` bytes are kept.
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            ..Self::default()
        }
    }

    /// Takes what was printed next.
    pub fn push(&mut self, bytes: &[u8]) {
        let room = (self.limit / 2).saturating_sub(self.head.len());
        let (head, rest) = bytes.split_at(room.min(bytes.len()));
        self.head.extend_from_slice(head);
        self.tail.extend(rest);
        let over = self.tail.len().saturating_sub(self.limit - self.limit / 2);
        self.tail.drain(..over);
        self.left_out += over;
    }

    /// Bytes that were printed and not kept.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Whether nothing was printed.
    pub fn is_empty(&self) -> bool {
        self.head.is_empty() && self.tail.is_empty()
    }

    /// What was printed, byte for byte; nothing where some of it was not kept.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        (self.left_out == 0).then(|| self.head.iter().chain(&self.tail).copied().collect())
    }

    /// As text. What is no UTF-8 is replaced; where bytes are left out a line says how many.
    pub fn text(&self) -> String {
        if self.left_out == 0 {
            let all: Vec<u8> = self.head.iter().chain(&self.tail).copied().collect();
            return String::from_utf8_lossy(&all).into_owned();
        }
        let tail: Vec<u8> = self.tail.iter().copied().collect();
        format!(
            "{}\n[… {} bytes left out …]\n{}",
            String::from_utf8_lossy(&self.head),
            self.left_out,
            String::from_utf8_lossy(&tail)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_and_the_end_are_kept() {
        let mut all = Captured::new(10);
        all.push(b"01234");
        all.push(b"56789");
        assert_eq!(all.text(), "0123456789");
        assert_eq!(all.bytes().as_deref(), Some(&b"0123456789"[..]));
        all.push(b"abc");
        assert_eq!(
            (all.left_out(), all.text().as_str()),
            (3, "01234\n[… 3 bytes left out …]\n89abc")
        );
        assert_eq!(all.bytes(), None);
        let mut one = Captured::new(4);
        one.push(b"0123456789");
        assert_eq!(one.text(), "01\n[… 6 bytes left out …]\n89");
        assert!(Captured::new(4).is_empty());
    }
}
