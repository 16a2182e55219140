//! The speakers: who has the floor, who waits, who has not spoken, what nobody knows the speaker of, who has spoken.

use super::{Part, Row};
use crate::domain::{board::Board, difficulty, field, kind::Kind, record::Record, speech, timing};

pub(super) fn rows(board: &Board) -> Vec<Row> {
    let over = speech::held(board).into_iter().filter(|speech| timing::ended(speech).is_some());
    let (unknown, heard): (Vec<&Record>, Vec<&Record>) = over.partition(|speech| speech::is_unknown(speech));
    let parts = [
        (Part::Floor, speech::running(board)),
        (Part::Queue, speech::queue(board)),
        (Part::Silent, speech::silent(board)),
        (Part::Unknown, unknown.into_iter().chain(lines_of_nobody(board)).collect()),
        (Part::Heard, heard),
    ];
    let parts = parts.into_iter().filter(|(_, records)| !records.is_empty());
    parts
        .flat_map(|(part, records)| std::iter::once(Row::Part(part)).chain(records.into_iter().map(Row::of)))
        .collect()
}

/// The captured lines of which nobody knows who said them.
fn lines_of_nobody(board: &Board) -> Vec<&Record> {
    let lines = Kind::SAID.iter().flat_map(|kind| difficulty::main_of(board, *kind));
    let mut unknown: Vec<&Record> = lines.filter(|line| speech::is_of_nobody(line)).collect();
    unknown.sort_by_key(|line| (line.moment(&field::SAID_AT), line.born));
    unknown
}
