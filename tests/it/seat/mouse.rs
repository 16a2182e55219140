//! The mouse: in the details a click selects a field, a second one does what Enter does; hints and buttons do what they say.

use hoinghi::{
    app::{
        dialogs::Dialog,
        form,
        msg::{Input, Mouse, MouseKind, Msg},
        session::Focus,
    },
    domain::{field, kind::Kind},
    i18n::Lang,
};

use crate::support::desk::Desk;

fn click(desk: &mut Desk, column: u16, row: u16) {
    desk.tell(Msg::Input(vec![Input::Mouse(Mouse { kind: MouseKind::Down, column, row })]));
}

fn focus(desk: &Desk) -> Focus {
    desk.app.session().unwrap().focus
}

/// Where a text begins on the screen, in cells; the texts before it are one cell a letter.
fn find(desk: &Desk, text: &str) -> (u16, u16) {
    let (lines, _) = desk.screen();
    let (row, line) = lines.iter().enumerate().find(|(_, line)| line.contains(text)).expect(text);
    let column = line.split(text).next().unwrap().chars().count();
    (u16::try_from(column).unwrap(), u16::try_from(row).unwrap())
}

fn place(of: &hoinghi::domain::change::Field) -> usize {
    form::specs(Kind::Difficulty).iter().position(|spec| spec.field == *of).unwrap()
}

#[test]
fn a_click_selects_a_field_and_a_second_one_opens_it() {
    for (columns, rows) in [(120, 40), (80, 24), (60, 20)] {
        let mut desk = Desk::sample(columns, rows, Lang::Vietnamese);
        if columns < 100 {
            desk.press(&["Right"]);
        }
        let (column, row) = find(&desk, "Tính chất");
        click(&mut desk, column, row);
        assert_eq!(focus(&desk), Focus::Detail(place(&field::NATURE)), "{}", desk.text());
        let (column, row) = find(&desk, "Tính chất");
        click(&mut desk, column + 25, row);
        assert!(matches!(desk.app.dialog, Some(Dialog::Picker(_))), "{}", desk.text());
    }
}

#[test]
fn the_text_is_edited_by_two_clicks_and_the_next_places_the_cursor() {
    let mut desk = Desk::sample(120, 40, Lang::Vietnamese);
    let (column, row) = (70, 3);
    click(&mut desk, column, row);
    assert_eq!(focus(&desk), Focus::Detail(0), "{}", desk.text());
    click(&mut desk, column, row);
    assert_eq!(focus(&desk), Focus::Editing, "{}", desk.text());
    let (_, cursor) = desk.screen();
    let (x, y) = cursor.unwrap();
    click(&mut desk, x - 5, y);
    assert_eq!(focus(&desk), Focus::Editing);
    assert_eq!(desk.screen().1, Some((x - 5, y)), "{}", desk.text());
}

#[test]
fn a_click_beside_the_fields_changes_nothing() {
    let mut desk = Desk::sample(120, 40, Lang::Vietnamese);
    let (column, row) = find(&desk, "Lịch sử:");
    click(&mut desk, column, row);
    assert_eq!(focus(&desk), Focus::List);
    click(&mut desk, column, row + 3);
    assert_eq!(focus(&desk), Focus::List);
}

#[test]
fn a_click_on_a_hint_does_what_its_key_does() {
    for (columns, rows) in [(120, 40), (80, 24), (60, 20)] {
        let mut desk = Desk::sample(columns, rows, Lang::Vietnamese);
        let (column, row) = find(&desk, "F9 Lệnh");
        click(&mut desk, column + 1, row);
        assert!(matches!(desk.app.dialog, Some(Dialog::Picker(_))), "{}", desk.text());
        let (column, row) = find(&desk, "Esc Rời");
        click(&mut desk, column + 5, row);
        assert!(desk.app.dialog.is_none(), "{}", desk.text());
        let (column, row) = find(&desk, "F6 Ghi nhanh");
        click(&mut desk, column, row);
        assert_eq!(focus(&desk), Focus::Capture);
        let (column, row) = find(&desk, "F9 Lệnh");
        click(&mut desk, column - 1, row);
        assert!(
            desk.app.dialog.is_none() && focus(&desk) == Focus::Capture,
            "between two hints there is none"
        );
    }
}

#[test]
fn hints_that_a_long_notice_covers_are_not_clicked() {
    let mut desk = Desk::sample(60, 20, Lang::Vietnamese);
    let (column, row) = find(&desk, "F9 Lệnh");
    desk.tell(Msg::Failed(
        "Đĩa đầy, chưa ghi được vào /home/lan/hoinghi; chữ vẫn còn trên màn hình. Giải phóng chỗ.".into(),
    ));
    click(&mut desk, column, row);
    assert!(desk.app.dialog.is_none());
    click(&mut desk, column, row);
    assert!(desk.app.dialog.is_some(), "they are there again");
}

#[test]
fn in_the_form_of_a_session_a_click_places_the_cursor_and_presses_the_button() {
    let mut desk = Desk::empty(80, 24, Lang::Vietnamese);
    desk.press(&["Ctrl+N"]).type_text("Chuyển sinh hoạt");
    let (column, row) = find(&desk, "Chuyển sinh hoạt");
    click(&mut desk, column + 6, row);
    assert_eq!(desk.screen().1, Some((column + 6, row)));
    let (column, row) = find(&desk, "1/2023".split('/').next_back().unwrap());
    click(&mut desk, column + 4, row);
    desk.press(&["Backspace"]).type_text("4");
    let (column, row) = find(&desk, "[ Lập hội nghị ]");
    click(&mut desk, column + 3, row);
    assert_eq!(desk.app.catalogue.sessions()[0].quarter, Some((2024, 1)), "{}", desk.text());
    assert!(desk.app.session().is_some());
}
