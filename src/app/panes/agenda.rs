//! The agenda: the session's own data, then its points.

use super::{Addition, Row};
use crate::domain::{board::Board, kind::Kind, record::Record};

pub(super) fn rows(board: &Board) -> Vec<Row> {
    let root = board.root().filter(|root| root.kind() == Some(Kind::Session));
    let above = root.into_iter().chain(board.of_kind(Kind::Theme));
    above.chain(board.of_kind(Kind::AgendaItem)).map(Row::of).collect()
}

pub(super) fn additions(selected: Option<&Record>) -> Vec<Addition> {
    let of = |kind| selected.filter(|record| record.kind() == Some(kind)).map(|record| record.id);
    [Kind::AgendaItem, Kind::Theme].into_iter().map(|kind| Addition::new(kind).after(of(kind))).collect()
}
