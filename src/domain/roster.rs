//! Units and people: who is a member, who was summoned, who came.

use super::{
    board::Board,
    field,
    ids::RecordId,
    kind::{Attendance, Kind, PartPlayed},
    record::Record,
};

/// A unit's code (`Q1`), or its name if it has none.
pub fn code(unit: &Record) -> &str {
    unit.text(&field::CODE).unwrap_or_else(|| unit.wording())
}

/// The unit of a record, if it names one that exists.
pub fn unit_of<'a>(board: &'a Board, record: &Record) -> Option<&'a Record> {
    let unit = board.record(record.link(&field::UNIT)?)?;
    (unit.kind() == Some(Kind::Unit)).then_some(unit)
}

/// What a person does at the session.
pub fn part_played(attendee: &Record) -> PartPlayed {
    let name = attendee.text(&field::PART_PLAYED);
    name.and_then(PartPlayed::named).unwrap_or(PartPlayed::Delegate)
}

/// Whether a person came.
pub fn attendance(attendee: &Record) -> Attendance {
    attendee.text(&field::ATTENDANCE).and_then(Attendance::named).unwrap_or(Attendance::Unmarked)
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
    /// The figures of a board.
    pub fn of(board: &Board) -> Self {
        let mut roll = Self::default();
        for attendee in board.of_kind(Kind::Attendee) {
            roll.count(part_played(attendee), attendance(attendee));
        }
        roll
    }

    fn count(&mut self, part: PartPlayed, attendance: Attendance) {
        let came = matches!(attendance, Attendance::Present | Attendance::Substitute);
        if part == PartPlayed::Guest {
            self.guests += usize::from(came || attendance == Attendance::Unmarked);
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

/// The session's unit with that code, case aside.
pub fn unit_by_code(board: &Board, code_typed: &str) -> Option<RecordId> {
    let typed = code_typed.to_lowercase();
    let units = board.of_kind(Kind::Unit);
    units.iter().find(|unit| code(unit).to_lowercase() == typed).map(|unit| unit.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Command, Place},
        edit::Edit,
        testing::{Desk, UNITS},
    };

    #[test]
    fn guests_count_apart_and_a_substitute_is_present() {
        let mut desk = Desk::at_session(1);
        let marks = [
            (PartPlayed::Delegate, Attendance::Present),
            (PartPlayed::Chair, Attendance::Substitute),
            (PartPlayed::Delegate, Attendance::AbsentExcused),
            (PartPlayed::Delegate, Attendance::AbsentUnexcused),
            (PartPlayed::NoteTaker, Attendance::Unmarked),
            (PartPlayed::Guest, Attendance::Present),
            (PartPlayed::Guest, Attendance::AbsentExcused),
        ];
        for (part, attendance) in marks {
            let record = desk.ids.record();
            let details =
                vec![Edit::Title("đại biểu".into()), Edit::PartPlayed(part), Edit::Attendance(attendance)];
            desk.submit(&Command::Add { record, kind: Kind::Attendee, details, place: Place::Last }).unwrap();
        }
        let expected = Roll { summoned: 5, present: 2, excused: 1, unexcused: 1, unmarked: 1, guests: 1 };
        assert_eq!(Roll::of(&desk.board), expected);
    }

    #[test]
    fn a_unit_is_found_by_its_code_in_either_case() {
        let desk = Desk::at_session(1);
        assert_eq!(unit_by_code(&desk.board, "q2"), Some(UNITS[1]));
        assert_eq!(unit_by_code(&desk.board, "q9"), None);
    }
}
