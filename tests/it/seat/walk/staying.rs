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
    sees(&desk, "Trước hết hãy lập một hội nghị");
    desk.press(&["F9"]).type_text("gop y");
    sees(&desk, "Trước hết hãy lập một hội nghị");
    desk.press(&["Enter"]);
    sees(&desk, "Trước hết hãy lập một hội nghị");
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    for (keys, why) in [
        (&["F2", "Ctrl+G"][..], "Trước hết hãy chọn một ý"),
        (&["Ctrl+R"], "Chưa bỏ gì"),
        (&["Ctrl+X"], "Không có chữ chưa ghi"),
        (&["F5", ","], "Chỉ ở Khó khăn, vướng mắc"),
        (&["F9", "Esc", "Esc", "Ctrl+T"], "Trước hết hãy mở một hội nghị"),
    ] {
        sees(desk.press(keys), why);
    }
}

#[test]
fn at_home_a_session_is_made_by_its_name_and_help_lists_only_what_works() {
    for (lang, typed, name, hint) in [
        (Lang::Vietnamese, "lap hoi nghi moi", "Lập hội nghị mới", "Ctrl+N Lập mới   Ctrl+K Tìm"),
        (Lang::English, "new ses", "New session", "Ctrl+N New   Ctrl+K Find"),
    ] {
        let mut desk = Desk::empty(60, 20, lang);
        sees(&desk, hint);
        desk.press(&["F1"]);
        sees(&desk, name);
        for idle in ["Tab ", "Left ", "Right "] {
            misses(&desk, idle);
        }
        desk.press(&["Esc", "F9"]).type_text(typed).press(&["Enter"]);
        assert!(matches!(desk.app.dialog, Some(hoinghi::app::dialogs::Dialog::Wizard(_))), "{}", desk.text());
    }
}

#[test]
fn home_says_where_something_is_half_typed() {
    let mut desk = sample();
    desk.press(&["Esc"]);
    misses(&desk, "chữ chưa ghi");
    desk.press(&["Enter", "F6"]).type_text("nửa dòng").press(&["Esc", "Esc"]);
    let told = |desk: &Desk| desk.text().matches("hữ chưa ghi").count();
    assert_eq!(told(&desk), 2, "in its row and below\n{}", desk.text());
    desk.press(&["Ctrl+S"]);
    sees(&desk, "Chữ chưa ghi");
    desk.press(&["Enter", "F6", "Ctrl+U", "Esc", "Esc"]);
    misses(&desk, "chữ chưa ghi");
    desk.press(&["Ctrl+N", "Esc"]);
    misses(&desk, "chữ chưa ghi");
    desk.press(&["Ctrl+N"]).type_text("Chuyên đề").press(&["Esc"]);
    sees(&desk, "hữ chưa ghi");
}

#[test]
fn in_a_narrow_window_the_list_is_after_the_details_as_it_was_before() {
    let mut desk = Desk::sample(80, 24, Lang::Vietnamese);
    desk.press(&["Down", "Down"]);
    let before = desk.screen().0;
    desk.press(&["Enter", "Down", "Esc"]);
    assert_eq!(desk.screen().0[2..20], before[2..20]);
    desk.press(&["End"]);
    desk.tell(hoinghi::app::msg::Msg::Resize { columns: 80, rows: 40 });
    sees(&desk, "KK-01");
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
    sees(&desk, "Giao ước đã ký; hãy “Chuyển trạng thái giao ước”");
    desk.press(&["Esc"]);
    desk.press(&["F9"]).type_text("ghi nhan da ky").press(&["Enter", "Enter"]);
    assert_eq!(desk.app.session().unwrap().board.of_kind(Kind::Signature).len(), 1);
}

#[test]
fn what_comes_back_by_undo_is_selected() {
    let mut desk = sample();
    let record = selected(&desk);
    desk.press(&["Delete"]);
    assert_ne!(selected(&desk).id, record.id);
    desk.press(&["Down", "Ctrl+Z"]);
    assert_eq!(selected(&desk).id, record.id);
    desk.press(&["Down", "Ctrl+Y", "Ctrl+Z"]);
    assert_eq!(selected(&desk).id, record.id);
}

/// What a refusal advises does what it says.
#[test]
fn what_is_issued_is_put_right_as_the_refusal_says() {
    let mut desk = sample();
    let moves = |desk: &mut Desk, state: &str| {
        desk.press(&["F9"])
            .type_text("trang thai hoi nghi")
            .press(&["Enter"])
            .type_text(state)
            .press(&["Enter"]);
    };
    let closed = Command::SetState { state: SessionState::Closed };
    desk.foreign(closed);
    moves(&mut desk, "trinh ky");
    let record = selected(&desk).id;
    desk.press(&["Delete"]);
    sees(&desk, "hãy “Chuyển trạng thái hội nghị” về “Đã bế mạc”");
    moves(&mut desk, "ban hanh");
    desk.press(&["Delete"]);
    sees(&desk, "hoàn tác bước ấy, hoặc ghi vào kỳ sau");
    desk.press(&["Ctrl+Z"]);
    moves(&mut desk, "be mac");
    desk.press(&["Delete"]);
    assert!(desk.app.session().unwrap().board.record(record).unwrap().is_removed());
}
