//! The chain from a difficulty over causes, solutions, recommendations and conclusions to tasks, walked either way.
//!
//! A record follows what it answers or follows from. What was merged is met at the record that stands for it. Invariant: links in a
//! circle end; no record is met twice.

use super::{
    board::Board,
    difficulty,
    field::set,
    ids::RecordId,
    kind::{ConclusionPart, Kind},
    record::Record,
};

/// The kinds of the chain, from its beginning to its end.
pub const STAGES: [Kind; 6] =
    [Kind::Difficulty, Kind::Cause, Kind::Solution, Kind::Recommendation, Kind::Conclusion, Kind::Task];

/// The place of a record in the order of the chain, if it has one.
pub fn stage(record: &Record) -> Option<usize> {
    STAGES.iter().position(|kind| record.kind() == Some(*kind))
}

/// What a record answers or follows from.
pub fn before(board: &Board, id: RecordId) -> Vec<&Record> {
    let own = std::iter::once(id).chain(board.each_gathered(id).map(|merged| merged.id));
    let linked = own
        .filter_map(|id| board.record(id))
        .flat_map(|record| [set::ANSWERS, set::FOLLOWS].into_iter().flat_map(move |set| record.linked(set)));
    met(board, id, linked)
}

/// What answers a record or follows from it.
pub fn after(board: &Board, id: RecordId) -> Vec<&Record> {
    let own = std::iter::once(id).chain(board.each_gathered(id).map(|merged| merged.id));
    let linked = own.flat_map(|id| {
        let links = board.edges_to(id).filter(|(edge, _)| [set::ANSWERS, set::FOLLOWS].contains(edge));
        links.map(|(_, record)| record.id)
    });
    met(board, id, linked)
}

/// The records that stand for those linked with one, in the order of the chain.
fn met(board: &Board, from: RecordId, linked: impl Iterator<Item = RecordId>) -> Vec<&Record> {
    let mut found: Vec<&Record> = Vec::new();
    for id in linked.map(|id| board.merge_root(id)).filter(|id| *id != from) {
        let here = board.record(id).filter(|record| !record.is_removed() && stage(record).is_some());
        found.extend(here.filter(|_| found.iter().all(|known| known.id != id)));
    }
    in_order(found)
}

fn in_order(mut records: Vec<&Record>) -> Vec<&Record> {
    records.sort_by_key(|record| (stage(record), record.born, record.id));
    records
}

/// Everything that a record follows from, in the order of the chain.
pub fn all_before(board: &Board, id: RecordId) -> Vec<&Record> {
    walked(id, |id| before(board, id))
}

/// Everything that follows from a record, in the order of the chain.
pub fn all_after(board: &Board, id: RecordId) -> Vec<&Record> {
    walked(id, |id| after(board, id))
}

/// Whether what a record follows from leads back to it.
pub fn is_in_a_circle(board: &Board, id: RecordId) -> bool {
    before(board, id).iter().any(|link| all_before(board, link.id).iter().any(|record| record.id == id))
}

fn walked<'a>(from: RecordId, next: impl Fn(RecordId) -> Vec<&'a Record>) -> Vec<&'a Record> {
    let mut found: Vec<&Record> = Vec::new();
    let mut open = vec![from];
    while let Some(at) = open.pop() {
        for record in next(at) {
            if record.id != from && found.iter().all(|known| known.id != record.id) {
                found.push(record);
                open.push(record.id);
            }
        }
    }
    in_order(found)
}

/// Solutions, recommendations, conclusions on how things are settled, and tasks that answer nothing and follow from nothing.
pub fn loose(board: &Board) -> Vec<&Record> {
    let settles = |record: &Record| {
        record.kind() != Some(Kind::Conclusion)
            || super::conclusion::part(record) == ConclusionPart::Settlement
    };
    let decided = Kind::DECIDING.iter().flat_map(|kind| difficulty::main_of(board, *kind));
    in_order(decided.filter(|record| settles(record) && before(board, record.id).is_empty()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        command::{Command, Relation},
        edit::Edit,
        testing::Desk,
    };

    fn link(desk: &mut Desk, from: RecordId, relation: Relation, to: RecordId) {
        desk.submit(&Command::Link { from, relation, to }).unwrap();
    }

    fn ids(records: Vec<&Record>) -> Vec<RecordId> {
        records.into_iter().map(|record| record.id).collect()
    }

    #[test]
    fn the_chain_is_walked_either_way_from_each_of_its_records() {
        let mut desk = Desk::at_session(1);
        let [task, conclusion, asked, solution, cause, difficulty] = [
            Kind::Task,
            Kind::Conclusion,
            Kind::Recommendation,
            Kind::Solution,
            Kind::Cause,
            Kind::Difficulty,
        ]
        .map(|kind| desk.line(kind, "một"));
        for answer in [cause, solution, asked] {
            link(&mut desk, answer, Relation::Answers, difficulty);
        }
        link(&mut desk, conclusion, Relation::Follows, asked);
        link(&mut desk, conclusion, Relation::Follows, solution);
        link(&mut desk, task, Relation::Follows, conclusion);
        let board = &desk.board;
        assert_eq!(ids(after(board, difficulty)), [cause, solution, asked]);
        assert_eq!(ids(before(board, conclusion)), [solution, asked]);
        assert_eq!(ids(all_after(board, difficulty)), [cause, solution, asked, conclusion, task]);
        assert_eq!(ids(all_before(board, task)), [difficulty, solution, asked, conclusion]);
        assert_eq!((ids(after(board, task)), ids(before(board, difficulty))), (vec![], vec![]));
        assert_eq!(loose(board).len(), 0);
    }

    #[test]
    fn merged_records_are_met_where_they_stand_and_removed_ones_are_not() {
        let mut desk = Desk::at_session(1);
        let [one, two] = ["một", "hai"].map(|text| desk.line(Kind::Difficulty, text));
        let [solution, task] = [Kind::Solution, Kind::Task].map(|kind| desk.line(kind, "ba"));
        link(&mut desk, solution, Relation::Answers, two);
        link(&mut desk, task, Relation::Answers, one);
        desk.submit(&Command::Merge { into: one, from: vec![two] }).unwrap();
        assert_eq!(ids(after(&desk.board, one)), [solution, task]);
        assert_eq!(ids(before(&desk.board, solution)), [one]);
        desk.submit(&Command::Remove { record: one }).unwrap();
        assert_eq!(ids(before(&desk.board, task)), []);
        assert_eq!(ids(loose(&desk.board)), [task]);
    }

    #[test]
    fn links_in_a_circle_end() {
        let mut desk = Desk::at_session(1);
        let [one, two, three] = ["một", "hai", "ba"].map(|text| desk.line(Kind::Conclusion, text));
        for (from, to) in [(one, two), (two, three), (three, one)] {
            link(&mut desk, from, Relation::Follows, to);
        }
        assert_eq!(ids(all_before(&desk.board, one)), [two, three]);
        assert_eq!(ids(all_after(&desk.board, one)), [two, three]);
    }

    #[test]
    fn what_answers_nothing_is_loose_but_not_what_assesses() {
        let mut desk = Desk::at_session(1);
        let loose = |desk: &Desk| ids(super::loose(&desk.board));
        let [task, solution, asked] =
            [Kind::Task, Kind::Solution, Kind::Recommendation].map(|kind| desk.line(kind, "một"));
        let conclusion = desk.line(Kind::Conclusion, "hai");
        desk.line(Kind::Cause, "ba");
        assert_eq!(loose(&desk), [solution, asked, task]);
        desk.edit(conclusion, Edit::Part(ConclusionPart::Settlement)).unwrap();
        link(&mut desk, task, Relation::Follows, conclusion);
        assert_eq!(loose(&desk), [solution, asked, conclusion]);
    }
}
