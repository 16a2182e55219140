//! The roll call: how people attended which sitting, and what that amounts to.
//!
//! A mark is a few fields of the attendee. The first sitting has the plain fields, so a session without sittings is one
//! sitting; every further one has members of them, named by its record.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};

use super::{
    board::Board,
    change::Field,
    edit::Edit,
    field,
    ids::RecordId,
    kind::{Attendance, Kind, PartPlayed},
    record::Record,
    roster,
};

/// The fields that say how a person attended.
pub const FIELDS: [Field; 5] =
    [field::ATTENDANCE, field::ARRIVED, field::LEFT, field::SUBSTITUTE_FOR, field::ABSENCE_REASON];

/// What is said of a person at the roll call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Mark {
    /// Nothing; what was said is taken back.
    Unmarked,
    /// Is there.
    Present,
    /// Is there for somebody: an attendee's id, or a name that is not on the list; empty if nobody has said for whom.
    Substitute(String),
    /// Is absent and has said why.
    Excused,
    /// Is absent.
    Unexcused,
    /// Came late, at that moment.
    Late(DateTime<FixedOffset>),
    /// Left early, at that moment.
    LeftEarly(DateTime<FixedOffset>),
}

impl Mark {
    /// The moment that it names.
    pub fn moment(&self) -> Option<DateTime<FixedOffset>> {
        if let Self::Late(at) | Self::LeftEarly(at) = self { Some(*at) } else { None }
    }

    /// The edits that it amounts to for somebody who attended so far as given: whoever came late or left early was there.
    pub fn edits(&self, so_far: Attendance) -> Vec<Edit> {
        use Attendance as A;
        let there = if so_far == A::Substitute { A::Substitute } else { A::Present };
        let (arrived, left, whom) =
            (Edit::Arrived(None), Edit::Left(None), Edit::SubstituteFor(String::new()));
        let reason = Edit::AbsenceReason(String::new());
        match self {
            Self::Unmarked => vec![Edit::Attendance(A::Unmarked), arrived, left, whom, reason],
            Self::Present => vec![Edit::Attendance(A::Present), arrived, left, whom, reason],
            Self::Substitute(of) if of.is_empty() => vec![Edit::Attendance(A::Substitute), reason],
            Self::Substitute(of) => {
                vec![Edit::Attendance(A::Substitute), Edit::SubstituteFor(of.clone()), reason]
            }
            Self::Excused => vec![Edit::Attendance(A::AbsentExcused), arrived, left, whom],
            Self::Unexcused => vec![Edit::Attendance(A::AbsentUnexcused), arrived, left, whom],
            Self::Late(at) => vec![Edit::Attendance(there), Edit::Arrived(Some(*at)), reason],
            Self::LeftEarly(at) => vec![Edit::Attendance(there), Edit::Left(Some(*at)), reason],
        }
    }
}

/// Where the marks of a sitting are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot(Option<RecordId>);

impl Slot {
    /// Of the first sitting, and of a session without sittings.
    pub const FIRST: Self = Self(None);

    /// Of a sitting.
    pub fn of(sitting: &Record) -> Self {
        Self((!sitting.flag(&field::OPENING)).then_some(sitting.id))
    }

    /// The field of an attendee that holds this sitting's part of a field of attendance.
    pub fn field(self, field: &Field) -> Field {
        self.0.map_or_else(|| field.clone(), |sitting| Field::member(field.as_str(), sitting))
    }

    /// The edit that gives a field of attendance its content at this sitting.
    pub fn edit(self, edit: Edit) -> Edit {
        match self.0 {
            Some(sitting) => Edit::InSitting(sitting, Box::new(edit)),
            None => edit,
        }
    }

    /// Whether a person came.
    pub fn attendance(self, attendee: &Record) -> Attendance {
        let name = attendee.text(&self.field(&field::ATTENDANCE));
        name.and_then(Attendance::named).unwrap_or(Attendance::Unmarked)
    }

    /// When a person who came late arrived.
    pub fn arrived(self, attendee: &Record) -> Option<DateTime<FixedOffset>> {
        attendee.moment(&self.field(&field::ARRIVED))
    }

    /// When a person who left early went.
    pub fn left(self, attendee: &Record) -> Option<DateTime<FixedOffset>> {
        attendee.moment(&self.field(&field::LEFT))
    }

    /// Why a person is absent.
    pub fn reason(self, attendee: &Record) -> Option<&str> {
        attendee.text(&self.field(&field::ABSENCE_REASON))
    }

    /// For whom a person is there: the name of an attendee, or what was typed.
    pub fn stands_for<'a>(self, board: &'a Board, attendee: &'a Record) -> Option<&'a str> {
        let whom = attendee.text(&self.field(&field::SUBSTITUTE_FOR))?;
        let listed = whom.parse().ok().and_then(|id| board.record(id));
        Some(listed.map_or(whom, Record::wording))
    }

    /// The attendees who sent somebody who is on the list too: their seat is taken, so only the other one counts.
    pub fn represented(self, board: &Board) -> Vec<RecordId> {
        let field = self.field(&field::SUBSTITUTE_FOR);
        let stands = |attendee: &&Record| self.attendance(attendee) == Attendance::Substitute;
        let substitutes = board.of_kind(Kind::Attendee).into_iter().filter(stands);
        substitutes
            .filter_map(|substitute| Some(substitute.link(&field)?).filter(|of| *of != substitute.id))
            .collect()
    }
}

/// The field of attendance that a field is, or is a sitting's part of, and that sitting.
pub fn family(of: &Field) -> Option<(Field, Option<RecordId>)> {
    FIELDS.iter().find_map(|known| {
        if known == of {
            return Some((known.clone(), None));
        }
        let sitting = of.member_of(known.as_str())?.parse().ok()?;
        Some((known.clone(), Some(sitting)))
    })
}

/// The edit that gives a field of attendance, or a sitting's part of one, what it holds as text in the log.
pub fn edit_of(field: &Field, text: &str) -> Option<Edit> {
    let (family, sitting) = family(field)?;
    let moment = || DateTime::parse_from_rfc3339(text).ok();
    let edit = match family.as_str() {
        "attendance" => Edit::Attendance(Attendance::named(text)?),
        "arrived" => Edit::Arrived(Some(moment()?)),
        "left" => Edit::Left(Some(moment()?)),
        "substitute_for" => Edit::SubstituteFor(text.to_owned()),
        _ => Edit::AbsenceReason(text.to_owned()),
    };
    Some(Slot(sitting).edit(edit))
}

/// Whether somebody is there.
pub fn came(attendance: Attendance) -> bool {
    matches!(attendance, Attendance::Present | Attendance::Substitute)
}

/// The sittings with where their marks are kept; one without a name for a session that has none.
pub fn sittings(board: &Board) -> Vec<(Option<&Record>, Slot)> {
    let sittings = board.of_kind(Kind::Sitting);
    if sittings.is_empty() {
        return vec![(None, Slot::FIRST)];
    }
    sittings.into_iter().map(|sitting| (Some(sitting), Slot::of(sitting))).collect()
}

/// The figures of the roll call. Guests are not summoned and count apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Roll {
    /// Everybody summoned.
    pub summoned: usize,
    /// Present, or represented by a substitute.
    pub present: usize,
    /// Absent with a reason.
    pub excused: usize,
    /// Absent without one.
    pub unexcused: usize,
    /// Not asked yet.
    pub unmarked: usize,
    /// Guests who came or were not asked.
    pub guests: usize,
}

impl Roll {
    /// The figures of a board's first sitting.
    pub fn of(board: &Board) -> Self {
        let first = board.of_kind(Kind::Sitting).first().map_or(Slot::FIRST, |sitting| Slot::of(sitting));
        Self::at(board, first)
    }

    /// The figures of a sitting.
    pub fn at(board: &Board, slot: Slot) -> Self {
        Self::among(board, slot, |_| true)
    }

    /// The figures of a sitting at one of its venues.
    pub fn at_venue(board: &Board, slot: Slot, venue: RecordId) -> Self {
        Self::among(board, slot, |attendee| attendee.link(&field::VENUE) == Some(venue))
    }

    fn among(board: &Board, slot: Slot, counts: impl Fn(&Record) -> bool) -> Self {
        let mut roll = Self::default();
        let represented = slot.represented(board);
        for attendee in board.of_kind(Kind::Attendee) {
            if counts(attendee) && !represented.contains(&attendee.id) {
                roll.count(roster::part_played(attendee), slot.attendance(attendee));
            }
        }
        roll
    }

    fn count(&mut self, part: PartPlayed, attendance: Attendance) {
        if part == PartPlayed::Guest {
            self.guests += usize::from(came(attendance) || attendance == Attendance::Unmarked);
            return;
        }
        self.summoned += 1;
        match attendance {
            Attendance::Present | Attendance::Substitute => self.present += 1,
            Attendance::AbsentExcused => self.excused += 1,
            Attendance::AbsentUnexcused => self.unexcused += 1,
            Attendance::Unmarked => self.unmarked += 1,
        }
    }
}

/// The units of which nobody is there. The composition is right if there are none.
pub fn units_without(board: &Board, slot: Slot) -> Vec<&Record> {
    let there = |attendee: &&Record| {
        roster::part_played(attendee) != PartPlayed::Guest && came(slot.attendance(attendee))
    };
    let attendees = board.of_kind(Kind::Attendee).into_iter().filter(there);
    let units: Vec<RecordId> =
        attendees.flat_map(|attendee| roster::units_of(board, attendee)).map(|unit| unit.id).collect();
    let mut without = roster::members(board);
    without.retain(|unit| !units.contains(&unit.id));
    without
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Command, Place, Refusal},
        testing::{Desk, UNITS, eight_o_clock},
    };

    fn person(desk: &mut Desk, title: &str, unit: usize, part: PartPlayed) -> RecordId {
        let record = desk.ids.record();
        let unit = UNITS.get(unit).copied();
        let details = vec![Edit::Title(title.into()), Edit::Unit(unit), Edit::PartPlayed(part)];
        desk.submit(&Command::Add { record, kind: Kind::Attendee, details, place: Place::Last }).unwrap();
        record
    }

    fn mark(attendees: &[RecordId], sitting: Option<RecordId>, mark: Mark) -> Command {
        Command::MarkAttendance { attendees: attendees.to_vec(), sitting, mark }
    }

    /// A desk with a delegate of each unit and a guest.
    fn desk() -> (Desk, [RecordId; 4]) {
        let mut desk = Desk::at_session(1);
        let delegates = [0, 1, 2].map(|unit| person(&mut desk, "đại biểu", unit, PartPlayed::Delegate));
        let guest = person(&mut desk, "khách", 9, PartPlayed::Guest);
        let [a, b, c] = delegates;
        (desk, [a, b, c, guest])
    }

    fn without(desk: &Desk, slot: Slot) -> Vec<&str> {
        units_without(&desk.board, slot).into_iter().map(roster::code).collect()
    }

    #[test]
    fn all_are_present_by_one_command_and_exceptions_follow() {
        let (mut desk, all) = desk();
        let [a, b, c, _] = all;
        desk.submit(&mark(&all, None, Mark::Present)).unwrap();
        desk.submit(&mark(&[b], None, Mark::Excused)).unwrap();
        desk.submit(&mark(&[c], None, Mark::Unexcused)).unwrap();
        let roll = Roll { summoned: 3, present: 1, excused: 1, unexcused: 1, unmarked: 0, guests: 1 };
        assert_eq!(Roll::of(&desk.board), roll);
        assert_eq!(without(&desk, Slot::FIRST), ["Q2", "Q3"]);
        desk.submit(&mark(&[a], None, Mark::Unmarked)).unwrap();
        assert_eq!(Roll::of(&desk.board), Roll { present: 0, unmarked: 1, ..roll });
        assert_eq!(desk.submit(&mark(&[a], None, Mark::Unmarked)), Err(Refusal::NoChange));
    }

    #[test]
    fn whoever_came_late_or_left_early_was_there_and_absence_takes_the_times_back() {
        let (mut desk, [a, ..]) = desk();
        let (nine, ten) =
            (eight_o_clock() + chrono::TimeDelta::hours(1), eight_o_clock() + chrono::TimeDelta::hours(2));
        desk.submit(&mark(&[a], None, Mark::Excused)).unwrap();
        desk.edit(a, Edit::AbsenceReason("ốm".into())).unwrap();
        desk.submit(&mark(&[a], None, Mark::Late(nine))).unwrap();
        desk.submit(&mark(&[a], None, Mark::LeftEarly(ten))).unwrap();
        let slot = Slot::FIRST;
        let record = desk.board.record(a).unwrap();
        assert_eq!((slot.attendance(record), slot.reason(record)), (Attendance::Present, None));
        assert_eq!((slot.arrived(record), slot.left(record)), (Some(nine), Some(ten)));
        desk.submit(&mark(&[a], None, Mark::Unexcused)).unwrap();
        let record = desk.board.record(a).unwrap();
        assert_eq!((slot.arrived(record), slot.left(record)), (None, None));
    }

    #[test]
    fn a_substitute_takes_the_seat_of_the_one_who_sent_him() {
        let (mut desk, [a, b, c, _]) = desk();
        let late = person(&mut desk, "người đi thay", 0, PartPlayed::Delegate);
        desk.submit(&mark(&[b, c], None, Mark::Present)).unwrap();
        assert_eq!(Roll::of(&desk.board).summoned, 4);
        desk.submit(&mark(&[late], None, Mark::Substitute(a.to_string()))).unwrap();
        let roll = Roll { summoned: 3, present: 3, guests: 1, ..Roll::default() };
        assert_eq!((Roll::of(&desk.board), without(&desk, Slot::FIRST).len()), (roll, 0));
        let record = desk.board.record(late).unwrap();
        assert_eq!(Slot::FIRST.stands_for(&desk.board, record), Some("đại biểu"));
        desk.submit(&mark(&[late], None, Mark::Substitute("ông A".into()))).unwrap();
        let record = desk.board.record(late).unwrap();
        assert_eq!(Slot::FIRST.stands_for(&desk.board, record), Some("ông A"));
        desk.submit(&mark(&[late], None, Mark::Substitute(late.to_string()))).unwrap();
        assert_eq!(Roll::of(&desk.board).summoned, 4, "nobody stands for himself");
    }

    #[test]
    fn each_venue_has_its_figures() {
        let (mut desk, all) = desk();
        let venue = desk.ids.record();
        let details = vec![Edit::Title("Thủ Đức".into())];
        desk.submit(&Command::Add { record: venue, kind: Kind::Venue, details, place: Place::Last }).unwrap();
        let seat = |attendees: &[RecordId], venue| Command::Seat { attendees: attendees.to_vec(), venue };
        desk.submit(&seat(&all[1..], Some(venue))).unwrap();
        assert_eq!(desk.submit(&seat(&all[1..], Some(venue))), Err(Refusal::NoChange));
        desk.submit(&mark(&all, None, Mark::Present)).unwrap();
        desk.submit(&mark(&all[1..2], None, Mark::Excused)).unwrap();
        let there = Roll { summoned: 2, present: 1, excused: 1, guests: 1, ..Roll::default() };
        assert_eq!(Roll::at_venue(&desk.board, Slot::FIRST, venue), there);
        desk.submit(&seat(&all[1..2], None)).unwrap();
        assert_eq!(Roll::at_venue(&desk.board, Slot::FIRST, venue).summoned, 1);
        assert_eq!(desk.submit(&seat(&all, Some(UNITS[0]))), Err(Refusal::WrongKind(Kind::Unit)));
        assert_eq!(desk.submit(&seat(&[venue], None)), Err(Refusal::WrongKind(Kind::Venue)));
    }

    #[test]
    fn each_sitting_has_its_marks_and_the_first_one_those_made_before() {
        let (mut desk, [a, b, ..]) = desk();
        desk.submit(&mark(&[a, b], None, Mark::Present)).unwrap();
        let mut sitting = |title: &str| {
            let record = desk.ids.record();
            let details = vec![Edit::Title(title.into())];
            desk.submit(&Command::Add { record, kind: Kind::Sitting, details, place: Place::Last }).unwrap();
            record
        };
        let (morning, afternoon) = (sitting("Buổi sáng"), sitting("Buổi chiều"));
        desk.submit(&mark(&[a], Some(afternoon), Mark::Unexcused)).unwrap();
        let present = |desk: &Desk| {
            let sittings = sittings(&desk.board).into_iter();
            sittings.map(|(_, slot)| Roll::at(&desk.board, slot).present).collect::<Vec<_>>()
        };
        assert_eq!(present(&desk), [2, 0]);
        desk.submit(&mark(&[b], Some(afternoon), Mark::Present)).unwrap();
        desk.submit(&mark(&[b], Some(morning), Mark::Excused)).unwrap();
        assert_eq!(present(&desk), [1, 1]);
        desk.submit(&Command::Move { record: morning, place: Place::Last }).unwrap();
        assert_eq!(present(&desk), [1, 1], "marks do not move with places");
        desk.submit(&Command::Remove { record: morning }).unwrap();
        assert_eq!((present(&desk), Roll::of(&desk.board).unexcused), (vec![1], 1));
        assert_eq!(desk.submit(&mark(&[a], Some(morning), Mark::Present)), Err(Refusal::Missing(morning)));
        assert_eq!(desk.submit(&mark(&[a], Some(a), Mark::Present)), Err(Refusal::WrongKind(Kind::Attendee)));
        assert_eq!(desk.submit(&mark(&[UNITS[0]], None, Mark::Present)), Err(Refusal::WrongKind(Kind::Unit)));
    }

    #[test]
    fn a_field_names_its_family_and_its_sitting() {
        let sitting = RecordId(7);
        let member = Edit::InSitting(sitting, Box::new(Edit::Arrived(None))).field();
        assert_eq!(family(&member), Some((field::ARRIVED, Some(sitting))));
        assert_eq!(family(&field::LEFT), Some((field::LEFT, None)));
        assert_eq!(family(&field::TITLE), None);
    }

    #[test]
    fn what_the_log_holds_of_a_mark_is_an_edit_again() {
        let at = eight_o_clock();
        for slot in [Slot::FIRST, Slot(Some(RecordId(7)))] {
            for edit in [
                Edit::Attendance(Attendance::Substitute),
                Edit::Arrived(Some(at)),
                Edit::Left(Some(at)),
                Edit::SubstituteFor("ông A".into()),
                Edit::AbsenceReason("ốm".into()),
            ] {
                let edit = slot.edit(edit);
                let text = edit.value().as_text().unwrap().to_owned();
                assert_eq!(edit_of(&edit.field(), &text), Some(edit));
            }
        }
        assert_eq!(edit_of(&field::ARRIVED, "sáng"), None);
        assert_eq!(edit_of(&field::TITLE, "ông A"), None);
    }
}
