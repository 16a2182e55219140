//! Going from place to place: Home, a session, its panes, the capture line; and out again.

use std::sync::Arc;

use crate::{
    app::{
        App, Home, Screen,
        effect::Effect,
        field_edit::Target,
        notice::Notice,
        panes::PaneId,
        seat::KeptSession,
        session::{Focus, SessionSeat},
    },
    domain::ids::{RecordId, ScopeId},
};

impl App {
    /// Asks for a scope; the seat goes there when its board is published.
    pub fn open(&mut self, scope: ScopeId, record: Option<RecordId>) -> Vec<Effect> {
        self.close_dialog();
        if let Some(seat) = self.session_mut().filter(|seat| seat.scope() == scope) {
            if let Some(record) = record {
                seat.go(record);
            }
            return Vec::new();
        }
        self.opening = Some((scope, record));
        vec![Effect::Open(scope)]
    }

    pub(super) fn open_selected_session(&mut self) -> Vec<Effect> {
        let Screen::Home(home) = &self.screen else { return Vec::new() };
        let scope = self.catalogue.sessions().get(home.selected).map(|header| header.scope);
        scope.map_or_else(Vec::new, |scope| self.open(scope, None))
    }

    /// Leaves the session for Home; what is half-typed there is kept.
    pub(in crate::app) fn go_home(&mut self) -> Vec<Effect> {
        self.close_dialog();
        self.park();
        vec![Effect::AtHome]
    }

    /// Puts the session away as it is, and shows Home.
    pub(in crate::app) fn park(&mut self) {
        let Screen::Session(seat) = &self.screen else { return };
        let scope = seat.scope();
        self.last_board = Some(Arc::clone(&seat.board));
        self.parked.insert(scope, KeptSession::of(seat));
        let selected = self.catalogue.sessions().iter().position(|known| known.scope == scope);
        self.screen = Screen::Home(Home { selected: selected.unwrap_or(0), top: 0 });
    }

    pub(super) fn open_capture(&mut self) -> Vec<Effect> {
        self.close_dialog();
        if let Some(seat) = self.session_mut() {
            seat.open_capture();
        }
        Vec::new()
    }

    /// To the difficulty that is near to what is typed; the line keeps its text.
    pub(super) fn go_near(&mut self) -> Vec<Effect> {
        self.close_dialog();
        if let Some(seat) = self.session_mut()
            && let Some(near) = seat.near().map(|record| record.id)
        {
            seat.go(near);
        }
        Vec::new()
    }

    pub(super) fn show(&mut self, pane: PaneId) -> Vec<Effect> {
        self.close_dialog();
        if let Some(seat) = self.session_mut() {
            seat.show(pane);
        }
        Vec::new()
    }

    /// Esc: one step outwards; nothing is lost.
    pub(super) fn leave(&mut self) -> Vec<Effect> {
        if self.dialog.is_some() {
            self.close_dialog();
            return Vec::new();
        }
        let rests = self.session().is_none_or(|seat| seat.focus == Focus::List);
        if let Some(effects) = rests.then(|| self.give_up()).flatten() {
            return effects;
        }
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let kept = match seat.focus {
            Focus::Capture => {
                seat.leave_capture();
                !seat.capture.editor.is_empty()
            }
            Focus::Editing => leave_field(seat),
            Focus::Detail(_) => {
                seat.focus = Focus::List;
                false
            }
            Focus::List if seat.pane == PaneId::Chain => {
                seat.look_back();
                false
            }
            Focus::List if !seat.marked.is_empty() => {
                seat.marked.clear();
                false
            }
            Focus::List if !PaneId::TABS.contains(&seat.pane) => {
                seat.show(seat.behind);
                false
            }
            Focus::List => return self.go_home(),
        };
        if kept {
            self.say(Notice::info(self.strings().cancel_key_note));
        }
        Vec::new()
    }
}

/// Out of a field's text, to where it was opened from; whether a text is kept.
fn leave_field(seat: &mut SessionSeat) -> bool {
    let place = seat.editing.as_ref().and_then(|edit| match edit.target {
        Target::Existing(record) if seat.list().selected == Some(record) => {
            seat.specs().iter().position(|spec| *spec == edit.spec)
        }
        _ => None,
    });
    let kept = seat.keep_editing();
    let place = place.filter(|at| seat.edits_in_details(*at));
    seat.focus = place.map_or(Focus::List, Focus::Detail);
    kept
}
