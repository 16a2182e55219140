//! One list of everything that is found on the board, and the way to each.

use hoinghi::{
    app::{
        dialogs::{Dialog, pages::Line},
        panes::PaneId,
    },
    domain::{command::Command, edit::Edit, field, kind::Kind},
    i18n::Lang,
};

use super::{looks::picture, session};
use crate::support::desk::Desk;

#[test]
fn pictures_of_the_findings() {
    for (columns, rows) in [(80, 24), (120, 40)] {
        for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
            let mut desk = Desk::sample(columns, rows, lang);
            desk.press(&["F6"]).type_text("? kk không rõ ai nói điều này").press(&["Enter", "Esc"]);
            desk.press(&["F5", "Ctrl+N"]).type_text("nhiem vu").press(&["Enter"]);
            desk.type_text("rà soát sớm").press(&["Enter", "Alt+H"]);
            picture(&format!("findings_{columns}x{rows}_{code}"), &desk);
        }
    }
}

#[test]
fn enter_goes_to_the_record_that_lacks_something() {
    let mut desk = session(100, 30);
    desk.press(&["F6"]).type_text("q1 nv rà soát").press(&["Enter"]);
    desk.type_text("q1 kk thiếu dữ liệu").press(&["Enter", "Esc"]);
    desk.press(&["F2", "Alt+H"]);
    let text = desk.text();
    assert!(text.contains("Điều cần xem lại · "), "{text}");
    assert!(text.contains("Thiếu đơn vị chủ trì: NV-01"), "{text}");
    assert!(text.contains("Chưa có hướng xử lý: KK-01"), "{text}");
    assert!(text.contains("Không gắn với gì: NV-01"), "{text}");
    desk.type_text("huong xu ly").press(&["Enter"]);
    let seat = desk.app.session().unwrap();
    assert_eq!(seat.selected().and_then(|record| record.short_number()), Some("KK-01"));
    desk.press(&["Alt+H"]).type_text("chu tri").press(&["Enter"]);
    let seat = desk.app.session().unwrap();
    assert_eq!((seat.pane, seat.selected().unwrap().short_number()), (PaneId::Conclusions, Some("NV-01")));
}

#[test]
fn where_nothing_is_found_it_says_so() {
    let mut desk = session(100, 30);
    desk.press(&["Alt+H"]);
    assert!(desk.text().contains("Không có gì cần xem lại"), "{}", desk.text());
}

#[test]
fn what_stands_in_no_list_is_shown_in_the_history() {
    let mut desk = session(100, 30);
    desk.press(&["Alt+9", "Alt+0"]);
    desk.now += chrono::TimeDelta::minutes(5);
    desk.press(&["Alt+0"]);
    let board = &desk.app.session().unwrap().board;
    let pause = board.of_kind(Kind::Pause)[0].clone();
    let early = pause.moment(&field::STARTED_AT).unwrap() - chrono::TimeDelta::minutes(1);
    let seen = pause.seen(&field::ENDED_AT);
    assert!(desk.foreign(Command::Edit { record: pause.id, edit: Edit::EndedAt(Some(early)), seen }));
    desk.press(&["F6"]).type_text("một").press(&["Enter", "Esc", "Alt+H"]).type_text("ket thuc truoc");
    desk.press(&["Enter"]);
    let Some(Dialog::Pages(pages)) = &desk.app.dialog else { panic!("{}", desk.text()) };
    let Line::Pair(_, pointed) = &pages.lines[pages.marked.unwrap()] else { panic!("{pages:?}") };
    assert!(pointed.starts_with("Minh"), "who put the pause's end wrong: {pointed}");
}
