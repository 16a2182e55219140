//! Reading back paragraph by paragraph, freezing, and closing with what is missing before one's eyes.

use hoinghi::{
    app::{panes::PaneId, session::Focus},
    domain::{
        command::Command,
        edit::Edit,
        field,
        ids::RecordId,
        kind::{Kind, Reading, SessionState},
        policy::{self, Role},
        reading::{self, Tally},
        session::Session,
    },
    i18n::Lang,
};

use super::{looks::picture, session};
use crate::support::desk::Desk;

fn tally(desk: &Desk) -> Tally {
    let seat = desk.app.session().unwrap();
    seat.reading.tally(&seat.board)
}

fn selected(desk: &Desk) -> RecordId {
    desk.app.session().unwrap().list().selected.unwrap()
}

/// Three conclusions of different parts, at the reading back.
fn reading_desk(columns: u16, rows: u16) -> Desk {
    let mut desk = session(columns, rows);
    for text in ["chuyên đề chuẩn bị kỹ", "các đơn vị trao đổi thẳng thắn", "đề nghị biểu dương"]
    {
        desk.press(&["F5", "Ctrl+N", "Enter"]).type_text(text).press(&["Enter"]);
    }
    desk.press(&["Alt+L", "Home"]);
    desk
}

#[test]
fn pictures_of_reading_back() {
    for (columns, rows) in [(80, 24), (120, 40), (60, 20)] {
        for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
            let mut desk = Desk::sample(columns, rows, lang);
            desk.press(&["Alt+L"]);
            picture(&format!("read_back_{columns}x{rows}_{code}"), &desk);
            desk.press(&["Space", "Ctrl+D", "Ctrl+B", "Home", "Enter", "End"]).type_text(" của Cụm");
            desk.press(&["Enter"]);
            picture(&format!("read_back_edited_{columns}x{rows}_{code}"), &desk);
            desk.press(&["F9"]).type_text("be mac close session").press(&["Esc", "Alt+G"]);
            desk.press(&["Enter"]);
            picture(&format!("closing_{columns}x{rows}_{code}"), &desk);
        }
    }
}

#[test]
fn a_paragraph_is_agreed_left_or_changed_and_the_next_unread_one_comes() {
    let mut desk = reading_desk(100, 30);
    let first = selected(&desk);
    desk.press(&["Space"]);
    let second = selected(&desk);
    desk.press(&["Ctrl+D"]);
    let third = selected(&desk);
    desk.press(&["Enter"]).type_text(", khen").press(&["Enter"]);
    assert_eq!(desk.app.session().unwrap().focus, Focus::List, "back where it is read");
    assert!(desk.text().contains("đề nghị biểu dương, khen"), "{}", desk.text());
    desk.press(&["Space"]);
    let expected =
        Tally { agreed: vec![first], left: vec![second], changed: vec![third], ..Tally::default() };
    assert_eq!(tally(&desk), expected);
    assert!(desk.text().contains("Đã đọc hết. Ctrl+B để chốt bản đã đọc"), "{}", desk.text());
    desk.press(&["Alt+8"]);
    for told in
        ["Lan đọc lại KL-01: nhất trí", "Lan đọc lại KL-02: để lại", "Lan đọc lại KL-03: sửa, nhất trí"]
    {
        assert!(desk.text().contains(told), "{told}\n{}", desk.text());
    }
    desk.press(&["Esc", "Ctrl+Z"]);
    assert_eq!(tally(&desk).unread, [third]);
    desk.press(&["Ctrl+Y"]);
    assert_eq!(tally(&desk).changed, [third]);
}

#[test]
fn what_is_edited_after_freezing_shows_against_it_and_is_read_again() {
    let mut desk = reading_desk(100, 30);
    let first = selected(&desk);
    desk.press(&["Space", "Space", "Space", "Ctrl+B"]);
    assert!(desk.text().contains("Chốt 3 đoạn như đã đọc"), "{}", desk.text());
    let seen = desk.app.session().unwrap().board.record(first).unwrap().seen(&field::TEXT);
    let edit = Edit::Text("chuyên đề chuẩn bị chu đáo".into());
    assert!(desk.foreign(Command::Edit { record: first, edit, seen }));
    desk.press(&["Home"]);
    let text = desk.text();
    assert!(text.contains("So với bản đã chốt:"), "{text}");
    assert!(text.contains("chuyên đề chuẩn bị [-kỹ.-] {+chu đáo.+}"), "{text}");
    assert_eq!(tally(&desk).edited, [first]);
    desk.press(&["Space"]);
    let board = &desk.app.session().unwrap().board;
    assert_eq!(reading::reading(board.record(first).unwrap()), Some(Reading::Changed));
    assert_eq!(reading::as_read(board.record(first).unwrap()), Some("chuyên đề chuẩn bị kỹ."), "as frozen");
    desk.press(&["Ctrl+Z", "Ctrl+Z"]);
    assert_eq!(reading::frozen_at(&desk.app.session().unwrap().board), None, "freezing is undone");
}

#[test]
fn agreeing_twice_changes_nothing_and_a_new_conclusion_is_read_too() {
    let mut desk = reading_desk(100, 30);
    desk.press(&["Space", "Space", "Space"]);
    let changes = desk.app.session().unwrap().board.change_count();
    desk.press(&["Home", "Space"]);
    assert_eq!(desk.app.session().unwrap().board.change_count(), changes);
    desk.press(&["Ctrl+N", "Enter"]).type_text("thêm một điều").press(&["Enter"]);
    assert_eq!((desk.app.session().unwrap().pane, tally(&desk).unread.len()), (PaneId::ReadBack, 1));
    assert!(desk.text().contains("thêm một điều"), "{}", desk.text());
}

#[test]
fn the_place_of_reading_is_kept_over_a_restart() {
    let mut desk = reading_desk(100, 30);
    desk.press(&["Space"]);
    let at = selected(&desk);
    let again = desk.restarted();
    assert_eq!((selected(&again), again.app.session().unwrap().pane), (at, PaneId::ReadBack));
    assert_eq!(tally(&again).agreed.len(), 1);
}

#[test]
fn a_note_taker_reads_along_and_decides_nothing() {
    let mut desk = reading_desk(100, 30);
    desk.app.role = Role::NoteTaker;
    desk.press(&["Space", "Ctrl+B"]);
    let board = &desk.app.session().unwrap().board;
    assert_eq!((tally(&desk).unread.len(), reading::frozen_at(board)), (3, None));
}

fn state(desk: &Desk) -> SessionState {
    policy::session_state(&desk.app.session().unwrap().board)
}

/// Presses Alt+G and chooses to close.
fn close(desk: &mut Desk) {
    desk.press(&["Alt+G"]).type_text("be mac").press(&["Enter"]);
}

#[test]
fn closing_shows_what_is_missing_and_goes_there_or_closes_all_the_same() {
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    close(&mut desk);
    assert_eq!(state(&desk), SessionState::Open, "nothing happens before the chair decides");
    for told in [
        "Đến chỗ thiếu đầu tiên: 3 ghi nhanh chưa phân loại",
        "Vẫn bế mạc",
        "1 ý kiến chưa rõ ai nêu",
        "1 khó khăn chưa có hướng xử lý",
        "15 đoạn chưa đọc lại",
    ] {
        assert!(desk.text().contains(told), "{told}\n{}", desk.text());
    }
    desk.press(&["Enter"]);
    assert_eq!(desk.app.session().unwrap().pane, PaneId::Triage);
    let kind = |desk: &Desk| desk.app.session().unwrap().selected().unwrap().kind();
    assert_eq!(kind(&desk), Some(Kind::Note));
    close(&mut desk);
    desk.type_text("huong xu ly").press(&["Enter"]);
    assert_eq!(
        (desk.app.session().unwrap().pane, kind(&desk)),
        (PaneId::Difficulties, Some(Kind::Difficulty))
    );
    close(&mut desk);
    desk.type_text("van be mac").press(&["Enter"]);
    assert_eq!(state(&desk), SessionState::Closed);
    assert!(Session::of(&desk.app.session().unwrap().board).unwrap().closed_at().is_some());
}

#[test]
fn a_session_that_lacks_nothing_closes_at_once() {
    let mut desk = session(100, 30);
    desk.press(&["Alt+G", "Enter"]);
    assert_eq!(state(&desk), SessionState::Open);
    desk.press(&["F9"]).type_text("be mac").press(&["Enter"]);
    assert_eq!(state(&desk), SessionState::Closed, "{}", desk.text());
}

#[test]
fn what_was_changed_before_it_was_read_is_known_after_a_restart() {
    let mut desk = reading_desk(100, 30);
    let first = selected(&desk);
    desk.press(&["Enter"]).type_text(", khen").press(&["Enter", "F5"]);
    let mut again = desk.restarted();
    again.press(&["Alt+L", "Home", "Space"]);
    assert_eq!(tally(&again).changed, [first]);
    again.press(&["Space"]);
    assert_eq!(tally(&again).agreed.len(), 1, "the next one is as it was");
}
