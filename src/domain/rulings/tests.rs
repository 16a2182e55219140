//! Signing, sticks, strangers.

use std::sync::Arc;

use super::*;
use crate::domain::{
    command::{Command, Refusal},
    edit::Edit,
    finding::{Finding, findings},
    ids::RecordId,
    kind::Kind,
    policy::Role,
    testing::{Desk, HOA, LAN, foreign, shown},
};

/// A session in its meeting, with a difficulty.
fn meeting() -> (Desk, RecordId) {
    let mut desk = Desk::at_session(1);
    move_to(&mut desk, &[SessionState::Open]);
    let line = desk.line(Kind::Difficulty, "một");
    (desk, line)
}

fn move_to(desk: &mut Desk, states: &[SessionState]) {
    for state in states {
        desk.submit(&Command::SetState { state: *state }).unwrap();
    }
}

fn take(desk: &mut Desk, other: &Desk) {
    other.board.all_changes().for_each(|change| {
        desk.board.apply(Arc::clone(change));
    });
}

fn aside(desk: &Desk) -> Vec<ChangeId> {
    desk.board.aside().map(|(change, _)| change.id).collect()
}

use SessionState::{Closed, ForSignature, Issued, Open};

#[test]
fn what_comes_after_signing_moves_nothing_until_it_is_accepted() {
    let (mut desk, line) = meeting();
    let mut copy = desk.elsewhere(2);
    move_to(&mut desk, &[Closed]);
    desk.edit(line, Edit::Text("một, sau khi đóng".into())).unwrap();
    move_to(&mut desk, &[ForSignature, Issued]);
    let (signed, changes) = (shown(&desk.board), desk.board.changes().count());

    copy.edit(line, Edit::Text("sửa trên bản sao".into())).unwrap();
    let new = copy.line(Kind::Difficulty, "trên bản sao");
    copy.edit(new, Edit::Weight(2)).unwrap();
    take(&mut desk, &copy);
    assert_eq!((shown(&desk.board), desk.board.changes().count()), (signed.clone(), changes));
    let late = aside(&desk);
    assert!(findings(&desk.board).contains(&Finding::Waiting(3)));
    assert!(late.iter().all(|id| desk.board.aside_of(*id) == Some(Aside::Late)));
    assert_eq!(late.len(), 3);

    let weight = vec![late[2]];
    let accepted = desk.submit(&Command::Accept { changes: weight }).unwrap();
    assert_eq!(desk.board.record(new).unwrap().wording(), "trên bản sao", "what it builds on comes with it");
    assert_eq!(aside(&desk), [late[0]]);
    desk.submit(&Command::Undo { change: accepted }).unwrap();
    assert_eq!(shown(&desk.board), signed);
    desk.submit(&Command::Decline { changes: late.clone() }).unwrap();
    assert!(desk.board.aside().all(|(_, why)| why == Aside::Declined));
    assert_eq!(desk.submit(&Command::Decline { changes: late }), Err(Refusal::NoChange));
    take(&mut copy, &desk);
    assert_eq!(copy.board, desk.board, "the copy sees the same");
}

#[test]
fn whoever_knows_that_it_was_issued_writes_nothing_more() {
    let (mut desk, line) = meeting();
    move_to(&mut desk, &[Closed, ForSignature]);
    let mut home = desk.elsewhere(2);
    move_to(&mut desk, &[Issued]);
    let issued = shown(&desk.board);
    // A program that asks no policy.
    let seal = desk.board.seal().unwrap();
    let write = |record, field, value: Value| Write { record, field, value, replaces: Vec::new() };
    let over = vec![write(line, field::TEXT, "đè lên".into()), write(line, mark(seal), true.into())];
    desk.board.apply(foreign(40, 1, 90, over));
    assert_eq!((shown(&desk.board), aside(&desk).len()), (issued.clone(), 1));
    move_to(&mut home, &[Closed]);
    home.edit(line, Edit::Weight(2)).unwrap();
    take(&mut desk, &home);
    assert_eq!((shown(&desk.board), aside(&desk).len()), (issued, 3));
    let before = policy::session_state(&desk.board);
    desk.submit(&Command::Accept { changes: aside(&desk) }).unwrap();
    assert_eq!((policy::session_state(&desk.board), aside(&desk).len()), (before, 1), "the state moves here");
}

#[test]
fn whoever_knows_of_the_closing_goes_on_also_from_another_opening() {
    let (mut desk, line) = meeting();
    move_to(&mut desk, &[Closed]);
    let mut home = desk.elsewhere(2);
    home.edit(line, Edit::Text("sửa ở nhà".into())).unwrap();
    take(&mut desk, &home);
    assert_eq!((desk.board.record(line).unwrap().wording(), aside(&desk).len()), ("sửa ở nhà", 0));
    let mut late = home.elsewhere(3);
    move_to(&mut desk, &[ForSignature, Issued]);
    late.edit(line, Edit::Weight(3)).unwrap();
    take(&mut desk, &late);
    assert_eq!(aside(&desk).len(), 1, "closed is not issued");
}

#[test]
fn reopening_takes_the_seal_off_and_undoing_that_puts_it_on_again() {
    let (mut desk, _) = meeting();
    let mut copy = desk.elsewhere(2);
    let late = copy.line(Kind::Difficulty, "trên bản sao");
    move_to(&mut desk, &[Closed]);
    take(&mut desk, &copy);
    let closed = shown(&desk.board);
    assert!(desk.board.record(late).is_none());
    let reopened = desk.submit(&Command::SetState { state: Open }).unwrap();
    assert_eq!((desk.board.record(late).unwrap().wording(), aside(&desk).len()), ("trên bản sao", 0));
    let since = desk.line(Kind::Difficulty, "sau khi mở lại");
    desk.submit(&Command::Undo { change: reopened }).unwrap();
    assert!(desk.board.record(late).is_none() && desk.board.record(since).is_some());
    let creation = desk.board.record(since).unwrap().born.id;
    desk.submit(&Command::Undo { change: creation }).unwrap();
    assert_eq!(shown(&desk.board), closed);
}

#[test]
fn what_is_held_is_no_part_of_the_board_and_cannot_let_itself_in() {
    let (mut desk, line) = meeting();
    let before = shown(&desk.board);
    let root = desk.board.scope().root();
    let write = |record, field, value: Value| Write { record, field, value, replaces: Vec::new() };
    let first = foreign(40, 1, 90, vec![write(line, field::TEXT, "người ngoài".into())]);
    let verdict = Field::member(set::VERDICT, first.id);
    let second = foreign(40, 2, 91, vec![write(root, verdict, true.into())]);
    for change in [&first, &second] {
        desk.board.apply(Arc::clone(change));
    }
    let cover = Cover::of(&desk.board, [first.as_ref(), second.as_ref()]);
    let receive = Command::Receive { cover: Box::new(cover) };
    desk.submit(&receive).unwrap();
    assert_eq!((shown(&desk.board), aside(&desk)), (before, vec![first.id, second.id]));
    let all = Command::Accept { changes: aside(&desk) };
    assert_eq!(desk.seat(HOA, Role::NoteTaker).submit(&all), Err(Refusal::NotPermitted(Role::NoteTaker)));
    desk.seat(LAN, Role::Chair).submit(&all).unwrap();
    let accepted = desk.board.record(line).unwrap();
    assert!(
        accepted.contested().count() == 1 && aside(&desk) == [second.id],
        "what decides about others is not let in"
    );
}

#[test]
fn what_a_seal_covers_and_is_not_here_is_a_finding() {
    let (mut desk, line) = meeting();
    desk.edit(line, Edit::Weight(1)).unwrap();
    move_to(&mut desk, &[Closed]);
    assert!(findings(&desk.board).is_empty());
    let all = desk.board.all_changes().filter(|change| &*change.header.name != "Edit");
    let damaged = Board::fold(desk.board.scope(), all.cloned());
    assert!(findings(&damaged).contains(&Finding::SealBroken { missing: 1 }));
}

#[test]
fn of_two_that_closed_apart_the_one_that_issued_stands() {
    let (mut desk, _) = meeting();
    let mut copy = desk.elsewhere(2);
    let theirs = copy.line(Kind::Difficulty, "trên bản sao");
    move_to(&mut copy, &[Closed]);
    desk.line(Kind::Difficulty, "hai");
    move_to(&mut desk, &[Closed, ForSignature, Issued]);
    let issued = shown(&desk.board);
    take(&mut desk, &copy);
    assert!(shown(&desk.board) == issued && desk.board.record(theirs).is_none());
    take(&mut copy, &desk);
    assert_eq!(copy.board, desk.board);
}
