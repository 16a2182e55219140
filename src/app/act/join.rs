//! The line being typed, put under the difficulty that it repeats; where lines come from; who else is of an opinion.

use std::sync::Arc;

use crate::{
    app::{
        App,
        dialogs::picker::{Item, Joining, Pick, Picker},
        effect::Effect,
        notice::Notice,
    },
    domain::{agenda, command::Command, field::set, ids::RecordId, kind::Kind, record::Record, roster},
    i18n::fill,
    keymap::action::Action,
};

impl App {
    /// Asks how the line that is typed is to stand under the difficulty that it is near to.
    pub(super) fn ask_join(&mut self) -> Vec<Effect> {
        let strings = &self.strings().sorting;
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let kind = seat.capture.read(&seat.board).kind_or_note();
        let Some(near) = seat.near() else { return self.not_here() };
        let name = near.short_number().unwrap_or_default();
        let item = |pattern, how| Item::new(fill(pattern, &[name]), Pick::Under { to: near.id, how });
        let merge = item(strings.join_merge, Joining::Merge);
        let merge = Some(merge).filter(|_| matches!(kind, Kind::Note | Kind::Difficulty));
        let attach = item(strings.join_attach, Joining::Attach);
        let title = format!("{name}  {}", near.wording());
        self.show_picker(Picker::one(title, merge.into_iter().chain([attach]).collect()))
    }

    /// Stores the line and puts it under another; each is a change of its own, so that undo parts them first.
    pub(super) fn store_line_under(&mut self, to: RecordId, how: Joining) -> Vec<Effect> {
        self.store_line_and(|record| {
            Some(match how {
                Joining::Merge => Command::Merge { into: to, from: vec![record] },
                Joining::Attach => Command::Attach { record, to: Some(to) },
            })
        })
    }

    pub(super) fn pin_context(&mut self) -> Vec<Effect> {
        let (now, key) =
            (self.now, self.keymap.shown_key(crate::keymap::Context::Capture, Action::PinContext));
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let board = Arc::clone(&seat.board);
        let pinned = seat.capture.pin(&board, now);
        let strings = self.strings();
        let Some(seat) = self.session().filter(|_| pinned) else {
            self.say(Notice::info(strings.sorting.notice_following));
            return Vec::new();
        };
        let unit = seat.capture.unit().and_then(|id| board.record(id)).map_or("?", roster::code);
        let item = seat.capture.pinned.and_then(|room| agenda::ordinal(&board, room.item?));
        let item = item.map(|number| format!(", {}", fill(strings.item_short, &[&number.to_string()])));
        let room = format!("{unit}{}", item.unwrap_or_default());
        let key = key.map(|key| key.to_string()).unwrap_or_default();
        self.say(Notice::info(fill(strings.sorting.notice_pinned, &[&room, &key])));
        Vec::new()
    }

    /// The units that share the selected difficulty, to be marked one after the other.
    pub(super) fn ask_same_opinion(&mut self) -> Vec<Effect> {
        let Some(seat) = self.session() else { return Vec::new() };
        let same = |spec: &crate::app::form::Spec| spec.field.as_str() == set::SAME_OPINION;
        let at = seat.specs().iter().position(same);
        let is_difficulty = seat.selected().and_then(Record::kind) == Some(Kind::Difficulty);
        match at.filter(|_| is_difficulty) {
            Some(at) => self.begin_edit(at),
            None => self.not_here(),
        }
    }
}
