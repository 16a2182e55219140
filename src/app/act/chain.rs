//! Walking the chain of a record to the links before and behind it, and back the same way.

use crate::{
    app::{
        App,
        dialogs::picker::{Item, Pick, Picker},
        effect::Effect,
        notice::Notice,
        panes::PaneId,
    },
    domain::{chain, ids::RecordId, record::Record},
    i18n::fill,
    keymap::action::Action,
};

use super::{called, listed};

impl App {
    /// Shows the chain around the selected record, or walks to a neighbour of it.
    pub(super) fn walk_chain(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::ChainNext => self.walk(true),
            Action::ChainPrevious => self.go_to_origin().unwrap_or_else(|| self.walk(false)),
            _ => self.show_chain(),
        }
    }

    fn show_chain(&mut self) -> Vec<Effect> {
        self.close_dialog();
        if let Some(seat) = self.session_mut() {
            let around = seat.selected().filter(|record| chain::stage(record).is_some());
            seat.look_around(around.map(|record| record.id));
        }
        Vec::new()
    }

    /// To the link behind the selected record, or before it; of several, one is chosen.
    fn walk(&mut self, forward: bool) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(record) = seat.selected().filter(|record| chain::stage(record).is_some()) else {
            return self.not_here();
        };
        let (board, id) = (&seat.board, record.id);
        let links = if forward { chain::after(board, id) } else { chain::before(board, id) };
        let links: Vec<&Record> = links.into_iter().filter(|link| seat.may_see(link)).collect();
        match links.as_slice() {
            [] => {
                let words = &strings.concluding;
                let none = if forward { words.nothing_after } else { words.nothing_before };
                let text = fill(none, &[called(strings, record)]);
                self.say(Notice::info(text));
                Vec::new()
            }
            [only] => {
                let only = only.id;
                self.walk_to(only)
            }
            _ => {
                let item = |link: &&Record| Item::new(listed(strings, link), Pick::Walk(link.id));
                let items = links.iter().map(item).collect();
                let name = if forward { Action::ChainNext } else { Action::ChainPrevious };
                let title = crate::app::labels::action_name(strings, name);
                self.show_picker(Picker::one(title, items))
            }
        }
    }

    /// Goes to a record of the chain; Esc leads back.
    pub(super) fn walk_to(&mut self, to: RecordId) -> Vec<Effect> {
        if let Some(seat) = self.session_mut() {
            let from = seat.list().selected;
            if seat.pane != PaneId::Chain || seat.trail.last().copied() != from {
                seat.look_around(from);
            }
            seat.look_around(Some(to));
        }
        Vec::new()
    }
}
