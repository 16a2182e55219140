//! Undo and redo: a change that replaces exactly the writes of another, and which change is next.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    board::Board,
    change::{Change, Field, Value, Write, WriteId},
    command::{REDO, Refusal, UNDO},
    cover::Cover,
    field::{self, set},
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
        own.filter(|change| can_be_reverted(change)).for_each(|change| stacks.push(change));
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

/// The change that an undoing or redoing change takes back: its writes name that change's first among what they replace.
pub fn reverted(change: &Change) -> Option<ChangeId> {
    let is_reverting = matches!(&*change.header.name, UNDO | REDO);
    let first = change.writes().first().filter(|_| is_reverting)?;
    first.replaces.first().map(|write| write.change)
}

/// Whether a change can be taken back at all: not one that holds back what others wrote, nor one that erased.
fn can_be_reverted(change: &Change) -> bool {
    let lasting =
        |write: &Write| [set::HELD, set::ERASED].iter().any(|set| write.field.member_of(set).is_some());
    !change.writes().is_empty() && !change.writes().iter().any(lasting)
}

/// The writes that take a change back: every field it wrote shows again what it showed before.
///
/// What was written since and taken back again does not stand in the way: then other writes show what the change wrote, and
/// they are replaced with it.
///
/// # Errors
/// `Stale` if somebody has written one of the fields since, or somebody else any field of a record that the change
/// created; `NothingToUndo` if the change is unknown.
pub fn revert(board: &Board, target: ChangeId) -> Result<Vec<Write>, Refusal> {
    let change = board.change(target).filter(|change| can_be_reverted(change));
    let change = change.filter(|change| board.aside_of(change.id).is_none());
    let change = change.ok_or(Refusal::NothingToUndo)?;
    ensure_nobody_went_on(board, change)?;
    let mut writes = Vec::new();
    for ((record, field), own) in cells(change) {
        let live = live(board, record, field);
        let standing = in_effect(board, live, &own).ok_or_else(|| stale(record, field))?;
        let others: Vec<&Live> = live.iter().filter(|live| !standing.contains(&live.write())).collect();
        let mut replaces = own.clone();
        replaces.extend(standing.iter().filter(|id| !own.contains(id)));
        for value in before(board, &own, &others) {
            writes.push(Write { record, field: field.clone(), value, replaces: replaces.clone() });
        }
    }
    Ok(writes)
}

/// The fields that a change wrote, in its order, each with the change's writes to it.
fn cells(change: &Change) -> Vec<((RecordId, &Field), Vec<WriteId>)> {
    let mut places = BTreeMap::new();
    let mut cells: Vec<((RecordId, &Field), Vec<WriteId>)> = Vec::new();
    for (id, write) in change.identified().filter(|(_, write)| !field::is_remark(&write.field)) {
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
    let brings_in = |write: &&Write| {
        write.field == field::KIND && write.value != Value::Absent && write.replaces.iter().all(was_nothing)
    };
    let touched = |id: &RecordId| board.record(*id).is_some_and(|record| record.touched != change.order());
    let new: BTreeSet<RecordId> =
        change.writes().iter().filter(brings_in).map(|write| write.record).filter(touched).collect();
    if new.is_empty() {
        return Ok(());
    }
    let later = board.changes().rev().take_while(|later| later.order() > change.order());
    let others = later.filter(|later| later.header.author.person != change.header.author.person);
    let foreign = others.flat_map(|later| later.writes()).find(|write| new.contains(&write.record));
    foreign.map_or(Ok(()), |write| Err(stale(write.record, &write.field)))
}

/// The writes in effect that show what a change wrote to a field: its own, or those that brought them back.
fn in_effect(board: &Board, live: &[Live], own: &[WriteId]) -> Option<Vec<WriteId>> {
    let shows = |id: WriteId| {
        let same = |live: &&Live| {
            is_alike(board.written(id), live.value())
                && origin_of(board, live.write()) == origin_of(board, id)
        };
        live.iter().find(|live| live.write() == id).or_else(|| live.iter().find(same)).map(Live::write)
    };
    own.iter().map(|id| shows(*id)).collect()
}

/// Whether two writes say the same. A seal that is put on again covers also what was written meanwhile, and is still that seal.
fn is_alike(a: Option<&Value>, b: &Value) -> bool {
    let seals = |value: &Value| Cover::read(value).is_some();
    a.is_some_and(|a| a == b || seals(a) && seals(b))
}

/// The ordinary write whose content a write shows: itself, or the one that an undo or redo brought back; `None` if that is
/// the field as it was before any write.
fn origin_of(board: &Board, id: WriteId) -> Option<WriteId> {
    let mut at = id;
    for _ in 0..=board.change_count() {
        if reverted(board.change(at.change)?).is_none() {
            return Some(at);
        }
        let value = board.written(at)?;
        let targets = replaced_by(board, at);
        let brought_back = targets.into_iter().flat_map(|target| replaced_by(board, target));
        at = brought_back.into_iter().find(|id| is_alike(board.written(*id), value))?;
    }
    None
}

/// What the field showed before the writes: the values they replaced.
///
/// If others wrote at the same time, their values stay, and what they replaced too does not come back; if nothing does, the
/// writes give way to what the others wrote.
fn before(board: &Board, own: &[WriteId], others: &[&Live]) -> Vec<Value> {
    let mut replaced: Vec<WriteId> = Vec::new();
    for id in own.iter().flat_map(|id| replaced_by(board, *id)) {
        if !replaced.contains(&id) {
            replaced.push(id);
        }
    }
    let gone = all_replaced_by(board, others);
    replaced.retain(|id| !gone.contains(id));
    let values: Vec<Value> = replaced.iter().filter_map(|id| board.written(*id).cloned()).collect();
    if values.is_empty() {
        vec![others.last().map_or(Value::Absent, |live| live.value().clone())]
    } else {
        values
    }
}

/// What a write replaced; of one that takes a change back, that change's writes only.
fn replaced_by(board: &Board, id: WriteId) -> Vec<WriteId> {
    let Some(change) = board.change(id.change) else { return Vec::new() };
    let target = reverted(change);
    let write = change.writes().get(usize::from(id.index));
    let replaced = write.map_or(&[][..], |write| &write.replaces).iter().copied();
    replaced.filter(|id| target.is_none_or(|target| id.change == target)).collect()
}

/// What these writes replaced, and what that replaced, and so on.
fn all_replaced_by(board: &Board, live: &[&Live]) -> BTreeSet<WriteId> {
    let mut gone = BTreeSet::new();
    let mut open: Vec<WriteId> = live.iter().map(|live| live.write()).collect();
    while let Some(id) = open.pop() {
        open.extend(replaced_by(board, id).into_iter().filter(|id| gone.insert(*id)));
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::Command,
        edit::Edit,
        kind::Kind,
        policy::Role,
        testing::{Desk, HOA, LAN, shown},
    };

    fn text(board: &Board, record: RecordId) -> Vec<&str> {
        live(board, record, &field::TEXT).iter().filter_map(|live| live.value().as_text()).collect()
    }

    /// Two copies of one folder, in each of which the line got another text, brought together.
    fn conflict() -> (Desk, RecordId, [ChangeId; 2]) {
        let mut desk = Desk::at_session(1);
        let line = desk.line(Kind::Difficulty, "gốc");
        let mut other = desk.elsewhere(2);
        other.seat(HOA, Role::Facilitator);
        let mine = desk.edit(line, Edit::Text("của tôi".into())).unwrap();
        let theirs = other.edit(line, Edit::Text("của bạn".into())).unwrap();
        other.board.changes().for_each(|change| {
            desk.board.apply(std::sync::Arc::clone(change));
        });
        (desk, line, [mine, theirs])
    }

    #[test]
    fn two_edits_at_once_are_two_values_until_somebody_who_saw_both_decides() {
        let (mut desk, line, _) = conflict();
        let mut both = text(&desk.board, line);
        both.sort_unstable();
        assert_eq!(both, ["của bạn", "của tôi"]);
        let record = desk.board.record(line).unwrap();
        assert_eq!(record.contested().collect::<Vec<_>>(), [&field::TEXT]);
        let before = shown(&desk.board);
        let decision = desk.edit(line, Edit::Text("của cả hai".into())).unwrap();
        assert_eq!(text(&desk.board, line), ["của cả hai"]);
        let undone = desk.submit(&Command::Undo { change: decision }).unwrap();
        assert_eq!(shown(&desk.board), before, "the conflict is back");
        desk.submit(&Command::Redo { change: undone }).unwrap();
        assert_eq!(text(&desk.board, line), ["của cả hai"]);
    }

    #[test]
    fn undoing_one_of_two_concurrent_edits_leaves_the_other() {
        let (mut desk, line, [mine, _]) = conflict();
        desk.submit(&Command::Undo { change: mine }).unwrap();
        assert_eq!(desk.board.record(line).unwrap().wording(), "của bạn");
        assert_eq!(desk.board.record(line).unwrap().contested().count(), 0);
    }

    #[test]
    fn a_write_written_since_cannot_be_undone() {
        let mut desk = Desk::at_session(1);
        let line = desk.line(Kind::Difficulty, "một");
        let edit = desk.edit(line, Edit::Text("hai".into())).unwrap();
        desk.seat(HOA, Role::Facilitator).edit(line, Edit::Text("ba".into())).unwrap();
        let answer = desk.seat(LAN, Role::Facilitator).submit(&Command::Undo { change: edit });
        assert_eq!(answer, Err(Refusal::Stale { record: line, field: "text".into() }));
        assert_eq!(text(&desk.board, line), ["ba"]);
    }

    #[test]
    fn a_creation_is_not_undone_under_the_hands_of_somebody_else() {
        let mut desk = Desk::at_session(1);
        let line = desk.line(Kind::Difficulty, "một");
        let creation = desk.board.record(line).unwrap().born.id;
        desk.edit(line, Edit::Weight(1)).unwrap();
        desk.submit(&Command::Undo { change: creation }).unwrap();
        let undone = desk.board.record(line).unwrap().touched.id;
        let redone = desk.submit(&Command::Redo { change: undone }).unwrap();
        desk.seat(HOA, Role::Facilitator).edit(line, Edit::CheckLater(true)).unwrap();
        let answer = desk.seat(LAN, Role::Facilitator).submit(&Command::Undo { change: redone });
        assert_eq!(answer, Err(Refusal::Stale { record: line, field: "check_later".into() }));
    }

    #[test]
    fn the_stacks_follow_what_was_undone_and_redone() {
        let mut desk = Desk::at_session(1);
        let line = desk.line(Kind::Note, "một");
        let first = desk.edit(line, Edit::Weight(1)).unwrap();
        let second = desk.edit(line, Edit::Weight(2)).unwrap();
        let undone = desk.submit(&Command::Undo { change: second }).unwrap();
        let stacks = Stacks::of(&desk.board, LAN);
        assert_eq!((stacks.undo.last(), stacks.redo.as_slice()), (Some(&first), &[undone][..]));
        let redone = desk.submit(&Command::Redo { change: undone }).unwrap();
        let stacks = Stacks::of(&desk.board, LAN);
        assert_eq!((stacks.undo.last(), stacks.redo.len()), (Some(&redone), 0));
        desk.submit(&Command::Undo { change: redone }).unwrap();
        desk.edit(line, Edit::Weight(3)).unwrap();
        assert!(Stacks::of(&desk.board, LAN).redo.is_empty(), "a new change ends what could be redone");
        assert!(Stacks::of(&desk.board, HOA).undo.is_empty());
    }
}
