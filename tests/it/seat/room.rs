//! What is so for the whole room: themes, times, what was left open.

use chrono::TimeDelta;
use hoinghi::{
    app::{msg::Msg, panes::PaneId},
    domain::{field, ids::RecordId, kind::Kind},
    i18n::Lang,
};

use super::session;
use crate::support::desk::Desk;

fn records(desk: &Desk, kind: Kind) -> Vec<RecordId> {
    let board = &desk.app.session().unwrap().board;
    board.of_kind(kind).into_iter().map(|record| record.id).collect()
}

/// Selects the first point of the agenda, behind the session and its themes.
fn first_item(desk: &mut Desk) {
    desk.press(&["F2", "Home"]);
    while desk.app.session().unwrap().selected().unwrap().kind() != Some(Kind::AgendaItem) {
        desk.press(&["Down"]);
    }
}

#[test]
fn lines_are_about_the_theme_that_is_discussed_at_their_first_letter() {
    let mut desk = session(80, 24);
    desk.press(&["Alt+9"]);
    desk.press(&["Alt+C"]);
    assert!(desk.app.dialog.is_none(), "there is one theme only");
    desk.press(&["F2", "Home", "Down", "Ctrl+N"]).type_text("chuyên đề").press(&["Enter"]);
    desk.type_text("Quản lý hồ sơ").press(&["Enter"]);
    let themes = records(&desk, Kind::Theme);
    assert_eq!(themes.len(), 2);
    desk.press(&["Alt+C"]).type_text("hồ sơ").press(&["Enter", "F6"]).type_text("thiếu");
    assert!(desk.text().contains("Ghi nhanh · ? · mục 1 · chuyên đề 2"), "{}", desk.text());
    desk.press(&["Enter", "Esc", "Alt+C"]).type_text("chuyển").press(&["Enter", "F6"]).type_text("chậm");
    desk.press(&["Enter"]);
    let board = &desk.app.session().unwrap().board;
    let about: Vec<_> = board.of_kind(Kind::Note).iter().map(|note| note.link(&field::THEME)).collect();
    assert_eq!(about, [Some(themes[1]), Some(themes[0])]);
    desk.press(&["Esc", "Ctrl+F"]).type_text("q1").press(&["Enter"]);
    let board = &desk.app.session().unwrap().board;
    assert_eq!(board.of_kind(Kind::Speech)[0].link(&field::THEME), Some(themes[0]));
}

#[test]
fn when_an_item_began_and_ended_is_put_right() {
    let mut desk = session(80, 24);
    desk.press(&["Alt+9", "Alt+9"]);
    first_item(&mut desk);
    let specs = desk.app.session().unwrap().specs();
    let at = specs.iter().position(|spec| spec.field == field::ENDED_AT).unwrap();
    desk.press(&["Enter"]).press(&vec!["Down"; at]);
    desk.press(&["Enter", "Ctrl+U"]).type_text("8h25").press(&["Enter"]);
    assert!(desk.text().contains("Kết thúc lúc          08:25"), "{}", desk.text());
    let item = desk.app.session().unwrap().selected().unwrap();
    assert_eq!(item.text(&field::ENDED_AT), Some("2023-03-10T08:25:00+07:00"));
    desk.press(&["Alt+8"]);
    assert!(desk.text().contains("sửa kết thúc lúc"), "{}", desk.text());
    desk.press(&["Esc", "Esc", "Ctrl+Z"]);
    let item = desk.app.session().unwrap().selected().unwrap();
    assert!(item.moment(&field::ENDED_AT).unwrap() < desk.now, "as it was");
}

#[test]
fn an_item_that_was_left_open_for_days_says_since_when_and_does_not_tick() {
    for (lang, words) in [(Lang::Vietnamese, "mở từ 10/3/2023"), (Lang::English, "open since 10/3/2023")]
    {
        let mut desk = Desk::sample(80, 24, lang);
        desk.now += TimeDelta::days(16);
        desk.tell(Msg::Tick);
        assert!(desk.text().contains(words), "{}", desk.text());
        assert_eq!(desk.app.next_tick(), None);
        desk.press(&["F2"]);
        assert_eq!(desk.text().matches(words).count(), 2, "{}", desk.text());
        desk.press(&["Alt+9"]);
        assert!(desk.app.next_tick().is_some(), "the next item is on");
    }
}

#[test]
fn among_the_speakers_only_what_somebody_said_wants_a_speaker() {
    let mut desk = session(80, 24);
    desk.press(&["Alt+9", "F6"]);
    for line in ["gp một đầu mối", "kn liên thông dữ liệu", "kl thống nhất", "kk chậm trả", "thiếu mẫu"]
    {
        desk.type_text(line).press(&["Enter"]);
    }
    desk.press(&["Esc", "F8"]);
    assert_eq!(desk.app.session().unwrap().pane, PaneId::Speakers);
    let text = desk.text();
    assert!(text.contains("chậm trả") && text.contains("thiếu mẫu"), "{text}");
    for other in ["đầu mối", "liên thông", "thống nhất"] {
        assert!(!text.contains(other), "{text}");
    }
}
