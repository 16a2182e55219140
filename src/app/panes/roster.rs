//! Units and people at the table, sittings and venues.

use super::{Addition, Row, grouped};
use crate::domain::{board::Board, edit::Edit, field, kind::Kind, record::Record};

pub(super) fn rows(board: &Board) -> Vec<Row> {
    let ids = |kind| board.of_kind(kind).into_iter().map(|record| record.id).collect();
    grouped(&[Kind::Unit, Kind::Attendee, Kind::Sitting, Kind::Venue], ids)
}

/// Whoever is added is of the unit that is selected, or of the selected person's.
pub(super) fn additions(selected: Option<&Record>) -> Vec<Addition> {
    let unit = selected.and_then(|record| match record.kind() {
        Some(Kind::Unit) => Some(record.id),
        _ => record.link(&field::UNIT),
    });
    let details = unit.map(|unit| Edit::Unit(Some(unit))).into_iter().collect();
    let person = Addition { details, ..Addition::new(Kind::Attendee) };
    let others = [Kind::Unit, Kind::Sitting, Kind::Venue].map(Addition::new);
    std::iter::once(person).chain(others).collect()
}
