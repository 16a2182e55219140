//! Triage: the captured lines that somebody should look at, in the order in which they were said.

use super::Row;
use crate::domain::{board::Board, difficulty, field, kind::Kind, record::Record};

pub(super) fn rows(board: &Board) -> Vec<Row> {
    let captured = Kind::CAPTURED.iter().flat_map(|kind| difficulty::main_of(board, *kind));
    let mut open: Vec<&Record> = captured.filter(|record| needs_sorting(record)).collect();
    open.sort_by_key(|record| (record.text(&field::SAID_AT).is_none(), record.born));
    open.into_iter().map(Row::of).collect()
}

/// Unclassified, marked to be checked, or a spoken line of which nobody knows who said it.
fn needs_sorting(record: &Record) -> bool {
    let spoken = record.text(&field::SAID_AT).is_some();
    record.kind() == Some(Kind::Note)
        || record.flag(&field::CHECK_LATER)
        || (spoken && record.link(&field::UNIT).is_none() && record.link(&field::SPEAKER).is_none())
}
