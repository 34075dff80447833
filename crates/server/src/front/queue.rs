//! What waits to be written: in order, and bounded by letting newer news replace older.

use std::collections::{BTreeMap, HashMap, VecDeque};

/// Most droppable messages (logs, messages to the user) kept for a client that does not read.
pub(super) const MAX_DROPPABLE: usize = 512;
/// Most bytes of droppable messages kept for a client that does not read.
pub(super) const MAX_DROPPABLE_BYTES: usize = 4 << 20;

/// What a waiting message is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The findings of one document.
    Diagnostics(String),
    /// The latest report of one progress token.
    Progress(String),
    /// A notification whose newest instance says all.
    Whole(&'static str),
    /// A request of ours, by its id, which is taken back when nobody waits for its answer any more.
    Request(String),
}

/// What may happen to a message while it waits.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// It is sent, whatever comes.
    Keep,
    /// It is sent, before all that waits: short, and the client waits for nothing else.
    First,
    /// A later message of the same key takes its place.
    Replace(Key),
    /// It ends what later reports could replace: they queue behind it.
    Boundary(Key),
    /// It is sent unless it is taken back.
    Retract(Key),
    /// The oldest of these go when there are too many.
    Droppable,
}

/// The waiting messages, as JSON bodies.
#[derive(Default)]
pub(super) struct OutQueue {
    next: u64,
    items: BTreeMap<u64, Item>,
    first: VecDeque<Vec<u8>>,
    keyed: HashMap<Key, u64>,
    droppable: VecDeque<u64>,
    droppable_bytes: usize,
    bytes: usize,
    dropped: u64,
}

struct Item {
    body: Vec<u8>,
    key: Option<Key>,
    droppable: bool,
}

impl OutQueue {
    /// Takes `body` in, by the rules of its class.
    pub(super) fn push(&mut self, class: Class, body: Vec<u8>) {
        match class {
            Class::Replace(key) => {
                let waiting = self.keyed.get(&key).copied();
                match waiting.and_then(|at| self.items.get_mut(&at)) {
                    Some(item) => {
                        self.bytes = self.bytes - item.body.len() + body.len();
                        item.body = body;
                    }
                    None => self.append(body, Some(key), false),
                }
            }
            Class::Boundary(key) => {
                self.keyed.remove(&key);
                self.append(body, None, false);
            }
            Class::Retract(key) => self.append(body, Some(key), false),
            Class::Keep => self.append(body, None, false),
            Class::First => {
                self.bytes += body.len();
                self.first.push_back(body);
            }
            Class::Droppable => {
                self.append(body, None, true);
                self.drop_oldest();
            }
        }
    }

    fn append(&mut self, body: Vec<u8>, key: Option<Key>, droppable: bool) {
        let at = self.next;
        self.next += 1;
        self.bytes += body.len();
        if let Some(key) = &key {
            self.keyed.insert(key.clone(), at);
        }
        if droppable {
            self.droppable.push_back(at);
            self.droppable_bytes += body.len();
        }
        let item = Item {
            body,
            key,
            droppable,
        };
        self.items.insert(at, item);
    }

    fn drop_oldest(&mut self) {
        while self.droppable.len() > MAX_DROPPABLE
            || (self.droppable_bytes > MAX_DROPPABLE_BYTES && self.droppable.len() > 1)
        {
            let Some(at) = self.droppable.pop_front() else {
                return;
            };
            if let Some(item) = self.items.remove(&at) {
                self.bytes -= item.body.len();
                self.droppable_bytes -= item.body.len();
                self.dropped += 1;
            }
        }
    }

    /// Takes a waiting message back; false if it has been written or was never there.
    pub(super) fn retract(&mut self, key: &Key) -> bool {
        let item = self.keyed.remove(key).and_then(|at| self.items.remove(&at));
        if let Some(item) = &item {
            self.bytes -= item.body.len();
        }
        item.is_some()
    }

    /// The next message: the oldest of those that go first, else the oldest of all.
    pub(super) fn pop(&mut self) -> Option<Vec<u8>> {
        if let Some(body) = self.first.pop_front() {
            self.bytes -= body.len();
            return Some(body);
        }
        let (at, item) = self.items.pop_first()?;
        self.bytes -= item.body.len();
        if let Some(key) = item.key
            && self.keyed.get(&key) == Some(&at)
        {
            self.keyed.remove(&key);
        }
        if item.droppable {
            self.droppable.pop_front();
            self.droppable_bytes -= item.body.len();
        }
        Some(item.body)
    }

    pub(super) fn clear(&mut self) {
        *self = Self {
            next: self.next,
            dropped: self.dropped,
            ..Self::default()
        };
    }

    pub(super) fn is_empty(&self) -> bool {
        self.first.is_empty() && self.items.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.first.len() + self.items.len()
    }

    /// Bytes that wait.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// How many droppable messages went since the last call.
    pub(super) fn take_dropped(&mut self) -> u64 {
        std::mem::take(&mut self.dropped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drain(queue: &mut OutQueue) -> Vec<String> {
        std::iter::from_fn(|| queue.pop())
            .map(|body| String::from_utf8(body).unwrap())
            .collect()
    }

    fn diagnostics(uri: &str) -> Class {
        Class::Replace(Key::Diagnostics(uri.into()))
    }

    #[test]
    fn the_newest_findings_of_a_document_take_the_place_of_the_older() {
        let mut queue = OutQueue::default();
        queue.push(diagnostics("a"), b"a1".into());
        queue.push(Class::Keep, b"reply".into());
        queue.push(diagnostics("b"), b"b1".into());
        queue.push(diagnostics("a"), b"a2222".into());
        assert_eq!(queue.bytes(), 5 + 5 + 2);
        assert_eq!(drain(&mut queue), ["a2222", "reply", "b1"]);
        queue.push(diagnostics("a"), b"a3".into());
        assert_eq!(drain(&mut queue), ["a3"]);
        assert_eq!(queue.bytes(), 0);
    }

    #[test]
    fn reports_stay_between_their_begin_and_end() {
        let mut queue = OutQueue::default();
        let key = || Key::Progress("t".into());
        for round in ["1", "2"] {
            queue.push(Class::Boundary(key()), format!("begin{round}").into());
            queue.push(Class::Replace(key()), b"10%".into());
            queue.push(Class::Replace(key()), format!("90%{round}").into());
            queue.push(Class::Boundary(key()), format!("end{round}").into());
        }
        let expected = ["begin1", "90%1", "end1", "begin2", "90%2", "end2"];
        assert_eq!(drain(&mut queue), expected);
    }

    #[test]
    fn the_oldest_logs_go_and_nothing_else() {
        let mut queue = OutQueue::default();
        queue.push(Class::Keep, b"reply".into());
        for i in 0..MAX_DROPPABLE + 3 {
            queue.push(Class::Droppable, i.to_string().into());
        }
        assert_eq!((queue.len(), queue.take_dropped()), (MAX_DROPPABLE + 1, 3));
        let all = drain(&mut queue);
        assert_eq!(all[..2], ["reply".to_owned(), "3".to_owned()]);
        queue.push(Class::Droppable, vec![b'x'; MAX_DROPPABLE_BYTES + 1]);
        queue.push(Class::Droppable, b"y".into());
        assert_eq!(drain(&mut queue), ["y"]);
    }

    #[test]
    fn what_goes_first_keeps_its_own_order() {
        let mut queue = OutQueue::default();
        queue.push(Class::Keep, b"reply".into());
        queue.push(Class::First, b"a".into());
        queue.push(Class::First, b"bb".into());
        assert_eq!((queue.len(), queue.bytes()), (3, 8));
        assert_eq!(drain(&mut queue), ["a", "bb", "reply"]);
        assert!(queue.is_empty() && queue.bytes() == 0);
    }

    #[test]
    fn a_request_can_be_taken_back_until_it_is_written() {
        let mut queue = OutQueue::default();
        let key = |id: &str| Key::Request(id.into());
        queue.push(Class::Retract(key("1")), b"one".into());
        queue.push(Class::Retract(key("2")), b"two".into());
        assert!(queue.retract(&key("2")));
        assert_eq!(drain(&mut queue), ["one"]);
        assert!(!queue.retract(&key("1")));
    }
}
