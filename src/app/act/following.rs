//! Following what earlier sessions left to do: it is taken up, and this session says what became of it.

use crate::{
    app::{App, effect::Effect, notice::Notice, panes::PaneId, session::SessionSeat},
    domain::{
        agenda,
        board::Board,
        command::Command,
        edit::Edit,
        field,
        follow_up::{self, Earlier},
        ids::{RecordId, ScopeId},
        kind::{AgendaKind, Kind},
        policy::Role,
        record::Record,
        session::Session,
    },
    i18n::fill,
    keymap::action::Action,
};

/// A session that takes up what the one before left, while that one is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::app) struct Seeking {
    /// The session that takes it up.
    into: ScopeId,
    /// The one that is being opened.
    from: ScopeId,
    /// Whether a person asked, who then hears if there is nothing.
    is_asked: bool,
}

impl App {
    /// Does what belongs to following up.
    pub(super) fn follow(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::PaneFollowUp => self.show(PaneId::FollowUp),
            Action::TakeUp => {
                self.close_dialog();
                self.session()
                    .map(SessionSeat::scope)
                    .map_or_else(Vec::new, |into| self.seek(into, into, true))
            }
            Action::ToggleDone => self.toggle_done(),
            _ => self.toggle_carried(),
        }
    }

    /// Whether there is a session before the one that is open.
    pub(super) fn has_session_before(&self) -> bool {
        self.session().is_some_and(|seat| self.before(seat.scope()).is_some())
    }

    /// The session before another one, whatever its cluster.
    fn before(&self, scope: ScopeId) -> Option<ScopeId> {
        let known = self.catalogue.sessions();
        let at = known.iter().position(|session| session.scope == scope)?;
        known.get(at + 1).map(|session| session.scope)
    }

    /// A session that was just made begins with what the one before left, as soon as it is entered and listed.
    pub(in crate::app) fn begin_with_the_last(&mut self) -> Vec<Effect> {
        let entered = self.session().map(SessionSeat::scope).filter(|scope| self.made == Some(*scope));
        let is_listed = |scope: &ScopeId| self.catalogue.sessions().iter().any(|known| known.scope == *scope);
        let Some(scope) = entered.filter(is_listed) else { return Vec::new() };
        self.made = None;
        let may = matches!(self.role, Role::Facilitator | Role::Chair);
        if may { self.seek(scope, scope, false) } else { Vec::new() }
    }

    /// Opens the session before `than`, to see what it left.
    fn seek(&mut self, into: ScopeId, than: ScopeId, is_asked: bool) -> Vec<Effect> {
        let Some(from) = self.before(than) else {
            if is_asked {
                self.say(Notice::info(self.strings().following.nothing_to_take));
            }
            return Vec::new();
        };
        self.seeking = Some(Seeking { into, from, is_asked });
        vec![Effect::Open(from)]
    }

    /// Takes up what a session left that was looked for; one of another cluster, or one that left nothing, is passed over.
    pub(in crate::app) fn found_before(&mut self, board: &Board) -> Vec<Effect> {
        let Some(Seeking { into, from, is_asked }) =
            self.seeking.filter(|seeking| seeking.from == board.scope())
        else {
            return Vec::new();
        };
        self.seeking = None;
        let Some(seat) = self.session().filter(|seat| seat.scope() == into) else { return Vec::new() };
        // The folder remembers the session that was opened last as the one to show first.
        let back = Effect::Open(into);
        let left = if is_of_one_cluster(&seat.board, board) { follow_up::left_by(board) } else { Vec::new() };
        if left.is_empty() {
            return self.seek(into, from, is_asked);
        }
        let is_new = |item: &Earlier| seat.board.record(item.id()).and_then(Record::kind).is_none();
        let items: Vec<Earlier> = left.into_iter().filter(is_new).collect();
        std::iter::once(back).chain(self.take(into, items, board, is_asked)).collect()
    }

    fn take(&mut self, into: ScopeId, items: Vec<Earlier>, from: &Board, is_asked: bool) -> Vec<Effect> {
        let words = &self.strings().following;
        if items.is_empty() {
            if is_asked {
                self.say(Notice::info(words.nothing_to_take));
            }
            return Vec::new();
        }
        let quarter = Session::of(from).and_then(Session::quarter);
        let quarter = quarter.map(|quarter| quarter.to_string()).unwrap_or_default();
        let text = fill(words.taken, &[&items.len().to_string(), &quarter, &self.key_name(Action::Undo)]);
        let command = Command::TakeUp { items };
        let effect = self.send(into, command, crate::app::Source::Action);
        self.say(Notice::info(text));
        if let Some(seat) = self.session_mut().filter(|seat| !seat.is_busy()) {
            seat.show(PaneId::FollowUp);
        }
        vec![effect]
    }

    /// Done today, and the next one comes up; or not done after all.
    fn toggle_done(&mut self) -> Vec<Effect> {
        let today = self.now.date_naive();
        let selected = self.session().and_then(SessionSeat::selected);
        let done = selected.is_some_and(|item| item.date(&field::DONE_ON).is_some());
        let effects = self.of_item(|_| Edit::DoneOn((!done).then_some(today)));
        if let Some(seat) = self.session_mut().filter(|_| !done) {
            seat.step(1);
        }
        effects
    }

    /// This session raises it again, or does not after all.
    fn toggle_carried(&mut self) -> Vec<Effect> {
        self.of_item(|item| Edit::Carried(!follow_up::is_carried(item)))
    }

    fn of_item(&mut self, edit: impl Fn(&Record) -> Edit) -> Vec<Effect> {
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(item) = seat.selected().filter(|item| item.kind() == Some(Kind::FollowUp)) else {
            return self.not_here();
        };
        let edit = edit(item);
        let (record, seen) = (item.id, item.seen(&edit.field()));
        self.act_on_session(Command::Edit { record, edit, seen })
    }

    /// Whether the selected point of the agenda is about what the last session concluded.
    pub(super) fn leads_to_follow_up(&self) -> bool {
        let selected = self.session().and_then(SessionSeat::selected);
        selected.is_some_and(|item| agenda::item_kind(item) == AgendaKind::FollowUp)
    }

    /// To the session and the record in which the selected item was first.
    pub(super) fn go_to_origin(&mut self) -> Option<Vec<Effect>> {
        let (scope, record): (ScopeId, RecordId) = follow_up::origin(self.session()?.selected()?)?;
        Some(self.open(scope, Some(record)))
    }
}

/// Whether two sessions are of one cluster, as far as both say of which.
fn is_of_one_cluster(one: &Board, other: &Board) -> bool {
    let cluster = |board| Session::of(board).and_then(Session::cluster);
    match (cluster(one), cluster(other)) {
        (Some(one), Some(other)) => one.trim() == other.trim(),
        _ => true,
    }
}
