//! Lists of units and people, pasted or chosen as a file.

use hoinghi::{
    app::{msg::Listed, msg::Msg, panes::PaneId},
    domain::{board::Board, kind::Kind, record::Record, roster},
    i18n::Lang,
};

use super::{looks::picture, session};
use crate::support::desk::Desk;

const LIST: &str = "Mã\tĐơn vị\tHọ và tên\tChức vụ\nQ1\t\tNguyễn Văn An\tTrưởng ban\nQ7\tQuận ủy Quận 7\tLê Thị Bình\t\n3\t\t\t";

fn board(desk: &Desk) -> &Board {
    &desk.app.session().unwrap().board
}

fn people(desk: &Desk) -> Vec<String> {
    let board = board(desk);
    let said = |one: &Record| {
        let unit = roster::unit_of(board, one).map(roster::code).unwrap_or_default();
        format!("{unit} {}", one.wording())
    };
    board.of_kind(Kind::Attendee).into_iter().map(said).collect()
}

#[test]
fn pictures_of_a_pasted_list() {
    for (lang, code) in [(Lang::Vietnamese, "vi"), (Lang::English, "en")] {
        let mut desk = Desk::sample(80, 24, lang);
        desk.press(&["Alt+5"]).paste(LIST);
        picture(&format!("list_pasted_80x24_{code}"), &desk);
        desk.press(&["Enter"]);
        picture(&format!("list_taken_80x24_{code}"), &desk);
    }
}

#[test]
fn what_is_pasted_among_units_and_people_is_taken_in_if_one_says_so_and_undone_as_one() {
    let mut desk = session(80, 24);
    desk.press(&["Alt+5"]).paste(LIST);
    assert_eq!(people(&desk), Vec::<String>::new(), "nothing without a word");
    desk.press(&["Enter"]);
    assert_eq!(people(&desk), ["Q1 Nguyễn Văn An", "Q7 Lê Thị Bình"]);
    assert!(
        desk.text().contains("Đã nhập 1 đơn vị, 2 đại biểu mới; đã có sẵn 1 đơn vị, 0 đại biểu"),
        "{}",
        desk.text()
    );
    assert!(desk.text().contains("Dòng không có tên đơn vị hay đại biểu: 4"), "{}", desk.text());
    desk.press(&["Esc", "Alt+8"]);
    assert!(desk.text().contains("Lan nhập danh sách: 1 đơn vị, 2 đại biểu mới"), "{}", desk.text());
    desk.press(&["Esc", "Ctrl+Z"]);
    assert_eq!((people(&desk).len(), board(&desk).of_kind(Kind::Unit).len()), (0, 2));
    desk.press(&["Ctrl+Y", "F7"]).paste(LIST).press(&["Enter"]);
    assert!(desk.text().contains("Không có gì mới: 2 đơn vị, 2 đại biểu"), "{}", desk.text());
}

#[test]
fn it_can_be_left_and_elsewhere_a_paste_is_no_list() {
    let mut desk = session(80, 24);
    desk.press(&["Alt+5"]).paste(LIST).press(&["Down", "Enter"]);
    assert_eq!(people(&desk).len(), 0);
    desk.paste("\n \n");
    assert!(desk.text().contains("Không thấy đơn vị hay đại biểu nào"), "{}", desk.text());
    desk.press(&["F4"]).paste(LIST);
    assert!(desk.app.dialog.is_none(), "{}", desk.text());
}

#[test]
fn help_over_it_does_not_lose_what_was_pasted() {
    let mut desk = session(80, 24);
    for reading in [&["F1", "Esc"][..], &["F1", "Enter"], &["F1", "F1", "Esc"]] {
        desk.press(&["Alt+5"]).paste(LIST).press(reading);
        assert!(desk.text().contains("Chữ vừa dán là danh sách"), "{}", desk.text());
        desk.press(&["Esc"]);
        assert!(desk.app.dialog.is_none(), "{}", desk.text());
    }
    desk.press(&["Alt+5"]).paste(LIST).press(&["F1", "Esc", "Enter"]);
    assert_eq!(people(&desk).len(), 2, "{}", desk.text());
}

#[test]
fn a_file_that_is_dragged_in_stands_for_the_path_that_was_there() {
    let mut desk = session(80, 24);
    desk.press(&["F9"]).type_text("nhap danh sach").press(&["Enter"]).paste("'/media/USB 1/đại biểu.csv'");
    let asked = desk.effects.iter().rev().find_map(|effect| match effect {
        hoinghi::app::effect::Effect::ListFiles { typed, .. } => Some(typed.as_str()),
        _ => None,
    });
    assert_eq!(asked, Some("/media/USB 1/đại biểu.csv"), "{}", desk.text());
}

#[test]
fn a_file_is_chosen_from_the_palette() {
    let mut desk = session(80, 24);
    desk.press(&["F9"]).type_text("nhap danh sach").press(&["Enter"]);
    let generation = desk.effects.iter().rev().find_map(|effect| match effect {
        hoinghi::app::effect::Effect::ListFiles { generation, .. } => Some(*generation),
        _ => None,
    });
    let file = Listed { name: "danh-sach.csv".into(), path: LIST.into(), is_folder: false };
    desk.tell(Msg::Files { generation: generation.unwrap(), files: vec![file] });
    desk.press(&["Enter"]);
    assert_eq!(people(&desk).len(), 2, "{}", desk.text());
    assert_eq!(desk.app.session().unwrap().pane, PaneId::Roster);
}
