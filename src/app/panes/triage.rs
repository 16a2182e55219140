//! Triage: the captured lines that somebody should look at, in the order in which they were said.

use std::{cmp::Reverse, collections::BTreeSet};

use super::Row;
use crate::app::twins::Twins;
use crate::domain::{board::Board, change::Order, difficulty, field, kind::Kind, record::Record};

/// How often a piece may have been a piece of a piece; whoever writes a circle into a log finds an end here.
const DEEPEST: usize = 32;

/// The rows; a line that another note-taker wrote too has that one right behind it.
pub(in crate::app) fn rows(board: &Board, twins: &Twins) -> Vec<Row> {
    let captured = Kind::CAPTURED.iter().flat_map(|kind| difficulty::main_of(board, *kind));
    let is_open = |record: &&Record| needs_sorting(record) || twins.contains_key(&record.id);
    let mut open: Vec<&Record> =
        captured.filter(|record| is_open(record) && !record.is_off_record()).collect();
    open.sort_by_cached_key(|record| (record.text(&field::SAID_AT).is_none(), Age::of(board, record)));
    let mut rows = Vec::new();
    let mut placed = BTreeSet::new();
    for record in open {
        if placed.insert(record.id) {
            rows.push(Row::of(record));
            let twin = twins.get(&record.id).and_then(|id| board.record(*id));
            rows.extend(twin.filter(|twin| placed.insert(twin.id)).map(Row::under));
        }
    }
    rows
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
    /// Pieces of one cut stand by their numbers.
    number: (usize, String),
}

impl Age {
    fn of(board: &Board, record: &Record) -> Self {
        let origin = |piece: &&Record| board.record(piece.link(&field::SPLIT_FROM)?);
        let mut path: Vec<Order> =
            std::iter::successors(Some(record), origin).take(DEEPEST).map(|record| record.born).collect();
        let line = path.pop().unwrap_or(record.born);
        let number = record.short_number().unwrap_or_default().to_owned();
        Self { line, cuts: path.into_iter().rev().map(Reverse).collect(), number: (number.len(), number) }
    }
}
