//! Captured lines: difficulties and what belongs to them.

use super::{
    board::Board,
    field::{self, set},
    gathering::Under,
    ids::RecordId,
    kind::{DifficultyNature, Kind},
    record::Record,
    roster,
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

/// The difficulties that stand for themselves, in order.
pub fn main_difficulties(board: &Board) -> Vec<&Record> {
    main_of(board, Kind::Difficulty)
}

/// The records of a kind that stand for themselves, in order.
pub fn main_of(board: &Board, kind: Kind) -> Vec<&Record> {
    board.alone_of_kind(kind).collect()
}

/// The ids of the records of a kind that stand for themselves, in order: all that a list needs before it is drawn.
pub fn main_ids(board: &Board, kind: Kind) -> Vec<RecordId> {
    board.ids_alone(kind).collect()
}

/// The lines that continue a record, oldest first.
pub fn continuations(board: &Board, id: RecordId) -> Vec<&Record> {
    let mut lines = board.pointing_at(field::ATTACHED_TO.as_str(), id);
    lines.retain(|line| board.under(line.id) == Some(Under::Attached(id)));
    lines.sort_by_key(|record| record.born);
    lines
}

/// The session's units that share a difficulty: who raised it, who raised what was merged into it, who agreed.
pub fn raised_by(board: &Board, record: &Record) -> Vec<RecordId> {
    let voices = std::iter::once(record).chain(board.each_gathered(record.id));
    let mut units: Vec<RecordId> = voices.flat_map(units_of).collect();
    units.sort_unstable();
    units.dedup();
    units.retain(|unit| board.record(*unit).is_some_and(|unit| unit.kind() == Some(Kind::Unit)));
    units
}

/// The units that take part and of which nobody has raised a difficulty or agreed, in their order.
pub fn not_raised_by<'a>(board: &'a Board, record: &Record) -> Vec<&'a Record> {
    let mut missing = roster::members(board);
    for voice in std::iter::once(record).chain(board.each_gathered(record.id)) {
        if missing.is_empty() {
            break;
        }
        for raised in units_of(voice) {
            missing.retain(|unit| unit.id != raised);
        }
    }
    missing
}

/// The units whose opinion a line is.
fn units_of(line: &Record) -> impl Iterator<Item = RecordId> {
    line.link(&field::UNIT).into_iter().chain(line.linked(set::SAME_OPINION))
}

/// What answers a difficulty, or one merged into it: causes, solutions, recommendations, conclusions and tasks.
pub fn answers(board: &Board, record: RecordId, kind: Kind) -> Vec<&Record> {
    let merged = board.gathered(record).into_iter().map(|merged| merged.id);
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

/// The difficulties to which no solution, recommendation, conclusion or task answers yet. What is off the record asks for no answer.
pub fn unanswered(board: &Board) -> Vec<&Record> {
    board.unanswered().collect()
}

/// Whether something is decided about a record, or about one merged into it.
pub fn is_answered(board: &Board, id: RecordId) -> bool {
    let merged = |id, record: &Record| board.under(record.id) == Some(Under::Merged(id));
    let mut below = Vec::new();
    let mut next = Some(id);
    while let Some(id) = next {
        for (edge, from) in board.edges_to(id) {
            if edge == set::ANSWERS && from.kind().is_some_and(|kind| Kind::DECIDING.contains(&kind)) {
                return true;
            }
            if field::MERGED_INTO.as_str() == edge && merged(id, from) {
                below.push(from.id);
            }
        }
        next = below.pop();
    }
    false
}
