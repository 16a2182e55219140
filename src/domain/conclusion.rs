//! What the chair concludes: statements, recommendations to authorities, tasks for units.

use super::{
    board::Board,
    difficulty,
    edit::Lead,
    field::{self, set},
    ids::RecordId,
    kind::{Authority, ConclusionPart, Kind, TaskKind},
    record::Record,
    roster,
};

/// The part of the notice to which a conclusion belongs.
pub fn part(record: &Record) -> ConclusionPart {
    record.text(&field::PART).and_then(ConclusionPart::named).unwrap_or(ConclusionPart::Assessment)
}

/// Who may settle a recommendation, if it was said.
pub fn authority(record: &Record) -> Option<Authority> {
    record.text(&field::AUTHORITY).and_then(Authority::named)
}

/// Who leads a task.
pub fn lead(record: &Record) -> Option<Lead> {
    record.text(&field::LEAD_UNIT).and_then(Lead::parse)
}

/// Whether a task is done once, always, or again and again.
pub fn task_kind(record: &Record) -> TaskKind {
    record.text(&field::TASK_KIND).and_then(TaskKind::named).unwrap_or(TaskKind::Dated)
}

/// The units that have to do a task: every unit of the session, if all lead.
pub fn bearers(board: &Board, task: &Record) -> Vec<RecordId> {
    let units = board.of_kind(Kind::Unit).into_iter().map(|unit| unit.id);
    match lead(task) {
        None => Vec::new(),
        Some(Lead::Each) => roster::members(board).into_iter().map(|unit| unit.id).collect(),
        Some(Lead::Unit(lead)) => units.filter(|unit| *unit == lead).collect(),
    }
}

/// Whether a note-taker proposes it and nobody has accepted it yet.
pub fn is_proposed(record: &Record) -> bool {
    record.flag(&field::PROPOSED)
}

/// The units that support a task.
pub fn support<'a>(board: &'a Board, record: &Record) -> Vec<&'a Record> {
    let linked: Vec<_> = record.linked(set::SUPPORT).collect();
    board.of_kind(Kind::Unit).into_iter().filter(|unit| linked.contains(&unit.id)).collect()
}

/// The recommendations grouped by addressee, in the order in which the addressees first appear.
pub fn by_addressee(board: &Board) -> Vec<(Option<&str>, Vec<&Record>)> {
    let mut groups: Vec<(Option<&str>, Vec<&Record>)> = Vec::new();
    for record in difficulty::main_of(board, Kind::Recommendation) {
        let addressee = record.text(&field::ADDRESSEE);
        match groups.iter_mut().find(|(known, _)| *known == addressee) {
            Some((_, group)) => group.push(record),
            None => groups.push((addressee, vec![record])),
        }
    }
    groups
}
