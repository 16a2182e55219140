//! A disk that takes no more: the text stays, another folder is offered, and work goes on there.

use hoinghi::{
    app::{Saved, effect::Effect, msg::Msg},
    domain::{difficulty, kind::Kind},
    i18n::Lang,
};

use super::{looks::picture, session};
use crate::support::desk::{Answering, Desk};

/// A seat whose disk is full: a line could not be recorded.
fn full(columns: u16, rows: u16) -> Desk {
    let mut desk = session(columns, rows);
    desk.answering = Answering::Failing;
    desk.press(&["F6"]).type_text("con dấu cũ").press(&["Enter"]);
    desk
}

fn notes(desk: &Desk) -> Vec<String> {
    let board = &desk.app.session().unwrap().board;
    difficulty::main_of(board, Kind::Note).iter().map(|note| note.wording().to_owned()).collect()
}

#[test]
fn pictures_of_the_offer_the_form_its_refusal_and_what_was_kept() {
    for (columns, rows) in [(80, 24), (60, 20)] {
        for lang in [Lang::Vietnamese, Lang::English] {
            let mut desk = session(columns, rows);
            if lang == Lang::English {
                desk.press(&["F9"]).type_text("english").press(&["Enter"]);
            }
            desk.answering = Answering::Failing;
            desk.press(&["F6"]).type_text("con dấu cũ").press(&["Enter"]);
            let name = |what| {
                let code = if lang == Lang::English { "en" } else { "vi" };
                format!("elsewhere_{what}_{columns}x{rows}_{code}")
            };
            picture(&name("offer"), &desk);
            desk.press(&["Ctrl+S"]);
            picture(&name("form"), &desk);
            desk.press(&["Ctrl+U"]).type_text("/cdrom").press(&["Enter"]);
            picture(&name("refused"), &desk);
            desk.press(&["Ctrl+U"]).type_text("/media/usb").press(&["Enter"]);
            picture(&name("moved"), &desk);
        }
    }
}

#[test]
fn the_line_is_kept_and_recorded_in_the_other_folder() {
    let mut desk = full(80, 24);
    assert_eq!(desk.app.saved, Saved::Failed);
    assert!(desk.text().contains("CHƯA LƯU"), "{}", desk.text());
    assert!(desk.text().contains("Ctrl+S: ghi nơi khác"), "{}", desk.text());
    desk.press(&["Ctrl+S", "Ctrl+U"]).type_text("/media/usb").press(&["Enter"]);
    assert!(desk.effects.contains(&Effect::GoElsewhere("/media/usb".into())));
    assert!(desk.text().contains("hoinghi --data \"/media/usb\""), "{}", desk.text());
    desk.press(&["Esc"]);
    let line = desk.app.session().unwrap().capture.editor.text();
    assert_eq!(line, "con dấu cũ");
    desk.press(&["Enter"]);
    assert_eq!(notes(&desk), ["con dấu cũ"]);
    assert!(matches!(desk.app.saved, Saved::At(_)));
}

#[test]
fn a_command_without_a_text_is_given_again_once() {
    let mut desk = session(80, 24);
    desk.press(&["F6"]).type_text("một").press(&["Enter", "Esc"]);
    desk.answering = Answering::Failing;
    desk.press(&["Delete", "Delete"]);
    assert_eq!(notes(&desk), ["một"]);
    desk.press(&["Ctrl+S", "Enter"]);
    assert!(notes(&desk).is_empty(), "removed there");
    assert!(desk.text().contains("nay đã gửi lại: 1"), "{}", desk.text());
}

#[test]
fn a_folder_that_cannot_be_used_keeps_the_form_and_esc_keeps_the_path() {
    let mut desk = full(80, 24);
    desk.press(&["Ctrl+S", "Ctrl+U"]).type_text("/cdrom").press(&["Enter"]);
    assert!(desk.text().contains("/cdrom: chỉ đọc"), "{}", desk.text());
    desk.press(&["Esc"]);
    assert_eq!(desk.app.saved, Saved::Failed);
    assert_eq!(desk.app.session().unwrap().capture.editor.text(), "con dấu cũ");
    desk.press(&["Ctrl+S"]);
    assert!(desk.text().contains("> /cdrom"), "{}", desk.text());
}

#[test]
fn when_there_is_space_again_work_goes_on_where_it_was() {
    let mut desk = full(80, 24);
    desk.answering = Answering::AtOnce;
    desk.press(&["Enter"]);
    assert_eq!(notes(&desk), ["con dấu cũ"]);
    desk.press(&["Ctrl+S"]);
    assert!(desk.app.dialog.is_none(), "{}", desk.text());
}

#[test]
fn the_form_draws_in_every_window() {
    let mut desk = full(80, 24);
    desk.press(&["Ctrl+S"]).type_text(&"/cdrom/rất/dài".repeat(30));
    for (columns, rows) in [(60, 20), (61, 21), (200, 20), (60, 60), (10, 3), (0, 0)] {
        desk.tell(Msg::Resize { columns, rows });
        let (_, cursor) = desk.screen();
        assert!(cursor.is_none_or(|(x, y)| x < columns && y < rows), "{}", desk.text());
    }
}
