//! The roll call: all are there by one key, exceptions by one key each, everything taken back by Ctrl+Z.

use hoinghi::{
    app::{panes::PaneId, session::Focus},
    domain::{
        field,
        kind::Kind,
        roll_call::{Roll, Slot, sittings},
    },
    i18n::Lang,
};

use crate::support::desk::Desk;

/// The sample with a roll that nobody has called yet: its people in the order of their units.
fn uncalled(lang: Lang) -> Desk {
    let mut desk = Desk::sample(80, 24, lang);
    desk.press(&["F7", "Home"]);
    while roll(&desk).unmarked < 8 {
        desk.press(&["Space", "Down"]);
    }
    desk.press(&["End", "Space", "Home"]);
    desk
}

fn roll(desk: &Desk) -> Roll {
    let seat = desk.app.session().unwrap();
    Roll::at(&seat.board, seat.slot())
}

/// The row of a screen that holds a text.
fn row(desk: &Desk, text: &str) -> String {
    desk.screen().0.into_iter().find(|line| line.contains(text)).unwrap_or_else(|| panic!("{}", desk.text()))
}

#[test]
fn all_are_there_by_one_key_and_exceptions_by_one_key_each() {
    let mut desk = uncalled(Lang::Vietnamese);
    assert!(desk.text().contains("Có mặt 0/8 đại biểu, chưa điểm danh 8"), "{}", desk.text());
    desk.press(&["Ctrl+A"]);
    assert_eq!(roll(&desk), Roll { summoned: 8, present: 8, guests: 1, ..Roll::default() });
    assert!(desk.text().contains("Có mặt 8/8 đại biểu, khách mời 1; đủ thành phần"), "{}", desk.text());
    desk.press(&["Down", "Down", "Down", "3", "Down", "4"]);
    assert_eq!(roll(&desk), Roll { present: 6, excused: 1, unexcused: 1, ..roll(&desk) });
    let said = desk.text().replace(['│', '\n'], " ").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("vắng có lý do 1, vắng không lý do 1"), "{said}");
    assert!(said.contains("chưa có đại biểu của Q3, Q5"), "{said}");
    assert!(row(&desk, "Q3 Ban").contains("0/1"), "{}", desk.text());
    desk.press(&["Ctrl+Z", "Ctrl+Z", "Ctrl+Z"]);
    assert_eq!(roll(&desk).unmarked, 8, "the key for all is one step");
    desk.press(&["Ctrl+Y"]);
    assert_eq!(roll(&desk).present, 8);
    desk.press(&["Ctrl+A"]);
    assert!(desk.text().contains("Không còn ai chưa điểm danh"), "{}", desk.text());
}

#[test]
fn one_key_a_person_goes_down_the_list_and_space_toggles() {
    let mut desk = uncalled(Lang::Vietnamese);
    desk.press(&["1", "1", "1"]);
    assert_eq!(roll(&desk).present, 3);
    let selected = desk.app.session().unwrap().list().selected;
    desk.press(&["Space"]);
    assert_eq!(roll(&desk).present, 4);
    desk.press(&["Space"]);
    assert_eq!((roll(&desk).present, desk.app.session().unwrap().list().selected), (3, selected));
    assert_eq!(desk.app.session().unwrap().pane, PaneId::RollCall, "digits mark here");
}

#[test]
fn late_and_early_take_the_time_of_now_and_enter_changes_it() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F7", "Home", "5"]);
    assert!(row(&desk, "Đồng chí chủ trì").contains("Đến muộn 08:00"), "{}", desk.text());
    desk.press(&["Enter"]);
    assert_eq!(desk.app.session().unwrap().focus, Focus::Editing);
    desk.press(&["Ctrl+U"]).type_text("8h20").press(&["Enter"]);
    assert!(row(&desk, "Đồng chí chủ trì").contains("Đến muộn 08:20"), "{}", desk.text());
    desk.press(&["6"]);
    assert!(row(&desk, "Đồng chí chủ trì").contains("Về sớm 08:00"), "{}", desk.text());
    let seat = desk.app.session().unwrap();
    let arrived = Slot::FIRST.arrived(seat.selected().unwrap()).unwrap();
    assert_eq!(arrived.to_rfc3339(), "2023-03-10T08:20:00+07:00");
    desk.press(&["1"]);
    assert!(row(&desk, "Đồng chí chủ trì").contains(" Có mặt"), "{}", desk.text());
}

#[test]
fn enter_on_somebody_absent_takes_the_reason() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F7", "Home", "3", "Enter"]).type_text("đi công tác").press(&["Enter"]);
    assert!(row(&desk, "Đồng chí chủ trì").contains("Vắng có lý do: đi công tác"), "{}", desk.text());
    desk.press(&["1"]);
    assert!(row(&desk, "Đồng chí chủ trì").contains(" Có mặt"), "{}", desk.text());
}

#[test]
fn a_mark_says_what_enter_takes_and_then_the_list_goes_on_with_the_next_person() {
    let mut desk = uncalled(Lang::Vietnamese);
    desk.press(&["3"]);
    assert!(desk.text().contains("Enter để ghi lý do"), "{}", desk.text());
    desk.press(&["Enter"]).type_text("ốm").press(&["Enter", "Down", "5"]);
    assert!(desk.text().contains("Enter để sửa giờ"), "{}", desk.text());
    let seat = desk.app.session().unwrap();
    assert_eq!(seat.focus, Focus::List);
    assert_eq!((roll(&desk).excused, roll(&desk).present), (1, 1), "each key marked its own person");
}

#[test]
fn somebody_added_on_the_spot_stands_for_one_who_is_on_the_list() {
    let mut desk = Desk::sample(120, 40, Lang::Vietnamese);
    desk.press(&["F7", "Home", "Down", "Down", "Space", "Ctrl+N"])
        .type_text("Đồng chí đi thay")
        .press(&["Enter"]);
    let added = desk.app.session().unwrap().selected().unwrap();
    assert_eq!((added.wording(), roll(&desk).summoned), ("Đồng chí đi thay", 9));
    desk.press(&["2"]);
    assert!(desk.text().contains("Đồng chí đi thay dự thay cho ai?"), "{}", desk.text());
    desk.press(&["Enter"]);
    assert_eq!(roll(&desk), Roll { summoned: 8, present: 8, guests: 1, ..Roll::default() });
    assert!(desk.text().contains("đã có người dự thay"), "{}", desk.text());
    assert!(row(&desk, ">Đồng chí đi thay").contains("Dự thay: Đồng chí thư ký"), "{}", desk.text());
    desk.press(&["Ctrl+Z"]);
    assert_eq!(roll(&desk).summoned, 9);
}

#[test]
fn for_whom_may_be_typed() {
    let mut desk = Desk::sample(80, 24, Lang::English);
    desk.press(&["F7", "Home", "2", "Enter"]).type_text("ông A").press(&["Enter"]);
    assert!(row(&desk, "Đồng chí chủ trì").contains("Substitute: ông A"), "{}", desk.text());
    assert!(desk.text().contains("Present 8 of 8 delegates"), "{}", desk.text());
}

#[test]
fn the_afternoon_has_a_roll_of_its_own() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F7", "Ctrl+B", "Enter"]);
    assert!(desk.text().contains("Điểm danh · Buổi sáng"), "{}", desk.text());
    assert_eq!(roll(&desk).present, 8, "what was marked before is of the first sitting");
    desk.press(&["Ctrl+B", "Down", "Enter"]);
    assert!(desk.text().contains("Điểm danh · Buổi chiều"), "{}", desk.text());
    assert_eq!(roll(&desk).unmarked, 8);
    desk.press(&["Ctrl+A", "Home", "3", "Enter"]).type_text("họp ở Thành ủy").press(&["Enter"]);
    assert!(row(&desk, "Đồng chí chủ trì").contains("Vắng có lý do: họp"), "{}", desk.text());
    let restarted = desk.restarted();
    assert_eq!(restarted.app.session().unwrap().chosen_sitting, desk.app.session().unwrap().chosen_sitting);
    desk.press(&["Ctrl+B", "Up", "Enter"]);
    assert!(row(&desk, "Đồng chí chủ trì").contains("Có mặt"), "{}", desk.text());
    assert_eq!(sittings(&desk.app.session().unwrap().board).len(), 2);
}

#[test]
fn a_venue_that_loses_its_connection_is_told() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["Alt+5", "Ctrl+N", "Down", "Down", "Down", "Enter"])
        .type_text("Điểm cầu Thủ Đức")
        .press(&["Enter", "F7", "End"]);
    assert!(row(&desk, "Điểm cầu Thủ Đức").contains("đang kết nối"), "{}", desk.text());
    let toggle = |desk: &mut Desk| {
        desk.press(&["F9"]).type_text("mat ket noi").press(&["Enter", "Enter"]);
    };
    toggle(&mut desk);
    assert!(row(&desk, "Điểm cầu Thủ Đức").contains("mất kết nối từ 08:00"), "{}", desk.text());
    toggle(&mut desk);
    assert!(row(&desk, "Điểm cầu Thủ Đức").contains("đang kết nối"), "{}", desk.text());
    desk.press(&["Ctrl+Z"]);
    assert!(row(&desk, "Điểm cầu Thủ Đức").contains("mất kết nối từ 08:00"), "{}", desk.text());
    desk.press(&["1"]);
    assert!(
        desk.text().contains("Trước hết hãy chọn một đại biểu"),
        "a venue is not called: {}",
        desk.text()
    );
}

#[test]
fn two_people_who_mark_at_once_leave_two_versions_and_one_key_chooses() {
    use hoinghi::domain::change::Write;
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    desk.press(&["F7", "Home"]);
    let id = desk.app.session().unwrap().list().selected.unwrap();
    let arrived = |time: &str| format!("2023-03-10T{time}:00+07:00");
    desk.press(&["5"]);
    let write = |value: String| Write {
        record: id,
        field: field::ARRIVED,
        value: value.as_str().into(),
        replaces: vec![],
    };
    desk.arrive(vec![write(arrived("09:15"))]);
    desk.press(&["Right"]);
    let specs = desk.app.session().unwrap().specs();
    let at = specs.iter().position(|spec| spec.field == field::ARRIVED).unwrap();
    desk.press(&vec!["Down"; at]).press(&["Ctrl+W", "Down", "Enter"]);
    let record = desk.app.session().unwrap().board.record(id).unwrap().clone();
    assert_eq!(record.contested().count(), 0, "{}", desk.text());
    assert!(Slot::FIRST.arrived(&record).is_some());
    assert_eq!(record.kind(), Some(Kind::Attendee));
}

#[test]
fn people_are_put_in_order_within_their_unit() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F7", "Home", "Down", "Ctrl+Up"]);
    let first = |desk: &Desk| desk.screen().0[4].clone();
    assert!(first(&desk).contains("Đồng chí báo cáo đề dẫn"), "{}", desk.text());
    let sent = desk.effects.len();
    desk.press(&["Down", "Down", "Down", "Ctrl+Up", "Ctrl+Down"]);
    assert_eq!(desk.effects.len(), sent, "the only one of a unit has no other place: {}", desk.text());
}
