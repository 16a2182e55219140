//! What does not hold of a board: shown to people, never a failure of the fold.

use super::{
    board::Board,
    change::Field,
    conclusion,
    edit::Lead,
    field,
    ids::{OriginId, RecordId},
    kind::Kind,
};

/// Something that people should look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Two values of one field are in effect.
    Contested {
        /// The record.
        record: RecordId,
        /// The field.
        field: Field,
    },
    /// A merge edge that would close a circle and is not followed.
    MergeCircle(RecordId),
    /// A merge, attachment or membership names a record that is not here.
    Dangling {
        /// The record with the edge.
        record: RecordId,
        /// The field that holds it.
        field: Field,
    },
    /// A task without a lead.
    NoLead(RecordId),
    /// A task whose lead is not a unit of the session.
    UnknownLead(RecordId),
    /// A task without a date.
    NoDue(RecordId),
    /// A task without a deliverable.
    NoDeliverable(RecordId),
    /// A unit signed twice.
    SignedTwice(RecordId),
    /// Changes of an origin are missing.
    Gap(OriginId),
    /// One sequence number of an origin names two different changes; both are kept.
    Fork(OriginId),
    /// Changes that a newer version wrote.
    UnknownChanges(usize),
}

/// All findings of a board, those about records first, in the order of record ids.
pub fn findings(board: &Board) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut records: Vec<_> = board.records().filter(|record| !record.is_removed()).collect();
    records.sort_by_key(|record| record.id);
    for record in records {
        let contested = record.contested().cloned();
        found.extend(contested.map(|field| Finding::Contested { record: record.id, field }));
        edges(board, record.id, &mut found);
        if record.kind() == Some(Kind::Task) {
            found.extend(task_findings(board, record.id));
        }
    }
    found.extend(signed_twice(board));
    found
        .extend(board.origins().iter().filter(|(_, p)| p.has_gap()).map(|(origin, _)| Finding::Gap(*origin)));
    let forked = board.origins().iter().filter(|(_, progress)| !progress.forked.is_empty());
    found.extend(forked.map(|(origin, _)| Finding::Fork(*origin)));
    found.extend(Some(board.unknown_changes()).filter(|n| *n > 0).map(Finding::UnknownChanges));
    found
}

fn edges(board: &Board, id: RecordId, found: &mut Vec<Finding>) {
    let Some(record) = board.record(id) else { return };
    for field in [field::MERGED_INTO, field::ATTACHED_TO] {
        let Some(target) = record.link(&field) else { continue };
        if board.record(target).is_none_or(|target| target.kind().is_none()) {
            found.push(Finding::Dangling { record: id, field });
        } else if field == field::MERGED_INTO && board.merge_root(id) == id {
            found.push(Finding::MergeCircle(id));
        }
    }
}

fn task_findings(board: &Board, id: RecordId) -> Vec<Finding> {
    let Some(task) = board.record(id) else { return Vec::new() };
    let is_unit = |id| board.record(id).is_some_and(|unit| unit.kind() == Some(Kind::Unit));
    let lead = match conclusion::lead(task) {
        None => Some(Finding::NoLead(id)),
        Some(Lead::Unit(unit)) if !is_unit(unit) => Some(Finding::UnknownLead(id)),
        Some(_) => None,
    };
    let due = task.date(&field::DUE).is_none().then_some(Finding::NoDue(id));
    let deliverable = task.text(&field::DELIVERABLE).is_none().then_some(Finding::NoDeliverable(id));
    lead.into_iter().chain(due).chain(deliverable).collect()
}

fn signed_twice(board: &Board) -> Vec<Finding> {
    let mut units: Vec<_> =
        board.of_kind(Kind::Signature).iter().filter_map(|signature| signature.link(&field::UNIT)).collect();
    units.sort_unstable();
    let mut twice: Vec<_> = units
        .windows(2)
        .filter_map(|pair| if let [a, b] = pair { (a == b).then_some(*a) } else { None })
        .collect();
    twice.dedup();
    twice.into_iter().map(Finding::SignedTwice).collect()
}
