//! The client's side: a terminal that shows what the host sends, and sends what is typed.
//!
//! It knows nothing of what it shows. A thread reads the keyboard, another one takes signals; the main thread shows frames.

use std::{
    io::{self, Read as _},
    net::Shutdown,
    os::unix::net::UnixStream,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use super::{
    Ended,
    socket::Called,
    wire::{Bye, Hello, Said},
};
use crate::runtime::{self, Parting, Tty};

/// How much of the keyboard is read at once.
const READ: usize = 1 << 16;
/// How long a host that takes nothing more is waited for.
const STALL: Duration = Duration::from_secs(30);

/// The way to the host; several threads send, and no two of them at once.
#[derive(Clone)]
struct Way(Arc<Mutex<UnixStream>>);

impl Way {
    fn send(&self, said: &Said) -> io::Result<()> {
        let stream = self.0.lock().map_err(|_panicked| io::Error::from(io::ErrorKind::BrokenPipe))?;
        said.send(&*stream)
    }

    /// Ends the connection: the host puts away what is typed.
    fn hang_up(&self) {
        if let Ok(stream) = self.0.lock() {
            drop(stream.shutdown(Shutdown::Both));
        }
    }
}

/// Joins a host: takes the terminal, and gives it back when it is over.
///
/// # Errors
/// The terminal does not answer.
pub fn join(called: Called, mut hello: Hello) -> io::Result<Ended> {
    let Called { stream, folder } = called;
    let own_end = Arc::new(AtomicBool::new(false));
    let mut first = Vec::new();
    let tty = Tty::take(&mut first)?;
    let size = Tty::size()?;
    (hello.folder, hello.size) = (folder, size);
    stream.set_write_timeout(Some(STALL))?;
    let way = Way(Arc::new(Mutex::new(stream.try_clone()?)));
    let ended = match way.send(&Said::Hello(Box::new(hello))) {
        Ok(()) => {
            Tty::send(&first)?;
            listen(&way);
            let (signals, is_own) = (way.clone(), Arc::clone(&own_end));
            runtime::on_signals(move |size| {
                let Some((columns, rows)) = size else {
                    is_own.store(true, Ordering::SeqCst);
                    return signals.hang_up();
                };
                // The host is gone if this fails, which the main thread finds out.
                drop(signals.send(&Said::Size(columns, rows)));
            })?;
            if let Some((columns, rows)) = Tty::size().ok().filter(|now| *now != size) {
                drop(way.send(&Said::Size(columns, rows)));
            }
            show(&stream, &way)
        }
        Err(_gone) => Ended::Lost,
    };
    drop(tty);
    Ok(if own_end.load(Ordering::SeqCst) { Ended::Left } else { ended })
}

/// Asks a host to do something; waits until it is done.
///
/// # Errors
/// What the system says about the socket.
pub fn ask(called: Called, mut hello: Hello) -> io::Result<Ended> {
    let Called { stream, folder } = called;
    hello.folder = folder;
    stream.set_write_timeout(Some(STALL))?;
    Said::Hello(Box::new(hello)).send(&stream)?;
    Ok(match Said::read(&stream) {
        Ok(Said::Bye(bye)) => bye.into(),
        Ok(_) | Err(_) => Ended::Lost,
    })
}

/// Sends what the keyboard gives; each read stays one, since an Enter at its end means something else than one inside it.
fn listen(way: &Way) {
    let way = way.clone();
    thread::spawn(move || {
        let mut buffer = vec![0; READ];
        loop {
            let read = io::stdin().lock().read(&mut buffer);
            let sent = match read {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Ok(count) if count > 0 => {
                    way.send(&Said::Keys(buffer.get(..count).unwrap_or_default().to_vec()))
                }
                _ => return way.hang_up(),
            };
            if sent.is_err() {
                return way.hang_up();
            }
        }
    });
}

/// Shows frames until the host ends it or is gone.
fn show(stream: &UnixStream, way: &Way) -> Ended {
    loop {
        match Said::read(stream) {
            Ok(Said::Frame(frame)) => {
                // An answer that cannot be sent is one that nobody waits for.
                if Tty::send(&frame).is_err() {
                    return Ended::Left;
                }
                drop(way.send(&Said::Taken));
            }
            Ok(Said::Bye(bye)) => return bye.into(),
            Ok(_) | Err(_) => return Ended::Lost,
        }
    }
}

impl From<Bye> for Ended {
    fn from(bye: Bye) -> Self {
        match bye {
            Bye::Parted(Parting::Left | Parting::Gone) => Self::Left,
            Bye::Parted(Parting::Closing | Parting::Moved | Parting::Dismissed) => Self::Closed,
            Bye::Parted(Parting::Silent) => Self::Silent,
            Bye::Parted(Parting::Crashed) => Self::Crashed,
            Bye::OtherVersion => Self::OtherVersion,
            Bye::Told(lines) => Self::Told(lines),
            Bye::Refused(why) => Self::Refused(why),
        }
    }
}
