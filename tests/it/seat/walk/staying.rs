//! What stays: half-typed texts, commands on their way, the pledge that was signed.

use super::*;

#[test]
fn half_typed_texts_survive_home_and_the_end_of_the_program() {
    let mut desk = sample();
    desk.press(&["Right", "Enter", "Ctrl+U"]).type_text("nửa câu").press(&["F6"]).type_text("nửa dòng");
    let again = desk.restarted();
    assert_eq!(again.screen(), desk.screen());
    desk.press(&["F9"]).type_text("cac hoi nghi").press(&["Enter"]);
    sees(&desk, "Các hội nghị");
    desk.press(&["Enter"]);
    sees(&desk, "nửa dòng");
    desk.press(&["Esc"]);
    assert_eq!(focus(&desk), Focus::Editing);
    sees(&desk, "nửa câu");
}

#[test]
fn a_text_left_in_another_record_is_listed_and_taken_up() {
    let mut desk = sample();
    let record = selected(&desk);
    desk.press(&["Right", "Enter", "Ctrl+U"]).type_text("nửa câu").press(&["F5"]);
    sees(&desk, "Chữ chưa ghi");
    desk.press(&["Ctrl+X"]);
    sees(&desk, "nửa câu");
    desk.press(&["Enter", "Enter"]);
    assert_eq!(desk.app.session().unwrap().board.record(record.id).unwrap().wording(), "nửa câu");
}

#[test]
fn undo_in_a_text_that_was_taken_up_again_goes_back_to_what_is_stored() {
    let mut desk = sample();
    let text = selected(&desk).wording().to_owned();
    desk.press(&["Right", "Enter"]).type_text("x");
    let mut desk = desk.restarted();
    desk.press(&["Ctrl+Z", "Esc"]);
    assert_eq!(selected(&desk).wording(), text);
    assert!(!desk.app.session().unwrap().has_unsaved());
}

#[test]
fn commands_on_their_way_when_the_program_ends_are_sent_again_with_their_texts() {
    let mut desk = sample();
    desk.answering = Answering::Later;
    desk.press(&["F6"]).type_text("dở dang").press(&["Enter", "Esc", "Right", "Enter", "Ctrl+U"]);
    desk.type_text("sửa dở").press(&["Enter"]);
    let again = desk.restarted();
    assert!(texts(&again, Kind::Note).contains(&"dở dang".to_owned()));
    assert_eq!(selected(&again).wording(), "sửa dở");
}

#[test]
fn the_language_changes_at_once() {
    let mut desk = sample();
    desk.press(&["F9"]).type_text("english").press(&["Enter"]);
    sees(&desk, "Difficulties");
    desk.press(&["F9"]).type_text("tieng viet").press(&["Enter"]);
    sees(&desk, "Khó khăn, vướng mắc");
}

#[test]
fn what_has_no_meaning_here_says_so() {
    let mut desk = Desk::empty(80, 24, Lang::Vietnamese);
    desk.press(&["F4"]);
    sees(&desk, "Không dùng được ở đây");
    desk.press(&["F9"]).type_text("gop y").press(&["Enter"]);
    sees(&desk, "Không dùng được ở đây");
}

#[test]
fn the_pledge_is_written_agreed_signed_and_frozen() {
    let mut desk = session(120, 40);
    desk.press(&["Alt+6", "Ctrl+N"]).type_text("Công tác tổ chức").press(&["Enter"]);
    desk.press(&["Ctrl+N", "Enter"]).type_text("Kết nạp đảng viên").press(&["Enter"]);
    assert_eq!(desk.app.session().unwrap().board.of_kind(Kind::Target).len(), 1);
    for state in ["thong nhat", "da ky"] {
        desk.press(&["F9"])
            .type_text("trang thai giao uoc")
            .press(&["Enter"])
            .type_text(state)
            .press(&["Enter"]);
    }
    desk.press(&["Right", "Enter"]).type_text("x").press(&["Enter"]);
    sees(&desk, "Giao ước đã ký, không sửa được");
    desk.press(&["Esc"]);
    desk.press(&["F9"]).type_text("ghi nhan da ky").press(&["Enter", "Enter"]);
    assert_eq!(desk.app.session().unwrap().board.of_kind(Kind::Signature).len(), 1);
}
