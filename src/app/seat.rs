//! What a seat keeps between two runs: where it was, and every letter that is not stored yet.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    App, Screen, Sent,
    capture::{self, CaptureLine},
    dialogs::{Dialog, wizard},
    effect::Effect,
    panes::PaneId,
    session::{FieldEdit, Focus, KeptEdit, List, SessionSeat},
};
use crate::domain::{
    board::Board,
    command::Command,
    ids::{CommandId, ScopeId},
};

/// The version of the draft that this program writes; another one is not read.
const VERSION: u16 = 1;

/// A seat as it is written to its draft file after every burst of keys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seat {
    version: u16,
    at: Option<ScopeId>,
    sessions: Vec<KeptSession>,
    wizard: Option<wizard::Kept>,
    pending: Vec<(CommandId, ScopeId, Command)>,
}

/// What is kept of a session: the place in it, and what is half-typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptSession {
    pub(super) scope: ScopeId,
    pane: PaneId,
    lists: Vec<(PaneId, List)>,
    focus: Focus,
    capture: capture::Kept,
    editing: Option<KeptEdit>,
    kept: Vec<KeptEdit>,
}

impl KeptSession {
    /// What is kept of a seat in a session.
    pub fn of(seat: &SessionSeat) -> Self {
        Self {
            scope: seat.scope(),
            pane: seat.pane,
            lists: seat.lists.iter().map(|(pane, list)| (*pane, *list)).collect(),
            focus: seat.focus,
            capture: seat.capture.kept(),
            editing: seat.editing.as_ref().map(FieldEdit::kept),
            kept: seat.kept.iter().map(FieldEdit::kept).collect(),
        }
    }

    /// The seat as it was, on the board as it is.
    pub fn resume(self, board: Arc<Board>, private: Arc<Board>) -> SessionSeat {
        let mut seat = SessionSeat::new(board, private);
        seat.pane = self.pane;
        seat.lists = self.lists.into_iter().collect();
        seat.capture = CaptureLine::restored(self.capture);
        seat.editing = self.editing.map(FieldEdit::restored);
        seat.kept = self.kept.into_iter().map(FieldEdit::restored).collect();
        seat.focus =
            if self.focus == Focus::Editing && seat.editing.is_none() { Focus::List } else { self.focus };
        seat.refresh();
        seat
    }
}

impl App {
    /// What to keep of this seat.
    pub fn seat(&self) -> Seat {
        let mut sessions: Vec<KeptSession> = self.parked.values().cloned().collect();
        let mut at = self.opening.map(|(scope, _)| scope);
        if let Screen::Session(seat) = &self.screen {
            at = Some(seat.scope());
            sessions.retain(|kept| kept.scope != seat.scope());
            sessions.push(KeptSession::of(seat));
        }
        let wizard = match &self.dialog {
            Some(Dialog::Wizard(wizard)) => Some(wizard.kept()),
            _ => self.kept_wizard.clone(),
        };
        let pending = self.pending.iter();
        let pending = pending.map(|(id, sent)| (*id, sent.scope, sent.command.clone())).collect();
        Seat { version: VERSION, at, sessions, wizard, pending }
    }

    /// Takes up a seat that was kept: opens where it was, and sends again what had not been acknowledged; a command
    /// that was on disk already acts once.
    pub fn resume(&mut self, seat: Seat) -> Vec<Effect> {
        if seat.version != VERSION {
            return Vec::new();
        }
        self.parked = seat.sessions.into_iter().map(|kept| (kept.scope, kept)).collect();
        self.kept_wizard = seat.wizard;
        let mut effects = Vec::new();
        for (id, scope, command) in seat.pending {
            self.pending.insert(id, Sent::again(scope, command.clone()));
            effects.push(self.submission(id, scope, command));
        }
        if let Some(scope) = seat.at {
            effects.extend(self.open(scope, None));
        }
        effects
    }
}
