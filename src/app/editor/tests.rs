use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;
use crate::text::clusters;

fn multi(text: &str, columns: u16, height: u16) -> Editor {
    let mut editor = Editor::multi().with_text(text);
    editor.resize(columns, height);
    editor
}

fn press(editor: &mut Editor, keys: &str) -> Handled {
    let handled = keys.split_whitespace().map(|name| editor.apply(&name.parse().unwrap()));
    handled.last().unwrap()
}

fn rows(editor: &Editor) -> Vec<&str> {
    editor.view().rows.iter().map(|row| row.text.trim_end_matches(' ')).collect()
}

fn head(editor: &Editor) -> (usize, usize) {
    let Pos { line, byte } = editor.caret().head;
    (line, byte)
}

#[test]
fn case_23_the_view_wraps_at_spaces_composed_or_not() {
    let text =
        "Hội nghị Ban Thường vụ Đảng ủy đánh giá tình hình sinh hoạt chi bộ quý\u{a0}IV năm 2026; nghiêng";
    let wanted = [
        "Hội nghị Ban Thường",
        "vụ Đảng ủy đánh giá",
        "tình hình sinh hoạt",
        "chi bộ quý\u{a0}IV năm",
        "2026; nghiêng",
    ];
    assert_eq!(rows(&multi(text, 20, 9)), wanted);
    let mut typed = multi("", 20, 9);
    text.nfd().for_each(|c| typed.insert(c));
    let composed: Vec<String> = rows(&typed).iter().map(|row| row.nfc().collect()).collect();
    assert_eq!(composed, wanted);
}

#[test]
fn case_25_a_long_word_is_cut_between_clusters() {
    assert_eq!(rows(&multi(&"nghiêng".repeat(3), 10, 9)), ["nghiêngngh", "iêngnghiên", "g"]);
}

#[test]
fn case_26_the_cursor_behind_a_full_row_is_visible() {
    let mut editor = multi("0123456789", 10, 1);
    assert_eq!((rows(&editor), editor.view().cursor), (vec![""], Some((0, 0))));
    press(&mut editor, "Left");
    assert_eq!((rows(&editor), editor.view().cursor), (vec!["0123456789"], Some((9, 0))));
    let mut line = Editor::line().with_text("0123456789");
    line.resize(10, 1);
    assert_eq!((rows(&line), line.view().cursor), (vec!["123456789"], Some((9, 0))));
    assert!(line.view().before);
}

#[test]
fn case_28_panes_of_one_and_two_cells() {
    for columns in 0..3 {
        let mut editor = multi("a👨‍👩‍👧🇻🇳ệ b", columns, 1);
        press(&mut editor, "Up Up Home Down Down End PageUp PageDown");
        assert!(editor.view().cursor.is_some());
        let mut line = Editor::line().with_text("a👨‍👩‍👧🇻🇳ệ b");
        line.resize(columns, 1);
        press(&mut line, "Home Right Right Right End");
        assert!(line.view().cursor.is_some());
    }
}

#[test]
fn vertical_movement_keeps_its_column_over_short_rows() {
    let mut editor = multi("một hai ba\nx\nmột hai ba", 40, 3);
    assert_eq!(head(&editor), (2, 12));
    press(&mut editor, "Up");
    assert_eq!(head(&editor), (1, 1));
    press(&mut editor, "Up");
    assert_eq!(head(&editor), (0, 12));
    press(&mut editor, "Up");
    assert_eq!(head(&editor), (0, 0), "the first row goes to the start of the text");
}

#[test]
fn movement_goes_by_visual_row() {
    let mut editor = multi("một hai ba bốn", 8, 5);
    assert_eq!(rows(&editor), ["một hai", "ba bốn"]);
    press(&mut editor, "Up");
    assert_eq!(editor.view().cursor, Some((6, 0)));
    press(&mut editor, "End");
    assert_eq!(editor.view().cursor, Some((7, 0)), "the end of the row, not of the line");
    press(&mut editor, "Down Home");
    assert_eq!(editor.view().cursor, Some((0, 1)));
    press(&mut editor, "Ctrl+Home");
    assert_eq!(head(&editor), (0, 0));
    press(&mut editor, "Ctrl+End");
    assert_eq!(editor.view().cursor, Some((6, 1)));
}

#[test]
fn the_end_of_a_row_cut_inside_a_word_stays_on_that_row() {
    let mut editor = multi("nghiêngnghiêng", 10, 5);
    press(&mut editor, "Ctrl+Home End");
    assert_eq!(editor.view().cursor, Some((9, 0)));
}

#[test]
fn a_line_deleted_backwards_stays_in_view() {
    let mut editor = Editor::line().with_text("một hai ba bốn năm");
    editor.resize(8, 1);
    for _ in 0..11 {
        editor.backspace();
    }
    assert_eq!(editor.view().rows[0].text, "một hai");
    assert_eq!(editor.view().cursor, Some((7, 0)));
}

#[test]
fn the_view_scrolls_with_the_cursor_and_not_further() {
    let mut editor = multi("1\n2\n3\n4\n5", 10, 3);
    assert_eq!(rows(&editor), ["3", "4", "5"]);
    press(&mut editor, "Up Up");
    assert_eq!(rows(&editor), ["3", "4", "5"]);
    press(&mut editor, "Up");
    assert_eq!((rows(&editor), editor.view().before, editor.view().after), (vec!["2", "3", "4"], true, true));
    editor.scroll(-9);
    assert_eq!(rows(&editor), ["1", "2", "3"]);
    editor.scroll(9);
    assert_eq!((rows(&editor), editor.view().cursor), (vec!["3", "4", "5"], None));
    press(&mut editor, "Home");
    assert_eq!((rows(&editor), editor.view().cursor), (vec!["2", "3", "4"], Some((0, 0))));
}

#[test]
fn a_click_finds_the_nearest_letter_and_a_drag_selects() {
    let mut editor = multi("việt nam\nxã", 20, 5);
    editor.click(2, 0);
    assert_eq!(head(&editor), (0, 2));
    editor.click(15, 1);
    assert_eq!(head(&editor), (1, 3));
    editor.click(0, 4);
    assert_eq!(head(&editor), (1, 0));
    editor.click(5, 0);
    editor.drag(8, 0);
    assert_eq!(editor.copy().as_deref(), Some("nam"));
    assert_eq!(editor.view().rows[0].selected, Some(7..10));
    assert_eq!(editor.view().rows[1].selected, None);
    let mut line = Editor::line().with_text("0123456789");
    line.resize(5, 1);
    line.click(1, 0);
    assert_eq!(head(&line), (0, 7));
}

#[test]
fn selecting_cutting_pasting() {
    let mut editor = multi("một\nhai", 20, 5);
    press(&mut editor, "Shift+Ctrl+Left");
    assert_eq!(editor.cut().as_deref(), Some("hai"));
    assert_eq!(editor.cut(), None);
    press(&mut editor, "Ctrl+Z");
    assert_eq!((editor.text().as_str(), editor.copy().as_deref()), ("một\nhai", Some("hai")));
    press(&mut editor, "Left");
    assert_eq!(head(&editor), (1, 0), "Left leaves a selection at its start");
    editor.select_all();
    editor.paste("ba");
    assert_eq!(editor.text(), "ba");
}

#[test]
fn clearing_a_line_can_be_undone() {
    let mut editor = multi("một\nhai\nba", 20, 5);
    press(&mut editor, "Up Ctrl+U");
    assert_eq!(editor.text(), "một\n\nba");
    press(&mut editor, "Ctrl+Z");
    assert_eq!(editor.text(), "một\nhai\nba");
}

#[test]
fn a_text_is_split_at_the_cursor() {
    let mut editor = multi("một là\nhai là", 20, 5);
    press(&mut editor, "Ctrl+Left Ctrl+Left");
    assert_eq!(editor.split_at_cursor(), ("một là\n".into(), "hai là".into()));
}

#[test]
fn one_line_stays_one_line() {
    let mut line = Editor::line();
    line.paste("một\r\nhai\n");
    assert_eq!(line.text(), "một hai");
    line.paste("\tba");
    assert_eq!(line.text(), "một hai ba");
    for key in ["Enter", "Up", "Down", "PageUp", "Tab", "Esc", "F1", "Ctrl+S", "Alt+1", "Ctrl+Up"] {
        assert_eq!(press(&mut line, key), Handled::No, "{key}");
    }
    assert_eq!(press(&mut line, "Left"), Handled::Moved);
    assert_eq!(press(&mut line, "x"), Handled::Edited);
    assert_eq!(line.with_draft(&Draft { text: "a\nb".into(), ..Draft::default() }).text(), "a b");
}

#[test]
fn a_line_scrolled_sideways_is_still_shown_when_longer_letters_take_its_place() {
    let mut line = Editor::line().with_text(&"a".repeat(30));
    line.resize(5, 1);
    press(&mut line, "Home Right Right");
    (0..8).for_each(|_| _ = press(&mut line, "Shift+Right"));
    line.paste("ệệệ");
    assert_eq!((line.view().rows[0].text, line.view().cursor), ("ệệaaa", Some((2, 0))));
}

#[test]
fn an_undone_step_is_gone_after_another_edit() {
    let mut editor = multi("", 20, 5);
    press(&mut editor, "a Ctrl+Z b Ctrl+Y");
    assert_eq!(editor.text(), "b");
    assert!(editor.undo() && !editor.undo());
}

#[test]
fn a_draft_comes_back_byte_for_byte_with_its_selection() {
    let mut editor = multi("", 20, 5);
    "vie\u{323}\u{302}t".chars().for_each(|c| editor.insert(c));
    press(&mut editor, "Shift+Left Shift+Left");
    let json = serde_json::to_string(&editor.draft()).unwrap();
    let draft: Draft = serde_json::from_str(&json).unwrap();
    let mut again = Editor::multi().with_draft(&draft);
    assert_eq!(again.draft(), draft);
    again.insert('x');
    assert_eq!(again.text(), "vix");
}

#[test]
fn a_draft_whose_caret_does_not_fit_is_still_a_draft() {
    let wild = Caret { anchor: Pos { line: 9, byte: 9 }, head: Pos { line: 0, byte: 2 } };
    let editor = Editor::multi().with_draft(&Draft { text: "ệb".into(), caret: wild });
    assert_eq!(editor.caret(), Caret { anchor: Pos { line: 0, byte: 4 }, head: Pos { line: 0, byte: 0 } });
}

/// What a person may do, in no sensible order.
#[derive(Debug, Clone)]
enum Act {
    Type(char),
    Paste(String),
    Press(&'static str),
    Resize(u16, u16),
    Click(u16, u16),
    Drag(u16, u16),
    Cut,
}

const KEYS: [&str; 34] = [
    "Backspace",
    "Backspace",
    "Backspace",
    "Delete",
    "Ctrl+W",
    "Ctrl+Delete",
    "Ctrl+U",
    "Enter",
    "Enter",
    "Left",
    "Right",
    "Up",
    "Down",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    "Ctrl+Left",
    "Ctrl+Right",
    "Ctrl+Home",
    "Ctrl+End",
    "Shift+Left",
    "Shift+Right",
    "Shift+Up",
    "Shift+Down",
    "Shift+Home",
    "Shift+End",
    "Ctrl+Z",
    "Ctrl+Z",
    "Ctrl+Y",
    "Ctrl+Shift+Left",
    "Ctrl+Shift+Right",
    "Shift+PageUp",
    "Tab",
];

const LETTERS: &str = "aeêệđư \u{a0}\u{202f}\u{301}\u{323}\u{302}\u{31b}👩👧🇻🇳🏽\u{200d}漢\t\u{1100}\u{1161}";

fn act() -> impl Strategy<Value = Act> {
    let letters: Vec<char> = LETTERS.chars().collect();
    prop_oneof![
        5 => proptest::sample::select(letters).prop_map(Act::Type),
        1 => "[aệ\u{301}\u{323} \\n\\r🇻\u{200d}\u{1b}]{0,6}".prop_map(Act::Paste),
        6 => proptest::sample::select(&KEYS[..]).prop_map(Act::Press),
        1 => (0_u16..12, 0_u16..5).prop_map(|(columns, height)| Act::Resize(columns, height)),
        1 => (0_u16..12, 0_u16..5).prop_map(|(column, row)| Act::Click(column, row)),
        1 => (0_u16..12, 0_u16..5).prop_map(|(column, row)| Act::Drag(column, row)),
        1 => Just(Act::Cut),
    ]
}

fn perform(editor: &mut Editor, act: &Act) {
    match act {
        Act::Type(c) => editor.insert(*c),
        Act::Paste(text) => editor.paste(text),
        Act::Press(key) => _ = press(editor, key),
        Act::Resize(columns, height) => editor.resize(*columns, *height),
        Act::Click(column, row) => editor.click(*column, *row),
        Act::Drag(column, row) => editor.drag(*column, *row),
        Act::Cut => _ = editor.cut(),
    }
}

fn is_edge(text: &str, pos: Pos) -> bool {
    let line = text.split('\n').nth(pos.line).unwrap();
    assert!(line.is_char_boundary(pos.byte));
    clusters::is_boundary(line, pos.byte)
}

fn flat(text: &str, pos: Pos) -> usize {
    text.split('\n').take(pos.line).map(|line| line.len() + 1).sum::<usize>() + pos.byte
}

/// What a plain string would hold after the same text took the place of the selection.
fn replaced(text: &str, caret: Caret, with: &str) -> String {
    let range = caret.range();
    let mut text = text.to_owned();
    text.replace_range(flat(&text, range.start)..flat(&text, range.end), with);
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn nothing_a_person_does_breaks_the_editor(acts in proptest::collection::vec(act(), 1..60), many in any::<bool>()) {
        let mut editor = if many { Editor::multi() } else { Editor::line() };
        editor.resize(7, 3);
        for act in &acts {
            let (before, caret) = (editor.text(), editor.caret());
            perform(&mut editor, act);
            let text = editor.text();
            match act {
                Act::Type(c) if !c.is_control() => {
                    prop_assert_eq!(&text, &replaced(&before, caret, &c.to_string()), "typed untouched");
                }
                Act::Resize(..) | Act::Click(..) | Act::Drag(..) => prop_assert_eq!(&text, &before),
                _ => {}
            }
            prop_assert!(is_edge(&text, editor.caret().head) && is_edge(&text, editor.caret().anchor));
            prop_assert!(many || !text.contains('\n'));
            let (x, y) = editor.view().cursor.unwrap();
            prop_assert!(x < editor.window.columns && y < editor.window.height);
        }
    }

    #[test]
    fn undo_and_redo_of_everything_is_byte_identical(acts in proptest::collection::vec(act(), 1..60)) {
        let mut editor = multi("đầu\ntiên", 9, 3);
        for act in &acts {
            perform(&mut editor, act);
        }
        while editor.redo() {}
        let last = editor.text();
        while editor.undo() {}
        prop_assert_eq!(editor.text(), "đầu\ntiên");
        while editor.redo() {}
        prop_assert_eq!(editor.text(), last);
    }

    #[test]
    fn every_row_of_the_text_is_shown_once(text in "[aệ\u{301} \u{a0}\\n漢]{0,40}", columns in 1_u16..9) {
        let editor = multi(&text, columns, 99);
        let shown: usize = editor.view().rows.iter().map(|row| row.text.replace(' ', "").len()).sum();
        prop_assert_eq!(shown, editor.text().replace([' ', '\n'], "").len());
        prop_assert_eq!(editor.row_count(), editor.view().rows.len());
    }
}
