//! What a person is told who does something for the first time: what a form asks for, what came of a key, what comes next.

use hoinghi::{
    app::{dialogs::Dialog, panes::PaneId},
    domain::{kind::Kind, roster},
    i18n::Lang,
};

use crate::support::desk::Desk;

const LONG: &str = "Đẩy mạnh tín dụng chính sách cho hội viên nông dân vay vốn phát triển sản xuất hàng hóa";

/// A session without a past, made by the form, with these units.
fn made_with(units: &str) -> Desk {
    let mut desk = Desk::empty(80, 24, Lang::Vietnamese);
    desk.press(&["Ctrl+N"]).type_text(LONG).press(&["Tab"; 10]);
    desk.paste(units).press(&["Tab", "Enter"]);
    desk
}

#[test]
fn units_pasted_from_a_spreadsheet_or_without_codes_keep_their_names() {
    let desk =
        made_with("TT\tHội Nông dân thị trấn\nAPT - Hội Nông dân xã An Phú\nHội Nông dân xã Phước Vĩnh An\n");
    let units = desk.app.session().unwrap().board.of_kind(Kind::Unit);
    let units: Vec<(&str, &str)> =
        units.into_iter().map(|unit| (roster::code(unit), unit.wording())).collect();
    let expected = [
        ("TT", "Hội Nông dân thị trấn"),
        ("APT", "Hội Nông dân xã An Phú"),
        ("HNPVA", "Hội Nông dân xã Phước Vĩnh An"),
    ];
    assert_eq!(units, expected, "{}", desk.text());
}

#[test]
fn a_new_session_says_what_comes_next_and_opening_it_too() {
    let mut desk = made_with("Q1 Quận 1");
    assert!(desk.text().contains("F2 chương trình, Alt+5 đại biểu, Alt+G khai mạc"), "{}", desk.text());
    desk.press(&["Alt+G"]);
    assert!(desk.text().contains("Khai mạc") && desk.text().contains("Đang họp"), "{}", desk.text());
    desk.press(&["Enter"]);
    assert!(desk.text().contains("Đã khai mạc. Alt+9 để vào mục đầu chương trình"), "{}", desk.text());
    desk.press(&["Alt+9", "Alt+G"]);
    assert!(desk.text().contains("Bế mạc") && desk.text().contains("Đưa về: Dự thảo"), "{}", desk.text());
}

#[test]
fn the_form_says_what_each_field_asks_for_and_shows_where_a_long_text_begins() {
    let mut desk = Desk::empty(80, 24, Lang::Vietnamese);
    desk.press(&["Ctrl+N"]).type_text(LONG);
    assert!(!desk.text().contains("Đẩy mạnh"), "the end is being typed\n{}", desk.text());
    desk.press(&["Tab"]);
    assert!(desk.text().contains("Đẩy mạnh tín dụng"), "{}", desk.text());
    assert!(desk.text().contains("ghi trước ngày tháng trên văn bản"), "{}", desk.text());
    desk.press(&["F1"]);
    let Some(Dialog::Pages(_)) = &desk.app.dialog else { panic!("{}", desk.text()) };
    for told in ["Cơ quan ban hành      dòng dưới ở góc trái", "Tab                   Ô tiếp"] {
        assert!(desk.text().contains(told), "{told}\n{}", desk.text());
    }
    desk.press(&["Esc"]);
    assert!(matches!(desk.app.dialog, Some(Dialog::Wizard(_))), "{}", desk.text());
}

#[test]
fn a_line_that_leaves_the_triage_is_told_with_what_it_became() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["Ctrl+T", "2"]);
    assert!(desk.text().contains("GN-01: vướng mắc. Ctrl+Z để hoàn tác"), "{}", desk.text());
    desk.press(&["Space", "1"]);
    assert!(desk.text().contains(": khó khăn. Ctrl+Z để hoàn tác"), "{}", desk.text());
}

#[test]
fn while_a_line_is_cut_the_hints_say_so() {
    let mut desk = Desk::sample(100, 30, Lang::Vietnamese);
    desk.press(&["Ctrl+T", "End", "Ctrl+B"]);
    desk.press(&["Left"]);
    let hints = desk.screen().0.last().cloned().unwrap_or_default();
    assert!(hints.contains("Enter Tách tại con trỏ") && hints.contains("Ctrl+B Tách tất cả"), "{hints}");
}

#[test]
fn freezing_what_was_not_read_says_how_much_of_it() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["Alt+L", "Space", "Ctrl+B"]);
    let unread = desk.app.session().unwrap().reading.pairs().count() - 1;
    let told = format!("trong đó {unread} đoạn chưa đọc");
    assert!(desk.text().contains(&told), "{told}\n{}", desk.text());
}

#[test]
fn what_is_typed_and_not_stored_is_shown_from_where_one_is_told_of_it() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F6"]).type_text("hồ sơ kẹt").press(&["Esc", "Ctrl+S"]);
    assert!(desk.text().contains("Còn chữ chưa ghi. Ctrl+X để xem"), "{}", desk.text());
    desk.press(&["Ctrl+X"]);
    assert!(desk.text().contains("hồ sơ kẹt") && desk.text().contains("Ghi nhanh"), "{}", desk.text());
    desk.press(&["Enter"]).type_text("!").press(&["Enter", "Esc", "Ctrl+S"]);
    assert!(desk.text().contains("Mọi thay đổi đã lưu"), "{}", desk.text());
}

#[test]
fn nobody_is_no_complete_composition_and_many_missing_units_are_counted() {
    let mut desk = made_with("");
    desk.press(&["F7"]);
    assert_eq!(desk.app.session().unwrap().pane, PaneId::RollCall);
    assert!(!desk.text().contains("đủ thành phần"), "{}", desk.text());
    let many: Vec<String> = (1..=40).map(|at| format!("X{at} Xã {at}")).collect();
    let mut desk = made_with(&many.join("\n"));
    desk.press(&["F7"]);
    assert!(desk.text().contains("40 đơn vị chưa có đại biểu"), "{}", desk.text());
}

#[test]
fn what_is_added_here_and_listed_elsewhere_is_told_with_its_number_and_place() {
    for (lang, told) in [(Lang::Vietnamese, "xếp ở “Kết luận"), (Lang::English, "it stands in “Conclusions")]
    {
        let mut desk = Desk::sample(120, 40, lang);
        let solutions = |desk: &Desk| desk.app.session().unwrap().board.of_kind(Kind::Solution).len();
        let before = solutions(&desk);
        let word = desk.app.strings().kind(Kind::Solution);
        desk.press(&["Ctrl+N"])
            .type_text(word)
            .press(&["Enter"])
            .type_text("lập tổ hỗ trợ")
            .press(&["Enter"]);
        assert_eq!(solutions(&desk), before + 1);
        let board = &desk.app.session().unwrap().board;
        let newest = board.of_kind(Kind::Solution).into_iter().max_by_key(|record| record.born).unwrap();
        let number = newest.short_number().unwrap();
        assert!(desk.text().contains(number) && desk.text().contains(told), "{number} {}", desk.text());
        assert!(desk.text().contains("(F5)"), "{}", desk.text());
        desk.press(&["Ctrl+N", "Enter"]).type_text("máy hỏng").press(&["Enter"]);
        assert!(!desk.text().contains(told), "it is in view: {}", desk.text());
    }
}

#[test]
fn enter_is_called_by_what_it_does_while_lines_wait_and_nothing_is_typed() {
    for (lang, fetches, stores) in [
        (Lang::Vietnamese, "Enter Lấy dòng chờ", "Enter Ghi"),
        (Lang::English, "Enter Take next line", "Enter Save line"),
    ] {
        let mut desk = Desk::sample(80, 24, lang);
        desk.press(&["F6"]).paste("một\nhai\nba").press(&["Left"]);
        assert!(desk.text().contains(stores) && !desk.text().contains(fetches), "{}", desk.text());
        desk.press(&["Ctrl+U"]);
        desk.type_text(" ");
        assert!(desk.text().contains(fetches) && !desk.text().contains(stores), "{}", desk.text());
        desk.press(&["Enter"]);
        assert_eq!(desk.app.session().unwrap().capture.editor.text(), "hai");
        assert!(desk.text().contains(stores), "{}", desk.text());
    }
}

#[test]
fn removing_a_unit_tells_how_many_people_it_leaves_and_how_it_comes_back() {
    for (lang, told) in [
        (Lang::Vietnamese, "đại biểu của đơn vị vẫn còn, không thuộc đơn vị nào. Ctrl+Z"),
        (Lang::English, "of no unit. Ctrl+Z brings it back"),
    ] {
        let mut desk = Desk::sample(120, 40, lang);
        desk.press(&["Alt+5", "Home"]);
        let seat = desk.app.session().unwrap();
        let unit = seat.selected().unwrap();
        let people = roster::people_of(&seat.board, unit.id);
        assert!(people > 0 && unit.kind() == Some(Kind::Unit));
        let counted = format!("{people} ");
        desk.press(&["Delete"]);
        let text = desk.text();
        let line = text.lines().find(|line| line.contains(told)).unwrap_or_else(|| panic!("{text}"));
        assert!(line.contains(&counted), "{line}");
        desk.press(&["Ctrl+Z"]);
        let board = &desk.app.session().unwrap().board;
        assert!(roster::people_of(board, board.of_kind(Kind::Unit)[0].id) == people);
    }
}

#[test]
fn help_begins_with_what_is_done_in_this_place() {
    for (keys, first) in [("Ctrl+T", "Is a difficulty"), ("F8", "Give floor"), ("F7", "Present / not yet")] {
        let mut desk = Desk::sample(80, 24, Lang::English);
        desk.press(&[keys, "F1"]);
        let text = desk.text();
        let top: Vec<&str> = text.lines().skip(3).take(4).collect();
        assert!(top.iter().any(|line| line.contains(first)), "{keys}\n{text}");
        assert!(!text.contains("Alt+9  Alt+9"), "{text}");
    }
}

#[test]
fn a_list_without_files_says_which_are_looked_for() {
    for (columns, rows) in [(60, 20), (80, 24), (120, 40)] {
        let mut desk = Desk::sample(columns, rows, Lang::Vietnamese);
        desk.press(&["F9"]).type_text("nhap bao cao").press(&["Enter"]);
        let text = desk.text();
        assert!(text.contains("DOCX") && text.contains("đường dẫn") && text.contains("riêng)"), "{text}");
    }
}

#[test]
fn who_signed_the_pledge_is_recorded_from_where_the_pledge_is_shown() {
    let mut desk = made_with("Q1\tQuận ủy Quận 1\nQ3\tQuận ủy Quận 3");
    desk.press(&["Alt+6"]);
    assert!(desk.text().contains("Space Ghi nhận đã ký giao ước"), "{}", desk.text());
    desk.press(&["Space", "Enter"]);
    assert!(desk.text().contains("Chữ ký"), "{}", desk.text());
    desk.press(&["Space", "Enter", "Space"]);
    assert!(desk.text().contains("Các đơn vị đều đã ký"), "{}", desk.text());
}

#[test]
fn issuing_says_how_it_is_taken_back_and_a_list_of_links_that_it_is_done() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F5", "Down", "Ctrl+L"]);
    assert!(desk.text().contains("Esc Xong"), "{}", desk.text());
    desk.press(&["Esc"]);
    desk.press(&["Alt+G"]).type_text("be mac").press(&["Enter"]).type_text("van be mac").press(&["Enter"]);
    for step in ["trinh ky", "ban hanh"] {
        desk.press(&["Alt+G"]).type_text(step).press(&["Enter"]);
    }
    assert!(desk.text().contains("Đã ban hành. Bấm nhầm thì Ctrl+Z để hoàn tác"), "{}", desk.text());
}

#[test]
fn the_form_says_that_there_is_help() {
    for columns in [60, 80] {
        let mut desk = Desk::empty(columns, 24, Lang::English);
        desk.press(&["Ctrl+N"]);
        assert!(desk.text().contains("F1 Help   Esc Leave, text stays"), "{}", desk.text());
    }
}
