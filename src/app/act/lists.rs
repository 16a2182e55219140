//! Lists of units and people: chosen as a file or pasted, read outside, and taken in by one command.

use std::sync::Arc;

use crate::{
    app::{
        App, Source,
        dialogs::{
            Dialog,
            pages::{Line, Pages},
            picker::{Item, Pick, Picker, Wanted},
        },
        effect::{Effect, ListSource},
        msg::ReadList,
        notice::Notice,
        panes::PaneId,
        session::{Focus, SessionSeat},
    },
    domain::{
        command::{Command, NewRecord},
        ids::ScopeId,
        kind::Kind,
        roster,
        summons::Summons,
    },
    i18n::fill,
};

impl App {
    /// Asks for the file of a list.
    pub(super) fn ask_list(&mut self) -> Vec<Effect> {
        self.list_files(Wanted::List, super::import::HOME)
    }

    /// Has a list read for the session that is open.
    pub(super) fn read_list(&self, from: ListSource) -> Vec<Effect> {
        let Some(seat) = self.session() else { return Vec::new() };
        let units = seat.board.of_kind(Kind::Unit).into_iter();
        let codes = units.map(|unit| roster::code(unit).to_owned()).collect();
        vec![Effect::ReadList { scope: seat.scope(), from, codes }]
    }

    /// Whether what is pasted here may be a list of units and people.
    pub(in crate::app) fn pastes_list(&self) -> bool {
        let lists = |seat: &SessionSeat| {
            matches!(seat.pane, PaneId::Roster | PaneId::RollCall) && seat.focus == Focus::List
        };
        self.dialog.is_none() && self.session().is_some_and(lists)
    }

    /// Has what was pasted read as a list.
    pub(in crate::app) fn paste_list(&self, text: &str) -> Vec<Effect> {
        self.read_list(ListSource::Pasted(text.to_owned()))
    }

    /// Takes in a list that was read; of one that was pasted it is asked first.
    pub(in crate::app) fn take_list(&mut self, scope: ScopeId, read: &ReadList) -> Vec<Effect> {
        let words = &self.strings().import.making;
        let Some(board) =
            self.session().filter(|seat| seat.scope() == scope).map(|seat| Arc::clone(&seat.board))
        else {
            return Vec::new();
        };
        if read.entries.is_empty() {
            self.say(Notice::warning(words.no_list));
            return Vec::new();
        }
        let summons = Summons::of(&board, &read.entries, &mut self.ids);
        let report = words.report(&summons, &read.unread);
        let news = [Kind::Unit, Kind::Attendee].map(|kind| summons.count(kind).to_string());
        let pick = Pick::Roster { scope, records: summons.records, report };
        if read.is_pasted {
            let take = fill(words.take, &news.each_ref().map(String::as_str));
            let items = vec![Item::new(take, pick), Item::new(words.leave, Pick::Stay)];
            return self.show_picker(Picker::one(words.title_pasted, items));
        }
        self.pick(pick)
    }

    /// Creates what is new, and tells what the list brought.
    pub(super) fn add_roster(
        &mut self,
        scope: ScopeId,
        records: Vec<NewRecord>,
        report: Vec<String>,
    ) -> Vec<Effect> {
        if let Some(seat) = self.session_mut().filter(|seat| seat.pane != PaneId::RollCall) {
            seat.show(PaneId::Roster);
        }
        let title = self.strings().import.making.action_list.to_owned();
        let lines = report.into_iter().map(Line::Text).collect();
        self.show_dialog(Dialog::Pages(Pages { title, lines, ..Pages::default() }));
        if records.is_empty() {
            return Vec::new();
        }
        vec![self.send(scope, Command::AddRoster { records }, Source::Action)]
    }
}
