//! Triage: the captured lines that somebody should look at, in the order in which they were said.

use std::cmp::Reverse;

use super::Row;
use crate::domain::{board::Board, change::Order, difficulty, field, kind::Kind, record::Record};

/// How often a piece may have been a piece of a piece; whoever writes a circle into a log finds an end here.
const DEEPEST: usize = 32;

pub(super) fn rows(board: &Board) -> Vec<Row> {
    let captured = Kind::CAPTURED.iter().flat_map(|kind| difficulty::main_of(board, *kind));
    let mut open: Vec<&Record> =
        captured.filter(|record| needs_sorting(record) && !record.is_off_record()).collect();
    open.sort_by_cached_key(|record| (record.text(&field::SAID_AT).is_none(), Age::of(board, record)));
    open.into_iter().map(Row::of).collect()
}

/// Unclassified, marked to be checked, or a spoken line of which nobody knows who said it.
fn needs_sorting(record: &Record) -> bool {
    let spoken = record.text(&field::SAID_AT).is_some();
    record.kind() == Some(Kind::Note)
        || record.flag(&field::CHECK_LATER)
        || (spoken && record.link(&field::UNIT).is_none() && record.link(&field::SPEAKER).is_none())
}

/// When a line was first written, and for its pieces the cuts that made them: a piece stands right behind the line that it
/// was cut off last.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Age {
    line: Order,
    cuts: Vec<Reverse<Order>>,
}

impl Age {
    fn of(board: &Board, record: &Record) -> Self {
        let origin = |piece: &&Record| board.record(piece.link(&field::SPLIT_FROM)?);
        let mut path: Vec<Order> =
            std::iter::successors(Some(record), origin).take(DEEPEST).map(|record| record.born).collect();
        let line = path.pop().unwrap_or(record.born);
        Self { line, cuts: path.into_iter().rev().map(Reverse).collect() }
    }
}
