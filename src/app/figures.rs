//! What screens say about a whole board: counted once when a board is published, not at every key.

use std::collections::BTreeMap;

use crate::domain::{agenda, board::Board, difficulty, ids::RecordId, kind::Kind};

/// The figures of a board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many difficulties stand for themselves.
    pub difficulties: usize,
    /// How many conclusions there are.
    pub conclusions: usize,
    /// How many units take part.
    pub units: usize,
    /// The difficulties that nothing answers yet.
    pub unanswered: Vec<RecordId>,
    /// The agenda item that is on, and its number.
    pub item: Option<(RecordId, usize)>,
    changes: BTreeMap<RecordId, usize>,
}

impl Figures {
    /// Counts.
    pub fn of(board: &Board) -> Self {
        let item = agenda::current(board).map(|item| item.id);
        Self {
            difficulties: difficulty::main_difficulties(board).len(),
            conclusions: difficulty::main_of(board, Kind::Conclusion).len(),
            units: board.of_kind(Kind::Unit).len(),
            unanswered: difficulty::unanswered(board).into_iter().map(|record| record.id).collect(),
            item: item.and_then(|id| Some((id, agenda::ordinal(board, id)?))),
            changes: changes(board),
        }
    }

    /// How many changes wrote a record.
    pub fn changes_of(&self, record: RecordId) -> usize {
        self.changes.get(&record).copied().unwrap_or(0)
    }
}

fn changes(board: &Board) -> BTreeMap<RecordId, usize> {
    let mut counts = BTreeMap::new();
    for change in board.changes() {
        let mut written: Vec<RecordId> = change.writes().iter().map(|write| write.record).collect();
        written.sort_unstable();
        written.dedup();
        for record in written {
            *counts.entry(record).or_default() += 1;
        }
    }
    counts
}
