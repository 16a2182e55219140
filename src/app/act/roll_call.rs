//! The roll call: who is there.

use crate::{
    app::{
        App,
        dialogs::picker::{Item, Pick, Picker},
        effect::Effect,
        notice::Notice,
        panes::PaneId,
        roll_call::open_field,
        session::{Focus, SessionSeat},
    },
    domain::{
        command::Command,
        field,
        ids::RecordId,
        kind::{Attendance, Kind, PartPlayed},
        record::Record,
        roll_call::{Mark, came},
        roster, venue,
    },
    i18n::fill,
    keymap::action::Action,
};

impl App {
    /// Says how the selected person attends.
    pub(super) fn attend(&mut self, action: Action) -> Vec<Effect> {
        let now = self.now;
        let Some(seat) = self.session_mut() else { return Vec::new() };
        let Some(attendee) = seat.selected() else { return Vec::new() };
        if attendee.kind() == Some(Kind::Venue) {
            let (venue, connected) = (attendee.id, venue::lost_since(attendee).is_some());
            return self.connect(venue, connected);
        }
        let there = came(seat.slot().attendance(attendee));
        let (id, mark) = match action {
            Action::TogglePresent if there => (attendee.id, Mark::Unmarked),
            Action::MarkExcused => (attendee.id, Mark::Excused),
            Action::MarkUnexcused => (attendee.id, Mark::Unexcused),
            Action::MarkLate => (attendee.id, Mark::Late(now)),
            Action::MarkLeftEarly => (attendee.id, Mark::LeftEarly(now)),
            _ => (attendee.id, Mark::Present),
        };
        let effects = self.send_marks(vec![id], mark);
        self.tell_what_enter_takes(action);
        if let Some(seat) = self.session_mut().filter(|seat| seat.focus == Focus::List)
            && action == Action::MarkPresent
        {
            seat.step(1);
        }
        effects
    }

    /// What a mark leaves to be typed.
    fn tell_what_enter_takes(&mut self, mark: Action) {
        let strings = self.strings();
        let words = match mark {
            Action::MarkExcused | Action::MarkUnexcused => strings.enter_takes_reason,
            Action::MarkLate | Action::MarkLeftEarly => strings.enter_takes_time,
            _ => return,
        };
        self.say(Notice::info(fill(words, &[&self.key_name(Action::Open)])));
    }

    fn send_marks(&mut self, attendees: Vec<RecordId>, mark: Mark) -> Vec<Effect> {
        let sitting = self.session().and_then(SessionSeat::sitting).map(|sitting| sitting.id);
        self.act_on_session(Command::MarkAttendance { attendees, sitting, mark })
    }

    /// Everybody of whom nothing is said is there; exceptions follow, one key each.
    pub(super) fn all_present(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let slot = seat.slot();
        let represented = slot.represented(&seat.board);
        let attendees = seat.board.of_kind(Kind::Attendee).into_iter();
        let unmarked = attendees.filter(|attendee| slot.attendance(attendee) == Attendance::Unmarked);
        let left: Vec<RecordId> =
            unmarked.map(|attendee| attendee.id).filter(|id| !represented.contains(id)).collect();
        if left.is_empty() {
            self.say(Notice::info(strings.notice_nobody_left));
            return Vec::new();
        }
        let said = fill(strings.notice_all_present, &[&left.len().to_string(), &self.key_name(Action::Undo)]);
        let effects = self.send_marks(left, Mark::Present);
        self.say(Notice::info(said));
        effects
    }

    /// Whom the selected person stands for: those who are not there, of the same unit first.
    pub(super) fn ask_whom(&mut self) -> Vec<Effect> {
        let strings = self.strings();
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(substitute) = seat.selected() else { return Vec::new() };
        let (slot, unit) = (seat.slot(), substitute.link(&field::UNIT));
        let sitting = seat.sitting().map(|sitting| sitting.id);
        let represented = slot.represented(&seat.board);
        let mut absent = seat.board.of_kind(Kind::Attendee);
        absent.retain(|other| {
            let free = other.id != substitute.id && !represented.contains(&other.id);
            free && !came(slot.attendance(other)) && roster::part_played(other) != PartPlayed::Guest
        });
        absent.sort_by_key(|other| other.link(&field::UNIT) != unit);
        let item = |other: &Record| {
            let mark = Mark::Substitute(other.id.to_string());
            let command = Command::MarkAttendance { attendees: vec![substitute.id], sitting, mark };
            let code = roster::unit_of(&seat.board, other).map(roster::code).unwrap_or_default();
            Item::new(other.wording(), Pick::Command(Box::new(command))).aside(code)
        };
        let mut items: Vec<Item> = absent.into_iter().map(item).collect();
        items.push(Item::new(strings.substitute_other, Pick::TypeWhom));
        let title = fill(strings.substitute_for_whom, &[substitute.wording()]);
        self.show_picker(Picker::one(title, items))
    }

    /// The selected person stands for somebody whose name is typed now.
    pub(super) fn type_whom(&mut self) -> Vec<Effect> {
        let Some(seat) = self.session() else { return Vec::new() };
        let Some(id) = seat.list().selected else { return Vec::new() };
        let whom = seat.slot().field(&field::SUBSTITUTE_FOR);
        let at = seat.specs().iter().position(|spec| spec.field == whom);
        let mut effects = self.send_marks(vec![id], Mark::Substitute(String::new()));
        effects.extend(at.map_or_else(Vec::new, |at| self.begin_edit(at)));
        effects
    }

    /// Enter on a paragraph that is read back: its text. On a person: the field that wants a word after the mark, else the details.
    pub(super) fn open_row(&mut self) -> Vec<Effect> {
        match self.session().map(|seat| seat.pane) {
            Some(PaneId::RollCall) => {}
            Some(PaneId::ReadBack) => return self.begin_edit(0),
            Some(PaneId::Agenda) if self.leads_to_follow_up() => return self.show(PaneId::FollowUp),
            _ => return self.focus_detail(),
        }
        let Some(seat) = self.session() else { return Vec::new() };
        let wanted = seat.selected().and_then(|attendee| open_field(seat.slot(), attendee));
        let at = wanted.and_then(|field| seat.specs().iter().position(|spec| spec.field == field));
        match at {
            Some(at) => self.begin_edit(at),
            None => self.focus_detail(),
        }
    }
}
