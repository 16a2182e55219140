//! A set of changes in few words: what a paper covers, or what came from somebody who is not admitted.
//!
//! A change is found by its origin and number, the last of a run by its hash; the hashes of an origin's chain fix the
//! others. Where two changes share a number, each is named by its own hash.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    board::Board,
    change::{Change, Value},
    ids::{ChangeId, OriginId},
};

/// Consecutive numbers of one origin: the first, the last, and the hash of the last.
type Run = (u64, u64, ChangeId);

/// A set of changes of one scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// How many changes.
    pub count: u64,
    /// All their hashes, combined by exclusive or: the same for every order.
    pub digest: ChangeId,
    runs: BTreeMap<OriginId, Vec<Run>>,
}

impl Default for Cover {
    fn default() -> Self {
        Self { count: 0, digest: ChangeId([0; 32]), runs: BTreeMap::new() }
    }
}

impl Cover {
    /// The cover of changes that have arrived on a board, or are about to.
    pub fn of<'a>(board: &Board, changes: impl IntoIterator<Item = &'a Change>) -> Self {
        let mut sorted: Vec<&Change> = changes.into_iter().collect();
        sorted.sort_by_key(|change| (change.header.origin, change.header.sequence, change.id));
        sorted.dedup_by_key(|change| change.id);
        let mut cover = Self::default();
        let mut follows = false;
        for (at, change) in sorted.iter().enumerate() {
            let is_twin = |other: Option<&&Change>| other.is_some_and(|other| place(other) == place(change));
            let before = at.checked_sub(1).and_then(|at| sorted.get(at));
            let alone = !is_forked(board, change) && !is_twin(before) && !is_twin(sorted.get(at + 1));
            cover.add(change, alone && follows);
            follows = alone;
        }
        cover
    }

    fn add(&mut self, change: &Change, follows: bool) {
        self.count += 1;
        self.digest.0.iter_mut().zip(change.id.0).for_each(|(sum, byte)| *sum ^= byte);
        let sequence = change.header.sequence;
        let runs = self.runs.entry(change.header.origin).or_default();
        match runs.last_mut() {
            Some((_, last, head)) if follows && last.checked_add(1) == Some(sequence) => {
                (*last, *head) = (sequence, change.id);
            }
            _ => runs.push((sequence, sequence, change.id)),
        }
    }

    /// Whether a change of the board, or one about to arrive there, belongs to the set.
    pub fn contains(&self, board: &Board, change: &Change) -> bool {
        let sequence = change.header.sequence;
        let runs = self.runs.get(&change.header.origin).map_or(&[][..], Vec::as_slice);
        runs.iter().filter(|(first, last, _)| (first..=last).contains(&&sequence)).any(|(_, last, head)| {
            if sequence == *last {
                *head == change.id
            } else {
                !is_forked(board, change) || leads_to(board, *head, change)
            }
        })
    }

    /// Whether nothing belongs to it.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// As it stands in a field.
    pub fn value(&self) -> Value {
        serde_json::to_value(self).map_or(Value::Absent, |value| Value::Other(Box::new(value)))
    }

    /// The cover that stands in a field.
    pub fn read(value: &Value) -> Option<Self> {
        let Value::Other(value) = value else { return None };
        Self::deserialize(value.as_ref()).ok()
    }
}

fn place(change: &Change) -> (OriginId, u64) {
    (change.header.origin, change.header.sequence)
}

fn is_forked(board: &Board, change: &Change) -> bool {
    let sequence = change.header.sequence;
    let progress = board.origins().get(&change.header.origin);
    sequence == 0 || progress.is_some_and(|progress| progress.forked.contains(&sequence))
}

/// Whether the chain that ends in `head` passes through a change. Where the chain is torn, nothing speaks against it.
fn leads_to(board: &Board, head: ChangeId, change: &Change) -> bool {
    let mut at = head;
    for _ in 0..=board.change_count() {
        let Some(known) = board.change(at) else { return true };
        match known.header.previous {
            Some(previous) if previous == change.id => return true,
            Some(previous) if known.header.sequence > change.header.sequence => at = previous,
            _ => return false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::domain::{
        board::Board,
        testing::{SCOPE, fake_id, foreign},
    };

    fn chain(origin: u128, upto: u64) -> Vec<Arc<Change>> {
        let mut previous = None;
        let link = |sequence| {
            let mut change = (*foreign(origin, sequence, sequence, Vec::new())).clone();
            change.header.previous = previous.replace(change.id);
            Arc::new(change)
        };
        (1..=upto).map(link).collect()
    }

    #[test]
    fn a_run_names_exactly_its_changes_and_survives_being_stored() {
        let all = [chain(5, 9), chain(6, 2)].concat();
        let board = Board::fold(SCOPE, all.clone());
        let chosen = |change: &&Arc<Change>| change.header.sequence != 4;
        let cover = Cover::of(&board, all.iter().filter(chosen).map(AsRef::as_ref));
        assert_eq!((cover.count, cover.runs[&OriginId(5)].len(), cover.runs[&OriginId(6)].len()), (10, 2, 1));
        let cover = Cover::read(&cover.value()).unwrap();
        for change in &all {
            assert_eq!(cover.contains(&board, change), chosen(&change));
        }
        assert!(!cover.contains(&board, &foreign(5, 10, 10, Vec::new())));
        assert!(!cover.contains(&board, &foreign(7, 1, 1, Vec::new())));
    }

    #[test]
    fn a_second_change_under_a_covered_number_is_not_covered() {
        let all = chain(5, 3);
        let mut board = Board::fold(SCOPE, all.clone());
        let cover = Cover::of(&board, all.iter().map(AsRef::as_ref));
        for sequence in [2, 3] {
            let mut twin = (*foreign(5, sequence, 7, Vec::new())).clone();
            twin.id = fake_id(u128::from(sequence) + 900);
            let twin = Arc::new(twin);
            board.apply(Arc::clone(&twin));
            assert!(!cover.contains(&board, &twin));
            assert!(all.iter().all(|change| cover.contains(&board, change)));
            let both = Cover::of(&board, all.iter().chain([&twin]).map(AsRef::as_ref));
            assert!(both.contains(&board, &twin) && all.iter().all(|change| both.contains(&board, change)));
        }
    }
}
