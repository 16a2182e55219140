//! The roll call: people by unit and name, then the venues.

use std::collections::BTreeSet;

use super::{Addition, Row};
use crate::domain::{
    board::Board,
    edit::Edit,
    field,
    ids::RecordId,
    kind::{Attendance, Kind},
    record::Record,
    roll_call::Slot,
    roster,
};

/// Units without anybody have a heading too: somebody may still come. People of no unit stand last.
pub(super) fn rows(board: &Board) -> Vec<Row> {
    let mut attendees = board.of_kind(Kind::Attendee);
    roster::sort_people(board, &mut attendees);
    if attendees.is_empty() {
        return Vec::new();
    }
    let units: Vec<RecordId> = board.of_kind(Kind::Unit).into_iter().map(|unit| unit.id).collect();
    let known: BTreeSet<RecordId> = units.iter().copied().collect();
    let unit_of = |attendee: &Record| attendee.link(&field::UNIT).filter(|unit| known.contains(unit));
    let mut rows = Vec::new();
    for group in units.iter().copied().map(Some).chain([None]) {
        let of_group = attendees.iter().filter(|attendee| unit_of(attendee) == group);
        let people: Vec<Row> = of_group.map(|attendee| Row::of(attendee)).collect();
        if group.is_some() || !people.is_empty() {
            rows.push(Row::Group(group));
        }
        rows.extend(people);
    }
    let venues = board.of_kind(Kind::Venue);
    rows.extend((!venues.is_empty()).then_some(Row::Heading(Kind::Venue)));
    rows.extend(venues.into_iter().map(Row::of));
    rows
}

/// Whoever is added on the spot is there, and of the selected person's unit.
pub(super) fn additions(selected: Option<&Record>, slot: Slot) -> Vec<Addition> {
    let unit = selected.and_then(|record| record.link(&field::UNIT));
    let present = slot.edit(Edit::Attendance(Attendance::Present));
    vec![Addition::new(Kind::Attendee).with(Edit::Unit(unit)).with(present)]
}
