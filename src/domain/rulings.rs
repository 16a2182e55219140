//! Which of the changes that have arrived are in effect.
//!
//! Closing and issuing *seal* a session: what the seal covers, and what was written by somebody who knew of it, is in
//! effect; the rest came late. Who takes in a file of others *holds* what comes from people who are not admitted. A
//! *verdict* of a facilitator or the chair lets a single change in, or declines it.
//!
//! Invariant: what is in effect is a function of the set of changes. A ruling (hold, verdict, erasure) counts only for changes
//! before it in their order, and only if it is in effect itself: so one look from the last change to the first settles all.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    board::Board,
    change::{Change, Field, Order, Value, Write, WriteId},
    cover::Cover,
    field::{self, set},
    ids::ChangeId,
    kind::SessionState,
    policy,
};

/// Why a change is not in effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aside {
    /// It came after the session was closed or issued, from somebody who did not know of it.
    Late,
    /// It came from somebody who is not admitted, or does more than their role may.
    Proposed,
    /// It was one of the others, and was declined.
    Declined,
}

/// What a session was closed or issued with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// The change that closed or issued it.
    pub by: ChangeId,
    /// What it covers, beside itself and what came through a verdict.
    pub cover: Cover,
    /// Whether the paper was issued with it: then whoever knew of it decides about changes or erases, and writes nothing else.
    pub issued: bool,
}

impl Seal {
    /// Whether a change belongs to what was sealed, or was written by somebody who knew of the seal.
    fn admits(&self, board: &Board, change: &Change) -> bool {
        let may = || !self.issued || policy::only_decides(change) || erases(change);
        change.id == self.by || self.cover.contains(board, change) || knows(change, self.by) && may()
    }
}

/// The mark by which a change says that its author knew of a seal.
pub(super) fn mark(seal: &Seal) -> Field {
    Field::member(set::AFTER, seal.by)
}

fn knows(change: &Change, seal: ChangeId) -> bool {
    change.writes().iter().rev().any(|write| key(&write.field, set::AFTER) == Some(seal))
}

fn erases(change: &Change) -> bool {
    change.writes().iter().any(|write| write.field.member_of(set::ERASED).is_some())
}

/// Whether a change that is not in effect can be let in: not one that decides about others, nor one that moves the session's state,
/// which is to be done here.
pub fn is_acceptable(board: &Board, change: &Change) -> bool {
    let root = board.scope().root();
    let moves = |write: &Write| write.record == root && write.field == field::STATE;
    !rules(board, change) && !change.writes().iter().any(moves)
}

/// Whether a change decides about others: seals, holds, erases or gives a verdict.
fn rules(board: &Board, change: &Change) -> bool {
    let decides = |field: &Field| {
        let sets = [set::VERDICT, set::HELD, set::ERASED];
        *field == field::SEAL || sets.iter().any(|set| field.member_of(set).is_some())
    };
    let root = board.scope().root();
    change.writes().iter().any(|write| write.record == root && decides(&write.field))
}

fn key(field: &Field, set: &str) -> Option<ChangeId> {
    field.member_of(set)?.parse().ok()
}

/// What was said of a change, last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Verdict {
    at: Order,
    accepted: Option<bool>,
}

/// The rulings in effect on a board, and the changes that are not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Rulings {
    seal: Option<Seal>,
    verdicts: BTreeMap<ChangeId, Verdict>,
    holds: Vec<(Order, Cover)>,
    erased: BTreeMap<ChangeId, Order>,
    aside: BTreeMap<Order, Aside>,
}

impl Rulings {
    /// The rulings on a board.
    pub(super) fn of(board: &Board) -> Self {
        let unsealed = Self::under(board, None);
        match unsealed.seal_in_force(board) {
            Some(seal) => Self::under(board, Some(seal)),
            None => unsealed,
        }
    }

    fn under(board: &Board, seal: Option<Seal>) -> Self {
        let mut rulings = Self { seal, ..Self::default() };
        for change in board.all_changes().rev() {
            match rulings.judge(board, change) {
                None => rulings.heed(board, change),
                Some(aside) => rulings.put_aside(change.order(), aside),
            }
        }
        rulings
    }

    /// Of the seals that nobody has replaced, one that issued comes before one that closed, then the older one.
    fn seal_in_force(&self, board: &Board) -> Option<Seal> {
        let mut replaced: BTreeSet<WriteId> = BTreeSet::new();
        let mut seals = Vec::new();
        for change in board.all_changes().filter(|change| !self.aside.contains_key(&change.order())) {
            for (id, write) in change.identified().filter(|(_, write)| is_of_root(board, write, &field::SEAL))
            {
                replaced.extend(&write.replaces);
                seals.extend(Cover::read(&write.value).map(|cover| (id, change, cover)));
            }
        }
        seals.retain(|(id, _, _)| !replaced.contains(id));
        let first = seals.into_iter().min_by_key(|(_, change, _)| (!issues(change), change.order()));
        first.map(|(_, change, cover)| Seal { by: change.id, cover, issued: issues(change) })
    }

    /// Why a change is not in effect; `None` if it is.
    pub(super) fn judge(&self, board: &Board, change: &Change) -> Option<Aside> {
        let verdict = self.verdicts.get(&change.id).filter(|verdict| verdict.at > change.order());
        match verdict.and_then(|verdict| verdict.accepted) {
            Some(true) => None,
            Some(false) => Some(Aside::Declined),
            None => self.judge_by_itself(board, change),
        }
    }

    /// The same, verdicts aside.
    fn judge_by_itself(&self, board: &Board, change: &Change) -> Option<Aside> {
        if self.holds(board, change) {
            return Some(Aside::Proposed);
        }
        // A payload that is gone cannot say what its author knew, and has no effect anyway.
        let late = self.seal.as_ref().is_some_and(|seal| !seal.admits(board, change));
        (late && !self.erases(change)).then_some(Aside::Late)
    }

    fn holds(&self, board: &Board, change: &Change) -> bool {
        let holds = |(at, cover): &(Order, Cover)| *at > change.order() && cover.contains(board, change);
        self.holds.iter().any(holds)
    }

    fn heed(&mut self, board: &Board, change: &Change) {
        let at = change.order();
        for write in change.writes().iter().filter(|write| write.record == board.scope().root()) {
            if let Some(id) = key(&write.field, set::VERDICT) {
                let accepted = if let Value::Flag(accepted) = write.value { Some(accepted) } else { None };
                self.verdicts.entry(id).or_insert(Verdict { at, accepted });
            } else if write.field.member_of(set::HELD).is_some() {
                self.holds.extend(Cover::read(&write.value).map(|cover| (at, cover)));
            } else if let Some(id) = key(&write.field, set::ERASED) {
                self.erased.entry(id).or_insert(at);
            }
        }
    }

    pub(super) fn put_aside(&mut self, change: Order, why: Aside) {
        self.aside.insert(change, why);
    }

    /// Whether a change that has just arrived may decide about others.
    pub(super) fn is_unsettled_by(&self, board: &Board, change: &Change) -> bool {
        if rules(board, change) {
            return true;
        }
        let forked = || board.origins().get(&change.header.origin).is_some_and(|it| !it.forked.is_empty());
        (self.seal.is_some() || !self.holds.is_empty()) && forked()
    }

    pub(super) fn seal(&self) -> Option<&Seal> {
        self.seal.as_ref()
    }

    /// The changes that are not in effect.
    pub(super) fn aside(&self) -> &BTreeMap<Order, Aside> {
        &self.aside
    }

    /// Whether the payload of a change is to be, or was, erased.
    pub(super) fn erases(&self, change: &Change) -> bool {
        self.erased.get(&change.id).is_some_and(|at| *at > change.order())
    }

    /// The changes whose payload is to be erased.
    pub(super) fn erased(&self) -> impl Iterator<Item = ChangeId> {
        self.erased.keys().copied()
    }

    /// Whether the same changes are in effect with the same payloads.
    pub(super) fn shows_the_same(&self, other: &Self) -> bool {
        self.erased == other.erased && self.aside.keys().eq(other.aside.keys())
    }

    /// The same, one change aside.
    pub(super) fn shows_the_same_but(&self, other: &Self, one: Order) -> bool {
        let others = |order: &&Order| **order != one;
        self.erased == other.erased && self.aside.keys().filter(others).eq(other.aside.keys().filter(others))
    }

    /// What a seal covers now: all that is in effect by itself. What came through a verdict stays under it.
    pub(super) fn cover(&self, board: &Board) -> Cover {
        Cover::of(board, board.all_changes().map(AsRef::as_ref).filter(|change| self.stands(board, change)))
    }

    /// Whether a change is in effect, and not through a verdict.
    pub(super) fn stands(&self, board: &Board, change: &Change) -> bool {
        !self.aside.contains_key(&change.order()) && self.judge_by_itself(board, change).is_none()
    }

    /// What a seal covers when the change that replaced it is taken back: what it admitted, and what was written since.
    pub(super) fn cover_again(&self, board: &Board, seal: Seal, replaced: Order) -> Cover {
        let before = Self::under(board, Some(seal));
        let stands = |change: &&Change| {
            before.stands(board, change) || change.order() >= replaced && self.stands(board, change)
        };
        Cover::of(board, board.all_changes().map(AsRef::as_ref).filter(stands))
    }
}

fn is_of_root(board: &Board, write: &Write, field: &Field) -> bool {
    write.record == board.scope().root() && write.field == *field
}

pub(super) fn issues(change: &Change) -> bool {
    let issued = Value::from(SessionState::Issued);
    change.writes().iter().any(|write| write.field == field::STATE && write.value == issued)
}
