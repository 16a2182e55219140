//! What nobody should do and somebody does: a cut inside a letter, ten thousand lines at once, closing while everything runs.

use hoinghi::{
    app::session::SessionSeat,
    domain::{agenda, field, kind::Kind, policy, record::Record, speech},
    i18n::Lang,
    text::clusters::clusters,
};

use crate::support::desk::Desk;

fn seat(desk: &Desk) -> &SessionSeat {
    desk.app.session().unwrap()
}

/// Wherever the cursor can stand, both pieces are whole letters, and together they are the line.
#[test]
fn a_cut_never_falls_inside_a_letter() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F6"]).type_text("Đa\u{309}ng vie\u{323}\u{302}n 👩‍👩‍👧 nói").press(&["Enter", "Esc"]);
    let line = seat(&desk).captured.unwrap();
    let whole = seat(&desk).board.record(line).unwrap().wording().to_owned();
    assert_eq!(whole, "Đảng viện 👩‍👩‍👧 nói");
    let bare = |text: &str| text.replace(' ', "");
    for at in 1..clusters(&whole).count() {
        desk.press(&["Ctrl+T", "Home"]);
        let at_line = |desk: &Desk| seat(desk).list().selected == Some(line);
        for _ in 0..20 {
            if !at_line(&desk) {
                desk.press(&["Down"]);
            }
        }
        assert!(at_line(&desk), "{}", desk.text());
        desk.press(&["Ctrl+B", "Home"]).press(&vec!["Right"; at]).press(&["Enter"]);
        let board = &seat(&desk).board;
        let rest = board
            .records()
            .find(|record| !record.is_removed() && record.link(&field::SPLIT_FROM) == Some(line));
        let pieces = [board.record(line), rest].map(|piece| piece.map(Record::wording).unwrap_or_default());
        assert_eq!(bare(&pieces.concat()), bare(&whole), "behind {at} letters");
        let letters = pieces.iter().map(|piece| clusters(piece).count()).sum::<usize>();
        assert!(letters + 1 >= clusters(&whole).count(), "{pieces:?}");
        desk.press(&["Ctrl+Z"]);
        assert_eq!(seat(&desk).board.record(line).unwrap().wording(), whole);
    }
}

#[test]
fn ten_thousand_lines_wait_for_their_enter_in_their_order() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    let lines: Vec<String> = (0..10_000).map(|number| format!("ý thứ {number:05}")).collect();
    desk.press(&["F6"]).paste(&lines.join("\n"));
    assert!(desk.text().contains("10000 dòng"), "{}", desk.text());
    desk.press(&["Enter", "Enter"]);
    assert_eq!(seat(&desk).capture.waiting.len(), 9_997);
    let mut desk = desk.restarted();
    desk.press(&["Enter"]);
    let notes = seat(&desk).board.of_kind(Kind::Note).into_iter().map(Record::wording);
    let stored: Vec<&str> = notes.filter(|words| words.starts_with("ý thứ")).collect();
    assert_eq!(stored, ["ý thứ 00000", "ý thứ 00001", "ý thứ 00002"]);
    assert!(desk.text().contains("ý thứ 00003"), "{}", desk.text());
}

#[test]
fn closing_while_an_item_a_speech_and_a_pause_are_on_ends_them_all_and_undo_lets_them_go_on() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["Ctrl+F"]).type_text("q3").press(&["Enter", "Alt+0", "Alt+G"]);
    desk.type_text("be mac").press(&["Enter"]);
    desk.type_text("van be mac").press(&["Enter"]);
    let board = &seat(&desk).board;
    assert_eq!(policy::session_state(board), hoinghi::domain::kind::SessionState::Closed, "{}", desk.text());
    assert!(agenda::current(board).is_none() && speech::current(board).is_none());
    assert!(!seat(&desk).figures.paused);
    desk.press(&["Ctrl+Z"]);
    let board = &seat(&desk).board;
    assert!(agenda::current(board).is_some() && speech::current(board).is_some(), "{}", desk.text());
    assert!(seat(&desk).figures.paused);
}
