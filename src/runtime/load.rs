//! How much may be on its way from a terminal to a seat: who sends more waits, so that an endless paste costs no memory.

use std::sync::{Condvar, Mutex, PoisonError};

/// So many bytes may wait for a seat.
const MOST: usize = 1 << 20;

/// Bytes on their way.
#[derive(Debug, Default)]
pub(super) struct Load {
    waiting: Mutex<usize>,
    taken: Condvar,
}

impl Load {
    /// Notes bytes that are sent; waits as long as too many are on their way.
    pub(super) fn put(&self, count: usize) {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = self.taken.wait_while(waiting, |waiting| *waiting > MOST);
        let mut waiting = waiting.unwrap_or_else(PoisonError::into_inner);
        *waiting = waiting.saturating_add(count);
    }

    /// Whether more may be sent without waiting.
    pub(super) fn has_room(&self) -> bool {
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) <= MOST
    }

    /// Notes bytes that the seat has taken.
    pub(super) fn take(&self, count: usize) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        *waiting = waiting.saturating_sub(count);
        self.taken.notify_one();
    }

    /// Lets everybody through: the seat is left.
    pub(super) fn end(&self) {
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = 0;
        self.taken.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{Arc, mpsc},
        thread,
        time::Duration,
    };

    use super::*;

    #[test]
    fn who_sends_too_much_waits_until_it_is_taken() {
        let (load, (sent, heard)) = (Arc::new(Load::default()), mpsc::channel());
        let sender = Arc::clone(&load);
        thread::spawn(move || {
            for _ in 0..3 {
                sender.put(MOST);
                sent.send(()).unwrap();
            }
        });
        let next = |pause| heard.recv_timeout(Duration::from_millis(pause)).is_ok();
        assert!(next(20_000) && next(20_000), "one more than fits is under way");
        assert!(!next(100), "the third waits");
        load.take(MOST + 1);
        assert!(next(20_000));
    }
}
