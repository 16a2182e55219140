//! What the writer and other helpers outside tell a seat.

use std::sync::Arc;

use super::{
    App, Saved, Screen, Sent, Source,
    dialogs::{
        Dialog,
        picker::{Item, Pick},
    },
    effect::Effect,
    msg::{Hit, Msg},
    notice::Notice,
    session::{FieldEdit, Focus, SessionSeat, Target},
};
use crate::{
    domain::{board::Board, command::Refusal, difficulty, ids::CommandId, kind::SessionState, policy},
    i18n::fill,
};

impl App {
    /// Takes a message that did not come from the terminal.
    pub(super) fn heard(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Published { board, private } => self.published(board, private),
            Msg::Catalogue(catalogue) => self.catalogue = catalogue,
            Msg::Saved { command } => self.saved(command),
            Msg::Refused { command, refusal } => self.refused(command, &refusal),
            Msg::NotSaved { command, what } => self.not_saved(command, what),
            Msg::Exported { files, folder, missing } => self.exported(files, &folder, missing),
            Msg::Failed(what) => self.say(Notice::error(what)),
            Msg::Rebuilding { done, total } => self.rebuilding(done, total),
            Msg::Found { generation, hits } => self.found(generation, hits),
            Msg::Input(_) | Msg::Resize { .. } | Msg::Tick => {}
        }
        Vec::new()
    }

    /// A new board: of the session that is open, or of the one that is awaited.
    fn published(&mut self, board: Arc<Board>, private: Arc<Board>) {
        let scope = board.scope();
        if let Some(seat) = self.session_mut().filter(|seat| seat.scope() == scope) {
            seat.publish(board, private);
            return;
        }
        let created = board.root().is_some_and(|root| root.kind().is_some());
        if let Some((_, record)) = self.opening.filter(|(wanted, _)| *wanted == scope && created) {
            self.opening = None;
            let parked = self.parked.remove(&scope);
            let mut seat = match parked {
                Some(kept) => kept.resume(board, private),
                None => SessionSeat::new(board, private),
            };
            if let Some(record) = record {
                seat.go(record);
            }
            if let Screen::Session(_) = self.screen {
                self.go_home();
            }
            self.screen = Screen::Session(Box::new(seat));
        }
    }

    fn saved(&mut self, command: CommandId) {
        if self.pending.remove(&command).is_some_and(|sent| is_closing(&sent)) {
            self.tell_unanswered();
        }
        self.saved = Saved::At(self.now);
    }

    /// Closing tells what nothing answers yet; the chair decides.
    fn tell_unanswered(&mut self) {
        let strings = self.strings();
        let Some(seat) = self.session() else { return };
        let left = difficulty::unanswered(&seat.board).len();
        let state = strings.state(policy::session_state(&seat.board));
        let text = if left == 0 {
            fill(strings.notice_state, &[state])
        } else {
            fill(strings.notice_closed_missing, &[&left.to_string()])
        };
        self.say(Notice::info(text));
    }

    /// A refused command: its text goes back to where it was typed.
    fn refused(&mut self, command: CommandId, refusal: &Refusal) {
        let strings = self.strings();
        let Some(sent) = self.pending.remove(&command) else { return };
        let why = strings.refusal(refusal);
        let kept = self.give_back(sent, matches!(refusal, Refusal::Stale { .. }));
        let text = if kept && !matches!(refusal, Refusal::Stale { .. }) {
            fill(strings.notice_line_kept, &[&why])
        } else {
            why
        };
        self.say(Notice::warning(text));
    }

    fn not_saved(&mut self, command: CommandId, what: String) {
        if let Some(sent) = self.pending.remove(&command) {
            self.give_back(sent, false);
        }
        self.saved = Saved::Failed;
        self.say(Notice::error(what));
    }

    /// Puts a text back; `stale` makes the next Enter replace what others wrote. Whether there was a text.
    fn give_back(&mut self, sent: Sent, stale: bool) -> bool {
        let Some(session) = self.session_mut() else { return false };
        match sent.source {
            Source::Action => false,
            Source::Capture(text) => {
                session.capture.give_back(&text);
                true
            }
            Source::Field(edit) => {
                let mut edit = *edit;
                if stale && let Target::Existing(record) | Target::Split(record) = edit.target {
                    let record = session.board.record(record);
                    edit.seen = record.map(|known| known.seen(&edit.spec.field)).unwrap_or_default();
                }
                give_back_field(session, edit);
                true
            }
        }
    }

    fn exported(&mut self, files: usize, folder: &str, missing: usize) {
        let strings = self.strings();
        let files = files.to_string();
        let text = if missing == 0 {
            fill(strings.notice_exported, &[&files, folder])
        } else {
            fill(strings.notice_missing, &[&files, folder, &missing.to_string()])
        };
        self.say(Notice::info(text));
    }

    fn rebuilding(&mut self, done: usize, total: usize) {
        if done < total {
            let (done, total) = (done.to_string(), total.to_string());
            self.say(Notice::info(fill(self.strings().notice_rebuilding, &[&done, &total])));
        } else {
            self.notice = None;
        }
    }

    fn found(&mut self, generation: u64, hits: Vec<Hit>) {
        let Some(Dialog::Picker(picker)) = &mut self.dialog else { return };
        if picker.remote != Some(generation) {
            return;
        }
        let item =
            |hit: Hit| Item::new(hit.text, Pick::Session(hit.scope, Some(hit.record))).aside(hit.session);
        picker.items = hits.into_iter().map(item).collect();
        picker.selected = 0;
    }
}

fn give_back_field(seat: &mut SessionSeat, edit: FieldEdit) {
    if seat.editing.is_some() || seat.focus == Focus::Capture {
        seat.kept.push(edit);
        return;
    }
    seat.focus = Focus::Editing;
    seat.editing = Some(edit);
}

fn is_closing(sent: &Sent) -> bool {
    use crate::domain::command::Command;
    matches!(sent.command, Command::SetState { state: SessionState::Closed })
}
