//! Undo and redo: a change that replaces exactly the writes of another, and which change is next.

use super::{
    board::Board,
    change::{Change, Value, Write, WriteId},
    command::{REDO, Refusal, UNDO},
    ids::{ChangeId, PersonId},
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
/// `Stale` if somebody has written one of the fields since, `NothingToUndo` if the change is unknown.
pub fn revert(board: &Board, target: ChangeId) -> Result<Vec<Write>, Refusal> {
    let change = board.change(target).filter(|change| !change.writes().is_empty());
    let change = change.ok_or(Refusal::NothingToUndo)?;
    let mut writes = Vec::new();
    for (id, write) in change.identified() {
        ensure_in_effect(board, id, write)?;
        for value in before(board, id, write) {
            let (record, field) = (write.record, write.field.clone());
            writes.push(Write { record, field, value, replaces: vec![id] });
        }
    }
    Ok(writes)
}

fn ensure_in_effect(board: &Board, id: WriteId, write: &Write) -> Result<(), Refusal> {
    let cell = board.record(write.record).and_then(|record| record.cell(&write.field));
    if cell.is_some_and(|cell| cell.live().iter().any(|live| live.write == id)) {
        return Ok(());
    }
    Err(Refusal::Stale { record: write.record, field: write.field.as_str().to_owned() })
}

/// What the field showed before the write: the values it replaced, except those that another write replaced too.
fn before(board: &Board, id: WriteId, write: &Write) -> Vec<Value> {
    let also_replaced = |replaced: &&WriteId| {
        let history = board.changes().flat_map(|change| change.identified());
        let mut others = history.filter(|(other, later)| *other != id && later.replaces.contains(replaced));
        others.any(|(_, later)| later.record == write.record && later.field == write.field)
    };
    let contested = write.replaces.len() > 1
        || board.record(write.record).and_then(|r| r.cell(&write.field)).is_some_and(|c| c.live().len() > 1);
    let restored = write.replaces.iter().filter(|replaced| !contested || !also_replaced(replaced));
    let values: Vec<Value> = restored.filter_map(|replaced| board.written(*replaced).cloned()).collect();
    if values.is_empty() { vec![Value::Absent] } else { values }
}
