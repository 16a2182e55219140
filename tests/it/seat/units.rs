//! Units that end or are replaced between two quarters, and people who belong to two of them.

use hoinghi::{
    app::{dialogs::Dialog, panes::PaneId},
    document::{self, Depth, Paper, Wording},
    domain::{
        kind::Kind,
        record::Record,
        roll_call::{self, Slot},
        roster, speech,
    },
};

use super::session;
use crate::support::desk::Desk;

/// Goes to a unit or a person among units and people.
fn go(desk: &mut Desk, wording: &str) {
    desk.press(&["Alt+5", "Home"]);
    for _ in 0..30 {
        if desk.app.session().unwrap().selected().is_some_and(|record| record.wording().contains(wording)) {
            return;
        }
        desk.press(&["Down"]);
    }
    panic!("{wording} is not there\n{}", desk.text());
}

/// Opens a field of the selected record by its label.
fn open_field(desk: &mut Desk, label: &str) {
    desk.press(&["Enter"]);
    let strings = desk.app.strings();
    let specs = desk.app.session().unwrap().specs();
    let at = specs.iter().position(|spec| spec.label(strings) == label).unwrap();
    desk.press(&vec!["Down"; at]).press(&["Enter"]);
}

#[test]
fn a_unit_that_ends_is_told_in_its_form_and_is_not_in_the_next_session() {
    let mut desk = session(80, 24);
    go(&mut desk, "Quận 3");
    open_field(&mut desk, "Đến hết ngày");
    desk.type_text("30/6/2023").press(&["Enter", "Esc"]);
    assert!(desk.text().contains("đến 30/6/2023"), "{}", desk.text());
    open_field(&mut desk, "Đơn vị kế tục");
    assert!(!desk.text().contains("Quận 3 "), "not itself: {}", desk.text());
    desk.type_text("q1").press(&["Enter"]);
    assert!(desk.text().contains("Các kỳ sau có Q1 thay đơn vị này."), "{}", desk.text());
    desk.press(&["Esc"]);
    assert!(desk.text().contains("đến 30/6/2023 → Q1"), "{}", desk.text());
    assert_eq!(speech::silent(&desk.app.session().unwrap().board).len(), 2, "it is there today");
    desk.press(&["Esc", "Esc"]);
    desk.now += chrono::TimeDelta::days(120);
    desk.press(&["Ctrl+N"]);
    let Some(Dialog::Wizard(wizard)) = &desk.app.dialog else { panic!("{}", desk.text()) };
    let units = wizard.fields.last().unwrap().1.text();
    assert!(units.contains("Quận 1") && !units.contains("Quận 3"), "{units}");
}

#[test]
fn who_belongs_to_two_units_is_there_for_both_and_speaks_for_either() {
    let mut desk = session(80, 24);
    desk.press(&["Alt+5", "Home", "Ctrl+N"]).type_text("dai bieu").press(&["Enter"]);
    desk.type_text("Bà Lan").press(&["Enter"]);
    go(&mut desk, "Bà Lan");
    open_field(&mut desk, "Cũng của đơn vị");
    desk.press(&["Space", "Esc", "Esc"]);
    let board = &desk.app.session().unwrap().board;
    let person: &Record = board.of_kind(Kind::Attendee)[0];
    let codes: Vec<&str> = roster::units_of(board, person).into_iter().map(roster::code).collect();
    assert_eq!(codes, ["Q1", "Q3"]);
    assert!(desk.text().contains("Q1, Q3 Đại biểu"), "{}", desk.text());
    desk.press(&["F7", "Ctrl+A"]);
    assert_eq!(desk.app.session().unwrap().pane, PaneId::RollCall);
    let board = &desk.app.session().unwrap().board;
    assert!(roll_call::units_without(board, Slot::FIRST).is_empty());
    let of_q3 = desk.text().lines().any(|line| line.contains("Q3 Ban") && line.contains("1/1"));
    assert!(of_q3, "in each unit: {}", desk.text());
    let words = Wording::new(&std::collections::BTreeMap::new()).unwrap();
    let list = document::write(board, Paper::SignIn, &words, Depth::Full).unwrap();
    let cell = |text: &str| list[0].tables().any(|table| table.rows.concat().iter().any(|cell| cell == text));
    assert!(cell("Ban Tổ chức Quận ủy Quận 1x; Ban Tổ chức Quận ủy Quận 3"), "{list:?}");
    desk.press(&["Alt+9", "Ctrl+F"]).type_text("q3 ba lan").press(&["Enter"]);
    let board = &desk.app.session().unwrap().board;
    let speech = speech::current(board).unwrap();
    assert_eq!(speech::unit_of(board, speech).map(roster::code), Some("Q3"));
    let silent: Vec<&str> = speech::silent(board).into_iter().map(roster::code).collect();
    assert_eq!(silent, ["Q1"], "she spoke for Q3");
}
