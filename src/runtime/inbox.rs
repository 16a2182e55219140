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

use super::{clock::Clock, seat::Parting};
use crate::{
    app::msg::Msg,
    domain::change::Author,
    store::{CommitError, Event},
};

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
    /// Nothing, until a frame may follow the last one.
    Due,
    /// The window has another size: columns, rows.
    Resized(u16, u16),
    /// A joined terminal has shown a frame.
    Taken,
    /// Somebody who watches needs the whole picture.
    Looked,
    /// The seat has to end.
    Part(Parting),
    /// The writer has something to tell.
    Store(Event),
    /// Who the name is that was given as the author's.
    Named(Result<Author, CommitError>),
    /// The seat of somebody else failed; whose.
    Crashed(Arc<str>),
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
    /// Begins to listen to this program's own terminal, by the clock of the loop.
    ///
    /// # Errors
    /// What the system says about signals.
    pub(super) fn open(clock: Clock) -> io::Result<(Self, Outlet)> {
        let (inbox, outlet) = Self::new();
        let keyboard = outlet.clone();
        thread::spawn(move || listen_to(io::stdin().lock(), clock, &keyboard));
        #[cfg(unix)]
        {
            let signals = outlet.clone();
            on_signals(move |size| {
                let ended = Happening::Part(Parting::Gone);
                signals.send(size.map_or(ended, |(columns, rows)| Happening::Resized(columns, rows)));
            })?;
        }
        Ok((inbox, outlet))
    }

    /// An inbox that hears only what is sent.
    pub(super) fn new() -> (Self, Outlet) {
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
            Err(RecvTimeoutError::Disconnected) => vec![Happening::Part(Parting::Gone)],
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
            _ => return outlet.send(Happening::Part(Parting::Gone)),
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

/// Tells of the system's signals in a thread of its own: another size of the window, or nothing for a request to end and a hang-up.
///
/// # Errors
/// What the system says.
#[cfg(unix)]
pub fn on_signals(mut told: impl FnMut(Option<(u16, u16)>) + Send + 'static) -> io::Result<()> {
    use signal_hook::{
        consts::{SIGHUP, SIGINT, SIGTERM, SIGWINCH},
        iterator::Signals,
    };
    let mut signals = Signals::new([SIGWINCH, SIGTERM, SIGHUP, SIGINT])?;
    thread::spawn(move || {
        for signal in signals.forever() {
            let size = (signal == SIGWINCH).then(crossterm::terminal::size);
            told(size.and_then(Result::ok));
        }
    });
    Ok(())
}

/// Tells once that the system asks the program to end.
///
/// # Errors
/// What the system says.
#[cfg(unix)]
pub(super) fn on_end(told: impl FnOnce() + Send + 'static) -> io::Result<()> {
    use signal_hook::{
        consts::{SIGINT, SIGTERM},
        iterator::Signals,
    };
    let mut signals = Signals::new([SIGINT, SIGTERM])?;
    thread::spawn(move || {
        if signals.forever().next().is_some() {
            told();
        }
    });
    Ok(())
}

/// The same where there are no such signals: it is looked from time to time.
///
/// # Errors
/// What the system says.
#[cfg(not(unix))]
pub(super) fn on_end(told: impl FnOnce() + Send + 'static) -> io::Result<()> {
    const LOOK: Duration = Duration::from_millis(200);
    let mark = interrupted()?;
    thread::spawn(move || {
        while !mark.load(std::sync::atomic::Ordering::SeqCst) {
            thread::sleep(LOOK);
        }
        told();
    });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_arrives_in_order_and_its_end_too() {
        let (mut inbox, outlet) = Inbox::new();
        assert!(inbox.wait(Some(Duration::ZERO)).is_empty());
        listen_to("trú".as_bytes(), Clock::system(), &outlet);
        let all = inbox.wait(None);
        let [Happening::Bytes(bytes, _), Happening::Part(Parting::Gone)] = all.as_slice() else {
            panic!("{all:?}")
        };
        assert_eq!(bytes, "trú".as_bytes());
    }
}
