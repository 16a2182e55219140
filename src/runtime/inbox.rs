//! Where everything that happens reaches the loop: keys, signals, what the writer and finished deeds tell.
//!
//! The keyboard has a thread of its own: what came in two reads stays two reads however long the loop is busy, and an Enter at
//! the end of a read means something else than one inside it (`held.rs`). A loop that reads for itself would cost less and mix them.

use std::{
    io::{self, Read},
    sync::{
        Arc,
        atomic::AtomicBool,
        mpsc::{self, Receiver, RecvTimeoutError, Sender},
    },
    thread,
    time::Duration,
};

use super::clock::Clock;
use crate::{app::msg::Msg, store::Event};

/// How much of the keyboard is read at once: a paste arrives in few pieces.
const READ: usize = 1 << 16;

/// Something that reached the loop.
#[derive(Debug)]
pub(super) enum Happening {
    /// Bytes of the keyboard, and when they came.
    Bytes(Vec<u8>, Duration),
    /// Nothing, for so long that it decides about what is unfinished.
    Silence,
    /// Nothing, for so long that a key does not repeat any more.
    Rest,
    /// The window has another size.
    Resized,
    /// The system asks to end, or the terminal hung up.
    Terminate,
    /// The writer has something to tell.
    Store(Event),
    /// A deed is done.
    Done(Msg),
}

/// The loop's end.
pub(super) struct Inbox {
    told: Receiver<Happening>,
}

/// What senders hold.
#[derive(Clone)]
pub(super) struct Outlet {
    sender: Sender<Happening>,
}

impl Outlet {
    /// Tells the loop. If it has ended, nobody is left to hear.
    pub(super) fn send(&self, happening: Happening) {
        drop(self.sender.send(happening));
    }
}

impl Inbox {
    /// Begins to listen, by the clock of the loop.
    ///
    /// # Errors
    /// What the system says about signals.
    pub(super) fn open(clock: Clock) -> io::Result<(Self, Outlet)> {
        let (inbox, outlet) = Self::deaf();
        let keyboard = outlet.clone();
        thread::spawn(move || listen_to(io::stdin().lock(), clock, &keyboard));
        #[cfg(unix)]
        listen_to_signals(outlet.clone())?;
        Ok((inbox, outlet))
    }

    fn deaf() -> (Self, Outlet) {
        let (sender, told) = mpsc::channel();
        (Self { told }, Outlet { sender })
    }

    /// Everything that has happened; waits for the first of it, at most so long. Nothing if the time is over.
    pub(super) fn wait(&mut self, at_most: Option<Duration>) -> Vec<Happening> {
        let first = match at_most {
            Some(pause) => self.told.recv_timeout(pause),
            None => self.told.recv().map_err(RecvTimeoutError::from),
        };
        match first {
            Ok(first) => std::iter::once(first).chain(self.told.try_iter()).collect(),
            Err(RecvTimeoutError::Timeout) => Vec::new(),
            Err(RecvTimeoutError::Disconnected) => vec![Happening::Terminate],
        }
    }
}

/// Reads the keyboard until it ends.
fn listen_to(mut keyboard: impl Read, clock: Clock, outlet: &Outlet) {
    let mut buffer = vec![0; READ];
    loop {
        match keyboard.read(&mut buffer) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(count) if count > 0 => {
                let read = buffer.get(..count).unwrap_or_default().to_vec();
                outlet.send(Happening::Bytes(read, clock.elapsed()));
            }
            _ => return outlet.send(Happening::Terminate),
        }
    }
}

/// A mark that is set once somebody asks the program to end, instead of ending it where it is.
///
/// # Errors
/// What the system says about signals.
pub fn interrupted() -> io::Result<Arc<AtomicBool>> {
    let mark = Arc::default();
    for signal in [signal_hook::consts::SIGINT, signal_hook::consts::SIGTERM] {
        signal_hook::flag::register(signal, Arc::clone(&mark))?;
    }
    Ok(mark)
}

/// Turns the system's signals into happenings: another window size, a request to end, a hang-up.
#[cfg(unix)]
fn listen_to_signals(outlet: Outlet) -> io::Result<()> {
    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGTERM, SIGWINCH},
        iterator::Signals,
    };
    let mut signals = Signals::new([SIGWINCH, SIGTERM, SIGHUP, SIGINT])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            outlet.send(if signal == SIGWINCH { Happening::Resized } else { Happening::Terminate });
        }
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_arrives_in_order_and_its_end_too() {
        let (mut inbox, outlet) = Inbox::deaf();
        assert!(inbox.wait(Some(Duration::ZERO)).is_empty());
        listen_to("trú".as_bytes(), Clock::system(), &outlet);
        let all = inbox.wait(None);
        let [Happening::Bytes(bytes, _), Happening::Terminate] = all.as_slice() else { panic!("{all:?}") };
        assert_eq!(bytes, "trú".as_bytes());
    }
}
