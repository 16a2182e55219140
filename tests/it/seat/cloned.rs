//! A session made after another one: its agenda, people and venues come along.

use hoinghi::{
    app::{dialogs::Dialog, panes::PaneId},
    domain::{agenda, board::Board, kind::Kind, record::Record, session::Session},
    i18n::Lang,
};

use super::looks::picture;
use crate::support::desk::Desk;

fn board(desk: &Desk) -> &Board {
    &desk.app.session().unwrap().board
}

fn words(board: &Board, kind: Kind) -> Vec<&str> {
    board.of_kind(kind).into_iter().map(Record::wording).collect()
}

/// The sample, left for Home.
fn at_home(columns: u16, rows: u16, lang: Lang) -> Desk {
    let mut desk = Desk::sample(columns, rows, lang);
    desk.press(&["Esc"]);
    desk
}

#[test]
fn pictures_of_the_form_after_a_pattern() {
    for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
        let mut desk = at_home(80, 24, lang);
        desk.press(&["Ctrl+L"]);
        picture(&format!("cloned_80x24_{code}"), &desk);
    }
}

#[test]
fn one_key_and_a_theme_make_the_next_quarters_session_with_its_people() {
    let mut desk = at_home(80, 24, Lang::Vietnamese);
    assert!(desk.text().contains("Ctrl+L Lập từ kỳ trước"), "{}", desk.text());
    let before = desk.writer.shared[&hoinghi::cli::sample::SCOPE].clone();
    desk.press(&["Ctrl+L"]).type_text("Kiểm tra, giám sát").press(&["Enter"; 10]).press(&["Tab", "Enter"]);
    let made = board(&desk);
    assert_ne!(made.scope(), before.scope());
    assert_eq!(words(made, Kind::Attendee).len(), words(&before, Kind::Attendee).len());
    assert_eq!(words(made, Kind::Unit), words(&before, Kind::Unit));
    let minutes = |board: &Board| {
        let held = |item: &&Record| agenda::item_kind(item) != hoinghi::domain::kind::AgendaKind::Pledge;
        board.of_kind(Kind::AgendaItem).into_iter().filter(held).map(agenda::planned).collect::<Vec<_>>()
    };
    assert_eq!(minutes(made), minutes(&before));
    let session = Session::of(made).unwrap();
    assert_eq!(session.quarter().map(|quarter| quarter.to_string()).as_deref(), Some("II/2023"));
    assert_eq!(session.title(), "Kiểm tra, giám sát");
    assert_eq!(session.chair().map(Record::wording), Some("Đồng chí chủ trì"));
    assert_eq!(session.date(), None, "it is not held today");
    assert_eq!(desk.app.session().unwrap().pane, PaneId::FollowUp, "what was concluded is taken up too");
    desk.press(&["F7", "Ctrl+A"]);
    assert!(desk.text().contains("Có mặt 8/8 đại biểu"), "{}", desk.text());
    desk.press(&["Alt+8"]);
    assert!(desk.text().contains("Lan lập hội nghị"), "{}", desk.text());
}

#[test]
fn from_within_a_session_the_palette_makes_one_after_it_and_esc_keeps_the_form() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F9"]).type_text("lap tu ky truoc").press(&["Enter"]).type_text("Chuyên đề");
    let title = "Lập từ kỳ trước I/2023: 9 mục chương trình, 9 đại biểu";
    assert!(desk.text().contains(title), "{}", desk.text());
    let mut desk = desk.restarted();
    assert!(desk.text().contains(title), "{}", desk.text());
    desk.press(&["Esc", "Ctrl+N"]);
    let Some(Dialog::Wizard(form)) = &desk.app.dialog else { panic!("{}", desk.text()) };
    assert!(form.template.is_none() && form.fields[0].1.text() == "Chuyên đề", "{}", desk.text());
    desk.press(&["Esc", "Ctrl+L"]);
    let Some(Dialog::Wizard(form)) = &desk.app.dialog else { panic!("{}", desk.text()) };
    assert!(form.template.is_some() && form.fields[0].1.text() == "Chuyên đề", "{}", desk.text());
}

#[test]
fn who_has_no_unit_any_more_is_named_and_not_on_the_list() {
    let mut desk = at_home(80, 24, Lang::Vietnamese);
    desk.press(&["Ctrl+L"]).type_text("Kiểm tra").press(&["Enter"; 10]);
    desk.press(&["Ctrl+End", "Shift+Home", "Delete", "Tab", "Enter"]);
    assert_eq!(words(board(&desk), Kind::Unit).len(), 5, "{}", desk.text());
    let told = "vì đơn vị không còn: Đại diện Ban Tổ";
    assert!(desk.text().contains(told) && desk.text().contains("chức Thành ủy Thủ Đức"), "{}", desk.text());
}
