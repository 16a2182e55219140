//! Working apart: giving out a notebook, and taking in what comes back.

use std::collections::BTreeSet;

use crate::{
    app::{
        App,
        company::Terminal,
        dialogs::{
            Dialog,
            pages::{Line, Pages},
            picker::{Item, Pick, Picker, Remote, Wanted},
        },
        effect::{Deciding, Effect},
        notice::Notice,
        session::SessionSeat,
    },
    domain::{confidence::Reader, policy::Role},
    text::{fold::fold, nfc},
};

use super::import::HOME;

impl App {
    /// From now on this is a seat at another terminal than the host's own: what concerns the host's files is not done here.
    pub fn sit_as_guest(&mut self) {
        self.terminal = Terminal::Guests;
    }

    /// From now on whoever sits here is not known for certain: anybody could have given that name.
    pub fn sit_unproven(&mut self) {
        self.unproven = Some(BTreeSet::new());
    }

    /// Whose eyes are on what is off the record.
    pub(in crate::app) fn reader(&self) -> Reader<'_> {
        self.unproven.as_ref().map_or(Reader::Known(self.me.person), Reader::Unproven)
    }

    fn decides(&self) -> bool {
        matches!(self.role, Role::Facilitator | Role::Chair)
    }

    pub(super) fn may_receive(&self) -> bool {
        self.decides() && self.terminal == Terminal::Hosts
    }

    /// A note-taker's own notebook, if they sit at the host's table; who has the host's seat as a note-taker works in one already.
    pub(super) fn may_give_notebook(&self) -> bool {
        let may = self.decides() || (self.role == Role::NoteTaker && self.terminal == Terminal::Guests);
        may && self.session().is_some()
    }

    fn deciding(&self) -> Deciding {
        Deciding { author: self.me.clone(), role: self.role, at: self.now }
    }

    /// Asks for the file that came back.
    pub(super) fn ask_receive(&mut self) -> Vec<Effect> {
        self.list_files(Wanted::Changes, HOME)
    }

    pub(super) fn receive(&mut self, path: String) -> Vec<Effect> {
        self.say(Notice::info(self.strings().saving));
        vec![Effect::Receive { path, deciding: self.deciding() }]
    }

    /// Asks who takes the notebook; a note-taker takes their own.
    pub(super) fn ask_taker(&mut self) -> Vec<Effect> {
        if !self.decides() {
            return self.give_notebook(self.me.name.to_string());
        }
        let picker = Picker::remote(self.strings().notebook.title_taker, Remote::Takers);
        self.show_dialog(Dialog::Picker(Box::new(picker)));
        self.fill_takers();
        Vec::new()
    }

    /// Fills the list, if it is open: whoever is typed, and who has worked at the session.
    pub(in crate::app) fn fill_takers(&mut self) {
        let Some(Dialog::Picker(picker)) = &self.dialog else { return };
        if picker.remote != Some(Remote::Takers) {
            return;
        }
        let typed = nfc::clean_line(picker.query.text_nfc().trim());
        let known = self.known_people();
        let folded = fold(&typed);
        let is_new = !typed.is_empty() && !known.contains(&typed);
        let new = is_new.then(|| typed.clone()).into_iter();
        let fitting = known.into_iter().filter(|name| fold(name).contains(&folded));
        let item = |name: String| Item::new(&*name, Pick::Notebook(name.clone()));
        let items = new.chain(fitting).map(item).collect();
        if let Some(Dialog::Picker(picker)) = &mut self.dialog {
            picker.fill(items);
        }
    }

    /// Who is at the table or has worked at the session, but for whoever asks.
    fn known_people(&self) -> BTreeSet<String> {
        let here = self.company.others.iter().map(|other| other.name.to_string());
        let changes = self.session().into_iter().flat_map(|seat| seat.board.changes());
        let authors = changes.map(|change| &change.header.author.name);
        let authors: BTreeSet<_> = authors.filter(|name| **name != self.me.name).collect();
        here.chain(authors.into_iter().map(ToString::to_string)).collect()
    }

    pub(super) fn give_notebook(&mut self, taker: String) -> Vec<Effect> {
        let Some(scope) = self.session().map(SessionSeat::scope) else { return Vec::new() };
        vec![Effect::TakeNotebook { scope, taker, deciding: self.deciding() }]
    }

    /// Shows a report; where something else is asked at the moment it is said in the line.
    pub(in crate::app) fn show_report(&mut self, title: String, lines: Vec<String>) {
        self.notice = None;
        if self.dialog.is_some() {
            let said = lines.first().map(String::as_str).unwrap_or_default();
            return self.say(Notice::warning(format!("{title}: {said}")));
        }
        let lines = lines.into_iter().map(Line::Text).collect();
        self.show_dialog(Dialog::Pages(Pages { title, lines, ..Pages::default() }));
    }
}
