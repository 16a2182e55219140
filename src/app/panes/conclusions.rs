//! What the chair concludes, beside the preview of the notice.

use super::{Addition, Row, grouped};
use crate::domain::{board::Board, difficulty, kind::Kind};

/// The kinds listed, in their order.
pub(in crate::app) const KINDS: [Kind; 4] =
    [Kind::Conclusion, Kind::Solution, Kind::Recommendation, Kind::Task];

pub(super) fn rows(board: &Board) -> Vec<Row> {
    grouped(&KINDS, |kind| difficulty::main_ids(board, kind))
}

pub(super) fn additions() -> Vec<Addition> {
    [Kind::Conclusion, Kind::Recommendation, Kind::Task, Kind::Solution].map(Addition::new).to_vec()
}
