//! Units and people at the table, sittings and venues.

use super::{Addition, Row, grouped};
use crate::domain::{board::Board, kind::Kind};

pub(super) fn rows(board: &Board) -> Vec<Row> {
    let ids = |kind| board.of_kind(kind).into_iter().map(|record| record.id).collect();
    grouped(&[Kind::Unit, Kind::Attendee, Kind::Sitting, Kind::Venue], ids)
}

pub(super) fn additions() -> Vec<Addition> {
    [Kind::Attendee, Kind::Unit, Kind::Sitting, Kind::Venue].map(Addition::new).to_vec()
}
