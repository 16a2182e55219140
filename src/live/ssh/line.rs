//! The line to one caller's terminal: what is typed there finds whoever listens now, and what is shown goes out in order.
//!
//! The connection's task (async), the caller's thread and the desk hold it together. Invariant: none of them waits for another here.

use std::{
    net::{Shutdown, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
};

use tokio::sync::mpsc::UnboundedSender;

use super::reports::Reports;
use crate::{
    domain::policy::Role,
    runtime::{Eyes, House, Knock, Onlooker, Parting, decode::ground},
};

/// How many reads may wait for a caller's thread that is busy.
const AHEAD: usize = 64;

/// What a caller who has no seat yet is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Heard {
    /// What was typed.
    Bytes(Vec<u8>),
    /// Another size.
    Size((u16, u16)),
    /// The facilitator has given them a role.
    Admitted,
    /// It is over.
    Part(Parting),
}

/// What goes to a terminal.
pub(super) enum Sent {
    /// Bytes that are no frame.
    Plain(Vec<u8>),
    /// A frame, after which the terminal is asked whether it shows it.
    Frame(Vec<u8>),
    /// The same, of many terminals.
    Shared(Arc<[u8]>),
    /// The last bytes and the status with which the client's program ends.
    End(Vec<u8>, u32),
}

/// Who listens.
enum Ear {
    /// The caller's thread.
    Waiting,
    /// The same, as long as nothing is touched.
    Watching(Eyes),
    Seated(Knock),
    Nobody,
}

impl Ear {
    /// A frame was shown.
    fn taken(&self) {
        match self {
            Self::Watching(eyes) => eyes.taken(),
            Self::Seated(knock) => knock.taken(),
            Self::Waiting | Self::Nobody => {}
        }
    }
}

/// What is known of the frames on their way.
#[derive(Default)]
struct Frames {
    reports: Reports,
    /// Whether the terminal has ever answered. Until it has, a frame counts as shown once the connection has taken it.
    answers: bool,
    /// How many frames counted so whose answers may still come.
    taken: usize,
}

struct State {
    ear: Ear,
    /// The way to the caller's thread, while the terminal is there.
    thread: Option<mpsc::SyncSender<Heard>>,
    /// Whether the thread of somebody who watches has not judged yet what they typed.
    stirs: bool,
    frames: Frames,
    /// Hears what the terminal tells of its ground.
    ground: ground::Ear,
    size: (u16, u16),
    /// Whether the thread was told of a size that it has not asked for yet.
    is_sized: bool,
}

impl State {
    /// Tells the caller's thread; whether it has room for that.
    fn tell(&self, heard: Heard) -> bool {
        self.thread.as_ref().is_some_and(|thread| thread.try_send(heard).is_ok())
    }
}

/// The line.
pub(super) struct Line {
    state: Mutex<State>,
    out: UnboundedSender<Sent>,
    socket: Arc<TcpStream>,
    /// Whether the next frame fails.
    #[cfg(test)]
    pub(super) fails: std::sync::atomic::AtomicBool,
}

impl Line {
    /// A line whose caller waits, and where that one listens.
    pub(super) fn new(
        out: UnboundedSender<Sent>,
        socket: Arc<TcpStream>,
        size: (u16, u16),
    ) -> (Self, mpsc::Receiver<Heard>) {
        let (sender, heard) = mpsc::sync_channel(AHEAD);
        let state = State {
            ear: Ear::Waiting,
            thread: Some(sender),
            stirs: false,
            frames: Frames::default(),
            ground: ground::Ear::default(),
            size,
            is_sized: false,
        };
        let line = Self {
            state: Mutex::new(state),
            out,
            socket,
            #[cfg(test)]
            fails: std::sync::atomic::AtomicBool::new(false),
        };
        (line, heard)
    }

    /// Nothing here is changed in two steps, so a panic elsewhere leaves it whole.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether what is typed now is taken at once.
    pub(super) fn has_room(&self) -> bool {
        let state = self.state();
        match &state.ear {
            Ear::Seated(knock) => knock.has_room(),
            Ear::Watching(_) => !state.stirs,
            Ear::Waiting | Ear::Nobody => true,
        }
    }

    /// Takes what one read gave. Somebody who waits types little: what is too much is dropped.
    pub(super) fn hear(&self, bytes: &[u8]) {
        let mut state = self.state();
        let (typed, reports) = state.frames.reports.take(bytes);
        if reports > 0 {
            state.frames.answers = true;
        }
        let early = reports.min(state.frames.taken);
        state.frames.taken -= early;
        (early..reports).for_each(|_| state.ear.taken());
        if typed.is_empty() {
            return;
        }
        if state.ground.is_light().is_none() {
            state.ground.hear(&typed);
        }
        match &state.ear {
            Ear::Waiting => drop(state.tell(Heard::Bytes(typed))),
            Ear::Watching(_) => state.stirs = state.tell(Heard::Bytes(typed)),
            Ear::Seated(knock) => knock.bytes(&typed),
            Ear::Nobody => {}
        }
    }

    /// What was typed by somebody who watches touches nothing.
    pub(super) fn calm(&self) {
        self.state().stirs = false;
    }

    /// The connection has taken a frame.
    pub(super) fn handed_on(&self) {
        let mut state = self.state();
        if state.frames.answers {
            return;
        }
        state.frames.taken += 1;
        state.ear.taken();
    }

    /// Whether the terminal writes on a light ground, if it has told.
    pub(super) fn is_light(&self) -> Option<bool> {
        self.state().ground.is_light()
    }

    /// The size of the terminal now.
    pub(super) fn size(&self) -> (u16, u16) {
        let mut state = self.state();
        state.is_sized = false;
        state.size
    }

    pub(super) fn resized(&self, size: (u16, u16)) {
        let mut state = self.state();
        state.size = size;
        match &state.ear {
            // What is typed has to have room behind it, however often the window is dragged.
            Ear::Waiting | Ear::Watching(_) if state.is_sized => {}
            Ear::Waiting | Ear::Watching(_) => state.is_sized = state.tell(Heard::Size(size)),
            Ear::Seated(knock) => knock.resized(size),
            Ear::Nobody => {}
        }
    }

    /// The caller has another role: who waits or watches finds out at the next thing that they hear, who sits takes another seat.
    pub(super) fn give_role(&self, house: &House, role: Role) {
        let state = self.state();
        match &state.ear {
            Ear::Waiting | Ear::Watching(_) => drop(state.tell(Heard::Admitted)),
            Ear::Seated(knock) => house.give_role(knock, role),
            Ear::Nobody => {}
        }
    }

    /// The caller has to leave; why.
    pub(super) fn part(&self, why: Parting) {
        let state = self.state();
        match &state.ear {
            // Who has not listened for so long is gone with the connection.
            Ear::Waiting | Ear::Watching(_) if !state.tell(Heard::Part(why)) => self.hang_up(),
            Ear::Seated(knock) => knock.part(why),
            Ear::Waiting | Ear::Watching(_) | Ear::Nobody => {}
        }
    }

    /// The terminal is gone.
    pub(super) fn gone(&self) {
        let mut state = self.state();
        // Whoever waits finds that nobody can tell them anything any more.
        state.thread = None;
        if let Ear::Seated(knock) = &state.ear {
            knock.gone();
        }
    }

    /// From now on a seat listens, which was made for a window of some size. It is given what was typed before, as far as it has room, and
    /// who has to leave leaves it.
    pub(super) fn seat(&self, knock: Knock, made_for: (u16, u16), before: &mpsc::Receiver<Heard>) {
        let mut state = self.state();
        for heard in before.try_iter() {
            match heard {
                Heard::Bytes(bytes) if knock.has_room() => knock.bytes(&bytes),
                Heard::Part(parting) => knock.part(parting),
                Heard::Bytes(_) | Heard::Size(_) | Heard::Admitted => {}
            }
        }
        state.frames.taken = 0;
        state.stirs = false;
        if state.thread.is_none() {
            knock.gone();
        }
        if state.size != made_for {
            knock.resized(state.size);
        }
        state.ear = Ear::Seated(knock);
    }

    /// From now on somebody watches.
    pub(super) fn watch(&self, eyes: Eyes) {
        let mut state = self.state();
        state.frames.taken = 0;
        state.stirs = false;
        state.ear = Ear::Watching(eyes);
    }

    /// Nobody listens any more.
    pub(super) fn leave(&self) {
        self.state().ear = Ear::Nobody;
    }

    /// Sends a frame, and asks the terminal to answer when it is shown.
    pub(super) fn show(&self, frame: &[u8]) -> bool {
        #[cfg(test)]
        assert!(!self.fails.load(std::sync::atomic::Ordering::SeqCst), "the seat fails");
        self.out.send(Sent::Frame(frame.to_vec())).is_ok()
    }

    /// Sends bytes that are no frame of a seat.
    pub(super) fn write(&self, bytes: Vec<u8>) {
        drop(self.out.send(Sent::Plain(bytes)));
    }

    /// Sends the last bytes.
    pub(super) fn end(&self, bytes: Vec<u8>, status: u32) {
        drop(self.out.send(Sent::End(bytes, status)));
    }

    /// Ends the connection, whatever is on its way.
    pub(super) fn hang_up(&self) {
        drop(self.socket.shutdown(Shutdown::Both));
    }
}

impl Onlooker for Line {
    fn show(&self, frame: &Arc<[u8]>) {
        // If the connection has ended, its caller's thread finds that out.
        drop(self.out.send(Sent::Shared(Arc::clone(frame))));
    }

    fn over(&self, why: Parting) {
        self.part(why);
    }
}
