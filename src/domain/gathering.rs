//! What stands for what: records merged into others, and lines that continue others.
//!
//! An edge is a field of the lower record and takes nothing from it, so undoing the edge undoes everything. Invariant: the
//! edges that are followed form a forest over records that are here. An edge to a record that is not (any more) is not
//! followed, and of a circle the edge written last is not; so every line is always reachable from one that stands alone.

use std::collections::BTreeSet;

use super::{
    board::Board,
    change::{Field, WriteId},
    field,
    ids::RecordId,
    record::Record,
};

/// How a record stands under another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Under {
    /// It says the same.
    Merged(RecordId),
    /// It goes on where the other stops.
    Attached(RecordId),
}

impl Under {
    /// The record above.
    pub fn record(self) -> RecordId {
        match self {
            Self::Merged(id) | Self::Attached(id) => id,
        }
    }
}

/// An edge, and when it was written.
struct Edge {
    under: Under,
    since: (u64, WriteId),
}

impl Board {
    /// How a record stands under another; `None` if it stands for itself.
    pub fn under(&self, id: RecordId) -> Option<Under> {
        let edge = self.edge(id)?;
        let goes_on = self.edge(edge.under.record()).is_some();
        let closes_a_circle = goes_on && self.cut(id) == Some(id);
        (!closes_a_circle).then_some(edge.under)
    }

    /// The record that stands for this one after all merges; itself, if it was not merged.
    pub fn merge_root(&self, id: RecordId) -> RecordId {
        let cut = self.cut(id);
        let mut at = id;
        while Some(at) != cut
            && let Some(Under::Merged(to)) = self.edge(at).map(|edge| edge.under)
        {
            at = to;
        }
        at
    }

    /// Whether `id` is `to`, or leads to it over any number of merges and continuations, those that are not followed now
    /// included: what was removed may come back.
    pub fn leads_to(&self, id: RecordId, to: RecordId) -> bool {
        let mut open = vec![id];
        let mut passed = BTreeSet::new();
        while let Some(at) = open.pop() {
            if at == to {
                return true;
            }
            if let Some(record) = self.record(at).filter(|_| passed.insert(at)) {
                let edges = [&field::MERGED_INTO, &field::ATTACHED_TO];
                open.extend(edges.into_iter().filter_map(|edge| record.link(edge)));
            }
        }
        false
    }

    /// The records merged directly into `id`, by position and then by age.
    pub fn merged_into(&self, id: RecordId) -> Vec<&Record> {
        let mut found = self.pointing_at(field::MERGED_INTO.as_str(), id);
        found.retain(|record| self.under(record.id) == Some(Under::Merged(id)));
        found
    }

    /// The records merged into `id`, directly or through others, one by one and in no order: for who may not need all.
    pub(super) fn each_gathered(&self, id: RecordId) -> impl Iterator<Item = &Record> {
        let merged_into = move |id| {
            let edges = self.edges_to(id).filter(|(edge, _)| *edge == field::MERGED_INTO.as_str());
            edges
                .map(|(_, record)| record)
                .filter(move |record| self.under(record.id) == Some(Under::Merged(id)))
        };
        let (mut here, mut open) = (merged_into(id), Vec::new());
        std::iter::from_fn(move || {
            loop {
                if let Some(record) = here.next() {
                    open.push(record.id);
                    return Some(record);
                }
                here = merged_into(open.pop()?);
            }
        })
    }

    /// The records merged into `id`, directly or through others.
    pub fn gathered(&self, id: RecordId) -> Vec<&Record> {
        let mut found = self.merged_into(id);
        let mut at = 0;
        while let Some(record) = found.get(at) {
            found.extend(self.merged_into(record.id));
            at += 1;
        }
        found
    }

    /// The edge of a record, if it leads to a record that is here. A merge goes before a continuation.
    fn edge(&self, id: RecordId) -> Option<Edge> {
        let record = self.record(id)?;
        let target = |field: &Field| {
            let live = record.cell(field)?.live().last()?;
            let to = live.value().as_text()?.parse().ok().filter(|to| self.is_here(*to))?;
            Some((to, live.order()))
        };
        let merged = target(&field::MERGED_INTO).map(|(to, since)| Edge { under: Under::Merged(to), since });
        merged.or_else(|| {
            target(&field::ATTACHED_TO).map(|(to, since)| Edge { under: Under::Attached(to), since })
        })
    }

    /// Whether a record was created and not removed.
    fn is_here(&self, id: RecordId) -> bool {
        self.record(id).is_some_and(|record| record.kind().is_some() && !record.is_removed())
    }

    /// If the edges from `id` end in a circle, the record whose edge closed it.
    fn cut(&self, id: RecordId) -> Option<RecordId> {
        let on_circle = self.circle_from(id)?;
        let mut newest: Option<((u64, WriteId), RecordId)> = None;
        let mut at = on_circle;
        loop {
            let edge = self.edge(at)?;
            newest = newest.max(Some((edge.since, at)));
            at = edge.under.record();
            if at == on_circle {
                return newest.map(|(_, id)| id);
            }
        }
    }

    /// The circle on which a record is, whether or not all of its edges are followed; the record alone if it is on none.
    pub(super) fn circle_of(&self, id: RecordId) -> Vec<RecordId> {
        let above = |at: &RecordId| self.edge(*at).map(|edge| edge.under.record());
        if self.circle_from(id).is_none() {
            return vec![id];
        }
        let mut circle = vec![id];
        let mut passed = BTreeSet::from([id]);
        let walk = std::iter::successors(above(&id), above);
        circle.extend(walk.take_while(|at| passed.insert(*at)));
        circle
    }

    /// A record of the circle in which the edges from `id` end (Brent's search: linear time, no memory).
    fn circle_from(&self, id: RecordId) -> Option<RecordId> {
        let (mut mark, mut power, mut steps) = (id, 1_usize, 0_usize);
        let mut at = id;
        loop {
            at = self.edge(at)?.under.record();
            if at == mark {
                return Some(at);
            }
            steps += 1;
            if steps == power {
                (mark, power, steps) = (at, power.saturating_mul(2), 0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::domain::{
        change::{Value, Write},
        command::{Command, Refusal},
        difficulty, field,
        finding::{Finding, findings},
        ids::RecordId,
        kind::Kind,
        testing::{Desk, foreign},
    };

    fn edge(record: RecordId, field: &crate::domain::change::Field, to: RecordId) -> Write {
        Write { record, field: field.clone(), value: to.into(), replaces: Vec::new() }
    }

    fn desk_with_lines() -> (Desk, [RecordId; 3]) {
        let mut desk = Desk::at_session(1);
        let lines = ["một", "hai", "ba"].map(|text| desk.line(Kind::Difficulty, text));
        (desk, lines)
    }

    fn main(desk: &Desk) -> Vec<RecordId> {
        difficulty::main_difficulties(&desk.board).iter().map(|record| record.id).collect()
    }

    #[test]
    fn a_merge_keeps_each_wording_and_unmerging_restores_the_list() {
        let (mut desk, [a, b, c]) = desk_with_lines();
        desk.submit(&Command::Merge { into: a, from: vec![b] }).unwrap();
        desk.submit(&Command::Merge { into: c, from: vec![a] }).unwrap();
        assert_eq!(main(&desk), [c]);
        assert_eq!(desk.board.merge_root(b), c);
        let gathered: Vec<&str> = desk.board.gathered(c).iter().map(|record| record.wording()).collect();
        assert_eq!(gathered, ["một", "hai"]);
        desk.submit(&Command::Unmerge { record: a }).unwrap();
        desk.submit(&Command::Unmerge { record: b }).unwrap();
        assert_eq!(main(&desk), [a, b, c]);
    }

    #[test]
    fn a_wish_for_a_circle_is_refused_whatever_its_length_and_kind() {
        let (mut desk, [a, b, c]) = desk_with_lines();
        desk.submit(&Command::Merge { into: b, from: vec![a] }).unwrap();
        desk.submit(&Command::Attach { record: b, to: Some(c) }).unwrap();
        for (into, from) in [(a, a), (a, b), (a, c), (b, c)] {
            assert_eq!(desk.submit(&Command::Merge { into, from: vec![from] }), Err(Refusal::Circle));
            assert_eq!(desk.submit(&Command::Attach { record: from, to: Some(into) }), Err(Refusal::Circle));
        }
    }

    #[test]
    fn nor_does_a_redo_close_one() {
        let (mut desk, [a, b, _]) = desk_with_lines();
        let merge = desk.submit(&Command::Merge { into: a, from: vec![b] }).unwrap();
        let undone = desk.submit(&Command::Undo { change: merge }).unwrap();
        desk.submit(&Command::Merge { into: b, from: vec![a] }).unwrap();
        assert_eq!(desk.submit(&Command::Redo { change: undone }), Err(Refusal::Circle));
    }

    #[test]
    fn of_a_foreign_circle_only_the_edge_that_closed_it_is_dropped() {
        let (mut desk, [a, b, c]) = desk_with_lines();
        let edges = [
            edge(b, &field::MERGED_INTO, a),
            edge(c, &field::ATTACHED_TO, b),
            edge(a, &field::MERGED_INTO, c),
        ];
        for (write, n) in edges.into_iter().zip(1..) {
            desk.board.apply(foreign(7, n, 50 + n, vec![write]));
        }
        assert_eq!(main(&desk), [a]);
        assert_eq!(desk.board.merged_into(a).iter().map(|r| r.id).collect::<Vec<_>>(), [b]);
        assert_eq!(difficulty::continuations(&desk.board, b).iter().map(|r| r.id).collect::<Vec<_>>(), [c]);
        assert!(desk.board.merged_into(c).is_empty());
        assert_eq!(desk.board.merge_root(b), a);
        assert_eq!(findings(&desk.board), [Finding::MergeCircle(a)]);
    }

    #[test]
    fn what_stood_under_a_record_that_goes_stands_alone_again() {
        let (mut desk, [a, b, c]) = desk_with_lines();
        desk.submit(&Command::Merge { into: a, from: vec![b] }).unwrap();
        desk.submit(&Command::Attach { record: c, to: Some(a) }).unwrap();
        assert_eq!(main(&desk), [a]);
        let removal = desk.submit(&Command::Remove { record: a }).unwrap();
        assert_eq!(main(&desk), [b, c]);
        assert_eq!(findings(&desk.board).len(), 2, "both edges lead nowhere");
        desk.submit(&Command::Undo { change: removal }).unwrap();
        assert_eq!(main(&desk), [a]);
        desk.board.apply(foreign(7, 1, 60, vec![edge(a, &field::MERGED_INTO, RecordId(404))]));
        assert_eq!(main(&desk), [a]);
        let gone = Finding::Dangling { record: a, field: field::MERGED_INTO };
        assert_eq!(findings(&desk.board), [gone]);
        assert_eq!(desk.board.record(b).unwrap().value(&field::MERGED_INTO), Some(&Value::from(a)));
    }
}
