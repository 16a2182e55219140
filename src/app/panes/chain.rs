//! The chain around a record: what leads to it, what comes of it; then what hangs loose at either end.

use super::{Part, Row};
use crate::domain::{board::Board, chain, difficulty, ids::RecordId, kind::Kind, record::Record};

/// Without a record, only what hangs loose.
pub(in crate::app) fn rows(board: &Board, around: Option<RecordId>) -> Vec<Row> {
    let here = around.and_then(|id| board.record(id)).filter(|record| !record.is_removed());
    let mut rows = Vec::new();
    if let Some(here) = here {
        let (before, after) = (chain::all_before(board, here.id), chain::all_after(board, here.id));
        rows.extend(part(Part::Before, before));
        rows.extend(part(Part::Here, vec![here]));
        let ends = here.kind() == Some(Kind::Task);
        rows.extend((after.is_empty() && !ends).then_some(Row::Part(Part::NothingAfter)));
        rows.extend(part(Part::After, after));
    }
    let is_shown = |record: &&Record| rows.contains(&Row::of(record));
    let rest = |records: Vec<&'_ Record>| -> Vec<Row> {
        records.into_iter().filter(|record| !is_shown(record)).map(Row::of).collect()
    };
    let (unanswered, loose) = (rest(difficulty::unanswered(board)), rest(chain::loose(board)));
    for (part, records) in [(Part::Unanswered, unanswered), (Part::Loose, loose)] {
        rows.extend((!records.is_empty()).then_some(Row::Part(part)));
        rows.extend(records);
    }
    rows
}

fn part(part: Part, records: Vec<&Record>) -> Vec<Row> {
    let heading = (!records.is_empty()).then_some(Row::Part(part));
    heading.into_iter().chain(records.into_iter().map(Row::of)).collect()
}
