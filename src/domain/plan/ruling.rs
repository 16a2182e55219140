//! Commands about changes: what a seal covers, what is let in beside it, who is admitted.

use std::collections::BTreeSet;

use super::{Desk, Plan, Room};
use crate::domain::{
    admission::Admission,
    change::{Change, Field, Order, Value, Write},
    command::Refusal,
    cover::Cover,
    field::{self, set},
    ids::{ChangeId, PersonId, RecordId},
    kind::SessionState,
    policy::Role,
    rulings::{Aside, is_acceptable, mark},
};

impl Room<'_> {
    /// The writes that hold back what comes from outside, for whoever may decide about it.
    pub fn hold(&self, cover: &Cover) -> Plan {
        let desk = Desk { room: *self, private: None };
        let mut shared = desk.receive(cover);
        shared.extend(desk.mark(&shared));
        Plan { shared, private: Vec::new() }
    }
}

impl Desk<'_> {
    fn root(&self) -> RecordId {
        self.room.board.scope().root()
    }

    /// The remark of a change that its author knew of the seal in force.
    pub(super) fn mark(&self, writes: &[Write]) -> Option<Write> {
        let (seal, first) = (self.room.board.seal()?, writes.first()?);
        Some(Write { record: first.record, field: mark(seal), value: true.into(), replaces: Vec::new() })
    }

    /// To close, to give for signature and to issue is to seal; to go back to the meeting is to take the seal off.
    pub(super) fn seal(&self, from: SessionState, to: SessionState) -> Option<Write> {
        use SessionState as S;
        match (from, to) {
            (S::Open, S::Closed) | (_, S::ForSignature | S::Issued) => {
                Some(self.write(self.root(), &field::SEAL, self.room.board.cover().value()))
            }
            (_, S::Open | S::Draft) => self.changed(self.root(), &field::SEAL, Value::Absent),
            _ => None,
        }
    }

    /// A seal that comes back covers also what was written since it was replaced.
    pub(super) fn sealed_anew(&self, target: ChangeId, mut writes: Vec<Write>) -> Vec<Write> {
        let again = self.room.board.change(target).and_then(|change| self.room.board.cover_before(change));
        let seals = |write: &&mut Write| write.field == field::SEAL && write.value != Value::Absent;
        for (write, cover) in writes.iter_mut().filter(seals).zip(again) {
            write.value = cover.value();
        }
        writes
    }

    /// What cannot be let in, such as another seal, is left out.
    pub(super) fn accept(&self, changes: &[ChangeId]) -> Vec<Write> {
        let board = self.room.board;
        let known = changes.iter().filter(|id| board.aside_of(**id).is_some());
        let wanted: BTreeSet<Order> = known.filter_map(|id| Some(board.change(*id)?.order())).collect();
        let accepted = self.with_needed(wanted).into_iter();
        accepted.filter_map(|order| self.verdict(order.id, true)).collect()
    }

    /// The changes, and those not in effect and not declined that made or wrote before what they write.
    fn with_needed(&self, mut wanted: BTreeSet<Order>) -> BTreeSet<Order> {
        let board = self.room.board;
        let aside: Vec<(&Change, Aside)> = board
            .aside()
            .map(|(change, why)| (change.as_ref(), why))
            .filter(|(c, _)| is_acceptable(board, c))
            .collect();
        let known: BTreeSet<Order> = aside.iter().map(|(change, _)| change.order()).collect();
        wanted.retain(|order| known.contains(order));
        let mut records: BTreeSet<RecordId> = BTreeSet::new();
        let mut replaced: BTreeSet<ChangeId> = BTreeSet::new();
        for (change, why) in aside.iter().rev() {
            let makes = |write: &Write| write.field == field::KIND && records.contains(&write.record);
            let needed = replaced.contains(&change.id) || change.writes().iter().any(makes);
            if needed && *why != Aside::Declined {
                wanted.insert(change.order());
            }
            if wanted.contains(&change.order()) {
                records.extend(change.writes().iter().map(|write| write.record));
                let ids = change.writes().iter().flat_map(|write| &write.replaces);
                replaced.extend(ids.map(|id| id.change));
            }
        }
        wanted
    }

    pub(super) fn decline(&self, changes: &[ChangeId]) -> Vec<Write> {
        let open =
            |id: &&ChangeId| matches!(self.room.board.aside_of(**id), Some(Aside::Late | Aside::Proposed));
        changes.iter().filter(open).filter_map(|id| self.verdict(*id, false)).collect()
    }

    fn verdict(&self, change: ChangeId, accepted: bool) -> Option<Write> {
        self.changed(self.root(), &Field::member(set::VERDICT, change), accepted.into())
    }

    pub(super) fn admit(&self, person: PersonId, role: Role) -> Result<Vec<Write>, Refusal> {
        self.kind(self.root())?;
        let admitted = Field::member(set::ADMITTED, person);
        Ok(self.changed(self.root(), &admitted, role.into()).into_iter().collect())
    }

    /// Who is admitted already stays so.
    pub(super) fn take_notebook(&self, person: PersonId, letter: char) -> Result<Vec<Write>, Refusal> {
        self.kind(self.root())?;
        let role = Admission::of(self.room.board).role(person);
        let is_stranger = matches!(role, None | Some(Role::Observer));
        let mut writes = if is_stranger { self.admit(person, Role::NoteTaker)? } else { Vec::new() };
        let taken = Field::member(set::NOTEBOOK, letter);
        writes.push(self.write(self.root(), &taken, person.to_string().into()));
        Ok(writes)
    }

    pub(super) fn receive(&self, cover: &Cover) -> Vec<Write> {
        let held = Field::member(set::HELD, cover.digest);
        let write = Write { record: self.root(), field: held, value: cover.value(), replaces: Vec::new() };
        if cover.is_empty() { Vec::new() } else { vec![write] }
    }
}
