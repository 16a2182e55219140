//! The line to one caller's terminal: what is typed there finds whoever listens now, and what is shown goes out in order.
//!
//! The connection's task (async), the caller's thread and the desk hold it together. Invariant: none of them waits for another here.

use std::{
    net::{Shutdown, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
};

use tokio::sync::mpsc::UnboundedSender;

use super::reports::{self, Reports};
use crate::{
    domain::policy::Role,
    runtime::{House, Knock, Parting},
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
    /// Bytes, after which the terminal is asked whether it shows them.
    Frame(Vec<u8>),
    /// The last bytes and the status with which the client's program ends.
    End(Vec<u8>, u32),
}

/// Who listens.
enum Ear {
    Waiting(mpsc::SyncSender<Heard>),
    Seated(Knock),
    Nobody,
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
    frames: Frames,
    size: (u16, u16),
    is_gone: bool,
}

/// The line.
pub(super) struct Line {
    state: Mutex<State>,
    out: UnboundedSender<Sent>,
    socket: Arc<TcpStream>,
}

impl Line {
    /// A line whose caller waits, and where that one listens.
    pub(super) fn new(
        out: UnboundedSender<Sent>,
        socket: Arc<TcpStream>,
        size: (u16, u16),
    ) -> (Self, mpsc::Receiver<Heard>) {
        let (sender, heard) = mpsc::sync_channel(AHEAD);
        let state = State { ear: Ear::Waiting(sender), frames: Frames::default(), size, is_gone: false };
        (Self { state: Mutex::new(state), out, socket }, heard)
    }

    /// Nothing here is changed in two steps, so a panic elsewhere leaves it whole.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether what is typed now is taken at once.
    pub(super) fn has_room(&self) -> bool {
        match &self.state().ear {
            Ear::Seated(knock) => knock.has_room(),
            Ear::Waiting(_) | Ear::Nobody => true,
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
        match &state.ear {
            Ear::Waiting(sender) if !typed.is_empty() => drop(sender.try_send(Heard::Bytes(typed))),
            Ear::Seated(knock) => {
                (early..reports).for_each(|_| knock.taken());
                if !typed.is_empty() {
                    knock.bytes(&typed);
                }
            }
            Ear::Waiting(_) | Ear::Nobody => {}
        }
    }

    /// The connection has taken a frame.
    pub(super) fn handed_on(&self) {
        let mut state = self.state();
        if state.frames.answers {
            return;
        }
        state.frames.taken += 1;
        if let Ear::Seated(knock) = &state.ear {
            knock.taken();
        }
    }

    /// The size of the terminal now.
    pub(super) fn size(&self) -> (u16, u16) {
        self.state().size
    }

    pub(super) fn resized(&self, size: (u16, u16)) {
        let mut state = self.state();
        state.size = size;
        match &state.ear {
            Ear::Waiting(sender) => drop(sender.try_send(Heard::Size(size))),
            Ear::Seated(knock) => knock.resized(size),
            Ear::Nobody => {}
        }
    }

    /// The caller has another role: who waits finds out at the next thing that they hear, who sits takes another seat.
    pub(super) fn give_role(&self, house: &House, role: Role) {
        match &self.state().ear {
            Ear::Waiting(sender) => drop(sender.try_send(Heard::Admitted)),
            Ear::Seated(knock) => house.give_role(knock, role),
            Ear::Nobody => {}
        }
    }

    /// The caller has to leave; why.
    pub(super) fn part(&self, why: Parting) {
        match &self.state().ear {
            // Who has not listened for so long is gone with the connection.
            Ear::Waiting(sender) => {
                if sender.try_send(Heard::Part(why)).is_err() {
                    self.hang_up();
                }
            }
            Ear::Seated(knock) => knock.part(why),
            Ear::Nobody => {}
        }
    }

    /// The terminal is gone.
    pub(super) fn gone(&self) {
        let mut state = self.state();
        state.is_gone = true;
        match &state.ear {
            // Whoever waits finds that nobody can tell them anything any more.
            Ear::Waiting(_) => state.ear = Ear::Nobody,
            Ear::Seated(knock) => knock.gone(),
            Ear::Nobody => {}
        }
    }

    /// From now on a seat listens.
    pub(super) fn seat(&self, knock: Knock) {
        let mut state = self.state();
        state.frames.taken = 0;
        if state.is_gone {
            knock.gone();
        }
        state.ear = Ear::Seated(knock);
    }

    /// Nobody listens any more.
    pub(super) fn leave(&self) {
        self.state().ear = Ear::Nobody;
    }

    /// Sends a frame, and asks the terminal to answer when it is shown.
    pub(super) fn show(&self, frame: &[u8]) -> bool {
        self.out.send(Sent::Frame([frame, reports::ASK].concat())).is_ok()
    }

    /// Sends bytes that are no frame of a seat.
    pub(super) fn write(&self, bytes: Vec<u8>) -> bool {
        self.out.send(Sent::Frame(bytes)).is_ok()
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
