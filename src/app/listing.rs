//! Rows of kinds in their plain order, brought from one board to the next at the cost of what changed and not of the list.
//!
//! Invariant: what [`follow`] makes of the rows of a board is what would be computed for the next one; it says so if it cannot.

use super::panes::Row;
use crate::domain::{board::Board, ids::RecordId, kind::Kind};

/// If more records than so many come or go, the rows are computed anew.
const MOST: usize = 64;

/// Takes out what no longer stands in the list and puts in what does; whether that was possible. After `false` the rows are no
/// list of any board. `seen` says which records this seat may see.
pub(super) fn follow(
    rows: &mut Vec<Row>,
    kinds: &[Kind],
    (older, board): (&Board, &Board),
    seen: impl Fn(&Board, RecordId) -> bool,
) -> bool {
    let beyond = |one: &Board, other: &Board| -> Vec<(Kind, RecordId)> {
        let of = |kind: &Kind| {
            one.alone_beyond(other, *kind).into_iter().map(|id| (*kind, id)).collect::<Vec<_>>()
        };
        kinds.iter().flat_map(of).filter(|(_, id)| seen(one, *id)).collect()
    };
    // What changes its kind goes from one place before it comes to another, so that nothing ever stands in two.
    let (gone, come) = (beyond(older, board), beyond(board, older));
    gone.len() + come.len() <= MOST
        && gone.into_iter().all(|(_, id)| take_out(rows, id))
        && come.into_iter().all(|(kind, id)| put_in(rows, kind, board, id))
}

fn take_out(rows: &mut Vec<Row>, id: RecordId) -> bool {
    let Some(at) = place_of(rows, id) else { return false };
    rows.remove(at);
    // A heading over nothing goes too, with more to look at than here.
    let above = at.checked_sub(1).and_then(|above| rows.get(above));
    let leads = |row: &Row| row.record().is_some();
    above.is_some_and(leads) || rows.get(at).is_some_and(leads)
}

fn put_in(rows: &mut Vec<Row>, kind: Kind, board: &Board, id: RecordId) -> bool {
    let before = |id: &RecordId| board.alone_before(*id);
    let mut above = std::iter::successors(before(&id), before);
    let heading = || rows.iter().position(|row| *row == Row::Heading(kind));
    let Some(at) = above.find_map(|above| place_of(rows, above)).or_else(heading) else { return false };
    rows.insert(at + 1, Row::Record { id, depth: 0 });
    true
}

/// Where a record stands. Most often it is the last one.
pub(super) fn place_of(rows: &[Row], id: RecordId) -> Option<usize> {
    rows.iter().rposition(|row| row.record() == Some(id))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use proptest::prelude::*;

    use super::super::{arrangement::Arrangement, panes::PaneId, session::SessionSeat};
    use crate::domain::{
        board::Board,
        laws::histories::{desk_among, histories},
        testing::{SCOPE, fake_id},
    };

    proptest! {
        #[test]
        fn rows_that_follow_are_those_that_are_computed(
            history in histories(true),
            shuffle in any::<u64>(),
            sees in any::<bool>(),
            conclusions in any::<bool>(),
        ) {
            let desk = desk_among(&history, true);
            let private = Arc::new(if sees { desk.private.clone() } else { Board::empty(SCOPE) });
            let mut changes: Vec<_> = desk.board.all_changes().cloned().collect();
            if shuffle % 2 == 0 {
                changes.sort_by_key(|change| fake_id(u128::from(shuffle) ^ u128::from(change.id.0[31])));
            }
            let pane = if conclusions { PaneId::Conclusions } else { PaneId::Difficulties };
            let mut board = Board::empty(SCOPE);
            let mut seat = SessionSeat::new(Arc::new(board.clone()), Arc::clone(&private));
            seat.show(pane);
            for change in changes {
                board.apply(change);
                seat.publish(Arc::new(board.clone()), Arc::clone(&private));
                let mut fresh = SessionSeat::new(Arc::new(board.clone()), Arc::clone(&private));
                fresh.show(pane);
                prop_assert_eq!(&seat.rows, &fresh.rows);
                prop_assert_eq!(&seat.figures, &fresh.figures);
                prop_assert_eq!(&seat.arrangement, &Arrangement::default());
            }
        }
    }
}
