//! What a seat keeps between two runs: where it was, and every letter that is not stored yet.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, FixedOffset, Timelike as _};
use serde::{Deserialize, Serialize};

use super::{
    App, Asking, Screen, Sent, Source,
    arrangement::Arrangement,
    capture::{self, CaptureLine, Line},
    dialogs::{
        Dialog,
        wizard::{self, Wizard},
    },
    effect::Effect,
    field_edit::{FieldEdit, KeptEdit},
    panes::PaneId,
    session::{Focus, List, SessionSeat},
};
use crate::domain::{
    board::Board,
    command::Command,
    ids::{CommandId, RecordId, ScopeId},
};

/// The version of the draft that this program writes; another one is put aside unread. A new field has a default instead.
const VERSION: u16 = 1;

/// A seat as it is written to its draft file after every burst of keys.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Seat {
    version: u16,
    at: Option<ScopeId>,
    sessions: Vec<KeptSession>,
    wizard: Option<wizard::Kept>,
    wizard_open: bool,
    pending: Vec<KeptCommand>,
    /// After a crash, too, nothing is shown to the room that it did not see.
    #[serde(default)]
    covered: bool,
    /// The minute in which it was written, while the session's clock ran: a computer's clock may be set back while the program
    /// is not there. Minutes, so that a running clock does not write a draft every second.
    #[serde(default)]
    minute: Option<DateTime<FixedOffset>>,
}

impl Seat {
    /// Whether it has the form that this program writes.
    pub fn is_readable(&self) -> bool {
        self.version == VERSION
    }
}

/// A command that nobody has acknowledged yet, and where its text came from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct KeptCommand {
    id: CommandId,
    scope: ScopeId,
    command: Command,
    source: KeptSource,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum KeptSource {
    Capture(Line),
    Field(Box<KeptEdit>),
    Wizard(Box<wizard::Kept>),
    Action,
}

impl KeptSource {
    fn of(source: &Source) -> Self {
        match source {
            Source::Capture(line) => Self::Capture(line.clone()),
            Source::Field(edit) => Self::Field(Box::new(edit.kept())),
            Source::Wizard(kept) => Self::Wizard(kept.clone()),
            Source::Action => Self::Action,
        }
    }

    fn restored(self) -> Source {
        match self {
            Self::Capture(line) => Source::Capture(line),
            Self::Field(edit) => Source::Field(Box::new(FieldEdit::restored(*edit))),
            Self::Wizard(kept) => Source::Wizard(kept),
            Self::Action => Source::Action,
        }
    }
}

/// What is kept of a session: the place in it, and what is half-typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptSession {
    pub(super) scope: ScopeId,
    pane: PaneId,
    #[serde(default)]
    behind: Option<PaneId>,
    lists: Vec<(PaneId, List)>,
    focus: Focus,
    before_capture: Focus,
    capture: capture::Kept,
    editing: Option<KeptEdit>,
    kept: Vec<KeptEdit>,
    marked: BTreeSet<RecordId>,
    #[serde(default)]
    chosen_sitting: Option<RecordId>,
    #[serde(default)]
    trail: Vec<RecordId>,
    #[serde(default)]
    trail_from: Option<PaneId>,
    #[serde(default)]
    arrangement: Arrangement,
    #[serde(default)]
    captured: Option<RecordId>,
    #[serde(default)]
    projected: Option<usize>,
    /// What paragraphs that are read back said before they were changed.
    #[serde(default)]
    first_read: Vec<(RecordId, String)>,
}

impl KeptSession {
    /// Whether something that was typed in it is not stored.
    pub fn has_unsaved(&self) -> bool {
        let editing = self.editing.as_ref().is_some_and(KeptEdit::is_changed);
        editing || !self.kept.is_empty() || !self.capture.is_empty()
    }

    /// Of a session in which nobody has been yet.
    pub(super) fn new(scope: ScopeId) -> Self {
        Self {
            scope,
            pane: PaneId::Difficulties,
            behind: None,
            lists: Vec::new(),
            focus: Focus::List,
            before_capture: Focus::List,
            capture: capture::Kept::default(),
            editing: None,
            kept: Vec::new(),
            marked: BTreeSet::new(),
            chosen_sitting: None,
            trail: Vec::new(),
            trail_from: None,
            arrangement: Arrangement::default(),
            captured: None,
            projected: None,
            first_read: Vec::new(),
        }
    }

    /// What is kept of a seat in a session.
    pub fn of(seat: &SessionSeat) -> Self {
        Self {
            scope: seat.scope(),
            pane: seat.pane,
            behind: Some(seat.behind),
            lists: seat.lists.iter().map(|(pane, list)| (*pane, *list)).collect(),
            focus: seat.focus,
            before_capture: seat.before_capture,
            capture: seat.capture.kept(),
            editing: seat.editing.as_ref().map(FieldEdit::kept),
            kept: seat.kept.iter().map(FieldEdit::kept).collect(),
            marked: seat.marked.clone(),
            chosen_sitting: seat.chosen_sitting,
            trail: seat.trail.clone(),
            trail_from: Some(seat.trail_from),
            arrangement: seat.arrangement.clone(),
            captured: seat.captured,
            projected: seat.projected,
            first_read: seat.reading.changed_since(&seat.board),
        }
    }

    /// The seat as it was, on the board as it is.
    pub fn resume(self, board: Arc<Board>, private: Arc<Board>) -> SessionSeat {
        let mut seat = SessionSeat::new(board, private);
        seat.pane = self.pane;
        seat.behind = self.behind.unwrap_or(seat.behind);
        seat.lists = self.lists.into_iter().collect();
        seat.capture = CaptureLine::restored(self.capture);
        seat.editing = self.editing.map(FieldEdit::restored);
        seat.kept = self.kept.into_iter().map(FieldEdit::restored).collect();
        seat.marked = self.marked;
        seat.captured = self.captured;
        seat.projected = self.projected;
        seat.reading.remember(self.first_read);
        seat.chosen_sitting = self.chosen_sitting;
        seat.trail = self.trail;
        seat.trail_from = self.trail_from.unwrap_or(PaneId::Difficulties);
        seat.arrangement = self.arrangement;
        seat.focus = self.focus;
        seat.before_capture = self.before_capture;
        seat.refresh();
        seat
    }

    /// Takes back a captured line that could not be stored.
    pub(super) fn give_back_line(&mut self, line: Line) {
        let mut capture = CaptureLine::restored(std::mem::take(&mut self.capture));
        capture.give_back(line);
        self.capture = capture.kept();
    }

    /// Takes back a field's text that could not be stored.
    pub(super) fn give_back_field(&mut self, mut edit: FieldEdit, stale: bool) {
        edit.stale = stale;
        self.kept.push(edit.kept());
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
        let shown = if let Some(Dialog::Wizard(wizard)) = &self.dialog { Some(wizard) } else { None };
        let wizard = shown.or(self.kept_wizard.as_ref()).map(|wizard| wizard.kept());
        let kept = |(id, sent): (&CommandId, &Sent)| KeptCommand {
            id: *id,
            scope: sent.scope,
            command: sent.command.clone(),
            source: KeptSource::of(&sent.source),
        };
        Seat {
            version: VERSION,
            at,
            sessions,
            wizard,
            wizard_open: shown.is_some() || self.wizard_behind,
            pending: self.pending.iter().map(kept).collect(),
            covered: self.covered,
            minute: self.minute(),
        }
    }

    /// The minute, while the time counts.
    fn minute(&self) -> Option<DateTime<FixedOffset>> {
        let counts = self.session().is_some_and(|seat| seat.figures.item.is_some()) && !self.clock.rests();
        self.wall.with_second(0).and_then(|at| at.with_nanosecond(0)).filter(|_| counts)
    }

    /// Takes up a seat that was kept ([`Seat::is_readable`]): opens where it was, and sends again what had not been acknowledged; a command
    /// that was on disk already acts once.
    pub fn resume(&mut self, seat: Seat) -> Vec<Effect> {
        self.covered = seat.covered;
        if let Some(minute) = seat.minute {
            self.go_on_from(minute);
        }
        self.parked = seat.sessions.into_iter().map(|kept| (kept.scope, kept)).collect();
        self.kept_wizard = seat.wizard.as_ref().map(|kept| Box::new(Wizard::restored(kept)));
        if let Some(kept) = self.kept_wizard.as_mut().filter(|_| self.asking == Asking::No) {
            kept.forget_author();
        }
        self.wizard_behind = seat.wizard_open && seat.at.is_none();
        let mut effects = Vec::new();
        for KeptCommand { id, scope, command, source } in seat.pending {
            let source = source.restored();
            self.note_given(id);
            self.pending.insert(id, Sent { scope, command: command.clone(), source });
            effects.push(self.submission(id, scope, command));
        }
        if let Some(scope) = seat.at {
            effects.extend(self.open(scope, None));
        }
        self.settle();
        effects
    }
}
