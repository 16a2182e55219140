//! Captured lines: difficulties and what belongs to them.

use super::{
    board::Board,
    field::{self, set},
    ids::RecordId,
    kind::{DifficultyNature, Kind},
    record::Record,
};

/// The nature of a difficulty.
pub fn nature(record: &Record) -> DifficultyNature {
    let name = record.text(&field::NATURE);
    name.and_then(DifficultyNature::named).unwrap_or(DifficultyNature::Difficulty)
}

/// The weight, 0 to 3.
pub fn weight(record: &Record) -> u8 {
    record.number(&field::WEIGHT).and_then(|weight| u8::try_from(weight).ok()).unwrap_or(0).min(3)
}

/// Whether a record stands for itself: neither merged into another nor attached to one.
pub fn stands_alone(board: &Board, record: &Record) -> bool {
    board.merge_root(record.id) == record.id && record.link(&field::ATTACHED_TO).is_none()
}

/// The difficulties that stand for themselves, in order.
pub fn main_difficulties(board: &Board) -> Vec<&Record> {
    main_of(board, Kind::Difficulty)
}

/// The records of a kind that stand for themselves, in order.
pub fn main_of(board: &Board, kind: Kind) -> Vec<&Record> {
    board.of_kind(kind).into_iter().filter(|record| stands_alone(board, record)).collect()
}

/// The lines that continue a record, oldest first.
pub fn continuations(board: &Board, id: RecordId) -> Vec<&Record> {
    let mut lines: Vec<&Record> =
        board.records().filter(|r| !r.is_removed() && r.link(&field::ATTACHED_TO) == Some(id)).collect();
    lines.sort_by_key(|record| record.born);
    lines
}

/// The session's units that share a difficulty: who raised it, who raised what was merged into it, who agreed.
pub fn raised_by(board: &Board, record: &Record) -> Vec<RecordId> {
    let merged = board.merged_into(record.id);
    let voices = std::iter::once(record).chain(merged);
    let mut units: Vec<RecordId> = voices
        .flat_map(|voice| voice.link(&field::UNIT).into_iter().chain(voice.linked(set::SAME_OPINION)))
        .collect();
    units.sort_unstable();
    units.dedup();
    units.retain(|unit| board.record(*unit).is_some_and(|unit| unit.kind() == Some(Kind::Unit)));
    units
}

/// What answers a difficulty, or one merged into it: causes, solutions, recommendations, conclusions and tasks.
pub fn answers(board: &Board, record: RecordId, kind: Kind) -> Vec<&Record> {
    let merged = board.merged_into(record).into_iter().map(|merged| merged.id);
    let mut found: Vec<&Record> = Vec::new();
    for id in std::iter::once(record).chain(merged) {
        for answer in board.pointing_at(set::ANSWERS, id) {
            if answer.kind() == Some(kind) && found.iter().all(|known| known.id != answer.id) {
                found.push(answer);
            }
        }
    }
    found
}

/// The difficulties to which no solution, recommendation, conclusion or task answers yet.
pub fn unanswered(board: &Board) -> Vec<&Record> {
    let answering = [Kind::Solution, Kind::Recommendation, Kind::Conclusion, Kind::Task];
    let open = |record: &&Record| answering.iter().all(|kind| answers(board, record.id, *kind).is_empty());
    main_difficulties(board).into_iter().filter(open).collect()
}
