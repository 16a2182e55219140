//! Where the pieces of a line stand: right behind it, in triage and in the lists.

use hoinghi::domain::kind::Kind;

use super::session;
use crate::support::desk::Desk;

/// The texts of the notes in the order in which the screen shows them.
fn shown(desk: &Desk) -> Vec<String> {
    let seat = desk.app.session().unwrap();
    let records = seat.rows.iter().filter_map(|row| seat.board.record(row.record()?));
    records.filter(|r| r.kind() == Some(Kind::Note)).map(|r| r.wording().to_owned()).collect()
}

#[test]
fn pieces_come_up_right_behind_their_line_in_triage_and_in_the_list() {
    let mut desk = session(100, 30);
    desk.press(&["F6"]).type_text("một hai ba").press(&["Enter"]).type_text("bốn").press(&["Enter", "Esc"]);
    desk.press(&["Ctrl+T", "Home", "Ctrl+B", "Home"]).press(&["Right"; 7]).press(&["Enter"]);
    assert_eq!(shown(&desk), ["một hai", "ba", "bốn"], "{}", desk.text());
    desk.press(&["Home", "Ctrl+B", "Home"]).press(&["Right"; 3]).press(&["Enter"]);
    assert_eq!(shown(&desk), ["một", "hai", "ba", "bốn"], "{}", desk.text());
    desk.press(&["F4"]);
    assert_eq!(shown(&desk), ["một", "hai", "ba", "bốn"], "{}", desk.text());
    desk.press(&["Ctrl+Z", "Ctrl+Z"]);
    assert_eq!(shown(&desk), ["một hai ba", "bốn"], "{}", desk.text());
}
