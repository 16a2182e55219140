//! Fields that two people wrote at the same time: both versions are shown, and a person chooses.

use hoinghi::{
    app::{form, session::Focus},
    domain::{
        change::{Field, Value, Write},
        difficulty, field,
        ids::RecordId,
        kind::Kind,
    },
    i18n::Lang,
};

use super::{looks::picture, session};
use crate::support::desk::Desk;

/// A difficulty of Lan's, to whose field Minh wrote something else in his notebook.
fn contested(columns: u16, rows: u16, of: Field, theirs: impl Into<Value>) -> (Desk, RecordId) {
    let mut desk = session(columns, rows);
    desk.press(&["F6"]).type_text("q3 kk con dấu cũ").press(&["Enter", "Esc"]);
    let record = difficulty::main_of(&desk.app.session().unwrap().board, Kind::Difficulty)[0].id;
    desk.arrive(vec![Write { record, field: of, value: theirs.into(), replaces: Vec::new() }]);
    (desk, record)
}

fn wording(desk: &Desk, record: RecordId) -> String {
    desk.app.session().unwrap().board.record(record).unwrap().wording().to_owned()
}

fn is_settled(desk: &Desk, record: RecordId) -> bool {
    desk.app.session().unwrap().board.record(record).unwrap().contested().count() == 0
}

/// The place of a field in the details.
fn place(of: &Field) -> usize {
    form::specs(Kind::Difficulty).iter().position(|spec| spec.field == *of).unwrap()
}

fn english(mut desk: Desk) -> Desk {
    desk.press(&["F9"]).type_text("english").press(&["Enter"]);
    desk
}

#[test]
fn pictures_of_two_versions_in_list_details_and_choice() {
    for (columns, rows) in [(80, 24), (120, 40), (60, 20)] {
        for lang in [Lang::Vietnamese, Lang::English] {
            let theirs =
                "dấu cũ của phường đã sáp nhập không còn giá trị, hồ sơ chuyển đi bị trả lại nhiều lần";
            let (mut desk, record) = contested(columns, rows, field::TEXT, theirs);
            let other_unit = desk.app.session().unwrap().board.of_kind(Kind::Unit)[0].id.to_string();
            let value = other_unit.as_str().into();
            desk.arrive(vec![Write { record, field: field::UNIT, value, replaces: Vec::new() }]);
            if lang == Lang::English {
                desk = english(desk);
            }
            let code = if lang == Lang::English { "en" } else { "vi" };
            picture(&format!("contested_list_{columns}x{rows}_{code}"), &desk);
            desk.press(&["Right"]);
            picture(&format!("contested_details_{columns}x{rows}_{code}"), &desk);
            desk.press(&["Ctrl+W"]);
            picture(&format!("contested_choice_{columns}x{rows}_{code}"), &desk);
        }
    }
}

#[test]
fn both_versions_with_author_and_time_are_in_the_details_of_every_window() {
    for (columns, rows) in [(120, 40), (80, 24), (60, 20)] {
        let (mut desk, _) = contested(columns, rows, field::TEXT, "dấu đã đổi");
        assert!(desk.text().contains("nhiều bản"), "{}", desk.text());
        desk.press(&["Right"]);
        let text = desk.text();
        for part in ["2 bản khác nhau, cần chọn", "1. Lan 08:0", "con dấu cũ", "2. Minh 08:0", "dấu đã đổi"]
        {
            assert!(text.contains(part), "{part} at {columns}x{rows}\n{text}");
        }
    }
}

#[test]
fn the_key_chooses_mine_theirs_or_both() {
    let chosen = |downs: usize| {
        let (mut desk, record) = contested(80, 24, field::TEXT, "dấu đã đổi");
        desk.press(&["Ctrl+W"]).press(&vec!["Down"; downs]).press(&["Enter"]);
        (desk, record)
    };
    for (downs, text) in [(0, "con dấu cũ"), (1, "dấu đã đổi")] {
        let (desk, record) = chosen(downs);
        assert_eq!(wording(&desk, record), text);
        assert!(is_settled(&desk, record));
    }
    let (mut desk, record) = chosen(2);
    assert_eq!(desk.app.session().unwrap().focus, Focus::Editing);
    assert!(!is_settled(&desk, record), "both are still there until Enter");
    desk.press(&["Enter"]);
    assert_eq!(wording(&desk, record), "con dấu cũ\ndấu đã đổi");
    assert!(is_settled(&desk, record));
}

#[test]
fn enter_on_a_contested_field_asks_before_anything_is_overwritten() {
    let (mut desk, record) = contested(80, 24, field::TEXT, "dấu đã đổi");
    desk.press(&["Right", "Enter"]);
    assert!(desk.text().contains("Lấy bản của Minh: “dấu đã đổi”"), "{}", desk.text());
    desk.press(&["Esc"]);
    assert!(!is_settled(&desk, record), "Esc chooses nothing");
}

#[test]
fn chosen_fields_members_of_sets_and_kinds_are_settled_too() {
    let weight = place(&field::WEIGHT);
    let (mut desk, record) = contested(80, 24, field::WEIGHT, 3);
    desk.arrive(vec![Write { record, field: field::WEIGHT, value: 1.into(), replaces: Vec::new() }]);
    desk.press(&["Right"]).press(&vec!["Down"; weight]);
    assert!(desk.text().contains("2. Minh"), "{}", desk.text());
    desk.press(&["Enter", "Enter"]);
    let board = &desk.app.session().unwrap().board;
    assert_eq!(difficulty::weight(board.record(record).unwrap()), 3, "{}", desk.text());
    assert!(is_settled(&desk, record));

    let (mut desk, record) = contested(80, 24, field::KIND, "solution");
    desk.press(&["F5"]);
    assert!(desk.text().contains("nhiều bản"), "{}", desk.text());
    desk.press(&["Ctrl+W", "Enter"]);
    let board = &desk.app.session().unwrap().board;
    assert_eq!(board.record(record).unwrap().kind(), Some(Kind::Difficulty));
    assert!(is_settled(&desk, record));
}

#[test]
fn a_choice_made_on_what_somebody_has_changed_since_is_not_made() {
    let (mut desk, record) = contested(80, 24, field::TEXT, "dấu đã đổi");
    desk.press(&["Ctrl+W"]);
    let of = field::TEXT;
    desk.arrive(vec![Write { record, field: of, value: "bản thứ ba".into(), replaces: Vec::new() }]);
    desk.press(&["Enter"]);
    assert!(!is_settled(&desk, record));
    desk.press(&["Right"]);
    assert!(desk.text().contains("3 bản khác nhau"), "{}", desk.text());
}

#[test]
fn the_palette_offers_the_choice_only_where_there_is_one() {
    use hoinghi::keymap::action::Action;
    let (desk, _) = contested(80, 24, field::TEXT, "dấu đã đổi");
    assert!(desk.app.is_possible(Action::ChooseVersion));
    assert!(!session(80, 24).app.is_possible(Action::ChooseVersion));
}
