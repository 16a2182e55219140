//! The host's side: whoever calls and is the same user gets a seat, with threads of its own.
//!
//! ```text
//! socket ─keys─→ reader ─→ seat's inbox → loop ─frames─→ writer ─→ socket
//! ```
//!
//! A seat's loop never waits for its client: frames go through a channel that the loop itself keeps short. A client that does not read
//! stops its own writer and nothing else.

use std::{
    collections::VecDeque,
    io,
    net::Shutdown,
    os::unix::net::{UnixListener, UnixStream},
    panic::{self, AssertUnwindSafe},
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread,
    time::Duration,
};

use super::{
    Errand, socket,
    wire::{Bye, Hello, Said},
};
use crate::{
    runtime::{Guest, GuestSeat, House, Knock, Out, Parting, RunError, SEAT_THREAD, words},
    ui::theme::Theme,
};

/// How many clients may be there at a time.
const MOST: usize = 64;
/// How many may be there that have not said who they are; of more, whoever has waited longest is hung up on.
const MOST_UNKNOWN: usize = 16;
/// How long a client may take to say who it is.
const LOGIN: Duration = Duration::from_secs(20);
/// How long one write may wait for a client that does not read.
const STALL: Duration = Duration::from_secs(30);

/// Lets other starts on the same data folder join from now on, until the house closes.
///
/// # Errors
/// No place for a socket: other starts are told then that the folder is in use.
pub fn open(house: &Arc<House>, data: &Path) -> io::Result<()> {
    let (listener, path, folder) = socket::listen(data)?;
    // Before the folder is given back: whoever has it next makes a socket of the same name.
    house.at_close(move || drop(std::fs::remove_file(path)));
    let house = Arc::downgrade(house);
    let desk = move || {
        let (here, hallway) = (Arc::new(AtomicUsize::new(0)), Arc::new(Hallway::default()));
        while let Some(stream) = next(&listener) {
            let Some(house) = house.upgrade() else { return };
            let Ok(waiting) = Hallway::enter(&hallway, &stream) else { continue };
            let (folder, here) = (folder.clone(), Arc::clone(&here));
            let seat = move || serve(&house, &stream, &folder, waiting, &here);
            if let Err(error) = thread::Builder::new().name(SEAT_THREAD.to_owned()).spawn(seat) {
                tracing::warn!("no thread for a guest: {error}");
            }
        }
    };
    thread::Builder::new().name("door".to_owned()).spawn(desk).map(drop)
}

/// The next client that is the same user.
fn next(listener: &UnixListener) -> Option<UnixStream> {
    loop {
        match listener.accept() {
            Ok((stream, _)) if socket::is_same_user(&stream) => return Some(stream),
            Ok(_) => tracing::warn!("another user was turned away"),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                // Too many open files, perhaps for a moment: without a pause this would be a busy loop.
                tracing::warn!("door: {error}");
                thread::sleep(Duration::from_millis(100));
            }
        }
    }
}

/// One of the [`MOST`] places, given back when it is dropped.
struct Place(Arc<AtomicUsize>);

impl Place {
    fn take(here: &Arc<AtomicUsize>) -> Option<Self> {
        let place = Self(Arc::clone(here));
        (here.fetch_add(1, Ordering::SeqCst) < MOST).then_some(place)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Those who have not said who they are, the longest first.
#[derive(Default)]
struct Hallway(Mutex<VecDeque<(u64, UnixStream)>>);

/// One of them, until it is dropped.
struct Waiting {
    hallway: Arc<Hallway>,
    number: u64,
}

impl Hallway {
    fn line(&self) -> MutexGuard<'_, VecDeque<(u64, UnixStream)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets somebody wait; if there are too many, hangs up on whoever has waited longest. So those who say nothing keep nobody out.
    fn enter(hallway: &Arc<Self>, stream: &UnixStream) -> io::Result<Waiting> {
        let stream = stream.try_clone()?;
        let mut line = hallway.line();
        let number = line.back().map_or(0, |(last, _)| last + 1);
        line.push_back((number, stream));
        if line.len() > MOST_UNKNOWN
            && let Some((_, longest)) = line.pop_front()
        {
            drop(longest.shutdown(Shutdown::Both));
        }
        drop(line);
        Ok(Waiting { hallway: Arc::clone(hallway), number })
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.hallway.line().retain(|(number, _)| *number != self.number);
    }
}

/// Serves one client to its end.
fn serve(house: &Arc<House>, stream: &UnixStream, folder: &str, waiting: Waiting, here: &Arc<AtomicUsize>) {
    let Ok((hello, frames)) = greet(stream) else { return };
    drop(waiting);
    let place = Place::take(here);
    let bye = if !hello.is_ours() {
        Bye::OtherVersion
    } else if place.is_none() {
        Bye::Refused(hello.lang().strings().table.full.to_owned())
    } else if hello.folder != folder {
        Bye::Refused(hello.lang().strings().table.other_folder.to_owned())
    } else if let Some(errand) = hello.errand.clone() {
        run(house, &hello, errand)
    } else {
        host(house, stream, &hello, &frames)
    };
    let is_lost = bye == Bye::Parted(Parting::Gone);
    drop(frames.send(Said::Bye(bye)));
    drop(frames);
    if is_lost {
        drop(stream.shutdown(Shutdown::Both));
    }
}

/// Reads who the client is, and gives the way out to it.
fn greet(stream: &UnixStream) -> io::Result<(Hello, Sender<Said>)> {
    stream.set_read_timeout(Some(LOGIN))?;
    stream.set_write_timeout(Some(STALL))?;
    let Said::Hello(hello) = Said::read(stream)? else { return Err(io::ErrorKind::InvalidData.into()) };
    stream.set_read_timeout(None)?;
    let (frames, queue) = mpsc::channel();
    let way = stream.try_clone()?;
    thread::Builder::new().name("frames".to_owned()).spawn(move || carry(&queue, &way))?;
    Ok((*hello, frames))
}

/// Carries to the client what it is sent; closes the socket behind the last of it.
fn carry(queue: &Receiver<Said>, way: &UnixStream) {
    let sent = queue.iter().try_for_each(|said| said.send(way));
    if let Err(error) = sent {
        tracing::info!("a guest does not read: {error}");
    }
    drop(way.shutdown(Shutdown::Both));
}

/// Does what somebody at a shell asks for, as themselves.
fn run(house: &House, hello: &Hello, errand: Errand) -> Bye {
    let strings = hello.lang().strings();
    let who = (hello.name.clone(), hello.role);
    let told = match errand {
        Errand::Receive { source } => {
            house.receive_as(source, who).map(|report| words::union(strings, &report))
        }
        Errand::Notebook { session, taker, file } => house
            .give_notebook_as(session, taker, file.clone(), who)
            .map(|notebook| words::notebook(strings, &notebook, &file)),
    };
    told.map_or_else(|error| Bye::Refused(words::commit_error(strings, &error)), Bye::Told)
}

/// Runs a seat; how it ended.
fn host(house: &Arc<House>, stream: &UnixStream, hello: &Hello, frames: &Sender<Said>) -> Bye {
    let whole = || sit(house, stream, hello, frames)?.run();
    match panic::catch_unwind(AssertUnwindSafe(whole)) {
        Ok(Ok(parting)) => Bye::Parted(parting),
        Ok(Err(RunError::Closing)) => Bye::Parted(Parting::Closing),
        Ok(Err(error)) => Bye::Refused(words::run_error(hello.lang().strings(), &error)),
        Err(_panic) => Bye::Parted(Parting::Crashed),
    }
}

fn sit(
    house: &Arc<House>,
    stream: &UnixStream,
    hello: &Hello,
    frames: &Sender<Said>,
) -> Result<GuestSeat, RunError> {
    let guest = Guest {
        name: hello.name.clone(),
        role: hello.role,
        lang: hello.lang(),
        theme: Theme { colour: hello.colour, ascii: hello.ascii, light: false },
        size: hello.size,
        view: hello.view,
        is_away: false,
        is_proven: true,
    };
    let frames = frames.clone();
    let out: Out = Box::new(move |frame| frames.send(Said::Frame(frame.to_vec())).map_err(io::Error::other));
    let (knock, seat) = house.seat(&guest, out)?;
    let keyboard = stream.try_clone()?;
    thread::Builder::new().name("keys".to_owned()).spawn(move || listen(&keyboard, &knock))?;
    Ok(seat)
}

/// Hands on what the client sends until it ends or makes no sense.
fn listen(keyboard: &UnixStream, knock: &Knock) {
    loop {
        match Said::read(keyboard) {
            Ok(Said::Keys(bytes)) => knock.bytes(&bytes),
            Ok(Said::Size(columns, rows)) => knock.resized((columns, rows)),
            Ok(Said::Taken) => knock.taken(),
            Ok(_) | Err(_) => return knock.gone(),
        }
    }
}
