//! The mouse in the details: a click selects a field, a second one does what Enter does.

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
