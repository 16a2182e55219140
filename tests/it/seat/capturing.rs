//! Where a captured line comes from, and where it goes when it repeats a difficulty.

use hoinghi::{
    app::{
        dialogs::Dialog,
        session::{Focus, SessionSeat},
    },
    domain::{command::Command, field, gathering::Under, ids::RecordId, kind::Kind, record::Record, roster},
    i18n::Lang,
};

use crate::support::desk::Desk;

/// Says nearly what the sample's difficulty about seals says.
const LINE: &str = "doi con dau sap nhap phuong, hs cu ";

fn seat(desk: &Desk) -> &SessionSeat {
    desk.app.session().unwrap()
}

fn unit(desk: &Desk, code: &str) -> RecordId {
    roster::unit_by_code(&seat(desk).board, code).unwrap()
}

/// The line captured last.
fn last(desk: &Desk) -> &Record {
    seat(desk).board.record(seat(desk).captured.unwrap()).unwrap()
}

fn floor(desk: &mut Desk, code: &str, record: u128) {
    let unit = Some(unit(desk, code));
    assert!(desk.foreign(Command::GiveFloor { record: RecordId(record), unit, speaker: None }));
}

#[test]
fn a_pinned_room_stays_while_the_room_moves_on_and_is_followed_again() {
    for columns in [80, 120] {
        let mut desk = Desk::sample(columns, 24, Lang::Vietnamese);
        floor(&mut desk, "Q1", 0x701);
        desk.press(&["F6", "Ctrl+T"]);
        let item = seat(&desk).capture.pinned.unwrap().item;
        assert!(desk.foreign(Command::StartItem { record: None }));
        floor(&mut desk, "Q3", 0x702);
        assert!(
            desk.text().contains("Ghi nhanh · Q1 ·") && desk.text().contains("đã ghim"),
            "{}",
            desk.text()
        );
        desk.type_text("ý của Quận 1").press(&["Enter"]);
        assert_eq!(last(&desk).link(&field::UNIT), Some(unit(&desk, "Q1")));
        assert_eq!(last(&desk).link(&field::SPEECH), Some(RecordId(0x701)));
        assert_eq!(last(&desk).link(&field::ITEM), item);
        desk.press(&["Ctrl+T"]).type_text("ý của Quận 3").press(&["Enter"]);
        assert_eq!(last(&desk).link(&field::UNIT), Some(unit(&desk, "Q3")));
        assert_eq!((last(&desk).link(&field::ITEM), seat(&desk).capture.pinned), (None, None));
        assert!(!desk.text().contains("đã ghim"));
    }
}

#[test]
fn a_pin_takes_the_room_of_a_half_typed_line_another_speaker_and_a_restart() {
    let mut desk = Desk::sample(120, 40, Lang::English);
    floor(&mut desk, "Q1", 0x701);
    desk.press(&["F6"]).type_text("mot");
    floor(&mut desk, "Q3", 0x702);
    desk.press(&["Ctrl+T", "Ctrl+U"]);
    assert_eq!(seat(&desk).capture.unit(), Some(unit(&desk, "Q1")), "the room at the first letter is pinned");
    desk.press(&["Ctrl+O"]).type_text("Q5").press(&["Enter"]);
    floor(&mut desk, "Q1", 0x703);
    let mut desk = desk.restarted();
    assert!(desk.text().contains("Capture · Q5 ·") && desk.text().contains("pinned"), "{}", desk.text());
    desk.type_text("hai").press(&["Enter"]);
    assert_eq!(last(&desk).link(&field::UNIT), Some(unit(&desk, "Q5")));
    assert_eq!(last(&desk).link(&field::SPEECH), None, "who speaks was corrected");
}

#[test]
fn what_is_typed_is_merged_into_the_difficulty_that_it_repeats() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["F6"]).type_text(LINE);
    let near = seat(&desk).near().unwrap().id;
    desk.press(&["Ctrl+G"]);
    assert!(desk.text().contains("Gộp vào KK-"), "{}", desk.text());
    desk.press(&["Enter"]);
    assert_eq!(seat(&desk).focus, Focus::Capture);
    assert!(seat(&desk).capture.editor.is_empty());
    let line = last(&desk).id;
    assert_eq!(seat(&desk).board.under(line), Some(Under::Merged(near)));
    assert_eq!(last(&desk).wording(), LINE.trim(), "its own wording stays");
    desk.press(&["Ctrl+Z"]);
    assert_eq!(seat(&desk).board.under(line), None);
    assert_eq!(seat(&desk).board.record(line).unwrap().kind(), Some(Kind::Note), "the line is not lost");
    desk.press(&["Ctrl+Y"]);
    assert_eq!(seat(&desk).board.under(line), Some(Under::Merged(near)));
}

#[test]
fn or_attached_to_it_whatever_kind_it_is_and_esc_goes_on_typing() {
    let mut desk = Desk::sample(120, 40, Lang::English);
    desk.press(&["F6"]).type_text("nn ").type_text(LINE);
    let near = seat(&desk).near().unwrap().id;
    desk.press(&["Ctrl+G"]);
    assert!(!desk.text().contains("Merge into"), "a cause is no difficulty");
    desk.press(&["Esc"]).type_text("x");
    assert!(seat(&desk).capture.editor.text().ends_with("cu x"));
    desk.press(&["Ctrl+G", "Enter"]);
    assert_eq!(last(&desk).kind(), Some(Kind::Cause));
    assert_eq!(seat(&desk).board.under(last(&desk).id), Some(Under::Attached(near)));
}

#[test]
fn where_nothing_is_near_the_line_stays() {
    let mut desk = Desk::sample(120, 40, Lang::Vietnamese);
    desk.press(&["F6"]).type_text("heo bi dich ta").press(&["Ctrl+G"]);
    assert!(desk.text().contains("Chưa thấy ý gần giống"));
    assert_eq!(seat(&desk).capture.editor.text(), "heo bi dich ta");
}

#[test]
fn who_is_of_the_same_opinion_is_one_key_away_and_shown_as_coverage() {
    let mut desk = Desk::sample(120, 40, Lang::Vietnamese);
    let id = seat(&desk).list().selected.unwrap();
    let raised = |desk: &Desk| {
        let board = &seat(desk).board;
        hoinghi::domain::difficulty::not_raised_by(board, board.record(id).unwrap()).len()
    };
    let before = raised(&desk);
    let board = &seat(&desk).board;
    let missing = hoinghi::domain::difficulty::not_raised_by(board, board.record(id).unwrap());
    let code = roster::code(missing[0]).to_owned();
    desk.press(&["="]).type_text(&code).press(&["Enter", "Esc"]);
    assert_eq!(raised(&desk), before - 1);
    let codes: Vec<String> = {
        let board = &seat(&desk).board;
        let missing = hoinghi::domain::difficulty::not_raised_by(board, board.record(id).unwrap());
        missing.into_iter().map(|unit| roster::code(unit).to_owned()).collect()
    };
    let words = format!("{}/6 · chưa: {}", 6 - codes.len(), codes.join(", "));
    assert!(desk.text().contains(&words), "{words}\n{}", desk.text());
    desk.press(&["Ctrl+Z"]);
    assert_eq!(raised(&desk), before);
}

#[test]
fn space_chooses_among_several_unless_a_word_is_being_typed() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    let id = seat(&desk).list().selected.unwrap();
    let same = |desk: &Desk| {
        let board = &seat(desk).board;
        board.record(id).unwrap().linked(hoinghi::domain::field::set::SAME_OPINION).count()
    };
    let before = same(&desk);
    desk.press(&["="]);
    assert!(desk.text().contains("Space Đánh dấu"), "{}", desk.text());
    desk.press(&["Down", "Space"]);
    assert_ne!(same(&desk), before);
    desk.press(&["Space"]);
    assert_eq!(same(&desk), before);
    desk.type_text("to chuc");
    let Some(Dialog::Picker(picker)) = &desk.app.dialog else { panic!("the list is open") };
    assert_eq!(picker.query.text(), "to chuc", "behind a letter it is one");
    desk.press(&["Down", "Space"]);
    assert_ne!(same(&desk), before, "the arrow ended the word");
}

#[test]
fn a_key_reads_the_line_at_most_once_and_what_is_drawn_reads_it_no_more() {
    let mut desk = Desk::sample(120, 40, Lang::Vietnamese);
    desk.writer.own.insert("đv".into(), "đơn vị".into());
    desk.press(&["F6"]);
    let readings = |desk: &Desk| seat(desk).capture.readings();
    for letter in "kk đv q3 còn khó khăn !! #hồsơ ".chars() {
        let before = readings(&desk);
        desk.type_text(&letter.to_string());
        assert!(desk.text().contains("khó khăn") || letter == 'k', "{}", desk.text());
        assert_eq!(readings(&desk), before + 1, "{letter}");
    }
    let before = readings(&desk);
    desk.press(&["Left", "Home", "End", "F1", "Esc"]);
    assert_eq!(readings(&desk), before, "nothing was typed");
    desk.press(&["Enter"]);
    assert_eq!(readings(&desk), before + 1, "the line is empty");
    assert_eq!(last(&desk).wording(), "đơn vị q3 còn khó khăn");
}

#[test]
fn enter_behind_space_says_that_all_is_chosen() {
    let mut desk = Desk::sample(80, 24, Lang::English);
    let id = seat(&desk).list().selected.unwrap();
    let same = |desk: &Desk| {
        let board = &seat(desk).board;
        board.record(id).unwrap().linked(hoinghi::domain::field::set::SAME_OPINION).count()
    };
    let before = same(&desk);
    desk.press(&["=", "Down", "Space"]);
    let chosen = same(&desk);
    assert_ne!(chosen, before);
    assert!(desk.text().contains("Enter Done"), "{}", desk.text());
    desk.press(&["Enter"]);
    assert!(desk.app.dialog.is_none(), "{}", desk.text());
    assert_eq!(same(&desk), chosen, "Enter takes nothing back");
    desk.press(&["="]).type_text("q").press(&["Enter"]);
    assert_ne!(same(&desk), chosen, "what is found by letters Enter chooses");
    assert!(desk.app.dialog.is_some());
}
