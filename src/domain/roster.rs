//! Units and people: who is a member, who was summoned.

use super::{
    board::Board,
    field,
    ids::RecordId,
    kind::{Kind, PartPlayed},
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

/// The session's unit with that code, case aside.
pub fn unit_by_code(board: &Board, code_typed: &str) -> Option<RecordId> {
    let typed = code_typed.to_lowercase();
    let units = board.of_kind(Kind::Unit);
    units.iter().find(|unit| code(unit).to_lowercase() == typed).map(|unit| unit.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::testing::{Desk, UNITS};

    #[test]
    fn a_unit_is_found_by_its_code_in_either_case() {
        let desk = Desk::at_session(1);
        assert_eq!(unit_by_code(&desk.board, "q2"), Some(UNITS[1]));
        assert_eq!(unit_by_code(&desk.board, "q9"), None);
    }
}
