//! The laws of the room, on random histories.

pub(crate) mod histories;

use std::sync::Arc;

use proptest::prelude::*;

use histories::{
    Dice, desk_after, desk_among, histories, look_at_everything, pick, seat_someone, secretly, wish,
};

use super::{
    board::Board,
    change::{Body, Change},
    command::{Command, Place},
    difficulty, field,
    finding::{self, Finding},
    ids::RecordId,
    index::Standing,
    kind::{Kind, SessionState},
    record::Record,
    speech::{self, Heard},
    testing::{Desk, LAN, SCOPE, fake_id, shown},
    undo::Stacks,
};

/// Compares the lists and counts of a board with what every single record says of itself.
fn look_at_each(board: &Board) -> Result<(), TestCaseError> {
    for kind in Kind::ALL {
        let mut all: Vec<&Record> = board.records().filter(|record| record.kind() == Some(*kind)).collect();
        all.retain(|record| !record.is_removed());
        all.sort_by_cached_key(|record| Standing::of(record));
        prop_assert_eq!(&board.of_kind(*kind), &all);
        all.retain(|record| board.under(record.id).is_none());
        let alone: Vec<RecordId> = all.iter().map(|record| record.id).collect();
        prop_assert_eq!((board.ids_alone(*kind).collect(), board.count_alone(*kind)), (alone, all.len()));
        let published = all.iter().copied().filter(|record| record.value(&field::PUBLISHED).is_some());
        prop_assert_eq!(board.published_alone(*kind).collect::<Vec<_>>(), published.collect::<Vec<_>>());
        all.retain(|record| !record.is_off_record());
        prop_assert_eq!(board.count_seen(*kind), all.len());
        if *kind == Kind::Difficulty {
            all.retain(|record| !difficulty::is_answered(board, record.id));
            prop_assert_eq!(board.count_unanswered(), all.len());
            prop_assert_eq!(difficulty::unanswered(board), all);
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_fold_depends_on_the_set_of_changes_alone(
        history in histories(true),
        erased in any::<prop::sample::Index>(),
        shuffle in any::<u64>(),
    ) {
        let board = desk_among(&history, true).board;
        let mut changes: Vec<Arc<Change>> = board.all_changes().cloned().collect();
        let mut without = (*changes[erased.index(changes.len())]).clone();
        without.body = Body::Erased;
        changes.push(Arc::new(without));
        changes.push(Arc::clone(&changes[0]));
        let in_order = Board::fold(SCOPE, changes.iter().cloned());
        changes.sort_by_key(|change| {
            (fake_id(u128::from(shuffle) ^ u128::from(change.id.0[31])), change.body == Body::Erased)
        });
        let shuffled = Board::fold(SCOPE, changes.iter().cloned());
        prop_assert_eq!(&in_order, &shuffled);
        let backwards = Board::fold(SCOPE, changes.into_iter().rev());
        prop_assert_eq!(&in_order, &backwards);
        prop_assert_eq!(finding::findings(&in_order), finding::findings(&backwards));
    }

    #[test]
    fn union_is_commutative_associative_and_idempotent(history in histories(true), parts in any::<Dice>()) {
        let board = desk_among(&history, true).board;
        let part = |at: usize| {
            let of_part = |change: &&Arc<Change>| !(parts[at] ^ change.id.0[0]).is_multiple_of(3);
            board.all_changes().filter(of_part).cloned().collect::<Vec<_>>()
        };
        let (a, b, c) = (part(0), part(1), part(2));
        let union = |parts: &[&Vec<Arc<Change>>]| Board::fold(SCOPE, parts.iter().copied().flatten().cloned());
        prop_assert_eq!(union(&[&a, &b]), union(&[&b, &a]));
        let mut ab = union(&[&a, &b]);
        let bc = union(&[&b, &c]);
        let all = Board::fold(SCOPE, a.iter().chain(bc.all_changes()).cloned());
        for change in &c {
            ab.apply(Arc::clone(change));
        }
        prop_assert_eq!(&ab, &all);
        for change in all.clone().all_changes() {
            prop_assert!(!ab.apply(Arc::clone(change)));
        }
        prop_assert_eq!(ab, all);
    }

    #[test]
    fn undo_restores_what_was_shown_and_redo_brings_it_back(history in histories(true), last in any::<Dice>()) {
        let mut desk = desk_after(&history);
        let command = wish(&mut desk, last);
        let before = (shown(&desk.board), shown(&desk.private));
        let Ok(mut done) = desk.submit(&command) else { return Ok(()) };
        let after = (shown(&desk.board), shown(&desk.private));
        for _ in 0..2 {
            let undone = desk.submit(&Command::Undo { change: done });
            prop_assert!(undone.is_ok(), "{command:?}: {undone:?}");
            prop_assert_eq!((shown(&desk.board), shown(&desk.private)), before.clone());
            done = desk.submit(&Command::Redo { change: undone.unwrap() }).unwrap();
            prop_assert_eq!((shown(&desk.board), shown(&desk.private)), after.clone());
        }
    }

    #[test]
    fn undo_goes_back_to_the_first_change_and_redo_to_the_last(dice in prop::collection::vec(any::<Dice>(), 1..40)) {
        let mut desk = desk_after(&[]);
        let mut pictures = vec![(shown(&desk.board), shown(&desk.private))];
        for dice in dice {
            let command = wish(&mut desk, dice);
            let reverts = matches!(command, Command::Undo { .. } | Command::Redo { .. });
            if !reverts && desk.submit(&command).is_ok() {
                pictures.push((shown(&desk.board), shown(&desk.private)));
            }
        }
        for _ in 0..2 {
            for picture in pictures.iter().rev().skip(1) {
                let change = *Stacks::of(&desk.board, LAN).undo.last().unwrap();
                let undone = desk.submit(&Command::Undo { change });
                prop_assert!(undone.is_ok(), "{undone:?}");
                prop_assert_eq!(&(shown(&desk.board), shown(&desk.private)), picture);
            }
            for picture in pictures.iter().skip(1) {
                let change = *Stacks::of(&desk.board, LAN).redo.last().unwrap();
                let redone = desk.submit(&Command::Redo { change });
                prop_assert!(redone.is_ok(), "{redone:?}");
                prop_assert_eq!(&(shown(&desk.board), shown(&desk.private)), picture);
            }
        }
    }

    #[test]
    fn nothing_panics_and_every_line_is_reachable(history in histories(true)) {
        let board = desk_among(&history, true).board;
        look_at_everything(&board);
        for kind in Kind::CAPTURED {
            for line in board.of_kind(*kind) {
                let mut at = line.id;
                let mut steps = 0;
                while let Some(under) = board.under(at) {
                    at = under.record();
                    steps += 1;
                    prop_assert!(steps <= board.records().count(), "a circle is followed");
                }
                prop_assert!(board.record(at).is_some_and(|top| !top.is_removed()));
            }
        }
    }

    #[test]
    fn the_order_within_a_kind_is_by_position_and_age(history in histories(true)) {
        let board = desk_after(&history).board;
        for kind in Kind::ALL {
            let listed = board.of_kind(*kind);
            let mut expected: Vec<_> =
                board.records().filter(|record| record.kind() == Some(*kind) && !record.is_removed()).collect();
            expected.sort_by_key(|record| {
                let position = record.text(&field::POSITION);
                (position.is_none(), position, record.born, record.id)
            });
            prop_assert_eq!(listed, expected);
        }
    }

    #[test]
    fn what_the_fold_keeps_in_step_is_what_a_look_at_everything_finds(
        history in histories(true),
        shuffle in any::<u64>(),
    ) {
        let mut changes: Vec<Arc<Change>> = desk_among(&history, true).board.all_changes().cloned().collect();
        changes.sort_by_key(|change| fake_id(u128::from(shuffle) ^ u128::from(change.id.0[31])));
        let mut board = Board::empty(SCOPE);
        let mut heard = Heard::default();
        for change in changes {
            let older = board.clone();
            board.apply(change);
            heard = heard.followed(&older, &board);
            prop_assert_eq!(heard.silent(&board), speech::silent(&board));
            look_at_each(&board)?;
        }
    }

    #[test]
    fn numbers_are_never_reused(history in histories(false)) {
        let desk = desk_after(&history);
        let mut bearers = std::collections::BTreeMap::new();
        for change in desk.board.all_changes() {
            for write in change.writes().iter().filter(|write| write.field == field::NUMBER) {
                if let Some(number) = write.value.as_text() {
                    prop_assert_eq!(*bearers.entry(number.to_owned()).or_insert(write.record), write.record);
                }
            }
        }
    }

    #[test]
    fn wishes_never_lead_in_a_circle(history in histories(false)) {
        let board = desk_after(&history).board;
        let found = finding::findings(&board);
        prop_assert!(!found.iter().any(|finding| matches!(finding, Finding::MergeCircle(_))), "{found:?}");
    }

    #[test]
    fn moves_put_a_record_where_it_was_wished(moves in prop::collection::vec(any::<[u8; 3]>(), 1..120)) {
        let mut desk = Desk::at_session(9);
        let mut order = ["1", "2", "3", "4", "5", "6", "7"].map(|text| desk.line(Kind::Difficulty, text)).to_vec();
        for [who, how, target] in moves {
            let record = pick(&order, who);
            let other = pick(&order, target);
            let place = pick(&[Place::Last, Place::First, Place::After(other)], how);
            if place == Place::After(record) {
                continue;
            }
            desk.submit(&Command::Move { record, place }).unwrap();
            order.retain(|id| *id != record);
            let at = match place {
                Place::Last => order.len(),
                Place::First => 0,
                Place::After(other) => order.iter().position(|id| *id == other).unwrap() + 1,
            };
            order.insert(at, record);
            let shown: Vec<RecordId> = desk.board.of_kind(Kind::Difficulty).iter().map(|r| r.id).collect();
            prop_assert_eq!(&shown, &order);
        }
    }

    #[test]
    fn nothing_off_the_record_reaches_the_shared_log(dice in prop::collection::vec(any::<Dice>(), 1..60)) {
        let mut desk = Desk::at_session(9);
        desk.submit(&Command::SetState { state: SessionState::Open }).unwrap();
        let mut secret = vec![desk.capture(Kind::Note, "BÍ MẬT", true)];
        for dice in dice {
            seat_someone(&mut desk, dice[5]);
            let command = wish(&mut desk, dice);
            let command = secretly(&desk.board, command);
            let shared = format!("{:?}", desk.plan(&command).map_or_else(|_| Vec::new(), |plan| plan.shared));
            prop_assert!(!shared.contains("BÍ MẬT"), "{command:?}: {shared}");
            let _ = desk.submit(&command);
            secret = desk.board.records().filter(|r| r.flag(&field::OFF_RECORD)).map(|r| r.id).collect();
            if secret.is_empty() {
                secret.push(desk.capture(Kind::Note, "BÍ MẬT", true));
            }
        }
    }
}
