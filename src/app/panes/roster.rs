//! Units and people at the table.

use super::{Addition, Row, grouped};
use crate::domain::{board::Board, kind::Kind};

pub(super) fn rows(board: &Board) -> Vec<Row> {
    grouped(&[Kind::Unit, Kind::Attendee], |kind| board.of_kind(kind))
}

pub(super) fn additions() -> Vec<Addition> {
    [Kind::Attendee, Kind::Unit].map(Addition::new).to_vec()
}
