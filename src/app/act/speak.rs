//! The session's clock and who speaks: pauses, the floor, the queue, the time that is left.

use super::who::{Turn, people};
use crate::{
    app::{
        App,
        dialogs::picker::{Item, Pick, Picker},
        effect::Effect,
        notice::Notice,
        panes::PaneId,
        session::{Focus, SessionSeat},
    },
    domain::{
        board::Board,
        command::Command,
        field,
        ids::RecordId,
        kind::Kind,
        record::Record,
        roster, speech,
        timing::{self, Allotment},
    },
    i18n::{Strings, fill},
    keymap::action::Action,
};

impl App {
    /// Stops the session's clock, or lets it go on.
    pub(super) fn pause(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(paused) = self.session().map(|seat| seat.figures.paused) else { return Vec::new() };
        if self.session().is_some_and(|seat| seat.figures.adjourned) {
            return self.begin_sitting();
        }
        if paused {
            self.say(Notice::info(strings.notice_resumed));
            return self.act_on_session(Command::Resume { speech: None });
        }
        let text = fill(strings.notice_paused, &[&self.key_name(Action::Pause)]);
        self.say(Notice::info(text));
        let record = self.ids.record();
        self.act_on_session(Command::Pause { record, speech: None })
    }

    /// The same for the speech that is on.
    pub(super) fn pause_speech(&mut self) -> Vec<Effect> {
        let Some(figures) = self.session().map(|seat| &seat.figures) else { return Vec::new() };
        let (speech, paused) = (figures.floor, figures.floor_paused);
        let record = self.ids.record();
        self.act_on_session(if paused {
            Command::Resume { speech }
        } else {
            Command::Pause { record, speech }
        })
    }

    /// Among the speakers, to the selected one; elsewhere to one of a list, on top of which stands who should be next.
    pub(super) fn give_floor(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let new = self.ids.record();
        let Some(seat) = self.session() else { return Vec::new() };
        let direct = seat.pane == PaneId::Speakers && seat.focus == Focus::List && self.dialog.is_none();
        let chosen = seat.selected().filter(|_| direct);
        let chosen = chosen.and_then(|record| Some((record, floor_of(&seat.board, record, new)?)));
        if let Some((record, command)) = chosen {
            let name = named(strings, &seat.board, record);
            self.say(Notice::info(fill(strings.notice_floor, &[&name])));
            return self.act_on_session(command);
        }
        let items = floor_items(strings, seat, new);
        self.show_picker(Picker::one(strings.choose_floor, items))
    }

    pub(super) fn end_speech(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let speech = speech::current(&seat.board).map(|speech| named(strings, &seat.board, speech));
        self.say(Notice::info(fill(strings.notice_speech_over, &[&speech.unwrap_or_default()])));
        self.act_on_session(Command::EndSpeech)
    }

    /// Whom to put at the end of those who wait; a unit that is selected among the silent ones stands first.
    pub(super) fn ask_turn(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let record = self.ids.record();
        let Some(seat) = self.session() else { return Vec::new() };
        let here = seat.selected().filter(|record| record.kind() == Some(Kind::Unit)).map(|unit| unit.id);
        let item = |(label, (unit, speaker)): (String, Turn)| {
            let command = Command::Register { record, unit, speaker };
            Item::new(label, Pick::Command(Box::new(command))).on(here.is_some() && unit == here)
        };
        let items = turns(strings, &seat.board).into_iter().map(item).collect();
        self.show_picker(Picker::one(strings.choose_turn, items))
    }

    /// Who was put among those who wait is selected there, so that the floor can be given at once, and told at which place.
    pub(super) fn await_turn(&mut self, command: &Command) {
        let Command::Register { record, unit, speaker } = command else { return };
        self.tell_place(*unit, *speaker);
        if let Some(seat) = self.session_mut().filter(|seat| seat.pane == PaneId::Speakers) {
            seat.await_selection(*record);
        }
    }

    fn tell_place(&mut self, unit: Option<RecordId>, speaker: Option<RecordId>) {
        let strings = self.strings();
        let Some(board) = self.session().map(|seat| &seat.board) else { return };
        let wording = |id: Option<RecordId>| id.and_then(|id| board.record(id));
        let who = wording(speaker).map(Record::wording).or_else(|| wording(unit).map(roster::code));
        let place = (speech::queue(board).len() + 1).to_string();
        let who = who.unwrap_or(strings.speaker_unknown);
        let text = fill(strings.sorting.notice_registered, &[who, &place]);
        self.say(Notice::info(text));
    }

    /// Gives every unit that has not spoken what it can have, by the limit of a speech and the minutes of the item.
    pub(super) fn allot(&mut self) -> Vec<Effect> {
        let (strings, now) = (self.strings(), self.now);
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(shared) = timing::allotment(&seat.board, now) else { return self.not_here() };
        if shared.each == 0 {
            self.say(Notice::warning(fill(strings.notice_no_time, &[&shared.units.to_string()])));
            return Vec::new();
        }
        let item = seat.board.record(shared.item);
        let [seen, seen_limit] = [field::PLANNED, field::SPEECH_LIMIT]
            .map(|field| item.map(|item| item.seen(&field)).unwrap_or_default());
        let Allotment { item, planned, each, .. } = shared;
        let said = fill(strings.notice_allotted, &[&each.to_string(), &self.key_name(Action::Undo)]);
        self.say(Notice::info(said));
        self.act_on_session(Command::Allot { item, planned, limit: each, seen, seen_limit })
    }
}

/// What gives a record of the speakers the floor: a speech that waits, or a unit.
fn floor_of(board: &Board, record: &Record, new: RecordId) -> Option<Command> {
    match record.kind() {
        Some(Kind::Speech) if timing::began(record).is_none() => Some(begin(record)),
        Some(Kind::Unit) => Some(floor_for(board, (Some(record.id), None), new)),
        _ => None,
    }
}

/// What gives somebody the floor; who waits does not wait any longer.
fn floor_for(board: &Board, (unit, speaker): Turn, new: RecordId) -> Command {
    let is_own = |speech: &&Record| match speaker {
        Some(_) => speech.link(&field::SPEAKER) == speaker,
        None => unit.is_some() && speech::unit_of(board, speech).map(|unit| unit.id) == unit,
    };
    let waits = speech::queue(board).into_iter().find(is_own);
    waits.map_or(Command::GiveFloor { record: new, unit, speaker }, begin)
}

fn begin(speech: &Record) -> Command {
    Command::GiveFloor { record: speech.id, unit: None, speaker: None }
}

fn named(strings: &Strings, board: &Board, record: &Record) -> String {
    if record.kind() == Some(Kind::Speech) {
        strings.whose(board, record)
    } else {
        roster::code(record).to_owned()
    }
}

/// Those who can get the floor: who should be next, the others who wait, then everybody.
fn floor_items(strings: &Strings, seat: &SessionSeat, new: RecordId) -> Vec<Item> {
    let board = &*seat.board;
    let next = speech::suggested(board).map(|speech| speech.id);
    let mut waiting = speech::queue(board);
    waiting.sort_by_key(|speech| Some(speech.id) != next);
    let waiting = waiting.into_iter().map(|speech| {
        let aside = if Some(speech.id) == next { strings.speech_next } else { "" };
        Item::new(strings.whose(board, speech), Pick::Command(Box::new(begin(speech)))).aside(aside)
    });
    let all = turns(strings, board)
        .into_iter()
        .map(|(label, turn)| Item::new(label, Pick::Command(Box::new(floor_for(board, turn, new)))));
    waiting.chain(all).collect()
}

/// The units, those that have not spoken first; the people; and nobody known.
fn turns(strings: &Strings, board: &Board) -> Vec<(String, Turn)> {
    let silent: Vec<RecordId> = speech::silent(board).into_iter().map(|unit| unit.id).collect();
    let mut units = board.of_kind(Kind::Unit);
    units.sort_by_key(|unit| !silent.contains(&unit.id));
    let unit = |unit: &Record| (format!("{}  {}", roster::code(unit), unit.wording()), (Some(unit.id), None));
    let units = units.into_iter().map(unit);
    units.chain(people(board)).chain([(format!("?  {}", strings.speaker_unknown), (None, None))]).collect()
}
