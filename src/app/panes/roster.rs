//! Units and people at the table, sittings and venues.

use super::{Addition, Row, grouped};
use crate::domain::{board::Board, kind::Kind};

pub(super) fn rows(board: &Board) -> Vec<Row> {
    grouped(&[Kind::Unit, Kind::Attendee, Kind::Sitting, Kind::Venue], |kind| board.of_kind(kind))
}

pub(super) fn additions() -> Vec<Addition> {
    [Kind::Attendee, Kind::Unit, Kind::Sitting, Kind::Venue].map(Addition::new).to_vec()
}
