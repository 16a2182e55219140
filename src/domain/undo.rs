//! Undo and redo: a change that replaces exactly the writes of another, and which change is next.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    board::Board,
    change::{Change, Field, Value, Write, WriteId},
    command::{REDO, Refusal, UNDO},
    field,
    ids::{ChangeId, PersonId, RecordId},
    record::{Cell, Live},
};

/// What a person can undo and redo, the next one last.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stacks {
    /// Changes in effect.
    pub undo: Vec<ChangeId>,
    /// Undoing changes whose effect can be taken back.
    pub redo: Vec<ChangeId>,
}

impl Stacks {
    /// The stacks of one person on a board.
    pub fn of(board: &Board, person: PersonId) -> Self {
        let mut stacks = Self::default();
        let own = board.changes().filter(|change| change.header.author.person == person);
        own.filter(|change| !change.writes().is_empty()).for_each(|change| stacks.push(change));
        stacks
    }

    /// The stacks after one more change of the same person.
    pub fn push(&mut self, change: &Change) {
        match (&*change.header.name, reverted(change)) {
            (UNDO, Some(target)) => {
                self.undo.retain(|id| *id != target);
                self.redo.push(change.id);
            }
            (REDO, Some(target)) => {
                self.redo.retain(|id| *id != target);
                self.undo.push(change.id);
            }
            _ => {
                self.undo.push(change.id);
                self.redo.clear();
            }
        }
    }
}

/// The change that an undoing or redoing change takes back.
pub fn reverted(change: &Change) -> Option<ChangeId> {
    let is_reverting = matches!(&*change.header.name, UNDO | REDO);
    let first = change.writes().first().filter(|_| is_reverting)?;
    first.replaces.first().map(|write| write.change)
}

/// The writes that take a change back: every field it wrote shows again what it showed before.
///
/// # Errors
/// `Stale` if somebody has written one of the fields since, or somebody else any field of a record that the change
/// created; `NothingToUndo` if the change is unknown.
pub fn revert(board: &Board, target: ChangeId) -> Result<Vec<Write>, Refusal> {
    let change = board.change(target).filter(|change| !change.writes().is_empty());
    let change = change.ok_or(Refusal::NothingToUndo)?;
    ensure_nobody_went_on(board, change)?;
    let mut writes = Vec::new();
    for (cell, own) in cells(change) {
        let (record, field) = cell;
        ensure_in_effect(board, record, field, &own)?;
        for value in before(board, record, field, &own) {
            writes.push(Write { record, field: field.clone(), value, replaces: own.clone() });
        }
    }
    Ok(writes)
}

/// The fields that a change wrote, in its order, each with the change's writes to it.
fn cells(change: &Change) -> Vec<((RecordId, &Field), Vec<WriteId>)> {
    let mut places = BTreeMap::new();
    let mut cells: Vec<((RecordId, &Field), Vec<WriteId>)> = Vec::new();
    for (id, write) in change.identified() {
        let cell = (write.record, &write.field);
        let at = *places.entry(cell).or_insert(cells.len());
        match cells.get_mut(at) {
            Some((_, own)) => own.push(id),
            None => cells.push((cell, vec![id])),
        }
    }
    cells
}

fn stale(record: RecordId, field: &Field) -> Refusal {
    Refusal::Stale { record, field: field.as_str().to_owned() }
}

fn live<'a>(board: &'a Board, record: RecordId, field: &Field) -> &'a [Live] {
    board.record(record).and_then(|record| record.cell(field)).map_or(&[], Cell::live)
}

/// To take back a creation hides the whole record, so nobody else may have worked on it.
fn ensure_nobody_went_on(board: &Board, change: &Change) -> Result<(), Refusal> {
    let was_nothing = |id: &WriteId| board.written(*id).is_none_or(|value| *value == Value::Absent);
    let creates = |write: &&Write| {
        write.field == field::KIND && write.value != Value::Absent && write.replaces.iter().all(was_nothing)
    };
    let touched = |id: &RecordId| board.record(*id).is_some_and(|record| record.touched != change.order());
    let new: BTreeSet<RecordId> =
        change.writes().iter().filter(creates).map(|write| write.record).filter(touched).collect();
    if new.is_empty() {
        return Ok(());
    }
    let later = board.changes().rev().take_while(|later| later.order() > change.order());
    let others = later.filter(|later| later.header.author.person != change.header.author.person);
    let foreign = others.flat_map(|later| later.writes()).find(|write| new.contains(&write.record));
    foreign.map_or(Ok(()), |write| Err(stale(write.record, &write.field)))
}

fn ensure_in_effect(board: &Board, record: RecordId, field: &Field, own: &[WriteId]) -> Result<(), Refusal> {
    let live = live(board, record, field);
    let in_effect = own.iter().all(|id| live.iter().any(|live| live.write == *id));
    if in_effect { Ok(()) } else { Err(stale(record, field)) }
}

/// What the field showed before the writes: the values they replaced.
///
/// If others wrote at the same time, their values stay, and what they replaced too does not come back; if nothing does, the
/// writes give way to what the others wrote.
fn before(board: &Board, record: RecordId, field: &Field, own: &[WriteId]) -> Vec<Value> {
    let others = live(board, record, field).iter().rfind(|live| !own.contains(&live.write));
    let mut replaced = replaced_by(board, own);
    if others.is_some() {
        let gone = replaced_by_others(board, record, field, own);
        replaced.retain(|id| !gone.contains(id));
    }
    let values: Vec<Value> = replaced.iter().filter_map(|id| board.written(*id).cloned()).collect();
    if values.is_empty() { vec![others.map_or(Value::Absent, |live| live.value.clone())] } else { values }
}

/// What these writes of one change to one field replaced, in order.
fn replaced_by(board: &Board, own: &[WriteId]) -> Vec<WriteId> {
    let mut replaced = Vec::new();
    for id in own {
        let write = board.change(id.change).and_then(|change| change.writes().get(usize::from(id.index)));
        for id in write.map_or(&[][..], |write| &write.replaces) {
            if !replaced.contains(id) {
                replaced.push(*id);
            }
        }
    }
    replaced
}

fn replaced_by_others(board: &Board, record: RecordId, field: &Field, own: &[WriteId]) -> BTreeSet<WriteId> {
    let history = board.changes().flat_map(|change| change.identified());
    let here = history.filter(|(_, write)| write.record == record && write.field == *field);
    let others = here.filter(|(id, _)| !own.contains(id));
    others.flat_map(|(_, write)| write.replaces.iter().copied()).collect()
}
