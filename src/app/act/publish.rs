//! Publishing lines to the room.

use crate::{
    app::{
        App,
        dialogs::picker::{Item, Pick, Picker},
        effect::Effect,
        notice::Notice,
        session::SessionSeat,
    },
    domain::{command::Command, ids::RecordId, projection, record::Record},
    i18n::fill,
    keymap::action::Action,
};

impl App {
    /// Whether everything that is chosen is on the projector, so that the next [`Action::Publish`] takes it off.
    pub fn publishes_no_more(&self) -> bool {
        let chosen = self.chosen_records();
        !chosen.is_empty() && chosen.iter().all(|id| self.is_published(*id))
    }

    fn is_published(&self, id: RecordId) -> bool {
        let record = self.session().and_then(|seat| seat.board.record(id));
        record.and_then(projection::published).is_some()
    }

    /// Shows what is chosen to the room; what is shown already is taken off.
    pub(super) fn publish(&mut self) -> Vec<Effect> {
        if self.is_possible_in_screen(Action::Disclose) {
            return self.ask_disclosure();
        }
        let off = self.publishes_no_more();
        let mut records = self.chosen_records();
        records.retain(|id| self.is_published(*id) == off);
        let text = self.publication_words(&records, off);
        if let Some(seat) = self.session_mut() {
            seat.marked.clear();
        }
        let command = if off { Command::Unpublish { records } } else { Command::Publish { records } };
        let effects = self.act_on_session(command);
        self.say(Notice::info(text));
        effects
    }

    /// What is public once stays so, in this log and in every copy of it: that is somebody's decision.
    pub(super) fn ask_disclosure(&mut self) -> Vec<Effect> {
        let (wall, into) = (&self.strings().wall, self.ids.record());
        let Some(record) = self.session().and_then(SessionSeat::selected) else { return Vec::new() };
        let title = fill(wall.disclose_title, &[super::called(self.strings(), record)]);
        let disclose = Command::Disclose { record: record.id, into };
        let items = vec![
            Item::new(wall.disclose_no, Pick::Go(record.id)),
            Item::new(wall.disclose_yes, Pick::Command(Box::new(disclose))),
        ];
        self.show_picker(Picker::one(title, items))
    }

    fn publication_words(&self, records: &[RecordId], off: bool) -> String {
        let strings = self.strings();
        let record = |id: &RecordId| self.session().and_then(|seat| seat.board.record(*id));
        let name = |record: &Record| super::called(strings, record).to_owned();
        let first = records.first().and_then(record).map(name).unwrap_or_default();
        let what = match records.len() {
            0 | 1 => first,
            count => fill(strings.history_and_more, &[&first, &(count - 1).to_string()]),
        };
        let undo = self.key_name(Action::Undo);
        if off {
            fill(strings.wall.notice_unpublished, &[&what, &undo])
        } else {
            fill(strings.wall.notice_published, &[&what, &self.key_name(Action::Projector), &undo])
        }
    }
}
