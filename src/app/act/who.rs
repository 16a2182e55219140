//! Who spoke: in a line, in the chosen lines, and in as many of the lines before as is wished.

use std::cmp::Reverse;

use crate::{
    app::{
        App,
        dialogs::{
            Dialog,
            picker::{Item, Pick, Picker},
        },
        effect::Effect,
        notice::Notice,
        session::{Focus, SessionSeat},
    },
    domain::{
        board::Board,
        command::Command,
        field,
        ids::{PersonId, RecordId},
        kind::Kind,
        record::Record,
        roster,
    },
    i18n::fill,
    keymap::action::Action,
};

/// Somebody who can speak: a unit, or a person.
pub(super) type Turn = (Option<RecordId>, Option<RecordId>);

impl App {
    /// Asks who spoke; the same key again takes one more of the lines before.
    pub(super) fn ask_speaker(&mut self) -> Vec<Effect> {
        let asked = self.asked_before();
        let Some(seat) = self.session() else { return Vec::new() };
        let earlier = earlier_lines(seat, self.me.person).len();
        let before = asked.map_or(0, |before| (before + 1) % (earlier + 1));
        let picker = self.speaker_picker(seat, before);
        if let Some(Dialog::Picker(open)) = self.dialog.as_mut().filter(|_| asked.is_some()) {
            let selected = open.selected;
            open.title = picker.title;
            open.items = picker.items;
            open.narrow();
            open.step(isize::try_from(selected).unwrap_or(0));
            return Vec::new();
        }
        self.show_picker(picker)
    }

    /// How many lines before the open list is about, if it asks who spoke.
    fn asked_before(&self) -> Option<usize> {
        let Some(Dialog::Picker(picker)) = &self.dialog else { return None };
        match picker.items.first()?.pick {
            Pick::Speaker { before, .. } => Some(before),
            _ => None,
        }
    }

    fn speaker_picker(&self, seat: &SessionSeat, before: usize) -> Picker {
        let strings = self.strings();
        let now: Turn = match seat.focus {
            Focus::Capture => (seat.capture.unit(), seat.capture.speaker()),
            _ => seat
                .selected()
                .map_or((None, None), |record| (record.link(&field::UNIT), record.link(&field::SPEAKER))),
        };
        let item = |(label, turn): (String, Turn)| {
            let (unit, speaker) = turn;
            Item::new(label, Pick::Speaker { unit, speaker, before }).on(now == turn)
        };
        let unit =
            |unit: &Record| (format!("{}  {}", roster::code(unit), unit.wording()), (Some(unit.id), None));
        let units = seat.board.of_kind(Kind::Unit).into_iter().map(unit);
        let people = people(&seat.board).into_iter();
        let unknown = (format!("?  {}", strings.speaker_unknown), (None, None));
        let items = units.chain(people).chain([unknown]).map(item).collect();
        let key = self.key_name(Action::ChangeSpeaker);
        let title = match before {
            0 => fill(strings.sorting.line_before_too, &[strings.choose_unit, &key]),
            _ => fill(strings.with_lines_before, &[strings.choose_unit, &before.to_string(), &key]),
        };
        Picker::one(title, items)
    }

    pub(super) fn pick_speaker(&mut self, turn: Turn, before: usize) -> Vec<Effect> {
        let strings = self.strings();
        let chosen = self.chosen_records();
        let me = self.me.person;
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let (unit, speaker) = turn;
        let name = speaker.and_then(|id| seat.board.record(id)).map(Record::wording);
        let name = name.or_else(|| unit.and_then(|id| seat.board.record(id)).map(roster::code));
        let name = name.unwrap_or(strings.speaker_unknown).to_owned();
        let earlier = earlier_lines(seat, me).into_iter().take(before);
        let records: Vec<RecordId> = if seat.focus == Focus::Capture {
            let earlier = earlier.collect();
            seat.capture.set_speaker(unit, speaker);
            earlier
        } else {
            chosen.into_iter().chain(earlier).collect()
        };
        self.say(Notice::info(fill(strings.notice_speaker, &[&name])));
        if records.is_empty() {
            return Vec::new();
        }
        self.act_on_session(Command::ChangeSpeaker { records, unit, speaker })
    }
}

/// Those at the table, each with the unit; who belongs to several can speak for each of them.
pub(super) fn people(board: &Board) -> Vec<(String, Turn)> {
    let turn = |person: &Record, of: Option<&Record>| {
        let label = format!("{}  {}", of.map_or("", roster::code), person.wording());
        (label.trim().to_owned(), (of.map(|unit| unit.id), Some(person.id)))
    };
    let turns = |person: &Record| -> Vec<(String, Turn)> {
        let units = roster::units_of(board, person);
        if units.is_empty() {
            vec![turn(person, None)]
        } else {
            units.into_iter().map(|unit| turn(person, Some(unit))).collect()
        }
    };
    board.of_kind(Kind::Attendee).into_iter().flat_map(turns).collect()
}

/// What this person recorded before the line that is typed, else before the selected one; the last first.
fn earlier_lines(seat: &SessionSeat, me: PersonId) -> Vec<RecordId> {
    let board = &seat.board;
    let at = |line: &Record| line.moment(&field::SAID_AT);
    let here = seat.selected().filter(|_| seat.focus != Focus::Capture);
    let is_own =
        |line: &Record| board.change(line.born.id).is_some_and(|change| change.header.author.person == me);
    let is_earlier = |line: &Record| match here {
        Some(here) => at(line) < at(here) && !seat.marked.contains(&line.id),
        None => true,
    };
    let lines = Kind::CAPTURED.iter().flat_map(|kind| board.of_kind(*kind));
    let mut lines: Vec<&Record> =
        lines.filter(|line| at(line).is_some() && is_own(line) && is_earlier(line)).collect();
    lines.sort_by_cached_key(|line| Reverse((at(line), line.born)));
    lines.into_iter().map(|line| line.id).collect()
}
